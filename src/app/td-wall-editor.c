/* td-wall-editor.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-wall-editor.h"

#include <glib/gi18n.h>

#include "td-file.h"
#include "td-wall-file.h"
#include "td-wall-monitors.h"
#include "td-wall-preview.h"
#include "td-wall-screens.h"
#include "td-wall-settings.h"

/* What is typed is written once it is not going on. */
#define SAVE_MS 400

/* What could not be written is tried again: there may be room on the disk by then. */
#define RETRY_S 5

#define SETTINGS_WIDTH 440

/* How long a screen that was removed can be brought back. */
#define UNDO_S 20

struct _TdWallEditor
{
  AdwWindow parent_instance;

  char            *path;  /* (owned) */
  TdWatch         *watch; /* (owned) (nullable) */
  TdWall          *wall;  /* (owned): as it is edited */
  guint            chosen;
  TdWall          *removed;       /* (owned) (nullable): the screen that was removed last */
  guint            removed_index; /* where it was */
  char            *removed_text;  /* (owned) (nullable): the file with it */
  AdwToast        *toast;         /* (owned) (nullable): that offers to bring it back */
  TdWallScreens   *screens;
  AdwToastOverlay *overlay;
  GtkBox          *both;
  TdWallSettings  *settings;
  TdWallPreview   *preview;
  GtkLabel        *problem;
  guint            save_source;
};

G_DEFINE_FINAL_TYPE (TdWallEditor, td_wall_editor, ADW_TYPE_WINDOW)

static void
show_problem (TdWallEditor *self,
              const char   *problem)
{
  gtk_label_set_text (self->problem, problem != NULL ? problem : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), problem != NULL);
}

/* Why the wall cannot be written, or NULL. */
static char *
find_problem (TdWallEditor *self)
{
  for (guint i = 0; i < td_wall_get_n_screens (self->wall); i++)
    {
      const TdWall    *screen = td_wall_get_screen (self->wall, i);
      g_autofree char *title = td_wall_screens_make_title (self->wall, i);

      /* Translators: the name of a screen. */
      if (screen->n_pages == 0)
        return g_strdup_printf (_ ("%s has no page to show (one of a message needs its text); as long as that is so, nothing is written."), title);
      /* Translators: the name of a screen. */
      if (screen->n_numbers == 0)
        return g_strdup_printf (_ ("%s has no number for its first page; as long as that is so, nothing is written."), title);
    }

  return NULL;
}

/* What was written is read as a wall reads it: the file may say more than what is edited here.
 * Returns: whether there is nothing that the file is to blame for */
static gboolean
save (TdWallEditor *self)
{
  g_autofree char *problem = find_problem (self);
  g_autoptr (GError) error = NULL;
  g_autoptr (TdWall) read = NULL;

  g_clear_handle_id (&self->save_source, g_source_remove);
  if (problem == NULL && td_wall_file_save (self->path, self->wall, &error))
    read = td_wall_file_load (self->path, &error);
  show_problem (self, error != NULL ? error->message : problem);

  return error == NULL;
}

static gboolean
save_cb (gpointer user_data)
{
  TdWallEditor *self = user_data;

  self->save_source = 0;
  if (!save (self))
    self->save_source = g_timeout_add_seconds (RETRY_S, save_cb, self);

  return G_SOURCE_REMOVE;
}

static void
show_preview (TdWallEditor *self)
{
  GdkDisplay     *display = gtk_widget_get_display (GTK_WIDGET (self));
  g_autofree int *monitors = td_wall_monitors_assign (display, self->wall);
  g_autoptr (GdkMonitor) monitor = td_wall_monitors_ref (display, monitors[self->chosen]);
  const TdWall *screen = td_wall_get_screen (self->wall, self->chosen);

  td_wall_preview_set_monitor (self->preview, monitor);
  if (screen->n_pages > 0)
    td_wall_preview_set_wall (self->preview, screen);
}

