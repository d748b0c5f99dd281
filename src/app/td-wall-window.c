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
#include "td-message-watch.h"
#include "td-wall-file.h"
#include "td-wall-monitors.h"
#include "td-wall-turn.h"
#include "td-wall-view.h"

/* What failed is tried again so much later. */
#define RETRY_S 30

struct _TdWallWindow
{
  GtkApplicationWindow parent_instance;

  TdWall         *wall;         /* (owned) */
  TdSession      *session;      /* (owned) (nullable) */
  TdFileWatch    *file;         /* (owned) (nullable): of the wall's file */
  TdMessageWatch *message;      /* (owned) (nullable): what is said at this computer */
  TdWallMessage   desk_message; /* what is said at others */
  char           *notice;       /* (owned) (nullable): what is wrong with the file */
  char           *desk_trouble; /* (owned) (nullable): what is wrong with a desk */
  TdWallTurn     *turn;         /* around @view */
  TdWallView     *view;
  TdWallWindow   *first;   /* (unowned) (nullable): of which it is another screen */
  GPtrArray      *others;  /* (owned) (nullable) (element-type TdWallWindow): one a screen, NULL while its monitor is away */
  char           *trouble; /* (owned) (nullable) */
  AdwColorScheme  scheme_before;
  guint           inhibition;
  guint           retry_source;
  guint           fill_source;
  gboolean        has_size;  /* of its own: it is no full screen */
  gboolean        can_close; /* by a key */
  gboolean        hears_desks;
};

enum {
  WALL,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TdWallWindow, td_wall_window, GTK_TYPE_APPLICATION_WINDOW)

static void          set_notice (TdWallWindow *self,
                                 const char   *notice);
static TdWallWindow *create (GtkApplication *app,
                             const TdWall   *wall);

static int *
assign (TdWallWindow *self)
{
  return td_wall_monitors_assign (gtk_widget_get_display (GTK_WIDGET (self)), self->wall);
}

static GdkMonitor *
ref_monitor (TdWallWindow *self,
             int           index)
{
  return td_wall_monitors_ref (gtk_widget_get_display (GTK_WIDGET (self)), index);
}

/* Over the whole of @monitor, or of whichever the window manager likes. */
static void
fill_monitor (TdWallWindow *self,
              GdkMonitor   *monitor)
{
  if (self->has_size)
    return;
  if (monitor != NULL)
    gtk_window_fullscreen_on_monitor (GTK_WINDOW (self), monitor);
  else
    gtk_window_fullscreen (GTK_WINDOW (self));
}

/* Without a window manager nobody else gives it the screen's size. */
static void
take_monitor_size (TdWallWindow *self,
                   GdkMonitor   *monitor)
{
  GdkRectangle geometry;

  if (monitor == NULL)
    return;
  gdk_monitor_get_geometry (monitor, &geometry);
  gtk_window_set_default_size (GTK_WINDOW (self), geometry.width, geometry.height);
}

static void
show_wall (TdWallWindow *self,
           const TdWall *wall)
{
  TdWall *before = self->wall;

  self->wall = td_wall_copy (wall);
  td_wall_free (before);
  td_wall_turn_set_wall (self->turn, self->wall);
  td_wall_view_set_wall (self->view, self->wall);
}

static void
open_other (TdWallWindow *self,
            guint         index,
            GdkMonitor   *monitor)
{
  TdWallWindow *other = create (gtk_window_get_application (GTK_WINDOW (self)), self->wall->screens->pdata[index]);

  self->others->pdata[index] = other;
  other->first = self;
  other->has_size = self->has_size;
  other->can_close = self->can_close;
  take_monitor_size (other, monitor);
  fill_monitor (other, monitor);
  td_wall_window_set_session (other, self->session);
  td_wall_window_set_trouble (other, self->trouble);
  set_notice (other, self->notice);
  td_wall_window_set_desks (other, &self->desk_message, self->desk_trouble, self->hears_desks);
  gtk_window_present (GTK_WINDOW (other));
}

