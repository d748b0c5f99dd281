/* td-alert-engine.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-alert.h"

G_BEGIN_DECLS

/* So many things may be on their way to an alert, or be one. */
#define TD_ALERT_ENGINE_MAX_WATCHED 20000

/**
 * TdAlertFact:
 * @kind: what was measured
 * @scope: of what
 * @id: of which; "" for the centre
 * @group: (nullable): hotline of a queue, zone of an agent
 * @value: in the kind's unit, or NAN where it is not known
 */
typedef struct
{
  TdAlertKind  kind;
  TdAlertScope scope;
  const char  *id;
  const char  *group;
  double       value;
} TdAlertFact;

#define TD_TYPE_ALERT_ENGINE (td_alert_engine_get_type ())

/**
 * TdAlertThereFunc:
 * @scope: what kind of thing
 * @id: which
 * @user_data: data
 *
 * Returns: whether there is such a thing
 */
typedef gboolean (*TdAlertThereFunc) (TdAlertScope scope,
                                      const char  *id,
                                      gpointer     user_data);

/**
 * TdAlertWordsFunc:
 * @alert: an alert that is raised, or has another value
 * @user_data: data
 *
 * Gives an alert its title and its evidence, which need names that an engine
 * does not know.
 */
typedef void (*TdAlertWordsFunc) (TdAlert *alert,
                                  gpointer user_data);

/**
 * TdAlertEngine:
 *
 * Holds facts against rules. A rule is raised for a thing when the value was
 * known and at its threshold for the rule's duration, and cleared when it was
 * back at the lower threshold for long enough; in between it stays what it is.
 * A value that is not known does neither, and its time does not count. Knows
 * no clock but what it is told. Belongs to one thread.
 *
 * TdAlertEngine::raised, ::changed and ::cleared: (TdAlert *alert), while
 * td_alert_engine_end() runs; changed: @value or @worst is another.
 */
G_DECLARE_FINAL_TYPE (TdAlertEngine, td_alert_engine, TD, ALERT_ENGINE, GObject)

TdAlertEngine *td_alert_engine_new (void);
GPtrArray     *td_alert_engine_get_rules (TdAlertEngine *self);
void           td_alert_engine_set_rules (TdAlertEngine *self,
                                          GPtrArray     *rules);
void           td_alert_engine_set_hours (TdAlertEngine *self,
                                          guint          opens,
                                          guint          closes);
void           td_alert_engine_set_words (TdAlertEngine   *self,
                                          TdAlertWordsFunc func,
                                          gpointer         user_data);
GPtrArray     *td_alert_engine_get_alerts (TdAlertEngine *self);
void           td_alert_engine_restore (TdAlertEngine *self,
                                        TdAlert       *alert);

void td_alert_engine_skip (TdAlertEngine *self);
void td_alert_engine_begin (TdAlertEngine *self,
                            gint64         now,
                            guint          minute);
void td_alert_engine_feed (TdAlertEngine     *self,
                           const TdAlertFact *fact);
void td_alert_engine_drop (TdAlertEngine *self,
                           TdAlertScope   scope,
                           const char    *id);
void td_alert_engine_drop_gone (TdAlertEngine   *self,
                                TdAlertThereFunc is_there,
                                gpointer         user_data);
void td_alert_engine_end (TdAlertEngine *self);

G_END_DECLS
