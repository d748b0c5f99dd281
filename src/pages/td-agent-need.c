/* td-agent-need.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-agent-need.h"

#include "td-metrics.h"

/* From here on a state lasts longer than it should, ms; 0 is no limit. */
static const struct
{
  gint64 amber_ms;
  gint64 red_ms;
} limits[TD_N_AGENT_STATES] = {
  [TD_AGENT_STATE_RINGING] = { 15 * 1000, 30 * 1000 },
  [TD_AGENT_STATE_ON_CALL] = { 10 * 60 * 1000, 0 },
  [TD_AGENT_STATE_WRAP_UP] = { 2 * 60 * 1000, 5 * 60 * 1000 },
  [TD_AGENT_STATE_PAUSED] = { 15 * 60 * 1000, 30 * 60 * 1000 },
};

static const guint ranks[TD_N_AGENT_STATES] = {
  [TD_AGENT_STATE_UNREACHABLE] = 0,
  [TD_AGENT_STATE_RINGING] = 1,
  [TD_AGENT_STATE_ON_CALL] = 2,
  [TD_AGENT_STATE_WRAP_UP] = 3,
  [TD_AGENT_STATE_PAUSED] = 4,
  [TD_AGENT_STATE_AVAILABLE] = 5,
  [TD_AGENT_STATE_UNKNOWN] = 6,
  [TD_AGENT_STATE_OFFLINE] = 7,
};

/**
 * td_agent_need_severity:
 * @agent: an agent
 * @now: the source's time, µs since 1970
 *
 * Unreachable is red; ringing over 15 s, a call over 10 minutes, wrap-up over
 * 2 minutes and a pause over 15 minutes are amber, and twice that is red for
 * all but the call.
 *
 * Returns: how much the agent's state needs a person
 */
TdSeverity
td_agent_need_severity (TdAgent *agent,
                        gint64   now)
{
  TdAgentState state = td_agent_get_info (agent)->state;
  gint64       age = td_metrics_age_ms (td_agent_get_since (agent, NULL), now);

  if (state == TD_AGENT_STATE_UNREACHABLE)
    return TD_SEVERITY_RED;
  if (limits[state].red_ms > 0 && age > limits[state].red_ms)
    return TD_SEVERITY_RED;
  if (limits[state].amber_ms > 0 && age > limits[state].amber_ms)
    return TD_SEVERITY_AMBER;

  return TD_SEVERITY_NORMAL;
}

/**
 * td_agent_need_key:
 * @agent: an agent
 * @now: the source's time, µs since 1970
 *
 * Orders those who need a person first: by severity, by state, and within a
 * state those who are in it longest.
 *
 * Returns: a number that is less for who comes first
 */
guint64
td_agent_need_key (TdAgent *agent,
                   gint64   now)
{
  guint64 severity = TD_SEVERITY_RED - td_agent_need_severity (agent, now);
  guint64 rank = ranks[td_agent_get_info (agent)->state];
  gint64  since = td_agent_get_since (agent, NULL);

  /* Two bits, three, and milliseconds until the year 10,000. */
  return severity << 62 | rank << 59 | (guint64)MAX (since, 0) / 1000;
}
