/* test-connection-check.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "fake-backend.h"
#include "td-api-server.h"
#include "td-connection-check.h"
#include "td-supervision-backend.h"

#define TOKEN "read-token-of-a-test"

typedef struct
{
  GPtrArray *lines; /* (nullable) */
  GError    *error; /* (nullable) */
  gboolean   done;
} Outcome;

/* What the fake source answers with. */
static struct
{
  guint  n_queues;
  guint  n_agents;
  gint64 offset_us;
} source;

static void
answer (FakeBackend *self,
        guint        n,
        GTask       *task)
{
  TdSnapshotBuilder *builder = td_snapshot_builder_new ();

  for (guint i = 0; i < source.n_queues; i++)
    {
      g_autofree char *id = g_strdup_printf ("q%u", i);
      TdQueueInfo      queue;

      td_queue_info_init (&queue);
      queue.id = id;
      td_snapshot_builder_add_queue (builder, &queue);
    }
  for (guint i = 0; i < source.n_agents; i++)
    {
      g_autofree char *id = g_strdup_printf ("a%u", i);
      TdAgentInfo      agent;

      td_agent_info_init (&agent);
      agent.id = id;
      td_snapshot_builder_add_agent (builder, &agent);
    }
  td_snapshot_builder_set_revision (builder, 1, "i");
  td_snapshot_builder_set_at (builder, g_get_real_time () + source.offset_us);

  g_task_return_pointer (task, td_poll_result_new (td_snapshot_builder_end (builder), FALSE),
                         (GDestroyNotify)td_poll_result_free);
}

static void
fail (FakeBackend *self,
      guint        n,
      GTask       *task)
{
  fake_answer_error (task, GPOINTER_TO_INT (self->data));
}

static void
cancelled_cb (GCancellable *cancellable,
              GTask        *task)
{
  g_task_return_error_if_cancelled (task);
}

/* Says nothing until it is told to leave off. */
static void
stay_silent (FakeBackend *self,
             guint        n,
             GTask       *task)
{
  g_cancellable_connect (g_task_get_cancellable (task), G_CALLBACK (cancelled_cb), g_object_ref (task), g_object_unref);
}

static FakeBackend *
make_source (FakeAnswer answers)
{
  source = (typeof (source)){ .n_queues = 7, .n_agents = 21 };

  return fake_backend_new (answers);
}

static void
checked_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  Outcome *outcome = user_data;

  outcome->lines = td_connection_check_run_finish (TD_BACKEND (object), result, &outcome->error);
  outcome->done = TRUE;
}

static GPtrArray *
check (TdBackend          *backend,
       const TdConnection *connection,
       guint               deadline_ms)
{
  Outcome outcome = { 0 };

  td_connection_check_run_async (backend, connection, deadline_ms, NULL, checked_cb, &outcome);
  while (!outcome.done)
    g_main_context_iteration (NULL, TRUE);
  g_assert_no_error (outcome.error);
  g_assert_cmpuint (outcome.lines->len, ==, TD_N_CHECKS);

  return outcome.lines;
}

static void
assert_line (GPtrArray    *lines,
             TdCheckId     id,
             TdCheckStatus status,
             const char   *part)
{
  const TdCheckLine *line = g_ptr_array_index (lines, id);

  g_assert_cmpint (line->id, ==, id);
  g_assert_cmpstr (td_check_status_to_string (line->status), ==, td_check_status_to_string (status));
  if (part != NULL && strstr (line->text, part) == NULL)
    g_assert_cmpstr (line->text, ==, part);
}

