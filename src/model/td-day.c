/* td-day.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-day.h"

#include <math.h>
#include <string.h>

#include "td-metrics.h"
#include "td-time.h"

/* The centre was not looked at for longer than this: what it counted meanwhile
 * belongs to no minute that is known. */
#define MAX_BLIND_US (75 * G_USEC_PER_SEC)

#define MINUTE_US (G_GINT64_CONSTANT (60) * G_USEC_PER_SEC)

/* What one queue was offered, minute by minute; NAN where it is not known. */
typedef struct
{
  gint64 last_offered; /* the queue's counter, or TD_UNKNOWN */
  float  offered[TD_DAY_MINUTES];
} Minutes;

struct _TdDay
{
  GObject parent_instance;

  TdCentre   *centre; /* (owned) */
  gulong      changed_id;
  gint64      start;
  gint64      covered_from;  /* observed without a break from here … */
  gint64      covered_until; /* … to here, or TD_UNKNOWN */
  GHashTable *queues;        /* (owned): queue id (string) -> Minutes */
  guint8      observed[TD_DAY_MINUTES];
};

enum {
  CHANGED,
  GAP,
  N_SIGNALS
};

G_DEFINE_FINAL_TYPE (TdDay, td_day, G_TYPE_OBJECT)

static guint signals[N_SIGNALS];

static Minutes *
get_minutes (TdDay      *self,
             const char *queue_id)
{
  Minutes *minutes = g_hash_table_lookup (self->queues, queue_id);

  if (minutes == NULL)
    {
      minutes = g_new0 (Minutes, 1);
      minutes->last_offered = TD_UNKNOWN;
      g_hash_table_insert (self->queues, g_strdup (queue_id), minutes);
    }

  return minutes;
}

static void
clear_day (TdDay *self,
           gint64 start)
{
  g_hash_table_remove_all (self->queues);
  memset (self->observed, 0, sizeof self->observed);
  self->start = start;
  self->covered_from = TD_UNKNOWN;
  self->covered_until = TD_UNKNOWN;
}

static int
get_minute (TdDay *self,
            gint64 time)
{
  if (self->start == TD_UNKNOWN || time < self->start)
    return -1;

  return (int)MIN ((time - self->start) / MINUTE_US, TD_DAY_MINUTES - 1);
}

/* Carries the observed time on to @at, and returns whether it was unbroken. */
static gboolean
cover (TdDay *self,
       gint64 at)
{
  gboolean unbroken = self->covered_until != TD_UNKNOWN &&
                      at >= self->covered_until && at - self->covered_until <= MAX_BLIND_US;

  if (!unbroken)
    {
      gboolean first = self->covered_until == TD_UNKNOWN;

      self->covered_from = at;
      self->covered_until = at;
      if (!first)
        g_signal_emit (self, signals[GAP], 0);
    }
  else
    {
      int last = get_minute (self, at);

      for (int minute = get_minute (self, self->covered_until); minute >= 0 && minute < last; minute++)
        {
          if (self->covered_from <= self->start + minute * MINUTE_US)
            self->observed[minute] = TRUE;
        }
    }
  self->covered_until = at;

  return unbroken;
}

static void
count (TdDay   *self,
       TdQueue *queue,
       int      minute,
       gboolean unbroken)
{
  const TdQueueInfo *info = td_queue_get_info (queue);
  Minutes           *minutes = get_minutes (self, info->id);
  gint64             offered = info->today.offered;

  if (unbroken && minute >= 0 && TD_IS_KNOWN (offered) && TD_IS_KNOWN (minutes->last_offered) &&
      offered > minutes->last_offered)
    minutes->offered[minute] += (float)(offered - minutes->last_offered);
  minutes->last_offered = offered;
}

