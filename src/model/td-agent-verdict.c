/* td-agent-verdict.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-agent-verdict.h"

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
 * td_agent_verdict_get_key:
 * @verdict: what is thought of @agent
 * @agent: an agent
 *
 * Orders agents wherever they are shown, those who need a person first: by
 * need, by state, and within a state those who are in it longest. Who is
 * available in name only stands with those who cannot be reached.
 *
 * Returns: a number that is less for who comes first
 */
guint64
td_agent_verdict_get_key (const TdAgentVerdict *verdict,
                          TdAgent              *agent)
{
  guint64 need = TD_AGENT_NEED_PERSON - verdict->need;
  guint64 rank = verdict->signs & TD_AGENT_SIGN_PHANTOM ? 0 : ranks[td_agent_get_info (agent)->state];
  gint64  since = td_agent_get_since (agent, NULL);

  /* Two bits, three, and milliseconds until the year 10,000. */
  return need << 62 | rank << 59 | (guint64)MAX (since, 0) / 1000;
}
