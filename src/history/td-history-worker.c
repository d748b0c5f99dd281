/* td-history-worker.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-history-worker-private.h"

#include <glib/gi18n.h>

#include "td-history-database-private.h"

/* How long a database that cannot be written to is left alone. */
#define RETRY_US (2 * G_TIME_SPAN_SECOND)

#define DAY_US G_TIME_SPAN_DAY

#define MAX_PENDING_INTERVALS 8

/* What the worker knows; it owns this, and nobody else touches it. */
typedef struct
{
  GWeakRef           history;
  char              *path;
  GAsyncQueue       *jobs; /* (element-type TdHistoryJob) */
  TdHistoryDatabase *database;
  GArray            *pending;   /* (element-type TdHistoryMinute): not on the disk yet */
  GPtrArray         *intervals; /* (element-type TdIntervals): not on the disk yet */
  GPtrArray         *records;   /* (element-type TdHistoryRecords): not on the disk yet */
  guint              n_rows;    /* in them */
  gint64             retry_at;
  char              *error_message; /* (nullable): as it was told last */
  gint64             tidy_now;      /* a tidying that is due, or 0 */
  guint              tidy_days;
  guint              tidy_spans_days;
  guint              tidy_samples_days;
  gint64             max_bytes;   /* of the file, or 0 for no limit */
  GHashTable        *marks;       /* id (gint64) -> TdHistoryMark: as a person left them */
  GHashTable        *marks_due;   /* id (gint64) -> TdHistoryMark, or NULL for none: not on the disk yet */
  gboolean           marks_known; /* @marks was read */
} Worker;

static void
minute_clear (gpointer data)
{
  TdHistoryMinute *minute = data;

  g_free ((char *)minute->queue);
}

GArray *
td_history_minutes_new (void)
{
  GArray *minutes = g_array_new (FALSE, FALSE, sizeof (TdHistoryMinute));

  g_array_set_clear_func (minutes, minute_clear);

  return minutes;
}

void
td_history_job_free (TdHistoryJob *job)
{
  g_clear_pointer (&job->minutes, g_array_unref);
  g_clear_pointer (&job->intervals, td_intervals_unref);
  g_clear_pointer (&job->records, td_history_records_unref);
  g_clear_pointer (&job->mark, td_history_mark_free);
  g_clear_object (&job->task);
  if (job->destroy != NULL)
    job->destroy (job->data);
  g_free (job);
}

/* --- what the worker tells the main thread ------------------------------- */

typedef struct
{
  GWeakRef   history;
  gboolean   is_notice;
  char      *text;  /* (owned) (nullable) */
  GPtrArray *marks; /* (owned) (nullable) (element-type TdHistoryMark): in place of words */
} Word;

static void
word_free (Word *word)
{
  g_weak_ref_clear (&word->history);
  g_clear_pointer (&word->marks, g_ptr_array_unref);
  g_free (word->text);
  g_free (word);
}

static gboolean
take_word_cb (gpointer user_data)
{
  Word *word = user_data;
  g_autoptr (TdHistory) history = g_weak_ref_get (&word->history);

  if (history == NULL)
    return G_SOURCE_REMOVE;

  if (word->marks != NULL)
    td_history_take_marks (history, word->marks);
  else
    td_history_take_words (history, word->is_notice, word->text);

  return G_SOURCE_REMOVE;
}

static void
send_word (Worker *worker,
           Word   *word)
{
  g_autoptr (TdHistory) history = g_weak_ref_get (&worker->history);

  g_weak_ref_init (&word->history, history);
  g_idle_add_full (G_PRIORITY_DEFAULT, take_word_cb, word, (GDestroyNotify)word_free);

  /* The last reference must not go here: it would wait for this thread. */
  if (history != NULL)
    g_idle_add_once ((GSourceOnceFunc)g_object_unref, g_steal_pointer (&history));
}

