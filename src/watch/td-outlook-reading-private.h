/* td-outlook-reading-private.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-outlook-learning-private.h"

G_BEGIN_DECLS

void               td_outlook_read_async (TdHistory          *history,
                                          TdOutlookLearning  *learning,
                                          GCancellable       *cancellable,
                                          GAsyncReadyCallback callback,
                                          gpointer            user_data);
TdOutlookLearning *td_outlook_read_finish (TdHistory    *history,
                                           GAsyncResult *result,
                                           GError      **error);

G_END_DECLS
