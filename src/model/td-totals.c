/* td-totals.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-totals.h"

static void
tally_agents (TdAgentTally *tally,
              GPtrArray    *agents)
{
  for (guint i = 0; i < agents->len; i++)
    td_agent_tally_add (tally, td_agent_get_info (g_ptr_array_index (agents, i))->state);
}

/* How many callers of a queue wait beyond T. Known where the source lists every
 * caller with the time of joining, or where not even the oldest is beyond. */
static gint64
count_beyond (TdCentre *centre,
              TdQueue  *queue,
              gint64    now)
{
  const TdQueueInfo *info = td_queue_get_info (queue);
  GPtrArray         *callers = td_centre_get_queue_callers (centre, info->id);
  gint64             limit = td_centre_get_service_level_ms (centre, queue);
  gint64             listed = 0;
  gint64             beyond = 0;

  if (info->waiting == 0)
    return 0;

  for (guint i = 0; i < callers->len; i++)
    {
      gint64 age = td_metrics_age_ms (td_caller_get_info (g_ptr_array_index (callers, i))->since, now);

      listed += TD_IS_KNOWN (age) ? 1 : 0;
      beyond += age > limit ? 1 : 0;
    }

  if (TD_IS_KNOWN (info->waiting) ? listed >= info->waiting : listed > 0 && listed == callers->len)
    return beyond;
  if (TD_IS_KNOWN (info->longest_since) && td_metrics_age_ms (info->longest_since, now) <= limit)
    return 0;

  return TD_UNKNOWN;
}

static void
add_queue (TdTotals *totals,
           TdCentre *centre,
           TdQueue  *queue,
           gint64    now,
           gboolean  is_first)
{
  const TdQueueInfo *info = td_queue_get_info (queue);
  GPtrArray         *callers = td_centre_get_queue_callers (centre, info->id);
  gint64             longest = info->longest_since;
  gint64             waiting = TD_IS_KNOWN (info->waiting) || callers->len == 0 ? info->waiting : callers->len;
  gint64             beyond = count_beyond (centre, queue, now);

  for (guint i = 0; i < callers->len; i++)
    {
      gint64 since = td_caller_get_info (g_ptr_array_index (callers, i))->since;

      if (TD_IS_KNOWN (since) && (!TD_IS_KNOWN (longest) || since < longest))
        longest = since;
    }

  if (TD_IS_KNOWN (longest) && (!TD_IS_KNOWN (totals->longest_since) || longest < totals->longest_since))
    totals->longest_since = longest;

  totals->estimated |= info->estimated;
  if (is_first)
    {
      totals->today = info->today;
      totals->waiting = waiting;
      totals->waiting_beyond = beyond;
      totals->offered_15min = info->offered_15min;
      return;
    }

  td_counts_add (&totals->today, &info->today);
  totals->waiting = td_metrics_sum (totals->waiting, waiting);
  totals->waiting_beyond = td_metrics_sum (totals->waiting_beyond, beyond);
  totals->offered_15min = td_metrics_sum (totals->offered_15min, info->offered_15min);
}

static void
clear (TdTotals *totals)
{
  *totals = (TdTotals){
    .today = TD_COUNTS_UNKNOWN,
    .waiting = TD_UNKNOWN,
    .waiting_beyond = TD_UNKNOWN,
    .longest_since = TD_UNKNOWN,
    .offered_15min = TD_UNKNOWN,
  };
}

/**
 * td_totals_of_centre:
 * @centre: a centre
 * @now: the source's time, td_centre_get_now()
 * @totals: (out): the sums over all queues
 *
 * A count that one queue does not tell is unknown for the centre: a sum with a
 * hole is no sum.
 */
void
td_totals_of_centre (TdCentre *centre,
                     gint64    now,
                     TdTotals *totals)
{
  g_return_if_fail (TD_IS_CENTRE (centre));
  g_return_if_fail (totals != NULL);

  TdRoster *queues = td_centre_get_queues (centre);
  TdRoster *agents = td_centre_get_agents (centre);

  clear (totals);
  for (guint i = 0; i < td_roster_get_size (queues); i++)
    add_queue (totals, centre, td_roster_get (queues, i), now, i == 0);
  for (guint i = 0; i < td_roster_get_size (agents); i++)
    td_agent_tally_add (&totals->agents, td_agent_get_info (td_roster_get (agents, i))->state);
}

static gboolean
serves_any (const TdAgentInfo *agent,
            const char *const *ids)
{
  for (guint i = 0; i < agent->n_queues; i++)
    {
      if (g_strv_contains (ids, agent->queues[i]))
        return TRUE;
    }

  return FALSE;
}

/**
 * td_totals_of_queues:
 * @centre: a centre
 * @ids: (nullable) (array zero-terminated=1): some of its queues, or %NULL for
 *   the whole centre; an id that there is not counts nothing
 * @now: the source's time, td_centre_get_now()
 * @totals: (out): the sums over these queues; who serves several is one agent
 */
void
td_totals_of_queues (TdCentre          *centre,
                     const char *const *ids,
                     gint64             now,
                     TdTotals          *totals)
{
  gboolean is_first = TRUE;

  g_return_if_fail (TD_IS_CENTRE (centre));
  g_return_if_fail (totals != NULL);

  if (ids == NULL)
    {
      td_totals_of_centre (centre, now, totals);
      return;
    }

  TdRoster *agents = td_centre_get_agents (centre);

  clear (totals);
  for (guint i = 0; ids[i] != NULL; i++)
    {
      TdQueue *queue = td_centre_find_queue (centre, ids[i]);

      if (queue == NULL)
        continue;
      add_queue (totals, centre, queue, now, is_first);
      is_first = FALSE;
    }
  for (guint i = 0; i < td_roster_get_size (agents); i++)
    {
      const TdAgentInfo *agent = td_agent_get_info (td_roster_get (agents, i));

      if (serves_any (agent, ids))
        td_agent_tally_add (&totals->agents, agent->state);
    }
}

/**
 * td_totals_of_queue:
 * @centre: a centre
 * @queue: one of its queues
 * @now: the source's time, td_centre_get_now()
 * @totals: (out): the same figures for @queue
 */
void
td_totals_of_queue (TdCentre *centre,
                    TdQueue  *queue,
                    gint64    now,
                    TdTotals *totals)
{
  g_return_if_fail (TD_IS_CENTRE (centre));
  g_return_if_fail (TD_IS_QUEUE (queue));
  g_return_if_fail (totals != NULL);

  clear (totals);
  add_queue (totals, centre, queue, now, TRUE);
  tally_agents (&totals->agents, td_centre_get_queue_agents (centre, td_queue_get_id (queue)));
}
