/* td-wall-host.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-wall-host.h"

#include <locale.h>

#include "td-file-watch.h"
#include "td-profile.h"
#include "td-secrets.h"
#include "td-desk-listener.h"
#include "td-wall-file.h"
#include "td-wall-window.h"
#include "td-watchdog.h"

/* A wall whose main loop has stood still for so long is started anew. */
#define STILL_S 30

/* A profile that cannot be read may be mended while a wall hangs there. */
#define RETRY_S 30

struct _TdWallHost
{
  GObject parent_instance;

  TdWall         *wall;     /* (owned) (nullable): of the command line */
  char           *path;     /* (owned) (nullable): its file */
  char           *error;    /* (owned) (nullable): why its file is not it */
  TdWallWindow   *window;   /* (unowned) (nullable) */
  TdSession      *session;  /* (owned) (nullable): what is watched, for the desks */
  TdAlertShare   *share;    /* (owned) (nullable): likewise */
  TdDeskListener *desks;    /* (owned) (nullable): on other computers, that a program that is a wall hears */
  TdWatchdog     *watchdog; /* (owned) (nullable) */
  char           *profile;  /* (owned) (nullable): that is followed */
  TdFileWatch    *settings; /* (owned) (nullable): of its file */
  TdFileWatch    *secret;   /* (owned) (nullable): of the file with its secret */
  GSettings      *sounds;   /* (owned) (nullable): the program's, with what the wall's file says of sounds */
  guint           retry_source;
  gboolean        is_watching;
};

G_DEFINE_FINAL_TYPE (TdWallHost, td_wall_host, G_TYPE_OBJECT)

