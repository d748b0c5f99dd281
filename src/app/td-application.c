/* td-application.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-application.h"

#include <glib/gi18n.h>

#include "td-alert-outward.h"
#include "td-alert-share.h"
#include "td-assistant.h"
#include "td-command-line.h"
#include "td-display-loss.h"
#include "td-options.h"
#include "td-preferences.h"
#include "td-profile-menu.h"
#include "td-renderer.h"
#include "td-room-desk.h"
#include "td-session.h"
#include "td-supervision-backend.h"
#include "td-wall-editor.h"
#include "td-wall-file.h"
#include "td-wall-host.h"
#include "td-wall-message-dialog.h"
#include "td-wall-message.h"
#include "td-window-place.h"
#include "td-window.h"

struct _TdApplication
{
  AdwApplication parent_instance;

  TdOptions      *options;     /* (owned) (nullable) */
  TdBackend      *backend;     /* (owned) (nullable): made from the options */
  TdSession      *session;     /* (owned) (nullable) */
  char           *unusable;    /* (owned) (nullable): the profile that was chosen, but cannot be read */
  TdAssistant    *assistant;   /* (unowned) (nullable) */
  TdPreferences  *preferences; /* (unowned) (nullable) */
  TdRenderer     *renderer;    /* (owned) (nullable) */
  TdAlertShare   *share;       /* (owned) (nullable) */
  TdRoomDesk     *room;        /* (owned) (nullable): what walls on other computers hear */
  TdAlertOutward *outward;     /* (owned) (nullable) */
  GSettings      *settings;    /* (owned) (nullable) */
  TdWallHost     *wall;        /* (owned) */
  TdWallEditor   *wall_editor; /* (unowned) (nullable) */
  int             status;
  gboolean        starts_anew;
};

G_DEFINE_FINAL_TYPE (TdApplication, td_application, ADW_TYPE_APPLICATION)

static TdWindow *
get_window (TdApplication *self)
{
  GList *windows = gtk_application_get_windows (GTK_APPLICATION (self));

  for (GList *l = windows; l != NULL; l = l->next)
    {
      if (TD_IS_WINDOW (l->data))
        return l->data;
    }

  return NULL;
}

static void
update_profiles (TdApplication *self)
{
  TdWindow        *window = get_window (self);
  const TdProfile *profile = self->session != NULL ? td_session_get_profile (self->session) : NULL;
  GAction         *chosen = g_action_map_lookup_action (G_ACTION_MAP (self), "profile");
  GAction         *preferences = g_action_map_lookup_action (G_ACTION_MAP (self), "preferences");

  g_simple_action_set_state (G_SIMPLE_ACTION (chosen),
                             g_variant_new_string (profile != NULL          ? profile->name
                                                   : self->unusable != NULL ? self->unusable
                                                                            : ""));
  g_simple_action_set_enabled (G_SIMPLE_ACTION (preferences), profile != NULL);
  if (window != NULL)
    {
      g_autoptr (GMenuModel) menu = td_profile_menu_new ();

      td_window_set_profiles (window, menu, profile != NULL ? profile->title : self->unusable);
    }
}

/* A wall has nobody to say it to. */
static void
say_cb (TdApplication *self,
        const char    *text)
{
  TdWindow *window = get_window (self);

  if (window != NULL)
    td_window_say (window, text);
}

/* Of what is watched now, or of nothing. */
static void
set_share (TdApplication *self,
           TdAlertShare  *share)
{
  g_set_object (&self->share, share);
  td_wall_host_set_share (self->wall, share);
  if (self->room != NULL)
    td_room_desk_set_share (self->room, share);
}

static void
watching_cb (TdApplication *self)
{
  TdWindow        *window = get_window (self);
  const TdProfile *profile = td_session_get_profile (self->session);
  TdAlertDesk     *alerts = td_watch_get_alerts (td_session_get_watch (self->session));

  if (window != NULL)
    td_window_set_watch (window, td_session_get_watch (self->session));
  if (self->settings != NULL)
    g_settings_bind (self->settings, "person", alerts, "who", G_SETTINGS_BIND_DEFAULT);
  /* Each program has a simulated centre of its own. */
  set_share (self, NULL);
  if (profile != NULL && !td_session_is_demo (self->session))
    {
      g_autoptr (TdAlertShare) share = td_alert_share_new (td_alert_desk_get_board (alerts), profile->name);

      g_signal_connect_object (share, "said", G_CALLBACK (say_cb), self, G_CONNECT_SWAPPED);
      set_share (self, share);
    }
  if (self->room != NULL)
    td_room_desk_set_profile (self->room, profile != NULL ? profile->name : NULL);
}

