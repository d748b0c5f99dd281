/* td-simulation-snapshot.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-simulation-private.h"

#define CENTRE_NAME "Điện lực miền Nam"
#define ZONE_NAME "Asia/Ho_Chi_Minh"

#define NUMBER_SIZE 32
#define AREA_SIZE 128
#define ID_SIZE 32

static void
format_number (const TdSimCall *call,
               char            *number)
{
  g_snprintf (number, NUMBER_SIZE, "0%c•• ••• %03u", call->prefix, call->number);
}

static void
format_area (const TdSimCall *call,
             char            *area)
{
  const TdSimProvince *province = &td_sim_provinces[call->province];

  g_snprintf (area, AREA_SIZE, "%s, %s", province->districts[call->district], province->name);
}

static const char *
get_reason (TdSimulation    *self,
            const TdSimCall *call)
{
  return td_sim_kinds[self->queues[call->queue].kind].reasons[call->reason];
}

static void
add_centre (TdSimulation      *self,
            TdSnapshotBuilder *builder)
{
  TdCentreInfo info;
  TdRelease    release = { self->release_at, td_sim_second_partner, TD_PLACE_PARTNER, TD_UNKNOWN };

  td_centre_info_init (&info);
  info.name = CENTRE_NAME;
  info.timezone = ZONE_NAME;
  info.scenario = self->unmarked ? NULL : td_sim_scenario_name (self->scenario);
  info.day_start = self->day_start;
  info.service_level_ms = TD_SIM_SERVICE_LEVEL_MS;
  info.service_level_target = TD_SIM_SERVICE_LEVEL_TARGET;
  info.short_abandon_ms = TD_SIM_SHORT_ABANDON_MS;
  if (TD_IS_KNOWN (self->release_at) && self->now < self->release_at)
    {
      info.releases = &release;
      info.n_releases = 1;
    }
  td_snapshot_builder_set_centre (builder, &info);
}

static void
add_queue (TdSimulation      *self,
           TdSimQueue        *queue,
           TdSnapshotBuilder *builder)
{
  TdQueueInfo info;

  td_queue_info_init (&info);
  info.id = queue->id;
  info.name = queue->name;
  info.hotline = queue->hotline;
  info.reason = queue->reason;
  info.area = queue->area;
  info.waiting = queue->n_calls;
  if (queue->first_call != TD_SIM_NONE)
    info.longest_since = self->calls[queue->first_call].since;
  info.serving = queue->serving;
  info.offered_15min = td_sim_queue_count_recent (self, queue);
  info.today = queue->today;
  td_snapshot_builder_add_queue (builder, &info);

  queue->sent_recent = info.offered_15min;
}

static void
add_agent (TdSimulation      *self,
           TdSimAgent        *agent,
           TdSnapshotBuilder *builder)
{
  TdAgentInfo      info;
  const TdSimCall *call = NULL;
  char             number[NUMBER_SIZE], area[AREA_SIZE];

  td_agent_info_init (&info);
  info.id = agent->id;
  info.name = agent->name;
  info.team = agent->team;
  info.employer = agent->employer;
  info.seat = agent->seat;
  info.extension = agent->extension;
  info.place = agent->place;
  info.state = agent->state;
  info.reason = agent->state == TD_AGENT_STATE_PAUSED && agent->given_reason != NULL ? agent->given_reason : agent->reason;
  info.since = agent->since;
  info.on_hold = agent->on_hold;
  info.queues = agent->skill_ids;
  info.n_queues = agent->n_skills;

  if (agent->ringing_call != TD_SIM_NONE)
    {
      call = &self->calls[agent->ringing_call];
      info.call_since = agent->since;
      info.call_wait_ms = (agent->since - call->since) / TD_SIM_MS;
    }
  else if (agent->has_call)
    {
      call = &agent->call;
      info.call_since = agent->call_since;
      info.call_wait_ms = agent->call_wait_ms;
    }
  if (call != NULL)
    {
      format_number (call, number);
      format_area (call, area);
      info.call_queue = self->queues[call->queue].id;
      info.call_number = number;
      info.call_reason = get_reason (self, call);
      info.call_area = area;
    }

  info.answered = agent->answered;
  info.no_answer = agent->no_answer;
  info.talk_ms = agent->talk_ms;
  info.hold_ms = agent->today_hold_ms;
  info.wrap_up_ms = agent->wrap_up_ms;
  info.ringing_ms = agent->ringing_ms;
  info.available_ms = agent->available_ms;
  info.paused_ms = agent->paused_ms;
  info.shift_name = agent->shift_name;
  info.shift_start = agent->shift_start;
  info.shift_end = agent->shift_end;
  td_snapshot_builder_add_agent (builder, &info);

  agent->dirty = FALSE;
}

static void
add_caller (TdSimulation      *self,
            TdSimCall         *call,
            guint              position,
            TdSnapshotBuilder *builder)
{
  TdCallerInfo info;
  char         id[ID_SIZE], number[NUMBER_SIZE], area[AREA_SIZE];

  g_snprintf (id, sizeof id, "c%" G_GUINT64_FORMAT, call->serial);
  format_number (call, number);
  format_area (call, area);

  td_caller_info_init (&info);
  info.id = id;
  info.queue = self->queues[call->queue].id;
  info.number = number;
  info.reason = get_reason (self, call);
  info.area = area;
  info.position = position;
  info.since = call->since;
  td_snapshot_builder_add_caller (builder, &info);

  call->sent = TRUE;
  call->sent_position = position;
}

/* Adds the callers of a queue, all of them or those whose row is another. */
static void
add_callers (TdSimulation      *self,
             TdSimQueue        *queue,
             gboolean           all,
             TdSnapshotBuilder *builder)
{
  guint position = 1;

  for (guint i = queue->first_call; i != TD_SIM_NONE; i = self->calls[i].next, position++)
    if (all || !self->calls[i].sent || self->calls[i].sent_position != position)
      add_caller (self, &self->calls[i], position, builder);
}

