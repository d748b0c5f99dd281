/* test-decoder.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>
#include <string.h>

#include "td-backend.h"
#include "td-json-guard.h"
#include "td-supervision-decoder.h"

#define HEAD "\"revision\":7,\"at\":\"2026-11-22T14:20:05.250+07:00\""
#define FULL_HEAD HEAD ",\"centre\":{}"

/* 2026-11-22T14:20:05.250+07:00 */
#define AT G_GINT64_CONSTANT (1795332005250000)

static TdSnapshot *
decode (const char *json,
        GError    **error)
{
  g_autoptr (GBytes) body = g_bytes_new_static (json, strlen (json));

  return td_supervision_decode_snapshot (body, error);
}

static TdSnapshot *
decode_rows (const char *queues,
             const char *agents,
             const char *callers,
             GError    **error)
{
  g_autofree char *json = g_strdup_printf ("{" FULL_HEAD ",\"queues\":[%s],\"agents\":[%s],\"callers\":[%s]}",
                                           queues, agents, callers);

  return decode (json, error);
}

static void
assert_refused (const char *json,
                int         code,
                const char *message)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TdSnapshot) snapshot = decode (json, &error);

  g_assert_null (snapshot);
  g_assert_error (error, TD_BACKEND_ERROR, code);
  g_assert_cmpstr (error->message, ==, message);
}

static void
test_full_answer (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TdSnapshot) snapshot = decode (
    "{" HEAD ",\"instance\":\"i1\","
    "\"centre\":{\"name\":\"Điện lực\",\"timezone\":\"Asia/Ho_Chi_Minh\",\"day_start\":\"2026-11-22T00:00:00+07:00\","
    "\"service_level\":{\"seconds\":20,\"target\":0.8},\"short_abandon_seconds\":5},"
    "\"queues\":[{\"id\":\"q1\",\"name\":\"Báo mất điện\",\"hotline\":\"1900.9000\",\"waiting\":3,"
    "\"longest_since\":\"2026-11-22T07:20:00Z\",\"serving\":21,\"offered_15min\":35,"
    "\"service_level\":{\"seconds\":30.5,\"target\":0.9},\"today\":{\"offered\":12,\"wait_seconds\":1.0005}}],"
    "\"agents\":[{\"id\":\"a1\",\"name\":\"An\",\"team\":\"T\",\"employer\":\"E\",\"place\":\"home\",\"seat\":\"S\","
    "\"extension\":\"101\",\"state\":\"on-call\",\"reason\":\"R\",\"since\":\"2026-11-22T07:20:00Z\","
    "\"since_inexact\":true,\"on_hold\":true,\"queues\":[\"q1\",\"q2\"],"
    "\"call\":{\"queue\":\"q1\",\"since\":\"2026-11-22T07:19:00Z\",\"number\":\"09•• ••• 851\",\"reason\":\"r\","
    "\"area\":\"Cần Thơ\",\"wait_seconds\":4.25},"
    "\"today\":{\"answered\":31,\"no_answer\":1,\"talk_seconds\":2,\"hold_seconds\":3,\"wrap_up_seconds\":4,"
    "\"ringing_seconds\":5,\"available_seconds\":6,\"paused_seconds\":7},"
    "\"shift\":{\"name\":\"Sáng\",\"start\":\"2026-11-22T01:00:00Z\",\"end\":\"2026-11-22T13:00:00Z\"},"
    "\"future\":{\"deep\":[1,{\"x\":null}]}}],"
    "\"callers\":[{\"id\":\"c1\",\"queue\":\"q1\",\"position\":1,\"since\":\"2026-11-22T07:20:00Z\","
    "\"number\":\"09\",\"reason\":\"r\",\"area\":\"a\"}]}",
    &error);
  guint              n;
  const TdQueueInfo *queue;
  const TdAgentInfo *agent;

  g_assert_no_error (error);
  g_assert_cmpint (td_snapshot_get_revision (snapshot), ==, 7);
  g_assert_cmpstr (td_snapshot_get_instance (snapshot), ==, "i1");
  g_assert_cmpint (td_snapshot_get_at (snapshot), ==, AT);
  g_assert_false (td_snapshot_is_delta (snapshot));
  g_assert_cmpstr (td_snapshot_get_centre (snapshot)->timezone, ==, "Asia/Ho_Chi_Minh");
  g_assert_cmpint (td_snapshot_get_centre (snapshot)->service_level_ms, ==, 20000);
  g_assert_cmpint (td_snapshot_get_centre (snapshot)->short_abandon_ms, ==, 5000);

  queue = td_snapshot_get_queues (snapshot, &n);
  g_assert_cmpuint (n, ==, 1);
  g_assert_cmpstr (queue->name, ==, "Báo mất điện");
  g_assert_cmpint (queue->waiting, ==, 3);
  g_assert_cmpint (queue->service_level_ms, ==, 30500);
  g_assert_cmpfloat (queue->service_level_target, ==, 0.9);
  g_assert_cmpint (queue->today.offered, ==, 12);
  g_assert_cmpint (queue->today.wait_ms, ==, 1001);
  g_assert_cmpint (queue->today.answered, ==, TD_UNKNOWN);

  agent = td_snapshot_get_agents (snapshot, &n);
  g_assert_cmpuint (n, ==, 1);
  g_assert_cmpint (agent->state, ==, TD_AGENT_STATE_ON_CALL);
  g_assert_cmpint (agent->place, ==, TD_PLACE_HOME);
  g_assert_true (agent->since_inexact);
  g_assert_true (agent->on_hold);
  g_assert_cmpuint (agent->n_queues, ==, 2);
  g_assert_cmpstr (agent->queues[1], ==, "q2");
  g_assert_cmpstr (agent->call_number, ==, "09•• ••• 851");
  g_assert_cmpint (agent->call_wait_ms, ==, 4250);
  g_assert_cmpint (agent->no_answer, ==, 1);
  g_assert_cmpint (agent->talk_ms, ==, 2000);
  g_assert_cmpint (agent->hold_ms, ==, 3000);
  g_assert_cmpint (agent->wrap_up_ms, ==, 4000);
  g_assert_cmpint (agent->ringing_ms, ==, 5000);
  g_assert_cmpint (agent->available_ms, ==, 6000);
  g_assert_cmpint (agent->paused_ms, ==, 7000);
  g_assert_cmpint (agent->shift_end - agent->shift_start, ==, 12 * G_TIME_SPAN_HOUR);

  g_assert_cmpint (td_snapshot_get_callers (snapshot, &n)->position, ==, 1);
  g_assert_cmpuint (n, ==, 1);
}