static void
session_failed_cb (TdApplication   *self,
                   TdSessionFailure failure,
                   const char      *message)
{
  TdWindow *window = get_window (self);

  g_printerr ("tongdai: %s\n", message);
  /* Once there was something to see, the watch itself says that it is lost. */
  if (td_session_get_watch (self->session) != NULL && failure == TD_SESSION_FAILURE_DEMO)
    return;

  if (window != NULL && failure == TD_SESSION_FAILURE_DEMO)
    td_window_show_failure (window, _ ("The Demo Centre Does Not Run"), message, NULL, NULL);
  else if (window != NULL)
    {
      td_window_set_watch (window, NULL);
      td_window_show_failure (window, _ ("The Centre Cannot Be Watched"), message, _ ("_Preferences…"), "app.preferences");
    }
  if (self->renderer != NULL)
    {
      self->status = 1;
      g_application_quit (G_APPLICATION (self));
    }
}

static void
drop_session (TdApplication *self)
{
  if (self->session == NULL)
    return;

  g_signal_handlers_disconnect_by_data (self->session, self);
  if (self->outward != NULL)
    td_alert_outward_set_session (self->outward, NULL);
  set_share (self, NULL);
  if (self->room != NULL)
    td_room_desk_set_profile (self->room, NULL);
  td_session_stop (self->session);
  g_clear_object (&self->session);
}

