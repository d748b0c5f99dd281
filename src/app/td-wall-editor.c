/* td-wall-editor.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-wall-editor.h"

#include <glib/gi18n.h>

#include "td-wall-file.h"
#include "td-wall-settings.h"
#include "td-wall-view.h"

/* What is typed is written once it is not going on. */
#define SAVE_MS 400

struct _TdWallEditor
{
  AdwWindow parent_instance;

  char           *path;  /* (owned) */
  TdWatch        *watch; /* (owned) (nullable) */
  TdWallSettings *settings;
  TdWallView     *view;
  GtkLabel       *problem;
  guint           save_source;
};

G_DEFINE_FINAL_TYPE (TdWallEditor, td_wall_editor, ADW_TYPE_WINDOW)

static void
show_problem (TdWallEditor *self,
              const char   *problem)
{
  gtk_label_set_text (self->problem, problem != NULL ? problem : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), problem != NULL);
}

static gboolean
save (TdWallEditor *self)
{
  g_autoptr (TdWall) wall = td_wall_settings_read (self->settings);
  g_autoptr (GError) error = NULL;

  if (wall == NULL)
    return FALSE;
  if (td_wall_file_save (self->path, wall, &error))
    return TRUE;
  show_problem (self, error->message);

  return FALSE;
}

static gboolean
save_cb (gpointer user_data)
{
  TdWallEditor *self = user_data;

  self->save_source = 0;
  save (self);

  return G_SOURCE_REMOVE;
}

static void
changed_cb (TdWallEditor *self)
{
  g_autoptr (TdWall) wall = td_wall_settings_read (self->settings);

  g_clear_handle_id (&self->save_source, g_source_remove);
  if (wall == NULL)
    {
      show_problem (self, _ ("A wall has one page and one number at least; as long as it has none, nothing is written."));
      return;
    }

  show_problem (self, NULL);
  td_wall_view_set_own_style (self->view, wall->is_light);
  td_wall_view_set_wall (self->view, wall);
  self->save_source = g_timeout_add (SAVE_MS, save_cb, self);
}

static void
page_cb (TdWallEditor *self,
         int           step)
{
  td_wall_view_step (self->view, step);
}

static void
back_cb (TdWallEditor *self)
{
  page_cb (self, -1);
}

static void
forward_cb (TdWallEditor *self)
{
  page_cb (self, 1);
}

static void
td_wall_editor_dispose (GObject *object)
{
  TdWallEditor *self = TD_WALL_EDITOR (object);

  if (self->save_source != 0)
    {
      g_clear_handle_id (&self->save_source, g_source_remove);
      save (self);
    }
  if (self->view != NULL)
    td_wall_view_set_watch (self->view, NULL);
  self->view = NULL;
  g_clear_object (&self->watch);

  G_OBJECT_CLASS (td_wall_editor_parent_class)->dispose (object);
}

static void
td_wall_editor_finalize (GObject *object)
{
  g_free (TD_WALL_EDITOR (object)->path);

  G_OBJECT_CLASS (td_wall_editor_parent_class)->finalize (object);
}

