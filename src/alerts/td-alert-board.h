/* td-alert-board.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-alert-engine.h"
#include "td-incident.h"

G_BEGIN_DECLS

/* An alert belongs to a situation whose last news is not older than this. */
#define TD_ALERT_BOARD_JOIN_US (30 * G_TIME_SPAN_MINUTE)

/* What is over goes by itself, later where somebody had taken it. */
#define TD_ALERT_BOARD_LINGER_US TD_ALERT_BOARD_JOIN_US
#define TD_ALERT_BOARD_LINGER_TAKEN_US G_TIME_SPAN_HOUR

#define TD_TYPE_ALERT_BOARD (td_alert_board_get_type ())

/**
 * TdAlertBoard:
 *
 * The incidents of a centre: what its engine raises, one entry for each
 * situation, with who sees to it. Belongs to the main thread.
 *
 * TdAlertBoard::event: (TdIncident *incident, TdIncidentEvent event, gpointer detail)
 *   something happened to an incident; @detail is the TdAlert of an event of a
 *   part (raised, part, worse, part cleared), the TdIncidentAction of what was
 *   done, else %NULL. Told after the incident and the list have it.
 */
G_DECLARE_FINAL_TYPE (TdAlertBoard, td_alert_board, TD, ALERT_BOARD, GObject)

TdAlertBoard *td_alert_board_new (TdAlertEngine *engine);
GListModel   *td_alert_board_get_incidents (TdAlertBoard *self);
TdIncident   *td_alert_board_find (TdAlertBoard *self,
                                   gint64        id);
gboolean      td_alert_board_act (TdAlertBoard           *self,
                                  TdIncident             *incident,
                                  const TdIncidentAction *action,
                                  GError                **error);
void          td_alert_board_update (TdAlertBoard *self,
                                     gint64        now);
void          td_alert_board_restore (TdAlertBoard *self,
                                      TdIncident   *incident);

G_END_DECLS
