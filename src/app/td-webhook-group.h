/* td-webhook-group.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "td-profile.h"

G_BEGIN_DECLS

#define TD_TYPE_WEBHOOK_GROUP (td_webhook_group_get_type ())

/**
 * TdWebhookGroup:
 *
 * The webhook that a profile's alerts are told to, its secret, and a message
 * that tries it out.
 *
 * TdWebhookGroup::changed: something else was entered
 * TdWebhookGroup::secret-changed: another secret is kept
 * TdWebhookGroup::said: (const char *text) what became of a secret, for people
 */
G_DECLARE_FINAL_TYPE (TdWebhookGroup, td_webhook_group, TD, WEBHOOK_GROUP, AdwPreferencesGroup)

GtkWidget *td_webhook_group_new (const TdProfile *profile);
gboolean   td_webhook_group_read (TdWebhookGroup *self,
                                  TdProfile      *profile);

G_END_DECLS
