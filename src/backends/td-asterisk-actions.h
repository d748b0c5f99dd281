/* td-asterisk-actions.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-ami-session.h"

G_BEGIN_DECLS

void     td_asterisk_act_async (TdAmiSession       *session,
                                const TdAction     *action,
                                const char         *secret,
                                GCancellable       *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer            user_data);
gboolean td_asterisk_act_finish (GAsyncResult *result,
                                 GError      **error);

G_END_DECLS
