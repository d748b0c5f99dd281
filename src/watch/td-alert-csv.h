/* td-alert-csv.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-incident.h"

G_BEGIN_DECLS

/* The columns, without an end of line. */
extern const char td_alert_csv_header[];

void td_alert_csv_append (GString    *csv,
                          TdIncident *incident,
                          gint64      from,
                          gint64      to,
                          GTimeZone  *zone);

G_END_DECLS
