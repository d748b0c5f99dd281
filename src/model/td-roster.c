/* td-roster.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-roster-private.h"

#include <string.h>

/* Above this many separate runs of removed rows, one splice over all of them
 * costs a list less than one each. */
#define MAX_RUNS 8

struct _TdRoster
{
  GObject parent_instance;

  GType       type;
  GPtrArray  *rows;  /* (owned) (element-type TdRow) */
  GHashTable *by_id; /* id (string, the row's) -> TdRow */
  guint       round;
};

static void list_model_iface_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (TdRoster, td_roster, G_TYPE_OBJECT, G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init))

static GType
td_roster_get_item_type (GListModel *model)
{
  return TD_ROSTER (model)->type;
}

static guint
td_roster_get_n_items (GListModel *model)
{
  return TD_ROSTER (model)->rows->len;
}

static gpointer
td_roster_get_item (GListModel *model,
                    guint       position)
{
  TdRoster *self = TD_ROSTER (model);

  if (position >= self->rows->len)
    return NULL;

  return g_object_ref (g_ptr_array_index (self->rows, position));
}

static void
list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = td_roster_get_item_type;
  iface->get_n_items = td_roster_get_n_items;
  iface->get_item = td_roster_get_item;
}

static void
td_roster_finalize (GObject *object)
{
  TdRoster *self = TD_ROSTER (object);

  g_clear_pointer (&self->by_id, g_hash_table_unref);
  g_clear_pointer (&self->rows, g_ptr_array_unref);

  G_OBJECT_CLASS (td_roster_parent_class)->finalize (object);
}

static void
td_roster_class_init (TdRosterClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = td_roster_finalize;
}

static void
td_roster_init (TdRoster *self)
{
  self->type = TD_TYPE_ROW;
  self->rows = g_ptr_array_new_with_free_func (g_object_unref);
  self->by_id = g_hash_table_new (g_str_hash, g_str_equal);
}

TdRoster *
td_roster_new (GType type)
{
  TdRoster *self = g_object_new (TD_TYPE_ROSTER, NULL);

  g_assert (g_type_is_a (type, TD_TYPE_ROW));

  self->type = type;

  return self;
}

/* The source tells its rows mostly in the order of the last time, so the row
 * at the same position is tried before the hash. */
static TdRow *
find_row (TdRoster   *self,
          const char *id,
          guint       hint)
{
  if (hint < self->rows->len)
    {
      TdRow *row = g_ptr_array_index (self->rows, hint);

      if (strcmp (td_row_get_id (row), id) == 0)
        return row;
    }

  return g_hash_table_lookup (self->by_id, id);
}

typedef struct
{
  guint start;
  guint length;
} Run;

/* Takes out every row that is among @removed, whose positions are ascending. */
static void
remove_rows (TdRoster  *self,
             GPtrArray *removed)
{
  g_autoptr (GArray) runs = g_array_new (FALSE, FALSE, sizeof (Run));
  guint n_before = self->rows->len;
  guint first, last;

  for (guint i = 0; i < removed->len; i++)
    {
      guint position = td_row_get_position (g_ptr_array_index (removed, i));
      Run  *run = runs->len > 0 ? &g_array_index (runs, Run, runs->len - 1) : NULL;

      if (run != NULL && run->start + run->length == position)
        run->length++;
      else
        g_array_append_vals (runs, &(Run){ position, 1 }, 1);
      g_hash_table_remove (self->by_id, td_row_get_id (g_ptr_array_index (removed, i)));
    }

  first = g_array_index (runs, Run, 0).start;
  last = td_row_get_position (g_ptr_array_index (removed, removed->len - 1));

  if (runs->len <= MAX_RUNS)
    {
      for (guint i = runs->len; i > 0; i--)
        {
          Run *run = &g_array_index (runs, Run, i - 1);

          g_ptr_array_remove_range (self->rows, run->start, run->length);
          for (guint j = run->start; j < self->rows->len; j++)
            td_row_set_position (g_ptr_array_index (self->rows, j), j);
          g_list_model_items_changed (G_LIST_MODEL (self), run->start, run->length, 0);
        }
      return;
    }

  g_autoptr (GPtrArray) kept = g_ptr_array_new_full (n_before, g_object_unref);
  guint next = 0;

  for (guint i = 0; i < n_before; i++)
    {
      TdRow *row = g_ptr_array_index (self->rows, i);

      if (next < removed->len && row == g_ptr_array_index (removed, next))
        {
          next++;
          continue;
        }
      td_row_set_position (row, kept->len);
      g_ptr_array_add (kept, g_object_ref (row));
    }

  g_clear_pointer (&self->rows, g_ptr_array_unref);
  self->rows = g_steal_pointer (&kept);
  g_list_model_items_changed (G_LIST_MODEL (self), first, last - first + 1, last - first + 1 - removed->len);
}

