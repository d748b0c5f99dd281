/* test-supervision-backend.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <libsoup/soup.h>
#include <string.h>

#include "td-supervision-backend.h"

#define TOKEN "s3cret-t0ken"
#define AT "2026-11-22T14:20:05.250+07:00"
#define FULL "{\"revision\":7,\"instance\":\"i1\",\"at\":\"" AT "\",\"centre\":{},\"queues\":[],\"agents\":[],\"callers\":[]}"

typedef struct
{
  SoupServer *server;
  char       *base_url;
  TdBackend  *backend;
  guint       n_requests;

  /* Of the last request. */
  char *path;
  char *query;
  char *authorization;
  char *user_agent;
  char *if_none_match;
  char *prefer;
} Fixture;

typedef void (*Handler) (SoupServerMessage *message);

static char *
dup_header (SoupServerMessage *message,
            const char        *name)
{
  return g_strdup (soup_message_headers_get_one (soup_server_message_get_request_headers (message), name));
}

static void
clear_last_request (Fixture *fixture)
{
  g_clear_pointer (&fixture->path, g_free);
  g_clear_pointer (&fixture->query, g_free);
  g_clear_pointer (&fixture->authorization, g_free);
  g_clear_pointer (&fixture->user_agent, g_free);
  g_clear_pointer (&fixture->if_none_match, g_free);
  g_clear_pointer (&fixture->prefer, g_free);
}

static Handler current_handler;

static void
handle_cb (SoupServer        *server,
           SoupServerMessage *message,
           const char        *path,
           GHashTable        *query,
           gpointer           user_data)
{
  Fixture *fixture = user_data;

  clear_last_request (fixture);
  fixture->n_requests++;
  fixture->path = g_strdup (path);
  fixture->query = g_strdup (g_uri_get_query (soup_server_message_get_uri (message)));
  fixture->authorization = dup_header (message, "Authorization");
  fixture->user_agent = dup_header (message, "User-Agent");
  fixture->if_none_match = dup_header (message, "If-None-Match");
  fixture->prefer = dup_header (message, "Prefer");

  current_handler (message);
}

static void
set_up (Fixture      *fixture,
        gconstpointer handler)
{
  g_autoptr (GError) error = NULL;
  GSList *uris;

  current_handler = *(const Handler *)handler;
  fixture->server = soup_server_new ("raw-paths", TRUE, NULL);
  soup_server_add_handler (fixture->server, NULL, handle_cb, fixture, NULL);
  soup_server_listen_local (fixture->server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);

  uris = soup_server_get_uris (fixture->server);
  fixture->base_url = g_uri_to_string (uris->data);
  g_slist_free_full (uris, (GDestroyNotify)g_uri_unref);

  fixture->backend = td_supervision_backend_new (fixture->base_url, TOKEN, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture      *fixture,
           gconstpointer handler)
{
  g_assert_finalize_object (g_steal_pointer (&fixture->backend));
  soup_server_disconnect (fixture->server);
  g_clear_object (&fixture->server);
  g_clear_pointer (&fixture->base_url, g_free);
  clear_last_request (fixture);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
keep_result_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  *(GAsyncResult **)user_data = g_object_ref (result);
}

static TdPollResult *
poll_with (TdBackend    *backend,
           gint64        since,
           const char   *instance,
           guint         wait_s,
           GCancellable *cancellable,
           GError      **error)
{
  TdPollRequest request = { .since = since, .instance = instance, .wait_s = wait_s };
  g_autoptr (GAsyncResult) result = NULL;
  TdPollResult *answer;

  td_backend_poll_async (backend, &request, cancellable, keep_result_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);

  answer = td_backend_poll_finish (backend, result, error);

  return answer;
}

static void
assert_poll_fails (Fixture    *fixture,
                   int         code,
                   const char *message)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TdPollResult) result = poll_with (fixture->backend, TD_UNKNOWN, NULL, 0, NULL, &error);

  g_assert_null (result);
  g_assert_error (error, TD_BACKEND_ERROR, code);
  if (message != NULL)
    g_assert_cmpstr (error->message, ==, message);
  g_assert_null (strstr (error->message, TOKEN));
}

static void
answer_json (SoupServerMessage *message,
             guint              status,
             const char        *body)
{
  soup_server_message_set_status (message, status, NULL);
  soup_server_message_set_response (message, status == 200 ? "application/json; charset=utf-8" : "application/problem+json",
                                    SOUP_MEMORY_COPY, body, strlen (body));
}