static void
close_other (gpointer data)
{
  TdWallWindow *other = data;

  if (other == NULL)
    return;
  other->first = NULL;
  gtk_window_destroy (GTK_WINDOW (other));
}

/* A monitor that went away takes its window along, and brings it back. */
static void
fill_screens (TdWallWindow *self)
{
  g_autofree int *chosen = NULL;
  guint           n = td_wall_get_n_screens (self->wall);
  g_autoptr (GdkMonitor) monitor = NULL;

  if (self->first != NULL || gtk_window_get_application (GTK_WINDOW (self)) == NULL)
    return;

  chosen = assign (self);
  monitor = ref_monitor (self, chosen[0]);
  /* Where nothing is named the window manager knows best. */
  if (n == 1 && self->wall->monitor == NULL)
    fill_monitor (self, NULL);
  else if (monitor != NULL)
    fill_monitor (self, monitor);
  /* Every monitor may have a screen of its own. */
  gtk_widget_set_visible (GTK_WIDGET (self), monitor != NULL || n == 1 || self->has_size);

  if (self->others == NULL)
    self->others = g_ptr_array_new_with_free_func (close_other);
  while (self->others->len > n - 1)
    g_ptr_array_remove_index (self->others, self->others->len - 1);
  while (self->others->len < n - 1)
    g_ptr_array_add (self->others, NULL);
  for (guint i = 0; i < self->others->len; i++)
    {
      TdWallWindow *other = self->others->pdata[i];
      g_autoptr (GdkMonitor) own = ref_monitor (self, chosen[i + 1]);

      if (own == NULL)
        {
          self->others->pdata[i] = NULL;
          close_other (other);
        }
      else if (other == NULL)
        open_other (self, i, own);
      else
        {
          show_wall (other, self->wall->screens->pdata[i]);
          fill_monitor (other, own);
        }
    }
}

static gboolean
fill_cb (gpointer user_data)
{
  TdWallWindow *self = user_data;

  self->fill_source = 0;
  fill_screens (self);

  return G_SOURCE_REMOVE;
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
  if (self->retry_source == 0 && self->first == NULL)
    self->retry_source = g_timeout_add_seconds (RETRY_S, retry_cb, self);
}

static void
set_style (TdWallWindow *self)
{
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                      self->wall->is_light ? ADW_COLOR_SCHEME_FORCE_LIGHT : ADW_COLOR_SCHEME_FORCE_DARK);
}

/* What is wrong with its file comes before what is wrong with a desk. */
static void
show_notice (TdWallWindow *self)
{
  td_wall_view_set_notice (self->view, self->notice != NULL ? self->notice : self->desk_trouble);
}

static void
set_notice (TdWallWindow *self,
            const char   *notice)
{
  g_free (self->notice);
  self->notice = g_strdup (notice);
  show_notice (self);
  for (guint i = 0; self->others != NULL && i < self->others->len; i++)
    {
      if (self->others->pdata[i] != NULL)
        set_notice (self->others->pdata[i], notice);
    }
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
      g_printerr ("tongdai: %s\n", error->message);
      td_wall_window_refuse_file (self, path, error->message);
      return;
    }

  show_wall (self, wall);
  set_style (self);
  set_notice (self, NULL);
  fill_screens (self);
  g_signal_emit (self, signals[WALL], 0, self->wall);
}

/* What was typed at this computer, or with its settings, comes before what is heard from others. */
static void
show_message (TdWallWindow *self)
{
  static const TdWallMessage nothing = TD_WALL_MESSAGE_NONE;
  const TdWallMessage       *message = self->message != NULL ? td_message_watch_get_message (self->message) : &nothing;

  if (!td_wall_message_is_up (message, g_get_real_time ()))
    message = &self->desk_message;
  td_wall_view_set_message (self->view, message);
}

