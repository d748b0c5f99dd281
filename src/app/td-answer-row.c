/* td-answer-row.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-answer-row.h"

#include <glib/gi18n.h>

#define BUTTON_KEY "td-answer-row-button"

/**
 * td_answer_row_new:
 * @title: what is tried out
 * @label: of its button; together with @title it is its name
 * @callback: (swapped): what tries it
 * @object: a #GObject, what @callback is given
 *
 * Returns: (transfer floating): a row
 */
GtkWidget *
td_answer_row_new (const char *title,
                   const char *label,
                   GCallback   callback,
                   gpointer    object)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *button = gtk_button_new_with_label (label);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_signal_connect_object (button, "clicked", callback, object, G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), button);
  g_object_set_data (G_OBJECT (row), BUTTON_KEY, button);

  return row;
}

/**
 * td_answer_row_wait:
 * @row: a row whose button was pressed
 *
 * Says that there is no answer yet.
 */
void
td_answer_row_wait (GtkWidget *row)
{
  g_return_if_fail (ADW_IS_ACTION_ROW (row));

  gtk_widget_set_sensitive (g_object_get_data (G_OBJECT (row), BUTTON_KEY), FALSE);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _ ("No answer yet…"));
}

/**
 * td_answer_row_say:
 * @row: a row
 * @text: the answer
 */
void
td_answer_row_say (GtkWidget  *row,
                   const char *text)
{
  g_return_if_fail (ADW_IS_ACTION_ROW (row));
  g_return_if_fail (text != NULL);

  gtk_widget_set_sensitive (g_object_get_data (G_OBJECT (row), BUTTON_KEY), TRUE);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), text);
}
