/* td-past-day.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-past-day.h"

#include <math.h>

#include "td-outlook-private.h"
#include "td-outlook-reading-private.h"
#include "td-outlook-sum-private.h"

struct _TdPastDay
{
  GObject parent_instance;

  TdLocalDay day;
  guint      n_minutes;
  gboolean   any; /* something is remembered of it */
  gboolean   has_normal;
  GPtrArray *streams; /* (owned) (element-type TdOutlookStream) */
};

G_DEFINE_FINAL_TYPE (TdPastDay, td_past_day, G_TYPE_OBJECT)

static void
td_past_day_finalize (GObject *object)
{
  g_ptr_array_unref (TD_PAST_DAY (object)->streams);

  G_OBJECT_CLASS (td_past_day_parent_class)->finalize (object);
}

static void
td_past_day_class_init (TdPastDayClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = td_past_day_finalize;
}

static void
td_past_day_init (TdPastDay *self)
{
  self->streams = g_ptr_array_new_with_free_func ((GDestroyNotify)td_outlook_stream_free);
}

static gboolean
has_queue (const TdOutlookStream *stream,
           const char            *queue)
{
  return stream->kind == TD_STREAM_ALL ||
         (stream->queues != NULL && g_strv_contains ((const char *const *)stream->queues, queue));
}

/* A queue of which there is nothing all day did not exist then. */
static gboolean
was_observed (const TdInterval *rows,
              guint             n_rows)
{
  for (guint i = 0; i < n_rows; i++)
    {
      if (rows[i].observed_s > 0)
        return TRUE;
    }

  return FALSE;
}

static void
add_queue (TdPastDay        *self,
           TdOutlookStream  *stream,
           const TdInterval *rows,
           guint             n_rows)
{
  gboolean is_first = stream->n_minutes == 0;

  stream->n_minutes = self->n_minutes;
  for (guint i = 0; i < self->n_minutes; i++)
    {
      double offered = NAN;

      if (i < n_rows && rows[i].observed_s > 0 && TD_IS_KNOWN (rows[i].counts.offered))
        offered = (double)rows[i].counts.offered;
      stream->minutes[i] = is_first ? offered : stream->minutes[i] + offered;
    }
}

static void
read_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  TdPastDay *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (TdIntervals) intervals = td_history_read_finish (TD_HISTORY (object), result, &error);

  if (intervals == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  for (guint q = 0; q < td_intervals_get_n_queues (intervals); q++)
    {
      const char       *queue = td_intervals_get_queue (intervals, q);
      const TdInterval *rows = td_intervals_get_rows (intervals, q);
      guint             n_rows = td_intervals_get_n_intervals (intervals);

      if (!was_observed (rows, n_rows))
        continue;

      self->any = TRUE;
      for (guint i = 0; i < self->streams->len; i++)
        {
          TdOutlookStream *stream = g_ptr_array_index (self->streams, i);

          if (has_queue (stream, queue))
            add_queue (self, stream, rows, n_rows);
        }
    }
  g_task_return_pointer (task, g_object_ref (self), g_object_unref);
}

static void
read_minutes (GTask     *task,
              TdHistory *history)
{
  TdPastDay *self = g_task_get_task_data (task);

  td_history_read_async (history, NULL, self->day.start, self->day.start + self->n_minutes * TD_HISTORY_MINUTE_US,
                         g_task_get_cancellable (task), read_cb, task);
}

static void
learnt_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  TdPastDay *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (TdOutlookLearning) learning = td_outlook_read_finish (TD_HISTORY (object), result, &error);

  if (learning == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  for (guint i = 0; i < td_outlook_learning_get_n_lessons (learning); i++)
    {
      const TdOutlookLesson *lesson = td_outlook_learning_get_lesson (learning, i);
      TdOutlookStream       *stream = td_outlook_streams_find (self->streams, lesson->kind, lesson->id);

      if (stream == NULL)
        continue;

      td_outlook_stream_begin_day (stream, &self->day, lesson->normal, self->streams->len);
      stream->days_learnt = lesson->days_learnt;
      self->has_normal |= stream->normal != NULL;
    }
  read_minutes (g_steal_pointer (&task), TD_HISTORY (object));
}

