/* td-wait-check.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-wait-check.h"

#include <math.h>
#include <stdlib.h>

#include "td-metrics.h"

#define HOUR_US G_TIME_SPAN_HOUR

/* A caller who is first seen so long after joining was not seen to join. */
#define FRESH_US (15 * G_TIME_SPAN_SECOND)

/* Sources tell times in whole seconds, some of them rounded. */
#define SAME_US (2 * G_TIME_SPAN_SECOND)

/* Who left the queue is looked for among the answered for so long. */
#define GRACE_US (30 * G_TIME_SPAN_SECOND)

#define MAX_ESTIMATES 20000
#define MAX_SAMPLES 20000

/* Of a caller who waits, or has just ceased to. */
typedef struct
{
  const char *queue; /* interned below */
  gint64      joined;
  double      expected_s;
  gint64      seen; /* when the caller waited still */
} Estimate;

/* Of a call that was answered. */
typedef struct
{
  const char *queue;
  gint64      at;
  double      late_s;
} Sample;

struct _TdWaitCheck
{
  GObject parent_instance;

  TdCentre     *centre;    /* (owned) */
  GHashTable   *estimates; /* (owned): caller id (string) -> Estimate */
  GArray       *samples;   /* (owned) (element-type Sample): by time */
  GStringChunk *queues;    /* (owned): their ids */
  gint64        looked_at;
};

G_DEFINE_FINAL_TYPE (TdWaitCheck, td_wait_check, G_TYPE_OBJECT)

static void
estimate_caller (TdWaitCheck        *self,
                 const TdCallerInfo *caller,
                 gint64              at)
{
  Estimate *estimate = g_hash_table_lookup (self->estimates, caller->id);
  TdQueue  *queue;
  double    expected;

  if (estimate != NULL)
    {
      estimate->seen = at;
      return;
    }
  if (caller->queue == NULL || !TD_IS_KNOWN (caller->since) || at - caller->since > FRESH_US ||
      g_hash_table_size (self->estimates) >= MAX_ESTIMATES)
    return;

  queue = td_centre_find_queue (self->centre, caller->queue);
  if (queue == NULL)
    return;

  expected = td_wait_check_estimate (queue, TD_IS_KNOWN (caller->position) ? caller->position : td_queue_get_info (queue)->waiting);
  if (!isfinite (expected))
    return;

  estimate = g_new (Estimate, 1);
  *estimate = (Estimate){
    .queue = g_string_chunk_insert_const (self->queues, caller->queue),
    .joined = caller->since,
    .expected_s = MAX (at - caller->since, 0) / (double)G_USEC_PER_SEC + expected,
    .seen = at,
  };
  g_hash_table_insert (self->estimates, g_strdup (caller->id), estimate);
}

/* The source does not tell which caller an agent talks with: queue and time of joining do. */
static void
settle_call (TdWaitCheck       *self,
             const TdAgentInfo *agent)
{
  gint64         joined = agent->call_since - agent->call_wait_ms * 1000;
  gint64         nearest = SAME_US + 1;
  const char    *id = NULL;
  Sample         sample = { 0 };
  GHashTableIter iter;
  gpointer       key, value;

  g_hash_table_iter_init (&iter, self->estimates);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      const Estimate *estimate = value;
      gint64          apart = llabs (estimate->joined - joined);

      if (apart < nearest && agent->call_since - estimate->seen <= GRACE_US && g_str_equal (estimate->queue, agent->call_queue))
        {
          nearest = apart;
          id = key;
          sample = (Sample){ estimate->queue, agent->call_since, (agent->call_wait_ms / 1000.0) - estimate->expected_s };
        }
    }
  if (id == NULL)
    return;

  g_hash_table_remove (self->estimates, id);
  g_array_append_val (self->samples, sample);
}

static void
settle_calls (TdWaitCheck *self)
{
  TdRoster *agents = td_centre_get_agents (self->centre);

  for (guint i = 0; i < td_roster_get_size (agents) && g_hash_table_size (self->estimates) > 0; i++)
    {
      const TdAgentInfo *agent = td_agent_get_info (td_roster_get (agents, i));

      if (agent->state == TD_AGENT_STATE_ON_CALL && agent->call_queue != NULL && TD_IS_KNOWN (agent->call_since) &&
          TD_IS_KNOWN (agent->call_wait_ms) && agent->call_since > self->looked_at - SAME_US)
        settle_call (self, agent);
    }
}

