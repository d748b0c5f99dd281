/* test-supervisor.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "fake-backend.h"
#include "td-supervisor.h"

/* What became of the actions, and how the next one ends. */
static struct
{
  guint       n_acts;
  const char *log_path; /* (unowned) */
  char       *logged;   /* (owned): what stood in the log when the action came */
  int         code;     /* -1 for done, -2 for silence */
  GTask      *kept;     /* (owned) (nullable): until it is cancelled */
} source;

static void
add_agent (TdSnapshotBuilder *builder,
           const char        *id,
           TdAgentState       state,
           guint              n_queues)
{
  static const char *const queues[] = { "q1", "q2" };
  TdAgentInfo              info;

  td_agent_info_init (&info);
  info.id = id;
  info.name = "Hạnh";
  info.state = state;
  info.queues = queues;
  info.n_queues = n_queues;
  td_snapshot_builder_add_agent (builder, &info);
}

static void
answer_snapshot (FakeBackend *self,
                 guint        n,
                 GTask       *task)
{
  TdSnapshotBuilder *builder = td_snapshot_builder_new ();
  TdCentreInfo       centre;
  TdQueueInfo        queue;

  td_snapshot_builder_set_revision (builder, n + 1, "i");
  td_snapshot_builder_set_at (builder, g_get_real_time ());
  td_centre_info_init (&centre);
  td_snapshot_builder_set_centre (builder, &centre);
  td_queue_info_init (&queue);
  queue.id = "q1";
  td_snapshot_builder_add_queue (builder, &queue);
  queue.id = "q2";
  td_snapshot_builder_add_queue (builder, &queue);
  add_agent (builder, "free", TD_AGENT_STATE_AVAILABLE, 1);
  add_agent (builder, "busy", TD_AGENT_STATE_ON_CALL, 2);
  add_agent (builder, "paused", TD_AGENT_STATE_PAUSED, 1);
  add_agent (builder, "away", TD_AGENT_STATE_OFFLINE, 0);
  g_task_return_pointer (task, td_poll_result_new (td_snapshot_builder_end (builder), FALSE),
                         (GDestroyNotify)td_poll_result_free);
}

static void
cancelled_cb (GCancellable *cancellable,
              gpointer      user_data)
{
  g_autoptr (GTask) task = g_steal_pointer (&source.kept);

  if (task != NULL)
    g_task_return_error_if_cancelled (task);
}

static void
answer_act (FakeBackend  *self,
            GCancellable *cancellable,
            GTask        *task)
{
  source.n_acts++;
  g_clear_pointer (&source.logged, g_free);
  g_file_get_contents (source.log_path, &source.logged, NULL, NULL);

  if (source.code == -1)
    g_task_return_boolean (task, TRUE);
  else if (source.code == -2)
    {
      source.kept = g_object_ref (task);
      g_signal_connect_object (cancellable, "cancelled", G_CALLBACK (cancelled_cb), self, 0);
    }
  else
    g_task_return_new_error (task, TD_BACKEND_ERROR, source.code, "Hạnh is not on a call");
}

typedef struct
{
  char         *folder;
  char         *path;
  FakeBackend  *source;
  TdCentre     *centre;
  TdPoller     *poller;
  TdAuditLog   *log;
  TdSupervisor *supervisor;
  guint         n_changed;
} Fixture;

static void
changed_cb (Fixture *fixture)
{
  fixture->n_changed++;
}

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("tongdai-act.XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->folder, "audit.log", NULL);
  fixture->source = fake_backend_new (answer_snapshot);
  fixture->source->act = answer_act;
  fixture->source->info = (TdSourceInfo){ .reached = TRUE, .signed_in = TRUE, .actions = TD_ACTIONS_ALL };
  source = (typeof (source)){ .log_path = fixture->path, .code = -1 };
  fixture->centre = td_centre_new ();
  fixture->poller = td_poller_new (TD_BACKEND (fixture->source), fixture->centre);
  fixture->log = td_audit_log_new (fixture->path);
  fixture->supervisor = td_supervisor_new (TD_BACKEND (fixture->source), fixture->poller, fixture->centre);
  td_supervisor_set_log (fixture->supervisor, fixture->log);
  td_supervisor_set_profile (fixture->supervisor, "hcm", "boss");
  g_signal_connect_swapped (fixture->supervisor, "changed", G_CALLBACK (changed_cb), fixture);

  g_assert_cmpuint (td_supervisor_get_actions (fixture->supervisor), ==, 0);
  td_poller_start (fixture->poller);
  while (td_poller_get_health (fixture->poller) != TD_HEALTH_LIVE)
    g_main_context_iteration (NULL, TRUE);
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  td_poller_stop (fixture->poller);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (g_steal_pointer (&fixture->supervisor));
  g_assert_finalize_object (g_steal_pointer (&fixture->poller));
  g_assert_finalize_object (g_steal_pointer (&fixture->centre));
  g_assert_finalize_object (g_steal_pointer (&fixture->log));
  g_assert_finalize_object (g_steal_pointer (&fixture->source));
  g_clear_pointer (&source.logged, g_free);
  g_clear_object (&source.kept);
  g_remove (fixture->path);
  g_rmdir (fixture->folder);
  g_free (fixture->path);
  g_free (fixture->folder);
}

