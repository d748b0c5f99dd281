/* td-simulation-calls.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-simulation-private.h"

#include <math.h>

#define RECENT (15 * TD_SIM_MINUTE)

#define IMPATIENT_CHANCE 0.03
#define IMPATIENT_MEAN_S 5.0
#define PATIENCE_SHAPE 1.2
#define PATIENCE_SCALE_S 210.0
#define CALL_BACK_CHANCE 0.25
#define CALL_BACK_OFFER_S 90
#define TIME_OUT_S 600

#define COUNT(field)                                          \
  G_STMT_START                                                \
  {                                                           \
    TdSimMinute *_minute = td_sim_calls_minute (self, index); \
                                                              \
    self->queues[index].today.field++;                        \
    _minute->field++;                                         \
  }                                                           \
  G_STMT_END

TdSimMinute *
td_sim_calls_minute (TdSimulation *self,
                     guint         queue)
{
  return &self->minutes[self->minute * self->n_queues + queue];
}

static void
note_waiting (TdSimulation *self,
              guint         queue)
{
  TdSimMinute *minute = td_sim_calls_minute (self, queue);

  minute->max_waiting = (guint16)MAX (minute->max_waiting, MIN (self->queues[queue].n_calls, G_MAXUINT16));
}

static void
note_wait (TdSimulation *self,
           guint         queue,
           gint64        wait_ms)
{
  TdSimMinute *minute = td_sim_calls_minute (self, queue);
  TdCounts    *today = &self->queues[queue].today;

  today->max_wait_ms = MAX (today->max_wait_ms, wait_ms);
  minute->max_wait_ms = (guint32)MAX (minute->max_wait_ms, MIN (wait_ms, G_MAXUINT32));
}

static guint
take_free_call (TdSimulation *self)
{
  guint index = self->free_call;

  if (index != TD_SIM_NONE)
    {
      self->free_call = self->calls[index].next;
      return index;
    }

  if (self->n_calls == self->calls_size)
    {
      self->calls_size = MAX (64, self->calls_size * 2);
      self->calls = g_renew (TdSimCall, self->calls, self->calls_size);
    }

  return self->n_calls++;
}

static void
append_call (TdSimulation *self,
             guint         call)
{
  TdSimQueue *queue = &self->queues[self->calls[call].queue];

  self->calls[call].previous = queue->last_call;
  self->calls[call].next = TD_SIM_NONE;
  if (queue->last_call != TD_SIM_NONE)
    self->calls[queue->last_call].next = call;
  else
    queue->first_call = call;
  queue->last_call = call;
  queue->n_calls++;
  queue->n_unassigned++;
  queue->dirty = TRUE;
}

/* Takes a call out of its queue and frees its place. */
static void
remove_call (TdSimulation *self,
             guint         index)
{
  TdSimCall  *call = &self->calls[index];
  TdSimQueue *queue = &self->queues[call->queue];

  if (call->previous != TD_SIM_NONE)
    self->calls[call->previous].next = call->next;
  else
    queue->first_call = call->next;
  if (call->next != TD_SIM_NONE)
    self->calls[call->next].previous = call->previous;
  else
    queue->last_call = call->previous;

  queue->n_calls--;
  if (call->agent == TD_SIM_NONE)
    queue->n_unassigned--;
  queue->dirty = TRUE;

  if (call->sent)
    g_ptr_array_add (self->gone_callers, g_strdup_printf ("c%" G_GUINT64_FORMAT, call->serial));

  call->serial = 0;
  call->next = self->free_call;
  self->free_call = index;
}

static void
drop_recent (TdSimulation *self,
             TdSimQueue   *queue)
{
  while (queue->n_recent > 0 && queue->recent[queue->recent_first] <= self->now - RECENT)
    {
      queue->recent_first = (queue->recent_first + 1) % queue->recent_size;
      queue->n_recent--;
    }
}

static void
note_recent (TdSimulation *self,
             TdSimQueue   *queue)
{
  drop_recent (self, queue);

  if (queue->n_recent == queue->recent_size)
    {
      guint   size = MAX (32, queue->recent_size * 2);
      gint64 *recent = g_new (gint64, size);

      for (guint i = 0; i < queue->n_recent; i++)
        recent[i] = queue->recent[(queue->recent_first + i) % queue->recent_size];
      g_free (queue->recent);
      queue->recent = recent;
      queue->recent_first = 0;
      queue->recent_size = size;
    }

  queue->recent[(queue->recent_first + queue->n_recent++) % queue->recent_size] = self->now;
}

