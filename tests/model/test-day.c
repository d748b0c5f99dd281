/* test-day.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <math.h>

#include "td-day.h"

#include "td-fixture.h"

static gint64 revision;

static void
look (TdCentre   *centre,
      gint64      seconds,
      gint64      offered,
      const char *instance)
{
  TdSnapshotBuilder *builder = fixture_begin (++revision, TD_UNKNOWN, instance, FIXTURE_START + FIXTURE_SECONDS (seconds));
  g_autoptr (TdSnapshot) snapshot = NULL;
  g_autoptr (GError) error = NULL;

  fixture_queue (builder, "q1", offered, 0);
  snapshot = td_snapshot_builder_end (builder);
  td_centre_apply (centre, snapshot, &error);
  g_assert_no_error (error);
}

static void
test_counts_by_minute (void)
{
  g_autoptr (TdCentre) centre = td_centre_new ();
  g_autoptr (TdDay) day = td_day_new (centre);
  double minutes[5];

  look (centre, 0, 0, "i");
  look (centre, 30, 2, "i");
  look (centre, 59, 3, "i");
  look (centre, 60, 3, "i");
  look (centre, 119, 10, "i");
  td_day_observe (day, FIXTURE_START + FIXTURE_SECONDS (185));

  g_assert_cmpint (td_day_get_start (day), ==, FIXTURE_START);
  g_assert_cmpuint (td_day_get_n_minutes (day), ==, 3);
  td_day_get_offered (day, "q1", minutes, 5);
  g_assert_cmpfloat (minutes[0], ==, 3);
  g_assert_cmpfloat (minutes[1], ==, 7);
  g_assert_cmpfloat (minutes[2], ==, 0); /* heard, and nothing came */
  g_assert_true (isnan (minutes[3]));
  td_day_get_offered (day, NULL, minutes, 5);
  g_assert_cmpfloat (minutes[1], ==, 7);
}

static void
gap_cb (TdDay *day,
        guint *n_gaps)
{
  (*n_gaps)++;
}

static void
test_a_minute_not_observed_is_a_gap (void)
{
  guint n_gaps = 0;
  g_autoptr (TdCentre) centre = td_centre_new ();
  g_autoptr (TdDay) day = td_day_new (centre);
  double minutes[10];

  g_signal_connect (day, "gap", G_CALLBACK (gap_cb), &n_gaps);
  look (centre, 20, 100, "i"); /* the first minute was seen in part only */
  look (centre, 60, 101, "i");
  look (centre, 120, 105, "i");
  look (centre, 330, 150, "i"); /* blind from 2:00 to 5:30 */
  look (centre, 360, 151, "i");
  look (centre, 420, 154, "i");

  g_assert_cmpuint (n_gaps, ==, 1);
  td_day_get_offered (day, "q1", minutes, 7);
  g_assert_true (isnan (minutes[0]));
  for (guint i = 2; i < 6; i++)
    g_assert_true (isnan (minutes[i]));
  g_assert_cmpfloat (minutes[6], ==, 1);
}

static void
test_counters_that_fall_are_no_calls (void)
{
  g_autoptr (TdCentre) centre = td_centre_new ();
  g_autoptr (TdDay) day = td_day_new (centre);
  double minutes[3];

  look (centre, 0, 500, "i");
  look (centre, 30, 503, "i");
  look (centre, 40, 0, "j");
  look (centre, 50, 2, "j");
  look (centre, 60, 1, "j");
  look (centre, 120, 1, "j");

  td_day_get_offered (day, "q1", minutes, 3);
  g_assert_cmpfloat (minutes[0], ==, 5);
  g_assert_cmpfloat (minutes[1], ==, 0);
}

static void
test_back_fill_closes_gaps (void)
{
  g_autoptr (TdCentre) centre = td_centre_new ();
  g_autoptr (TdDay) day = td_day_new (centre);
  TdIntervals *intervals = td_intervals_new (FIXTURE_START, FIXTURE_SECONDS (60), 4);
  TdInterval  *rows = td_intervals_add_queue (intervals, "q1");
  double       minutes[4], rates[4];

  look (centre, 200, 100, "i");
  for (guint i = 0; i < 4; i++)
    {
      rows[i].observed_s = 60;
      rows[i].counts.offered = i + 1;
    }
  rows[3].observed_s = 20; /* not over yet */
  td_day_back_fill (day, intervals);
  td_intervals_unref (intervals);

  td_day_get_offered (day, NULL, minutes, 4);
  g_assert_cmpfloat (minutes[0], ==, 1);
  g_assert_cmpfloat (minutes[2], ==, 3);
  g_assert_true (isnan (minutes[3]));

  td_day_get_rate (day, NULL, 2, rates, 4);
  g_assert_true (isnan (rates[0])); /* the window reaches into yesterday */
  g_assert_cmpfloat (rates[1], ==, 3);
  g_assert_cmpfloat (rates[2], ==, 5);
  g_assert_true (isnan (rates[3]));
}

static void
test_midnight_starts_anew (void)
{
  g_autoptr (TdCentre) centre = td_centre_new ();
  g_autoptr (TdDay) day = td_day_new (centre);
  double minutes[2];

  look (centre, 86340, 9000, "i");
  look (centre, 86390, 9010, "i");
  look (centre, 86400 + 5, 0, "i");
  g_assert_cmpint (td_day_get_start (day), ==, FIXTURE_START + FIXTURE_SECONDS (86400));
  g_assert_cmpuint (td_day_get_n_minutes (day), ==, 0);
  look (centre, 86400 + 60, 4, "i");
  look (centre, 86400 + 120, 9, "i");
  td_day_get_offered (day, NULL, minutes, 2);
  g_assert_true (isnan (minutes[0]));
  g_assert_cmpfloat (minutes[1], ==, 4);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/day/counts-by-minute", test_counts_by_minute);
  g_test_add_func ("/day/a-minute-not-observed-is-a-gap", test_a_minute_not_observed_is_a_gap);
  g_test_add_func ("/day/counters-that-fall-are-no-calls", test_counters_that_fall_are_no_calls);
  g_test_add_func ("/day/back-fill-closes-gaps", test_back_fill_closes_gaps);
  g_test_add_func ("/day/midnight-starts-anew", test_midnight_starts_anew);

  return g_test_run ();
}
