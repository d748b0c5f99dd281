/* td-floor-seating.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-floor-seating.h"

#include <string.h>

typedef struct
{
  TdFloorPlan    *plan;
  TdFloorSeating *seating;
  GHashTable     *pauses; /* reason (string of the plan) -> index of the room + 1 */
  GPtrArray     **seated; /* of each item: (element-type TdAgent) (nullable): whose seat it is */
  GArray         *roomed; /* (element-type TdFloorStand) */
  GArray         *beside; /* (element-type TdFloorStand) */
  guint           sleep;  /* index of the room where people sleep, or G_MAXUINT */
} Seater;

static void
clear_stand (gpointer data)
{
  g_clear_object (&((TdFloorStand *)data)->agent);
}

static const TdFloorItemInfo *
get_item (Seater *seater,
          guint   index)
{
  return td_floor_item_get_info (td_floor_plan_get_item (seater->plan, index));
}

static gboolean
is_on_duty (TdAgent *agent)
{
  return td_agent_get_info (agent)->state != TD_AGENT_STATE_OFFLINE;
}

static void
read_rooms (Seater *seater)
{
  for (guint i = 0; i < td_floor_plan_count (seater->plan, TD_FLOOR_ROOM); i++)
    {
      const TdFloorItemInfo *room = get_item (seater, i);

      if (room->use == TD_FLOOR_USE_SLEEP && seater->sleep == G_MAXUINT)
        seater->sleep = i;
      for (guint k = 0; k < room->n_pauses; k++)
        {
          if (!g_hash_table_contains (seater->pauses, room->pauses[k]))
            g_hash_table_insert (seater->pauses, (gpointer)room->pauses[k], GUINT_TO_POINTER (i + 1));
        }
    }
}

/* The room that an agent is in, away from the seat, or G_MAXUINT. */
static guint
find_room (Seater            *seater,
           const TdAgentInfo *info)
{
  gpointer room = NULL;

  if (info->state == TD_AGENT_STATE_OFFLINE)
    return info->place == TD_PLACE_ON_SITE ? seater->sleep : G_MAXUINT;
  if (info->state == TD_AGENT_STATE_PAUSED && info->reason != NULL)
    room = g_hash_table_lookup (seater->pauses, info->reason);

  return room != NULL ? GPOINTER_TO_UINT (room) - 1 : G_MAXUINT;
}

static void
add_agent (Seater  *seater,
           TdAgent *agent)
{
  const TdAgentInfo *info = td_agent_get_info (agent);
  TdFloorStand       stand = { .agent = agent, .where = TD_FLOOR_IN_ROOM, .seat = G_MAXUINT, .n_parts = 1 };
  gboolean           has_seat = td_floor_plan_find_agent (seater->plan, info, &stand.seat);

  if (!has_seat && !td_floor_plan_expects (seater->plan, info))
    {
      seater->seating->n_elsewhere++;
      return;
    }

  if (has_seat)
    {
      if (seater->seated[stand.seat] == NULL)
        seater->seated[stand.seat] = g_ptr_array_new ();
      g_ptr_array_add (seater->seated[stand.seat], agent);
    }

  stand.item = find_room (seater, info);
  if (stand.item != G_MAXUINT)
    g_array_append_val (seater->roomed, stand);
  else if (!has_seat)
    {
      stand.where = TD_FLOOR_BESIDE;
      g_array_append_val (seater->beside, stand);
    }
  if (!has_seat)
    seater->seating->n_beside++;
}

