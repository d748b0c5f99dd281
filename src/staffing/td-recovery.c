/* td-recovery.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-recovery.h"

#include <math.h>

/* Beyond this a number of calls is no number of calls. */
#define MAX_CALLS 1e12

/* 0.8 of a count is never exactly that in binary: a target that is met to the
 * call is met. */
#define ROUNDING 1e-6

/**
 * td_recovery_reckon_day:
 * @formula: of the service level in force
 * @today: what was counted today
 * @waiting_beyond: callers who wait for longer than T
 * @to_come: calls still to be counted today, by the forecast; NAN where there is none
 * @target: the share to end the day with, 0 to 1
 * @recovery: (out): what it takes
 *
 * td_recovery_reckon() of what the service level is reckoned from: the one
 * judgement of a day, for whoever tells of it.
 */
void
td_recovery_reckon_day (TdServiceLevelFormula formula,
                        const TdCounts       *today,
                        gint64                waiting_beyond,
                        double                to_come,
                        double                target,
                        TdRecovery           *recovery)
{
  gint64 good, counted;

  g_return_if_fail (recovery != NULL);

  *recovery = (TdRecovery){ .state = TD_RECOVERY_UNKNOWN };
  if (td_metrics_get_service (formula, today, waiting_beyond, &good, &counted))
    td_recovery_reckon (good, counted, to_come, target, recovery);
}

/**
 * td_recovery_reckon:
 * @good: calls so far that were answered in time, the numerator of the service level
 * @counted: calls so far that count, its denominator
 * @to_come: calls still to be counted today, by the forecast; NAN where there is none
 * @target: the share to end the day with, 0 to 1
 * @recovery: (out): what it takes
 *
 * The day ends at its target where (good + x) ÷ (counted + to_come) ≥ target,
 * so x = ⌈target × (counted + to_come) − good⌉ of the calls to come have to be
 * answered in time. Each call to come is taken to count: a caller who hangs up
 * early, and so does not, makes it no harder.
 */
void
td_recovery_reckon (gint64      good,
                    gint64      counted,
                    double      to_come,
                    double      target,
                    TdRecovery *recovery)
{
  double needed;

  g_return_if_fail (recovery != NULL);

  *recovery = (TdRecovery){ .state = TD_RECOVERY_UNKNOWN };
  if (!isfinite (to_come) || !isfinite (target) || good < 0 || counted < good || to_come > MAX_CALLS || counted > MAX_CALLS)
    return;

  recovery->to_come = (gint64)round (fmax (to_come, 0));
  needed = ceil (target * ((double)counted + (double)recovery->to_come) - (double)good - ROUNDING);
  recovery->needed = (gint64)fmax (needed, 0);
  if (recovery->needed == 0)
    recovery->state = TD_RECOVERY_SAFE;
  else if (recovery->needed <= recovery->to_come)
    recovery->state = TD_RECOVERY_NEEDS;
  else
    recovery->state = TD_RECOVERY_OUT_OF_REACH;
}
