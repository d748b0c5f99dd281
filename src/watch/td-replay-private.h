/* td-replay-private.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-replay.h"

G_BEGIN_DECLS

#define TD_REPLAY_MINUTES (TD_REPLAY_BEFORE + 1 + TD_REPLAY_AFTER)

/* Minutes before the first that its rate is counted from. */
#define TD_REPLAY_LEAD (TD_REPLAY_RATE - 1)

/* For the reader, which fills it, one thread at a time. */

TdReplay *td_replay_new (TdCentre *centre,
                         gint64    moment,
                         gint64    now);
gint64    td_replay_get_from (TdReplay *self);
gint64    td_replay_get_first (TdReplay *self);
gint64    td_replay_get_end (TdReplay *self);
void      td_replay_add_minutes (TdReplay    *self,
                                 TdIntervals *intervals);
void      td_replay_add_samples (TdReplay         *self,
                                 TdHistoryRecords *records);
void      td_replay_add_spans (TdReplay         *self,
                               TdHistoryRecords *records);
void      td_replay_end (TdReplay *self);

G_END_DECLS
