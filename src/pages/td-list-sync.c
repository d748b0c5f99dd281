/* td-list-sync.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-list-sync.h"

static gboolean
holds (GListStore *store,
       guint       position,
       gpointer    object)
{
  g_autoptr (GObject) item = g_list_model_get_item (G_LIST_MODEL (store), position);

  return (gpointer)item == object;
}

/**
 * td_list_sync:
 * @store: a list
 * @wanted: (element-type GObject): what it is to hold, in order
 *
 * Makes the list hold the objects with one change that leaves alone what is
 * the same at both ends, so that the rows in sight keep their widgets.
 */
void
td_list_sync (GListStore *store,
              GPtrArray  *wanted)
{
  guint n_items, start = 0, end = 0;

  g_return_if_fail (G_IS_LIST_STORE (store));
  g_return_if_fail (wanted != NULL);

  n_items = g_list_model_get_n_items (G_LIST_MODEL (store));
  while (start < MIN (n_items, wanted->len) && holds (store, start, g_ptr_array_index (wanted, start)))
    start++;
  while (end < MIN (n_items, wanted->len) - start &&
         holds (store, n_items - 1 - end, g_ptr_array_index (wanted, wanted->len - 1 - end)))
    end++;

  if (start + end < MAX (n_items, wanted->len))
    g_list_store_splice (store, start, n_items - start - end,
                         wanted->pdata + start, wanted->len - start - end);
}