static void
set_header (SoupServerMessage *message,
            const char        *name,
            const char        *value)
{
  soup_message_headers_replace (soup_server_message_get_response_headers (message), name, value);
}

static void
answer_full (SoupServerMessage *message)
{
  const char *match = soup_message_headers_get_one (soup_server_message_get_request_headers (message), "If-None-Match");
  const char *prefer = soup_message_headers_get_one (soup_server_message_get_request_headers (message), "Prefer");

  set_header (message, "ETag", "\"i1-7\"");
  if (prefer != NULL)
    set_header (message, "Preference-Applied", prefer);

  if (g_strcmp0 (match, "\"i1-7\"") == 0)
    soup_server_message_set_status (message, SOUP_STATUS_NOT_MODIFIED, NULL);
  else
    answer_json (message, 200, FULL);
}

static void
test_snapshot (Fixture      *fixture,
               gconstpointer handler)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TdPollResult) result = poll_with (fixture->backend, TD_UNKNOWN, NULL, 20, NULL, &error);
  g_autofree char *title = td_backend_get_title (fixture->backend);

  g_assert_no_error (error);
  g_assert_cmpint (td_snapshot_get_revision (result->snapshot), ==, 7);
  g_assert_false (result->wait_honoured);
  g_assert_cmpstr (fixture->path, ==, "/v1/snapshot");
  g_assert_null (fixture->query);
  g_assert_cmpstr (fixture->authorization, ==, "Bearer " TOKEN);
  g_assert_cmpstr (fixture->user_agent, ==, "tongdai/" TD_VERSION);
  g_assert_null (fixture->if_none_match);
  g_assert_null (fixture->prefer);
  g_assert_true (g_str_has_prefix (title, "http://127.0.0.1:"));
  g_assert_false (g_str_has_suffix (title, "/"));
}

static void
test_not_modified (Fixture      *fixture,
                   gconstpointer handler)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TdPollResult) first = poll_with (fixture->backend, TD_UNKNOWN, NULL, 0, NULL, &error);
  g_autoptr (TdPollResult) second = poll_with (fixture->backend, 7, "i1", 20, NULL, &error);
  g_autoptr (TdPollResult) other_instance = NULL;
  g_autoptr (TdPollResult) other_revision = NULL;

  g_assert_no_error (error);
  g_assert_nonnull (first->snapshot);
  g_assert_null (second->snapshot);
  g_assert_true (second->wait_honoured);
  g_assert_cmpstr (fixture->query, ==, "since=7");
  g_assert_cmpstr (fixture->if_none_match, ==, "\"i1-7\"");
  g_assert_cmpstr (fixture->prefer, ==, "wait=20");

  other_instance = poll_with (fixture->backend, 7, "i2", 20, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (other_instance->snapshot);
  g_assert_null (fixture->if_none_match);
  g_assert_null (fixture->prefer);

  other_revision = poll_with (fixture->backend, 6, "i1", 0, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (other_revision->snapshot);
  g_assert_cmpstr (fixture->query, ==, "since=6");
  g_assert_null (fixture->if_none_match);
}

static void
answer_not_modified (SoupServerMessage *message)
{
  soup_server_message_set_status (message, SOUP_STATUS_NOT_MODIFIED, NULL);
}

static void
test_unasked_not_modified (Fixture      *fixture,
                           gconstpointer handler)
{
  assert_poll_fails (fixture, TD_BACKEND_ERROR_SERVER, NULL);
}

static GBytes *
compress (const char *data,
          gsize       length)
{
  g_autoptr (GZlibCompressor) compressor = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 1);
  g_autoptr (GOutputStream) memory = g_memory_output_stream_new_resizable ();
  g_autoptr (GOutputStream) stream = g_converter_output_stream_new (memory, G_CONVERTER (compressor));

  g_output_stream_write_all (stream, data, length, NULL, NULL, NULL);
  g_output_stream_close (stream, NULL, NULL);

  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (memory));
}

static void
answer_compressed (SoupServerMessage *message,
                   GBytes            *body)
{
  soup_server_message_set_status (message, 200, NULL);
  set_header (message, "Content-Encoding", "gzip");
  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_COPY,
                                    g_bytes_get_data (body, NULL), g_bytes_get_size (body));
}

