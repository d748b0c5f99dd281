/* td-map-selection.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-map-selection.h"

struct _TdMapSelection
{
  TdAgent    *last;   /* (owned) (nullable): one of @agents */
  GHashTable *agents; /* (owned): set of TdAgent (owned) */
};

/**
 * td_map_selection_new:
 *
 * Returns: (transfer full): nobody selected
 */
TdMapSelection *
td_map_selection_new (void)
{
  TdMapSelection *self = g_new0 (TdMapSelection, 1);

  self->agents = g_hash_table_new_full (NULL, NULL, g_object_unref, NULL);

  return self;
}

/**
 * td_map_selection_free:
 * @self: (transfer full): a selection
 */
void
td_map_selection_free (TdMapSelection *self)
{
  g_clear_object (&self->last);
  g_hash_table_unref (self->agents);
  g_free (self);
}

/**
 * td_map_selection_get_last:
 * @self: a selection
 *
 * Returns: (transfer none) (nullable): who was selected last
 */
TdAgent *
td_map_selection_get_last (TdMapSelection *self)
{
  return self->last;
}

/**
 * td_map_selection_contains:
 * @self: a selection
 * @agent: an agent
 *
 * Returns: whether @agent is selected
 */
gboolean
td_map_selection_contains (TdMapSelection *self,
                           TdAgent        *agent)
{
  return g_hash_table_contains (self->agents, agent);
}

/**
 * td_map_selection_get_size:
 * @self: a selection
 *
 * Returns: how many are selected
 */
guint
td_map_selection_get_size (TdMapSelection *self)
{
  return g_hash_table_size (self->agents);
}

/**
 * td_map_selection_dup_agents:
 * @self: a selection
 * @scene: what the map shows
 *
 * Returns: (transfer full) (element-type TdAgent): them in the order of the
 *   map, each once
 */
GPtrArray *
td_map_selection_dup_agents (TdMapSelection *self,
                             TdMapScene     *scene)
{
  GPtrArray *agents = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < td_map_scene_get_n_zones (scene) && g_hash_table_size (self->agents) > 0; i++)
    {
      const TdMapZone *zone = td_map_scene_get_zone (scene, i);

      for (guint k = 0; k < zone->people->len; k++)
        {
          TdAgent *agent = ((TdMapPerson *)g_ptr_array_index (zone->people, k))->agent;

          if (g_hash_table_contains (self->agents, agent) && g_hash_table_add (seen, agent))
            g_ptr_array_add (agents, g_object_ref (agent));
        }
    }

  return agents;
}

static void
add (TdMapSelection *self,
     TdAgent        *agent)
{
  g_hash_table_add (self->agents, g_object_ref (agent));
}

/**
 * td_map_selection_set:
 * @self: a selection
 * @agent: (nullable): who alone is to be selected
 */
void
td_map_selection_set (TdMapSelection *self,
                      TdAgent        *agent)
{
  g_autoptr (TdAgent) kept = agent != NULL ? g_object_ref (agent) : NULL;

  g_hash_table_remove_all (self->agents);
  if (kept != NULL)
    add (self, kept);
  g_set_object (&self->last, kept);
}

/**
 * td_map_selection_toggle:
 * @self: a selection
 * @agent: who is to be selected besides the others, or no longer
 */
void
td_map_selection_toggle (TdMapSelection *self,
                         TdAgent        *agent)
{
  GHashTableIter iter;
  gpointer       other = NULL;

  if (!g_hash_table_contains (self->agents, agent))
    {
      add (self, agent);
      g_set_object (&self->last, agent);
      return;
    }

  g_hash_table_remove (self->agents, agent);
  if (self->last != agent)
    return;
  g_hash_table_iter_init (&iter, self->agents);
  g_hash_table_iter_next (&iter, &other, NULL);
  g_set_object (&self->last, other);
}

/**
 * td_map_selection_extend:
 * @self: a selection
 * @scene: what the map shows
 * @zone: index of a zone
 * @tile: index of a tile in it
 *
 * Selects all from who was selected last up to a tile, in the order of the map.
 */
void
td_map_selection_extend (TdMapSelection *self,
                         TdMapScene     *scene,
                         guint           zone,
                         guint           tile)
{
  guint from_zone, from_tile;

  if (self->last == NULL || !td_map_scene_locate (scene, self->last, &from_zone, &from_tile))
    {
      from_zone = zone;
      from_tile = tile;
    }
  if (from_zone > zone || (from_zone == zone && from_tile > tile))
    {
      guint swapped_zone = from_zone, swapped_tile = from_tile;

      from_zone = zone;
      from_tile = tile;
      zone = swapped_zone;
      tile = swapped_tile;
    }

  for (guint i = from_zone; i <= zone; i++)
    {
      const TdMapZone *at = td_map_scene_get_zone (scene, i);
      guint            end = i == zone ? MIN (tile + 1, at->people->len) : at->people->len;

      for (guint k = i == from_zone ? from_tile : 0; k < end; k++)
        add (self, ((TdMapPerson *)g_ptr_array_index (at->people, k))->agent);
    }
}

/**
 * td_map_selection_add_rect:
 * @self: a selection
 * @scene: what the map shows
 * @rect: a part of the map
 *
 * Selects all whose tiles @rect touches.
 */
void
td_map_selection_add_rect (TdMapSelection  *self,
                           TdMapScene      *scene,
                           const TdMapRect *rect)
{
  for (guint i = 0; i < td_map_scene_get_n_zones (scene); i++)
    {
      const TdMapZone *zone = td_map_scene_get_zone (scene, i);

      for (guint k = 0; k < zone->people->len; k++)
        {
          TdAgent  *agent = ((TdMapPerson *)g_ptr_array_index (zone->people, k))->agent;
          TdMapRect tile;

          td_map_scene_get_rect (scene, i, k, &tile);
          if (tile.x >= rect->x + rect->width || tile.x + tile.width <= rect->x ||
              tile.y >= rect->y + rect->height || tile.y + tile.height <= rect->y)
            continue;
          add (self, agent);
          g_set_object (&self->last, agent);
        }
    }
}

/**
 * td_map_selection_forget_gone:
 * @self: a selection
 * @scene: what the map shows
 *
 * Returns: whether somebody who was selected is no longer on the map
 */
gboolean
td_map_selection_forget_gone (TdMapSelection *self,
                              TdMapScene     *scene)
{
  GHashTableIter iter;
  gpointer       agent;
  gboolean       changed = FALSE;

  g_hash_table_iter_init (&iter, self->agents);
  while (g_hash_table_iter_next (&iter, &agent, NULL))
    {
      if (td_map_scene_find_person (scene, agent) != NULL)
        continue;
      if (self->last == agent)
        g_clear_object (&self->last);
      g_hash_table_iter_remove (&iter);
      changed = TRUE;
    }

  return changed;
}
