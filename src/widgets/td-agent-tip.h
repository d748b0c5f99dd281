/* td-agent-tip.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-agent-verdict.h"
#include "td-centre.h"

G_BEGIN_DECLS

/**
 * TdAgentWordsFunc:
 * @agent: an agent
 * @now: the source's time, µs since 1970
 * @user_data: data
 *
 * Returns: (transfer full) (nullable): why somebody should look at @agent, a line a sign
 */
typedef char *(*TdAgentWordsFunc) (TdAgent *agent,
                                   gint64   now,
                                   gpointer user_data);

/* All that there is to say of an agent, for who points at a tile. */

char *td_agent_tip_dup (TdCentre             *centre,
                        TdAgent              *agent,
                        const TdAgentVerdict *verdict,
                        gint64                now,
                        const char           *words);

G_END_DECLS
