/* td-alert-log-row.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "td-incident.h"

G_BEGIN_DECLS

GtkWidget *td_alert_log_row_new (TdIncident *incident,
                                 gint64      now,
                                 GTimeZone  *zone);
gboolean   td_alert_log_row_matches (TdIncident *incident,
                                     const char *text);

G_END_DECLS
