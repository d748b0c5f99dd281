/* td-history-export.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-history-export.h"

#include <string.h>

#include "td-history-csv.h"

typedef struct
{
  GFile         *file;   /* (owned) */
  GTimeZone     *zone;   /* (owned) */
  GOutputStream *stream; /* (owned) (nullable) */
  TdIntervals   *day;    /* (owned) (nullable): that is being written */
  gint64         next;
  gint64         end;
} Export;

static void read_day (GTask *task);

static void
export_free (Export *self)
{
  g_object_unref (self->file);
  g_time_zone_unref (self->zone);
  g_clear_object (&self->stream);
  g_clear_pointer (&self->day, td_intervals_unref);
  g_free (self);
}

/* What is half written does not take the place of what was there. */
static void
give_up (GTask  *task,
         GError *error) /* (transfer full) */
{
  Export *self = g_task_get_task_data (task);
  g_autoptr (GCancellable) cancelled = g_cancellable_new ();

  g_cancellable_cancel (cancelled);
  if (self->stream != NULL)
    g_output_stream_close (self->stream, cancelled, NULL);
  g_task_return_error (task, error);
}

static gboolean
open_stream (Export       *self,
             GCancellable *cancellable,
             GError      **error)
{
  self->stream = G_OUTPUT_STREAM (g_file_replace (self->file, NULL, FALSE, G_FILE_CREATE_PRIVATE, cancellable, error));

  return self->stream != NULL &&
         g_output_stream_write_all (self->stream, td_history_csv_header, strlen (td_history_csv_header), NULL, cancellable, error) &&
         g_output_stream_write_all (self->stream, "\n", 1, NULL, cancellable, error);
}

static void
write_in_thread (GTask        *task,
                 gpointer      source_object,
                 gpointer      task_data,
                 GCancellable *cancellable)
{
  Export *self = task_data;
  g_autoptr (GError) error = NULL;
  gboolean done = self->stream != NULL || open_stream (self, cancellable, &error);

  if (done && self->day != NULL)
    done = td_history_csv_write (self->day, self->zone, self->stream, cancellable, &error);
  else if (done)
    done = g_output_stream_close (self->stream, cancellable, &error);

  if (done)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
written_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Export *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    give_up (task, g_steal_pointer (&error));
  else if (self->day == NULL)
    g_task_return_boolean (task, TRUE);
  else
    read_day (g_steal_pointer (&task));
}

/* One day at a time is in memory; @task goes on when it is written. */
static void
write_day (GTask       *task,
           TdIntervals *day)
{
  Export *self = g_task_get_task_data (task);
  g_autoptr (GTask) writing = g_task_new (NULL, g_task_get_cancellable (task), written_cb, task);

  g_clear_pointer (&self->day, td_intervals_unref);
  self->day = day;
  g_task_set_task_data (writing, self, NULL);
  g_task_run_in_thread (writing, write_in_thread);
}

static void
read_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  TdIntervals *day = td_history_read_finish (TD_HISTORY (object), result, &error);

  if (day != NULL)
    write_day (g_steal_pointer (&task), day);
  else
    give_up (task, g_steal_pointer (&error));
}

static void
read_day (GTask *task)
{
  Export *self = g_task_get_task_data (task);
  gint64  from = self->next;

  if (from >= self->end)
    {
      write_day (task, NULL);
      return;
    }

  self->next = MIN (from - from % G_TIME_SPAN_DAY + G_TIME_SPAN_DAY, self->end);
  td_history_read_async (g_task_get_source_object (task), NULL, from, self->next, g_task_get_cancellable (task),
                         read_cb, task);
}

static void
span_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Export *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  if (td_history_get_span_finish (TD_HISTORY (object), result, &self->next, &self->end, &error))
    read_day (g_steal_pointer (&task));
  else
    give_up (task, g_steal_pointer (&error));
}

/**
 * td_history_export_async:
 * @history: a history; it need not be the one that writes
 * @file: where it goes; what is there stays until all of the new is written
 * @zone: that its times are written in
 * @cancellable: (nullable): gives it up
 *
 * Writes all minutes, in the form that td_history_csv_open() reads.
 */
void
td_history_export_async (TdHistory          *history,
                         GFile              *file,
                         GTimeZone          *zone,
                         GCancellable       *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer            user_data)
{
  GTask  *task;
  Export *self;

  g_return_if_fail (TD_IS_HISTORY (history));
  g_return_if_fail (G_IS_FILE (file));
  g_return_if_fail (zone != NULL);

  self = g_new0 (Export, 1);
  self->file = g_object_ref (file);
  self->zone = g_time_zone_ref (zone);
  task = g_task_new (history, cancellable, callback, user_data);
  g_task_set_source_tag (task, td_history_export_async);
  g_task_set_task_data (task, self, (GDestroyNotify)export_free);
  td_history_get_span_async (history, cancellable, span_cb, task);
}

/**
 * td_history_export_finish:
 * @history: a history
 * @result: of td_history_export_async()
 * @error: return location
 *
 * Returns: whether it is written
 */
gboolean
td_history_export_finish (TdHistory    *history,
                          GAsyncResult *result,
                          GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, history), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
