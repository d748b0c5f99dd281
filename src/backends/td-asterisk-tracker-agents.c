/* td-asterisk-tracker-agents.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-asterisk-tracker-private.h"

/* app_queue's device states. */
enum {
  STATUS_UNKNOWN,
  STATUS_NOT_IN_USE,
  STATUS_IN_USE,
  STATUS_BUSY,
  STATUS_INVALID,
  STATUS_UNAVAILABLE,
  STATUS_RINGING,
  STATUS_RINGING_IN_USE,
  STATUS_ON_HOLD,
};

/* A phone that is free for so short did not end its call. */
#define FLICKER (2 * G_USEC_PER_SEC)

/* What the memberships of an agent say together. */
typedef struct
{
  TdAgentState state;
  gboolean     on_hold;
  GRefString  *reason; /* (nullable) (borrowed) */
  gint64       since;  /* or TD_UNKNOWN */
} Derived;

static void
clear_member (gpointer data)
{
  TdTrackedMember *member = data;

  g_clear_pointer (&member->pause_reason, g_ref_string_release);
}

void
td_tracked_agent_free (TdTrackedAgent *self)
{
  g_free (self->id);
  g_free (self->name);
  g_free (self->call);
  g_free (self->call_number);
  g_clear_pointer (&self->reason, g_ref_string_release);
  g_array_unref (self->members);
  g_free (self);
}

/* Returns NULL beyond the bound. */
TdTrackedAgent *
td_tracker_ensure_agent (TdAsteriskTracker *self,
                         const char        *interface)
{
  TdTrackedAgent *agent = g_hash_table_lookup (self->agents, interface);

  if (agent != NULL)
    return agent;
  if (g_hash_table_size (self->agents) >= 2 * TD_MAX_AGENTS)
    return NULL;

  agent = g_new0 (TdTrackedAgent, 1);
  agent->id = g_strdup (interface);
  agent->members = g_array_new (FALSE, TRUE, sizeof (TdTrackedMember));
  g_array_set_clear_func (agent->members, clear_member);
  agent->state = TD_AGENT_STATE_UNKNOWN;
  agent->since = TD_UNKNOWN;
  agent->left = TD_UNKNOWN;
  agent->call_since = TD_UNKNOWN;
  agent->call_wait_ms = TD_UNKNOWN;
  g_hash_table_insert (self->agents, agent->id, agent);

  return agent;
}

static TdTrackedMember *
ensure_member (TdTrackedAgent *agent,
               TdTrackedQueue *queue)
{
  for (guint i = 0; i < agent->members->len; i++)
    {
      TdTrackedMember *member = &g_array_index (agent->members, TdTrackedMember, i);

      if (member->queue == queue)
        return member;
    }

  g_array_set_size (agent->members, agent->members->len + 1);
  g_array_index (agent->members, TdTrackedMember, agent->members->len - 1).queue = queue;

  return &g_array_index (agent->members, TdTrackedMember, agent->members->len - 1);
}

/**
 * td_tracker_take_member:
 * @self: a tracker
 * @row: what the server says of an agent in a queue
 * @is_event: it was told by an event, not by the list of now
 */
void
td_tracker_take_member (TdAsteriskTracker         *self,
                        const TdAsteriskMemberRow *row,
                        gboolean                   is_event)
{
  TdTrackedAgent  *agent = td_tracker_ensure_agent (self, row->interface);
  TdTrackedQueue  *queue = td_tracker_ensure_queue (self, row->queue);
  TdTrackedMember *member;

  if (agent == NULL || queue == NULL || (is_event && agent->members->len >= TD_MAX_QUEUES_PER_AGENT))
    return;

  if (row->name != NULL && g_strcmp0 (agent->name, row->name) != 0)
    {
      g_free (agent->name);
      agent->name = g_strdup (row->name);
    }

  member = ensure_member (agent, queue);
  member->status = row->status;
  member->last_call = row->last_call;
  member->last_pause = row->last_pause;
  member->login_time = row->login_time;
  /* Asterisk tells what is set for the member alone. */
  member->wrap_up = row->wrap_up > 0 ? row->wrap_up
                                     : td_asterisk_settings_get_wrap_up (self->settings, queue->id) * TD_TRACKER_MS;
  member->in_call = row->in_call;
  member->paused = row->paused;
  if (g_strcmp0 (member->pause_reason, row->pause_reason) != 0)
    {
      g_clear_pointer (&member->pause_reason, g_ref_string_release);
      if (row->pause_reason != NULL)
        member->pause_reason = g_ref_string_new_intern (row->pause_reason);
    }

  if (!is_event)
    {
      member->seen = self->n_polls;
      return;
    }

  /* It is one device: what an event says in one queue holds in all of them
   * before the events of the others arrive. */
  for (guint i = 0; i < agent->members->len; i++)
    g_array_index (agent->members, TdTrackedMember, i).status = row->status;
}

