/* td-alert-facts-private.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-agent-judge.h"
#include "td-alert-engine.h"
#include "td-centre.h"
#include "td-outlook.h"
#include "td-staffing-desk.h"
#include "td-totals.h"

G_BEGIN_DECLS

/**
 * TdAlertFigures:
 * @totals: of the queues together, at this moment; of agents those of one queue alone are counted
 * @serving: agents who serve them, or %TD_UNKNOWN; one who serves several counts once for the centre
 * @recent: what was counted in the last half hour
 * @recent_known: it was watched for that long
 *
 * Where a queue, a hotline or the centre stands.
 */
typedef struct
{
  TdTotals totals;
  gint64   serving;
  TdCounts recent;
  gboolean recent_known;
} TdAlertFigures;

/**
 * TdAlertFacts:
 *
 * What a centre's rules are held against: taken from the centre, the outlook
 * and the judge, at one moment after another. Main thread.
 */
typedef struct _TdAlertFacts TdAlertFacts;

TdAlertFacts *td_alert_facts_new (TdCentre     *centre,
                                  TdOutlook    *outlook,
                                  TdAgentJudge *judge);
void          td_alert_facts_free (TdAlertFacts *self);
void          td_alert_facts_set_staffing (TdAlertFacts   *self,
                                           TdStaffingDesk *staffing,
                                           TdReleases     *announced);
gboolean      td_alert_facts_get_need (TdAlertFacts   *self,
                                       TdStaffingNeed *need);
void          td_alert_facts_feed (TdAlertFacts  *self,
                                   TdAlertEngine *engine,
                                   gint64         now);
gboolean      td_alert_facts_get_figures (TdAlertFacts   *self,
                                          TdAlertScope    scope,
                                          const char     *id,
                                          TdAlertFigures *figures);

double td_alert_facts_judge_reach (TdServiceLevelFormula formula,
                                   const TdCounts       *today,
                                   gint64                waiting_beyond,
                                   double                to_come,
                                   double                target);
double td_alert_facts_judge_service_level (TdServiceLevelFormula formula,
                                           const TdCounts       *recent,
                                           gint64                waiting_beyond);
double td_alert_facts_judge_abandon_rate (const TdCounts *recent);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TdAlertFacts, td_alert_facts_free)

G_END_DECLS