static void
test_absent_is_unknown (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TdSnapshot) snapshot = decode_rows ("{\"id\":\"q\",\"waiting\":null}", "{\"id\":\"a\"}",
                                                 "{\"id\":\"c\",\"queue\":\"q\"}", &error);
  guint n;

  g_assert_no_error (error);
  g_assert_cmpint (td_snapshot_get_queues (snapshot, &n)->waiting, ==, TD_UNKNOWN);
  g_assert_true (isnan (td_snapshot_get_queues (snapshot, &n)->service_level_target));
  g_assert_cmpint (td_snapshot_get_agents (snapshot, &n)->state, ==, TD_AGENT_STATE_UNKNOWN);
  g_assert_cmpint (td_snapshot_get_agents (snapshot, &n)->since, ==, TD_UNKNOWN);
  g_assert_null (td_snapshot_get_agents (snapshot, &n)->call_queue);
  g_assert_cmpint (td_snapshot_get_callers (snapshot, &n)->position, ==, TD_UNKNOWN);
  g_assert_cmpint (td_snapshot_get_centre (snapshot)->day_start, ==, TD_UNKNOWN);
}

static void
test_delta (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TdSnapshot) snapshot =
    decode ("{" HEAD ",\"since\":4,\"agents\":[{\"id\":\"a\"}],"
            "\"gone\":{\"queues\":[\"q\"],\"agents\":[\"b\",\"c\"],\"callers\":[]}}",
            &error);
  guint n;

  g_assert_no_error (error);
  g_assert_true (td_snapshot_is_delta (snapshot));
  g_assert_cmpint (td_snapshot_get_base (snapshot), ==, 4);
  g_assert_null (td_snapshot_get_centre (snapshot));
  g_assert_cmpstr (td_snapshot_get_gone_agents (snapshot, &n)[1], ==, "c");
  g_assert_cmpuint (n, ==, 2);
  td_snapshot_get_gone_queues (snapshot, &n);
  g_assert_cmpuint (n, ==, 1);
}

