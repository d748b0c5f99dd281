/* td-history-records.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-types.h"

G_BEGIN_DECLS

/**
 * TdHistorySpan:
 * @agent: id of an agent
 * @start: when it began, µs since 1970
 * @end: to when it is known, exclusive, µs since 1970
 * @state: what the agent did
 * @on_hold: on a call, with the caller on hold
 * @inexact: it began at @start or before
 * @reason: (nullable): of a pause
 * @queue: (nullable): id of the queue that the call came from
 *
 * A time in which an agent was in one state. Times between spans were not
 * observed.
 */
typedef struct
{
  const char  *agent;
  gint64       start;
  gint64       end;
  TdAgentState state;
  gboolean     on_hold;
  gboolean     inexact;
  const char  *reason;
  const char  *queue;
} TdHistorySpan;

/**
 * TdHistoryAgentDay:
 * @agent: id of an agent
 * @day: when the centre's day began, µs since 1970
 * @answered: calls answered
 * @no_answer: calls offered but not taken
 *
 * What a source told of an agent's day, as it was told last: durations are
 * milliseconds of finished spans. Each number is %TD_UNKNOWN on its own.
 */
typedef struct
{
  const char *agent;
  gint64      day;
  gint64      answered;
  gint64      no_answer;
  gint64      talk_ms;
  gint64      hold_ms;
  gint64      wrap_up_ms;
  gint64      ringing_ms;
  gint64      available_ms;
  gint64      paused_ms;
} TdHistoryAgentDay;

/**
 * TdHistorySample:
 * @at: the source's time, µs since 1970
 * @queue: id of a queue
 * @waiting: callers waiting then
 * @longest_ms: how long the oldest of them had waited, ms
 * @serving: agents who served the queue
 *
 * What was to be seen of a queue at one moment. Each number is %TD_UNKNOWN on
 * its own.
 */
typedef struct
{
  gint64      at;
  const char *queue;
  gint64      waiting;
  gint64      longest_ms;
  gint64      serving;
} TdHistorySample;

#define TD_TYPE_HISTORY_RECORDS (td_history_records_get_type ())

/**
 * TdHistoryRecords:
 *
 * Spans, days of agents and samples, with the strings in them. Filled by one
 * owner, and never changed once it was handed on; counted atomically.
 */
typedef struct _TdHistoryRecords TdHistoryRecords;

GType             td_history_records_get_type (void);
TdHistoryRecords *td_history_records_new (void);
TdHistoryRecords *td_history_records_ref (TdHistoryRecords *self);
void              td_history_records_unref (TdHistoryRecords *self);

void td_history_records_add_span (TdHistoryRecords    *self,
                                  const TdHistorySpan *span);
void td_history_records_add_agent_day (TdHistoryRecords        *self,
                                       const TdHistoryAgentDay *day);
void td_history_records_add_sample (TdHistoryRecords      *self,
                                    const TdHistorySample *sample);

gboolean                 td_history_records_is_empty (TdHistoryRecords *self);
guint                    td_history_records_get_n_rows (TdHistoryRecords *self);
const TdHistorySpan     *td_history_records_get_spans (TdHistoryRecords *self,
                                                       guint            *n_spans);
const TdHistoryAgentDay *td_history_records_get_agent_days (TdHistoryRecords *self,
                                                            guint            *n_days);
const TdHistorySample   *td_history_records_get_samples (TdHistoryRecords *self,
                                                         guint            *n_samples);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TdHistoryRecords, td_history_records_unref)

G_END_DECLS
