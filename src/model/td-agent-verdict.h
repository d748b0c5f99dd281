/* td-agent-verdict.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-agent.h"

G_BEGIN_DECLS

/**
 * TdAgentNeed:
 * @TD_AGENT_NEED_NONE: nothing to see to
 * @TD_AGENT_NEED_LOOK: out of the usual; somebody should look (amber)
 * @TD_AGENT_NEED_PERSON: needs a person now (red)
 *
 * How much an agent needs the shift lead.
 */
typedef enum {
  TD_AGENT_NEED_NONE,
  TD_AGENT_NEED_LOOK,
  TD_AGENT_NEED_PERSON,
} TdAgentNeed;

/**
 * TdAgentSigns:
 * @TD_AGENT_SIGN_OVER_LIMIT: longer in a state, or in a pause, than its limit
 * @TD_AGENT_SIGN_PHANTOM: says that calls can come, and two independent signs speak against it
 * @TD_AGENT_SIGN_WORKLOAD: handles far more calls an hour than the centre does
 * @TD_AGENT_SIGN_NO_BREAK: at work for long without a pause
 * @TD_AGENT_SIGN_PAST_SHIFT: on duty after the planned end of the shift
 *
 * What there is to say of an agent.
 */
typedef enum {
  TD_AGENT_SIGN_OVER_LIMIT = 1 << 0,
  TD_AGENT_SIGN_PHANTOM = 1 << 1,
  TD_AGENT_SIGN_WORKLOAD = 1 << 2,
  TD_AGENT_SIGN_NO_BREAK = 1 << 3,
  TD_AGENT_SIGN_PAST_SHIFT = 1 << 4,
} TdAgentSigns;

/* With fewer calls nothing is said of somebody's load. */
#define TD_AGENT_LEAST_CALLS 10

/**
 * TdAgentVerdict:
 * @need: how much the agent needs a person
 * @signs: why, of #TdAgentSigns
 * @limit_ms: how long the state that the agent is in may last, ms, or %TD_UNKNOWN for no limit
 * @workload: calls handled an hour at work today ÷ the same of the whole centre, or NAN
 *
 * What is thought of one agent at one moment.
 */
typedef struct
{
  TdAgentNeed need;
  guint       signs;
  gint64      limit_ms;
  double      workload;
} TdAgentVerdict;

/**
 * TdAgentVerdictFunc:
 * @agent: an agent
 * @now: the source's time, µs since 1970
 * @verdict: (out caller-allocates): what is thought of @agent now
 * @user_data: data
 *
 * Judges one agent; called for every agent on every tick, so it must be cheap.
 */
typedef void (*TdAgentVerdictFunc) (TdAgent        *agent,
                                    gint64          now,
                                    TdAgentVerdict *verdict,
                                    gpointer        user_data);

guint64 td_agent_verdict_get_key (const TdAgentVerdict *verdict,
                                  TdAgent              *agent);

G_END_DECLS
