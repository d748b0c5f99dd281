/* td-asterisk-tracker.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-asterisk-tracker-private.h"

#include <glib/gi18n.h>

#include "td-snapshot-diff.h"
#include "td-time.h"

/* No day of a calendar lies beyond. */
#define MAX_TIME (G_GINT64_CONSTANT (253000000000) * G_USEC_PER_SEC)

/**
 * td_asterisk_tracker_new:
 * @settings: what is said of the centre
 *
 * Returns: (transfer full): a tracker that has seen nothing yet
 */
TdAsteriskTracker *
td_asterisk_tracker_new (TdAsteriskSettings *settings)
{
  TdAsteriskTracker *self;
  GHashTableIter     iter;
  gpointer           id;

  g_return_val_if_fail (settings != NULL, NULL);

  self = g_new0 (TdAsteriskTracker, 1);
  self->settings = td_asterisk_settings_ref (settings);
  self->instance = g_uuid_string_random ();
  self->at = self->lost_at = self->core_start = self->day_start = self->next_day = self->counted_since = TD_UNKNOWN;
  self->queues = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify)td_tracked_queue_free);
  self->agents = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify)td_tracked_agent_free);
  self->calls = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify)td_tracked_call_free);
  if (settings->timezone != NULL)
    self->zone = g_time_zone_new_identifier (settings->timezone);
  if (self->zone == NULL)
    self->zone = g_time_zone_new_local ();

  g_hash_table_iter_init (&iter, settings->agents);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    td_tracker_ensure_agent (self, id);

  return self;
}

void
td_asterisk_tracker_free (TdAsteriskTracker *self)
{
  if (self == NULL)
    return;

  g_hash_table_unref (self->calls);
  g_hash_table_unref (self->agents);
  g_hash_table_unref (self->queues);
  g_clear_pointer (&self->last, td_snapshot_unref);
  g_time_zone_unref (self->zone);
  g_free (self->instance);
  td_asterisk_settings_unref (self->settings);
  g_free (self);
}

/* The midnight after, by way of a noon, since a day has 23 to 25 hours. */
static gint64
get_next_day (TdAsteriskTracker *self,
              gint64             day_start)
{
  return td_time_day_start (day_start + 36 * G_TIME_SPAN_HOUR, self->zone);
}

static void
advance (TdAsteriskTracker *self,
         gint64             time)
{
  if (time < self->next_day)
    return;

  self->day_start = td_time_day_start (time, self->zone);
  self->next_day = get_next_day (self, self->day_start);
  td_tracker_begin_day (self, self->day_start);
}

/* The server's start is told in whole seconds of its clock. */
static gboolean
is_restart (TdAsteriskTracker       *self,
            const TdAsteriskReading *reading)
{
  return TD_IS_KNOWN (self->core_start) && TD_IS_KNOWN (reading->core_start) &&
         ABS (reading->core_start - self->core_start) >= 2 * G_USEC_PER_SEC;
}

static void
take_events (TdAsteriskTracker       *self,
             const TdAsteriskReading *reading,
             gint64                   at)
{
  gboolean restarts = is_restart (self, reading);

  for (guint i = 0; i < reading->events->len; i++)
    {
      const TdAsteriskEvent *event = &g_array_index (reading->events, TdAsteriskEvent, i);

      if (restarts && event->time >= reading->core_start)
        {
          restarts = FALSE;
          td_tracker_restart (self, reading->core_start);
        }
      advance (self, MIN (event->time, at));
      td_tracker_take_event (self, event);
    }

  if (restarts)
    td_tracker_restart (self, reading->core_start);
  if (TD_IS_KNOWN (reading->core_start))
    self->core_start = reading->core_start;
}

/* The server tells its start in its own zone. Where that is not the one of the
 * settings, the start may come out later than what happened since: then it is
 * no use. */
static void
check_core_start (TdAsteriskReading *reading,
                  gint64             at)
{
  gint64 first = at;

  for (guint i = 0; i < reading->members->len; i++)
    {
      gint64 login = g_array_index (reading->members, TdAsteriskMemberRow, i).login_time;

      if (TD_IS_KNOWN (login))
        first = MIN (first, login);
    }

  if (reading->core_start > first + G_TIME_SPAN_MINUTE)
    reading->core_start = TD_UNKNOWN;
}

