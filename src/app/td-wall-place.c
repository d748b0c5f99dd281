/* td-wall-place.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-wall-place.h"

#include <glib/gi18n.h>

#include "td-wall-checks.h"

/**
 * td_wall_place_add_back:
 * @self: a place of another screen than the first
 * @title: what its part is called, translated
 *
 * Gives it the button that leads back, for its owner to hear.
 */
void
td_wall_place_add_back (TdWallPlace *self,
                        const char  *title)
{
  GtkWidget       *button = gtk_button_new_from_icon_name ("edit-undo-symbolic");
  g_autofree char *text = NULL;

  /* Translators: a part of what a screen of the wall shows, such as Pages. */
  text = g_strdup_printf (_ ("“%s” as on the first screen"), title);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  if (ADW_IS_EXPANDER_ROW (self->holder))
    adw_expander_row_add_action (ADW_EXPANDER_ROW (self->holder), button);
  else if (ADW_IS_ACTION_ROW (self->holder))
    adw_action_row_add_suffix (ADW_ACTION_ROW (self->holder), button);
  else
    adw_preferences_group_set_header_suffix (ADW_PREFERENCES_GROUP (self->holder), button);
  self->back = button;
}

/**
 * td_wall_place_show:
 * @self: a place
 * @is_own: whether the screen has the part of its own
 *
 * Says whose the part is, where there is a first screen beside this one.
 */
void
td_wall_place_show (const TdWallPlace *self,
                    gboolean           is_own)
{
  const char      *note = self->back == NULL || is_own ? NULL : _ ("As on the first screen");
  g_autofree char *text = NULL;

  if (note != NULL && self->description != NULL)
    text = g_strconcat (note, "\n", self->description, NULL);
  else
    text = g_strdup (note != NULL ? note : self->description);

  if (TD_IS_WALL_CHECKS (self->holder))
    td_wall_checks_set_note (TD_WALL_CHECKS (self->holder), text);
  else if (ADW_IS_ACTION_ROW (self->holder))
    adw_action_row_set_subtitle (ADW_ACTION_ROW (self->holder), text != NULL ? text : "");
  else
    adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self->holder), text);
  if (self->back != NULL)
    gtk_widget_set_visible (self->back, is_own);
}

/**
 * td_wall_place_focus:
 * @self: a place
 *
 * Brings the keyboard there.
 */
void
td_wall_place_focus (const TdWallPlace *self)
{
  if (!gtk_widget_grab_focus (self->holder))
    gtk_widget_child_focus (self->holder, GTK_DIR_TAB_FORWARD);
}
