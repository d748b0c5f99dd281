/* td-incident.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "td-alert.h"

G_BEGIN_DECLS

#define TD_INCIDENT_MAX_PARTS 500
#define TD_INCIDENT_MAX_ACTIONS 500
#define TD_INCIDENT_MAX_WHO 100  /* bytes of a person's name */
#define TD_INCIDENT_MAX_TEXT 500 /* bytes of a person's words */
#define TD_INCIDENT_MAX_ESCALATION 3
#define TD_INCIDENT_MAX_SNOOZE_US (24 * G_TIME_SPAN_HOUR)

/**
 * TdIncidentState:
 * @TD_INCIDENT_OPEN: nobody has taken it
 * @TD_INCIDENT_TAKEN: somebody sees to it
 * @TD_INCIDENT_SNOOZED: it was put off until a time, for a reason
 * @TD_INCIDENT_CLOSED: it is done with
 */
typedef enum {
  TD_INCIDENT_OPEN,
  TD_INCIDENT_TAKEN,
  TD_INCIDENT_SNOOZED,
  TD_INCIDENT_CLOSED,
} TdIncidentState;

/**
 * TdIncidentEvent:
 * @TD_INCIDENT_EVENT_RAISED: there is a new incident
 * @TD_INCIDENT_EVENT_PART: another alert belongs to it
 * @TD_INCIDENT_EVENT_WORSE: another alert belongs to it, of a higher level than all before
 * @TD_INCIDENT_EVENT_PART_CLEARED: one of its alerts is over
 * @TD_INCIDENT_EVENT_ENDED: all of them are
 * @TD_INCIDENT_EVENT_TAKEN: somebody took it
 * @TD_INCIDENT_EVENT_HANDED_OVER: somebody gave it to somebody else
 * @TD_INCIDENT_EVENT_SNOOZED: somebody put it off
 * @TD_INCIDENT_EVENT_WOKEN: the time until which it was put off is over, or it became worse
 * @TD_INCIDENT_EVENT_ESCALATED: nobody took it in time
 * @TD_INCIDENT_EVENT_CLOSED: it is done with, by somebody or by itself
 *
 * What happens to an incident. The numbers are kept in files.
 */
typedef enum {
  TD_INCIDENT_EVENT_RAISED,
  TD_INCIDENT_EVENT_PART,
  TD_INCIDENT_EVENT_WORSE,
  TD_INCIDENT_EVENT_PART_CLEARED,
  TD_INCIDENT_EVENT_ENDED,
  TD_INCIDENT_EVENT_TAKEN,
  TD_INCIDENT_EVENT_HANDED_OVER,
  TD_INCIDENT_EVENT_SNOOZED,
  TD_INCIDENT_EVENT_WOKEN,
  TD_INCIDENT_EVENT_ESCALATED,
  TD_INCIDENT_EVENT_CLOSED,
  TD_N_INCIDENT_EVENTS
} TdIncidentEvent;

/**
 * TdIncidentAction:
 * @at: when, µs since 1970
 * @event: what: taken, handed over, snoozed, woken, escalated or closed
 * @who: (nullable): by whom; %NULL for by itself
 * @to: (nullable): to whom it was handed over
 * @text: (nullable): a reason or a note, in a person's words
 * @until: until when it was put off, or %TD_UNKNOWN
 *
 * What was done with an incident.
 */
typedef struct
{
  gint64          at;
  TdIncidentEvent event;
  char           *who;
  char           *to;
  char           *text;
  gint64          until;
} TdIncidentAction;

TdIncidentAction *td_incident_action_copy (const TdIncidentAction *action);
void              td_incident_action_free (TdIncidentAction *action);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TdIncidentAction, td_incident_action_free)

#define TD_TYPE_INCIDENT (td_incident_get_type ())

/**
 * TdIncident:
 *
 * The alerts of one situation, and who sees to it:
 *
 *   open ──take──► taken ──hand over──► taken by another
 *   open, taken ──snooze──► snoozed ──time, or worse──► as it was before
 *   all ──close──► closed
 *
 * Times are the source's, µs since 1970. Belongs to the main thread.
 *
 * TdIncident::changed: anything of it is another; told at most once for each
 * step of the board.
 */
G_DECLARE_FINAL_TYPE (TdIncident, td_incident, TD, INCIDENT, GObject)

TdIncident *td_incident_new (gint64 id,
                             gint64 started);

gint64          td_incident_get_id (TdIncident *self);
gint64          td_incident_get_started (TdIncident *self);
gint64          td_incident_get_ended (TdIncident *self);
TdAlertLevel    td_incident_get_level (TdIncident *self);
const char     *td_incident_get_title (TdIncident *self);
guint           td_incident_get_n_parts (TdIncident *self);
TdAlert        *td_incident_get_part (TdIncident *self,
                                      guint       index);
TdIncidentState td_incident_get_state (TdIncident *self);
const char     *td_incident_get_owner (TdIncident *self);
gint64          td_incident_get_owned_since (TdIncident *self);
gint64          td_incident_get_until (TdIncident *self);
const char     *td_incident_get_reason (TdIncident *self);
guint           td_incident_get_escalation (TdIncident *self);
GPtrArray      *td_incident_get_actions (TdIncident *self);

gboolean td_incident_act (TdIncident             *self,
                          const TdIncidentAction *action,
                          GError                **error);
gboolean td_incident_allows (TdIncident     *self,
                             TdIncidentEvent event);

/* For the board, which keeps them. */
void     td_incident_add_part (TdIncident *self,
                               TdAlert    *alert);
gboolean td_incident_update (TdIncident *self);
gint64   td_incident_get_escalates_at (TdIncident *self);
void     td_incident_put_back (TdIncident *self,
                               gint64      now);
void     td_incident_notify_changed (TdIncident *self);

G_END_DECLS
