/* td-baseline-private.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-baseline.h"

G_BEGIN_DECLS

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

#define N_CLASSES 8
#define CLASS_HOLIDAY 7

/* Of residuals of one day whose likeness tells how it swings, minutes. */
#define LAG_SHORT 30.0
#define LAG_LONG 240.0

/* A day beyond so many standard deviations is believed less. */
#define HUBER 3.0

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

void   td_baseline_init_level (TdBaseline *self);
void   td_baseline_pass_day (TdBaseline *self);
double td_baseline_foresee_level (const TdBaseline    *self,
                                  const TdCalendarDay *day,
                                  double              *spread);
double td_baseline_learn_level (TdBaseline *self,
                                double      total);
void   td_baseline_begin_level (TdBaseline *self,
                                double      total);
void   td_baseline_open_level (TdBaseline *self);

guint td_baseline_choose_class (const TdBaseline    *self,
                                const TdCalendarDay *day);

G_END_DECLS
