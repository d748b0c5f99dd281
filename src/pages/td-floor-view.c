/* td-floor-view.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-floor-view.h"

#include <glib/gi18n.h>

#include "td-floor-editor.h"
#include "td-floor-plan-file.h"
#include "td-stat-tile.h"

struct _TdFloorView
{
  GtkWidget parent_instance;

  TdCentre *centre; /* (owned) (nullable) */
  char    **paths;  /* (owned) (array zero-terminated=1): as in the drop-down */
  char     *path;   /* (owned) (nullable): of the plan that is shown */
  gboolean  is_filling;

  GtkWidget   *box;
  GtkDropDown *plans;
  GtkWidget   *problem;
  GtkWidget   *edit;
  TdFloorMap  *map;
};

G_DEFINE_FINAL_TYPE (TdFloorView, td_floor_view, GTK_TYPE_WIDGET)

static void
show_problem (TdFloorView *self,
              const char  *text)
{
  td_label_set (GTK_LABEL (self->problem), text != NULL ? text : td_floor_map_get_problem (self->map));
}

static void
show_plan (TdFloorView *self,
           const char  *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TdFloorPlan) plan = td_floor_plan_load (path, &error);

  if (plan == NULL)
    {
      show_problem (self, error->message);
      return;
    }

  td_floor_map_set_plan (self->map, plan, path);
  g_free (self->path);
  self->path = g_strdup (path);
  show_problem (self, NULL);
}

static void
selected_cb (TdFloorView *self)
{
  guint selected = gtk_drop_down_get_selected (self->plans);

  if (!self->is_filling && selected != GTK_INVALID_LIST_POSITION && selected < g_strv_length (self->paths))
    show_plan (self, self->paths[selected]);
}

static void
open_editor (TdFloorView *self,
             const char  *path)
{
  GtkWidget *editor = td_floor_editor_new (self->centre, path);
  GtkRoot   *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (GTK_IS_WINDOW (root))
    gtk_window_set_transient_for (GTK_WINDOW (editor), GTK_WINDOW (root));
  g_signal_connect_object (editor, "saved", G_CALLBACK (td_floor_view_reload), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (editor));
}

static void
edit_cb (TdFloorView *self)
{
  open_editor (self, self->path);
}

static void
new_cb (TdFloorView *self)
{
  open_editor (self, NULL);
}

/* A plan goes by the name that stands in it, and one that cannot be read by
 * that of its file. */
static char *
dup_title (const char *path)
{
  g_autoptr (TdFloorPlan) plan = td_floor_plan_load (path, NULL);

  return plan != NULL && td_floor_plan_get_info (plan)->name != NULL ? g_strdup (td_floor_plan_get_info (plan)->name)
                                                                     : g_path_get_basename (path);
}

static void
td_floor_view_map (GtkWidget *widget)
{
  TdFloorView *self = TD_FLOOR_VIEW (widget);

  td_floor_view_reload (self, self->path);
  GTK_WIDGET_CLASS (td_floor_view_parent_class)->map (widget);
}

static void
td_floor_view_dispose (GObject *object)
{
  g_clear_pointer (&TD_FLOOR_VIEW (object)->box, gtk_widget_unparent);
  g_clear_object (&TD_FLOOR_VIEW (object)->centre);

  G_OBJECT_CLASS (td_floor_view_parent_class)->dispose (object);
}

static void
td_floor_view_finalize (GObject *object)
{
  TdFloorView *self = TD_FLOOR_VIEW (object);

  g_clear_pointer (&self->paths, g_strfreev);
  g_clear_pointer (&self->path, g_free);

  G_OBJECT_CLASS (td_floor_view_parent_class)->finalize (object);
}

static void
td_floor_view_class_init (TdFloorViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = td_floor_view_dispose;
  G_OBJECT_CLASS (klass)->finalize = td_floor_view_finalize;
  GTK_WIDGET_CLASS (klass)->map = td_floor_view_map;

  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "floorview");
}

