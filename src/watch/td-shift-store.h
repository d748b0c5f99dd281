/* td-shift-store.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-shift-file.h"

G_BEGIN_DECLS

#define TD_TYPE_SHIFT_STORE (td_shift_store_get_type ())

/**
 * TdShiftStore:
 *
 * Writes shifts on a thread, one after the other: of what was not begun yet
 * only the last version of a file. Belongs to the main thread.
 *
 * TdShiftStore::saved is emitted with what became of a file: the message of an
 * error, or %NULL.
 */
G_DECLARE_FINAL_TYPE (TdShiftStore, td_shift_store, TD, SHIFT_STORE, GObject)

TdShiftStore *td_shift_store_new (void);
void          td_shift_store_save (TdShiftStore       *self,
                                   const TdShiftSheet *sheet,
                                   const char         *path);
gboolean      td_shift_store_is_saving (TdShiftStore *self);
void          td_shift_store_finish (TdShiftStore *self);

G_END_DECLS
