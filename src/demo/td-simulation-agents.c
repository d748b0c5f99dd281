/* td-simulation-agents.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-simulation-private.h"

#define NO_ANSWER_MS 15000
#define NO_ANSWER_PAUSE_CHANCE 0.7
#define TALK_VARIATION 0.65
#define WRAP_UP_VARIATION 0.6
#define LINE_LOST_S 400.0

/* A phantom lets so many calls ring out until its line is gone for a while. */
#define PHANTOM_MISSES 3
#define PHANTOM_LINE_MS 20000

static const double pause_minutes[TD_SIM_N_PAUSES] = { 35.0, 30.0, 13.0, 30.0, 20.0, 14.0, 2.0 };

static const char *const home_line_reasons[] = { "Mất mạng", "Mất đăng ký SIP", "Mất điện tại nhà", "Mất mạng" };
static const char *const site_line_reasons[] = { "Lỗi máy", "Mất đăng ký SIP" };

/* Notes that the agent's row is another one than was last taken. */
void
td_sim_agent_touch (TdSimulation *self,
                    guint         index)
{
  if (self->agents[index].dirty)
    return;

  self->agents[index].dirty = TRUE;
  g_array_append_val (self->dirty_agents, index);
}

static void
set_timer (TdSimulation *self,
           guint         index,
           gint64        ms)
{
  td_sim_push (self, self->now + MAX (ms, 1) * TD_SIM_MS, TD_SIM_EVENT_AGENT, index, self->agents[index].serial);
}

static void
end_hold (TdSimulation *self,
          TdSimAgent   *agent)
{
  agent->hold_ms += (self->now - agent->hold_from) / TD_SIM_MS;
  agent->today_hold_ms += (self->now - MAX (agent->hold_from, self->day_start)) / TD_SIM_MS;
  agent->on_hold = FALSE;
}

/* Adds the state that ends to the sums of the day: for the agent the part that
 * lies in today, for the queue the whole of it. */
static void
close_span (TdSimulation *self,
            TdSimAgent   *agent)
{
  gint64       from = MAX (agent->since, self->day_start);
  gint64       ms = (self->now - from) / TD_SIM_MS;
  gint64       talk_ms;
  TdSimMinute *minute;
  TdSimQueue  *queue;

  switch (agent->state)
    {
    case TD_AGENT_STATE_AVAILABLE:
      agent->available_ms += ms;
      break;

    case TD_AGENT_STATE_RINGING:
      agent->ringing_ms += ms;
      break;

    case TD_AGENT_STATE_PAUSED:
      agent->paused_ms += ms;
      break;

    case TD_AGENT_STATE_ON_CALL:
      if (agent->on_hold)
        end_hold (self, agent);
      talk_ms = (self->now - agent->since) / TD_SIM_MS - agent->hold_ms;
      agent->talk_ms += CLAMP (ms - agent->hold_ms, 0, talk_ms);

      queue = &self->queues[agent->call.queue];
      minute = td_sim_calls_minute (self, agent->call.queue);
      queue->today.talk_ms += talk_ms;
      queue->today.hold_ms += agent->hold_ms;
      queue->dirty = TRUE;
      minute->talk_ms += (guint32)talk_ms;
      minute->hold_ms += (guint32)agent->hold_ms;
      break;

    case TD_AGENT_STATE_WRAP_UP:
      agent->wrap_up_ms += ms;

      ms = (self->now - agent->since) / TD_SIM_MS;
      queue = &self->queues[agent->call.queue];
      queue->today.wrap_up_ms += ms;
      queue->dirty = TRUE;
      td_sim_calls_minute (self, agent->call.queue)->wrap_up_ms += (guint32)ms;
      break;

    case TD_AGENT_STATE_UNKNOWN:
    case TD_AGENT_STATE_UNREACHABLE:
    case TD_AGENT_STATE_OFFLINE:
    case TD_N_AGENT_STATES:
    default:
      break;
    }
}

