/* test-baseline.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>

#include "td-baseline.h"
#include "td-negative-binomial.h"

#define SLOTS 144
#define SLOT_MINUTES 5
#define DAY_CALLS 10000.0

/* A day with a peak in the morning and one in the afternoon; Mondays are busier. */
static double
true_mean (const TdCalendarDay *day,
           guint                slot)
{
  double x = (double)slot / SLOTS;
  double shape = 0.4 + exp (-30 * (x - 0.3) * (x - 0.3)) + 0.7 * exp (-30 * (x - 0.7) * (x - 0.7));

  return DAY_CALLS / SLOTS * shape / 0.93 * (day->weekday == 0 ? 1.2 : 1);
}

static TdCalendarDay
day_at (guint i)
{
  /* A Monday and after. */
  return td_calendar_day_new (739677 + i);
}

static void
teach (TdBaseline *baseline,
       guint       first,
       guint       n_days,
       double      factor)
{
  for (guint d = first; d < first + n_days; d++)
    {
      TdCalendarDay               day = day_at (d);
      g_autoptr (TdNormal) normal G_GNUC_UNUSED = td_baseline_morning (baseline, &day);
      double                      calls[SLOTS];

      for (guint i = 0; i < SLOTS; i++)
        calls[i] = round (factor * true_mean (&day, i));
      g_assert_true (td_baseline_night (baseline, calls));
    }
}

/* Mean absolute error of a morning, against the truth. */
static double
measure (TdBaseline *baseline,
         guint       d,
         double      factor)
{
  g_autoptr (TdBaseline) copy = td_baseline_copy (baseline);
  TdCalendarDay day = day_at (d);
  g_autoptr (TdNormal) normal = td_baseline_morning (copy, &day);
  double error = 0, sum = 0;

  for (guint i = 0; i < SLOTS; i++)
    {
      double mean = factor * true_mean (&day, i);

      error += fabs (normal->mean[i] - mean);
      sum += mean;
    }

  return error / sum;
}

static void
test_weekday_is_a_monday (void)
{
  g_assert_cmpuint (day_at (0).weekday, ==, 0);
}

static void
test_nothing_is_known_before_the_first_day (void)
{
  g_autoptr (TdBaseline) baseline = td_baseline_new (SLOT_MINUTES, SLOTS);
  TdCalendarDay day = day_at (0);
  g_autoptr (TdNormal) normal = td_baseline_morning (baseline, &day);

  g_assert_false (normal->known);
}

static void
test_one_day_already_helps (void)
{
  g_autoptr (TdBaseline) baseline = td_baseline_new (SLOT_MINUTES, SLOTS);

  teach (baseline, 1, 1, 1);
  g_assert_cmpfloat (measure (baseline, 2, 1), <, 0.05);
}

static void
test_weeks_teach_the_weekdays (void)
{
  g_autoptr (TdBaseline) baseline = td_baseline_new (SLOT_MINUTES, SLOTS);

  teach (baseline, 0, 42, 1);
  for (guint d = 42; d < 49; d++)
    g_assert_cmpfloat (measure (baseline, d, 1), <, 0.03);
}

static void
test_a_lockdown_is_followed_in_days (void)
{
  g_autoptr (TdBaseline) baseline = td_baseline_new (SLOT_MINUTES, SLOTS);

  teach (baseline, 0, 42, 1);
  teach (baseline, 42, 3, 0.6);
  g_assert_cmpfloat (measure (baseline, 45, 0.6), <, 0.15);
}

static void
test_a_surge_does_not_teach (void)
{
  g_autoptr (TdBaseline) baseline = td_baseline_new (SLOT_MINUTES, SLOTS);
  TdCalendarDay day = day_at (42);
  g_autoptr (TdNormal) normal = NULL;
  double calls[SLOTS];

  teach (baseline, 0, 42, 1);
  normal = td_baseline_morning (baseline, &day);
  for (guint i = 0; i < SLOTS; i++)
    calls[i] = round (true_mean (&day, i) * (i >= 60 && i < 84 ? 4 : 1));
  td_baseline_night (baseline, calls);
  g_assert_cmpfloat (measure (baseline, 43, 1), <, 0.06);
}

