/* td-metrics.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-snapshot.h"

G_BEGIN_DECLS

/**
 * TdServiceLevelFormula:
 * @TD_SERVICE_LEVEL_LIVE: answered in T ÷ (answered + abandoned − short abandons + still waiting beyond T); ours
 * @TD_SERVICE_LEVEL_OF_ANSWERED: answered in T ÷ answered (Asterisk ServicelevelPerf, QPanel)
 * @TD_SERVICE_LEVEL_OF_HANDLED: answered in T ÷ (answered + abandoned) (Genesys Cloud default)
 * @TD_SERVICE_LEVEL_IN_TIME: (answered in T + abandoned in T) ÷ (answered + abandoned) (Asterisk ServicelevelPerf2)
 * @TD_SERVICE_LEVEL_LESS_EARLY: answered in T ÷ (answered + abandoned − abandoned in T)
 * @TD_SERVICE_LEVEL_OF_OFFERED: answered in T ÷ (offered − short abandons) (Talkdesk)
 */
typedef enum {
  TD_SERVICE_LEVEL_LIVE,
  TD_SERVICE_LEVEL_OF_ANSWERED,
  TD_SERVICE_LEVEL_OF_HANDLED,
  TD_SERVICE_LEVEL_IN_TIME,
  TD_SERVICE_LEVEL_LESS_EARLY,
  TD_SERVICE_LEVEL_OF_OFFERED,
  TD_N_SERVICE_LEVEL_FORMULAS
} TdServiceLevelFormula;

/**
 * TdAgentTally:
 *
 * Agents by state. @total counts all of them, unknown states included.
 */
typedef struct
{
  guint total;
  guint staffed;
  guint serving;
  guint by_state[TD_N_AGENT_STATES];
} TdAgentTally;

/* Every ratio is a fraction (0.82 is 82 %), every mean is seconds, and each
 * is NAN where an input is unknown or nothing was counted yet. All functions
 * are pure and may be called from any thread. */

gboolean td_metrics_get_service (TdServiceLevelFormula formula,
                                 const TdCounts       *counts,
                                 gint64                waiting_beyond,
                                 gint64               *good,
                                 gint64               *counted);
double   td_metrics_service_level (TdServiceLevelFormula formula,
                                   const TdCounts       *counts,
                                   gint64                waiting_beyond);
double   td_metrics_abandon_rate (const TdCounts *counts,
                                  gint64          waiting);
double   td_metrics_asa (const TdCounts *counts);
double   td_metrics_aht (const TdCounts *counts);
double   td_metrics_occupancy (gint64 ringing_ms,
                               gint64 talk_ms,
                               gint64 hold_ms,
                               gint64 wrap_up_ms,
                               gint64 available_ms);
double   td_metrics_agent_aht (const TdAgentInfo *agent);
double   td_metrics_agent_occupancy (const TdAgentInfo *agent,
                                     gint64             now);
double   td_metrics_ewt (gint64 position,
                         double aht,
                         gint64 serving);
double   td_metrics_deviation (double rate,
                               double normal);
double   td_metrics_workload (gint64 calls,
                              double hours,
                              double normal_per_hour);
double   td_metrics_per_minute (gint64 offered,
                                double minutes);

gint64   td_metrics_age_ms (gint64 since,
                            gint64 now);
gint64   td_metrics_sum (gint64 a,
                         gint64 b);
void     td_counts_add (TdCounts       *sum,
                        const TdCounts *counts);
gboolean td_counts_subtract (TdCounts       *difference,
                             const TdCounts *later,
                             const TdCounts *earlier);

void td_agent_tally_add (TdAgentTally *tally,
                         TdAgentState  state);

G_END_DECLS
