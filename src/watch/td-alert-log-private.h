/* td-alert-log-private.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-history.h"
#include "td-incident.h"

G_BEGIN_DECLS

/* Alerts and deeds as rows of the history, and back. */

void       td_alert_log_write_alert (TdHistory     *history,
                                     const TdAlert *alert);
void       td_alert_log_write_deed (TdHistory              *history,
                                    gint64                  id,
                                    TdIncident             *incident,
                                    const TdIncidentAction *action);
void       td_alert_log_read_async (TdHistory          *history,
                                    gint64              from,
                                    gint64              to,
                                    GCancellable       *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer            user_data);
GPtrArray *td_alert_log_read_finish (TdHistory    *history,
                                     GAsyncResult *result,
                                     GError      **error);

G_END_DECLS
