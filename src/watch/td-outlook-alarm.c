/* td-outlook-alarm.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>

#include "td-outlook-stream-private.h"

/* What is learnt from fewer days is so rough that only what nobody could
 * overlook is an alarm. */
#define ROUGH_SURGE 3.0
#define ROUGH_SILENCE 0.3

/* Days of which there are enough to raise an alarm while more of them are on
 * their way: each weekday is among them a few times. */
#define SETTLED_DAYS 28

/* A day on which fewer than that come is no quiet one: something is broken. */
#define QUIET_LEAST 0.5

/* Nor one on which nearly as many come as ever. */
#define QUIET_MOST 0.85

/* By how much a level may swing within a day, and how far chance goes. */
#define QUIET_SWING 0.1
#define QUIET_DEVIATES 2.5

/* Evidence that a quiet line died, or nearly: that of one false alarm a week,
 * as of a silence. */
#define DEAD_EVIDENCE 10.0

/* The judged minutes from..to, against the morning's view of them. */
static void
measure_foreseen (const TdOutlookStream *self,
                  guint                  from,
                  guint                  to,
                  double                *offered,
                  double                *foreseen)
{
  *offered = 0;
  *foreseen = 0;
  for (guint i = from; i < to; i++)
    {
      guint slot = i / TD_LOCAL_DAY_SLOT_MINUTES;

      if (slot < self->normal->n_slots && self->judged[i] && !isnan (self->minutes[i]))
        {
          *offered += self->minutes[i];
          *foreseen += self->normal->mean[slot] / TD_LOCAL_DAY_SLOT_MINUTES;
        }
    }
}

/* Whether the last minutes are far too few even for a day at @level. */
static gboolean
has_died (const TdOutlookStream *self,
          guint                  since,
          double                 level)
{
  double offered = 0, foreseen = 0;

  for (guint i = self->n_minutes; i-- > since;)
    {
      double minute_offered, minute_foreseen, expected;

      measure_foreseen (self, i, i + 1, &minute_offered, &minute_foreseen);
      offered += minute_offered;
      foreseen += minute_foreseen;
      expected = foreseen * level;
      if (offered < expected * QUIET_LEAST &&
          (offered > 0 ? offered * log (offered / expected) : 0) - (offered - expected) > DEAD_EVIDENCE + log (MAX (self->n_watched, 1)))
        return TRUE;
    }

  return FALSE;
}

/**
 * td_outlook_stream_is_quiet_day:
 * @self: a stream
 *
 * An alarm of too few calls that the day as a whole explains: it is at the
 * same low level since its beginning, as on a holiday that nobody entered, and
 * not so low that the line could be broken.
 *
 * Returns: whether there is one
 */
gboolean
td_outlook_stream_is_quiet_day (const TdOutlookStream *self)
{
  double before, before_foreseen, since, since_foreseen;
  double level, share, expected, variance;

  g_return_val_if_fail (self != NULL, FALSE);

  if (!self->silence.on || self->silence.since < 0 || self->normal == NULL || self->days_learnt < TD_OUTLOOK_ENOUGH_DAYS)
    return FALSE;

  measure_foreseen (self, 0, (guint)self->silence.since, &before, &before_foreseen);
  measure_foreseen (self, (guint)self->silence.since, self->n_minutes, &since, &since_foreseen);
  if (since_foreseen <= 0)
    return FALSE;

  /* Of all calls until now, as many belong to the time since the alarm's begin
   * as to the same minutes of a day of one level, but for chance; the begin was
   * chosen for being low, so chance is given its room. */
  level = (before + since) / (before_foreseen + since_foreseen);
  share = since_foreseen / (before_foreseen + since_foreseen);
  expected = (before + since) * share;
  variance = expected * (1 - share) + pow (QUIET_SWING * expected * (1 - share), 2);

  return level >= QUIET_LEAST && level <= QUIET_MOST &&
         since >= expected - QUIET_DEVIATES * sqrt (variance) &&
         !has_died (self, (guint)self->silence.since, level);
}

/* Whether an alarm is one even where normal is known but roughly. */
static gboolean
is_gross (const TdOutlookStream  *self,
          const TdOutlookEpisode *episode,
          gboolean                surge)
{
  double offered, expected;

  if (self->days_learnt >= TD_OUTLOOK_ENOUGH_DAYS)
    return TRUE;

  td_outlook_stream_measure_episode (self, episode, &offered, &expected);
  return surge ? offered >= ROUGH_SURGE * expected : offered <= ROUGH_SILENCE * expected;
}

/* td_outlook_stream_is_settling:
 *
 * What is thought of a Monday by the two days before it is worth nothing if
 * the other Mondays come within the minute.
 *
 * Returns: whether nothing is judged by what is normal yet */
gboolean
td_outlook_stream_is_settling (const TdOutlookStream *self)
{
  g_return_val_if_fail (self != NULL, TRUE);

  return self->is_filling && self->days_learnt < SETTLED_DAYS;
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
  if (self->n_minutes > 0 && !self->judged[self->n_minutes - 1])
    return FALSE;
  if (td_outlook_stream_is_settling (self))
    return FALSE;

  silence = self->silence.on && live && is_gross (self, &self->silence, FALSE) && !td_outlook_stream_is_quiet_day (self);
  surge = self->surge.on && is_gross (self, &self->surge, TRUE);
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

static void
add_minute (double  minute_offered,
            double  minute_expected,
            double *offered,
            double *expected)
{
  if (!isnan (minute_offered) && !isnan (minute_expected))
    {
      *offered += minute_offered;
      *expected += minute_expected;
    }
}

/**
 * td_outlook_stream_measure:
 * @self: a stream
 * @since: a minute of today, or below zero one of yesterday, as far as that is
 *   known
 * @offered: (out): calls of the observed minutes since then
 * @expected: (out): what was to be expected in the same minutes
 */
void
td_outlook_stream_measure (const TdOutlookStream *self,
                           int                    since,
                           double                *offered,
                           double                *expected)
{
  int n_eve;

  g_return_if_fail (self != NULL);

  *offered = 0;
  *expected = 0;
  n_eve = self->eve != NULL ? (int)self->eve->n_minutes : 0;
  for (int i = MAX (since, -n_eve); i < 0; i++)
    add_minute (self->eve->offered[n_eve + i], self->eve->expected[n_eve + i], offered, expected);
  for (guint i = (guint)MAX (since, 0); i < self->n_minutes; i++)
    add_minute (self->judged[i] ? self->minutes[i] : NAN, self->expected[i], offered, expected);
}

/**
 * td_outlook_stream_measure_episode:
 * @self: a stream
 * @episode: an alarm of it
 * @offered: (out): calls of the observed minutes since it began
 * @expected: (out): what was to be expected in the same minutes
 */
void
td_outlook_stream_measure_episode (const TdOutlookStream  *self,
                                   const TdOutlookEpisode *episode,
                                   double                 *offered,
                                   double                 *expected)
{
  td_outlook_stream_measure (self, episode->since, offered, expected);
  *offered += episode->offered;
  *expected += episode->expected;
}
