/* test-simulation-scenarios.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-metrics.h"
#include "td-simulation.h"

#include <string.h>

#define SECOND G_GINT64_CONSTANT (1000000)
#define MINUTE (60 * SECOND)
#define HOUR (60 * MINUTE)

/* Tuesday 2026-11-24 00:00 in Asia/Ho_Chi_Minh */
#define TUESDAY (G_GINT64_CONSTANT (1795453200) * SECOND)

static TdSimulation *
start (guint32 seed,
       gint64  time)
{
  g_autoptr (GError) error = NULL;
  TdSimulationOptions options = { .seed = seed, .start = time };
  TdSimulation       *simulation = td_simulation_new (&options, &error);

  g_assert_no_error (error);

  return simulation;
}

static void
set_scenario (TdSimulation *simulation,
              const char   *scenario)
{
  g_autoptr (GError) error = NULL;

  td_simulation_set_scenario (simulation, scenario, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (td_simulation_get_scenario (simulation), ==, scenario);
}

static gint64
count_offered (TdSimulation *simulation)
{
  g_autoptr (TdSnapshot) snapshot = td_simulation_take_full (simulation);
  guint              n_queues;
  const TdQueueInfo *queues = td_snapshot_get_queues (snapshot, &n_queues);
  gint64             offered = 0;

  for (guint i = 0; i < n_queues; i++)
    offered += queues[i].today.offered;

  return offered;
}

static gint64
play (TdSimulation *simulation,
      gint64        duration)
{
  gint64 before = count_offered (simulation);

  td_simulation_advance (simulation, td_simulation_get_now (simulation) + duration);

  return count_offered (simulation) - before;
}

static guint
count_agents (TdSimulation *simulation,
              const char   *employer,
              gboolean      staffed)
{
  g_autoptr (TdSnapshot) snapshot = td_simulation_take_full (simulation);
  guint              n_agents, count = 0;
  const TdAgentInfo *agents = td_snapshot_get_agents (snapshot, &n_agents);

  for (guint i = 0; i < n_agents; i++)
    if ((employer == NULL || g_str_equal (agents[i].employer, employer)) &&
        td_agent_state_is_staffed (agents[i].state) == staffed)
      count++;

  return count;
}

static void
test_outage (void)
{
  gint64 normal = 0, surge = 0, later = 0;
  guint  n_told = 0, n_callers = 0;

  for (guint seed = 1; seed <= 6; seed++)
    {
      g_autoptr (TdSimulation) simulation = start (seed, TUESDAY + 14 * HOUR);
      g_autoptr (TdSimulation) undisturbed = start (seed, TUESDAY + 14 * HOUR);
      g_autoptr (TdSnapshot) snapshot = NULL;
      g_autoptr (GHashTable) provinces = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      const TdCallerInfo *callers;
      guint               n_rows, most = 0;

      set_scenario (simulation, "outage");
      play (simulation, 5 * MINUTE);
      play (undisturbed, 5 * MINUTE);
      surge += play (simulation, 10 * MINUTE);
      normal += play (undisturbed, 10 * MINUTE);

      snapshot = td_simulation_take_full (simulation);
      callers = td_snapshot_get_callers (snapshot, &n_rows);
      for (guint i = 0; i < n_rows; i++)
        {
          const char *comma = strstr (callers[i].area, ", ");
          char       *province;
          guint       count;

          g_assert_nonnull (comma);
          g_assert_nonnull (callers[i].reason);
          province = g_strdup (comma + 2);
          count = GPOINTER_TO_UINT (g_hash_table_lookup (provinces, province)) + 1;
          g_hash_table_replace (provinces, province, GUINT_TO_POINTER (count));
          most = MAX (most, count);
        }
      n_told += most;
      n_callers += n_rows;

      play (simulation, 4 * HOUR);
      play (undisturbed, 4 * HOUR);
      later += play (simulation, 30 * MINUTE) - play (undisturbed, 30 * MINUTE);
    }

  g_assert_cmpint (surge, >, normal * 35 / 10);
  g_assert_cmpint (surge, <, normal * 45 / 10);
  g_assert_cmpuint (n_callers, >, 100);
  g_assert_cmpuint (n_told, >, n_callers * 6 / 10);
  /* After four hours less than half of the normal rate is left of the surge. */
  g_assert_cmpint (later / 3, <, normal / 2);
}

static void
test_restored (void)
{
  g_autoptr (TdSimulation) simulation = start (2, TUESDAY + 14 * HOUR);
  gint64 normal = play (simulation, 10 * MINUTE);
  gint64 surge;

  set_scenario (simulation, "outage");
  play (simulation, 5 * MINUTE);
  surge = play (simulation, 10 * MINUTE);
  set_scenario (simulation, "normal");
  play (simulation, 2 * HOUR);

  g_assert_cmpint (surge, >, normal * 2);
  g_assert_cmpint (play (simulation, 10 * MINUTE), <, normal * 2);
}

static void
test_trunk_down (void)
{
  g_autoptr (TdSimulation) simulation = start (2, TUESDAY + 10 * HOUR);

  set_scenario (simulation, "trunk-down");
  g_assert_cmpint (play (simulation, 15 * MINUTE), ==, 0);

  {
    g_autoptr (TdSnapshot) snapshot = td_simulation_take_full (simulation);
    guint              n_queues, n_callers;
    const TdQueueInfo *queues = td_snapshot_get_queues (snapshot, &n_queues);

    td_snapshot_get_callers (snapshot, &n_callers);
    g_assert_cmpuint (n_callers, ==, 0);
    for (guint i = 0; i < n_queues; i++)
      g_assert_cmpint (queues[i].offered_15min, ==, 0);
  }

  set_scenario (simulation, "normal");
  g_assert_cmpint (play (simulation, 15 * MINUTE), >, 100);
}

static void
test_partner_leaves (void)
{
  g_autoptr (TdSimulation) simulation = start (2, TUESDAY + 10 * HOUR);
  guint before = count_agents (simulation, "Đối tác A", TRUE);
  guint others = count_agents (simulation, "Đối tác B", TRUE);

  g_assert_cmpuint (before, >, 3);
  set_scenario (simulation, "partner-leaves");
  play (simulation, 30 * MINUTE);
  g_assert_cmpuint (count_agents (simulation, "Đối tác A", TRUE), ==, 0);
  g_assert_cmpuint (count_agents (simulation, "Đối tác B", TRUE), ==, others);

  set_scenario (simulation, "normal");
  play (simulation, 5 * MINUTE);
  g_assert_cmpuint (count_agents (simulation, "Đối tác A", TRUE), ==, before);
}

/* Who stays away over a night shift comes to the next one all the same. */
static void
test_back_after_days (void)
{
  g_autoptr (TdSimulation) simulation = start (2, TUESDAY + 22 * HOUR);
  g_autoptr (TdSimulation) undisturbed = start (2, TUESDAY + 22 * HOUR);
  guint expected;

  play (undisturbed, 24 * HOUR);
  expected = count_agents (undisturbed, NULL, TRUE);

  set_scenario (simulation, "understaffed");
  play (simulation, 10 * HOUR - MINUTE);
  set_scenario (simulation, "normal");
  play (simulation, 14 * HOUR + MINUTE);
  g_assert_cmpuint (count_agents (simulation, NULL, TRUE), ==, expected);
}

/* Who was to leave after the call stays when the scenario is taken back. */
static void
test_taken_back (void)
{
  g_autoptr (TdSimulation) simulation = start (2, TUESDAY + 10 * HOUR);
  guint before = count_agents (simulation, NULL, TRUE);

  set_scenario (simulation, "understaffed");
  play (simulation, 3 * MINUTE);
  g_assert_cmpuint (count_agents (simulation, NULL, TRUE), <, before);
  set_scenario (simulation, "normal");
  play (simulation, 5 * MINUTE);
  g_assert_cmpuint (count_agents (simulation, NULL, TRUE), ==, before);
}

static void
test_understaffed (void)
{
  g_autoptr (TdSimulation) simulation = start (2, TUESDAY + 10 * HOUR);
  guint before = count_agents (simulation, NULL, TRUE);
  guint left;

  set_scenario (simulation, "understaffed");
  play (simulation, 20 * MINUTE);
  left = count_agents (simulation, NULL, TRUE);
  g_assert_cmpuint (left, >, before * 55 / 100);
  g_assert_cmpuint (left, <, before * 80 / 100);
}

/* Whatever the day brings: each state, each place, and no number in full. */
static void
test_variety (void)
{
  g_autoptr (TdSimulation) simulation = start (2, TUESDAY + 8 * HOUR);
  g_autoptr (GRegex) masked = g_regex_new ("^0[0-9]•• ••• [0-9]{3}$", 0, 0, NULL);
  g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  guint states[TD_N_AGENT_STATES] = { 0 }, places[TD_N_PLACES] = { 0 };
  guint n_agents, n_held = 0;

  for (guint i = 0; i < 8 * 60; i++)
    {
      g_autoptr (TdSnapshot) snapshot = NULL;
      const TdAgentInfo *agents;

      play (simulation, MINUTE);
      snapshot = td_simulation_take_full (simulation);
      agents = td_snapshot_get_agents (snapshot, &n_agents);
      for (guint k = 0; k < n_agents; k++)
        {
          states[agents[k].state]++;
          places[agents[k].place]++;
          n_held += agents[k].on_hold;
          g_hash_table_add (names, g_strdup (agents[k].name));
          if (agents[k].call_number != NULL)
            g_assert_true (g_regex_match (masked, agents[k].call_number, 0, NULL));
          g_assert_true (agents[k].place == TD_PLACE_HOME || agents[k].seat != NULL);
          if (td_agent_state_is_staffed (agents[k].state))
            g_assert_cmpint (agents[k].shift_start, <, agents[k].shift_end);
        }
    }

  for (guint i = TD_AGENT_STATE_AVAILABLE; i < TD_N_AGENT_STATES; i++)
    g_assert_cmpuint (states[i], >, 0);
  for (guint i = TD_PLACE_OFFICE; i < TD_N_PLACES; i++)
    g_assert_cmpuint (places[i], >, 0);
  g_assert_cmpuint (n_held, >, 0);
  g_assert_cmpuint (g_hash_table_size (names), ==, n_agents);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/simulation-scenarios/outage-brings-four-times-the-calls-from-one-province", test_outage);
  g_test_add_func ("/simulation-scenarios/restored-power-ends-the-surge", test_restored);
  g_test_add_func ("/simulation-scenarios/no-call-comes-while-the-trunk-is-down", test_trunk_down);
  g_test_add_func ("/simulation-scenarios/partner-leaves-and-comes-back", test_partner_leaves);
  g_test_add_func ("/simulation-scenarios/a-third-of-the-staff-is-missing", test_understaffed);
  g_test_add_func ("/simulation-scenarios/missing-come-back-to-the-next-shift", test_back_after_days);
  g_test_add_func ("/simulation-scenarios/scenario-taken-back-keeps-its-agents", test_taken_back);
  g_test_add_func ("/simulation-scenarios/day-shows-every-state-and-no-full-number", test_variety);

  return g_test_run ();
}