static void
tell (Worker     *worker,
      gboolean    is_notice,
      const char *text)
{
  Word *word;

  if (!is_notice)
    {
      if (g_strcmp0 (worker->error_message, text) == 0)
        return;
      g_free (worker->error_message);
      worker->error_message = g_strdup (text);
    }

  word = g_new0 (Word, 1);
  word->is_notice = is_notice;
  word->text = g_strdup (text);
  send_word (worker, word);
}

/* --- the worker ----------------------------------------------------------- */

static GHashTable *
new_marks (void)
{
  return g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, (GDestroyNotify)td_history_mark_free);
}

static void
put_mark (GHashTable          *marks,
          gint64               id,
          const TdHistoryMark *mark)
{
  g_hash_table_replace (marks, g_memdup2 (&id, sizeof id), mark != NULL ? td_history_mark_copy (mark) : NULL);
}

/* The file's marks are told once, also of a file that cannot be written to. */
static void
read_marks (Worker            *worker,
            TdHistoryDatabase *database)
{
  g_autoptr (GError) error = NULL;
  Word *word;

  if (worker->marks_known || database == NULL)
    return;

  word = g_new0 (Word, 1);
  word->marks = td_history_database_read_marks (database, &error);
  if (word->marks == NULL)
    {
      g_info ("%s", error->message);
      word_free (word);
      return;
    }

  for (guint i = 0; i < word->marks->len; i++)
    {
      const TdHistoryMark *mark = g_ptr_array_index (word->marks, i);

      if (!g_hash_table_contains (worker->marks_due, &mark->id))
        put_mark (worker->marks, mark->id, mark);
    }
  worker->marks_known = TRUE;
  send_word (worker, word);
}

static void
take_mark (Worker             *worker,
           const TdHistoryJob *job)
{
  put_mark (worker->marks_due, job->id, job->mark);
  if (job->mark != NULL)
    put_mark (worker->marks, job->id, job->mark);
  else
    g_hash_table_remove (worker->marks, &job->id);
}

/* A fresh file is given what a person said. */
static void
write_marks_again (Worker *worker)
{
  GHashTableIter iter;
  gpointer       id, mark;

  g_hash_table_iter_init (&iter, worker->marks);
  while (g_hash_table_iter_next (&iter, &id, &mark))
    put_mark (worker->marks_due, *(const gint64 *)id, mark);
}

static gboolean
open_database (Worker  *worker,
               GError **error)
{
  if (worker->database == NULL)
    {
      worker->database = td_history_database_open (worker->path, error);
      if (worker->database != NULL)
        {
          td_history_database_set_limit (worker->database, worker->max_bytes);
          read_marks (worker, worker->database);
        }
      else if (!worker->marks_known)
        {
          g_autoptr (TdHistoryDatabase) reader = td_history_database_open_for_reading (worker->path, NULL);

          read_marks (worker, reader);
        }
    }

  return worker->database != NULL;
}

/* A broken file is kept aside, and a fresh one begun. */
static gboolean
begin_anew (Worker  *worker,
            GError **error)
{
  g_autofree char *aside = NULL;
  g_autofree char *notice = NULL;

  g_clear_pointer (&worker->database, td_history_database_close);
  aside = td_history_database_set_aside (worker->path, error);
  if (aside == NULL || !open_database (worker, error))
    return FALSE;

  write_marks_again (worker);

  notice = g_strdup_printf (_ ("The history was broken. It is kept as %s, and a new one was begun."), aside);
  tell (worker, TRUE, notice);

  return TRUE;
}

