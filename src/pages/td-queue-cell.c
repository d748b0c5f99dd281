/* td-queue-cell.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-queue-cell.h"

#include "td-format.h"
#include "td-severity-mark.h"
#include "td-severity.h"
#include "td-stat-tile.h"

#define MARK_SPACING 6
#define SORT_ARROW_WIDTH 18

/* The widest that a column is expected to show; what is wider widens it. */
static const char *const samples[TD_N_QUEUE_COLUMNS] = {
  [TD_QUEUE_COLUMN_NAME] = "Mất điện – Miền Đông (0)",
  [TD_QUEUE_COLUMN_WAITING] = "000",
  [TD_QUEUE_COLUMN_LONGEST] = "00:00",
  [TD_QUEUE_COLUMN_EXPECTED] = "00:00",
  [TD_QUEUE_COLUMN_OFFERED] = "0.000",
  [TD_QUEUE_COLUMN_ANSWERED] = "0.000",
  [TD_QUEUE_COLUMN_ABANDONED] = "000",
  [TD_QUEUE_COLUMN_FLOWED_OUT] = "000",
  [TD_QUEUE_COLUMN_LEVEL] = "100,0 %",
  [TD_QUEUE_COLUMN_ASA] = "00:00",
  [TD_QUEUE_COLUMN_AHT] = "00:00",
  [TD_QUEUE_COLUMN_RATE] = "000",
  [TD_QUEUE_COLUMN_NORMAL] = "+000 %",
  [TD_QUEUE_COLUMN_SERVING] = "000",
};

static gboolean
has_mark (TdQueueColumn column)
{
  return column == TD_QUEUE_COLUMN_WAITING || column == TD_QUEUE_COLUMN_LONGEST ||
         column == TD_QUEUE_COLUMN_LEVEL || column == TD_QUEUE_COLUMN_NORMAL || column == TD_QUEUE_COLUMN_SERVING;
}

/**
 * td_queue_cell_new:
 * @column: what it shows
 *
 * Returns: (transfer floating): an empty cell
 */
GtkWidget *
td_queue_cell_new (TdQueueColumn column)
{
  GtkWidget *cell = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, MARK_SPACING);
  GtkWidget *label = gtk_label_new (NULL);

  if (has_mark (column))
    {
      GtkWidget *mark = td_severity_mark_new ();

      gtk_widget_set_hexpand (mark, TRUE);
      gtk_widget_set_halign (mark, GTK_ALIGN_END);
      gtk_box_append (GTK_BOX (cell), mark);
    }
  else
    gtk_widget_set_hexpand (label, TRUE);

  gtk_label_set_xalign (GTK_LABEL (label), column == TD_QUEUE_COLUMN_NAME ? 0 : 1);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, column == TD_QUEUE_COLUMN_NAME ? "name" : "td-number");
  if (column == TD_QUEUE_COLUMN_WAITING)
    gtk_widget_add_css_class (label, "waiting");
  gtk_box_append (GTK_BOX (cell), label);

  /* The number alone says nothing to who cannot see the header above it. */
  gtk_accessible_update_property (GTK_ACCESSIBLE (label),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, td_queue_column_get_title (column),
                                  -1);

  return cell;
}

/**
 * td_queue_cell_show_figure:
 * @cell: a cell of @column
 * @column: any but the name
 * @figures: the figures of a queue, or of several
 *
 * Touches only what changed.
 */
void
td_queue_cell_show_figure (GtkWidget            *cell,
                           TdQueueColumn         column,
                           const TdQueueFigures *figures)
{
  GtkWidget       *label = gtk_widget_get_last_child (cell);
  GtkWidget       *mark = gtk_widget_get_first_child (cell);
  g_autofree char *text = td_queue_figures_format (figures, column);

  td_label_set (GTK_LABEL (label), text);
  if (!has_mark (column) ||
      td_severity_mark_get_severity (TD_SEVERITY_MARK (mark)) == figures->severity[column])
    return;

  td_severity_mark_set_severity (TD_SEVERITY_MARK (mark), figures->severity[column]);
  td_palette_set_severity (cell, figures->severity[column]);
}

