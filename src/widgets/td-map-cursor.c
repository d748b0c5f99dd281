/* td-map-cursor.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-map-cursor.h"

#include <math.h>

struct _TdMapCursor
{
  TdAgent *agent; /* (owned) (nullable): who it stays with */
  guint    zone;
  guint    tile;
};

/**
 * td_map_cursor_new:
 *
 * Returns: (transfer full): a cursor at the first tile
 */
TdMapCursor *
td_map_cursor_new (void)
{
  return g_new0 (TdMapCursor, 1);
}

/**
 * td_map_cursor_free:
 * @self: (transfer full): a cursor
 */
void
td_map_cursor_free (TdMapCursor *self)
{
  g_clear_object (&self->agent);
  g_free (self);
}

/**
 * td_map_cursor_find:
 * @self: a cursor
 * @scene: what the map shows
 * @zone: (out): the zone of the tile
 * @tile: (out): the tile
 *
 * Looks where the agent stands now; where the agent is no more, somebody else
 * takes over who stands there or nearby.
 *
 * Returns: (transfer none) (nullable): who is there; %NULL on an empty map
 */
TdMapPerson *
td_map_cursor_find (TdMapCursor *self,
                    TdMapScene  *scene,
                    guint       *zone,
                    guint       *tile)
{
  TdMapPerson *person = td_map_scene_get_person (scene, self->zone, self->tile);
  TdMapPerson *wanted = self->agent != NULL ? td_map_scene_find_person (scene, self->agent) : NULL;
  guint        n_zones = td_map_scene_get_n_zones (scene);

  if (n_zones == 0)
    return NULL;

  if (wanted != NULL && person != wanted)
    {
      /* Who stands in several zones is looked for in the same one first. */
      if (self->zone >= n_zones ||
          !g_ptr_array_find (td_map_scene_get_zone (scene, self->zone)->people, wanted, &self->tile))
        td_map_scene_locate (scene, self->agent, &self->zone, &self->tile);
    }
  else if (person == NULL)
    {
      self->zone = MIN (self->zone, n_zones - 1);
      self->tile = MIN (self->tile, MAX (td_map_scene_get_zone (scene, self->zone)->people->len, 1) - 1);
    }

  person = td_map_scene_get_person (scene, self->zone, self->tile);
  if (person != NULL)
    g_set_object (&self->agent, person->agent);
  *zone = self->zone;
  *tile = self->tile;

  return person;
}

/**
 * td_map_cursor_move:
 * @self: a cursor
 * @scene: what the map shows
 * @zone: index of a zone
 * @tile: index of a tile in it
 *
 * Returns: whether there is such a tile; if not, the cursor stays
 */
gboolean
td_map_cursor_move (TdMapCursor *self,
                    TdMapScene  *scene,
                    guint        zone,
                    guint        tile)
{
  TdMapPerson *person = td_map_scene_get_person (scene, zone, tile);

  if (person == NULL)
    return FALSE;

  self->zone = zone;
  self->tile = tile;
  g_set_object (&self->agent, person->agent);

  return TRUE;
}

/**
 * td_map_cursor_walk:
 * @self: a cursor
 * @scene: what the map shows
 * @dx: −1 to the left, 1 to the right, or 0
 * @dy: −1 up, 1 down, or 0
 *
 * Goes to the tile that lies nearest in a direction, in whatever zone.
 *
 * Returns: whether there was one
 */
gboolean
td_map_cursor_walk (TdMapCursor *self,
                    TdMapScene  *scene,
                    int          dx,
                    int          dy)
{
  guint     zone, tile, best_zone = 0, best_tile = 0;
  double    best = G_MAXDOUBLE;
  TdMapRect from, to;

  if (td_map_cursor_find (self, scene, &zone, &tile) == NULL)
    return FALSE;

  td_map_scene_get_rect (scene, zone, tile, &from);
  for (guint i = 0; i < td_map_scene_get_n_zones (scene); i++)
    {
      guint n_tiles = td_map_scene_get_zone (scene, i)->people->len;

      for (guint k = 0; k < n_tiles; k++)
        {
          double along, across, distance;

          td_map_scene_get_rect (scene, i, k, &to);
          along = dx != 0 ? dx * (to.x - from.x) : dy * (to.y - from.y);
          across = dx != 0 ? abs (to.y - from.y) : abs (to.x - from.x);
          if (along < 1)
            continue;
          /* Who walks along a row stays in it as long as there is one. */
          distance = along + 8 * across;
          if (distance < best)
            {
              best = distance;
              best_zone = i;
              best_tile = k;
            }
        }
    }

  return best < G_MAXDOUBLE && td_map_cursor_move (self, scene, best_zone, best_tile);
}

/**
 * td_map_cursor_step_zone:
 * @self: a cursor
 * @scene: what the map shows
 * @step: −1 to the zone before, 1 to the next one
 *
 * Goes to the first tile of another zone; after the last comes the first.
 *
 * Returns: whether there was one
 */
gboolean
td_map_cursor_step_zone (TdMapCursor *self,
                         TdMapScene  *scene,
                         int          step)
{
  guint n_zones = td_map_scene_get_n_zones (scene);
  guint zone, tile;

  if (td_map_cursor_find (self, scene, &zone, &tile) == NULL)
    return FALSE;

  return td_map_cursor_move (self, scene, (zone + n_zones + (guint)step) % n_zones, 0);
}

/**
 * td_map_cursor_go_to_end:
 * @self: a cursor
 * @scene: what the map shows
 * @first: whether to the first tile of the zone, and not to the last
 *
 * Returns: whether there was one
 */
gboolean
td_map_cursor_go_to_end (TdMapCursor *self,
                         TdMapScene  *scene,
                         gboolean     first)
{
  guint zone, tile;

  if (td_map_cursor_find (self, scene, &zone, &tile) == NULL)
    return FALSE;

  return td_map_cursor_move (self, scene, zone, first ? 0 : td_map_scene_get_zone (scene, zone)->people->len - 1);
}
