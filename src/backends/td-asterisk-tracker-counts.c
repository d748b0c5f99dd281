/* td-asterisk-tracker-counts.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-asterisk-tracker-private.h"

#include <math.h>

#define RECENT (15 * G_TIME_SPAN_MINUTE)

void
td_tracked_queue_free (TdTrackedQueue *self)
{
  g_free (self->id);
  g_array_unref (self->joins);
  g_free (self);
}

/* Returns NULL beyond the bound. */
TdTrackedQueue *
td_tracker_ensure_queue (TdAsteriskTracker *self,
                         const char        *id)
{
  TdTrackedQueue *queue = g_hash_table_lookup (self->queues, id);

  if (queue != NULL)
    return queue;
  if (g_hash_table_size (self->queues) >= 2 * TD_MAX_QUEUES)
    return NULL;

  queue = g_new0 (TdTrackedQueue, 1);
  queue->id = g_strdup (id);
  queue->joins = g_array_new (FALSE, FALSE, sizeof (gint64));
  queue->longest_since = TD_UNKNOWN;
  queue->ahead_since = TD_UNKNOWN;
  g_hash_table_insert (self->queues, queue->id, queue);

  return queue;
}

/* What is not known does not become known by counting on. */
void
td_tracked_count (gint64 *count,
                  gint64  n)
{
  if (TD_IS_KNOWN (*count))
    *count = MAX (0, *count + n);
}

void
td_tracked_queue_count_offered (TdTrackedQueue *self,
                                gint64          joined)
{
  td_tracked_count (&self->today.offered, 1);
  g_array_append_val (self->joins, joined);
}

/**
 * td_tracked_queue_count_recent:
 * @self: a queue
 * @at: now
 *
 * Returns: the calls offered in the 15 minutes up to @at, or %TD_UNKNOWN where
 *   the queue was not watched for so long
 */
gint64
td_tracked_queue_count_recent (TdTrackedQueue *self,
                               gint64          at)
{
  guint n = 0;

  for (guint i = 0; i < self->joins->len; i++)
    {
      gint64 joined = g_array_index (self->joins, gint64, i);

      if (joined > at - RECENT)
        g_array_index (self->joins, gint64, n++) = joined;
    }
  g_array_set_size (self->joins, n);

  return self->watched_since <= at - RECENT ? (gint64)n : TD_UNKNOWN;
}

/* Takes the queue's own counters for the part of the day that nobody watched. */
static void
adopt_counters (TdAsteriskTracker        *self,
                TdTrackedQueue           *queue,
                const TdAsteriskQueueRow *row)
{
  TdCounts *today = &queue->today;
  gboolean  has_same_limit = row->service_level_s * 1000 == self->settings->service_level_ms;
  gint64    in_time = isnan (row->in_time) ? 0 : (gint64)round (row->in_time * (double)row->completed);

  if (row->completed == 0 && row->abandoned == 0)
    return;

  queue->estimated = TRUE;
  today->offered += row->completed + row->abandoned;
  today->answered += row->completed;
  today->abandoned += row->abandoned;
  today->wait_ms += MIN (row->hold_s * 1000 * row->completed, TD_MAX_MS);
  today->talk_ms += MIN (row->talk_s * 1000 * row->completed, TD_MAX_MS);

  if (row->completed > 0 && (!has_same_limit || isnan (row->in_time)))
    today->answered_in_time = TD_UNKNOWN;
  else
    today->answered_in_time += in_time;

  if (row->abandoned > 0 && (!has_same_limit || isnan (row->in_time_of_all)))
    today->abandoned_in_time = TD_UNKNOWN;
  else if (row->abandoned > 0)
    {
      gint64 all = (gint64)round (row->in_time_of_all * (double)(row->completed + row->abandoned));

      today->abandoned_in_time += CLAMP (all - in_time, 0, row->abandoned);
    }
}

