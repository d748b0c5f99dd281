/* td-asterisk-tracker-resolve.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-asterisk-tracker-private.h"

/* How long what a call came to is remembered, since an event may come twice. */
#define REMEMBERED (2 * G_TIME_SPAN_MINUTE)
#define LONGEST_CALL (12 * G_TIME_SPAN_HOUR)

/* Why a call left its queue is told at once, unless something is played to
 * the agent first. */
#define UNTOLD (3 * G_USEC_PER_SEC)

/* For how long the counters may be ahead of the events before calls that
 * nobody saw are believed in, and a caller may be missing before that counts:
 * a busy Asterisk tells late. */
#define PATIENCE (30 * G_USEC_PER_SEC)
#define VANISHED (10 * G_USEC_PER_SEC)

/* It is shorter for a while after events were lost for sure. */
#define PATIENCE_AFTER_LOSS (5 * G_USEC_PER_SEC)
#define LOSS (15 * G_USEC_PER_SEC)

/* What the events of one queue did not tell. */
typedef struct
{
  TdTrackedQueue *queue;
  gint64          completed;
  gint64          abandoned;
  GPtrArray      *vanished;  /* (element-type TdTrackedCall): waiting, but not listed any more */
  GPtrArray      *connected; /* (element-type TdTrackedCall): whose agent talks no more */
  gint64          n_connected;
  gint64          n_ending; /* whose agent talks no more either, but not for long: the end may be told yet */
} Untold;

static void
free_untold (gpointer data)
{
  Untold *untold = data;

  g_ptr_array_unref (untold->vanished);
  g_ptr_array_unref (untold->connected);
  g_free (untold);
}

static Untold *
ensure_untold (GHashTable     *all,
               TdTrackedQueue *queue)
{
  Untold *untold = g_hash_table_lookup (all, queue);

  if (untold == NULL)
    {
      untold = g_new0 (Untold, 1);
      untold->queue = queue;
      untold->vanished = g_ptr_array_new ();
      untold->connected = g_ptr_array_new ();
      g_hash_table_insert (all, queue, untold);
    }

  return untold;
}

static int
compare_joined (gconstpointer a,
                gconstpointer b)
{
  const TdTrackedCall *x = *(TdTrackedCall *const *)a;
  const TdTrackedCall *y = *(TdTrackedCall *const *)b;

  return (x->joined > y->joined) - (x->joined < y->joined);
}

static gboolean
is_talking (TdAsteriskTracker *self,
            TdTrackedCall     *call)
{
  TdTrackedAgent *agent = call->agent != NULL ? g_hash_table_lookup (self->agents, call->agent) : NULL;

  if (agent == NULL)
    return FALSE;
  for (guint i = 0; i < agent->members->len; i++)
    {
      const TdTrackedMember *member = &g_array_index (agent->members, TdTrackedMember, i);

      if (member->queue == call->queue && member->in_call)
        return TRUE;
    }

  return FALSE;
}

/* Whether the call's end is not going to be told any more; a busy server is
 * waited for, unless it is known that its events were lost. */
static gboolean
is_free (TdAsteriskTracker *self,
         TdTrackedCall     *call,
         gint64             at)
{
  TdTrackedAgent *agent = g_hash_table_lookup (self->agents, call->agent);
  gboolean        lost = TD_IS_KNOWN (self->lost_at) && at - self->lost_at < LOSS;

  return agent == NULL || at - MAX (agent->since, call->changed) >= (lost ? UNTOLD : VANISHED);
}

/* Whether every event has been heard. Silence proves nothing: it is the same
 * without the right to hear. */
static gboolean
hears_all (TdAsteriskTracker *self,
           gint64             at)
{
  return self->is_hearing && (!TD_IS_KNOWN (self->lost_at) || at - self->lost_at >= LOSS);
}

/**
 * td_tracker_gives_up:
 * @self: a tracker
 * @call: a call that waits, as far as was told
 * @at: time of the poll
 *
 * Returns: whether the caller is gone from the queue, and how is not going to be told
 */
gboolean
td_tracker_gives_up (TdAsteriskTracker *self,
                     TdTrackedCall     *call,
                     gint64             at)
{
  return call->missed >= 2 && at - call->changed >= (hears_all (self, at) ? VANISHED : UNTOLD);
}

/* The counters of the last poll against all events that came since: what
 * happened before it has been told by now, or is lost.
 *
 * Where every event was heard, Completed is not believed against them: about
 * one call in a hundred Asterisk counts twice, when the agent's phone is free
 * again at the very moment of the hang-up. */
