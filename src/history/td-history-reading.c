/* td-history-reading.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-history.h"

#include "td-history-database-private.h"
#include "td-history-worker-private.h"

typedef struct
{
  char               *path;
  char               *queue; /* or an agent */
  gint64              from;
  gint64              to;
  TdHistoryRecordKind kind; /* where records are read */
} Range;

static void
range_free (Range *range)
{
  g_free (range->path);
  g_free (range->queue);
  g_free (range);
}

static void
read_in_thread (GTask        *task,
                gpointer      source_object,
                gpointer      task_data,
                GCancellable *cancellable)
{
  const Range *range = task_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (TdHistoryDatabase) database = td_history_database_open_for_reading (range->path, &error);
  TdIntervals *intervals = NULL;

  if (database != NULL)
    intervals = td_history_database_read (database, range->queue, range->from, range->to, &error);

  if (intervals != NULL)
    g_task_return_pointer (task, intervals, (GDestroyNotify)td_intervals_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/**
 * td_history_read_async:
 * @self: a history
 * @queue: (nullable): id of a queue, or %NULL for all
 * @from: whole minute, µs since 1970
 * @to: whole minute, µs since 1970, exclusive; at most %TD_MAX_INTERVALS minutes later
 *
 * Reads on a thread and a connection of its own.
 */
void
td_history_read_async (TdHistory          *self,
                       const char         *queue,
                       gint64              from,
                       gint64              to,
                       GCancellable       *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer            user_data)
{
  g_autoptr (GTask) task = NULL;
  Range *range;

  g_return_if_fail (TD_IS_HISTORY (self));
  g_return_if_fail (from >= 0 && from < to && (to - from) / TD_HISTORY_MINUTE_US <= TD_MAX_INTERVALS);

  range = g_new0 (Range, 1);
  range->path = g_strdup (td_history_get_path (self));
  range->queue = g_strdup (queue);
  range->from = from;
  range->to = to;
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, td_history_read_async);
  g_task_set_task_data (task, range, (GDestroyNotify)range_free);
  g_task_run_in_thread (task, read_in_thread);
}

TdIntervals *
td_history_read_finish (TdHistory    *self,
                        GAsyncResult *result,
                        GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
read_records_in_thread (GTask        *task,
                        gpointer      source_object,
                        gpointer      task_data,
                        GCancellable *cancellable)
{
  const Range *range = task_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (TdHistoryDatabase) database = td_history_database_open_for_reading (range->path, &error);
  TdHistoryRecords *records = NULL;

  if (database != NULL)
    records = td_history_database_read_records (database, range->kind, range->queue, range->from, range->to, &error);

  if (records != NULL)
    g_task_return_pointer (task, records, (GDestroyNotify)td_history_records_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/**
 * td_history_read_records_async:
 * @self: a history
 * @kind: what to read
 * @who: (nullable): id of an agent, of a queue for samples, of any thing for alerts, a
 *   person's name for deeds; %NULL for all
 * @from: µs since 1970
 * @to: µs since 1970, exclusive
 *
 * Reads on a thread and a connection of its own. Spans that reach into the
 * time are given whole.
 */
void
td_history_read_records_async (TdHistory          *self,
                               TdHistoryRecordKind kind,
                               const char         *who,
                               gint64              from,
                               gint64              to,
                               GCancellable       *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer            user_data)
{
  g_autoptr (GTask) task = NULL;
  Range *range;

  g_return_if_fail (TD_IS_HISTORY (self));
  g_return_if_fail (from <= to);

  range = g_new0 (Range, 1);
  range->path = g_strdup (td_history_get_path (self));
  range->queue = g_strdup (who);
  range->kind = kind;
  range->from = from;
  range->to = to;
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, td_history_read_records_async);
  g_task_set_task_data (task, range, (GDestroyNotify)range_free);
  g_task_run_in_thread (task, read_records_in_thread);
}

/**
 * td_history_read_records_finish:
 * @self: a history
 * @result: of td_history_read_records_async()
 * @error: return location; %TD_HISTORY_ERROR
 *
 * Returns: (transfer full) (nullable): what there is
 */
TdHistoryRecords *
td_history_read_records_finish (TdHistory    *self,
                                GAsyncResult *result,
                                GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

typedef struct
{
  gint64 from;
  gint64 to;
} Span;

static void
get_span_in_thread (GTask        *task,
                    gpointer      source_object,
                    gpointer      task_data,
                    GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TdHistoryDatabase) database = td_history_database_open_for_reading (task_data, &error);
  Span span;

  if (database != NULL && td_history_database_get_span (database, &span.from, &span.to, &error))
    g_task_return_pointer (task, g_memdup2 (&span, sizeof span), g_free);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/**
 * td_history_get_span_async:
 * @self: a history
 *
 * Asks from when to when there may be something to read.
 */
void
td_history_get_span_async (TdHistory          *self,
                           GCancellable       *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer            user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (TD_IS_HISTORY (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, td_history_get_span_async);
  g_task_set_task_data (task, g_strdup (td_history_get_path (self)), g_free);
  g_task_run_in_thread (task, get_span_in_thread);
}

/**
 * td_history_get_span_finish:
 * @self: a history
 * @result: of td_history_get_span_async()
 * @from: (out): whole minute, µs since 1970
 * @to: (out): likewise, exclusive; equal to @from where there is nothing
 * @error: return location; %TD_HISTORY_ERROR
 *
 * Returns: whether it is known
 */
gboolean
td_history_get_span_finish (TdHistory    *self,
                            GAsyncResult *result,
                            gint64       *from,
                            gint64       *to,
                            GError      **error)
{
  g_autofree Span *span = NULL;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  span = g_task_propagate_pointer (G_TASK (result), error);
  if (span == NULL)
    return FALSE;

  *from = span->from;
  *to = span->to;

  return TRUE;
}

/**
 * td_history_import_async:
 * @self: a history
 * @source: gives intervals until it gives none; called on the writer's thread
 * @data: for @source; only its until @destroy
 * @destroy: (nullable): frees @data, on any thread
 *
 * Takes all of what @source gives, or nothing.
 */
void
td_history_import_async (TdHistory          *self,
                         TdHistorySource     source,
                         gpointer            data,
                         GDestroyNotify      destroy,
                         GAsyncReadyCallback callback,
                         gpointer            user_data)
{
  TdHistoryJob *job;

  g_return_if_fail (TD_IS_HISTORY (self));
  g_return_if_fail (source != NULL);

  job = g_new0 (TdHistoryJob, 1);
  job->kind = TD_HISTORY_JOB_IMPORT;
  job->source = source;
  job->data = data;
  job->destroy = destroy;
  job->task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (job->task, td_history_import_async);
  td_history_push_job (self, job);
}

/**
 * td_history_import_finish:
 * @self: a history
 * @result: of td_history_import_async()
 * @error: return location; %TD_HISTORY_ERROR, or the source's own
 *
 * Returns: whether all of it was taken; else nothing was
 */
gboolean
td_history_import_finish (TdHistory    *self,
                          GAsyncResult *result,
                          GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
