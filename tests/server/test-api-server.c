/* test-api-server.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "td-server-fixture.h"
#include "td-state-cache.h"

#include <string.h>

#define READ "Authorization: Bearer " READ_TOKEN
#define ACT "Authorization: Bearer " ACT_TOKEN

/* The ids of the rows of @array, joined by commas. */
static char *
list_ids (JsonObject *object,
          const char *member)
{
  JsonArray *array = json_object_get_array_member (object, member);
  GString   *ids = g_string_new (NULL);

  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);

      g_string_append_printf (ids, "%s%s", i > 0 ? "," : "",
                              JSON_NODE_HOLDS_OBJECT (node) ? json_object_get_string_member (json_node_get_object (node), "id")
                                                            : json_node_get_string (node));
    }

  return g_string_free (ids, FALSE);
}

static void
assert_problem (Reply      *reply,
                guint       status,
                const char *word)
{
  g_autoptr (JsonParser) parser = NULL;
  JsonObject *problem;

  g_assert_cmpuint (reply_get_status (reply), ==, status);
  g_assert_cmpstr (reply_get_header (reply, "Content-Type"), ==, "application/problem+json");
  problem = reply_parse (reply, &parser);
  g_assert_cmpint (json_object_get_int_member (problem, "status"), ==, status);
  g_assert_cmpstr (json_object_get_string_member (problem, "type"), ==, "about:blank");
  g_assert_nonnull (json_object_get_string_member (problem, "title"));

  if (word != NULL)
    g_assert_nonnull (strstr (json_object_get_string_member (problem, "detail"), word));
}

static void
test_full_answer_has_all_rows (Fixture      *fixture,
                               gconstpointer data)
{
  g_autoptr (JsonParser) parser = NULL;
  g_autoptr (Reply) reply = NULL;
  g_autofree char *agents = NULL;
  JsonObject      *object;

  fixture_start (fixture, "abc");
  reply = fixture_fetch (fixture, "GET", "/v1/snapshot", READ, NULL);
  g_assert_cmpuint (reply_get_status (reply), ==, 200);
  g_assert_cmpstr (reply_get_header (reply, "Content-Type"), ==, "application/json");
  g_assert_cmpstr (reply_get_header (reply, "ETag"), ==, "\"abc-10\"");
  g_assert_cmpstr (reply_get_header (reply, "Cache-Control"), ==, "no-store");
  g_assert_cmpstr (reply_get_header (reply, "Vary"), ==, "Accept-Encoding, Prefer");
  g_assert_nonnull (reply_get_header (reply, "Date"));
  g_assert_null (reply_get_header (reply, "Content-Encoding"));
  g_assert_null (reply_get_header (reply, "Preference-Applied"));

  object = reply_parse (reply, &parser);
  g_assert_cmpint (json_object_get_int_member (object, "revision"), ==, 10);
  g_assert_false (json_object_has_member (object, "since"));
  g_assert_true (json_object_has_member (object, "centre"));
  agents = list_ids (object, "agents");
  g_assert_cmpstr (agents, ==, "a1,a/2");
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (object, "queues")), ==, 1);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (object, "callers")), ==, 1);
}

static void
test_delta_has_changed_rows_and_gone_ids (Fixture      *fixture,
                                          gconstpointer data)
{
  g_autoptr (JsonParser) parser = NULL;
  g_autoptr (Reply) reply = NULL;
  g_autofree char *agents = NULL;
  g_autofree char *gone = NULL;
  g_autofree char *callers = NULL;
  JsonObject      *object;

  fixture_start (fixture, "abc");
  fixture_change (fixture, TD_AGENT_STATE_RINGING, "-c0");
  fixture_change (fixture, TD_AGENT_STATE_ON_CALL, "+c1");
  reply = fixture_fetch (fixture, "GET", "/v1/snapshot?since=10", READ, NULL);
  object = reply_parse (reply, &parser);
  g_assert_cmpint (json_object_get_int_member (object, "since"), ==, 10);
  g_assert_cmpint (json_object_get_int_member (object, "revision"), ==, 12);
  g_assert_false (json_object_has_member (object, "centre"));
  agents = list_ids (object, "agents");
  g_assert_cmpstr (agents, ==, "a1");
  callers = list_ids (object, "callers");
  g_assert_cmpstr (callers, ==, "c1");
  gone = list_ids (json_object_get_object_member (object, "gone"), "callers");
  g_assert_cmpstr (gone, ==, "c0");
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (object, "queues")), ==, 0);
}

