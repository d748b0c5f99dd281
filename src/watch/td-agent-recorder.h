/* td-agent-recorder.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-centre.h"
#include "td-day.h"
#include "td-history.h"

G_BEGIN_DECLS

#define TD_TYPE_AGENT_RECORDER (td_agent_recorder_get_type ())

/**
 * TdAgentRecorder:
 *
 * Writes what the agents of a centre do into its history: a span for each time
 * in one state, when it begins and when it ends; what goes on is written every
 * minute, and what has lasted for hours every ten. What the source counts of
 * their days is written with it. A time in which nobody looked is in no span,
 * unless the source says afterwards that nothing changed in it. Belongs to the
 * main thread.
 */
G_DECLARE_FINAL_TYPE (TdAgentRecorder, td_agent_recorder, TD, AGENT_RECORDER, GObject)

TdAgentRecorder *td_agent_recorder_new (TdCentre  *centre,
                                        TdDay     *day,
                                        TdHistory *history);
void             td_agent_recorder_observe (TdAgentRecorder *self,
                                            gint64           at);
void             td_agent_recorder_break (TdAgentRecorder *self);
void             td_agent_recorder_write (TdAgentRecorder *self);

G_END_DECLS