static void
test_unknown_enum (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TdSnapshot) snapshot = NULL;
  guint n;

  /* One message for each kind in the life of the process, whatever follows. */
  g_test_expect_message ("td-backends", G_LOG_LEVEL_MESSAGE, "*unknown place \"moon\"*");
  g_test_expect_message ("td-backends", G_LOG_LEVEL_MESSAGE, "*unknown state \"dancing\"*");
  snapshot = decode_rows ("", "{\"id\":\"a\",\"state\":\"dancing\",\"place\":\"moon\"},{\"id\":\"b\",\"state\":\"singing\"}",
                          "", &error);
  g_test_assert_expected_messages ();

  g_assert_no_error (error);
  g_assert_cmpint (td_snapshot_get_agents (snapshot, &n)[0].state, ==, TD_AGENT_STATE_UNKNOWN);
  g_assert_cmpint (td_snapshot_get_agents (snapshot, &n)[0].place, ==, TD_PLACE_UNKNOWN);
  g_assert_cmpuint (n, ==, 2);
}

typedef struct
{
  const char *kind; /* queue, agent or caller */
  const char *member;
  const char *problem; /* (nullable): NULL where it is accepted */
} FieldCase;

#define MAX_MS_TEXT "1000000000"
#define RANGE_COUNT " is out of the range 0 … 1000000000"

static const FieldCase field_cases[] = {
  { "queue", "\"waiting\":0", NULL },
  { "queue", "\"waiting\":1000000000", NULL },
  { "queue", "\"waiting\":3.0", NULL },
  { "queue", "\"waiting\":1000000001", "queues[0].waiting: 1000000001" RANGE_COUNT },
  { "queue", "\"waiting\":-1", "queues[0].waiting: -1" RANGE_COUNT },
  { "queue", "\"waiting\":99999999999999999999", "queues[0].waiting: -1" RANGE_COUNT },
  { "queue", "\"waiting\":1e400", "queues[0].waiting: inf" RANGE_COUNT },
  { "queue", "\"waiting\":1.5", "queues[0].waiting: 1.5 is no whole number" },
  { "queue", "\"waiting\":\"3\"", "queues[0].waiting: a number is needed, not a string" },
  { "queue", "\"waiting\":true", "queues[0].waiting: a number is needed, not a boolean" },
  { "queue", "\"waiting\":[]", "queues[0].waiting: a number is needed, not an array" },
  { "queue", "\"serving\":{}", "queues[0].serving: a number is needed, not an object" },
  { "queue", "\"offered_15min\":-1", "queues[0].offered_15min: -1" RANGE_COUNT },
  { "queue", "\"name\":3", "queues[0].name: a string is needed, not a number" },
  { "queue", "\"hotline\":[]", "queues[0].hotline: a string is needed, not an array" },
  { "queue", "\"longest_since\":5", "queues[0].longest_since: a string is needed, not a number" },
  { "queue", "\"service_level\":20", "queues[0].service_level: an object is needed, not a number" },
  { "queue", "\"service_level\":{\"target\":1.0}", NULL },
  { "queue", "\"service_level\":{\"target\":1.1}", "queues[0].service_level.target: 1.1 is out of the range 0 … 1" },
  { "queue", "\"service_level\":{\"seconds\":-1}", "queues[0].service_level.seconds: -1" RANGE_COUNT },
  { "queue", "\"today\":{\"max_wait_seconds\":1000000000}", NULL },
  { "queue", "\"today\":{\"max_wait_seconds\":1000000000.1}", "queues[0].today.max_wait_seconds: 1000000000.1" RANGE_COUNT },
  { "queue", "\"today\":{\"offered\":0.5}", "queues[0].today.offered: 0.5 is no whole number" },
  { "queue", "\"today\":[]", "queues[0].today: an object is needed, not an array" },
  { "agent", "\"since\":\"yesterday\"", "agents[0].since: \"yesterday\" is no RFC 3339 time" },
  { "agent", "\"since\":\"1969-12-31T23:59:59Z\"", "agents[0].since: \"1969-12-31T23:59:59Z\" is no RFC 3339 time" },
  { "agent", "\"since\":\"1970-01-01T00:00:00Z\"", NULL },
  { "agent", "\"since_inexact\":1", "agents[0].since_inexact: a boolean is needed, not a number" },
  { "agent", "\"on_hold\":\"yes\"", "agents[0].on_hold: a boolean is needed, not a string" },
  { "agent", "\"state\":4", "agents[0].state: a string is needed, not a number" },
  { "agent", "\"place\":{}", "agents[0].place: a string is needed, not an object" },
  { "agent", "\"queues\":\"q1\"", "agents[0].queues: an array is needed, not a string" },
  { "agent", "\"queues\":[\"q1\",4]", "agents[0].queues[1]: a string is needed, not a number" },
  { "agent", "\"queues\":[\"\"]", "agents[0].queues[0]: an identifier must not be empty" },
  { "agent", "\"queues\":[null]", "agents[0].queues[0]: a string is needed, not null" },
  { "agent", "\"call\":true", "agents[0].call: an object is needed, not a boolean" },
  { "agent", "\"call\":{\"number\":901234567}", "agents[0].call.number: a string is needed, not a number" },
  { "agent", "\"call\":{\"wait_seconds\":\"4\"}", "agents[0].call.wait_seconds: a number is needed, not a string" },
  { "agent", "\"call\":{\"since\":\"\"}", "agents[0].call.since: \"\" is no RFC 3339 time" },
  { "agent", "\"today\":{\"answered\":-1}", "agents[0].today.answered: -1" RANGE_COUNT },
  { "agent", "\"today\":{\"no_answer\":\"\"}", "agents[0].today.no_answer: a number is needed, not a string" },
  { "agent", "\"today\":{\"paused_seconds\":-0.001}", "agents[0].today.paused_seconds: -0.001" RANGE_COUNT },
  { "agent", "\"shift\":{\"start\":\"08:00\"}", "agents[0].shift.start: \"08:00\" is no RFC 3339 time" },
  { "caller", "\"position\":1", NULL },
  { "caller", "\"position\":0", "callers[0].position: 0 is out of the range 1 … 1000000000" },
  { "caller", "\"since\":false", "callers[0].since: a string is needed, not a boolean" },
  { "caller", "\"number\":12", "callers[0].number: a string is needed, not a number" },
};

