/* td-negative-binomial.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-negative-binomial.h"

#include <math.h>

#define LEAST_MEAN 1e-6
#define LEAST_EXCESS 1.0001
#define MAX_TERMS 10000
#define PRECISION 1e-12
#define TINY 1e-300
#define MOST_CALLS 1e9

/* Regularised incomplete beta function by its continued fraction (Lentz's
 * method; DLMF 8.17.22). */
static double
beta_fraction (double a,
               double b,
               double x)
{
  double c = 1;
  double d = 1 - (a + b) * x / (a + 1);
  double h;

  d = 1 / (fabs (d) < TINY ? TINY : d);
  h = d;

  for (int m = 1; m <= MAX_TERMS; m++)
    {
      double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
      double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
      double factor;

      d = 1 + even * d;
      d = 1 / (fabs (d) < TINY ? TINY : d);
      c = 1 + even / c;
      c = fabs (c) < TINY ? TINY : c;
      h *= d * c;

      d = 1 + odd * d;
      d = 1 / (fabs (d) < TINY ? TINY : d);
      c = 1 + odd / c;
      c = fabs (c) < TINY ? TINY : c;
      factor = d * c;
      h *= factor;

      if (fabs (factor - 1) < PRECISION)
        break;
    }

  return h;
}

static double
incomplete_beta (double a,
                 double b,
                 double x)
{
  double front;

  if (x <= 0)
    return 0;
  if (x >= 1)
    return 1;

  front = exp (lgamma (a + b) - lgamma (a) - lgamma (b) + a * log (x) + b * log1p (-x));

  /* The fraction converges fast on one side of the mean only. */
  return x < (a + 1) / (a + b + 2) ? front * beta_fraction (a, b, x) / a
                                   : 1 - front * beta_fraction (b, a, 1 - x) / b;
}

/**
 * td_negative_binomial_cdf:
 * @mean: mean of a count, 0 or more
 * @variance: its variance; no less than a Poisson count's is taken
 * @calls: a whole number
 *
 * Returns: the probability of @calls or fewer
 */
double
td_negative_binomial_cdf (double mean,
                          double variance,
                          double calls)
{
  double n, p;

  if (calls < 0)
    return 0;

  mean = MAX (mean, LEAST_MEAN);
  variance = MAX (variance, mean * LEAST_EXCESS);
  n = mean * mean / (variance - mean);
  p = mean / variance;

  return incomplete_beta (n, calls + 1, p);
}

/**
 * td_negative_binomial_quantile:
 * @mean: mean of a count, 0 or more
 * @variance: its variance; no less than a Poisson count's is taken
 * @p: a probability, 0 < @p < 1
 *
 * Returns: the least count that is not exceeded with a probability of at least @p
 */
double
td_negative_binomial_quantile (double mean,
                               double variance,
                               double p)
{
  double low = -1; /* too few, for sure */
  double high;

  g_return_val_if_fail (p > 0 && p < 1, NAN);

  mean = MAX (mean, LEAST_MEAN);
  variance = MAX (variance, mean * LEAST_EXCESS);
  high = ceil (mean + sqrt (variance));

  while (td_negative_binomial_cdf (mean, variance, high) < p && high < MOST_CALLS)
    {
      low = high;
      high = high * 2 + 1;
    }

  while (high - low > 1)
    {
      double middle = floor ((low + high) / 2);

      if (td_negative_binomial_cdf (mean, variance, middle) < p)
        low = middle;
      else
        high = middle;
    }

  return high;
}
