/* td-preferences.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-preferences.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include "td-agents-form.h"
#include "td-alert-deeds.h"
#include "td-alert-rules-file.h"
#include "td-alert-rules-group.h"
#include "td-alert-sender.h"
#include "td-check-list.h"
#include "td-command-group.h"
#include "td-connection-form.h"
#include "td-history-form.h"
#include "td-history-place.h"
#include "td-holidays-form.h"
#include "td-queue-names.h"
#include "td-room-group.h"
#include "td-secrets.h"
#include "td-service-form.h"
#include "td-sound-group.h"
#include "td-wall-message.h"
#include "td-webhook-group.h"

/* Which file cannot be written, and why, is read no faster. */
#define SAY_S 10

struct _TdPreferences
{
  AdwPreferencesWindow parent_instance;

  TdSession    *session; /* (owned) */
  TdRoomDesk   *room;    /* (owned) (nullable) */
  TdProfile    *profile; /* (owned): as it was saved last, without its secret */
  GCancellable *cancellable;

  TdConnectionForm *connection;
  TdServiceForm    *service;
  TdAgentsForm     *agents;
  TdHistoryForm    *history; /* (nullable) */
  TdHolidaysForm   *holidays;
  TdQueueNames     *queues; /* (nullable) */
  TdWebhookGroup   *webhook;
  TdCommandGroup   *command;
  TdCheckList      *checks; /* (nullable) */
  GtkWidget        *test_button;
  GtkSwitch        *history_switch; /* (nullable): of the question that is asked, or was */
  gboolean          delete_history;
  AdwActionRow     *file_row;
  AdwActionRow     *secret_row;
};

enum {
  CHANGED,
  DELETED,
  WEBHOOK_SECRET_CHANGED,
  N_SIGNALS
};

G_DEFINE_FINAL_TYPE (TdPreferences, td_preferences, ADW_TYPE_PREFERENCES_WINDOW)

static guint signals[N_SIGNALS];

static void
say (TdPreferences *self,
     const char    *text)
{
  g_autofree char *markup = g_markup_escape_text (text, -1);
  AdwToast        *toast = adw_toast_new (markup);

  adw_toast_set_timeout (toast, SAY_S);
  adw_preferences_window_add_toast (ADW_PREFERENCES_WINDOW (self), toast);
}

static void
changed_cb (TdPreferences *self)
{
  g_autoptr (TdProfile) profile = td_profile_copy (self->profile);
  g_autoptr (GError) error = NULL;
  gboolean valid;

  valid = td_connection_form_read (self->connection, profile);
  valid &= td_service_form_read (self->service, profile);
  valid &= td_webhook_group_read (self->webhook, profile);
  valid &= td_command_group_read (self->command, profile);
  if (!valid)
    return;

  td_holidays_form_read (self->holidays, profile);
  td_agents_form_read (self->agents, profile);
  if (self->history != NULL)
    td_history_form_read (self->history, profile);
  if (self->queues != NULL)
    td_queue_names_read (self->queues, profile);
  if (!td_profile_check (profile, &error) || !td_profile_save (profile, &error))
    {
      say (self, error->message);
      return;
    }

  td_profile_free (self->profile);
  self->profile = td_profile_copy (profile);
  td_session_set_profile (self->session, profile);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
show_secret_place (TdPreferences *self,
                   TdSecretsPlace place)
{
  g_autofree char *path = NULL;
  g_autofree char *text = NULL;

  switch (place)
    {
    case TD_SECRETS_SERVICE:
      text = g_strdup (_ ("In this desktop’s keyring"));
      break;

    case TD_SECRETS_FILE:
      path = td_secrets_get_file_path (self->profile->name);
      /* Translators: the path of a file. */
      text = g_strdup_printf (_ ("In a file that only you can read, not encrypted, since no keyring answers here: %s"), path);
      break;

    case TD_SECRETS_NONE:
    default:
      text = g_strdup (_ ("None is kept"));
      break;
    }
  adw_action_row_set_subtitle (self->secret_row, text);
}

static void
stored_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (TdPreferences) self = user_data;
  g_autoptr (GError) error = NULL;
  TdSecretsPlace place;

  if (!td_secrets_store_finish (result, &place, &error))
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        td_connection_form_say_secret (self->connection, error->message);
      return;
    }
  if (g_cancellable_is_cancelled (self->cancellable))
    return;

  show_secret_place (self, place);
  td_connection_form_clear_secret (self->connection);
  say (self, place == TD_SECRETS_FILE ? _ ("The secret was saved in a file that only you can read, not encrypted.")
                                      : _ ("The secret was saved."));
  td_session_start (self->session);
}