static void
test_id_that_came_back_is_not_gone (Fixture      *fixture,
                                    gconstpointer data)
{
  g_autoptr (JsonParser) parser = NULL;
  g_autoptr (Reply) reply = NULL;
  g_autofree char *callers = NULL;
  JsonObject      *object;

  fixture_start (fixture, "abc");
  fixture_change (fixture, TD_AGENT_STATE_RINGING, "-c0");
  fixture_change (fixture, TD_AGENT_STATE_ON_CALL, "+c0");
  reply = fixture_fetch (fixture, "GET", "/v1/snapshot?since=10", READ, NULL);
  object = reply_parse (reply, &parser);
  callers = list_ids (object, "callers");
  g_assert_cmpstr (callers, ==, "c0");
  g_assert_false (json_object_has_member (json_object_get_object_member (object, "gone"), "callers"));
}

/* Asks ?since=@since and tells whether the answer was a delta. */
static gboolean
is_delta (Fixture    *fixture,
          const char *since,
          const char *headers)
{
  g_autoptr (JsonParser) parser = NULL;
  g_autofree char *path = g_strdup_printf ("/v1/snapshot?since=%s", since);
  g_autoptr (Reply) reply = fixture_fetch (fixture, "GET", path, headers, NULL);
  JsonObject *object;

  g_assert_cmpuint (reply_get_status (reply), ==, 200);
  object = reply_parse (reply, &parser);
  g_assert_true (json_object_has_member (object, "since") != json_object_has_member (object, "centre"));

  return json_object_has_member (object, "since");
}

static void
test_full_where_the_difference_is_not_known (Fixture      *fixture,
                                             gconstpointer data)
{
  fixture_start (fixture, "abc");
  fixture_change (fixture, TD_AGENT_STATE_RINGING, NULL);
  g_assert_true (is_delta (fixture, "11", READ));
  g_assert_true (is_delta (fixture, "10", READ));
  g_assert_false (is_delta (fixture, "9", READ));
  g_assert_false (is_delta (fixture, "12", READ));
  g_assert_false (is_delta (fixture, "9223372036854775807", READ));
  g_assert_true (is_delta (fixture, "10", READ "\nIf-None-Match: \"abc-10\""));
  g_assert_true (is_delta (fixture, "10", READ "\nIf-None-Match: \"abc-10-gz\""));
  g_assert_false (is_delta (fixture, "10", READ "\nIf-None-Match: \"abd-10\""));
}

static void
test_new_instance_forgets_the_past (Fixture      *fixture,
                                    gconstpointer data)
{
  fixture_start (fixture, "abc");
  fixture_change (fixture, TD_AGENT_STATE_RINGING, "-c0");
  fixture_start (fixture, "def");
  fixture_change (fixture, TD_AGENT_STATE_RINGING, NULL);
  g_assert_true (is_delta (fixture, "10", READ));
  g_assert_false (is_delta (fixture, "9", READ));
  g_assert_false (is_delta (fixture, "10", READ "\nIf-None-Match: \"abc-10\""));
}

static void
test_tombstones_are_bounded (Fixture      *fixture,
                             gconstpointer data)
{
  g_autoptr (TdSnapshotBuilder) builder = NULL;
  g_autoptr (TdSnapshot) snapshot = NULL;
  TdCallerInfo caller;

  fixture_start (fixture, "abc");
  td_caller_info_init (&caller);
  caller.queue = "q1";

  for (guint pass = 0; pass < 2; pass++)
    {
      g_clear_pointer (&snapshot, td_snapshot_unref);
      builder = td_snapshot_builder_new ();
      td_snapshot_builder_set_base (builder, fixture->revision);
      td_snapshot_builder_set_revision (builder, ++fixture->revision, "abc");
      td_snapshot_builder_set_at (builder, T0);

      for (guint i = 0; i < TD_MAX_TOMBSTONES + 1; i++)
        {
          char id[16];

          g_snprintf (id, sizeof id, "x%u", i);
          caller.id = id;

          if (pass == 0)
            td_snapshot_builder_add_caller (builder, &caller);
          else
            td_snapshot_builder_add_gone_caller (builder, id);
        }

      snapshot = td_snapshot_builder_end (g_steal_pointer (&builder));
      g_assert_true (td_centre_apply (fixture->centre, snapshot, NULL));
    }

  /* One grave too many: nothing before the last change can be told any more. */
  g_assert_false (is_delta (fixture, "11", READ));
  g_assert_true (is_delta (fixture, "12", READ));
}

