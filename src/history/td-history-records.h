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

/**
 * TdHistoryAlert:
 * @id: unique, and rising with the time
 * @incident: id of the incident of which it is a part
 * @rule: id of the rule that raised it
 * @kind: the kind's word
 * @scope: the scope's word
 * @target: of which thing; "" for the centre
 * @group: (nullable): hotline of a queue, zone of an agent
 * @level: 0 for a notice, 1 for a warning, 2 for an alarm
 * @since: when what raised it began, µs since 1970
 * @raised: when it was told
 * @cleared: when it was told to be over, or %TD_UNKNOWN while it goes on
 * @end: why it is over, as a number of the layer that raised it
 * @value: as last known, or NAN
 * @worst: the worst of it, or NAN
 * @threshold: from where it counted
 * @escalate_s: after how long it is told again where nobody takes it, s; 0 for never
 * @title: (nullable): what it was called
 * @evidence: (nullable): what spoke for it
 *
 * An alert, as it was told last; one with the same id takes its place.
 */
typedef struct
{
  gint64      id;
  gint64      incident;
  const char *rule;
  const char *kind;
  const char *scope;
  const char *target;
  const char *group;
  guint       level;
  gint64      since;
  gint64      raised;
  gint64      cleared;
  guint       end;
  double      value;
  double      worst;
  double      threshold;
  guint       escalate_s;
  const char *title;
  const char *evidence;
} TdHistoryAlert;

/**
 * TdHistoryDeed:
 * @id: unique, and rising with the time
 * @incident: id of an incident
 * @at: when, µs since 1970
 * @what: what was done, as a number of the layer that keeps incidents
 * @who: (nullable): by whom; %NULL for by itself
 * @whom: (nullable): to whom it was handed over
 * @text: (nullable): a reason or a note, in a person's words
 * @until: until when it was put off, or %TD_UNKNOWN
 *
 * What was done with an incident.
 */
typedef struct
{
  gint64      id;
  gint64      incident;
  gint64      at;
  guint       what;
  const char *who;
  const char *whom;
  const char *text;
  gint64      until;
} TdHistoryDeed;

#define TD_TYPE_HISTORY_RECORDS (td_history_records_get_type ())

/**
 * TdHistoryRecords:
 *
 * Spans, days of agents, samples, alerts and deeds, with the strings in them. Filled by one
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
void td_history_records_add_alert (TdHistoryRecords     *self,
                                   const TdHistoryAlert *alert);
void td_history_records_add_deed (TdHistoryRecords    *self,
                                  const TdHistoryDeed *deed);

gboolean                 td_history_records_is_empty (TdHistoryRecords *self);
guint                    td_history_records_get_n_rows (TdHistoryRecords *self);
const TdHistorySpan     *td_history_records_get_spans (TdHistoryRecords *self,
                                                       guint            *n_spans);
const TdHistoryAgentDay *td_history_records_get_agent_days (TdHistoryRecords *self,
                                                            guint            *n_days);
const TdHistorySample   *td_history_records_get_samples (TdHistoryRecords *self,
                                                         guint            *n_samples);
const TdHistoryAlert    *td_history_records_get_alerts (TdHistoryRecords *self,
                                                        guint            *n_alerts);
const TdHistoryDeed     *td_history_records_get_deeds (TdHistoryRecords *self,
                                                       guint            *n_deeds);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TdHistoryRecords, td_history_records_unref)

G_END_DECLS
