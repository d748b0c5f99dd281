/* td-floor-map.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "td-agent-tip.h"
#include "td-centre.h"
#include "td-floor-plan.h"

G_BEGIN_DECLS

#define TD_TYPE_FLOOR_MAP (td_floor_map_get_type ())

/**
 * TdFloorMap:
 *
 * A floor plan as large as the room there is, with the agents of a centre on
 * their seats, in rooms while they are away, and beside the plan where they
 * belong on it and have no seat there. Belongs to the main thread.
 *
 * Properties: selected (TdAgent, notified): who was selected last; several may
 * be, for what is done to all of them.
 *
 * TdFloorMap::activated is emitted with an agent who was clicked or chosen by
 * Enter, TdFloorMap::menu-requested with an agent and a place for a menu.
 */
G_DECLARE_FINAL_TYPE (TdFloorMap, td_floor_map, TD, FLOOR_MAP, GtkWidget)

typedef gboolean (*TdFloorFilterFunc) (TdAgent *agent,
                                       gpointer user_data);
typedef gint64 (*TdFloorClockFunc) (gpointer user_data);

GtkWidget   *td_floor_map_new (void);
void         td_floor_map_set_centre (TdFloorMap *self,
                                      TdCentre   *centre);
TdFloorPlan *td_floor_map_get_plan (TdFloorMap *self);
void         td_floor_map_set_plan (TdFloorMap  *self,
                                    TdFloorPlan *plan,
                                    const char  *path);
const char  *td_floor_map_get_problem (TdFloorMap *self);
void         td_floor_map_set_judge (TdFloorMap        *self,
                                     TdAgentVerdictFunc func,
                                     gpointer           user_data);
void         td_floor_map_set_words (TdFloorMap      *self,
                                     TdAgentWordsFunc func,
                                     gpointer         user_data);
void         td_floor_map_set_clock (TdFloorMap      *self,
                                     TdFloorClockFunc func,
                                     gpointer         user_data);
void         td_floor_map_set_filter (TdFloorMap       *self,
                                      TdFloorFilterFunc func,
                                      gpointer          user_data);
void         td_floor_map_update (TdFloorMap      *self,
                                  const TdChanges *changes);
void         td_floor_map_tick (TdFloorMap *self);
GPtrArray   *td_floor_map_dup_selection (TdFloorMap *self);
TdAgent     *td_floor_map_get_selected (TdFloorMap *self);
void         td_floor_map_set_selected (TdFloorMap *self,
                                        TdAgent    *agent);

G_END_DECLS
