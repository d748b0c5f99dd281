/* td-history.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-history.h"

#include <glib/gi18n.h>

#include "td-history-database-private.h"

/* How long a database that cannot be written to is left alone. */
#define RETRY_US (2 * G_TIME_SPAN_SECOND)

#define DEFAULT_DAYS (3 * 366)
#define DAY_US G_TIME_SPAN_DAY

typedef enum {
  JOB_MINUTES,
  JOB_TIDY,
  JOB_LIMIT,
  JOB_FLUSH,
  JOB_CLOSE,
} JobKind;

typedef struct
{
  JobKind kind;
  GArray *minutes; /* (element-type TdHistoryMinute) (nullable) (owned) */
  gint64  now;
  guint   days;
  gint64  bytes;
  GTask  *task; /* (nullable) (owned) */
} Job;

/* What the worker knows; it owns this, and nobody else touches it. */
typedef struct
{
  GWeakRef           history;
  char              *path;
  GAsyncQueue       *jobs; /* (element-type Job) */
  TdHistoryDatabase *database;
  GArray            *pending; /* (element-type TdHistoryMinute): not on the disk yet */
  gint64             retry_at;
  char              *error_message; /* (nullable): as it was told last */
  gint64             tidy_now;      /* a tidying that is due, or 0 */
  guint              tidy_days;
  gint64             max_bytes; /* of the file, or 0 for no limit */
} Worker;

struct _TdHistory
{
  GObject parent_instance;

  char        *path; /* (owned) */
  GThread     *thread;
  GAsyncQueue *jobs; /* (owned) (element-type Job) */
  guint        days;

  char *error_message; /* (owned) (nullable) */
  char *notice;        /* (owned) (nullable) */
};

enum {
  PROP_0,
  PROP_ERROR_MESSAGE,
  PROP_NOTICE,
  N_PROPS
};

G_DEFINE_FINAL_TYPE (TdHistory, td_history, G_TYPE_OBJECT)

static GParamSpec *properties[N_PROPS];

static void
minute_clear (gpointer data)
{
  TdHistoryMinute *minute = data;

  g_free ((char *)minute->queue);
}

static GArray *
minutes_new (void)
{
  GArray *minutes = g_array_new (FALSE, FALSE, sizeof (TdHistoryMinute));

  g_array_set_clear_func (minutes, minute_clear);

  return minutes;
}

static void
job_free (Job *job)
{
  g_clear_pointer (&job->minutes, g_array_unref);
  g_clear_object (&job->task);
  g_free (job);
}

/* --- what the worker tells the main thread ------------------------------- */

typedef struct
{
  GWeakRef *history;
  gboolean  is_notice;
  char     *text; /* (nullable) */
} Word;

static void
word_free (Word *word)
{
  g_weak_ref_clear (word->history);
  g_free (word->history);
  g_free (word->text);
  g_free (word);
}

static gboolean
take_word_cb (gpointer user_data)
{
  Word *word = user_data;
  g_autoptr (TdHistory) self = g_weak_ref_get (word->history);
  char **place;

  if (self == NULL)
    return G_SOURCE_REMOVE;

  place = word->is_notice ? &self->notice : &self->error_message;
  if (g_strcmp0 (*place, word->text) != 0)
    {
      g_free (*place);
      *place = g_steal_pointer (&word->text);
      g_object_notify_by_pspec (G_OBJECT (self), properties[word->is_notice ? PROP_NOTICE : PROP_ERROR_MESSAGE]);
    }

  return G_SOURCE_REMOVE;
}

static void
tell (Worker     *worker,
      gboolean    is_notice,
      const char *text)
{
  g_autoptr (TdHistory) history = g_weak_ref_get (&worker->history);
  Word *word;

  if (!is_notice)
    {
      if (g_strcmp0 (worker->error_message, text) == 0)
        return;
      g_free (worker->error_message);
      worker->error_message = g_strdup (text);
    }

  if (history == NULL)
    return;

  word = g_new0 (Word, 1);
  word->history = g_new0 (GWeakRef, 1);
  g_weak_ref_init (word->history, history);
  word->is_notice = is_notice;
  word->text = g_strdup (text);
  g_idle_add_full (G_PRIORITY_DEFAULT, take_word_cb, word, (GDestroyNotify)word_free);

  /* The last reference must not go here: it would wait for this thread. */
  g_idle_add_once ((GSourceOnceFunc)g_object_unref, g_steal_pointer (&history));
}

/* --- the worker ----------------------------------------------------------- */

