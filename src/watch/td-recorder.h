/* td-recorder.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-centre.h"
#include "td-day.h"
#include "td-history.h"

G_BEGIN_DECLS

#define TD_TYPE_RECORDER (td_recorder_get_type ())

/**
 * TdRecorder:
 *
 * Writes what a centre counts into its history, a minute of each queue at a
 * time, with the seconds of it that were observed: from the differences of
 * the queues' counters, never across a time in which nobody looked. The minute
 * that runs is written as well, every few seconds, so that little is lost with
 * the program. Belongs to the main thread.
 */
G_DECLARE_FINAL_TYPE (TdRecorder, td_recorder, TD, RECORDER, GObject)

TdRecorder *td_recorder_new (TdCentre  *centre,
                             TdDay     *day,
                             TdHistory *history);
void        td_recorder_observe (TdRecorder *self,
                                 gint64      at);
void        td_recorder_break (TdRecorder *self);
void        td_recorder_write (TdRecorder *self);

G_END_DECLS
