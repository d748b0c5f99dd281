/* test-erlang.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>

#include "td-erlang.h"

#define assert_near(actual, expected, error) g_assert_cmpfloat (fabs ((actual) - (expected)), <=, (error))

static void
test_erlang_b_is_that_of_the_tables (void)
{
  /* ITU-T's Teletraffic Engineering Handbook, table of 1 %. */
  static const struct
  {
    guint  n;
    double erlangs;
  } one_percent[] = { { 1, 0.0101 }, { 5, 1.361 }, { 10, 4.461 }, { 20, 12.03 }, { 50, 37.90 }, { 100, 84.06 } };

  assert_near (td_erlang_b (1, 1), 0.5, 1e-15);
  assert_near (td_erlang_b (2, 1), 0.2, 1e-15);
  for (guint i = 0; i < G_N_ELEMENTS (one_percent); i++)
    assert_near (td_erlang_b (one_percent[i].n, one_percent[i].erlangs), 0.01, 1.5e-5);
  assert_near (td_erlang_b (0, 3), 1, 0);
  assert_near (td_erlang_b (3, 0), 0, 0);
  assert_near (td_erlang_b (10000, 10), 0, 1e-300);
}

static void
test_erlang_c_is_that_of_the_tables (void)
{
  /* 100 calls of three minutes in half an hour, as the calculators print it. */
  static const struct
  {
    guint  n;
    double waits;
    double in_time;
    double asa;
  } rows[] = { { 11, 0.682, 0.390, 122.8 }, { 12, 0.449, 0.640, 40.4 }, { 14, 0.174, 0.888, 7.8 } };
  const TdTraffic traffic = { 100 / 1800.0, 180, INFINITY };

  assert_near (td_erlang_c (2, 1), 1 / 3.0, 1e-15);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      TdExpectedService s = td_erlang_expect (&traffic, rows[i].n, 20, 5);

      assert_near (s.delayed, rows[i].waits, 6e-4);
      assert_near (s.answered_in_time, rows[i].in_time, 6e-4);
      assert_near (s.asa, rows[i].asa, 0.06);
      assert_near (s.occupancy, 10.0 / rows[i].n, 1e-12);
      g_assert_cmpfloat (s.abandoned, ==, 0);
    }
}

static void
test_more_than_they_can_take_waits_for_ever_where_nobody_leaves (void)
{
  const TdTraffic   traffic = { 1, 60, INFINITY };
  TdExpectedService s = td_erlang_expect (&traffic, 60, 20, 5);

  g_assert_true (isinf (s.mean_wait));
  assert_near (s.answered_in_time, 0, 0);
  assert_near (s.delayed, 1, 0);
  assert_near (s.occupancy, 1, 0);
}

static void
test_erlang_a_is_that_of_the_literature (void)
{
  /* Garnett, Mandelbaum & Reiman, "Designing a call center with impatient
   * customers", 2002, table 1: 50 agents, 48 calls a minute of one minute,
   * two minutes of patience. */
  const TdTraffic   traffic = { 48 / 60.0, 60, 120 };
  TdExpectedService s = td_erlang_expect (&traffic, 50, 20, 5);

  assert_near (s.abandoned, 0.031, 5e-4);
  assert_near (s.mean_wait, 3.7, 0.05);
  assert_near (s.waiting, 3, 0.5);
  assert_near (s.occupancy, 0.93, 5e-3);
}

/* The same queue as a chain of births and deaths: state by state, without an
 * integral. In logarithms, from the likeliest state outwards. */
static void
solve_chain (const TdTraffic *traffic,
             guint            agents,
             double          *delayed,
             double          *abandoned,
             double          *waiting)
{
  double             log_weight = 0;
  double             highest = 0;
  double             total = 0;
  double             busy = 0;
  double             queue = 0;
  guint              n_states = agents * 4 + 4000 + (guint)(traffic->rate * traffic->patience * 4);
  g_autofree double *weights = g_new (double, n_states);

  for (guint k = 0; k < n_states; k++)
    {
      if (k > 0)
        log_weight += log (traffic->rate / (MIN (k, agents) / traffic->aht + (k > agents ? (k - agents) / traffic->patience : 0)));
      weights[k] = log_weight;
      highest = MAX (highest, log_weight);
    }
  for (guint k = 0; k < n_states; k++)
    {
      double p = exp (weights[k] - highest);

      total += p;
      if (k >= agents)
        {
          busy += p;
          queue += p * (k - agents);
        }
    }
  *delayed = busy / total;
  *waiting = queue / total;
  *abandoned = *waiting / traffic->patience / traffic->rate;
}

