/* test-metrics.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <math.h>

#include "td-metrics.h"

#define NEAR 1e-9

/* A morning: 100 calls came; 80 were answered, 60 of them in time; 15 hung up,
 * 6 of them in time and 4 of those before the short limit; 2 flowed out; 3 wait. */
static const TdCounts morning = {
  .offered = 100,
  .answered = 80,
  .answered_in_time = 60,
  .abandoned = 15,
  .abandoned_in_time = 6,
  .short_abandoned = 4,
  .flowed_out = 2,
  .wait_ms = 1600000,
  .talk_ms = 12000000,
  .hold_ms = 800000,
  .wrap_up_ms = 3200000,
  .max_wait_ms = 240000,
};

static const TdCounts nothing = { 0 };

static void
assert_near (double value,
             double expected)
{
  g_assert_false (isnan (value));
  g_assert_cmpfloat_with_epsilon (value, expected, NEAR);
}

static void
test_six_service_levels (void)
{
  assert_near (td_metrics_service_level (TD_SERVICE_LEVEL_LIVE, &morning, 2), 60.0 / (80 + 15 - 4 + 2));
  assert_near (td_metrics_service_level (TD_SERVICE_LEVEL_OF_ANSWERED, &morning, 2), 60.0 / 80);
  assert_near (td_metrics_service_level (TD_SERVICE_LEVEL_OF_HANDLED, &morning, 2), 60.0 / 95);
  assert_near (td_metrics_service_level (TD_SERVICE_LEVEL_IN_TIME, &morning, 2), 66.0 / 95);
  assert_near (td_metrics_service_level (TD_SERVICE_LEVEL_LESS_EARLY, &morning, 2), 60.0 / 89);
  assert_near (td_metrics_service_level (TD_SERVICE_LEVEL_OF_OFFERED, &morning, 2), 60.0 / 96);
}

static void
test_a_call_fails_when_it_crosses_t (void)
{
  TdCounts counts = nothing;

  counts.offered = 2;
  counts.answered = 1;
  counts.answered_in_time = 1;

  assert_near (td_metrics_service_level (TD_SERVICE_LEVEL_LIVE, &counts, 0), 1.0);
  assert_near (td_metrics_service_level (TD_SERVICE_LEVEL_LIVE, &counts, 1), 0.5);

  /* Nobody was answered yet, and one caller waits beyond T: that is 0 %, not unknown. */
  assert_near (td_metrics_service_level (TD_SERVICE_LEVEL_LIVE, &nothing, 1), 0.0);
}

static void
test_no_calls_yet_is_unknown (void)
{
  for (guint formula = 0; formula < TD_N_SERVICE_LEVEL_FORMULAS; formula++)
    g_assert_true (isnan (td_metrics_service_level (formula, &nothing, 0)));
  g_assert_true (isnan (td_metrics_abandon_rate (&nothing, 0)));
  g_assert_true (isnan (td_metrics_asa (&nothing)));
  g_assert_true (isnan (td_metrics_aht (&nothing)));
  g_assert_true (isnan (td_metrics_occupancy (0, 0, 0, 0, 0)));
}

static void
test_only_short_abandons_is_unknown (void)
{
  TdCounts counts = nothing;

  counts.offered = counts.abandoned = counts.abandoned_in_time = counts.short_abandoned = 7;

  g_assert_true (isnan (td_metrics_service_level (TD_SERVICE_LEVEL_LIVE, &counts, 0)));
  g_assert_true (isnan (td_metrics_service_level (TD_SERVICE_LEVEL_LESS_EARLY, &counts, 0)));
  g_assert_true (isnan (td_metrics_service_level (TD_SERVICE_LEVEL_OF_OFFERED, &counts, 0)));
  g_assert_true (isnan (td_metrics_abandon_rate (&counts, 0)));

  /* The formulas that do not leave them out show what they are worth. */
  assert_near (td_metrics_service_level (TD_SERVICE_LEVEL_OF_HANDLED, &counts, 0), 0.0);
  assert_near (td_metrics_service_level (TD_SERVICE_LEVEL_IN_TIME, &counts, 0), 1.0);
}

