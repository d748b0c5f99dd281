/* td-recorder.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-recorder.h"

#define MINUTE_US TD_HISTORY_MINUTE_US

/* As TdDay: what was counted over a longer time than this belongs to no minute
 * that is known. */
#define MAX_BLIND_US (75 * G_TIME_SPAN_SECOND)

/* The source was heard of a little later than its next snapshot was made. */
#define MAX_OVERLAP_US (5 * G_TIME_SPAN_SECOND)

#define WRITE_EVERY_US (10 * G_TIME_SPAN_SECOND)

#define TIDY_EVERY_US G_TIME_SPAN_DAY

/* One queue in the minute that runs. */
typedef struct
{
  TdCounts   last;     /* its counters, as they were seen last */
  TdInterval minute;   /* what they rose by */
  gint64     lost_us;  /* of the minute's observed time, what was not observed of this queue */
  gint64     waiting;  /* as it was seen last */
  gint64     serving;  /* as it was seen last */
  double     area;     /* agents × µs */
  gint64     area_us;  /* over this time */
  gboolean   is_there; /* the centre still has it */
} Track;

struct _TdRecorder
{
  GObject parent_instance;

  TdCentre  *centre;  /* (owned) */
  TdDay     *day;     /* (owned) */
  TdHistory *history; /* (owned) */

  GHashTable *tracks;      /* (owned): queue id (string) -> Track */
  GArray     *batch;       /* (owned) (element-type TdHistoryMinute) */
  gint64      minute;      /* when the minute that runs began, or TD_UNKNOWN */
  gint64      until;       /* observed to here, by the source's clock */
  gint64      observed_us; /* of the minute that runs */
  gint64      written_us;  /* of these, what is in the history */
  gint64      day_start;
  gint64      tidied;
  gboolean    broken; /* nobody looked since @until */
};

G_DEFINE_FINAL_TYPE (TdRecorder, td_recorder, G_TYPE_OBJECT)

static gint64 *
get_field (TdCounts *counts,
           guint     index)
{
  return G_STRUCT_MEMBER_P (counts, td_counts_fields[index].offset);
}

static gboolean
is_maximum (guint index)
{
  return td_counts_fields[index].offset == G_STRUCT_OFFSET (TdCounts, max_wait_ms);
}

static void
begin_track (Track *track)
{
  track->minute = (TdInterval){ .counts = TD_COUNTS_UNKNOWN, .max_waiting = track->waiting, .serving = TD_UNKNOWN };
  for (guint i = 0; i < TD_N_COUNTS_FIELDS; i++)
    {
      if (!is_maximum (i) && TD_IS_KNOWN (*get_field (&track->last, i)))
        *get_field (&track->minute.counts, i) = 0;
    }
  track->lost_us = 0;
  track->area = 0;
  track->area_us = 0;
}

static void
begin_minute (TdRecorder *self,
              gint64      start)
{
  GHashTableIter iter;
  gpointer       track;

  self->minute = start;
  self->observed_us = 0;
  self->written_us = 0;

  g_hash_table_iter_init (&iter, self->tracks);
  while (g_hash_table_iter_next (&iter, NULL, &track))
    {
      if (((Track *)track)->is_there)
        begin_track (track);
      else
        g_hash_table_iter_remove (&iter);
    }
}

static void
tidy (TdRecorder *self)
{
  if (self->tidied != TD_UNKNOWN && self->minute - self->tidied < TIDY_EVERY_US)
    return;

  self->tidied = self->minute;
  td_history_tidy (self->history, self->minute);
}

/**
 * td_recorder_write:
 * @self: a recorder
 *
 * Hands what is known of the minute that runs to the history.
 */
void
td_recorder_write (TdRecorder *self)
{
  GHashTableIter iter;
  gpointer       id, value;

  g_return_if_fail (TD_IS_RECORDER (self));

  if (self->minute == TD_UNKNOWN || self->observed_us == self->written_us)
    return;

  g_array_set_size (self->batch, 0);
  g_hash_table_iter_init (&iter, self->tracks);
  while (g_hash_table_iter_next (&iter, &id, &value))
    {
      const Track    *track = value;
      TdHistoryMinute minute = { id, self->minute, track->minute };

      /* A second that was not observed wholly is not claimed. */
      minute.interval.observed_s = (self->observed_us - track->lost_us) / G_TIME_SPAN_SECOND;
      if (track->area_us > 0)
        minute.interval.serving = (gint64)(track->area / (double)track->area_us + 0.5);
      if (minute.interval.observed_s > 0)
        g_array_append_val (self->batch, minute);
    }
  td_history_add_minutes (self->history, (const TdHistoryMinute *)(void *)self->batch->data, self->batch->len);
  self->written_us = self->observed_us;
}