static void
test_etag_that_matches_gets_304 (Fixture      *fixture,
                                 gconstpointer data)
{
  static const char *const matching[] = { "\"abc-10\"", "\"abc-10-gz\"", "W/\"abc-10\"", "\"x\", \"abc-10\"", "*" };
  static const char *const other[] = { "\"abc-1\"", "\"abc-100\"", "abc-10", "\"abc-10", "\"x,\"abc-10\"" };

  fixture_start (fixture, "abc");

  for (guint i = 0; i < G_N_ELEMENTS (matching); i++)
    {
      g_autofree char *headers = g_strconcat (READ "\nIf-None-Match: ", matching[i], NULL);
      g_autoptr (Reply) reply = fixture_fetch (fixture, "GET", "/v1/snapshot", headers, NULL);

      g_assert_cmpuint (reply_get_status (reply), ==, 304);
      g_assert_cmpuint (g_bytes_get_size (reply->body), ==, 0);
      g_assert_cmpstr (reply_get_header (reply, "ETag"), ==, "\"abc-10\"");
    }

  for (guint i = 0; i < G_N_ELEMENTS (other); i++)
    {
      g_autofree char *headers = g_strconcat (READ "\nIf-None-Match: ", other[i], NULL);
      g_autoptr (Reply) reply = fixture_fetch (fixture, "GET", "/v1/snapshot", headers, NULL);

      g_assert_cmpuint (reply_get_status (reply), ==, 200);
    }
}

static void
test_held_until_a_change (Fixture      *fixture,
                          gconstpointer data)
{
  g_autoptr (JsonParser) parser = NULL;
  g_autoptr (Reply) reply = NULL;
  gint64 deadline;

  fixture_start (fixture, "abc");
  reply = fixture_send (fixture, "GET", "/v1/snapshot?since=10", READ "\nIf-None-Match: \"abc-10\"\nPrefer: wait=20", NULL);
  deadline = g_get_monotonic_time () + 300 * 1000;

  while (g_get_monotonic_time () < deadline)
    {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (1000);
    }

  g_assert_false (reply->done);
  fixture_change (fixture, TD_AGENT_STATE_RINGING, NULL);
  reply_wait (reply);
  g_assert_no_error (reply->error);
  g_assert_cmpuint (reply_get_status (reply), ==, 200);
  g_assert_cmpstr (reply_get_header (reply, "Preference-Applied"), ==, "wait=20");
  g_assert_cmpint (json_object_get_int_member (reply_parse (reply, &parser), "revision"), ==, 11);
}

static void
test_hold_ends_in_304 (Fixture      *fixture,
                       gconstpointer data)
{
  g_autoptr (Reply) reply = NULL;
  gint64 start;

  fixture_start (fixture, "abc");
  start = g_get_monotonic_time ();
  reply = fixture_fetch (fixture, "GET", "/v1/snapshot", READ "\nIf-None-Match: \"abc-10\"\nPrefer: respond-async, Wait = 1", NULL);
  g_assert_cmpint (g_get_monotonic_time () - start, >, 500 * 1000);
  g_assert_cmpuint (reply_get_status (reply), ==, 304);
  g_assert_cmpstr (reply_get_header (reply, "Preference-Applied"), ==, "wait=1");
}

static void
test_wait_is_capped (Fixture      *fixture,
                     gconstpointer data)
{
  g_autoptr (Reply) reply = NULL;

  fixture_start (fixture, "abc");
  fixture_change (fixture, TD_AGENT_STATE_RINGING, NULL);
  reply = fixture_fetch (fixture, "GET", "/v1/snapshot", READ "\nIf-None-Match: \"abc-10\"\nPrefer: wait=4000000", NULL);
  g_assert_cmpuint (reply_get_status (reply), ==, 200);
  g_assert_cmpstr (reply_get_header (reply, "Preference-Applied"), ==, "wait=60");
}

static void
test_time_alone_wakes_nobody (Fixture      *fixture,
                              gconstpointer data)
{
  g_autoptr (Reply) held = NULL;
  g_autoptr (Reply) full = NULL;
  g_autoptr (JsonParser) parser = NULL;
  g_autoptr (TdSnapshot) snapshot = NULL;
  TdSnapshotBuilder *builder = td_snapshot_builder_new ();

  fixture_start (fixture, "abc");
  held = fixture_send (fixture, "GET", "/v1/snapshot", READ "\nIf-None-Match: \"abc-10\"\nPrefer: wait=1", NULL);
  full = fixture_fetch (fixture, "GET", "/v1/snapshot", READ, NULL);
  g_clear_pointer (&full, reply_free);

  td_snapshot_builder_set_base (builder, 10);
  td_snapshot_builder_set_revision (builder, 10, "abc");
  td_snapshot_builder_set_at (builder, T0 + 30 * G_USEC_PER_SEC);
  snapshot = td_snapshot_builder_end (builder);
  g_assert_true (td_centre_apply (fixture->centre, snapshot, NULL));

  full = fixture_fetch (fixture, "GET", "/v1/snapshot", READ, NULL);
  g_assert_false (held->done);
  g_assert_cmpstr (json_object_get_string_member (reply_parse (full, &parser), "at"), ==, "2026-11-22T12:00:30+07:00");
  reply_wait (held);
  g_assert_cmpuint (reply_get_status (held), ==, 304);
}