static gboolean
open_database (Worker  *worker,
               GError **error)
{
  if (worker->database == NULL)
    {
      worker->database = td_history_database_open (worker->path, error);
      if (worker->database != NULL)
        td_history_database_set_limit (worker->database, worker->max_bytes);
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

  if (worker->tidy_now != 0)
    {
      gint64 day = worker->tidy_now / DAY_US * DAY_US;

      if (!td_history_database_tidy (worker->database, day - DAY_US, day - worker->tidy_days * DAY_US, error))
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

/* Takes all that waits, so that it goes to the disk at once. Returns the job
 * that has to be answered, if any. */
static Job *
take_jobs (Worker *worker)
{
  Job *job = NULL;

  if (worker->retry_at != 0)
    job = g_async_queue_timeout_pop (worker->jobs, (guint64)MAX (worker->retry_at - g_get_monotonic_time (), 1));
  else
    job = g_async_queue_pop (worker->jobs);

  for (; job != NULL; job = g_async_queue_try_pop (worker->jobs))
    {
      if (job->kind == JOB_FLUSH || job->kind == JOB_CLOSE)
        return job;

      if (job->kind == JOB_MINUTES)
        take_minutes (worker, job->minutes);
      else if (job->kind == JOB_LIMIT)
        {
          worker->max_bytes = job->bytes;
          if (worker->database != NULL)
            td_history_database_set_limit (worker->database, worker->max_bytes);
        }
      else
        {
          worker->tidy_now = job->now;
          worker->tidy_days = job->days;
        }
      job_free (job);
    }

  return NULL;
}

static void
worker_free (Worker *worker)
{
  g_clear_pointer (&worker->database, td_history_database_close);
  g_array_unref (worker->pending);
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
      Job *job = take_jobs (worker);
      g_autoptr (GError) error = NULL;
      gboolean done = FALSE;

      closing = job != NULL && job->kind == JOB_CLOSE;
      if (job != NULL || worker->retry_at == 0 || worker->retry_at <= g_get_monotonic_time ())
        done = work_off (worker, &error);

      if (job != NULL && job->task != NULL)
        {
          if (done)
            g_task_return_boolean (job->task, TRUE);
          else
            g_task_return_error (job->task, g_steal_pointer (&error));

          /* It holds the history, whose end would wait for this thread. */
          g_idle_add_once ((GSourceOnceFunc)g_object_unref, g_steal_pointer (&job->task));
        }
      g_clear_pointer (&job, job_free);
    }

  worker_free (worker);

  return NULL;
}

/* --- the object ----------------------------------------------------------- */

static void
push (TdHistory *self,
      JobKind    kind,
      GArray    *minutes,
      GTask     *task)
{
  Job *job = g_new0 (Job, 1);

  job->kind = kind;
  job->minutes = minutes;
  job->task = task;
  job->days = self->days;
  g_async_queue_push (self->jobs, job);
}

static void
td_history_get_property (GObject    *object,
                         guint       prop_id,
                         GValue     *value,
                         GParamSpec *pspec)
{
  TdHistory *self = TD_HISTORY (object);

  switch (prop_id)
    {
    case PROP_ERROR_MESSAGE:
      g_value_set_string (value, self->error_message);
      break;
    case PROP_NOTICE:
      g_value_set_string (value, self->notice);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
td_history_dispose (GObject *object)
{
  td_history_close (TD_HISTORY (object));

  G_OBJECT_CLASS (td_history_parent_class)->dispose (object);
}

static void
td_history_finalize (GObject *object)
{
  TdHistory *self = (TdHistory *)object;

  g_clear_pointer (&self->jobs, g_async_queue_unref);
  g_free (self->path);
  g_free (self->error_message);
  g_free (self->notice);

  G_OBJECT_CLASS (td_history_parent_class)->finalize (object);
}

static void
td_history_class_init (TdHistoryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = td_history_get_property;
  object_class->dispose = td_history_dispose;
  object_class->finalize = td_history_finalize;

  properties[PROP_ERROR_MESSAGE] =
    g_param_spec_string ("error-message", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_NOTICE] =
    g_param_spec_string ("notice", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
td_history_init (TdHistory *self)
{
  self->jobs = g_async_queue_new_full ((GDestroyNotify)job_free);
  self->days = DEFAULT_DAYS;
}

/**
 * td_history_new:
 * @path: the database; it is made where it is missing, its folder is not
 *
 * Returns: (transfer full): a history, whose thread runs
 */
TdHistory *
td_history_new (const char *path)
{
  TdHistory *self;
  Worker    *worker;

  g_return_val_if_fail (path != NULL, NULL);

  self = g_object_new (TD_TYPE_HISTORY, NULL);
  self->path = g_strdup (path);

  worker = g_new0 (Worker, 1);
  g_weak_ref_init (&worker->history, self);
  worker->path = g_strdup (path);
  worker->jobs = g_async_queue_ref (self->jobs);
  worker->pending = minutes_new ();
  self->thread = g_thread_new ("td-history", work, worker);

  return self;
}

/**
 * td_history_close:
 * @self: a history
 *
 * Writes what waits, as far as it can be written, and ends the thread; blocks
 * until then. Nothing is taken after it.
 */
void
td_history_close (TdHistory *self)
{
  g_return_if_fail (TD_IS_HISTORY (self));

  if (self->thread == NULL)
    return;

  push (self, JOB_CLOSE, NULL, NULL);
  g_thread_join (g_steal_pointer (&self->thread));
}

const char *
td_history_get_path (TdHistory *self)
{
  g_return_val_if_fail (TD_IS_HISTORY (self), NULL);

  return self->path;
}

/**
 * td_history_get_error_message:
 * @self: a history
 *
 * Returns: (nullable): why nothing can be written now; it is tried again
 */
const char *
td_history_get_error_message (TdHistory *self)
{
  g_return_val_if_fail (TD_IS_HISTORY (self), NULL);

  return self->error_message;
}

/**
 * td_history_get_notice:
 * @self: a history
 *
 * Returns: (nullable): what became of a broken database
 */
const char *
td_history_get_notice (TdHistory *self)
{
  g_return_val_if_fail (TD_IS_HISTORY (self), NULL);

  return self->notice;
}

/**
 * td_history_set_retention:
 * @self: a history
 * @minutes_days: for how many days minutes are kept, 1 or more
 *
 * Holds from the next tidying on.
 */
void
td_history_set_retention (TdHistory *self,
                          guint      minutes_days)
{
  g_return_if_fail (TD_IS_HISTORY (self));
  g_return_if_fail (minutes_days > 0);

  self->days = minutes_days;
}

/**
 * td_history_set_max_bytes:
 * @self: a history
 * @max_bytes: how large the file may become, or 0 for as large as it will
 *
 * A file that has reached it takes no more, and the screen says so.
 */
void
td_history_set_max_bytes (TdHistory *self,
                          gint64     max_bytes)
{
  Job *job;

  g_return_if_fail (TD_IS_HISTORY (self));
  g_return_if_fail (max_bytes >= 0);

  if (self->thread == NULL)
    return;

  job = g_new0 (Job, 1);
  job->kind = JOB_LIMIT;
  job->bytes = max_bytes;
  g_async_queue_push (self->jobs, job);
}

/**
 * td_history_add_minutes:
 * @self: a history
 * @minutes: (array length=n_minutes): minutes that are over, or better known
 *   than before; copied
 *
 * They are on the disk soon after, together. Those of a minute that was
 * observed for longer before change nothing.
 */
void
td_history_add_minutes (TdHistory             *self,
                        const TdHistoryMinute *minutes,
                        guint                  n_minutes)
{
  GArray *copy;

  g_return_if_fail (TD_IS_HISTORY (self));
  g_return_if_fail (minutes != NULL || n_minutes == 0);

  if (n_minutes == 0 || self->thread == NULL)
    return;

  copy = minutes_new ();
  for (guint i = 0; i < n_minutes; i++)
    {
      TdHistoryMinute minute = minutes[i];

      minute.queue = g_strdup (minute.queue);
      g_array_append_val (copy, minute);
    }
  push (self, JOB_MINUTES, copy, NULL);
}

/**
 * td_history_tidy:
 * @self: a history
 * @now: the time, µs since 1970
 *
 * Packs the days before yesterday, and forgets those that are past the
 * retention. To be called once a day.
 */
void
td_history_tidy (TdHistory *self,
                 gint64     now)
{
  Job *job;

  g_return_if_fail (TD_IS_HISTORY (self));
  g_return_if_fail (now > 0);

  if (self->thread == NULL)
    return;

  job = g_new0 (Job, 1);
  job->kind = JOB_TIDY;
  job->now = now;
  job->days = self->days;
  g_async_queue_push (self->jobs, job);
}

/**
 * td_history_flush_async:
 * @self: a history
 *
 * Waits until all that was added before is on the disk.
 */
void
td_history_flush_async (TdHistory          *self,
                        GCancellable       *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer            user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (TD_IS_HISTORY (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, td_history_flush_async);
  if (self->thread == NULL)
    g_task_return_new_error (task, TD_HISTORY_ERROR, TD_HISTORY_ERROR_FAILED, _ ("The history is closed"));
  else
    push (self, JOB_FLUSH, NULL, g_steal_pointer (&task));
}

gboolean
td_history_flush_finish (TdHistory    *self,
                         GAsyncResult *result,
                         GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

typedef struct
{
  char  *path;
  char  *queue;
  gint64 from;
  gint64 to;
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
  range->path = g_strdup (self->path);
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
