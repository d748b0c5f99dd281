/* td-replay-reader.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-replay-private.h"

/* What is read at once: of 500 queues these minutes are 25 MiB, and of 10,000
 * agents, or of 500 queues second by second, the others hardly less. */
#define MINUTES_STEP_US (6 * G_TIME_SPAN_HOUR)
#define RECORDS_STEP_US (15 * TD_HISTORY_MINUTE_US)

/* A queue is sampled once a minute at least. */
#define LOOK_BACK_US (2 * TD_HISTORY_MINUTE_US)

typedef enum {
  MINUTES,
  SAMPLES,
  SPANS,
  END,
} Stage;

typedef struct
{
  TdReplay         *replay; /* (owned) */
  Stage             stage;
  gint64            next; /* of the stage, µs since 1970 */
  gint64            end;
  TdIntervals      *intervals; /* (owned) (nullable): to be added */
  TdHistoryRecords *records;   /* (owned) (nullable) */
  TdHistoryRecords *going_on;  /* (owned): what agents do now */
} Reading;

static void
reading_free (Reading *reading)
{
  g_clear_object (&reading->replay);
  g_clear_pointer (&reading->intervals, td_intervals_unref);
  g_clear_pointer (&reading->records, td_history_records_unref);
  g_clear_pointer (&reading->going_on, td_history_records_unref);
  g_free (reading);
}

static void read_next (GTask *task);

/* --- adding what was read, in a thread ---------------------------------------- */

static void
add_in_thread (GTask        *adding,
               gpointer      source_object,
               gpointer      task_data,
               GCancellable *cancellable)
{
  Reading *reading = g_task_get_task_data (task_data);

  if (reading->intervals != NULL)
    td_replay_add_minutes (reading->replay, reading->intervals);
  else if (reading->stage == SAMPLES)
    td_replay_add_samples (reading->replay, reading->records);
  else if (reading->stage == SPANS)
    td_replay_add_spans (reading->replay, reading->records);
  else
    {
      td_replay_add_spans (reading->replay, reading->going_on);
      td_replay_end (reading->replay);
    }
  g_task_return_boolean (adding, TRUE);
}

static void
added_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Reading *reading = g_task_get_task_data (task);

  g_clear_pointer (&reading->intervals, td_intervals_unref);
  g_clear_pointer (&reading->records, td_history_records_unref);
  if (g_task_return_error_if_cancelled (task))
    return;

  if (reading->stage == END)
    g_task_return_pointer (task, g_object_ref (reading->replay), g_object_unref);
  else
    read_next (g_steal_pointer (&task));
}

/* One thread at a time: the next is begun when this one is done. */
static void
add (GTask *task)
{
  g_autoptr (GTask) adding = g_task_new (g_task_get_source_object (task), NULL, added_cb, task);

  g_task_set_task_data (adding, task, NULL);
  g_task_run_in_thread (adding, add_in_thread);
}

/* --- reading -------------------------------------------------------------------- */

static void
minutes_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Reading *reading = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  reading->intervals = td_history_read_finish (TD_HISTORY (object), result, &error);
  if (reading->intervals == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    add (g_steal_pointer (&task));
}

static void
records_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Reading *reading = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  reading->records = td_history_read_records_finish (TD_HISTORY (object), result, &error);
  if (reading->records == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    add (g_steal_pointer (&task));
}

static void
read_next (GTask *task)
{
  Reading      *reading = g_task_get_task_data (task);
  TdHistory    *history = g_task_get_source_object (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  gint64        from = reading->next, to;

  if (from >= reading->end)
    {
      reading->stage++;
      from = td_replay_get_first (reading->replay);
      if (reading->stage == SAMPLES)
        from -= LOOK_BACK_US;
    }
  to = MIN (from + (reading->stage == MINUTES ? MINUTES_STEP_US : RECORDS_STEP_US), reading->end);
  reading->next = to;

  if (reading->stage == MINUTES)
    td_history_read_async (history, NULL, from, to, cancellable, minutes_cb, task);
  else if (reading->stage != END)
    td_history_read_records_async (history, reading->stage == SAMPLES ? TD_HISTORY_SAMPLES : TD_HISTORY_SPANS, NULL,
                                   from, to, cancellable, records_cb, task);
  else
    add (task);
}

static void
flushed_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  /* A history that cannot be written to can be read all the same. */
  if (!td_history_flush_finish (TD_HISTORY (object), result, &error))
    g_debug ("Looking back without the last minutes: %s", error->message);
  read_next (user_data);
}

/* What goes on is not in the history yet, or not to its end. */
static TdHistoryRecords *
get_going_on (TdCentre *centre,
              gint64    now)
{
  TdHistoryRecords *records = td_history_records_new ();
  TdRoster         *agents = td_centre_get_agents (centre);

  for (guint i = 0; i < td_roster_get_size (agents); i++)
    {
      TdAgent      *agent = td_roster_get (agents, i);
      gint64        since = td_agent_get_since (agent, NULL);
      TdHistorySpan span = {
        .agent = td_agent_get_id (agent),
        .start = since,
        .end = now,
        .state = td_agent_get_info (agent)->state,
      };

      if (TD_IS_KNOWN (since) && since < now)
        td_history_records_add_span (records, &span);
    }

  return records;
}

/**
 * td_replay_read_async:
 * @centre: the centre: its service level and its agents
 * @history: what is remembered of it
 * @moment: what to look back at, µs since 1970
 * @now: the source's time, µs since 1970, not before @moment
 * @cancellable: (nullable): to give it up
 *
 * Reads, and adds up what was read, on other threads.
 */
void
td_replay_read_async (TdCentre           *centre,
                      TdHistory          *history,
                      gint64              moment,
                      gint64              now,
                      GCancellable       *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer            user_data)
{
  GTask   *task;
  Reading *reading;

  g_return_if_fail (TD_IS_CENTRE (centre));
  g_return_if_fail (TD_IS_HISTORY (history));
  g_return_if_fail (moment > 2 * G_TIME_SPAN_DAY);

  reading = g_new0 (Reading, 1);
  reading->replay = td_replay_new (centre, moment, MAX (now, moment));
  reading->next = td_replay_get_from (reading->replay);
  reading->end = td_replay_get_end (reading->replay);
  reading->going_on = get_going_on (centre, now);
  task = g_task_new (history, cancellable, callback, user_data);
  g_task_set_source_tag (task, td_replay_read_async);
  g_task_set_task_data (task, reading, (GDestroyNotify)reading_free);
  td_history_flush_async (history, cancellable, flushed_cb, task);
}

/**
 * td_replay_read_finish:
 * @history: a history
 * @result: of td_replay_read_async()
 * @error: return location; %TD_HISTORY_ERROR
 *
 * Returns: (transfer full) (nullable): the centre as it was
 */
TdReplay *
td_replay_read_finish (TdHistory    *history,
                       GAsyncResult *result,
                       GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, history), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
