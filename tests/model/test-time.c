/* test-time.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "td-time.h"

static void
test_reads_rfc3339 (void)
{
  const struct
  {
    const char *string;
    gint64      time;
  } cases[] = {
    { "1970-01-01T00:00:00Z", 0 },
    { "2026-11-22T14:20:05+07:00", G_GINT64_CONSTANT (1795332005) * G_USEC_PER_SEC },
    { "2026-11-22T14:20:05.25+07:00", G_GINT64_CONSTANT (1795332005) * G_USEC_PER_SEC + 250000 },
    { "2026-11-22t07:20:05.123456789z", G_GINT64_CONSTANT (1795332005) * G_USEC_PER_SEC + 123456 },
    { "2024-02-29T23:59:59-03:30", G_GINT64_CONSTANT (1709263799) * G_USEC_PER_SEC },
    { "2016-12-31T23:59:60Z", G_GINT64_CONSTANT (1483228800) * G_USEC_PER_SEC },
    { "9999-12-31T23:59:59Z", G_GINT64_CONSTANT (253402300799) * G_USEC_PER_SEC },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gint64 time = -1;

      g_assert_true (td_time_parse (cases[i].string, &time));
      g_assert_cmpint (time, ==, cases[i].time);
    }
}

static void
test_refuses_what_is_no_time (void)
{
  const char *const cases[] = {
    "", "yesterday", "2026-11-22", "2026-11-22T14:20:05", "2026-11-22T14:20+07:00", "2026-13-22T14:20:05Z",
    "2026-02-29T14:20:05Z", "2026-11-22T24:00:00Z", "2026-11-22T14:60:00Z", "2026-11-22T14:20:61Z",
    "2026-11-22T14:20:05.Z", "2026-11-22T14:20:05+7:00", "2026-11-22T14:20:05+0700", "2026-11-22T14:20:05Z ",
    "1969-12-31T23:59:59Z", "1970-01-01T00:00:00+07:00", "-026-11-22T14:20:05Z", "2026-11-22T14:20:05+24:00"
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gint64 time;

      g_assert_false (td_time_parse (cases[i], &time));
    }
}

static void
test_writes_what_it_reads (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_offset (7 * 3600);
  g_autoptr (GTimeZone) west = g_time_zone_new_offset (-(3 * 3600 + 1800));
  g_autofree char *utc = td_time_format (G_GINT64_CONSTANT (1795332005) * G_USEC_PER_SEC, NULL);
  g_autofree char *local = td_time_format (G_GINT64_CONSTANT (1795332005250000), zone);
  g_autofree char *other = td_time_format (G_GINT64_CONSTANT (1795332005007999), west);
  gint64           time;

  g_assert_cmpstr (utc, ==, "2026-11-22T07:20:05Z");
  g_assert_cmpstr (local, ==, "2026-11-22T14:20:05.250+07:00");
  g_assert_cmpstr (other, ==, "2026-11-22T03:50:05.007-03:30");
  g_assert_true (td_time_parse (local, &time));
  g_assert_cmpint (time, ==, G_GINT64_CONSTANT (1795332005250000));
}

static void
test_finds_the_midnight (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_offset (7 * 3600);
  gint64 late, midnight;

  g_assert_true (td_time_parse ("2026-11-22T00:30:00+07:00", &late));
  g_assert_true (td_time_parse ("2026-11-22T00:00:00+07:00", &midnight));
  g_assert_cmpint (td_time_day_start (late, zone), ==, midnight);
  g_assert_cmpint (td_time_day_start (midnight, zone), ==, midnight);
  g_assert_cmpint (td_time_day_start (midnight - 1, zone), ==, midnight - G_GINT64_CONSTANT (86400) * G_USEC_PER_SEC);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/time/reads-rfc-3339", test_reads_rfc3339);
  g_test_add_func ("/time/refuses-what-is-no-time", test_refuses_what_is_no_time);
  g_test_add_func ("/time/writes-what-it-reads", test_writes_what_it_reads);
  g_test_add_func ("/time/finds-the-midnight", test_finds_the_midnight);

  return g_test_run ();
}
