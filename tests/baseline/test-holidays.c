/* test-holidays.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-holidays.h"
#include "td-lunar-calendar.h"

static guint
julian (guint year,
        guint month,
        guint day)
{
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_dmy (&date, (GDateDay)day, (GDateMonth)month, (GDateYear)year);

  return g_date_get_julian (&date);
}

static void
test_tet (void)
{
  /* As the calendars of Viet Nam were printed, or are announced. In 1985,
   * 2007 and 2030 China's differ. */
  static const guint days[][3] = {
    { 1968, 1, 29 },
    { 1985, 1, 21 },
    { 2000, 2, 5 },
    { 2003, 2, 1 },
    { 2004, 1, 22 },
    { 2007, 2, 17 },
    { 2012, 1, 23 },
    { 2015, 2, 19 },
    { 2019, 2, 5 },
    { 2020, 1, 25 },
    { 2021, 2, 12 },
    { 2022, 2, 1 },
    { 2023, 1, 22 },
    { 2024, 2, 10 },
    { 2025, 1, 29 },
    { 2026, 2, 17 },
    { 2027, 2, 6 },
    { 2028, 1, 26 },
    { 2029, 2, 13 },
    { 2030, 2, 2 },
    { 2031, 1, 23 },
    { 2032, 2, 11 },
    { 2033, 1, 31 },
    { 2034, 2, 19 },
    { 2035, 2, 8 },
    { 2036, 1, 28 },
    { 2037, 2, 15 },
    { 2038, 2, 4 },
    { 2039, 1, 24 },
    { 2040, 2, 12 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (days); i++)
    g_assert_cmpuint (td_lunar_calendar_get_tet (days[i][0]), ==, julian (days[i][0], days[i][1], days[i][2]));
}

static void
test_leap_months (void)
{
  static const guint leaps[][2] = {
    { 2001, 4 },
    { 2004, 2 },
    { 2006, 7 },
    { 2009, 5 },
    { 2012, 4 },
    { 2014, 9 },
    { 2017, 6 },
    { 2020, 4 },
    { 2023, 2 },
    { 2025, 6 },
    { 2028, 5 },
    { 2031, 3 },
    { 2033, 11 },
    { 2036, 6 },
  };
  guint next = 0;

  for (guint year = 2001; year <= 2036; year++)
    {
      for (guint month = 1; month <= 12; month++)
        {
          gboolean leap = td_lunar_calendar_to_julian (year, month, 1, TRUE) != 0;
          gboolean expected = next < G_N_ELEMENTS (leaps) && leaps[next][0] == year && leaps[next][1] == month;

          g_assert_cmpint (leap, ==, expected);
          if (expected)
            next++;
        }
    }
  g_assert_cmpuint (next, ==, G_N_ELEMENTS (leaps));
}

static void
test_months_follow_each_other (void)
{
  for (guint year = TD_LUNAR_FIRST_YEAR + 1; year < TD_LUNAR_LAST_YEAR; year++)
    {
      for (guint month = 1; month <= 12; month++)
        {
          guint start = td_lunar_calendar_to_julian (year, month, 1, FALSE);
          guint leap = td_lunar_calendar_to_julian (year, month, 1, TRUE);
          guint next = month < 12 ? td_lunar_calendar_to_julian (year, month + 1, 1, FALSE)
                                  : td_lunar_calendar_to_julian (year + 1, 1, 1, FALSE);
          guint length = leap != 0 ? leap - start : next - start;

          g_assert_cmpuint (length, >=, 29);
          g_assert_cmpuint (length, <=, 30);
          if (leap != 0)
            {
              g_assert_cmpuint (next - leap, >=, 29);
              g_assert_cmpuint (next - leap, <=, 30);
            }
        }
    }
}

static void
test_names (void)
{
  g_assert_cmpstr (td_holidays_get_name (julian (2026, 9, 2)), ==, "National Day");
  g_assert_cmpstr (td_holidays_get_name (julian (2026, 2, 16)), ==, "Tết");
  g_assert_cmpstr (td_holidays_get_name (julian (2026, 2, 20)), ==, "Tết");
  g_assert_null (td_holidays_get_name (julian (2026, 2, 15)));
  g_assert_null (td_holidays_get_name (julian (2026, 2, 21)));
  g_assert_cmpstr (td_holidays_get_name (julian (2025, 4, 7)), ==, "Hùng Kings’ Day");
  g_assert_cmpstr (td_holidays_get_name (julian (2026, 4, 26)), ==, "Hùng Kings’ Day");
}

static void
test_days_are_described (void)
{
  g_autoptr (GHashTable) own = g_hash_table_new (NULL, NULL);
  TdCalendarDay day = td_holidays_describe (julian (2026, 2, 10), own);

  g_assert_cmpint (day.tet, ==, -7);
  g_assert_cmpuint (day.weekday, ==, 1);
  g_assert_false (day.holiday);

  g_hash_table_add (own, GUINT_TO_POINTER (julian (2026, 7, 1)));
  day = td_holidays_describe (julian (2026, 7, 1), own);
  g_assert_true (day.holiday);
  g_assert_cmpint (day.tet, ==, TD_TET_NONE);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/lunar-calendar/tet", test_tet);
  g_test_add_func ("/lunar-calendar/leap-months", test_leap_months);
  g_test_add_func ("/lunar-calendar/months-follow-each-other", test_months_follow_each_other);
  g_test_add_func ("/holidays/names", test_names);
  g_test_add_func ("/holidays/days-are-described", test_days_are_described);

  return g_test_run ();
}