static void
compare_counters (TdAsteriskTracker *self,
                  TdTrackedQueue    *queue,
                  GHashTable        *all,
                  gint64             at)
{
  gint64  completed = (queue->completed - queue->base_completed) - (queue->seen_completed - queue->late_completed);
  gint64  abandoned = (queue->abandoned - queue->base_abandoned) - (queue->seen_abandoned - queue->late_abandoned);
  Untold *untold;

  queue->late_completed = queue->late_abandoned = 0;
  if (completed > 0 && hears_all (self, at))
    {
      queue->base_completed += completed;
      completed = 0;
    }
  if (completed <= 0 && abandoned <= 0)
    {
      queue->ahead_since = TD_UNKNOWN;
      return;
    }

  untold = ensure_untold (all, queue);
  untold->completed = MAX (completed, 0);
  untold->abandoned = MAX (abandoned, 0);
}

/* Calls that came and went without being seen: what is left of the counters'
 * lead, once it has lasted. */
static void
believe_unseen (TdAsteriskTracker *self,
                TdTrackedQueue    *queue,
                Untold            *untold,
                gint64             at)
{
  if (untold->completed == 0 && untold->abandoned == 0)
    {
      queue->ahead_since = TD_UNKNOWN;
      return;
    }

  if (!TD_IS_KNOWN (queue->ahead_since))
    {
      queue->ahead_since = at;
      queue->ahead_completed = untold->completed;
      queue->ahead_abandoned = untold->abandoned;
    }
  queue->ahead_completed = MIN (queue->ahead_completed, untold->completed);
  queue->ahead_abandoned = MIN (queue->ahead_abandoned, untold->abandoned);

  if (at - queue->ahead_since < (hears_all (self, at) ? PATIENCE : PATIENCE_AFTER_LOSS))
    untold->completed = untold->abandoned = 0;
  else
    {
      untold->completed = queue->ahead_completed;
      untold->abandoned = queue->ahead_abandoned;
      queue->ahead_since = TD_UNKNOWN;
    }
}

static gint64
get_vanished_wait_ms (TdTrackedCall *call)
{
  return MAX (0, call->changed - call->joined) / TD_TRACKER_MS;
}

static void
resolve_vanished (TdAsteriskTracker *self,
                  Untold            *untold,
                  gint64             at)
{
  gint64 surplus = untold->queue->in_call - untold->n_connected;

  g_ptr_array_sort (untold->vanished, compare_joined);
  for (guint i = 0; i < untold->vanished->len; i++)
    {
      TdTrackedCall *call = untold->vanished->pdata[i];

      if (untold->abandoned > 0)
        {
          untold->abandoned--;
          untold->queue->seen_abandoned++;
          td_tracker_abandon_call (self, call, get_vanished_wait_ms (call), at);
        }
      else if (untold->completed > 0)
        {
          untold->completed--;
          untold->queue->seen_completed++;
          td_tracker_connect_call (self, call, NULL, get_vanished_wait_ms (call), call->changed, FALSE);
          td_tracker_complete_call (self, call, untold->queue->talk_s * 1000, at);
        }
      else if (surplus > 0)
        {
          surplus--;
          td_tracker_connect_call (self, call, NULL, get_vanished_wait_ms (call), call->changed, FALSE);
        }
      else if (call->missed >= 3 || hears_all (self, at))
        td_tracker_flow_out_call (self, call, at);
      else
        continue;

      untold->queue->estimated = TRUE;
    }
}

static void
resolve_counters (TdAsteriskTracker *self,
                  Untold            *untold,
                  gint64             at)
{
  TdTrackedQueue *queue = untold->queue;
  TdCounts       *today = &queue->today;
  gint64          hold_ms = MIN (queue->hold_s, G_MAXINT16) * 1000;

  for (guint i = 0; i < untold->connected->len && untold->completed > 0; i++, untold->completed--)
    {
      TdTrackedCall  *call = untold->connected->pdata[i];
      TdTrackedAgent *agent = call->agent != NULL ? g_hash_table_lookup (self->agents, call->agent) : NULL;
      gint64          end = TD_IS_KNOWN (call->freed) || agent == NULL ? call->freed : agent->since;

      td_tracker_complete_call (self, call,
                                end > call->changed ? (end - call->changed) / TD_TRACKER_MS : queue->talk_s * 1000, at);
      queue->seen_completed++;
      queue->estimated = TRUE;
    }

  untold->completed -= MIN (untold->completed, untold->n_ending);

  believe_unseen (self, queue, untold, at);
  if (untold->completed == 0 && untold->abandoned == 0)
    return;

  queue->seen_completed += untold->completed;
  queue->seen_abandoned += untold->abandoned;
  queue->estimated = TRUE;
  td_tracked_count (&today->offered, untold->completed + untold->abandoned);
  td_tracked_count (&today->answered, untold->completed);
  td_tracked_count (&today->abandoned, untold->abandoned);
  td_tracked_count (&today->wait_ms, untold->completed * hold_ms);
  td_tracked_count (&today->talk_ms, untold->completed * MIN (untold->queue->talk_s, G_MAXINT16) * 1000);
  if (hold_ms <= self->settings->service_level_ms)
    td_tracked_count (&today->answered_in_time, untold->completed);
}

