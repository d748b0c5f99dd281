/* td-alert-rules-file.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "td-alert-rules.h"

G_BEGIN_DECLS

#define TD_ALERT_RULES_FILE_FORMAT 1
#define TD_ALERT_RULES_FILE_MAX_BYTES (256 * 1024)

char      *td_alert_rules_file_get_path (const char *profile);
GPtrArray *td_alert_rules_file_parse (const char *text,
                                      gsize       length,
                                      GError    **error);
char      *td_alert_rules_file_to_text (GPtrArray *rules);
GPtrArray *td_alert_rules_file_load (const char *path,
                                     GError    **error);
gboolean   td_alert_rules_file_save (GPtrArray  *rules,
                                     const char *path,
                                     GError    **error);

G_END_DECLS
