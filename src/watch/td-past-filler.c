/* td-past-filler.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-past-filler.h"

#define MINUTE_US TD_HISTORY_MINUTE_US
#define DAY_US G_TIME_SPAN_DAY

/* What one request may bring: two days of ten queues by minutes. The answer is
 * parsed into a tree, which takes a kilobyte a row. */
#define MAX_ROWS 30000
#define MAX_DAYS 31

/* The first piece is small, so that there is something to learn from. */
#define FIRST_DAYS 2

/* A source that knows nothing of so long a time knows nothing before it. */
#define MAX_EMPTY_DAYS 35

#define MAX_RANGES 16
#define MAX_FAILURES 10
#define RETRY_MS 5000
#define RETRY_MAX_MS (5 * 60 * 1000)
#define DEADLINE_MS 60000

/* The source rests half as long as it worked, once there is enough to learn
 * what is normal. */
#define EAGER_DAYS 60
#define MIN_REST_MS 10
#define MAX_REST_MS 3000

#define FIRST_NEWS_MS 1500
#define MAX_NEWS_MS 30000

typedef struct
{
  gint64 from;
  gint64 to;
} Range;

typedef struct
{
  GWeakRef filler;
  guint    generation;
} Step;

struct _TdPastFiller
{
  GObject parent_instance;

  TdBackend *backend; /* (owned) */
  TdPoller  *poller;  /* (owned) */
  TdCentre  *centre;  /* (owned) */
  TdHistory *history; /* (owned) */

  GQueue        ranges;     /* (element-type Range): still to be filled, the newest first */
  Range        *range;      /* (nullable): of these, the one that is worked at */
  Range         piece;      /* of it, what is worked at */
  Range         asked;      /* of it, what the history has not */
  gint64        asked_at;   /* monotonic */
  gint64        top;        /* filled, or to be filled, up to here, or TD_UNKNOWN */
  gint64        empty_us;   /* what the source knew nothing of, without a break */
  guint         step_s;     /* of the request */
  guint         max_days;   /* of a piece */
  guint         n_failures; /* of the piece */
  guint         generation; /* of the work under way; another one was given up */
  gboolean      working;
  gboolean      news_due; /* an answer is on its way to the disk */
  gboolean      held;
  gboolean      unsupported;
  guint         next_source;
  guint         deadline_source;
  guint         news_source;
  guint         news_ms;
  GCancellable *cancellable; /* (owned) (nullable) */
};

enum {
  FILLED,
  N_SIGNALS
};

G_DEFINE_FINAL_TYPE (TdPastFiller, td_past_filler, G_TYPE_OBJECT)

static guint signals[N_SIGNALS];

static void begin_piece (TdPastFiller *self);

static gint64
floor_to (gint64 time,
          gint64 unit)
{
  return time - time % unit;
}

/* --- telling -------------------------------------------------------------- */

static gboolean
news_cb (gpointer user_data)
{
  TdPastFiller *self = user_data;

  self->news_source = 0;
  g_signal_emit (self, signals[FILLED], 0);

  return G_SOURCE_REMOVE;
}

/* Who learns from the history does it anew each time. */
static void
tell (TdPastFiller *self)
{
  if (self->news_source != 0)
    return;

  self->news_source = g_timeout_add (self->news_ms, news_cb, self);
  self->news_ms = MIN (self->news_ms * 2, MAX_NEWS_MS);
}

static void
tell_end (TdPastFiller *self)
{
  self->news_ms = FIRST_NEWS_MS;
  if (self->news_source == 0)
    return;

  g_clear_handle_id (&self->news_source, g_source_remove);
  self->news_source = g_timeout_add (FIRST_NEWS_MS, news_cb, self);
}

/* --- working -------------------------------------------------------------- */

static gboolean
next_cb (gpointer user_data)
{
  TdPastFiller *self = user_data;

  self->next_source = 0;
  begin_piece (self);

  return G_SOURCE_REMOVE;
}

static void
schedule (TdPastFiller *self,
          guint         delay_ms)
{
  self->working = FALSE;
  g_clear_handle_id (&self->next_source, g_source_remove);
  self->next_source = g_timeout_add (delay_ms, next_cb, self);
}

