/* td-replay.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-replay-private.h"

#include <math.h>
#include <string.h>

#include "td-outlook-minutes-private.h"
#include "td-time.h"

#define MINUTE TD_HISTORY_MINUTE_US

/* Two programs' clocks, and polls that do not come to the second, leave a
 * minute that somebody looked at a little short. */
#define WHOLE_S 55

/* A queue is sampled once a minute at least; what is older says nothing of now. */
#define SAMPLE_LASTS_US (75 * G_TIME_SPAN_SECOND)

#define NOT_SEEN G_MAXUINT8

/* A queue as it was seen last in or before a minute. */
typedef struct
{
  gint64 at; /* 0 where it was not */
  gint64 waiting;
  gint64 longest_ms;
  gint64 serving;
} Look;

typedef struct
{
  char      *id;     /* (owned) */
  gint64     t_ms;   /* of the service level */
  TdCounts   before; /* from midnight to the first minute */
  gboolean   observed;
  TdInterval rows[TD_REPLAY_LEAD + TD_REPLAY_MINUTES];
  Look       looks[TD_REPLAY_MINUTES];
  gint64     waiting; /* while samples are gone through, or TD_UNKNOWN */
  gint64     waiting_at;
} Queue;

struct _TdReplay
{
  GObject parent_instance;

  TdServiceLevelFormula formula;
  GTimeZone            *zone;    /* (owned) */
  GHashTable           *t_ms;    /* (owned): queue id (string) -> gint64 */
  gint64                usual_t; /* of a queue that is gone since, ms */
  gint64                moment;
  gint64                now;
  gint64                first;     /* begin of the first minute */
  gint64                day_start; /* midnight before @first */
  gint64                moment_day;
  guint                 n_minutes;
  GPtrArray            *queues;                         /* (owned) (element-type Queue) */
  GHashTable           *by_id;                          /* (owned): Queue.id -> Queue */
  GHashTable           *agents;                         /* (owned): agent id (string) -> guint8[TD_REPLAY_MINUTES], states */
  double                offered[TD_DAY_MINUTES];        /* calls of the centre in each minute of @moment_day, or NAN */
  guint                 n_told[TD_DAY_MINUTES];         /* queues that tell of it */
  guint8                day_seen[2 * TD_DAY_MINUTES];   /* from @day_start: somebody looked */
  gint64                sampled_until;                  /* index of the minute of the last sample */
  gint64                max_waiting[TD_REPLAY_MINUTES]; /* of the centre, or TD_UNKNOWN */
  TdAgentTally          tallies[TD_REPLAY_MINUTES];
  guint                 n_unknown[TD_REPLAY_MINUTES];
};

G_DEFINE_FINAL_TYPE (TdReplay, td_replay, G_TYPE_OBJECT)

static void
free_queue (gpointer data)
{
  Queue *queue = data;

  g_free (queue->id);
  g_free (queue);
}

static void
td_replay_finalize (GObject *object)
{
  TdReplay *self = TD_REPLAY (object);

  g_hash_table_unref (self->agents);
  g_hash_table_unref (self->by_id);
  g_ptr_array_unref (self->queues);
  g_hash_table_unref (self->t_ms);
  g_clear_pointer (&self->zone, g_time_zone_unref);

  G_OBJECT_CLASS (td_replay_parent_class)->finalize (object);
}

static void
td_replay_class_init (TdReplayClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = td_replay_finalize;
}

static void
td_replay_init (TdReplay *self)
{
  self->queues = g_ptr_array_new_with_free_func (free_queue);
  self->by_id = g_hash_table_new (g_str_hash, g_str_equal);
  self->t_ms = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->agents = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (guint i = 0; i < TD_DAY_MINUTES; i++)
    self->offered[i] = NAN;
  for (guint i = 0; i < TD_REPLAY_MINUTES; i++)
    self->max_waiting[i] = TD_UNKNOWN;
}

/* --- filling ---------------------------------------------------------------- */

