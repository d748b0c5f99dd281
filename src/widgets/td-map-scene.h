/* td-map-scene.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-agent-map.h"
#include "td-map-layout.h"

G_BEGIN_DECLS

/**
 * TdMapScene:
 *
 * What a map of agents shows: the people in their zones, where they lie, and
 * what was drawn of them. Rows of tiles that look as before are not drawn
 * again. Belongs to its widget and the main thread.
 */
typedef struct _TdMapScene TdMapScene;

TdMapScene *td_map_scene_new (GtkWidget *widget);
void        td_map_scene_free (TdMapScene *self);

void td_map_scene_set_centre (TdMapScene *self,
                              TdCentre   *centre);
void td_map_scene_set_judge (TdMapScene        *self,
                             TdAgentVerdictFunc func,
                             gpointer           user_data);
void td_map_scene_set_arrangement (TdMapScene      *self,
                                   TdMapArrangement arrangement);
void td_map_scene_set_colouring (TdMapScene    *self,
                                 TdMapColouring colouring);
void td_map_scene_set_filter (TdMapScene     *self,
                              TdMapFilterFunc func,
                              gpointer        user_data);
void td_map_scene_set_size (TdMapScene *self,
                            int         width,
                            int         height,
                            double      zoom);
void td_map_scene_restyle (TdMapScene *self);
void td_map_scene_set_masked (TdMapScene *self,
                              gboolean    masked);
void td_map_scene_apply (TdMapScene      *self,
                         const TdChanges *changes,
                         gint64           now);
void td_map_scene_tick (TdMapScene *self,
                        gint64      now,
                        gboolean    is_held,
                        guint       held_zone);
void td_map_scene_draw (TdMapScene  *self,
                        GtkSnapshot *snapshot,
                        int          top,
                        int          height);

guint64          td_map_scene_get_n_layouts (TdMapScene *self);
int              td_map_scene_get_height (TdMapScene *self);
TdMapDetail      td_map_scene_get_detail (TdMapScene *self);
double           td_map_scene_get_scale (TdMapScene *self);
guint            td_map_scene_get_n_zones (TdMapScene *self);
const TdMapZone *td_map_scene_get_zone (TdMapScene *self,
                                        guint       zone);
guint            td_map_scene_get_n_columns (TdMapScene *self,
                                             guint       zone);
TdMapPerson     *td_map_scene_get_person (TdMapScene *self,
                                          guint       zone,
                                          guint       tile);
TdMapPerson     *td_map_scene_find_person (TdMapScene *self,
                                           TdAgent    *agent);
void             td_map_scene_get_zone_rect (TdMapScene *self,
                                             guint       zone,
                                             TdMapRect  *rect);
void             td_map_scene_get_rect (TdMapScene *self,
                                        guint       zone,
                                        guint       tile,
                                        TdMapRect  *rect);
gboolean         td_map_scene_find_at (TdMapScene *self,
                                       int         x,
                                       int         y,
                                       guint      *zone,
                                       guint      *tile);
gboolean         td_map_scene_locate (TdMapScene *self,
                                      TdAgent    *agent,
                                      guint      *zone,
                                      guint      *tile);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TdMapScene, td_map_scene_free)

G_END_DECLS
