/* td-alert-outward.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-alert-outward.h"

#include <glib/gi18n.h>

#ifdef GDK_WINDOWING_X11
#  include <gdk/x11/gdkx.h>
#endif

#include "td-alert-sender.h"
#include "td-sound.h"

struct _TdAlertOutward
{
  GObject parent_instance;

  GtkApplication    *app;      /* (unowned): it holds this object */
  GSettings         *settings; /* (owned) (nullable): not installed is no reason not to run */
  TdAlertOutwardWays ways;
  TdSound           *sound;       /* (owned) */
  TdSession         *session;     /* (owned) (nullable) */
  TdAlertDesk       *desk;        /* (owned) (nullable): of the session's watch */
  TdAlertSender     *sender;      /* (owned) (nullable) */
  GCancellable      *cancellable; /* (owned) (nullable): of the search for the webhook's secret */
  GHashTable        *notified;    /* ids of the incidents that the desktop shows */
  guint              name_watch;  /* of the desktop's service for notifications */
  gboolean           has_desktop; /* there is one */
  TdProfile         *told;        /* (owned) (nullable): whom @sender tells, as it was then */
};

/* Whom GNotification tells in the end, but in a sandbox, where a portal does. */
#define DESKTOP_SERVICE "org.freedesktop.Notifications"
#define SANDBOX_FILE "/.flatpak-info"

enum {
  SHOW,
  N_SIGNALS
};

G_DEFINE_FINAL_TYPE (TdAlertOutward, td_alert_outward, G_TYPE_OBJECT)

static guint signals[N_SIGNALS];

static const TdTone tones[TD_N_ALERT_LEVELS] = {
  [TD_ALERT_NOTICE] = TD_TONE_NOTICE,
  [TD_ALERT_WARNING] = TD_TONE_WARNING,
  [TD_ALERT_ALARM] = TD_TONE_ALARM,
};

static const GNotificationPriority priorities[TD_N_ALERT_LEVELS] = {
  [TD_ALERT_NOTICE] = G_NOTIFICATION_PRIORITY_NORMAL,
  [TD_ALERT_WARNING] = G_NOTIFICATION_PRIORITY_HIGH,
  [TD_ALERT_ALARM] = G_NOTIFICATION_PRIORITY_URGENT,
};

/* --- the desktop ------------------------------------------------------------ */

static char *
create_notification_id (gint64 incident)
{
  return g_strdup_printf ("incident-%" G_GINT64_FORMAT, incident);
}

/* The levels of escalation are no more than three: a word each would say less. */
static char *
describe (TdIncident *incident)
{
  TdAlert    *worst = td_incident_get_part (incident, 0);
  guint       n_parts = td_incident_get_n_parts (incident);
  GString    *text = g_string_new (td_alert_level_get_title (td_incident_get_level (incident)));
  const char *evidence = worst != NULL ? worst->evidence : NULL;

  if (td_incident_get_escalation (incident) > 0)
    g_string_append_printf (text, " · %s", _ ("nobody has taken it yet"));
  if (evidence != NULL)
    g_string_append_printf (text, "\n%s", evidence);
  if (n_parts > 1)
    {
      g_string_append_c (text, '\n');
      g_string_append_printf (text, ngettext ("with %u other alert", "with %u other alerts", n_parts - 1), n_parts - 1);
    }

  return g_string_free (text, FALSE);
}

static void
notify (TdAlertOutward *self,
        TdIncident     *incident)
{
  gint64           id = td_incident_get_id (incident);
  g_autofree char *name = create_notification_id (id);
  g_autofree char *body = describe (incident);
  g_autoptr (GNotification) notification = g_notification_new (td_incident_get_title (incident));
  g_autoptr (GIcon) icon = g_themed_icon_new (td_incident_get_level (incident) == TD_ALERT_NOTICE ? "dialog-information"
                                                                                                  : "dialog-warning");

  if (!self->has_desktop)
    return;

  g_hash_table_add (self->notified, g_memdup2 (&id, sizeof id));
  g_notification_set_body (notification, body);
  g_notification_set_icon (notification, icon);
  g_notification_set_priority (notification, td_incident_get_escalation (incident) > 0
                                               ? G_NOTIFICATION_PRIORITY_URGENT
                                               : priorities[td_incident_get_level (incident)]);
  g_notification_set_default_action_and_target (notification, "app.show-incident", "x", id);
  if (td_incident_allows (incident, TD_INCIDENT_EVENT_TAKEN))
    g_notification_add_button_with_target (notification, _ ("Take"), "app.take-incident", "x", id);
  g_notification_add_button_with_target (notification, _ ("Show"), "app.show-incident", "x", id);
  g_application_send_notification (G_APPLICATION (self->app), name, notification);
}

