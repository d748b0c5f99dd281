/* td-holidays.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-holidays.h"

#include <glib/gi18n.h>

#include "td-lunar-calendar.h"

/* Days off around Tết: its eve and the first days of the year. The state
 * fixes the exact ones anew each year; these are off in every year. */
#define TET_OFF_FIRST (-1)
#define TET_OFF_LAST 3

static const struct
{
  guint       month;
  guint       day;
  const char *name;
} solar_days[] = {
  { 1, 1, N_ ("New Year’s Day") },
  { 4, 30, N_ ("Reunification Day") },
  { 5, 1, N_ ("Labour Day") },
  { 9, 2, N_ ("National Day") },
};

/* Days since the nearest Tết, or TD_TET_NONE far from one. */
static int
get_tet_offset (guint julian,
                guint year)
{
  int offset;

  if (year < TD_LUNAR_FIRST_YEAR || year > TD_LUNAR_LAST_YEAR)
    return TD_TET_NONE;

  /* It is in January or February, so the year's own is the nearest. */
  offset = (int)julian - (int)td_lunar_calendar_get_tet (year);

  return offset >= TD_TET_FIRST && offset <= TD_TET_LAST ? offset : TD_TET_NONE;
}

/**
 * td_holidays_get_name:
 * @julian: a day, as of g_date_get_julian()
 *
 * Returns: (nullable): the name of a public holiday of Viet Nam, untranslated,
 *   or %NULL
 */
const char *
td_holidays_get_name (guint julian)
{
  GDate date;
  int   tet;

  g_return_val_if_fail (g_date_valid_julian (julian), NULL);

  g_date_clear (&date, 1);
  g_date_set_julian (&date, julian);
  for (guint i = 0; i < G_N_ELEMENTS (solar_days); i++)
    {
      if ((guint)g_date_get_month (&date) == solar_days[i].month && g_date_get_day (&date) == solar_days[i].day)
        return solar_days[i].name;
    }

  tet = get_tet_offset (julian, g_date_get_year (&date));
  if (tet >= TET_OFF_FIRST && tet <= TET_OFF_LAST)
    return N_ ("Tết");

  if (g_date_get_year (&date) >= TD_LUNAR_FIRST_YEAR && g_date_get_year (&date) <= TD_LUNAR_LAST_YEAR &&
      julian == td_lunar_calendar_to_julian (g_date_get_year (&date), 3, 10, FALSE))
    return N_ ("Hùng Kings’ Day");

  return NULL;
}

/**
 * td_holidays_describe:
 * @julian: a day, as of g_date_get_julian()
 * @own_days: (nullable): set of the centre's own days (GUINT_TO_POINTER)
 *
 * Returns: what is known of the day before it begins
 */
TdCalendarDay
td_holidays_describe (guint       julian,
                      GHashTable *own_days)
{
  TdCalendarDay day = td_calendar_day_new (julian);
  GDate         date;

  g_date_clear (&date, 1);
  g_date_set_julian (&date, julian);
  day.tet = get_tet_offset (julian, g_date_get_year (&date));
  day.holiday = td_holidays_get_name (julian) != NULL ||
                (own_days != NULL && g_hash_table_contains (own_days, GUINT_TO_POINTER (julian)));

  return day;
}