static void
answer_gzip (SoupServerMessage *message)
{
  g_autoptr (GBytes) body = compress (FULL, strlen (FULL));

  answer_compressed (message, body);
}

static void
test_gzip (Fixture      *fixture,
           gconstpointer handler)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TdPollResult) result = poll_with (fixture->backend, TD_UNKNOWN, NULL, 0, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpint (td_snapshot_get_revision (result->snapshot), ==, 7);
}

static void
answer_bomb (SoupServerMessage *message)
{
  gsize            length = (gsize)TD_MAX_BODY * 2;
  g_autofree char *spaces = g_strnfill (length, ' ');
  g_autoptr (GBytes) body = compress (spaces, length);

  answer_compressed (message, body);
}

static void
test_bomb (Fixture      *fixture,
           gconstpointer handler)
{
  assert_poll_fails (fixture, TD_BACKEND_ERROR_TOO_LARGE, "The answer is larger than 64 MiB");
}

static void
answer_broken_gzip (SoupServerMessage *message)
{
  g_autoptr (GBytes) whole = compress (FULL, strlen (FULL));
  g_autoptr (GBytes) part = g_bytes_new_from_bytes (whole, 0, g_bytes_get_size (whole) / 2);

  answer_compressed (message, part);
}

static void
test_broken_gzip (Fixture      *fixture,
                  gconstpointer handler)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TdPollResult) result = poll_with (fixture->backend, TD_UNKNOWN, NULL, 0, NULL, &error);

  g_assert_null (result);
  g_assert_true (error->domain == TD_BACKEND_ERROR);
}

static void
answer_unauthorised (SoupServerMessage *message)
{
  set_header (message, "WWW-Authenticate", "Bearer");
  answer_json (message, 401, "{\"title\":\"Unauthorised\",\"detail\":\"no such token: " TOKEN "\"}");
}

static void
test_unauthorised (Fixture      *fixture,
                   gconstpointer handler)
{
  assert_poll_fails (fixture, TD_BACKEND_ERROR_REFUSED,
                     "The source does not accept the access token (401): Unauthorised");
  g_assert_cmpuint (fixture->n_requests, ==, 1);
}

static void
answer_forbidden (SoupServerMessage *message)
{
  answer_json (message, 403, "{\"detail\":\"look\\u0007\\nhere\"}");
}

static void
test_forbidden (Fixture      *fixture,
                gconstpointer handler)
{
  assert_poll_fails (fixture, TD_BACKEND_ERROR_REFUSED,
                     "The access token does not allow to look at this source (403): look  here");
}

static void
answer_unavailable (SoupServerMessage *message)
{
  set_header (message, "Retry-After", "7");
  answer_json (message, 503, "{\"detail\":7}");
}

static void
test_unavailable (Fixture      *fixture,
                  gconstpointer handler)
{
  assert_poll_fails (fixture, TD_BACKEND_ERROR_BUSY, "The source is not available for now (503)");
  g_assert_cmpuint (td_backend_get_retry_after (fixture->backend), ==, 7);

  /* It is the last answer that counts. */
  current_handler = answer_full;
  g_clear_pointer (&fixture->path, g_free);
  {
    g_autoptr (TdPollResult) result = poll_with (fixture->backend, TD_UNKNOWN, NULL, 0, NULL, NULL);

    g_assert_nonnull (result);
  }
  g_assert_cmpuint (td_backend_get_retry_after (fixture->backend), ==, 0);
}

static void
answer_too_many (SoupServerMessage *message)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (GDateTime) then = g_date_time_add_seconds (now, 90);
  g_autofree char *text = soup_date_time_to_string (then, SOUP_DATE_HTTP);

  set_header (message, "Retry-After", text);
  soup_server_message_set_status (message, 429, NULL);
}

static void
test_too_many (Fixture      *fixture,
               gconstpointer handler)
{
  assert_poll_fails (fixture, TD_BACKEND_ERROR_BUSY, "The source asks for fewer questions (429)");
  g_assert_cmpuint (td_backend_get_retry_after (fixture->backend), >=, 80);
  g_assert_cmpuint (td_backend_get_retry_after (fixture->backend), <=, 90);
}

