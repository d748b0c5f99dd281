/* td-asterisk-tracker-calls.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-asterisk-tracker-private.h"

#include "td-mask.h"

/* How exactly a wait in whole seconds tells when a call began. */
#define SLACK G_USEC_PER_SEC

void
td_tracked_call_free (TdTrackedCall *self)
{
  g_free (self->id);
  g_free (self->agent);
  g_free (self->number);
  g_free (self);
}

TdTrackedCall *
td_tracker_add_call (TdAsteriskTracker *self,
                     const char        *id,
                     TdTrackedQueue    *queue,
                     const char        *number,
                     gint64             joined,
                     gboolean           is_exact)
{
  TdTrackedCall *call = g_new0 (TdTrackedCall, 1);

  call->id = g_strdup (id);
  call->queue = queue;
  call->number = td_mask_number (number);
  call->joined = joined;
  call->joined_exact = is_exact;
  call->changed = joined;
  call->position = TD_UNKNOWN;
  call->timeout_s = TD_UNKNOWN;
  call->freed = TD_UNKNOWN;
  g_hash_table_replace (self->calls, call->id, call);

  return call;
}

static void
offer_call (TdTrackedCall *call)
{
  if (call->is_offered)
    return;

  call->is_offered = TRUE;
  td_tracked_queue_count_offered (call->queue, call->joined);
}

void
td_tracked_call_set_stage (TdTrackedCall *call,
                           TdTrackedStage stage,
                           gint64         time,
                           gboolean       is_exact)
{
  call->stage = stage;
  call->changed = time;
  call->changed_exact = is_exact;
  call->missed = 0;
}

/* Takes back what a call was thought to have come to. */
static void
take_back_outcome (TdTrackedCall *call)
{
  TdCounts *today = &call->queue->today;

  if (!call->is_offered)
    return;

  if (call->outcome == TD_TRACKED_OUTCOME_FLOWED_OUT && today->flowed_out > 0)
    today->flowed_out--;
  if (call->outcome == TD_TRACKED_OUTCOME_ABANDONED && today->abandoned > 0)
    today->abandoned--;
  call->outcome = TD_TRACKED_OUTCOME_NONE;
}

static void
count_wait (TdTrackedCall *call,
            gint64         wait_ms)
{
  TdCounts *today = &call->queue->today;

  call->wait_ms = CLAMP (wait_ms, 0, TD_MAX_MS);
  today->max_wait_ms = MAX (today->max_wait_ms, call->wait_ms);
}

void
td_tracker_connect_call (TdAsteriskTracker *self,
                         TdTrackedCall     *call,
                         const char        *interface,
                         gint64             wait_ms,
                         gint64             time,
                         gboolean           is_exact)
{
  TdCounts *today = &call->queue->today;

  take_back_outcome (call);
  offer_call (call);
  td_tracked_call_set_stage (call, TD_TRACKED_CALL_CONNECTED, time, is_exact);
  count_wait (call, wait_ms);
  call->is_answered = TRUE;
  td_tracked_count (&today->answered, 1);
  td_tracked_count (&today->wait_ms, call->wait_ms);
  if (call->wait_ms <= self->settings->service_level_ms)
    td_tracked_count (&today->answered_in_time, 1);

  if (interface != NULL)
    {
      TdTrackedAgent *agent = td_tracker_ensure_agent (self, interface);

      g_free (call->agent);
      call->agent = g_strdup (interface);
      if (agent != NULL)
        {
          g_free (agent->call);
          agent->call = g_strdup (call->id);
          agent->wrap_up_queue = call->queue;
          agent->answered++;
        }
    }
}

void
td_tracker_flow_out_call (TdAsteriskTracker *self,
                          TdTrackedCall     *call,
                          gint64             time)
{
  offer_call (call);
  td_tracked_call_set_stage (call, TD_TRACKED_CALL_ENDED, time, FALSE);
  call->outcome = TD_TRACKED_OUTCOME_FLOWED_OUT;
  td_tracked_count (&call->queue->today.flowed_out, 1);
}

