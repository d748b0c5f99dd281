/* td-totals.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-centre.h"
#include "td-metrics.h"

G_BEGIN_DECLS

/**
 * TdTotals:
 * @today: counts of the queues, summed
 * @waiting: callers waiting now, or %TD_UNKNOWN
 * @waiting_beyond: of these, callers who waited longer than their queue's T
 * @longest_since: when the oldest caller waiting now joined, or %TD_UNKNOWN
 * @offered_15min: calls offered in the last 15 minutes, or %TD_UNKNOWN
 * @agents: agents by state
 * @estimated: a part of @today was inferred, of one queue at least
 *
 * The sums over one queue or over the whole centre, at one moment.
 */
typedef struct
{
  TdCounts     today;
  gint64       waiting;
  gint64       waiting_beyond;
  gint64       longest_since;
  gint64       offered_15min;
  TdAgentTally agents;
  gboolean     estimated;
} TdTotals;

void td_totals_of_centre (TdCentre *centre,
                          gint64    now,
                          TdTotals *totals);
void td_totals_of_queues (TdCentre          *centre,
                          const char *const *ids,
                          gint64             now,
                          TdTotals          *totals);
void td_totals_of_queue (TdCentre *centre,
                         TdQueue  *queue,
                         gint64    now,
                         TdTotals *totals);

G_END_DECLS
