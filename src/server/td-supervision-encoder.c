/* td-supervision-encoder.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-supervision-encoder.h"

#include "td-json-writer.h"

#include <math.h>

/* What a row takes on the wire, near enough to grow the buffer only seldom. */
#define ROW_SIZE 400

static void
write_service_level (TdJsonWriter *writer,
                     gint64        t_ms,
                     double        target)
{
  if (!TD_IS_KNOWN (t_ms) && !isfinite (target))
    return;

  td_json_writer_name (writer, "service_level");
  td_json_writer_begin (writer, '{');
  td_json_writer_seconds_member (writer, "seconds", t_ms);
  td_json_writer_double_member (writer, "target", target);
  td_json_writer_close (writer, '}');
}

static void
write_releases (TdJsonWriter       *writer,
                const TdCentreInfo *info,
                GTimeZone          *zone)
{
  if (info->n_releases == 0)
    return;

  td_json_writer_name (writer, "releases");
  td_json_writer_begin (writer, '[');
  for (guint i = 0; i < info->n_releases; i++)
    {
      const TdRelease *release = &info->releases[i];

      td_json_writer_begin (writer, '{');
      td_json_writer_time_member (writer, "at", release->at, zone);
      td_json_writer_string_member (writer, "employer", release->employer);
      if (release->place != TD_PLACE_UNKNOWN)
        td_json_writer_string_member (writer, "place", td_place_to_string (release->place));
      td_json_writer_int_member (writer, "agents", release->agents);
      td_json_writer_close (writer, '}');
    }
  td_json_writer_close (writer, ']');
}

static void
write_centre (TdJsonWriter       *writer,
              const TdCentreInfo *info,
              GTimeZone          *zone)
{
  td_json_writer_name (writer, "centre");
  td_json_writer_begin (writer, '{');
  td_json_writer_string_member (writer, "name", info->name);
  td_json_writer_string_member (writer, "timezone", info->timezone);
  td_json_writer_string_member (writer, "scenario", info->scenario);
  td_json_writer_time_member (writer, "day_start", info->day_start, zone);
  td_json_writer_time_member (writer, "counted_since", info->counted_since, zone);
  write_service_level (writer, info->service_level_ms, info->service_level_target);
  td_json_writer_seconds_member (writer, "short_abandon_seconds", info->short_abandon_ms);
  write_releases (writer, info, zone);
  td_json_writer_close (writer, '}');
}

static void
write_counts (TdJsonWriter   *writer,
              const TdCounts *counts)
{
  for (guint i = 0; i < TD_N_COUNTS_FIELDS; i++)
    {
      const TdCountsField *field = &td_counts_fields[i];
      gint64               value = G_STRUCT_MEMBER (gint64, counts, field->offset);

      if (field->is_ms)
        td_json_writer_seconds_member (writer, field->name, value);
      else
        td_json_writer_int_member (writer, field->name, value);
    }
}

static void
write_queue (TdJsonWriter      *writer,
             const TdQueueInfo *info,
             GTimeZone         *zone)
{
  td_json_writer_begin (writer, '{');
  td_json_writer_string_member (writer, "id", info->id);
  td_json_writer_string_member (writer, "name", info->name);
  td_json_writer_string_member (writer, "hotline", info->hotline);
  td_json_writer_string_member (writer, "reason", info->reason);
  td_json_writer_string_member (writer, "area", info->area);
  td_json_writer_int_member (writer, "waiting", info->waiting);
  td_json_writer_time_member (writer, "longest_since", info->longest_since, zone);
  td_json_writer_int_member (writer, "serving", info->serving);
  td_json_writer_int_member (writer, "offered_15min", info->offered_15min);
  write_service_level (writer, info->service_level_ms, info->service_level_target);
  td_json_writer_name (writer, "today");
  td_json_writer_begin (writer, '{');
  write_counts (writer, &info->today);
  td_json_writer_close (writer, '}');
  if (info->estimated)
    {
      td_json_writer_name (writer, "estimated");
      td_json_writer_boolean (writer, TRUE);
    }
  td_json_writer_close (writer, '}');
}