static void
test_client_that_leaves_is_forgotten (Fixture      *fixture,
                                      gconstpointer data)
{
  g_autoptr (Reply) held = NULL;
  g_autoptr (Reply) reply = NULL;

  fixture_start (fixture, "abc");
  held = fixture_send (fixture, "GET", "/v1/snapshot", READ "\nIf-None-Match: \"abc-10\"\nPrefer: wait=60", NULL);
  reply = fixture_fetch (fixture, "GET", "/v1/snapshot", READ, NULL);
  soup_session_abort (fixture->session);
  reply_wait (held);
  g_assert_nonnull (held->error);
  fixture_change (fixture, TD_AGENT_STATE_RINGING, NULL);
  g_clear_pointer (&reply, reply_free);
  reply = fixture_fetch (fixture, "GET", "/v1/snapshot", READ, NULL);
  g_assert_cmpuint (reply_get_status (reply), ==, 200);
}

static void
test_gzip_where_it_is_welcome (Fixture      *fixture,
                               gconstpointer data)
{
  g_autoptr (Reply) plain = NULL;
  g_autoptr (Reply) refused = NULL;
  g_autoptr (Reply) packed = NULL;
  g_autoptr (GZlibDecompressor) decompressor = g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP);
  g_autoptr (GError) error = NULL;
  g_autofree char *buffer = NULL;
  gsize            n_read;
  gsize            n_written;

  fixture_start (fixture, "abc");

  for (guint i = 0; i < 30; i++)
    {
      g_autofree char *caller = g_strdup_printf ("+caller-%u", i);

      fixture_change (fixture, TD_AGENT_STATE_RINGING, caller);
    }

  plain = fixture_fetch (fixture, "GET", "/v1/snapshot", READ, NULL);
  refused = fixture_fetch (fixture, "GET", "/v1/snapshot", READ "\nAccept-Encoding: gzip;q=0, identity", NULL);
  packed = fixture_fetch (fixture, "GET", "/v1/snapshot", READ "\nAccept-Encoding: br, gzip;q=0.5", NULL);
  g_assert_null (reply_get_header (refused, "Content-Encoding"));
  g_assert_cmpstr (reply_get_header (packed, "Content-Encoding"), ==, "gzip");
  g_assert_cmpstr (reply_get_header (packed, "ETag"), ==, "\"abc-40-gz\"");
  g_assert_cmpuint (g_bytes_get_size (packed->body), <, g_bytes_get_size (plain->body) / 2);

  buffer = g_malloc (g_bytes_get_size (plain->body) + 1);
  g_converter_convert (G_CONVERTER (decompressor),
                       g_bytes_get_data (packed->body, NULL), g_bytes_get_size (packed->body),
                       buffer, g_bytes_get_size (plain->body) + 1,
                       G_CONVERTER_INPUT_AT_END, &n_read, &n_written, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (buffer, n_written, g_bytes_get_data (plain->body, NULL), g_bytes_get_size (plain->body));
}

static void
test_head_has_no_body (Fixture      *fixture,
                       gconstpointer data)
{
  g_autoptr (Reply) reply = NULL;

  fixture_start (fixture, "abc");
  reply = fixture_fetch (fixture, "HEAD", "/v1/snapshot", READ, NULL);
  g_assert_cmpuint (reply_get_status (reply), ==, 200);
  g_assert_cmpstr (reply_get_header (reply, "ETag"), ==, "\"abc-10\"");
  g_assert_cmpuint (g_bytes_get_size (reply->body), ==, 0);
}

static void
test_empty_centre_asks_to_come_back (Fixture      *fixture,
                                     gconstpointer data)
{
  g_autoptr (Reply) reply = fixture_fetch (fixture, "GET", "/v1/snapshot", READ, NULL);

  assert_problem (reply, 503, NULL);
  g_assert_cmpstr (reply_get_header (reply, "Retry-After"), ==, "1");
}

static void
test_source_without_instance_gets_one (Fixture      *fixture,
                                       gconstpointer data)
{
  g_autoptr (JsonParser) parser = NULL;
  g_autoptr (Reply) reply = NULL;
  g_autofree char *etag = NULL;

  fixture_start (fixture, NULL);
  reply = fixture_fetch (fixture, "GET", "/v1/snapshot", READ, NULL);
  etag = g_strdup_printf ("\"%s-10\"", json_object_get_string_member (reply_parse (reply, &parser), "instance"));
  g_assert_cmpstr (reply_get_header (reply, "ETag"), ==, etag);
}

static void
test_odd_instance_is_hashed_in_the_etag (Fixture      *fixture,
                                         gconstpointer data)
{
  g_autoptr (JsonParser) parser = NULL;
  g_autoptr (Reply) reply = NULL;

  fixture_start (fixture, "a\"b\r\nX-Evil: 1");
  reply = fixture_fetch (fixture, "GET", "/v1/snapshot", READ, NULL);
  g_assert_null (reply_get_header (reply, "X-Evil"));
  g_assert_cmpuint (strlen (reply_get_header (reply, "ETag")), ==, 64 + strlen ("\"-10\""));
  g_assert_cmpstr (json_object_get_string_member (reply_parse (reply, &parser), "instance"), ==, "a\"b\r\nX-Evil: 1");
}

