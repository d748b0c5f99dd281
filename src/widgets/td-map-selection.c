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
 * @places: of the map
 *
 * Returns: (transfer full) (element-type TdAgent): them in the order of the
 *   map, each once
 */
GPtrArray *
td_map_selection_dup_agents (TdMapSelection    *self,
                             const TdMapPlaces *places)
{
  GPtrArray *agents = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);
  guint n_places = g_hash_table_size (self->agents) > 0 ? places->get_size (places->map) : 0;

  for (guint i = 0; i < n_places; i++)
    {
      TdAgent *agent = places->get_agent (places->map, i);

      if (agent != NULL && g_hash_table_contains (self->agents, agent) && g_hash_table_add (seen, agent))
        g_ptr_array_add (agents, g_object_ref (agent));
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
 * @places: of the map
 * @index: one of them
 *
 * Selects all from who was selected last up to a place, in the order of the map.
 */
void
td_map_selection_extend (TdMapSelection    *self,
                         const TdMapPlaces *places,
                         guint              index)
{
  guint n_places = places->get_size (places->map);
  guint from = index;

  for (guint i = 0; i < n_places && self->last != NULL && from == index; i++)
    {
      if (places->get_agent (places->map, i) == self->last)
        from = i;
    }

  for (guint i = MIN (from, index); i <= MAX (from, index) && i < n_places; i++)
    {
      TdAgent *agent = places->get_agent (places->map, i);

      if (agent != NULL)
        add (self, agent);
    }
}

/**
 * td_map_selection_add_rect:
 * @self: a selection
 * @places: of the map
 * @rect: a part of the map
 *
 * Selects all whose places @rect touches.
 */
void
td_map_selection_add_rect (TdMapSelection    *self,
                           const TdMapPlaces *places,
                           const TdMapRect   *rect)
{
  guint n_places = places->get_size (places->map);

  for (guint i = 0; i < n_places; i++)
    {
      TdAgent  *agent = places->get_agent (places->map, i);
      TdMapRect at;

      if (agent == NULL)
        continue;
      places->get_rect (places->map, i, &at);
      if (at.x >= rect->x + rect->width || at.x + at.width <= rect->x ||
          at.y >= rect->y + rect->height || at.y + at.height <= rect->y)
        continue;
      add (self, agent);
      g_set_object (&self->last, agent);
    }
}

/**
 * td_map_selection_forget_gone:
 * @self: a selection
 * @places: of the map
 *
 * Returns: whether somebody who was selected is no longer on the map
 */
gboolean
td_map_selection_forget_gone (TdMapSelection    *self,
                              const TdMapPlaces *places)
{
  g_autoptr (GPtrArray) agents = td_map_selection_dup_agents (self, places);

  if (agents->len == g_hash_table_size (self->agents))
    return FALSE;

  g_hash_table_remove_all (self->agents);
  for (guint i = 0; i < agents->len; i++)
    add (self, g_ptr_array_index (agents, i));
  if (self->last != NULL && !g_hash_table_contains (self->agents, self->last))
    g_clear_object (&self->last);

  return TRUE;
}