static void
base_call (TdAsteriskTracker *self,
           TdTrackedCall     *call)
{
  TdTrackedQueue *queue = call->queue;

  call->is_offered = call->is_answered = FALSE;
  switch (call->stage)
    {
    case TD_TRACKED_CALL_WAITING:
      if (call->seen != self->n_polls)
        break;
      call->is_offered = TRUE;
      td_tracked_queue_count_offered (queue, call->joined);
      return;

    case TD_TRACKED_CALL_CONNECTED:
      call->is_offered = call->is_answered = queue->is_adopted;
      if (!queue->is_adopted)
        return;
      td_tracked_queue_count_offered (queue, call->joined);
      queue->today.answered++;
      queue->today.wait_ms += call->wait_ms;
      queue->today.max_wait_ms = MAX (queue->today.max_wait_ms, call->wait_ms);
      queue->today.answered_in_time += call->wait_ms <= self->settings->service_level_ms ? 1 : 0;
      return;

    case TD_TRACKED_CALL_LEFT:
    case TD_TRACKED_CALL_ENDED:
    default:
      break;
    }

  call->stage = TD_TRACKED_CALL_ENDED;
  call->outcome = TD_TRACKED_OUTCOME_NONE;
}

static void
base_queue (TdAsteriskTracker        *self,
            TdTrackedQueue           *queue,
            const TdAsteriskQueueRow *row,
            gint64                    at)
{
  GHashTableIter iter;
  gpointer       value;
  gint64         unlinked;

  queue->is_adopted = TD_IS_KNOWN (self->core_start) && self->core_start >= self->day_start;
  queue->today = (TdCounts){ 0 };
  queue->estimated = FALSE;
  g_array_set_size (queue->joins, 0);

  unlinked = queue->is_adopted ? queue->in_call : 0;
  g_hash_table_iter_init (&iter, self->calls);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      TdTrackedCall *call = value;

      if (call->queue != queue)
        continue;
      base_call (self, call);
      if (call->stage == TD_TRACKED_CALL_CONNECTED)
        unlinked--;
    }

  /* Talking, and nothing tells how long the caller waited. */
  if (unlinked > 0)
    {
      queue->estimated = TRUE;
      queue->today.offered += unlinked;
      queue->today.answered += unlinked;
      queue->today.wait_ms += unlinked * row->hold_s * 1000;
      if (row->hold_s * 1000 <= self->settings->service_level_ms)
        queue->today.answered_in_time += unlinked;
    }

  queue->watched_since = at;
  if (queue->is_adopted)
    {
      if (row->completed == 0 && row->abandoned == 0 && unlinked <= 0)
        queue->watched_since = 0;
      adopt_counters (self, queue, row);
    }

  queue->is_based = TRUE;
  queue->based_at = queue->rebased_at = at;
  queue->completed = queue->base_completed = row->completed;
  queue->abandoned = queue->base_abandoned = row->abandoned;
  queue->seen_completed = queue->seen_abandoned = 0;
  queue->over_polls = 0;
}

/**
 * td_tracker_base_queues:
 * @self: a tracker
 * @reading: what a poll brought
 * @at: its time
 *
 * Begins to count the queues that were not seen before.
 */
void
td_tracker_base_queues (TdAsteriskTracker       *self,
                        const TdAsteriskReading *reading,
                        gint64                   at)
{
  for (guint i = 0; i < reading->queues->len; i++)
    {
      const TdAsteriskQueueRow *row = &g_array_index (reading->queues, TdAsteriskQueueRow, i);
      TdTrackedQueue           *queue = td_tracker_ensure_queue (self, row->id);

      if (queue != NULL && !queue->is_based)
        base_queue (self, queue, row, at);
    }
}

/**
 * td_tracker_take_counters:
 * @self: a tracker
 * @reading: what a poll brought
 * @at: its time
 *
 * Keeps the queues' counters to check the events of the next poll against, and
 * notices when they were set back.
 */