static void
answer_html (SoupServerMessage *message)
{
  soup_server_message_set_status (message, 200, NULL);
  soup_server_message_set_response (message, "text/html", SOUP_MEMORY_STATIC, "<html>", 6);
}

static void
test_html (Fixture      *fixture,
           gconstpointer handler)
{
  assert_poll_fails (fixture, TD_BACKEND_ERROR_INVALID,
                     "The source answered with \"text/html\", not JSON: is this the right address?");
}

static void
answer_failure (SoupServerMessage *message)
{
  g_autofree char *long_text = g_strnfill (1000, 'x');
  g_autofree char *body = g_strdup_printf ("{\"detail\":\"%s\"}", long_text);

  answer_json (message, 500, body);
}

static void
test_failure (Fixture      *fixture,
              gconstpointer handler)
{
  g_autofree char *start = g_strnfill (200, 'x');
  g_autofree char *message = g_strconcat ("The source failed with status 500: ", start, "…", NULL);

  assert_poll_fails (fixture, TD_BACKEND_ERROR_SERVER, message);
}

static void
answer_huge_failure (SoupServerMessage *message)
{
  g_autofree char *body = g_strnfill (1000 * 1000, ' ');

  answer_json (message, 500, body);
}

static void
test_huge_failure (Fixture      *fixture,
                   gconstpointer handler)
{
  assert_poll_fails (fixture, TD_BACKEND_ERROR_SERVER, "The source failed with status 500");
}

static void
answer_redirect (SoupServerMessage *message)
{
  soup_server_message_set_redirect (message, 302, "http://127.0.0.1:1/v1/snapshot");
}

static void
test_redirect (Fixture      *fixture,
               gconstpointer handler)
{
  assert_poll_fails (fixture, TD_BACKEND_ERROR_SERVER,
                     "The address leads elsewhere, to http \"127.0.0.1\": enter the new address");
  g_assert_cmpuint (fixture->n_requests, ==, 1);
}

static void
answer_not_found (SoupServerMessage *message)
{
  soup_server_message_set_status (message, 404, NULL);
}

static TdIntervals *
ask_intervals (Fixture *fixture,
               GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  td_backend_intervals_async (fixture->backend, G_GINT64_CONSTANT (1795280400000000),
                              G_GINT64_CONSTANT (1795281000000000), 300, NULL, keep_result_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);

  return td_backend_intervals_finish (fixture->backend, result, error);
}

static void
test_not_found (Fixture      *fixture,
                gconstpointer handler)
{
  g_autoptr (GError) error = NULL;

  assert_poll_fails (fixture, TD_BACKEND_ERROR_SERVER, "There is no supervision API at this address (404)");
  g_assert_null (ask_intervals (fixture, &error));
  g_assert_error (error, TD_BACKEND_ERROR, TD_BACKEND_ERROR_UNSUPPORTED);
}

static void
answer_intervals (SoupServerMessage *message)
{
  answer_json (message, 200,
               "{\"from\":\"2026-11-22T00:00:00+07:00\",\"to\":\"2026-11-22T00:10:00+07:00\",\"step\":300,"
               "\"queues\":[{\"id\":\"q\",\"observed_seconds\":[300,0],\"offered\":[12,5],\"wait_seconds\":[1.5,null],"
               "\"serving\":[4,null]}]}");
}

static void
test_intervals (Fixture      *fixture,
                gconstpointer handler)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TdIntervals) intervals = ask_intervals (fixture, &error);
  const TdInterval *rows;

  g_assert_no_error (error);
  g_assert_cmpstr (fixture->path, ==, "/v1/intervals");
  g_assert_true (g_str_has_prefix (fixture->query, "from=2026-11-21T17%3A00%3A00"));
  g_assert_true (g_str_has_suffix (fixture->query, "&step=300"));
  g_assert_cmpuint (td_intervals_get_n_queues (intervals), ==, 1);
  g_assert_cmpuint (td_intervals_get_n_intervals (intervals), ==, 2);
  rows = td_intervals_get_rows (intervals, 0);
  g_assert_cmpint (rows[0].counts.offered, ==, 12);
  g_assert_cmpint (rows[0].counts.wait_ms, ==, 1500);
  g_assert_cmpint (rows[0].counts.talk_ms, ==, TD_UNKNOWN);
  g_assert_cmpint (rows[0].serving, ==, 4);
  g_assert_cmpint (rows[1].observed_s, ==, 0);
  g_assert_cmpint (rows[1].counts.offered, ==, TD_UNKNOWN);
}

