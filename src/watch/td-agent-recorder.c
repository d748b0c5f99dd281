/* td-agent-recorder.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-agent-recorder.h"

/* What goes on is written so often; what has gone on for long, less often: ten
 * thousand agents who are not at work would fill the disk's queue each minute. */
#define WRITE_EVERY_US (60 * G_TIME_SPAN_SECOND)
#define WRITE_SHARE 8
#define WRITE_AT_LEAST_US (10 * G_TIME_SPAN_MINUTE)

/* As TdRecorder: nobody looked for longer than this. */
#define MAX_BLIND_US (75 * G_TIME_SPAN_SECOND)
#define MAX_OVERLAP_US (5 * G_TIME_SPAN_SECOND)

/* A longer span is cut: the history keeps none of more than a day. */
#define MAX_SPAN_US (12 * G_TIME_SPAN_HOUR)

/* An agent in the state that lasts. */
typedef struct
{
  TdAgent     *agent; /* (owned) */
  TdAgentState state;
  gboolean     on_hold;
  gboolean     inexact;
  gint64       start;
  gint64       kept;             /* the history has it until then */
  char        *reason;           /* (owned) (nullable) */
  char        *queue;            /* (owned) (nullable) */
  gint64       counted_revision; /* of the agent when the day was written */
} Track;

struct _TdAgentRecorder
{
  GObject parent_instance;

  TdCentre  *centre;  /* (owned) */
  TdDay     *day;     /* (owned) */
  TdHistory *history; /* (owned) */

  GHashTable       *tracks; /* (owned): TdAgent -> Track */
  TdHistoryRecords *batch;  /* (owned): not handed on yet */
  gint64            until;  /* observed to here, by the source's clock, or TD_UNKNOWN */
  gint64            written;
  gboolean          broken; /* nobody looked since @until */
};

G_DEFINE_FINAL_TYPE (TdAgentRecorder, td_agent_recorder, G_TYPE_OBJECT)

static void
free_track (gpointer data)
{
  Track *track = data;

  g_object_unref (track->agent);
  g_free (track->reason);
  g_free (track->queue);
  g_free (track);
}

/* What lasted until @end, so far as it is known. */
static void
add_span (TdAgentRecorder *self,
          const Track     *track,
          gint64           end)
{
  TdHistorySpan span = {
    .agent = td_agent_get_id (track->agent),
    .start = track->start,
    .end = end,
    .state = track->state,
    .on_hold = track->on_hold,
    .inexact = track->inexact,
    .reason = track->reason,
    .queue = track->queue,
  };

  if (end > track->start)
    td_history_records_add_span (self->batch, &span);
}

/* What begins is written at once, as far as it is known. */
static void
begin_span (TdAgentRecorder *self,
            Track           *track,
            gint64           start,
            gboolean         inexact,
            gint64           at)
{
  const TdAgentInfo *info = td_agent_get_info (track->agent);

  track->state = info->state;
  track->on_hold = info->on_hold;
  track->start = start;
  track->kept = MAX (start, at);
  track->inexact = inexact;
  g_free (track->reason);
  track->reason = g_strdup (info->reason);
  g_free (track->queue);
  track->queue = g_strdup (info->call_queue);
  add_span (self, track, at);
}

static gboolean
is_same (const Track       *track,
         const TdAgentInfo *info)
{
  return track->state == info->state && track->on_hold == info->on_hold &&
         g_strcmp0 (track->reason, info->reason) == 0 && g_strcmp0 (track->queue, info->call_queue) == 0;
}

/* When the state that the agent is in now began: as the source says, but not
 * before @earliest, and now where it does not say. */
static gint64
get_start (Track    *track,
           gint64    earliest,
           gint64    at,
           gboolean *inexact)
{
  gint64 since = td_agent_get_since (track->agent, inexact);

  if (!TD_IS_KNOWN (since) || since > at)
    {
      *inexact = FALSE;
      return at;
    }
  if (since < earliest)
    {
      *inexact = TRUE;
      return earliest;
    }

  return since;
}

