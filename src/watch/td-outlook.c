/* td-outlook.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-outlook.h"

#include <math.h>
#include <string.h>

#include "td-holidays.h"
#include "td-outlook-reading-private.h"
#include "td-outlook-stream-private.h"
#include "td-outlook-sum-private.h"
#include "td-outlook-words-private.h"

#define LEARN_DAYS 400
#define MINUTE_US TD_HISTORY_MINUTE_US
#define DAY_MINUTES (24 * 60)

/* What the past minutes say is gone through at most so often. */
#define PASS_US G_TIME_SPAN_SECOND

/* A minute that the source was not heard of in is one that was not observed,
 * once it is over for so long. */
#define PATIENCE_US (90 * G_TIME_SPAN_SECOND)

/* How long the main thread is held at once. */
#define SLICE_US 2000

/* Yesterday's last minutes are in the history by then. */
#define LEARN_MINUTE 2

struct _TdOutlook
{
  GObject parent_instance;

  TdCentre      *centre;  /* (owned) */
  TdDay         *day;     /* (owned) */
  TdHistory     *history; /* (owned) (nullable) */
  TdOutlookState state;

  GPtrArray *streams;   /* (owned) (element-type TdOutlookStream), by kind */
  char      *signature; /* (owned) (nullable): of the queues that they were made of */
  TdLocalDay today;
  gboolean   begun; /* @today is */
  gboolean   live;
  guint      opens;                   /* minute of the day */
  guint      closes;                  /* exclusive */
  gboolean   unheard[TD_DAY_MINUTES]; /* the source was stale or lost */
  guint      unheard_from;            /* since when it is, minute of today, where it is not live */

  gboolean      learnt_today;
  GCancellable *learning; /* (owned) (nullable): of the learning under way */

  guint    tick_source;
  guint    pass_source;
  gint64   passed_at; /* monotonic time of the last pass */
  guint    next;      /* stream that the pass under way takes next */
  guint    n_pass;    /* minutes of the pass under way */
  gboolean pass_changed;
  gboolean judged[TD_DAY_MINUTES];
};

enum {
  CHANGED,
  N_SIGNALS
};

G_DEFINE_FINAL_TYPE (TdOutlook, td_outlook, G_TYPE_OBJECT)

static guint signals[N_SIGNALS];

static void request_pass (TdOutlook *self);

static TdOutlookStream *
find_stream (TdOutlook   *self,
             TdStreamKind kind,
             const char  *id)
{
  for (guint i = 0; i < self->streams->len; i++)
    {
      TdOutlookStream *stream = g_ptr_array_index (self->streams, i);

      if (stream->kind == kind && (kind == TD_STREAM_ALL || strcmp (stream->id, id) == 0))
        return stream;
    }

  return NULL;
}

/* --- today's minutes ------------------------------------------------------ */

static void
gather_minutes (TdOutlook             *self,
                const TdOutlookStream *stream,
                double                *minutes,
                guint                  n_minutes)
{
  double one[TD_DAY_MINUTES];

  if (stream->kind == TD_STREAM_ALL)
    {
      td_day_get_offered (self->day, NULL, minutes, n_minutes);
      return;
    }

  for (guint i = 0; i < n_minutes; i++)
    minutes[i] = 0;
  for (guint q = 0; stream->queues[q] != NULL; q++)
    {
      td_day_get_offered (self->day, stream->queues[q], one, n_minutes);
      for (guint i = 0; i < n_minutes; i++)
        minutes[i] += one[i];
    }
}

/* Of a source that did not answer it is not known what the counters that it
 * did not move would have said, unless it told later. */
static void
forget_unheard (TdOutlook *self,
                gboolean  *forget,
                guint      n_minutes)
{
  double all[TD_DAY_MINUTES];

  td_day_get_offered (self->day, NULL, all, n_minutes);
  for (guint i = 0; i < n_minutes;)
    {
      guint  from = i;
      double calls = 0;

      for (; i < n_minutes && self->unheard[i]; i++)
        {
          if (i > from && i + 1 < n_minutes && self->unheard[i + 1] && !isnan (all[i]))
            calls += all[i];
        }
      for (guint j = from; j < i; j++)
        forget[j] = calls <= 0 || (!self->live && j >= self->unheard_from);
      if (i == from)
        forget[i++] = FALSE;
    }
}

