/* td-replay.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-centre.h"
#include "td-history.h"
#include "td-metrics.h"

G_BEGIN_DECLS

/* Minutes before and after the moment that is looked back at. */
#define TD_REPLAY_BEFORE 30
#define TD_REPLAY_AFTER 60

/* Minutes of a rate. */
#define TD_REPLAY_RATE 15

/**
 * TdReplayFigures:
 * @minute: what was counted in the minute
 * @quarter: in the 15 minutes up to its end; unknown where one of them was not observed
 * @today: from the midnight before, as far as it was observed
 * @waiting: callers waiting at the end of the minute
 * @max_waiting: most of them at once in the minute
 * @longest_ms: how long the oldest of them had waited, ms
 * @serving: agents who served at the end of the minute
 * @service_low: service level from midnight, 0…1, or NAN: where the history does not
 *   say who of the waiting had waited beyond T, as if all had
 * @service_high: as if as few had as the oldest wait allows
 *
 * One queue, or the whole centre, as it was at the end of a minute. Each number
 * that the history does not know is %TD_UNKNOWN or NAN on its own.
 */
typedef struct
{
  TdCounts minute;
  TdCounts quarter;
  TdCounts today;
  gint64   waiting;
  gint64   max_waiting;
  gint64   longest_ms;
  gint64   serving;
  double   service_low;
  double   service_high;
} TdReplayFigures;

#define TD_TYPE_REPLAY (td_replay_get_type ())

/**
 * TdReplay:
 *
 * The centre as the history remembers it around a moment, minute by minute:
 * from %TD_REPLAY_BEFORE minutes before to %TD_REPLAY_AFTER after, or to now.
 * Immutable once it is read; then it may be looked at from any thread.
 */
G_DECLARE_FINAL_TYPE (TdReplay, td_replay, TD, REPLAY, GObject)

void      td_replay_read_async (TdCentre           *centre,
                                TdHistory          *history,
                                gint64              moment,
                                gint64              now,
                                GCancellable       *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer            user_data);
TdReplay *td_replay_read_finish (TdHistory    *history,
                                 GAsyncResult *result,
                                 GError      **error);

gint64              td_replay_get_moment (TdReplay *self);
guint               td_replay_get_n_minutes (TdReplay *self);
guint               td_replay_get_moment_index (TdReplay *self);
gint64              td_replay_get_minute (TdReplay *self,
                                          guint     index);
guint               td_replay_get_n_queues (TdReplay *self);
const char         *td_replay_get_queue_id (TdReplay *self,
                                            guint     queue);
void                td_replay_get_queue (TdReplay        *self,
                                         guint            index,
                                         guint            queue,
                                         TdReplayFigures *figures);
void                td_replay_get_centre (TdReplay        *self,
                                          guint            index,
                                          TdReplayFigures *figures);
const TdAgentTally *td_replay_get_agents (TdReplay *self,
                                          guint     index,
                                          guint    *n_unknown);
guint               td_replay_get_n_missing (TdReplay *self,
                                             guint     index);
gint64              td_replay_get_day_start (TdReplay *self);
guint               td_replay_get_rates (TdReplay *self,
                                         guint     index,
                                         double   *rates,
                                         double   *observed,
                                         guint     n_rates);

G_END_DECLS
