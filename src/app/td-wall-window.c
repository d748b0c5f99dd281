/* td-wall-window.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-wall-window.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <string.h>

#include "td-file-watch.h"
#include "td-wall-file.h"
#include "td-wall-view.h"

/* What failed is tried again so much later. */
#define RETRY_S 30

struct _TdWallWindow
{
  GtkApplicationWindow parent_instance;

  TdWall        *wall;    /* (owned) */
  TdSession     *session; /* (owned) (nullable) */
  TdFileWatch   *file;    /* (owned) (nullable): of the wall's file */
  TdFileWatch   *message; /* (owned) (nullable): of what the desk says */
  TdWallView    *view;
  AdwColorScheme scheme_before;
  guint          inhibition;
  guint          retry_source;
  gboolean       has_size;  /* of its own: it is no full screen */
  gboolean       can_close; /* by a key */
};

enum {
  WALL,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TdWallWindow, td_wall_window, GTK_TYPE_APPLICATION_WINDOW)

static gboolean
is_monitor (GdkMonitor *monitor,
            const char *name)
{
  return g_strcmp0 (gdk_monitor_get_connector (monitor), name) == 0 || g_strcmp0 (gdk_monitor_get_model (monitor), name) == 0;
}

/* The one that the wall names, or NULL for wherever it comes. */
static GdkMonitor *
ref_monitor (TdWallWindow *self)
{
  GListModel *monitors = gdk_display_get_monitors (gtk_widget_get_display (GTK_WIDGET (self)));

  if (self->wall->monitor == NULL)
    return NULL;
  for (guint i = 0; i < g_list_model_get_n_items (monitors); i++)
    {
      g_autoptr (GdkMonitor) monitor = g_list_model_get_item (monitors, i);

      if (is_monitor (monitor, self->wall->monitor))
        return g_steal_pointer (&monitor);
    }

  return NULL;
}

static void
fill_screen (TdWallWindow *self)
{
  g_autoptr (GdkMonitor) monitor = ref_monitor (self);

  if (self->has_size)
    return;
  if (monitor != NULL)
    gtk_window_fullscreen_on_monitor (GTK_WINDOW (self), monitor);
  else
    gtk_window_fullscreen (GTK_WINDOW (self));
}

/* Without a window manager nobody else gives it the screen's size. */
static void
take_screen_size (TdWallWindow *self)
{
  g_autoptr (GdkMonitor) monitor = ref_monitor (self);
  GListModel  *monitors = gdk_display_get_monitors (gtk_widget_get_display (GTK_WIDGET (self)));
  GdkRectangle geometry;

  if (monitor == NULL)
    monitor = g_list_model_get_item (monitors, 0);
  if (monitor == NULL)
    return;
  gdk_monitor_get_geometry (monitor, &geometry);
  gtk_window_set_default_size (GTK_WINDOW (self), geometry.width, geometry.height);
}

static gboolean
retry_cb (gpointer user_data)
{
  TdWallWindow *self = user_data;

  self->retry_source = 0;
  if (self->session != NULL && td_session_has_failed (self->session))
    td_session_start (self->session);

  return G_SOURCE_REMOVE;
}

static void
watching_cb (TdWallWindow *self)
{
  td_wall_view_set_trouble (self->view, NULL);
  td_wall_view_set_watch (self->view, td_session_get_watch (self->session));
}

static void
failed_cb (TdWallWindow    *self,
           TdSessionFailure failure,
           const char      *message)
{
  /* Once there was something to see, the watch itself says that it is lost. */
  if (td_session_get_watch (self->session) == NULL)
    td_wall_view_set_trouble (self->view, message);
  if (self->retry_source == 0)
    self->retry_source = g_timeout_add_seconds (RETRY_S, retry_cb, self);
}

static void
set_style (TdWallWindow *self)
{
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                      self->wall->is_light ? ADW_COLOR_SCHEME_FORCE_LIGHT : ADW_COLOR_SCHEME_FORCE_DARK);
}