void
td_tracker_remove_member (TdAsteriskTracker *self,
                          const char        *interface,
                          TdTrackedQueue    *queue,
                          gint64             time)
{
  TdTrackedAgent *agent = g_hash_table_lookup (self->agents, interface);

  if (agent == NULL)
    return;

  for (guint i = 0; i < agent->members->len; i++)
    {
      if (g_array_index (agent->members, TdTrackedMember, i).queue == queue)
        {
          g_array_remove_index (agent->members, i);
          break;
        }
    }
  if (agent->members->len == 0)
    agent->left = time;
}

/**
 * td_tracked_agent_get_wrap_up_end:
 * @self: an agent
 *
 * Returns: when the after-call work of the last call ends or ended, µs since
 *   1970, or %TD_UNKNOWN
 */
gint64
td_tracked_agent_get_wrap_up_end (TdTrackedAgent *self)
{
  gint64 end = TD_UNKNOWN;

  for (guint i = 0; i < self->members->len; i++)
    {
      const TdTrackedMember *member = &g_array_index (self->members, TdTrackedMember, i);

      if (TD_IS_KNOWN (member->last_call))
        end = MAX (end, member->last_call + member->wrap_up);
    }

  return end;
}

static gint64
get_available_since (TdTrackedAgent *agent)
{
  gint64 last_call = TD_UNKNOWN;
  gint64 last_pause = TD_UNKNOWN;
  gint64 login = TD_UNKNOWN;

  for (guint i = 0; i < agent->members->len; i++)
    {
      const TdTrackedMember *member = &g_array_index (agent->members, TdTrackedMember, i);

      last_call = MAX (last_call, member->last_call);
      last_pause = MAX (last_pause, member->last_pause);
      login = MAX (login, member->login_time);
    }

  if (TD_IS_KNOWN (last_call) && last_call > last_pause && last_call > login)
    return td_tracked_agent_get_wrap_up_end (agent);
  if (!TD_IS_KNOWN (last_call) && !TD_IS_KNOWN (last_pause))
    return login;

  return TD_UNKNOWN;
}

/* Paused comes before unreachable: somebody at lunch with the phone switched
 * off is not missed. */
static Derived
derive_state (TdTrackedAgent *agent,
              gint64          time)
{
  Derived  derived = { .state = TD_AGENT_STATE_OFFLINE, .since = TD_UNKNOWN };
  gboolean on_call = FALSE, ringing = FALSE, unreachable = FALSE, not_in_use = FALSE;
  gboolean all_paused = TRUE;
  gint64   last_pause = TD_UNKNOWN;
  gint64   last_call = TD_UNKNOWN;

  if (agent->members->len == 0)
    return derived;

  for (guint i = 0; i < agent->members->len; i++)
    {
      const TdTrackedMember *member = &g_array_index (agent->members, TdTrackedMember, i);

      on_call = on_call || member->in_call || member->status == STATUS_IN_USE || member->status == STATUS_BUSY ||
                member->status == STATUS_RINGING_IN_USE || member->status == STATUS_ON_HOLD;
      derived.on_hold = derived.on_hold || member->status == STATUS_ON_HOLD;
      ringing = ringing || member->status == STATUS_RINGING;
      unreachable = unreachable || member->status == STATUS_INVALID || member->status == STATUS_UNAVAILABLE;
      not_in_use = not_in_use || member->status == STATUS_NOT_IN_USE;
      all_paused = all_paused && member->paused;
      last_call = MAX (last_call, member->last_call);
      if (member->paused && (derived.reason == NULL || member->last_pause > last_pause))
        derived.reason = member->pause_reason;
      if (member->paused)
        last_pause = MAX (last_pause, member->last_pause);
    }

  if (on_call)
    derived.state = TD_AGENT_STATE_ON_CALL;
  else if (ringing)
    derived.state = TD_AGENT_STATE_RINGING;
  else if (all_paused)
    {
      derived.state = TD_AGENT_STATE_PAUSED;
      derived.since = last_pause;
    }
  else if (unreachable)
    derived.state = TD_AGENT_STATE_UNREACHABLE;
  else if (TD_IS_KNOWN (last_call) && td_tracked_agent_get_wrap_up_end (agent) > time && last_call <= time)
    {
      derived.state = TD_AGENT_STATE_WRAP_UP;
      derived.since = last_call;
    }
  else if (not_in_use)
    {
      derived.state = TD_AGENT_STATE_AVAILABLE;
      derived.since = get_available_since (agent);
    }
  else
    derived.state = TD_AGENT_STATE_UNKNOWN;

  if (derived.state != TD_AGENT_STATE_PAUSED)
    derived.reason = NULL;
  if (derived.since > time)
    derived.since = time;

  return derived;
}

