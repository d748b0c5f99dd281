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
  g_free (self->past);
  g_free (self->normal_15min);
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
  self->surge = (TdOutlookEpisode){ FALSE, 0, 0 };
  self->silence = (TdOutlookEpisode){ FALSE, 0, 0 };
  self->verdict = (TdDayVerdict){ .expected = NAN };
  if (self->normal != NULL)
    self->watch = td_day_watch_new (self->normal, self->n_watched);
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
      episode->raised = self->n_minutes;
      episode->since = find_onset (self, self->n_minutes, direction);
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

/**
 * td_outlook_stream_get_alarm:
 * @self: a stream
 * @live: the source answers; else nobody knows whether there is silence
 * @alarm: (out): what is wrong
 * @episode: (out): since when
 *
 * Returns: whether there is an alarm
 */
gboolean
td_outlook_stream_get_alarm (const TdOutlookStream *self,
                             gboolean               live,
                             TdOutlookAlarm        *alarm,
                             TdOutlookEpisode      *episode)
{
  gboolean silence, surge;

  g_return_val_if_fail (self != NULL, FALSE);

  *alarm = TD_OUTLOOK_ALARM_NONE;
  if (self->n_minutes == 0 || !self->judged[self->n_minutes - 1])
    return FALSE;

  silence = self->silence.on && live;
  surge = self->surge.on;
  if (silence && (!surge || self->silence.raised >= self->surge.raised))
    {
      *alarm = TD_OUTLOOK_ALARM_SILENCE;
      *episode = self->silence;
    }
  else if (surge)
    {
      *alarm = TD_OUTLOOK_ALARM_SURGE;
      *episode = self->surge;
    }

  return silence || surge;
}

/**
 * td_outlook_stream_measure:
 * @self: a stream
 * @since: a minute of today
 * @offered: (out): calls of the observed minutes since then
 * @expected: (out): what was to be expected in the same minutes
 */
void
td_outlook_stream_measure (const TdOutlookStream *self,
                           guint                  since,
                           double                *offered,
                           double                *expected)
{
  g_return_if_fail (self != NULL);

  *offered = 0;
  *expected = 0;
  for (guint i = since; i < self->n_minutes; i++)
    {
      if (self->judged[i] && !isnan (self->minutes[i]) && !isnan (self->expected[i]))
        {
          *offered += self->minutes[i];
          *expected += self->expected[i];
        }
    }
}
