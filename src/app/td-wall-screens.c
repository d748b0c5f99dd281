/* td-wall-screens.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-wall-screens.h"

#include <glib/gi18n.h>

#include "td-wall-file.h"
#include "td-wall-monitors.h"

#define NAME_KEY "td-name"

struct _TdWallScreens
{
  GtkBox parent_instance;

  TdWall        *wall; /* (owned) (nullable) */
  GtkDropDown   *chooser;
  guint          chosen;
  GtkWidget     *remove;
  GtkMenuButton *add;
  GtkEditable   *name;  /* (unowned) (nullable): while it is asked for */
  GtkLabel      *fault; /* (unowned) (nullable): likewise */
  gboolean       filling;
};

enum {
  CHOSEN,
  ADDED,
  REMOVED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TdWallScreens, td_wall_screens, GTK_TYPE_BOX)

static void
chosen_cb (TdWallScreens *self)
{
  guint selected = gtk_drop_down_get_selected (self->chooser);

  if (self->filling || selected == self->chosen || selected >= td_wall_get_n_screens (self->wall))
    return;
  self->chosen = selected;
  gtk_widget_set_sensitive (self->remove, selected > 0);
  g_signal_emit (self, signals[CHOSEN], 0, selected);
}

static void
remove_cb (TdWallScreens *self)
{
  g_signal_emit (self, signals[REMOVED], 0);
}

/* --- another one ------------------------------------------------------------- */

static gboolean
has_name (const TdWall *wall,
          const char   *name)
{
  for (guint i = 0; i < td_wall_get_n_screens (wall); i++)
    {
      if (g_strcmp0 (td_wall_get_screen (wall, i)->monitor, name) == 0)
        return TRUE;
    }

  return FALSE;
}

static void
add (TdWallScreens *self,
     const char    *name)
{
  g_autofree char *kept = g_strdup (name);

  gtk_menu_button_popdown (self->add);
  g_signal_emit (self, signals[ADDED], 0, kept);
}

static void
monitor_cb (GtkWidget     *button,
            TdWallScreens *self)
{
  add (self, g_object_get_data (G_OBJECT (button), NAME_KEY));
}

static void
name_cb (TdWallScreens *self)
{
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (self->name)));
  const char      *fault = NULL;

  if (!td_wall_file_is_screen_name (name))
    fault = _ ("That is no name of a screen: up to 64 characters, without brackets");
  else if (has_name (self->wall, name))
    fault = _ ("There is a screen of that name already");

  if (fault == NULL)
    {
      add (self, name);
      return;
    }
  gtk_label_set_text (self->fault, fault);
  gtk_widget_set_visible (GTK_WIDGET (self->fault), TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->name));
}

/* "HDMI-A-2 · DELL U2720Q · 3840 × 2160" */
static char *
describe_monitor (GdkMonitor *monitor)
{
  const char  *name = gdk_monitor_get_connector (monitor);
  const char  *model = gdk_monitor_get_model (monitor);
  int          scale = gdk_monitor_get_scale_factor (monitor);
  GdkRectangle geometry;

  gdk_monitor_get_geometry (monitor, &geometry);
  if (model == NULL || *model == '\0' || g_str_equal (model, name))
    return g_strdup_printf ("%s · %d × %d", name, geometry.width * scale, geometry.height * scale);

  return g_strdup_printf ("%s · %s · %d × %d", name, model, geometry.width * scale, geometry.height * scale);
}

/* Those that are connected and of which the wall says nothing yet. */
static guint
add_monitors (TdWallScreens *self,
              GtkBox        *box)
{
  GListModel *monitors = gdk_display_get_monitors (gtk_widget_get_display (GTK_WIDGET (self)));
  guint       n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (monitors); i++)
    {
      g_autoptr (GdkMonitor) monitor = g_list_model_get_item (monitors, i);
      const char      *name = gdk_monitor_get_connector (monitor);
      GtkWidget       *button;
      g_autofree char *text = NULL;

      if (name == NULL || !td_wall_file_is_screen_name (name) || has_name (self->wall, name))
        continue;
      text = describe_monitor (monitor);
      button = gtk_button_new_with_label (text);
      g_object_set_data_full (G_OBJECT (button), NAME_KEY, g_strdup (name), g_free);
      g_signal_connect (button, "clicked", G_CALLBACK (monitor_cb), self);
      gtk_box_append (box, button);
      n++;
    }

  return n;
}

static GtkWidget *
create_name (TdWallScreens *self)
{
  GtkWidget  *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget  *entry = gtk_entry_new ();
  GtkWidget  *button = gtk_button_new_with_mnemonic (_ ("_Add"));
  const char *label = _ ("Connector or model");

  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_widget_set_hexpand (entry, TRUE);
  g_signal_connect_object (entry, "activate", G_CALLBACK (name_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (button, "clicked", G_CALLBACK (name_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), entry);
  gtk_box_append (GTK_BOX (box), button);
  self->name = GTK_EDITABLE (entry);

  return box;
}

static GtkWidget *
create_label (const char *text,
              const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 40);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, style);

  return label;
}