static void
flushed_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  /* A history that cannot be written to can be read all the same. */
  if (!td_history_flush_finish (TD_HISTORY (object), result, &error))
    g_debug ("Reading a day without the last minutes: %s", error->message);
  read_minutes (user_data, TD_HISTORY (object));
}

static TdPastDay *
prepare (TdOutlook *outlook,
         guint      julian)
{
  TdPastDay *self = g_object_new (TD_TYPE_PAST_DAY, NULL);
  GTimeZone *zone = td_centre_get_timezone (outlook->centre);

  td_local_day_init (&self->day, td_local_day_get_midnight (julian, zone), zone);
  self->n_minutes = MIN (self->day.n_slots * TD_LOCAL_DAY_SLOT_MINUTES, TD_DAY_MINUTES);
  for (guint i = 0; i < outlook->streams->len; i++)
    {
      const TdOutlookStream *known = g_ptr_array_index (outlook->streams, i);
      TdOutlookStream       *stream = td_outlook_stream_new (known->kind, known->id);

      g_strfreev (stream->queues);
      stream->queues = g_strdupv (known->queues);
      td_outlook_stream_begin_day (stream, &self->day, NULL, outlook->streams->len);
      g_ptr_array_add (self->streams, stream);
    }

  return self;
}

/**
 * td_past_day_read_async:
 * @outlook: whose history is read
 * @julian: the date, as of g_date_get_julian(), before today
 * @with_normal: whether what was normal for it is learnt, which takes far longer
 * @cancellable: (nullable): to give it up
 *
 * Reads the day for the streams that @outlook has now.
 */
void
td_past_day_read_async (TdOutlook          *outlook,
                        guint               julian,
                        gboolean            with_normal,
                        GCancellable       *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer            user_data)
{
  g_autoptr (GTask) task = NULL;
  TdPastDay *self;

  g_return_if_fail (TD_IS_OUTLOOK (outlook));
  g_return_if_fail (g_date_valid_julian (julian));

  task = g_task_new (outlook, cancellable, callback, user_data);
  g_task_set_source_tag (task, td_past_day_read_async);
  self = prepare (outlook, julian);
  g_task_set_task_data (task, self, g_object_unref);

  if (outlook->history == NULL)
    g_task_return_pointer (task, g_object_ref (self), g_object_unref);
  else if (with_normal)
    td_outlook_read_async (outlook->history, td_outlook_make_learning (outlook, julian), cancellable, learnt_cb,
                           g_steal_pointer (&task));
  else
    td_history_flush_async (outlook->history, cancellable, flushed_cb, g_steal_pointer (&task));
}

/**
 * td_past_day_read_finish:
 *
 * Returns: (transfer full) (nullable): the day; one of which nothing is
 *   remembered is empty
 */
TdPastDay *
td_past_day_read_finish (TdOutlook    *outlook,
                         GAsyncResult *result,
                         GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, outlook), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

guint
td_past_day_get_julian (TdPastDay *self)
{
  g_return_val_if_fail (TD_IS_PAST_DAY (self), 0);

  return self->day.julian;
}

/**
 * td_past_day_get_start:
 * @self: a past day
 *
 * Returns: its midnight, µs since 1970
 */
gint64
td_past_day_get_start (TdPastDay *self)
{
  g_return_val_if_fail (TD_IS_PAST_DAY (self), 0);

  return self->day.start;
}

guint
td_past_day_get_n_minutes (TdPastDay *self)
{
  g_return_val_if_fail (TD_IS_PAST_DAY (self), 0);

  return self->n_minutes;
}

/**
 * td_past_day_is_empty:
 * @self: a past day
 *
 * Returns: whether nothing is remembered of it
 */
gboolean
td_past_day_is_empty (TdPastDay *self)
{
  g_return_val_if_fail (TD_IS_PAST_DAY (self), TRUE);

  return !self->any;
}

/**
 * td_past_day_has_normal:
 * @self: a past day
 *
 * Returns: whether it was read with what was normal, and something was
 */
