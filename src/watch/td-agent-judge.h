/* td-agent-judge.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-agent-rules.h"
#include "td-agent-verdict.h"
#include "td-centre.h"
#include "td-history-records.h"

G_BEGIN_DECLS

#define TD_TYPE_AGENT_JUDGE (td_agent_judge_get_type ())

/**
 * TdAgentJudge:
 *
 * What is thought of each agent of a centre, by rules. Belongs to the main
 * thread, and to the watch of the centre.
 *
 * TdAgentJudge::changed: the rules are others
 */
G_DECLARE_FINAL_TYPE (TdAgentJudge, td_agent_judge, TD, AGENT_JUDGE, GObject)

TdAgentJudge *td_agent_judge_new (TdCentre *centre);

const TdAgentRules *td_agent_judge_get_rules (TdAgentJudge *self);
void                td_agent_judge_set_rules (TdAgentJudge       *self,
                                              const TdAgentRules *rules);

char **td_agent_judge_get_reasons (TdAgentJudge *self);
gint64 td_agent_judge_get_memory_us (TdAgentJudge *self);
void   td_agent_judge_take_spans (TdAgentJudge     *self,
                                  TdHistoryRecords *records);

void    td_agent_judge_get_verdict (TdAgent        *agent,
                                    gint64          now,
                                    TdAgentVerdict *verdict,
                                    gpointer        judge);
guint64 td_agent_judge_get_key (TdAgent *agent,
                                gint64   now,
                                gpointer judge);
char   *td_agent_judge_describe (TdAgentJudge *self,
                                 TdAgent      *agent,
                                 gint64        now);

G_END_DECLS
