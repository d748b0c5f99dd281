/* td-http-exchange.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* One HTTP request and the whole of its answer, whatever its status. */

void    td_http_exchange_async (SoupSession        *session,
                                SoupMessage        *message,
                                gsize               max_bytes,
                                gboolean            expects_json,
                                GCancellable       *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer            user_data);
GBytes *td_http_exchange_finish (GAsyncResult *result,
                                 GError      **error);

G_END_DECLS
