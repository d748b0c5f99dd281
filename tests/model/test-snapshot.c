/* test-snapshot.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <math.h>
#include <string.h>

#include "td-intervals.h"
#include "td-snapshot.h"

static void
test_keeps_copies_of_what_it_is_given (void)
{
  g_autoptr (TdSnapshot) snapshot = NULL;
  TdSnapshotBuilder *builder = td_snapshot_builder_new ();
  char               id[] = "a1";
  char               name[] = "Nguyễn Thu Hương";
  const char        *queues[] = { "q1", "q2" };
  const TdAgentInfo *rows;
  TdAgentInfo        agent;
  guint              n;

  td_agent_info_init (&agent);
  agent.id = id;
  agent.name = name;
  agent.queues = queues;
  agent.n_queues = 2;
  td_snapshot_builder_add_agent (builder, &agent);
  agent.id = "a2";
  td_snapshot_builder_add_agent (builder, &agent);
  td_snapshot_builder_set_revision (builder, 7, "one");
  snapshot = td_snapshot_builder_end (builder);
  memset (id, 'x', 2);
  memset (name, 'x', 4);
  queues[0] = "other";

  rows = td_snapshot_get_agents (snapshot, &n);
  g_assert_cmpuint (n, ==, 2);
  g_assert_cmpstr (rows[0].id, ==, "a1");
  g_assert_cmpstr (rows[0].name, ==, "Nguyễn Thu Hương");
  g_assert_cmpstr (rows[0].queues[0], ==, "q1");
  g_assert_cmpstr (rows[0].queues[1], ==, "q2");
  g_assert_null (rows[0].queues[2]);
  g_assert_cmpint (rows[0].answered, ==, TD_UNKNOWN);

  /* Equal strings and equal lists are kept once. */
  g_assert_true (rows[0].name == rows[1].name);
  g_assert_true (rows[0].queues == rows[1].queues);
  g_assert_cmpint (td_snapshot_get_revision (snapshot), ==, 7);
  g_assert_false (td_snapshot_is_delta (snapshot));
  g_assert_null (td_snapshot_get_centre (snapshot));
}

static void
test_rows_start_unknown (void)
{
  TdQueueInfo  queue;
  TdCentreInfo centre;

  td_queue_info_init (&queue);
  td_centre_info_init (&centre);

  g_assert_cmpint (queue.waiting, ==, TD_UNKNOWN);
  g_assert_true (isnan (queue.service_level_target));
  g_assert_cmpint (centre.day_start, ==, TD_UNKNOWN);
  for (guint i = 0; i < TD_N_COUNTS_FIELDS; i++)
    g_assert_cmpint (G_STRUCT_MEMBER (gint64, &queue.today, td_counts_fields[i].offset), ==, TD_UNKNOWN);
}

/* Each field of an agent makes a difference; a field that was forgotten in the
 * comparison would never reach the screen. */
static void
test_each_field_makes_a_difference (void)
{
  TdAgentInfo a, b;
  TdQueueInfo p, q;
  const gsize strings[] = {
    G_STRUCT_OFFSET (TdAgentInfo, name), G_STRUCT_OFFSET (TdAgentInfo, team), G_STRUCT_OFFSET (TdAgentInfo, employer),
    G_STRUCT_OFFSET (TdAgentInfo, seat), G_STRUCT_OFFSET (TdAgentInfo, extension), G_STRUCT_OFFSET (TdAgentInfo, reason),
    G_STRUCT_OFFSET (TdAgentInfo, call_queue), G_STRUCT_OFFSET (TdAgentInfo, call_number),
    G_STRUCT_OFFSET (TdAgentInfo, call_reason), G_STRUCT_OFFSET (TdAgentInfo, call_area),
    G_STRUCT_OFFSET (TdAgentInfo, shift_name)
  };
  const gsize numbers[] = {
    G_STRUCT_OFFSET (TdAgentInfo, since), G_STRUCT_OFFSET (TdAgentInfo, call_since),
    G_STRUCT_OFFSET (TdAgentInfo, call_wait_ms), G_STRUCT_OFFSET (TdAgentInfo, answered),
    G_STRUCT_OFFSET (TdAgentInfo, no_answer), G_STRUCT_OFFSET (TdAgentInfo, talk_ms),
    G_STRUCT_OFFSET (TdAgentInfo, hold_ms), G_STRUCT_OFFSET (TdAgentInfo, wrap_up_ms),
    G_STRUCT_OFFSET (TdAgentInfo, ringing_ms), G_STRUCT_OFFSET (TdAgentInfo, available_ms),
    G_STRUCT_OFFSET (TdAgentInfo, paused_ms), G_STRUCT_OFFSET (TdAgentInfo, shift_start),
    G_STRUCT_OFFSET (TdAgentInfo, shift_end)
  };
  const char *list[] = { "q1" };
  const char *same_list[] = { "q1" };

  td_agent_info_init (&a);
  a.id = "a1";
  b = a;
  g_assert_true (td_agent_info_equal (&a, &b));
  for (guint i = 0; i < G_N_ELEMENTS (strings); i++)
    {
      b = a;
      G_STRUCT_MEMBER (const char *, &b, strings[i]) = "x";
      g_assert_false (td_agent_info_equal (&a, &b));
    }
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      b = a;
      G_STRUCT_MEMBER (gint64, &b, numbers[i]) = 5;
      g_assert_false (td_agent_info_equal (&a, &b));
    }

  b = a;
  a.queues = list;
  b.queues = same_list;
  a.n_queues = b.n_queues = 1;
  g_assert_true (td_agent_info_equal (&a, &b));
  same_list[0] = "q2";
  g_assert_false (td_agent_info_equal (&a, &b));
  b = a;
  b.on_hold = TRUE;
  g_assert_false (td_agent_info_equal (&a, &b));

  td_queue_info_init (&p);
  p.id = "q1";
  for (guint i = 0; i < TD_N_COUNTS_FIELDS; i++)
    {
      q = p;
      g_assert_true (td_queue_info_equal (&p, &q));
      G_STRUCT_MEMBER (gint64, &q.today, td_counts_fields[i].offset) = 0;
      g_assert_false (td_queue_info_equal (&p, &q));
    }
}

static void
test_intervals_start_as_gaps (void)
{
  TdIntervals *intervals = td_intervals_new (60 * G_USEC_PER_SEC, 60 * G_USEC_PER_SEC, 3);
  TdInterval  *rows = td_intervals_add_queue (intervals, "q1");

  for (guint i = 0; i < 3; i++)
    {
      g_assert_cmpint (rows[i].observed_s, ==, 0);
      g_assert_cmpint (rows[i].counts.offered, ==, TD_UNKNOWN);
    }
  g_assert_cmpuint (td_intervals_get_n_queues (intervals), ==, 1);
  g_assert_cmpstr (td_intervals_get_queue (intervals, 0), ==, "q1");
  td_intervals_unref (intervals);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/snapshot/keeps-copies-of-what-it-is-given", test_keeps_copies_of_what_it_is_given);
  g_test_add_func ("/snapshot/rows-start-unknown", test_rows_start_unknown);
  g_test_add_func ("/snapshot/each-field-makes-a-difference", test_each_field_makes_a_difference);
  g_test_add_func ("/intervals/start-as-gaps", test_intervals_start_as_gaps);

  return g_test_run ();
}