static void
test_token_is_needed (Fixture      *fixture,
                      gconstpointer data)
{
  static const char *const refused[] = {
    NULL, "Authorization: Bearer wrong", "Authorization: Bearer", "Authorization: Bearer read-toke",
    "Authorization: Bearer read-token2", "Authorization: Basic cmVhZC10b2tlbg=="
  };
  g_autoptr (Reply) accepted = NULL;

  fixture_start (fixture, "abc");

  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autoptr (Reply) reply = fixture_fetch (fixture, "GET", "/v1/snapshot", refused[i], NULL);

      assert_problem (reply, 401, NULL);
      g_assert_true (g_str_has_prefix (reply_get_header (reply, "WWW-Authenticate"), "Bearer"));
    }

  accepted = fixture_fetch (fixture, "GET", "/v1/snapshot", "Authorization: bearer  " ACT_TOKEN, NULL);
  g_assert_cmpuint (reply_get_status (accepted), ==, 200);
}

static TdIntervals *
make_intervals (gint64      from,
                gint64      to,
                guint       step_s,
                const char *queue_id,
                gpointer    user_data,
                GError    **error)
{
  TdIntervals *intervals;
  TdInterval  *rows;
  guint        n = (guint)((to - from) / ((gint64)step_s * G_USEC_PER_SEC));

  if (g_strcmp0 (queue_id, "q+1") != 0)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "No queue");
      return NULL;
    }

  intervals = td_intervals_new (from, (gint64)step_s * G_USEC_PER_SEC, n);
  rows = td_intervals_add_queue (intervals, queue_id);

  for (guint i = 0; i < n; i++)
    {
      rows[i].observed_s = step_s;
      rows[i].counts = TD_COUNTS_UNKNOWN;
      rows[i].counts.offered = i;
      rows[i].max_waiting = TD_UNKNOWN;
      rows[i].serving = TD_UNKNOWN;
    }

  return intervals;
}

static void
test_bad_requests_name_the_parameter (Fixture      *fixture,
                                      gconstpointer data)
{
  static const struct
  {
    const char *path;
    const char *parameter;
  } cases[] = {
    { "/v1/snapshot?since=", "since" },
    { "/v1/snapshot?since=-1", "since" },
    { "/v1/snapshot?since=1.5", "since" },
    { "/v1/snapshot?since=9223372036854775808", "since" },
    { "/v1/intervals", "from" },
    { "/v1/intervals?from=yesterday&to=2026-11-22T12:00:00Z&step=60", "from" },
    { "/v1/intervals?from=2026-11-22T11:00:01Z&to=2026-11-22T12:00:00Z&step=60", "from" },
    { "/v1/intervals?from=2026-11-22T11:00:00Z&step=60", "to" },
    { "/v1/intervals?from=2026-11-22T11:00:00Z&to=2026-11-22T11:00:00Z&step=60", "to" },
    { "/v1/intervals?from=2026-11-22T11:00:00Z&to=2026-11-22T10:00:00Z&step=60", "to" },
    { "/v1/intervals?from=2026-11-22T11:00:00Z&to=2026-11-22T11:00:30Z&step=60", "to" },
    { "/v1/intervals?from=2026-11-22T11:00:00Z&to=2026-11-22T12:00:00Z", "step" },
    { "/v1/intervals?from=2026-11-22T11:00:00Z&to=2026-11-22T12:00:00Z&step=0", "step" },
    { "/v1/intervals?from=2026-11-22T11:00:00Z&to=2026-11-22T12:00:00Z&step=90", "step" },
    { "/v1/intervals?from=2026-11-22T11:00:00Z&to=2026-11-22T12:00:00Z&step=86460", "step" },
    { "/v1/intervals?from=1990-11-22T11:00:00Z&to=2026-11-22T12:00:00Z&step=60", "step" },
    { "/v1/intervals?from=2026-11-22T11:00:00Z&to=2026-11-22T12:00:00Z&step=60&queue=%FF", "queue" },
  };

  td_api_server_set_intervals_func (fixture->server, make_intervals, NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (Reply) reply = NULL;
      g_autofree char *quoted = g_strdup_printf ("\"%s\"", cases[i].parameter);

      g_test_message ("%s", cases[i].path);
      reply = fixture_fetch (fixture, "GET", cases[i].path, READ, NULL);
      assert_problem (reply, 400, quoted);
    }
}

