/* td-alert.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-alert-rule.h"

G_BEGIN_DECLS

#define TD_ALERT_MAX_EVIDENCE 1000 /* bytes */

/**
 * TdAlertEnd:
 * @TD_ALERT_END_NONE: it goes on
 * @TD_ALERT_END_OVER: what raised it is over
 * @TD_ALERT_END_GONE: the queue or the agent is there no more
 * @TD_ALERT_END_RESTS: the rule is not looked at at this hour
 * @TD_ALERT_END_RULE: the rule was switched off, or is another one now
 *
 * Why an alert is no longer on.
 */
typedef enum {
  TD_ALERT_END_NONE,
  TD_ALERT_END_OVER,
  TD_ALERT_END_GONE,
  TD_ALERT_END_RESTS,
  TD_ALERT_END_RULE,
  TD_N_ALERT_ENDS
} TdAlertEnd;

#define TD_TYPE_ALERT (td_alert_get_type ())

/**
 * TdAlert:
 * @id: unique in its history, and rising
 * @incident: of which incident it is a part; 0 before it is of one
 * @rule: id of the rule that raised it
 * @kind: what it compares
 * @scope: of what
 * @target: of which; "" for the centre
 * @group: (nullable): hotline of a queue, zone of an agent
 * @level: how much it matters
 * @since: when what raised it began, µs since 1970
 * @raised: when it was told
 * @cleared: when it was told that it is over, or %TD_UNKNOWN while it goes on
 * @end: why it is over
 * @value: as last known
 * @worst: the worst value since @since
 * @threshold: from where it counted
 * @escalate_s: of its rule
 * @title: what it is called, translated
 * @evidence: (nullable): what speaks for it now, and once it is over what did at its worst, translated
 *
 * One rule that holds for one thing. Ref-counted; the fields are for reading,
 * but to those who keep it. Belongs to the main thread.
 */
typedef struct
{
  gint64       id;
  gint64       incident;
  char        *rule;
  TdAlertKind  kind;
  TdAlertScope scope;
  char        *target;
  char        *group;
  TdAlertLevel level;
  gint64       since;
  gint64       raised;
  gint64       cleared;
  TdAlertEnd   end;
  double       value;
  double       worst;
  double       threshold;
  guint        escalate_s;
  char        *title;
  char        *evidence;
} TdAlert;

GType    td_alert_get_type (void);
TdAlert *td_alert_new (void);
TdAlert *td_alert_ref (TdAlert *self);
void     td_alert_unref (TdAlert *self);
gboolean td_alert_is_on (const TdAlert *self);
gboolean td_alert_is_worse (const TdAlert *self,
                            double         value);
void     td_alert_set_evidence (TdAlert    *self,
                                const char *evidence);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TdAlert, td_alert_unref)

G_END_DECLS
