/* td-baseline.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-baseline.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "td-smooth-private.h"

/* The parts of a day's level, each an entry of the state. */
enum {
  LEVEL,   /* drifts for ever */
  DRIFT,   /* and from day to day, an AR(1) */
  WEEKDAY, /* seven of them */
  REOPEN = WEEKDAY + 7,
  HOLIDAY,
  MONTH, /* cosine and sine of three harmonics */
  TET = MONTH + 6,
  N_STATES = TET + TD_TET_LAST - TD_TET_FIRST + 1
};

#define N_HARMONICS 3
#define MONTH_DAYS 30.5
#define N_CLASSES 8
#define CLASS_HOLIDAY 7
#define CLASS_REOPEN 0 /* like a Monday */

/* Prior beliefs, in logarithms of calls a day. */
#define LEVEL_SD 0.5
#define LEVEL_STEP 0.004
#define DRIFT_SD 0.045
#define DRIFT_PHI 0.6
#define WEEKDAY_SD 0.25
#define WEEKDAY_STEP 0.002
#define REOPEN_MEAN 0.10
#define REOPEN_SD 0.15
#define HOLIDAY_MEAN (-0.5)
#define HOLIDAY_SD 0.6
#define MONTH_SD 0.03
#define TET_SD 0.6
#define DAY_SD 0.012 /* of a day by itself */
#define MAX_GAP 14   /* days that pass in the dark */

/* Profiles: smoothing widths, minutes, and how fast old days fade. */
#define POOL_MINUTES 5.0
#define CLASS_MINUTES 20.0
#define LOADING_MINUTES 15.0
#define FADE 0.98
#define CLASS_PRIOR 1.0 /* days that the pool counts for beside a class's own */
#define LEAST_SHARE 1e-4

/* The swing within the day. */
#define HALF_LIFE_MINUTES 120.0
#define LAG_NEAR 15.0
#define LAG_SHORT 30.0
#define LAG_LONG 240.0
#define LEAST_SWING 0.01
#define MOST_SWING 0.25
#define LEAST_LOADING 0.4
#define MOST_LOADING 4.0
#define LOADING_PRIOR 8.0

/* Learning. */
#define LEAST_OBSERVED 0.3
#define CLIP_SD 4.0
#define HUBER 3.0
#define SHIFT_SD 2.5
#define SHIFT_DAYS 2
#define CLOSED_CALLS 20.0 /* that were expected, and none came: it was closed */
#define CLOSED_FADE 0.8
#define CLOSED_LEAST 1.5   /* weight of closed days before the next is expected to be one */
#define CLOSED_TOTAL 0.5   /* calls that still may come */
#define REGIME_WEIGHT 0.15 /* of what was learnt, when things are to be otherwise */

struct _TdBaseline
{
  guint slot_minutes;
  guint n_slots;

  gboolean known;  /* there was a day to learn from */
  guint    julian; /* the day of the last morning; 0 before the first */

  double m[N_STATES];
  double P[N_STATES][N_STATES];

  double scale; /* of the variance of a day's level */
  double scale_weight;
  double pool_weight;
  double class_weight[N_CLASSES];
  double cov_near, cov_short, cov_long; /* of residuals 15 min, 30 min and 4 h apart */
  double excess;                        /* variance of a slot beyond Poisson */
  double cov_days;
  double slot_excess_weight;
  int    n_far; /* days in a row far off, by sign */

  /* Days of a class on which no call came, and on which some did, faded. */
  double closed[N_CLASSES];
  double open[N_CLASSES];

  double *pool;                /* (array length=n_slots) (owned): faded sum of the days' profiles */
  double *by_class[N_CLASSES]; /* (array length=n_slots) (owned): of the days of a class */
  double *slot_excess;         /* (array length=n_slots) (owned) */