enum {
  BEGIN,
  LANGUAGE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/**
 * td_wall_host_load:
 * @self: a host
 * @path: the wall's file; empty for the one that there is without a name
 * @is_light: light, whatever the file says
 *
 * Makes the program a wall. To be called before anything is translated: the
 * file may name a language. One that cannot be read says so on the screen.
 */
void
td_wall_host_load (TdWallHost *self,
                   const char *path,
                   gboolean    is_light)
{
  g_autoptr (GError) error = NULL;

  g_return_if_fail (TD_IS_WALL_HOST (self) && self->wall == NULL);

  /* From here on whatever is waited for may not come, the display included. */
  self->watchdog = td_watchdog_start (STILL_S);
  self->path = *path != '\0' ? g_strdup (path) : td_wall_file_get_default_path ();
  if (*path != '\0' || g_file_test (self->path, G_FILE_TEST_EXISTS))
    self->wall = td_wall_file_load (self->path, &error);
  if (error != NULL)
    {
      g_printerr ("tongdai: %s\n", error->message);
      self->error = g_strdup (error->message);
    }
  if (self->wall == NULL)
    self->wall = td_wall_new ();
  if (is_light)
    self->wall->is_light = TRUE;
  if (self->wall->language != NULL)
    {
      g_setenv ("LANGUAGE", self->wall->language, TRUE);
      setlocale (LC_ALL, "");
    }
}

/**
 * td_wall_host_is_program:
 * @self: a host
 *
 * Returns: whether the program is a wall, and has no desk
 */
gboolean
td_wall_host_is_program (TdWallHost *self)
{
  g_return_val_if_fail (TD_IS_WALL_HOST (self), FALSE);

  return self->wall != NULL;
}

/**
 * td_wall_host_get_profile:
 * @self: a host
 *
 * Returns: (nullable): the profile that the wall's file names
 */
const char *
td_wall_host_get_profile (TdWallHost *self)
{
  g_return_val_if_fail (TD_IS_WALL_HOST (self), NULL);

  return self->wall != NULL ? self->wall->profile : NULL;
}

/* What is not applied is written nowhere. */
static void
set_volume (TdWallHost *self)
{
  if (self->sounds == NULL)
    return;
  g_settings_revert (self->sounds);
  if (TD_IS_KNOWN (self->wall->sound))
    g_settings_set_int (self->sounds, "sound-volume", (int)self->wall->sound);
}

/**
 * td_wall_host_ref_settings:
 * @self: a host
 * @settings: (nullable): the program's
 *
 * Returns: (transfer full) (nullable): the same for a desk; for a program that
 *   is a wall with the volume that its file names, now and when that changes
 */
GSettings *
td_wall_host_ref_settings (TdWallHost *self,
                           GSettings  *settings)
{
  g_autofree char *schema = NULL;

  g_return_val_if_fail (TD_IS_WALL_HOST (self), NULL);

  if (settings == NULL || self->wall == NULL)
    return settings != NULL ? g_object_ref (settings) : NULL;

  if (self->sounds == NULL)
    {
      g_object_get (settings, "schema-id", &schema, NULL);
      self->sounds = g_settings_new (schema);
      g_settings_delay (self->sounds);
      set_volume (self);
    }

  return g_object_ref (self->sounds);
}

static GTimeZone *
ref_zone (TdWallHost *self)
{
  TdWatch *watch = self->session != NULL ? td_session_get_watch (self->session) : NULL;

  return watch != NULL ? g_time_zone_ref (td_centre_get_timezone (td_watch_get_centre (watch))) : g_time_zone_new_local ();
}

static void
show_desks (TdWallHost *self)
{
  g_autoptr (GTimeZone) zone = ref_zone (self);
  g_autofree char *trouble = self->desks != NULL ? td_desk_listener_describe_trouble (self->desks, zone) : NULL;

  if (self->window == NULL)
    return;
  td_wall_window_set_desks (self->window,
                            self->desks != NULL ? td_desk_listener_get_message (self->desks, g_get_real_time ()) : NULL,
                            trouble, self->desks != NULL && td_desk_listener_hears (self->desks));
}

/* A desk hears others in the folder that they share, not as a wall does. */
static void
hear_desks (TdWallHost *self)
{
  const TdProfile *profile = self->session != NULL ? td_session_get_profile (self->session) : NULL;

  g_clear_object (&self->desks);
  if (self->wall != NULL && self->wall->desks != NULL && profile != NULL)
    {
      self->desks = td_desk_listener_new (self->wall, self->path, profile->name);
      td_desk_listener_set_share (self->desks, self->share);
      g_signal_connect_object (self->desks, "changed", G_CALLBACK (show_desks), self, G_CONNECT_SWAPPED);
    }
  show_desks (self);
}

static gboolean
is_same_list (char **a,
              char **b)
{
  return a == NULL || b == NULL ? a == b : g_strv_equal ((const char *const *)a, (const char *const *)b);
}

/* Its file was changed: what was wrong with it is mended, or it names another profile or language. */
static void
wall_changed_cb (TdWallHost   *self,
                 const TdWall *wall)
{
  gboolean begin_anew = self->error != NULL || g_strcmp0 (self->wall->profile, wall->profile) != 0;
  gboolean others;

  if (g_strcmp0 (self->wall->language, wall->language) != 0)
    {
      g_signal_emit (self, signals[LANGUAGE], 0);
      return;
    }

  others = !is_same_list (self->wall->desks, wall->desks) || g_strcmp0 (self->wall->desk_key_file, wall->desk_key_file) != 0;
  td_wall_free (self->wall);
  self->wall = td_wall_copy (wall);
  set_volume (self);
  g_clear_pointer (&self->error, g_free);
  if (begin_anew)
    g_signal_emit (self, signals[BEGIN], 0);
  else if (others)
    hear_desks (self);
}

/**
 * td_wall_host_open:
 * @self: a host whose wall was loaded
 * @app: the application
 * @width: of the screen, in pixels, or 0 for that of the monitor
 * @height: likewise
 *
 * Puts the wall on the screen, and ends the program when it stands still.
 */
void
td_wall_host_open (TdWallHost     *self,
                   GtkApplication *app,
                   int             width,
                   int             height)
{
  g_return_if_fail (TD_IS_WALL_HOST (self) && self->wall != NULL);

  if (self->window != NULL)
    {
      gtk_window_present (GTK_WINDOW (self->window));
      return;
    }

  g_set_weak_pointer (&self->window, TD_WALL_WINDOW (td_wall_window_new (app, self->wall)));
  if (width > 0)
    td_wall_window_set_size (self->window, width, height);
  td_wall_window_set_file (self->window, self->path);
  g_signal_connect_object (self->window, "wall", G_CALLBACK (wall_changed_cb), self, G_CONNECT_SWAPPED);
  if (self->error != NULL)
    td_wall_window_set_trouble (self->window, self->error);
  else
    g_signal_emit (self, signals[BEGIN], 0);
  gtk_window_present (GTK_WINDOW (self->window));
}

/**
 * td_wall_host_toggle:
 * @self: a host
 * @app: the application
 * @session: what is watched at the desk
 *
 * Opens the wall that stands in its place at this machine, or closes it.
 */
void
td_wall_host_toggle (TdWallHost     *self,
                     GtkApplication *app,
                     TdSession      *session)
{
  g_autofree char *path = td_wall_file_get_default_path ();
  g_autoptr (TdWall) wall = NULL;
  g_autoptr (GError) error = NULL;

  g_return_if_fail (TD_IS_WALL_HOST (self) && self->wall == NULL);

  if (self->window != NULL)
    {
      gtk_window_close (GTK_WINDOW (self->window));
      return;
    }

  if (g_file_test (path, G_FILE_TEST_EXISTS))
    wall = td_wall_file_load (path, &error);
  if (wall == NULL)
    wall = td_wall_new ();
  g_set_weak_pointer (&self->window, TD_WALL_WINDOW (td_wall_window_new (app, wall)));
  td_wall_window_let_close (self->window);
  td_wall_window_set_session (self->window, session);
  td_wall_window_set_file (self->window, path);
  if (error != NULL)
    td_wall_window_refuse_file (self->window, path, error->message);
  gtk_window_present (GTK_WINDOW (self->window));
}

/**
 * td_wall_host_set_session:
 * @self: a host
 * @session: what is watched from now on
 */
void
td_wall_host_set_session (TdWallHost *self,
                          TdSession  *session)
{
  g_return_if_fail (TD_IS_WALL_HOST (self));

  self->is_watching = TRUE;
  if (self->window != NULL)
    td_wall_window_set_session (self->window, session);
  g_set_object (&self->session, session);
  hear_desks (self);
}

/**
 * td_wall_host_set_share:
 * @self: a host
 * @share: (nullable): of what is watched
 */
void
td_wall_host_set_share (TdWallHost   *self,
                        TdAlertShare *share)
{
  g_return_if_fail (TD_IS_WALL_HOST (self));

  g_set_object (&self->share, share);
  if (self->desks != NULL)
    td_desk_listener_set_share (self->desks, share);
}

/* Somebody mended it, or changed what is good; what is broken now leaves the numbers that there are. */
static void
profile_changed_cb (TdWallHost *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TdProfile) profile = td_profile_load (self->profile, &error);

