/* td-agent-map.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "td-agent-tip.h"
#include "td-centre.h"
#include "td-map-zone.h"

G_BEGIN_DECLS

#define TD_TYPE_AGENT_MAP (td_agent_map_get_type ())

/**
 * TdAgentMap:
 *
 * All agents of a centre as tiles in zones, as large as they can be in the room
 * there is; those who need a person come first in each zone. A scrollable:
 * with a zoom it is higher than what is seen of it. Belongs to the main thread.
 *
 * Properties: selected (TdAgent, notified), zoom (double, 1 fits, notified).
 *
 * TdAgentMap::activated is emitted with an agent who was clicked or chosen by
 * Enter, TdAgentMap::menu-requested with an agent and a place for a menu.
 */
G_DECLARE_FINAL_TYPE (TdAgentMap, td_agent_map, TD, AGENT_MAP, GtkWidget)

typedef gboolean (*TdMapFilterFunc) (TdAgent *agent,
                                     gpointer user_data);
typedef gint64 (*TdMapClockFunc) (gpointer user_data);

GtkWidget *td_agent_map_new (void);
void       td_agent_map_set_centre (TdAgentMap *self,
                                    TdCentre   *centre);
void       td_agent_map_set_judge (TdAgentMap        *self,
                                   TdAgentVerdictFunc func,
                                   gpointer           user_data);
void       td_agent_map_set_words (TdAgentMap      *self,
                                   TdAgentWordsFunc func,
                                   gpointer         user_data);
void       td_agent_map_set_clock (TdAgentMap    *self,
                                   TdMapClockFunc func,
                                   gpointer       user_data);
void       td_agent_map_update (TdAgentMap      *self,
                                const TdChanges *changes);
void       td_agent_map_tick (TdAgentMap *self);
void       td_agent_map_set_held (TdAgentMap *self,
                                  gboolean    held);

TdMapArrangement td_agent_map_get_arrangement (TdAgentMap *self);
void             td_agent_map_set_arrangement (TdAgentMap      *self,
                                               TdMapArrangement arrangement);
TdMapColouring   td_agent_map_get_colouring (TdAgentMap *self);
void             td_agent_map_set_colouring (TdAgentMap    *self,
                                             TdMapColouring colouring);
void             td_agent_map_set_filter (TdAgentMap     *self,
                                          TdMapFilterFunc func,
                                          gpointer        user_data);
double           td_agent_map_get_zoom (TdAgentMap *self);
void             td_agent_map_set_zoom (TdAgentMap *self,
                                        double      zoom);
TdAgent         *td_agent_map_get_selected (TdAgentMap *self);
void             td_agent_map_set_selected (TdAgentMap *self,
                                            TdAgent    *agent);
GPtrArray       *td_agent_map_dup_selection (TdAgentMap *self);

G_END_DECLS
