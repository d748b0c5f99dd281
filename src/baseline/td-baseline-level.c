/* td-baseline-level.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-baseline-private.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The day of the month. */
#define N_HARMONICS 3
#define MONTH_DAYS 30.5

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

/* Two days in a row so far off are a new level. */
#define SHIFT_SD 2.5
#define SHIFT_DAYS 2

/* What is believed of the level before the first day. */
void
td_baseline_init_level (TdBaseline *self)
{
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

/* A calendar day passes: what was learnt grows a little less certain. */
void
td_baseline_pass_day (TdBaseline *self)
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

/* Returns the calls of a whole day to expect, and in @spread the variance of
 * their logarithm. */
double
td_baseline_foresee_level (const TdBaseline    *self,
                           const TdCalendarDay *day,
                           double              *spread)
{
  double h[N_STATES], ph[N_STATES];

  describe_day (day, h);
  *spread = (project (self, h, ph) + DAY_SD * DAY_SD) * (self->known ? self->scale : 1);

  return exp (dot (h, self->m, N_STATES));
}

static int
sign (double x)
{
  return (x > 0) - (x < 0);
}

/* Learns the day's level. Returns how far it was off, in standard deviations. */
double
td_baseline_learn_level (TdBaseline *self,
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

/* The first day sets the scale of everything. */
void
td_baseline_begin_level (TdBaseline *self,
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

/* Anything may come: the next days tell where the level is. */
void
td_baseline_open_level (TdBaseline *self)
{
  self->P[LEVEL][LEVEL] += LEVEL_SD * LEVEL_SD;
  self->n_far = 0;
}
