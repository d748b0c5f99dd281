/* td-incident-words.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

#include "td-incident.h"
#include "td-palette.h"

G_BEGIN_DECLS

TdSeverity td_incident_words_get_severity (TdAlertLevel level);
gboolean   td_incident_words_names_agent (TdIncident *incident);
char      *td_incident_words_describe_time (TdIncident *incident,
                                            gint64      now,
                                            GTimeZone  *zone);
char      *td_incident_words_describe_owner (TdIncident *incident,
                                             GTimeZone  *zone);
char      *td_incident_words_describe_part (const TdAlert *part,
                                            GTimeZone     *zone);
char      *td_incident_words_describe_action (const TdIncidentAction *action,
                                              GTimeZone              *zone);

G_END_DECLS
