/* td-agent-ledger.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-agent-ledger-private.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "td-agent-rules.h"
#include "td-metrics.h"

/* So many calls of a queue are remembered by when they were taken; there is no
 * need to say more than "16 or more". */
#define MAX_TAKEN 16

/* With fewer calls in the whole centre nothing is said of anybody's load. */
#define LEAST_CENTRE_CALLS 50

typedef struct
{
  gint64 longest_since;    /* of who waits now, or TD_UNKNOWN */
  gint64 taken[MAX_TAKEN]; /* ring of when calls were taken, µs since 1970 */
  guint  n_taken;          /* ever */
} QueueFacts;

struct _TdAgentLedger
{
  TdCentre   *centre;  /* (owned) */
  GHashTable *facts;   /* (owned): agent (TdAgent, unowned, as long as it is in the centre) -> TdAgentFacts */
  GHashTable *queues;  /* (owned): queue id (string) -> QueueFacts */
  GHashTable *reasons; /* (owned) (element-type utf8): why somebody paused, as far as that was seen */

  gint64 oldest_since; /* of who waits in any queue, or TD_UNKNOWN */

  /* Sums over the agents whose hours are known. */
  gint64 calls;
  gint64 done_ms;
  gint64 n_running;
  gint64 running_ms; /* when the running spans began, ms since 1970, of all of them together */
};

static QueueFacts *
get_queue (TdAgentLedger *self,
           const char    *id)
{
  QueueFacts *queue = g_hash_table_lookup (self->queues, id);

  if (queue == NULL)
    {
      queue = g_new0 (QueueFacts, 1);
      queue->longest_since = TD_UNKNOWN;
      g_hash_table_insert (self->queues, g_strdup (id), queue);
    }

  return queue;
}

/* Adds an agent to the sums, or takes it away with a @sign of -1. */
static void
add_hours (TdAgentLedger      *self,
           const TdAgentFacts *facts,
           int                 sign)
{
  if (!TD_IS_KNOWN (facts->done_ms))
    return;

  self->calls += sign * facts->answered;
  self->done_ms += sign * facts->done_ms;
  if (TD_IS_KNOWN (facts->running_since))
    {
      self->n_running += sign;
      self->running_ms += sign * (facts->running_since / 1000);
    }
}

static void
see_agent (TdAgentLedger *self,
           TdAgent       *agent,
           gint64         at,
           gint64         day_start)
{
  const TdAgentInfo *info = td_agent_get_info (agent);
  TdAgentFacts      *facts = g_hash_table_lookup (self->facts, agent);

  if (facts == NULL)
    {
      facts = g_new (TdAgentFacts, 1);
      td_agent_facts_init (facts);
      g_hash_table_insert (self->facts, agent, facts);
    }

  if (info->reason != NULL && info->state == TD_AGENT_STATE_PAUSED &&
      g_hash_table_size (self->reasons) < TD_AGENT_RULES_MAX_REASONS && !g_hash_table_contains (self->reasons, info->reason))
    g_hash_table_add (self->reasons, g_strdup (info->reason));

  add_hours (self, facts, -1);
  if (td_agent_facts_update (facts, agent, at, day_start) && info->call_queue != NULL &&
      info->state == TD_AGENT_STATE_ON_CALL)
    {
      QueueFacts *queue = get_queue (self, info->call_queue);

      queue->taken[queue->n_taken++ % MAX_TAKEN] = TD_IS_KNOWN (info->call_since) ? info->call_since : at;
    }
  add_hours (self, facts, 1);
}

static void
lose_agent (TdAgentLedger *self,
            TdAgent       *agent)
{
  TdAgentFacts *facts = g_hash_table_lookup (self->facts, agent);

  if (facts == NULL)
    return;

  add_hours (self, facts, -1);
  g_hash_table_remove (self->facts, agent);
}

