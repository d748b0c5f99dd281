/* td-outlook-stream.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-outlook-stream-private.h"

#include <math.h>
#include <string.h>

/* How far back an alarm's beginning is looked for, minutes. */
#define LONGEST_ONSET 240

/**
 * td_outlook_stream_new:
 * @kind: what kind of stream
 * @id: its id
 *
 * Returns: (transfer full): a stream without queues, of which nothing is known
 */
TdOutlookStream *
td_outlook_stream_new (TdStreamKind kind,
                       const char  *id)
{
  TdOutlookStream *self;

  g_return_val_if_fail (id != NULL, NULL);

  self = g_new0 (TdOutlookStream, 1);
  self->kind = kind;
  self->id = g_strdup (id);
  self->queues = g_new0 (char *, 1);
  self->verdict.expected = NAN;

  return self;
}

void
td_outlook_stream_free (TdOutlookStream *self)
{
  if (self == NULL)
    return;

  g_free (self->id);
  g_strfreev (self->queues);
  g_free (self->normal_15min);
  g_free (self->eve);
  g_clear_pointer (&self->baseline, td_baseline_free);
  g_clear_pointer (&self->normal, td_normal_unref);
  g_clear_pointer (&self->watch, td_day_watch_free);
  g_free (self);
}

/* The day from its beginning, as if nothing of it had been seen. */
static void
rewind_day (TdOutlookStream *self)
{
  g_clear_pointer (&self->watch, td_day_watch_free);
  self->n_minutes = 0;
  self->figures_known = FALSE;
  self->surge = (TdOutlookEpisode){ FALSE };
  self->silence = (TdOutlookEpisode){ FALSE };
  self->verdict = (TdDayVerdict){ .expected = NAN };
  if (self->normal == NULL)
    return;

  self->watch = td_day_watch_new (self->normal, self->n_watched);
  if (self->eve != NULL)
    {
      self->surge = self->eve->surge;
      self->silence = self->eve->silence;
      td_day_watch_go_on (self->watch, self->surge.on, self->silence.on);
    }
}

/* By the slots that pass on the day, where the normal is by those of a clock. */
static TdNormal *
follow_clock (TdNormal         *normal,
              const TdLocalDay *day)
{
  TdNormal *passing = td_normal_new (day->n_slots, TD_LOCAL_DAY_SLOT_MINUTES);

  passing->known = normal->known;
  passing->rho = normal->rho;
  passing->day_var = normal->day_var;
  passing->swing_var = normal->swing_var;
  passing->white_var = normal->white_var;
  for (guint i = 0; i < day->n_slots; i++)
    {
      passing->mean[i] = normal->mean[day->wall[i]];
      passing->error[i] = normal->error[day->wall[i]];
      passing->loading[i] = normal->loading[day->wall[i]];
    }

  return passing;
}

/* Minutes are counted from the next midnight, which is @n_minutes after the
 * last one; what is before that one is kept as a sum. */
static TdOutlookEpisode
shift_episode (const TdOutlookStream  *self,
               const TdOutlookEpisode *episode,
               guint                   n_minutes)
{
  TdOutlookEpisode shifted = *episode;

  if (shifted.on && shifted.since < 0)
    {
      double today_offered, today_expected;

      td_outlook_stream_measure_episode (self, episode, &shifted.offered, &shifted.expected);
      td_outlook_stream_measure (self, 0, &today_offered, &today_expected);
      shifted.offered -= today_offered;
      shifted.expected -= today_expected;
    }
  shifted.since -= (int)n_minutes;
  shifted.raised -= (int)n_minutes;

  return shifted;
}

/**
 * td_outlook_stream_carry_over:
 * @self: a stream at the end of a day, before the next begins
 * @goes_on: the next day follows on this one, and is open from its beginning
 *
 * An alarm that goes on at midnight keeps its begin and its excess.
 */
void
td_outlook_stream_carry_over (TdOutlookStream *self,
                              gboolean         goes_on)
{
  TdOutlookEve *eve = NULL;
  guint         n_minutes = self->normal != NULL ? self->normal->n_slots * TD_LOCAL_DAY_SLOT_MINUTES : 0;

  g_return_if_fail (self != NULL);

  if (goes_on && self->n_minutes > 0 && self->judged[self->n_minutes - 1] && (self->surge.on || self->silence.on))
    {
      eve = g_new0 (TdOutlookEve, 1);
      eve->n_minutes = n_minutes;
      for (guint i = 0; i < n_minutes; i++)
        {
          gboolean known = i < self->n_minutes && self->judged[i];

          eve->offered[i] = known ? (float)self->minutes[i] : NAN;
          eve->expected[i] = known ? self->expected[i] : NAN;
        }
      eve->surge = shift_episode (self, &self->surge, n_minutes);
      eve->silence = shift_episode (self, &self->silence, n_minutes);
    }

  g_free (self->eve);
  self->eve = eve;
}