static void
secret_changed_cb (TdPreferences *self)
{
  g_autoptr (TdConnection) connection = td_connection_copy (self->profile->connection);
  g_autoptr (GError) error = NULL;

  g_free (connection->secret);
  connection->secret = g_strdup (td_connection_form_get_secret (self->connection));
  if (!td_connection_check (connection, &error))
    {
      td_connection_form_say_secret (self->connection, error->message);
      return;
    }

  td_connection_form_say_secret (self->connection, NULL);
  td_secrets_store_async (self->profile->name, connection->secret, self->cancellable, stored_cb, g_object_ref (self));
}

static void
looked_up_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (TdPreferences) self = user_data;
  g_autoptr (TdProfile) complete = NULL;
  g_autoptr (GError) error = NULL;
  TdSecretsPlace place;
  char          *secret = td_secrets_lookup_finish (result, &place, &error);

  if (g_cancellable_is_cancelled (self->cancellable))
    {
      td_secrets_free (secret);
      return;
    }

  complete = td_profile_copy (self->profile);
  complete->connection->secret = g_strdup (secret);
  td_secrets_free (secret);
  gtk_widget_set_visible (GTK_WIDGET (self->checks), TRUE);
  gtk_widget_set_visible (self->test_button, FALSE);
  td_check_list_run (self->checks, complete);
}

static void
test_cb (TdPreferences *self)
{
  td_secrets_lookup_async (self->profile->name, self->cancellable, looked_up_cb, g_object_ref (self));
}

static void
secret_cleared_cb (GObject      *object,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  if (!td_secrets_clear_finish (result, &error))
    g_message ("The secret of a deleted profile is still kept: %s", error->message);
}

/* Once the question is gone, which must not outlive the window it belongs to. */
static void
deleted_cb (gpointer user_data)
{
  g_autoptr (TdPreferences) self = user_data;
  g_autofree char *rules = td_alert_rules_file_get_path (self->profile->name);
  g_autofree char *message = td_wall_message_get_path (self->profile->name);
  g_autofree char *deeds = td_alert_deeds_get_path (self->profile->name);
  g_autofree char *lock = td_alert_deeds_get_lock_path (deeds);

  if (self->delete_history)
    {
      /* The watch writes it until its end. */
      td_session_stop (self->session);
      if (!td_history_place_remove (self->profile->name))
        g_message ("The history of the deleted profile %s is still there: another program keeps it.", self->profile->name);
    }
  g_remove (rules);
  g_remove (message);
  g_remove (deeds);
  g_remove (lock);
  gtk_window_destroy (GTK_WINDOW (self));
  g_signal_emit (self, signals[DELETED], 0);
  td_alert_sender_forget (self->profile->name);
}

static void
delete_response_cb (TdPreferences *self,
                    const char    *response)
{
  g_autofree char *key = NULL;
  g_autoptr (GError) error = NULL;

  if (!g_str_equal (response, "delete"))
    return;

  self->delete_history = self->history_switch != NULL && gtk_switch_get_active (self->history_switch);
  if (!td_profile_delete (self->profile->name, &error))
    {
      say (self, error->message);
      return;
    }

  /* Not with this window's cancellable: it goes on after the window. */
  td_secrets_clear_async (self->profile->name, NULL, secret_cleared_cb, NULL);
  key = td_secrets_get_webhook_key (self->profile->name);
  td_secrets_clear_async (key, NULL, secret_cleared_cb, NULL);
  g_idle_add_once (deleted_cb, g_object_ref (self));
}

