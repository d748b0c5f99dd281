/* td-column-sort.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-column-sort.h"

/* GTK 4.8 does not tell which column sorts a table. So its sorter is made to
 * compare two things that are no rows, and the first column that is asked
 * about them is it: every column says that they rise. */
static gboolean    is_asking;
static const char *answered;

/**
 * td_column_sort_answer:
 * @name: of a column that is to compare two rows
 *
 * To be called first by what compares the rows of a column.
 *
 * Returns: whether they are no rows, and are to be said to rise
 */
gboolean
td_column_sort_answer (const char *name)
{
  if (!is_asking)
    return FALSE;

  if (answered == NULL)
    answered = name;

  return TRUE;
}

/**
 * td_column_sort_dup:
 * @view: a table, whose columns call td_column_sort_answer()
 *
 * Returns: (transfer full): what it is sorted by
 */
char *
td_column_sort_dup (GtkColumnView *view)
{
  GtkSorter  *sorter;
  GtkOrdering order;

  g_return_val_if_fail (GTK_IS_COLUMN_VIEW (view), NULL);

  sorter = gtk_column_view_get_sorter (view);
  is_asking = TRUE;
  answered = NULL;
  order = gtk_sorter_compare (sorter, view, sorter);
  is_asking = FALSE;

  return answered != NULL ? g_strconcat (order == GTK_ORDERING_LARGER ? "-" : "", answered, NULL) : g_strdup ("");
}

static gboolean
is_present (GtkColumnView       *view,
            GtkColumnViewColumn *column)
{
  GListModel *present = gtk_column_view_get_columns (view);

  for (guint i = 0; i < g_list_model_get_n_items (present); i++)
    {
      g_autoptr (GtkColumnViewColumn) own = g_list_model_get_item (present, i);

      if (own == column)
        return TRUE;
    }

  return FALSE;
}

/**
 * td_column_sort_set:
 * @view: a table
 * @columns: (array length=n_columns): its columns; some may be taken out of it
 * @names: (array length=n_columns): a name for each
 * @n_columns: how many
 * @sort: what to sort by; a name that there is not sorts by none
 */
void
td_column_sort_set (GtkColumnView              *view,
                    GtkColumnViewColumn *const *columns,
                    const char *const          *names,
                    guint                       n_columns,
                    const char                 *sort)
{
  g_autofree char     *present = NULL;
  gboolean             falls;
  GtkColumnViewColumn *column = NULL;

  g_return_if_fail (GTK_IS_COLUMN_VIEW (view));
  g_return_if_fail (sort != NULL);

  present = td_column_sort_dup (view);
  if (g_str_equal (present, sort))
    return;

  falls = sort[0] == '-';
  for (guint i = 0; i < n_columns; i++)
    {
      if (g_str_equal (names[i], sort + (falls ? 1 : 0)) && is_present (view, columns[i]))
        column = columns[i];
    }

  /* Without it GTK 4.8 leaves the arrow in the title of the column before. */
  gtk_column_view_sort_by_column (view, NULL, GTK_SORT_ASCENDING);
  if (column != NULL)
    gtk_column_view_sort_by_column (view, column, falls ? GTK_SORT_DESCENDING : GTK_SORT_ASCENDING);
}
