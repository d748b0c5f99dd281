/* td-calendar-day.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-calendar-day.h"

/**
 * td_calendar_day_new:
 * @julian: the day's number, as of g_date_get_julian()
 *
 * Returns: what the date alone tells of the day
 */
TdCalendarDay
td_calendar_day_new (guint julian)
{
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_julian (&date, julian);

  return (TdCalendarDay){
    .julian = julian,
    .weekday = (guint)g_date_get_weekday (&date) - G_DATE_MONDAY,
    .day_of_month = g_date_get_day (&date),
    .tet = TD_TET_NONE,
  };
}
