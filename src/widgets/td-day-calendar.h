/* td-day-calendar.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * TdDayUse:
 * @TD_DAY_USE_TAUGHT: the whole day teaches what is normal
 * @TD_DAY_USE_PARTLY: a part of it does
 * @TD_DAY_USE_INCIDENT: left out, because a person or an alarm said it was not normal
 * @TD_DAY_USE_HOLIDAY: a holiday, which teaches nothing of working days
 * @TD_DAY_USE_GAP: too little of it was observed
 * @TD_DAY_USE_EMPTY: nothing is known of it
 */
typedef enum {
  TD_DAY_USE_TAUGHT,
  TD_DAY_USE_PARTLY,
  TD_DAY_USE_INCIDENT,
  TD_DAY_USE_HOLIDAY,
  TD_DAY_USE_GAP,
  TD_DAY_USE_EMPTY,
  TD_N_DAY_USES
} TdDayUse;

#define TD_TYPE_DAY_CALENDAR (td_day_calendar_get_type ())

/**
 * TdDayCalendar:
 *
 * Which of the last weeks' days teach what is normal: a square a day, a column
 * a week, with colour and shape. As many weeks as fit are shown. The arrow keys
 * go from day to day.
 *
 * TdDayCalendar::chosen (const char *text) is emitted when the keys chose a
 * day, with what there is to say of it, or %NULL when they let go.
 */
G_DECLARE_FINAL_TYPE (TdDayCalendar, td_day_calendar, TD, DAY_CALENDAR, GtkWidget)

GtkWidget *td_day_calendar_new (void);
void       td_day_calendar_set_days (TdDayCalendar     *self,
                                     guint              first_julian,
                                     const TdDayUse    *uses,
                                     const char *const *texts,
                                     guint              n_days);

G_END_DECLS