static void
withdraw_id (TdAlertOutward *self,
             gint64          id)
{
  g_autofree char *name = create_notification_id (id);

  g_application_withdraw_notification (G_APPLICATION (self->app), name);
}

static void
withdraw (TdAlertOutward *self,
          TdIncident     *incident)
{
  gint64 id = td_incident_get_id (incident);

  if (g_hash_table_remove (self->notified, &id))
    withdraw_id (self, id);
}

static void
withdraw_all (TdAlertOutward *self)
{
  GHashTableIter iter;
  gint64        *id;

  g_hash_table_iter_init (&iter, self->notified);
  while (g_hash_table_iter_next (&iter, (gpointer *)&id, NULL))
    withdraw_id (self, *id);
  g_hash_table_remove_all (self->notified);
}

/* A notification that nobody can show is a warning of GLib's own. */
static void
appeared_cb (GDBusConnection *connection,
             const char      *name,
             const char      *owner,
             gpointer         user_data)
{
  TD_ALERT_OUTWARD (user_data)->has_desktop = TRUE;
}

static void
vanished_cb (GDBusConnection *connection,
             const char      *name,
             gpointer         user_data)
{
  TD_ALERT_OUTWARD (user_data)->has_desktop = FALSE;
}

static void
find_desktop (TdAlertOutward *self)
{
  if (g_file_test (SANDBOX_FILE, G_FILE_TEST_EXISTS))
    self->has_desktop = TRUE;
  else
    self->name_watch = g_bus_watch_name (G_BUS_TYPE_SESSION, DESKTOP_SERVICE, G_BUS_NAME_WATCHER_FLAGS_AUTO_START,
                                         appeared_cb, vanished_cb, self, NULL);
}

/* --- the window ------------------------------------------------------------- */

/* On Wayland it is the notification that asks. */
static void
set_urgent (GtkWindow *window,
            gboolean   urgent)
{
#ifdef GDK_WINDOWING_X11
  GdkSurface *surface = gtk_native_get_surface (GTK_NATIVE (window));

  if (surface != NULL && GDK_IS_X11_SURFACE (surface))
    gdk_x11_surface_set_urgency_hint (surface, urgent);
#endif
}

static void
active_cb (GtkWindow *window)
{
  if (!gtk_window_is_active (window))
    return;

  set_urgent (window, FALSE);
  g_signal_handlers_disconnect_by_func (window, active_cb, NULL);
}

static void
ask_for_attention (TdAlertOutward *self)
{
  GList *windows = gtk_application_get_windows (self->app);

  if ((self->ways & TD_ALERT_OUTWARD_DESKTOP) == 0)
    return;

  for (GList *l = windows; l != NULL; l = l->next)
    {
      if (gtk_window_is_active (l->data))
        return;
    }

  /* The oldest is the one that dialogs belong to. */
  windows = g_list_last (windows);
  if (windows == NULL)
    return;

  g_signal_handlers_disconnect_by_func (windows->data, active_cb, NULL);
  g_signal_connect (windows->data, "notify::is-active", G_CALLBACK (active_cb), NULL);
  set_urgent (windows->data, TRUE);
}

/* --- what happens ----------------------------------------------------------- */

static void
sound (TdAlertOutward *self,
       TdIncident     *incident)
{
  g_autoptr (GDateTime) here = g_date_time_new_now_local ();

  if (self->settings == NULL || (self->ways & TD_ALERT_OUTWARD_SOUND) == 0)
    return;

  td_sound_alert (self->sound, tones[td_incident_get_level (incident)], self->settings,
                  (guint)(g_date_time_get_hour (here) * 60 + g_date_time_get_minute (here)),
                  td_incident_get_escalation (incident));
}

