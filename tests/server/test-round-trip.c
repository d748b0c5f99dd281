/* test-round-trip.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "td-simulation.h"
#include "td-supervision-decoder.h"
#include "td-supervision-encoder.h"

#define START (G_GINT64_CONSTANT (1795323600) * G_USEC_PER_SEC) /* 2026-11-22T12:00:00+07:00 */

static TdSimulation *
start_simulation (void)
{
  TdSimulationOptions options = { .seed = 3, .n_agents = 80, .n_queues = 8, .scenario = "outage", .start = START, .instance = "abc" };
  g_autoptr (GError) error = NULL;
  TdSimulation *simulation = td_simulation_new (&options, &error);

  g_assert_no_error (error);

  return simulation;
}

static void
test_state_survives_the_wire (void)
{
  g_autoptr (TdSimulation) simulation = start_simulation ();
  g_autoptr (TdSnapshot) told = td_simulation_take_full (simulation);
  g_autoptr (TdCentre) centre = td_centre_new ();
  g_autoptr (TdSnapshot) heard = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  guint               n_told;
  guint               n_heard;
  const TdQueueInfo  *told_queues = td_snapshot_get_queues (told, &n_told);
  const TdAgentInfo  *told_agents;
  const TdCallerInfo *told_callers;
  const TdQueueInfo  *heard_queues;
  const TdAgentInfo  *heard_agents;
  const TdCallerInfo *heard_callers;

  g_assert_true (td_centre_apply (centre, told, NULL));
  bytes = td_supervision_encode_full (centre, "abc");
  heard = td_supervision_decode_snapshot (bytes, &error);
  g_assert_no_error (error);

  g_assert_cmpint (td_snapshot_get_revision (heard), ==, td_snapshot_get_revision (told));
  g_assert_cmpstr (td_snapshot_get_instance (heard), ==, "abc");
  g_assert_cmpint (td_snapshot_get_at (heard), ==, td_snapshot_get_at (told));
  g_assert_false (td_snapshot_is_delta (heard));
  g_assert_true (td_centre_info_equal (td_snapshot_get_centre (heard), td_snapshot_get_centre (told)));

  heard_queues = td_snapshot_get_queues (heard, &n_heard);
  g_assert_cmpuint (n_heard, ==, n_told);
  g_assert_cmpuint (n_told, ==, 8);

  for (guint i = 0; i < n_told; i++)
    g_assert_true (td_queue_info_equal (&heard_queues[i], &told_queues[i]));

  told_agents = td_snapshot_get_agents (told, &n_told);
  heard_agents = td_snapshot_get_agents (heard, &n_heard);
  g_assert_cmpuint (n_heard, ==, n_told);
  g_assert_cmpuint (n_told, ==, 80);

  for (guint i = 0; i < n_told; i++)
    g_assert_true (td_agent_info_equal (&heard_agents[i], &told_agents[i]));

  told_callers = td_snapshot_get_callers (told, &n_told);
  heard_callers = td_snapshot_get_callers (heard, &n_heard);
  g_assert_cmpuint (n_heard, ==, n_told);

  for (guint i = 0; i < n_told; i++)
    g_assert_true (td_caller_info_equal (&heard_callers[i], &told_callers[i]));
}

static void
test_history_survives_the_wire (void)
{
  g_autoptr (TdSimulation) simulation = start_simulation ();
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  g_autoptr (TdIntervals) told = NULL;
  g_autoptr (TdIntervals) heard = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;

  told = td_simulation_get_intervals (simulation, START - G_GINT64_CONSTANT (7200) * G_USEC_PER_SEC, START, 300, NULL, &error);
  g_assert_no_error (error);
  bytes = td_supervision_encode_intervals (told, zone);
  heard = td_supervision_decode_intervals (bytes, &error);
  g_assert_no_error (error);

  g_assert_cmpint (td_intervals_get_from (heard), ==, td_intervals_get_from (told));
  g_assert_cmpint (td_intervals_get_step (heard), ==, td_intervals_get_step (told));
  g_assert_cmpuint (td_intervals_get_n_intervals (heard), ==, 24);
  g_assert_cmpuint (td_intervals_get_n_queues (heard), ==, td_intervals_get_n_queues (told));

  for (guint q = 0; q < td_intervals_get_n_queues (told); q++)
    {
      const TdInterval *a = td_intervals_get_rows (told, q);
      const TdInterval *b = td_intervals_get_rows (heard, q);

      g_assert_cmpstr (td_intervals_get_queue (heard, q), ==, td_intervals_get_queue (told, q));

      for (guint i = 0; i < 24; i++)
        {
          g_assert_cmpint (b[i].observed_s, ==, a[i].observed_s);
          g_assert_cmpint (b[i].max_waiting, ==, a[i].max_waiting);
          g_assert_cmpint (b[i].serving, ==, a[i].serving);

          for (guint f = 0; f < TD_N_COUNTS_FIELDS; f++)
            g_assert_cmpint (G_STRUCT_MEMBER (gint64, &b[i].counts, td_counts_fields[f].offset), ==,
                             G_STRUCT_MEMBER (gint64, &a[i].counts, td_counts_fields[f].offset));
        }
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/round-trip/state-survives-the-wire", test_state_survives_the_wire);
  g_test_add_func ("/round-trip/history-survives-the-wire", test_history_survives_the_wire);

  return g_test_run ();
}
