/* td-wall-desks.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-wall-desks.h"

#include <glib/gi18n.h>

#include "td-wall-file.h"

struct _TdWallDesks
{
  AdwPreferencesGroup parent_instance;

  AdwEntryRow *addresses;
  AdwEntryRow *key_file;
};

enum {
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TdWallDesks, td_wall_desks, ADW_TYPE_PREFERENCES_GROUP)

/* What stands between semicolons; FALSE where that is not all an address, or too much. */
static gboolean
parse (TdWallDesks *self,
       GStrv       *desks)
{
  g_auto (GStrv) parts = g_strsplit (gtk_editable_get_text (GTK_EDITABLE (self->addresses)), ";", -1);
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_free);

  *desks = NULL;
  for (guint i = 0; parts[i] != NULL; i++)
    {
      if (*g_strstrip (parts[i]) == '\0')
        continue;
      if (found->len >= TD_WALL_MAX_DESKS || !td_wall_file_is_desk (parts[i]) ||
          g_ptr_array_find_with_equal_func (found, parts[i], g_str_equal, NULL))
        return FALSE;
      g_ptr_array_add (found, g_strdup (parts[i]));
    }
  if (found->len == 0)
    return TRUE;

  g_ptr_array_add (found, NULL);
  *desks = (GStrv)g_ptr_array_free (g_steal_pointer (&found), FALSE);

  return TRUE;
}

static void
changed_cb (TdWallDesks *self)
{
  g_auto (GStrv) desks = NULL;

  if (parse (self, &desks))
    gtk_widget_remove_css_class (GTK_WIDGET (self->addresses), "error");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self->addresses), "error");
  g_signal_emit (self, signals[CHANGED], 0);
}

static AdwEntryRow *
add_entry (TdWallDesks *self,
           const char  *title,
           const char  *text)
{
  GtkWidget *row = adw_entry_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_editable_set_text (GTK_EDITABLE (row), text != NULL ? text : "");
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
  g_signal_connect_object (row, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);

  return ADW_ENTRY_ROW (row);
}

static void
td_wall_desks_class_init (TdWallDesksClass *klass)
{
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
td_wall_desks_init (TdWallDesks *self)
{
}

/**
 * td_wall_desks_new:
 * @wall: what it begins with
 *
 * Returns: (transfer floating): a group
 */
GtkWidget *
td_wall_desks_new (const TdWall *wall)
{
  TdWallDesks     *self;
  g_autofree char *addresses = NULL;

  g_return_val_if_fail (wall != NULL, NULL);

  self = g_object_new (TD_TYPE_WALL_DESKS,
                       "title", _ ("Desks on Other Computers"),
                       "description", _ ("The wall hears from them who has taken an alert, and their messages; address and key are in the desk’s preferences"),
                       NULL);
  addresses = wall->desks != NULL ? g_strjoinv (";", wall->desks) : NULL;
  self->addresses = add_entry (self, _ ("Addresses, with semicolons between them"), addresses);
  self->key_file = add_entry (self, _ ("File with their key"), wall->desk_key_file);

  return GTK_WIDGET (self);
}

/**
 * td_wall_desks_read:
 * @self: a group
 * @wall: gets what was entered; while an address is none, its desks stay
 */
void
td_wall_desks_read (TdWallDesks *self,
                    TdWall      *wall)
{
  g_auto (GStrv) desks = NULL;
  g_autofree char *key_file = NULL;

  g_return_if_fail (TD_IS_WALL_DESKS (self));
  g_return_if_fail (wall != NULL);

  if (parse (self, &desks))
    {
      g_strfreev (wall->desks);
      wall->desks = g_steal_pointer (&desks);
    }
  key_file = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->key_file))));
  g_free (wall->desk_key_file);
  wall->desk_key_file = *key_file != '\0' ? g_steal_pointer (&key_file) : NULL;
}
