/* td-history-export.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-history-export.h"

#include <string.h>
#ifdef __GLIBC__
#  include <malloc.h>
#endif

#include "td-alert-csv.h"
#include "td-alert-log-private.h"
#include "td-csv.h"
#include "td-history-csv.h"

/* What is in memory at once: of 500 queues some 29 MiB; of 10,000 agents some
 * 22 MiB. Each piece of a day unpacks the whole of it. */
#define MINUTES_STEP_US (8 * G_TIME_SPAN_HOUR)
#define SPANS_STEP_US G_TIME_SPAN_HOUR
#define ALERTS_STEP_US (7 * G_TIME_SPAN_DAY)

/* What is taken is taken within a day. */
#define DEEDS_US G_TIME_SPAN_DAY

typedef struct
{
  TdHistoryExportKind     kind;
  GFile                  *file;    /* (owned) */
  GTimeZone              *zone;    /* (owned) */
  GOutputStream          *stream;  /* (owned) (nullable) */
  TdIntervals            *minutes; /* (owned) (nullable): that are being written */
  TdHistoryRecords       *records; /* (owned) (nullable): likewise */
  char                   *rows;    /* (owned) (nullable): likewise, of alerts */
  gint64                  from;
  gint64                  piece; /* begin of what is being written */
  gint64                  next;
  gint64                  end;
  gboolean                is_new;   /* there was no file before */
  TdHistoryExportProgress progress; /* (nullable) */
  gpointer                progress_data;
} Export;

static void read_piece (GTask *task);

static void
export_free (Export *self)
{
  g_object_unref (self->file);
  g_time_zone_unref (self->zone);
  g_clear_object (&self->stream);
  g_clear_pointer (&self->minutes, td_intervals_unref);
  g_clear_pointer (&self->records, td_history_records_unref);
  g_clear_pointer (&self->rows, g_free);
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
  if (self->is_new)
    g_file_delete (self->file, NULL, NULL);
  g_task_return_error (task, error);
}

/* Only what takes the place of a file is written beside it: where there is
 * none, an empty one is made, so that nobody finds a half one, whatever ends
 * the program. */
static gboolean
make_place (Export       *self,
            GCancellable *cancellable,
            GError      **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (GFileOutputStream) stream = g_file_create (self->file, G_FILE_CREATE_PRIVATE, cancellable, &failure);

  self->is_new = stream != NULL;
  if (stream != NULL || g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_EXISTS))
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&failure));

  return FALSE;
}

static gboolean
open_stream (Export       *self,
             GCancellable *cancellable,
             GError      **error)
{
  const char      *header = self->kind == TD_HISTORY_EXPORT_MINUTES ? td_history_csv_header
                            : self->kind == TD_HISTORY_EXPORT_SPANS ? td_history_csv_spans_header
                                                                    : td_alert_csv_header;
  g_autofree char *text = g_strconcat (TD_CSV_BYTE_ORDER_MARK, header, "\r\n", NULL);

  if (!make_place (self, cancellable, error))
    return FALSE;

  self->stream = G_OUTPUT_STREAM (g_file_replace (self->file, NULL, FALSE, G_FILE_CREATE_PRIVATE, cancellable, error));

  return self->stream != NULL && g_output_stream_write_all (self->stream, text, strlen (text), NULL, cancellable, error);
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

  if (done && self->minutes != NULL)
    done = td_history_csv_write (self->minutes, self->zone, self->stream, cancellable, &error);
  else if (done && self->records != NULL)
    done = td_history_csv_write_spans (self->records, self->piece > self->from ? self->piece : 0, self->zone, self->stream,
                                       cancellable, &error);
  else if (done && self->rows != NULL)
    done = g_output_stream_write_all (self->stream, self->rows, strlen (self->rows), NULL, cancellable, &error);
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
  Export  *self = g_task_get_task_data (task);
  gboolean is_end = self->minutes == NULL && self->records == NULL && self->rows == NULL;
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&self->minutes, td_intervals_unref);
  g_clear_pointer (&self->records, td_history_records_unref);
  g_clear_pointer (&self->rows, g_free);
#ifdef __GLIBC__
  /* The next piece may be read by another thread, whose heap would be as large. */
  malloc_trim (0);
#endif
  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      give_up (task, g_steal_pointer (&error));
      return;
    }
  if (is_end)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }

  if (self->progress != NULL)
    self->progress ((double)(self->next - self->from) / (double)(self->end - self->from), self->progress_data);
  read_piece (g_steal_pointer (&task));
}

/* One piece at a time is in memory; @task goes on when it is written. */
static void
write_piece (GTask *task)
{
  g_autoptr (GTask) writing = g_task_new (NULL, g_task_get_cancellable (task), written_cb, task);

  g_task_set_task_data (writing, g_task_get_task_data (task), NULL);
  g_task_run_in_thread (writing, write_in_thread);
}

static void
minutes_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Export *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  self->minutes = td_history_read_finish (TD_HISTORY (object), result, &error);
  if (self->minutes != NULL)
    write_piece (g_steal_pointer (&task));
  else
    give_up (task, g_steal_pointer (&error));
}

