/* td-agent-words-private.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-agent-facts-private.h"
#include "td-agent-rules.h"
#include "td-agent-verdict.h"

G_BEGIN_DECLS

/**
 * TdAgentEvidence:
 * @ring_outs: calls in a row that rang out, or 0 where they are too few
 * @queue: (nullable): id of a queue in which somebody waits while the agent takes no call
 * @waited_ms: how long that caller waited
 * @n_taken: calls of that queue that others took meanwhile
 * @lines_lost: how often the line was lost, or 0 where that is long ago
 *
 * What speaks against an agent who says that calls can come, at one moment.
 */
typedef struct
{
  guint       ring_outs;
  const char *queue;
  gint64      waited_ms;
  guint       n_taken;
  guint       lines_lost;
} TdAgentEvidence;

/* Why somebody should look after an agent, in words: a sentence a line. */

void td_agent_words_add_state (GString              *text,
                               TdAgent              *agent,
                               gint64                now,
                               const TdAgentVerdict *verdict);
void td_agent_words_add_phantom (GString               *text,
                                 const TdAgentFacts    *facts,
                                 const TdAgentEvidence *evidence,
                                 const char            *queue_title,
                                 GTimeZone             *zone,
                                 gint64                 now);
void td_agent_words_add_load (GString              *text,
                              TdAgent              *agent,
                              const TdAgentFacts   *facts,
                              const TdAgentRules   *rules,
                              const TdAgentVerdict *verdict,
                              GTimeZone            *zone,
                              gint64                now);

G_END_DECLS
