/* td-day-shelf.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-past-day.h"

G_BEGIN_DECLS

#define TD_DAY_SHELF_MAX_DAYS 8

#define TD_TYPE_DAY_SHELF (td_day_shelf_get_type ())

/**
 * TdDayShelf:
 *
 * The past days that somebody looks at, read one after the other as they are
 * asked for. Belongs to the main thread.
 *
 * TdDayShelf::changed is emitted when another day was read, or could not be.
 */
G_DECLARE_FINAL_TYPE (TdDayShelf, td_day_shelf, TD, DAY_SHELF, GObject)

TdDayShelf *td_day_shelf_new (TdOutlook *outlook);
void        td_day_shelf_want (TdDayShelf  *self,
                               guint        main_day,
                               const guint *other_days,
                               guint        n_others);
void        td_day_shelf_read_anew (TdDayShelf *self);
TdPastDay  *td_day_shelf_get (TdDayShelf *self,
                              guint       julian);
gboolean    td_day_shelf_is_reading (TdDayShelf *self);
const char *td_day_shelf_get_error_message (TdDayShelf *self);

G_END_DECLS
