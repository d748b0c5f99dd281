/* test-transient.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>

#include "td-transient.h"

#define assert_near(actual, expected, error) g_assert_cmpfloat (fabs ((actual) - (expected)), <=, (error))

static void
test_long_after_it_is_the_steady_state (void)
{
  static const struct
  {
    TdTraffic traffic;
    guint     agents;
  } rows[] = {
    { { 0.4, 200, 120 }, 85 },
    { { 0.4, 200, 120 }, 70 },
    { { 0.05, 240, 90 }, 12 },
    { { 0.01, 300, 600 }, 2 },
    { { 0.4, 200, INFINITY }, 92 },
    { { 1, 10, 5 }, 0 },
    { { 20, 200, 120 }, 4010 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      TdTransient       question = { .traffic = rows[i].traffic, .agents = rows[i].agents, .from = 30000, .until = 33600 };
      TdExpectedService steady = td_erlang_expect (&rows[i].traffic, rows[i].agents, 20, 5);
      TdExpectedService service;

      g_assert_true (td_transient_expect (&question, 20, 5, &service));
      assert_near (service.occupancy, rows[i].agents > 0 ? steady.occupancy : 0, 1e-4);
      assert_near (service.delayed, steady.delayed, 1e-4);
      assert_near (service.answered_in_time, steady.answered_in_time, 1e-4);
      assert_near (service.abandoned, steady.abandoned, 1e-4);
      assert_near (service.abandoned_in_time, steady.abandoned_in_time, 1e-4);
      assert_near (service.abandoned_short, steady.abandoned_short, 1e-4);
      assert_near (service.mean_wait, steady.mean_wait, 1e-2);
      assert_near (service.waiting, steady.waiting, 1e-2 * MAX (steady.waiting, 1));
      if (isfinite (steady.asa))
        assert_near (service.asa, steady.asa, 1e-2);
    }
}

/* One agent who has one call: who comes after t finds the line busy with exp (-t / aht). */
static void
test_begins_with_the_calls_of_this_moment (void)
{
  TdTransient       question = { .traffic = { 1e-9, 100, 50 }, .calls = 1, .agents = 1, .until = 200 };
  TdExpectedService service;

  g_assert_true (td_transient_expect (&question, 20, 5, &service));
  assert_near (service.delayed, (1 - exp (-2)) / 2, 0.01);
  /* Of two exponential times, that of the agent with 1/100 comes before that of the caller with 1/50. */
  assert_near (service.abandoned, service.delayed * 2 / 3, 1e-7);
  /* and the earlier of both, 1 / (1/100 + 1/50), by 20 s. */
  assert_near (service.answered_in_time, 1 - service.delayed + service.delayed / 3 * (1 - exp (-20 * 0.03)), 1e-7);
  assert_near (service.abandoned_in_time, service.delayed * 2 / 3 * (1 - exp (-20 * 0.03)), 1e-7);
  assert_near (service.mean_wait, service.delayed / 0.03, 1e-5);
}

/* A queue that stands already is worked off; the steady state knows nothing of it. */
static void
test_a_queue_that_stands_costs (void)
{
  TdTransient       question = { .traffic = { 0.4, 200, 120 }, .calls = 85, .agents = 85, .until = 900 };
  TdTransient       queue = question;
  TdExpectedService without, with;

  queue.calls += 40;
  g_assert_true (td_transient_expect (&question, 20, 5, &without));
  g_assert_true (td_transient_expect (&queue, 20, 5, &with));
  g_assert_cmpfloat (with.answered_in_time, <, without.answered_in_time - 0.05);
  g_assert_cmpfloat (with.mean_wait, >, without.mean_wait + 3);

  /* An hour later nobody remembers it. */
  question.from = queue.from = 3600;
  question.until = queue.until = 7200;
  g_assert_true (td_transient_expect (&question, 20, 5, &without));
  g_assert_true (td_transient_expect (&queue, 20, 5, &with));
  assert_near (with.answered_in_time, without.answered_in_time, 0.002);
}

/* Before they leave nothing differs; long after, it is as if they had never been there. */
static void
test_who_leave_are_missed_afterwards (void)
{
  TdTransient       stay = { .traffic = { 0.4, 200, 120 }, .calls = 80, .agents = 90, .until = 1800 };
  TdTransient       leave = stay;
  TdExpectedService before, after, steady;

  leave.leave_at = 1800;
  leave.leaving = 14;
  g_assert_true (td_transient_expect (&stay, 20, 5, &before));
  g_assert_true (td_transient_expect (&leave, 20, 5, &after));
  assert_near (after.answered_in_time, before.answered_in_time, 1e-12);

  leave.from = 1800;
  leave.until = 5400;
  g_assert_true (td_transient_expect (&leave, 20, 5, &after));
  g_assert_cmpfloat (after.answered_in_time, <, before.answered_in_time - 0.1);
  leave.from = 20000;
  leave.until = 25000;
  g_assert_true (td_transient_expect (&leave, 20, 5, &after));
  steady = td_erlang_expect (&leave.traffic, 76, 20, 5);
  assert_near (after.answered_in_time, steady.answered_in_time, 1e-4);

  /* As many who come make up for it. */
  leave.joining = 14;
  g_assert_true (td_transient_expect (&leave, 20, 5, &after));
  steady = td_erlang_expect (&leave.traffic, 90, 20, 5);
  assert_near (after.answered_in_time, steady.answered_in_time, 1e-4);
}

static void
test_odd_questions_have_sane_answers_or_none (void)
{
  TdTransient       question = { .traffic = { 0, 200, 120 }, .agents = 3, .until = 600 };
  TdExpectedService service;

  g_assert_true (td_transient_expect (&question, 20, 5, &service));
  assert_near (service.answered_in_time, 1, 0);
  assert_near (service.occupancy, 0, 0);

  question.leaving = 100;
  question.traffic = (TdTraffic){ 1e9, 1e-9, 0 };
  g_assert_true (td_transient_expect (&question, 20, 5, &service));
  g_assert_true (service.answered_in_time >= 0 && service.answered_in_time <= 1);
  g_assert_true (service.abandoned >= 0 && service.abandoned <= 1);

  question.until = 0;
  g_assert_false (td_transient_expect (&question, 20, 5, &service));
  question.until = NAN;
  g_assert_false (td_transient_expect (&question, 20, 5, &service));
  question.until = 600;
  question.calls = G_MAXUINT;
  g_assert_false (td_transient_expect (&question, 20, 5, &service));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/transient/long-after-it-is-the-steady-state", test_long_after_it_is_the_steady_state);
  g_test_add_func ("/transient/begins-with-the-calls-of-this-moment", test_begins_with_the_calls_of_this_moment);
  g_test_add_func ("/transient/a-queue-that-stands-costs", test_a_queue_that_stands_costs);
  g_test_add_func ("/transient/who-leave-are-missed-afterwards", test_who_leave_are_missed_afterwards);
  g_test_add_func ("/transient/odd-questions-have-sane-answers-or-none", test_odd_questions_have_sane_answers_or_none);

  return g_test_run ();
}