static void
count_span (TdTrackedAgent *agent,
            gint64          end)
{
  gint64 span_ms = MAX (0, end - agent->observed) / TD_TRACKER_MS;

  switch ((int)agent->state)
    {
    case TD_AGENT_STATE_RINGING:
      agent->ringing_ms += span_ms;
      break;

    case TD_AGENT_STATE_AVAILABLE:
      agent->available_ms += span_ms;
      break;

    case TD_AGENT_STATE_PAUSED:
      agent->paused_ms += span_ms;
      break;

    case TD_AGENT_STATE_WRAP_UP:
      agent->wrap_up_ms += span_ms;
      if (agent->wrap_up_queue != NULL)
        td_tracked_count (&agent->wrap_up_queue->today.wrap_up_ms, span_ms);
      break;

    default:
      /* Talk and hold are counted call by call. */
      break;
    }
}

static void
change_state (TdTrackedAgent *agent,
              TdAgentState    state,
              gint64          since,
              gboolean        inexact)
{
  count_span (agent, since);
  agent->state = state;
  agent->since = since;
  agent->since_inexact = inexact;
  agent->observed = MAX (agent->observed, since);
  if (state != TD_AGENT_STATE_ON_CALL)
    {
      agent->call_since = TD_UNKNOWN;
      agent->call_wait_ms = TD_UNKNOWN;
      g_clear_pointer (&agent->call_number, g_free);
    }
}

static void
set_reason (TdTrackedAgent *agent,
            GRefString     *reason)
{
  if (reason == agent->reason)
    return;

  g_clear_pointer (&agent->reason, g_ref_string_release);
  if (reason != NULL)
    agent->reason = g_ref_string_acquire (reason);
}

/**
 * td_tracker_get_agent_call:
 * @self: a tracker
 * @agent: an agent
 *
 * Returns: (transfer none) (nullable): the call that the agent has answered
 */
TdTrackedCall *
td_tracker_get_agent_call (TdAsteriskTracker *self,
                           TdTrackedAgent    *agent)
{
  TdTrackedCall *call = agent->call != NULL ? g_hash_table_lookup (self->calls, agent->call) : NULL;

  return call != NULL && call->stage == TD_TRACKED_CALL_CONNECTED && g_strcmp0 (call->agent, agent->id) == 0 ? call : NULL;
}

static void
set_on_hold (TdAsteriskTracker *self,
             TdTrackedAgent    *agent,
             gboolean           on_hold,
             gint64             time)
{
  TdTrackedCall *call = td_tracker_get_agent_call (self, agent);

  if (on_hold == agent->on_hold)
    return;

  if (agent->on_hold && call != NULL)
    call->hold_ms += MAX (0, time - agent->hold_since) / TD_TRACKER_MS;
  agent->on_hold = on_hold;
  agent->hold_since = time;
}

/* When a change that no event told began: known where the server says, and
 * says that it was after the last look. */
static gint64
get_change_since (TdAsteriskTracker *self,
                  TdTrackedAgent    *agent,
                  const Derived     *derived)
{
  TdTrackedCall *call = td_tracker_get_agent_call (self, agent);
  gint64         since = derived->since;

  if (derived->state == TD_AGENT_STATE_OFFLINE)
    since = agent->left;
  else if (derived->state == TD_AGENT_STATE_ON_CALL && call != NULL && call->changed_exact)
    since = call->changed;

  return TD_IS_KNOWN (since) && TD_IS_KNOWN (self->at) && since >= self->at - G_USEC_PER_SEC ? since : TD_UNKNOWN;
}

/* Should the end of the call not be told, it was then. Who signs out amid a
 * call may talk on. */
