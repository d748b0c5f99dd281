/* test-agent-memory.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "fake-backend.h"
#include "history-fixture.h"
#include "td-watch.h"

#define HOUR G_TIME_SPAN_HOUR
/* Ten in the morning. */
#define NOW (DAY0 + 600 * MINUTE)

static TdSnapshot *
make_snapshot (void)
{
  TdSnapshotBuilder *builder = td_snapshot_builder_new ();
  TdCentreInfo       centre;
  TdAgentInfo        agent;

  td_centre_info_init (&centre);
  centre.timezone = "UTC";
  centre.day_start = DAY0;
  td_agent_info_init (&agent);
  agent.id = "a";
  agent.state = TD_AGENT_STATE_ON_CALL;
  agent.since = NOW - 5 * MINUTE;
  td_snapshot_builder_set_revision (builder, 1, "i");
  td_snapshot_builder_set_at (builder, NOW);
  td_snapshot_builder_set_centre (builder, &centre);
  td_snapshot_builder_add_agent (builder, &agent);

  return td_snapshot_builder_end (builder);
}

/* What another run of the program recorded before it ended, however it did. */
static void
remember (const char *path)
{
  g_autoptr (TdHistory) history = td_history_new (path);
  g_autoptr (TdHistoryRecords) records = td_history_records_new ();

  td_history_records_add_span (records, &(TdHistorySpan){ .agent = "a",
                                                          .start = NOW - 2 * HOUR - 10 * MINUTE,
                                                          .end = NOW - 3 * HOUR / 2,
                                                          .state = TD_AGENT_STATE_ON_CALL });
  td_history_records_add_span (records, &(TdHistorySpan){ .agent = "a",
                                                          .start = NOW - 3 * HOUR / 2,
                                                          .end = NOW - 6 * MINUTE,
                                                          .state = TD_AGENT_STATE_AVAILABLE });
  td_history_add_records (history, records);
  history_flush_well (history);
  td_history_close (history);
}

static guint
judge_agent (const char *path,
             gboolean    wanted)
{
  g_autoptr (TdSnapshot) snapshot = make_snapshot ();
  g_autoptr (TdBackend) backend = TD_BACKEND (fake_backend_new_steady (snapshot, NULL));
  g_autoptr (TdWatch) watch = td_watch_new (backend, path);
  gint64         deadline = g_get_monotonic_time () + 30 * G_TIME_SPAN_SECOND;
  TdAgentVerdict verdict = { 0 };

  td_watch_start (watch);
  while (td_centre_is_empty (td_watch_get_centre (watch)) && g_get_monotonic_time () < deadline)
    g_main_context_iteration (NULL, TRUE);

  /* What is read comes back through the same thread that a flush waits for. */
  do
    {
      TdAgent *agent = td_centre_find_agent (td_watch_get_centre (watch), "a");

      g_assert_nonnull (agent);
      history_flush_well (td_watch_get_history (watch));
      while (g_main_context_iteration (NULL, FALSE))
        ;
      td_agent_judge_get_verdict (agent, NOW, &verdict, td_watch_get_judge (watch));
    }
  while (wanted && !(verdict.signs & TD_AGENT_SIGN_NO_BREAK) && g_get_monotonic_time () < deadline);

  td_watch_stop (watch);
  td_history_close (td_watch_get_history (watch));

  return verdict.signs;
}

static void
test_who_worked_for_hours_did_so_after_a_restart_too (void)
{
  g_autofree char *blank = history_make_path ();
  g_autofree char *path = history_make_path ();

  g_assert_cmpuint (judge_agent (blank, FALSE) & TD_AGENT_SIGN_NO_BREAK, ==, 0);
  remember (path);
  g_assert_cmpuint (judge_agent (path, TRUE) & TD_AGENT_SIGN_NO_BREAK, !=, 0);
  history_remove_all (blank);
  history_remove_all (path);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/agent-memory/who-worked-for-hours-did-so-after-a-restart-too",
                   test_who_worked_for_hours_did_so_after_a_restart_too);

  return g_test_run ();
}
