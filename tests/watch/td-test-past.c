/* td-test-past.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-test-past.h"

#include <math.h>

#define DAY_SD 0.06
#define SWING_SD 0.08
#define HALF_LIFE 120.0

void
td_test_past_init (TdTestPast *self,
                   guint32     seed)
{
  self->random = g_rand_new_with_seed (seed);
  self->level = 0;
  self->swing = 0;
}

void
td_test_past_clear (TdTestPast *self)
{
  g_rand_free (self->random);
}

static double
draw_normal (TdTestPast *self)
{
  double u = 1 - g_rand_double (self->random);

  return sqrt (-2 * log (u)) * cos (2 * G_PI * g_rand_double (self->random));
}

/* Calls a minute, of a day of one call. */
double
td_test_past_rate (guint weekday,
                   guint minute)
{
  double hour = minute / 60.0;
  double shape = 0.12 + exp (-(hour - 9.5) * (hour - 9.5) / 5) + 0.8 * exp (-(hour - 15.5) * (hour - 15.5) / 8) +
                 0.3 * exp (-(hour - 20) * (hour - 20) / 3);

  return shape / 704.0 * (weekday >= 5 ? 0.7 : 1.1);
}

void
td_test_past_begin_day (TdTestPast *self)
{
  self->level = DAY_SD * draw_normal (self);
  self->swing = SWING_SD * draw_normal (self);
}

guint
td_test_past_poisson (TdTestPast *self,
                      double      mean)
{
  double limit = exp (-mean), product = g_rand_double (self->random);
  guint  n = 0;

  for (; product > limit; n++)
    product *= g_rand_double (self->random);

  return n;
}

/* Calls of the next minute. */
guint
td_test_past_next (TdTestPast *self,
                   guint       weekday,
                   guint       minute,
                   double      calls_a_day)
{
  double rho = pow (0.5, 1 / HALF_LIFE);

  self->swing = rho * self->swing + SWING_SD * sqrt (1 - rho * rho) * draw_normal (self);

  return td_test_past_poisson (self, calls_a_day * td_test_past_rate (weekday, minute) * exp (self->level + self->swing));
}
