/* td-agent-day.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "td-watch.h"

G_BEGIN_DECLS

#define TD_TYPE_AGENT_DAY (td_agent_day_get_type ())

/**
 * TdAgentDay:
 *
 * One agent's day as it is remembered: the states over the hours, calls by the
 * hour against what is usual in the centre and for the agent, the last break,
 * and the last calls. Reads in the background.
 */
G_DECLARE_FINAL_TYPE (TdAgentDay, td_agent_day, TD, AGENT_DAY, GtkWidget)

GtkWidget *td_agent_day_new (TdWatch *watch);
void       td_agent_day_set_figures (TdAgentDay *self,
                                     GtkWidget  *figures);
void       td_agent_day_set_agent (TdAgentDay *self,
                                   TdAgent    *agent);
void       td_agent_day_refresh (TdAgentDay *self);

G_END_DECLS
