/* test-reserves.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-reserves.h"

#include "td-fixture.h"

#define NOW (FIXTURE_START + FIXTURE_SECONDS (36000))
#define HOURS(n) FIXTURE_SECONDS ((n)*3600)

static void
add (TdSnapshotBuilder *builder,
     const char        *id,
     TdAgentState       state,
     const char *const *queues,
     guint              n_queues,
     const char        *call_queue,
     gint64             since_us)
{
  TdAgentInfo agent;

  td_agent_info_init (&agent);
  agent.id = id;
  agent.state = state;
  agent.queues = queues;
  agent.n_queues = n_queues;
  agent.call_queue = call_queue;
  agent.place = TD_PLACE_HOME;
  agent.since = NOW - since_us;
  td_snapshot_builder_add_agent (builder, &agent);
}

static void
add_queue (TdSnapshotBuilder *builder,
           const char        *id,
           gint64             waiting)
{
  TdQueueInfo queue;

  td_queue_info_init (&queue);
  queue.id = id;
  queue.waiting = waiting;
  td_snapshot_builder_add_queue (builder, &queue);
}

/* Callers wait in "a"; "f" is free for "b" alone, so that "s", who serves both and talks with
 * one of "b", can be kept for "a". */
static void
test_who_could_be_moved_is_named (void)
{
  static const char *const both[] = { "a", "b" };
  static const char *const b[] = { "b" };
  TdSnapshotBuilder       *builder = fixture_begin (1, TD_UNKNOWN, "i", NOW);
  g_autoptr (TdCentre) centre = td_centre_new ();
  g_autoptr (TdAgentJudge) judge = td_agent_judge_new (centre);
  g_autoptr (TdSnapshot) snapshot = NULL;
  g_autoptr (GError) error = NULL;
  TdReserves reserves;

  add_queue (builder, "a", 3);
  add_queue (builder, "b", 0);
  add (builder, "f", TD_AGENT_STATE_AVAILABLE, b, 1, NULL, HOURS (0));
  add (builder, "s", TD_AGENT_STATE_ON_CALL, both, 2, "b", HOURS (0));
  add (builder, "t", TD_AGENT_STATE_ON_CALL, both, 2, "a", HOURS (0));
  add (builder, "u", TD_AGENT_STATE_ON_CALL, b, 1, "b", HOURS (0));
  add (builder, "p0", TD_AGENT_STATE_PAUSED, both, 2, NULL, FIXTURE_SECONDS (30));
  add (builder, "p5", TD_AGENT_STATE_PAUSED, both, 2, NULL, HOURS (5));
  add (builder, "p9", TD_AGENT_STATE_PAUSED, both, 2, NULL, HOURS (9));
  add (builder, "p6", TD_AGENT_STATE_PAUSED, both, 2, NULL, HOURS (6));
  add (builder, "p7", TD_AGENT_STATE_PAUSED, both, 2, NULL, HOURS (7));
  add (builder, "p8", TD_AGENT_STATE_PAUSED, both, 2, NULL, HOURS (8));
  add (builder, "rested", TD_AGENT_STATE_OFFLINE, both, 2, NULL, HOURS (12));
  add (builder, "tired", TD_AGENT_STATE_OFFLINE, both, 2, NULL, HOURS (11));
  snapshot = td_snapshot_builder_end (builder);
  td_centre_apply (centre, snapshot, &error);
  g_assert_no_error (error);
  td_reserves_find (centre, judge, NOW, &reserves);

  g_assert_cmpstr (td_queue_get_id (reserves.queue), ==, "a");
  g_assert_cmpuint (reserves.n[TD_RESERVE_FREE], ==, 1);
  g_assert_cmpstr (td_agent_get_id (reserves.named[TD_RESERVE_FREE][0]), ==, "f");
  g_assert_cmpuint (reserves.n[TD_RESERVE_SKILLED], ==, 1);
  g_assert_cmpstr (td_agent_get_id (reserves.named[TD_RESERVE_SKILLED][0]), ==, "s");
  g_assert_cmpuint (reserves.n[TD_RESERVE_HOME], ==, 1);
  g_assert_cmpstr (td_agent_get_id (reserves.named[TD_RESERVE_HOME][0]), ==, "rested");
  g_assert_cmpuint (reserves.n[TD_RESERVE_ABSENT], ==, 0);

  /* Those who are paused for the longest are named, in that order. */
  g_assert_cmpuint (reserves.n[TD_RESERVE_PAUSED], ==, 5);
  for (guint i = 0; i < TD_RESERVES_MAX_NAMED; i++)
    {
      g_autofree char *id = g_strdup_printf ("p%u", 9 - i);

      g_assert_cmpstr (td_agent_get_id (reserves.named[TD_RESERVE_PAUSED][i]), ==, id);
    }
}

/* Where nobody waits for want of somebody, nobody has to be moved between queues. */
static void
test_nobody_is_moved_where_nobody_waits (void)
{
  static const char *const b[] = { "b" };
  TdSnapshotBuilder       *builder = fixture_begin (1, TD_UNKNOWN, "i", NOW);
  g_autoptr (TdCentre) centre = td_centre_new ();
  g_autoptr (TdAgentJudge) judge = td_agent_judge_new (centre);
  g_autoptr (TdSnapshot) snapshot = NULL;
  g_autoptr (GError) error = NULL;
  TdReserves reserves;

  add_queue (builder, "a", 0);
  add_queue (builder, "b", 2);
  add (builder, "f", TD_AGENT_STATE_AVAILABLE, b, 1, NULL, HOURS (0));
  snapshot = td_snapshot_builder_end (builder);
  td_centre_apply (centre, snapshot, &error);
  g_assert_no_error (error);
  td_reserves_find (centre, judge, NOW, &reserves);
  g_assert_null (reserves.queue);
  for (guint i = 0; i < TD_N_RESERVES; i++)
    g_assert_cmpuint (reserves.n[i], ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/reserves/who-could-be-moved-is-named", test_who_could_be_moved_is_named);
  g_test_add_func ("/reserves/nobody-is-moved-where-nobody-waits", test_nobody_is_moved_where_nobody_waits);

  return g_test_run ();
}
