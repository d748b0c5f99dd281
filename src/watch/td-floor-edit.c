/* td-floor-edit.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-floor-edit.h"

#include <gio/gio.h>
#include <glib/gi18n.h>
#include <string.h>

#include "td-floor-plan-private.h"

#define DESK_DEPTH 5
#define MAX_ROW 100

struct _TdFloorEdit
{
  GObject parent_instance;

  GPtrArray   *steps; /* (owned) (element-type TdFloorPlan): the plan after each edit */
  guint        at;    /* which of them is shown */
  TdFloorPlan *saved; /* (owned) (nullable): what the file holds */
};

enum {
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TdFloorEdit, td_floor_edit, G_TYPE_OBJECT)

static void
td_floor_edit_finalize (GObject *object)
{
  TdFloorEdit *self = TD_FLOOR_EDIT (object);

  g_ptr_array_unref (self->steps);
  g_clear_pointer (&self->saved, td_floor_plan_unref);

  G_OBJECT_CLASS (td_floor_edit_parent_class)->finalize (object);
}

static void
td_floor_edit_class_init (TdFloorEditClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = td_floor_edit_finalize;

  signals[CHANGED] = g_signal_new ("changed", TD_TYPE_FLOOR_EDIT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
td_floor_edit_init (TdFloorEdit *self)
{
  self->steps = g_ptr_array_new_with_free_func ((GDestroyNotify)td_floor_plan_unref);
}

/**
 * td_floor_edit_new:
 * @plan: a plan, as its file holds it
 *
 * Returns: (transfer full): nothing done to it yet
 */
TdFloorEdit *
td_floor_edit_new (TdFloorPlan *plan)
{
  TdFloorEdit *self = g_object_new (TD_TYPE_FLOOR_EDIT, NULL);

  g_ptr_array_add (self->steps, td_floor_plan_ref (plan));
  self->saved = td_floor_plan_ref (plan);

  return self;
}

/**
 * td_floor_edit_get_plan:
 * @self: an edit
 *
 * Returns: (transfer none): the plan as it is now
 */
TdFloorPlan *
td_floor_edit_get_plan (TdFloorEdit *self)
{
  g_return_val_if_fail (TD_IS_FLOOR_EDIT (self), NULL);

  return g_ptr_array_index (self->steps, self->at);
}

static guint
find_item (TdFloorEdit *self,
           TdFloorItem *item)
{
  TdFloorPlan *plan = td_floor_edit_get_plan (self);

  for (guint i = 0; i < td_floor_plan_get_n_items (plan); i++)
    {
      if (td_floor_plan_get_item (plan, i) == item)
        return i;
    }

  return G_MAXUINT;
}

/* Returns whether @item is on the plan as it is now. */
gboolean
td_floor_edit_holds (TdFloorEdit *self,
                     TdFloorItem *item)
{
  g_return_val_if_fail (TD_IS_FLOOR_EDIT (self), FALSE);

  return find_item (self, item) != G_MAXUINT;
}

gboolean
td_floor_edit_is_modified (TdFloorEdit *self)
{
  g_return_val_if_fail (TD_IS_FLOOR_EDIT (self), FALSE);

  return td_floor_edit_get_plan (self) != self->saved;
}

/* The file holds the plan as it is now. */
void
td_floor_edit_mark_saved (TdFloorEdit *self)
{
  TdFloorPlan *plan;

  g_return_if_fail (TD_IS_FLOOR_EDIT (self));

  plan = td_floor_plan_ref (td_floor_edit_get_plan (self));
  g_clear_pointer (&self->saved, td_floor_plan_unref);
  self->saved = plan;
  g_signal_emit (self, signals[CHANGED], 0);
}

gboolean
td_floor_edit_can_undo (TdFloorEdit *self)
{
  g_return_val_if_fail (TD_IS_FLOOR_EDIT (self), FALSE);

  return self->at > 0;
}

gboolean
td_floor_edit_can_redo (TdFloorEdit *self)
{
  g_return_val_if_fail (TD_IS_FLOOR_EDIT (self), FALSE);

  return self->at + 1 < self->steps->len;
}

void
td_floor_edit_undo (TdFloorEdit *self)
{
  g_return_if_fail (TD_IS_FLOOR_EDIT (self));

  if (!td_floor_edit_can_undo (self))
    return;

  self->at--;
  g_signal_emit (self, signals[CHANGED], 0);
}

void
td_floor_edit_redo (TdFloorEdit *self)
{
  g_return_if_fail (TD_IS_FLOOR_EDIT (self));

  if (!td_floor_edit_can_redo (self))
    return;

  self->at++;
  g_signal_emit (self, signals[CHANGED], 0);
}

#define refuse(error, ...) (g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, __VA_ARGS__), FALSE)

static GPtrArray *
copy_items (TdFloorPlan *plan)
{
  guint      n_items = td_floor_plan_get_n_items (plan);
  GPtrArray *items = g_ptr_array_new_full (n_items + 1, (GDestroyNotify)td_floor_item_unref);

  for (guint i = 0; i < n_items; i++)
    g_ptr_array_add (items, td_floor_item_ref (td_floor_plan_get_item (plan, i)));

  return items;
}

static gboolean
take_step (TdFloorEdit           *self,
           const TdFloorPlanInfo *info,
           GPtrArray             *items,
           GError               **error)
{
  if (!td_floor_plan_check (info, items, error))
    return FALSE;

  g_ptr_array_set_size (self->steps, (int)self->at + 1);
  g_ptr_array_add (self->steps, td_floor_plan_new (info, items));
  if (self->steps->len > TD_FLOOR_EDIT_MAX_STEPS + 1)
    g_ptr_array_remove_index (self->steps, 0);
  self->at = self->steps->len - 1;
  g_signal_emit (self, signals[CHANGED], 0);

  return TRUE;
}

/**
 * td_floor_edit_set_info:
 * @self: an edit
 * @info: the whole's, e.g. another name or size
 * @error: return location
 *
 * Returns: whether it was done
 */
gboolean
td_floor_edit_set_info (TdFloorEdit           *self,
                        const TdFloorPlanInfo *info,
                        GError               **error)
{
  g_autoptr (GPtrArray) items = NULL;
  const TdFloorPlanInfo *old;

  g_return_val_if_fail (TD_IS_FLOOR_EDIT (self) && info != NULL, FALSE);

  old = td_floor_plan_get_info (td_floor_edit_get_plan (self));
  if (g_strcmp0 (old->name, info->name) == 0 && old->width == info->width && old->height == info->height &&
      old->cell_cm == info->cell_cm && old->seat_width == info->seat_width && old->seat_height == info->seat_height &&
      old->places == info->places && g_strcmp0 (old->underlay, info->underlay) == 0)
    return TRUE;

  items = copy_items (td_floor_edit_get_plan (self));

  return take_step (self, info, items, error);
}

/**
 * td_floor_edit_add:
 * @self: an edit
 * @infos: (array length=n_infos): what to put on the plan
 * @n_infos: how many
 * @added: (nullable): gets the items in its place of what it holds
 * @error: return location
 *
 * Returns: whether it was done
 */
gboolean
td_floor_edit_add (TdFloorEdit           *self,
                   const TdFloorItemInfo *infos,
                   guint                  n_infos,
                   GPtrArray             *added,
                   GError               **error)
{
  g_autoptr (GPtrArray) items = NULL;
  guint n_before;

  g_return_val_if_fail (TD_IS_FLOOR_EDIT (self) && infos != NULL && n_infos > 0, FALSE);

  items = copy_items (td_floor_edit_get_plan (self));
  n_before = items->len;
  for (guint i = 0; i < n_infos; i++)
    g_ptr_array_add (items, td_floor_item_new (&infos[i]));
  if (!take_step (self, td_floor_plan_get_info (td_floor_edit_get_plan (self)), items, error))
    return FALSE;

  if (added != NULL)
    {
      g_ptr_array_set_size (added, 0);
      for (guint i = n_before; i < items->len; i++)
        g_ptr_array_add (added, td_floor_item_ref (g_ptr_array_index (items, i)));
    }

  return TRUE;
}

/* "A9" is followed by "A10", "VP-09" by "VP-10", and "Hall" by "Hall 2". */
static char *
count_up (const char *name)
{
  gsize            length = strlen (name);
  gsize            digits = 0;
  guint64          number;
  g_autofree char *stem = NULL;

  while (digits < MIN (length, 9) && g_ascii_isdigit (name[length - digits - 1]))
    digits++;
  if (digits == 0)
    return g_strconcat (name, " 2", NULL);

  number = g_ascii_strtoull (name + length - digits, NULL, 10) + 1;
  stem = g_strndup (name, length - digits);

  return g_strdup_printf ("%s%0*" G_GUINT64_FORMAT, stem, (int)digits, number);
}

static char *
find_free_name (TdFloorPlan *plan,
                GHashTable  *taken,
                const char  *first)
{
  g_autofree char *name = g_strdup (first);
  guint            index;

  while (td_floor_plan_find_seat (plan, name, &index) || (taken != NULL && g_hash_table_contains (taken, name)))
    {
      char *next = count_up (name);

      g_free (name);
      name = next;
    }

  return g_steal_pointer (&name);
}

/**
 * td_floor_edit_dup_next_name:
 * @self: an edit
 * @after: (nullable): the name of a seat
 *
 * Returns: (transfer full): a name that no seat has: the next in the row after @after
 */
char *
td_floor_edit_dup_next_name (TdFloorEdit *self,
                             const char  *after)
{
  g_return_val_if_fail (TD_IS_FLOOR_EDIT (self), NULL);

  return find_free_name (td_floor_edit_get_plan (self), NULL, after != NULL && *after != '\0' ? after : "A1");
}

/**
 * td_floor_edit_add_row:
 * @self: an edit
 * @x: left edge, cells
 * @y: upper edge, cells
 * @n_desks: how many desks, 1 … 100
 * @first: the name of the first seat; the others count up from it
 * @is_turned: whether the seats are above their desks, not below
 * @added: (nullable): gets the items
 * @error: return location
 *
 * Puts desks side by side, with a seat at each.
 *
 * Returns: whether it was done
 */
gboolean
td_floor_edit_add_row (TdFloorEdit *self,
                       int          x,
                       int          y,
                       guint        n_desks,
                       const char  *first,
                       gboolean     is_turned,
                       GPtrArray   *added,
                       GError     **error)
{
  g_autofree TdFloorItemInfo *infos = NULL;
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GHashTable) taken = g_hash_table_new (g_str_hash, g_str_equal);
  const TdFloorPlanInfo *plan;

  g_return_val_if_fail (TD_IS_FLOOR_EDIT (self) && first != NULL, FALSE);

  if (n_desks < 1 || n_desks > MAX_ROW)
    return refuse (error, _ ("A row has 1 to %d desks."), MAX_ROW);
  if (*first == '\0')
    return refuse (error, _ ("A seat needs a name."));

  plan = td_floor_plan_get_info (td_floor_edit_get_plan (self));
  infos = g_new0 (TdFloorItemInfo, 2 * n_desks);
  for (guint i = 0; i < n_desks; i++)
    {
      int left = x + (int)i * plan->seat_width;

      g_ptr_array_add (names, find_free_name (td_floor_edit_get_plan (self), taken,
                                              i == 0 ? first : g_ptr_array_index (names, i - 1)));
      g_hash_table_add (taken, g_ptr_array_index (names, i));
      infos[2 * i] = (TdFloorItemInfo){ .kind = TD_FLOOR_DESK,
                                        .x = left,
                                        .y = is_turned ? y + plan->seat_height : y,
                                        .width = plan->seat_width,
                                        .height = DESK_DEPTH,
                                        .rotation = is_turned ? 2 : 0 };
      infos[2 * i + 1] = (TdFloorItemInfo){ .kind = TD_FLOOR_SEAT,
                                            .x = left,
                                            .y = is_turned ? y : y + DESK_DEPTH,
                                            .name = g_ptr_array_index (names, i),
                                            .rotation = is_turned ? 2 : 0 };
    }

  return td_floor_edit_add (self, infos, 2 * n_desks, added, error);
}

typedef void (*ChangeFunc) (TdFloorItemInfo *info,
                            gpointer         user_data);

/* Puts a changed item in the place of each of @items. */
static gboolean
change_items (TdFloorEdit *self,
              GPtrArray   *items,
              ChangeFunc   change,
              gpointer     user_data,
              GError     **error)
{
  TdFloorPlan *plan = td_floor_edit_get_plan (self);
  g_autoptr (GPtrArray) all = copy_items (plan);
  g_autoptr (GPtrArray) changed = g_ptr_array_new_with_free_func ((GDestroyNotify)td_floor_item_unref);
  gboolean has_changed = FALSE;

  for (guint i = 0; i < items->len; i++)
    {
      guint           index = find_item (self, g_ptr_array_index (items, i));
      TdFloorItemInfo info;
      TdFloorItem    *item;

      g_return_val_if_fail (index != G_MAXUINT, FALSE);

      info = *td_floor_item_get_info (g_ptr_array_index (items, i));
      change (&info, user_data);
      if (td_floor_item_info_equal (&info, td_floor_item_get_info (g_ptr_array_index (items, i))))
        item = td_floor_item_ref (g_ptr_array_index (items, i));
      else
        {
          item = td_floor_item_new (&info);
          td_floor_item_unref (g_ptr_array_index (all, index));
          g_ptr_array_index (all, index) = td_floor_item_ref (item);
          has_changed = TRUE;
        }
      g_ptr_array_add (changed, item);
    }

  if (!has_changed)
    return TRUE;
  if (!take_step (self, td_floor_plan_get_info (plan), all, error))
    return FALSE;

  g_ptr_array_set_size (items, 0);
  for (guint i = 0; i < changed->len; i++)
    g_ptr_array_add (items, td_floor_item_ref (g_ptr_array_index (changed, i)));

  return TRUE;
}

static void
replace_cb (TdFloorItemInfo *info,
            gpointer         user_data)
{
  *info = *(const TdFloorItemInfo *)user_data;
}

/**
 * td_floor_edit_replace:
 * @self: an edit
 * @item: (element-type TdFloorItem): the one item
 * @info: what it shall be; of the same kind
 * @error: return location
 *
 * Returns: whether it was done
 */
gboolean
td_floor_edit_replace (TdFloorEdit           *self,
                       GPtrArray             *item,
                       const TdFloorItemInfo *info,
                       GError               **error)
{
  g_return_val_if_fail (TD_IS_FLOOR_EDIT (self) && item != NULL && item->len == 1 && info != NULL, FALSE);

  return change_items (self, item, replace_cb, (gpointer)info, error);
}

static void
move_cb (TdFloorItemInfo *info,
         gpointer         user_data)
{
  const TdFloorPoint *by = user_data;

  info->x += by->x;
  info->y += by->y;
}

/**
 * td_floor_edit_move:
 * @self: an edit
 * @items: (element-type TdFloorItem): which
 * @dx: how far to the right, cells
 * @dy: how far down, cells
 * @error: return location
 *
 * Moves them together, no farther than to the edge of the plan.
 *
 * Returns: whether it was done
 */
gboolean
td_floor_edit_move (TdFloorEdit *self,
                    GPtrArray   *items,
                    int          dx,
                    int          dy,
                    GError     **error)
{
  const TdFloorPlanInfo *plan;
  TdFloorPoint           by = { CLAMP (dx, -TD_FLOOR_MAX_CELLS, TD_FLOOR_MAX_CELLS), CLAMP (dy, -TD_FLOOR_MAX_CELLS, TD_FLOOR_MAX_CELLS) };

  g_return_val_if_fail (TD_IS_FLOOR_EDIT (self) && items != NULL, FALSE);

  plan = td_floor_plan_get_info (td_floor_edit_get_plan (self));
  for (guint i = 0; i < items->len; i++)
    {
      TdFloorRect bounds;

      td_floor_item_info_get_bounds (td_floor_item_get_info (g_ptr_array_index (items, i)), plan->seat_width, plan->seat_height, &bounds);
      by.x = CLAMP (by.x, -bounds.x, plan->width - bounds.x - bounds.width);
      by.y = CLAMP (by.y, -bounds.y, plan->height - bounds.y - bounds.height);
    }

  return change_items (self, items, move_cb, &by, error);
}

static void
turn_cb (TdFloorItemInfo *info,
         gpointer         user_data)
{
  if (info->kind == TD_FLOOR_DESK || info->kind == TD_FLOOR_SEAT)
    info->rotation = (info->rotation + 1) % 4;
}

/* Turns desks and seats by a quarter, clockwise. */
gboolean
td_floor_edit_turn (TdFloorEdit *self,
                    GPtrArray   *items,
                    GError     **error)
{
  g_return_val_if_fail (TD_IS_FLOOR_EDIT (self) && items != NULL, FALSE);

  return change_items (self, items, turn_cb, NULL, error);
}

/**
 * td_floor_edit_remove:
 * @self: an edit
 * @items: (element-type TdFloorItem): which; emptied
 * @error: return location
 *
 * Returns: whether it was done
 */
gboolean
td_floor_edit_remove (TdFloorEdit *self,
                      GPtrArray   *items,
                      GError     **error)
{
  g_autoptr (GPtrArray) all = NULL;

  g_return_val_if_fail (TD_IS_FLOOR_EDIT (self) && items != NULL, FALSE);

  if (items->len == 0)
    return TRUE;

  all = copy_items (td_floor_edit_get_plan (self));
  for (guint i = 0; i < items->len; i++)
    g_ptr_array_remove (all, g_ptr_array_index (items, i));
  if (!take_step (self, td_floor_plan_get_info (td_floor_edit_get_plan (self)), all, error))
    return FALSE;

  g_ptr_array_set_size (items, 0);

  return TRUE;
}

/**
 * td_floor_edit_assign:
 * @self: an edit
 * @seat: a seat of the plan
 * @agent: (nullable): id of who sits there whatever the source says; %NULL for
 *   whom the source names
 * @error: return location
 *
 * An agent whom the plan has on another seat leaves it.
 *
 * Returns: whether it was done
 */
gboolean
td_floor_edit_assign (TdFloorEdit *self,
                      TdFloorItem *seat,
                      const char  *agent,
                      GError     **error)
{
  g_autoptr (GPtrArray) all = NULL;
  gboolean has_changed = FALSE;

  g_return_val_if_fail (TD_IS_FLOOR_EDIT (self) && seat != NULL, FALSE);

  all = copy_items (td_floor_edit_get_plan (self));
  for (guint i = 0; i < all->len; i++)
    {
      TdFloorItem    *item = g_ptr_array_index (all, i);
      TdFloorItemInfo info = *td_floor_item_get_info (item);

      if (info.kind != TD_FLOOR_SEAT)
        continue;
      if (item == seat)
        info.agent = agent;
      else if (agent != NULL && g_strcmp0 (info.agent, agent) == 0)
        info.agent = NULL;
      if (td_floor_item_info_equal (&info, td_floor_item_get_info (item)))
        continue;

      g_ptr_array_index (all, i) = td_floor_item_new (&info);
      td_floor_item_unref (item);
      has_changed = TRUE;
    }

  return !has_changed || take_step (self, td_floor_plan_get_info (td_floor_edit_get_plan (self)), all, error);
}