void
td_sim_agent_set_state (TdSimulation *self,
                        guint         index,
                        TdAgentState  state,
                        const char   *reason)
{
  TdSimAgent *agent = &self->agents[index];
  gboolean    served = td_agent_state_is_serving (agent->state);
  gboolean    serves = td_agent_state_is_serving (state);

  close_span (self, agent);

  if (agent->state == TD_AGENT_STATE_AVAILABLE)
    td_sim_calls_set_idle (self, index, FALSE);
  if (state != TD_AGENT_STATE_ON_CALL && state != TD_AGENT_STATE_WRAP_UP)
    agent->has_call = FALSE;
  if (agent->state == TD_AGENT_STATE_PAUSED)
    {
      g_clear_pointer (&agent->given_reason, g_free);
      agent->pause_held = FALSE;
    }

  agent->state = state;
  agent->reason = reason;
  agent->since = self->now;
  agent->serial++;
  if (state == TD_AGENT_STATE_AVAILABLE)
    td_sim_calls_set_idle (self, index, TRUE);

  if (served != serves)
    for (guint i = 0; i < agent->n_skills; i++)
      {
        TdSimQueue *queue = &self->queues[agent->skills[i]];

        if (td_sim_skill_is_paused (self, agent, i))
          continue;
        queue->serving += serves ? 1 : -1;
        queue->dirty = TRUE;
      }

  td_sim_agent_touch (self, index);
}

/* Once a shift is over, worked or not, the next one is the agent's. */
void
td_sim_agent_turn_shift (TdSimulation *self,
                         guint         index)
{
  TdSimAgent *agent = &self->agents[index];

  if (agent->working || !agent->has_next || self->now < agent->shift_end)
    return;

  agent->has_next = FALSE;
  agent->shift_start = agent->next_start;
  agent->shift_end = agent->next_end;
  agent->shift_name = agent->next_name;
  td_sim_agent_touch (self, index);
}

static void
go_offline (TdSimulation *self,
            guint         index)
{
  TdSimAgent *agent = &self->agents[index];

  agent->working = FALSE;
  agent->leaving = FALSE;
  agent->pause_pending = FALSE;
  agent->pause_held = FALSE;
  g_clear_pointer (&agent->given_reason, g_free);
  td_sim_agent_turn_shift (self, index);
  td_sim_agent_set_state (self, index, TD_AGENT_STATE_OFFLINE, NULL);
  td_sim_skill_end_pauses (self, index);
}

static void
start_pause (TdSimulation *self,
             guint         index)
{
  TdSimAgent      *agent = &self->agents[index];
  TdSimPause       pause = agent->pending;
  g_autofree char *given = g_steal_pointer (&agent->given_reason);
  gboolean         held = agent->pause_held;
  double           minutes;

  agent->pause_pending = FALSE;
  td_sim_agent_set_state (self, index, TD_AGENT_STATE_PAUSED, td_sim_pause_reasons[pause]);
  agent->pause_held = held;
  agent->given_reason = g_steal_pointer (&given);
  if (held)
    return;

  minutes = td_random_lognormal (&self->streams[TD_SIM_STREAM_SHIFTS], pause_minutes[pause], 0.25);
  set_timer (self, index, (gint64)(minutes * 60000.0));
}

void
td_sim_agent_take_next_call (TdSimulation *self,
                             guint         index)
{
  guint call;

  if (self->agents[index].state != TD_AGENT_STATE_AVAILABLE)
    return;

  call = td_sim_calls_next_for (self, &self->agents[index]);
  if (call != TD_SIM_NONE)
    td_sim_agent_ring (self, index, call);
}

/* What an agent turns to who has nothing left to do. */
static void
settle (TdSimulation *self,
        guint         index)
{
  TdSimAgent *agent = &self->agents[index];

  if (agent->leaving)
    {
      go_offline (self, index);
      return;
    }

  if (agent->pause_pending)
    {
      start_pause (self, index);
      return;
    }

  td_sim_agent_set_state (self, index, TD_AGENT_STATE_AVAILABLE, NULL);
  td_sim_agent_take_next_call (self, index);
}