static void
take_lists (TdAsteriskTracker       *self,
            const TdAsteriskReading *reading,
            gint64                   at)
{
  GHashTableIter iter;
  gpointer       value;

  g_hash_table_iter_init (&iter, self->queues);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      TdTrackedQueue *queue = value;

      queue->is_present = FALSE;
      queue->waiting = queue->serving = queue->in_call = 0;
      queue->longest_since = TD_UNKNOWN;
    }
  for (guint i = 0; i < reading->queues->len; i++)
    {
      TdTrackedQueue *queue =
        td_tracker_ensure_queue (self, g_array_index (reading->queues, TdAsteriskQueueRow, i).id);

      if (queue != NULL)
        queue->is_present = TRUE;
    }

  td_tracker_take_members (self, reading, at);
  td_tracker_take_callers (self, reading, at);
  td_tracker_take_channels (self, reading, at);
}

/* Since when the counts of this first day are counts. */
static void
begin (TdAsteriskTracker       *self,
       const TdAsteriskReading *reading,
       gint64                   at)
{
  GHashTableIter iter;
  gpointer       value;

  if (TD_IS_KNOWN (self->core_start) && self->core_start >= self->day_start)
    self->counted_since = self->core_start > self->day_start ? self->core_start : TD_UNKNOWN;
  else
    self->counted_since = at;

  g_hash_table_iter_init (&iter, self->agents);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    td_tracked_agent_begin_day (value, at);
}

static TdSnapshot *
answer (TdAsteriskTracker *self,
        gint64             since,
        const char        *instance)
{
  g_autoptr (TdSnapshot) now = td_tracker_build_snapshot (self, self->revision + 1);
  g_autoptr (TdSnapshot) delta = NULL;
  gint64 held = self->revision;

  if (self->last != NULL)
    {
      delta = td_snapshot_diff (self->last, now);
      if (delta == NULL)
        return since == held && g_strcmp0 (instance, self->instance) == 0 ? NULL : td_snapshot_ref (self->last);
    }

  self->revision++;
  g_clear_pointer (&self->last, td_snapshot_unref);
  self->last = g_steal_pointer (&now);

  if (delta != NULL && since == held && g_strcmp0 (instance, self->instance) == 0)
    return g_steal_pointer (&delta);

  return td_snapshot_ref (self->last);
}

TdSnapshot *
td_asterisk_tracker_take (TdAsteriskTracker    *self,
                          const TdAsteriskPoll *poll,
                          gint64                since,
                          const char           *instance,
                          GError              **error)
{
  g_autoptr (TdAsteriskReading) reading = NULL;
  gboolean is_first;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (poll != NULL && poll->queue_status != NULL, NULL);
  g_return_val_if_fail (TD_IS_KNOWN (poll->at), NULL);

  if (poll->at > MAX_TIME)
    {
      g_set_error_literal (error, TD_BACKEND_ERROR, TD_BACKEND_ERROR_INVALID, _ ("The server’s clock is not set"));
      return NULL;
    }

  /* All that can fail comes before anything is changed. */
  reading = td_asterisk_reading_new (poll, poll->zone != NULL ? poll->zone : self->zone, error);
  if (reading == NULL)
    return NULL;

  check_core_start (reading, poll->at);
  is_first = !TD_IS_KNOWN (self->at);
  self->n_polls++;
  self->has_channels = reading->has_channels;
  /* What was told before the first look is not missed. */
  if (poll->events == NULL || (poll->events_lost && !is_first) || is_restart (self, reading))
    {
      self->lost_at = poll->at;
      self->is_hearing = FALSE;
    }
  if (reading->events->len > 0)
    self->is_hearing = TRUE;
  if (is_first)
    {
      self->day_start = td_time_day_start (poll->at, self->zone);
      self->next_day = get_next_day (self, self->day_start);
    }

  take_events (self, reading, poll->at);
  advance (self, poll->at);
  take_lists (self, reading, poll->at);
  if (!is_first)
    td_tracker_resolve (self, poll->at);
  td_tracker_base_queues (self, reading, poll->at);
  td_tracker_take_counters (self, reading, poll->at);
  if (is_first)
    begin (self, reading, poll->at);
  self->at = poll->at;

  return answer (self, since, instance);
}

gint64
td_asterisk_tracker_get_next_change (TdAsteriskTracker *self)
{
  GHashTableIter iter;
  gpointer       value;
  gint64         next;

  g_return_val_if_fail (self != NULL, TD_UNKNOWN);

  next = self->next_day;
  g_hash_table_iter_init (&iter, self->agents);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      TdTrackedAgent *agent = value;

      if (agent->state == TD_AGENT_STATE_WRAP_UP)
        next = MIN (next, MAX (td_tracked_agent_get_wrap_up_end (agent), 0));
    }

  return next;
}