/**
 * td_outlook_stream_begin_day:
 * @self: a stream
 * @day: today
 * @normal: (nullable): what is normal for it, in slots of the wall clock, or
 *   %NULL where nothing is known, or the line is closed
 * @n_watched: how many streams share the false alarms
 */
void
td_outlook_stream_begin_day (TdOutlookStream  *self,
                             const TdLocalDay *day,
                             TdNormal         *normal,
                             guint             n_watched)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (day != NULL);

  g_clear_pointer (&self->normal, td_normal_unref);
  g_clear_pointer (&self->normal_15min, g_free);
  self->n_normal = 0;
  if (normal != NULL && normal->known)
    self->normal = follow_clock (normal, day);
  self->n_watched = n_watched;
  rewind_day (self);
}

/* When the calls began to differ: where the evidence for a change of the rate
 * is best, reckoned back from @minute (the likelihood ratio of Lorden 1971). */
static guint
find_onset (const TdOutlookStream *self,
            guint                  minute,
            TdSurgeDirection       direction)
{
  guint  first = minute > LONGEST_ONSET ? minute - LONGEST_ONSET : 0;
  guint  onset = minute;
  double best = 0, offered = 0, expected = 0;

  for (guint i = minute + 1; i-- > first;)
    {
      double evidence;

      if (!self->judged[i] || isnan (self->minutes[i]) || isnan (self->expected[i]))
        continue;

      offered += self->minutes[i];
      expected += self->expected[i];
      if ((direction == TD_SURGE_UP) != (offered > expected))
        continue;

      evidence = (offered > 0 ? offered * log (offered / MAX (expected, 1e-6)) : 0) - (offered - expected);
      if (evidence > best)
        {
          best = evidence;
          onset = i;
        }
    }

  return onset;
}

static void
follow_episode (const TdOutlookStream *self,
                TdOutlookEpisode      *episode,
                TdSurgeDirection       direction,
                gboolean               begins,
                gboolean               goes_on)
{
  if (begins)
    {
      episode->raised = (int)self->n_minutes;
      episode->since = (int)find_onset (self, self->n_minutes, direction);
      episode->offered = episode->expected = 0;
    }
  episode->on = goes_on;
}

static void
step (TdOutlookStream *self,
      double           calls,
      gboolean         judged)
{
  guint minute = self->n_minutes;

  self->minutes[minute] = calls;
  self->judged[minute] = judged;
  self->expected[minute] = NAN;
  self->latched[minute] = FALSE;
  if (self->watch != NULL && minute < self->normal->n_slots * TD_LOCAL_DAY_SLOT_MINUTES)
    {
      self->verdict = td_day_watch_step (self->watch, judged ? calls : NAN);
      self->expected[minute] = (float)self->verdict.expected;
      self->latched[minute] = self->verdict.surging || self->verdict.silent;
      follow_episode (self, &self->surge, TD_SURGE_UP, self->verdict.surge_begins, self->verdict.surging);
      follow_episode (self, &self->silence, TD_SURGE_DOWN, self->verdict.silence_begins, self->verdict.silent);
    }
  self->n_minutes++;
  self->figures_known = FALSE;
}

static gboolean
is_same (double a,
         double b)
{
  return a == b || (isnan (a) && isnan (b));
}

/**
 * td_outlook_stream_advance:
 * @self: a stream
 * @minutes: (array length=n_minutes): what was offered in each minute of today, NAN where not observed
 * @judged: (array length=n_minutes): which of them are judged
 * @n_minutes: whole minutes that have passed, %TD_DAY_MINUTES at most
 *
 * Takes in the minutes that are new. Where one of the past has become another,
 * the day is gone through anew, so that what is said of it does not depend on
 * when it was told.
 *
 * Returns: whether there was anything to take in
 */
gboolean
td_outlook_stream_advance (TdOutlookStream *self,
                           const double    *minutes,
                           const gboolean  *judged,
                           guint            n_minutes)
{
  gboolean changed = n_minutes != self->n_minutes;
  guint    n_known;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (n_minutes <= TD_DAY_MINUTES, FALSE);

  n_known = MIN (self->n_minutes, n_minutes);
  for (guint i = 0; i < n_known; i++)
    {
      if (!is_same (minutes[i], self->minutes[i]) || judged[i] != self->judged[i])
        {
          rewind_day (self);
          changed = TRUE;
          break;
        }
    }
  if (n_minutes < self->n_minutes)
    rewind_day (self);

  while (self->n_minutes < n_minutes)
    step (self, minutes[self->n_minutes], judged[self->n_minutes]);

  return changed;
}

/**
 * td_outlook_stream_is_known:
 * @self: a stream
 *
 * Returns: whether it is known what is normal today
 */
gboolean
td_outlook_stream_is_known (const TdOutlookStream *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->normal != NULL;
}
