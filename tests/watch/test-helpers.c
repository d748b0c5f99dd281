/* test-helpers.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-helpers.h"

#include "td-fixture.h"

#define NOW (FIXTURE_START + FIXTURE_SECONDS (36000))

static void
add (TdSnapshotBuilder *builder,
     const char        *id,
     TdAgentState       state,
     const char        *queue,
     gint64             since_s,
     gint64             shift_end_s)
{
  TdAgentInfo agent;

  td_agent_info_init (&agent);
  agent.id = id;
  agent.state = state;
  agent.queues = &queue;
  agent.n_queues = 1;
  agent.since = NOW - FIXTURE_SECONDS (since_s);
  agent.shift_start = NOW - FIXTURE_SECONDS (3600);
  agent.shift_end = NOW + FIXTURE_SECONDS (shift_end_s);
  td_snapshot_builder_add_agent (builder, &agent);
}

static void
add_queue (TdSnapshotBuilder *builder,
           const char        *id,
           gint64             waiting,
           gint64             longest_s)
{
  TdQueueInfo queue;

  td_queue_info_init (&queue);
  queue.id = id;
  queue.waiting = waiting;
  queue.longest_since = longest_s > 0 ? NOW - FIXTURE_SECONDS (longest_s) : TD_UNKNOWN;
  td_snapshot_builder_add_queue (builder, &queue);
}

static void
find (TdSnapshotBuilder *builder,
      TdCentre          *centre,
      TdHelpers         *helpers)
{
  g_autoptr (TdSnapshot) snapshot = td_snapshot_builder_end (builder);
  g_autoptr (TdAgentJudge) judge = td_agent_judge_new (centre);
  g_autoptr (GError) error = NULL;

  td_centre_apply (centre, snapshot, &error);
  g_assert_no_error (error);
  td_helpers_find (centre, judge, NOW, helpers);
}

static void
test_who_could_help_is_counted (void)
{
  TdSnapshotBuilder *builder = fixture_begin (1, TD_UNKNOWN, "i", NOW);
  g_autoptr (TdCentre) centre = td_centre_new ();
  TdHelpers helpers;

  add_queue (builder, "a", 0, 0);
  add (builder, "1", TD_AGENT_STATE_AVAILABLE, "a", 10, 3600);
  add (builder, "2", TD_AGENT_STATE_PAUSED, "a", 60, 3600);
  add (builder, "3", TD_AGENT_STATE_PAUSED, "a", 6 * 3600, 3600);
  add (builder, "4", TD_AGENT_STATE_UNREACHABLE, "a", 60, 3600);
  add (builder, "5", TD_AGENT_STATE_OFFLINE, "a", 60, 3600);
  add (builder, "6", TD_AGENT_STATE_OFFLINE, "a", 60, -60);
  add (builder, "7", TD_AGENT_STATE_ON_CALL, "a", 60, 3600);
  find (builder, centre, &helpers);

  g_assert_cmpuint (helpers.available, ==, 1);
  g_assert_cmpuint (helpers.paused, ==, 2);
  g_assert_cmpuint (helpers.paused_too_long, ==, 1);
  g_assert_cmpint (helpers.paused_since, ==, NOW - FIXTURE_SECONDS (6 * 3600));
  g_assert_cmpuint (helpers.unreachable, ==, 1);
  g_assert_cmpuint (helpers.absent, ==, 1);
  g_assert_null (helpers.queue);
}

/* Who is available serves one queue, and callers wait in others. */
static void
test_the_queue_that_nobody_free_serves_is_named (void)
{
  TdSnapshotBuilder *builder = fixture_begin (1, TD_UNKNOWN, "i", NOW);
  g_autoptr (TdCentre) centre = td_centre_new ();
  TdHelpers helpers;

  add_queue (builder, "a", 9, 500);
  add_queue (builder, "b", 5, 40);
  add_queue (builder, "c", 2, 90);
  add_queue (builder, "d", 7, 0);
  add_queue (builder, "e", 0, 0);
  add (builder, "1", TD_AGENT_STATE_AVAILABLE, "a", 10, 3600);
  add (builder, "2", TD_AGENT_STATE_ON_CALL, "c", 10, 3600);
  find (builder, centre, &helpers);

  g_assert_nonnull (helpers.queue);
  g_assert_cmpstr (td_queue_get_id (helpers.queue), ==, "c");
}

static void
test_where_nobody_is_free_no_queue_is_named (void)
{
  TdSnapshotBuilder *builder = fixture_begin (1, TD_UNKNOWN, "i", NOW);
  g_autoptr (TdCentre) centre = td_centre_new ();
  TdHelpers helpers;

  add_queue (builder, "a", 9, 500);
  add (builder, "1", TD_AGENT_STATE_WRAP_UP, "a", 10, 3600);
  find (builder, centre, &helpers);

  g_assert_cmpuint (helpers.available, ==, 0);
  g_assert_null (helpers.queue);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/helpers/who-could-help-is-counted", test_who_could_help_is_counted);
  g_test_add_func ("/helpers/the-queue-that-nobody-free-serves-is-named", test_the_queue_that_nobody_free_serves_is_named);
  g_test_add_func ("/helpers/where-nobody-is-free-no-queue-is-named", test_where_nobody_is_free_no_queue_is_named);

  return g_test_run ();
}
