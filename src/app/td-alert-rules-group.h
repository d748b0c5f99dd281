/* td-alert-rules-group.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "td-profile.h"
#include "td-watch.h"

G_BEGIN_DECLS

#define TD_TYPE_ALERT_RULES_GROUP (td_alert_rules_group_get_type ())

/**
 * TdAlertRulesGroup:
 *
 * A centre's rules, each of which can be switched off, changed and taken away.
 * What is changed is saved and in force at once.
 *
 * TdAlertRulesGroup::said: (const char *text) why it was not, for people
 */
G_DECLARE_FINAL_TYPE (TdAlertRulesGroup, td_alert_rules_group, TD, ALERT_RULES_GROUP, AdwPreferencesGroup)

GtkWidget *td_alert_rules_group_new (const TdProfile *profile,
                                     TdWatch         *watch);

G_END_DECLS