#define CENTRE(members) "{" HEAD ",\"centre\":{" members "},\"queues\":[],\"agents\":[],\"callers\":[]}"

static void
test_releases (void)
{
  static const struct
  {
    const char *member;
    const char *problem;
  } bad[] = {
    { "\"releases\":{}", "centre.releases: an array is needed, not an object" },
    { "\"releases\":[3]", "centre.releases[0]: an object is needed, not a number" },
    { "\"releases\":[{}]", "centre.releases[0].at: " },
    { "\"releases\":[{\"at\":\"17:00\"}]", "centre.releases[0].at: \"17:00\" is no RFC 3339 time" },
    { "\"releases\":[{\"at\":\"2026-11-22T17:00:00Z\"},{\"at\":\"2026-11-22T17:00:00Z\",\"agents\":0}]",
      "centre.releases[1].agents: 0 is out of the range 1 … 1000000000" },
    { "\"releases\":[{\"at\":\"2026-11-22T17:00:00Z\",\"employer\":5}]",
      "centre.releases[0].employer: a string is needed, not a number" },
  };
  static const char good[] = CENTRE ("\"releases\":[{\"at\":\"2026-11-22T17:00:00Z\",\"employer\":\"B\",\"agents\":14},"
                                     "{\"at\":\"2026-11-22T18:00:00Z\",\"place\":\"home\"}]");
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) many = g_string_new ("\"releases\":[");
  g_autoptr (TdSnapshot) snapshot = decode (good, &error);
  const TdCentreInfo *centre;

  g_assert_no_error (error);
  centre = td_snapshot_get_centre (snapshot);
  g_assert_cmpuint (centre->n_releases, ==, 2);
  g_assert_cmpstr (centre->releases[0].employer, ==, "B");
  g_assert_cmpint (centre->releases[0].place, ==, TD_PLACE_UNKNOWN);
  g_assert_cmpint (centre->releases[0].agents, ==, 14);
  g_assert_null (centre->releases[1].employer);
  g_assert_cmpint (centre->releases[1].place, ==, TD_PLACE_HOME);
  g_assert_cmpint (centre->releases[1].agents, ==, TD_UNKNOWN);
  g_assert_cmpint (centre->releases[1].at - centre->releases[0].at, ==, G_TIME_SPAN_HOUR);

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autofree char *json = g_strdup_printf (CENTRE ("%s"), bad[i].member);
      g_autoptr (GError) reason = NULL;

      g_assert_null (decode (json, &reason));
      if (!g_str_has_prefix (reason->message, bad[i].problem))
        g_assert_cmpstr (reason->message, ==, bad[i].problem);
    }

  for (guint i = 0; i <= TD_MAX_RELEASES; i++)
    g_string_append_printf (many, "%s{\"at\":\"2026-11-22T17:00:00Z\"}", i > 0 ? "," : "");
  g_string_append (many, "]");
  {
    g_autofree char *json = g_strdup_printf (CENTRE ("%s"), many->str);
    g_autoptr (GError) reason = NULL;

    g_assert_null (decode (json, &reason));
    g_assert_true (g_str_has_prefix (reason->message, "centre.releases: "));
  }
}