/* The agent has been free for long, or has another call by now: the end of the
 * call is not going to be told, and must not be taken for a part of the next
 * one. */
static void
end_forgotten_call (TdAsteriskTracker *self,
                    TdTrackedCall     *call,
                    gint64             at)
{
  TdTrackedAgent *agent = call->agent != NULL ? g_hash_table_lookup (self->agents, call->agent) : NULL;
  gint64          end = call->freed;

  if (agent == NULL)
    return;
  if (!TD_IS_KNOWN (end))
    {
      if (agent->state == TD_AGENT_STATE_ON_CALL || agent->state == TD_AGENT_STATE_OFFLINE)
        return;
      end = agent->since;
    }
  if (at - MAX (end, call->changed) < PATIENCE)
    return;

  call->queue->seen_completed++;
  if (call->is_answered)
    call->queue->estimated = TRUE;
  td_tracker_complete_call (self, call, (end - call->changed) / TD_TRACKER_MS, at);
}

/* Returns whether the call is to be forgotten. */
static gboolean
look_at_call (TdAsteriskTracker *self,
              TdTrackedCall     *call,
              GHashTable        *all,
              gint64             at)
{
  switch (call->stage)
    {
    case TD_TRACKED_CALL_WAITING:
      if (call->seen == self->n_polls)
        break;
      if (call->missed++ == 0)
        call->changed = at;
      if (td_tracker_gives_up (self, call, at))
        g_ptr_array_add (ensure_untold (all, call->queue)->vanished, call);
      break;

    case TD_TRACKED_CALL_LEFT:
      if (++call->missed < 2 || at - call->changed < UNTOLD)
        break;
      if (call->is_offered || !call->queue->is_based || call->changed > call->queue->based_at)
        td_tracker_flow_out_call (self, call, call->changed);
      else
        call->stage = TD_TRACKED_CALL_ENDED;
      break;

    case TD_TRACKED_CALL_CONNECTED:
      if (call->changed < at - LONGEST_CALL)
        return TRUE;
      end_forgotten_call (self, call, at);
      break;

    case TD_TRACKED_CALL_ENDED:
    default:
      return call->changed < at - REMEMBERED;
    }

  return FALSE;
}

/**
 * td_tracker_resolve:
 * @self: a tracker
 * @at: time of the poll
 *
 * Finds out what no event told: who vanished from a queue, and what the
 * queue's own counters have more than the events.
 */
void
td_tracker_resolve (TdAsteriskTracker *self,
                    gint64             at)
{
  g_autoptr (GHashTable) all = g_hash_table_new_full (NULL, NULL, NULL, free_untold);
  GHashTableIter iter;
  gpointer       value;

  g_hash_table_iter_init (&iter, self->queues);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    compare_counters (self, value, all, at);

  g_hash_table_iter_init (&iter, self->calls);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      if (look_at_call (self, value, all, at))
        g_hash_table_iter_remove (&iter);
    }

  if (g_hash_table_size (all) == 0)
    return;

  g_hash_table_iter_init (&iter, self->calls);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      TdTrackedCall *call = value;
      Untold        *untold = g_hash_table_lookup (all, call->queue);

      if (untold == NULL || call->stage != TD_TRACKED_CALL_CONNECTED)
        continue;
      if (call->agent == NULL || is_talking (self, call))
        untold->n_connected++;
      if (call->agent == NULL || (!is_talking (self, call) && is_free (self, call, at)))
        g_ptr_array_add (untold->connected, call);
      else if (!is_talking (self, call))
        untold->n_ending++;
    }

  g_hash_table_iter_init (&iter, all);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      resolve_vanished (self, value, at);
      resolve_counters (self, value, at);
    }
}