void
td_tracker_abandon_call (TdAsteriskTracker *self,
                         TdTrackedCall     *call,
                         gint64             wait_ms,
                         gint64             time)
{
  TdCounts *today = &call->queue->today;

  offer_call (call);
  td_tracked_call_set_stage (call, TD_TRACKED_CALL_ENDED, time, FALSE);
  count_wait (call, wait_ms);
  call->outcome = TD_TRACKED_OUTCOME_ABANDONED;
  call->ended = self->n_polls;
  td_tracked_count (&today->abandoned, 1);
  if (call->wait_ms <= self->settings->service_level_ms)
    td_tracked_count (&today->abandoned_in_time, 1);
  if (call->wait_ms < self->settings->short_abandon_ms)
    td_tracked_count (&today->short_abandoned, 1);
}

/* Only a call that was counted as answered has a talk to count, so that the
 * mean of both is a mean. */
void
td_tracker_complete_call (TdAsteriskTracker *self,
                          TdTrackedCall     *call,
                          gint64             talk_ms,
                          gint64             time)
{
  TdTrackedAgent *agent = call->agent != NULL ? g_hash_table_lookup (self->agents, call->agent) : NULL;
  gint64          hold_ms;

  if (agent != NULL && agent->on_hold && g_strcmp0 (agent->call, call->id) == 0)
    {
      call->hold_ms += MAX (0, time - agent->hold_since) / TD_TRACKER_MS;
      agent->hold_since = time;
    }
  talk_ms = CLAMP (talk_ms, 0, TD_MAX_MS);
  hold_ms = CLAMP (call->hold_ms, 0, talk_ms);

  td_tracked_call_set_stage (call, TD_TRACKED_CALL_ENDED, time, FALSE);
  call->outcome = TD_TRACKED_OUTCOME_ANSWERED;
  if (agent != NULL && g_strcmp0 (agent->call, call->id) == 0)
    g_clear_pointer (&agent->call, g_free);
  if (!call->is_answered)
    return;

  td_tracked_count (&call->queue->today.talk_ms, talk_ms - hold_ms);
  td_tracked_count (&call->queue->today.hold_ms, hold_ms);
  if (agent != NULL)
    {
      agent->talk_ms += talk_ms - hold_ms;
      agent->hold_ms += hold_ms;
    }
}

/* A call that the base of its queue covers: it was here before, and is in the
 * counters or among the calls in progress already. */
gboolean
td_tracked_queue_is_based_on (TdTrackedQueue *queue,
                              gint64          joined)
{
  return !queue->is_based || joined <= queue->based_at - SLACK;
}

/* One call goes from queue to queue by one id. */
static TdTrackedCall *
find_call (TdAsteriskTracker *self,
           const char        *id,
           TdTrackedQueue    *queue)
{
  TdTrackedCall *call = g_hash_table_lookup (self->calls, id);

  return call != NULL && call->queue == queue ? call : NULL;
}

/* Who goes on elsewhere did not hang up: the queue gave up, which the server
 * tells in the same words. What was shown as abandoned before stays so: a count
 * does not go back. */
void
td_tracker_mend_abandoned (TdAsteriskTracker *self,
                           TdTrackedCall     *call)
{
  TdCounts *today = &call->queue->today;

  if (call->outcome != TD_TRACKED_OUTCOME_ABANDONED || !call->is_offered || call->ended != self->n_polls)
    return;

  take_back_outcome (call);
  if (call->wait_ms <= self->settings->service_level_ms)
    td_tracked_count (&today->abandoned_in_time, -1);
  if (call->wait_ms < self->settings->short_abandon_ms)
    td_tracked_count (&today->short_abandoned, -1);
  td_tracked_count (&today->flowed_out, 1);
  call->outcome = TD_TRACKED_OUTCOME_FLOWED_OUT;
}