static gboolean
write_pending (Worker  *worker,
               GError **error)
{
  if (!open_database (worker, error))
    return FALSE;

  if (worker->pending->len > 0 &&
      !td_history_database_add_minutes (worker->database, (const TdHistoryMinute *)(void *)worker->pending->data,
                                        worker->pending->len, error))
    return FALSE;
  g_array_set_size (worker->pending, 0);

  while (worker->intervals->len > 0)
    {
      if (!td_history_database_add_intervals (worker->database, g_ptr_array_index (worker->intervals, 0), error))
        return FALSE;
      g_ptr_array_remove_index (worker->intervals, 0);
    }

  if (worker->records->len > 0 && !td_history_database_add_records (worker->database, worker->records, error))
    return FALSE;
  g_ptr_array_set_size (worker->records, 0);
  worker->n_rows = 0;

  if (!td_history_database_store_marks (worker->database, worker->marks_due, error))
    return FALSE;
  g_hash_table_remove_all (worker->marks_due);

  if (worker->tidy_now != 0)
    {
      gint64 day = worker->tidy_now / DAY_US * DAY_US;

      if (!td_history_database_tidy (worker->database, day - DAY_US, day - worker->tidy_days * DAY_US, error) ||
          !td_history_database_forget_records (worker->database,
                                               worker->tidy_now - worker->tidy_spans_days * DAY_US,
                                               worker->tidy_now - worker->tidy_days * DAY_US,
                                               worker->tidy_now - worker->tidy_samples_days * DAY_US, error))
        return FALSE;
      worker->tidy_now = 0;
    }

  return TRUE;
}

/* Returns whether everything is on the disk. */
static gboolean
work_off (Worker  *worker,
          GError **error)
{
  g_autoptr (GError) own_error = NULL;
  gboolean done = write_pending (worker, &own_error);

  if (!done && g_error_matches (own_error, TD_HISTORY_ERROR, TD_HISTORY_ERROR_CORRUPT))
    {
      g_warning ("%s", own_error->message);
      g_clear_error (&own_error);
      done = begin_anew (worker, &own_error) && write_pending (worker, &own_error);
    }

  if (done)
    {
      worker->retry_at = 0;
      tell (worker, FALSE, NULL);
      return TRUE;
    }

  /* Another file may stand there when it is tried again. */
  g_clear_pointer (&worker->database, td_history_database_close);
  worker->retry_at = g_get_monotonic_time () + RETRY_US;
  tell (worker, FALSE, own_error->message);
  g_propagate_error (error, g_steal_pointer (&own_error));

  return FALSE;
}

static void
take_minutes (Worker *worker,
              GArray *minutes)
{
  g_array_append_vals (worker->pending, minutes->data, minutes->len);
  /* The strings moved over. */
  g_array_set_clear_func (minutes, NULL);

  if (worker->pending->len > TD_HISTORY_MAX_PENDING)
    g_array_remove_range (worker->pending, 0, worker->pending->len - TD_HISTORY_MAX_PENDING);
}

static void
take_intervals (Worker       *worker,
                TdHistoryJob *job)
{
  g_ptr_array_add (worker->intervals, g_steal_pointer (&job->intervals));
  if (worker->intervals->len > MAX_PENDING_INTERVALS)
    g_ptr_array_remove_index (worker->intervals, 0);
}

static void
take_records (Worker       *worker,
              TdHistoryJob *job)
{
  worker->n_rows += td_history_records_get_n_rows (job->records);
  g_ptr_array_add (worker->records, g_steal_pointer (&job->records));
  while (worker->n_rows > TD_HISTORY_MAX_PENDING && worker->records->len > 1)
    {
      worker->n_rows -= td_history_records_get_n_rows (g_ptr_array_index (worker->records, 0));
      g_ptr_array_remove_index (worker->records, 0);
    }
}

/* Takes all that waits, so that it goes to the disk at once. Returns the job
 * that has to be answered, if any. */
