/* td-transient.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-erlang.h"

G_BEGIN_DECLS

/* Further ahead, or beyond so many callers at once, nothing is reckoned. */
#define TD_TRANSIENT_MAX_SECONDS (24 * 3600.0)
#define TD_TRANSIENT_MAX_CALLS 200000

/**
 * TdTransient:
 * @traffic: what comes from now on
 * @calls: who are in the system now: being served, wrapped up, or waiting
 * @agents: who serve from now on
 * @leave_at: when some of them leave, s from now; they finish their calls
 * @leaving: how many then, 0 to @agents
 * @joining: who come at the same time
 * @from: when looking begins, s from now
 * @until: when it ends
 *
 * What is asked of the next hours.
 */
typedef struct
{
  TdTraffic traffic;
  guint     calls;
  guint     agents;
  double    leave_at;
  guint     leaving;
  guint     joining;
  double    from;
  double    until;
} TdTransient;

gboolean td_transient_expect (const TdTransient *question,
                              double             threshold,
                              double             short_limit,
                              TdExpectedService *service);

G_END_DECLS
