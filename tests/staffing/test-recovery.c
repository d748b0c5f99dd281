/* test-recovery.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-recovery.h"

#include <math.h>

static void
check (gint64          good,
       gint64          counted,
       double          to_come,
       double          target,
       TdRecoveryState state,
       gint64          needed)
{
  TdRecovery recovery;

  td_recovery_reckon (good, counted, to_come, target, &recovery);
  g_assert_cmpint (recovery.state, ==, state);
  g_assert_cmpint (recovery.needed, ==, needed);
}

/* Reckoned by hand. */
static void
test_a_day_is_recovered (void)
{
  /* 300 of 400 are 75 %. With 160 more, 80 % of 560 are 448: 148 of them. */
  check (300, 400, 160, 0.8, TD_RECOVERY_NEEDS, 148);
  /* 80 % of 500 are 400: each of the 100 to come, and not one fewer. */
  check (300, 400, 100, 0.8, TD_RECOVERY_NEEDS, 100);
  check (300, 400, 99, 0.8, TD_RECOVERY_OUT_OF_REACH, 100);
  /* 80 % of 450 are 360: met already, also if nobody is answered any more. */
  check (360, 400, 50, 0.8, TD_RECOVERY_SAFE, 0);
  check (359, 400, 50, 0.8, TD_RECOVERY_NEEDS, 1);
  /* A day that has not begun. */
  check (0, 0, 10, 0.8, TD_RECOVERY_NEEDS, 8);
  check (0, 0, 0, 0.8, TD_RECOVERY_SAFE, 0);
  /* A day that is over. */
  check (319, 400, 0, 0.8, TD_RECOVERY_OUT_OF_REACH, 1);
  check (320, 400, -3, 0.8, TD_RECOVERY_SAFE, 0);
}

static void
test_what_nobody_knows_stays_unknown (void)
{
  check (300, 400, NAN, 0.8, TD_RECOVERY_UNKNOWN, 0);
  check (300, 400, INFINITY, 0.8, TD_RECOVERY_UNKNOWN, 0);
  check (300, 400, 160, NAN, TD_RECOVERY_UNKNOWN, 0);
  check (401, 400, 160, 0.8, TD_RECOVERY_UNKNOWN, 0);
  check (-1, 400, 160, 0.8, TD_RECOVERY_UNKNOWN, 0);
}

/* So many as are needed reach the target, and one fewer does not. */
static void
test_the_number_is_the_least_that_does (void)
{
  for (guint i = 0; i < 20000; i++)
    {
      gint64     counted = g_test_rand_int_range (0, 20000);
      gint64     good = g_test_rand_int_range (0, (gint32)counted + 1);
      gint64     to_come = g_test_rand_int_range (0, 20000);
      gint64     percent = g_test_rand_int_range (1, 101);
      TdRecovery recovery;

      td_recovery_reckon (good, counted, (double)to_come, (double)percent / 100, &recovery);
      g_assert_cmpint (recovery.state, !=, TD_RECOVERY_UNKNOWN);
      g_assert_cmpint (recovery.state == TD_RECOVERY_OUT_OF_REACH, ==, 100 * (good + to_come) < percent * (counted + to_come));
      g_assert_cmpint (100 * (good + recovery.needed), >=, percent * (counted + to_come));
      if (recovery.needed > 0)
        g_assert_cmpint (100 * (good + recovery.needed - 1), <, percent * (counted + to_come));
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/recovery/a-day-is-recovered", test_a_day_is_recovered);
  g_test_add_func ("/recovery/what-nobody-knows-stays-unknown", test_what_nobody_knows_stays_unknown);
  g_test_add_func ("/recovery/the-number-is-the-least-that-does", test_the_number_is_the_least_that_does);

  return g_test_run ();
}