TdReplay *
td_replay_new (TdCentre *centre,
               gint64    moment,
               gint64    now)
{
  TdReplay *self = g_object_new (TD_TYPE_REPLAY, NULL);
  TdRoster *queues = td_centre_get_queues (centre);
  gint64    minute = moment - moment % MINUTE;

  self->formula = td_centre_get_service_level_formula (centre);
  self->zone = g_time_zone_ref (td_centre_get_timezone (centre));
  self->usual_t = td_centre_get_service_level_ms (centre, NULL);
  for (guint i = 0; i < td_roster_get_size (queues); i++)
    {
      TdQueue *queue = td_roster_get (queues, i);
      gint64   t_ms = td_centre_get_service_level_ms (centre, queue);

      g_hash_table_insert (self->t_ms, g_strdup (td_queue_get_id (queue)), g_memdup2 (&t_ms, sizeof t_ms));
    }

  self->moment = moment;
  self->now = now;
  self->first = minute - TD_REPLAY_BEFORE * MINUTE;
  self->day_start = td_time_day_start (self->first, self->zone);
  self->moment_day = td_time_day_start (moment, self->zone);
  self->n_minutes = (guint)CLAMP ((now - self->first) / MINUTE + 1, TD_REPLAY_BEFORE + 1, TD_REPLAY_MINUTES);

  return self;
}

gint64
td_replay_get_from (TdReplay *self)
{
  gint64 from = MIN (self->day_start, self->first - TD_REPLAY_LEAD * MINUTE);

  return from - from % MINUTE;
}

gint64
td_replay_get_first (TdReplay *self)
{
  return self->first;
}

gint64
td_replay_get_end (TdReplay *self)
{
  return self->first + self->n_minutes * MINUTE;
}

static Queue *
ensure_queue (TdReplay   *self,
              const char *id)
{
  Queue        *queue = g_hash_table_lookup (self->by_id, id);
  const gint64 *t_ms;

  if (queue != NULL)
    return queue;

  queue = g_new0 (Queue, 1);
  queue->id = g_strdup (id);
  t_ms = g_hash_table_lookup (self->t_ms, id);
  queue->t_ms = t_ms != NULL ? *t_ms : self->usual_t;
  queue->waiting = TD_UNKNOWN;
  for (guint i = 0; i < G_N_ELEMENTS (queue->rows); i++)
    queue->rows[i] = (TdInterval){ .counts = TD_COUNTS_UNKNOWN, .max_waiting = TD_UNKNOWN, .serving = TD_UNKNOWN };
  g_ptr_array_add (self->queues, queue);
  g_hash_table_insert (self->by_id, queue->id, queue);

  return queue;
}

static void
add_minute (TdReplay         *self,
            Queue            *queue,
            gint64            at,
            const TdInterval *row)
{
  gint64 index = (at - self->first) / MINUTE + TD_REPLAY_LEAD;
  gint64 of_day = (at - self->moment_day) / MINUTE;
  gint64 seen = (at - self->day_start) / MINUTE;

  queue->observed = TRUE;
  if (at >= self->day_start && at < self->first)
    td_counts_add (&queue->before, &row->counts);
  if (index >= 0 && index < (gint64)G_N_ELEMENTS (queue->rows) && at >= self->first - TD_REPLAY_LEAD * MINUTE)
    queue->rows[index] = *row;
  if (row->observed_s < WHOLE_S)
    return;

  if (at >= self->day_start && seen < (gint64)G_N_ELEMENTS (self->day_seen))
    self->day_seen[seen] = TRUE;
  if (at < self->moment_day || of_day >= TD_DAY_MINUTES || !TD_IS_KNOWN (row->counts.offered))
    return;

  self->offered[of_day] = (isnan (self->offered[of_day]) ? 0 : self->offered[of_day]) + (double)row->counts.offered;
  self->n_told[of_day]++;
}

/**
 * td_replay_add_minutes:
 * @self: a replay that is being filled
 * @intervals: some of the minutes from td_replay_get_from() to td_replay_get_end()
 */
void
td_replay_add_minutes (TdReplay    *self,
                       TdIntervals *intervals)
{
  for (guint q = 0; q < td_intervals_get_n_queues (intervals); q++)
    {
      const TdInterval *rows = td_intervals_get_rows (intervals, q);
      const char       *id = td_intervals_get_queue (intervals, q);

      for (guint i = 0; i < td_intervals_get_n_intervals (intervals); i++)
        {
          if (rows[i].observed_s > 0)
            add_minute (self, ensure_queue (self, id), td_intervals_get_from (intervals) + i * td_intervals_get_step (intervals), &rows[i]);
        }
    }
}