void
td_sim_agent_ring (TdSimulation *self,
                   guint         index,
                   guint         call)
{
  TdRandom   *random = &self->streams[TD_SIM_STREAM_RINGING];
  TdSimAgent *agent = &self->agents[index];
  TdSimQueue *queue = &self->queues[self->calls[call].queue];

  double delay_s = td_random_lognormal (random, 2.4, 0.6);

  self->calls[call].agent = index;
  queue->n_unassigned--;
  agent->ringing_call = call;
  agent->will_answer = td_random_uniform (random) >= agent->no_answer_chance && !td_sim_staff_is_phantom (self, agent);
  td_sim_agent_set_state (self, index, TD_AGENT_STATE_RINGING, NULL);
  if (agent->will_answer)
    set_timer (self, index, 1200 + (gint64)(1000.0 * MIN (10.0, delay_s)));
  else
    set_timer (self, index, NO_ANSWER_MS);
}

/* The caller is gone before the agent answered. */
void
td_sim_agent_stop_ringing (TdSimulation *self,
                           guint         index)
{
  self->agents[index].ringing_call = TD_SIM_NONE;
  settle (self, index);
}

static void
answer_call (TdSimulation *self,
             guint         index)
{
  TdRandom         *random = &self->streams[TD_SIM_STREAM_SERVICE];
  TdSimAgent       *agent = &self->agents[index];
  const TdSimQueue *queue;
  gint64            talk_ms;

  td_sim_call_answered (self, agent->ringing_call, &agent->call, &agent->call_wait_ms);
  agent->ringing_call = TD_SIM_NONE;
  agent->answered++;
  agent->hold_ms = 0;

  queue = &self->queues[agent->call.queue];
  talk_ms = (gint64)(1000.0 * td_random_lognormal (random, queue->talk_s, TALK_VARIATION));
  agent->planned_hold_ms = 0;
  agent->planned_talk_ms = 0;
  if (td_random_uniform (random) < queue->hold_chance)
    {
      agent->planned_hold_ms = (gint64)(1000.0 * td_random_lognormal (random, TD_SIM_HOLD_S, 0.6));
      agent->planned_talk_ms = (gint64)(talk_ms * td_random_uniform (random));
      talk_ms -= agent->planned_talk_ms;
    }

  td_sim_agent_set_state (self, index, TD_AGENT_STATE_ON_CALL, NULL);
  agent->has_call = TRUE;
  agent->call_since = self->now;
  set_timer (self, index, talk_ms);
}

/* A call in progress is over: it is counted as it was, and noted down. */
void
td_sim_agent_end_call (TdSimulation *self,
                       guint         index)
{
  TdRandom *random = &self->streams[TD_SIM_STREAM_SERVICE];
  double    wrap_up_s = self->queues[self->agents[index].call.queue].wrap_up_s;

  td_sim_agent_set_state (self, index, TD_AGENT_STATE_WRAP_UP, NULL);
  set_timer (self, index, (gint64)(1000.0 * td_random_lognormal (random, wrap_up_s, WRAP_UP_VARIATION)));
}

/* The next step of a call: on hold, off hold, or over. */
static void
continue_call (TdSimulation *self,
               guint         index)
{
  TdSimAgent *agent = &self->agents[index];

  if (agent->on_hold)
    {
      end_hold (self, agent);
      set_timer (self, index, agent->planned_talk_ms);
      td_sim_agent_touch (self, index);
    }
  else if (agent->planned_hold_ms > 0)
    {
      agent->on_hold = TRUE;
      agent->hold_from = self->now;
      set_timer (self, index, agent->planned_hold_ms);
      agent->planned_hold_ms = 0;
      td_sim_agent_touch (self, index);
    }
  else
    td_sim_agent_end_call (self, index);
}

