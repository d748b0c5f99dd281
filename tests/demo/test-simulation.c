/* test-simulation.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-centre.h"
#include "td-metrics.h"
#include "td-simulation.h"
#include "td-totals.h"

#include <math.h>
#include <string.h>

#define SECOND G_GINT64_CONSTANT (1000000)
#define MINUTE (60 * SECOND)
#define HOUR (60 * MINUTE)
#define DAY (24 * HOUR)

/* Tuesday 2026-11-24 00:00 in Asia/Ho_Chi_Minh */
#define TUESDAY (G_GINT64_CONSTANT (1795453200) * SECOND)
#define N_SEEDS 20

static TdSimulation *
start (guint32     seed,
       const char *scenario,
       gint64      time)
{
  g_autoptr (GError) error = NULL;
  TdSimulationOptions options = { .seed = seed, .scenario = scenario, .start = time };
  TdSimulation       *simulation = td_simulation_new (&options, &error);

  g_assert_no_error (error);

  return simulation;
}

static TdSimulation *
start_sized (guint  n_agents,
             guint  n_queues,
             gint64 time)
{
  g_autoptr (GError) error = NULL;
  TdSimulationOptions options = { .seed = 5, .n_agents = n_agents, .n_queues = n_queues, .start = time };
  TdSimulation       *simulation = td_simulation_new (&options, &error);

  g_assert_no_error (error);

  return simulation;
}

static TdCounts
sum_today (TdSnapshot *snapshot)
{
  TdCounts           sum = { 0 };
  guint              n_queues;
  const TdQueueInfo *queues = td_snapshot_get_queues (snapshot, &n_queues);

  for (guint i = 0; i < n_queues; i++)
    td_counts_add (&sum, &queues[i].today);

  return sum;
}

static TdCounts
get_today (TdSimulation *simulation)
{
  g_autoptr (TdSnapshot) snapshot = td_simulation_take_full (simulation);

  return sum_today (snapshot);
}

/* Everything that must hold of a state, whatever is played. */
static void
check_state (TdSnapshot *snapshot)
{
  g_autoptr (GHashTable) positions = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) ringing = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) available = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) serving = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) first = g_hash_table_new (g_str_hash, g_str_equal);
  guint               n_queues, n_agents, n_callers;
  const TdQueueInfo  *queues = td_snapshot_get_queues (snapshot, &n_queues);
  const TdAgentInfo  *agents = td_snapshot_get_agents (snapshot, &n_agents);
  const TdCallerInfo *callers = td_snapshot_get_callers (snapshot, &n_callers);
  gint64              at = td_snapshot_get_at (snapshot);

#define COUNT(table, key) g_hash_table_insert (table, (gpointer)(key), GINT_TO_POINTER (GPOINTER_TO_INT (g_hash_table_lookup (table, key)) + 1))
#define GET(table, key) GPOINTER_TO_INT (g_hash_table_lookup (table, key))

  for (guint i = 0; i < n_callers; i++)
    {
      COUNT (positions, callers[i].queue);
      g_assert_cmpint (callers[i].position, ==, GET (positions, callers[i].queue));
      g_assert_cmpint (callers[i].since, <=, at);
      if (callers[i].position == 1)
        g_hash_table_insert (first, (gpointer)callers[i].queue, (gpointer)&callers[i]);
    }

  for (guint i = 0; i < n_agents; i++)
    {
      const TdAgentInfo *agent = &agents[i];
      gboolean           busy = agent->state == TD_AGENT_STATE_RINGING || agent->state == TD_AGENT_STATE_ON_CALL ||
                      agent->state == TD_AGENT_STATE_WRAP_UP;

      g_assert_cmpint (agent->state, !=, TD_AGENT_STATE_UNKNOWN);
      g_assert_true ((agent->call_queue != NULL) == busy);
      g_assert_true (!agent->on_hold || agent->state == TD_AGENT_STATE_ON_CALL);
      g_assert_true ((agent->reason != NULL) == (agent->state == TD_AGENT_STATE_PAUSED || agent->state == TD_AGENT_STATE_UNREACHABLE));
      g_assert_cmpint (agent->since, <=, at);
      if (agent->state == TD_AGENT_STATE_RINGING)
        COUNT (ringing, agent->call_queue);
      for (guint k = 0; k < agent->n_queues; k++)
        {
          if (agent->state == TD_AGENT_STATE_AVAILABLE)
            COUNT (available, agent->queues[k]);
          if (td_agent_state_is_serving (agent->state))
            COUNT (serving, agent->queues[k]);
        }
    }

  for (guint i = 0; i < n_queues; i++)
    {
      const TdQueueInfo  *queue = &queues[i];
      const TdCounts     *today = &queue->today;
      const TdCallerInfo *oldest = g_hash_table_lookup (first, queue->id);

      g_assert_cmpint (today->offered, ==, today->answered + today->abandoned + today->flowed_out + queue->waiting);
      g_assert_cmpint (queue->waiting, ==, GET (positions, queue->id));
      g_assert_cmpint (queue->serving, ==, GET (serving, queue->id));
      g_assert_cmpint (queue->longest_since, ==, oldest != NULL ? oldest->since : TD_UNKNOWN);
      g_assert_cmpint (today->answered_in_time, <=, today->answered);
      g_assert_cmpint (today->abandoned_in_time, <=, today->abandoned);
      g_assert_cmpint (today->short_abandoned, <=, today->abandoned_in_time);

      /* Nobody waits, but for a phone that rings, while somebody could answer. */
      g_assert_true (queue->waiting <= GET (ringing, queue->id) || GET (available, queue->id) == 0);
    }