static void
event_cb (TdAlertOutward *self,
          TdIncident     *incident,
          TdIncidentEvent event,
          gpointer        detail)
{
  if (self->sender != NULL)
    td_alert_sender_tell (self->sender, incident, event, td_alert_desk_get_now (self->desk));

  switch (event)
    {
    case TD_INCIDENT_EVENT_RAISED:
    case TD_INCIDENT_EVENT_WORSE:
    case TD_INCIDENT_EVENT_WOKEN:
    case TD_INCIDENT_EVENT_ESCALATED:
      sound (self, incident);
      notify (self, incident);
      if (td_incident_get_level (incident) > TD_ALERT_NOTICE)
        ask_for_attention (self);
      break;

    case TD_INCIDENT_EVENT_ENDED:
    case TD_INCIDENT_EVENT_TAKEN:
    case TD_INCIDENT_EVENT_HANDED_OVER:
    case TD_INCIDENT_EVENT_SNOOZED:
    case TD_INCIDENT_EVENT_CLOSED:
      withdraw (self, incident);
      break;

    case TD_INCIDENT_EVENT_PART:
    case TD_INCIDENT_EVENT_PART_CLEARED:
    case TD_N_INCIDENT_EVENTS:
    default:
      break;
    }
}

/* --- what the desktop's buttons do ------------------------------------------ */

static void
take_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  TdAlertOutward *self = user_data;
  TdIncident     *incident = NULL;
  g_autoptr (GError) error = NULL;

  if (self->desk != NULL)
    incident = td_alert_board_find (td_alert_desk_get_board (self->desk), g_variant_get_int64 (parameter));
  if (incident == NULL)
    return;

  /* Somebody was quicker, or it is over: the notification is out of date. */
  if (!td_alert_desk_act (self->desk, incident, TD_INCIDENT_EVENT_TAKEN, td_alert_desk_get_who (self->desk), NULL, NULL, TD_UNKNOWN, &error))
    {
      g_info ("The incident is not taken: %s", error->message);
      withdraw (self, incident);
    }
}

static void
show_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  g_signal_emit (user_data, signals[SHOW], 0, g_variant_get_int64 (parameter));
}

static const GActionEntry actions[] = {
  { .name = "take-incident", .activate = take_cb, .parameter_type = "x" },
  { .name = "show-incident", .activate = show_cb, .parameter_type = "x" },
};

/* --- the session ------------------------------------------------------------ */

static void
stop_sender (TdAlertOutward *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->sender != NULL)
    td_alert_sender_stop (self->sender);
  g_clear_object (&self->sender);
  g_clear_pointer (&self->told, td_profile_free);
}

static void
drop_desk (TdAlertOutward *self)
{
  stop_sender (self);
  if (self->desk != NULL)
    g_signal_handlers_disconnect_by_data (td_alert_desk_get_board (self->desk), self);
  g_clear_object (&self->desk);
  withdraw_all (self);
}

static void
secret_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (TdAlertOutward) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = NULL;
  char            *secret = td_secrets_lookup_finish (result, NULL, &error);

  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      folder = td_alert_sender_get_folder (self->told->name);
      /* Told without a signature, a receiver could not know who tells it. */
      if (error != NULL)
        {
          g_message ("The webhook of %s is told nothing: %s", self->told->name, error->message);
          g_clear_pointer (&self->told->webhook->url, g_free);
        }
      self->sender = td_alert_sender_new (self->told, secret, folder);
    }
  td_secrets_free (secret);
}

static void
start_sender (TdAlertOutward *self)
{
  const TdProfile *profile = td_session_get_profile (self->session);
  g_autofree char *key = NULL;

  stop_sender (self);
  if ((self->ways & TD_ALERT_OUTWARD_AWAY) == 0 || profile == NULL ||
      (profile->webhook->url == NULL && profile->command == NULL))
    return;

  self->told = td_profile_copy (profile);
  self->cancellable = g_cancellable_new ();
  key = td_secrets_get_webhook_key (profile->name);
  td_secrets_lookup_async (key, self->cancellable, secret_cb, g_object_ref (self));
}