static void
take_join (TdAsteriskTracker     *self,
           const TdAsteriskEvent *event,
           TdTrackedQueue        *queue)
{
  TdTrackedCall *call = g_hash_table_lookup (self->calls, event->caller);

  if (call != NULL && call->queue == queue)
    {
      if (call->stage != TD_TRACKED_CALL_ENDED || event->time <= call->changed)
        {
          /* Listed before it was told, or told twice. */
          if (call->stage == TD_TRACKED_CALL_WAITING && event->is_exact && !call->joined_exact)
            {
              call->joined = event->time;
              call->joined_exact = TRUE;
            }
          return;
        }
    }
  else if (call != NULL && call->stage != TD_TRACKED_CALL_ENDED)
    {
      if (call->stage == TD_TRACKED_CALL_CONNECTED)
        td_tracker_complete_call (self, call, (event->time - call->changed) / TD_TRACKER_MS, event->time);
      else
        td_tracker_flow_out_call (self, call, event->time);
    }
  else if (call != NULL)
    td_tracker_mend_abandoned (self, call);

  call = td_tracker_add_call (self, event->caller, queue, event->number, event->time, event->is_exact);
  call->position = event->position;
  offer_call (call);
}

/* The server tells durations as differences of whole seconds, so the truth is
 * less than a second off. The times of two events tell it better, unless a
 * busy server told of one of them late. */
static gint64
refine_ms (gint64   told_s,
           gint64   span,
           gboolean is_exact)
{
  gint64 span_ms = MAX (0, span) / TD_TRACKER_MS;

  if (!TD_IS_KNOWN (told_s))
    return span_ms;

  return is_exact && ABS (span_ms - told_s * 1000) < 1000 ? span_ms : told_s * 1000;
}

static gint64
get_wait_ms (const TdAsteriskEvent *event,
             const TdTrackedCall   *call)
{
  return refine_ms (event->hold_s, event->time - call->joined, call->joined_exact && event->is_exact);
}

static void
take_leave (TdAsteriskTracker     *self,
            const TdAsteriskEvent *event,
            TdTrackedQueue        *queue)
{
  TdTrackedCall *call = find_call (self, event->caller, queue);

  /* Not counted yet: what is told next says when it joined. */
  if (call == NULL)
    call = td_tracker_add_call (self, event->caller, queue, event->number, event->time, FALSE);
  if (call->stage == TD_TRACKED_CALL_WAITING)
    td_tracked_call_set_stage (call, TD_TRACKED_CALL_LEFT, event->time, event->is_exact);
}

static void
take_connect (TdAsteriskTracker     *self,
              const TdAsteriskEvent *event,
              TdTrackedQueue        *queue)
{
  TdTrackedCall *call = find_call (self, event->caller, queue);
  gint64         hold = MAX (event->hold_s, 0) * G_USEC_PER_SEC;

  if (call != NULL && (call->stage == TD_TRACKED_CALL_CONNECTED ||
                       (call->stage == TD_TRACKED_CALL_ENDED && call->outcome != TD_TRACKED_OUTCOME_FLOWED_OUT)))
    return;
  if (call == NULL)
    call = td_tracker_add_call (self, event->caller, queue, event->number, event->time - hold, FALSE);
  if (!call->is_offered)
    call->joined = event->time - hold;

  if (!call->is_offered && td_tracked_queue_is_based_on (queue, call->joined) && td_tracked_queue_is_based_on (queue, event->time))
    {
      /* Answered before its queue was seen, so it is of the base. */
      td_tracked_call_set_stage (call, TD_TRACKED_CALL_CONNECTED, event->time, event->is_exact);
      call->wait_ms = hold / TD_TRACKER_MS;
      call->agent = g_strdup (event->interface);
      if (event->interface != NULL)
        {
          TdTrackedAgent *agent = td_tracker_ensure_agent (self, event->interface);

          if (agent != NULL)
            {
              g_free (agent->call);
              agent->call = g_strdup (call->id);
              agent->wrap_up_queue = queue;
            }
        }
      return;
    }

  td_tracker_connect_call (self, call, event->interface, get_wait_ms (event, call),
                           event->time, event->is_exact);
}

