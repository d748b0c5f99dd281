/* test-format.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>

#include "td-format.h"

#define NARROW "\xe2\x80\xaf"

/* Checks a string that the callee gave away. */
static void
check (char       *text,
       const char *expected)
{
  g_assert_cmpstr (text, ==, expected);
  g_free (text);
}

static void
test_counts_are_grouped (void)
{
  check (td_format_count (0), "0");
  check (td_format_count (999), "999");
  check (td_format_count (1041), "1,041");
  check (td_format_count (12345678), "12,345,678");
}

static void
test_unknown_is_a_dash (void)
{
  check (td_format_count (TD_UNKNOWN), "—");
  check (td_format_percent (NAN, 1), "—");
  check (td_format_percent (INFINITY, 1), "—");
  check (td_format_decimal (NAN, 1), "—");
  check (td_format_duration (TD_UNKNOWN), "—");
  check (td_format_duration_s (NAN), "—");
  check (td_format_duration_s (-1), "—");
  check (td_format_age (TD_UNKNOWN, 1000, TRUE), "—");
}

static void
test_percent_keeps_its_sign (void)
{
  check (td_format_percent (0.82, 1), "82.0" NARROW "%");
  check (td_format_percent (0.8, 0), "80" NARROW "%");
  check (td_format_percent (-0.15, 0), "−15" NARROW "%");
  check (td_format_percent (-0.0001, 1), "0.0" NARROW "%");
  check (td_format_percent (12.345, 1), "1,234.5" NARROW "%");
}

static void
test_durations_never_run_ahead (void)
{
  check (td_format_duration (0), "0:00");
  check (td_format_duration (999), "0:00");
  check (td_format_duration (48 * 1000 + 999), "0:48");
  check (td_format_duration (252 * 1000), "4:12");
  check (td_format_duration (3599 * 1000), "59:59");
  check (td_format_duration (3723 * 1000), "1:02:03");
  check (td_format_duration (G_GINT64_CONSTANT (360000) * 1000), "100:00:00");
}

static void
test_means_are_rounded (void)
{
  check (td_format_duration_s (19.4), "0:19");
  check (td_format_duration_s (19.6), "0:20");
  check (td_format_duration_s (59.7), "1:00");
}

static void
test_spoken_durations_have_plurals (void)
{
  check (td_format_duration_spoken (252 * 1000), "4 minutes 12 seconds");
  check (td_format_duration_spoken (61 * 1000), "1 minute 1 second");
  check (td_format_duration_spoken (3600 * 1000), "1 hour");
  check (td_format_duration_spoken (0), "0 seconds");
}

static void
test_inexact_age_says_at_least (void)
{
  const gint64 now = G_GINT64_CONSTANT (1795332005) * G_USEC_PER_SEC;

  check (td_format_age (now - 252 * G_USEC_PER_SEC, now, FALSE), "4:12");
  check (td_format_age (now - 252 * G_USEC_PER_SEC, now, TRUE), "≥" NARROW "4:12");
}

static void
test_short_spans_say_no_more_than_has_passed (void)
{
  check (td_format_short_span (15 * 1000), "15″");
  check (td_format_short_span (90 * 1000), "90″");
  check (td_format_short_span (60 * 1000), "1′");
  check (td_format_short_span (150 * 1000), "2′");
  check (td_format_short_span (3723 * 1000), "62′");
  check (td_format_short_span (G_GINT64_CONSTANT (100) * 3600 * 1000), "100 h");
  check (td_format_short_span (TD_UNKNOWN), "—");
}

static void
test_clock_is_the_centres (void)
{
  const gint64 time = G_GINT64_CONSTANT (1795332005) * G_USEC_PER_SEC;
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (GTimeZone) zone = g_time_zone_new_offset (7 * 3600);

  check (td_format_clock (time, utc), "07:20");
  check (td_format_clock (time, zone), "14:20");
  check (td_format_clock (TD_UNKNOWN, zone), "—");
  check (td_format_clock (G_MAXINT64, zone), "—");
  check (td_format_moment (time, time + G_TIME_SPAN_HOUR, zone), "14:20");
  check (td_format_moment (TD_UNKNOWN, time, zone), "—");
  check (td_format_moment (G_MAXINT64, time, zone), "—");
  check (td_format_moment (time, time + 10 * G_TIME_SPAN_HOUR - G_TIME_SPAN_MINUTE, utc), "07:20");
  check (td_format_moment (time, time + 3 * G_TIME_SPAN_DAY, zone), "22/11 14:20");
}