/* Where the source does not say since when the oldest caller waits, the callers do. */
static gint64
find_longest (TdAgentLedger     *self,
              const TdQueueInfo *info)
{
  gint64     longest = info->longest_since;
  GPtrArray *callers;

  if (info->waiting == 0)
    return TD_UNKNOWN;
  if (TD_IS_KNOWN (longest))
    return longest;

  callers = td_centre_get_queue_callers (self->centre, info->id);
  for (guint i = 0; callers != NULL && i < callers->len; i++)
    {
      gint64 since = td_caller_get_info (g_ptr_array_index (callers, i))->since;

      if (TD_IS_KNOWN (since) && (!TD_IS_KNOWN (longest) || since < longest))
        longest = since;
    }

  return longest;
}

static void
see_queues (TdAgentLedger *self)
{
  TdRoster *queues = td_centre_get_queues (self->centre);
  guint     n_queues = td_roster_get_size (queues);

  self->oldest_since = TD_UNKNOWN;
  for (guint i = 0; i < n_queues; i++)
    {
      const TdQueueInfo *info = td_queue_get_info (td_roster_get (queues, i));
      QueueFacts        *queue = get_queue (self, info->id);

      queue->longest_since = find_longest (self, info);
      if (TD_IS_KNOWN (queue->longest_since) &&
          (!TD_IS_KNOWN (self->oldest_since) || queue->longest_since < self->oldest_since))
        self->oldest_since = queue->longest_since;
    }
}

static void
see_agents (TdAgentLedger *self,
            GPtrArray     *agents,
            gint64         at)
{
  gint64 day_start = td_centre_get_info (self->centre)->day_start;

  for (guint i = 0; i < agents->len; i++)
    see_agent (self, g_ptr_array_index (agents, i), at, day_start);
}

static void
forget_counts (TdAgentLedger *self)
{
  GHashTableIter iter;
  gpointer       facts;

  g_hash_table_iter_init (&iter, self->facts);
  while (g_hash_table_iter_next (&iter, NULL, &facts))
    td_agent_facts_forget_counts (facts);
}

/**
 * td_agent_ledger_new:
 * @centre: a centre
 *
 * Returns: (transfer full): a ledger that begins with what the centre is now
 */
TdAgentLedger *
td_agent_ledger_new (TdCentre *centre)
{
  TdAgentLedger *self = g_new0 (TdAgentLedger, 1);
  TdRoster      *agents = td_centre_get_agents (centre);

  self->centre = g_object_ref (centre);
  self->facts = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  self->queues = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->reasons = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < td_roster_get_size (agents); i++)
    see_agent (self, td_roster_get (agents, i), td_centre_get_at (centre), td_centre_get_info (centre)->day_start);
  see_queues (self);

  return self;
}

void
td_agent_ledger_free (TdAgentLedger *self)
{
  if (self == NULL)
    return;

  g_hash_table_unref (self->facts);
  g_hash_table_unref (self->queues);
  g_hash_table_unref (self->reasons);
  g_object_unref (self->centre);
  g_free (self);
}

/**
 * td_agent_ledger_update:
 * @self: a ledger
 * @changes: what a snapshot changed in the centre just now
 */
void
td_agent_ledger_update (TdAgentLedger   *self,
                        const TdChanges *changes)
{
  gint64 at = td_centre_get_at (self->centre);

  if (changes->new_instance)
    forget_counts (self);
  for (guint i = 0; i < changes->agents_removed->len; i++)
    lose_agent (self, g_ptr_array_index (changes->agents_removed, i));
  for (guint i = 0; i < changes->queues_removed->len; i++)
    g_hash_table_remove (self->queues, td_queue_get_id (g_ptr_array_index (changes->queues_removed, i)));
  see_agents (self, changes->agents_added, at);
  see_agents (self, changes->agents_changed, at);
  see_queues (self);
}

/**
 * td_agent_ledger_take_spans:
 * @self: a ledger
 * @records: what the centre's agents did before, by agent, then by time
 *
 * Learns what was before the first look.
 */