static void
take_abandon (TdAsteriskTracker     *self,
              const TdAsteriskEvent *event,
              TdTrackedQueue        *queue)
{
  TdTrackedCall *call = find_call (self, event->caller, queue);
  gint64         joined = event->time - MAX (event->hold_s, 0) * G_USEC_PER_SEC;
  gint64         wait_ms;

  if (call != NULL && (call->stage == TD_TRACKED_CALL_CONNECTED || call->stage == TD_TRACKED_CALL_ENDED))
    return;

  queue->seen_abandoned++;
  if (TD_IS_KNOWN (self->at) && event->time > self->at + 2 * SLACK)
    queue->late_abandoned++;
  if (call == NULL)
    call = td_tracker_add_call (self, event->caller, queue, event->number, joined, FALSE);
  if (!call->is_offered && td_tracked_queue_is_based_on (queue, joined))
    {
      td_tracked_call_set_stage (call, TD_TRACKED_CALL_ENDED, event->time, event->is_exact);
      return;
    }
  if (!call->is_offered)
    call->joined = joined;

  /* The queue gave up, which Asterisk counts as abandoned as well. */
  if (TD_IS_KNOWN (call->timeout_s) && event->hold_s >= call->timeout_s)
    {
      td_tracker_flow_out_call (self, call, event->time);
      return;
    }

  wait_ms = get_wait_ms (event, call);
  td_tracker_abandon_call (self, call, wait_ms, event->time);
}

/* A completed call. Where the server does not name the caller, who may be gone
 * by then, it is the one of the agent that began when the talk did: a busy
 * server may have told of the agent's next call before. */
static TdTrackedCall *
find_completed_call (TdAsteriskTracker     *self,
                     const TdAsteriskEvent *event,
                     TdTrackedQueue        *queue)
{
  GHashTableIter iter;
  gpointer       value;
  TdTrackedCall *found = NULL;
  gint64         began = event->time - MAX (event->talk_s, 0) * G_USEC_PER_SEC;

  if (event->caller != NULL)
    return find_call (self, event->caller, queue);

  g_hash_table_iter_init (&iter, self->calls);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      TdTrackedCall *call = value;

      if (call->queue == queue && call->stage == TD_TRACKED_CALL_CONNECTED && event->interface != NULL &&
          g_strcmp0 (call->agent, event->interface) == 0 &&
          (found == NULL || ABS (call->changed - began) < ABS (found->changed - began)))
        found = call;
    }

  return found;
}

static void
take_complete (TdAsteriskTracker     *self,
               const TdAsteriskEvent *event,
               TdTrackedQueue        *queue)
{
  TdTrackedCall *call = find_completed_call (self, event, queue);
  gint64         talk = MAX (event->talk_s, 0) * G_USEC_PER_SEC;
  gint64         hold = MAX (event->hold_s, 0) * G_USEC_PER_SEC;

  if (call != NULL ? call->stage == TD_TRACKED_CALL_ENDED : event->caller == NULL)
    return;

  queue->seen_completed++;
  if (TD_IS_KNOWN (self->at) && event->time > self->at + 2 * SLACK)
    queue->late_completed++;

  if (call == NULL || !call->is_offered)
    {
      if (call == NULL)
        call = td_tracker_add_call (self, event->caller, queue, event->number, event->time - talk - hold, FALSE);
      if (td_tracked_queue_is_based_on (queue, event->time - talk))
        {
          /* It was in progress when the queue was first seen. */
          call->is_answered = queue->is_adopted && event->time - talk >= self->day_start;
          g_free (call->agent);
          call->agent = g_strdup (event->interface);
          td_tracker_complete_call (self, call, talk / TD_TRACKER_MS, event->time);
          return;
        }
      call->joined = event->time - talk - hold;
    }
  if (call->stage != TD_TRACKED_CALL_CONNECTED)
    td_tracker_connect_call (self, call, event->interface, hold / TD_TRACKER_MS, event->time - talk, FALSE);

  td_tracker_complete_call (self, call,
                            refine_ms (event->talk_s, event->time - call->changed, call->changed_exact && event->is_exact),
                            event->time);
}

static void
take_no_answer (TdAsteriskTracker     *self,
                const TdAsteriskEvent *event)
{
  TdTrackedAgent *agent = event->interface != NULL ? td_tracker_ensure_agent (self, event->interface) : NULL;

  if (agent == NULL || (event->is_exact && event->time <= agent->last_no_answer))
    return;

  agent->last_no_answer = event->time;
  agent->no_answer++;
}

