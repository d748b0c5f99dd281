/* td-history.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-history.h"

#include <glib/gi18n.h>

#include "td-history-database-private.h"
#include "td-history-mark-private.h"
#include "td-history-worker-private.h"

#define DEFAULT_DAYS (3 * 366)
#define DEFAULT_SPANS_DAYS 366
#define DEFAULT_SAMPLES_DAYS 2

struct _TdHistory
{
  GObject parent_instance;

  char        *path; /* (owned) */
  GThread     *thread;
  GAsyncQueue *jobs; /* (owned) (element-type TdHistoryJob) */
  guint        days;
  guint        spans_days;
  guint        samples_days;

  char *error_message; /* (owned) (nullable) */
  char *notice;        /* (owned) (nullable) */

  GPtrArray  *marks;         /* (owned) (element-type TdHistoryMark): never changed, but replaced */
  GHashTable *touched_marks; /* (owned) (element-type gint64): ids of those that were changed here */
  gint64      last_mark_id;
};

enum {
  PROP_0,
  PROP_ERROR_MESSAGE,
  PROP_NOTICE,
  N_PROPS
};

G_DEFINE_FINAL_TYPE (TdHistory, td_history, G_TYPE_OBJECT)

static GParamSpec *properties[N_PROPS];

enum {
  MARKS_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

void
td_history_take_words (TdHistory  *self,
                       gboolean    is_notice,
                       const char *text)
{
  char **place = is_notice ? &self->notice : &self->error_message;

  if (g_strcmp0 (*place, text) == 0)
    return;

  g_free (*place);
  *place = g_strdup (text);
  g_object_notify_by_pspec (G_OBJECT (self), properties[is_notice ? PROP_NOTICE : PROP_ERROR_MESSAGE]);
}

static void
set_marks (TdHistory *self,
           GPtrArray *marks) /* (transfer full) */
{
  g_ptr_array_unref (self->marks);
  self->marks = marks;
  g_signal_emit (self, signals[MARKS_CHANGED], 0);
}

void
td_history_take_marks (TdHistory *self,
                       GPtrArray *marks)
{
  if (marks->len > 0)
    set_marks (self, td_history_marks_merge (self->marks, marks, self->touched_marks));
}

static void
push (TdHistory       *self,
      TdHistoryJobKind kind,
      GArray          *minutes,
      GTask           *task)
{
  TdHistoryJob *job = g_new0 (TdHistoryJob, 1);

  job->kind = kind;
  job->minutes = minutes;
  job->task = task;
  job->days = self->days;
  job->spans_days = self->spans_days;
  job->samples_days = self->samples_days;
  g_async_queue_push (self->jobs, job);
}

/* td_history_push_job:
 * @job: (transfer full): what is to be done
 *
 * Once the history is closed nothing is: who waits is told so. */
gboolean
td_history_push_job (TdHistory    *self,
                     TdHistoryJob *job)
{
  if (self->thread != NULL)
    {
      g_async_queue_push (self->jobs, job);
      return TRUE;
    }

  if (job->task != NULL)
    g_task_return_new_error (job->task, TD_HISTORY_ERROR, TD_HISTORY_ERROR_FAILED, _ ("The history is closed"));
  td_history_job_free (job);

  return FALSE;
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
  g_clear_pointer (&self->marks, g_ptr_array_unref);
  g_clear_pointer (&self->touched_marks, g_hash_table_unref);
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

  signals[MARKS_CHANGED] =
    g_signal_new ("marks-changed",
                  G_TYPE_FROM_CLASS (klass),
                  G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);
}

static void
td_history_init (TdHistory *self)
{
  self->jobs = g_async_queue_new_full ((GDestroyNotify)td_history_job_free);
  self->days = DEFAULT_DAYS;
  self->spans_days = DEFAULT_SPANS_DAYS;
  self->samples_days = DEFAULT_SAMPLES_DAYS;
  self->marks = td_history_marks_new ();
  self->touched_marks = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
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

  g_return_val_if_fail (path != NULL, NULL);

  self = g_object_new (TD_TYPE_HISTORY, NULL);
  self->path = g_strdup (path);
  self->thread = td_history_worker_start (self, path, self->jobs);

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

  push (self, TD_HISTORY_JOB_CLOSE, NULL, NULL);
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
 * td_history_add_records:
 * @self: a history
 * @records: (transfer none): spans, days of agents and samples; they are not
 *   to be changed any more
 *
 * Takes them to the writer; those that cannot be written wait there, up to a
 * bound. A span with the agent and the start of one that is there goes on.
 */
void
td_history_add_records (TdHistory        *self,
                        TdHistoryRecords *records)
{
  TdHistoryJob *job;

  g_return_if_fail (TD_IS_HISTORY (self));
  g_return_if_fail (records != NULL);

  if (td_history_records_is_empty (records))
    return;

  job = g_new0 (TdHistoryJob, 1);
  job->kind = TD_HISTORY_JOB_RECORDS;
  job->records = td_history_records_ref (records);
  td_history_push_job (self, job);
}

/**
 * td_history_set_retention:
 * @self: a history
 * @minutes_days: for how many days minutes and days of agents are kept, 1 or more
 * @spans_days: for how many days spans of agents are kept, 1 or more
 * @samples_days: for how many days samples are kept, 1 or more
 *
 * Holds from the next tidying on.
 */
void
td_history_set_retention (TdHistory *self,
                          guint      minutes_days,
                          guint      spans_days,
                          guint      samples_days)
{
  g_return_if_fail (TD_IS_HISTORY (self));
  g_return_if_fail (minutes_days > 0 && spans_days > 0 && samples_days > 0);

  self->days = minutes_days;
  self->spans_days = spans_days;
  self->samples_days = samples_days;
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
  TdHistoryJob *job;

  g_return_if_fail (TD_IS_HISTORY (self));
  g_return_if_fail (max_bytes >= 0);

  if (self->thread == NULL)
    return;

  job = g_new0 (TdHistoryJob, 1);
  job->kind = TD_HISTORY_JOB_LIMIT;
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

  copy = td_history_minutes_new ();
  for (guint i = 0; i < n_minutes; i++)
    {
      TdHistoryMinute minute = minutes[i];

      minute.queue = g_strdup (minute.queue);
      g_array_append_val (copy, minute);
    }
  push (self, TD_HISTORY_JOB_MINUTES, copy, NULL);
}

/**
 * td_history_add_intervals:
 * @self: a history
 * @intervals: what a source counted, from a whole minute on, in steps of whole
 *   minutes; others are not taken
 *
 * Adds many minutes at once. A longer step is spread evenly over its minutes,
 * so that its sums stay what they are; a minute that was counted by itself goes
 * before. A caller with more than a few pieces awaits td_history_flush_async()
 * between them: of those that wait for the disk the oldest are given up.
 */
void
td_history_add_intervals (TdHistory   *self,
                          TdIntervals *intervals)
{
  TdHistoryJob *job;

  g_return_if_fail (TD_IS_HISTORY (self));
  g_return_if_fail (intervals != NULL);

  if (self->thread == NULL || td_intervals_get_from (intervals) < 0 ||
      td_intervals_get_from (intervals) % TD_HISTORY_MINUTE_US != 0 ||
      td_intervals_get_step (intervals) % TD_HISTORY_MINUTE_US != 0)
    return;

  job = g_new0 (TdHistoryJob, 1);
  job->kind = TD_HISTORY_JOB_INTERVALS;
  job->intervals = td_intervals_ref (intervals);
  g_async_queue_push (self->jobs, job);
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
  TdHistoryJob *job;

  g_return_if_fail (TD_IS_HISTORY (self));
  g_return_if_fail (now > 0);

  if (self->thread == NULL)
    return;

  job = g_new0 (TdHistoryJob, 1);
  job->kind = TD_HISTORY_JOB_TIDY;
  job->now = now;
  job->days = self->days;
  job->spans_days = self->spans_days;
  job->samples_days = self->samples_days;
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
    push (self, TD_HISTORY_JOB_FLUSH, NULL, g_steal_pointer (&task));
}

gboolean
td_history_flush_finish (TdHistory    *self,
                         GAsyncResult *result,
                         GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * td_history_get_marks:
 * @self: a history
 *
 * What was marked, as it is remembered here; the file's marks come soon after
 * td_history_new(), which TdHistory::marks-changed tells.
 *
 * Returns: (transfer container) (element-type TdHistoryMark): the marks by
 *   their begin; they stay as they are while the array is held
 */
GPtrArray *
td_history_get_marks (TdHistory *self)
{
  g_return_val_if_fail (TD_IS_HISTORY (self), NULL);

  return g_ptr_array_ref (self->marks);
}

static void
touch_mark (TdHistory           *self,
            gint64               id,
            const TdHistoryMark *mark)
{
  TdHistoryJob *job;

  g_hash_table_add (self->touched_marks, g_memdup2 (&id, sizeof id));
  if (self->thread == NULL)
    return;

  job = g_new0 (TdHistoryJob, 1);
  job->kind = TD_HISTORY_JOB_MARK;
  job->id = id;
  job->mark = mark != NULL ? td_history_mark_copy (mark) : NULL;
  g_async_queue_push (self->jobs, job);
}

/* The marks that are handed out do not change under their reader. */
static GPtrArray *
copy_marks (GPtrArray *marks)
{
  GPtrArray *copy = td_history_marks_new ();

  for (guint i = 0; i < marks->len; i++)
    g_ptr_array_add (copy, td_history_mark_copy (g_ptr_array_index (marks, i)));

  return copy;
}

/**
 * td_history_set_mark:
 * @self: a history
 * @mark: what a person said; copied, its text cut at 200 bytes
 *
 * Adds a mark, whose id is 0, or puts it in the place of the one with its id.
 *
 * Returns: its id, or 0 where it was not taken: it ends before it begins, or
 *   there are %TD_HISTORY_MAX_MARKS already
 */
gint64
td_history_set_mark (TdHistory           *self,
                     const TdHistoryMark *mark)
{
  g_autoptr (GPtrArray) marks = NULL;
  TdHistoryMark *copy;

  g_return_val_if_fail (TD_IS_HISTORY (self), 0);
  g_return_val_if_fail (mark != NULL && mark->id >= 0, 0);

  if (!td_history_mark_is_sound (mark) ||
      (self->marks->len >= TD_HISTORY_MAX_MARKS && td_history_marks_find (self->marks, mark->id) < 0))
    return 0;

  copy = td_history_mark_copy (mark);
  /* By the clock, so that no mark has it that is still to be read. */
  if (copy->id == 0)
    copy->id = MAX (g_get_real_time (), self->last_mark_id + 1);
  self->last_mark_id = MAX (self->last_mark_id, copy->id);
  touch_mark (self, copy->id, copy);

  marks = copy_marks (self->marks);
  td_history_marks_put (marks, copy);
  set_marks (self, g_steal_pointer (&marks));

  return copy->id;
}

/**
 * td_history_remove_mark:
 * @self: a history
 * @id: of a mark
 *
 * Undoes it.
 */
void
td_history_remove_mark (TdHistory *self,
                        gint64     id)
{
  g_autoptr (GPtrArray) marks = NULL;
  int index;

  g_return_if_fail (TD_IS_HISTORY (self));

  index = td_history_marks_find (self->marks, id);
  if (index < 0)
    return;

  touch_mark (self, id, NULL);
  marks = copy_marks (self->marks);
  g_ptr_array_remove_index (marks, (guint)index);
  set_marks (self, g_steal_pointer (&marks));
}
