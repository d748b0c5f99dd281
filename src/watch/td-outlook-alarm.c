/* td-outlook-alarm.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>

#include "td-outlook-stream-private.h"

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