static void
records_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Export *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  self->records = td_history_read_records_finish (TD_HISTORY (object), result, &error);
  if (self->records != NULL)
    write_piece (g_steal_pointer (&task));
  else
    give_up (task, g_steal_pointer (&error));
}

/* Incidents do not leave this thread; what is written of them does. */
static void
incidents_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Export *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) incidents = td_alert_log_read_finish (TD_HISTORY (object), result, &error);
  GString *rows;

  if (incidents == NULL)
    {
      give_up (task, g_steal_pointer (&error));
      return;
    }

  rows = g_string_new (NULL);
  for (guint i = 0; i < incidents->len; i++)
    td_alert_csv_append (rows, g_ptr_array_index (incidents, i), self->piece > self->from ? self->piece : 0, self->next, self->zone);
  self->rows = g_string_free (rows, FALSE);
  write_piece (g_steal_pointer (&task));
}

static void
read_piece (GTask *task)
{
  static const gint64 steps[] = {
    [TD_HISTORY_EXPORT_MINUTES] = MINUTES_STEP_US,
    [TD_HISTORY_EXPORT_SPANS] = SPANS_STEP_US,
    [TD_HISTORY_EXPORT_ALERTS] = ALERTS_STEP_US,
  };
  Export    *self = g_task_get_task_data (task);
  TdHistory *history = g_task_get_source_object (task);
  gint64     step = steps[self->kind];

  self->piece = self->next;
  if (self->piece >= self->end)
    {
      write_piece (task);
      return;
    }

  self->next = MIN (self->piece - self->piece % step + step, self->end);
  if (self->kind == TD_HISTORY_EXPORT_MINUTES)
    td_history_read_async (history, NULL, self->piece, self->next, g_task_get_cancellable (task), minutes_cb, task);
  else if (self->kind == TD_HISTORY_EXPORT_ALERTS)
    td_alert_log_read_async (history, self->piece, self->next + DEEDS_US, g_task_get_cancellable (task), incidents_cb, task);
  else
    td_history_read_records_async (history, TD_HISTORY_SPANS, NULL, self->piece, self->next, g_task_get_cancellable (task),
                                   records_cb, task);
}

static void
span_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Export *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  gint64 from, to;

  if (!td_history_get_span_finish (TD_HISTORY (object), result, &from, &to, &error))
    {
      give_up (task, g_steal_pointer (&error));
      return;
    }

  /* What lies outside of it is empty. */
  self->from = MAX (self->from, from);
  self->end = MAX (MIN (self->end, to), self->from);
  self->next = self->from;
  read_piece (g_steal_pointer (&task));
}

static void
start (TdHistory              *history,
       TdHistoryExportKind     kind,
       GFile                  *file,
       GTimeZone              *zone,
       gint64                  from,
       gint64                  to,
       TdHistoryExportProgress progress,
       gpointer                progress_data,
       GTask                  *task)
{
  Export *self = g_new0 (Export, 1);

  self->kind = kind;
  self->file = g_object_ref (file);
  self->zone = g_time_zone_ref (zone);
  self->from = from;
  self->end = to;
  self->next = from;
  self->progress = progress;
  self->progress_data = progress_data;
  g_task_set_task_data (task, self, (GDestroyNotify)export_free);
  g_task_set_source_tag (task, td_history_export_async);
  if (kind == TD_HISTORY_EXPORT_MINUTES)
    td_history_get_span_async (history, g_task_get_cancellable (task), span_cb, task);
  else
    read_piece (task);
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
  g_return_if_fail (TD_IS_HISTORY (history));
  g_return_if_fail (G_IS_FILE (file));
  g_return_if_fail (zone != NULL);

  start (history, TD_HISTORY_EXPORT_MINUTES, file, zone, 0, G_MAXINT64, NULL, NULL,
         g_task_new (history, cancellable, callback, user_data));
}

/**
 * td_history_export_range_async:
 * @history: a history
 * @kind: what of it
 * @file: where it goes; what is there stays until all of the new is written
 * @zone: that its times are written in
 * @from: whole minute, µs since 1970
 * @to: whole minute, exclusive
 * @progress: (nullable): is told how much of it is written
 * @progress_data: what @progress gets; lives until @callback was called
 * @cancellable: (nullable): gives it up
 *
 * Writes a part of a history. A span that reaches into the time is written whole.
 */
void
td_history_export_range_async (TdHistory              *history,
                               TdHistoryExportKind     kind,
                               GFile                  *file,
                               GTimeZone              *zone,
                               gint64                  from,
                               gint64                  to,
                               TdHistoryExportProgress progress,
                               gpointer                progress_data,
                               GCancellable           *cancellable,
                               GAsyncReadyCallback     callback,
                               gpointer                user_data)
{
  g_return_if_fail (TD_IS_HISTORY (history));
  g_return_if_fail (G_IS_FILE (file));
  g_return_if_fail (zone != NULL);
  g_return_if_fail (from >= 0 && from < to);
  g_return_if_fail (from % TD_HISTORY_MINUTE_US == 0 && to % TD_HISTORY_MINUTE_US == 0);

  start (history, kind, file, zone, from, to, progress, progress_data, g_task_new (history, cancellable, callback, user_data));
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