static gboolean
is_open (TdOutlook *self,
         guint      minute)
{
  guint slot = MIN (minute / TD_LOCAL_DAY_SLOT_MINUTES, self->today.n_slots - 1);
  guint clock = self->today.wall[slot] * TD_LOCAL_DAY_SLOT_MINUTES + minute % TD_LOCAL_DAY_SLOT_MINUTES;

  if (self->opens == self->closes)
    return TRUE;

  return self->opens < self->closes ? clock >= self->opens && clock < self->closes
                                    : clock >= self->opens || clock < self->closes;
}

/* Whole minutes of today that are over, and known or given up. */
static guint
count_minutes (TdOutlook *self)
{
  gint64 now = td_centre_get_now (self->centre);
  gint64 given_up = now == TD_UNKNOWN ? 0 : (now - PATIENCE_US - self->today.start) / MINUTE_US;
  guint  most = MIN (self->today.n_slots * TD_LOCAL_DAY_SLOT_MINUTES, TD_DAY_MINUTES);

  return (guint)CLAMP (MAX ((gint64)td_day_get_n_minutes (self->day), given_up), 0, most);
}

static void
mark_unheard (TdOutlook *self,
              guint      n_minutes)
{
  if (!self->live)
    {
      for (guint i = self->unheard_from; i < n_minutes; i++)
        self->unheard[i] = TRUE;
    }
}

static gboolean
pass_cb (gpointer user_data)
{
  TdOutlook *self = user_data;
  gint64     until = g_get_monotonic_time () + SLICE_US;
  gboolean   forget[TD_DAY_MINUTES];
  double     minutes[TD_DAY_MINUTES];

  /* The day turned, or the queues are others: a new pass is on its way. */
  if (self->n_pass > TD_DAY_MINUTES || td_day_get_start (self->day) != self->today.start)
    self->next = self->streams->len;

  if (self->next < self->streams->len)
    forget_unheard (self, forget, self->n_pass);
  while (self->next < self->streams->len && g_get_monotonic_time () < until)
    {
      TdOutlookStream *stream = g_ptr_array_index (self->streams, self->next++);

      gather_minutes (self, stream, minutes, self->n_pass);
      for (guint i = 0; i < self->n_pass; i++)
        {
          if (forget[i])
            minutes[i] = NAN;
        }
      self->pass_changed |= td_outlook_stream_advance (stream, minutes, self->judged, self->n_pass);
    }
  if (self->next < self->streams->len)
    return G_SOURCE_CONTINUE;

  self->pass_source = 0;
  self->passed_at = g_get_monotonic_time ();
  if (self->pass_changed)
    g_signal_emit (self, signals[CHANGED], 0);

  return G_SOURCE_REMOVE;
}

static gboolean
begin_pass_cb (gpointer user_data)
{
  TdOutlook *self = user_data;

  self->n_pass = count_minutes (self);
  self->next = 0;
  self->pass_changed = FALSE;
  mark_unheard (self, self->n_pass);
  for (guint i = 0; i < self->n_pass; i++)
    self->judged[i] = is_open (self, i);
  self->pass_source = g_idle_add (pass_cb, self);

  return G_SOURCE_REMOVE;
}

/* Soon, but not sooner than the last pass allows. */
static void
request_pass (TdOutlook *self)
{
  gint64 wait;

  if (self->pass_source != 0 || !self->begun || self->streams->len == 0)
    return;

  wait = self->passed_at == 0 ? 0 : self->passed_at + PASS_US - g_get_monotonic_time ();
  self->pass_source = g_timeout_add ((guint)(CLAMP (wait, 0, PASS_US) / 1000), begin_pass_cb, self);
}

/* What was under way is begun again, at once. */
static void
restart_pass (TdOutlook *self)
{
  g_clear_handle_id (&self->pass_source, g_source_remove);
  self->passed_at = 0;
  request_pass (self);
}

/* --- learning ------------------------------------------------------------- */