/* The message goes to who watches the same profile. */
static void
watch_message (TdWallWindow *self)
{
  const TdProfile *profile = td_session_get_profile (self->session);

  g_clear_object (&self->message);
  self->message = td_message_watch_new (profile != NULL ? profile->name : NULL);
  g_signal_connect_object (self->message, "changed", G_CALLBACK (show_message), self, G_CONNECT_SWAPPED);
  show_message (self);
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
  TdWallWindow *self = TD_WALL_WINDOW (widget);

  if (!self->can_close)
    return FALSE;

  gtk_window_close (GTK_WINDOW (self->first != NULL ? self->first : self));

  return TRUE;
}

static void
td_wall_window_realize (GtkWidget *widget)
{
  TdWallWindow *self = TD_WALL_WINDOW (widget);
  GtkWindow    *window = GTK_WINDOW (widget);

  GTK_WIDGET_CLASS (td_wall_window_parent_class)->realize (widget);
  gtk_widget_set_cursor_from_name (widget, "none");
  if (self->inhibition == 0)
    self->inhibition = gtk_application_inhibit (gtk_window_get_application (window), window, GTK_APPLICATION_INHIBIT_IDLE,
                                                _ ("The wall has to stay in sight"));
}

/* The toolkit's inspector is a window beside it, and asks first. */
static gboolean
td_wall_window_enable_debugging (GtkWindow *window,
                                 gboolean   toggle)
{
  return FALSE;
}

/* The others stand beside one that is there. */
static void
td_wall_window_map (GtkWidget *widget)
{
  TdWallWindow *self = TD_WALL_WINDOW (widget);

  GTK_WIDGET_CLASS (td_wall_window_parent_class)->map (widget);
  if (self->fill_source == 0)
    self->fill_source = g_idle_add (fill_cb, self);
}

/* Another screen that is closed from outside comes back with the next change. */
static void
leave_first (TdWallWindow *self)
{
  guint index;

  if (self->first != NULL && self->first->others != NULL && g_ptr_array_find (self->first->others, self, &index))
    self->first->others->pdata[index] = NULL;
  self->first = NULL;
}

static void
td_wall_window_dispose (GObject *object)
{
  TdWallWindow   *self = TD_WALL_WINDOW (object);
  GtkApplication *app = gtk_window_get_application (GTK_WINDOW (self));

  g_clear_handle_id (&self->fill_source, g_source_remove);
  leave_first (self);
  g_clear_pointer (&self->others, g_ptr_array_unref);
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
  g_clear_pointer (&TD_WALL_WINDOW (object)->trouble, g_free);
  g_clear_pointer (&TD_WALL_WINDOW (object)->notice, g_free);
  g_clear_pointer (&TD_WALL_WINDOW (object)->desk_trouble, g_free);
  td_wall_message_clear (&TD_WALL_WINDOW (object)->desk_message);

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
  widget_class->map = td_wall_window_map;
  GTK_WINDOW_CLASS (klass)->enable_debugging = td_wall_window_enable_debugging;

  signals[WALL] = g_signal_new ("wall", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 1, G_TYPE_POINTER);

  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, close_cb, NULL);
}

static void
td_wall_window_init (TdWallWindow *self)
{
  gtk_window_set_decorated (GTK_WINDOW (self), FALSE);
  gtk_window_set_title (GTK_WINDOW (self), _ ("Wall"));
  self->desk_message = (TdWallMessage)TD_WALL_MESSAGE_NONE;
}

static TdWallWindow *
create (GtkApplication *app,
        const TdWall   *wall)
{
  TdWallWindow *self = g_object_new (TD_TYPE_WALL_WINDOW, "application", app, NULL);

  self->wall = td_wall_copy (wall);
  self->scheme_before = adw_style_manager_get_color_scheme (adw_style_manager_get_default ());
  set_style (self);
  self->view = TD_WALL_VIEW (td_wall_view_new (wall));
  self->turn = TD_WALL_TURN (td_wall_turn_new (GTK_WIDGET (self->view), wall));
  gtk_window_set_child (GTK_WINDOW (self), GTK_WIDGET (self->turn));

  return self;
}