static void
test_unknown_paths_and_methods (Fixture      *fixture,
                                gconstpointer data)
{
  static const char *const paths[] = {
    "/", "/v1", "/v1/", "/v1/snapshots", "/v2/snapshot", "/v1/agents", "/v1/agents//pause", "/v1/agents/a1",
    "/v1/agents/a1/dance", "/v1/agents/a1/pause/x", "/v1/%00"
  };
  g_autoptr (Reply) post = fixture_fetch (fixture, "POST", "/v1/snapshot", READ, "{}");
  g_autoptr (Reply) get = fixture_fetch (fixture, "GET", "/v1/agents/a1/pause", ACT, NULL);
  g_autofree char *long_query = g_strnfill (TD_API_MAX_URL, 'x');
  g_autofree char *long_path = g_strconcat ("/v1/snapshot?", long_query, NULL);
  g_autoptr (Reply) too_long = fixture_fetch (fixture, "GET", long_path, READ, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autoptr (Reply) reply = NULL;

      g_test_message ("%s", paths[i]);
      reply = fixture_fetch (fixture, "GET", paths[i], READ, NULL);
      assert_problem (reply, 404, NULL);
    }

  assert_problem (post, 405, NULL);
  g_assert_cmpstr (reply_get_header (post, "Allow"), ==, "GET, HEAD");
  assert_problem (get, 405, NULL);
  g_assert_cmpstr (reply_get_header (get, "Allow"), ==, "POST");
  assert_problem (too_long, 414, NULL);
}

static void
test_intervals_come_in_columns (Fixture      *fixture,
                                gconstpointer data)
{
  g_autoptr (JsonParser) parser = NULL;
  g_autoptr (Reply) reply = NULL;
  g_autoptr (Reply) missing = NULL;
  g_autoptr (Reply) unsupported = NULL;
  JsonObject *object;
  JsonObject *queue;

  fixture_start (fixture, "abc");
  unsupported = fixture_fetch (fixture, "GET", "/v1/intervals?from=2026-11-22T11:00:00%2B07:00", READ, NULL);
  assert_problem (unsupported, 501, NULL);

  td_api_server_set_intervals_func (fixture->server, make_intervals, NULL, NULL);

  /* The plus of the offset is left unescaped, as many clients do. */
  reply = fixture_fetch (fixture, "GET",
                         "/v1/intervals?from=2026-11-22T11:00:00+07:00&to=2026-11-22T11:17:30%2B07:00&step=300&queue=q%2B1",
                         READ, NULL);
  g_assert_cmpuint (reply_get_status (reply), ==, 200);
  object = reply_parse (reply, &parser);
  g_assert_cmpstr (json_object_get_string_member (object, "from"), ==, "2026-11-22T11:00:00+07:00");
  g_assert_cmpstr (json_object_get_string_member (object, "to"), ==, "2026-11-22T11:15:00+07:00");
  queue = json_array_get_object_element (json_object_get_array_member (object, "queues"), 0);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (queue, "offered")), ==, 3);
  g_assert_cmpint (json_array_get_int_element (json_object_get_array_member (queue, "offered"), 2), ==, 2);
  g_assert_false (json_object_has_member (queue, "answered"));

  missing = fixture_fetch (fixture, "GET",
                           "/v1/intervals?from=2026-11-22T11:00:00Z&to=2026-11-22T12:00:00Z&step=60&queue=none", READ, NULL);
  assert_problem (missing, 404, NULL);
}

static const char *
or_dash (const char *text)
{
  return text != NULL ? text : "-";
}

static gboolean
act (const TdAction *action,
     gpointer        user_data,
     GError        **error)
{
  GString *log = user_data;

  g_string_append_printf (log, "%s %s", action->agent, td_action_kind_to_string (action->kind));
  g_string_append_printf (log, " %s %s %s;", or_dash (action->queue), or_dash (action->reason), or_dash (action->extension));

  if (g_str_equal (action->agent, "a/2"))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "The agent is not signed in.");
      return FALSE;
    }

  if (!g_str_equal (action->agent, "a1"))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "No agent");
      return FALSE;
    }

  return TRUE;
}

