/* td-alert-message.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-incident.h"

G_BEGIN_DECLS

/* What a webhook and a command are told, JSON of version 1:
 *
 *   { "version": 1, "event": "raised", "at": "2026-11-20T10:00:00Z", "centre": "…",
 *     "incident": { "id": 7, "level": "alarm", "state": "open", "title": "…",
 *       "started": "…", "ended": null, "owner": null, "escalation": 0,
 *       "parts": [ { "rule": "longest-wait", "kind": "longest-wait", "scope": "queue",
 *         "target": "q1", "level": "alarm", "title": "…", "evidence": "…",
 *         "since": "…", "raised": "…", "cleared": null, "value": 310, "worst": 320,
 *         "threshold": 300 } ] } }
 *
 * Times are UTC; a number that is not known is null. The event of a test is
 * "test", and it has no incident. */

#define TD_ALERT_MESSAGE_MAX_PARTS 20 /* the worst; "n_parts" says how many there are */

const char *td_alert_message_get_event (TdIncidentEvent event);
GBytes     *td_alert_message_create (const char     *centre,
                                     TdIncident     *incident,
                                     TdIncidentEvent event,
                                     gint64          at);
GBytes     *td_alert_message_create_test (const char *centre,
                                          gint64      at);

G_END_DECLS
