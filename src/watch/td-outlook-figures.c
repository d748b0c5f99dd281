/* td-outlook-figures.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>
#include <string.h>

#include "td-outlook-stream-private.h"
#include "td-outlook-sum-private.h"

#define RECENT_MINUTES 15
#define SLOT TD_LOCAL_DAY_SLOT_MINUTES

static guint
get_n_passing (const TdOutlookStream *self)
{
  return self->normal->n_slots * SLOT;
}

static gboolean
is_observed (const TdOutlookStream *self,
             guint                  minute)
{
  return minute < self->n_minutes && !isnan (self->minutes[minute]);
}

/* The minutes from..to that are chosen, slot by slot. */
static void
add_minutes (const TdOutlookStream *self,
             TdOutlookSum          *sum,
             guint                  from,
             guint                  to,
             gboolean (*choose) (const TdOutlookStream *self, guint minute))
{
  to = MIN (to, get_n_passing (self));
  for (guint minute = from; minute < to;)
    {
      guint slot = minute / SLOT;
      guint n = 0;

      for (; minute < MIN (to, (slot + 1) * SLOT); minute++)
        n += choose == NULL || choose (self, minute);
      td_outlook_sum_add (sum, slot, n);
    }
}

static gboolean
is_to_come (const TdOutlookStream *self,
            guint                  minute)
{
  return !is_observed (self, minute);
}

static double
count_slot (const TdOutlookStream *self,
            guint                  slot,
            gboolean               with_latched)
{
  double calls = 0;

  for (guint i = slot * SLOT; i < (slot + 1) * SLOT; i++)
    calls += (self->latched[i] && !with_latched) || !self->judged[i] ? NAN : self->minutes[i];

  return calls;
}

/* What today says up to now. The alarms hold back the last minutes, so that a
 * surge does not become its own normal; a forecast need not. */
static void
get_today (const TdOutlookStream *self,
           TdToday               *today)
{
  gboolean quiet = td_outlook_stream_is_quiet_day (self);

  /* The level of a quiet day is today's: it is to be learnt for the rest. */
  if (quiet)
    td_today_init (today, self->normal);
  else
    *today = *td_day_watch_get_today (self->watch);
  while (today->slot < self->normal->n_slots && (today->slot + 1) * SLOT <= self->n_minutes)
    td_today_step (today, self->normal, count_slot (self, today->slot, quiet));
}

static double
count_observed (const TdOutlookStream *self)
{
  double calls = 0;

  for (guint i = 0; i < self->n_minutes; i++)
    calls += isnan (self->minutes[i]) ? 0 : self->minutes[i];

  return calls;
}

static gint64
count_recent (const TdOutlookStream *self)
{
  double calls = 0;

  if (self->n_minutes < RECENT_MINUTES)
    return TD_UNKNOWN;
  for (guint i = self->n_minutes - RECENT_MINUTES; i < self->n_minutes; i++)
    calls += self->minutes[i];

  return isnan (calls) ? TD_UNKNOWN : (gint64)lround (calls);
}

/* Against the normal of the same 15 minutes. */
static void
compare_count (TdOutlookFigures *figures)
{
  double offered = (double)figures->offered_15min;

  if (!TD_IS_KNOWN (figures->offered_15min))
    return;

  figures->deviation = offered / figures->normal_15min.mean - 1;
  figures->is_out = figures->days_learnt >= TD_OUTLOOK_ENOUGH_DAYS &&
                    (offered < figures->normal_15min.low95 || offered > figures->normal_15min.high95);
}

/**
 * td_outlook_figures_fill_in:
 * @figures: figures
 * @offered_15min: calls of the last 15 minutes as the source counts them, or %TD_UNKNOWN
 *
 * Takes the source's own count where a minute was not observed here: it was
 * there all the time.
 */
void
td_outlook_figures_fill_in (TdOutlookFigures *figures,
                            gint64            offered_15min)
{
  g_return_if_fail (figures != NULL);

  if (TD_IS_KNOWN (figures->offered_15min))
    return;

  figures->offered_15min = offered_15min;
  if (figures->known)
    compare_count (figures);
}

static void
compare_recent (const TdOutlookStream *self,
                const TdToday         *morning,
                TdOutlookFigures      *figures)
{
  TdOutlookSum sum;

  if (self->n_minutes < RECENT_MINUTES || self->n_minutes > get_n_passing (self))
    return;

  td_outlook_sum_init (&sum, self->normal, morning);
  add_minutes (self, &sum, self->n_minutes - RECENT_MINUTES, self->n_minutes, NULL);
  td_outlook_sum_get_range (&sum, 0, &figures->normal_15min);
  compare_count (figures);
}

