/* td-day-watch.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-day-watch.h"

#include <math.h>

/* A day as a whole is called high or low beyond these; low is rarer by
 * chance, for a quiet morning makes up for itself. */
#define RUNNING_HIGH 3.0
#define RUNNING_LOW (-2.4)

/* Anscombe's constant: the square root of a count has about the same variance
 * everywhere. */
#define ANSCOMBE 0.375

struct _TdDayWatch
{
  TdNormal *normal; /* (owned) */
  TdToday   today;  /* up to the guard time before now */
  TdToday   fresh;  /* up to the last slot that is over */
  TdSurge   surge;
  TdSurge   silence;
  guint     slot_minutes;
  guint     minute; /* the next one, from the beginning of the first slot */
  double   *calls;  /* (owned) (array): of each slot, NAN where it teaches nothing */

  /* Of the observed minutes since the opening. */
  double counted;
  double foreseen;
};

/**
 * td_day_watch_new:
 * @normal: what is normal for the day; of whole minutes a slot
 * @n_streams: streams that are watched at once; they share the false alarms
 *
 * Returns: (transfer full): a watch at the beginning of the day
 */
TdDayWatch *
td_day_watch_new (TdNormal *normal,
                  guint     n_streams)
{
  TdDayWatch *self;

  g_return_val_if_fail (normal != NULL, NULL);
  g_return_val_if_fail (normal->slot_minutes >= 1, NULL);

  self = g_new0 (TdDayWatch, 1);
  self->normal = td_normal_ref (normal);
  self->slot_minutes = (guint)lround (normal->slot_minutes);
  self->calls = g_new (double, normal->n_slots);
  for (guint i = 0; i < normal->n_slots; i++)
    self->calls[i] = 0;
  td_today_init (&self->today, normal);
  self->fresh = self->today;
  td_surge_init (&self->surge, TD_SURGE_UP, n_streams);
  td_surge_init (&self->silence, TD_SURGE_DOWN, n_streams);

  return self;
}

void
td_day_watch_free (TdDayWatch *self)
{
  if (self == NULL)
    return;

  td_normal_unref (self->normal);
  g_free (self->calls);
  g_free (self);
}

/**
 * td_day_watch_get_minute:
 * @self: a watch
 *
 * Returns: the minute that is judged next, from the beginning of the first slot
 */
guint
td_day_watch_get_minute (const TdDayWatch *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->minute;
}

/**
 * td_day_watch_get_today:
 * @self: a watch
 *
 * Returns: what today says, as of the guard time ago
 */
const TdToday *
td_day_watch_get_today (const TdDayWatch *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return &self->today;
}

/**
 * td_day_watch_go_on:
 * @self: a watch at the beginning of its day
 * @surging: an alarm of a surge went on at the end of the day before
 * @silent: one of too few calls did
 *
 * The alarm goes on, until the calls give no reason for it any more.
 */
void
td_day_watch_go_on (TdDayWatch *self,
                    gboolean    surging,
                    gboolean    silent)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (self->minute == 0);

  self->surge.latched = surging;
  self->silence.latched = silent;

  /* How large they were is not known any more: they were told. */
  self->surge.strongest = self->silence.strongest = TD_SURGE_N_FACTORS - 1;
}

/* The slots that ended so long ago teach what to expect of the next ones. */
static void
learn (const TdDayWatch *self,
       TdToday          *today,
       guint             guard_minutes)
{
  while (today->slot < self->normal->n_slots && (today->slot + 1) * self->slot_minutes + guard_minutes <= self->minute)
    td_today_step (today, self->normal, self->calls[today->slot]);
}

/* Calls expected in the minute: between the middles of two slots the rate is
 * on the line from the one to the other. */
static double
expect (const TdDayWatch *self,
        const TdToday    *today)
{
  double place = (self->minute + 0.5) / self->slot_minutes - 0.5;
  guint  last = self->normal->n_slots - 1;
  guint  before = (guint)CLAMP (floor (place), today->slot, last);
  guint  after = MIN (before + 1, last);
  double weight = CLAMP (place - before, 0, 1);
  double rate = (1 - weight) * td_today_forecast (today, self->normal, before, NULL) +
                weight * td_today_forecast (today, self->normal, after, NULL);

  return rate / self->slot_minutes;
}

/* The day since its opening against the morning's view of the same minutes. */
static double
weigh_day (const TdDayWatch *self,
           guint             slot)
{
  const TdNormal *normal = self->normal;
  double          carry = 0, pairs = 0, white = 0, sum = 0, variance;

  if (self->foreseen < 1)
    return 0;

  /* The relative variance of the sum: the day's level, and the swing in as
   * much as it does not average out. */
  for (guint i = 0; i <= slot; i++)
    {
      double w = normal->mean[i] * normal->loading[i];

      pairs += w * w + 2 * w * carry;
      carry = normal->rho * (carry + w);
      white += w * w;
      sum += normal->mean[i];
    }
  variance = normal->day_var + (normal->swing_var * pairs + normal->white_var * white) / (sum * sum);

  return 2 * (sqrt (self->counted + ANSCOMBE) - sqrt (self->foreseen + ANSCOMBE)) /
         sqrt (1 + self->foreseen * variance);
}

/**
 * td_day_watch_step:
 * @self: a watch whose day is not over
 * @calls: calls in the next minute, or NAN where it was not observed: that is
 *   neither a silence nor a lesson
 *
 * Returns: what to make of the minute
 */
TdDayVerdict
td_day_watch_step (TdDayWatch *self,
                   double      calls)
{
  TdDayVerdict verdict = { .expected = NAN };
  guint        slot;

  g_return_val_if_fail (self != NULL, verdict);
  slot = self->minute / self->slot_minutes;
  g_return_val_if_fail (slot < self->normal->n_slots, verdict);

  learn (self, &self->today, TD_SURGE_GUARD_MINUTES);
  learn (self, &self->fresh, 0);
  if (self->normal->known)
    verdict.expected = expect (self, &self->today);

  if (isnan (calls) || !self->normal->known)
    self->calls[slot] = isnan (calls) ? NAN : self->calls[slot] + calls;
  else
    {
      double fresh = expect (self, &self->fresh);

      verdict.surge_begins = td_surge_step (&self->surge, calls, verdict.expected, fresh);
      verdict.silence_begins = td_surge_step (&self->silence, calls, verdict.expected, fresh);
      self->calls[slot] += calls;
      self->counted += calls;
      self->foreseen += self->normal->mean[slot] / self->slot_minutes;
    }

  verdict.surging = self->surge.latched;
  verdict.silent = self->silence.latched;
  if (verdict.surging || verdict.silent)
    {
      for (guint i = self->today.slot; i <= slot; i++)
        self->calls[i] = NAN;

      /* What the minutes before the alarm taught was the surge itself. */
      if (verdict.surge_begins || verdict.silence_begins)
        self->fresh = self->today;
    }

  if (self->normal->known)
    {
      verdict.busy = weigh_day (self, slot);
      verdict.running_high = verdict.busy > RUNNING_HIGH;
      verdict.running_low = verdict.busy < RUNNING_LOW;
    }
  self->minute++;

  return verdict;
}