static void
forget (TdWaitCheck *self,
        gint64       at)
{
  GHashTableIter iter;
  gpointer       value;
  guint          n_old = 0;

  g_hash_table_iter_init (&iter, self->estimates);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      if (at - ((const Estimate *)value)->seen > GRACE_US)
        g_hash_table_iter_remove (&iter);
    }
  while (n_old < self->samples->len &&
         (at - g_array_index (self->samples, Sample, n_old).at > HOUR_US || self->samples->len - n_old > MAX_SAMPLES))
    n_old++;
  if (n_old > 0)
    g_array_remove_range (self->samples, 0, n_old);
}

static void
centre_changed_cb (TdWaitCheck *self)
{
  gint64    at = td_centre_get_at (self->centre);
  TdRoster *callers = td_centre_get_callers (self->centre);

  if (!TD_IS_KNOWN (at))
    return;

  if (TD_IS_KNOWN (self->looked_at))
    settle_calls (self);
  for (guint i = 0; i < td_roster_get_size (callers); i++)
    estimate_caller (self, td_caller_get_info (td_roster_get (callers, i)), at);
  forget (self, at);
  self->looked_at = at;
}

static void
td_wait_check_dispose (GObject *object)
{
  g_clear_object (&TD_WAIT_CHECK (object)->centre);

  G_OBJECT_CLASS (td_wait_check_parent_class)->dispose (object);
}

static void
td_wait_check_finalize (GObject *object)
{
  TdWaitCheck *self = TD_WAIT_CHECK (object);

  g_hash_table_unref (self->estimates);
  g_array_unref (self->samples);
  g_string_chunk_free (self->queues);

  G_OBJECT_CLASS (td_wait_check_parent_class)->finalize (object);
}

static void
td_wait_check_class_init (TdWaitCheckClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = td_wait_check_dispose;
  G_OBJECT_CLASS (klass)->finalize = td_wait_check_finalize;
}

static void
td_wait_check_init (TdWaitCheck *self)
{
  self->estimates = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->samples = g_array_new (FALSE, FALSE, sizeof (Sample));
  self->queues = g_string_chunk_new (256);
  self->looked_at = TD_UNKNOWN;
}

/**
 * td_wait_check_new:
 * @centre: a centre
 *
 * Returns: (transfer full): what follows it
 */
TdWaitCheck *
td_wait_check_new (TdCentre *centre)
{
  TdWaitCheck *self;

  g_return_val_if_fail (TD_IS_CENTRE (centre), NULL);

  self = g_object_new (TD_TYPE_WAIT_CHECK, NULL);
  self->centre = g_object_ref (centre);
  g_signal_connect_object (centre, "changed", G_CALLBACK (centre_changed_cb), self, G_CONNECT_SWAPPED);

  return self;
}

/**
 * td_wait_check_estimate:
 * @queue: a queue
 * @position: where a caller stands in it, from 1
 *
 * Returns: the wait to expect, s (td_metrics_ewt()), or NAN where it is not known
 */
double
td_wait_check_estimate (TdQueue *queue,
                        gint64   position)
{
  const TdQueueInfo *info;

  g_return_val_if_fail (TD_IS_QUEUE (queue), NAN);

  info = td_queue_get_info (queue);

  return td_metrics_ewt (position, td_metrics_aht (&info->today), info->serving);
}

/**
 * td_wait_check_get_error:
 * @self: a check
 * @queue: (nullable): id of a queue, or %NULL for all of them
 * @now: the source's time, µs since 1970
 * @error: (out): how good the estimates of the hour before it were
 */
void
td_wait_check_get_error (TdWaitCheck *self,
                         const char  *queue,
                         gint64       now,
                         TdWaitError *error)
{
  double off = 0, late = 0;

  g_return_if_fail (TD_IS_WAIT_CHECK (self));
  g_return_if_fail (error != NULL);

  *error = (TdWaitError){ 0, NAN, NAN };
  for (guint i = 0; i < self->samples->len; i++)
    {
      const Sample *sample = &g_array_index (self->samples, Sample, i);

      if (now - sample->at > HOUR_US || (queue != NULL && !g_str_equal (sample->queue, queue)))
        continue;

      error->calls++;
      off += fabs (sample->late_s);
      late += sample->late_s;
    }
  if (error->calls > 0)
    {
      error->off = off / error->calls;
      error->bias = late / error->calls;
    }
}
