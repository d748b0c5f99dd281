/* td-agent-ledger-private.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-agent-facts-private.h"
#include "td-centre.h"

G_BEGIN_DECLS

/**
 * TdAgentLedger:
 *
 * What was seen of a centre's agents and of its queues that one moment does
 * not tell: who took calls when, who worked how long. Judges nothing. Belongs
 * to the main thread.
 */
typedef struct _TdAgentLedger TdAgentLedger;

TdAgentLedger *td_agent_ledger_new (TdCentre *centre);
void           td_agent_ledger_free (TdAgentLedger *self);
void           td_agent_ledger_update (TdAgentLedger   *self,
                                       const TdChanges *changes);
void           td_agent_ledger_take_spans (TdAgentLedger    *self,
                                           TdHistoryRecords *records);

const TdAgentFacts *td_agent_ledger_find (TdAgentLedger *self,
                                          TdAgent       *agent);
gint64              td_agent_ledger_get_oldest_since (TdAgentLedger *self);
gint64              td_agent_ledger_get_longest_since (TdAgentLedger *self,
                                                       const char    *queue_id);
guint               td_agent_ledger_count_taken (TdAgentLedger *self,
                                                 const char    *queue_id,
                                                 gint64         since);
double              td_agent_ledger_get_workload (TdAgentLedger      *self,
                                                  const TdAgentFacts *facts,
                                                  gint64              now);
char              **td_agent_ledger_get_reasons (TdAgentLedger *self);

G_END_DECLS
