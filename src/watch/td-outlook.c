/* td-outlook.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-outlook.h"

#include <math.h>
#include <string.h>

#include "td-holidays.h"
#include "td-outlook-private.h"
#include "td-outlook-reading-private.h"
#include "td-own-days.h"

#define LEARN_DAYS 400
#define DAY_MINUTES (24 * 60)

/* What the past minutes say is gone through at most so often. */
#define PASS_US G_TIME_SPAN_SECOND

/* How long the main thread is held at once. */
#define SLICE_US 2000

/* Yesterday's last minutes are in the history by then. */
#define LEARN_MINUTE 2

enum {
  CHANGED,
  N_SIGNALS
};

G_DEFINE_FINAL_TYPE (TdOutlook, td_outlook, G_TYPE_OBJECT)

static guint signals[N_SIGNALS];

/* --- today's minutes ------------------------------------------------------ */

static guint
count_minutes (TdOutlook *self)
{
  return td_outlook_minutes_count (&self->minutes, self->day, td_centre_get_now (self->centre));
}

/* Takes over what was learnt of a stream; its day is then gone through anew. */
static void
take_lesson (TdOutlook       *self,
             TdOutlookStream *stream)
{
  for (guint i = 0; i < td_outlook_learning_get_n_lessons (self->lessons); i++)
    {
      const TdOutlookLesson *lesson = td_outlook_learning_get_lesson (self->lessons, i);

      if (lesson->kind != stream->kind || strcmp (lesson->id, stream->id) != 0)
        continue;

      g_clear_pointer (&stream->baseline, td_baseline_free);
      stream->baseline = td_baseline_copy (lesson->baseline);
      stream->days_learnt = lesson->days_learnt;
      stream->is_filling = self->is_filling;
      td_outlook_stream_begin_day (stream, &self->minutes.today, lesson->normal, self->streams->len);
      self->pass_changed = TRUE;
    }
}

static void
end_lessons (TdOutlook *self)
{
  gboolean any = FALSE;

  for (guint i = 0; i < self->streams->len; i++)
    any |= ((TdOutlookStream *)g_ptr_array_index (self->streams, i))->days_learnt > 0;

  g_array_unref (self->days);
  self->days = g_array_ref (td_outlook_learning_get_days (self->lessons));
  g_clear_pointer (&self->lessons, td_outlook_learning_free);
  self->pass_changed = TRUE;
  self->state = any ? TD_OUTLOOK_READY : TD_OUTLOOK_NO_HISTORY;
}

static void request_pass (TdOutlook *self);