static void
give_up_work (TdPastFiller *self)
{
  g_autoptr (GCancellable) cancellable = g_steal_pointer (&self->cancellable);

  self->generation++;
  self->working = FALSE;
  g_clear_handle_id (&self->next_source, g_source_remove);
  g_clear_handle_id (&self->deadline_source, g_source_remove);

  if (cancellable != NULL)
    g_cancellable_cancel (cancellable);
}

static Step *
step_new (TdPastFiller *self)
{
  Step *step = g_new0 (Step, 1);

  g_weak_ref_init (&step->filler, self);
  step->generation = self->generation;

  return step;
}

/* Returns (transfer full) (nullable): the filler, unless this work was given up. */
static TdPastFiller *
step_end (Step *step)
{
  TdPastFiller *self = g_weak_ref_get (&step->filler);

  if (self != NULL && self->generation != step->generation)
    g_clear_object (&self);
  g_weak_ref_clear (&step->filler);
  g_free (step);

  return self;
}

static void
end_range (TdPastFiller *self)
{
  g_queue_remove (&self->ranges, self->range);
  g_clear_pointer (&self->range, g_free);
  self->empty_us = 0;
}

/* The piece is done, or given up. */
static void
end_piece (TdPastFiller *self)
{
  gint64 rest = 0;

  self->n_failures = 0;
  self->max_days = MIN (self->max_days * 2, MAX_DAYS);
  self->range->to = self->piece.from;
  if (self->range->to <= self->range->from || self->empty_us >= MAX_EMPTY_DAYS * DAY_US)
    end_range (self);

  if (self->top - self->piece.from > EAGER_DAYS * DAY_US)
    rest = (g_get_monotonic_time () - self->asked_at) / G_TIME_SPAN_MILLISECOND / 2;
  schedule (self, (guint)CLAMP (rest, MIN_REST_MS, MAX_REST_MS));
}

static void
retry (TdPastFiller *self)
{
  guint delay = MIN (RETRY_MS << MIN (self->n_failures, 8), RETRY_MAX_MS);
  guint asked = MIN (td_backend_get_retry_after (self->backend), RETRY_MAX_MS / 1000) * 1000;

  /* It may have been too much, or there is something in it that the source
   * cannot tell. */
  self->max_days = MAX (self->max_days / 2, 1);
  if (++self->n_failures >= MAX_FAILURES)
    end_piece (self);
  schedule (self, MAX (delay / 2 + (guint)g_random_int_range (0, (int)delay / 2 + 1), asked));
}

static gboolean
has_observed (TdIntervals *intervals)
{
  for (guint i = 0; i < td_intervals_get_n_queues (intervals); i++)
    {
      const TdInterval *rows = td_intervals_get_rows (intervals, i);

      for (guint j = 0; j < td_intervals_get_n_intervals (intervals); j++)
        {
          if (rows[j].observed_s > 0)
            return TRUE;
        }
    }

  return FALSE;
}

static void
answered_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (TdPastFiller) self = step_end (user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (TdIntervals) intervals = td_backend_intervals_finish (TD_BACKEND (object), result, &error);

  if (self == NULL)
    return;

  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->deadline_source, g_source_remove);
  if (intervals == NULL)
    {
      g_info ("The past could not be had: %s", error->message);
      if (g_error_matches (error, TD_BACKEND_ERROR, TD_BACKEND_ERROR_UNSUPPORTED))
        {
          self->unsupported = TRUE;
          td_past_filler_stop (self);
        }
      else
        retry (self);
    }
  else if (has_observed (intervals))
    {
      self->empty_us = 0;
      td_history_add_intervals (self->history, intervals);
      self->news_due = TRUE;
      end_piece (self);
    }
  else
    {
      self->empty_us += self->piece.to - self->piece.from;
      end_piece (self);
    }
}

static gboolean
deadline_cb (gpointer user_data)
{
  TdPastFiller *self = user_data;

  self->deadline_source = 0;
  give_up_work (self);
  retry (self);

  return G_SOURCE_REMOVE;
}

/* A minute that no queue was observed in is a gap. Narrows the piece to what
 * lies between its first and its last one. */