static void
describe_episode (const TdOutlookStream *self,
                  gint64                 start,
                  gboolean               live,
                  TdOutlookFigures      *figures)
{
  TdOutlookEpisode episode;
  double           offered, expected;

  if (td_outlook_stream_is_settling (self))
    return;

  figures->runs_high = self->verdict.running_high && figures->days_learnt >= TD_OUTLOOK_ENOUGH_DAYS;
  figures->runs_low = live && figures->days_learnt >= TD_OUTLOOK_ENOUGH_DAYS &&
                      (self->verdict.running_low || td_outlook_stream_is_quiet_day (self));
  if (!td_outlook_stream_get_alarm (self, live, &figures->alarm, &episode))
    return;

  td_outlook_stream_measure_episode (self, &episode, &offered, &expected);
  figures->alarm_since = start + episode.since * TD_HISTORY_MINUTE_US;
  figures->alarm_raised = start + (episode.raised + 1) * TD_HISTORY_MINUTE_US;
  figures->excess = offered - expected;
  figures->factor = expected > 0 ? offered / expected : NAN;
}

static void
reckon_figures (const TdOutlookStream *self,
                gint64                 start,
                gboolean               live,
                TdOutlookFigures      *figures)
{
  TdToday      morning, today;
  TdOutlookSum sum;

  *figures = (TdOutlookFigures){
    .days_learnt = self->days_learnt,
    .known = td_outlook_stream_is_known (self),
    .offered_15min = count_recent (self),
    .normal_15min = td_outlook_range_unknown,
    .deviation = NAN,
    .offered_today = count_observed (self),
    .normal_by_now = td_outlook_range_unknown,
    .normal_day = td_outlook_range_unknown,
    .forecast_day = td_outlook_range_unknown,
    .alarm_since = TD_UNKNOWN,
    .alarm_raised = TD_UNKNOWN,
    .excess = NAN,
    .factor = NAN,
  };
  if (!figures->known)
    return;

  td_today_init (&morning, self->normal);
  compare_recent (self, &morning, figures);

  td_outlook_sum_init (&sum, self->normal, &morning);
  add_minutes (self, &sum, 0, self->n_minutes, is_observed);
  td_outlook_sum_get_range (&sum, 0, &figures->normal_by_now);

  td_outlook_sum_init (&sum, self->normal, &morning);
  add_minutes (self, &sum, 0, get_n_passing (self), NULL);
  td_outlook_sum_get_range (&sum, 0, &figures->normal_day);

  get_today (self, &today);
  td_outlook_sum_init (&sum, self->normal, &today);
  add_minutes (self, &sum, 0, get_n_passing (self), is_to_come);
  td_outlook_sum_get_range (&sum, figures->offered_today, &figures->forecast_day);

  describe_episode (self, start, live, figures);
}

/**
 * td_outlook_stream_get_figures:
 * @self: a stream
 * @start: when today began, µs since 1970
 * @live: the source answers
 *
 * Returns: (transfer none): where it stands, until it is told of more
 */
const TdOutlookFigures *
td_outlook_stream_get_figures (TdOutlookStream *self,
                               gint64           start,
                               gboolean         live)
{
  g_return_val_if_fail (self != NULL, NULL);

  if (!self->figures_known || self->figures_live != live)
    {
      reckon_figures (self, start, live, &self->figures);
      self->figures_known = TRUE;
      self->figures_live = live;
    }

  return &self->figures;
}

/* A window that is longer than any day begins with the day. */
static gboolean
is_whole_day (guint window)
{
  return window >= TD_DAY_MINUTES;
}

/* What the windows up to the end of the minutes from..to bring, as @today has
 * it: all of their minutes, or those that are not counted yet beside those that
 * are. */
static void
reckon_windows (const TdOutlookStream *self,
                const TdToday         *today,
                gboolean               to_come,
                guint                  window,
                TdOutlookRange        *ranges,
                guint                  from,
                guint                  to)
{
  gboolean (*choose) (const TdOutlookStream *, guint) = to_come ? is_to_come : NULL;
  TdOutlookSum day, sum;
  double       so_far = to_come ? count_observed (self) : 0;

  to = MIN (to, get_n_passing (self));
  td_outlook_sum_init (&day, self->normal, today);
  if (is_whole_day (window))
    add_minutes (self, &day, 0, from / SLOT * SLOT, choose);

  for (guint i = from; i < to; i++)
    {
      if (is_whole_day (window))
        {
          sum = day;
          add_minutes (self, &sum, i / SLOT * SLOT, i + 1, choose);
          td_outlook_sum_get_range (&sum, so_far, &ranges[i]);
          /* A slot is added to the sum of the whole ones only once. */
          if ((i + 1) % SLOT == 0)
            day = sum;
        }
      else if (i + 1 >= window)
        {
          double counted = 0;

          for (guint j = i + 1 - window; j < self->n_minutes && to_come; j++)
            counted += isnan (self->minutes[j]) ? 0 : self->minutes[j];
          td_outlook_sum_init (&sum, self->normal, today);
          add_minutes (self, &sum, i + 1 - window, i + 1, choose);
          td_outlook_sum_get_range (&sum, counted, &ranges[i]);
        }
    }
}

