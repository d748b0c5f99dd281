/* td-history-export.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-history.h"

G_BEGIN_DECLS

/**
 * TdHistoryExportKind:
 * @TD_HISTORY_EXPORT_MINUTES: what was counted, minute by minute
 * @TD_HISTORY_EXPORT_SPANS: what agents did
 * @TD_HISTORY_EXPORT_ALERTS: what the program raised, and who took it
 */
typedef enum {
  TD_HISTORY_EXPORT_MINUTES,
  TD_HISTORY_EXPORT_SPANS,
  TD_HISTORY_EXPORT_ALERTS,
} TdHistoryExportKind;

/**
 * TdHistoryExportProgress:
 * @fraction: of the time that is written, 0…1
 * @user_data: what it was given with
 *
 * Called on the main thread.
 */
typedef void (*TdHistoryExportProgress) (double   fraction,
                                         gpointer user_data);

void     td_history_export_async (TdHistory          *history,
                                  GFile              *file,
                                  GTimeZone          *zone,
                                  GCancellable       *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer            user_data);
void     td_history_export_range_async (TdHistory              *history,
                                        TdHistoryExportKind     kind,
                                        GFile                  *file,
                                        GTimeZone              *zone,
                                        gint64                  from,
                                        gint64                  to,
                                        TdHistoryExportProgress progress,
                                        gpointer                progress_data,
                                        GCancellable           *cancellable,
                                        GAsyncReadyCallback     callback,
                                        gpointer                user_data);
gboolean td_history_export_finish (TdHistory    *history,
                                   GAsyncResult *result,
                                   GError      **error);

G_END_DECLS