#undef COUNT
#undef GET
}

static void
check_equal (TdSnapshot *a,
             TdSnapshot *b)
{
  guint               n_a, n_b;
  const TdQueueInfo  *queues_a = td_snapshot_get_queues (a, &n_a);
  const TdQueueInfo  *queues_b = td_snapshot_get_queues (b, &n_b);
  const TdAgentInfo  *agents_a, *agents_b;
  const TdCallerInfo *callers_a, *callers_b;

  g_assert_cmpint (td_snapshot_get_at (a), ==, td_snapshot_get_at (b));
  g_assert_true (td_centre_info_equal (td_snapshot_get_centre (a), td_snapshot_get_centre (b)));

  g_assert_cmpuint (n_a, ==, n_b);
  for (guint i = 0; i < n_a; i++)
    g_assert_true (td_queue_info_equal (&queues_a[i], &queues_b[i]));

  agents_a = td_snapshot_get_agents (a, &n_a);
  agents_b = td_snapshot_get_agents (b, &n_b);
  g_assert_cmpuint (n_a, ==, n_b);
  for (guint i = 0; i < n_a; i++)
    g_assert_true (td_agent_info_equal (&agents_a[i], &agents_b[i]));

  callers_a = td_snapshot_get_callers (a, &n_a);
  callers_b = td_snapshot_get_callers (b, &n_b);
  g_assert_cmpuint (n_a, ==, n_b);
  for (guint i = 0; i < n_a; i++)
    g_assert_true (td_caller_info_equal (&callers_a[i], &callers_b[i]));
}

/* Plays whole days, Tuesday to Friday in turn, and gives the means over the seeds. */
static void
play_days (const char *scenario,
           double     *offered,
           double     *service_level,
           double     *abandon_rate)
{
  *offered = *service_level = *abandon_rate = 0.0;
  for (guint seed = 1; seed <= N_SEEDS; seed++)
    {
      g_autoptr (TdSimulation) simulation = start (seed, scenario, TUESDAY + (seed % 4 + 1) * DAY - SECOND);
      TdCounts today = get_today (simulation);

      if (g_str_equal (scenario, "normal"))
        {
          g_assert_cmpint (today.offered, >=, 9500);
          g_assert_cmpint (today.offered, <=, 10000);
          g_assert_cmpfloat (td_metrics_aht (&today), >, 190.0);
          g_assert_cmpfloat (td_metrics_aht (&today), <, 210.0);
          g_assert_cmpfloat (td_metrics_service_level (TD_SERVICE_LEVEL_LIVE, &today, 0), >, 0.75);
          g_assert_cmpfloat (td_metrics_service_level (TD_SERVICE_LEVEL_LIVE, &today, 0), <, 0.94);
          g_assert_cmpfloat (td_metrics_abandon_rate (&today, 0), >, 0.01);
          g_assert_cmpfloat (td_metrics_abandon_rate (&today, 0), <, 0.06);
        }
      *offered += (double)today.offered / N_SEEDS;
      *service_level += td_metrics_service_level (TD_SERVICE_LEVEL_LIVE, &today, 0) / N_SEEDS;
      *abandon_rate += td_metrics_abandon_rate (&today, 0) / N_SEEDS;
    }
}