static void
cover (TdRecorder *self,
       gint64      to)
{
  gint64         span = to - self->until;
  GHashTableIter iter;
  gpointer       value;

  self->until = to;
  self->observed_us += span;

  g_hash_table_iter_init (&iter, self->tracks);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      Track *track = value;

      if (!TD_IS_KNOWN (track->serving))
        continue;
      track->area += (double)track->serving * (double)span;
      track->area_us += span;
    }
}

/* How many waited before the break says nothing of the time after it. */
static void
forget_looks (TdRecorder *self)
{
  GHashTableIter iter;
  gpointer       value;

  g_hash_table_iter_init (&iter, self->tracks);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      Track *track = value;

      track->waiting = TD_UNKNOWN;
      track->serving = TD_UNKNOWN;
    }
}

/* Carries the observed time on to @at. Returns whether it was unbroken. */
static gboolean
advance (TdRecorder *self,
         gint64      at)
{
  if (self->minute == TD_UNKNOWN || self->broken || at < self->until - MAX_OVERLAP_US ||
      at - self->until > MAX_BLIND_US)
    {
      gint64 minute = at - at % MINUTE_US;

      td_recorder_write (self);
      if (minute != self->minute || at < self->until)
        {
          forget_looks (self);
          begin_minute (self, minute);
          tidy (self);
        }
      self->broken = FALSE;
      self->until = at;
      return FALSE;
    }

  while (at >= self->minute + MINUTE_US)
    {
      cover (self, self->minute + MINUTE_US);
      td_recorder_write (self);
      begin_minute (self, self->minute + MINUTE_US);
      tidy (self);
    }
  if (at > self->until)
    cover (self, at);

  return TRUE;
}

/* What can be seen at one moment. */
static void
look (Track             *track,
      const TdQueueInfo *info,
      gint64             at)
{
  gint64 *max_wait = &track->minute.counts.max_wait_ms;

  track->waiting = info->waiting;
  track->serving = info->serving;
  track->minute.max_waiting = MAX (track->minute.max_waiting, info->waiting);

  if (info->waiting == 0)
    *max_wait = MAX (*max_wait, 0);
  else if (TD_IS_KNOWN (info->longest_since))
    *max_wait = MAX (*max_wait, MAX (at - info->longest_since, 0) / G_TIME_SPAN_MILLISECOND);
}

static gboolean
has_fallen (const TdCounts *from,
            const TdCounts *to)
{
  return (TD_IS_KNOWN (to->offered) && to->offered < from->offered) ||
         (TD_IS_KNOWN (to->answered) && to->answered < from->answered) ||
         (TD_IS_KNOWN (to->abandoned) && to->abandoned < from->abandoned);
}

static void
count (Track    *track,
       TdCounts *now,
       gboolean  from_nothing)
{
  for (guint i = 0; i < TD_N_COUNTS_FIELDS; i++)
    {
      gint64  value = *get_field (now, i);
      gint64  last = from_nothing ? 0 : *get_field (&track->last, i);
      gint64 *sum = get_field (&track->minute.counts, i);

      if (!TD_IS_KNOWN (value))
        continue;

      if (is_maximum (i))
        {
          /* The day's longest wait rose, so it is this minute's. */
          if (TD_IS_KNOWN (last) && value > last)
            *sum = MAX (*sum, value);
        }
      else if (TD_IS_KNOWN (last))
        *sum = MAX (*sum, 0) + MAX (value - last, 0);
    }
}

/* @span is the time since the queue was seen last, within this minute or the
 * one before. */