static void
keep_result_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  *(GAsyncResult **)user_data = g_object_ref (result);
}

static gboolean
act (Fixture     *fixture,
     TdActionKind kind,
     const char  *agent,
     GError     **error)
{
  TdAction action = { .kind = kind, .agent = agent, .queue = "q2", .extension = "9001" };
  g_autoptr (GAsyncResult) result = NULL;

  if (kind == TD_ACTION_PAUSE || kind == TD_ACTION_UNPAUSE)
    action.queue = NULL;
  td_supervisor_act_async (fixture->supervisor, &action, keep_result_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);

  return td_supervisor_act_finish (fixture->supervisor, result, error);
}

static char *
read_log (Fixture *fixture)
{
  char *text = NULL;

  g_file_get_contents (fixture->path, &text, NULL, NULL);

  return text;
}

static guint
get_for (Fixture    *fixture,
         const char *agent)
{
  return td_supervisor_get_actions_for (fixture->supervisor, td_centre_find_agent (fixture->centre, agent));
}

static void
test_sensible (Fixture      *fixture,
               gconstpointer data)
{
  guint pause = TD_ACTION_BIT (TD_ACTION_PAUSE), unpause = TD_ACTION_BIT (TD_ACTION_UNPAUSE);
  guint add = TD_ACTION_BIT (TD_ACTION_QUEUE_ADD), take = TD_ACTION_BIT (TD_ACTION_QUEUE_REMOVE);
  guint call = TD_ACTION_BIT (TD_ACTION_LISTEN) | TD_ACTION_BIT (TD_ACTION_WHISPER) |
               TD_ACTION_BIT (TD_ACTION_BARGE) | TD_ACTION_BIT (TD_ACTION_HANG_UP);

  g_assert_cmphex (get_for (fixture, "free"), ==, pause | add | take);
  g_assert_cmphex (get_for (fixture, "busy"), ==, pause | take | call);
  g_assert_cmphex (get_for (fixture, "paused"), ==, unpause | add | take);
  g_assert_cmphex (get_for (fixture, "away"), ==, add);

  fixture->source->info.actions = pause | TD_ACTION_BIT (TD_ACTION_HANG_UP);
  g_assert_cmphex (get_for (fixture, "busy"), ==, pause | TD_ACTION_BIT (TD_ACTION_HANG_UP));
  g_assert_cmphex (get_for (fixture, "paused"), ==, 0);
  fixture->source->info.actions = 0;
  g_assert_cmphex (get_for (fixture, "busy"), ==, 0);
}

static void
test_done (Fixture      *fixture,
           gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  guint            n_polls = fixture->source->requests->len;

  g_assert_true (act (fixture, TD_ACTION_LISTEN, "busy", &error));
  g_assert_no_error (error);
  g_assert_cmpuint (fixture->n_changed, ==, 2);
  g_assert_cmpstr (td_supervisor_get_extension (fixture->supervisor), ==, "9001");
  while (fixture->source->requests->len == n_polls)
    g_main_context_iteration (NULL, TRUE);

  /* It stood in the log before the source heard of it. */
  g_assert_nonnull (source.logged);
  g_assert_nonnull (strstr (source.logged, "\"result\":\"sent\""));
  g_assert_null (strstr (source.logged, "\"result\":\"done\""));
  text = read_log (fixture);
  g_assert_nonnull (strstr (text, "\"result\":\"done\""));
  g_assert_nonnull (strstr (text, "\"action\":\"listen\""));
  g_assert_nonnull (strstr (text, "\"agent\":\"busy\""));
  g_assert_nonnull (strstr (text, "\"agent_name\":\"Hạnh\""));
  g_assert_nonnull (strstr (text, "\"extension\":\"9001\""));
  g_assert_nonnull (strstr (text, "\"profile\":\"hcm\""));
  g_assert_nonnull (strstr (text, "\"user\":\"boss\""));
  g_assert_nonnull (strstr (text, "\"source\":\"fake\""));
}