static void
test_normal_weekday (void)
{
  double offered, service_level, abandon_rate;

  play_days ("normal", &offered, &service_level, &abandon_rate);
  g_assert_cmpfloat (fabs (offered / 9750.0 - 1.0), <, 0.03);
  g_assert_cmpfloat (service_level, >, 0.80);
  g_assert_cmpfloat (service_level, <, 0.90);
  g_assert_cmpfloat (abandon_rate, >, 0.02);
  g_assert_cmpfloat (abandon_rate, <, 0.05);
}

static void
test_lockdown (void)
{
  double offered, service_level, abandon_rate;

  play_days ("lockdown", &offered, &service_level, &abandon_rate);
  g_assert_cmpfloat (fabs (offered / 12000.0 - 1.0), <, 0.03);
  g_assert_cmpfloat (service_level, <, 0.82);
  g_assert_cmpfloat (abandon_rate, >, 0.04);
}

static void
test_reduced (void)
{
  double offered, service_level, abandon_rate;

  play_days ("reduced", &offered, &service_level, &abandon_rate);
  g_assert_cmpfloat (fabs (offered / 6000.0 - 1.0), <, 0.03);
  g_assert_cmpfloat (service_level, >, 0.95);
  g_assert_cmpfloat (abandon_rate, <, 0.01);
}

static void
test_understaffed (void)
{
  double offered, service_level, abandon_rate;

  play_days ("understaffed", &offered, &service_level, &abandon_rate);
  g_assert_cmpfloat (service_level, >, 0.35);
  g_assert_cmpfloat (service_level, <, 0.70);
  g_assert_cmpfloat (abandon_rate, >, 0.08);
  g_assert_cmpfloat (abandon_rate, <, 0.25);
}

/* Two humps, the first the higher, and a quiet night; fewer calls on Sunday. */
static void
test_profile (void)
{
  g_autoptr (TdSimulation) simulation = start (3, NULL, TUESDAY);
  g_autoptr (TdSimulation) sunday = start (3, NULL, TUESDAY + 6 * DAY - SECOND);
  gint64 hours[24], before = 0;

  for (guint hour = 0; hour < 24; hour++)
    {
      TdCounts today;

      td_simulation_advance (simulation, TUESDAY + (hour + 1) * HOUR - 1);
      today = get_today (simulation);
      hours[hour] = today.offered - before;
      before = today.offered;
    }

  g_assert_cmpint (hours[9], >, hours[15]);
  g_assert_cmpint (hours[15], >, hours[12] * 5 / 4);
  g_assert_cmpint (hours[9], >, hours[12] * 5 / 4);
  g_assert_cmpint (hours[3], <, hours[9] / 6);
  g_assert_cmpint (get_today (sunday).offered, <, before * 3 / 4);
}

static void
test_conservation (gconstpointer data)
{
  g_autoptr (TdSimulation) simulation = start (11, data, TUESDAY);
  g_autoptr (GArray) offered = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint minute = 0; minute < 26 * 60; minute++)
    {
      g_autoptr (TdSnapshot) snapshot = NULL;
      guint              n_queues;
      const TdQueueInfo *queues;
      gint64             recent = 0;
      TdCounts           sum;

      td_simulation_advance (simulation, TUESDAY + minute * MINUTE);
      snapshot = td_simulation_take_full (simulation);
      check_state (snapshot);

      sum = sum_today (snapshot);
      g_array_append_val (offered, sum.offered);
      queues = td_snapshot_get_queues (snapshot, &n_queues);
      for (guint i = 0; i < n_queues; i++)
        recent += queues[i].offered_15min;
      if (minute >= 15 && minute < 24 * 60)
        g_assert_cmpint (recent, ==, sum.offered - g_array_index (offered, gint64, minute - 15));
    }
}

static void
test_same_seed (void)
{
  g_autoptr (TdSimulation) a = start (7, "normal", TUESDAY + 10 * HOUR);
  g_autoptr (TdSimulation) b = start (7, "normal", TUESDAY + 9 * HOUR);
  g_autoptr (TdSimulation) c = start (8, "normal", TUESDAY + 10 * HOUR);
  g_autoptr (TdSnapshot) snapshot_a = NULL;
  g_autoptr (TdSnapshot) snapshot_b = NULL;

  /* In one go, or in uneven steps with looks in between: the same. */
  for (gint64 time = TUESDAY + 9 * HOUR; time < TUESDAY + 10 * HOUR; time += 7777777)
    {
      td_simulation_advance (b, time);
      td_snapshot_unref (td_simulation_take_full (b));
    }
  td_simulation_advance (b, TUESDAY + 10 * HOUR);

  snapshot_a = td_simulation_take_full (a);
  snapshot_b = td_simulation_take_full (b);
  check_equal (snapshot_a, snapshot_b);
  g_assert_cmpint (sum_today (snapshot_a).offered, !=, get_today (c).offered);
}

