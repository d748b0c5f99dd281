/* test-surge.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>

#include "td-day-watch.h"

#define RATE 12.0

/* Counts as even as whole numbers can be, so that chance plays no part. */
static double
even (guint  minute,
      double rate)
{
  return floor (rate * (minute + 1)) - floor (rate * minute);
}

static guint
find (TdSurgeDirection direction,
      double           factor)
{
  TdSurge surge;

  td_surge_init (&surge, direction, 1);
  for (guint i = 0; i < 60; i++)
    {
      if (td_surge_step (&surge, even (i, RATE * factor), RATE, RATE))
        return i + 1;
    }

  return 0;
}

static void
test_what_is_expected_is_no_alarm (void)
{
  TdSurge up, down;

  td_surge_init (&up, TD_SURGE_UP, 1);
  td_surge_init (&down, TD_SURGE_DOWN, 1);
  for (guint i = 0; i < 10000; i++)
    {
      g_assert_false (td_surge_step (&up, even (i, RATE), RATE, RATE));
      g_assert_false (td_surge_step (&down, even (i, RATE), RATE, RATE));
    }
}

static void
test_the_larger_the_sooner (void)
{
  g_assert_cmpuint (find (TD_SURGE_UP, 5), ==, 1);
  g_assert_cmpuint (find (TD_SURGE_UP, 2), <=, 3);
  g_assert_cmpuint (find (TD_SURGE_UP, 1.5), <=, 10);
  g_assert_cmpuint (find (TD_SURGE_UP, 1.5), >, find (TD_SURGE_UP, 2));
  g_assert_cmpuint (find (TD_SURGE_UP, 0.5), ==, 0);
  g_assert_cmpuint (find (TD_SURGE_DOWN, 0), ==, 1);
  g_assert_cmpuint (find (TD_SURGE_DOWN, 0.5), <=, 6);
  g_assert_cmpuint (find (TD_SURGE_DOWN, 2), ==, 0);
}

static void
test_more_streams_need_more (void)
{
  TdSurge one, hundred;

  td_surge_init (&one, TD_SURGE_UP, 1);
  td_surge_init (&hundred, TD_SURGE_UP, 100);
  g_assert_cmpfloat_with_epsilon (hundred.threshold - one.threshold, log (100), 1e-9);
}

static void
test_an_alarm_ends_when_it_is_quiet (void)
{
  TdSurge surge;
  guint   n_begun = 0;

  td_surge_init (&surge, TD_SURGE_UP, 1);
  for (guint i = 0; i < 40; i++)
    n_begun += td_surge_step (&surge, 3 * RATE, RATE, RATE) ? 1 : 0;
  g_assert_cmpuint (n_begun, ==, 1);
  g_assert_true (surge.latched);

  for (guint i = 0; i < TD_SURGE_HOLD_MINUTES - 1; i++)
    td_surge_step (&surge, even (i, RATE), RATE, RATE);
  g_assert_true (surge.latched);
  for (guint i = 0; i < 6; i++)
    td_surge_step (&surge, even (i, RATE), RATE, RATE);
  g_assert_false (surge.latched);
}

/* As chance has them; the same at each run. */
static double
draw (GRand *random,
      double rate)
{
  double limit = exp (-rate), product = g_rand_double (random);
  double n = 0;

  for (; product > limit; n++)
    product *= g_rand_double (random);

  return n;
}

/* How long after an hour of it an alarm goes on: the median or worse. */
static guint
find_end (TdSurgeDirection direction,
          double           rate,
          double           factor,
          double           share)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (1);
  g_autoptr (GArray) ends = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint run = 0; run < 200; run++)
    {
      TdSurge surge;
      guint   end = 0;

      td_surge_init (&surge, direction, 12);
      for (guint i = 0; i < 60; i++)
        td_surge_step (&surge, draw (random, rate * factor), rate, rate);
      if (!surge.latched)
        continue;

      for (; surge.latched && end < 600; end++)
        td_surge_step (&surge, draw (random, rate), rate, rate);
      for (guint i = 0; i <= ends->len; i++)
        {
          if (i == ends->len || g_array_index (ends, guint, i) > end)
            {
              g_array_insert_val (ends, i, end);
              break;
            }
        }
    }
  g_assert_cmpuint (ends->len, >, 50);

  return g_array_index (ends, guint, (guint)(share * (ends->len - 1)));
}

