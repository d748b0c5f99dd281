/* td-agent-filter.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-agent.h"

G_BEGIN_DECLS

#define TD_TYPE_AGENT_FILTER (td_agent_filter_get_type ())

/**
 * TdAgentFilter:
 *
 * Which agents are looked for: by words, place, team and state. It holds
 * nobody back while it says nothing.
 *
 * TdAgentFilter::changed is emitted when it lets others through.
 */
G_DECLARE_FINAL_TYPE (TdAgentFilter, td_agent_filter, TD, AGENT_FILTER, GObject)

TdAgentFilter *td_agent_filter_new (void);
void           td_agent_filter_set_text (TdAgentFilter *self,
                                         const char    *text);
void           td_agent_filter_set_place (TdAgentFilter *self,
                                          TdPlace        place);
void           td_agent_filter_set_team (TdAgentFilter *self,
                                         const char    *team);
void           td_agent_filter_set_states (TdAgentFilter *self,
                                           guint          states);
void           td_agent_filter_clear (TdAgentFilter *self);
gboolean       td_agent_filter_is_empty (TdAgentFilter *self);
gboolean       td_agent_filter_match (TdAgent *agent,
                                      gpointer self);
void           td_agent_filter_forget (TdAgentFilter *self,
                                       TdAgent       *agent);

G_END_DECLS