static void
answer_nonsense (SoupServerMessage *message)
{
  answer_json (message, 200, "{\"revision\":1,\"at\":\"soon\"}");
}

static void
test_nonsense (Fixture      *fixture,
               gconstpointer handler)
{
  assert_poll_fails (fixture, TD_BACKEND_ERROR_INVALID, "at: \"soon\" is no RFC 3339 time");
}

/* A peer below HTTP: sends a text, then closes or stays silent. */
typedef struct
{
  const char        *text;
  gboolean           stay;
  GSocketConnection *connection; /* (owned) (nullable) */
} RawPeer;

static gboolean
raw_run_cb (GThreadedSocketService *service,
            GSocketConnection      *connection,
            GObject                *source_object,
            gpointer                user_data)
{
  RawPeer *peer = user_data;
  char     request[4096];

  g_input_stream_read (g_io_stream_get_input_stream (G_IO_STREAM (connection)), request, sizeof request, NULL, NULL);
  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), peer->text,
                             strlen (peer->text), NULL, NULL, NULL);

  if (peer->stay)
    g_set_object (&peer->connection, connection);
  else
    g_io_stream_close (G_IO_STREAM (connection), NULL, NULL);

  return TRUE;
}

static gboolean
cancel_cb (gpointer user_data)
{
  g_cancellable_cancel (user_data);

  return G_SOURCE_REMOVE;
}

static void
ask_raw (RawPeer *peer,
         GError **error)
{
  /* At its last thread it stops, and starts again by itself, perhaps after the end. */
  g_autoptr (GSocketService) service = g_threaded_socket_service_new (16);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  guint16          port = g_socket_listener_add_any_inet_port (G_SOCKET_LISTENER (service), NULL, NULL);
  g_autofree char *url = g_strdup_printf ("http://127.0.0.1:%u", port);
  g_autoptr (TdBackend) backend = td_supervision_backend_new (url, TOKEN, NULL);
  g_autoptr (TdPollResult) result = NULL;

  g_signal_connect (service, "run", G_CALLBACK (raw_run_cb), peer);
  if (peer->stay)
    g_timeout_add (150, cancel_cb, cancellable);

  result = poll_with (backend, TD_UNKNOWN, NULL, 0, cancellable, error);
  g_assert_null (result);

  g_socket_service_stop (service);
  g_socket_listener_close (G_SOCKET_LISTENER (service));
  g_clear_object (&peer->connection);
}

static const struct
{
  const char *text;
  int         code;
} broken_answers[] = {
  { "", TD_BACKEND_ERROR_UNREACHABLE },
  { "SSH-2.0-OpenSSH_9.2\r\n", TD_BACKEND_ERROR_UNREACHABLE },
  { "HTTP/1.1 200 OK\r\n", TD_BACKEND_ERROR_INVALID },
  { "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{\"revision\":1",
    TD_BACKEND_ERROR_UNREACHABLE },
  { "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n",
    TD_BACKEND_ERROR_INVALID },
};

static void
test_broken_answers (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (broken_answers); i++)
    {
      RawPeer peer = { .text = broken_answers[i].text };
      g_autoptr (GError) error = NULL;

      ask_raw (&peer, &error);
      g_test_message ("%u: %s", i, error->message);
      g_assert_error (error, TD_BACKEND_ERROR, broken_answers[i].code);
    }
}

static const char *const silent_answers[] = {
  "",
  "HTTP/1.1 200 OK\r\nX-Slow: ",
  "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{\"revision\":1",
};

static void
test_silent_answers (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (silent_answers); i++)
    {
      RawPeer peer = { .text = silent_answers[i], .stay = TRUE };
      g_autoptr (GError) error = NULL;

      ask_raw (&peer, &error);
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    }
}