static void
set_state (TdOutlook     *self,
           TdOutlookState state)
{
  if (self->state == state)
    return;

  self->state = state;
  g_signal_emit (self, signals[CHANGED], 0);
}

/* Who waits for what is being learnt. */
typedef struct
{
  GWeakRef      outlook;
  GCancellable *cancellable; /* (owned) */
} Waiting;

/* Takes over what was learnt. */
static void
take_lessons (TdOutlook         *self,
              TdOutlookLearning *learning)
{
  gboolean any = FALSE;

  for (guint i = 0; i < td_outlook_learning_get_n_lessons (learning); i++)
    {
      const TdOutlookLesson *lesson = td_outlook_learning_get_lesson (learning, i);
      TdOutlookStream       *stream = find_stream (self, lesson->kind, lesson->id);

      if (stream == NULL)
        continue;

      g_clear_pointer (&stream->baseline, td_baseline_free);
      stream->baseline = td_baseline_copy (lesson->baseline);
      stream->days_learnt = lesson->days_learnt;
      td_outlook_stream_begin_day (stream, &self->today, lesson->normal, self->streams->len);
      any |= lesson->days_learnt > 0;
    }

  self->state = any ? TD_OUTLOOK_READY : TD_OUTLOOK_NO_HISTORY;
  restart_pass (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
learnt_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  Waiting *waiting = user_data;
  g_autoptr (TdOutlook) self = g_weak_ref_get (&waiting->outlook);
  g_autoptr (GError) error = NULL;
  g_autoptr (TdOutlookLearning) learning = td_outlook_read_finish (TD_HISTORY (object), result, &error);

  if (self != NULL && self->learning == waiting->cancellable)
    {
      g_clear_object (&self->learning);
      if (learning != NULL)
        take_lessons (self, learning);
      else
        {
          g_info ("Nothing could be learnt: %s", error->message);
          if (self->state == TD_OUTLOOK_LEARNING)
            set_state (self, TD_OUTLOOK_NO_HISTORY);
        }
    }

  g_weak_ref_clear (&waiting->outlook);
  g_object_unref (waiting->cancellable);
  g_free (waiting);
}

static void
give_up_learning (TdOutlook *self)
{
  g_autoptr (GCancellable) cancellable = g_steal_pointer (&self->learning);

  if (cancellable != NULL)
    g_cancellable_cancel (cancellable);
}

/**
 * td_outlook_learn:
 * @self: an outlook
 *
 * Learns anew from the history, in a thread, as after days were added to it.
 * What was known before holds until then.
 */
void
td_outlook_learn (TdOutlook *self)
{
  g_autoptr (GPtrArray) marks = NULL;
  TdOutlookLearning *learning;
  Waiting           *waiting;

  g_return_if_fail (TD_IS_OUTLOOK (self));

  give_up_learning (self);
  if (self->history == NULL || !self->begun || self->streams->len == 0)
    return;

  marks = td_history_get_marks (self->history);
  learning = td_outlook_learning_new (td_centre_get_timezone (self->centre), self->today.julian, LEARN_DAYS, marks);
  for (guint i = 0; i < self->streams->len; i++)
    {
      const TdOutlookStream *stream = g_ptr_array_index (self->streams, i);

      td_outlook_learning_add_stream (learning, stream->kind, stream->id, (const char *const *)stream->queues);
    }

  self->learning = g_cancellable_new ();
  waiting = g_new0 (Waiting, 1);
  g_weak_ref_init (&waiting->outlook, self);
  waiting->cancellable = g_object_ref (self->learning);
  td_outlook_read_async (self->history, learning, self->learning, learnt_cb, waiting);
}

/* --- the streams ---------------------------------------------------------- */

static void
add_to_stream (GPtrArray   *streams,
               TdStreamKind kind,
               const char  *id,
               const char  *queue)
{
  TdOutlookStream *stream = NULL;
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  if (id == NULL || (id[0] == '\0' && kind != TD_STREAM_ALL))
    return;

  for (guint i = 0; i < streams->len && stream == NULL; i++)
    {
      TdOutlookStream *other = g_ptr_array_index (streams, i);

      if (other->kind == kind && strcmp (other->id, id) == 0)
        stream = other;
    }
  if (stream == NULL)
    {
      stream = td_outlook_stream_new (kind, id);
      g_ptr_array_add (streams, stream);
    }

  g_strv_builder_addv (builder, (const char **)stream->queues);
  g_strv_builder_add (builder, queue);
  g_strfreev (stream->queues);
  stream->queues = g_strv_builder_end (builder);
}

static char *
sign_queues (TdOutlook *self)
{
  TdRoster *queues = td_centre_get_queues (self->centre);
  GString  *signature = g_string_new (NULL);

  for (guint i = 0; i < td_roster_get_size (queues); i++)
    {
      const TdQueueInfo *info = td_queue_get_info (td_roster_get (queues, i));

      g_string_append_printf (signature, "%s\x1f%s\x1f%s\x1e", info->id, info->hotline != NULL ? info->hotline : "",
                              info->reason != NULL ? info->reason : "");
    }

  return g_string_free (signature, FALSE);
}

static void
make_streams (TdOutlook *self)
{
  TdRoster *queues = td_centre_get_queues (self->centre);

  g_ptr_array_set_size (self->streams, 0);
  for (TdStreamKind kind = TD_STREAM_ALL; kind <= TD_STREAM_QUEUE; kind++)
    {
      for (guint i = 0; i < td_roster_get_size (queues); i++)
        {
          const TdQueueInfo *info = td_queue_get_info (td_roster_get (queues, i));
          const char *const  ids[] = {
             [TD_STREAM_ALL] = "",
             [TD_STREAM_HOTLINE] = info->hotline,
             [TD_STREAM_REASON] = info->reason,
             [TD_STREAM_QUEUE] = info->id,
          };

          add_to_stream (self->streams, kind, ids[kind], info->id);
        }
    }
  for (guint i = 0; i < self->streams->len; i++)
    td_outlook_stream_begin_day (g_ptr_array_index (self->streams, i), &self->today, NULL, self->streams->len);
}

/* --- the day -------------------------------------------------------------- */

static void
begin_day (TdOutlook *self,
           gint64     start)
{
  td_local_day_init (&self->today, start, td_centre_get_timezone (self->centre));
  self->begun = TRUE;
  self->learnt_today = FALSE;
  memset (self->unheard, 0, sizeof self->unheard);
  self->unheard_from = 0;

  /* What was learnt up to the day before yesterday serves until yesterday is
   * learnt too. */
  for (guint i = 0; i < self->streams->len; i++)
    {
      TdOutlookStream *stream = g_ptr_array_index (self->streams, i);
      TdCalendarDay    calendar = td_holidays_describe (self->today.julian, NULL);
      g_autoptr (TdBaseline) copy = stream->baseline != NULL ? td_baseline_copy (stream->baseline) : NULL;
      g_autoptr (TdNormal) normal = copy != NULL ? td_baseline_morning (copy, &calendar) : NULL;

      td_outlook_stream_begin_day (stream, &self->today, normal, self->streams->len);
    }
  restart_pass (self);
}

static void
follow (TdOutlook *self)
{
  gint64 start = td_day_get_start (self->day);

  if (start == TD_UNKNOWN)
    return;

  if (!self->begun || start != self->today.start)
    begin_day (self, start);

  if (!self->learnt_today && self->signature != NULL && td_day_get_n_minutes (self->day) >= LEARN_MINUTE)
    {
      self->learnt_today = TRUE;
      td_outlook_learn (self);
    }
  request_pass (self);
}

static void
day_changed_cb (TdOutlook *self)
{
  follow (self);
}

static void
centre_changed_cb (TdOutlook       *self,
                   const TdChanges *changes)
{
  g_autofree char *signature = NULL;

  if (changes->queues_added->len + changes->queues_changed->len + changes->queues_removed->len == 0)
    return;

  signature = sign_queues (self);
  if (g_strcmp0 (signature, self->signature) == 0)
    return;

  g_free (self->signature);
  self->signature = g_steal_pointer (&signature);
  follow (self);
  make_streams (self);
  restart_pass (self);
  self->learnt_today = self->begun;
  td_outlook_learn (self);
  self->state = self->learning != NULL ? TD_OUTLOOK_LEARNING : TD_OUTLOOK_NO_HISTORY;
  g_signal_emit (self, signals[CHANGED], 0);
}

/* Time passes also where the source is quiet. */
static gboolean
tick_cb (gpointer user_data)
{
  TdOutlook *self = user_data;

  if (self->begun && count_minutes (self) != self->n_pass)
    request_pass (self);

  return G_SOURCE_CONTINUE;
}

static void
td_outlook_dispose (GObject *object)
{
  TdOutlook *self = TD_OUTLOOK (object);

  give_up_learning (self);
  g_clear_handle_id (&self->tick_source, g_source_remove);
  g_clear_handle_id (&self->pass_source, g_source_remove);
  g_clear_object (&self->history);
  g_clear_object (&self->day);
  g_clear_object (&self->centre);

  G_OBJECT_CLASS (td_outlook_parent_class)->dispose (object);
}

static void
td_outlook_finalize (GObject *object)
{
  TdOutlook *self = TD_OUTLOOK (object);

  g_ptr_array_unref (self->streams);
  g_free (self->signature);

  G_OBJECT_CLASS (td_outlook_parent_class)->finalize (object);
}

static void
td_outlook_class_init (TdOutlookClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = td_outlook_dispose;
  object_class->finalize = td_outlook_finalize;

  signals[CHANGED] =
    g_signal_new ("changed",
                  G_TYPE_FROM_CLASS (klass),
                  G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);
}

static void
td_outlook_init (TdOutlook *self)
{
  self->streams = g_ptr_array_new_with_free_func ((GDestroyNotify)td_outlook_stream_free);
  self->live = TRUE;
  self->state = TD_OUTLOOK_NO_HISTORY;
}

/**
 * td_outlook_new:
 * @centre: the centre
 * @day: its today; made before, so that it hears of changes first
 * @history: (nullable): what is learnt from; without it nothing is known of normal
 *
 * Returns: (transfer full): an outlook, which learns as soon as the centre is known
 */
TdOutlook *
td_outlook_new (TdCentre  *centre,
                TdDay     *day,
                TdHistory *history)
{
  TdOutlook *self;

  g_return_val_if_fail (TD_IS_CENTRE (centre), NULL);
  g_return_val_if_fail (TD_IS_DAY (day), NULL);
  g_return_val_if_fail (history == NULL || TD_IS_HISTORY (history), NULL);

  self = g_object_new (TD_TYPE_OUTLOOK, NULL);
  self->centre = g_object_ref (centre);
  self->day = g_object_ref (day);
  if (history != NULL)
    {
      self->state = TD_OUTLOOK_LEARNING;
      self->history = g_object_ref (history);
      g_signal_connect_object (history, "marks-changed", G_CALLBACK (td_outlook_learn), self, G_CONNECT_SWAPPED);
    }
  g_signal_connect_object (centre, "changed", G_CALLBACK (centre_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (day, "changed", G_CALLBACK (day_changed_cb), self, G_CONNECT_SWAPPED);
  self->tick_source = g_timeout_add_seconds (1, tick_cb, self);

  return self;
}

/**
 * td_outlook_set_live:
 * @self: an outlook
 * @live: the source answers
 *
 * While it does not, nothing is taken for silence; a new outlook takes its
 * source for live.
 */
void
td_outlook_set_live (TdOutlook *self,
                     gboolean   live)
{
  g_return_if_fail (TD_IS_OUTLOOK (self));

  if (live == self->live)
    return;

  if (live && self->begun)
    mark_unheard (self, MIN (count_minutes (self) + 1, TD_DAY_MINUTES));
  self->live = live;
  self->unheard_from = self->begun ? count_minutes (self) : 0;
  request_pass (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

/**
 * td_outlook_set_hours:
 * @self: an outlook
 * @opens: minute of the day at which the centre opens, 0…1440
 * @closes: minute at which it closes; before @opens where that is after
 *   midnight, the same where it never does
 *
 * Outside of the hours nothing is judged: there is no alarm.
 */
void
td_outlook_set_hours (TdOutlook *self,
                      guint      opens,
                      guint      closes)
{
  g_return_if_fail (TD_IS_OUTLOOK (self));
  g_return_if_fail (opens <= DAY_MINUTES && closes <= DAY_MINUTES);

  if (opens == self->opens && closes == self->closes)
    return;

  self->opens = opens;
  self->closes = closes;
  restart_pass (self);
}

TdOutlookState
td_outlook_get_state (TdOutlook *self)
{
  g_return_val_if_fail (TD_IS_OUTLOOK (self), TD_OUTLOOK_NO_HISTORY);

  return self->state;
}

/**
 * td_outlook_get_n_streams:
 * @self: an outlook
 * @kind: which kind
 *
 * Returns: how many streams of it there are
 */
guint
td_outlook_get_n_streams (TdOutlook   *self,
                          TdStreamKind kind)
{
  guint n = 0;

  g_return_val_if_fail (TD_IS_OUTLOOK (self), 0);

  for (guint i = 0; i < self->streams->len; i++)
    n += ((TdOutlookStream *)g_ptr_array_index (self->streams, i))->kind == kind;

  return n;
}

/**
 * td_outlook_get_stream:
 * @self: an outlook
 * @kind: which kind
 * @index: less than td_outlook_get_n_streams()
 *
 * Returns: (nullable): its id, until the centre's queues change
 */
const char *
td_outlook_get_stream (TdOutlook   *self,
                       TdStreamKind kind,
                       guint        index)
{
  g_return_val_if_fail (TD_IS_OUTLOOK (self), NULL);

  for (guint i = 0; i < self->streams->len; i++)
    {
      const TdOutlookStream *stream = g_ptr_array_index (self->streams, i);

      if (stream->kind == kind && index-- == 0)
        return stream->id;
    }

  return NULL;
}

/**
 * td_outlook_get_queues:
 * @self: an outlook
 * @kind: which kind
 * @id: id of a stream
 *
 * Returns: (transfer none) (nullable): ids of its queues, until the centre's
 *   queues change, or %NULL where there is no such stream
 */
const char *const *
td_outlook_get_queues (TdOutlook   *self,
                       TdStreamKind kind,
                       const char  *id)
{
  const TdOutlookStream *stream;

  g_return_val_if_fail (TD_IS_OUTLOOK (self), NULL);
  g_return_val_if_fail (id != NULL, NULL);

  stream = find_stream (self, kind, id);

  return stream != NULL ? (const char *const *)stream->queues : NULL;
}

/**
 * td_outlook_get_figures:
 * @self: an outlook
 * @kind: which kind
 * @id: id of a stream
 * @figures: (out): where it stands; all unknown where there is no such stream
 */
void
td_outlook_get_figures (TdOutlook        *self,
                        TdStreamKind      kind,
                        const char       *id,
                        TdOutlookFigures *figures)
{
  const TdOutlookStream *stream;

  g_return_if_fail (TD_IS_OUTLOOK (self));
  g_return_if_fail (id != NULL);
  g_return_if_fail (figures != NULL);

  stream = find_stream (self, kind, id);
  if (stream != NULL)
    {
      td_outlook_stream_get_figures (stream, self->today.start, self->live, figures);
      return;
    }

  *figures = (TdOutlookFigures){
    .offered_15min = TD_UNKNOWN,
    .normal_15min = td_outlook_range_unknown,
    .deviation = NAN,
    .normal_by_now = td_outlook_range_unknown,
    .normal_day = td_outlook_range_unknown,
    .forecast_day = td_outlook_range_unknown,
    .alarm_since = TD_UNKNOWN,
    .alarm_raised = TD_UNKNOWN,
    .excess = NAN,
    .factor = NAN,
  };
}

/**
 * td_outlook_get_normal:
 * @self: an outlook
 * @kind: which kind
 * @id: id of a stream
 * @window: minutes of the sliding window, 1 or more
 * @ranges: (out) (array length=n_minutes): what is normal for the calls of the
 *   @window minutes up to the end of each minute, NAN where it is not known
 * @n_minutes: how many minutes from the day's start, %TD_DAY_MINUTES at most
 *
 * As was foreseen in the morning.
 */
void
td_outlook_get_normal (TdOutlook      *self,
                       TdStreamKind    kind,
                       const char     *id,
                       guint           window,
                       TdOutlookRange *ranges,
                       guint           n_minutes)
{
  const TdOutlookStream *stream;

  g_return_if_fail (TD_IS_OUTLOOK (self));
  g_return_if_fail (id != NULL);
  g_return_if_fail (window >= 1);
  g_return_if_fail (n_minutes <= TD_DAY_MINUTES);

  stream = find_stream (self, kind, id);
  if (stream != NULL)
    td_outlook_stream_get_normal (stream, window, ranges, n_minutes);
  for (guint i = 0; i < n_minutes && stream == NULL; i++)
    ranges[i] = td_outlook_range_unknown;
}

/**
 * td_outlook_get_forecast:
 * @self: an outlook
 * @kind: which kind
 * @id: id of a stream
 * @window: minutes of the sliding window, 1 or more
 * @ranges: (out) (array length=n_minutes): what the @window minutes up to the
 *   end of each minute are going to bring, going by today so far; NAN for
 *   minutes that are past
 * @n_minutes: how many minutes from the day's start, %TD_DAY_MINUTES at most
 */
void
td_outlook_get_forecast (TdOutlook      *self,
                         TdStreamKind    kind,
                         const char     *id,
                         guint           window,
                         TdOutlookRange *ranges,
                         guint           n_minutes)
{
  const TdOutlookStream *stream;

  g_return_if_fail (TD_IS_OUTLOOK (self));
  g_return_if_fail (id != NULL);
  g_return_if_fail (window >= 1);
  g_return_if_fail (n_minutes <= TD_DAY_MINUTES);

  stream = find_stream (self, kind, id);
  if (stream != NULL)
    td_outlook_stream_get_forecast (stream, window, ranges, n_minutes);
  for (guint i = 0; i < n_minutes && stream == NULL; i++)
    ranges[i] = td_outlook_range_unknown;
}

/**
 * td_outlook_get_rates:
 * @self: an outlook
 * @kind: which kind
 * @id: id of a stream
 * @window: minutes of the sliding window, 1 or more
 * @rates: (out) (array length=n_minutes): calls of the @window minutes up to
 *   the end of each minute, NAN where one of them was not observed
 * @n_minutes: how many minutes from the day's start, %TD_DAY_MINUTES at most
 */
void
td_outlook_get_rates (TdOutlook   *self,
                      TdStreamKind kind,
                      const char  *id,
                      guint        window,
                      double      *rates,
                      guint        n_minutes)
{
  const TdOutlookStream *stream;
  double                 minutes[TD_DAY_MINUTES];
  double                 sum = 0;
  guint                  n_known = 0;

  g_return_if_fail (TD_IS_OUTLOOK (self));
  g_return_if_fail (id != NULL);
  g_return_if_fail (window >= 1);
  g_return_if_fail (n_minutes <= TD_DAY_MINUTES);

  stream = find_stream (self, kind, id);
  if (stream != NULL)
    gather_minutes (self, stream, minutes, n_minutes);
  for (guint i = 0; i < n_minutes; i++)
    {
      if (stream != NULL && !isnan (minutes[i]))
        {
          sum += minutes[i];
          n_known++;
        }
      if (stream != NULL && i >= window && !isnan (minutes[i - window]))
        {
          sum -= minutes[i - window];
          n_known--;
        }
      rates[i] = n_known == window ? sum : NAN;
    }
}

/**
 * td_outlook_describe_alarm:
 * @self: an outlook
 * @kind: which kind
 * @id: id of a stream
 *
 * Returns: (transfer full) (nullable): the evidence of its alarm, translated,
 *   or %NULL where there is no alarm
 */
char *
td_outlook_describe_alarm (TdOutlook   *self,
                           TdStreamKind kind,
                           const char  *id)
{
  const TdOutlookStream *stream;

  g_return_val_if_fail (TD_IS_OUTLOOK (self), NULL);
  g_return_val_if_fail (id != NULL, NULL);

  stream = find_stream (self, kind, id);

  return stream != NULL ? td_outlook_words_describe (self->streams, stream, self->centre, self->today.start, self->live) : NULL;
}
