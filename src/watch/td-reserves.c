/* td-reserves.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-reserves.h"

#include "td-helpers.h"

/* Between two shifts (Labour Code of Viet Nam, 2019, article 110). */
#define REST_US (12 * G_TIME_SPAN_HOUR)

/* Since when, with those who do not tell it last. */
static gint64
get_since (TdAgent *agent)
{
  gint64 since = td_agent_get_info (agent)->since;

  return TD_IS_KNOWN (since) ? since : G_MAXINT64;
}

static void
add (TdReserves *self,
     TdReserve   kind,
     TdAgent    *agent)
{
  TdAgent **named = self->named[kind];
  guint     at = MIN (self->n[kind], TD_RESERVES_MAX_NAMED);

  self->n[kind]++;
  while (at > 0 && get_since (named[at - 1]) > get_since (agent))
    {
      if (at < TD_RESERVES_MAX_NAMED)
        named[at] = named[at - 1];
      at--;
    }
  if (at < TD_RESERVES_MAX_NAMED)
    named[at] = agent;
}

/* One who is on a call of another queue can be kept for this one where others
 * go on with that queue. */
static gboolean
can_be_kept (TdCentre          *centre,
             TdQueue           *queue,
             const TdAgentInfo *info)
{
  TdQueue *other;

  if (info->call_queue == NULL || g_str_equal (info->call_queue, td_queue_get_id (queue)) ||
      !td_helpers_serves (info, td_queue_get_id (queue)))
    return FALSE;

  other = td_centre_find_queue (centre, info->call_queue);

  return other != NULL && td_queue_get_info (other)->waiting == 0 && td_helpers_count_available (centre, other) > 0;
}

static void
add_agent (TdReserves   *self,
           TdCentre     *centre,
           TdAgent      *agent,
           TdAgentJudge *judge,
           gint64        now)
{
  const TdAgentInfo *info = td_agent_get_info (agent);
  TdAgentVerdict     verdict;

  switch (info->state)
    {
    case TD_AGENT_STATE_AVAILABLE:
      if (self->queue != NULL && !td_helpers_serves (info, td_queue_get_id (self->queue)))
        add (self, TD_RESERVE_FREE, agent);
      break;

    case TD_AGENT_STATE_ON_CALL:
      if (self->queue != NULL && can_be_kept (centre, self->queue, info))
        add (self, TD_RESERVE_SKILLED, agent);
      break;

    case TD_AGENT_STATE_PAUSED:
      td_agent_judge_get_verdict (agent, now, &verdict, judge);
      if ((verdict.signs & TD_AGENT_SIGN_OVER_LIMIT) != 0)
        add (self, TD_RESERVE_PAUSED, agent);
      break;

    case TD_AGENT_STATE_OFFLINE:
      if (td_helpers_is_in_shift (info, now))
        add (self, TD_RESERVE_ABSENT, agent);
      else if (info->place == TD_PLACE_HOME && TD_IS_KNOWN (info->since) && now - info->since >= REST_US)
        add (self, TD_RESERVE_HOME, agent);
      break;

    case TD_AGENT_STATE_UNKNOWN:
    case TD_AGENT_STATE_RINGING:
    case TD_AGENT_STATE_WRAP_UP:
    case TD_AGENT_STATE_UNREACHABLE:
    case TD_N_AGENT_STATES:
    default:
      break;
    }
}

/**
 * td_reserves_find:
 * @centre: a centre
 * @judge: what its agents are held against
 * @now: the source's time, µs since 1970
 * @reserves: (out): who could be moved
 *
 * Goes once through the agents; of the main thread alone.
 */
void
td_reserves_find (TdCentre     *centre,
                  TdAgentJudge *judge,
                  gint64        now,
                  TdReserves   *reserves)
{
  TdRoster *agents;

  g_return_if_fail (TD_IS_CENTRE (centre));
  g_return_if_fail (TD_IS_AGENT_JUDGE (judge));
  g_return_if_fail (reserves != NULL);

  *reserves = (TdReserves){ .queue = td_helpers_find_queue (centre) };
  agents = td_centre_get_agents (centre);
  for (guint i = 0; i < td_roster_get_size (agents); i++)
    add_agent (reserves, centre, td_roster_get (agents, i), judge, now);
}