static void
test_actions_need_their_scope (Fixture      *fixture,
                               gconstpointer data)
{
  g_autoptr (GString) log = g_string_new (NULL);
  static const struct
  {
    const char *path;
    const char *headers;
    const char *body;
    guint       status;
  } cases[] = {
    { "/v1/agents/a1/pause", READ, "{\"reason\":\"Họp\"}", 403 },
    { "/v1/agents/a1/pause", NULL, "{}", 401 },
    { "/v1/agents/a1/pause", ACT, "{\"reason\":\"Họp\"}", 204 },
    { "/v1/agents/a1/unpause", ACT, NULL, 204 },
    { "/v1/agents/a%2F2/pause", ACT, "{}", 409 },
    { "/v1/agents/nobody/pause", ACT, "{}", 404 },
    { "/v1/agents/a1/pause", ACT, "[]", 400 },
    { "/v1/agents/a1/pause", ACT, "{\"reason\":17}", 400 },
    { "/v1/agents/a1/pause", ACT, "{\"reason\":", 400 },
    { "/v1/agents/a1/pause", ACT, "{\"reason\":\"\xff\"}", 400 },
    { "/v1/agents/a1/pause", ACT, "{\"reason\":\"two\\nlines\"}", 400 },
    { "/v1/agents/a1/pause", ACT, "{\"queue\":\"q1\",\"reason\":\"\"}", 204 },
    { "/v1/agents/a1/unpause", ACT, "{\"queue\":\"q1\"}", 204 },
    { "/v1/agents/a1/queue-add", ACT, "{}", 400 },
    { "/v1/agents/a1/queue-add", READ, "{}", 403 },
    { "/v1/agents/a1/queue-add", ACT, "{\"queue\":\"q1\"}", 204 },
    { "/v1/agents/a1/queue-remove", ACT, "{\"queue\":7}", 400 },
    { "/v1/agents/a1/queue-remove", ACT, "{\"queue\":\"q1\",\"extension\":7}", 204 },
    { "/v1/agents/a1/listen", ACT, "{}", 400 },
    { "/v1/agents/a1/listen", ACT, "{\"extension\":\"9001\"}", 204 },
    { "/v1/agents/a1/whisper", ACT, "{\"extension\":\"9001\\r\\nAction: Originate\"}", 400 },
    { "/v1/agents/a1/whisper", ACT, "{\"extension\":\"PJSIP/9001\"}", 204 },
    { "/v1/agents/a1/barge", ACT, "{\"extension\":\"9001\",\"queue\":\"q1\"}", 204 },
    { "/v1/agents/a1/hang-up", READ, NULL, 403 },
    { "/v1/agents/a1/hang-up", ACT, NULL, 204 },
    { "/v1/agents/a1/promote", ACT, NULL, 404 },
  };

  fixture_start (fixture, "abc");
  td_api_server_set_action_func (fixture->server, act, log, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (Reply) reply = fixture_fetch (fixture, "POST", cases[i].path, cases[i].headers, cases[i].body);

      g_test_message ("%s", cases[i].path);
      g_assert_cmpuint (reply_get_status (reply), ==, cases[i].status);
    }

  g_assert_cmpstr (log->str, ==,
                   "a1 pause - Họp -;a1 unpause - - -;a/2 pause - - -;nobody pause - - -;"
                   "a1 pause q1 - -;a1 unpause q1 - -;a1 queue-add q1 - -;a1 queue-remove q1 - -;"
                   "a1 listen - - 9001;a1 whisper - - PJSIP/9001;a1 barge - - 9001;a1 hang-up - - -;");
}

