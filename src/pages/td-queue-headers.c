/* td-queue-headers.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-queue-headers.h"

static GtkWidget *
find_header (GtkWidget *view,
             guint      index)
{
  GtkWidget *header = gtk_widget_get_first_child (view);
  GtkWidget *title = header != NULL ? gtk_widget_get_first_child (header) : NULL;

  for (guint i = 0; i < index && title != NULL; i++)
    title = gtk_widget_get_next_sibling (title);

  return title;
}

static void
explain_header (GtkWidget            *title,
                TdQueueColumn         column,
                TdServiceLevelFormula formula)
{
  g_autofree char *tooltip = td_queue_column_dup_tooltip (column, formula);

  gtk_widget_set_tooltip_text (title, tooltip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (title),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, td_queue_column_get_title (column),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, tooltip,
                                  -1);
}

/**
 * td_queue_headers_dress:
 * @view: a column view with a column for each #TdQueueColumn, in their order
 *
 * GTK 4.8 has no way to align a column's title or to explain it, so the
 * title's own widgets are asked; where they are others, nothing happens.
 */
void
td_queue_headers_dress (GtkWidget *view)
{
  for (guint i = 0; i < TD_N_QUEUE_COLUMNS; i++)
    {
      GtkWidget *title = find_header (view, i);
      GtkWidget *box = title != NULL ? gtk_widget_get_first_child (title) : NULL;

      if (box == NULL)
        continue;

      explain_header (title, i, TD_SERVICE_LEVEL_LIVE);
      if (i == TD_QUEUE_COLUMN_NAME)
        continue;

      /* The arrow keeps its room also while there is none: before the title
       * it does not part the title from its numbers. */
      gtk_widget_set_halign (box, GTK_ALIGN_END);
      if (GTK_IS_BOX (box))
        gtk_box_reorder_child_after (GTK_BOX (box), gtk_widget_get_first_child (box), gtk_widget_get_last_child (box));
      if (i != TD_QUEUE_COLUMN_LEVEL)
        gtk_widget_add_css_class (title, "most-first");
    }
}

/**
 * td_queue_headers_explain_level:
 * @view: as above
 * @formula: the formula of the service level that is in force
 */
void
td_queue_headers_explain_level (GtkWidget            *view,
                                TdServiceLevelFormula formula)
{
  GtkWidget *title = find_header (view, TD_QUEUE_COLUMN_LEVEL);

  if (title != NULL)
    explain_header (title, TD_QUEUE_COLUMN_LEVEL, formula);
}
