/* td-wait-check.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-centre.h"

G_BEGIN_DECLS

/* Fewer calls than this say nothing of how good an estimate is. */
#define TD_WAIT_CHECK_ENOUGH_CALLS 5

/**
 * TdWaitError:
 * @calls: calls of the last hour whose wait was estimated when they came and that were answered
 * @off: by how much the estimate was wrong, mean of the amounts, s, or NAN
 * @bias: by how much they waited longer than estimated, mean, s; below 0: shorter; or NAN
 *
 * How good the estimates of the last hour were.
 */
typedef struct
{
  guint  calls;
  double off;
  double bias;
} TdWaitError;

double td_wait_check_estimate (TdQueue *queue,
                               gint64   position);

#define TD_TYPE_WAIT_CHECK (td_wait_check_get_type ())

/**
 * TdWaitCheck:
 *
 * Holds what a caller was to expect on joining a queue against what became of
 * it, so that it is known how far to trust the expected wait. Only those count
 * who are seen to wait, and are answered: who hangs up has not told how long
 * it would have been. Of the main thread alone.
 */
G_DECLARE_FINAL_TYPE (TdWaitCheck, td_wait_check, TD, WAIT_CHECK, GObject)

TdWaitCheck *td_wait_check_new (TdCentre *centre);
void         td_wait_check_get_error (TdWaitCheck *self,
                                      const char  *queue,
                                      gint64       now,
                                      TdWaitError *error);

G_END_DECLS
