/* test-severity.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>

#include "td-chart-scale.h"
#include "td-queue-standing.h"
#include "td-severity.h"
#include "td-size-bin.h"

static void
test_wait_turns_red_at_its_limit (void)
{
  g_assert_cmpint (td_severity_of_wait (TD_UNKNOWN), ==, TD_SEVERITY_NORMAL);
  g_assert_cmpint (td_severity_of_wait (TD_WAIT_LIMIT_MS / 2 - 1), ==, TD_SEVERITY_NORMAL);
  g_assert_cmpint (td_severity_of_wait (TD_WAIT_LIMIT_MS / 2), ==, TD_SEVERITY_AMBER);
  g_assert_cmpint (td_severity_of_wait (TD_WAIT_LIMIT_MS - 1), ==, TD_SEVERITY_AMBER);
  g_assert_cmpint (td_severity_of_wait (TD_WAIT_LIMIT_MS), ==, TD_SEVERITY_RED);
}

static void
test_level_is_judged_as_it_is_shown (void)
{
  g_assert_cmpint (td_severity_of_service_level (NAN, 0.8), ==, TD_SEVERITY_NORMAL);
  g_assert_cmpint (td_severity_of_service_level (0.8, 0.8), ==, TD_SEVERITY_NORMAL);
  /* 79.96 % reads as 80.0 %, which meets 80 %. */
  g_assert_cmpint (td_severity_of_service_level (0.7996, 0.8), ==, TD_SEVERITY_NORMAL);
  g_assert_cmpint (td_severity_of_service_level (0.799, 0.8), ==, TD_SEVERITY_AMBER);
  g_assert_cmpint (td_severity_of_service_level (0.70, 0.8), ==, TD_SEVERITY_AMBER);
  g_assert_cmpint (td_severity_of_service_level (0.69, 0.8), ==, TD_SEVERITY_RED);
}

static void
test_waiting_is_judged_by_who_can_take_it (void)
{
  g_assert_cmpint (td_severity_of_waiting (TD_UNKNOWN, TD_UNKNOWN, 0, 0), ==, TD_SEVERITY_NORMAL);
  g_assert_cmpint (td_severity_of_waiting (0, 0, 0, 0), ==, TD_SEVERITY_NORMAL);
  g_assert_cmpint (td_severity_of_waiting (3, 0, 0, 10), ==, TD_SEVERITY_NORMAL);
  g_assert_cmpint (td_severity_of_waiting (3, 1, 0, 10), ==, TD_SEVERITY_AMBER);
  g_assert_cmpint (td_severity_of_waiting (3, 1, 1, 10), ==, TD_SEVERITY_NORMAL);
  g_assert_cmpint (td_severity_of_waiting (11, 0, 1, 10), ==, TD_SEVERITY_RED);

  g_assert_cmpint (td_severity_of_serving (0, 0, 0), ==, TD_SEVERITY_NORMAL);
  g_assert_cmpint (td_severity_of_serving (5, 0, 1), ==, TD_SEVERITY_AMBER);
  g_assert_cmpint (td_severity_of_serving (0, 0, 1), ==, TD_SEVERITY_RED);
}

static void
test_who_waits_comes_before_a_bad_day (void)
{
  TdQueueStanding waits = { .wait_ms = 130 * 1000, .level = 0.95, .severity = TD_SEVERITY_RED };
  TdQueueStanding bad_day = { .wait_ms = TD_UNKNOWN, .level = 0.3, .severity = TD_SEVERITY_AMBER };
  TdQueueStanding calm = { .wait_ms = 5000, .level = 0.9, .severity = TD_SEVERITY_NORMAL };
  TdQueueStanding calmer = { .wait_ms = 4000, .level = 0.9, .severity = TD_SEVERITY_NORMAL };
  TdQueueStanding new_queue = { .wait_ms = 4000, .level = NAN, .severity = TD_SEVERITY_NORMAL };

  g_assert_cmpint (td_queue_standing_compare (&waits, &bad_day), <, 0);
  g_assert_cmpint (td_queue_standing_compare (&bad_day, &calm), <, 0);
  g_assert_cmpint (td_queue_standing_compare (&calm, &calmer), <, 0);
  g_assert_cmpint (td_queue_standing_compare (&calmer, &calm), >, 0);
  g_assert_cmpint (td_queue_standing_compare (&calmer, &new_queue), <, 0);
  g_assert_cmpint (td_queue_standing_compare (&new_queue, &calmer), >, 0);
  g_assert_cmpint (td_queue_standing_compare (&new_queue, &new_queue), ==, 0);
}

