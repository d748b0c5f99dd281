/* td-agent-words-private.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-agent-verdict.h"

G_BEGIN_DECLS

/* Why somebody should look after an agent, in words: a sentence a line. */

void td_agent_words_add_state (GString              *text,
                               TdAgent              *agent,
                               gint64                now,
                               const TdAgentVerdict *verdict);

G_END_DECLS
