/* td-row-note.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-row-note.h"

#define NOTE_KEY "td-row-note"

static GtkWidget *
create_note (void)
{
  /* The rows of a group are asked for their titles: it must be of their kind. */
  GtkWidget *note = g_object_new (ADW_TYPE_PREFERENCES_ROW,
                                  "accessible-role", GTK_ACCESSIBLE_ROLE_ALERT,
                                  "activatable", FALSE,
                                  "selectable", FALSE,
                                  "focusable", FALSE,
                                  NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name ("dialog-error-symbolic"));
  gtk_box_append (GTK_BOX (box), label);
  gtk_widget_add_css_class (note, "td-row-note");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (note), box);
  g_object_set_data (G_OBJECT (note), NOTE_KEY, label);

  return note;
}

/**
 * td_row_note_set:
 * @row: a row in a list box
 * @text: (nullable): what is wrong, for people
 */
void
td_row_note_set (GtkWidget  *row,
                 const char *text)
{
  GtkWidget *list;
  GtkWidget *note;

  g_return_if_fail (GTK_IS_LIST_BOX_ROW (row));

  list = gtk_widget_get_ancestor (row, GTK_TYPE_LIST_BOX);
  note = g_object_get_data (G_OBJECT (row), NOTE_KEY);
  if (note == NULL && text != NULL && list != NULL)
    {
      note = create_note ();
      g_object_set_data_full (G_OBJECT (row), NOTE_KEY, g_object_ref_sink (note), g_object_unref);
      gtk_list_box_insert (GTK_LIST_BOX (list), note, gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row)) + 1);
    }

  if (text != NULL)
    gtk_widget_add_css_class (row, "error");
  else
    gtk_widget_remove_css_class (row, "error");
  if (note == NULL)
    return;

  gtk_widget_set_visible (note, text != NULL);
  if (text != NULL)
    {
      gtk_label_set_label (g_object_get_data (G_OBJECT (note), NOTE_KEY), text);
      gtk_accessible_update_property (GTK_ACCESSIBLE (note), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
    }
}