static void
write_call (TdJsonWriter      *writer,
            const TdAgentInfo *info,
            GTimeZone         *zone)
{
  if (info->call_queue == NULL && info->call_number == NULL && info->call_reason == NULL &&
      info->call_area == NULL && !TD_IS_KNOWN (info->call_since) && !TD_IS_KNOWN (info->call_wait_ms))
    return;

  td_json_writer_name (writer, "call");
  td_json_writer_begin (writer, '{');
  td_json_writer_string_member (writer, "queue", info->call_queue);
  td_json_writer_time_member (writer, "since", info->call_since, zone);
  td_json_writer_string_member (writer, "number", info->call_number);
  td_json_writer_string_member (writer, "reason", info->call_reason);
  td_json_writer_string_member (writer, "area", info->call_area);
  td_json_writer_seconds_member (writer, "wait_seconds", info->call_wait_ms);
  td_json_writer_close (writer, '}');
}

static void
write_agent_today (TdJsonWriter      *writer,
                   const TdAgentInfo *info)
{
  td_json_writer_name (writer, "today");
  td_json_writer_begin (writer, '{');
  td_json_writer_int_member (writer, "answered", info->answered);
  td_json_writer_int_member (writer, "no_answer", info->no_answer);
  td_json_writer_seconds_member (writer, "talk_seconds", info->talk_ms);
  td_json_writer_seconds_member (writer, "hold_seconds", info->hold_ms);
  td_json_writer_seconds_member (writer, "wrap_up_seconds", info->wrap_up_ms);
  td_json_writer_seconds_member (writer, "ringing_seconds", info->ringing_ms);
  td_json_writer_seconds_member (writer, "available_seconds", info->available_ms);
  td_json_writer_seconds_member (writer, "paused_seconds", info->paused_ms);
  td_json_writer_close (writer, '}');
}

static void
write_shift (TdJsonWriter      *writer,
             const TdAgentInfo *info,
             GTimeZone         *zone)
{
  if (info->shift_name == NULL && !TD_IS_KNOWN (info->shift_start) && !TD_IS_KNOWN (info->shift_end))
    return;

  td_json_writer_name (writer, "shift");
  td_json_writer_begin (writer, '{');
  td_json_writer_string_member (writer, "name", info->shift_name);
  td_json_writer_time_member (writer, "start", info->shift_start, zone);
  td_json_writer_time_member (writer, "end", info->shift_end, zone);
  td_json_writer_close (writer, '}');
}

static void
write_agent (TdJsonWriter      *writer,
             const TdAgentInfo *info,
             GTimeZone         *zone)
{
  td_json_writer_begin (writer, '{');
  td_json_writer_string_member (writer, "id", info->id);
  td_json_writer_string_member (writer, "name", info->name);
  td_json_writer_string_member (writer, "team", info->team);
  td_json_writer_string_member (writer, "employer", info->employer);

  if (info->place != TD_PLACE_UNKNOWN)
    td_json_writer_string_member (writer, "place", td_place_to_string (info->place));

  td_json_writer_string_member (writer, "seat", info->seat);
  td_json_writer_string_member (writer, "extension", info->extension);

  if (info->state != TD_AGENT_STATE_UNKNOWN)
    td_json_writer_string_member (writer, "state", td_agent_state_to_string (info->state));

  td_json_writer_string_member (writer, "reason", info->reason);
  td_json_writer_time_member (writer, "since", info->since, zone);

  if (info->since_inexact)
    {
      td_json_writer_name (writer, "since_inexact");
      td_json_writer_boolean (writer, TRUE);
    }

  if (info->on_hold)
    {
      td_json_writer_name (writer, "on_hold");
      td_json_writer_boolean (writer, TRUE);
    }

  td_json_writer_name (writer, "queues");
  td_json_writer_begin (writer, '[');

  for (guint i = 0; i < info->n_queues; i++)
    td_json_writer_string (writer, info->queues[i]);

  td_json_writer_close (writer, ']');
  write_call (writer, info, zone);
  write_agent_today (writer, info);
  write_shift (writer, info, zone);
  td_json_writer_close (writer, '}');
}

static void
write_caller (TdJsonWriter       *writer,
              const TdCallerInfo *info,
              GTimeZone          *zone)
{
  td_json_writer_begin (writer, '{');
  td_json_writer_string_member (writer, "id", info->id);
  td_json_writer_string_member (writer, "queue", info->queue);
  td_json_writer_int_member (writer, "position", info->position);
  td_json_writer_time_member (writer, "since", info->since, zone);
  td_json_writer_string_member (writer, "number", info->number);
  td_json_writer_string_member (writer, "reason", info->reason);
  td_json_writer_string_member (writer, "area", info->area);
  td_json_writer_close (writer, '}');
}