static void
changed_cb (TdCentre  *centre,
            TdChanges *changes,
            TdDay     *self)
{
  gint64   at = td_centre_get_at (centre);
  gint64   start = td_centre_get_info (centre)->day_start;
  gboolean unbroken;
  int      minute;

  if (at < 0)
    return;
  if (!TD_IS_KNOWN (start) || start > at || at - start >= TD_DAY_MINUTES * MINUTE_US)
    start = td_time_day_start (at, td_centre_get_timezone (centre));
  if (start != self->start)
    clear_day (self, start);

  unbroken = cover (self, at) && !changes->new_instance;
  minute = get_minute (self, at);
  if (unbroken)
    {
      for (guint i = 0; i < changes->queues_added->len; i++)
        count (self, g_ptr_array_index (changes->queues_added, i), minute, TRUE);
      for (guint i = 0; i < changes->queues_changed->len; i++)
        count (self, g_ptr_array_index (changes->queues_changed, i), minute, TRUE);
    }
  else
    {
      TdRoster *queues = td_centre_get_queues (centre);

      for (guint i = 0; i < td_roster_get_size (queues); i++)
        count (self, td_roster_get (queues, i), minute, FALSE);
    }

  g_signal_emit (self, signals[CHANGED], 0);
}

static void
td_day_dispose (GObject *object)
{
  TdDay *self = TD_DAY (object);

  g_clear_signal_handler (&self->changed_id, self->centre);
  g_clear_object (&self->centre);

  G_OBJECT_CLASS (td_day_parent_class)->dispose (object);
}

static void
td_day_finalize (GObject *object)
{
  TdDay *self = TD_DAY (object);

  g_clear_pointer (&self->queues, g_hash_table_unref);

  G_OBJECT_CLASS (td_day_parent_class)->finalize (object);
}

static void
td_day_class_init (TdDayClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = td_day_dispose;
  object_class->finalize = td_day_finalize;

  signals[CHANGED] =
    g_signal_new ("changed",
                  G_TYPE_FROM_CLASS (klass),
                  G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);

  signals[GAP] =
    g_signal_new ("gap",
                  G_TYPE_FROM_CLASS (klass),
                  G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);
}

static void
td_day_init (TdDay *self)
{
  self->queues = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  clear_day (self, TD_UNKNOWN);
}

/**
 * td_day_new:
 * @centre: the centre whose counters are followed
 *
 * Returns: (transfer full): a day of which nothing is known yet
 */
TdDay *
td_day_new (TdCentre *centre)
{
  g_return_val_if_fail (TD_IS_CENTRE (centre), NULL);

  TdDay *self = g_object_new (TD_TYPE_DAY, NULL);

  self->centre = g_object_ref (centre);
  self->changed_id = g_signal_connect (centre, "changed", G_CALLBACK (changed_cb), self);

  return self;
}

/**
 * td_day_observe:
 * @self: a day
 * @at: the source's time
 *
 * Tells that the source was heard at @at and that nothing had changed, so that
 * a quiet minute is an observed one.
 */
void
td_day_observe (TdDay *self,
                gint64 at)
{
  g_return_if_fail (TD_IS_DAY (self));

  if (self->covered_until != TD_UNKNOWN && at > self->covered_until)
    cover (self, at);
}

static gboolean
fill (TdDay            *self,
      Minutes          *minutes,
      gint64            from,
      gint64            step,
      const TdInterval *row)
{
  guint n = (guint)(step / MINUTE_US);
  int   first = from >= self->start ? get_minute (self, from) : -1;

  if (first < 0 || n == 0 || first + (int)n > TD_DAY_MINUTES ||
      row->observed_s < step / G_USEC_PER_SEC || !TD_IS_KNOWN (row->counts.offered))
    return FALSE;

  for (guint i = 0; i < n; i++)
    {
      minutes->offered[first + (int)i] = (float)row->counts.offered / (float)n;
      self->observed[first + (int)i] = TRUE;
    }

  return TRUE;
}

/**
 * td_day_back_fill:
 * @self: a day
 * @intervals: what the source counted, in steps of whole minutes
 *
 * Takes over the minutes that the source observed wholly; its own count of a
 * minute is better than ours. A longer step is spread evenly over its minutes.
 */