/**
 * td_wall_window_new:
 * @app: the application
 * @wall: what is shown; copied
 *
 * The style of the whole program follows the wall until it is closed. Other
 * screens of the wall have windows that come and go with their monitors.
 *
 * Returns: (transfer floating): a wall, to be presented
 */
GtkWidget *
td_wall_window_new (GtkApplication *app,
                    const TdWall   *wall)
{
  TdWallWindow   *self;
  g_autofree int *chosen = NULL;
  g_autoptr (GdkMonitor) monitor = NULL;

  g_return_val_if_fail (wall != NULL, NULL);

  self = create (app, wall);
  chosen = assign (self);
  monitor = ref_monitor (self, chosen[0]);
  take_monitor_size (self, monitor);
  /* Where nothing is named the window manager knows best. */
  fill_monitor (self, wall->monitor != NULL || td_wall_get_n_screens (wall) > 1 ? monitor : NULL);
  /* A monitor that was unplugged comes back. */
  g_signal_connect_object (gdk_display_get_monitors (gtk_widget_get_display (GTK_WIDGET (self))), "items-changed",
                           G_CALLBACK (fill_screens), self, G_CONNECT_SWAPPED);

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
  for (guint i = 0; self->others != NULL && i < self->others->len; i++)
    {
      if (self->others->pdata[i] != NULL)
        td_wall_window_set_session (self->others->pdata[i], session);
    }
  g_clear_pointer (&self->trouble, g_free);
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
  char *kept;

  g_return_if_fail (TD_IS_WALL_WINDOW (self));

  kept = g_strdup (trouble);
  g_free (self->trouble);
  self->trouble = kept;
  td_wall_view_set_trouble (self->view, trouble);
  for (guint i = 0; self->others != NULL && i < self->others->len; i++)
    {
      if (self->others->pdata[i] != NULL)
        td_wall_window_set_trouble (self->others->pdata[i], trouble);
    }
}

/**
 * td_wall_window_refuse_file:
 * @self: a wall
 * @path: (nullable): a file that cannot be used
 * @message: (nullable): what is wrong with it
 *
 * Says so in the foot, below what there is to show; without a message it says it no longer.
 */
void
td_wall_window_refuse_file (TdWallWindow *self,
                            const char   *path,
                            const char   *message)
{
  g_return_if_fail (TD_IS_WALL_WINDOW (self));

  if (message != NULL && path != NULL)
    {
      g_autofree char *folder = g_path_get_dirname (path);

      /* A foot has room for the file and the key, not for its folder. */
      if (g_str_has_prefix (message, folder))
        message += strlen (folder) + 1;
    }
  set_notice (self, message);
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
 * td_wall_window_set_desks:
 * @self: a wall
 * @message: (nullable): what desks on other computers say to the room; copied
 * @trouble: (nullable): what is wrong with one, translated
 * @are_heard: whether all of them tell who takes an alert
 *
 * Where they do, what nobody has taken is said to be taken by nobody, and stays.
 */
void
td_wall_window_set_desks (TdWallWindow        *self,
                          const TdWallMessage *message,
                          const char          *trouble,
                          gboolean             are_heard)
{
  g_autofree char *kept = g_strdup (trouble);
  g_auto (TdWallMessage) said = TD_WALL_MESSAGE_NONE;
  gboolean is_new;

  g_return_if_fail (TD_IS_WALL_WINDOW (self));

  td_wall_message_set (&said, message);
  is_new = !td_wall_message_equal (&said, &self->desk_message);
  self->hears_desks = are_heard;
  td_wall_view_set_knows_owners (self->view, self->can_close || are_heard);
  g_free (self->desk_trouble);
  self->desk_trouble = g_steal_pointer (&kept);
  show_notice (self);
  if (is_new)
    {
      td_wall_message_set (&self->desk_message, &said);
      show_message (self);
    }
  for (guint i = 0; self->others != NULL && i < self->others->len; i++)
    {
      if (self->others->pdata[i] != NULL)
        td_wall_window_set_desks (self->others->pdata[i], &self->desk_message, self->desk_trouble, are_heard);
    }
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
