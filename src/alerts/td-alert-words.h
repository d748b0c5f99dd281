/* td-alert-words.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-alert-rule.h"

G_BEGIN_DECLS

char *td_alert_words_format_value (TdAlertKind kind,
                                   double      value);
char *td_alert_words_describe_rule (const TdAlertRule *rule);
char *td_alert_words_get_title (const TdAlertRule *rule);

G_END_DECLS