  if (self->window == NULL)
    return;
  if (profile == NULL && self->is_watching)
    {
      g_printerr ("tongdai: %s\n", error->message);
      td_wall_window_refuse_file (self->window, td_file_watch_get_path (self->settings), error->message);
      return;
    }

  td_wall_window_refuse_file (self->window, NULL, NULL);
  g_signal_emit (self, signals[BEGIN], 0);
}

/**
 * td_wall_host_follow:
 * @self: a host
 * @profile: the name of what is watched from now on
 *
 * Where the program is a wall, begins anew as soon as the profile's file or the
 * file of its secret is another: nobody is there to choose it again.
 */
void
td_wall_host_follow (TdWallHost *self,
                     const char *profile)
{
  g_autofree char *settings = NULL;
  g_autofree char *secret = NULL;
  char            *name;

  g_return_if_fail (TD_IS_WALL_HOST (self));

  if (self->wall == NULL || g_strcmp0 (self->profile, profile) == 0)
    return;

  name = g_strdup (profile);
  g_free (self->profile);
  self->profile = name;
  settings = td_profile_get_path (profile);
  secret = td_secrets_get_file_path (profile);
  g_clear_object (&self->settings);
  g_clear_object (&self->secret);
  self->settings = td_file_watch_new (settings);
  self->secret = td_file_watch_new (secret);
  g_signal_connect_object (self->settings, "changed", G_CALLBACK (profile_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->secret, "changed", G_CALLBACK (profile_changed_cb), self, G_CONNECT_SWAPPED);
}

static gboolean
retry_cb (gpointer user_data)
{
  TdWallHost *self = user_data;

  self->retry_source = 0;
  g_signal_emit (self, signals[BEGIN], 0);

  return G_SOURCE_REMOVE;
}

/**
 * td_wall_host_tell:
 * @self: a host
 * @trouble: why there is nothing to watch
 *
 * Writes it on a program that is a wall, and tries again after a while: nobody
 * is there to press a button.
 */
void
td_wall_host_tell (TdWallHost *self,
                   const char *trouble)
{
  g_return_if_fail (TD_IS_WALL_HOST (self));

  if (self->wall == NULL || self->window == NULL)
    return;

  td_wall_host_set_session (self, NULL);
  self->is_watching = FALSE;
  td_wall_window_set_trouble (self->window, trouble);
  if (self->retry_source == 0)
    self->retry_source = g_timeout_add_seconds (RETRY_S, retry_cb, self);
}

static void
td_wall_host_finalize (GObject *object)
{
  TdWallHost *self = TD_WALL_HOST (object);

  g_clear_handle_id (&self->retry_source, g_source_remove);
  g_clear_pointer (&self->watchdog, td_watchdog_stop);
  g_clear_object (&self->desks);
  g_clear_object (&self->share);
  g_clear_object (&self->sounds);
  g_clear_object (&self->session);
  g_clear_weak_pointer (&self->window);
  g_clear_object (&self->settings);
  g_clear_object (&self->secret);
  g_clear_pointer (&self->profile, g_free);
  g_clear_pointer (&self->wall, td_wall_free);
  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->error, g_free);

  G_OBJECT_CLASS (td_wall_host_parent_class)->finalize (object);
}

static void
td_wall_host_class_init (TdWallHostClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = td_wall_host_finalize;

  signals[BEGIN] = g_signal_new ("begin", TD_TYPE_WALL_HOST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[LANGUAGE] = g_signal_new ("language", TD_TYPE_WALL_HOST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
td_wall_host_init (TdWallHost *self)
{
}

/**
 * td_wall_host_new:
 *
 * Returns: (transfer full): a host without a wall
 */
TdWallHost *
td_wall_host_new (void)
{
  return g_object_new (TD_TYPE_WALL_HOST, NULL);
}