  TdCalendarDay day;    /* of the last morning */
  TdNormal     *normal; /* (owned) (nullable): as of that morning */
};

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

  self->m[REOPEN] = REOPEN_MEAN;
  self->m[HOLIDAY] = HOLIDAY_MEAN;
  self->P[LEVEL][LEVEL] = LEVEL_SD * LEVEL_SD;
  self->P[DRIFT][DRIFT] = DRIFT_SD * DRIFT_SD;
  for (guint i = 0; i < 7; i++)
    self->P[WEEKDAY + i][WEEKDAY + i] = WEEKDAY_SD * WEEKDAY_SD;
  self->P[REOPEN][REOPEN] = REOPEN_SD * REOPEN_SD;
  self->P[HOLIDAY][HOLIDAY] = HOLIDAY_SD * HOLIDAY_SD;
  for (guint k = 0; k < N_HARMONICS; k++)
    {
      self->P[MONTH + 2 * k][MONTH + 2 * k] = MONTH_SD * MONTH_SD / (k + 1);
      self->P[MONTH + 2 * k + 1][MONTH + 2 * k + 1] = MONTH_SD * MONTH_SD / (k + 1);
    }
  for (guint i = TET; i < N_STATES; i++)
    self->P[i][i] = TET_SD * TET_SD;

  self->scale = 1;
  self->scale_weight = 10;
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

/* Which parts of the level count on a day. */
static void
describe_day (const TdCalendarDay *day,
              double              *h)
{
  memset (h, 0, N_STATES * sizeof (double));
  h[LEVEL] = 1;
  h[DRIFT] = 1;
  if (day->reopen)
    {
      h[WEEKDAY] = 1;
      h[REOPEN] = 1;
    }
  else
    h[WEEKDAY + day->weekday] = 1;

  if (day->holiday)
    h[HOLIDAY] = 1;

  for (guint k = 0; k < N_HARMONICS; k++)
    {
      double angle = 2 * G_PI * (k + 1) * (day->day_of_month - 1) / MONTH_DAYS;

      h[MONTH + 2 * k] = cos (angle);
      h[MONTH + 2 * k + 1] = sin (angle);
    }

  if (day->tet >= TD_TET_FIRST && day->tet <= TD_TET_LAST)
    h[TET + day->tet - TD_TET_FIRST] = 1;
}

/* Returns h·P·h, and P·h in @ph. */
static double
project (const TdBaseline *self,
         const double     *h,
         double           *ph)
{
  double sum = 0;

  for (guint i = 0; i < N_STATES; i++)
    {
      ph[i] = 0;
      for (guint j = 0; j < N_STATES; j++)
        ph[i] += self->P[i][j] * h[j];
      sum += h[i] * ph[i];
    }

  return sum;
}

static double
dot (const double *a,
     const double *b,
     guint         n)
{
  double sum = 0;

  for (guint i = 0; i < n; i++)
    sum += a[i] * b[i];

  return sum;
}

static guint
choose_class (const TdBaseline    *self,
              const TdCalendarDay *day)
{
  if (day->holiday && self->class_weight[CLASS_HOLIDAY] > 0)
    return CLASS_HOLIDAY;

  return day->reopen ? CLASS_REOPEN : day->weekday;
}