/* What can be read is shown at once; what cannot leaves the last that could be. */
static void
file_changed_cb (TdWallWindow *self)
{
  const char *path = td_file_watch_get_path (self->file);
  g_autoptr (GError) error = NULL;
  g_autoptr (TdWall) wall = td_wall_file_load (path, &error);

  if (wall == NULL)
    {
      g_autofree char *folder = g_path_get_dirname (path);
      const char      *reason = error->message;

      g_printerr ("tongdai: %s\n", error->message);
      /* A foot has room for the file and the key, not for its folder. */
      if (g_str_has_prefix (reason, folder))
        reason += strlen (folder) + 1;
      td_wall_view_set_notice (self->view, reason);
      return;
    }

  td_wall_free (self->wall);
  self->wall = g_steal_pointer (&wall);
  set_style (self);
  td_wall_view_set_notice (self->view, NULL);
  td_wall_view_set_wall (self->view, self->wall);
  fill_screen (self);
  g_signal_emit (self, signals[WALL], 0, self->wall);
}

static void
message_changed_cb (TdWallWindow *self)
{
  g_autoptr (GError) error = NULL;
  g_auto (TdWallMessage) message = { NULL, TD_UNKNOWN };

  if (td_wall_message_load (td_file_watch_get_path (self->message), &message, &error))
    td_wall_view_set_message (self->view, &message);
  else
    g_printerr ("tongdai: %s\n", error->message);
}

/* The message goes to who watches the same profile. */
static void
watch_message (TdWallWindow *self)
{
  const TdProfile *profile = td_session_get_profile (self->session);
  g_autofree char *path = td_wall_message_get_path (profile != NULL ? profile->name : NULL);

  g_clear_object (&self->message);
  self->message = td_file_watch_new (path);
  g_signal_connect_object (self->message, "changed", G_CALLBACK (message_changed_cb), self, G_CONNECT_SWAPPED);
  message_changed_cb (self);
}

static void
drop_session (TdWallWindow *self)
{
  g_clear_object (&self->message);
  g_clear_handle_id (&self->retry_source, g_source_remove);
  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  g_clear_object (&self->session);
}

static gboolean
close_cb (GtkWidget *widget,
          GVariant  *arguments,
          gpointer   user_data)
{
  if (!TD_WALL_WINDOW (widget)->can_close)
    return FALSE;

  gtk_window_close (GTK_WINDOW (widget));

  return TRUE;
}

static void
td_wall_window_realize (GtkWidget *widget)
{
  TdWallWindow *self = TD_WALL_WINDOW (widget);
  GtkWindow    *window = GTK_WINDOW (widget);

  GTK_WIDGET_CLASS (td_wall_window_parent_class)->realize (widget);
  gtk_widget_set_cursor_from_name (widget, "none");
  self->inhibition = gtk_application_inhibit (gtk_window_get_application (window), window, GTK_APPLICATION_INHIBIT_IDLE,
                                              _ ("The wall has to stay in sight"));
  /* A monitor that was unplugged comes back. */
  g_signal_connect_object (gdk_display_get_monitors (gtk_widget_get_display (widget)), "items-changed",
                           G_CALLBACK (fill_screen), self, G_CONNECT_SWAPPED);
}

static void
td_wall_window_dispose (GObject *object)
{
  TdWallWindow   *self = TD_WALL_WINDOW (object);
  GtkApplication *app = gtk_window_get_application (GTK_WINDOW (self));

  if (self->inhibition != 0 && app != NULL)
    gtk_application_uninhibit (app, self->inhibition);
  self->inhibition = 0;
  if (self->view != NULL)
    {
      td_wall_view_set_watch (self->view, NULL);
      adw_style_manager_set_color_scheme (adw_style_manager_get_default (), self->scheme_before);
    }
  self->view = NULL;
  g_clear_object (&self->file);
  drop_session (self);

  G_OBJECT_CLASS (td_wall_window_parent_class)->dispose (object);
}

static void
td_wall_window_finalize (GObject *object)
{
  g_clear_pointer (&TD_WALL_WINDOW (object)->wall, td_wall_free);

  G_OBJECT_CLASS (td_wall_window_parent_class)->finalize (object);
}

static void
td_wall_window_class_init (TdWallWindowClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = td_wall_window_dispose;
  object_class->finalize = td_wall_window_finalize;
  widget_class->realize = td_wall_window_realize;

  signals[WALL] = g_signal_new ("wall", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 1, G_TYPE_POINTER);

  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, close_cb, NULL);
}