static gboolean
find_gaps (TdPastFiller *self,
           TdIntervals  *intervals)
{
  guint  n = td_intervals_get_n_intervals (intervals);
  gint64 from = td_intervals_get_from (intervals);
  gint64 step = self->step_s * G_TIME_SPAN_SECOND;
  gint64 first = TD_UNKNOWN, last = TD_UNKNOWN;

  for (guint i = 0; i < n; i++)
    {
      gboolean observed = FALSE;

      for (guint q = 0; q < td_intervals_get_n_queues (intervals) && !observed; q++)
        observed = td_intervals_get_rows (intervals, q)[i].observed_s >= 60;
      if (observed)
        continue;

      if (first == TD_UNKNOWN)
        first = from + i * MINUTE_US;
      last = from + (i + 1) * MINUTE_US;
    }
  if (first == TD_UNKNOWN)
    return FALSE;

  self->asked.from = floor_to (first, step);
  self->asked.to = MIN (floor_to (last + step - 1, step), floor_to (self->piece.to, step));

  return self->asked.from < self->asked.to;
}

static void
read_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (TdPastFiller) self = step_end (user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (TdIntervals) intervals = td_history_read_finish (TD_HISTORY (object), result, &error);

  if (self == NULL)
    return;

  if (error != NULL)
    {
      schedule (self, RETRY_MS);
      return;
    }

  if (!find_gaps (self, intervals))
    {
      self->empty_us = 0;
      end_piece (self);
      return;
    }

  self->asked_at = g_get_monotonic_time ();
  self->cancellable = g_cancellable_new ();
  self->deadline_source = g_timeout_add (DEADLINE_MS, deadline_cb, self);
  td_backend_intervals_async (self->backend, self->asked.from, self->asked.to, self->step_s, self->cancellable,
                              answered_cb, step_new (self));
}

/* The finest steps of which a day fits into a request. */
static void
choose_step (TdPastFiller *self,
             guint        *days)
{
  static const guint steps[] = { 60, 300, 900, 1800, 3600 };
  guint              n_queues = MAX (td_roster_get_size (td_centre_get_queues (self->centre)), 1);
  guint              i = 0;
  guint              rows;

  while (i + 1 < G_N_ELEMENTS (steps) && 86400 / steps[i] * n_queues > MAX_ROWS)
    i++;
  self->step_s = steps[i];
  rows = 86400 / self->step_s * n_queues;
  *days = MIN (MAX (MAX_ROWS / rows, 1), self->max_days);
}

static void
flushed_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (TdPastFiller) self = step_end (user_data);
  g_autoptr (GError) error = NULL;
  guint days;

  td_history_flush_finish (TD_HISTORY (object), result, &error);
  if (self == NULL)
    return;

  /* Answers wait with the history, which says itself what is wrong. */
  if (error != NULL)
    {
      schedule (self, RETRY_MS);
      return;
    }

  if (self->news_due)
    tell (self);
  self->news_due = FALSE;
  if (g_queue_is_empty (&self->ranges))
    {
      self->working = FALSE;
      tell_end (self);
      return;
    }

  choose_step (self, &days);
  self->range = g_queue_peek_head (&self->ranges);
  self->piece.to = self->range->to;
  self->piece.from = MAX (floor_to (self->range->to - 1, DAY_US) - (days - 1) * DAY_US, self->range->from);
  self->asked_at = g_get_monotonic_time ();
  td_history_read_async (self->history, NULL, self->piece.from, self->piece.to, NULL, read_cb, step_new (self));
}

/* What was told before is on the disk first. */
static void
begin_piece (TdPastFiller *self)
{
  if ((g_queue_is_empty (&self->ranges) && !self->news_due) || self->working || self->held || self->unsupported)
    return;

  if (td_poller_get_health (self->poller) != TD_HEALTH_LIVE)
    {
      schedule (self, RETRY_MS);
      return;
    }

  self->working = TRUE;
  td_history_flush_async (self->history, NULL, flushed_cb, step_new (self));
}

static void
td_past_filler_dispose (GObject *object)
{
  TdPastFiller *self = (TdPastFiller *)object;

  td_past_filler_stop (self);
  g_clear_handle_id (&self->news_source, g_source_remove);
  g_clear_object (&self->history);
  g_clear_object (&self->centre);
  g_clear_object (&self->poller);
  g_clear_object (&self->backend);

  G_OBJECT_CLASS (td_past_filler_parent_class)->dispose (object);
}

