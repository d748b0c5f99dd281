/* td-helpers.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-helpers.h"

static void
add_paused (TdHelpers         *self,
            TdAgent           *agent,
            const TdAgentInfo *info,
            TdAgentJudge      *judge,
            gint64             now)
{
  TdAgentVerdict verdict;

  td_agent_judge_get_verdict (agent, now, &verdict, judge);
  self->paused++;
  self->paused_too_long += (verdict.signs & TD_AGENT_SIGN_OVER_LIMIT) != 0;
  if (TD_IS_KNOWN (info->since) && (!TD_IS_KNOWN (self->paused_since) || info->since < self->paused_since))
    self->paused_since = info->since;
}

/**
 * td_helpers_is_in_shift:
 * @info: an agent
 * @now: the source's time, µs since 1970
 *
 * Returns: whether the planned shift goes on, as far as one is known
 */
gboolean
td_helpers_is_in_shift (const TdAgentInfo *info,
                        gint64             now)
{
  return TD_IS_KNOWN (info->shift_start) && TD_IS_KNOWN (info->shift_end) && info->shift_start <= now && now < info->shift_end;
}

static void
add_agent (TdHelpers    *self,
           TdAgent      *agent,
           TdAgentJudge *judge,
           gint64        now)
{
  const TdAgentInfo *info = td_agent_get_info (agent);

  switch (info->state)
    {
    case TD_AGENT_STATE_AVAILABLE:
      self->available++;
      break;

    case TD_AGENT_STATE_PAUSED:
      add_paused (self, agent, info, judge, now);
      break;

    case TD_AGENT_STATE_UNREACHABLE:
      self->unreachable++;
      break;

    case TD_AGENT_STATE_OFFLINE:
      self->absent += td_helpers_is_in_shift (info, now);
      break;

    case TD_AGENT_STATE_UNKNOWN:
    case TD_AGENT_STATE_RINGING:
    case TD_AGENT_STATE_ON_CALL:
    case TD_AGENT_STATE_WRAP_UP:
    case TD_N_AGENT_STATES:
    default:
      break;
    }
}

/**
 * td_helpers_serves:
 * @info: an agent
 * @queue: id of a queue
 *
 * Returns: whether the agent is one of the queue's
 */
gboolean
td_helpers_serves (const TdAgentInfo *info,
                   const char        *queue)
{
  for (guint i = 0; i < info->n_queues; i++)
    {
      if (g_strcmp0 (info->queues[i], queue) == 0)
        return TRUE;
    }

  return FALSE;
}

/**
 * td_helpers_count_available:
 * @centre: a centre
 * @queue: one of its queues
 *
 * Returns: how many of the queue's agents can take a call now
 */
guint
td_helpers_count_available (TdCentre *centre,
                            TdQueue  *queue)
{
  GPtrArray *agents = td_centre_get_queue_agents (centre, td_queue_get_id (queue));
  guint      n = 0;

  for (guint i = 0; agents != NULL && i < agents->len; i++)
    n += td_agent_get_info (agents->pdata[i])->state == TD_AGENT_STATE_AVAILABLE;

  return n;
}

/* The longest wait first; a queue that does not tell it comes after those that do. */
static gboolean
is_worse (const TdQueueInfo *a,
          const TdQueueInfo *b)
{
  if (TD_IS_KNOWN (a->longest_since) != TD_IS_KNOWN (b->longest_since))
    return TD_IS_KNOWN (a->longest_since);
  if (TD_IS_KNOWN (a->longest_since) && a->longest_since != b->longest_since)
    return a->longest_since < b->longest_since;

  return a->waiting > b->waiting;
}

/**
 * td_helpers_find_queue:
 * @centre: a centre
 *
 * Returns: (transfer none) (nullable): the queue whose callers wait the longest
 *   while nobody who serves it is available
 */
TdQueue *
td_helpers_find_queue (TdCentre *centre)
{
  TdRoster *queues;
  TdQueue  *worst = NULL;

  g_return_val_if_fail (TD_IS_CENTRE (centre), NULL);

  queues = td_centre_get_queues (centre);
  for (guint i = 0; i < td_roster_get_size (queues); i++)
    {
      TdQueue           *queue = td_roster_get (queues, i);
      const TdQueueInfo *info = td_queue_get_info (queue);

      if (info->waiting > 0 && (worst == NULL || is_worse (info, td_queue_get_info (worst))) &&
          td_helpers_count_available (centre, queue) == 0)
        worst = queue;
    }

  return worst;
}

/**
 * td_helpers_find:
 * @centre: a centre
 * @judge: what its agents are held against
 * @now: the source's time, µs since 1970
 * @helpers: (out): who could help
 *
 * Goes once through the agents; of the main thread alone.
 */
void
td_helpers_find (TdCentre     *centre,
                 TdAgentJudge *judge,
                 gint64        now,
                 TdHelpers    *helpers)
{
  TdRoster *agents;

  g_return_if_fail (TD_IS_CENTRE (centre));
  g_return_if_fail (TD_IS_AGENT_JUDGE (judge));
  g_return_if_fail (helpers != NULL);

  *helpers = (TdHelpers){ .paused_since = TD_UNKNOWN };
  agents = td_centre_get_agents (centre);
  for (guint i = 0; i < td_roster_get_size (agents); i++)
    add_agent (helpers, td_roster_get (agents, i), judge, now);
  if (helpers->available > 0)
    helpers->queue = td_helpers_find_queue (centre);
}