static void
follow (TdAgentRecorder *self,
        TdAgent         *agent,
        gint64           at)
{
  Track             *track = g_hash_table_lookup (self->tracks, agent);
  const TdAgentInfo *info = td_agent_get_info (agent);
  gboolean           inexact;
  gint64             start;

  if (track == NULL)
    {
      track = g_new0 (Track, 1);
      track->agent = g_object_ref (agent);
      track->counted_revision = TD_UNKNOWN;
      g_hash_table_insert (self->tracks, agent, track);
      start = get_start (track, at - MAX_SPAN_US, at, &inexact);
      begin_span (self, track, start, inexact, at);
      return;
    }

  start = get_start (track, track->start, at, &inexact);
  if (is_same (track, info) && start <= track->start)
    return;

  /* Within a state, a hold or another reason begins when it is seen. */
  if (track->state == info->state && start <= track->start)
    {
      start = at;
      inexact = FALSE;
    }

  /* After a gap the old state is known to its last sight only. */
  add_span (self, track, self->broken ? MIN (self->until, start) : start);
  begin_span (self, track, start, inexact, at);
}

/* After a gap: who is still in the same state, as the source says, was in it
 * all the time; of everybody else only what was seen is known. */
static void
resume (TdAgentRecorder *self,
        gint64           at)
{
  TdRoster *agents = td_centre_get_agents (self->centre);

  for (guint i = 0; i < td_roster_get_size (agents); i++)
    {
      TdAgent *agent = td_roster_get (agents, i);
      Track   *track = g_hash_table_lookup (self->tracks, agent);
      gboolean inexact;
      gint64   since = td_agent_get_since (agent, &inexact);

      follow (self, agent, at);
      if (track == NULL || track->start >= self->until)
        continue;
      if (TD_IS_KNOWN (since) && !inexact && since <= self->until)
        continue;

      add_span (self, track, self->until);
      begin_span (self, track, at, TRUE, at);
    }
  self->broken = FALSE;
}

static void
add_day (TdAgentRecorder *self,
         Track           *track,
         gint64           day)
{
  const TdAgentInfo *info = td_agent_get_info (track->agent);
  TdHistoryAgentDay  row = {
     .agent = info->id,
     .day = day,
     .answered = info->answered,
     .no_answer = info->no_answer,
     .talk_ms = info->talk_ms,
     .hold_ms = info->hold_ms,
     .wrap_up_ms = info->wrap_up_ms,
     .ringing_ms = info->ringing_ms,
     .available_ms = info->available_ms,
     .paused_ms = info->paused_ms,
  };

  if (track->counted_revision == td_agent_get_revision (track->agent))
    return;

  track->counted_revision = td_agent_get_revision (track->agent);
  if (TD_IS_KNOWN (info->answered) || TD_IS_KNOWN (info->talk_ms))
    td_history_records_add_agent_day (self->batch, &row);
}

static void
hand_on (TdAgentRecorder *self)
{
  if (td_history_records_is_empty (self->batch))
    return;

  td_history_add_records (self->history, self->batch);
  td_history_records_unref (self->batch);
  self->batch = td_history_records_new ();
}

/* Whether what goes on is to be written again. */
static gboolean
is_due (TdAgentRecorder *self,
        const Track     *track)
{
  gint64 share = MIN ((self->until - track->start) / WRITE_SHARE, WRITE_AT_LEAST_US);

  return self->until - track->kept >= MAX (share, WRITE_EVERY_US);
}

static void
write_tracks (TdAgentRecorder *self,
              gboolean         all)
{
  gint64         day = td_day_get_start (self->day);
  GHashTableIter iter;
  gpointer       value;

  g_hash_table_iter_init (&iter, self->tracks);
  while (TD_IS_KNOWN (self->until) && g_hash_table_iter_next (&iter, NULL, &value))
    {
      Track *track = value;

      if (all || is_due (self, track))
        {
          add_span (self, track, self->until);
          track->kept = self->until;
        }
      if (!self->broken && self->until - track->start > MAX_SPAN_US)
        {
          add_span (self, track, self->until);
          begin_span (self, track, self->until, FALSE, self->until);
        }
      if (TD_IS_KNOWN (day))
        add_day (self, track, day);
    }
  self->written = self->until;
  hand_on (self);
}

/**
 * td_agent_recorder_write:
 * @self: a recorder
 *
 * Hands what is known by now to the history.
 */
void
td_agent_recorder_write (TdAgentRecorder *self)
{
  g_return_if_fail (TD_IS_AGENT_RECORDER (self));

  write_tracks (self, TRUE);
}

static void
observe (TdAgentRecorder *self,
         gint64           at)
{
  self->until = MAX (self->until, at);
  if (self->until - self->written >= WRITE_EVERY_US || self->until < self->written)
    write_tracks (self, FALSE);
}