/* The callers of all queues at one moment; %TD_UNKNOWN where one of them is. */
static gint64
sum_waiting (TdReplay *self,
             gint64    at)
{
  gint64 sum = 0;

  for (guint i = 0; i < self->queues->len; i++)
    {
      const Queue *queue = g_ptr_array_index (self->queues, i);

      sum = td_metrics_sum (sum, at - queue->waiting_at < SAMPLE_LASTS_US ? queue->waiting : TD_UNKNOWN);
    }

  return sum;
}

/**
 * td_replay_add_samples:
 * @self: a replay that has its minutes
 * @records: samples, by time; the next begin where these end
 */
void
td_replay_add_samples (TdReplay         *self,
                       TdHistoryRecords *records)
{
  guint                  n_samples;
  const TdHistorySample *samples = td_history_records_get_samples (records, &n_samples);

  for (guint i = 0; i < n_samples; i++)
    {
      Queue *queue = ensure_queue (self, samples[i].queue);
      gint64 index = MAX (samples[i].at - self->first, 0) / MINUTE;

      if (index >= self->n_minutes)
        continue;

      /* Who waits as a minute begins waits in it. */
      for (; self->sampled_until < index; self->sampled_until++)
        {
          gint64 begin = self->first + (self->sampled_until + 1) * MINUTE;

          self->max_waiting[self->sampled_until + 1] = sum_waiting (self, begin);
        }

      queue->observed = TRUE;
      queue->waiting = samples[i].waiting;
      queue->waiting_at = samples[i].at;
      queue->looks[index] = (Look){ samples[i].at, samples[i].waiting, samples[i].longest_ms, samples[i].serving };

      /* Of several queues seen at once, the last one makes the picture whole. */
      if (samples[i].at >= self->first && (i + 1 == n_samples || samples[i + 1].at != samples[i].at))
        self->max_waiting[index] = MAX (self->max_waiting[index], sum_waiting (self, samples[i].at));
    }
}

/**
 * td_replay_add_spans:
 * @self: a replay that is being filled
 * @records: what agents did
 */
void
td_replay_add_spans (TdReplay         *self,
                     TdHistoryRecords *records)
{
  guint                n_spans;
  const TdHistorySpan *spans = td_history_records_get_spans (records, &n_spans);

  for (guint i = 0; i < n_spans; i++)
    {
      guint8 *states = g_hash_table_lookup (self->agents, spans[i].agent);

      if (states == NULL)
        {
          states = g_malloc (TD_REPLAY_MINUTES);
          memset (states, NOT_SEEN, TD_REPLAY_MINUTES);
          g_hash_table_insert (self->agents, g_strdup (spans[i].agent), states);
        }
      /* The last moment of the minute is the one that counts. */
      for (gint64 m = MAX ((spans[i].start - self->first) / MINUTE - 1, 0); m < self->n_minutes; m++)
        {
          gint64 at = MIN (self->first + (m + 1) * MINUTE, self->now) - 1;

          if (at >= spans[i].end)
            break;
          if (at >= spans[i].start)
            states[m] = (guint8)spans[i].state;
        }
    }
}

/* Whether somebody looked at the whole of a minute, or looks now. */
static gboolean
is_seen (const TdReplay *self,
         guint           index)
{
  gint64 begin = self->first + index * MINUTE;

  return begin + MINUTE > self->now || self->day_seen[(begin - self->day_start) / MINUTE];
}

/* Who is seen before and after a minute but not in it was somewhere; and where
 * nobody looked, so was everybody. */
static void
add_agent (TdReplay     *self,
           const guint8 *states)
{
  guint first = 0, end = self->n_minutes;

  while (first < end && states[first] == NOT_SEEN)
    first++;
  while (end > first && states[end - 1] == NOT_SEEN)
    end--;
  if (first == end)
    return;

  for (guint i = 0; i < self->n_minutes; i++)
    {
      if (states[i] < TD_N_AGENT_STATES)
        td_agent_tally_add (&self->tallies[i], states[i]);
      else if ((i >= first && i < end) || !is_seen (self, i))
        self->n_unknown[i]++;
    }
}