static void
td_past_filler_class_init (TdPastFillerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = td_past_filler_dispose;

  signals[FILLED] =
    g_signal_new ("filled",
                  G_TYPE_FROM_CLASS (klass),
                  G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);
}

static void
td_past_filler_init (TdPastFiller *self)
{
  g_queue_init (&self->ranges);
  self->top = TD_UNKNOWN;
  self->max_days = FIRST_DAYS;
  self->news_ms = FIRST_NEWS_MS;
}

/**
 * td_past_filler_new:
 * @backend: the source
 * @poller: tells whether it can be asked
 * @centre: whose queues bound what is asked for at once
 * @history: what is to be filled
 *
 * Returns: (transfer full): a filler that was told nothing yet
 */
TdPastFiller *
td_past_filler_new (TdBackend *backend,
                    TdPoller  *poller,
                    TdCentre  *centre,
                    TdHistory *history)
{
  TdPastFiller *self;

  g_return_val_if_fail (TD_IS_BACKEND (backend), NULL);
  g_return_val_if_fail (TD_IS_POLLER (poller), NULL);
  g_return_val_if_fail (TD_IS_CENTRE (centre), NULL);
  g_return_val_if_fail (TD_IS_HISTORY (history), NULL);

  self = g_object_new (TD_TYPE_PAST_FILLER, NULL);
  self->backend = g_object_ref (backend);
  self->poller = g_object_ref (poller);
  self->centre = g_object_ref (centre);
  self->history = g_object_ref (history);

  return self;
}

/**
 * td_past_filler_fill:
 * @self: a filler
 *
 * Fills what is missing up to now, in its time: at the start, and after each
 * gap.
 */
void
td_past_filler_fill (TdPastFiller *self)
{
  gint64 now;
  Range *range;

  g_return_if_fail (TD_IS_PAST_FILLER (self));

  now = td_centre_get_now (self->centre);
  if (now < DAY_US)
    return;

  self->unsupported = FALSE;
  now = floor_to (now, MINUTE_US);
  /* A clock that was set back begins anew. */
  if (self->top == TD_UNKNOWN || self->top > now)
    {
      td_past_filler_stop (self);
      self->top = MAX (floor_to (now, DAY_US) - TD_PAST_FILLER_DAYS * DAY_US, 0);
      self->max_days = FIRST_DAYS;
    }

  if (self->top < now && self->ranges.length < MAX_RANGES)
    {
      range = g_new (Range, 1);
      range->from = MAX (self->top, floor_to (now, DAY_US) - TD_PAST_FILLER_DAYS * DAY_US);
      range->to = now;
      g_queue_push_head (&self->ranges, range);
      self->top = now;
    }

  if (!self->working && self->next_source == 0)
    schedule (self, 0);
}

/**
 * td_past_filler_set_held:
 * @self: a filler
 * @held: the source is needed for something else: no new piece is begun
 */
void
td_past_filler_set_held (TdPastFiller *self,
                         gboolean      held)
{
  g_return_if_fail (TD_IS_PAST_FILLER (self));

  if (self->held == held)
    return;

  self->held = held;
  if (!held && !self->working && self->next_source == 0 && !g_queue_is_empty (&self->ranges))
    schedule (self, 0);
}

/**
 * td_past_filler_stop:
 * @self: a filler
 *
 * Gives up what is under way; td_past_filler_fill() begins it anew.
 */
void
td_past_filler_stop (TdPastFiller *self)
{
  g_return_if_fail (TD_IS_PAST_FILLER (self));

  give_up_work (self);
  g_queue_clear_full (&self->ranges, g_free);
  self->range = NULL;
  self->news_due = FALSE;
  self->top = TD_UNKNOWN;
  self->n_failures = 0;
  self->empty_us = 0;
  tell_end (self);
}

/**
 * td_past_filler_get_filling:
 * @self: a filler
 *
 * Returns: whether there is past that is not in the history yet, and may come
 */
gboolean
td_past_filler_get_filling (TdPastFiller *self)
{
  g_return_val_if_fail (TD_IS_PAST_FILLER (self), FALSE);

  return !self->unsupported && (!g_queue_is_empty (&self->ranges) || self->news_due);
}
