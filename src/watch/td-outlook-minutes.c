/* td-outlook-minutes.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-outlook-minutes-private.h"

#include <math.h>
#include <string.h>

#define MINUTE_US TD_HISTORY_MINUTE_US

/* A minute that the source was not heard of in is one that was not observed,
 * once it is over for so long. */
#define PATIENCE_US (90 * G_TIME_SPAN_SECOND)

/* A source that hesitated for no longer has told by its counters what came
 * meanwhile. */
#define SHORT_MINUTES 3

/**
 * td_outlook_minutes_begin_day:
 * @self: minutes
 * @start: when the day begins, µs since 1970
 * @zone: of the centre's clock
 */
void
td_outlook_minutes_begin_day (TdOutlookMinutes *self,
                              gint64            start,
                              GTimeZone        *zone)
{
  g_return_if_fail (self != NULL);

  td_local_day_init (&self->today, start, zone);
  self->begun = TRUE;
  memset (self->unheard, 0, sizeof self->unheard);
  self->unheard_from = 0;
}

/**
 * td_outlook_minutes_count:
 * @self: minutes of a day that has begun
 * @day: what is known of it
 * @now: the source's time, µs since 1970, or %TD_UNKNOWN
 *
 * Returns: whole minutes of today that are over, and known or given up
 */
guint
td_outlook_minutes_count (const TdOutlookMinutes *self,
                          TdDay                  *day,
                          gint64                  now)
{
  gint64 given_up, known;

  g_return_val_if_fail (self != NULL, 0);

  given_up = now == TD_UNKNOWN ? 0 : (now - PATIENCE_US - self->today.start) / MINUTE_US;
  known = td_day_get_start (day) == self->today.start ? td_day_get_n_minutes (day) : 0;

  return (guint)CLAMP (MAX (known, given_up), 0, self->today.n_slots * TD_LOCAL_DAY_SLOT_MINUTES);
}

/**
 * td_outlook_minutes_set_live:
 * @self: minutes
 * @live: the source answers
 * @n_minutes: whole minutes of today that are over
 */
void
td_outlook_minutes_set_live (TdOutlookMinutes *self,
                             gboolean          live,
                             guint             n_minutes)
{
  g_return_if_fail (self != NULL);

  /* The one that runs was not heard of wholly. */
  for (guint i = self->unheard_from; live && !self->live && i < MIN (n_minutes + 1, TD_DAY_MINUTES); i++)
    self->unheard[i] = TRUE;

  self->live = live;
  self->unheard_from = n_minutes;
}

/**
 * td_outlook_minutes_are_open:
 * @self: minutes of a day that has begun
 * @minute: one that passes on it
 *
 * Returns: whether the centre is open in it
 */
gboolean
td_outlook_minutes_are_open (const TdOutlookMinutes *self,
                             guint                   minute)
{
  guint slot = MIN (minute / TD_LOCAL_DAY_SLOT_MINUTES, self->today.n_slots - 1);
  guint clock = self->today.wall[slot] * TD_LOCAL_DAY_SLOT_MINUTES + minute % TD_LOCAL_DAY_SLOT_MINUTES;

  if (self->opens == self->closes)
    return TRUE;

  return self->opens < self->closes ? clock >= self->opens && clock < self->closes
                                    : clock >= self->opens || clock < self->closes;
}

/* Whether any call is known of a stretch, but for the minutes at its ends,
 * which the source was heard of in part. */
static gboolean
has_calls (const double *calls,
           guint         from,
           guint         to)
{
  for (guint i = from + 1; i + 1 < to; i++)
    {
      if (calls[i] > 0)
        return TRUE;
    }

  return FALSE;
}

/**
 * td_outlook_minutes_forget:
 * @self: minutes of a day that has begun
 * @day: what is known of it
 * @forget: (out) (array length=n_minutes): minutes of which nothing is known for sure
 * @n_minutes: whole minutes of today that are over
 *
 * Counters that a source did not move while it did not answer say nothing,
 * unless it told later what they had missed.
 */
void
td_outlook_minutes_forget (TdOutlookMinutes *self,
                           TdDay            *day,
                           gboolean         *forget,
                           guint             n_minutes)
{
  double all[TD_DAY_MINUTES];
  guint  i = 0;

  g_return_if_fail (self != NULL);
  g_return_if_fail (n_minutes <= TD_DAY_MINUTES);

  td_day_get_offered (day, NULL, all, n_minutes);
  while (i < n_minutes)
    {
      guint from = i;

      while (i < n_minutes && self->unheard[i])
        i++;
      for (guint j = from; j < i; j++)
        forget[j] = i - from > SHORT_MINUTES && !has_calls (all, from, i);
      if (i < n_minutes)
        forget[i++] = FALSE;
    }

  for (guint j = self->unheard_from; j < n_minutes && !self->live; j++)
    forget[j] = TRUE;
}

/**
 * td_outlook_minutes_gather:
 * @day: what is known of today
 * @stream: a stream
 * @minutes: (out) (array length=n_minutes): calls offered to it in each minute, NAN where not observed
 * @n_minutes: how many from the day's start
 */
void
td_outlook_minutes_gather (TdDay                 *day,
                           const TdOutlookStream *stream,
                           double                *minutes,
                           guint                  n_minutes)
{
  double one[TD_DAY_MINUTES];

  g_return_if_fail (n_minutes <= TD_DAY_MINUTES);

  if (stream->kind == TD_STREAM_ALL)
    {
      td_day_get_offered (day, NULL, minutes, n_minutes);
      return;
    }

  for (guint i = 0; i < n_minutes; i++)
    minutes[i] = 0;
  for (guint q = 0; stream->queues[q] != NULL; q++)
    {
      td_day_get_offered (day, stream->queues[q], one, n_minutes);
      for (guint i = 0; i < n_minutes; i++)
        minutes[i] += one[i];
    }
}

/**
 * td_outlook_minutes_slide:
 * @minutes: (array length=n_minutes): calls of each minute, NAN where not observed
 * @window: minutes that are counted together, 1 or more
 * @rates: (out) (array length=n_minutes): calls of the @window minutes up to
 *   the end of each minute, NAN where one of them was not observed
 * @n_minutes: how many
 */
void
td_outlook_minutes_slide (const double *minutes,
                          guint         window,
                          double       *rates,
                          guint         n_minutes)
{
  double sum = 0;
  guint  n_known = 0;

  for (guint i = 0; i < n_minutes; i++)
    {
      if (!isnan (minutes[i]))
        {
          sum += minutes[i];
          n_known++;
        }
      if (i >= window && !isnan (minutes[i - window]))
        {
          sum -= minutes[i - window];
          n_known--;
        }
      rates[i] = n_known == window ? sum : NAN;
    }
}