static void
miss_call (TdSimulation *self,
           guint         index)
{
  TdSimAgent *agent = &self->agents[index];
  guint       call = agent->ringing_call;
  gboolean    phantom = td_sim_staff_is_phantom (self, agent);

  agent->ringing_call = TD_SIM_NONE;
  agent->no_answer++;
  if (!phantom && !agent->pause_pending && td_random_uniform (&self->streams[TD_SIM_STREAM_RINGING]) < NO_ANSWER_PAUSE_CHANCE)
    {
      agent->pause_pending = TRUE;
      agent->pending = TD_SIM_PAUSE_NO_ANSWER;
    }

  if (agent->leaving)
    go_offline (self, index);
  else if (agent->pause_pending)
    start_pause (self, index);
  else if (phantom && agent->no_answer % PHANTOM_MISSES == 0)
    {
      td_sim_agent_set_state (self, index, TD_AGENT_STATE_UNREACHABLE, home_line_reasons[0]);
      set_timer (self, index, PHANTOM_LINE_MS);
    }
  else
    td_sim_agent_set_state (self, index, TD_AGENT_STATE_AVAILABLE, NULL);

  /* Others who are idle come before the one who did not answer. */
  td_sim_call_put_back (self, call);
  td_sim_agent_take_next_call (self, index);
}

/* The time planned for the running state is over. */
void
td_sim_agent_time_out (TdSimulation *self,
                       guint         index,
                       guint64       serial)
{
  TdSimAgent *agent = &self->agents[index];

  if (agent->serial != serial)
    return;

  switch (agent->state)
    {
    case TD_AGENT_STATE_RINGING:
      if (agent->will_answer)
        answer_call (self, index);
      else
        miss_call (self, index);
      break;

    case TD_AGENT_STATE_ON_CALL:
      continue_call (self, index);
      break;

    case TD_AGENT_STATE_WRAP_UP:
    case TD_AGENT_STATE_PAUSED:
    case TD_AGENT_STATE_UNREACHABLE:
      settle (self, index);
      break;

    case TD_AGENT_STATE_UNKNOWN:
    case TD_AGENT_STATE_AVAILABLE:
    case TD_AGENT_STATE_OFFLINE:
    case TD_N_AGENT_STATES:
    default:
      break;
    }
}

static void
plan_line_loss (TdSimulation *self,
                guint         index)
{
  const TdSimAgent *agent = &self->agents[index];
  double            hours = td_random_exponential (&self->streams[TD_SIM_STREAM_LINES], agent->line_hours);
  gint64            time = self->now + (gint64)(hours * 3600000.0) * TD_SIM_MS;

  if (time < agent->shift_end)
    td_sim_push (self, time, TD_SIM_EVENT_LINE_LOST, index, agent->shift);
}

void
td_sim_agent_sign_in (TdSimulation *self,
                      guint         index)
{
  TdRandom   *random = &self->streams[TD_SIM_STREAM_SHIFTS];
  TdSimAgent *agent = &self->agents[index];
  gint64      overtime = td_random_between (random, 0, 4 * 60 * 1000) * TD_SIM_MS;

  td_sim_agent_turn_shift (self, index);
  if (agent->working || !TD_IS_KNOWN (agent->shift_start) ||
      self->now < agent->shift_start - 10 * TD_SIM_MINUTE || self->now >= agent->shift_end ||
      td_sim_staff_is_absent (self, agent))
    return;

  agent->working = TRUE;
  agent->shift++;
  td_sim_push (self, agent->shift_end + overtime, TD_SIM_EVENT_SIGN_OFF, index, agent->shift);
  td_sim_staff_plan_pauses (self, index);
  plan_line_loss (self, index);
  settle (self, index);
}

