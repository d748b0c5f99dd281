/* td-alert-sender.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-incident.h"
#include "td-profile.h"

G_BEGIN_DECLS

#define TD_TYPE_ALERT_SENDER (td_alert_sender_get_type ())

/**
 * TdAlertSender:
 *
 * Tells the webhook and the command of a profile what happens to incidents.
 * What the webhook did not take yet is kept in a folder, and goes on with the
 * next sender of it. Main thread.
 */
G_DECLARE_FINAL_TYPE (TdAlertSender, td_alert_sender, TD, ALERT_SENDER, GObject)

TdAlertSender *td_alert_sender_new (const TdProfile *profile,
                                    const char      *secret,
                                    const char      *folder);
void           td_alert_sender_tell (TdAlertSender  *self,
                                     TdIncident     *incident,
                                     TdIncidentEvent event,
                                     gint64          at);
void           td_alert_sender_stop (TdAlertSender *self);
char          *td_alert_sender_get_folder (const char *profile);
void           td_alert_sender_forget (const char *profile);

G_END_DECLS