/* Who sits there, those on duty first; else whose place it is; else nobody. */
static void
add_seat (Seater *seater,
          guint   index)
{
  GPtrArray   *agents = seater->seated[index];
  TdFloorStand stand = { .where = TD_FLOOR_ON_SEAT, .item = index, .seat = index, .n_parts = 1 };
  TdAgent     *left = NULL;
  guint        n_on_duty = 0;
  guint        n_there = 0;

  for (guint i = 0; agents != NULL && i < agents->len; i++)
    {
      TdAgent *agent = g_ptr_array_index (agents, i);

      n_on_duty += is_on_duty (agent);
      if (find_room (seater, td_agent_get_info (agent)) == G_MAXUINT)
        n_there++;
      else if (left == NULL || (is_on_duty (agent) && !is_on_duty (left)))
        left = agent;
    }

  if (n_on_duty > 1)
    seater->seating->n_contested++;
  if (agents == NULL)
    seater->seating->n_free++;

  if (n_there == 0)
    {
      stand.agent = left != NULL ? g_object_ref (left) : NULL;
      stand.is_left = left != NULL;
      stand.is_contested = n_on_duty > 1;
      g_array_append_val (seater->seating->stands, stand);
      return;
    }

  stand.n_parts = n_there;
  for (guint on_duty = 2; on_duty-- > 0;)
    {
      for (guint i = 0; i < agents->len; i++)
        {
          TdAgent *agent = g_ptr_array_index (agents, i);

          if (is_on_duty (agent) != (gboolean)on_duty || find_room (seater, td_agent_get_info (agent)) != G_MAXUINT)
            continue;
          stand.agent = g_object_ref (agent);
          stand.is_contested = on_duty != 0 && n_on_duty > 1;
          stand.is_away = td_agent_get_info (agent)->state == TD_AGENT_STATE_PAUSED;
          g_array_append_val (seater->seating->stands, stand);
          stand.part++;
        }
    }
}

static int
compare_rooms (gconstpointer a,
               gconstpointer b)
{
  const TdFloorStand *stand_a = a, *stand_b = b;

  return stand_a->item < stand_b->item ? -1 : stand_a->item > stand_b->item;
}

static void
move_stands (GArray *stands,
             GArray *from)
{
  for (guint i = 0; i < from->len; i++)
    g_object_ref (g_array_index (from, TdFloorStand, i).agent);
  g_array_append_vals (stands, from->data, from->len);
}

/**
 * td_floor_seating_new:
 * @plan: a plan
 * @agents: the agents of a centre
 *
 * Seats everybody as of now.
 *
 * Returns: (transfer full): who is where
 */
TdFloorSeating *
td_floor_seating_new (TdFloorPlan *plan,
                      TdRoster    *agents)
{
  TdFloorSeating *self;
  guint           n_items;
  g_autoptr (GHashTable) pauses = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GArray) roomed = g_array_new (FALSE, FALSE, sizeof (TdFloorStand));
  g_autoptr (GArray) beside = g_array_new (FALSE, FALSE, sizeof (TdFloorStand));
  g_autofree GPtrArray **seated = NULL;
  Seater                 seater;

  g_return_val_if_fail (plan != NULL && agents != NULL, NULL);

  n_items = td_floor_plan_get_n_items (plan);
  seated = g_new0 (GPtrArray *, n_items + 1);
  self = g_new0 (TdFloorSeating, 1);
  self->stands = g_array_new (FALSE, FALSE, sizeof (TdFloorStand));
  g_array_set_clear_func (self->stands, clear_stand);

  seater = (Seater){ plan, self, pauses, seated, roomed, beside, G_MAXUINT };
  read_rooms (&seater);
  for (guint i = 0; i < td_roster_get_size (agents); i++)
    add_agent (&seater, td_roster_get (agents, i));

  for (guint i = 0; i < n_items; i++)
    {
      if (get_item (&seater, i)->kind == TD_FLOOR_SEAT)
        add_seat (&seater, i);
      g_clear_pointer (&seated[i], g_ptr_array_unref);
    }
  g_array_sort (roomed, compare_rooms);
  move_stands (self->stands, roomed);
  move_stands (self->stands, beside);

  return self;
}

/**
 * td_floor_seating_free:
 * @self: (transfer full): who is where
 */
void
td_floor_seating_free (TdFloorSeating *self)
{
  g_array_unref (self->stands);
  g_free (self);
}
