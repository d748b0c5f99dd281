/* td-simulation-random.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-simulation-random.h"

#include <math.h>

#define NORMAL_FROM 40.0

void
td_random_init (TdRandom *self,
                guint64   seed,
                guint64   stream)
{
  g_return_if_fail (self != NULL);

  self->state = 0;
  self->increment = (stream << 1) | 1;
  td_random_next (self);
  self->state += seed;
  td_random_next (self);
  /* Neighbouring seeds start alike; a few rounds part them. */
  td_random_next (self);
  td_random_next (self);
}

guint32
td_random_next (TdRandom *self)
{
  guint64 old = self->state;
  guint32 xorshifted = (guint32)(((old >> 18) ^ old) >> 27);
  guint   rotation = (guint)(old >> 59);

  self->state = old * G_GUINT64_CONSTANT (6364136223846793005) + self->increment;

  return (xorshifted >> rotation) | (xorshifted << ((32 - rotation) & 31));
}

/* In [0, bound). The bias of the multiplication is bound ÷ 2³², far below what
 * a simulated day can show. */
guint
td_random_below (TdRandom *self,
                 guint     bound)
{
  return (guint)(((guint64)td_random_next (self) * bound) >> 32);
}

/* In (0, 1), both ends excluded, so that a logarithm of it is finite. */
double
td_random_uniform (TdRandom *self)
{
  return (td_random_next (self) + 0.5) / 4294967296.0;
}

/* In [from, to). */
gint64
td_random_between (TdRandom *self,
                   gint64    from,
                   gint64    to)
{
  return from + (gint64)(td_random_uniform (self) * (double)(to - from));
}

double
td_random_exponential (TdRandom *self,
                       double    mean)
{
  return -mean * log (td_random_uniform (self));
}

double
td_random_normal (TdRandom *self)
{
  double radius = sqrt (-2.0 * log (td_random_uniform (self)));

  return radius * cos (2.0 * G_PI * td_random_uniform (self));
}

/* Of mean 1 and coefficient of variation 1 ÷ √shape, for shapes from 1
 * (Marsaglia and Tsang 2000). */
double
td_random_gamma (TdRandom *self,
                 double    shape)
{
  double d = shape - 1.0 / 3.0;
  double c = 1.0 / sqrt (9.0 * d);

  for (;;)
    {
      double x = td_random_normal (self);
      double v = 1.0 + c * x;

      if (v <= 0.0)
        continue;

      v = v * v * v;
      if (log (td_random_uniform (self)) < 0.5 * x * x + d - d * v + d * log (v))
        return d * v / shape;
    }
}

double
td_random_lognormal (TdRandom *self,
                     double    mean,
                     double    variation)
{
  double variance = log (1.0 + variation * variation);

  return mean * exp (sqrt (variance) * td_random_normal (self) - 0.5 * variance);
}

guint
td_random_poisson (TdRandom *self,
                   double    mean)
{
  double probability, sum, target;
  guint  count = 0;

  if (!(mean > 0.0))
    return 0;

  if (mean > NORMAL_FROM)
    {
      double value = floor (mean + sqrt (mean) * td_random_normal (self) + 0.5);

      return (guint)MAX (0.0, value);
    }

  target = td_random_uniform (self);
  probability = sum = exp (-mean);
  while (target > sum && count < 1000)
    {
      count++;
      probability *= mean / count;
      sum += probability;
    }

  return count;
}

guint
td_random_binomial (TdRandom *self,
                    guint     n,
                    double    p)
{
  double probability, sum, target, odds;
  guint  count = 0;

  if (n == 0 || !(p > 0.0))
    return 0;
  if (p >= 1.0)
    return n;
  if (p > 0.5)
    return n - td_random_binomial (self, n, 1.0 - p);

  if (n * p > NORMAL_FROM)
    {
      double value = floor (n * p + sqrt (n * p * (1.0 - p)) * td_random_normal (self) + 0.5);

      return (guint)CLAMP (value, 0.0, (double)n);
    }

  target = td_random_uniform (self);
  odds = p / (1.0 - p);
  probability = sum = exp (n * log1p (-p));
  while (target > sum && count < n)
    {
      probability *= odds * (n - count) / (count + 1.0);
      count++;
      sum += probability;
    }

  return count;
}