/* A row is read as one sentence, its numbers with their names. */
static void
describe_row (GtkWidget    *cell,
              TdQueueEntry *entry)
{
  const TdQueueFigures *figures = td_queue_entry_get_figures (entry);
  GtkWidget            *row = gtk_widget_get_parent (cell);
  g_autoptr (GString) text = NULL;

  row = row != NULL ? gtk_widget_get_parent (row) : NULL;
  if (row == NULL)
    return;

  text = g_string_new (td_queue_get_title (td_queue_entry_get_queue (entry)));
  for (guint i = TD_QUEUE_COLUMN_WAITING; i < TD_N_QUEUE_COLUMNS; i++)
    {
      g_autofree char *number = td_queue_figures_format (figures, i);

      g_string_append_printf (text, ", %s %s", td_queue_column_get_title (i), number);
      if (figures->severity[i] != TD_SEVERITY_NORMAL)
        g_string_append_printf (text, " (%s)", td_severity_format (figures->severity[i]));
    }
  gtk_accessible_update_property (GTK_ACCESSIBLE (row),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, text->str,
                                  -1);
}

/**
 * td_queue_cell_explain:
 * @cell: a cell, or a row
 * @name: (nullable): what the row is of
 * @estimated: whether its numbers are estimates
 *
 * The row's name says why its numbers are estimates: a tooltip for each number
 * would be set for each row that comes in sight.
 */
void
td_queue_cell_explain (GtkWidget  *cell,
                       const char *name,
                       gboolean    estimated)
{
  g_autofree char *text = NULL;

  if (estimated)
    text = name != NULL ? g_strdup_printf ("%s\n%s", name, td_format_why_estimated ())
                        : g_strdup (td_format_why_estimated ());
  else
    text = g_strdup (name);

  if (g_strcmp0 (gtk_widget_get_tooltip_text (cell), text) != 0)
    gtk_widget_set_tooltip_text (cell, text);
}

/**
 * td_queue_cell_show:
 * @cell: a cell of @column
 * @column: what it shows
 * @entry: the queue of the row
 *
 * Shows @entry; the cell of the name speaks for its row to a screen reader.
 */
void
td_queue_cell_show (GtkWidget    *cell,
                    TdQueueColumn column,
                    TdQueueEntry *entry)
{
  const char *title = td_queue_get_title (td_queue_entry_get_queue (entry));

  if (column != TD_QUEUE_COLUMN_NAME)
    {
      td_queue_cell_show_figure (cell, column, td_queue_entry_get_figures (entry));
      return;
    }

  td_label_set (GTK_LABEL (gtk_widget_get_last_child (cell)), title);
  td_queue_cell_explain (cell, title, td_queue_entry_get_figures (entry)->estimated);
  describe_row (cell, entry);
}

static int
measure_text (GtkWidget  *widget,
              const char *text)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (widget, text);
  int width;

  pango_layout_get_pixel_size (layout, &width, NULL);
  return width;
}

/**
 * td_queue_cell_measure:
 * @cell: a cell of @column
 * @column: what it shows
 *
 * Returns: the width in pixels that the column needs, its title and the most
 * that it is expected to show included
 */
int
td_queue_cell_measure (GtkWidget    *cell,
                       TdQueueColumn column)
{
  GtkWidget *label = gtk_widget_get_last_child (cell);
  GtkBorder  padding;
  int        width, title;

  gtk_style_context_get_padding (gtk_widget_get_style_context (cell), &padding);

  width = MAX (measure_text (label, samples[column]),
               measure_text (label, gtk_label_get_text (GTK_LABEL (label))));
  if (has_mark (column))
    {
      int mark;

      gtk_widget_measure (gtk_widget_get_first_child (cell), GTK_ORIENTATION_HORIZONTAL, -1,
                          &mark, NULL, NULL, NULL);
      width += mark + MARK_SPACING;
    }

  title = measure_text (label, td_queue_column_get_title (column));
  if (column != TD_QUEUE_COLUMN_NAME)
    title += SORT_ARROW_WIDTH;

  return MAX (width, title) + padding.left + padding.right;
}
