/* td-floor-plan.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-floor-plan.h"

struct _TdFloorPlan
{
  TdFloorPlanInfo info;   /* (owned) what it points to */
  GPtrArray      *items;  /* (owned) (element-type TdFloorItem), by kind */
  GHashTable     *seats;  /* (owned) seat id (string of an item) -> index */
  GHashTable     *agents; /* (owned) agent id (string of an item) -> index of the seat that the plan gives it */
  guint           counts[TD_N_FLOOR_KINDS];
};

G_DEFINE_BOXED_TYPE (TdFloorPlan, td_floor_plan, td_floor_plan_ref, td_floor_plan_unref)

static const guint max_items[TD_N_FLOOR_KINDS] = {
  TD_FLOOR_MAX_ROOMS,
  TD_FLOOR_MAX_WALLS,
  TD_FLOOR_MAX_DESKS,
  TD_FLOOR_MAX_SEATS,
  TD_FLOOR_MAX_LABELS,
};

/* Returns how many of one kind a plan may have. */
guint
td_floor_kind_get_max (TdFloorKind kind)
{
  g_return_val_if_fail (kind < TD_N_FLOOR_KINDS, 0);

  return max_items[kind];
}

static int
compare_kinds (gconstpointer a,
               gconstpointer b)
{
  const TdFloorItemInfo *item_a = td_floor_item_get_info (*(TdFloorItem *const *)a);
  const TdFloorItemInfo *item_b = td_floor_item_get_info (*(TdFloorItem *const *)b);

  return (int)item_a->kind - (int)item_b->kind;
}

/**
 * td_floor_plan_new:
 * @info: the whole's, copied
 * @items: (element-type TdFloorItem): what is on the plan, of which references
 *   are taken; those of one kind keep their order
 *
 * Of two seats with one id, or for one agent, the first is found.
 *
 * Returns: (transfer full): the plan
 */
TdFloorPlan *
td_floor_plan_new (const TdFloorPlanInfo *info,
                   GPtrArray             *items)
{
  TdFloorPlan *self;

  g_return_val_if_fail (info != NULL && info->name != NULL, NULL);
  g_return_val_if_fail (items != NULL, NULL);

  self = g_atomic_rc_box_new0 (TdFloorPlan);
  self->info = *info;
  self->info.name = g_strdup (info->name);
  self->info.underlay = g_strdup (info->underlay);
  self->seats = g_hash_table_new (g_str_hash, g_str_equal);
  self->agents = g_hash_table_new (g_str_hash, g_str_equal);
  self->items = g_ptr_array_new_full (items->len, (GDestroyNotify)td_floor_item_unref);
  for (guint i = 0; i < items->len; i++)
    g_ptr_array_add (self->items, td_floor_item_ref (g_ptr_array_index (items, i)));
  g_ptr_array_sort (self->items, compare_kinds);

  for (guint i = 0; i < self->items->len; i++)
    {
      const TdFloorItemInfo *item = td_floor_item_get_info (g_ptr_array_index (self->items, i));

      self->counts[item->kind]++;
      if (item->kind != TD_FLOOR_SEAT)
        continue;
      if (item->name != NULL && !g_hash_table_contains (self->seats, item->name))
        g_hash_table_insert (self->seats, (char *)item->name, GUINT_TO_POINTER (i));
      if (item->agent != NULL && !g_hash_table_contains (self->agents, item->agent))
        g_hash_table_insert (self->agents, (char *)item->agent, GUINT_TO_POINTER (i));
    }

  return self;
}

static void
clear_plan (gpointer data)
{
  TdFloorPlan *self = data;

  g_clear_pointer (&self->agents, g_hash_table_unref);
  g_clear_pointer (&self->seats, g_hash_table_unref);
  g_clear_pointer (&self->items, g_ptr_array_unref);
  g_free ((char *)self->info.name);
  g_free ((char *)self->info.underlay);
}

TdFloorPlan *
td_floor_plan_ref (TdFloorPlan *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
td_floor_plan_unref (TdFloorPlan *self)
{
  g_atomic_rc_box_release_full (self, clear_plan);
}

const TdFloorPlanInfo *
td_floor_plan_get_info (const TdFloorPlan *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return &self->info;
}

guint
td_floor_plan_get_n_items (const TdFloorPlan *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->items->len;
}

/**
 * td_floor_plan_get_item:
 * @self: a plan
 * @index: which item, rooms first, then walls, desks, seats and labels
 *
 * Returns: (transfer none): the item
 */
TdFloorItem *
td_floor_plan_get_item (const TdFloorPlan *self,
                        guint              index)
{
  g_return_val_if_fail (self != NULL && index < self->items->len, NULL);

  return g_ptr_array_index (self->items, index);
}

guint
td_floor_plan_count (const TdFloorPlan *self,
                     TdFloorKind        kind)
{
  g_return_val_if_fail (self != NULL && kind < TD_N_FLOOR_KINDS, 0);

  return self->counts[kind];
}

static gboolean
look_up (GHashTable *table,
         const char *key,
         guint      *index)
{
  gpointer value;

  if (key == NULL || !g_hash_table_lookup_extended (table, key, NULL, &value))
    return FALSE;

  *index = GPOINTER_TO_UINT (value);

  return TRUE;
}

/**
 * td_floor_plan_find_seat:
 * @self: a plan
 * @id: (nullable): a seat's id
 * @index: (out): which item it is
 *
 * Returns: whether there is such a seat
 */
gboolean
td_floor_plan_find_seat (const TdFloorPlan *self,
                         const char        *id,
                         guint             *index)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return look_up (self->seats, id, index);
}

/**
 * td_floor_plan_find_agent:
 * @self: a plan
 * @agent: an agent
 * @index: (out): the item where the agent sits
 *
 * What the plan says of an agent goes before the seat that the source tells.
 *
 * Returns: whether the agent has a seat on this plan
 */
gboolean
td_floor_plan_find_agent (const TdFloorPlan *self,
                          const TdAgentInfo *agent,
                          guint             *index)
{
  g_return_val_if_fail (self != NULL && agent != NULL, FALSE);

  return look_up (self->agents, agent->id, index) || look_up (self->seats, agent->seat, index);
}

/* Returns whether an agent of that place is to be looked for on this plan. */
gboolean
td_floor_plan_expects (const TdFloorPlan *self,
                       const TdAgentInfo *agent)
{
  g_return_val_if_fail (self != NULL && agent != NULL, FALSE);

  return self->info.places == 0 || (self->info.places & (1u << agent->place)) != 0;
}

/* Returns whether no part of @item lies outside of @plan. */
gboolean
td_floor_plan_holds (const TdFloorPlanInfo *plan,
                     const TdFloorItemInfo *item)
{
  TdFloorRect bounds;

  td_floor_item_info_get_bounds (item, plan->seat_width, plan->seat_height, &bounds);

  return bounds.x >= 0 && bounds.y >= 0 && bounds.x + bounds.width <= plan->width && bounds.y + bounds.height <= plan->height;
}