/* Calls offered in the 15 minutes before now. */
gint64
td_sim_queue_count_recent (TdSimulation *self,
                           TdSimQueue   *queue)
{
  drop_recent (self, queue);

  return queue->n_recent;
}

static guint
draw_province (TdSimulation     *self,
               const TdSimQueue *queue)
{
  guint sum = 0, drawn;
  guint province = queue->first_province;

  for (guint i = 0; i < queue->n_provinces; i++)
    sum += td_sim_provinces[queue->first_province + i].weight;
  drawn = td_random_below (&self->streams[TD_SIM_STREAM_CALLERS], sum);
  while (drawn >= td_sim_provinces[province].weight)
    drawn -= td_sim_provinces[province++].weight;

  return province;
}

static void
init_caller (TdSimulation *self,
             TdSimCall    *call,
             guint         province)
{
  static const char    prefixes[] = { '9', '9', '9', '3', '3', '7', '8' };
  TdRandom            *random = &self->streams[TD_SIM_STREAM_CALLERS];
  const TdSimQueue    *queue = &self->queues[call->queue];
  const TdSimKindInfo *kind = &td_sim_kinds[queue->kind];
  guint                n_reasons = 0, n_districts = 0;

  while (n_reasons < TD_SIM_MAX_REASONS && kind->reasons[n_reasons] != NULL)
    n_reasons++;

  call->province = (guint8)(province < TD_SIM_N_PROVINCES ? province : draw_province (self, queue));
  while (n_districts < TD_SIM_MAX_DISTRICTS && td_sim_provinces[call->province].districts[n_districts] != NULL)
    n_districts++;

  call->district = (guint8)td_random_below (random, n_districts);
  call->reason = (guint8)td_random_below (random, n_reasons);
  call->number = (guint16)td_random_below (random, 1000);
  call->prefix = (guint8)prefixes[td_random_below (random, G_N_ELEMENTS (prefixes))];
}

/* When and how the caller leaves if nobody answers. */
static gint64
draw_patience (TdSimulation *self,
               TdSimCall    *call)
{
  TdRandom *random = &self->streams[TD_SIM_STREAM_PATIENCE];
  double    patience_s;

  if (self->queues[call->queue].kind == TD_SIM_KIND_CALL_BACK)
    {
      call->leave = TD_SIM_LEAVE_TIME_OUT;
      return TIME_OUT_S * TD_SIM_SECOND;
    }

  if (td_random_uniform (random) < IMPATIENT_CHANCE)
    patience_s = td_random_exponential (random, IMPATIENT_MEAN_S);
  else
    patience_s = PATIENCE_SCALE_S * pow (td_random_exponential (random, 1.0), 1.0 / PATIENCE_SHAPE);

  call->leave = TD_SIM_LEAVE_ABANDON;
  if (patience_s > CALL_BACK_OFFER_S && td_random_uniform (random) < CALL_BACK_CHANCE)
    {
      double offered_s = CALL_BACK_OFFER_S + 60.0 * td_random_uniform (random);

      if (offered_s < patience_s)
        {
          patience_s = offered_s;
          call->leave = TD_SIM_LEAVE_CALL_BACK;
        }
    }
  if (patience_s > TIME_OUT_S)
    {
      patience_s = TIME_OUT_S;
      call->leave = TD_SIM_LEAVE_TIME_OUT;
    }

  return (gint64)(patience_s * 1000.0) * TD_SIM_MS;
}

/* Has the phone of the agent who was idle longest ring for a call. */
static void
route_call (TdSimulation *self,
            guint         call)
{
  guint node = self->queues[self->calls[call].queue].first_idle;

  if (node != TD_SIM_NONE)
    td_sim_agent_ring (self, self->nodes[node].agent, call);
}

/* A call enters a queue; from @province, or a drawn one where it is past the last. */
void
td_sim_call_arrive (TdSimulation *self,
                    guint         index,
                    guint         province)
{
  guint      slot = take_free_call (self);
  TdSimCall *call = &self->calls[slot];

  *call = (TdSimCall){ 0 };
  call->serial = ++self->n_serials;
  call->since = self->now;
  call->queue = index;
  call->agent = TD_SIM_NONE;
  init_caller (self, call, province);

  COUNT (offered);
  note_recent (self, &self->queues[index]);
  append_call (self, slot);
  note_waiting (self, index);

  td_sim_push (self, self->now + draw_patience (self, call), TD_SIM_EVENT_LEAVE, slot, call->serial);
  route_call (self, slot);
}

