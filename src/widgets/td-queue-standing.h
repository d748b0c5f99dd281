/* td-queue-standing.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-severity.h"
#include "td-totals.h"

G_BEGIN_DECLS

/**
 * TdQueueStanding:
 * @queue: (unowned): whose
 * @totals: its sums
 * @wait_ms: age of its oldest caller, or %TD_UNKNOWN
 * @level: service level today, or NAN
 * @serving: agents who serve it, or %TD_UNKNOWN
 * @wait_severity: of the longest wait
 * @level_severity: of the service level
 * @severity: the worst of both, a calm queue's past left out
 * @deviation: the last 15 minutes ÷ what is normal for them − 1, or NAN
 * @rate_severity: how that is judged
 *
 * How a queue stands at one moment, for ordering queues by need.
 */
typedef struct
{
  TdQueue   *queue;
  TdTotals   totals;
  gint64     wait_ms;
  double     level;
  gint64     serving;
  TdSeverity wait_severity;
  TdSeverity level_severity;
  TdSeverity severity;
  double     deviation;
  TdSeverity rate_severity;
} TdQueueStanding;

void td_queue_standing_read (TdQueueStanding *self,
                             TdCentre        *centre,
                             TdQueue         *queue,
                             gint64           now);
void td_queue_standing_set_rate (TdQueueStanding *self,
                                 double           deviation,
                                 TdSeverity       severity);
int  td_queue_standing_compare (const TdQueueStanding *a,
                                const TdQueueStanding *b);

G_END_DECLS