/* A calendar day passes: what was learnt grows a little less certain. */
static void
pass_day (TdBaseline *self)
{
  self->m[DRIFT] *= DRIFT_PHI;
  for (guint i = 0; i < N_STATES; i++)
    {
      self->P[DRIFT][i] *= DRIFT_PHI;
      self->P[i][DRIFT] *= DRIFT_PHI;
    }

  self->P[LEVEL][LEVEL] += LEVEL_STEP * LEVEL_STEP;
  self->P[DRIFT][DRIFT] += DRIFT_SD * DRIFT_SD * (1 - DRIFT_PHI * DRIFT_PHI);
  for (guint i = 0; i < 7; i++)
    self->P[WEEKDAY + i][WEEKDAY + i] += WEEKDAY_STEP * WEEKDAY_STEP;
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
  double h[N_STATES], ph[N_STATES];
  double level, spread, weight, n_cal;
  guint class, gap;
  g_autofree double *share = NULL;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (day != NULL, NULL);

  gap = self->julian == 0 || day->julian <= self->julian ? 1 : day->julian - self->julian;
  for (guint i = 0; i < MIN (gap, MAX_GAP); i++)
    pass_day (self);

  self->julian = day->julian;
  self->day = *day;
  g_clear_pointer (&self->normal, td_normal_unref);
  self->normal = td_normal_new (self->n_slots, self->slot_minutes);
  self->normal->known = self->known;

  describe_day (day, h);
  level = exp (dot (h, self->m, N_STATES));
  spread = (project (self, h, ph) + DAY_SD * DAY_SD) * (self->known ? self->scale : 1);
  class = choose_class (self, day);
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

static int
sign (double x)
{
  return (x > 0) - (x < 0);
}

/* Learns the day's level. Returns how far it was off, in standard deviations. */
static double
learn_level (TdBaseline *self,
             double      total)
{
  double   h[N_STATES], ph[N_STATES], gain[N_STATES];
  double   noise = 1 / total + DAY_SD * DAY_SD;
  double   q, e, z, counted;
  gboolean far;

  describe_day (&self->day, h);
  q = project (self, h, ph) + noise;
  e = log (total) - dot (h, self->m, N_STATES);
  z = e / sqrt (q * self->scale);
  far = fabs (z) > SHIFT_SD;

  /* Two days in a row far off to the same side: the level itself moved. */
  self->n_far = !far ? 0 : self->n_far * z >= 0 ? self->n_far + sign (z)
                                                : sign (z);
  if (abs (self->n_far) >= SHIFT_DAYS && self->pool_weight > 6)
    {
      self->P[LEVEL][LEVEL] += e * e;
      q = project (self, h, ph) + noise;
      self->n_far = 0;
      counted = 1;
    }
  else
    {
      if (fabs (z) > HUBER && self->pool_weight > 2)
        q *= (z / HUBER) * (z / HUBER);
      counted = MIN (fabs (z), HUBER);
    }

  for (guint i = 0; i < N_STATES; i++)
    gain[i] = ph[i] / q;
  for (guint i = 0; i < N_STATES; i++)
    {
      self->m[i] += gain[i] * e;
      for (guint j = 0; j < N_STATES; j++)
        self->P[i][j] -= gain[i] * ph[j];
    }

  if (self->pool_weight > 3)
    {
      self->scale = (self->scale_weight * self->scale + counted * counted * self->scale) / (self->scale_weight + 1);
      self->scale_weight = MIN (self->scale_weight + 1, 40);
    }

  return z;
}

static void
learn_profile (TdBaseline   *self,
               const double *clean,
               double        total)
{
  guint class = self->day.holiday ? CLASS_HOLIDAY : choose_class (self, &self->day);

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

/* The first day sets the scale of everything. */
static void
begin_level (TdBaseline *self,
             double      total)
{
  double h[N_STATES];
  double sum = 0;

  describe_day (&self->day, h);
  h[LEVEL] = 0;
  h[DRIFT] = 0;
  self->m[LEVEL] = log (MAX (total, 1)) - dot (h, self->m, N_STATES);
  self->known = TRUE;

  for (guint i = 0; i < self->n_slots; i++)
    sum += self->normal->mean[i];
  for (guint i = 0; i < self->n_slots; i++)
    self->normal->mean[i] *= MAX (total, 1) / sum;
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
    begin_level (self, sum / n_observed * self->n_slots);
  else if (learn_opening (self, calls, sum))
    return FALSE;

  clean = g_new (double, self->n_slots);
  clean_day (self, calls, first, clean);
  for (guint i = 0; i < self->n_slots; i++)
    total += clean[i];
  total = MAX (total, 1);

  z = learn_level (self, total);
  learn_profile (self, clean, total);
  if (self->pool_weight > 4 && fabs (z) < HUBER)
    learn_swing (self, calls, clean);
  g_clear_pointer (&self->normal, td_normal_unref);

  return TRUE;
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

  self->P[LEVEL][LEVEL] += LEVEL_SD * LEVEL_SD;
  self->n_far = 0;
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
