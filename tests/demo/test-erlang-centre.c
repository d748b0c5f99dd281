/* test-erlang-centre.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>

#include "td-erlang.h"
#include "td-metrics.h"
#include "td-simulation.h"
#include "td-transient.h"

#define SECOND G_GINT64_CONSTANT (1000000)
#define MINUTE (60 * SECOND)
#define HOUR (60 * MINUTE)

/* Tuesday 2026-11-24 00:00 in Asia/Ho_Chi_Minh */
#define TUESDAY (G_GINT64_CONSTANT (1795453200) * SECOND)

#define FIRST_HOUR 8
#define LAST_HOUR 20 /* not played any more */
#define N_SEEDS 3
#define T_S 20.0
#define SHORT_S 5.0
#define TARGET 0.8

/* What one moment shows. */
typedef struct
{
  TdCounts today;
  gint64   waiting;
  guint    serving;
  guint    busy;
} Look;

/* What an hour was like, and what the formulas say of it. */
typedef struct
{
  guint  hours;
  double level; /* error, in shares: of the expected less the real one */
  double level_off;
  double transient_off;
  double abandoned;
  double abandoned_off;
  double agree; /* share of the hours in which both meet the target, or both miss it */
} Errors;

static Look
look (TdSimulation *simulation)
{
  g_autoptr (TdSnapshot) snapshot = td_simulation_take_full (simulation);
  Look               seen = { 0 };
  guint              n_queues, n_agents;
  const TdQueueInfo *queues = td_snapshot_get_queues (snapshot, &n_queues);
  const TdAgentInfo *agents = td_snapshot_get_agents (snapshot, &n_agents);

  for (guint i = 0; i < n_queues; i++)
    {
      td_counts_add (&seen.today, &queues[i].today);
      seen.waiting += queues[i].waiting;
    }
  for (guint i = 0; i < n_agents; i++)
    {
      seen.serving += td_agent_state_is_serving (agents[i].state);
      seen.busy += agents[i].state == TD_AGENT_STATE_ON_CALL || agents[i].state == TD_AGENT_STATE_WRAP_UP;
    }

  return seen;
}

static double
get_handled_ms (const TdCounts *counts)
{
  return (double)(counts->talk_ms + counts->hold_ms + counts->wrap_up_ms);
}

/* Plays an hour, and holds it against the formulas for its own traffic. */
static void
play_hour (TdSimulation *simulation,
           gint64        from,
           Errors       *errors)
{
  TdTransient       question = { .until = 3600 };
  Look              before = look (simulation);
  Look              after = before;
  double            serving = 0, waited_s = 0, answered, abandoned, early, level, leave, expected;
  TdExpectedService service;

  for (guint i = 0; i < 60; i++)
    {
      serving += after.serving / 60.0;
      waited_s += (double)after.waiting * 60;
      td_simulation_advance (simulation, from + (i + 1) * MINUTE);
      after = look (simulation);
    }
  answered = (double)(after.today.answered - before.today.answered);
  abandoned = (double)(after.today.abandoned - before.today.abandoned);
  early = (double)(after.today.short_abandoned - before.today.short_abandoned);
  level = (double)(after.today.answered_in_time - before.today.answered_in_time) / (answered + abandoned - early);
  leave = abandoned / (answered + abandoned);

  question.traffic.rate = (double)(after.today.offered - before.today.offered) / 3600;
  question.traffic.aht = (get_handled_ms (&after.today) - get_handled_ms (&before.today)) / 1000 / answered;
  question.traffic.patience = (waited_s + 240) / (abandoned + 2);
  question.agents = (guint)round (serving);
  question.calls = before.busy + (guint)before.waiting;

  service = td_erlang_expect (&question.traffic, question.agents, T_S, SHORT_S);
  expected = td_erlang_service_level (&service, TD_SERVICE_LEVEL_LIVE);
  errors->hours++;
  errors->level += expected - level;
  errors->level_off += fabs (expected - level);
  errors->agree += (expected >= TARGET) == (level >= TARGET);
  errors->abandoned += service.abandoned - leave;
  errors->abandoned_off += fabs (service.abandoned - leave);
  g_test_message ("%.0f/h, AHT %.0f s, patience %.0f s, %u agents: level %.3f, expected %.3f; abandoned %.3f, expected %.3f",
                  question.traffic.rate * 3600, question.traffic.aht, question.traffic.patience, question.agents, level, expected,
                  leave, service.abandoned);

  g_assert_true (td_transient_expect (&question, T_S, SHORT_S, &service));
  errors->transient_off += fabs (td_erlang_service_level (&service, TD_SERVICE_LEVEL_LIVE) - level);
}

static void
play (const char *scenario,
      Errors     *errors)
{
  for (guint32 seed = 1; seed <= N_SEEDS; seed++)
    {
      TdSimulationOptions options = { .seed = seed, .scenario = scenario, .start = TUESDAY + FIRST_HOUR * HOUR, .no_past = TRUE };
      g_autoptr (GError) error = NULL;
      g_autoptr (TdSimulation) simulation = td_simulation_new (&options, &error);

      g_assert_no_error (error);
      for (guint hour = FIRST_HOUR; hour < LAST_HOUR; hour++)
        play_hour (simulation, TUESDAY + hour * HOUR, errors);
    }
  errors->level /= errors->hours;
  errors->level_off /= errors->hours;
  errors->transient_off /= errors->hours;
  errors->abandoned /= errors->hours;
  errors->abandoned_off /= errors->hours;
  errors->agree /= errors->hours;
  g_test_message ("%s, %u hours: level %+.3f, off by %.3f, from the hour's own begin by %.3f; abandoned %+.3f, off by %.3f; agree in %.2f", scenario,
                  errors->hours, errors->level, errors->level_off, errors->transient_off, errors->abandoned, errors->abandoned_off, errors->agree);
}

/* Measured: the level is expected 3.2 points too high and is off by 3.6 on
 * average, since not everybody serves every queue, phones ring before they are taken and
 * some callers hang up at once, which is also the 2.8 points of abandons that are not expected. */
static void
test_a_normal_day_is_as_expected (void)
{
  Errors errors = { 0 };

  play ("normal", &errors);
  g_assert_cmpuint (errors.hours, ==, N_SEEDS * (LAST_HOUR - FIRST_HOUR));
  g_assert_cmpfloat (errors.level_off, <, 0.05);
  g_assert_cmpfloat (errors.transient_off, <, 0.05);
  g_assert_cmpfloat (errors.abandoned_off, <, 0.04);
  g_assert_cmpfloat (errors.agree, >=, 0.85);
}

/* Measured: off by 10 points on average, and 6.7 too low: where far too few serve,
 * the queues that go first are answered in time at the cost of the others, and one queue for all
 * knows nothing of that. Whether the target is met, and how many hang up, is still told. */
static void
test_too_few_agents_are_told_from_enough (void)
{
  Errors errors = { 0 };

  play ("understaffed", &errors);
  g_assert_cmpfloat (errors.level_off, <, 0.13);
  g_assert_cmpfloat (errors.transient_off, <, 0.13);
  g_assert_cmpfloat (errors.abandoned_off, <, 0.035);
  g_assert_cmpfloat (errors.agree, >=, 0.85);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/erlang-centre/a-normal-day-is-as-expected", test_a_normal_day_is_as_expected);
  g_test_add_func ("/erlang-centre/too-few-agents-are-told-from-enough", test_too_few_agents_are_told_from_enough);

  return g_test_run ();
}