static int
compare_ids (gconstpointer a,
             gconstpointer b)
{
  return strcmp ((*(Queue *const *)a)->id, (*(Queue *const *)b)->id);
}

/**
 * td_replay_end:
 * @self: a replay that has all there is
 */
void
td_replay_end (TdReplay *self)
{
  GHashTableIter iter;
  gpointer       states;
  guint          most = 0;

  g_ptr_array_sort (self->queues, compare_ids);
  for (guint i = 0; i < TD_DAY_MINUTES; i++)
    most = MAX (most, self->n_told[i]);
  /* A minute of which some queue says nothing is not known. */
  for (guint i = 0; i < TD_DAY_MINUTES; i++)
    {
      if (self->n_told[i] < most)
        self->offered[i] = NAN;
    }

  g_hash_table_iter_init (&iter, self->agents);
  while (g_hash_table_iter_next (&iter, NULL, &states))
    add_agent (self, states);
  g_hash_table_remove_all (self->agents);
}

/* --- looking ---------------------------------------------------------------- */

gint64
td_replay_get_moment (TdReplay *self)
{
  g_return_val_if_fail (TD_IS_REPLAY (self), 0);

  return self->moment;
}

guint
td_replay_get_n_minutes (TdReplay *self)
{
  g_return_val_if_fail (TD_IS_REPLAY (self), 0);

  return self->n_minutes;
}

/**
 * td_replay_get_moment_index:
 * @self: a replay
 *
 * Returns: the minute in which its moment is
 */
guint
td_replay_get_moment_index (TdReplay *self)
{
  g_return_val_if_fail (TD_IS_REPLAY (self), 0);

  return TD_REPLAY_BEFORE;
}

/**
 * td_replay_get_minute:
 * @self: a replay
 * @index: of a minute
 *
 * Returns: its begin, µs since 1970
 */
gint64
td_replay_get_minute (TdReplay *self,
                      guint     index)
{
  g_return_val_if_fail (TD_IS_REPLAY (self), 0);

  return self->first + index * MINUTE;
}

guint
td_replay_get_n_queues (TdReplay *self)
{
  g_return_val_if_fail (TD_IS_REPLAY (self), 0);

  return self->queues->len;
}

const char *
td_replay_get_queue_id (TdReplay *self,
                        guint     queue)
{
  g_return_val_if_fail (TD_IS_REPLAY (self), NULL);
  g_return_val_if_fail (queue < self->queues->len, NULL);

  return ((const Queue *)g_ptr_array_index (self->queues, queue))->id;
}

/* What was seen last before the end of a minute. An oldest caller who is still
 * there grew older since: another would have been sampled. */
static Look
get_look (const TdReplay *self,
          const Queue    *queue,
          guint           index)
{
  static const Look nothing = { 0, TD_UNKNOWN, TD_UNKNOWN, TD_UNKNOWN };
  gint64            end = MIN (self->first + (index + 1) * MINUTE, self->now);
  Look              look = { 0 };

  for (guint i = index + 1; look.at == 0 && i > 0 && i + 1 > index; i--)
    look = queue->looks[i - 1];
  if (look.at == 0 || end - look.at > SAMPLE_LASTS_US)
    return nothing;

  if (look.waiting > 0 && TD_IS_KNOWN (look.longest_ms) && queue->rows[TD_REPLAY_LEAD + index].observed_s >= WHOLE_S)
    look.longest_ms += (end - look.at) / G_TIME_SPAN_MILLISECOND;

  return look;
}