static gboolean
pass_cb (gpointer user_data)
{
  TdOutlook *self = user_data;
  gint64     until = g_get_monotonic_time () + SLICE_US;
  gboolean   forget[TD_DAY_MINUTES];
  double     minutes[TD_DAY_MINUTES];

  td_outlook_minutes_forget (&self->minutes, self->day, forget, self->n_pass);
  while (self->next < self->streams->len && g_get_monotonic_time () < until)
    {
      TdOutlookStream *stream = g_ptr_array_index (self->streams, self->next++);

      if (self->lessons != NULL)
        take_lesson (self, stream);
      td_outlook_minutes_gather (self->day, stream, minutes, self->n_pass);
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
  if (self->lessons != NULL)
    end_lessons (self);
  if (self->pass_again)
    request_pass (self);
  if (self->pass_changed)
    g_signal_emit (self, signals[CHANGED], 0);

  return G_SOURCE_REMOVE;
}

static gboolean
begin_pass_cb (gpointer user_data)
{
  TdOutlook *self = user_data;

  self->n_pass = count_minutes (self);
  self->pass_again = FALSE;
  self->next = 0;
  self->pass_changed = FALSE;
  for (guint i = 0; i < self->n_pass; i++)
    self->judged[i] = td_outlook_minutes_are_open (&self->minutes, i);
  self->pass_source = g_idle_add (pass_cb, self);

  return G_SOURCE_REMOVE;
}

/* Soon, but not sooner than the last pass allows. */
static void
request_pass (TdOutlook *self)
{
  gint64 wait;

  self->pass_again = TRUE;
  if (self->pass_source != 0 || !self->minutes.begun || self->streams->len == 0)
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
        {
          g_clear_pointer (&self->lessons, td_outlook_learning_free);
          self->lessons = g_steal_pointer (&learning);
          restart_pass (self);
        }
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

/* What learns of the days before @julian, for the streams of now. */
TdOutlookLearning *
td_outlook_make_learning (TdOutlook *self,
                          guint      julian)
{
  g_autoptr (GPtrArray) marks = td_history_get_marks (self->history);
  TdOutlookLearning *learning;

  learning = td_outlook_learning_new (td_centre_get_timezone (self->centre), julian, LEARN_DAYS, marks, self->own_days);
  for (guint i = 0; i < self->streams->len; i++)
    {
      const TdOutlookStream *stream = g_ptr_array_index (self->streams, i);

      td_outlook_learning_add_stream (learning, stream->kind, stream->id, (const char *const *)stream->queues);
    }

  return learning;
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
  Waiting *waiting;

  g_return_if_fail (TD_IS_OUTLOOK (self));

  give_up_learning (self);
  if (self->history == NULL || !self->minutes.begun || self->streams->len == 0)
    return;

  self->learning = g_cancellable_new ();
  waiting = g_new0 (Waiting, 1);
  g_weak_ref_init (&waiting->outlook, self);
  waiting->cancellable = g_object_ref (self->learning);
  td_outlook_read_async (self->history, td_outlook_make_learning (self, self->minutes.today.julian), self->learning,
                         learnt_cb, waiting);
}

/* --- the day -------------------------------------------------------------- */

/* What was learnt up to the day before yesterday serves until yesterday is
 * learnt too. */
static void
begin_streams (TdOutlook *self)
{
  const TdLocalDay *today = &self->minutes.today;
  g_autoptr (GHashTable) own_days = td_own_days_find (self->own_days, today->julian, today->julian);

  g_clear_pointer (&self->lessons, td_outlook_learning_free);
  for (guint i = 0; i < self->streams->len; i++)
    {
      TdOutlookStream *stream = g_ptr_array_index (self->streams, i);
      TdCalendarDay    calendar = td_holidays_describe (today->julian, own_days);
      g_autoptr (TdBaseline) copy = stream->baseline != NULL ? td_baseline_copy (stream->baseline) : NULL;
      g_autoptr (TdNormal) normal = copy != NULL ? td_baseline_morning (copy, &calendar) : NULL;

      stream->is_filling = self->is_filling;
      td_outlook_stream_begin_day (stream, today, normal, self->streams->len);
    }
  restart_pass (self);
}

static void
follow (TdOutlook *self)
{
  gint64 start = td_day_get_start (self->day);

  if (start == TD_UNKNOWN)
    return;

  if (!self->minutes.begun || start != self->minutes.today.start)
    {
      gboolean goes_on = self->minutes.begun &&
                         start == self->minutes.today.start + self->minutes.today.n_slots * TD_LOCAL_DAY_SLOT_MINUTES * TD_HISTORY_MINUTE_US;

      td_outlook_minutes_begin_day (&self->minutes, start, td_centre_get_timezone (self->centre));
      self->learnt_today = FALSE;
      for (guint i = 0; i < self->streams->len; i++)
        td_outlook_stream_carry_over (g_ptr_array_index (self->streams, i),
                                      goes_on && td_outlook_minutes_are_open (&self->minutes, 0));
      begin_streams (self);
    }

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

  td_outlook_areas_take (self->areas, changes, td_centre_get_at (self->centre));
  if (changes->queues_added->len + changes->queues_changed->len + changes->queues_removed->len == 0)
    return;

  signature = td_outlook_streams_sign (self->centre);
  if (g_strcmp0 (signature, self->signature) == 0)
    return;

  g_free (self->signature);
  self->signature = g_steal_pointer (&signature);
  follow (self);
  g_ptr_array_unref (self->streams);
  self->streams = td_outlook_streams_new (self->centre);
  if (self->minutes.begun)
    begin_streams (self);
  restart_pass (self);
  self->learnt_today = self->minutes.begun;
  td_outlook_learn (self);
  self->state = self->learning != NULL ? TD_OUTLOOK_LEARNING : TD_OUTLOOK_NO_HISTORY;
  g_signal_emit (self, signals[CHANGED], 0);
}

/* Time passes also where the source is quiet. */
static gboolean
tick_cb (gpointer user_data)
{
  TdOutlook *self = user_data;

  if (self->minutes.begun && count_minutes (self) != self->n_pass)
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
  g_array_unref (self->days);
  g_hash_table_unref (self->own_days);
  td_outlook_areas_free (self->areas);
  g_clear_pointer (&self->lessons, td_outlook_learning_free);
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
  self->days = td_outlook_days_new ();
  self->own_days = td_own_days_new ();
  self->areas = td_outlook_areas_new ();
  self->minutes.live = TRUE;
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

  if (live == self->minutes.live)
    return;

  td_outlook_minutes_set_live (&self->minutes, live, self->minutes.begun ? count_minutes (self) : 0);
  request_pass (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

/**
 * td_outlook_set_filling:
 * @self: an outlook
 * @filling: more of the past is on its way, and soon here
 *
 * So long no alarm is raised by a normal that a few days taught.
 */
void
td_outlook_set_filling (TdOutlook *self,
                        gboolean   filling)
{
  g_return_if_fail (TD_IS_OUTLOOK (self));

  if (filling == self->is_filling)
    return;

  self->is_filling = filling;
  for (guint i = 0; i < self->streams->len; i++)
    {
      TdOutlookStream *stream = g_ptr_array_index (self->streams, i);

      stream->is_filling = filling;
      stream->figures_known = FALSE;
    }
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

  if (opens == self->minutes.opens && closes == self->minutes.closes)
    return;

  self->minutes.opens = opens;
  self->minutes.closes = closes;
  restart_pass (self);
}

/**
 * td_outlook_set_own_days:
 * @self: an outlook
 * @days: (element-type utf8 utf8): the centre's own days, as td_own_days_new() has them; copied
 *
 * They are holidays as those of the country are. What normal is, is learnt
 * anew where they are others than before.
 */
void
td_outlook_set_own_days (TdOutlook  *self,
                         GHashTable *days)
{
  g_return_if_fail (TD_IS_OUTLOOK (self));
  g_return_if_fail (days != NULL);

  if (td_own_days_equal (days, self->own_days))
    return;

  g_hash_table_unref (self->own_days);
  self->own_days = td_own_days_copy (days);
  td_outlook_learn (self);
}

TdOutlookState
td_outlook_get_state (TdOutlook *self)
{
  g_return_val_if_fail (TD_IS_OUTLOOK (self), TD_OUTLOOK_NO_HISTORY);

  return self->state;
}