static void
write_head (TdJsonWriter *writer,
            TdCentre     *centre,
            const char   *instance,
            gint64        since)
{
  td_json_writer_begin (writer, '{');
  td_json_writer_int_member (writer, "revision", td_centre_get_revision (centre));
  td_json_writer_string_member (writer, "instance", instance);
  td_json_writer_int_member (writer, "since", since);
  td_json_writer_time_member (writer, "at", td_centre_get_at (centre), td_centre_get_timezone (centre));
}

/* The rows that changed after @since; TD_UNKNOWN is below every revision. */
static void
write_rows (TdJsonWriter *writer,
            TdCentre     *centre,
            gint64        since)
{
  GTimeZone *zone = td_centre_get_timezone (centre);
  TdRoster  *queues = td_centre_get_queues (centre);
  TdRoster  *agents = td_centre_get_agents (centre);
  TdRoster  *callers = td_centre_get_callers (centre);

  td_json_writer_name (writer, "queues");
  td_json_writer_begin (writer, '[');

  for (guint i = 0; i < td_roster_get_size (queues); i++)
    {
      TdQueue *queue = td_roster_get (queues, i);

      if (td_queue_get_revision (queue) > since)
        write_queue (writer, td_queue_get_info (queue), zone);
    }

  td_json_writer_close (writer, ']');
  td_json_writer_name (writer, "agents");
  td_json_writer_begin (writer, '[');

  for (guint i = 0; i < td_roster_get_size (agents); i++)
    {
      TdAgent *agent = td_roster_get (agents, i);

      if (td_agent_get_revision (agent) > since)
        write_agent (writer, td_agent_get_info (agent), zone);
    }

  td_json_writer_close (writer, ']');
  td_json_writer_name (writer, "callers");
  td_json_writer_begin (writer, '[');

  for (guint i = 0; i < td_roster_get_size (callers); i++)
    {
      TdCaller *caller = td_roster_get (callers, i);

      if (td_caller_get_revision (caller) > since)
        write_caller (writer, td_caller_get_info (caller), zone);
    }

  td_json_writer_close (writer, ']');
}

static void
write_ids (TdJsonWriter *writer,
           const char   *name,
           GPtrArray    *ids)
{
  if (ids == NULL || ids->len == 0)
    return;

  td_json_writer_name (writer, name);
  td_json_writer_begin (writer, '[');

  for (guint i = 0; i < ids->len; i++)
    td_json_writer_string (writer, g_ptr_array_index (ids, i));

  td_json_writer_close (writer, ']');
}

/**
 * td_supervision_encode_full:
 * @centre: a centre that is not empty
 * @instance: (nullable): opaque name of the server's run
 *
 * Returns: (transfer full): the whole state, the answer to GET /v1/snapshot
 */
GBytes *
td_supervision_encode_full (TdCentre   *centre,
                            const char *instance)
{
  TdJsonWriter writer;
  gsize        n_rows;

  g_return_val_if_fail (TD_IS_CENTRE (centre), NULL);

  n_rows = td_roster_get_size (td_centre_get_queues (centre)) +
           td_roster_get_size (td_centre_get_agents (centre)) +
           td_roster_get_size (td_centre_get_callers (centre));
  td_json_writer_init (&writer, (n_rows + 2) * ROW_SIZE);
  write_head (&writer, centre, instance, TD_UNKNOWN);
  write_centre (&writer, td_centre_get_info (centre), td_centre_get_timezone (centre));
  write_rows (&writer, centre, TD_UNKNOWN);
  td_json_writer_close (&writer, '}');

  return td_json_writer_end (&writer);
}

/**
 * td_supervision_encode_delta:
 * @centre: a centre that is not empty
 * @instance: (nullable): opaque name of the server's run
 * @scope: since when, and what the rows that are still there cannot tell
 *
 * Returns: (transfer full): what changed, the answer to GET /v1/snapshot?since=
 */