/* Ends what is watched and begins with another centre, at once. */
static void
use_session (TdApplication *self,
             TdSession     *session)
{
  TdWindow *window = get_window (self);

  if (self->preferences != NULL)
    gtk_window_destroy (GTK_WINDOW (self->preferences));
  if (self->wall_editor != NULL)
    gtk_window_destroy (GTK_WINDOW (self->wall_editor));
  drop_session (self);
  g_clear_pointer (&self->unusable, g_free);
  self->session = g_object_ref (session);
  g_signal_connect_object (session, "watching", G_CALLBACK (watching_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "failed", G_CALLBACK (session_failed_cb), self, G_CONNECT_SWAPPED);

  if (window != NULL)
    {
      td_window_set_watch (window, NULL);
      if (td_session_is_demo (session))
        td_window_show_starting (window);
      else
        td_window_show_looking (window);
    }
  td_wall_host_set_session (self->wall, session);
  if (self->outward != NULL)
    td_alert_outward_set_session (self->outward, session);
  update_profiles (self);
  td_session_start (session);
}

static void
open_profile (TdApplication *self,
              const char    *name)
{
  TdWindow   *window = get_window (self);
  const char *secret = NULL;
  g_autoptr (TdProfile) profile = NULL;
  g_autoptr (TdSession) session = NULL;
  g_autoptr (GError) error = NULL;

  td_wall_host_follow (self->wall, name);
  profile = td_profile_load (name, &error);
  if (profile == NULL)
    {
      g_printerr ("tongdai: %s\n", error->message);
      drop_session (self);
      g_free (self->unusable);
      self->unusable = g_strdup (name);
      update_profiles (self);
      if (window != NULL)
        {
          td_window_set_watch (window, NULL);
          td_window_show_failure (window, _ ("The Profile Cannot Be Used"), error->message, _ ("_Open the File"), "app.open-file");
        }
      td_wall_host_tell (self->wall, error->message);
      return;
    }

  /* The secret of the command line is that of the profile it names, or its wall's file does. */
  if (self->options != NULL &&
      g_strcmp0 (self->options->profile != NULL ? self->options->profile : td_wall_host_get_profile (self->wall), name) == 0)
    secret = self->options->secret;
  session = td_session_new (profile, secret);
  use_session (self, session);
  /* What a wall shows is not what the desk of the same person opens next. */
  if (self->settings != NULL && !td_wall_host_is_program (self->wall))
    g_settings_set_string (self->settings, "profile", name);
}

/* The one that was used last, else the first; nothing where there is none. */
static void
open_any_profile (TdApplication *self)
{
  g_auto (GStrv) names = td_profile_list ();
  g_autofree char *last = self->settings != NULL ? g_settings_get_string (self->settings, "profile") : NULL;
  TdWindow        *window = get_window (self);

  drop_session (self);
  g_clear_pointer (&self->unusable, g_free);
  if (last != NULL && g_strv_contains ((const char *const *)names, last))
    open_profile (self, last);
  else if (names[0] != NULL)
    open_profile (self, names[0]);
  else
    {
      update_profiles (self);
      if (window != NULL)
        {
          td_window_set_watch (window, NULL);
          td_window_show_welcome (window);
        }
      td_wall_host_tell (self->wall, _ ("There is no centre to watch: name a profile in the wall’s file, or add a centre at a desk."));
    }
}

static void
assistant_finished_cb (TdApplication *self,
                       const char    *name)
{
  open_profile (self, name);
}

static void
add_centre (TdApplication *self)
{
  TdAssistant *assistant;

  if (self->assistant != NULL)
    {
      gtk_window_present (GTK_WINDOW (self->assistant));
      return;
    }

  assistant = td_assistant_new (GTK_WINDOW (get_window (self)));
  g_signal_connect_object (assistant, "finished", G_CALLBACK (assistant_finished_cb), self, G_CONNECT_SWAPPED);
  g_set_weak_pointer (&self->assistant, assistant);
  gtk_window_present (GTK_WINDOW (assistant));
}

static void
preferences_changed_cb (TdApplication *self)
{
  update_profiles (self);
  if (self->outward != NULL)
    td_alert_outward_update (self->outward, FALSE);
}

static void
webhook_secret_changed_cb (TdApplication *self)
{
  if (self->outward != NULL)
    td_alert_outward_update (self->outward, TRUE);
}

static void
show_preferences (TdApplication *self)
{
  TdPreferences *preferences;

  if (self->preferences != NULL)
    {
      gtk_window_present (GTK_WINDOW (self->preferences));
      return;
    }

  preferences = td_preferences_new (GTK_WINDOW (get_window (self)), self->session, self->settings, self->room);
  g_signal_connect_object (preferences, "changed", G_CALLBACK (preferences_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (preferences, "webhook-secret-changed", G_CALLBACK (webhook_secret_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (preferences, "deleted", G_CALLBACK (open_any_profile), self, G_CONNECT_SWAPPED);
  g_set_weak_pointer (&self->preferences, preferences);
  gtk_window_present (GTK_WINDOW (preferences));
}

static void
demo_action_cb (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       user_data)
{
  g_autoptr (TdSession) session = td_session_new_for_demo (NULL);

  use_session (user_data, session);
}

static void
profile_action_cb (GSimpleAction *action,
                   GVariant      *parameter,
                   gpointer       user_data)
{
  TdApplication   *self = user_data;
  const char      *name = g_variant_get_string (parameter, NULL);
  const TdProfile *profile = self->session != NULL ? td_session_get_profile (self->session) : NULL;

  if (profile == NULL || !g_str_equal (profile->name, name))
    open_profile (self, name);
}

static void
add_centre_action_cb (GSimpleAction *action,
                      GVariant      *parameter,
                      gpointer       user_data)
{
  add_centre (user_data);
}

static void
preferences_action_cb (GSimpleAction *action,
                       GVariant      *parameter,
                       gpointer       user_data)
{
  show_preferences (user_data);
}

static void
retry_action_cb (GSimpleAction *action,
                 GVariant      *parameter,
                 gpointer       user_data)
{
  TdApplication *self = user_data;
  TdWindow      *window = get_window (self);

  if (self->unusable != NULL)
    {
      g_autofree char *name = g_strdup (self->unusable);

      open_profile (self, name);
      return;
    }
  if (self->session == NULL || !td_session_has_failed (self->session))
    return;

  if (window != NULL && td_session_get_watch (self->session) == NULL)
    {
      if (td_session_is_demo (self->session))
        td_window_show_starting (window);
      else
        td_window_show_looking (window);
    }
  td_session_start (self->session);
}

/* The file of a profile that cannot be read, for whoever knows its format. */
static void
open_file_action_cb (GSimpleAction *action,
                     GVariant      *parameter,
                     gpointer       user_data)
{
  TdApplication   *self = user_data;
  g_autofree char *path = self->unusable != NULL ? td_profile_get_path (self->unusable) : NULL;
  g_autofree char *uri = path != NULL ? g_filename_to_uri (path, NULL, NULL) : NULL;

  if (uri != NULL)
    gtk_show_uri (GTK_WINDOW (get_window (self)), uri, GDK_CURRENT_TIME);
}

/* Asks the source; a simulated centre that is gone is started anew. */
static void
try_now_action_cb (GSimpleAction *action,
                   GVariant      *parameter,
                   gpointer       user_data)
{
  TdApplication *self = user_data;
  TdWatch       *watch = self->session != NULL ? td_session_get_watch (self->session) : NULL;

  if (self->session != NULL && td_session_has_failed (self->session))
    td_session_start (self->session);
  else if (watch != NULL)
    td_poller_poll_now (td_watch_get_poller (watch));
}

static void
quit_action_cb (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       user_data)
{
  GtkWindow *window = GTK_WINDOW (get_window (user_data));

  if (window != NULL)
    gtk_window_close (window);
  else
    g_application_quit (user_data);
}

static void
about_action_cb (GSimpleAction *action,
                 GVariant      *parameter,
                 gpointer       user_data)
{
  adw_show_about_window (GTK_WINDOW (get_window (user_data)),
                         "application-name", "Tổng Đài",
                         "application-icon", TD_APP_ID,
                         "version", TD_VERSION,
                         "comments", _ ("Queues, callers and agents of a call centre, live."),
                         "license-type", GTK_LICENSE_GPL_3_0,
                         /* Translators: your names, one a line. */
                         "translator-credits", _ ("translator-credits"),
                         NULL);
}

static void wall_settings_cb (GSimpleAction *action,
                              GVariant      *parameter,
                              gpointer       user_data);
static void wall_message_cb (GSimpleAction *action,
                             GVariant      *parameter,
                             gpointer       user_data);
static void wall_action_cb (GSimpleAction *action,
                            GVariant      *parameter,
                            gpointer       user_data);

static const GActionEntry actions[] = {
  { .name = "demo", .activate = demo_action_cb },
  { .name = "profile", .activate = profile_action_cb, .parameter_type = "s", .state = "''" },
  { .name = "add-centre", .activate = add_centre_action_cb },
  { .name = "preferences", .activate = preferences_action_cb },
  { .name = "open-file", .activate = open_file_action_cb },
  { .name = "retry", .activate = retry_action_cb },
  { .name = "try-now", .activate = try_now_action_cb },
  { .name = "about", .activate = about_action_cb },
  { .name = "wall", .activate = wall_action_cb },
  { .name = "wall-message", .activate = wall_message_cb },
  { .name = "wall-settings", .activate = wall_settings_cb },
  { .name = "quit", .activate = quit_action_cb },
};

static void
set_accels (GtkApplication *app,
            gboolean        is_wall)
{
  static const struct
  {
    const char *action;
    const char *accels[3];
  } table[] = {
    { "app.quit", { "<Control>q" } },
    { "window.close", { "<Control>w" } },
    { "win.show-page('overview')", { "<Control>1" } },
    { "win.show-page('queues')", { "<Control>2" } },
    { "win.show-page('agents')", { "<Control>3" } },
    { "win.show-page('rates')", { "<Control>4" } },
    { "win.show-page('alerts')", { "<Control>5" } },
    { "win.show-page('report')", { "<Control>6" } },
    { "win.print", { "<Control>p" } },
    { "win.export-page", { "<Control>e" } },
    { "win.save-picture", { "<Control><Shift>s" } },
    { "win.copy-picture", { "<Control><Shift>c" } },
    { "win.what-if", { "<Control>i" } },
    { "win.filter", { "<Control>f" } },
    { "app.try-now", { "F5" } },
    { "app.preferences", { "<Control>comma" } },
    { "app.add-centre", { "<Control>n" } },
    { "app.wall", { "F11" } },
    { "app.wall-message", { "<Control>m" } },
    { "win.show-help-overlay", { "F1", "<Control>question" } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      /* A wall opens nothing, whoever leans on a keyboard; it can be ended, or asked to look again. */
      if (!is_wall || g_str_equal (table[i].action, "app.quit") || g_str_equal (table[i].action, "app.try-now"))
        gtk_application_set_accels_for_action (app, table[i].action, table[i].accels);
    }
}

static void
td_application_startup (GApplication *app)
{
  TdApplication         *self = TD_APPLICATION (app);
  GSettingsSchemaSource *source;
  g_autoptr (GSettingsSchema) schema = NULL;

  G_APPLICATION_CLASS (td_application_parent_class)->startup (app);
  td_display_loss_tell ();

  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
  set_accels (GTK_APPLICATION (self), td_wall_host_is_program (self->wall));
  if (self->options != NULL && (self->options->dark || self->options->light))
    adw_style_manager_set_color_scheme (adw_application_get_style_manager (ADW_APPLICATION (self)),
                                        self->options->dark ? ADW_COLOR_SCHEME_FORCE_DARK
                                                            : ADW_COLOR_SCHEME_FORCE_LIGHT);

  /* Not installed yet is no reason not to run. */
  source = g_settings_schema_source_get_default ();
  if (source != NULL)
    schema = g_settings_schema_source_lookup (source, TD_APP_ID, TRUE);
  if (schema != NULL)
    self->settings = g_settings_new (TD_APP_ID);
  else
    g_message ("The settings’ schema is not installed; the window’s size is not kept");
}

/* With the main window goes what was asked beside it. GTK 4.8 touches the
 * parent of a window once more when that is freed, which may be later. */
static void
close_others (TdApplication *self,
              GtkWindow     *window)
{
  g_autolist (GtkWindow) windows = NULL;

  windows = g_list_copy_deep (gtk_application_get_windows (GTK_APPLICATION (self)), (GCopyFunc)(void (*) (void))g_object_ref, NULL);
  for (GList *l = windows; l != NULL; l = l->next)
    {
      if (l->data != window)
        {
          gtk_window_set_transient_for (l->data, NULL);
          gtk_window_destroy (l->data);
        }
    }
}

static gboolean
close_request_cb (TdApplication *self,
                  GtkWindow     *window)
{
  close_others (self, window);
  if (self->settings != NULL)
    td_window_place_keep (TD_WINDOW (window), self->settings);

  return FALSE;
}

static void
rendered_cb (TdApplication *self,
             const char    *error)
{
  if (error != NULL)
    {
      g_printerr ("tongdai: %s\n", error);
      self->status = 1;
    }
  g_application_quit (G_APPLICATION (self));
}

static void
first_frame_cb (GdkFrameClock *clock,
                TdApplication *self)
{
  g_print ("first frame at %" G_GINT64_FORMAT "\n", g_get_monotonic_time ());
  g_application_quit (G_APPLICATION (self));
}

/* What the command line names; else the centre that was watched last. */
static void
begin (TdApplication *self)
{
  g_autoptr (TdSession) session = NULL;

  update_profiles (self);
  if (self->backend != NULL)
    session = td_session_new_for_backend (self->backend);
  else if (self->options != NULL && self->options->demo)
    session = td_session_new_for_demo ((const char *const *)self->options->demo_options);

  if (session != NULL)
    use_session (self, session);
  else if (self->options != NULL && self->options->profile != NULL)
    open_profile (self, self->options->profile);
  else if (td_wall_host_get_profile (self->wall) != NULL)
    open_profile (self, td_wall_host_get_profile (self->wall));
  else
    open_any_profile (self);
}

/* What is translated once stays so: another language needs another start. */
static void
language_cb (TdApplication *self)
{
  self->starts_anew = TRUE;
  g_application_quit (G_APPLICATION (self));
}

static void
show_incident_cb (TdApplication *self,
                  gint64         id)
{
  TdWindow *window = get_window (self);

  if (window == NULL)
    return;

  gtk_window_present (GTK_WINDOW (window));
  td_window_show_incident (window, id);
}

/* A desk tells others; a wall is only heard, or the same would be told twice. */
static void
start_outward (TdApplication *self)
{
  g_autoptr (GSettings) settings = NULL;

  if (self->options != NULL && (self->options->render != NULL || self->options->first_frame))
    return;

  if (self->settings != NULL && !td_wall_host_is_program (self->wall))
    self->room = td_room_desk_new (self->settings);
  settings = td_wall_host_ref_settings (self->wall, self->settings);
  self->outward = td_alert_outward_new (GTK_APPLICATION (self), settings,
                                        td_wall_host_is_program (self->wall) ? TD_ALERT_OUTWARD_SOUND
                                                                             : TD_ALERT_OUTWARD_SOUND | TD_ALERT_OUTWARD_DESKTOP | TD_ALERT_OUTWARD_AWAY);
  g_signal_connect_object (self->outward, "show", G_CALLBACK (show_incident_cb), self, G_CONNECT_SWAPPED);
}

static void
wall_action_cb (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       user_data)
{
  TdApplication *self = user_data;

  if (!td_wall_host_is_program (self->wall) && self->session != NULL)
    td_wall_host_toggle (self->wall, GTK_APPLICATION (self), self->session);
}

static void
wall_settings_cb (GSimpleAction *action,
                  GVariant      *parameter,
                  gpointer       user_data)
{
  TdApplication   *self = user_data;
  g_autofree char *path = td_wall_file_get_default_path ();

  if (get_window (self) == NULL)
    return;
  if (self->wall_editor == NULL)
    {
      GtkWidget *editor = td_wall_editor_new (GTK_WINDOW (get_window (self)), path, self->session != NULL ? td_session_get_watch (self->session) : NULL);

      g_set_weak_pointer (&self->wall_editor, TD_WALL_EDITOR (editor));
    }
  gtk_window_present (GTK_WINDOW (self->wall_editor));
}

static void
wall_message_cb (GSimpleAction *action,
                 GVariant      *parameter,
                 gpointer       user_data)
{
  TdApplication   *self = user_data;
  const TdProfile *profile = self->session != NULL ? td_session_get_profile (self->session) : NULL;
  g_autofree char *path = td_wall_message_get_path (profile != NULL ? profile->name : NULL);

  if (self->session != NULL && get_window (self) != NULL)
    td_wall_message_dialog_present (GTK_WINDOW (get_window (self)), path);
}

static void
td_application_activate (GApplication *app)
{
  TdApplication *self = TD_APPLICATION (app);
  TdWindow      *window = get_window (self);

  if (self->outward == NULL)
    start_outward (self);
  if (td_wall_host_is_program (self->wall))
    {
      td_wall_host_open (self->wall, GTK_APPLICATION (self), self->options->width, self->options->height);
      return;
    }
  if (window != NULL)
    {
      gtk_window_present (GTK_WINDOW (window));
      return;
    }

  window = td_window_new (GTK_APPLICATION (self));
  g_signal_connect_object (window, "close-request", G_CALLBACK (close_request_cb), self, G_CONNECT_SWAPPED);
  td_window_place (window, self->settings, self->options);

  if (self->options != NULL && self->options->render != NULL)
    {
      self->renderer = td_renderer_new (window, self->options->render, (guint)self->options->render_after_s);
      g_signal_connect_object (self->renderer, "done", G_CALLBACK (rendered_cb), self, G_CONNECT_SWAPPED);
    }

  begin (self);
  gtk_window_present (GTK_WINDOW (window));
  if (self->options != NULL && self->options->first_frame)
    g_signal_connect (gtk_widget_get_frame_clock (GTK_WIDGET (window)), "after-paint",
                      G_CALLBACK (first_frame_cb), self);
  if (self->renderer != NULL)
    td_renderer_start (self->renderer);
  else if (self->session == NULL && self->unusable == NULL && (self->options == NULL || !self->options->first_frame))
    add_centre (self);
}

static int
td_application_handle_local_options (GApplication *app,
                                     GVariantDict *dict)
{
  TdApplication *self = TD_APPLICATION (app);
  g_autoptr (GError) error = NULL;

  if (g_variant_dict_contains (dict, "version"))
    {
      g_print ("tongdai %s\n", TD_VERSION);
      return 0;
    }

  self->options = td_options_parse (dict, &error);
  if (self->options != NULL && td_command_line_is_asked (self->options))
    return td_command_line_run (self->options);
  if (self->options != NULL && self->options->url != NULL)
    {
      g_autoptr (TdConnection) connection = td_options_create_connection (self->options, self->options->url);

      self->backend = td_supervision_backend_new_for_connection (connection, &error);
    }
  if (error != NULL)
    {
      g_printerr ("tongdai: %s\n", error->message);
      return 2;
    }
  if (self->options->wall != NULL)
    td_wall_host_load (self->wall, self->options->wall, self->options->light);

  return -1;
}

static gboolean
td_application_local_command_line (GApplication *app,
                                   char       ***arguments,
                                   int          *status)
{
  td_options_prepare (*arguments);

  return G_APPLICATION_CLASS (td_application_parent_class)->local_command_line (app, arguments, status);
}

static void
td_application_shutdown (GApplication *app)
{
  TdApplication *self = TD_APPLICATION (app);

  g_clear_object (&self->renderer);
  drop_session (self);
  g_clear_object (&self->outward);
  g_clear_object (&self->room);
  g_clear_object (&self->backend);
  /* Last: its watchdog ends a program that hangs while it ends, too. */
  g_clear_object (&self->wall);

  G_APPLICATION_CLASS (td_application_parent_class)->shutdown (app);
}

static void
td_application_finalize (GObject *object)
{
  TdApplication *self = TD_APPLICATION (object);

  g_clear_pointer (&self->options, td_options_free);
  g_clear_object (&self->settings);
  g_clear_pointer (&self->unusable, g_free);
  g_clear_weak_pointer (&self->assistant);
  g_clear_weak_pointer (&self->preferences);
  g_clear_weak_pointer (&self->wall_editor);
  g_clear_object (&self->wall);

  G_OBJECT_CLASS (td_application_parent_class)->finalize (object);
}

static void
td_application_class_init (TdApplicationClass *klass)
{
  GObjectClass      *object_class = G_OBJECT_CLASS (klass);
  GApplicationClass *app_class = G_APPLICATION_CLASS (klass);

  object_class->finalize = td_application_finalize;

  app_class->startup = td_application_startup;
  app_class->activate = td_application_activate;
  app_class->shutdown = td_application_shutdown;
  app_class->local_command_line = td_application_local_command_line;
  app_class->handle_local_options = td_application_handle_local_options;
}

static void
td_application_init (TdApplication *self)
{
  td_options_add_to (G_APPLICATION (self));
  self->wall = td_wall_host_new ();
  g_signal_connect_object (self->wall, "begin", G_CALLBACK (begin), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->wall, "language", G_CALLBACK (language_cb), self, G_CONNECT_SWAPPED);
}

/**
 * td_application_new:
 *
 * Each start is a program of its own: two windows may watch two centres.
 *
 * Returns: (transfer full): the application
 */
TdApplication *
td_application_new (void)
{
  return g_object_new (TD_TYPE_APPLICATION,
                       "application-id", TD_APP_ID,
                       "flags", G_APPLICATION_NON_UNIQUE,
                       "resource-base-path", "/io/github/tongdai/TongDai",
                       NULL);
}

/**
 * td_application_get_status:
 * @self: an application that has run
 *
 * Returns: the status to exit with
 */
int
td_application_get_status (TdApplication *self)
{
  g_return_val_if_fail (TD_IS_APPLICATION (self), 1);

  return self->status;
}

/**
 * td_application_starts_anew:
 * @self: an application that has run
 *
 * Returns: whether the program has to start itself anew: its wall is to speak
 *   another language
 */
gboolean
td_application_starts_anew (TdApplication *self)
{
  g_return_val_if_fail (TD_IS_APPLICATION (self), FALSE);

  return self->starts_anew;
}
