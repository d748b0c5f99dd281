/* td-outlook-sum.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-outlook-sum-private.h"

#include <math.h>

#include "td-negative-binomial.h"

/* A mean below which quantiles are counted out term by term; above it their
 * expansion is closer than one call. */
#define FEW_CALLS 60.0

/* So skewed, the expansion is not. */
#define MOST_SKEWNESS 0.9

#define LEAST_MEAN 1e-6
#define LEAST_EXCESS 1.0001
#define MAX_TERMS 5000

const TdOutlookRange td_outlook_range_unknown = { NAN, NAN, NAN, NAN, NAN };

/* The profile is smoothed over five minutes (a Gaussian), so its errors are
 * alike in slots so many apart: e^(−d²/4). */
static const double likeness[TD_OUTLOOK_SUM_LAGS] = { 0.7788, 0.3679, 0.1054 };

/* Quantiles of the standard normal distribution, and what they are of. */
static const double levels[] = { 0.025, 0.1, 0.9, 0.975 };
static const double deviates[] = { -1.959964, -1.281552, 1.281552, 1.959964 };

/**
 * td_outlook_sum_init:
 * @self: a sum
 * @normal: what is normal for the day; borrowed
 * @today: what today says so far, or its beginning for the morning's view; borrowed
 */
void
td_outlook_sum_init (TdOutlookSum   *self,
                     const TdNormal *normal,
                     const TdToday  *today)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (normal != NULL);
  g_return_if_fail (today != NULL);

  *self = (TdOutlookSum){ .normal = normal, .today = today, .last = -1 };
}

static void
push_error (TdOutlookSum *self,
            double        error)
{
  for (guint i = TD_OUTLOOK_SUM_LAGS - 1; i > 0; i--)
    self->recent[i] = self->recent[i - 1];
  self->recent[0] = error;
}

/* Time passes up to @slot; slots that were left out add nothing. */
static void
pass_slots (TdOutlookSum *self,
            guint         slot)
{
  guint gap = self->last < 0 ? 1 : slot - (guint)self->last;

  self->carry *= gap == 1 ? self->normal->rho : pow (self->normal->rho, gap);
  for (guint i = 1; i < MIN (gap, TD_OUTLOOK_SUM_LAGS + 1); i++)
    push_error (self, 0);
}

/**
 * td_outlook_sum_add:
 * @self: a sum
 * @slot: a slot after those that were added before
 * @minutes: how many of its minutes count
 */
void
td_outlook_sum_add (TdOutlookSum *self,
                    guint         slot,
                    double        minutes)
{
  const TdNormal *normal = self->normal;
  const TdToday  *today = self->today;
  double          mean, decay, w, error;

  g_return_if_fail (slot < normal->n_slots);
  g_return_if_fail (self->last < (int)slot);

  if (minutes <= 0)
    return;

  /* Of slots that passed unobserved nothing is known but the day's level. */
  decay = slot >= today->slot ? pow (normal->rho, slot - today->slot) : 0;
  mean = normal->mean[slot] * minutes / normal->slot_minutes *
         exp (today->level + today->swing * decay * normal->loading[slot]);
  w = mean * normal->loading[slot];
  error = mean * sqrt (normal->error[slot]);

  pass_slots (self, slot);
  self->pairs += w * w + 2 * w * self->carry;
  self->carry += w;
  self->white += w * w;
  self->decayed += w * decay;
  self->mean += mean;
  self->error += error * error;
  for (guint i = 0; i < TD_OUTLOOK_SUM_LAGS; i++)
    self->error += 2 * error * likeness[i] * self->recent[i];
  push_error (self, error);
  self->last = (int)slot;
}

/* The terms of the negative binomial distribution, added up one by one. */
static void
count_quantiles (double  mean,
                 double  variance,
                 double *quantiles)
{
  double n = mean * mean / (variance - mean);
  double q = 1 - mean / variance;
  double term = exp (n * log (mean / variance));
  double sum = term;
  guint  next = 0;

  for (guint calls = 0; calls < MAX_TERMS && next < G_N_ELEMENTS (levels); calls++)
    {
      while (next < G_N_ELEMENTS (levels) && sum >= levels[next])
        quantiles[next++] = calls;
      term *= (n + calls) / (calls + 1) * q;
      sum += term;
    }
  while (next < G_N_ELEMENTS (levels))
    quantiles[next++] = MAX_TERMS;
}

/* Cornish and Fisher's expansion, by skewness and kurtosis of a negative
 * binomial count (Abramowitz & Stegun 26.2.49). */
static void
expand_quantiles (double  mean,
                  double  variance,
                  double *quantiles)
{
  double sd = sqrt (variance);
  double skewness = (2 * variance - mean) / (sd * mean);
  double kurtosis = 6 * (variance - mean) / (mean * mean) + 1 / variance;

  for (guint i = 0; i < G_N_ELEMENTS (levels) && skewness > MOST_SKEWNESS; i++)
    quantiles[i] = td_negative_binomial_quantile (mean, variance, levels[i]);
  if (skewness > MOST_SKEWNESS)
    return;

  for (guint i = 0; i < G_N_ELEMENTS (levels); i++)
    {
      double z = deviates[i];
      double x = z + skewness * (z * z - 1) / 6 + kurtosis * (z * z * z - 3 * z) / 24 -
                 skewness * skewness * (2 * z * z * z - 5 * z) / 36;

      quantiles[i] = MAX (mean + sd * x, 0);
    }
}

/**
 * td_outlook_sum_get_range:
 * @self: a sum
 * @counted: calls that are certain already, and come on top
 * @range: (out): mean and bands of the whole
 */
void
td_outlook_sum_get_range (const TdOutlookSum *self,
                          double              counted,
                          TdOutlookRange     *range)
{
  const TdNormal *normal = self->normal;
  const TdToday  *today = self->today;
  double          mean = MAX (self->mean, LEAST_MEAN);
  double          total = 0, variance;
  double          quantiles[G_N_ELEMENTS (levels)];

  /* The profile is one of shares: over the whole day its errors cancel. */
  for (guint i = 0; i < normal->n_slots; i++)
    total += normal->mean[i];
  total *= exp (today->level);

  variance = mean + mean * mean * today->level_var + 2 * today->covar * mean * self->decayed +
             today->swing_var * self->decayed * self->decayed +
             normal->swing_var * MAX (self->pairs - self->decayed * self->decayed, 0) +
             normal->white_var * self->white + self->error * CLAMP (1 - mean / MAX (total, LEAST_MEAN), 0, 1);
  variance = MAX (variance, mean * LEAST_EXCESS);

  if (mean < FEW_CALLS)
    count_quantiles (mean, variance, quantiles);
  else
    expand_quantiles (mean, variance, quantiles);

  *range = (TdOutlookRange){
    .mean = counted + mean,
    .low95 = counted + quantiles[0],
    .low80 = counted + quantiles[1],
    .high80 = counted + quantiles[2],
    .high95 = counted + quantiles[3],
  };
}
