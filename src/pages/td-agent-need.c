/* td-agent-need.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-agent-need.h"

#include <string.h>

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

static const int ranks[TD_N_AGENT_STATES] = {
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
 * td_agent_need_compare:
 * @a: an agent
 * @b: another
 * @now: the source's time, µs since 1970
 *
 * Orders those who need a person first: by severity, by state, and within a
 * state those who are in it longest.
 *
 * Returns: less than, equal to or greater than 0, as strcmp()
 */
int
td_agent_need_compare (TdAgent *a,
                       TdAgent *b,
                       gint64   now)
{
  int    x = -(int)td_agent_need_severity (a, now);
  int    y = -(int)td_agent_need_severity (b, now);
  gint64 since_a, since_b;

  if (x == y)
    {
      x = ranks[td_agent_get_info (a)->state];
      y = ranks[td_agent_get_info (b)->state];
    }
  if (x != y)
    return x < y ? -1 : 1;

  since_a = td_agent_get_since (a, NULL);
  since_b = td_agent_get_since (b, NULL);
  if (since_a != since_b)
    return since_a < since_b ? -1 : 1;

  return strcmp (td_agent_get_id (a), td_agent_get_id (b));
}