gboolean
td_past_day_has_normal (TdPastDay *self)
{
  g_return_val_if_fail (TD_IS_PAST_DAY (self), FALSE);

  return self->has_normal;
}

/**
 * td_past_day_get_rates:
 * @self: a past day
 * @kind: what @id is
 * @id: a stream of calls
 * @window: minutes that are counted together, 1 or more
 * @rates: (out) (array length=n_minutes): calls in the @window minutes up to
 *   the end of each minute; NAN where not all of them were observed
 * @n_minutes: %TD_DAY_MINUTES at most
 */
void
td_past_day_get_rates (TdPastDay   *self,
                       TdStreamKind kind,
                       const char  *id,
                       guint        window,
                       double      *rates,
                       guint        n_minutes)
{
  const TdOutlookStream *stream;
  double                 minutes[TD_DAY_MINUTES];

  g_return_if_fail (TD_IS_PAST_DAY (self));
  g_return_if_fail (id != NULL);
  g_return_if_fail (window >= 1);
  g_return_if_fail (n_minutes <= TD_DAY_MINUTES);

  stream = td_outlook_streams_find (self->streams, kind, id);
  for (guint i = 0; i < n_minutes; i++)
    minutes[i] = stream != NULL && i < stream->n_minutes ? stream->minutes[i] : NAN;
  td_outlook_minutes_slide (minutes, window, rates, n_minutes);
}

/**
 * td_past_day_get_normal:
 * @self: a past day
 * @kind: what @id is
 * @id: a stream of calls
 * @window: minutes that are counted together, 1 or more
 * @ranges: (out) (array length=n_minutes): what was normal, as foreseen in the
 *   morning of that day; NAN where nothing is known
 * @n_minutes: %TD_DAY_MINUTES at most
 */
void
td_past_day_get_normal (TdPastDay      *self,
                        TdStreamKind    kind,
                        const char     *id,
                        guint           window,
                        TdOutlookRange *ranges,
                        guint           n_minutes)
{
  TdOutlookStream *stream;

  g_return_if_fail (TD_IS_PAST_DAY (self));
  g_return_if_fail (id != NULL);
  g_return_if_fail (window >= 1);
  g_return_if_fail (n_minutes <= TD_DAY_MINUTES);

  stream = td_outlook_streams_find (self->streams, kind, id);
  if (stream != NULL)
    td_outlook_stream_get_normal (stream, window, ranges, n_minutes);
  for (guint i = 0; i < n_minutes && stream == NULL; i++)
    ranges[i] = td_outlook_range_unknown;
}

/**
 * td_past_day_get_normal_of:
 * @self: a past day
 * @kind: what @id is
 * @id: a stream of calls
 * @wanted: (array length=n_minutes): which minutes of the day
 * @n_minutes: %TD_DAY_MINUTES at most
 * @range: (out): what was normal for all of them together; NAN where it is not known
 */
void
td_past_day_get_normal_of (TdPastDay      *self,
                           TdStreamKind    kind,
                           const char     *id,
                           const gboolean *wanted,
                           guint           n_minutes,
                           TdOutlookRange *range)
{
  const TdOutlookStream *stream;

  g_return_if_fail (TD_IS_PAST_DAY (self));
  g_return_if_fail (id != NULL);
  g_return_if_fail (n_minutes <= TD_DAY_MINUTES);

  stream = td_outlook_streams_find (self->streams, kind, id);
  *range = td_outlook_range_unknown;
  if (stream != NULL)
    td_outlook_stream_get_normal_of (stream, wanted, n_minutes, range);
}

/**
 * td_past_day_get_days_learnt:
 * @self: a past day
 *
 * Returns: from how many days all of the centre's normal was learnt; 0 where
 *   it was not read
 */
guint
td_past_day_get_days_learnt (TdPastDay *self)
{
  const TdOutlookStream *stream;

  g_return_val_if_fail (TD_IS_PAST_DAY (self), 0);

  stream = td_outlook_streams_find (self->streams, TD_STREAM_ALL, "");

  return stream != NULL ? stream->days_learnt : 0;
}