static void
test_nobody_there (void)
{
  g_autoptr (TdBackend) backend = td_supervision_backend_new ("http://127.0.0.1:1/", NULL, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (TdPollResult) result = poll_with (backend, TD_UNKNOWN, NULL, 0, NULL, &error);

  g_assert_null (result);
  g_assert_error (error, TD_BACKEND_ERROR, TD_BACKEND_ERROR_UNREACHABLE);
}

static void
test_addresses (void)
{
  static const char *const bad[] = {
    "", "centre.example", "ftp://centre.example", "http://", "http:///x", "https://user:s3cret-t0ken@centre.example/",
    "https://centre.example/?token=s3cret-t0ken", "https://centre.example/#x"
  };
  static const char *const good[][2] = {
    { "https://centre.example", "https://centre.example" },
    { " http://127.0.0.1:8080/ ", "http://127.0.0.1:8080" },
    { "https://centre.example/api//", "https://centre.example/api" },
    { "http://[::1]:8080/", "http://[::1]:8080" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (td_supervision_backend_new (bad[i], NULL, &error));
      g_assert_error (error, TD_BACKEND_ERROR, TD_BACKEND_ERROR_INVALID);
      g_assert_null (strstr (error->message, TOKEN));
    }

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autoptr (TdBackend) backend = td_supervision_backend_new (good[i][0], NULL, NULL);
      g_autofree char *title = td_backend_get_title (backend);

      g_assert_cmpstr (title, ==, good[i][1]);
    }
}

static void
test_tokens (void)
{
  static const char *const bad[] = { "a b", "a\nHost: x", "mật-khẩu", "a\x7f" };
  g_autoptr (TdBackend) backend = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (td_supervision_backend_new ("http://127.0.0.1", bad[i], &error));
      g_assert_error (error, TD_BACKEND_ERROR, TD_BACKEND_ERROR_INVALID);
      g_assert_null (strstr (error->message, bad[i]));
    }

  backend = td_supervision_backend_new ("http://127.0.0.1", " pasted\n", NULL);
  g_assert_nonnull (backend);
}

static const char *session_body;
static guint       session_status;
static guint       n_sessions;
static guint       action_status;
static const char *action_body;
static char       *last_action; /* method, path and body of the last request for one */

static void
answer_supervisor (SoupServerMessage *message)
{
  const char *path = g_uri_get_path (soup_server_message_get_uri (message));

  if (g_str_equal (path, "/v1/session"))
    {
      n_sessions++;
      answer_json (message, session_status, session_body);
    }
  else if (g_str_has_prefix (path, "/v1/agents/"))
    {
      g_autoptr (GBytes) body = soup_message_body_flatten (soup_server_message_get_request_body (message));

      g_free (last_action);
      last_action = g_strdup_printf ("%s %s %.*s", soup_server_message_get_method (message), path,
                                     (int)g_bytes_get_size (body), (const char *)g_bytes_get_data (body, NULL));
      if (action_body != NULL)
        answer_json (message, action_status, action_body);
      else
        soup_server_message_set_status (message, action_status, NULL);
    }
  else
    answer_full (message);
}

static void
start_session (guint       status,
               const char *body)
{
  n_sessions = 0;
  session_status = status;
  session_body = body;
  action_status = 204;
  action_body = NULL;
  g_clear_pointer (&last_action, g_free);
}

static void
sign_in (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TdPollResult) result G_GNUC_UNUSED = poll_with (fixture->backend, TD_UNKNOWN, NULL, 0, NULL, &error);

  g_assert_no_error (error);
}

static gboolean
act_on (Fixture        *fixture,
        const TdAction *action,
        GError        **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  td_backend_act_async (fixture->backend, action, NULL, keep_result_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);

  return td_backend_act_finish (fixture->backend, result, error);
}

#define SESSION "{\"scope\":\"act\",\"actions\":[\"pause\",\"juggle\",\"hang-up\"],\"server\":\"centre 1.0\"}"
#define SESSION_ACTIONS (TD_ACTION_BIT (TD_ACTION_PAUSE) | TD_ACTION_BIT (TD_ACTION_HANG_UP))