/* Anew each time: monitors come and go. */
static void
create_popover_cb (GtkMenuButton *button,
                   gpointer       user_data)
{
  TdWallScreens *self = user_data;
  GtkWidget     *popover = gtk_popover_new ();
  GtkWidget     *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  gtk_box_append (GTK_BOX (box), create_label (_ ("Another Screen of This Computer"), "heading"));
  if (td_wall_get_n_screens (self->wall) > TD_WALL_MAX_SCREENS)
    gtk_box_append (GTK_BOX (box), create_label (_ ("A wall has no room for more screens."), "dim-label"));
  else
    {
      if (add_monitors (self, GTK_BOX (box)) == 0)
        gtk_box_append (GTK_BOX (box), create_label (_ ("No other monitor is connected now; one that will be is told by its name."), "dim-label"));
      gtk_box_append (GTK_BOX (box), create_name (self));
      self->fault = GTK_LABEL (create_label (NULL, "error"));
      gtk_widget_set_visible (GTK_WIDGET (self->fault), FALSE);
      gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->fault));
    }
  gtk_widget_set_margin_start (box, 6);
  gtk_widget_set_margin_end (box, 6);
  gtk_widget_set_margin_top (box, 6);
  gtk_widget_set_margin_bottom (box, 6);
  gtk_popover_set_child (GTK_POPOVER (popover), box);
  gtk_menu_button_set_popover (button, popover);
}

static void
td_wall_screens_finalize (GObject *object)
{
  g_clear_pointer (&TD_WALL_SCREENS (object)->wall, td_wall_free);

  G_OBJECT_CLASS (td_wall_screens_parent_class)->finalize (object);
}

static void
td_wall_screens_class_init (TdWallScreensClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = td_wall_screens_finalize;

  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[ADDED] = g_signal_new ("added", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[REMOVED] = g_signal_new ("removed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
label (GtkWidget  *widget,
       const char *text)
{
  gtk_widget_set_tooltip_text (widget, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}

static void
td_wall_screens_init (TdWallScreens *self)
{
  gtk_box_set_spacing (GTK_BOX (self), 6);
  self->chooser = GTK_DROP_DOWN (gtk_drop_down_new (NULL, NULL));
  label (GTK_WIDGET (self->chooser), _ ("Screen that is edited"));
  g_signal_connect_object (self->chooser, "notify::selected", G_CALLBACK (chosen_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->chooser));

  self->add = GTK_MENU_BUTTON (gtk_menu_button_new ());
  gtk_menu_button_set_icon_name (self->add, "list-add-symbolic");
  label (GTK_WIDGET (self->add), _ ("Add a Screen"));
  gtk_menu_button_set_create_popup_func (self->add, create_popover_cb, self, NULL);
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->add));

  self->remove = gtk_button_new_from_icon_name ("user-trash-symbolic");
  label (self->remove, _ ("Remove This Screen"));
  g_signal_connect_object (self->remove, "clicked", G_CALLBACK (remove_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self), self->remove);
}

/**
 * td_wall_screens_new:
 *
 * Returns: (transfer floating): a chooser without screens
 */
GtkWidget *
td_wall_screens_new (void)
{
  return g_object_new (TD_TYPE_WALL_SCREENS, NULL);
}

/**
 * td_wall_screens_set:
 * @self: a chooser
 * @wall: whose screens; copied
 * @chosen: index of the one that is chosen, without a signal
 */
void
td_wall_screens_set (TdWallScreens *self,
                     const TdWall  *wall,
                     guint          chosen)
{
  TdWall         *before;
  g_autofree int *monitors = NULL;
  g_autoptr (GtkStringList) titles = gtk_string_list_new (NULL);

  g_return_if_fail (TD_IS_WALL_SCREENS (self));
  g_return_if_fail (wall != NULL && chosen < td_wall_get_n_screens (wall));

  before = self->wall;
  self->wall = td_wall_copy (wall);
  td_wall_free (before);
  monitors = td_wall_monitors_assign (gtk_widget_get_display (GTK_WIDGET (self)), wall);
  for (guint i = 0; i < td_wall_get_n_screens (wall); i++)
    {
      g_autofree char *title = td_wall_screens_make_title (wall, i);
      g_autofree char *text = NULL;

      if (i > 0 && monitors[i] < 0)
        /* Translators: the name of a screen. */
        text = g_strdup_printf (_ ("%s (not connected)"), title);
      gtk_string_list_append (titles, text != NULL ? text : title);
    }
  self->chosen = chosen;
  self->filling = TRUE;
  gtk_drop_down_set_model (self->chooser, G_LIST_MODEL (titles));
  gtk_drop_down_set_selected (self->chooser, chosen);
  self->filling = FALSE;
  gtk_widget_set_sensitive (self->remove, chosen > 0);
}

/**
 * td_wall_screens_make_title:
 * @wall: a wall
 * @index: of one of its screens
 *
 * Returns: (transfer full): what that is called, translated
 */
char *
td_wall_screens_make_title (const TdWall *wall,
                            guint         index)
{
  const char *name = td_wall_get_screen (wall, index)->monitor;

  if (index > 0)
    return g_strdup (name);
  if (name == NULL)
    return g_strdup (_ ("First screen"));

  /* Translators: the name of its connector. */
  return g_strdup_printf (_ ("First screen (%s)"), name);
}
