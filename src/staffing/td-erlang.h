/* td-erlang.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

#include "td-metrics.h"

G_BEGIN_DECLS

/* What the formulas are held to; beyond, a value is taken as the bound. */
#define TD_ERLANG_MAX_AGENTS 100000
#define TD_ERLANG_MAX_RATE 1000.0 /* calls a second */
#define TD_ERLANG_MAX_SECONDS (7 * 24 * 3600.0)

/**
 * TdTraffic:
 * @rate: calls offered a second, 0 to %TD_ERLANG_MAX_RATE
 * @aht: mean handling time, s, wrap-up included
 * @patience: mean time after which a caller who is still waiting hangs up, s;
 *   beyond %TD_ERLANG_MAX_SECONDS, as with %INFINITY, nobody hangs up
 *
 * What comes to a group of agents.
 */
typedef struct
{
  double rate;
  double aht;
  double patience;
} TdTraffic;

/**
 * TdExpectedService:
 * @occupancy: share of the agents' time that calls take, 0 to 1
 * @delayed: share of the callers who have to wait, 0 to 1
 * @answered_in_time: share of the callers who are answered within the threshold
 * @abandoned: share of the callers who hang up
 * @abandoned_in_time: share of the callers who hang up within the threshold
 * @abandoned_short: share of the callers who hang up within the short limit
 * @mean_wait: mean wait of all callers, s; %INFINITY where the queue grows without end
 * @asa: mean wait of those who are answered, s, or %INFINITY
 * @waiting: callers waiting, on average, or %INFINITY
 *
 * What a steady traffic meets. Shares are of the calls offered.
 */
typedef struct
{
  double occupancy;
  double delayed;
  double answered_in_time;
  double abandoned;
  double abandoned_in_time;
  double abandoned_short;
  double mean_wait;
  double asa;
  double waiting;
} TdExpectedService;

/**
 * TdServiceGoal:
 * @formula: how the service level is counted
 * @target: the share that it has to reach, 0 to 1
 * @threshold: T, s
 * @short_limit: below which who hangs up does not count, s
 * @max_occupancy: what may be asked of an agent for long, 0 to 1; 1: anything
 */
typedef struct
{
  TdServiceLevelFormula formula;
  double                target;
  double                threshold;
  double                short_limit;
  double                max_occupancy;
} TdServiceGoal;

double td_erlang_b (guint  agents,
                    double erlangs);
double td_erlang_c (guint  agents,
                    double erlangs);

TdExpectedService td_erlang_expect (const TdTraffic *traffic,
                                    guint            agents,
                                    double           threshold,
                                    double           short_limit);
double            td_erlang_service_level (const TdExpectedService *service,
                                           TdServiceLevelFormula    formula);
gboolean          td_erlang_agents_needed (const TdTraffic     *traffic,
                                           const TdServiceGoal *goal,
                                           guint               *needed);

G_END_DECLS