/* The shift is over, or the scenario takes the agent away: after the call. */
void
td_sim_agent_sign_off (TdSimulation *self,
                       guint         index,
                       guint64       shift)
{
  TdSimAgent *agent = &self->agents[index];

  if (!agent->working || agent->shift != shift ||
      (self->now < agent->shift_end && !td_sim_staff_is_absent (self, agent)))
    return;

  agent->leaving = TRUE;
  if (agent->state == TD_AGENT_STATE_AVAILABLE || agent->state == TD_AGENT_STATE_PAUSED ||
      agent->state == TD_AGENT_STATE_UNREACHABLE)
    go_offline (self, index);
}

void
td_sim_agent_due_pause (TdSimulation *self,
                        guint         index,
                        guint64       mark)
{
  TdSimAgent *agent = &self->agents[index];

  if (!agent->working || agent->leaving || agent->pause_pending ||
      agent->shift != mark / TD_SIM_N_PAUSES ||
      agent->state == TD_AGENT_STATE_PAUSED || agent->state == TD_AGENT_STATE_UNREACHABLE)
    return;

  agent->pause_pending = TRUE;
  agent->pending = (TdSimPause)(mark % TD_SIM_N_PAUSES);
  if (agent->state == TD_AGENT_STATE_AVAILABLE)
    start_pause (self, index);
}

void
td_sim_agent_lose_line (TdSimulation *self,
                        guint         index,
                        guint64       shift)
{
  TdRandom   *random = &self->streams[TD_SIM_STREAM_LINES];
  TdSimAgent *agent = &self->agents[index];
  guint       call = agent->ringing_call;
  const char *reason;

  if (!agent->working || agent->leaving || agent->shift != shift || agent->state == TD_AGENT_STATE_UNREACHABLE)
    return;

  if (agent->place == TD_PLACE_HOME)
    reason = home_line_reasons[td_random_below (random, G_N_ELEMENTS (home_line_reasons))];
  else
    reason = site_line_reasons[td_random_below (random, G_N_ELEMENTS (site_line_reasons))];

  agent->ringing_call = TD_SIM_NONE;
  td_sim_agent_set_state (self, index, TD_AGENT_STATE_UNREACHABLE, reason);
  set_timer (self, index, (gint64)(1000.0 * td_random_lognormal (random, LINE_LOST_S, 0.8)));
  plan_line_loss (self, index);
  if (call != TD_SIM_NONE)
    td_sim_call_put_back (self, call);
}

void
td_sim_agents_reset_day (TdSimulation *self)
{
  for (guint i = 0; i < self->n_agents; i++)
    {
      TdSimAgent *agent = &self->agents[i];

      agent->answered = agent->no_answer = 0;
      agent->talk_ms = agent->today_hold_ms = agent->wrap_up_ms = 0;
      agent->ringing_ms = agent->available_ms = agent->paused_ms = 0;
      td_sim_agent_touch (self, i);
    }
}

/* What a supervisor may do. A busy agent is paused at the end of the call. */
gboolean
td_sim_agent_is_paused (const TdSimAgent *agent)
{
  return agent->state == TD_AGENT_STATE_PAUSED || agent->pause_pending;
}

void
td_sim_agent_pause (TdSimulation *self,
                    guint         index,
                    const char   *reason)
{
  TdSimAgent *agent = &self->agents[index];

  agent->pause_pending = TRUE;
  agent->pause_held = TRUE;
  agent->pending = TD_SIM_PAUSE_BREAK;
  agent->given_reason = reason != NULL && *reason != '\0' ? g_strdup (reason) : NULL;
  if (agent->state == TD_AGENT_STATE_AVAILABLE)
    start_pause (self, index);
}

void
td_sim_agent_unpause (TdSimulation *self,
                      guint         index)
{
  TdSimAgent *agent = &self->agents[index];

  agent->pause_pending = FALSE;
  agent->pause_held = FALSE;
  g_clear_pointer (&agent->given_reason, g_free);
  if (agent->state == TD_AGENT_STATE_PAUSED)
    settle (self, index);
}
