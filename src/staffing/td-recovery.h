/* td-recovery.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-metrics.h"

G_BEGIN_DECLS

/**
 * TdRecoveryState:
 * @TD_RECOVERY_UNKNOWN: nobody can say
 * @TD_RECOVERY_SAFE: the target will be met, whatever becomes of the calls to come
 * @TD_RECOVERY_NEEDS: so many of them have to be answered in time
 * @TD_RECOVERY_OUT_OF_REACH: it would be missed if each of them were
 *
 * How a day can still end.
 */
typedef enum {
  TD_RECOVERY_UNKNOWN,
  TD_RECOVERY_SAFE,
  TD_RECOVERY_NEEDS,
  TD_RECOVERY_OUT_OF_REACH
} TdRecoveryState;

/**
 * TdRecovery:
 * @state: how the day can still end
 * @to_come: calls that are still to be counted, 0 or more
 * @needed: how many of them have to be answered in time, 0 to @to_come; more
 *   than that where the target is out of reach
 *
 * What it takes to end a day at its target.
 */
typedef struct
{
  TdRecoveryState state;
  gint64          to_come;
  gint64          needed;
} TdRecovery;

void td_recovery_reckon_day (TdServiceLevelFormula formula,
                             const TdCounts       *today,
                             gint64                waiting_beyond,
                             double                to_come,
                             double                target,
                             TdRecovery           *recovery);
void td_recovery_reckon (gint64      good,
                         gint64      counted,
                         double      to_come,
                         double      target,
                         TdRecovery *recovery);

G_END_DECLS
