/* td-alert-rule-editor.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "td-alert-rule.h"
#include "td-profile.h"
#include "td-watch.h"

G_BEGIN_DECLS

#define TD_TYPE_ALERT_RULE_EDITOR (td_alert_rule_editor_get_type ())

/**
 * TdAlertRuleEditor:
 *
 * A window in which a rule is made or changed. It says how often the rule
 * would have been raised today, by what is recorded.
 *
 * TdAlertRuleEditor::saved: (const TdAlertRule *rule) a rule that
 *   td_alert_rule_check() lets pass; the window closes
 * TdAlertRuleEditor::deleted: the rule is not wanted any more; likewise
 */
G_DECLARE_FINAL_TYPE (TdAlertRuleEditor, td_alert_rule_editor, TD, ALERT_RULE_EDITOR, AdwWindow)

TdAlertRuleEditor *td_alert_rule_editor_new (GtkWindow         *parent,
                                             const TdAlertRule *rule,
                                             gboolean           is_new,
                                             const TdProfile   *profile,
                                             TdWatch           *watch);

G_END_DECLS
