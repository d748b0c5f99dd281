/* td-asterisk-tracker-snapshot.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-asterisk-tracker-private.h"

static void
add_centre (TdAsteriskTracker *self,
            TdSnapshotBuilder *builder)
{
  TdCentreInfo info;

  td_centre_info_init (&info);
  info.name = self->settings->title;
  info.timezone = g_time_zone_get_identifier (self->zone);
  info.day_start = self->day_start;
  info.counted_since = self->counted_since;
  info.service_level_ms = self->settings->service_level_ms;
  info.service_level_target = self->settings->service_level_target;
  info.short_abandon_ms = self->settings->short_abandon_ms;
  td_snapshot_builder_set_centre (builder, &info);
}

static void
add_queue (TdAsteriskTracker *self,
           TdTrackedQueue    *queue,
           TdSnapshotBuilder *builder)
{
  const TdQueueInfo *known = g_hash_table_lookup (self->settings->queues, queue->id);
  TdQueueInfo        info;

  td_queue_info_init (&info);
  info.id = queue->id;
  if (known != NULL)
    {
      info.name = known->name;
      info.hotline = known->hotline;
      info.reason = known->reason;
      info.area = known->area;
    }
  info.waiting = queue->waiting;
  info.longest_since = queue->longest_since;
  info.serving = queue->serving;
  info.offered_15min = td_tracked_queue_count_recent (queue, self->at);
  info.today = queue->today;
  info.estimated = queue->estimated;
  td_snapshot_builder_add_queue (builder, &info);
}

static void
add_agent_call (TdAsteriskTracker *self,
                TdTrackedAgent    *agent,
                TdAgentInfo       *info)
{
  TdTrackedCall *call = agent->call != NULL ? g_hash_table_lookup (self->calls, agent->call) : NULL;

  if (agent->state == TD_AGENT_STATE_RINGING && call != NULL && call->stage == TD_TRACKED_CALL_WAITING)
    {
      info->call_queue = call->queue->id;
      info->call_number = call->number;
      info->call_since = agent->since;
      info->call_wait_ms = MAX (0, agent->since - call->joined) / TD_TRACKER_MS;
    }
  if (agent->state != TD_AGENT_STATE_ON_CALL)
    return;

  for (guint i = 0; i < agent->members->len; i++)
    {
      const TdTrackedMember *member = &g_array_index (agent->members, TdTrackedMember, i);

      if (member->in_call)
        info->call_queue = member->queue->id;
    }

  call = td_tracker_get_agent_call (self, agent);
  if (call != NULL)
    {
      info->call_queue = call->queue->id;
      info->call_number = call->number;
      info->call_since = call->changed;
      info->call_wait_ms = call->wait_ms;
    }
  else if (info->call_queue != NULL)
    {
      info->call_number = agent->call_number;
      info->call_since = agent->call_since;
      info->call_wait_ms = agent->call_wait_ms;
    }
}

static void
add_agent (TdAsteriskTracker *self,
           TdTrackedAgent    *agent,
           GPtrArray         *queues,
           TdSnapshotBuilder *builder)
{
  const TdAgentInfo *known = g_hash_table_lookup (self->settings->agents, agent->id);
  TdAgentInfo        info;

  td_agent_info_init (&info);
  info.id = agent->id;
  info.name = agent->name;
  if (known != NULL)
    {
      info.name = known->name != NULL ? known->name : agent->name;
      info.team = known->team;
      info.employer = known->employer;
      info.place = known->place;
      info.seat = known->seat;
      info.extension = known->extension;
    }
  info.state = agent->state;
  info.reason = agent->reason;
  info.on_hold = agent->on_hold;
  info.since = agent->since;
  info.since_inexact = agent->since_inexact;

  g_ptr_array_set_size (queues, 0);
  for (guint i = 0; i < agent->members->len; i++)
    g_ptr_array_add (queues, g_array_index (agent->members, TdTrackedMember, i).queue->id);
  info.queues = (const char *const *)queues->pdata;
  info.n_queues = queues->len;
  add_agent_call (self, agent, &info);

  info.answered = agent->answered;
  info.no_answer = agent->no_answer;
  info.talk_ms = agent->talk_ms;
  info.hold_ms = agent->hold_ms;
  info.wrap_up_ms = agent->wrap_up_ms;
  info.ringing_ms = agent->ringing_ms;
  info.available_ms = agent->available_ms;
  info.paused_ms = agent->paused_ms;
  td_snapshot_builder_add_agent (builder, &info);
}

static void
add_caller (TdTrackedCall     *call,
            TdSnapshotBuilder *builder)
{
  TdCallerInfo info;

  td_caller_info_init (&info);
  info.id = call->id;
  info.queue = call->queue->id;
  info.number = call->number;
  info.position = call->position;
  info.since = call->joined;
  td_snapshot_builder_add_caller (builder, &info);
}

/**
 * td_tracker_build_snapshot:
 * @self: a tracker
 * @revision: what to call it
 *
 * Returns: (transfer full): the whole state of the last poll
 */
TdSnapshot *
td_tracker_build_snapshot (TdAsteriskTracker *self,
                           gint64             revision)
{
  g_autoptr (TdSnapshotBuilder) builder = td_snapshot_builder_new ();
  g_autoptr (GPtrArray) queues = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer       value;
  guint          n_agents = 0;

  td_snapshot_builder_set_revision (builder, revision, self->instance);
  td_snapshot_builder_set_at (builder, self->at);
  add_centre (self, builder);

  g_hash_table_iter_init (&iter, self->queues);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      if (((TdTrackedQueue *)value)->is_present)
        add_queue (self, value, builder);
    }

  /* Those who are here come first: they never fall to the bound. */
  for (guint pass = 0; pass < 2; pass++)
    {
      g_hash_table_iter_init (&iter, self->agents);
      while (g_hash_table_iter_next (&iter, NULL, &value))
        {
          TdTrackedAgent *agent = value;

          if ((agent->members->len == 0) == (pass == 1) && n_agents < TD_MAX_AGENTS)
            {
              add_agent (self, agent, queues, builder);
              n_agents++;
            }
        }
    }

  g_hash_table_iter_init (&iter, self->calls);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      TdTrackedCall *call = value;

      if (call->stage == TD_TRACKED_CALL_WAITING && call->seen == self->n_polls)
        add_caller (call, builder);
    }

  return td_snapshot_builder_end (g_steal_pointer (&builder));
}