static int
compare_positions (gconstpointer a,
                   gconstpointer b)
{
  guint x = td_row_get_position (*(TdRow *const *)a);
  guint y = td_row_get_position (*(TdRow *const *)b);

  return (x > y) - (x < y);
}

static void
collect_removed (TdRoster          *self,
                 gboolean           is_delta,
                 const char *const *gone,
                 guint              n_gone,
                 GPtrArray         *removed)
{
  if (!is_delta)
    {
      for (guint i = 0; i < self->rows->len; i++)
        {
          TdRow *row = g_ptr_array_index (self->rows, i);

          if (td_row_get_round (row) != self->round)
            g_ptr_array_add (removed, g_object_ref (row));
        }
      return;
    }

  for (guint i = 0; i < n_gone; i++)
    {
      TdRow *row = g_hash_table_lookup (self->by_id, gone[i]);

      /* A row that the same delta tells about is there, whatever else it says. */
      if (row == NULL || td_row_get_round (row) == self->round)
        continue;
      td_row_set_round (row, self->round);
      g_ptr_array_add (removed, g_object_ref (row));
    }
  g_ptr_array_sort (removed, compare_positions);
}

/* Brings the list up to date. The three arrays, which must own what they
 * hold, receive the rows that came, changed and went; telling the changed ones
 * so is the caller's, once everything is up to date. */
void
td_roster_update (TdRoster          *self,
                  TdSnapshot        *snapshot,
                  gconstpointer      rows,
                  guint              n_rows,
                  gsize              row_size,
                  const char *const *gone,
                  guint              n_gone,
                  GPtrArray         *added,
                  GPtrArray         *changed,
                  GPtrArray         *removed)
{
  gboolean    is_delta = td_snapshot_is_delta (snapshot);
  const char *info = rows;

  self->round++;

  for (guint i = 0; i < n_rows; i++, info += row_size)
    {
      TdRow *row = find_row (self, *(const char *const *)(gconstpointer)info, i);

      if (row == NULL)
        {
          row = td_row_new (self->type, snapshot, info);
          g_hash_table_insert (self->by_id, (gpointer)td_row_get_id (row), row);
          g_ptr_array_add (added, row);
        }
      else if (td_row_update (row, snapshot, info))
        g_ptr_array_add (changed, g_object_ref (row));

      td_row_set_round (row, self->round);
    }

  collect_removed (self, is_delta, gone, n_gone, removed);
  if (removed->len > 0)
    remove_rows (self, removed);

  if (added->len > 0)
    {
      guint position = self->rows->len;

      for (guint i = 0; i < added->len; i++)
        {
          td_row_set_position (g_ptr_array_index (added, i), self->rows->len);
          g_ptr_array_add (self->rows, g_object_ref (g_ptr_array_index (added, i)));
        }
      g_list_model_items_changed (G_LIST_MODEL (self), position, 0, added->len);
    }
}

guint
td_roster_get_size (TdRoster *self)
{
  g_return_val_if_fail (TD_IS_ROSTER (self), 0);

  return self->rows->len;
}

/**
 * td_roster_get:
 * @self: a roster
 * @position: from 0, less than td_roster_get_size()
 *
 * Returns: (transfer none): the object there
 */
gpointer
td_roster_get (TdRoster *self,
               guint     position)
{
  g_return_val_if_fail (TD_IS_ROSTER (self), NULL);
  g_return_val_if_fail (position < self->rows->len, NULL);

  return g_ptr_array_index (self->rows, position);
}

/**
 * td_roster_find:
 * @self: a roster
 * @id: an id of the source
 *
 * Returns: (transfer none) (nullable): the object with that id
 */
gpointer
td_roster_find (TdRoster   *self,
                const char *id)
{
  g_return_val_if_fail (TD_IS_ROSTER (self), NULL);
  g_return_val_if_fail (id != NULL, NULL);

  return g_hash_table_lookup (self->by_id, id);
}