void
td_tracker_take_counters (TdAsteriskTracker       *self,
                          const TdAsteriskReading *reading,
                          gint64                   at)
{
  for (guint i = 0; i < reading->queues->len; i++)
    {
      const TdAsteriskQueueRow *row = &g_array_index (reading->queues, TdAsteriskQueueRow, i);
      TdTrackedQueue           *queue = td_tracker_ensure_queue (self, row->id);
      gint64                    over_completed, over_abandoned;

      if (queue == NULL)
        continue;

      if (row->completed < queue->completed || row->abandoned < queue->abandoned)
        {
          queue->base_completed = row->completed;
          queue->base_abandoned = row->abandoned;
          queue->seen_completed = queue->seen_abandoned = 0;
          queue->rebased_at = at;
        }
      queue->completed = row->completed;
      queue->abandoned = row->abandoned;
      queue->hold_s = row->hold_s;
      queue->talk_s = row->talk_s;

      /* More events than the counters say: they were set back and grew again
       * between two polls. A moment of it is no more than a race. */
      over_completed = queue->seen_completed - (row->completed - queue->base_completed);
      over_abandoned = queue->seen_abandoned - (row->abandoned - queue->base_abandoned);
      queue->over_polls = over_completed > 0 || over_abandoned > 0 ? queue->over_polls + 1 : 0;
      if (queue->over_polls >= 3)
        {
          queue->base_completed -= MAX (over_completed, 0);
          queue->base_abandoned -= MAX (over_abandoned, 0);
          queue->over_polls = 0;
        }
    }
}

/**
 * td_tracker_restart:
 * @self: a tracker
 * @time: when the server started anew
 *
 * Nobody waits or talks any more, and the counters begin at zero; what was
 * counted today stays.
 */
void
td_tracker_restart (TdAsteriskTracker *self,
                    gint64             time)
{
  GHashTableIter iter;
  gpointer       value;

  g_hash_table_iter_init (&iter, self->calls);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      TdTrackedCall *call = value;

      /* Who came since is of the new one. */
      if (call->joined >= time)
        continue;
      if (call->stage == TD_TRACKED_CALL_WAITING || call->stage == TD_TRACKED_CALL_LEFT)
        {
          td_tracker_flow_out_call (self, call, time);
          call->queue->estimated = TRUE;
        }
      else if (call->stage == TD_TRACKED_CALL_CONNECTED)
        {
          td_tracker_complete_call (self, call, (time - call->changed) / TD_TRACKER_MS, time);
          call->queue->estimated = TRUE;
        }
    }

  g_hash_table_iter_init (&iter, self->queues);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      TdTrackedQueue *queue = value;

      if (queue->rebased_at >= time)
        continue;
      queue->rebased_at = time;
      queue->completed = queue->abandoned = 0;
      queue->base_completed = queue->base_abandoned = 0;
      queue->seen_completed = queue->seen_abandoned = 0;
      queue->late_completed = queue->late_abandoned = 0;
      queue->ahead_since = TD_UNKNOWN;
    }
}

/**
 * td_tracker_begin_day:
 * @self: a tracker
 * @time: midnight
 *
 * The counts start anew. Who still waits is counted as offered to the new day,
 * too, so that offered = answered + abandoned + flowed out + waiting holds in it.
 */
void
td_tracker_begin_day (TdAsteriskTracker *self,
                      gint64             time)
{
  GHashTableIter iter;
  gpointer       value;

  self->counted_since = TD_UNKNOWN;

  g_hash_table_iter_init (&iter, self->queues);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      TdTrackedQueue *queue = value;

      queue->today = (TdCounts){ 0 };
      queue->estimated = FALSE;
      queue->is_adopted = FALSE;
    }

  g_hash_table_iter_init (&iter, self->calls);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      TdTrackedCall *call = value;

      call->is_answered = FALSE;
      call->is_offered = call->stage == TD_TRACKED_CALL_WAITING || call->stage == TD_TRACKED_CALL_LEFT;
      call->outcome = TD_TRACKED_OUTCOME_NONE;
      if (call->is_offered)
        call->queue->today.offered++;
    }

  g_hash_table_iter_init (&iter, self->agents);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      TdTrackedAgent *agent = value;

      /* Who was here yesterday only. */
      if (agent->members->len == 0 && !g_hash_table_contains (self->settings->agents, agent->id))
        g_hash_table_iter_remove (&iter);
      else
        td_tracked_agent_begin_day (agent, time);
    }
}