static void
test_erlang_a_is_that_of_its_chain (void)
{
  static const double loads[] = { 0.05, 0.5, 0.9, 1, 1.1, 2, 8 };
  static const double patiences[] = { 0.5, 10, 60, 300, 3600 };
  static const guint  sizes[] = { 1, 2, 7, 50, 600, 10000 };

  for (guint i = 0; i < G_N_ELEMENTS (loads); i++)
    for (guint j = 0; j < G_N_ELEMENTS (patiences); j++)
      for (guint k = 0; k < G_N_ELEMENTS (sizes); k++)
        {
          const TdTraffic   traffic = { loads[i] * sizes[k] / 240, 240, patiences[j] };
          TdExpectedService s = td_erlang_expect (&traffic, sizes[k], 20, 5);
          double            delayed;
          double            abandoned;
          double            waiting;

          if (traffic.rate * traffic.patience > 1e5)
            continue; /* the chain is too long for a test */
          solve_chain (&traffic, sizes[k], &delayed, &abandoned, &waiting);
          assert_near (s.delayed, delayed, 1e-8);
          assert_near (s.abandoned, abandoned, 1e-8);
          assert_near (s.waiting, waiting, 1e-7 * MAX (waiting, 1));
        }
}

static int
compare_times (gconstpointer a,
               gconstpointer b)
{
  double x = *(const double *)a;
  double y = *(const double *)b;

  return (x > y) - (x < y);
}

/* Calls, one by one, by the dice: each goes to the agent who is free first,
 * or leaves before. */
static void
test_waits_are_those_of_calls_one_by_one (void)
{
  enum {
    N_CALLS = 400000,
    N_AGENTS = 20
  };
  const TdTraffic   traffic = { 22 / 180.0, 180, 90 };
  TdExpectedService s = td_erlang_expect (&traffic, N_AGENTS, 20, 5);
  g_autoptr (GRand) dice = g_rand_new_with_seed (7);
  double free_at[N_AGENTS] = { 0 };
  double now = 0;
  double in_time = 0;
  double left = 0;
  double left_in_time = 0;
  double left_early = 0;
  double waited = 0;

  for (guint i = 0; i < N_CALLS; i++)
    {
      double patience = -log1p (-g_rand_double (dice)) * traffic.patience;
      double wait;

      now -= log1p (-g_rand_double (dice)) / traffic.rate;
      qsort (free_at, N_AGENTS, sizeof (double), compare_times);
      wait = fmax (free_at[0] - now, 0);
      if (wait > patience)
        {
          left++;
          left_in_time += patience <= 20;
          left_early += patience <= 5;
          continue;
        }
      in_time += wait <= 20;
      waited += wait;
      free_at[0] = now + wait - log1p (-g_rand_double (dice)) * traffic.aht;
    }
  assert_near (s.answered_in_time, in_time / N_CALLS, 0.01);
  assert_near (s.abandoned, left / N_CALLS, 0.005);
  assert_near (s.abandoned_in_time, left_in_time / N_CALLS, 0.005);
  assert_near (s.abandoned_short, left_early / N_CALLS, 0.003);
  assert_near (s.asa, waited / (N_CALLS - left), 0.5);
}

static void
test_patience_lies_between_loss_and_endless_queue (void)
{
  TdTraffic         traffic = { 0.3, 200, TD_ERLANG_MAX_SECONDS };
  TdExpectedService patient = td_erlang_expect (&traffic, 65, 20, 5);
  TdExpectedService s;

  traffic.patience = INFINITY;
  s = td_erlang_expect (&traffic, 65, 20, 5);
  assert_near (patient.answered_in_time, s.answered_in_time, 1e-3);
  assert_near (patient.asa, s.asa, 0.05);

  traffic.patience = 0;
  s = td_erlang_expect (&traffic, 65, 20, 5);
  assert_near (s.abandoned, td_erlang_b (65, 60), 1e-4);
  assert_near (s.mean_wait, 0, 1e-3);
}

static void
test_shares_stay_shares_and_agents_only_help (void)
{
  g_autoptr (GRand) dice = g_rand_new_with_seed (11);

  for (guint i = 0; i < 400; i++)
    {
      const TdTraffic traffic = { exp (g_rand_double_range (dice, -9, 3.4)),
                                  exp (g_rand_double_range (dice, 0, 8)),
                                  exp (g_rand_double_range (dice, -3, 12)) };
      guint           about = (guint)(traffic.rate * traffic.aht * g_rand_double_range (dice, 0.5, 1.5));
      double          before = -1;

      for (guint n = MIN (about, 20000); n < MIN (about, 20000) + 4; n++)
        {
          TdExpectedService s = td_erlang_expect (&traffic, n, 20, 5);
          const double      shares[] = { s.occupancy, s.delayed, s.answered_in_time, s.abandoned, s.abandoned_in_time, s.abandoned_short };

          for (guint j = 0; j < G_N_ELEMENTS (shares); j++)
            {
              g_assert_cmpfloat (shares[j], >=, -1e-12);
              g_assert_cmpfloat (shares[j], <=, 1 + 1e-9);
            }
          g_assert_cmpfloat (s.answered_in_time + s.abandoned, <=, 1 + 1e-9);
          g_assert_cmpfloat (s.abandoned_short, <=, s.abandoned_in_time + 1e-12);
          g_assert_cmpfloat (s.abandoned_in_time, <=, s.abandoned + 1e-9);
          g_assert_cmpfloat (s.answered_in_time, >=, before - 1e-9);
          before = s.answered_in_time;
        }
    }
}

