/* td-local-day.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* In which the baselines learn. */
#define TD_LOCAL_DAY_SLOT_MINUTES 5
#define TD_LOCAL_DAY_SLOTS (24 * 60 / TD_LOCAL_DAY_SLOT_MINUTES)

#define TD_LOCAL_DAY_MAX_SLOTS (25 * 60 / TD_LOCAL_DAY_SLOT_MINUTES)

/**
 * TdLocalDay:
 * @start: when it begins, µs since 1970
 * @julian: the date, as of g_date_get_julian()
 * @n_slots: slots that pass on it: fewer or more where the clocks are changed
 * @wall: (array length=n_slots): which slot of the wall clock's day each is,
 *   0…%TD_LOCAL_DAY_SLOTS − 1
 *
 * A day of a centre by its own clock, in slots of five minutes. A plain value.
 */
typedef struct
{
  gint64  start;
  guint   julian;
  guint   n_slots;
  guint16 wall[TD_LOCAL_DAY_MAX_SLOTS];
} TdLocalDay;

void   td_local_day_init (TdLocalDay *self,
                          gint64      start,
                          GTimeZone  *zone);
gint64 td_local_day_get_midnight (guint      julian,
                                  GTimeZone *zone);

G_END_DECLS