static void
changed_cb (TdAgentRecorder *self,
            const TdChanges *changes)
{
  gint64   at = td_centre_get_at (self->centre);
  gboolean put_back, was_broken;

  if (!TD_IS_KNOWN (at))
    return;
  put_back = TD_IS_KNOWN (self->until) && at < self->until - MAX_OVERLAP_US;
  if (changes->new_instance || put_back || (TD_IS_KNOWN (self->until) && at - self->until > MAX_BLIND_US))
    td_agent_recorder_break (self);
  /* What was there by the other clock has an end by it only. */
  if (put_back)
    g_hash_table_remove_all (self->tracks);

  was_broken = self->broken;
  if (self->broken && TD_IS_KNOWN (self->until))
    resume (self, at);
  self->broken = FALSE;

  for (guint i = 0; i < changes->agents_added->len; i++)
    follow (self, g_ptr_array_index (changes->agents_added, i), at);
  for (guint i = 0; i < changes->agents_changed->len; i++)
    follow (self, g_ptr_array_index (changes->agents_changed, i), at);
  for (guint i = 0; i < changes->agents_removed->len; i++)
    {
      Track *track = g_hash_table_lookup (self->tracks, g_ptr_array_index (changes->agents_removed, i));

      if (track == NULL)
        continue;
      add_span (self, track, was_broken ? self->until : MAX (at, self->until));
      g_hash_table_remove (self->tracks, track->agent);
    }

  hand_on (self);
  if (was_broken)
    self->until = at;
  observe (self, at);
}

static void
td_agent_recorder_dispose (GObject *object)
{
  TdAgentRecorder *self = (TdAgentRecorder *)object;

  if (self->history != NULL)
    td_agent_recorder_write (self);
  g_clear_object (&self->history);
  g_clear_object (&self->day);
  g_clear_object (&self->centre);

  G_OBJECT_CLASS (td_agent_recorder_parent_class)->dispose (object);
}

static void
td_agent_recorder_finalize (GObject *object)
{
  TdAgentRecorder *self = (TdAgentRecorder *)object;

  g_clear_pointer (&self->tracks, g_hash_table_unref);
  g_clear_pointer (&self->batch, td_history_records_unref);

  G_OBJECT_CLASS (td_agent_recorder_parent_class)->finalize (object);
}

static void
td_agent_recorder_class_init (TdAgentRecorderClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = td_agent_recorder_dispose;
  object_class->finalize = td_agent_recorder_finalize;
}

static void
td_agent_recorder_init (TdAgentRecorder *self)
{
  self->tracks = g_hash_table_new_full (NULL, NULL, NULL, free_track);
  self->batch = td_history_records_new ();
  self->until = TD_UNKNOWN;
  self->written = 0;
}

/**
 * td_agent_recorder_new:
 * @centre: the centre whose agents are followed
 * @day: its day, which turns before this looks at it
 * @history: where it is written
 *
 * Returns: (transfer full): a recorder
 */
TdAgentRecorder *
td_agent_recorder_new (TdCentre  *centre,
                       TdDay     *day,
                       TdHistory *history)
{
  TdAgentRecorder *self;

  g_return_val_if_fail (TD_IS_CENTRE (centre), NULL);
  g_return_val_if_fail (TD_IS_DAY (day), NULL);
  g_return_val_if_fail (TD_IS_HISTORY (history), NULL);

  self = g_object_new (TD_TYPE_AGENT_RECORDER, NULL);
  self->centre = g_object_ref (centre);
  self->day = g_object_ref (day);
  self->history = g_object_ref (history);
  g_signal_connect_object (centre, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);

  return self;
}

/**
 * td_agent_recorder_observe:
 * @self: a recorder
 * @at: the source's time
 *
 * Tells that the source was heard at @at and that nothing had changed.
 */
void
td_agent_recorder_observe (TdAgentRecorder *self,
                           gint64           at)
{
  g_return_if_fail (TD_IS_AGENT_RECORDER (self));

  if (TD_IS_KNOWN (self->until) && !self->broken && at > self->until)
    observe (self, at);
}

/**
 * td_agent_recorder_break:
 * @self: a recorder
 *
 * Tells that the source is not heard any more: what agents do from now on
 * until it is heard again is not known.
 */
void
td_agent_recorder_break (TdAgentRecorder *self)
{
  g_return_if_fail (TD_IS_AGENT_RECORDER (self));

  if (self->broken)
    return;

  td_agent_recorder_write (self);
  self->broken = TRUE;
}
