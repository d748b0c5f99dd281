/* td-intervals.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-intervals.h"

typedef struct
{
  char       *id;   /* (owned) */
  TdInterval *rows; /* (owned) (array length=n_intervals) */
} Series;

struct _TdIntervals
{
  gatomicrefcount ref_count;
  gint64          from;
  gint64          step_us;
  guint           n_intervals;
  GArray         *series; /* (owned) (element-type Series) */
};

G_DEFINE_BOXED_TYPE (TdIntervals, td_intervals, td_intervals_ref, td_intervals_unref)

static void
clear_series (gpointer data)
{
  Series *series = data;

  g_free (series->id);
  g_free (series->rows);
}

/**
 * td_intervals_new:
 * @from: start of the first interval, µs since 1970
 * @step_us: length of each, µs
 * @n_intervals: how many
 *
 * Returns: (transfer full): intervals without a queue yet
 */
TdIntervals *
td_intervals_new (gint64 from,
                  gint64 step_us,
                  guint  n_intervals)
{
  g_return_val_if_fail (step_us > 0, NULL);
  g_return_val_if_fail (n_intervals <= TD_MAX_INTERVALS, NULL);

  TdIntervals *self = g_new0 (TdIntervals, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->from = from;
  self->step_us = step_us;
  self->n_intervals = n_intervals;
  self->series = g_array_new (FALSE, FALSE, sizeof (Series));
  g_array_set_clear_func (self->series, clear_series);

  return self;
}

TdIntervals *
td_intervals_ref (TdIntervals *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

void
td_intervals_unref (TdIntervals *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_array_unref (self->series);
  g_free (self);
}

/**
 * td_intervals_add_queue:
 * @self: intervals that no other thread sees yet
 * @queue_id: id of a queue
 *
 * Returns: (transfer none) (array): the queue's intervals, each a gap with everything unknown, to fill in
 */
TdInterval *
td_intervals_add_queue (TdIntervals *self,
                        const char  *queue_id)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (queue_id != NULL, NULL);

  Series series = { g_strdup (queue_id), g_new (TdInterval, MAX (self->n_intervals, 1)) };

  for (guint i = 0; i < self->n_intervals; i++)
    {
      series.rows[i] = (TdInterval){
        .observed_s = 0,
        .counts = TD_COUNTS_UNKNOWN,
        .max_waiting = TD_UNKNOWN,
        .serving = TD_UNKNOWN,
      };
    }
  g_array_append_val (self->series, series);

  return series.rows;
}

gint64
td_intervals_get_from (TdIntervals *self)
{
  g_return_val_if_fail (self != NULL, TD_UNKNOWN);

  return self->from;
}

/**
 * td_intervals_get_step:
 * @self: intervals
 *
 * Returns: the length of an interval, µs
 */
gint64
td_intervals_get_step (TdIntervals *self)
{
  g_return_val_if_fail (self != NULL, TD_UNKNOWN);

  return self->step_us;
}

guint
td_intervals_get_n_intervals (TdIntervals *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_intervals;
}

guint
td_intervals_get_n_queues (TdIntervals *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->series->len;
}

const char *
td_intervals_get_queue (TdIntervals *self,
                        guint        index)
{
  g_return_val_if_fail (self != NULL && index < self->series->len, NULL);

  return g_array_index (self->series, Series, index).id;
}

const TdInterval *
td_intervals_get_rows (TdIntervals *self,
                       guint        index)
{
  g_return_val_if_fail (self != NULL && index < self->series->len, NULL);

  return g_array_index (self->series, Series, index).rows;
}