static void
test_unknown_input_is_unknown_output (void)
{
  const struct
  {
    TdServiceLevelFormula formula;
    gsize                 fields[4];
    guint                 n_fields;
  } needs[] = {
    { TD_SERVICE_LEVEL_LIVE, { 2, 1, 3, 5 }, 4 },
    { TD_SERVICE_LEVEL_OF_ANSWERED, { 2, 1 }, 2 },
    { TD_SERVICE_LEVEL_OF_HANDLED, { 2, 1, 3 }, 3 },
    { TD_SERVICE_LEVEL_IN_TIME, { 2, 1, 3, 4 }, 4 },
    { TD_SERVICE_LEVEL_LESS_EARLY, { 2, 1, 3, 4 }, 4 },
    { TD_SERVICE_LEVEL_OF_OFFERED, { 2, 0, 5 }, 3 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (needs); i++)
    {
      for (guint field = 0; field < TD_N_COUNTS_FIELDS; field++)
        {
          TdCounts counts = morning;
          gboolean needed = FALSE;

          for (guint j = 0; j < needs[i].n_fields; j++)
            needed |= needs[i].fields[j] == field;
          G_STRUCT_MEMBER (gint64, &counts, td_counts_fields[field].offset) = TD_UNKNOWN;
          g_assert_cmpint (isnan (td_metrics_service_level (needs[i].formula, &counts, 0)), ==, needed);
        }
    }

  g_assert_true (isnan (td_metrics_service_level (TD_SERVICE_LEVEL_LIVE, &morning, TD_UNKNOWN)));
  g_assert_false (isnan (td_metrics_service_level (TD_SERVICE_LEVEL_OF_HANDLED, &morning, TD_UNKNOWN)));
  g_assert_true (isnan (td_metrics_abandon_rate (&morning, TD_UNKNOWN)));
  g_assert_true (isnan (td_metrics_occupancy (1, 1, TD_UNKNOWN, 1, 1)));
}

static void
test_contradicting_counts_are_unknown (void)
{
  TdCounts counts = morning;

  counts.answered_in_time = 81;
  g_assert_true (isnan (td_metrics_service_level (TD_SERVICE_LEVEL_OF_ANSWERED, &counts, 0)));

  counts = morning;
  counts.short_abandoned = 16;
  g_assert_true (isnan (td_metrics_abandon_rate (&counts, 3)));
}

static void
test_abandon_rate_leaves_out_short_and_waiting (void)
{
  assert_near (td_metrics_abandon_rate (&morning, 3), 11.0 / (100 - 4 - 3));
}

static void
test_means_and_occupancy (void)
{
  assert_near (td_metrics_asa (&morning), 20.0);
  assert_near (td_metrics_aht (&morning), 200.0);
  assert_near (td_metrics_occupancy (100, 500, 100, 100, 200), 0.8);
  assert_near (td_metrics_occupancy (0, 0, 0, 0, 200), 0.0);
}

static void
test_agent_occupancy_counts_the_running_state (void)
{
  TdAgentInfo agent;

  td_agent_info_init (&agent);
  g_assert_true (isnan (td_metrics_agent_occupancy (&agent, 10)));

  agent.ringing_ms = agent.hold_ms = agent.wrap_up_ms = 0;
  agent.talk_ms = 30000;
  agent.available_ms = 10000;
  agent.answered = 2;
  agent.state = TD_AGENT_STATE_ON_CALL;
  agent.since = 0;
  assert_near (td_metrics_agent_occupancy (&agent, 60 * G_USEC_PER_SEC), 0.9);
  agent.state = TD_AGENT_STATE_PAUSED;
  assert_near (td_metrics_agent_occupancy (&agent, 60 * G_USEC_PER_SEC), 0.75);
  assert_near (td_metrics_agent_aht (&agent), 15.0);
}

static void
test_ewt (void)
{
  assert_near (td_metrics_ewt (4, 200, 10), 80);
  g_assert_true (isnan (td_metrics_ewt (4, 200, 0)));
  g_assert_true (isnan (td_metrics_ewt (4, NAN, 10)));
  g_assert_true (isnan (td_metrics_ewt (TD_UNKNOWN, 200, 10)));
}

static void
test_rates (void)
{
  assert_near (td_metrics_deviation (339, 176), 339.0 / 176 - 1);
  g_assert_true (isnan (td_metrics_deviation (3, 0)));
  g_assert_true (isnan (td_metrics_deviation (NAN, 10)));
  assert_near (td_metrics_workload (44, 4, 8), 1.375);
  g_assert_true (isnan (td_metrics_workload (44, 0, 8)));
  g_assert_true (isnan (td_metrics_workload (TD_UNKNOWN, 4, 8)));
  assert_near (td_metrics_per_minute (30, 15), 2);
  g_assert_true (isnan (td_metrics_per_minute (TD_UNKNOWN, 15)));
}

static void
test_ages (void)
{
  g_assert_cmpint (td_metrics_age_ms (1000000, 3500000), ==, 2500);
  g_assert_cmpint (td_metrics_age_ms (3500000, 1000000), ==, 0);
  g_assert_cmpint (td_metrics_age_ms (TD_UNKNOWN, 1000000), ==, TD_UNKNOWN);
  g_assert_cmpint (td_metrics_age_ms (1000000, TD_UNKNOWN), ==, TD_UNKNOWN);
}

static void
test_sums_keep_holes (void)
{
  TdCounts sum = morning;
  TdCounts part = morning;

  part.hold_ms = TD_UNKNOWN;
  part.max_wait_ms = 300000;
  td_counts_add (&sum, &part);

  g_assert_cmpint (sum.offered, ==, 200);
  g_assert_cmpint (sum.talk_ms, ==, 24000000);
  g_assert_cmpint (sum.hold_ms, ==, TD_UNKNOWN);
  g_assert_cmpint (sum.max_wait_ms, ==, 300000);
}

static void
test_a_fallen_counter_is_a_reset (void)
{
  TdCounts later = morning;
  TdCounts difference;

  later.offered += 5;
  later.answered += 4;
  later.hold_ms = TD_UNKNOWN;
  g_assert_true (td_counts_subtract (&difference, &later, &morning));
  g_assert_cmpint (difference.offered, ==, 5);
  g_assert_cmpint (difference.answered, ==, 4);
  g_assert_cmpint (difference.abandoned, ==, 0);
  g_assert_cmpint (difference.hold_ms, ==, TD_UNKNOWN);
  g_assert_cmpint (difference.max_wait_ms, ==, TD_UNKNOWN);

  g_assert_false (td_counts_subtract (&difference, &nothing, &morning));
  g_assert_cmpint (difference.offered, ==, TD_UNKNOWN);
}

static void
test_tally (void)
{
  TdAgentTally tally = { 0 };

  for (guint state = 0; state < TD_N_AGENT_STATES; state++)
    td_agent_tally_add (&tally, state);

  g_assert_cmpuint (tally.total, ==, 8);
  g_assert_cmpuint (tally.staffed, ==, 6);
  g_assert_cmpuint (tally.serving, ==, 4);
  g_assert_cmpuint (tally.by_state[TD_AGENT_STATE_PAUSED], ==, 1);
}

static void
test_words (void)
{
  for (guint state = 0; state < TD_N_AGENT_STATES; state++)
    {
      TdAgentState read;

      g_assert_true (td_agent_state_from_string (td_agent_state_to_string (state), &read));
      g_assert_cmpint (read, ==, state);
    }
  for (guint place = 0; place < TD_N_PLACES; place++)
    {
      TdPlace read;

      g_assert_true (td_place_from_string (td_place_to_string (place), &read));
      g_assert_cmpint (read, ==, place);
    }

  TdAgentState state = TD_AGENT_STATE_PAUSED;

  g_assert_false (td_agent_state_from_string ("dancing", &state));
  g_assert_cmpint (state, ==, TD_AGENT_STATE_UNKNOWN);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/metrics/six-service-levels", test_six_service_levels);
  g_test_add_func ("/metrics/a-call-fails-when-it-crosses-t", test_a_call_fails_when_it_crosses_t);
  g_test_add_func ("/metrics/no-calls-yet-is-unknown", test_no_calls_yet_is_unknown);
  g_test_add_func ("/metrics/only-short-abandons-is-unknown", test_only_short_abandons_is_unknown);
  g_test_add_func ("/metrics/unknown-input-is-unknown-output", test_unknown_input_is_unknown_output);
  g_test_add_func ("/metrics/contradicting-counts-are-unknown", test_contradicting_counts_are_unknown);
  g_test_add_func ("/metrics/abandon-rate-leaves-out-short-and-waiting", test_abandon_rate_leaves_out_short_and_waiting);
  g_test_add_func ("/metrics/means-and-occupancy", test_means_and_occupancy);
  g_test_add_func ("/metrics/agent-occupancy-counts-the-running-state", test_agent_occupancy_counts_the_running_state);
  g_test_add_func ("/metrics/expected-wait", test_ewt);
  g_test_add_func ("/metrics/rates", test_rates);
  g_test_add_func ("/metrics/ages", test_ages);
  g_test_add_func ("/metrics/sums-keep-holes", test_sums_keep_holes);
  g_test_add_func ("/metrics/a-fallen-counter-is-a-reset", test_a_fallen_counter_is_a_reset);
  g_test_add_func ("/metrics/tally", test_tally);
  g_test_add_func ("/metrics/words", test_words);

  return g_test_run ();
}
