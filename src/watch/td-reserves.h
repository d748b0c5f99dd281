/* td-reserves.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-agent-judge.h"
#include "td-centre.h"

G_BEGIN_DECLS

/* Of each kind so many are named. */
#define TD_RESERVES_MAX_NAMED 4

/**
 * TdReserve:
 * @TD_RESERVE_PAUSED: paused longer than the pause may last
 * @TD_RESERVE_SKILLED: serve the queue that needs them, and are on a call of a
 *   queue in which nobody waits and somebody else is free
 * @TD_RESERVE_FREE: free, and do not serve the queue that needs somebody
 * @TD_RESERVE_ABSENT: not signed in although their shift goes on
 * @TD_RESERVE_HOME: work from home, are off duty and have been for long enough to rest
 *
 * Where another pair of hands may come from, the nearest first.
 */
typedef enum {
  TD_RESERVE_PAUSED,
  TD_RESERVE_SKILLED,
  TD_RESERVE_FREE,
  TD_RESERVE_ABSENT,
  TD_RESERVE_HOME,
  TD_N_RESERVES
} TdReserve;

/**
 * TdReserves:
 * @queue: (nullable) (unowned): the queue whose callers wait the longest while
 *   nobody who serves it is free
 * @n: how many there are, by #TdReserve
 * @named: (array) (unowned): some of each, who are so for the longest first
 *
 * Who could be moved at one moment. The pointers hold until the centre changes.
 */
typedef struct
{
  TdQueue *queue;
  guint    n[TD_N_RESERVES];
  TdAgent *named[TD_N_RESERVES][TD_RESERVES_MAX_NAMED];
} TdReserves;

void td_reserves_find (TdCentre     *centre,
                       TdAgentJudge *judge,
                       gint64        now,
                       TdReserves   *reserves);

G_END_DECLS
