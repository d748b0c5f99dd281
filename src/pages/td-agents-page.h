/* td-agents-page.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "td-watch.h"

G_BEGIN_DECLS

#define TD_TYPE_AGENTS_PAGE (td_agents_page_get_type ())

/**
 * TdAgentsPage:
 *
 * Every agent: as a map of tiles by place, employer, team or queue, on a floor
 * plan, or as a list; those who need a person first; to be searched, and
 * filtered by state, place and team. One of them can be opened beside the
 * others. What a supervisor may do to the selected one is a menu, unless it is
 * switched off.
 */
G_DECLARE_FINAL_TYPE (TdAgentsPage, td_agents_page, TD, AGENTS_PAGE, GtkWidget)

GtkWidget  *td_agents_page_new (TdWatch *watch);
GtkWidget  *td_agents_page_get_table (TdAgentsPage *self);
void        td_agents_page_focus_filter (TdAgentsPage *self);
void        td_agents_page_set_actions_enabled (TdAgentsPage *self,
                                                gboolean      enabled);
void        td_agents_page_set_as_list (TdAgentsPage *self,
                                        gboolean      as_list);
const char *td_agents_page_get_view (TdAgentsPage *self);
void        td_agents_page_set_view (TdAgentsPage *self,
                                     const char   *view);

G_END_DECLS