void
td_day_back_fill (TdDay       *self,
                  TdIntervals *intervals)
{
  gboolean filled = FALSE;
  gint64   step;

  g_return_if_fail (TD_IS_DAY (self));
  g_return_if_fail (intervals != NULL);

  step = td_intervals_get_step (intervals);
  if (self->start == TD_UNKNOWN || step % MINUTE_US != 0)
    return;

  for (guint i = 0; i < td_intervals_get_n_queues (intervals); i++)
    {
      Minutes          *minutes = get_minutes (self, td_intervals_get_queue (intervals, i));
      const TdInterval *rows = td_intervals_get_rows (intervals, i);

      for (guint j = 0; j < td_intervals_get_n_intervals (intervals); j++)
        filled |= fill (self, minutes, td_intervals_get_from (intervals) + j * step, step, &rows[j]);
    }

  if (filled)
    g_signal_emit (self, signals[CHANGED], 0);
}

/**
 * td_day_get_start:
 * @self: a day
 *
 * Returns: when the day began, µs since 1970, or %TD_UNKNOWN
 */
gint64
td_day_get_start (TdDay *self)
{
  g_return_val_if_fail (TD_IS_DAY (self), TD_UNKNOWN);

  return self->start;
}

/**
 * td_day_get_n_minutes:
 * @self: a day
 *
 * Returns: how many whole minutes of the day have passed
 */
guint
td_day_get_n_minutes (TdDay *self)
{
  g_return_val_if_fail (TD_IS_DAY (self), 0);

  return (guint)MAX (get_minute (self, self->covered_until), 0);
}

static void
add_minutes (TdDay         *self,
             const Minutes *minutes,
             double        *sums,
             guint          n_minutes)
{
  for (guint i = 0; i < n_minutes; i++)
    sums[i] += minutes->offered[i];
}

/**
 * td_day_get_offered:
 * @self: a day
 * @queue_id: (nullable): one queue, or all
 * @minutes: (out) (array length=n_minutes): calls offered in each minute, NAN where it was not observed
 * @n_minutes: how many from the day's start, %TD_DAY_MINUTES at most
 */
void
td_day_get_offered (TdDay      *self,
                    const char *queue_id,
                    double     *minutes,
                    guint       n_minutes)
{
  g_return_if_fail (TD_IS_DAY (self));
  g_return_if_fail (n_minutes <= TD_DAY_MINUTES);

  for (guint i = 0; i < n_minutes; i++)
    minutes[i] = 0;

  if (queue_id == NULL)
    {
      GHashTableIter iter;
      gpointer       value;

      g_hash_table_iter_init (&iter, self->queues);
      while (g_hash_table_iter_next (&iter, NULL, &value))
        add_minutes (self, value, minutes, n_minutes);
    }
  else
    {
      const Minutes *one = g_hash_table_lookup (self->queues, queue_id);

      if (one != NULL)
        add_minutes (self, one, minutes, n_minutes);
    }

  for (guint i = 0; i < n_minutes; i++)
    {
      if (!self->observed[i])
        minutes[i] = NAN;
    }
}

/**
 * td_day_get_rate:
 * @self: a day
 * @queue_id: (nullable): one queue, or all
 * @window: minutes of the sliding window, e.g. 15
 * @rates: (out) (array length=n_minutes): calls in the @window minutes up to
 *   the end of each minute, NAN where one of them was not observed
 * @n_minutes: how many from the day's start, %TD_DAY_MINUTES at most
 *
 * The day's first @window − 1 minutes have no rate: their window reaches into
 * the day before.
 */
void
td_day_get_rate (TdDay      *self,
                 const char *queue_id,
                 guint       window,
                 double     *rates,
                 guint       n_minutes)
{
  g_return_if_fail (TD_IS_DAY (self));
  g_return_if_fail (window >= 1);
  g_return_if_fail (n_minutes <= TD_DAY_MINUTES);

  g_autofree double *minutes = g_new (double, n_minutes + 1);
  double             sum = 0;
  guint              known = 0;

  td_day_get_offered (self, queue_id, minutes, n_minutes);
  for (guint i = 0; i < n_minutes; i++)
    {
      if (!isnan (minutes[i]))
        {
          sum += minutes[i];
          known++;
        }
      if (i >= window && !isnan (minutes[i - window]))
        {
          sum -= minutes[i - window];
          known--;
        }
      rates[i] = known == window ? sum : NAN;
    }
}