GBytes *
td_supervision_encode_delta (TdCentre           *centre,
                             const char         *instance,
                             const TdDeltaScope *scope)
{
  TdJsonWriter writer;

  g_return_val_if_fail (TD_IS_CENTRE (centre), NULL);
  g_return_val_if_fail (scope != NULL && scope->since >= 0, NULL);

  td_json_writer_init (&writer, 8 * ROW_SIZE);
  write_head (&writer, centre, instance, scope->since);

  if (scope->with_centre)
    write_centre (&writer, td_centre_get_info (centre), td_centre_get_timezone (centre));

  write_rows (&writer, centre, scope->since);
  td_json_writer_name (&writer, "gone");
  td_json_writer_begin (&writer, '{');
  write_ids (&writer, "queues", scope->gone_queues);
  write_ids (&writer, "agents", scope->gone_agents);
  write_ids (&writer, "callers", scope->gone_callers);
  td_json_writer_close (&writer, '}');
  td_json_writer_close (&writer, '}');

  return td_json_writer_end (&writer);
}

/* A column of gint64 fields at @offset in the rows; absent when wholly unknown. */
static void
write_column (TdJsonWriter     *writer,
              const char       *name,
              const TdInterval *rows,
              guint             n_rows,
              gsize             offset,
              gboolean          is_ms)
{
  guint n_known = 0;

  for (guint i = 0; i < n_rows; i++)
    if (rows[i].observed_s > 0 && TD_IS_KNOWN (G_STRUCT_MEMBER (gint64, &rows[i], offset)))
      n_known++;

  if (n_known == 0)
    return;

  td_json_writer_name (writer, name);
  td_json_writer_begin (writer, '[');

  for (guint i = 0; i < n_rows; i++)
    {
      gint64 value = G_STRUCT_MEMBER (gint64, &rows[i], offset);

      if (rows[i].observed_s <= 0 || !TD_IS_KNOWN (value))
        td_json_writer_null (writer);
      else if (is_ms)
        td_json_writer_seconds (writer, value);
      else
        td_json_writer_int (writer, value);
    }

  td_json_writer_close (writer, ']');
}

static void
write_history (TdJsonWriter     *writer,
               const char       *queue_id,
               const TdInterval *rows,
               guint             n_rows)
{
  td_json_writer_begin (writer, '{');
  td_json_writer_string_member (writer, "id", queue_id);
  td_json_writer_name (writer, "observed_seconds");
  td_json_writer_begin (writer, '[');

  for (guint i = 0; i < n_rows; i++)
    td_json_writer_int (writer, MAX (rows[i].observed_s, 0));

  td_json_writer_close (writer, ']');

  for (guint i = 0; i < TD_N_COUNTS_FIELDS; i++)
    write_column (writer, td_counts_fields[i].name, rows, n_rows,
                  G_STRUCT_OFFSET (TdInterval, counts) + td_counts_fields[i].offset,
                  td_counts_fields[i].is_ms);

  write_column (writer, "max_waiting", rows, n_rows, G_STRUCT_OFFSET (TdInterval, max_waiting), FALSE);
  write_column (writer, "serving", rows, n_rows, G_STRUCT_OFFSET (TdInterval, serving), FALSE);
  td_json_writer_close (writer, '}');
}

/**
 * td_supervision_encode_intervals:
 * @intervals: counted history
 * @zone: the zone whose offset the times are written with
 *
 * Returns: (transfer full): the answer to GET /v1/intervals
 */
GBytes *
td_supervision_encode_intervals (TdIntervals *intervals,
                                 GTimeZone   *zone)
{
  TdJsonWriter writer;
  gint64       from;
  gint64       step;
  guint        n_rows;

  g_return_val_if_fail (intervals != NULL, NULL);
  g_return_val_if_fail (zone != NULL, NULL);

  from = td_intervals_get_from (intervals);
  step = td_intervals_get_step (intervals);
  n_rows = td_intervals_get_n_intervals (intervals);

  td_json_writer_init (&writer, ROW_SIZE + (gsize)td_intervals_get_n_queues (intervals) * n_rows * 50);
  td_json_writer_begin (&writer, '{');
  td_json_writer_time_member (&writer, "from", from, zone);
  td_json_writer_time_member (&writer, "to", from + step * n_rows, zone);
  td_json_writer_int_member (&writer, "step", step / G_USEC_PER_SEC);
  td_json_writer_name (&writer, "queues");
  td_json_writer_begin (&writer, '[');

  for (guint i = 0; i < td_intervals_get_n_queues (intervals); i++)
    write_history (&writer, td_intervals_get_queue (intervals, i), td_intervals_get_rows (intervals, i), n_rows);

  td_json_writer_close (&writer, ']');
  td_json_writer_close (&writer, '}');

  return td_json_writer_end (&writer);
}
