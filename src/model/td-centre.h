/* td-centre.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-agent.h"
#include "td-caller.h"
#include "td-metrics.h"
#include "td-queue.h"
#include "td-roster.h"
#include "td-snapshot.h"

G_BEGIN_DECLS

#define TD_MODEL_ERROR (td_model_error_quark ())

/**
 * TdModelError:
 * @TD_MODEL_ERROR_BASE: a delta does not follow the state that is held; ask in full
 * @TD_MODEL_ERROR_OLD: the snapshot is older than the state that is held
 */
typedef enum {
  TD_MODEL_ERROR_BASE,
  TD_MODEL_ERROR_OLD,
} TdModelError;

GQuark td_model_error_quark (void);

/**
 * TdChanges:
 *
 * What one snapshot changed. The arrays hold borrowed objects (TdQueue,
 * TdAgent, TdCaller) and are valid during the emission only; an added object
 * is not repeated under changed.
 */
typedef struct
{
  gboolean   centre_changed;
  gboolean   new_instance; /* the source started anew: counters may have been reset */
  GPtrArray *queues_added;
  GPtrArray *queues_changed;
  GPtrArray *queues_removed;
  GPtrArray *agents_added;
  GPtrArray *agents_changed;
  GPtrArray *agents_removed;
  GPtrArray *callers_added;
  GPtrArray *callers_changed;
  GPtrArray *callers_removed;
} TdChanges;

#define TD_TYPE_CENTRE (td_centre_get_type ())

/**
 * TdCentre:
 *
 * The call centre as it is known now. Belongs to the main thread.
 *
 * TdCentre::changed: (const TdChanges *changes) is emitted once for each
 * snapshot that was applied, after the rosters were brought up to date, and
 * also when nothing but the time of the snapshot moved.
 *
 * Its properties are how it is judged here, whatever the source says of that.
 */
G_DECLARE_FINAL_TYPE (TdCentre, td_centre, TD, CENTRE, GObject)

TdCentre *td_centre_new (void);

gboolean td_centre_apply (TdCentre   *self,
                          TdSnapshot *snapshot,
                          GError    **error);

void td_centre_forget_revision (TdCentre *self);

gboolean            td_centre_is_empty (TdCentre *self);
gint64              td_centre_get_revision (TdCentre *self);
const char         *td_centre_get_instance (TdCentre *self);
gint64              td_centre_get_at (TdCentre *self);
gint64              td_centre_get_now (TdCentre *self);
GTimeZone          *td_centre_get_timezone (TdCentre *self);
const TdCentreInfo *td_centre_get_info (TdCentre *self);

TdRoster *td_centre_get_queues (TdCentre *self);
TdRoster *td_centre_get_agents (TdCentre *self);
TdRoster *td_centre_get_callers (TdCentre *self);

TdQueue *td_centre_find_queue (TdCentre   *self,
                               const char *id);
TdAgent *td_centre_find_agent (TdCentre   *self,
                               const char *id);

/* (transfer none) (element-type TdCaller / TdAgent): those of one queue, in the
 * roster's order, until the centre changes. */
GPtrArray *td_centre_get_queue_callers (TdCentre   *self,
                                        const char *queue_id);
GPtrArray *td_centre_get_queue_agents (TdCentre   *self,
                                       const char *queue_id);

/* The T and target that are in force for a queue, or for the centre where
 * @queue is NULL: the queue's, else the centre's, else 20 s and 0.8. */
gint64 td_centre_get_service_level_ms (TdCentre *self,
                                       TdQueue  *queue);
double td_centre_get_service_level_target (TdCentre *self,
                                           TdQueue  *queue);

/* How the service level is reckoned here, and a target in the place of the
 * source's; NAN for the source's own. */
TdServiceLevelFormula td_centre_get_service_level_formula (TdCentre *self);
void                  td_centre_set_service_level_formula (TdCentre             *self,
                                                           TdServiceLevelFormula formula);
double                td_centre_get_own_service_level_target (TdCentre *self);
void                  td_centre_set_service_level_target (TdCentre *self,
                                                          double    target);

G_END_DECLS
