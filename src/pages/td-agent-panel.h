/* td-agent-panel.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-agent-actions.h"

G_BEGIN_DECLS

#define TD_TYPE_AGENT_PANEL (td_agent_panel_get_type ())

/**
 * TdAgentPanel:
 *
 * One agent, beside the others: what the agent does now, and how the day went.
 * It follows the agent, and ticks, while it is mapped.
 *
 * TdAgentPanel::closed is emitted when a person closes it.
 */
G_DECLARE_FINAL_TYPE (TdAgentPanel, td_agent_panel, TD, AGENT_PANEL, GtkWidget)

void     td_agent_panel_set_watch (TdAgentPanel   *self,
                                   TdWatch        *watch,
                                   TdAgentActions *actions);
TdAgent *td_agent_panel_get_agent (TdAgentPanel *self);
void     td_agent_panel_set_agent (TdAgentPanel *self,
                                   TdAgent      *agent);
void     td_agent_panel_refresh (TdAgentPanel *self);

G_END_DECLS
