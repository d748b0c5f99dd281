/* td-shift-gatherer.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-shift-sheet.h"

G_BEGIN_DECLS

#define TD_TYPE_SHIFT_GATHERER (td_shift_gatherer_get_type ())

/**
 * TdShiftGatherer:
 *
 * Makes sheets of what a centre's history remembers, of what was normal then,
 * and of what people said of these hours. Keeps what was normal on the past
 * days that it read last. Belongs to the main thread.
 */
G_DECLARE_FINAL_TYPE (TdShiftGatherer, td_shift_gatherer, TD, SHIFT_GATHERER, GObject)

TdShiftGatherer *td_shift_gatherer_new (TdOutlook *outlook);
void             td_shift_gatherer_gather_async (TdShiftGatherer    *self,
                                                 gint64              from,
                                                 gint64              to,
                                                 GCancellable       *cancellable,
                                                 GAsyncReadyCallback callback,
                                                 gpointer            user_data);
TdShiftSheet    *td_shift_gatherer_gather_finish (TdShiftGatherer *self,
                                                  GAsyncResult    *result,
                                                  GError         **error);

G_END_DECLS
