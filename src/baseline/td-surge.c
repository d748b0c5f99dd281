/* td-surge.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-surge.h"

#include <math.h>

/* One false alarm a week of one stream of ten thousand calls a day. */
#define THRESHOLD_UP 10.65
#define THRESHOLD_DOWN 9.6

/* Evidence for a change that keeps an alarm up which it would not begin.
 * Without it a small surge that lasts is told again and again: new evidence
 * takes about as long to come as an alarm holds. Chance alone brings this much
 * in half an hour a few times in ten (by Markov's inequality no more than
 * 4 · 30 / e⁶), so that an alarm still ends. */
#define HOLD_EVIDENCE 6.0

/* A surge that began small and grew is told again when it is so many factors
 * further: else a storm would hide behind the drizzle before it. */
#define FURTHER 2

/* The first of each is a change so small that it takes half an hour to prove:
 * it must not be learnt meanwhile. The others prove themselves before they
 * are, and gain from what the last minutes tell. */
static const double factors[][TD_SURGE_N_FACTORS] = {
  [TD_SURGE_UP] = { 1.2, 1.4, 2, 4 },
  [TD_SURGE_DOWN] = { 0.7, 0.5, 0.2, 0.02 },
};

/**
 * td_surge_init:
 * @self: a detector
 * @direction: what it looks for
 * @n_streams: streams that are watched at once; so many false alarms are shared
 */
void
td_surge_init (TdSurge         *self,
               TdSurgeDirection direction,
               guint            n_streams)
{
  g_return_if_fail (self != NULL);

  *self = (TdSurge){
    .direction = direction,
    .threshold = (direction == TD_SURGE_UP ? THRESHOLD_UP : THRESHOLD_DOWN) + log (MAX (n_streams, 1)),
  };
  td_surge_restart (self);
}

/**
 * td_surge_restart:
 * @self: a detector
 *
 * Forgets what speaks for a change, as at the start of a day or after a gap.
 */
void
td_surge_restart (TdSurge *self)
{
  g_return_if_fail (self != NULL);

  for (guint i = 0; i < TD_SURGE_N_FACTORS; i++)
    self->evidence[i] = -INFINITY;
}

/* ln (1 + e^x), which must not overflow. */
static double
log1p_exp (double x)
{
  return x > 0 ? x + log1p (exp (-x)) : log1p (exp (x));
}

/* Whether the alarm begins, or begins anew as a far larger one. */
static gboolean
raise_alarm (TdSurge *self,
             guint    strongest)
{
  gboolean begins = !self->latched || strongest >= self->strongest + FURTHER;

  /* New evidence has to come for it to last. */
  self->latched = TRUE;
  self->quiet_minutes = 0;
  td_surge_restart (self);
  if (begins)
    self->strongest = strongest;

  return begins;
}

/**
 * td_surge_step:
 * @self: a detector
 * @calls: calls of the next minute
 * @expected: calls that were expected in it %TD_SURGE_GUARD_MINUTES ago
 * @fresh: calls that were expected in it until just now
 *
 * Returns: whether an alarm begins with this minute, or the one that goes on
 *   is of a far larger change now
 */
gboolean
td_surge_step (TdSurge *self,
               double   calls,
               double   expected,
               double   fresh)
{
  double top = -INFINITY, sum = 0, evidence;
  guint  strongest = 0;

  g_return_val_if_fail (self != NULL, FALSE);

  for (guint i = 0; i < TD_SURGE_N_FACTORS; i++)
    {
      double factor = factors[self->direction][i];

      self->evidence[i] = log1p_exp (self->evidence[i]) + calls * log (factor) - (i == 0 ? expected : fresh) * (factor - 1);
      if (self->evidence[i] > top)
        {
          top = self->evidence[i];
          strongest = i;
        }
    }
  for (guint i = 0; i < TD_SURGE_N_FACTORS; i++)
    sum += exp (self->evidence[i] - top);
  evidence = top + log (sum);

  if (evidence > self->threshold)
    return raise_alarm (self, strongest);

  if (evidence > HOLD_EVIDENCE)
    self->quiet_minutes = 0;
  else if (self->latched && ++self->quiet_minutes >= TD_SURGE_HOLD_MINUTES)
    self->latched = FALSE;

  return FALSE;
}
