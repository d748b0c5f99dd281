/* td-agent-rules.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-types.h"

G_BEGIN_DECLS

/* So many reasons of pauses may have a limit of their own. */
#define TD_AGENT_RULES_MAX_REASONS 64

/**
 * TdAgentRule:
 * @TD_AGENT_RULE_RINGING: how long a phone may ring, s
 * @TD_AGENT_RULE_ON_CALL: how long a call may last, s
 * @TD_AGENT_RULE_WRAP_UP: how long after-call work may last, s
 * @TD_AGENT_RULE_PAUSE: how long a pause may last whose reason has no limit of its own, s
 * @TD_AGENT_RULE_RING_OUTS: as many calls in a row that rang out speak against an agent
 * @TD_AGENT_RULE_IDLE: so long without a call, while a caller of the same queue waited longer, speaks against an agent, s
 * @TD_AGENT_RULE_LINE: a line that was lost speaks against an agent for so long, s
 * @TD_AGENT_RULE_WORKLOAD: so many times the centre's calls an hour is too much
 * @TD_AGENT_RULE_NO_BREAK: how long one may be at work without a pause, s
 * @TD_AGENT_RULE_ALLOWANCE: pauses of a shift, together, s
 * @TD_AGENT_RULE_GRACE: how long one may be on duty after the shift's planned end, s
 *
 * The numbers by which agents are judged, besides the limits of single pauses.
 */
typedef enum {
  TD_AGENT_RULE_RINGING,
  TD_AGENT_RULE_ON_CALL,
  TD_AGENT_RULE_WRAP_UP,
  TD_AGENT_RULE_PAUSE,
  TD_AGENT_RULE_RING_OUTS,
  TD_AGENT_RULE_IDLE,
  TD_AGENT_RULE_LINE,
  TD_AGENT_RULE_WORKLOAD,
  TD_AGENT_RULE_NO_BREAK,
  TD_AGENT_RULE_ALLOWANCE,
  TD_AGENT_RULE_GRACE,
  TD_N_AGENT_RULES
} TdAgentRule;

/**
 * TdAgentRuleInfo:
 * @key: its word in a profile's file
 * @least: the least that it may be
 * @most: the most
 * @normal: what it is unless somebody says otherwise
 */
typedef struct
{
  const char *key;
  double      least;
  double      most;
  double      normal;
} TdAgentRuleInfo;

/* How long a pause for one reason may last. */
typedef struct
{
  char  *reason; /* (owned): as the source tells it */
  double limit;  /* s; bounds as those of TD_AGENT_RULE_PAUSE */
} TdPauseLimit;

/**
 * TdAgentRules:
 * @values: by #TdAgentRule; limits are seconds
 * @pauses: (owned) (element-type TdPauseLimit): what some reasons may last
 *
 * By what agents are judged. A plain value that its holder may change.
 */
typedef struct
{
  double     values[TD_N_AGENT_RULES];
  GPtrArray *pauses;
} TdAgentRules;

const TdAgentRuleInfo *td_agent_rule_get_info (TdAgentRule rule);

TdAgentRules *td_agent_rules_new (void);
TdAgentRules *td_agent_rules_copy (const TdAgentRules *self);
void          td_agent_rules_free (TdAgentRules *self);
gboolean      td_agent_rules_equal (const TdAgentRules *a,
                                    const TdAgentRules *b);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TdAgentRules, td_agent_rules_free)

TdPauseLimit *td_agent_rules_find_pause (const TdAgentRules *self,
                                         const char         *reason);
double        td_agent_rules_get_pause (const TdAgentRules *self,
                                        const char         *reason);
void          td_agent_rules_set_pause (TdAgentRules *self,
                                        const char   *reason,
                                        double        limit);
gint64        td_agent_rules_get_ms (const TdAgentRules *self,
                                     TdAgentRule         rule);
gint64        td_agent_rules_get_limit_ms (const TdAgentRules *self,
                                           TdAgentState        state,
                                           const char         *reason);
gboolean      td_agent_rules_is_reason (const char *reason);

G_END_DECLS
