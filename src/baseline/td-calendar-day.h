/* td-calendar-day.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Days around Tết that differ from others, counted from the first day of the
 * lunar year. */
#define TD_TET_FIRST (-14)
#define TD_TET_LAST 14
#define TD_TET_NONE G_MAXINT

/**
 * TdCalendarDay:
 * @julian: the day's number, as of g_date_get_julian()
 * @weekday: 0 for Monday … 6
 * @day_of_month: 1…31
 * @holiday: a day known in advance to be unlike its weekday
 * @reopen: the first open day after a closure that the calendar of weekdays does not explain
 * @tet: days since Tết, %TD_TET_FIRST…%TD_TET_LAST, or %TD_TET_NONE
 *
 * What the baseline knows of a day before it begins.
 */
typedef struct
{
  guint    julian;
  guint    weekday;
  guint    day_of_month;
  gboolean holiday;
  gboolean reopen;
  int      tet;
} TdCalendarDay;

TdCalendarDay td_calendar_day_new (guint julian);

G_END_DECLS