static void
add_service (const TdReplay *self,
             const Queue    *queue,
             const TdCounts *today,
             const Look     *look,
             gint64         *good,
             gint64         *fewest,
             gint64         *most)
{
  gint64 beyond = 0, at_most = 0, own_good, own_counted;

  if (self->formula == TD_SERVICE_LEVEL_LIVE && look->waiting != 0)
    {
      gboolean is_known = TD_IS_KNOWN (look->waiting) && TD_IS_KNOWN (look->longest_ms);
      gboolean any_beyond = is_known && look->longest_ms > queue->t_ms;

      beyond = is_known ? any_beyond : TD_UNKNOWN;
      at_most = is_known ? (any_beyond ? look->waiting : 0) : TD_UNKNOWN;
    }

  if (!TD_IS_KNOWN (*good) || !td_metrics_get_service (self->formula, today, beyond, &own_good, &own_counted))
    {
      *good = TD_UNKNOWN;
      return;
    }

  *good += own_good;
  *fewest += own_counted;
  *most += own_counted + at_most - beyond;
}

static double
divide (gint64 good,
        gint64 counted)
{
  return TD_IS_KNOWN (good) && counted > 0 ? (double)good / (double)counted : NAN;
}

static void
get_counts (const TdReplay  *self,
            const Queue     *queue,
            guint            index,
            TdReplayFigures *figures)
{
  const TdInterval *rows = queue->rows + TD_REPLAY_LEAD;
  gint64            midnight = td_time_day_start (self->first + index * MINUTE, self->zone);

  figures->minute = rows[index].observed_s >= WHOLE_S ? rows[index].counts : TD_COUNTS_UNKNOWN;
  figures->max_waiting = rows[index].observed_s > 0 ? rows[index].max_waiting : TD_UNKNOWN;

  figures->quarter = (TdCounts){ 0 };
  for (guint i = 0; i < TD_REPLAY_RATE; i++)
    {
      const TdInterval *row = rows + index - i;

      td_counts_add (&figures->quarter, row->observed_s >= WHOLE_S ? &row->counts : &TD_COUNTS_UNKNOWN);
    }

  figures->today = midnight <= self->day_start ? queue->before : (TdCounts){ 0 };
  for (guint i = 0; i <= index; i++)
    {
      if (self->first + i * MINUTE < midnight || rows[i].observed_s <= 0)
        continue;
      td_counts_add (&figures->today, &rows[i].counts);
    }
  /* Of a minute that nobody saw nothing is told, not even of the day. */
  if (rows[index].observed_s <= 0)
    figures->today = TD_COUNTS_UNKNOWN;
}

/**
 * td_replay_get_queue:
 * @self: a replay
 * @index: of a minute
 * @queue: of a queue
 * @figures: (out): the queue at the end of the minute
 */
void
td_replay_get_queue (TdReplay        *self,
                     guint            index,
                     guint            queue,
                     TdReplayFigures *figures)
{
  const Queue *row;
  Look         look;
  gint64       good = 0, fewest = 0, most = 0;

  g_return_if_fail (TD_IS_REPLAY (self));
  g_return_if_fail (index < self->n_minutes);
  g_return_if_fail (queue < self->queues->len);
  g_return_if_fail (figures != NULL);

  row = g_ptr_array_index (self->queues, queue);
  look = get_look (self, row, index);
  get_counts (self, row, index, figures);
  figures->waiting = look.waiting;
  figures->longest_ms = look.longest_ms;
  figures->serving = TD_IS_KNOWN (look.serving) ? look.serving : row->rows[TD_REPLAY_LEAD + index].serving;
  add_service (self, row, &figures->today, &look, &good, &fewest, &most);
  figures->service_low = divide (good, most);
  figures->service_high = divide (good, fewest);
}

/**
 * td_replay_get_centre:
 * @self: a replay
 * @index: of a minute
 * @figures: (out): all queues at the end of the minute
 *
 * Who serves several queues is counted once.
 */