/* On a line of few calls too: what spoke for the change fades there in hours. */
static void
test_an_alarm_ends_soon_after_its_reason (void)
{
  static const double factors[][2] = { [TD_SURGE_UP] = { 2, 5 }, [TD_SURGE_DOWN] = { 0.5, 0 } };

  for (guint direction = 0; direction < 2; direction++)
    {
      for (guint i = 0; i < 2; i++)
        {
          double factor = factors[direction][i];

          g_assert_cmpuint (find_end ((TdSurgeDirection)direction, 12, factor, 0.5), <=, 15);
          g_assert_cmpuint (find_end ((TdSurgeDirection)direction, 12, factor, 0.9), <=, 25);
          g_assert_cmpuint (find_end ((TdSurgeDirection)direction, 1.2, factor, 0.5), <=, 30);
          g_assert_cmpuint (find_end ((TdSurgeDirection)direction, 1.2, factor, 0.9), <=, 60);
        }
    }
}

/* It ends neither for a few minutes in which chance lets it pause, nor to be
 * told anew. */
static void
test_a_change_that_lasts_does_not_flap (void)
{
  static const double factors[] = { [TD_SURGE_UP] = 1.5, [TD_SURGE_DOWN] = 0.5 };

  for (guint direction = 0; direction < 2; direction++)
    {
      g_autoptr (GRand) random = g_rand_new_with_seed (2);
      TdSurge surge;
      guint   n_ended = 0;

      td_surge_init (&surge, (TdSurgeDirection)direction, 12);
      for (guint i = 0; i < 20 * 600; i++)
        {
          gboolean was_on = surge.latched;

          td_surge_step (&surge, draw (random, RATE * factors[direction]), RATE, RATE);
          n_ended += was_on && !surge.latched ? 1 : 0;
        }
      /* Twenty days of ten hours each. */
      g_assert_cmpuint (n_ended, <=, 2);
    }
}

/* It takes about as long to prove as an alarm holds. */
static void
test_a_small_surge_that_lasts_is_told_once (void)
{
  TdSurge surge;
  guint   n_begun = 0;

  td_surge_init (&surge, TD_SURGE_UP, 1);
  for (guint i = 0; i < 600; i++)
    n_begun += td_surge_step (&surge, even (i, 1.2 * RATE), RATE, RATE) ? 1 : 0;

  g_assert_cmpuint (n_begun, ==, 1);
}

static void
test_a_surge_that_grows_is_told_again (void)
{
  TdSurge surge;
  guint   n_small = 0, n_large = 0;

  td_surge_init (&surge, TD_SURGE_UP, 1);
  for (guint i = 0; i < 120; i++)
    n_small += td_surge_step (&surge, even (i, 1.2 * RATE), RATE, RATE) ? 1 : 0;
  for (guint i = 0; i < 60; i++)
    n_large += td_surge_step (&surge, even (i, 5 * RATE), RATE, RATE) ? 1 : 0;

  g_assert_cmpuint (n_small, ==, 1);
  g_assert_cmpuint (n_large, ==, 1);
}

static TdNormal *
make_normal (void)
{
  TdNormal *normal = td_normal_new (120, 5);

  normal->known = TRUE;
  normal->rho = pow (0.5, 5.0 / 120);
  normal->day_var = 0.02;
  normal->swing_var = 0.002;
  normal->white_var = 0.001;
  for (guint i = 0; i < normal->n_slots; i++)
    {
      normal->mean[i] = RATE * 5;
      normal->loading[i] = 1;
      normal->error[i] = 0.001;
    }

  return normal;
}

static void
test_minutes_not_observed_are_no_silence (void)
{
  g_autoptr (TdNormal) normal = make_normal ();
  g_autoptr (TdDayWatch) watch = td_day_watch_new (normal, 1);

  for (guint i = 0; i < 300; i++)
    {
      gboolean     dark = i >= 100 && i < 200;
      TdDayVerdict verdict = td_day_watch_step (watch, dark ? NAN : even (i, RATE));

      g_assert_false (verdict.silence_begins);
      g_assert_false (verdict.surge_begins);
      g_assert_cmpfloat_with_epsilon (verdict.expected, RATE, 0.5);
    }
}