static void
wait_for_actions (Fixture *fixture,
                  guint    actions)
{
  while (td_backend_get_info (fixture->backend).actions != actions)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_session (Fixture      *fixture,
              gconstpointer handler)
{
  TdSourceInfo info;

  start_session (200, SESSION);
  info = td_backend_get_info (fixture->backend);
  g_assert_false (info.reached);
  g_assert_false (info.signed_in);
  g_assert_cmpuint (info.actions, ==, 0);
  g_assert_cmpint (info.security, ==, TD_SECURITY_LOOPBACK);

  sign_in (fixture);
  wait_for_actions (fixture, SESSION_ACTIONS);
  info = td_backend_get_info (fixture->backend);
  g_assert_true (info.reached);
  g_assert_true (info.signed_in);
  g_assert_cmpstr (info.server, ==, "centre 1.0");
  g_assert_cmpstr (info.rights, ==, "act");
  g_assert_null (info.tls);

  /* Once is enough, for as long as it holds. */
  sign_in (fixture);
  sign_in (fixture);
  g_assert_cmpuint (n_sessions, ==, 1);
}

static void
ask_session_twice (Fixture *fixture)
{
  sign_in (fixture);
  while (n_sessions == 0)
    g_main_context_iteration (NULL, TRUE);
  sign_in (fixture);
  sign_in (fixture);
}

static void
test_no_session (Fixture      *fixture,
                 gconstpointer handler)
{
  start_session (404, "{\"detail\":\"nothing here\"}");
  ask_session_twice (fixture);
  g_assert_cmpuint (n_sessions, ==, 1);
  g_assert_cmpuint (td_backend_get_info (fixture->backend).actions, ==, 0);
  g_assert_true (td_backend_get_info (fixture->backend).signed_in);
}

/* Whatever comes in its place, the numbers are shown and nothing is offered. */
static void
test_bad_session (Fixture      *fixture,
                  gconstpointer handler)
{
  static const char *const bad[] = {
    "", "[]", "{\"actions\":7}", "{\"actions\":[7]}", "{\"actions\":[\"pause\"],\"scope\":7}", "{\"actions\":[\"",
    "{\"actions\":[\"pause\",\"\"]}"
  };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      start_session (200, bad[i]);
      g_clear_object (&fixture->backend);
      fixture->backend = td_supervision_backend_new (fixture->base_url, TOKEN, NULL);
      ask_session_twice (fixture);
      g_assert_cmpuint (td_backend_get_info (fixture->backend).actions, ==, 0);
    }
}