/* What was recorded over years is not thrown away along with a password. */
static void
ask_for_history (TdPreferences    *self,
                 AdwMessageDialog *dialog)
{
  gint64           size = self->profile->kind != TD_PROFILE_DEMO ? td_history_place_get_size (self->profile->name) : 0;
  g_autofree char *amount = NULL;
  GtkWidget       *group, *row;

  self->history_switch = NULL;
  if (size == 0)
    return;

  amount = g_format_size ((guint64)size);
  row = adw_action_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ ("Delete its recorded history too"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), amount);
  self->history_switch = GTK_SWITCH (gtk_switch_new ());
  gtk_widget_set_valign (GTK_WIDGET (self->history_switch), GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), GTK_WIDGET (self->history_switch));
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), GTK_WIDGET (self->history_switch));

  group = adw_preferences_group_new ();
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  adw_message_dialog_set_extra_child (dialog, group);
}

static void
delete_cb (TdPreferences *self)
{
  g_autofree char *heading = NULL;
  GtkWidget       *dialog;

  /* Translators: the title of a profile. */
  heading = g_strdup_printf (_ ("Delete “%s”?"), self->profile->title != NULL ? self->profile->title : self->profile->name);
  dialog = adw_message_dialog_new (GTK_WINDOW (self), heading,
                                   _ ("Its settings and its secret are deleted from this computer. The centre itself stays as it is."));
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog),
                                    "cancel", _ ("_Cancel"),
                                    "delete", _ ("_Delete"),
                                    NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "delete", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  ask_for_history (self, ADW_MESSAGE_DIALOG (dialog));
  g_signal_connect_object (dialog, "response", G_CALLBACK (delete_response_cb), self, G_CONNECT_SWAPPED);
  gtk_window_set_destroy_with_parent (GTK_WINDOW (dialog), TRUE);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
td_preferences_dispose (GObject *object)
{
  TdPreferences *self = TD_PREFERENCES (object);

  g_cancellable_cancel (self->cancellable);
  if (self->checks != NULL)
    td_check_list_stop (self->checks);
  self->checks = NULL;
  g_clear_object (&self->session);
  g_clear_object (&self->room);

  G_OBJECT_CLASS (td_preferences_parent_class)->dispose (object);
}

static void
td_preferences_finalize (GObject *object)
{
  TdPreferences *self = TD_PREFERENCES (object);

  g_clear_pointer (&self->profile, td_profile_free);
  g_clear_object (&self->cancellable);

  G_OBJECT_CLASS (td_preferences_parent_class)->finalize (object);
}

