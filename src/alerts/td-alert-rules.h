/* td-alert-rules.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-alert-rule.h"

G_BEGIN_DECLS

#define TD_ALERT_MAX_RULES 200

/* Rules are a GPtrArray of #TdAlertRule that frees them. */
GPtrArray   *td_alert_rules_new (void);
GPtrArray   *td_alert_rules_new_default (void);
GPtrArray   *td_alert_rules_copy (GPtrArray *rules);
TdAlertRule *td_alert_rules_find (GPtrArray  *rules,
                                  const char *id);
gboolean     td_alert_rules_check (GPtrArray *rules,
                                   GError   **error);

G_END_DECLS