static char *
list_actions (Fixture    *fixture,
              const char *headers,
              const char *scope)
{
  g_autoptr (Reply) reply = fixture_fetch (fixture, "GET", "/v1/session", headers, NULL);
  g_autoptr (JsonParser) parser = NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  JsonObject *session;
  JsonArray  *actions;

  g_assert_cmpuint (reply_get_status (reply), ==, 200);
  session = reply_parse (reply, &parser);
  g_assert_cmpstr (json_object_get_string_member (session, "scope"), ==, scope);
  g_assert_cmpstr (json_object_get_string_member_with_default (session, "server", NULL), ==, "test 1.0");
  actions = json_object_get_array_member (session, "actions");

  for (guint i = 0; i < json_array_get_length (actions); i++)
    g_string_append_printf (text, "%s ", json_array_get_string_element (actions, i));

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
test_session_tells_what_a_token_may (Fixture      *fixture,
                                     gconstpointer data)
{
  g_autoptr (GString) log = g_string_new (NULL);
  g_autofree char *none = NULL;
  g_autofree char *reader = NULL;
  g_autofree char *all = NULL;
  g_autofree char *some = NULL;
  g_autoptr (Reply) nobody = NULL;
  g_autoptr (Reply) posted = NULL;
  g_autoptr (Reply) refused = NULL;

  fixture_start (fixture, "abc");
  td_api_server_set_name (fixture->server, "test 1.0");
  none = list_actions (fixture, ACT, "act");
  g_assert_cmpstr (none, ==, "");

  td_api_server_set_action_func (fixture->server, act, log, NULL);
  reader = list_actions (fixture, READ, "read");
  g_assert_cmpstr (reader, ==, "");
  all = list_actions (fixture, ACT, "act");
  g_assert_cmpstr (all, ==, "pause unpause queue-add queue-remove listen whisper barge hang-up ");

  td_api_server_set_actions (fixture->server, TD_ACTION_BIT (TD_ACTION_PAUSE) | TD_ACTION_BIT (TD_ACTION_UNPAUSE));
  some = list_actions (fixture, ACT, "act");
  g_assert_cmpstr (some, ==, "pause unpause ");
  refused = fixture_fetch (fixture, "POST", "/v1/agents/a1/hang-up", ACT, NULL);
  assert_problem (refused, 501, NULL);
  g_assert_cmpuint (log->len, ==, 0);

  nobody = fixture_fetch (fixture, "GET", "/v1/session", NULL, NULL);
  g_assert_cmpuint (reply_get_status (nobody), ==, 401);
  posted = fixture_fetch (fixture, "POST", "/v1/session", ACT, "{}");
  g_assert_cmpuint (reply_get_status (posted), ==, 405);
}

static void
test_bodies_are_bounded (Fixture      *fixture,
                         gconstpointer data)
{
  g_autoptr (GString) log = g_string_new (NULL);
  g_autofree char *large = g_strnfill (100 * 1024, ' ');
  g_autofree char *huge = g_strnfill (4 * 1024 * 1024, ' ');
  g_autofree char *deep = g_strnfill (60 * 1024, '[');
  g_autoptr (Reply) too_large = NULL;
  g_autoptr (Reply) too_deep = NULL;
  g_autoptr (Reply) cut = NULL;
  g_autoptr (Reply) after = NULL;

  fixture_start (fixture, "abc");
  td_api_server_set_action_func (fixture->server, act, log, NULL);
  too_large = fixture_fetch (fixture, "POST", "/v1/agents/a1/pause", ACT, large);
  assert_problem (too_large, 413, NULL);
  too_deep = fixture_fetch (fixture, "POST", "/v1/agents/a1/pause", ACT, deep);
  assert_problem (too_deep, 400, NULL);
  cut = fixture_send (fixture, "POST", "/v1/agents/a1/pause", ACT, huge);
  reply_wait (cut);
  g_assert_nonnull (cut->error);
  after = fixture_fetch (fixture, "GET", "/v1/snapshot", ACT, NULL);
  g_assert_cmpuint (reply_get_status (after), ==, 200);
  g_assert_cmpuint (log->len, ==, 0);
}

static void
test_openapi_is_served_to_all (Fixture      *fixture,
                               gconstpointer data)
{
  g_autoptr (Reply) reply = fixture_fetch (fixture, "GET", "/v1/openapi.yaml", NULL, NULL);

  g_assert_cmpuint (reply_get_status (reply), ==, 200);
  g_assert_cmpstr (reply_get_header (reply, "Content-Type"), ==, "application/yaml");
  g_assert_true (g_str_has_prefix (g_bytes_get_data (reply->body, NULL), "openapi: 3.1"));
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, fixture_set_up, func, fixture_tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("/api-server/full-answer-has-all-rows", test_full_answer_has_all_rows);
  ADD ("/api-server/delta-has-changed-rows-and-gone-ids", test_delta_has_changed_rows_and_gone_ids);
  ADD ("/api-server/id-that-came-back-is-not-gone", test_id_that_came_back_is_not_gone);
  ADD ("/api-server/full-where-the-difference-is-not-known", test_full_where_the_difference_is_not_known);
  ADD ("/api-server/new-instance-forgets-the-past", test_new_instance_forgets_the_past);
  ADD ("/api-server/tombstones-are-bounded", test_tombstones_are_bounded);
  ADD ("/api-server/etag-that-matches-gets-304", test_etag_that_matches_gets_304);
  ADD ("/api-server/held-until-a-change", test_held_until_a_change);
  ADD ("/api-server/hold-ends-in-304", test_hold_ends_in_304);
  ADD ("/api-server/wait-is-capped", test_wait_is_capped);
  ADD ("/api-server/time-alone-wakes-nobody", test_time_alone_wakes_nobody);
  ADD ("/api-server/client-that-leaves-is-forgotten", test_client_that_leaves_is_forgotten);
  ADD ("/api-server/gzip-where-it-is-welcome", test_gzip_where_it_is_welcome);
  ADD ("/api-server/head-has-no-body", test_head_has_no_body);
  ADD ("/api-server/empty-centre-asks-to-come-back", test_empty_centre_asks_to_come_back);
  ADD ("/api-server/source-without-instance-gets-one", test_source_without_instance_gets_one);
  ADD ("/api-server/odd-instance-is-hashed-in-the-etag", test_odd_instance_is_hashed_in_the_etag);
  ADD ("/api-server/token-is-needed", test_token_is_needed);
  ADD ("/api-server/bad-requests-name-the-parameter", test_bad_requests_name_the_parameter);
  ADD ("/api-server/unknown-paths-and-methods", test_unknown_paths_and_methods);
  ADD ("/api-server/intervals-come-in-columns", test_intervals_come_in_columns);
  ADD ("/api-server/actions-need-their-scope", test_actions_need_their_scope);
  ADD ("/api-server/session-tells-what-a-token-may", test_session_tells_what_a_token_may);
  ADD ("/api-server/bodies-are-bounded", test_bodies_are_bounded);
  ADD ("/api-server/openapi-is-served-to-all", test_openapi_is_served_to_all);

  return g_test_run ();
}