static void
test_all_is_well (void)
{
  g_autoptr (FakeBackend) fake = make_source (answer);
  g_autoptr (TdConnection) connection = td_connection_new ("https://pbx.example.org/asterisk");
  g_autoptr (GPtrArray) lines = NULL;

  fake->info = (TdSourceInfo){ .security = TD_SECURITY_TLS, .tls = "TLS 1.3", .reached = TRUE, .signed_in = TRUE, .server = "Asterisk 16.28.0", .rights = "agent, call" };
  connection->user = g_strdup ("wallboard");
  lines = check (TD_BACKEND (fake), connection, 10000);

  assert_line (lines, TD_CHECK_REACHED, TD_CHECK_OK, "fake answers");
  assert_line (lines, TD_CHECK_SECURITY, TD_CHECK_OK, "TLS 1.3");
  assert_line (lines, TD_CHECK_SIGNED_IN, TD_CHECK_OK, "As “wallboard”");
  assert_line (lines, TD_CHECK_SERVER, TD_CHECK_OK, "Asterisk 16.28.0");
  assert_line (lines, TD_CHECK_DATA, TD_CHECK_OK, "7 queues, 21 agents, 0 callers waiting");
  assert_line (lines, TD_CHECK_RIGHTS, TD_CHECK_OK, "It may look, not act (agent, call)");
  assert_line (lines, TD_CHECK_CLOCK, TD_CHECK_OK, "agrees");
  g_assert_true (td_connection_check_is_usable (lines));

  /* One question, for the whole state, that is answered at once. */
  g_assert_cmpuint (fake->requests->len, ==, 1);
  g_assert_cmpint (fake_backend_get (fake, 0)->since, ==, TD_UNKNOWN);
  g_assert_cmpuint (fake_backend_get (fake, 0)->wait_s, ==, 0);
}

static void
test_what_a_person_should_know (void)
{
  g_autoptr (FakeBackend) fake = make_source (answer);
  g_autoptr (TdConnection) connection = td_connection_new ("http://192.0.2.1");
  g_autoptr (GPtrArray) lines = NULL;

  source.n_agents = 0;
  source.n_queues = 1;
  source.offset_us = -7 * G_TIME_SPAN_HOUR;
  connection->allow_plain = TRUE;
  fake->info = (TdSourceInfo){ .reached = TRUE, .signed_in = TRUE, .missing = "Callers are not shown.", .actions = TD_ACTIONS_ALL };
  lines = check (TD_BACKEND (fake), connection, 10000);

  assert_line (lines, TD_CHECK_SECURITY, TD_CHECK_WARNING, "Not encrypted: everyone on the way");
  assert_line (lines, TD_CHECK_SIGNED_IN, TD_CHECK_OK, "Nobody has to sign in");
  assert_line (lines, TD_CHECK_SERVER, TD_CHECK_SKIPPED, NULL);
  assert_line (lines, TD_CHECK_DATA, TD_CHECK_WARNING, "1 queue, 0 agents, 0 callers waiting");
  assert_line (lines, TD_CHECK_RIGHTS, TD_CHECK_WARNING, "It may look and act. Callers are not shown.");
  assert_line (lines, TD_CHECK_CLOCK, TD_CHECK_WARNING, "7 h behind");
  g_assert_true (td_connection_check_is_usable (lines));
}

static void
test_clock_ahead (void)
{
  g_autoptr (FakeBackend) fake = make_source (answer);
  g_autoptr (GPtrArray) lines = NULL;

  source.offset_us = 5 * G_TIME_SPAN_MINUTE;
  lines = check (TD_BACKEND (fake), NULL, 10000);

  assert_line (lines, TD_CHECK_CLOCK, TD_CHECK_WARNING, "5 min ahead");
}

typedef struct
{
  const char   *name;
  int           code;
  TdCheckStatus reached;
  TdCheckStatus signed_in;
  TdCheckStatus data;
} Failure;

