/* td-map-scene-places.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-map-scene-places.h"

static guint
get_size (gpointer map)
{
  return td_map_scene_get_place (map, td_map_scene_get_n_zones (map), 0);
}

static TdAgent *
get_agent (gpointer map,
           guint    index)
{
  guint zone, tile;

  return td_map_scene_find_place (map, index, &zone, &tile) ? td_map_scene_get_person (map, zone, tile)->agent : NULL;
}

static void
get_rect (gpointer   map,
          guint      index,
          TdMapRect *rect)
{
  guint zone, tile;

  *rect = (TdMapRect){ 0 };
  if (td_map_scene_find_place (map, index, &zone, &tile))
    td_map_scene_get_rect (map, zone, tile, rect);
}

/**
 * td_map_scene_get_places:
 * @self: a scene
 *
 * Returns: its tiles in their order, as long as it changes nothing
 */
TdMapPlaces
td_map_scene_get_places (TdMapScene *self)
{
  return (TdMapPlaces){ self, get_size, get_agent, get_rect };
}

/**
 * td_map_scene_get_place:
 * @self: a scene
 * @zone: index of a zone
 * @tile: index of a tile in it
 *
 * Returns: the tile's index among all
 */
guint
td_map_scene_get_place (TdMapScene *self,
                        guint       zone,
                        guint       tile)
{
  for (guint i = 0; i < zone; i++)
    tile += td_map_scene_get_zone (self, i)->people->len;

  return tile;
}

/**
 * td_map_scene_find_place:
 * @self: a scene
 * @index: index of a tile among all
 * @zone: (out): index of its zone
 * @tile: (out): its index there
 *
 * Returns: whether there is such a tile
 */
gboolean
td_map_scene_find_place (TdMapScene *self,
                         guint       index,
                         guint      *zone,
                         guint      *tile)
{
  for (guint i = 0; i < td_map_scene_get_n_zones (self); i++)
    {
      guint n_tiles = td_map_scene_get_zone (self, i)->people->len;

      if (index < n_tiles)
        {
          *zone = i;
          *tile = index;
          return TRUE;
        }
      index -= n_tiles;
    }

  return FALSE;
}