static void
test_fields (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (field_cases); i++)
    {
      const FieldCase *one = &field_cases[i];
      g_autofree char *queue = g_strdup_printf ("{\"id\":\"q\",%s}", one->member);
      g_autofree char *agent = g_strdup_printf ("{\"id\":\"a\",%s}", one->member);
      g_autofree char *caller = g_strdup_printf ("{\"id\":\"c\",\"queue\":\"q\",%s}", one->member);
      g_autoptr (GError) error = NULL;
      g_autoptr (TdSnapshot) snapshot = decode_rows (strcmp (one->kind, "queue") == 0 ? queue : "",
                                                     strcmp (one->kind, "agent") == 0 ? agent : "",
                                                     strcmp (one->kind, "caller") == 0 ? caller : "", &error);

      g_assert_cmpstr (error != NULL ? error->message : NULL, ==, one->problem);
      g_assert_true ((snapshot == NULL) == (error != NULL));
    }
}

typedef struct
{
  const char *json; /* with the text in the place of %s */
  const char *path;
  guint       max_bytes;
} TextCase;

#define ROWS_BEFORE "{" FULL_HEAD ",\"queues\":[],\"callers\":[],\"agents\":[{\"id\":\"a\","

static const TextCase text_cases[] = {
  { "{" HEAD ",\"centre\":{\"name\":\"%s\"},\"queues\":[],\"agents\":[],\"callers\":[]}", "centre.name", TD_MAX_TEXT },
  { "{" HEAD ",\"centre\":{\"scenario\":\"%s\"},\"queues\":[],\"agents\":[],\"callers\":[]}", "centre.scenario", TD_MAX_TEXT },
  { "{" HEAD ",\"centre\":{\"timezone\":\"%s\"},\"queues\":[],\"agents\":[],\"callers\":[]}", "centre.timezone", 64 },
  { "{" FULL_HEAD ",\"queues\":[{\"id\":\"%s\"}],\"agents\":[],\"callers\":[]}", "queues[0].id", TD_MAX_ID },
  { "{" FULL_HEAD ",\"queues\":[{\"id\":\"q\",\"area\":\"%s\"}],\"agents\":[],\"callers\":[]}", "queues[0].area", TD_MAX_TEXT },
  { ROWS_BEFORE "\"name\":\"%s\"}]}", "agents[0].name", TD_MAX_TEXT },
  { ROWS_BEFORE "\"team\":\"%s\"}]}", "agents[0].team", TD_MAX_TEXT },
  { ROWS_BEFORE "\"seat\":\"%s\"}]}", "agents[0].seat", TD_MAX_TEXT },
  { ROWS_BEFORE "\"queues\":[\"%s\"]}]}", "agents[0].queues[0]", TD_MAX_ID },
  { ROWS_BEFORE "\"call\":{\"queue\":\"%s\"}}]}", "agents[0].call.queue", TD_MAX_ID },
  { ROWS_BEFORE "\"call\":{\"number\":\"%s\"}}]}", "agents[0].call.number", TD_MAX_TEXT },
  { ROWS_BEFORE "\"shift\":{\"name\":\"%s\"}}]}", "agents[0].shift.name", TD_MAX_TEXT },
  { "{" FULL_HEAD ",\"queues\":[],\"agents\":[],\"callers\":[{\"id\":\"%s\",\"queue\":\"q\"}]}", "callers[0].id", TD_MAX_ID },
  { "{" FULL_HEAD ",\"queues\":[],\"agents\":[],\"callers\":[{\"id\":\"c\",\"queue\":\"%s\"}]}", "callers[0].queue", TD_MAX_ID },
};

static void
test_text_lengths (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (text_cases); i++)
    {
      const TextCase  *one = &text_cases[i];
      g_autofree char *longest = g_strnfill (one->max_bytes, 'A');
      g_autofree char *too_long = g_strnfill (one->max_bytes + 1, 'A');
      g_autofree char *problem = g_strdup_printf ("%s: longer than %u bytes", one->path, one->max_bytes);
      g_auto (GStrv) parts = g_strsplit (one->json, "%s", 2);
      g_autofree char *good = g_strconcat (parts[0], longest, parts[1], NULL);
      g_autofree char *bad = g_strconcat (parts[0], too_long, parts[1], NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (TdSnapshot) snapshot = NULL;

      snapshot = decode (good, &error);
      g_assert_no_error (error);
      g_assert_nonnull (snapshot);
      assert_refused (bad, TD_BACKEND_ERROR_INVALID, problem);
    }
}

