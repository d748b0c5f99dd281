/* td-count-table.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "td-calendar-day.h"

G_BEGIN_DECLS

/* Bounds on a file of counts. */
#define TD_COUNT_TABLE_MAX_BYTES (512 * 1024 * 1024)
#define TD_COUNT_TABLE_MAX_DAYS 20000
#define TD_COUNT_TABLE_MAX_CALLS 1e7 /* of one slot */

/**
 * TdCountTable:
 * @slot_minutes: length of a slot, minutes, a divisor of a day's 1440
 * @first_minute: minute of the day at which its first slot begins
 * @n_slots: slots of a day
 * @n_days: days that have at least one slot
 * @days: (array length=n_days): in their order
 * @calls: (array): @n_days times @n_slots counts; NAN where there is none
 *
 * Counts of calls, slot by slot, as a file tells them.
 */
typedef struct
{
  guint          slot_minutes;
  guint          first_minute;
  guint          n_slots;
  guint          n_days;
  TdCalendarDay *days;
  double        *calls;
} TdCountTable;

TdCountTable *td_count_table_load (const char *path,
                                   GError    **error);
TdCountTable *td_count_table_aggregate (const TdCountTable *self,
                                        guint               slot_minutes);
void          td_count_table_free (TdCountTable *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TdCountTable, td_count_table_free)

const double *td_count_table_get_day (const TdCountTable *self,
                                      guint               index);
void          td_count_table_mark_days (TdCountTable *self,
                                        GHashTable   *holidays);

G_END_DECLS
