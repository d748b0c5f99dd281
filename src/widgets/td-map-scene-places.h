/* td-map-scene-places.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-map-places.h"
#include "td-map-scene.h"

G_BEGIN_DECLS

/* The tiles of all zones of a map, one zone after the other. */

TdMapPlaces td_map_scene_get_places (TdMapScene *self);
guint       td_map_scene_get_place (TdMapScene *self,
                                    guint       zone,
                                    guint       tile);
gboolean    td_map_scene_find_place (TdMapScene *self,
                                     guint       index,
                                     guint      *zone,
                                     guint      *tile);

G_END_DECLS
