/* td-outlook-sum-private.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-normal.h"
#include "td-outlook.h"

G_BEGIN_DECLS

#define TD_OUTLOOK_SUM_LAGS 3

/**
 * TdOutlookSum:
 *
 * Adds up what is expected in any minutes of a day, and how uncertain the sum
 * is: the calls of neighbouring slots swing together, and all of them with the
 * day, so the variance of the sum is not the sum of the variances. A plain
 * value, borrowing what it is made of.
 */
typedef struct
{
  const TdNormal *normal;
  const TdToday  *today;
  int             last;    /* slot that was added last, or −1 */
  double          mean;    /* calls */
  double          decayed; /* Σ w ρ^(slots from now): how far today's swing of now still tells */
  double          carry;
  double          pairs; /* Σ_ij w_i w_j ρ^|i−j| */
  double          white; /* Σ w² */
  double          error; /* Σ_ij of the profile's errors, which neighbouring slots share */
  double          recent[TD_OUTLOOK_SUM_LAGS];
} TdOutlookSum;

void td_outlook_sum_init (TdOutlookSum   *self,
                          const TdNormal *normal,
                          const TdToday  *today);
void td_outlook_sum_add (TdOutlookSum *self,
                         guint         slot,
                         double        minutes);
void td_outlook_sum_get_range (const TdOutlookSum *self,
                               double              counted,
                               TdOutlookRange     *range);

extern const TdOutlookRange td_outlook_range_unknown;

G_END_DECLS