static void
test_required (void)
{
  assert_refused ("{}", TD_BACKEND_ERROR_INVALID, "revision: missing");
  assert_refused ("{\"revision\":1}", TD_BACKEND_ERROR_INVALID, "at: missing");
  assert_refused ("{\"revision\":-1,\"at\":\"2026-11-22T00:00:00Z\"}", TD_BACKEND_ERROR_INVALID,
                  "revision: -1 is out of the range 0 … 9007199254740991");
  assert_refused ("{" HEAD "}", TD_BACKEND_ERROR_INVALID, "centre: missing");
  assert_refused ("{" FULL_HEAD "}", TD_BACKEND_ERROR_INVALID, "queues: missing");
  assert_refused ("{" FULL_HEAD ",\"queues\":[]}", TD_BACKEND_ERROR_INVALID, "agents: missing");
  assert_refused ("{" FULL_HEAD ",\"queues\":[],\"agents\":[]}", TD_BACKEND_ERROR_INVALID, "callers: missing");
  assert_refused ("{" FULL_HEAD ",\"queues\":[{}],\"agents\":[],\"callers\":[]}", TD_BACKEND_ERROR_INVALID,
                  "queues[0].id: missing");
  assert_refused ("{" FULL_HEAD ",\"queues\":[],\"agents\":[{\"id\":\"\"}],\"callers\":[]}", TD_BACKEND_ERROR_INVALID,
                  "agents[0].id: an identifier must not be empty");
  assert_refused ("{" FULL_HEAD ",\"queues\":[],\"agents\":[],\"callers\":[{\"id\":\"c\"}]}", TD_BACKEND_ERROR_INVALID,
                  "callers[0].queue: missing");
  assert_refused ("{" FULL_HEAD ",\"queues\":[],\"agents\":[3],\"callers\":[]}", TD_BACKEND_ERROR_INVALID,
                  "agents[0]: an object is needed, not a number");
  assert_refused ("{" HEAD ",\"since\":8}", TD_BACKEND_ERROR_INVALID, "since: 8 is later than the revision 7");
  assert_refused ("[]", TD_BACKEND_ERROR_INVALID, "The answer is no JSON object");
}

static void
test_duplicates (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TdSnapshot) snapshot = NULL;

  assert_refused ("{" FULL_HEAD ",\"queues\":[],\"agents\":[{\"id\":\"a\"},{\"id\":\"b\"},{\"id\":\"a\"}],\"callers\":[]}",
                  TD_BACKEND_ERROR_INVALID, "agents[2].id: \"a\" is already agents[0].id");
  assert_refused ("{" HEAD ",\"since\":1,\"queues\":[{\"id\":\"q\"}],\"gone\":{\"queues\":[\"r\",\"q\"]}}",
                  TD_BACKEND_ERROR_INVALID, "gone.queues[1]: \"q\" is already queues[0].id");

  snapshot = decode_rows ("{\"id\":\"x\"}", "{\"id\":\"x\"}", "{\"id\":\"x\",\"queue\":\"x\"}", &error);
  g_assert_no_error (error);
  g_assert_nonnull (snapshot);
}

static void
test_too_many_rows (void)
{
  GString         *json = g_string_new ("{" FULL_HEAD ",\"agents\":[],\"callers\":[],\"queues\":[{}");
  g_autofree char *text = NULL;

  for (guint i = 0; i < TD_MAX_QUEUES; i++)
    g_string_append (json, ",{}");
  g_string_append (json, "]}");
  text = g_string_free (json, FALSE);

  assert_refused (text, TD_BACKEND_ERROR_TOO_LARGE, "queues: 10001 elements, and 10000 are allowed");
}