void
td_agent_ledger_take_spans (TdAgentLedger    *self,
                            TdHistoryRecords *records)
{
  guint                n_spans;
  const TdHistorySpan *spans = td_history_records_get_spans (records, &n_spans);
  guint                next;

  for (guint i = 0; i < n_spans; i = next)
    {
      TdAgent      *agent = td_centre_find_agent (self->centre, spans[i].agent);
      TdAgentFacts *facts = agent != NULL ? g_hash_table_lookup (self->facts, agent) : NULL;

      for (next = i + 1; next < n_spans && strcmp (spans[next].agent, spans[i].agent) == 0; next++)
        ;
      if (facts != NULL)
        td_agent_facts_take_spans (facts, &spans[i], next - i);
    }
}

/**
 * td_agent_ledger_find:
 * @self: a ledger
 * @agent: an agent
 *
 * Returns: (transfer none) (nullable): what was seen of the agent, until the centre changes
 */
const TdAgentFacts *
td_agent_ledger_find (TdAgentLedger *self,
                      TdAgent       *agent)
{
  return g_hash_table_lookup (self->facts, agent);
}

/**
 * td_agent_ledger_get_oldest_since:
 * @self: a ledger
 *
 * Returns: since when the caller waits who waits longest of all, or %TD_UNKNOWN
 */
gint64
td_agent_ledger_get_oldest_since (TdAgentLedger *self)
{
  return self->oldest_since;
}

/**
 * td_agent_ledger_get_longest_since:
 * @self: a ledger
 * @queue_id: id of a queue
 *
 * Returns: since when the caller waits who waits longest there, or %TD_UNKNOWN
 */
gint64
td_agent_ledger_get_longest_since (TdAgentLedger *self,
                                   const char    *queue_id)
{
  const QueueFacts *queue = g_hash_table_lookup (self->queues, queue_id);

  return queue != NULL ? queue->longest_since : TD_UNKNOWN;
}

/**
 * td_agent_ledger_count_taken:
 * @self: a ledger
 * @queue_id: id of a queue
 * @since: µs since 1970
 *
 * Returns: how many of its calls agents took since then, 16 at most
 */
guint
td_agent_ledger_count_taken (TdAgentLedger *self,
                             const char    *queue_id,
                             gint64         since)
{
  const QueueFacts *queue = g_hash_table_lookup (self->queues, queue_id);
  guint             n = 0;

  for (guint i = 0; queue != NULL && i < MIN (queue->n_taken, MAX_TAKEN); i++)
    n += queue->taken[i] >= since;

  return n;
}

/**
 * td_agent_ledger_get_workload:
 * @self: a ledger
 * @facts: of one of its agents
 * @now: the source's time, µs since 1970
 *
 * Returns: calls an hour at work today, pauses left out, ÷ the same of the
 *   whole centre, or NAN where too little is known
 */
double
td_agent_ledger_get_workload (TdAgentLedger      *self,
                              const TdAgentFacts *facts,
                              gint64              now)
{
  double work_ms = (double)td_agent_facts_get_work_ms (facts, now);
  double sum_ms = (double)(self->done_ms + self->n_running * (now / 1000) - self->running_ms);

  if (work_ms <= 0 || sum_ms <= 0 || self->calls < LEAST_CENTRE_CALLS)
    return NAN;

  return td_metrics_workload (facts->answered, work_ms / 3600000, (double)self->calls / (sum_ms / 3600000));
}

static int
compare_reasons (gconstpointer a,
                 gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

/**
 * td_agent_ledger_get_reasons:
 * @self: a ledger
 *
 * Returns: (transfer full) (array zero-terminated=1): why agents paused, sorted by bytes
 */
char **
td_agent_ledger_get_reasons (TdAgentLedger *self)
{
  g_autofree gpointer *reasons = NULL;
  guint                n;

  reasons = g_hash_table_get_keys_as_array (self->reasons, &n);
  qsort (reasons, n, sizeof *reasons, compare_reasons);

  return g_strdupv ((char **)reasons);
}