/* The wall is another than it was: it is shown, and written after a while. */
static void
change (TdWallEditor *self)
{
  g_autofree char *problem = NULL;

  td_wall_settle (self->wall);
  problem = find_problem (self);
  show_problem (self, problem);
  show_preview (self);
  g_clear_handle_id (&self->save_source, g_source_remove);
  if (problem == NULL)
    self->save_source = g_timeout_add (SAVE_MS, save_cb, self);
}

static void
settings_changed_cb (TdWallEditor *self)
{
  TdWall  *copy = td_wall_copy (td_wall_settings_get_wall (self->settings));
  gboolean has_other_name = FALSE;

  if (self->chosen == 0)
    {
      has_other_name = g_strcmp0 (copy->monitor, self->wall->monitor) != 0;
      g_clear_pointer (&copy->screens, g_ptr_array_unref);
      copy->screens = g_steal_pointer (&self->wall->screens);
      td_wall_free (self->wall);
      self->wall = copy;
    }
  else
    {
      td_wall_free (self->wall->screens->pdata[self->chosen - 1]);
      self->wall->screens->pdata[self->chosen - 1] = copy;
    }
  change (self);
  if (has_other_name)
    td_wall_screens_set (self->screens, self->wall, self->chosen);
}

static void
show_screen (TdWallEditor *self,
             guint         index)
{
  TdCentre *centre = self->watch != NULL ? td_watch_get_centre (self->watch) : NULL;

  self->chosen = index;
  if (self->settings != NULL)
    gtk_box_remove (self->both, GTK_WIDGET (self->settings));
  self->settings = TD_WALL_SETTINGS (td_wall_settings_new (td_wall_get_screen (self->wall, index), index > 0 ? self->wall : NULL, centre));
  gtk_widget_set_size_request (GTK_WIDGET (self->settings), SETTINGS_WIDTH, -1);
  gtk_widget_set_hexpand (GTK_WIDGET (self->settings), FALSE);
  gtk_box_append (self->both, GTK_WIDGET (self->settings));
  g_signal_connect_object (self->settings, "changed", G_CALLBACK (settings_changed_cb), self, G_CONNECT_SWAPPED);
  show_preview (self);
}

/* There are other screens than before. */
static void
show_screens (TdWallEditor *self,
              guint         chosen)
{
  td_wall_screens_set (self->screens, self->wall, chosen);
  show_screen (self, chosen);
}

/* --- screens that come and go ------------------------------------------------ */

static void
forget_removed (TdWallEditor *self)
{
  g_clear_pointer (&self->removed, td_wall_free);
  g_clear_pointer (&self->removed_text, g_free);
  if (self->toast != NULL)
    adw_toast_dismiss (self->toast);
  g_clear_object (&self->toast);
}

static void
added_cb (TdWallEditor *self,
          const char   *name)
{
  forget_removed (self);
  td_wall_add_screen (self->wall, name);
  change (self);
  show_screens (self, td_wall_get_n_screens (self->wall) - 1);
}

/* The file as it was with that screen comes back, for what a person wrote there, and what was changed since into it. */
static void
undo_cb (TdWallEditor *self)
{
  g_autoptr (GError) error = NULL;
  guint index = self->removed_index;

  if (self->removed == NULL)
    return;

  if (self->removed_text != NULL && !td_file_save (self->path, self->removed_text, -1, &error))
    {
      show_problem (self, error->message);
      return;
    }
  g_ptr_array_insert (self->wall->screens, (int)index - 1, g_steal_pointer (&self->removed));
  forget_removed (self);
  change (self);
  show_screens (self, index);
}