static void
td_preferences_class_init (TdPreferencesClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = td_preferences_dispose;
  object_class->finalize = td_preferences_finalize;

  signals[CHANGED] = g_signal_new ("changed",
                                   G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[DELETED] = g_signal_new ("deleted",
                                   G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);

  signals[WEBHOOK_SECRET_CHANGED] = g_signal_new ("webhook-secret-changed",
                                                  G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                                  NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
td_preferences_init (TdPreferences *self)
{
  self->cancellable = g_cancellable_new ();
}

static void
add_test (TdPreferences *self)
{
  GtkWidget *group = adw_preferences_group_new ();

  self->test_button = gtk_button_new_with_mnemonic (_ ("_Test the Connection"));
  gtk_widget_set_halign (self->test_button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (self->test_button, "pill");
  g_signal_connect_object (self->test_button, "clicked", G_CALLBACK (test_cb), self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->test_button);
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (self->connection), ADW_PREFERENCES_GROUP (group));

  self->checks = TD_CHECK_LIST (td_check_list_new ());
  gtk_widget_set_visible (GTK_WIDGET (self->checks), FALSE);
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (self->connection), ADW_PREFERENCES_GROUP (self->checks));
}

/* Of the centre's clock, where it has told the time. */
static guint
get_year (TdWatch *watch)
{
  gint64 now = watch != NULL ? td_watch_get_now (watch) : TD_UNKNOWN;
  g_autoptr (GDateTime) utc = TD_IS_KNOWN (now) ? g_date_time_new_from_unix_utc (now / G_USEC_PER_SEC) : NULL;
  g_autoptr (GDateTime) local = utc != NULL ? g_date_time_to_timezone (utc, td_centre_get_timezone (td_watch_get_centre (watch)))
                                            : g_date_time_new_now_local ();

  return (guint)g_date_time_get_year (local);
}

static void
webhook_secret_cb (TdPreferences *self)
{
  g_signal_emit (self, signals[WEBHOOK_SECRET_CHANGED], 0);
}

static GtkWidget *
create_alerts_page (TdPreferences *self,
                    GSettings     *settings)
{
  GtkWidget          *widget = adw_preferences_page_new ();
  AdwPreferencesPage *page = ADW_PREFERENCES_PAGE (widget);
  GtkWidget          *rules;

  adw_preferences_page_set_icon_name (page, "preferences-system-notifications-symbolic");
  adw_preferences_page_set_title (page, _ ("Alerts"));

  rules = td_alert_rules_group_new (self->profile, td_session_get_watch (self->session));
  g_signal_connect_object (rules, "said", G_CALLBACK (say), self, G_CONNECT_SWAPPED);
  adw_preferences_page_add (page, ADW_PREFERENCES_GROUP (rules));
  if (settings != NULL)
    adw_preferences_page_add (page, ADW_PREFERENCES_GROUP (td_sound_group_new (settings)));

  self->webhook = TD_WEBHOOK_GROUP (td_webhook_group_new (self->profile));
  g_signal_connect_object (self->webhook, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->webhook, "secret-changed", G_CALLBACK (webhook_secret_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->webhook, "said", G_CALLBACK (say), self, G_CONNECT_SWAPPED);
  adw_preferences_page_add (page, ADW_PREFERENCES_GROUP (self->webhook));

  self->command = TD_COMMAND_GROUP (td_command_group_new (self->profile));
  g_signal_connect_object (self->command, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  adw_preferences_page_add (page, ADW_PREFERENCES_GROUP (self->command));

  return widget;
}

/* They lie over it, so they go first. */
static void
edit_wall_cb (TdPreferences *self)
{
  g_autoptr (GtkApplication) application = g_object_ref (gtk_window_get_application (GTK_WINDOW (self)));

  gtk_window_close (GTK_WINDOW (self));
  g_action_group_activate_action (G_ACTION_GROUP (application), "wall-settings", NULL);
}

static GtkWidget *
create_walls_page (TdPreferences *self,
                   GSettings     *settings)
{
  GtkWidget          *widget = adw_preferences_page_new ();
  AdwPreferencesPage *page = ADW_PREFERENCES_PAGE (widget);
  GtkWidget          *group = adw_preferences_group_new ();
  GtkWidget          *row = adw_action_row_new ();
  GtkWidget          *button = gtk_button_new_with_mnemonic (_ ("_Edit…"));

  adw_preferences_page_set_icon_name (page, "video-display-symbolic");
  adw_preferences_page_set_title (page, _ ("Walls"));

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ ("What the wall of this computer shows"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _ ("Pages, queues, people and targets of each screen, beside a picture of it"));
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_signal_connect_object (button, "clicked", G_CALLBACK (edit_wall_cb), self, G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), button);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  adw_preferences_page_add (page, ADW_PREFERENCES_GROUP (group));

  if (settings != NULL && self->room != NULL)
    {
      GtkWidget *walls = td_room_group_new (settings, self->room);

      g_signal_connect_object (walls, "said", G_CALLBACK (say), self, G_CONNECT_SWAPPED);
      adw_preferences_page_add (page, ADW_PREFERENCES_GROUP (walls));
    }

  return widget;
}

static void
add_pages (TdPreferences *self,
           GSettings     *settings)
{
  AdwPreferencesWindow *window = ADW_PREFERENCES_WINDOW (self);
  TdWatch              *watch = td_session_get_watch (self->session);
  gboolean              is_demo = self->profile->kind == TD_PROFILE_DEMO;
  g_autoptr (GtkBuilder) builder = gtk_builder_new_from_resource ("/io/github/tongdai/TongDai/td-preferences.ui");
  g_autofree char *path = td_profile_get_path (self->profile->name);

  self->service = TD_SERVICE_FORM (td_service_form_new (TRUE));
  td_service_form_set_profile (self->service, self->profile);
  g_signal_connect_object (self->service, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);

  self->connection = TD_CONNECTION_FORM (td_connection_form_new (TRUE));
  td_connection_form_set_profile (self->connection, self->profile);
  g_signal_connect_object (self->connection, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->connection, "secret-changed", G_CALLBACK (secret_changed_cb), self, G_CONNECT_SWAPPED);
  if (!is_demo)
    add_test (self);

  adw_preferences_window_add (window, ADW_PREFERENCES_PAGE (self->connection));
  adw_preferences_window_add (window, ADW_PREFERENCES_PAGE (self->service));
  if (self->profile->kind == TD_PROFILE_ASTERISK)
    {
      self->queues = TD_QUEUE_NAMES (td_queue_names_new ());
      td_queue_names_set_profile (self->queues, self->profile, watch != NULL ? td_watch_get_centre (watch) : NULL);
      g_signal_connect_object (self->queues, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
      adw_preferences_window_add (window, ADW_PREFERENCES_PAGE (self->queues));
    }

  self->agents = TD_AGENTS_FORM (td_agents_form_new ());
  td_agents_form_set_profile (self->agents, self->profile, watch != NULL ? td_watch_get_judge (watch) : NULL);
  g_signal_connect_object (self->agents, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  adw_preferences_window_add (window, ADW_PREFERENCES_PAGE (self->agents));

  adw_preferences_window_add (window, ADW_PREFERENCES_PAGE (create_alerts_page (self, settings)));
  adw_preferences_window_add (window, ADW_PREFERENCES_PAGE (create_walls_page (self, settings)));

  self->holidays = TD_HOLIDAYS_FORM (td_holidays_form_new ());
  td_holidays_form_set_profile (self->holidays, self->profile, get_year (watch));
  g_signal_connect_object (self->holidays, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  adw_preferences_window_add (window, ADW_PREFERENCES_PAGE (self->holidays));

  /* The past of the simulated centre is made up anew each time. */
  if (!is_demo)
    {
      self->history = TD_HISTORY_FORM (td_history_form_new ());
      td_history_form_set_profile (self->history, self->profile, watch);
      g_signal_connect_object (self->history, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (self->history, "said", G_CALLBACK (say), self, G_CONNECT_SWAPPED);
      adw_preferences_window_add (window, ADW_PREFERENCES_PAGE (self->history));
    }

  adw_preferences_window_add (window, ADW_PREFERENCES_PAGE (gtk_builder_get_object (builder, "profile_page")));
  self->file_row = ADW_ACTION_ROW (gtk_builder_get_object (builder, "file_row"));
  self->secret_row = ADW_ACTION_ROW (gtk_builder_get_object (builder, "secret_row"));
  adw_action_row_set_subtitle (self->file_row, path);
  gtk_widget_set_visible (GTK_WIDGET (self->secret_row), !is_demo);
  show_secret_place (self, td_session_get_secret_place (self->session));
  g_signal_connect_object (gtk_builder_get_object (builder, "delete_button"), "clicked",
                           G_CALLBACK (delete_cb), self, G_CONNECT_SWAPPED);
}

/**
 * td_preferences_new:
 * @parent: the window it belongs to
 * @session: what is watched, with a profile
 * @settings: (nullable): of the program
 * @room: (nullable): what walls on other computers hear
 *
 * Returns: (transfer none): the preferences, not shown yet
 */
TdPreferences *
td_preferences_new (GtkWindow  *parent,
                    TdSession  *session,
                    GSettings  *settings,
                    TdRoomDesk *room)
{
  TdPreferences *self;
  g_autoptr (TdProfile) copy = NULL;

  g_return_val_if_fail (GTK_IS_WINDOW (parent), NULL);
  g_return_val_if_fail (TD_IS_SESSION (session), NULL);
  g_return_val_if_fail (td_session_get_profile (session) != NULL, NULL);

  self = g_object_new (TD_TYPE_PREFERENCES,
                       "transient-for", parent,
                       "destroy-with-parent", TRUE,
                       "application", gtk_window_get_application (parent),
                       "modal", TRUE,
                       "default-width", 900,
                       "default-height", 660,
                       "search-enabled", FALSE,
                       "title", _ ("Preferences"),
                       NULL);
  self->session = g_object_ref (session);
  self->profile = td_profile_copy (td_session_get_profile (session));
  copy = td_profile_copy (self->profile);
  self->room = room != NULL ? g_object_ref (room) : NULL;
  add_pages (self, settings);
  /* What is wrong with the profile is said from the start. */
  td_connection_form_read (self->connection, copy);

  return self;
}