static void
test_what_was_not_observed_does_not_teach (void)
{
  g_autoptr (TdBaseline) baseline = td_baseline_new (SLOT_MINUTES, SLOTS);
  TdCalendarDay day = day_at (42);
  g_autoptr (TdNormal) normal = NULL;
  double calls[SLOTS];

  teach (baseline, 0, 42, 1);
  normal = td_baseline_morning (baseline, &day);
  for (guint i = 0; i < SLOTS; i++)
    calls[i] = i < 40 ? 0 : NAN;
  g_assert_false (td_baseline_night (baseline, calls));

  for (guint i = 0; i < SLOTS; i++)
    calls[i] = i < 70 ? NAN : round (true_mean (&day, i));
  g_assert_true (td_baseline_night (baseline, calls));
  g_assert_cmpfloat (measure (baseline, 43, 1), <, 0.04);
}

static void
test_today_is_followed (void)
{
  g_autoptr (TdBaseline) baseline = td_baseline_new (SLOT_MINUTES, SLOTS);
  TdCalendarDay day = day_at (42);
  g_autoptr (TdNormal) normal = NULL;
  TdToday today;
  double  expected = 0, rest, variance;

  teach (baseline, 0, 42, 1);
  normal = td_baseline_morning (baseline, &day);
  td_today_init (&today, normal);
  for (guint i = 0; i < SLOTS / 2; i++)
    td_today_step (&today, normal, round (1.1 * true_mean (&day, i)));
  for (guint i = SLOTS / 2; i < SLOTS; i++)
    expected += 1.1 * true_mean (&day, i);

  rest = td_today_forecast_rest (&today, normal, &variance);
  g_assert_cmpfloat (fabs (rest / expected - 1), <, 0.04);
  g_assert_cmpfloat (variance, >, rest);
  g_assert_cmpfloat (fabs (rest - expected), <, 3 * sqrt (variance));
}

static void
test_quantiles (void)
{
  /* By scipy.stats.nbinom.ppf. */
  static const struct
  {
    double mean, variance;
    double quantiles[5];
  } cases[] = {
    { 3.2, 5, { 0, 1, 3, 6, 8 } },
    { 120, 400, { 84, 95, 119, 146, 162 } },
    { 0.4, 0.5, { 0, 0, 0, 1, 2 } },
    { 2500, 40000, { 2123, 2247, 2495, 2759, 2906 } },
    { 7, 7, { 2, 4, 7, 10, 13 } },
  };
  static const double levels[] = { 0.025, 0.1, 0.5, 0.9, 0.975 };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      for (guint j = 0; j < G_N_ELEMENTS (levels); j++)
        g_assert_cmpfloat (td_negative_binomial_quantile (cases[i].mean, cases[i].variance, levels[j]), ==,
                           cases[i].quantiles[j]);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/baseline/days-are-counted-from-a-monday", test_weekday_is_a_monday);
  g_test_add_func ("/baseline/nothing-is-known-before-the-first-day", test_nothing_is_known_before_the_first_day);
  g_test_add_func ("/baseline/one-day-already-helps", test_one_day_already_helps);
  g_test_add_func ("/baseline/weeks-teach-the-weekdays", test_weeks_teach_the_weekdays);
  g_test_add_func ("/baseline/a-lockdown-is-followed-in-days", test_a_lockdown_is_followed_in_days);
  g_test_add_func ("/baseline/a-surge-does-not-teach", test_a_surge_does_not_teach);
  g_test_add_func ("/baseline/what-was-not-observed-does-not-teach", test_what_was_not_observed_does_not_teach);
  g_test_add_func ("/baseline/today-is-followed", test_today_is_followed);
  g_test_add_func ("/negative-binomial/quantiles", test_quantiles);

  return g_test_run ();
}
