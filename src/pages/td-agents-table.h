/* td-agents-table.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "td-watch.h"

G_BEGIN_DECLS

#define TD_TYPE_AGENTS_TABLE (td_agents_table_get_type ())

/**
 * TdAgentsTable:
 *
 * The agents of a centre in rows that tick, those who need a person first.
 * Made for thousands: a poll touches only cells in sight whose agent changed.
 * One agent can be selected, and stays so wherever the row moves.
 *
 * TdAgentsTable::menu-requested is emitted with an agent, who is selected, and
 * a place in the table where a menu may point to.
 *
 * Properties: selected (TdAgent, notified); sort (the column that was chosen to
 * sort by, as td-column-sort.h has it, notified).
 */
G_DECLARE_FINAL_TYPE (TdAgentsTable, td_agents_table, TD, AGENTS_TABLE, GtkWidget)

/* Whether an agent is shown. */
typedef gboolean (*TdAgentFunc) (TdAgent *agent,
                                 gpointer user_data);

void     td_agents_table_set_watch (TdAgentsTable *self,
                                    TdWatch       *watch);
void     td_agents_table_set_filter (TdAgentsTable *self,
                                     TdAgentFunc    func,
                                     gpointer       user_data);
void     td_agents_table_refilter (TdAgentsTable *self);
guint    td_agents_table_get_n_shown (TdAgentsTable *self);
TdAgent *td_agents_table_get_selected (TdAgentsTable *self);
void     td_agents_table_set_selected (TdAgentsTable *self,
                                       TdAgent       *agent);
void     td_agents_table_set_held (TdAgentsTable *self,
                                   gboolean       held);

G_END_DECLS
