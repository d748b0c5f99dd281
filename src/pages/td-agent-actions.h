/* td-agent-actions.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "td-watch.h"

G_BEGIN_DECLS

#define TD_TYPE_AGENT_ACTIONS (td_agent_actions_get_type ())

/**
 * TdAgentActions:
 *
 * The menu of what a supervisor may do to an agent, and the doing: it asks for
 * what is needed, has it done, and says what came of it. Where nothing is
 * permitted there is no menu.
 *
 * TdAgentActions::changed is emitted when an action begins or ends, and when
 * the menu opens or closes.
 */
G_DECLARE_FINAL_TYPE (TdAgentActions, td_agent_actions, TD, AGENT_ACTIONS, GObject)

TdAgentActions *td_agent_actions_new (GtkWidget       *parent,
                                      AdwToastOverlay *toasts,
                                      TdWatch         *watch);
void            td_agent_actions_close (TdAgentActions *self);
gboolean        td_agent_actions_is_enabled (TdAgentActions *self);
void            td_agent_actions_set_enabled (TdAgentActions *self,
                                              gboolean        enabled);
gboolean        td_agent_actions_is_open (TdAgentActions *self);
guint           td_agent_actions_get_for (TdAgentActions *self,
                                          TdAgent        *agent);
gboolean        td_agent_actions_is_busy (TdAgentActions *self,
                                          TdAgent        *agent);
void            td_agent_actions_popup (TdAgentActions     *self,
                                        TdAgent            *agent,
                                        GtkWidget          *relative_to,
                                        const GdkRectangle *at);
void            td_agent_actions_popup_for_all (TdAgentActions     *self,
                                                GPtrArray          *agents,
                                                GtkWidget          *relative_to,
                                                const GdkRectangle *at);

G_END_DECLS