static void
td_wall_editor_class_init (TdWallEditorClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = td_wall_editor_dispose;
  object_class->finalize = td_wall_editor_finalize;

  gtk_widget_class_add_binding_action (GTK_WIDGET_CLASS (klass), GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
td_wall_editor_init (TdWallEditor *self)
{
}

static GtkWidget *
create_step (TdWallEditor *self,
             const char   *icon,
             const char   *text,
             GCallback     callback)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_set_tooltip_text (button, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  g_signal_connect_object (button, "clicked", callback, self, G_CONNECT_SWAPPED);

  return button;
}

static GtkWidget *
create_preview (TdWallEditor *self,
                const TdWall *wall)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *frame = gtk_aspect_frame_new (0.5f, 0.5f, 16 / 9.0f, FALSE);
  GtkWidget *steps = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *place = gtk_label_new (NULL);

  self->view = TD_WALL_VIEW (td_wall_view_new (wall));
  gtk_widget_set_size_request (GTK_WIDGET (self->view), 480, 270);
  gtk_widget_set_hexpand (GTK_WIDGET (self->view), TRUE);
  gtk_widget_set_vexpand (GTK_WIDGET (self->view), TRUE);
  td_wall_view_set_own_style (self->view, wall->is_light);
  td_wall_view_set_watch (self->view, self->watch);
  gtk_aspect_frame_set_child (GTK_ASPECT_FRAME (frame), GTK_WIDGET (self->view));
  gtk_widget_set_vexpand (frame, TRUE);
  gtk_box_append (GTK_BOX (box), frame);

  gtk_widget_set_halign (steps, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (steps), create_step (self, "go-previous-symbolic", _ ("The page before"), G_CALLBACK (back_cb)));
  gtk_box_append (GTK_BOX (steps), create_step (self, "go-next-symbolic", _ ("The next page"), G_CALLBACK (forward_cb)));
  gtk_box_append (GTK_BOX (box), steps);

  self->problem = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (self->problem, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->problem), "error");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), FALSE);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->problem));

  gtk_label_set_text (GTK_LABEL (place), self->path);
  gtk_label_set_ellipsize (GTK_LABEL (place), PANGO_ELLIPSIZE_START);
  gtk_label_set_selectable (GTK_LABEL (place), TRUE);
  gtk_widget_set_focusable (place, FALSE);
  gtk_widget_add_css_class (place, "caption");
  gtk_box_append (GTK_BOX (box), place);
  gtk_widget_set_margin_start (box, 18);
  gtk_widget_set_margin_end (box, 18);
  gtk_widget_set_margin_top (box, 18);
  gtk_widget_set_margin_bottom (box, 18);

  return box;
}

/**
 * td_wall_editor_new:
 * @parent: (nullable): over which it opens
 * @path: of the wall's file, whether or not it is there
 * @watch: (nullable): what is shown in the preview
 *
 * A file that cannot be read is told of, and stays as it is until something is
 * changed here.
 *
 * Returns: (transfer floating): an editor
 */
GtkWidget *
td_wall_editor_new (GtkWindow  *parent,
                    const char *path,
                    TdWatch    *watch)
{
  TdWallEditor *self;
  GtkWidget    *box, *both, *bar;
  g_autoptr (GError) error = NULL;
  g_autoptr (TdWall) wall = NULL;

  g_return_val_if_fail (path != NULL, NULL);

  self = g_object_new (TD_TYPE_WALL_EDITOR,
                       "title", _ ("Wall of This Computer"),
                       "default-width", 1120,
                       "default-height", 680,
                       "transient-for", parent,
                       "destroy-with-parent", TRUE,
                       NULL);
  self->path = g_strdup (path);
  self->watch = watch != NULL ? g_object_ref (watch) : NULL;
  if (g_file_test (path, G_FILE_TEST_EXISTS))
    wall = td_wall_file_load (path, &error);
  if (wall == NULL)
    wall = td_wall_new ();

  box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  bar = adw_header_bar_new ();
  gtk_box_append (GTK_BOX (box), bar);
  both = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_set_vexpand (both, TRUE);
  gtk_box_append (GTK_BOX (both), create_preview (self, wall));
  self->settings = TD_WALL_SETTINGS (td_wall_settings_new (wall, watch != NULL ? td_watch_get_centre (watch) : NULL));
  gtk_widget_set_size_request (GTK_WIDGET (self->settings), 440, -1);
  gtk_widget_set_hexpand (GTK_WIDGET (self->settings), FALSE);
  gtk_box_append (GTK_BOX (both), GTK_WIDGET (self->settings));
  gtk_box_append (GTK_BOX (box), both);
  adw_window_set_content (ADW_WINDOW (self), box);
  if (error != NULL)
    show_problem (self, error->message);
  g_signal_connect_object (self->settings, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);

  return GTK_WIDGET (self);
}