static void
take_called (TdAsteriskTracker     *self,
             const TdAsteriskEvent *event)
{
  TdTrackedAgent *agent = event->interface != NULL ? td_tracker_ensure_agent (self, event->interface) : NULL;

  if (agent == NULL || agent->state == TD_AGENT_STATE_ON_CALL)
    return;

  g_free (agent->call);
  agent->call = g_strdup (event->caller);
}

static void
take_member_event (TdAsteriskTracker     *self,
                   const TdAsteriskEvent *event,
                   TdTrackedQueue        *queue)
{
  TdTrackedAgent *agent = td_tracker_ensure_agent (self, event->interface);

  /* Older than what is known, so told twice. */
  if (agent == NULL || event->time < agent->last_event)
    return;

  agent->last_event = event->time;
  if (event->kind == TD_ASTERISK_EVENT_REMOVED)
    td_tracker_remove_member (self, event->interface, queue, event->time);
  else
    td_tracker_take_member (self, &event->member, TRUE);
  td_tracker_settle_agent (self, agent, event->time, event->is_exact);
}

/**
 * td_tracker_take_event:
 * @self: a tracker
 * @event: what the server told
 *
 * An event that was taken before changes nothing.
 */
void
td_tracker_take_event (TdAsteriskTracker     *self,
                       const TdAsteriskEvent *event)
{
  TdTrackedQueue *queue = td_tracker_ensure_queue (self, event->queue);

  if (queue == NULL)
    return;

  switch (event->kind)
    {
    case TD_ASTERISK_EVENT_JOIN:
      take_join (self, event, queue);
      break;

    case TD_ASTERISK_EVENT_LEAVE:
      take_leave (self, event, queue);
      break;

    case TD_ASTERISK_EVENT_ABANDON:
      take_abandon (self, event, queue);
      break;

    case TD_ASTERISK_EVENT_CALLED:
      take_called (self, event);
      break;

    case TD_ASTERISK_EVENT_CONNECT:
      take_connect (self, event, queue);
      break;

    case TD_ASTERISK_EVENT_COMPLETE:
      take_complete (self, event, queue);
      break;

    case TD_ASTERISK_EVENT_NO_ANSWER:
      take_no_answer (self, event);
      break;

    case TD_ASTERISK_EVENT_MEMBER:
    case TD_ASTERISK_EVENT_REMOVED:
    default:
      take_member_event (self, event, queue);
      break;
    }
}

/**
 * td_tracker_take_callers:
 * @self: a tracker
 * @reading: what a poll brought
 * @at: its time
 *
 * Who waits now. A caller who is listed before the event tells of it counts as
 * offered at once.
 */
void
td_tracker_take_callers (TdAsteriskTracker       *self,
                         const TdAsteriskReading *reading,
                         gint64                   at)
{
  for (guint i = 0; i < reading->callers->len; i++)
    {
      const TdAsteriskCallerRow *row = &g_array_index (reading->callers, TdAsteriskCallerRow, i);
      TdTrackedQueue            *queue = td_tracker_ensure_queue (self, row->queue);
      TdTrackedCall             *call = g_hash_table_lookup (self->calls, row->id);
      gint64                     joined = at - row->wait_s * G_USEC_PER_SEC;

      if (queue == NULL)
        continue;
      if (call != NULL && call->queue != queue && call->stage != TD_TRACKED_CALL_ENDED)
        {
          if (call->stage == TD_TRACKED_CALL_CONNECTED)
            td_tracker_complete_call (self, call, (at - call->changed) / TD_TRACKER_MS, at);
          else
            td_tracker_flow_out_call (self, call, at);
        }
      /* Told to have left, yet listed: the list is older than the event. */
      if (call != NULL && call->queue == queue && call->stage != TD_TRACKED_CALL_WAITING &&
          joined < call->changed + SLACK)
        continue;
      if (call == NULL || call->queue != queue || call->stage != TD_TRACKED_CALL_WAITING)
        call = td_tracker_add_call (self, row->id, queue, row->number, joined, FALSE);

      offer_call (call);
      call->position = row->position;
      call->seen = self->n_polls;
      call->missed = 0;
      queue->waiting++;
      if (!TD_IS_KNOWN (queue->longest_since) || call->joined < queue->longest_since)
        queue->longest_since = call->joined;
    }
}
