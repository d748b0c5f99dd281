/* td-column-sort.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Which column somebody chose to sort a table by, as a text that can be kept:
 * the name of the column, after "-" where its order is turned round; "" for
 * none. Main thread. */

gboolean td_column_sort_answer (const char *name);

char *td_column_sort_dup (GtkColumnView *view);
void  td_column_sort_set (GtkColumnView              *view,
                          GtkColumnViewColumn *const *columns,
                          const char *const          *names,
                          guint                       n_columns,
                          const char                 *sort);

G_END_DECLS