static void
td_floor_view_init (TdFloorView *self)
{
  GtkWidget *tools = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *button;

  self->paths = g_new0 (char *, 1);
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 10);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));

  self->plans = GTK_DROP_DOWN (gtk_drop_down_new (NULL, NULL));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->plans), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Floor plan"), -1);
  g_signal_connect_swapped (self->plans, "notify::selected", G_CALLBACK (selected_cb), self);
  gtk_box_append (GTK_BOX (tools), GTK_WIDGET (self->plans));
  self->problem = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->problem), 0);
  gtk_label_set_wrap (GTK_LABEL (self->problem), TRUE);
  gtk_widget_set_hexpand (self->problem, TRUE);
  gtk_widget_add_css_class (self->problem, "severity-amber");
  gtk_box_append (GTK_BOX (tools), self->problem);
  self->edit = gtk_button_new_with_mnemonic (_ ("_Edit Plan…"));
  g_signal_connect_swapped (self->edit, "clicked", G_CALLBACK (edit_cb), self);
  gtk_box_append (GTK_BOX (tools), self->edit);
  button = gtk_button_new_with_mnemonic (_ ("_New Plan…"));
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (new_cb), self);
  gtk_box_append (GTK_BOX (tools), button);
  gtk_box_append (GTK_BOX (self->box), tools);

  self->map = TD_FLOOR_MAP (td_floor_map_new ());
  gtk_widget_set_vexpand (GTK_WIDGET (self->map), TRUE);
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->map));
}

/**
 * td_floor_view_get_map:
 * @self: a view
 *
 * Returns: (transfer none): the map in it
 */
TdFloorMap *
td_floor_view_get_map (TdFloorView *self)
{
  g_return_val_if_fail (TD_IS_FLOOR_VIEW (self), NULL);

  return self->map;
}

/**
 * td_floor_view_set_centre:
 * @self: a view
 * @centre: whose agents sit there
 */
void
td_floor_view_set_centre (TdFloorView *self,
                          TdCentre    *centre)
{
  g_return_if_fail (TD_IS_FLOOR_VIEW (self));

  g_set_object (&self->centre, centre);
  td_floor_map_set_centre (self->map, centre);
}

/**
 * td_floor_view_get_path:
 * @self: a view
 *
 * Returns: (nullable): the file of the plan that is shown
 */
const char *
td_floor_view_get_path (TdFloorView *self)
{
  g_return_val_if_fail (TD_IS_FLOOR_VIEW (self), NULL);

  return self->path;
}

/**
 * td_floor_view_reload:
 * @self: a view
 * @path: (nullable): the plan to show, or %NULL for the one that is shown or the first
 *
 * Looks anew for the plans there are.
 */
void
td_floor_view_reload (TdFloorView *self,
                      const char  *path)
{
  g_autofree char *wanted = g_strdup (path != NULL ? path : self->path);
  g_autoptr (GtkStringList) titles = gtk_string_list_new (NULL);
  guint selected = 0;

  g_return_if_fail (TD_IS_FLOOR_VIEW (self));

  g_strfreev (self->paths);
  self->paths = td_floor_plan_list ();
  for (guint i = 0; self->paths[i] != NULL; i++)
    {
      g_autofree char *title = dup_title (self->paths[i]);

      gtk_string_list_append (titles, title);
      if (g_strcmp0 (self->paths[i], wanted) == 0)
        selected = i;
    }

  self->is_filling = TRUE;
  gtk_drop_down_set_model (self->plans, G_LIST_MODEL (titles));
  gtk_drop_down_set_selected (self->plans, self->paths[0] != NULL ? selected : GTK_INVALID_LIST_POSITION);
  self->is_filling = FALSE;
  gtk_widget_set_visible (GTK_WIDGET (self->plans), self->paths[0] != NULL);
  gtk_widget_set_visible (self->edit, self->paths[0] != NULL);

  if (self->paths[0] != NULL)
    show_plan (self, self->paths[selected]);
  else
    show_problem (self, _ ("There is no floor plan yet"));
}
