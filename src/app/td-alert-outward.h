/* td-alert-outward.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "td-session.h"

G_BEGIN_DECLS

/**
 * TdAlertOutwardWays:
 * @TD_ALERT_OUTWARD_SOUND: a tone for each level
 * @TD_ALERT_OUTWARD_DESKTOP: notifications of the desktop, and the window asks for attention
 * @TD_ALERT_OUTWARD_AWAY: the profile's webhook and command
 */
typedef enum {
  TD_ALERT_OUTWARD_SOUND = 1 << 0,
  TD_ALERT_OUTWARD_DESKTOP = 1 << 1,
  TD_ALERT_OUTWARD_AWAY = 1 << 2,
} TdAlertOutwardWays;

#define TD_TYPE_ALERT_OUTWARD (td_alert_outward_get_type ())

/**
 * TdAlertOutward:
 *
 * Tells people who do not look at the program what happens to its incidents.
 * None of it says anything that the program does not show as well. Adds the
 * actions take-incident and show-incident to the application. Main thread.
 *
 * TdAlertOutward::show: (gint64 id) somebody wants to see an incident
 */
G_DECLARE_FINAL_TYPE (TdAlertOutward, td_alert_outward, TD, ALERT_OUTWARD, GObject)

TdAlertOutward *td_alert_outward_new (GtkApplication    *app,
                                      GSettings         *settings,
                                      TdAlertOutwardWays ways);
void            td_alert_outward_set_session (TdAlertOutward *self,
                                              TdSession      *session);
void            td_alert_outward_update (TdAlertOutward *self,
                                         gboolean        other_secret);

G_END_DECLS