static const Failure failures[] = {
  { "unreachable", TD_BACKEND_ERROR_UNREACHABLE, TD_CHECK_FAILED, TD_CHECK_SKIPPED, TD_CHECK_SKIPPED },
  { "timeout", TD_BACKEND_ERROR_TIMEOUT, TD_CHECK_FAILED, TD_CHECK_SKIPPED, TD_CHECK_SKIPPED },
  { "refused", TD_BACKEND_ERROR_REFUSED, TD_CHECK_OK, TD_CHECK_FAILED, TD_CHECK_SKIPPED },
  { "busy", TD_BACKEND_ERROR_BUSY, TD_CHECK_OK, TD_CHECK_SKIPPED, TD_CHECK_FAILED },
  { "server", TD_BACKEND_ERROR_SERVER, TD_CHECK_OK, TD_CHECK_SKIPPED, TD_CHECK_FAILED },
  { "invalid", TD_BACKEND_ERROR_INVALID, TD_CHECK_OK, TD_CHECK_SKIPPED, TD_CHECK_FAILED },
  { "too-large", TD_BACKEND_ERROR_TOO_LARGE, TD_CHECK_OK, TD_CHECK_SKIPPED, TD_CHECK_FAILED },
};

static void
test_failure (gconstpointer data)
{
  const Failure *row = data;
  g_autoptr (FakeBackend) fake = make_source (fail);
  g_autoptr (GPtrArray) lines = NULL;
  guint n_told = 0;

  fake->data = GINT_TO_POINTER (row->code);
  lines = check (TD_BACKEND (fake), NULL, 10000);

  assert_line (lines, TD_CHECK_REACHED, row->reached, NULL);
  assert_line (lines, TD_CHECK_SIGNED_IN, row->signed_in, NULL);
  assert_line (lines, TD_CHECK_DATA, row->data, NULL);
  assert_line (lines, TD_CHECK_CLOCK, TD_CHECK_SKIPPED, NULL);
  g_assert_false (td_connection_check_is_usable (lines));

  /* What was wrong is said, and once. */
  for (guint i = 0; i < lines->len; i++)
    n_told += strstr (((TdCheckLine *)g_ptr_array_index (lines, i))->text, "failure") != NULL;
  g_assert_cmpuint (n_told, ==, 1);
}

static void
test_refused_after_signing_in (void)
{
  g_autoptr (FakeBackend) fake = make_source (fail);
  g_autoptr (GPtrArray) lines = NULL;

  fake->data = GINT_TO_POINTER (TD_BACKEND_ERROR_REFUSED);
  fake->info.signed_in = TRUE;
  lines = check (TD_BACKEND (fake), NULL, 10000);

  assert_line (lines, TD_CHECK_SIGNED_IN, TD_CHECK_OK, NULL);
  assert_line (lines, TD_CHECK_DATA, TD_CHECK_FAILED, "failure");
}

static void
test_deadline (void)
{
  g_autoptr (FakeBackend) fake = make_source (stay_silent);
  g_autoptr (GPtrArray) lines = check (TD_BACKEND (fake), NULL, 1000);

  assert_line (lines, TD_CHECK_REACHED, TD_CHECK_FAILED, "No whole answer within 1 second");
}

static void
test_cancelled (void)
{
  g_autoptr (FakeBackend) fake = make_source (stay_silent);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Outcome outcome = { 0 };

  td_connection_check_run_async (TD_BACKEND (fake), NULL, 60000, cancellable, checked_cb, &outcome);
  g_cancellable_cancel (cancellable);
  fake_run_until (outcome.done);
  g_assert_null (outcome.lines);
  g_assert_error (outcome.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&outcome.error);
}

static gboolean
cancel_cb (gpointer user_data)
{
  g_cancellable_cancel (user_data);

  return G_SOURCE_REMOVE;
}

/* From a source, so that everything may end within the cancelling. */
static void
test_cancelled_later (void)
{
  g_autoptr (FakeBackend) fake = make_source (stay_silent);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Outcome outcome = { 0 };

  td_connection_check_run_async (TD_BACKEND (fake), NULL, 60000, cancellable, checked_cb, &outcome);
  g_timeout_add (10, cancel_cb, cancellable);
  fake_run_until (outcome.done);
  g_assert_error (outcome.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&outcome.error);
}