static void
test_timezone_is_no_path (void)
{
  assert_refused ("{" HEAD ",\"centre\":{\"timezone\":\"../../etc/passwd\"},\"queues\":[],\"agents\":[],\"callers\":[]}",
                  TD_BACKEND_ERROR_INVALID, "centre.timezone: \"../../etc/passwd\" is no name of a time zone");
  assert_refused ("{" HEAD ",\"centre\":{\"timezone\":\"/dev/zero\"},\"queues\":[],\"agents\":[],\"callers\":[]}",
                  TD_BACKEND_ERROR_INVALID, "centre.timezone: \"/dev/zero\" is no name of a time zone");
  assert_refused ("{" HEAD ",\"centre\":{\"timezone\":\"Asia/../x\"},\"queues\":[],\"agents\":[],\"callers\":[]}",
                  TD_BACKEND_ERROR_INVALID, "centre.timezone: \"Asia/../x\" is no name of a time zone");
}

static void
test_numbers_are_not_quoted (void)
{
  static const char *const secrets[] = { "\"number\":901234567", "\"number\":[\"0901234567\"]" };

  for (guint i = 0; i < G_N_ELEMENTS (secrets); i++)
    {
      g_autofree char *agent = g_strdup_printf ("{\"id\":\"a\",\"call\":{%s}}", secrets[i]);
      g_autoptr (GError) error = NULL;
      g_autoptr (TdSnapshot) snapshot = decode_rows ("", agent, "", &error);

      g_assert_null (snapshot);
      g_assert_null (strstr (error->message, "901234567"));
    }
}

static void
test_quotes_are_short_and_printable (void)
{
  g_autofree char *long_text = g_strnfill (60, 'x');
  g_autofree char *agent = g_strdup_printf ("{\"id\":\"a\",\"since\":\"\\n\\u202e%s\"}", long_text);
  g_autoptr (GError) error = NULL;
  g_autoptr (TdSnapshot) snapshot = NULL;

  agent[strlen (agent) - 10] = '"';
  agent[strlen (agent) - 9] = '}';
  agent[strlen (agent) - 8] = '\0';
  snapshot = decode_rows ("", agent, "", &error);

  g_assert_null (snapshot);
  g_assert_true (g_str_has_prefix (error->message, "agents[0].since: \"��xxx"));
  g_assert_true (g_str_has_suffix (error->message, "x…\" is no RFC 3339 time"));
  g_assert_cmpint (g_utf8_strlen (error->message, -1), ==, 17 + 1 + 40 + 2 + 20);
}

typedef struct
{
  const char *json;
  gssize      length; /* or -1 */
  const char *problem;
} GuardCase;

static const GuardCase guard_cases[] = {
  { "", -1, "The answer is empty" },
  { " ", -1, "This is no JSON: line 1, column 2: the end of the text" },
  { "{\n\"a\":1,}", -1, "This is no JSON: line 2, column 7: something else than the name of a member" },
  { "{'a':1}", -1, "This is no JSON: line 1, column 2: something else than the name of a member" },
  { "{\"a\" 1}", -1, "This is no JSON: line 1, column 6: a name without a colon" },
  { "[1 2]", -1, "This is no JSON: line 1, column 4: an unexpected character" },
  { "[1}", -1, "This is no JSON: line 1, column 3: an unexpected character" },
  { "[1", -1, "This is no JSON: line 1, column 3: the end of the text" },
  { "{} {}", -1, "This is no JSON: line 1, column 4: something after its end" },
  { "/* x */ {}", -1, "This is no JSON: line 1, column 1: an unexpected character" },
  { "[01]", -1, "This is no JSON: line 1, column 3: a broken number" },
  { "[1.]", -1, "This is no JSON: line 1, column 4: a broken number" },
  { "[1e]", -1, "This is no JSON: line 1, column 4: a broken number" },
  { "[-]", -1, "This is no JSON: line 1, column 3: a broken number" },
  { "[0x1]", -1, "This is no JSON: line 1, column 3: an unexpected character" },
  { "[NaN]", -1, "This is no JSON: line 1, column 2: an unexpected character" },
  { "[\"a", -1, "This is no JSON: line 1, column 4: a text that does not end" },
  { "[\"\t\"]", -1, "This is no JSON: line 1, column 3: a control character in a text" },
  { "[\"\\x\"]", -1, "This is no JSON: line 1, column 4: an unknown escape in a text" },
  { "[\"\\u00g0\"]", -1, "This is no JSON: line 1, column 5: a broken \\u escape" },
  { "[\"\\u0000\"]", -1, "This is no JSON: line 1, column 9: a NUL character" },
  { "[\"\\ud800\"]", -1, "This is no JSON: line 1, column 9: half of a surrogate pair" },
  { "[\"\\udc00\"]", -1, "This is no JSON: line 1, column 9: half of a surrogate pair" },
  { "[\"\\ud800\\u0041\"]", -1, "This is no JSON: line 1, column 15: half of a surrogate pair" },
  { "[\"\xff\"]", -1, "This is no JSON: line 1, column 3: bytes that are no UTF-8" },
  { "[\"\0\"]", 5, "This is no JSON: line 1, column 3: a NUL character" },
  { "[\"\\ud83d\\ude00\",{\"\\\"\\\\\\/\\b\\f\\n\\r\\t\":-0.5e+3},[],{},true,false,null]", -1, NULL },
  { " \"text\" ", -1, NULL },
};

