/* td-baseline-night.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-baseline-private.h"

#include <math.h>
#include <stdlib.h>

/* How fast old days fade. */
#define FADE 0.98

/* Of residuals of one day that are near, minutes. */
#define LAG_NEAR 15.0

/* Learning. */
#define LEAST_OBSERVED 0.3
#define CLIP_SD 4.0
#define CLOSED_CALLS 20.0 /* that were expected, and none came: it was closed */
#define CLOSED_FADE 0.8

static int
compare_doubles (const void *a,
                 const void *b)
{
  double x = *(const double *)a;
  double y = *(const double *)b;

  return (x > y) - (x < y);
}

/* The day against normal: the median of its hours, which a surge of a few
 * hours does not move; of few calls, the whole. */
static double
measure_day (const TdBaseline *self,
             const double     *calls)
{
  const double      *mean = self->normal->mean;
  guint              hour = MAX (1, (guint)lround (60.0 / self->slot_minutes));
  guint              n_hours = self->n_slots / hour;
  guint              n = 0;
  double             sum_calls = 0, sum_mean = 0;
  g_autofree double *ratios = g_new (double, n_hours + 1);

  for (guint i = 0; i < n_hours; i++)
    {
      double y = 0, m = 0;

      for (guint j = i * hour; j < (i + 1) * hour; j++)
        {
          y += isnan (calls[j]) ? mean[j] : calls[j];
          m += mean[j];
        }
      if (m >= 10)
        ratios[n++] = y / m;
    }

  if (n >= 5)
    {
      qsort (ratios, n, sizeof (double), compare_doubles);
      return n % 2 == 1 ? ratios[n / 2] : (ratios[n / 2 - 1] + ratios[n / 2]) / 2;
    }

  for (guint i = 0; i < self->n_slots; i++)
    {
      if (!isnan (calls[i]))
        {
          sum_calls += calls[i];
          sum_mean += mean[i];
        }
    }

  return sum_calls / sum_mean;
}

/* The day as it would have been but for surges and what was not observed. */
static void
clean_day (const TdBaseline *self,
           const double     *calls,
           gboolean          first,
           double           *clean)
{
  const TdNormal *normal = self->normal;
  double          ratio, sum_calls = 0, sum_mean = 0;

  for (guint i = 0; i < self->n_slots; i++)
    {
      if (!isnan (calls[i]))
        {
          sum_calls += calls[i];
          sum_mean += normal->mean[i];
        }
    }
  ratio = first ? sum_calls / sum_mean : measure_day (self, calls);

  for (guint i = 0; i < self->n_slots; i++)
    {
      double base = normal->mean[i] * ratio;
      double loading = normal->loading[i];
      double sd = sqrt (base + base * base * ((normal->swing_var + normal->white_var) * loading * loading + MIN (normal->error[i], 0.1)));

      clean[i] = isnan (calls[i]) ? base : calls[i];
      if (self->pool_weight > 2)
        clean[i] = CLAMP (clean[i], base - CLIP_SD * sd, base + CLIP_SD * sd + 1);
    }
}

static void
learn_profile (TdBaseline   *self,
               const double *clean,
               double        total)
{
  guint class = self->day.holiday ? CLASS_HOLIDAY : td_baseline_choose_class (self, &self->day);

  self->pool_weight = FADE * self->pool_weight + 1;
  for (guint c = 0; c < N_CLASSES; c++)
    self->class_weight[c] = FADE * self->class_weight[c] + (c == class ? 1 : 0);

  for (guint i = 0; i < self->n_slots; i++)
    {
      double share = clean[i] / total;

      self->pool[i] = FADE * self->pool[i] + share;
      for (guint c = 0; c < N_CLASSES; c++)
        self->by_class[c][i] = FADE * self->by_class[c][i] + (c == class ? share : 0);
    }
}

static double
autocovariance (const double *residuals,
                const double *weights,
                guint         n,
                guint         lag)
{
  double sum = 0, weight = 0;

  for (guint i = lag; i < n; i++)
    {
      double w = weights[i] * weights[i - lag];

      sum += w * residuals[i] * residuals[i - lag];
      weight += w;
    }

  return weight > 0 ? sum / weight : 0;
}