static TdApiServer *
start_server (TdCentre *centre)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GError) error = NULL;
  TdApiServer       *server = td_api_server_new (centre);
  TdSnapshotBuilder *builder = td_snapshot_builder_new ();
  g_autoptr (TdSnapshot) snapshot = NULL;
  TdAgentInfo agent;
  TdQueueInfo queue;

  td_queue_info_init (&queue);
  queue.id = "q";
  td_agent_info_init (&agent);
  agent.id = "a";
  td_snapshot_builder_set_revision (builder, 1, "i");
  td_snapshot_builder_set_at (builder, g_get_real_time ());
  td_snapshot_builder_add_queue (builder, &queue);
  td_snapshot_builder_add_agent (builder, &agent);
  snapshot = td_snapshot_builder_end (builder);
  td_centre_apply (centre, snapshot, &error);
  g_assert_no_error (error);

  td_api_server_add_token (server, TOKEN, TD_API_SCOPE_READ);
  td_api_server_listen (server, address, 0, &error);
  g_assert_no_error (error);

  return server;
}

static GPtrArray *
check_server (guint16     port,
              const char *token)
{
  g_autofree char *url = g_strdup_printf ("http://127.0.0.1:%u", port);
  g_autoptr (TdConnection) connection = td_connection_new (url);
  g_autoptr (TdBackend) backend = NULL;
  g_autoptr (GError) error = NULL;

  connection->secret = g_strdup (token);
  backend = td_supervision_backend_new_for_connection (connection, &error);
  g_assert_no_error (error);

  return check (backend, connection, 20000);
}

static void
test_supervision (void)
{
  g_autoptr (TdCentre) centre = td_centre_new ();
  g_autoptr (TdApiServer) server = start_server (centre);
  g_autoptr (GPtrArray) good = NULL;
  g_autoptr (GPtrArray) refused = NULL;
  g_autoptr (GPtrArray) gone = NULL;
  guint16 port = td_api_server_get_port (server);

  good = check_server (port, TOKEN);
  assert_line (good, TD_CHECK_REACHED, TD_CHECK_OK, "http://127.0.0.1:");
  assert_line (good, TD_CHECK_SECURITY, TD_CHECK_OK, "does not leave this machine");
  assert_line (good, TD_CHECK_SIGNED_IN, TD_CHECK_OK, "accepted");
  assert_line (good, TD_CHECK_DATA, TD_CHECK_OK, "1 queue, 1 agent, 0 callers waiting");
  g_assert_true (td_connection_check_is_usable (good));

  refused = check_server (port, "wrong-token");
  assert_line (refused, TD_CHECK_REACHED, TD_CHECK_OK, NULL);
  assert_line (refused, TD_CHECK_SIGNED_IN, TD_CHECK_FAILED, NULL);
  assert_line (refused, TD_CHECK_DATA, TD_CHECK_SKIPPED, NULL);
  g_assert_false (td_connection_check_is_usable (refused));
  for (guint i = 0; i < refused->len; i++)
    g_assert_null (strstr (((TdCheckLine *)g_ptr_array_index (refused, i))->text, "wrong-token"));

  td_api_server_close (server);
  gone = check_server (port, TOKEN);
  assert_line (gone, TD_CHECK_REACHED, TD_CHECK_FAILED, "http://127.0.0.1:");
  g_assert_false (td_connection_check_is_usable (gone));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/connection-check/all-is-well", test_all_is_well);
  g_test_add_func ("/connection-check/what-a-person-should-know", test_what_a_person_should_know);
  g_test_add_func ("/connection-check/clock-ahead", test_clock_ahead);
  for (guint i = 0; i < G_N_ELEMENTS (failures); i++)
    {
      g_autofree char *path = g_strconcat ("/connection-check/failure/", failures[i].name, NULL);

      g_test_add_data_func (path, &failures[i], test_failure);
    }
  g_test_add_func ("/connection-check/refused-after-signing-in", test_refused_after_signing_in);
  g_test_add_func ("/connection-check/deadline", test_deadline);
  g_test_add_func ("/connection-check/cancelled", test_cancelled);
  g_test_add_func ("/connection-check/cancelled-later", test_cancelled_later);
  g_test_add_func ("/connection-check/supervision", test_supervision);

  return g_test_run ();
}
