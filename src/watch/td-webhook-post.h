/* td-webhook-post.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-connection.h"

G_BEGIN_DECLS

/* One try to tell something to a webhook: POST with the headers of Standard
 * Webhooks (https://www.standardwebhooks.com), whose libraries verify it:
 *
 *   webhook-id: the id, the same at each try
 *   webhook-timestamp: seconds since 1970 of this try
 *   webhook-signature: "v1," and the Base64 of
 *     HMAC-SHA256 (secret, id "." timestamp "." body)
 *
 * Without a secret there is no signature. A secret that begins with "whsec_"
 * is Base64 after that; any other is taken as it is written. */

/**
 * TdWebhookOutcome:
 * @TD_WEBHOOK_DELIVERED: answered with 2xx
 * @TD_WEBHOOK_REFUSED: this message will never be taken (400, 405, 406, 409, 410, 413, 415, 422)
 * @TD_WEBHOOK_FAILED: worth another try: no answer, an error of the server, a redirect, a refused secret
 */
typedef enum {
  TD_WEBHOOK_DELIVERED,
  TD_WEBHOOK_REFUSED,
  TD_WEBHOOK_FAILED,
} TdWebhookOutcome;

char *td_webhook_sign (const char *secret,
                       const char *id,
                       gint64      timestamp,
                       GBytes     *body);

void             td_webhook_post_async (SoupSession        *session,
                                        const TdConnection *connection,
                                        const char         *id,
                                        GBytes             *body,
                                        guint               deadline_ms,
                                        GCancellable       *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer            user_data);
TdWebhookOutcome td_webhook_post_finish (GAsyncResult *result,
                                         guint        *retry_after,
                                         GError      **error);

G_END_DECLS