static void
test_guard (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (guard_cases); i++)
    {
      const GuardCase *one = &guard_cases[i];
      g_autoptr (GError) error = NULL;
      gboolean good = td_json_guard_check (one->json, one->length < 0 ? strlen (one->json) : (gsize)one->length, &error);

      g_assert_cmpstr (error != NULL ? error->message : NULL, ==, one->problem);
      g_assert_true (good == (error == NULL));
    }
}

static void
test_depth (void)
{
  g_autofree char *open = g_strnfill (TD_JSON_MAX_DEPTH, '[');
  g_autofree char *close = g_strnfill (TD_JSON_MAX_DEPTH, ']');
  g_autofree char *good = g_strconcat (open, close, NULL);
  g_autofree char *bad = g_strconcat (open, "[", close, "]", NULL);
  g_autofree char *abyss = g_strnfill (10 * 1000 * 1000, '[');

  g_assert_true (td_json_guard_check (good, strlen (good), NULL));
  assert_refused (bad, TD_BACKEND_ERROR_INVALID, "This is no JSON: line 1, column 33: values nested too deep");
  assert_refused (abyss, TD_BACKEND_ERROR_INVALID, "This is no JSON: line 1, column 33: values nested too deep");
}

static void
test_too_many_values (void)
{
  gsize            length = 2 * (gsize)TD_JSON_MAX_VALUES + 1;
  g_autofree char *json = g_malloc (length);
  g_autoptr (GError) error = NULL;

  json[0] = '[';
  for (gsize i = 1; i < length; i += 2)
    {
      json[i] = '0';
      json[i + 1] = ',';
    }
  json[length - 1] = ']';

  g_assert_false (td_json_guard_check (json, length, &error));
  g_assert_error (error, TD_BACKEND_ERROR, TD_BACKEND_ERROR_TOO_LARGE);
}

static void
test_body_too_large (void)
{
  gsize length = (gsize)TD_MAX_BODY + 1;
  g_autoptr (GBytes) body = g_bytes_new_take (g_malloc0 (length), length);
  g_autoptr (GError) error = NULL;

  g_assert_null (td_supervision_decode_snapshot (body, &error));
  g_assert_error (error, TD_BACKEND_ERROR, TD_BACKEND_ERROR_TOO_LARGE);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/decoder/full-answer-becomes-every-field", test_full_answer);
  g_test_add_func ("/decoder/absent-and-null-are-unknown", test_absent_is_unknown);
  g_test_add_func ("/decoder/delta-has-a-base-and-what-is-gone", test_delta);
  g_test_add_func ("/decoder/unknown-enum-value-becomes-unknown", test_unknown_enum);
  g_test_add_func ("/decoder/field-out-of-bounds-is-named", test_fields);
  g_test_add_func ("/decoder/releases-are-bounded", test_releases);
  g_test_add_func ("/decoder/text-has-a-length-limit", test_text_lengths);
  g_test_add_func ("/decoder/required-member-is-named", test_required);
  g_test_add_func ("/decoder/duplicate-id-names-both", test_duplicates);
  g_test_add_func ("/decoder/too-many-rows-are-refused", test_too_many_rows);
  g_test_add_func ("/decoder/time-zone-is-no-path", test_timezone_is_no_path);
  g_test_add_func ("/decoder/phone-numbers-stay-out-of-errors", test_numbers_are_not_quoted);
  g_test_add_func ("/decoder/quotes-are-short-and-printable", test_quotes_are_short_and_printable);
  g_test_add_func ("/decoder/guard/only-strict-json-passes", test_guard);
  g_test_add_func ("/decoder/guard/nesting-is-bounded", test_depth);
  g_test_add_func ("/decoder/guard/number-of-values-is-bounded", test_too_many_values);
  g_test_add_func ("/decoder/guard/body-is-bounded", test_body_too_large);

  return g_test_run ();
}