static void
test_estimates_have_a_mark (void)
{
  g_autofree char *estimate = td_format_estimate ("1,041", TRUE);
  g_autofree char *exact = td_format_estimate ("1,041", FALSE);
  g_autofree char *unknown = td_format_estimate ("—", TRUE);

  g_assert_cmpstr (estimate, ==, "≈\xe2\x80\xaf"
                                 "1,041");
  g_assert_cmpstr (exact, ==, "1,041");
  g_assert_cmpstr (unknown, ==, "—");
}

static void
test_every_state_has_its_own_name (void)
{
  for (int a = 0; a < TD_N_AGENT_STATES; a++)
    for (int b = a + 1; b < TD_N_AGENT_STATES; b++)
      g_assert_cmpstr (td_format_state (a), !=, td_format_state (b));
  for (int a = 0; a < TD_N_PLACES; a++)
    for (int b = a + 1; b < TD_N_PLACES; b++)
      g_assert_cmpstr (td_format_place (a), !=, td_format_place (b));
  for (int a = 0; a < TD_N_SERVICE_LEVEL_FORMULAS; a++)
    for (int b = a + 1; b < TD_N_SERVICE_LEVEL_FORMULAS; b++)
      g_assert_cmpstr (td_format_service_level_formula (a), !=, td_format_service_level_formula (b));
}

static void
test_deviations_are_marked_outside_the_band (void)
{
  check (td_format_deviation (0.324, FALSE), "+32" NARROW "%");
  check (td_format_deviation (0.324, TRUE), "▲" NARROW "+32" NARROW "%");
  check (td_format_deviation (-0.41, TRUE), "▼" NARROW "−41" NARROW "%");
  check (td_format_deviation (-1, TRUE), "▼" NARROW "−100" NARROW "%");
  check (td_format_deviation (0.004, FALSE), "±0" NARROW "%");
  check (td_format_deviation (-0.004, FALSE), "±0" NARROW "%");
  check (td_format_deviation (8.994, FALSE), "+899" NARROW "%");
  check (td_format_deviation (11.2, TRUE), "▲" NARROW "×12");
  check (td_format_deviation (NAN, FALSE), "—");
  check (td_format_deviation (INFINITY, TRUE), "—");
}

static void
test_expected_calls_are_whole (void)
{
  check (td_format_calls (175.6), "176");
  check (td_format_calls (10209.5), "10,210");
  check (td_format_calls (-0.2), "0");
  check (td_format_calls (NAN), "—");
  check (td_format_range (140.6, 1211.2), "141–1,211");
  check (td_format_range (NAN, 3), "—–3");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/format/counts-are-grouped", test_counts_are_grouped);
  g_test_add_func ("/format/unknown-is-a-dash", test_unknown_is_a_dash);
  g_test_add_func ("/format/percent-keeps-its-sign", test_percent_keeps_its_sign);
  g_test_add_func ("/format/deviations-are-marked-outside-the-band", test_deviations_are_marked_outside_the_band);
  g_test_add_func ("/format/expected-calls-are-whole", test_expected_calls_are_whole);
  g_test_add_func ("/format/durations-never-run-ahead", test_durations_never_run_ahead);
  g_test_add_func ("/format/means-are-rounded", test_means_are_rounded);
  g_test_add_func ("/format/spoken-durations-have-plurals", test_spoken_durations_have_plurals);
  g_test_add_func ("/format/inexact-age-says-at-least", test_inexact_age_says_at_least);
  g_test_add_func ("/format/short-spans-say-no-more-than-has-passed", test_short_spans_say_no_more_than_has_passed);
  g_test_add_func ("/format/clock-is-the-centres", test_clock_is_the_centres);
  g_test_add_func ("/format/estimates-have-a-mark", test_estimates_have_a_mark);
  g_test_add_func ("/format/every-state-has-its-own-name", test_every_state_has_its_own_name);

  return g_test_run ();
}
