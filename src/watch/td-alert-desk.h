/* td-alert-desk.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-agent-judge.h"
#include "td-alert-board.h"
#include "td-centre.h"
#include "td-history.h"
#include "td-outlook.h"
#include "td-poller.h"
#include "td-staffing-desk.h"

G_BEGIN_DECLS

#define TD_TYPE_ALERT_DESK (td_alert_desk_get_type ())

/**
 * TdAlertDesk:
 *
 * Where a centre's alerts are kept: it holds what is known of the centre
 * against the rules, once a second and at each answer of the source, and
 * writes down what comes of it and what is done about it. After a restart it
 * goes on with what was not over. Begins with the rules of a first start.
 * Belongs to the main thread.
 *
 * Property: who (the name of the person at this desk, notified; "" for the
 * name that the system knows).
 *
 * TdAlertDesk::rules-changed: the rules are others, or others were refused
 */
G_DECLARE_FINAL_TYPE (TdAlertDesk, td_alert_desk, TD, ALERT_DESK, GObject)

TdAlertDesk *td_alert_desk_new (TdCentre     *centre,
                                TdPoller     *poller,
                                TdOutlook    *outlook,
                                TdAgentJudge *judge,
                                TdHistory    *history);

void          td_alert_desk_set_staffing (TdAlertDesk    *self,
                                          TdStaffingDesk *staffing,
                                          TdReleases     *announced);
TdAlertBoard *td_alert_desk_get_board (TdAlertDesk *self);
gint64        td_alert_desk_get_now (TdAlertDesk *self);
GPtrArray    *td_alert_desk_get_rules (TdAlertDesk *self);
void          td_alert_desk_set_rules (TdAlertDesk *self,
                                       GPtrArray   *rules);
void          td_alert_desk_refuse_rules (TdAlertDesk *self,
                                          const char  *why);
const char   *td_alert_desk_get_refused (TdAlertDesk *self);
void          td_alert_desk_set_hours (TdAlertDesk *self,
                                       guint        opens,
                                       guint        closes);
const char   *td_alert_desk_get_who (TdAlertDesk *self);
void          td_alert_desk_set_who (TdAlertDesk *self,
                                     const char  *who);
gboolean      td_alert_desk_act (TdAlertDesk    *self,
                                 TdIncident     *incident,
                                 TdIncidentEvent event,
                                 const char     *who,
                                 const char     *to,
                                 const char     *text,
                                 gint64          until,
                                 GError        **error);

void td_alert_desk_start (TdAlertDesk *self);
void td_alert_desk_stop (TdAlertDesk *self);
void td_alert_desk_observe (TdAlertDesk *self);

void       td_alert_desk_read_async (TdAlertDesk        *self,
                                     gint64              from,
                                     gint64              to,
                                     GCancellable       *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer            user_data);
GPtrArray *td_alert_desk_read_finish (TdAlertDesk  *self,
                                      GAsyncResult *result,
                                      GError      **error);

G_END_DECLS