static void
test_ticks_are_round_and_few (void)
{
  g_assert_cmpfloat (td_chart_scale_step (0, 5), ==, 1);
  g_assert_cmpfloat (td_chart_scale_step (NAN, 5), ==, 1);
  g_assert_cmpfloat (td_chart_scale_step (4, 5), ==, 1);
  g_assert_cmpfloat (td_chart_scale_step (339, 5), ==, 100);
  g_assert_cmpfloat (td_chart_scale_step (501, 5), ==, 200);
  g_assert_cmpfloat (td_chart_scale_step (1e9, 4), ==, 5e8);
  for (double max = 1; max < 1e6; max *= 1.37)
    g_assert_cmpfloat (ceil (max / td_chart_scale_step (max, 6)), <=, 6);

  g_assert_cmpuint (td_chart_scale_minutes (24 * 60, 9), ==, 180);
  g_assert_cmpuint (td_chart_scale_minutes (24 * 60, 25), ==, 60);
  g_assert_cmpuint (td_chart_scale_minutes (24 * 60, 1), ==, 24 * 60);
}

static void
test_decimation_keeps_peaks_and_gaps (void)
{
  double   values[1440];
  guint    indices[1440];
  gboolean has_peak = FALSE, has_gap = FALSE;
  guint    n;

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    values[i] = 10;
  values[700] = 99;
  values[1000] = NAN;

  n = td_chart_decimate (values, G_N_ELEMENTS (values), 200, indices);
  g_assert_cmpuint (n, <=, 3 * 200);
  for (guint i = 0; i < n; i++)
    {
      has_peak |= indices[i] == 700;
      has_gap |= indices[i] == 1000;
      if (i > 0)
        g_assert_cmpuint (indices[i - 1], <, indices[i]);
    }
  g_assert_true (has_peak);
  g_assert_true (has_gap);

  /* More columns than values: every value, once. */
  g_assert_cmpuint (td_chart_decimate (values, 100, 1000, indices), ==, 100);
  g_assert_cmpuint (td_chart_decimate (values, 0, 10, indices), ==, 0);
  g_assert_cmpuint (td_chart_decimate (values, 10, 0, indices), ==, 0);
}

static void
test_size_classes_follow_the_screens (void)
{
  g_assert_cmpint (td_size_class_for (1024, 553), ==, TD_SIZE_COMPACT);
  g_assert_cmpint (td_size_class_for (1366, 721), ==, TD_SIZE_NORMAL);
  g_assert_cmpint (td_size_class_for (1920, 1033), ==, TD_SIZE_LARGE);
  g_assert_cmpint (td_size_class_for (3840, 2113), ==, TD_SIZE_HUGE);
  g_assert_cmpint (td_size_class_for (3840, 600), ==, TD_SIZE_COMPACT);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/severity/wait-turns-red-at-its-limit", test_wait_turns_red_at_its_limit);
  g_test_add_func ("/severity/level-is-judged-as-it-is-shown", test_level_is_judged_as_it_is_shown);
  g_test_add_func ("/severity/waiting-is-judged-by-who-can-take-it", test_waiting_is_judged_by_who_can_take_it);
  g_test_add_func ("/severity/who-waits-comes-before-a-bad-day", test_who_waits_comes_before_a_bad_day);
  g_test_add_func ("/chart-scale/ticks-are-round-and-few", test_ticks_are_round_and_few);
  g_test_add_func ("/chart-scale/decimation-keeps-peaks-and-gaps", test_decimation_keeps_peaks_and_gaps);
  g_test_add_func ("/size/classes-follow-the-screens", test_size_classes_follow_the_screens);

  return g_test_run ();
}
