/* td-alert-preview.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-alert-preview.h"

#include "td-alert-replay.h"
#include "td-alert-window-private.h"
#include "td-local-day.h"

/* So much of a day is held in memory at once. */
#define PIECE_US G_TIME_SPAN_HOUR

#define MINUTE_US (60 * G_TIME_SPAN_SECOND)

typedef struct
{
  TdHistory        *history; /* (owned) */
  TdAlertReplay    *replay;  /* (owned) */
  TdAlertRule      *rule;    /* (owned) */
  gint64            from;    /* what was not read yet begins here, µs since 1970 */
  gint64            to;
  TdHistoryRecords *records; /* (owned) (nullable): the piece that is looked at */
  gint64            until;   /* its end */
  TdIntervals      *minutes; /* (owned) (nullable) */
} Preview;

static void
free_preview (gpointer data)
{
  Preview *preview = data;

  g_clear_object (&preview->history);
  g_clear_pointer (&preview->replay, td_alert_replay_free);
  g_clear_pointer (&preview->rule, td_alert_rule_free);
  g_clear_pointer (&preview->records, td_history_records_unref);
  g_clear_pointer (&preview->minutes, td_intervals_unref);
  g_free (preview);
}

static void read_piece (GTask *task);

static void
replay_in_thread (GTask        *thread_task,
                  gpointer      source_object,
                  gpointer      task_data,
                  GCancellable *cancellable)
{
  Preview *preview = task_data;

  if (preview->minutes != NULL)
    td_alert_replay_feed_minutes (preview->replay, preview->minutes);
  else
    td_alert_replay_feed_samples (preview->replay, preview->records, preview->until);
  g_task_return_boolean (thread_task, TRUE);
}

static void
replayed_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Preview *preview = g_task_get_task_data (task);

  g_clear_pointer (&preview->records, td_history_records_unref);
  if (g_task_return_error_if_cancelled (task))
    return;
  if (preview->minutes != NULL || preview->from >= preview->to)
    g_task_return_boolean (task, TRUE);
  else
    read_piece (g_steal_pointer (&task));
}

/* Only one of the two tasks works at a time, so that what it works with has
 * one user. */
static void
replay (GTask *task)
{
  g_autoptr (GTask) thread_task = g_task_new (NULL, NULL, replayed_cb, task);

  g_task_set_task_data (thread_task, g_task_get_task_data (task), NULL);
  g_task_run_in_thread (thread_task, replay_in_thread);
}

static void
samples_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Preview *preview = g_task_get_task_data (task);
  GError  *error = NULL;

  preview->records = td_history_read_records_finish (TD_HISTORY (object), result, &error);
  if (preview->records == NULL)
    g_task_return_error (task, error);
  else
    replay (g_steal_pointer (&task));
}

static void
minutes_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Preview *preview = g_task_get_task_data (task);
  GError  *error = NULL;

  preview->minutes = td_history_read_finish (TD_HISTORY (object), result, &error);
  if (preview->minutes == NULL)
    g_task_return_error (task, error);
  else
    replay (g_steal_pointer (&task));
}

/* Takes the task. */
static void
read_piece (GTask *task)
{
  Preview    *preview = g_task_get_task_data (task);
  const char *queue = preview->rule->scope == TD_ALERT_SCOPE_QUEUE ? preview->rule->target : NULL;
  gint64      from = preview->from;

  if (td_alert_replay_reads_minutes (preview->rule))
    {
      td_history_read_async (preview->history, queue, from - TD_ALERT_WINDOW_US, preview->to / MINUTE_US * MINUTE_US,
                             g_task_get_cancellable (task), minutes_cb, task);
      return;
    }

  preview->until = MIN (from + PIECE_US, preview->to);
  preview->from = preview->until;
  td_history_read_records_async (preview->history, TD_HISTORY_SAMPLES, queue, from, preview->until,
                                 g_task_get_cancellable (task), samples_cb, task);
}

static gint64
get_midnight (TdCentre *centre,
              gint64    now)
{
  GTimeZone *zone = td_centre_get_timezone (centre);
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (now / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, zone);
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_dmy (&date, (GDateDay)g_date_time_get_day_of_month (local), (GDateMonth)g_date_time_get_month (local),
                  (GDateYear)g_date_time_get_year (local));

  return td_local_day_get_midnight (g_date_get_julian (&date), zone);
}

/**
 * td_alert_preview_can_tell:
 * @rule: a rule
 *
 * Returns: whether what is recorded tells how often it would have been raised
 */
gboolean
td_alert_preview_can_tell (const TdAlertRule *rule)
{
  g_return_val_if_fail (rule != NULL, FALSE);

  return td_alert_replay_reads_samples (rule) || td_alert_replay_reads_minutes (rule);
}

/**
 * td_alert_preview_async:
 * @watch: of the centre, with a history
 * @rule: a rule of which what is recorded tells, and that td_alert_rule_check() lets pass
 * @opens: minute of the day at which the centre opens
 * @closes: minute at which it closes
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is known
 * @user_data: data for @callback
 *
 * Holds what was recorded since midnight, by the centre's clock, against a
 * rule, in threads.
 */
void
td_alert_preview_async (TdWatch            *watch,
                        const TdAlertRule  *rule,
                        guint               opens,
                        guint               closes,
                        GCancellable       *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer            user_data)
{
  g_autoptr (GTask) task = NULL;
  TdCentre *centre;
  TdRoster *queues;
  Preview  *preview;

  g_return_if_fail (TD_IS_WATCH (watch) && td_watch_get_history (watch) != NULL);
  g_return_if_fail (rule != NULL && td_alert_preview_can_tell (rule));

  centre = td_watch_get_centre (watch);
  preview = g_new0 (Preview, 1);
  preview->history = g_object_ref (td_watch_get_history (watch));
  preview->rule = td_alert_rule_copy (rule);
  preview->to = td_alert_desk_get_now (td_watch_get_alerts (watch));
  preview->from = get_midnight (centre, preview->to);
  preview->replay = td_alert_replay_new (rule, preview->from, opens, closes, td_centre_get_service_level_formula (centre));

  queues = td_centre_get_queues (centre);
  for (guint i = 0; i < td_roster_get_size (queues); i++)
    {
      const TdQueueInfo *info = td_queue_get_info (td_roster_get (queues, i));

      td_alert_replay_add_queue (preview->replay, info->id, info->hotline);
    }

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, td_alert_preview_async);
  g_task_set_task_data (task, preview, free_preview);
  if (preview->to - preview->from < MINUTE_US)
    g_task_return_boolean (task, TRUE);
  else
    read_piece (g_steal_pointer (&task));
}

/**
 * td_alert_preview_finish:
 * @result: the result
 * @preview: (out): what would have been
 * @error: return location; the history cannot be read
 *
 * Returns: whether it is known
 */
gboolean
td_alert_preview_finish (GAsyncResult   *result,
                         TdAlertPreview *preview,
                         GError        **error)
{
  Preview *found;

  g_return_val_if_fail (g_async_result_is_tagged (result, td_alert_preview_async), FALSE);
  g_return_val_if_fail (preview != NULL, FALSE);

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return FALSE;

  found = g_task_get_task_data (G_TASK (result));
  *preview = (TdAlertPreview){ td_alert_replay_get_n_raised (found->replay), td_alert_replay_get_last (found->replay) };

  return TRUE;
}