static void
test_refused (Fixture      *fixture,
              gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  source.code = TD_BACKEND_ERROR_SERVER;
  g_assert_false (act (fixture, TD_ACTION_HANG_UP, "busy", &error));
  g_assert_error (error, TD_BACKEND_ERROR, TD_BACKEND_ERROR_SERVER);
  g_assert_cmpstr (error->message, ==, "Hạnh is not on a call");
  text = read_log (fixture);
  g_assert_nonnull (strstr (text, "\"result\":\"failed\""));
  g_assert_nonnull (strstr (text, "\"error\":\"Hạnh is not on a call\""));
}

static void
test_uncertain (Fixture      *fixture,
                gconstpointer data)
{
  g_autoptr (GError) broken = NULL;
  g_autoptr (GError) silent = NULL;
  g_autofree char *text = NULL;

  source.code = TD_BACKEND_ERROR_UNREACHABLE;
  g_assert_false (act (fixture, TD_ACTION_HANG_UP, "busy", &broken));
  g_assert_error (broken, TD_SUPERVISOR_ERROR, TD_SUPERVISOR_ERROR_UNKNOWN);

  source.code = -2;
  td_supervisor_set_deadline_ms (fixture->supervisor, 50);
  g_assert_false (act (fixture, TD_ACTION_HANG_UP, "busy", &silent));
  g_assert_error (silent, TD_SUPERVISOR_ERROR, TD_SUPERVISOR_ERROR_UNKNOWN);
  text = read_log (fixture);
  g_assert_nonnull (strstr (text, "\"result\":\"unknown\""));
  g_assert_null (strstr (text, "\"result\":\"failed\""));
}

static void
test_no_log (Fixture      *fixture,
             gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir (fixture->path, 0700), ==, 0);
  g_assert_false (act (fixture, TD_ACTION_PAUSE, "free", &error));
  g_assert_error (error, TD_SUPERVISOR_ERROR, TD_SUPERVISOR_ERROR_LOG);
  g_assert_cmpuint (source.n_acts, ==, 0);
  g_assert_false (td_supervisor_is_busy (fixture->supervisor, td_centre_find_agent (fixture->centre, "free")));
}

static void
test_one_at_a_time (Fixture      *fixture,
                    gconstpointer data)
{
  TdAction action = { .kind = TD_ACTION_HANG_UP, .agent = "busy" };
  g_autoptr (GAsyncResult) first = NULL;
  g_autoptr (GError) error = NULL;
  TdAgent *busy = td_centre_find_agent (fixture->centre, "busy");
  TdAgent *free = td_centre_find_agent (fixture->centre, "free");

  source.code = -2;
  td_supervisor_act_async (fixture->supervisor, &action, keep_result_cb, &first);
  g_assert_true (td_supervisor_is_busy (fixture->supervisor, busy));
  g_assert_false (td_supervisor_is_busy (fixture->supervisor, free));
  g_assert_false (act (fixture, TD_ACTION_PAUSE, "busy", &error));
  g_assert_error (error, TD_SUPERVISOR_ERROR, TD_SUPERVISOR_ERROR_BUSY);
  g_assert_cmpuint (source.n_acts, ==, 1);

  g_task_return_boolean (source.kept, TRUE);
  g_clear_object (&source.kept);
  while (first == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (td_supervisor_act_finish (fixture->supervisor, first, NULL));
  g_assert_false (td_supervisor_is_busy (fixture->supervisor, busy));
}

/* Who is paused during a call shows as paused after it only; until then the
 * pause can be ended, and not begun again. */
static void
test_pausing (Fixture      *fixture,
              gconstpointer data)
{
  guint pause = TD_ACTION_BIT (TD_ACTION_PAUSE), unpause = TD_ACTION_BIT (TD_ACTION_UNPAUSE);

  g_assert_true (act (fixture, TD_ACTION_PAUSE, "busy", NULL));
  g_assert_cmphex (get_for (fixture, "busy") & (pause | unpause), ==, unpause);
  g_assert_true (act (fixture, TD_ACTION_UNPAUSE, "busy", NULL));
  g_assert_cmphex (get_for (fixture, "busy") & (pause | unpause), ==, pause);
}

#define ADD(path, func) g_test_add ("/supervisor/" path, Fixture, NULL, set_up, func, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("offers-what-is-permitted-and-makes-sense", test_sensible);
  ADD ("writes-before-and-after", test_done);
  ADD ("tells-the-sources-own-words", test_refused);
  ADD ("says-where-nobody-knows", test_uncertain);
  ADD ("does-nothing-that-cannot-be-logged", test_no_log);
  ADD ("one-action-an-agent-at-a-time", test_one_at_a_time);
  ADD ("pause-of-a-busy-agent-can-be-ended", test_pausing);

  return g_test_run ();
}
