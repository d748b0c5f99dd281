/* td-asterisk-fetch.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-ami-sign-in.h"

G_BEGIN_DECLS

/**
 * TdAsteriskFetched:
 * @denied: the server knows no such session any more; there is nothing else then
 * @queue_status: (owned) (nullable): body of QueueStatus
 * @status: (owned) (nullable): body of Status, %NULL without the right
 * @core_status: (owned) (nullable): body of CoreStatus, %NULL where it was not asked for, or without the right
 * @asked: when QueueStatus was looked at, by the monotonic clock, µs
 *
 * What a server says of now. Bodies that are answers to something else are
 * found out when they are decoded.
 */
typedef struct
{
  gboolean denied;
  GBytes  *queue_status;
  GBytes  *status;
  GBytes  *core_status;
  gint64   asked;
} TdAsteriskFetched;

void td_asterisk_fetched_free (TdAsteriskFetched *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TdAsteriskFetched, td_asterisk_fetched_free)

void               td_asterisk_fetch_async (TdAmiSession       *session,
                                            TdAmiServer        *server,
                                            gboolean            rarely,
                                            GCancellable       *cancellable,
                                            GAsyncReadyCallback callback,
                                            gpointer            user_data);
TdAsteriskFetched *td_asterisk_fetch_finish (TdAmiSession *session,
                                             GAsyncResult *result,
                                             GError      **error);

G_END_DECLS