static void
removed_cb (TdWallEditor *self)
{
  g_autofree char *title = td_wall_screens_make_title (self->wall, self->chosen);
  g_autofree char *text = NULL;
  guint            index = self->chosen;

  forget_removed (self);
  if (self->save_source != 0)
    save (self);
  /* A file that is not there yet has nothing that could be lost. */
  g_file_get_contents (self->path, &self->removed_text, NULL, NULL);
  self->removed_index = index;
  self->removed = g_ptr_array_steal_index (self->wall->screens, index - 1);
  self->chosen = index - 1;
  change (self);
  show_screens (self, index - 1);

  /* Translators: the name of a screen. */
  text = g_strdup_printf (_ ("“%s” is removed"), title);
  self->toast = g_object_ref (adw_toast_new (text));
  adw_toast_set_button_label (self->toast, _ ("_Undo"));
  adw_toast_set_timeout (self->toast, UNDO_S);
  g_signal_connect_object (self->toast, "button-clicked", G_CALLBACK (undo_cb), self, G_CONNECT_SWAPPED);
  adw_toast_overlay_add_toast (self->overlay, g_object_ref (self->toast));
}

static void
chosen_cb (TdWallEditor *self,
           guint         index)
{
  show_screen (self, index);
}

/* --- the window ---------------------------------------------------------------- */

static void
td_wall_editor_dispose (GObject *object)
{
  TdWallEditor *self = TD_WALL_EDITOR (object);

  if (self->save_source != 0)
    save (self);
  g_clear_pointer (&self->removed, td_wall_free);
  g_clear_object (&self->toast);
  g_clear_object (&self->watch);

  G_OBJECT_CLASS (td_wall_editor_parent_class)->dispose (object);
}

static void
td_wall_editor_finalize (GObject *object)
{
  TdWallEditor *self = TD_WALL_EDITOR (object);

  g_clear_pointer (&self->wall, td_wall_free);
  g_free (self->removed_text);
  g_free (self->path);

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
create_picture (TdWallEditor *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *place = gtk_label_new (self->path);

  self->preview = TD_WALL_PREVIEW (td_wall_preview_new (self->wall, self->watch));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->preview));

  self->problem = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (self->problem, TRUE);
  gtk_label_set_wrap_mode (self->problem, PANGO_WRAP_WORD_CHAR);
  gtk_widget_add_css_class (GTK_WIDGET (self->problem), "error");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), FALSE);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->problem));

  gtk_label_set_ellipsize (GTK_LABEL (place), PANGO_ELLIPSIZE_START);
  gtk_label_set_selectable (GTK_LABEL (place), TRUE);
  gtk_widget_add_css_class (place, "caption");
  gtk_box_append (GTK_BOX (box), place);
  gtk_widget_set_margin_start (box, 18);
  gtk_widget_set_margin_end (box, 18);
  gtk_widget_set_margin_top (box, 18);
  gtk_widget_set_margin_bottom (box, 18);

  return box;
}

static void
monitors_cb (TdWallEditor *self)
{
  td_wall_screens_set (self->screens, self->wall, self->chosen);
  show_preview (self);
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
  GtkWidget    *box, *bar;
  g_autoptr (GError) error = NULL;

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
    self->wall = td_wall_file_load (path, &error);
  if (self->wall == NULL)
    self->wall = td_wall_new ();

  box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  bar = adw_header_bar_new ();
  self->screens = TD_WALL_SCREENS (td_wall_screens_new ());
  adw_header_bar_pack_start (ADW_HEADER_BAR (bar), GTK_WIDGET (self->screens));
  gtk_box_append (GTK_BOX (box), bar);
  self->overlay = ADW_TOAST_OVERLAY (adw_toast_overlay_new ());
  self->both = GTK_BOX (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0));
  gtk_widget_set_vexpand (GTK_WIDGET (self->both), TRUE);
  gtk_box_append (self->both, create_picture (self));
  adw_toast_overlay_set_child (self->overlay, GTK_WIDGET (self->both));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->overlay));
  adw_window_set_content (ADW_WINDOW (self), box);
  show_screens (self, 0);
  if (error != NULL)
    show_problem (self, error->message);
  g_signal_connect_object (self->screens, "chosen", G_CALLBACK (chosen_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->screens, "added", G_CALLBACK (added_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->screens, "removed", G_CALLBACK (removed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (gdk_display_get_monitors (gtk_widget_get_display (GTK_WIDGET (self))), "items-changed",
                           G_CALLBACK (monitors_cb), self, G_CONNECT_SWAPPED);

  return GTK_WIDGET (self);
}