static void
test_act (Fixture      *fixture,
          gconstpointer handler)
{
  g_autoptr (GError) error = NULL;
  TdAction pause = { .kind = TD_ACTION_PAUSE, .agent = "a/17 ü", .reason = "Họp \"giao ca\"" };
  TdAction add = { .kind = TD_ACTION_QUEUE_ADD, .agent = "a1", .queue = "q1" };
  TdAction listen = { .kind = TD_ACTION_LISTEN, .agent = "a1", .extension = "PJSIP/9001" };
  TdAction wrong = { .kind = TD_ACTION_BARGE, .agent = "a1", .extension = "9001\r\n" };

  start_session (200, SESSION);
  g_assert_true (act_on (fixture, &pause, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (last_action, ==, "POST /v1/agents/a%2F17%20%C3%BC/pause {\"reason\":\"Họp \\\"giao ca\\\"\"}");
  g_assert_cmpstr (fixture->authorization, ==, "Bearer " TOKEN);
  g_assert_true (act_on (fixture, &add, &error));
  g_assert_cmpstr (last_action, ==, "POST /v1/agents/a1/queue-add {\"queue\":\"q1\"}");
  action_status = 200;
  action_body = "{}";
  g_assert_true (act_on (fixture, &listen, &error));
  g_assert_cmpstr (last_action, ==, "POST /v1/agents/a1/listen {\"extension\":\"PJSIP/9001\"}");

  g_clear_pointer (&last_action, g_free);
  g_assert_false (act_on (fixture, &wrong, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
  g_assert_null (last_action);
}

static void
test_act_refused (Fixture      *fixture,
                  gconstpointer handler)
{
  TdAction hang_up = { .kind = TD_ACTION_HANG_UP, .agent = "a1" };
  static const struct
  {
    guint       status;
    const char *body;
    int         code;
    const char *message;
  } cases[] = {
    { 409, "{\"detail\":\"Hạnh is not on a call\"}", TD_BACKEND_ERROR_SERVER, "Hạnh is not on a call" },
    { 409, NULL, TD_BACKEND_ERROR_SERVER, "The action cannot be done as things stand (409)" },
    { 404, "{\"detail\":\"There is no agent\\nhere\"}", TD_BACKEND_ERROR_SERVER, "There is no agent here" },
    { 501, "{\"detail\":\"never\"}", TD_BACKEND_ERROR_UNSUPPORTED, "never" },
    { 409, "{\"detail\":\"" TOKEN "\"}", TD_BACKEND_ERROR_SERVER, "The action cannot be done as things stand (409)" },
    { 500, "{}", TD_BACKEND_ERROR_SERVER, "The source failed with status 500" },
    { 503, NULL, TD_BACKEND_ERROR_BUSY, "The source is not available for now (503)" },
    { 302, NULL, TD_BACKEND_ERROR_SERVER, "The address leads elsewhere" },
  };

  start_session (200, SESSION);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      action_status = cases[i].status;
      action_body = cases[i].body;
      fixture->n_requests = 0;
      g_assert_false (act_on (fixture, &hang_up, &error));
      g_assert_error (error, TD_BACKEND_ERROR, cases[i].code);
      g_assert_cmpstr (error->message, ==, cases[i].message);
      g_assert_cmpuint (fixture->n_requests, ==, 1);
    }
}

static void
test_act_forbidden (Fixture      *fixture,
                    gconstpointer handler)
{
  TdAction hang_up = { .kind = TD_ACTION_HANG_UP, .agent = "a1" };
  g_autoptr (GError) error = NULL;

  start_session (200, SESSION);
  sign_in (fixture);
  wait_for_actions (fixture, SESSION_ACTIONS);

  /* The right was taken away meanwhile, which the session tells. */
  action_status = 403;
  action_body = "{\"detail\":\"read only\"}";
  session_body = "{\"scope\":\"read\",\"actions\":[]}";
  g_assert_false (act_on (fixture, &hang_up, &error));
  g_assert_error (error, TD_BACKEND_ERROR, TD_BACKEND_ERROR_REFUSED);
  g_assert_cmpstr (error->message, ==, "read only");
  wait_for_actions (fixture, 0);
  g_assert_cmpuint (n_sessions, ==, 2);
}

#define add(path, handler, test)                                                            \
  G_STMT_START                                                                              \
  {                                                                                         \
    static const Handler chosen = handler;                                                  \
    g_test_add ("/supervision/" path, Fixture, (gpointer)&chosen, set_up, test, tear_down); \
  }                                                                                         \
  G_STMT_END

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  add ("snapshot-is-asked-for-and-decoded", answer_full, test_snapshot);
  add ("etag-is-sent-while-it-is-held", answer_full, test_not_modified);
  add ("unasked-304-is-an-error", answer_not_modified, test_unasked_not_modified);
  add ("gzip-is-read", answer_gzip, test_gzip);
  add ("gzip-bomb-is-stopped", answer_bomb, test_bomb);
  add ("broken-gzip-is-an-error", answer_broken_gzip, test_broken_gzip);
  add ("401-is-refused-and-hides-the-token", answer_unauthorised, test_unauthorised);
  add ("403-is-refused-and-sanitised", answer_forbidden, test_forbidden);
  add ("503-is-busy-for-seconds", answer_unavailable, test_unavailable);
  add ("429-is-busy-until-a-date", answer_too_many, test_too_many);
  add ("html-asks-for-the-right-address", answer_html, test_html);
  add ("500-has-a-short-detail", answer_failure, test_failure);
  add ("500-with-a-huge-body-is-cut", answer_huge_failure, test_huge_failure);
  add ("redirect-is-not-followed", answer_redirect, test_redirect);
  add ("404-means-no-api-and-no-history", answer_not_found, test_not_found);
  add ("intervals-are-asked-for-and-decoded", answer_intervals, test_intervals);
  add ("nonsense-names-the-field", answer_nonsense, test_nonsense);
  add ("session-tells-what-may-be-done", answer_supervisor, test_session);
  add ("no-session-means-no-actions", answer_supervisor, test_no_session);
  add ("bad-session-means-no-actions", answer_supervisor, test_bad_session);
  add ("action-is-posted-once", answer_supervisor, test_act);
  add ("action-refused-says-the-servers-words", answer_supervisor, test_act_refused);
  add ("403-asks-for-the-session-again", answer_supervisor, test_act_forbidden);
  g_test_add_func ("/supervision/broken-answer-is-an-error", test_broken_answers);
  g_test_add_func ("/supervision/silent-peer-can-be-given-up", test_silent_answers);
  g_test_add_func ("/supervision/nobody-there-is-unreachable", test_nobody_there);
  g_test_add_func ("/supervision/address-is-checked", test_addresses);
  g_test_add_func ("/supervision/token-is-checked", test_tokens);

  return g_test_run ();
}