/* The caller hangs up, or is taken out to be called back. */
void
td_sim_call_leave (TdSimulation *self,
                   guint         slot,
                   guint64       serial)
{
  TdSimCall call;
  guint     index, call_back;
  gint64    wait_ms;

  if (slot >= self->n_calls || self->calls[slot].serial != serial)
    return;

  call = self->calls[slot];
  index = call.queue;
  wait_ms = (self->now - call.since) / TD_SIM_MS;
  remove_call (self, slot);
  note_wait (self, index, wait_ms);

  if (call.leave == TD_SIM_LEAVE_ABANDON)
    {
      COUNT (abandoned);
      if (wait_ms <= TD_SIM_SERVICE_LEVEL_MS)
        COUNT (abandoned_in_time);
      if (wait_ms < TD_SIM_SHORT_ABANDON_MS)
        COUNT (short_abandoned);
    }
  else
    {
      COUNT (flowed_out);
      /* One who could not be reached by a call-back is not tried again. */
      call_back = td_sim_queues_find (self, TD_SIM_KIND_CALL_BACK, call.province);
      if (call_back != TD_SIM_NONE && self->queues[index].kind != TD_SIM_KIND_CALL_BACK)
        td_sim_push (self,
                     self->now + td_random_between (&self->streams[TD_SIM_STREAM_CALLERS], 5 * 60, 20 * 60) * TD_SIM_SECOND,
                     TD_SIM_EVENT_CALL_BACK, call_back, call.province);
    }

  if (call.agent != TD_SIM_NONE)
    td_sim_agent_stop_ringing (self, call.agent);
}

/* The call goes over to the agent, who keeps @copy. */
void
td_sim_call_answered (TdSimulation *self,
                      guint         slot,
                      TdSimCall    *copy,
                      gint64       *wait_ms)
{
  guint index = self->calls[slot].queue;

  *copy = self->calls[slot];
  *wait_ms = (self->now - copy->since) / TD_SIM_MS;
  remove_call (self, slot);

  COUNT (answered);
  if (*wait_ms <= TD_SIM_SERVICE_LEVEL_MS)
    COUNT (answered_in_time);
  self->queues[index].today.wait_ms += *wait_ms;
  td_sim_calls_minute (self, index)->wait_ms += (guint32)*wait_ms;
  note_wait (self, index, *wait_ms);
}

/* The phone rang in vain: the call waits again, at the place it had. */
void
td_sim_call_put_back (TdSimulation *self,
                      guint         slot)
{
  self->calls[slot].agent = TD_SIM_NONE;
  self->queues[self->calls[slot].queue].n_unassigned++;
  route_call (self, slot);
}

/* The most urgent call that @agent can take and no phone rings for, of equally
 * urgent ones the one that waits longest; or NONE. */
guint
td_sim_calls_next_for (TdSimulation     *self,
                       const TdSimAgent *agent)
{
  guint best = TD_SIM_NONE;
  guint best_urgency = 0;

  for (guint i = 0; i < agent->n_skills; i++)
    {
      const TdSimQueue *queue = &self->queues[agent->skills[i]];
      guint             urgency, call;

      if (queue->n_unassigned == 0 || td_sim_skill_is_paused (self, agent, i))
        continue;

      for (call = queue->first_call; self->calls[call].agent != TD_SIM_NONE; call = self->calls[call].next)
        ;
      urgency = td_sim_kinds[queue->kind].urgency;
      if (best == TD_SIM_NONE || urgency > best_urgency ||
          (urgency == best_urgency && self->calls[call].since < self->calls[best].since))
        {
          best = call;
          best_urgency = urgency;
        }
    }

  return best;
}

/* Puts the agent at the end of the idle ones of each of the queues served, or
 * takes the agent out of them. */
void
td_sim_calls_set_idle (TdSimulation *self,
                       guint         index,
                       gboolean      idle)
{
  const TdSimAgent *agent = &self->agents[index];

  for (guint i = 0; i < agent->n_skills; i++)
    {
      if (!td_sim_skill_is_paused (self, agent, i))
        td_sim_skill_set_idle (self, index, i, idle);
    }
}

/* At midnight the counts start anew. Who still waits is counted as offered to
 * the new day, too, so that offered = answered + abandoned + flowed out +
 * waiting holds in it. */
void
td_sim_calls_reset_day (TdSimulation *self)
{
  for (guint i = 0; i < self->n_queues; i++)
    {
      TdSimQueue *queue = &self->queues[i];

      queue->today = (TdCounts){ 0 };
      queue->today.offered = queue->n_calls;
      td_sim_calls_minute (self, i)->offered = (guint16)MIN (queue->n_calls, G_MAXUINT16);
      queue->dirty = TRUE;
    }
}