static void
set_unknown (TdOutlookRange *ranges,
             guint           n)
{
  for (guint i = 0; i < n; i++)
    ranges[i] = td_outlook_range_unknown;
}

/**
 * td_outlook_stream_get_normal:
 * @self: a stream
 * @window: minutes of the sliding window; from %TD_DAY_MINUTES on, those since the day began
 * @ranges: (out) (array length=n_minutes): what is normal for the @window
 *   minutes up to the end of each
 * @n_minutes: how many, from the day's start
 */
void
td_outlook_stream_get_normal (TdOutlookStream *self,
                              guint            window,
                              TdOutlookRange  *ranges,
                              guint            n_minutes)
{
  TdToday morning;

  g_return_if_fail (self != NULL);
  g_return_if_fail (window >= 1);
  g_return_if_fail (n_minutes <= TD_DAY_MINUTES);

  if (self->normal == NULL || window != RECENT_MINUTES)
    set_unknown (ranges, n_minutes);
  if (self->normal == NULL)
    return;

  td_today_init (&morning, self->normal);
  if (window != RECENT_MINUTES)
    {
      reckon_windows (self, &morning, FALSE, window, ranges, 0, n_minutes);
      return;
    }

  /* What every page draws does not change until the next morning. */
  if (self->normal_15min == NULL)
    {
      self->normal_15min = g_new (TdOutlookRange, TD_DAY_MINUTES);
      set_unknown (self->normal_15min, TD_DAY_MINUTES);
    }
  if (n_minutes > self->n_normal)
    {
      reckon_windows (self, &morning, FALSE, window, self->normal_15min, self->n_normal, n_minutes);
      self->n_normal = n_minutes;
    }
  memcpy (ranges, self->normal_15min, n_minutes * sizeof *ranges);
}

/**
 * td_outlook_stream_get_forecast:
 * @self: a stream
 * @window: minutes of the sliding window; from %TD_DAY_MINUTES on, those since the day began
 * @ranges: (out) (array length=n_minutes): what the @window minutes up to the
 *   end of each are going to bring, with those of them that were counted
 *   already; unknown for minutes that are past
 * @n_minutes: how many, from the day's start
 */
void
td_outlook_stream_get_forecast (TdOutlookStream *self,
                                guint            window,
                                TdOutlookRange  *ranges,
                                guint            n_minutes)
{
  TdToday today;

  g_return_if_fail (self != NULL);
  g_return_if_fail (window >= 1);
  g_return_if_fail (n_minutes <= TD_DAY_MINUTES);

  set_unknown (ranges, n_minutes);
  if (self->normal == NULL)
    return;

  get_today (self, &today);
  reckon_windows (self, &today, TRUE, window, ranges, self->n_minutes, n_minutes);
}

/* td_outlook_stream_get_normal_of:
 * @wanted: (array length=n_minutes): which minutes of the day
 * @range: (out): what is normal for all of them together, as was foreseen in
 *   the morning; NAN where it is not known */
void
td_outlook_stream_get_normal_of (const TdOutlookStream *self,
                                 const gboolean        *wanted,
                                 guint                  n_minutes,
                                 TdOutlookRange        *range)
{
  TdToday      morning;
  TdOutlookSum sum;

  *range = td_outlook_range_unknown;
  if (!td_outlook_stream_is_known (self))
    return;

  td_today_init (&morning, self->normal);
  td_outlook_sum_init (&sum, self->normal, &morning);
  n_minutes = MIN (n_minutes, get_n_passing (self));
  for (guint minute = 0; minute < n_minutes;)
    {
      guint slot = minute / SLOT;
      guint n = 0;

      for (; minute < MIN (n_minutes, (slot + 1) * SLOT); minute++)
        n += wanted[minute] ? 1 : 0;
      td_outlook_sum_add (&sum, slot, n);
    }
  td_outlook_sum_get_range (&sum, 0, range);
}