static TdHistoryJob *
take_jobs (Worker *worker)
{
  TdHistoryJob *job = NULL;

  if (worker->retry_at != 0)
    job = g_async_queue_timeout_pop (worker->jobs, (guint64)MAX (worker->retry_at - g_get_monotonic_time (), 1));
  else
    job = g_async_queue_pop (worker->jobs);

  for (; job != NULL; job = g_async_queue_try_pop (worker->jobs))
    {
      if (job->kind == TD_HISTORY_JOB_FLUSH || job->kind == TD_HISTORY_JOB_IMPORT || job->kind == TD_HISTORY_JOB_CLOSE)
        return job;

      if (job->kind == TD_HISTORY_JOB_MINUTES)
        take_minutes (worker, job->minutes);
      else if (job->kind == TD_HISTORY_JOB_INTERVALS)
        take_intervals (worker, job);
      else if (job->kind == TD_HISTORY_JOB_RECORDS)
        take_records (worker, job);
      else if (job->kind == TD_HISTORY_JOB_MARK)
        take_mark (worker, job);
      else if (job->kind == TD_HISTORY_JOB_LIMIT)
        {
          worker->max_bytes = job->bytes;
          if (worker->database != NULL)
            td_history_database_set_limit (worker->database, worker->max_bytes);
        }
      else
        {
          worker->tidy_now = job->now;
          worker->tidy_days = job->days;
          worker->tidy_spans_days = job->spans_days;
          worker->tidy_samples_days = job->samples_days;
        }
      td_history_job_free (job);
    }

  return NULL;
}

static void
worker_free (Worker *worker)
{
  g_clear_pointer (&worker->database, td_history_database_close);
  g_array_unref (worker->pending);
  g_ptr_array_unref (worker->intervals);
  g_ptr_array_unref (worker->records);
  g_hash_table_unref (worker->marks);
  g_hash_table_unref (worker->marks_due);
  g_async_queue_unref (worker->jobs);
  g_weak_ref_clear (&worker->history);
  g_free (worker->error_message);
  g_free (worker->path);
  g_free (worker);
}

static gpointer
work (gpointer data)
{
  Worker  *worker = data;
  gboolean closing = FALSE;

  /* Whatever is wrong with the file shows at the start. */
  work_off (worker, NULL);

  while (!closing)
    {
      TdHistoryJob *job = take_jobs (worker);
      g_autoptr (GError) error = NULL;
      gboolean done = FALSE;

      closing = job != NULL && job->kind == TD_HISTORY_JOB_CLOSE;
      if (job != NULL || worker->retry_at == 0 || worker->retry_at <= g_get_monotonic_time ())
        done = work_off (worker, &error);

      if (done && job != NULL && job->kind == TD_HISTORY_JOB_IMPORT)
        done = td_history_database_import (worker->database, job->source, job->data, &error);

      if (job != NULL && job->task != NULL)
        {
          if (done)
            g_task_return_boolean (job->task, TRUE);
          else
            g_task_return_error (job->task, g_steal_pointer (&error));

          /* It holds the history, whose end would wait for this thread. */
          g_idle_add_once ((GSourceOnceFunc)g_object_unref, g_steal_pointer (&job->task));
        }
      g_clear_pointer (&job, td_history_job_free);
    }

  worker_free (worker);

  return NULL;
}

/* td_history_worker_start:
 * @jobs: (element-type TdHistoryJob): what it is given to do; a
 *   %TD_HISTORY_JOB_CLOSE ends it
 *
 * Returns: (transfer full): its thread, which keeps no reference of @history */
GThread *
td_history_worker_start (TdHistory   *history,
                         const char  *path,
                         GAsyncQueue *jobs)
{
  Worker *worker = g_new0 (Worker, 1);

  g_weak_ref_init (&worker->history, history);
  worker->path = g_strdup (path);
  worker->jobs = g_async_queue_ref (jobs);
  worker->pending = td_history_minutes_new ();
  worker->intervals = g_ptr_array_new_with_free_func ((GDestroyNotify)td_intervals_unref);
  worker->records = g_ptr_array_new_with_free_func ((GDestroyNotify)td_history_records_unref);
  worker->marks = new_marks ();
  worker->marks_due = new_marks ();

  return g_thread_new ("td-history", work, worker);
}