static void
test_deltas (void)
{
  g_autoptr (TdSimulation) simulation = start (9, NULL, TUESDAY + 13 * HOUR + 55 * MINUTE);
  g_autoptr (TdCentre) centre = td_centre_new ();
  gint64 time = td_simulation_get_now (simulation);
  gint64 revision = 0;
  guint  n_deltas = 0;

  for (guint step = 0; step < 1200; step++)
    {
      g_autoptr (TdSnapshot) changes = NULL;
      g_autoptr (TdSnapshot) full = NULL;
      g_autoptr (GError) error = NULL;
      guint               n_queues, n_agents, n_callers;
      const TdQueueInfo  *queues;
      const TdAgentInfo  *agents;
      const TdCallerInfo *callers;

      if (step == 300)
        td_simulation_set_scenario (simulation, "outage", &error);
      if (step == 900)
        td_simulation_set_scenario (simulation, "understaffed", &error);
      g_assert_no_error (error);

      time += 3 * SECOND;
      td_simulation_advance (simulation, time);
      changes = td_simulation_take_changes (simulation);
      if (changes == NULL)
        continue;

      g_assert_cmpint (td_snapshot_get_revision (changes), ==, revision + 1);
      revision++;
      if (revision > 1)
        {
          g_assert_true (td_snapshot_is_delta (changes));
          g_assert_cmpint (td_snapshot_get_base (changes), ==, revision - 1);
          n_deltas++;
        }
      td_centre_apply (centre, changes, &error);
      g_assert_no_error (error);
      if (step % 10 != 0)
        continue;

      full = td_simulation_take_full (simulation);
      g_assert_cmpint (td_snapshot_get_revision (full), ==, revision);
      g_assert_true (td_centre_info_equal (td_snapshot_get_centre (full), td_centre_get_info (centre)));
      queues = td_snapshot_get_queues (full, &n_queues);
      for (guint i = 0; i < n_queues; i++)
        g_assert_true (td_queue_info_equal (&queues[i], td_queue_get_info (td_centre_find_queue (centre, queues[i].id))));
      agents = td_snapshot_get_agents (full, &n_agents);
      g_assert_cmpuint (td_roster_get_size (td_centre_get_agents (centre)), ==, n_agents);
      for (guint i = 0; i < n_agents; i++)
        g_assert_true (td_agent_info_equal (&agents[i], td_agent_get_info (td_centre_find_agent (centre, agents[i].id))));
      callers = td_snapshot_get_callers (full, &n_callers);
      g_assert_cmpuint (td_roster_get_size (td_centre_get_callers (centre)), ==, n_callers);
      for (guint i = 0; i < n_callers; i++)
        g_assert_true (td_caller_info_equal (&callers[i], td_caller_get_info (td_roster_find (td_centre_get_callers (centre), callers[i].id))));
    }

  g_assert_cmpuint (n_deltas, >, 1000);
  g_assert_null (td_simulation_take_changes (simulation));
}

static void
test_midnight (void)
{
  g_autoptr (TdSimulation) simulation = start (4, "understaffed", TUESDAY + DAY - SECOND);
  g_autoptr (TdSnapshot) snapshot = NULL;
  TdCounts           before = get_today (simulation);
  guint              n_agents;
  const TdAgentInfo *agents;

  td_simulation_advance (simulation, TUESDAY + DAY + 5 * MINUTE);
  snapshot = td_simulation_take_changes (simulation);
  g_assert_nonnull (td_snapshot_get_centre (snapshot));
  g_assert_cmpint (td_snapshot_get_centre (snapshot)->day_start, ==, TUESDAY + DAY);
  g_assert_cmpint (before.offered, >, 5000);
  g_assert_cmpint (sum_today (snapshot).offered, <, 60);

  g_clear_pointer (&snapshot, td_snapshot_unref);
  snapshot = td_simulation_take_full (simulation);
  check_state (snapshot);
  agents = td_snapshot_get_agents (snapshot, &n_agents);
  for (guint i = 0; i < n_agents; i++)
    {
      const TdAgentInfo *agent = &agents[i];

      g_assert_cmpint (agent->available_ms + agent->ringing_ms + agent->talk_ms + agent->hold_ms +
                         agent->wrap_up_ms + agent->paused_ms,
                       <=, 5 * 60 * 1000);
    }
}