void
td_replay_get_centre (TdReplay        *self,
                      guint            index,
                      TdReplayFigures *figures)
{
  gint64 good = 0, fewest = 0, most = 0;

  g_return_if_fail (TD_IS_REPLAY (self));
  g_return_if_fail (index < self->n_minutes);
  g_return_if_fail (figures != NULL);

  *figures = (TdReplayFigures){ .max_waiting = self->max_waiting[index] };
  for (guint i = 0; i < self->queues->len; i++)
    {
      const Queue    *queue = g_ptr_array_index (self->queues, i);
      Look            look = get_look (self, queue, index);
      TdReplayFigures own;

      get_counts (self, queue, index, &own);
      td_counts_add (&figures->minute, &own.minute);
      td_counts_add (&figures->quarter, &own.quarter);
      td_counts_add (&figures->today, &own.today);
      figures->waiting = td_metrics_sum (figures->waiting, look.waiting);
      figures->longest_ms = TD_IS_KNOWN (figures->longest_ms) && TD_IS_KNOWN (look.longest_ms)
                              ? MAX (figures->longest_ms, look.longest_ms)
                              : TD_UNKNOWN;
      add_service (self, queue, &own.today, &look, &good, &fewest, &most);
    }
  if (self->queues->len == 0)
    *figures = (TdReplayFigures){ TD_COUNTS_UNKNOWN, TD_COUNTS_UNKNOWN, TD_COUNTS_UNKNOWN, TD_UNKNOWN, TD_UNKNOWN, TD_UNKNOWN, TD_UNKNOWN, NAN, NAN };
  figures->max_waiting = MAX (figures->max_waiting, figures->waiting);
  figures->serving = self->tallies[index].total > 0 && self->n_unknown[index] == 0 ? self->tallies[index].serving : TD_UNKNOWN;
  figures->service_low = divide (good, most);
  figures->service_high = divide (good, fewest);
}

/**
 * td_replay_get_agents:
 * @self: a replay
 * @index: of a minute
 * @n_unknown: (out) (optional): agents of whom it is not known what they did
 *
 * Returns: (nullable): what agents did at its end, as far as it is known; %NULL
 *   where it is known of none
 */
const TdAgentTally *
td_replay_get_agents (TdReplay *self,
                      guint     index,
                      guint    *n_unknown)
{
  g_return_val_if_fail (TD_IS_REPLAY (self), NULL);
  g_return_val_if_fail (index < self->n_minutes, NULL);

  if (n_unknown != NULL)
    *n_unknown = self->n_unknown[index];

  return self->tallies[index].total > 0 ? &self->tallies[index] : NULL;
}

/**
 * td_replay_get_n_missing:
 * @self: a replay
 * @index: of a minute
 *
 * Returns: minutes from midnight to its end that nobody observed
 */
guint
td_replay_get_n_missing (TdReplay *self,
                         guint     index)
{
  gint64 at, midnight;
  guint  n = 0;

  g_return_val_if_fail (TD_IS_REPLAY (self), 0);
  g_return_val_if_fail (index < self->n_minutes, 0);

  at = self->first + index * MINUTE;
  midnight = td_time_day_start (at, self->zone);
  for (gint64 i = (midnight - self->day_start) / MINUTE; i <= (at - self->day_start) / MINUTE && i < (gint64)G_N_ELEMENTS (self->day_seen); i++)
    n += !self->day_seen[i];

  return n;
}

/**
 * td_replay_get_day_start:
 * @self: a replay
 *
 * Returns: the midnight before its moment, µs since 1970
 */
gint64
td_replay_get_day_start (TdReplay *self)
{
  g_return_val_if_fail (TD_IS_REPLAY (self), 0);

  return self->moment_day;
}

/**
 * td_replay_get_rates:
 * @self: a replay
 * @index: of a minute
 * @rates: (out) (array length=n_rates): calls in the 15 minutes up to the end of
 *   each minute of the moment's day; NAN where not all were observed
 * @observed: (out) (array length=n_rates): calls in each of them; NAN where it was
 *   not observed
 * @n_rates: %TD_DAY_MINUTES at most
 *
 * Returns: how many of them had passed at the end of the minute @index
 */
guint
td_replay_get_rates (TdReplay *self,
                     guint     index,
                     double   *rates,
                     double   *observed,
                     guint     n_rates)
{
  gint64 passed;

  g_return_val_if_fail (TD_IS_REPLAY (self), 0);
  g_return_val_if_fail (index < self->n_minutes, 0);
  g_return_val_if_fail (n_rates <= TD_DAY_MINUTES, 0);

  passed = (self->first + (index + 1) * MINUTE - self->moment_day) / MINUTE;
  td_outlook_minutes_slide (self->offered, TD_REPLAY_RATE, rates, n_rates);
  memcpy (observed, self->offered, n_rates * sizeof *observed);

  return (guint)CLAMP (passed, 0, n_rates);
}
