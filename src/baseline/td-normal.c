/* td-normal.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-normal.h"

#include <math.h>

G_DEFINE_BOXED_TYPE (TdNormal, td_normal, td_normal_ref, td_normal_unref)

/* A slot in which less than this is expected tells no more of the level. */
#define LEAST_MEAN 0.05

/* A deviation beyond so many standard deviations is believed less. */
#define HUBER 3.0

#define LEAST_DEVIATION (-1.0)
#define MOST_DEVIATION 6.0

/**
 * td_normal_new:
 * @n_slots: slots of the day, 1…1440
 * @slot_minutes: length of a slot, minutes
 *
 * Returns: (transfer full): a normal for its maker to fill
 */
TdNormal *
td_normal_new (guint  n_slots,
               double slot_minutes)
{
  TdNormal *self = g_new0 (TdNormal, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->n_slots = n_slots;
  self->slot_minutes = slot_minutes;
  self->mean = g_new0 (double, n_slots);
  self->error = g_new0 (double, n_slots);
  self->loading = g_new0 (double, n_slots);

  return self;
}

TdNormal *
td_normal_ref (TdNormal *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

void
td_normal_unref (TdNormal *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_free (self->mean);
  g_free (self->error);
  g_free (self->loading);
  g_free (self);
}

/**
 * td_normal_get_variance:
 * @self: a normal
 * @slot: a slot
 *
 * Returns: the variance of the calls of @slot, seen from before the day
 */
double
td_normal_get_variance (const TdNormal *self,
                        guint           slot)
{
  double mean, loading;

  g_return_val_if_fail (self != NULL, NAN);
  g_return_val_if_fail (slot < self->n_slots, NAN);

  mean = self->mean[slot];
  loading = self->loading[slot];

  return mean + mean * mean * (self->day_var + (self->swing_var + self->white_var) * loading * loading + self->error[slot]);
}

/**
 * td_today_init:
 * @self: a state
 * @normal: what is normal for the day
 *
 * Begins the day: nothing was seen yet.
 */
void
td_today_init (TdToday        *self,
               const TdNormal *normal)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (normal != NULL);

  *self = (TdToday){
    .level_var = normal->day_var,
    .swing_var = normal->swing_var,
  };
}

static void
pass_time (TdToday        *self,
           const TdNormal *normal)
{
  double rho = normal->rho;

  self->swing *= rho;
  self->covar *= rho;
  self->swing_var = rho * rho * self->swing_var + normal->swing_var * (1 - rho * rho);
  self->slot++;
}

/**
 * td_today_step:
 * @self: a state, before the last slot of the day
 * @normal: what is normal for the day
 * @calls: calls in the next slot, or NAN where it was not observed
 *
 * Learns from the next slot.
 */
void
td_today_step (TdToday        *self,
               const TdNormal *normal,
               double          calls)
{
  double h, mean, noise, q, e, z, a, b;

  g_return_if_fail (self != NULL);
  g_return_if_fail (normal != NULL);
  g_return_if_fail (self->slot < normal->n_slots);

  if (!isnan (calls))
    {
      h = normal->loading[self->slot];
      mean = MAX (normal->mean[self->slot] * exp (self->level + h * self->swing), LEAST_MEAN);
      noise = 1 / mean + normal->white_var * h * h + normal->error[self->slot];
      q = self->level_var + h * h * self->swing_var + 2 * h * self->covar + noise;
      e = CLAMP ((calls - mean) / mean, LEAST_DEVIATION, MOST_DEVIATION);
      z = fabs (e) / sqrt (q);
      if (z > HUBER)
        q *= (z / HUBER) * (z / HUBER);

      a = self->level_var + h * self->covar;
      b = h * self->swing_var + self->covar;
      self->level += a / q * e;
      self->swing += b / q * e;
      self->level_var -= a * a / q;
      self->swing_var -= b * b / q;
      self->covar -= a * b / q;
    }

  pass_time (self, normal);
}

/**
 * td_today_forecast:
 * @self: a state
 * @normal: what is normal for the day
 * @slot: a slot that is not over yet
 * @variance: (out) (optional): variance of its calls
 *
 * Returns: calls expected in @slot, going by today so far
 */
double
td_today_forecast (const TdToday  *self,
                   const TdNormal *normal,
                   guint           slot,
                   double         *variance)
{
  double decay, loading, mean;

  g_return_val_if_fail (self != NULL, NAN);
  g_return_val_if_fail (normal != NULL, NAN);
  g_return_val_if_fail (slot >= self->slot && slot < normal->n_slots, NAN);

  decay = pow (normal->rho, slot - self->slot);
  loading = normal->loading[slot];
  mean = normal->mean[slot] * exp (self->level + self->swing * decay * loading);

  if (variance != NULL)
    {
      double swing_var = decay * decay * self->swing_var + normal->swing_var * (1 - decay * decay) + normal->white_var;
      double relative = self->level_var + loading * loading * swing_var + 2 * loading * decay * self->covar +
                        normal->error[slot];

      *variance = mean + mean * mean * relative;
    }

  return mean;
}

/**
 * td_today_forecast_rest:
 * @self: a state
 * @normal: what is normal for the day
 * @variance: (out) (optional): variance of the sum
 *
 * The swings of neighbouring slots go together, so the variance of the sum is
 * not the sum of theirs; one pass backward adds up the pairs.
 *
 * Returns: calls expected from the next slot to the end of the day
 */
double
td_today_forecast_rest (const TdToday  *self,
                        const TdNormal *normal,
                        double         *variance)
{
  double sum = 0, swing = 0, pairs = 0, tail = 0, white = 0;

  g_return_val_if_fail (self != NULL, NAN);
  g_return_val_if_fail (normal != NULL, NAN);

  for (guint slot = normal->n_slots; slot-- > self->slot;)
    {
      double mean = td_today_forecast (self, normal, slot, NULL);
      double decay = pow (normal->rho, slot - self->slot);
      double w = mean * normal->loading[slot];

      /* Σ_ij w_i w_j (ρ^|i−j| − ρ^(i+j)), pair by pair from the end. */
      tail *= normal->rho;
      pairs += w * w + 2 * w * tail;
      tail += w;

      sum += mean;
      swing += w * decay;
      white += w * w;
    }

  if (variance != NULL)
    *variance = sum + sum * sum * self->level_var + 2 * self->covar * sum * swing + self->swing_var * swing * swing +
                normal->swing_var * MAX (pairs - swing * swing, 0) + normal->white_var * white;

  return sum;
}