static gboolean
queue_changed (TdSimulation *self,
               TdSimQueue   *queue)
{
  return queue->dirty || queue->sent_recent != td_sim_queue_count_recent (self, queue);
}

static gboolean
has_changed (TdSimulation *self)
{
  if (self->centre_dirty || self->dirty_agents->len > 0 || self->gone_callers->len > 0)
    return TRUE;

  for (guint i = 0; i < self->n_queues; i++)
    if (queue_changed (self, &self->queues[i]))
      return TRUE;

  return FALSE;
}

/* Everything up to now is told. */
static void
forget_changes (TdSimulation *self)
{
  self->centre_dirty = FALSE;
  for (guint i = 0; i < self->n_queues; i++)
    self->queues[i].dirty = FALSE;
  for (guint i = 0; i < self->dirty_agents->len; i++)
    self->agents[g_array_index (self->dirty_agents, guint, i)].dirty = FALSE;
  g_array_set_size (self->dirty_agents, 0);
  g_ptr_array_set_size (self->gone_callers, 0);
}

TdSnapshot *
td_simulation_take_full (TdSimulation *self)
{
  g_autoptr (TdSnapshotBuilder) builder = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  if (self->revision == 0 || has_changed (self))
    self->revision++;

  builder = td_snapshot_builder_new ();
  td_snapshot_builder_set_revision (builder, self->revision, self->instance);
  td_snapshot_builder_set_at (builder, self->now);
  add_centre (self, builder);
  for (guint i = 0; i < self->n_queues; i++)
    add_queue (self, &self->queues[i], builder);
  for (guint i = 0; i < self->n_agents; i++)
    add_agent (self, &self->agents[i], builder);
  for (guint i = 0; i < self->n_queues; i++)
    add_callers (self, &self->queues[i], TRUE, builder);
  forget_changes (self);

  return td_snapshot_builder_end (g_steal_pointer (&builder));
}

TdSnapshot *
td_simulation_take_changes (TdSimulation *self)
{
  g_autoptr (TdSnapshotBuilder) builder = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  if (self->revision == 0)
    return td_simulation_take_full (self);
  if (!has_changed (self))
    return NULL;

  builder = td_snapshot_builder_new ();
  td_snapshot_builder_set_revision (builder, self->revision + 1, self->instance);
  td_snapshot_builder_set_base (builder, self->revision);
  td_snapshot_builder_set_at (builder, self->now);
  self->revision++;

  if (self->centre_dirty)
    add_centre (self, builder);
  for (guint i = 0; i < self->n_queues; i++)
    if (queue_changed (self, &self->queues[i]))
      {
        add_queue (self, &self->queues[i], builder);
        add_callers (self, &self->queues[i], FALSE, builder);
      }
  for (guint i = 0; i < self->dirty_agents->len; i++)
    add_agent (self, &self->agents[g_array_index (self->dirty_agents, guint, i)], builder);
  for (guint i = 0; i < self->gone_callers->len; i++)
    td_snapshot_builder_add_gone_caller (builder, g_ptr_array_index (self->gone_callers, i));
  forget_changes (self);

  return td_snapshot_builder_end (g_steal_pointer (&builder));
}
