/* td-normal.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * TdNormal:
 * @n_slots: slots of the day
 * @slot_minutes: length of a slot, minutes
 * @known: there was a day to learn from; else the numbers mean nothing
 * @mean: (array length=n_slots): calls expected in each slot, known before the day begins
 * @error: (array length=n_slots): relative variance of @mean from what is not learnt yet
 * @loading: (array length=n_slots): how much the slot swings, relative to others
 * @rho: correlation of the day's own swing from one slot to the next
 * @day_var: variance of the day's level, of its logarithm
 * @swing_var: variance of the swing within the day
 * @white_var: variance of a slot of its own, beyond Poisson
 *
 * What is normal for one day. Immutable and atomically ref-counted.
 */
typedef struct
{
  gatomicrefcount ref_count;

  guint    n_slots;
  double   slot_minutes;
  gboolean known;
  double  *mean;
  double  *error;
  double  *loading;
  double   rho;
  double   day_var;
  double   swing_var;
  double   white_var;
} TdNormal;

#define TD_TYPE_NORMAL (td_normal_get_type ())
GType td_normal_get_type (void);

TdNormal *td_normal_new (guint  n_slots,
                         double slot_minutes);
TdNormal *td_normal_ref (TdNormal *self);
void      td_normal_unref (TdNormal *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TdNormal, td_normal_unref)

double td_normal_get_variance (const TdNormal *self,
                               guint           slot);

/**
 * TdToday:
 * @level: logarithm of the day's level against normal
 * @swing: logarithm of the swing of now
 *
 * What the calls of today so far say against normal: the state of a Kalman
 * filter, extended to counts. A plain value.
 */
typedef struct
{
  guint  slot; /* the next one */
  double level;
  double swing;
  double level_var;
  double swing_var;
  double covar;
} TdToday;

void   td_today_init (TdToday        *self,
                      const TdNormal *normal);
void   td_today_step (TdToday        *self,
                      const TdNormal *normal,
                      double          calls);
double td_today_forecast (const TdToday  *self,
                          const TdNormal *normal,
                          guint           slot,
                          double         *variance);
double td_today_forecast_rest (const TdToday  *self,
                               const TdNormal *normal,
                               double         *variance);

G_END_DECLS