static void
test_agent_sums (void)
{
  g_autoptr (TdSimulation) simulation = start (4, NULL, TUESDAY + 16 * HOUR);
  g_autoptr (TdSnapshot) snapshot = td_simulation_take_full (simulation);
  guint              n_agents;
  const TdAgentInfo *agents = td_snapshot_get_agents (snapshot, &n_agents);
  gint64             answered = 0, n_paused = 0, n_no_answer = 0;
  TdCounts           today = sum_today (snapshot);

  for (guint i = 0; i < n_agents; i++)
    {
      answered += agents[i].answered;
      n_paused += agents[i].paused_ms > 0;
      n_no_answer += agents[i].no_answer;
      g_assert_cmpint (agents[i].available_ms + agents[i].ringing_ms + agents[i].talk_ms + agents[i].hold_ms +
                         agents[i].wrap_up_ms + agents[i].paused_ms,
                       <=, 16 * 3600 * 1000);
    }
  g_assert_cmpint (answered, ==, today.answered);
  g_assert_cmpint (n_paused, >, 50);
  g_assert_cmpint (n_no_answer, >, 5);
}

static void
test_sizes (void)
{
  static const guint sizes[][2] = { { 1, 1 }, { 3, 10 }, { 7, 500 }, { 400, 33 }, { 10000, 500 } };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr (TdSimulation) simulation = start_sized (sizes[i][0], sizes[i][1], TUESDAY + 9 * HOUR);
      g_autoptr (TdSnapshot) snapshot = td_simulation_take_full (simulation);
      guint n_queues, n_agents;

      td_snapshot_get_queues (snapshot, &n_queues);
      td_snapshot_get_agents (snapshot, &n_agents);
      g_assert_cmpuint (n_agents, ==, sizes[i][0]);
      g_assert_cmpuint (n_queues, ==, sizes[i][1]);
      check_state (snapshot);
      g_assert_cmpint (sum_today (snapshot).offered, >, 0);
    }
}

static void
test_options (void)
{
  static const TdSimulationOptions wrong[] = {
    { .n_agents = 10001, .start = TUESDAY },
    { .n_queues = 501, .start = TUESDAY },
    { .scenario = "quiet", .start = TUESDAY },
    { .start = -1 },
    { .start = G_MAXINT64 },
    { .start = TUESDAY, .instance = "" },
    { .start = TUESDAY, .instance = "\xff" },
  };
  g_autoptr (TdSimulation) simulation = start (1, NULL, TUESDAY);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_assert_null (td_simulation_new (&wrong[i], &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
      g_clear_error (&error);
    }

  g_assert_false (td_simulation_set_scenario (simulation, "quiet", &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
  g_assert_nonnull (strstr (error->message, "understaffed"));
  g_assert_cmpstr (td_simulation_get_scenario (simulation), ==, "normal");
}

int
main (int   argc,
      char *argv[])
{
  const char *const *scenarios = td_simulation_get_scenarios ();

  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/simulation/normal-weekday-is-like-the-centre", test_normal_weekday);
  g_test_add_func ("/simulation/lockdown-brings-more-calls", test_lockdown);
  g_test_add_func ("/simulation/reduced-brings-fewer-calls", test_reduced);
  g_test_add_func ("/simulation/understaffed-serves-worse", test_understaffed);
  g_test_add_func ("/simulation/day-has-two-humps-and-sunday-fewer-calls", test_profile);
  for (guint i = 0; scenarios[i] != NULL; i++)
    {
      g_autofree char *path = g_strdup_printf ("/simulation/nothing-is-lost/%s", scenarios[i]);

      g_test_add_data_func (path, scenarios[i], test_conservation);
    }
  g_test_add_func ("/simulation/same-seed-is-same-day-in-any-steps", test_same_seed);
  g_test_add_func ("/simulation/deltas-add-up-to-the-full-state", test_deltas);
  g_test_add_func ("/simulation/midnight-starts-the-counts-anew", test_midnight);
  g_test_add_func ("/simulation/agents-sums-agree-with-queues", test_agent_sums);
  g_test_add_func ("/simulation/sizes-from-one-to-ten-thousand", test_sizes);
  g_test_add_func ("/simulation/wrong-options-are-refused", test_options);

  return g_test_run ();
}
