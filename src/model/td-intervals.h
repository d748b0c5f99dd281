/* td-intervals.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-snapshot.h"

G_BEGIN_DECLS

/**
 * TdInterval:
 * @observed_s: seconds of the interval that were observed; 0 is a gap, whose counts say nothing
 * @counts: what was counted in the interval
 * @max_waiting: most callers waiting at once, or %TD_UNKNOWN
 * @serving: agents serving, mean rounded, or %TD_UNKNOWN
 */
typedef struct
{
  gint64   observed_s;
  TdCounts counts;
  gint64   max_waiting;
  gint64   serving;
} TdInterval;

/**
 * TdIntervals:
 *
 * Counted history of some queues: for each the same row of intervals. Built by
 * one thread, then immutable; ref-counted atomically.
 */
typedef struct _TdIntervals TdIntervals;

#define TD_TYPE_INTERVALS (td_intervals_get_type ())

#define TD_MAX_INTERVALS 2000000

GType             td_intervals_get_type (void);
TdIntervals      *td_intervals_new (gint64 from,
                                    gint64 step_us,
                                    guint  n_intervals);
TdIntervals      *td_intervals_ref (TdIntervals *self);
void              td_intervals_unref (TdIntervals *self);
TdInterval       *td_intervals_add_queue (TdIntervals *self,
                                          const char  *queue_id);
gint64            td_intervals_get_from (TdIntervals *self);
gint64            td_intervals_get_step (TdIntervals *self);
guint             td_intervals_get_n_intervals (TdIntervals *self);
guint             td_intervals_get_n_queues (TdIntervals *self);
const char       *td_intervals_get_queue (TdIntervals *self,
                                          guint        index);
const TdInterval *td_intervals_get_rows (TdIntervals *self,
                                         guint        index);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TdIntervals, td_intervals_unref)

G_END_DECLS