static void
follow (TdRecorder *self,
        TdQueue    *queue,
        gint64      at,
        gint64      span,
        gboolean    unbroken,
        gboolean    new_day)
{
  const TdQueueInfo *info = td_queue_get_info (queue);
  TdCounts           now = info->today;
  Track             *track = g_hash_table_lookup (self->tracks, info->id);

  if (track == NULL)
    {
      track = g_new0 (Track, 1);
      track->last = now;
      track->waiting = info->waiting;
      begin_track (track);
      track->lost_us = self->observed_us;
      g_hash_table_insert (self->tracks, g_strdup (info->id), track);
    }
  else if (unbroken && !has_fallen (&track->last, &now))
    count (track, &now, FALSE);
  else if (unbroken && new_day)
    count (track, &now, TRUE);
  else if (unbroken)
    /* It was reset; what it counted since the last look is not known. */
    track->lost_us = MIN (track->lost_us + span, self->observed_us);

  track->last = now;
  track->is_there = TRUE;
  look (track, info, at);
}

static void
record (TdRecorder *self,
        gint64      at)
{
  TdRoster      *queues = td_centre_get_queues (self->centre);
  gint64         before = self->until;
  gint64         day_start = td_day_get_start (self->day);
  gboolean       unbroken = advance (self, at);
  GHashTableIter iter;
  gpointer       track;

  g_hash_table_iter_init (&iter, self->tracks);
  while (g_hash_table_iter_next (&iter, NULL, &track))
    ((Track *)track)->is_there = FALSE;

  for (guint i = 0; i < td_roster_get_size (queues); i++)
    follow (self, td_roster_get (queues, i), at, MAX (at - before, 0), unbroken, day_start != self->day_start);
  self->day_start = day_start;

  if (self->observed_us - self->written_us >= WRITE_EVERY_US)
    td_recorder_write (self);
}

static void
changed_cb (TdRecorder      *self,
            const TdChanges *changes)
{
  if (changes->new_instance)
    self->broken = TRUE;
  if (td_centre_get_at (self->centre) >= 0)
    record (self, td_centre_get_at (self->centre));
}

static void
td_recorder_dispose (GObject *object)
{
  TdRecorder *self = (TdRecorder *)object;

  if (self->history != NULL)
    td_recorder_write (self);
  g_clear_object (&self->history);
  g_clear_object (&self->day);
  g_clear_object (&self->centre);

  G_OBJECT_CLASS (td_recorder_parent_class)->dispose (object);
}

static void
td_recorder_finalize (GObject *object)
{
  TdRecorder *self = (TdRecorder *)object;

  g_clear_pointer (&self->tracks, g_hash_table_unref);
  g_clear_pointer (&self->batch, g_array_unref);

  G_OBJECT_CLASS (td_recorder_parent_class)->finalize (object);
}

static void
td_recorder_class_init (TdRecorderClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = td_recorder_dispose;
  object_class->finalize = td_recorder_finalize;
}

static void
td_recorder_init (TdRecorder *self)
{
  self->tracks = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->batch = g_array_new (FALSE, FALSE, sizeof (TdHistoryMinute));
  self->minute = TD_UNKNOWN;
  self->until = TD_UNKNOWN;
  self->day_start = TD_UNKNOWN;
  self->tidied = TD_UNKNOWN;
}

/**
 * td_recorder_new:
 * @centre: the centre whose counters are followed
 * @day: its day, which turns before this looks at it
 * @history: where it is written
 *
 * Returns: (transfer full): a recorder
 */
TdRecorder *
td_recorder_new (TdCentre  *centre,
                 TdDay     *day,
                 TdHistory *history)
{
  TdRecorder *self;

  g_return_val_if_fail (TD_IS_CENTRE (centre), NULL);
  g_return_val_if_fail (TD_IS_DAY (day), NULL);
  g_return_val_if_fail (TD_IS_HISTORY (history), NULL);

  self = g_object_new (TD_TYPE_RECORDER, NULL);
  self->centre = g_object_ref (centre);
  self->day = g_object_ref (day);
  self->history = g_object_ref (history);
  g_signal_connect_object (centre, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);

  return self;
}

/**
 * td_recorder_observe:
 * @self: a recorder
 * @at: the source's time
 *
 * Tells that the source was heard at @at and that nothing had changed.
 */
void
td_recorder_observe (TdRecorder *self,
                     gint64      at)
{
  g_return_if_fail (TD_IS_RECORDER (self));

  if (self->minute != TD_UNKNOWN && at > self->until)
    record (self, at);
}

/**
 * td_recorder_break:
 * @self: a recorder
 *
 * Tells that the source is not heard any more: what it counts from now on
 * until it is heard again belongs to no minute.
 */
void
td_recorder_break (TdRecorder *self)
{
  g_return_if_fail (TD_IS_RECORDER (self));

  self->broken = TRUE;
}
