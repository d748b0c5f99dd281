/* td-baseline.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-baseline-private.h"

#include <math.h>
#include <string.h>

#include "td-smooth-private.h"

#define CLASS_REOPEN 0 /* like a Monday */
#define MAX_GAP 14     /* days that pass in the dark */

/* Profiles: smoothing widths, minutes. */
#define POOL_MINUTES 5.0
#define CLASS_MINUTES 20.0
#define LOADING_MINUTES 15.0
#define CLASS_PRIOR 1.0 /* days that the pool counts for beside a class's own */
#define LEAST_SHARE 1e-4

/* The swing within the day. */
#define HALF_LIFE_MINUTES 120.0
#define LEAST_SWING 0.01
#define MOST_SWING 0.25
#define LEAST_LOADING 0.4
#define MOST_LOADING 4.0
#define LOADING_PRIOR 8.0

#define CLOSED_LEAST 1.5   /* weight of closed days before the next is expected to be one */
#define CLOSED_TOTAL 0.5   /* calls that still may come */
#define REGIME_WEIGHT 0.15 /* of what was learnt, when things are to be otherwise */

/**
 * td_baseline_new:
 * @slot_minutes: length of a slot, minutes
 * @n_slots: slots of the day, 1…%TD_BASELINE_MAX_SLOTS
 *
 * Returns: (transfer full): a baseline that knows nothing yet
 */
TdBaseline *
td_baseline_new (guint slot_minutes,
                 guint n_slots)
{
  TdBaseline *self;

  g_return_val_if_fail (slot_minutes > 0, NULL);
  g_return_val_if_fail (n_slots > 0 && n_slots <= TD_BASELINE_MAX_SLOTS, NULL);

  self = g_new0 (TdBaseline, 1);
  self->slot_minutes = slot_minutes;
  self->n_slots = n_slots;
  self->pool = g_new0 (double, n_slots);
  self->slot_excess = g_new0 (double, n_slots);
  for (guint i = 0; i < N_CLASSES; i++)
    self->by_class[i] = g_new0 (double, n_slots);

  td_baseline_init_level (self);
  self->cov_near = 0.055 * 0.055;
  self->cov_short = 0.05 * 0.05;
  self->cov_long = 0.035 * 0.035;
  self->excess = 0.06 * 0.06;
  self->cov_days = 5;

  return self;
}

/**
 * td_baseline_copy:
 * @self: a baseline
 *
 * Returns: (transfer full): a copy that learns on its own
 */
TdBaseline *
td_baseline_copy (const TdBaseline *self)
{
  TdBaseline *copy;
  gsize       size;

  g_return_val_if_fail (self != NULL, NULL);

  size = self->n_slots * sizeof (double);
  copy = g_memdup2 (self, sizeof *self);
  copy->pool = g_memdup2 (self->pool, size);
  copy->slot_excess = g_memdup2 (self->slot_excess, size);
  for (guint i = 0; i < N_CLASSES; i++)
    copy->by_class[i] = g_memdup2 (self->by_class[i], size);
  if (self->normal != NULL)
    td_normal_ref (self->normal);

  return copy;
}

void
td_baseline_free (TdBaseline *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->normal, td_normal_unref);
  g_free (self->pool);
  g_free (self->slot_excess);
  for (guint i = 0; i < N_CLASSES; i++)
    g_free (self->by_class[i]);
  g_free (self);
}

guint
td_baseline_get_n_slots (const TdBaseline *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_slots;
}

guint
td_baseline_get_slot_minutes (const TdBaseline *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->slot_minutes;
}

guint
td_baseline_choose_class (const TdBaseline    *self,
                          const TdCalendarDay *day)
{
  if (day->holiday && self->class_weight[CLASS_HOLIDAY] > 0)
    return CLASS_HOLIDAY;

  return day->reopen ? CLASS_REOPEN : day->weekday;
}

/* The share of the day's calls that falls into each slot. */
static void
make_profile (const TdBaseline *self,
              guint class,
              double *share)
{
  guint              n = self->n_slots;
  g_autofree double *own = g_new (double, n);
  g_autofree double *smooth = g_new (double, n);
  double             sum = 0;

  if (self->pool_weight <= 0)
    {
      for (guint i = 0; i < n; i++)
        share[i] = 1.0 / n;
      return;
    }

  for (guint i = 0; i < n; i++)
    {
      share[i] = self->pool[i] / self->pool_weight;
      own[i] = (self->by_class[class][i] - self->class_weight[class] * share[i]) / (self->class_weight[class] + CLASS_PRIOR);
    }

  td_smooth (share, smooth, n, POOL_MINUTES / self->slot_minutes);
  memcpy (share, smooth, n * sizeof (double));
  td_smooth (own, smooth, n, CLASS_MINUTES / self->slot_minutes);
  for (guint i = 0; i < n; i++)
    {
      share[i] = MAX (share[i] + smooth[i], LEAST_SHARE / n);
      sum += share[i];
    }
  for (guint i = 0; i < n; i++)
    share[i] /= sum;
}

/* How much of the day's uncertainty is its level, how much the swing within
 * it: the variance of the whole day is @day_var either way. */