static void
td_wall_window_init (TdWallWindow *self)
{
  gtk_window_set_decorated (GTK_WINDOW (self), FALSE);
  gtk_window_set_title (GTK_WINDOW (self), _ ("Wall"));
}

/**
 * td_wall_window_new:
 * @app: the application
 * @wall: what is shown; copied
 *
 * The style of the whole program follows the wall until it is closed.
 *
 * Returns: (transfer floating): a wall, to be presented
 */
GtkWidget *
td_wall_window_new (GtkApplication *app,
                    const TdWall   *wall)
{
  TdWallWindow    *self;
  AdwStyleManager *manager = adw_style_manager_get_default ();

  g_return_val_if_fail (wall != NULL, NULL);

  self = g_object_new (TD_TYPE_WALL_WINDOW, "application", app, NULL);
  self->wall = td_wall_copy (wall);
  self->scheme_before = adw_style_manager_get_color_scheme (manager);
  set_style (self);
  self->view = TD_WALL_VIEW (td_wall_view_new (wall));
  gtk_window_set_child (GTK_WINDOW (self), GTK_WIDGET (self->view));
  take_screen_size (self);
  fill_screen (self);

  return GTK_WIDGET (self);
}

/**
 * td_wall_window_set_size:
 * @self: a wall that is not presented yet
 * @width: pixels
 * @height: pixels
 *
 * Makes it a window of that size in the place of a full screen.
 */
void
td_wall_window_set_size (TdWallWindow *self,
                         int           width,
                         int           height)
{
  g_return_if_fail (TD_IS_WALL_WINDOW (self));

  self->has_size = TRUE;
  gtk_window_unfullscreen (GTK_WINDOW (self));
  gtk_window_set_default_size (GTK_WINDOW (self), width, height);
}

/**
 * td_wall_window_set_session:
 * @self: a wall
 * @session: (nullable): what is watched; started anew by the wall where it fails
 */
void
td_wall_window_set_session (TdWallWindow *self,
                            TdSession    *session)
{
  g_return_if_fail (TD_IS_WALL_WINDOW (self));

  drop_session (self);
  td_wall_view_set_trouble (self->view, NULL);
  td_wall_view_set_watch (self->view, session != NULL ? td_session_get_watch (session) : NULL);
  if (session == NULL)
    return;

  self->session = g_object_ref (session);
  g_signal_connect_swapped (session, "watching", G_CALLBACK (watching_cb), self);
  g_signal_connect_swapped (session, "failed", G_CALLBACK (failed_cb), self);
  watch_message (self);
}

/**
 * td_wall_window_set_trouble:
 * @self: a wall
 * @trouble: (nullable): why there is nothing to show, translated
 */
void
td_wall_window_set_trouble (TdWallWindow *self,
                            const char   *trouble)
{
  g_return_if_fail (TD_IS_WALL_WINDOW (self));

  td_wall_view_set_trouble (self->view, trouble);
}

/**
 * td_wall_window_set_file:
 * @self: a wall
 * @path: its file, which was read; whether or not it is there
 *
 * Follows the file from now on: what it says anew is shown within seconds, and
 * told by TdWallWindow::wall; where it cannot be read, the wall says so and
 * goes on as it was.
 */
void
td_wall_window_set_file (TdWallWindow *self,
                         const char   *path)
{
  g_return_if_fail (TD_IS_WALL_WINDOW (self));
  g_return_if_fail (path != NULL);

  g_clear_object (&self->file);
  self->file = td_file_watch_new (path);
  g_signal_connect_object (self->file, "changed", G_CALLBACK (file_changed_cb), self, G_CONNECT_SWAPPED);
}

/**
 * td_wall_window_let_close:
 * @self: a wall at a desk
 *
 * Lets Escape end it, and says of an alert that nobody has taken it.
 */
void
td_wall_window_let_close (TdWallWindow *self)
{
  g_return_if_fail (TD_IS_WALL_WINDOW (self));

  self->can_close = TRUE;
  td_wall_view_set_knows_owners (self->view, TRUE);
}
