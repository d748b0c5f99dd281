/* td-history-export.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-history.h"

G_BEGIN_DECLS

void     td_history_export_async (TdHistory          *history,
                                  GFile              *file,
                                  GTimeZone          *zone,
                                  GCancellable       *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer            user_data);
gboolean td_history_export_finish (TdHistory    *history,
                                   GAsyncResult *result,
                                   GError      **error);

G_END_DECLS
