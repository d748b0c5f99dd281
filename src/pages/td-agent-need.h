/* td-agent-need.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-agent.h"
#include "td-palette.h"

G_BEGIN_DECLS

/* How much an agent needs a person, for lists of agents. Pure functions. */

TdSeverity td_agent_need_severity (TdAgent *agent,
                                   gint64   now);
guint64    td_agent_need_key (TdAgent *agent,
                              gint64   now);

G_END_DECLS
