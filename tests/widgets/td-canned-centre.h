/* td-canned-centre.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-intervals.h"
#include "td-snapshot.h"

G_BEGIN_DECLS

/* A busy moment of a centre at 14:20 in the zone of Ho Chi Minh City: ten
 * queues, one of them in trouble, 124 agents in every state; and @n_more queues where one waits. Where @estimated, the counts begin at 13:05, and
 * those of one queue are estimates. */

#define TD_CANNED_AT (G_GINT64_CONSTANT (1795332005) * G_USEC_PER_SEC)

TdSnapshot  *td_canned_centre_snapshot (guint    n_more,
                                        gboolean estimated);
TdIntervals *td_canned_centre_intervals (void);

G_END_DECLS
