/* td-agent-facts-private.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-agent.h"
#include "td-history-records.h"

G_BEGIN_DECLS

/**
 * TdAgentFacts:
 * @state: the state that was told last
 * @call_since: when the call began that was told last, or %TD_UNKNOWN
 * @answered: calls answered today, as told last, or %TD_UNKNOWN
 * @no_answer: calls offered but not taken today, or %TD_UNKNOWN
 * @recount: the source started anew since: what grew is not known
 * @idle_since: since when the agent says that calls can come, the line being there, and took none; or %TD_UNKNOWN
 * @ring_outs: calls that rang out since then, none taken between
 * @ring_last: when the last of these was noticed
 * @lines_lost: how often the line was lost since the last call or pause
 * @line_last: when it was lost last
 * @work_since: since when the agent is at work without a pause, or %TD_UNKNOWN
 * @work_inexact: then or before
 * @pause_since: when the pause began that runs
 * @done_ms: time at work today of finished spans, pauses left out, or %TD_UNKNOWN
 * @running_since: since when the running span is such time too, or %TD_UNKNOWN
 *
 * What was seen of one agent that one moment does not tell. Times are µs since
 * 1970, by the source's clock. A plain value.
 */
typedef struct
{
  TdAgentState state;
  gint64       call_since;
  gint64       answered;
  gint64       no_answer;
  gboolean     recount;

  gint64 idle_since;
  guint  ring_outs;
  gint64 ring_last;
  guint  lines_lost;
  gint64 line_last;

  gint64   work_since;
  gboolean work_inexact;
  gint64   pause_since;

  gint64 done_ms;
  gint64 running_since;
} TdAgentFacts;

void     td_agent_facts_init (TdAgentFacts *self);
gboolean td_agent_facts_update (TdAgentFacts *self,
                                TdAgent      *agent,
                                gint64        at,
                                gint64        day_start);
void     td_agent_facts_take_spans (TdAgentFacts        *self,
                                    const TdHistorySpan *spans,
                                    guint                n_spans);
void     td_agent_facts_forget_counts (TdAgentFacts *self);
gint64   td_agent_facts_get_work_ms (const TdAgentFacts *self,
                                     gint64              now);
gboolean td_agent_facts_says_available (TdAgentState state);
gboolean td_agent_facts_is_staffed (TdAgentState state);

G_END_DECLS