static void
note_freed (TdAsteriskTracker *self,
            TdTrackedAgent    *agent,
            TdAgentState       state,
            gint64             time)
{
  TdTrackedCall *call = td_tracker_get_agent_call (self, agent);

  if (call == NULL)
    return;
  if (state == TD_AGENT_STATE_ON_CALL)
    {
      /* Later than that it is another call. */
      if (time - call->freed < FLICKER)
        call->freed = TD_UNKNOWN;
    }
  else if (agent->state == TD_AGENT_STATE_ON_CALL && state != TD_AGENT_STATE_OFFLINE)
    call->freed = MAX (time, call->changed);
}

/**
 * td_tracker_settle_agent:
 * @self: a tracker
 * @agent: an agent whose memberships may have changed
 * @time: when they were as they are
 * @is_event: they changed at that moment
 *
 * Brings the agent's state up to date.
 */
void
td_tracker_settle_agent (TdAsteriskTracker *self,
                         TdTrackedAgent    *agent,
                         gint64             time,
                         gboolean           is_event)
{
  Derived  derived = derive_state (agent, time);
  gint64   since;
  gboolean inexact;

  if (!agent->is_known)
    {
      agent->is_known = TRUE;
      agent->state = derived.state;
      agent->since_inexact = !TD_IS_KNOWN (derived.since);
      agent->since = agent->since_inexact ? time : derived.since;
      agent->observed = time;
      agent->on_hold = derived.on_hold;
      agent->hold_since = time;
      set_reason (agent, derived.reason);
      return;
    }

  /* After-call work ends by itself, perhaps long before the next look. */
  if (agent->state == TD_AGENT_STATE_WRAP_UP && derived.state != TD_AGENT_STATE_WRAP_UP)
    {
      gint64 end = td_tracked_agent_get_wrap_up_end (agent);

      if (end <= time && end >= agent->since)
        change_state (agent, TD_AGENT_STATE_AVAILABLE, end, FALSE);
    }

  set_on_hold (self, agent, derived.on_hold, time);
  set_reason (agent, derived.reason);

  if (derived.state == agent->state)
    {
      /* Paused anew since the last look. */
      if (agent->state == TD_AGENT_STATE_PAUSED && TD_IS_KNOWN (derived.since) &&
          derived.since > agent->since + G_USEC_PER_SEC)
        change_state (agent, TD_AGENT_STATE_PAUSED, derived.since, FALSE);
      return;
    }

  since = is_event ? time : get_change_since (self, agent, &derived);
  inexact = !TD_IS_KNOWN (since);
  note_freed (self, agent, derived.state, inexact ? time : since);
  change_state (agent, derived.state, inexact ? time : since, inexact);
}

static gboolean
can_serve (const TdTrackedMember *member)
{
  return !member->paused && member->status != STATUS_INVALID && member->status != STATUS_UNAVAILABLE;
}

/**
 * td_tracker_take_members:
 * @self: a tracker
 * @reading: what a poll brought
 * @at: its time
 *
 * Takes the list of all members of now: who is not in it has left.
 */
void
td_tracker_take_members (TdAsteriskTracker       *self,
                         const TdAsteriskReading *reading,
                         gint64                   at)
{
  GHashTableIter iter;
  gpointer       value;

  for (guint i = 0; i < reading->members->len; i++)
    td_tracker_take_member (self, &g_array_index (reading->members, TdAsteriskMemberRow, i), FALSE);

  g_hash_table_iter_init (&iter, self->agents);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      TdTrackedAgent *agent = value;

      for (guint i = agent->members->len; i-- > 0;)
        {
          const TdTrackedMember *member = &g_array_index (agent->members, TdTrackedMember, i);

          if (member->seen != self->n_polls)
            {
              g_array_remove_index (agent->members, i);
              continue;
            }
          if (can_serve (member))
            member->queue->serving++;
          if (member->in_call)
            member->queue->in_call++;
        }
      td_tracker_settle_agent (self, agent, at, FALSE);
      if (agent->members->len > 0)
        agent->left = TD_UNKNOWN;
    }
}

void
td_tracked_agent_begin_day (TdTrackedAgent *self,
                            gint64          time)
{
  self->answered = self->no_answer = 0;
  self->talk_ms = self->hold_ms = self->wrap_up_ms = 0;
  self->ringing_ms = self->available_ms = self->paused_ms = 0;
  self->observed = MAX (self->observed, time);
}
