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

/* Evidence that calls are normal again, which ends an alarm. While the change
 * goes on, chance brings so much once in e⁵ times that it could: in hours. */
#define CALM_EVIDENCE 5.0

/* What calls are held against to say so is the smallest change that the volume
 * can tell from none in about so many minutes; on a line of a few calls an
 * hour that takes longer, whatever is asked of it. */
#define CALM_MINUTES 20

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

/* The changes that calm is held against: none smaller than what raises an
 * alarm, none so large that calls could be far from normal beside it. */
static const struct
{
  double least;
  double small; /* where nothing larger was proved */
  double most;
} calm_factors[] = {
  [TD_SURGE_UP] = { 1.3, 1.2, 3 },
  [TD_SURGE_DOWN] = { 0.75, 0.8, 0.3 },
};

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

  self->latched = TRUE;
  self->calm = 0;
  self->held_minutes = 0;
  td_surge_restart (self);
  if (begins)
    self->strongest = strongest;

  return begins;
}

/* The other way round: a CUSUM (Page 1954) for calls as expected, against the
 * change that the alarm is of. What speaks for a change takes hours to fade on
 * a line of few calls, long after they are normal again; this does not. */
static gboolean
is_over (TdSurge *self,
         double   calls,
         double   expected)
{
  /* By the divergence f − 1 − ln f to the second order; below one the third
   * counts. */
  double size = MIN (sqrt (2 * CALM_EVIDENCE / (CALM_MINUTES * MAX (expected, 1e-3))), 1.4);
  double least = self->strongest == 0 ? calm_factors[self->direction].small : calm_factors[self->direction].least;
  double most = calm_factors[self->direction].most;
  double factor = self->direction == TD_SURGE_UP ? CLAMP (1 + size, least, most)
                                                 : CLAMP (1 - size + size * size / 3, most, least);

  self->held_minutes++;
  self->calm = MAX (self->calm + expected * (factor - 1) - calls * log (factor), 0);

  return self->calm > CALM_EVIDENCE && self->held_minutes >= TD_SURGE_HOLD_MINUTES;
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

  if (self->latched && is_over (self, calls, expected))
    {
      /* What is left of the old evidence is no reason for a new alarm. */
      self->latched = FALSE;
      td_surge_restart (self);
    }

  return FALSE;
}