static void
watching_cb (TdAlertOutward *self)
{
  TdWatch *watch = td_session_get_watch (self->session);

  drop_desk (self);
  if (watch == NULL)
    return;

  self->desk = g_object_ref (td_watch_get_alerts (watch));
  g_signal_connect_object (td_alert_desk_get_board (self->desk), "event", G_CALLBACK (event_cb), self, G_CONNECT_SWAPPED);
  start_sender (self);
}

static void
td_alert_outward_dispose (GObject *object)
{
  TdAlertOutward *self = TD_ALERT_OUTWARD (object);

  td_alert_outward_set_session (self, NULL);
  g_clear_handle_id (&self->name_watch, g_bus_unwatch_name);
  if (self->app != NULL)
    {
      for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
        g_action_map_remove_action (G_ACTION_MAP (self->app), actions[i].name);
    }
  self->app = NULL;
  g_clear_object (&self->sound);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (td_alert_outward_parent_class)->dispose (object);
}

static void
td_alert_outward_finalize (GObject *object)
{
  g_hash_table_unref (TD_ALERT_OUTWARD (object)->notified);

  G_OBJECT_CLASS (td_alert_outward_parent_class)->finalize (object);
}

static void
td_alert_outward_class_init (TdAlertOutwardClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = td_alert_outward_dispose;
  object_class->finalize = td_alert_outward_finalize;

  signals[SHOW] = g_signal_new ("show",
                                G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
}

static void
td_alert_outward_init (TdAlertOutward *self)
{
  self->sound = td_sound_new ();
  self->notified = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
}

/**
 * td_alert_outward_new:
 * @app: the application, registered, which outlives the object
 * @settings: (nullable): of the program; without them there is no sound
 * @ways: what is used of all ways
 *
 * Returns: (transfer full): an object that tells nothing yet
 */
TdAlertOutward *
td_alert_outward_new (GtkApplication    *app,
                      GSettings         *settings,
                      TdAlertOutwardWays ways)
{
  TdAlertOutward *self;

  g_return_val_if_fail (GTK_IS_APPLICATION (app), NULL);
  g_return_val_if_fail (settings == NULL || G_IS_SETTINGS (settings), NULL);

  self = g_object_new (TD_TYPE_ALERT_OUTWARD, NULL);
  self->app = app;
  g_set_object (&self->settings, settings);
  self->ways = ways;
  g_action_map_add_action_entries (G_ACTION_MAP (app), actions, G_N_ELEMENTS (actions), self);
  if (ways & TD_ALERT_OUTWARD_DESKTOP)
    find_desktop (self);

  return self;
}

/**
 * td_alert_outward_set_session:
 * @self: an object
 * @session: (nullable): whose incidents are told from now on
 */
void
td_alert_outward_set_session (TdAlertOutward *self,
                              TdSession      *session)
{
  g_return_if_fail (TD_IS_ALERT_OUTWARD (self));
  g_return_if_fail (session == NULL || TD_IS_SESSION (session));

  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  drop_desk (self);
  g_set_object (&self->session, session);
  if (session == NULL)
    return;

  g_signal_connect_object (session, "watching", G_CALLBACK (watching_cb), self, G_CONNECT_SWAPPED);
  if (td_session_get_watch (session) != NULL)
    watching_cb (self);
}

static gboolean
tells_the_same (const TdProfile *a,
                const TdProfile *b)
{
  return g_strcmp0 (a->webhook->url, b->webhook->url) == 0 && a->webhook->allow_plain == b->webhook->allow_plain &&
         g_strcmp0 (a->command, b->command) == 0 && g_strcmp0 (a->title, b->title) == 0 &&
         a->outward_level == b->outward_level;
}

/**
 * td_alert_outward_update:
 * @self: an object
 * @other_secret: the webhook has another secret, too
 *
 * Tells whom the session's profile names now. What is on its way is told once
 * more only where they are others.
 */
void
td_alert_outward_update (TdAlertOutward *self,
                         gboolean        other_secret)
{
  const TdProfile *profile;

  g_return_if_fail (TD_IS_ALERT_OUTWARD (self));

  profile = self->session != NULL ? td_session_get_profile (self->session) : NULL;
  if (self->desk == NULL || profile == NULL)
    return;

  if (other_secret || self->told == NULL || !tells_the_same (self->told, profile))
    start_sender (self);
}