static void
test_a_surge_is_not_its_own_normal (void)
{
  g_autoptr (TdNormal) normal = make_normal ();
  g_autoptr (TdDayWatch) watch = td_day_watch_new (normal, 1);
  guint n_begun = 0;

  for (guint i = 0; i < 400; i++)
    {
      TdDayVerdict verdict = td_day_watch_step (watch, even (i, i >= 200 ? 2 * RATE : RATE));

      n_begun += verdict.surge_begins ? 1 : 0;
      if (i >= 205)
        {
          g_assert_true (verdict.surging);
          g_assert_cmpfloat (verdict.expected, <, 1.1 * RATE);
        }
    }

  g_assert_cmpuint (n_begun, ==, 1);
}

static void
test_what_outlasts_midnight_is_not_told_again (void)
{
  g_autoptr (TdNormal) normal = make_normal ();
  g_autoptr (TdDayWatch) watch = td_day_watch_new (normal, 1);

  td_day_watch_go_on (watch, TRUE, FALSE);
  for (guint i = 0; i < 60; i++)
    {
      TdDayVerdict verdict = td_day_watch_step (watch, even (i, 5 * RATE));

      g_assert_true (verdict.surging);
      g_assert_false (verdict.surge_begins);
    }
}

static void
test_a_small_surge_is_found (void)
{
  g_autoptr (TdNormal) normal = make_normal ();
  g_autoptr (TdDayWatch) watch = td_day_watch_new (normal, 1);
  guint began = 0;

  for (guint i = 0; i < 300; i++)
    {
      if (td_day_watch_step (watch, even (i, i >= 200 ? 1.22 * RATE : RATE)).surge_begins && began == 0)
        began = i;
    }

  g_assert_cmpuint (began, >, 210);
  g_assert_cmpuint (began, <, 260);
}

static void
test_a_busy_day_is_told (void)
{
  g_autoptr (TdNormal) normal = make_normal ();
  g_autoptr (TdDayWatch) busy = NULL;
  g_autoptr (TdDayWatch) plain = td_day_watch_new (normal, 1);
  gboolean found = FALSE;

  normal->day_var = 0.002;
  busy = td_day_watch_new (normal, 1);
  for (guint i = 0; i < 180; i++)
    {
      found |= td_day_watch_step (busy, even (i, 1.2 * RATE)).running_high;
      g_assert_false (td_day_watch_step (plain, even (i, RATE)).running_high);
    }

  g_assert_true (found);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/surge/what-is-expected-is-no-alarm", test_what_is_expected_is_no_alarm);
  g_test_add_func ("/surge/the-larger-the-sooner", test_the_larger_the_sooner);
  g_test_add_func ("/surge/more-streams-need-more-evidence", test_more_streams_need_more);
  g_test_add_func ("/surge/an-alarm-ends-when-it-is-quiet", test_an_alarm_ends_when_it_is_quiet);
  g_test_add_func ("/surge/an-alarm-ends-soon-after-its-reason", test_an_alarm_ends_soon_after_its_reason);
  g_test_add_func ("/surge/a-change-that-lasts-does-not-flap", test_a_change_that_lasts_does_not_flap);
  g_test_add_func ("/surge/a-small-surge-that-lasts-is-told-once", test_a_small_surge_that_lasts_is_told_once);
  g_test_add_func ("/surge/a-surge-that-grows-is-told-again", test_a_surge_that_grows_is_told_again);
  g_test_add_func ("/day-watch/minutes-not-observed-are-no-silence", test_minutes_not_observed_are_no_silence);
  g_test_add_func ("/day-watch/a-surge-is-not-its-own-normal", test_a_surge_is_not_its_own_normal);
  g_test_add_func ("/day-watch/what-outlasts-midnight-is-not-told-again", test_what_outlasts_midnight_is_not_told_again);
  g_test_add_func ("/day-watch/a-small-surge-is-found", test_a_small_surge_is_found);
  g_test_add_func ("/day-watch/a-busy-day-is-told", test_a_busy_day_is_told);

  return g_test_run ();
}