static guint
lag_of (const TdBaseline *self,
        double            minutes)
{
  return MAX (1, (guint)lround (minutes / self->slot_minutes));
}

/* How a day swings about its own level, from what was not foreseen of it. */
static void
learn_swing (TdBaseline   *self,
             const double *calls,
             const double *clean)
{
  const double      *mean = self->normal->mean;
  guint              n = self->n_slots;
  g_autofree double *residuals = g_new (double, n);
  g_autofree double *weights = g_new (double, n);
  double             average = 0, excess = 0, weight = 0;
  double             gain = 1 / MIN (self->cov_days + 1, 40);

  for (guint i = 0; i < n; i++)
    average += mean[i] / n;

  self->cov_days++;
  self->slot_excess_weight = FADE * self->slot_excess_weight + 1;
  for (guint i = 0; i < n; i++)
    {
      double own;

      residuals[i] = isnan (calls[i]) ? 0 : CLAMP (clean[i] / MAX (mean[i], 1e-9) - 1, -1, 2);
      weights[i] = MIN (mean[i] / average, 1.5);
      own = mean[i] > 0.2 ? residuals[i] * residuals[i] - 1 / mean[i] : 0;
      self->slot_excess[i] = FADE * self->slot_excess[i] + own;
      excess += weights[i] * weights[i] * own;
      weight += weights[i] * weights[i];
    }

  self->cov_near += gain * (autocovariance (residuals, weights, n, lag_of (self, LAG_NEAR)) - self->cov_near);
  self->cov_short += gain * (autocovariance (residuals, weights, n, lag_of (self, LAG_SHORT)) - self->cov_short);
  self->cov_long += gain * (autocovariance (residuals, weights, n, lag_of (self, LAG_LONG)) - self->cov_long);
  self->excess += gain * (excess / weight - self->excess);
}

/* Notes whether the line was open. A day without a call is no low day: it
 * would drag the level down, of which it says nothing.
 *
 * Returns: whether it was closed */
static gboolean
learn_opening (TdBaseline   *self,
               const double *calls,
               double        sum)
{
  guint class = self->day.holiday ? CLASS_HOLIDAY : self->day.weekday;
  double   expected = 0;
  gboolean closed;

  for (guint i = 0; i < self->n_slots; i++)
    expected += isnan (calls[i]) ? 0 : self->normal->mean[i];
  closed = sum <= 0 && expected >= CLOSED_CALLS;

  self->closed[class] = CLOSED_FADE * self->closed[class] + (closed ? 1 : 0);
  self->open[class] = CLOSED_FADE * self->open[class] + (closed ? 0 : 1);

  return closed;
}

/**
 * td_baseline_night:
 * @self: a baseline whose morning was today's
 * @calls: (array): calls of each slot, NAN where it was not observed, or where
 *   it is not to teach
 *
 * Learns from the day that ends.
 *
 * Returns: whether enough of it was observed to learn from, and the line open
 */
gboolean
td_baseline_night (TdBaseline   *self,
                   const double *calls)
{
  g_autofree double *clean = NULL;
  double             total = 0, sum = 0, z;
  guint              n_observed = 0;
  gboolean           first;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (calls != NULL, FALSE);
  g_return_val_if_fail (self->normal != NULL, FALSE);

  for (guint i = 0; i < self->n_slots; i++)
    {
      if (!isnan (calls[i]))
        {
          n_observed++;
          sum += calls[i];
        }
    }
  if (n_observed < LEAST_OBSERVED * self->n_slots)
    return FALSE;

  /* Nothing begins with a day without a call. */
  first = !self->known;
  if (first && sum <= 0)
    return FALSE;
  if (first)
    td_baseline_begin_level (self, sum / n_observed * self->n_slots);
  else if (learn_opening (self, calls, sum))
    return FALSE;

  clean = g_new (double, self->n_slots);
  clean_day (self, calls, first, clean);
  for (guint i = 0; i < self->n_slots; i++)
    total += clean[i];
  total = MAX (total, 1);

  z = td_baseline_learn_level (self, total);
  learn_profile (self, clean, total);
  if (self->pool_weight > 4 && fabs (z) < HUBER)
    learn_swing (self, calls, clean);
  g_clear_pointer (&self->normal, td_normal_unref);

  return TRUE;
}
