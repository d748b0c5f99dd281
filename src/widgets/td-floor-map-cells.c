/* td-floor-map-cells.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-floor-map-private.h"

#include "td-floor-cell.h"

static const TdFloorItemInfo *
get_item (TdFloorMap *self,
          guint       index)
{
  return index != G_MAXUINT ? td_floor_item_get_info (td_floor_plan_get_item (self->plan, index)) : NULL;
}

static const TdFloorStand *
get_stand (TdFloorSeating *seating,
           guint           index)
{
  return &g_array_index (seating->stands, TdFloorStand, index);
}

/* What makes a cell the same one after people have moved: an agent stays with
 * the tile, and the seat that was left is another. */
static gpointer
get_key (const TdFloorStand *stand)
{
  if (stand->agent == NULL)
    return GSIZE_TO_POINTER ((gsize)stand->seat << 1 | 1);

  return GSIZE_TO_POINTER (GPOINTER_TO_SIZE (stand->agent) | (gsize)stand->is_left);
}

static void
refresh_cell (TdFloorMap  *self,
              TdFloorCell *cell,
              gint64       now)
{
  TdAgent *agent = td_floor_cell_get_stand (cell)->agent;
  TdQueue *queue = NULL;

  if (agent != NULL && td_agent_get_info (agent)->call_queue != NULL)
    queue = td_centre_find_queue (self->centre, td_agent_get_info (agent)->call_queue);

  td_floor_cell_set_queue (cell, queue != NULL ? td_queue_get_title (queue) : NULL);
  td_floor_cell_set_dimmed (cell, self->filter != NULL && (agent == NULL || !self->filter (agent, self->filter_data)));
  td_floor_cell_set_selected (cell, agent != NULL && td_map_selection_contains (self->selection, agent));
  td_floor_cell_judge (cell, self->judge, self->judge_data, now);
}

/* Brings all cells up to date with who stands there. */
void
td_floor_map_refresh_cells (TdFloorMap *self)
{
  gint64 now = td_floor_map_get_now (self);

  for (guint i = 0; i < self->cells->len; i++)
    refresh_cell (self, g_ptr_array_index (self->cells, i), now);
}

static void
remove_cell (gpointer data)
{
  gtk_widget_unparent (data);
}

/* Brings the cells in line with the seating, keeping those of the same people. */
static void
fill_cells (TdFloorMap *self)
{
  g_autoptr (GHashTable) before = g_hash_table_new_full (NULL, NULL, NULL, remove_cell);
  guint n_stands = self->seating != NULL ? self->seating->stands->len : 0;

  for (guint i = 0; i < self->cells->len; i++)
    {
      TdFloorCell *cell = g_ptr_array_index (self->cells, i);

      g_hash_table_insert (before, get_key (td_floor_cell_get_stand (cell)), cell);
    }
  g_ptr_array_set_size (self->cells, 0);

  for (guint i = 0; i < n_stands; i++)
    {
      const TdFloorStand    *stand = get_stand (self->seating, i);
      const TdFloorItemInfo *seat = get_item (self, stand->seat);
      const TdFloorItemInfo *room = stand->where == TD_FLOOR_IN_ROOM ? get_item (self, stand->item) : NULL;
      gpointer               key = get_key (stand);
      GtkWidget             *cell = g_hash_table_lookup (before, key);

      if (cell != NULL)
        g_hash_table_steal (before, key);
      else
        {
          cell = td_floor_cell_new (self->painter, self->plain, self->fades);
          gtk_widget_set_parent (cell, GTK_WIDGET (self));
        }
      td_floor_cell_set_stand (TD_FLOOR_CELL (cell), stand, seat != NULL ? seat->name : NULL, room != NULL ? room->name : NULL);
      g_ptr_array_add (self->cells, cell);
    }

  gtk_widget_queue_allocate (GTK_WIDGET (self));
  td_floor_map_drop_ground (self);
}

static gboolean
is_same_seating (TdFloorSeating *a,
                 TdFloorSeating *b)
{
  if (a == NULL || b == NULL || a->stands->len != b->stands->len || a->n_beside != b->n_beside || a->n_elsewhere != b->n_elsewhere)
    return FALSE;

  for (guint i = 0; i < a->stands->len; i++)
    {
      const TdFloorStand *x = get_stand (a, i), *y = get_stand (b, i);

      if (get_key (x) != get_key (y) || x->where != y->where || x->item != y->item || x->seat != y->seat ||
          x->n_parts != y->n_parts || x->is_contested != y->is_contested || x->is_away != y->is_away)
        return FALSE;
    }

  return TRUE;
}

/* Looks anew who is where; if not @always, the cells stay where nothing changed. */
void
td_floor_map_reseat (TdFloorMap *self,
                     gboolean    always)
{
  TdFloorSeating *seating = NULL;

  if (self->plan != NULL && self->centre != NULL)
    seating = td_floor_seating_new (self->plan, td_centre_get_agents (self->centre));
  if (!always && is_same_seating (self->seating, seating))
    {
      td_floor_seating_free (seating);
      return;
    }

  g_clear_pointer (&self->seating, td_floor_seating_free);
  self->seating = seating;
  fill_cells (self);
}