static void
split_variance (const TdBaseline *self,
                TdNormal         *normal,
                double            day_var)
{
  guint              n = self->n_slots;
  g_autofree double *loading = g_new (double, n);
  double             excess = MAX (self->excess, 1e-4);
  double             short_decay, long_decay, sum = 0, carry = 0, pairs = 0;

  normal->rho = pow (0.5, self->slot_minutes / HALF_LIFE_MINUTES);
  short_decay = pow (normal->rho, LAG_SHORT / self->slot_minutes);
  long_decay = pow (normal->rho, LAG_LONG / self->slot_minutes);
  normal->swing_var = CLAMP ((self->cov_short - self->cov_long) / (short_decay - long_decay),
                             LEAST_SWING * LEAST_SWING, MOST_SWING * MOST_SWING);
  normal->white_var = MAX (self->excess - self->cov_near, 0);

  for (guint i = 0; i < n; i++)
    {
      double ratio = (self->slot_excess[i] + LOADING_PRIOR * excess) / (self->slot_excess_weight + LOADING_PRIOR) / excess;

      loading[i] = sqrt (CLAMP (ratio, LEAST_LOADING, MOST_LOADING));
    }
  td_smooth (loading, normal->loading, n, LOADING_MINUTES / self->slot_minutes);

  for (guint i = 0; i < n; i++)
    sum += normal->mean[i];
  for (guint i = 0; i < n; i++)
    {
      double w = normal->mean[i] * normal->loading[i] / sum;

      pairs += w * w + 2 * w * carry;
      carry = normal->rho * (carry + w);
    }
  normal->day_var = MAX (day_var - normal->swing_var * pairs, 0.2 * day_var);
}

/* A line that has no calls on its Sundays is closed on them. */
static gboolean
is_closed (const TdBaseline    *self,
           const TdCalendarDay *day)
{
  guint class = day->holiday ? CLASS_HOLIDAY : day->weekday;

  return self->closed[class] > CLOSED_LEAST && self->closed[class] > self->open[class];
}

static TdNormal *
make_closed (const TdNormal *normal)
{
  TdNormal *closed = td_normal_new (normal->n_slots, normal->slot_minutes);
  double    sum = 0;

  for (guint i = 0; i < normal->n_slots; i++)
    sum += normal->mean[i];

  closed->known = normal->known;
  closed->rho = normal->rho;
  closed->day_var = normal->day_var;
  closed->swing_var = normal->swing_var;
  closed->white_var = normal->white_var;
  for (guint i = 0; i < normal->n_slots; i++)
    {
      closed->mean[i] = normal->mean[i] / sum * MIN (CLOSED_TOTAL, sum);
      closed->error[i] = 1;
      closed->loading[i] = normal->loading[i];
    }

  return closed;
}

/**
 * td_baseline_morning:
 * @self: a baseline
 * @day: a day after the last one
 *
 * Begins a day.
 *
 * Returns: (transfer full): what is normal for it
 */
TdNormal *
td_baseline_morning (TdBaseline          *self,
                     const TdCalendarDay *day)
{
  double level, spread, weight, n_cal;
  guint class, gap;
  g_autofree double *share = NULL;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (day != NULL, NULL);

  gap = self->julian == 0 || day->julian <= self->julian ? 1 : day->julian - self->julian;
  for (guint i = 0; i < MIN (gap, MAX_GAP); i++)
    td_baseline_pass_day (self);

  self->julian = day->julian;
  self->day = *day;
  g_clear_pointer (&self->normal, td_normal_unref);
  self->normal = td_normal_new (self->n_slots, self->slot_minutes);
  self->normal->known = self->known;

  level = td_baseline_foresee_level (self, day, &spread);
  class = td_baseline_choose_class (self, day);
  share = g_new (double, self->n_slots);
  make_profile (self, class, share);

  weight = self->class_weight[class] + 0.35 * MAX (self->pool_weight - self->class_weight[class], 0);
  n_cal = MAX (POOL_MINUTES / self->slot_minutes * 3.5, 1);
  for (guint i = 0; i < self->n_slots; i++)
    {
      double mean = level * share[i];

      self->normal->mean[i] = mean;
      self->normal->error[i] = self->known ? MIN ((1 / MAX (mean * n_cal, 0.05) + 0.05 * 0.05) / MAX (weight, 0.5), 1) : 0.5;
    }
  split_variance (self, self->normal, spread);

  /* Should it open nevertheless, it is learnt from as from any other. */
  return is_closed (self, day) ? make_closed (self->normal) : td_normal_ref (self->normal);
}

/**
 * td_baseline_begin_regime:
 * @self: a baseline
 *
 * Tells that from the next day on things are otherwise, and that this is
 * normal: the level is open again, and what is known of the profiles weighs
 * little beside the days to come. It is still the best guess for the first.
 */
void
td_baseline_begin_regime (TdBaseline *self)
{
  g_return_if_fail (self != NULL);

  td_baseline_open_level (self);
  self->pool_weight *= REGIME_WEIGHT;
  for (guint i = 0; i < self->n_slots; i++)
    self->pool[i] *= REGIME_WEIGHT;
  for (guint c = 0; c < N_CLASSES; c++)
    {
      self->class_weight[c] *= REGIME_WEIGHT;
      for (guint i = 0; i < self->n_slots; i++)
        self->by_class[c][i] *= REGIME_WEIGHT;
    }
}
