/* td-webhook.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-connection.h"
#include "td-outbox.h"

G_BEGIN_DECLS

/**
 * TdWebhookPace:
 * @deadline_ms: for one try
 * @first_ms: about how long after the first failure it is tried again; doubled at each
 * @most_ms: the longest pause between two tries
 * @max_age_ms: what is older is given up
 */
typedef struct
{
  guint  deadline_ms;
  guint  first_ms;
  guint  most_ms;
  gint64 max_age_ms;
} TdWebhookPace;

#define TD_WEBHOOK_PACE_DEFAULT ((TdWebhookPace){ 15 * 1000, 2 * 1000, 10 * 60 * 1000, 24 * 3600 * 1000 })

#define TD_TYPE_WEBHOOK (td_webhook_get_type ())

/**
 * TdWebhook:
 *
 * Tells a webhook what is in an outbox: in order, one at a time, each until it
 * is taken, refused for good or too old. At least once: an answer that is lost
 * makes it come again, with the same id. Main thread.
 *
 * TdWebhook::delivered: (const char *id) it was taken.
 * TdWebhook::failed: (const char *id, const char *message) it will be tried again.
 * TdWebhook::given-up: (const char *id, const char *message) it will not be.
 */
G_DECLARE_FINAL_TYPE (TdWebhook, td_webhook, TD, WEBHOOK, GObject)

TdWebhook *td_webhook_new (const TdConnection  *connection,
                           TdOutbox            *outbox,
                           const TdWebhookPace *pace,
                           GError             **error);
gboolean   td_webhook_tell (TdWebhook  *self,
                            const char *id,
                            GBytes     *body,
                            GError    **error);
void       td_webhook_stop (TdWebhook *self);
guint      td_webhook_get_n_waiting (TdWebhook *self);

G_END_DECLS