static void
test_the_fewest_who_reach_the_goal_are_needed (void)
{
  const TdServiceGoal goals[] = {
    { TD_SERVICE_LEVEL_LIVE, 0.8, 20, 5, 1 },
    { TD_SERVICE_LEVEL_OF_HANDLED, 0.95, 10, 5, 1 },
    { TD_SERVICE_LEVEL_OF_ANSWERED, 0.8, 20, 5, 0.85 },
  };
  const TdTraffic traffics[] = { { 100 / 1800.0, 180, INFINITY }, { 0.02, 240, 90 }, { 2, 300, 120 }, { 28, 300, 60 } };

  for (guint i = 0; i < G_N_ELEMENTS (goals); i++)
    for (guint j = 0; j < G_N_ELEMENTS (traffics); j++)
      {
        guint needed;

        g_assert_true (td_erlang_agents_needed (&traffics[j], &goals[i], &needed));
        for (guint n = needed - 1; n <= needed; n++)
          {
            TdExpectedService s = td_erlang_expect (&traffics[j], n, goals[i].threshold, goals[i].short_limit);
            gboolean          reached = td_erlang_service_level (&s, goals[i].formula) >= goals[i].target && s.occupancy <= goals[i].max_occupancy;

            g_assert_cmpint (reached, ==, n == needed);
          }
      }

  {
    /* The calculators' example: 80 % within 20 s. */
    guint needed;

    g_assert_true (td_erlang_agents_needed (&traffics[0], &goals[0], &needed));
    g_assert_cmpuint (needed, ==, 14);
    g_assert_true (td_erlang_agents_needed (&(TdTraffic){ 0, 180, 60 }, &goals[0], &needed));
    g_assert_cmpuint (needed, ==, 0);
  }
}

static void
test_what_no_number_reaches_is_said (void)
{
  /* 999 calls a second of a day each. */
  const TdTraffic     traffic = { 999, 86400, INFINITY };
  const TdServiceGoal goal = { TD_SERVICE_LEVEL_LIVE, 0.8, 20, 5, 1 };
  guint               needed;

  g_assert_false (td_erlang_agents_needed (&traffic, &goal, &needed));
}

static void
test_nobody_serves_nobody (void)
{
  const TdTraffic   calls = { 1, 60, 30 };
  const TdTraffic   none = { 0, 60, 30 };
  TdExpectedService s = td_erlang_expect (&calls, 0, 20, 5);

  assert_near (s.abandoned, 1, 0);
  assert_near (s.mean_wait, 30, 0);
  assert_near (s.answered_in_time, 0, 0);
  s = td_erlang_expect (&none, 3, 20, 5);
  assert_near (s.answered_in_time, 1, 0);
  assert_near (s.occupancy, 0, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/erlang/b-is-that-of-the-tables", test_erlang_b_is_that_of_the_tables);
  g_test_add_func ("/erlang/c-is-that-of-the-tables", test_erlang_c_is_that_of_the_tables);
  g_test_add_func ("/erlang/more-than-they-can-take-waits-for-ever-where-nobody-leaves",
                   test_more_than_they_can_take_waits_for_ever_where_nobody_leaves);
  g_test_add_func ("/erlang/a-is-that-of-the-literature", test_erlang_a_is_that_of_the_literature);
  g_test_add_func ("/erlang/a-is-that-of-its-chain", test_erlang_a_is_that_of_its_chain);
  g_test_add_func ("/erlang/waits-are-those-of-calls-one-by-one", test_waits_are_those_of_calls_one_by_one);
  g_test_add_func ("/erlang/patience-lies-between-loss-and-endless-queue",
                   test_patience_lies_between_loss_and_endless_queue);
  g_test_add_func ("/erlang/shares-stay-shares-and-agents-only-help", test_shares_stay_shares_and_agents_only_help);
  g_test_add_func ("/erlang/the-fewest-who-reach-the-goal-are-needed", test_the_fewest_who_reach_the_goal_are_needed);
  g_test_add_func ("/erlang/what-no-number-reaches-is-said", test_what_no_number_reaches_is_said);
  g_test_add_func ("/erlang/nobody-serves-nobody", test_nobody_serves_nobody);

  return g_test_run ();
}
