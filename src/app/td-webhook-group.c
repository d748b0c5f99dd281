/* td-webhook-group.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-webhook-group.h"

#include <glib/gi18n.h>

#include "td-alert-message.h"
#include "td-answer-row.h"
#include "td-row-note.h"
#include "td-secrets.h"
#include "td-webhook-post.h"

#define DEADLINE_MS (15 * 1000)

struct _TdWebhookGroup
{
  AdwPreferencesGroup parent_instance;

  char         *key;     /* (owned): of its secret */
  char         *centre;  /* (owned): its name for people */
  TdConnection *trying;  /* (owned) (nullable): what is tried out */
  SoupSession  *session; /* (owned) (nullable): of that */
  GCancellable *cancellable;

  GtkWidget *level_row;
  GtkWidget *url_row;
  GtkWidget *plain_row;
  GtkSwitch *plain_switch;
  GtkWidget *secret_row;
  GtkWidget *test_row;
};

enum {
  CHANGED,
  SECRET_CHANGED,
  SAID,
  N_SIGNALS
};

G_DEFINE_FINAL_TYPE (TdWebhookGroup, td_webhook_group, ADW_TYPE_PREFERENCES_GROUP)

static guint signals[N_SIGNALS];

static char *
dup_url (TdWebhookGroup *self)
{
  char *url = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->url_row))));

  if (*url == '\0')
    g_clear_pointer (&url, g_free);

  return url;
}

static TdConnection *
create_connection (TdWebhookGroup *self)
{
  g_autofree char *url = dup_url (self);
  TdConnection    *connection = td_connection_new (url);

  connection->allow_plain = gtk_switch_get_active (self->plain_switch);

  return connection;
}

static void
show_security (TdWebhookGroup *self)
{
  g_autoptr (TdConnection) connection = create_connection (self);
  g_autofree char *base = connection->url != NULL ? td_connection_dup_base_url (connection, NULL) : NULL;

  gtk_widget_set_visible (self->plain_row, base != NULL && td_connection_get_security (connection) == TD_SECURITY_PLAIN);
}

static void
changed_cb (TdWebhookGroup *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

/* --- the secret ------------------------------------------------------------- */

static void
secret_done (TdWebhookGroup *self,
             const char     *text,
             GError         *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || g_cancellable_is_cancelled (self->cancellable))
    return;

  td_row_note_set (self->secret_row, error != NULL ? error->message : NULL);
  if (error != NULL)
    return;

  gtk_editable_set_text (GTK_EDITABLE (self->secret_row), "");
  g_signal_emit (self, signals[SAID], 0, text);
  g_signal_emit (self, signals[SECRET_CHANGED], 0);
}

static void
stored_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (TdWebhookGroup) self = user_data;
  g_autoptr (GError) error = NULL;
  TdSecretsPlace place = TD_SECRETS_NONE;

  td_secrets_store_finish (result, &place, &error);
  secret_done (self,
               place == TD_SECRETS_FILE ? _ ("The secret was saved in a file that only you can read, not encrypted.")
                                        : _ ("The secret was saved."),
               error);
}

static void
cleared_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (TdWebhookGroup) self = user_data;
  g_autoptr (GError) error = NULL;

  td_secrets_clear_finish (result, &error);
  secret_done (self, _ ("Messages are not signed any more."), error);
}

static void
secret_cb (TdWebhookGroup *self)
{
  const char *secret = gtk_editable_get_text (GTK_EDITABLE (self->secret_row));

  if (*secret != '\0')
    td_secrets_store_async (self->key, secret, self->cancellable, stored_cb, g_object_ref (self));
  else
    td_secrets_clear_async (self->key, self->cancellable, cleared_cb, g_object_ref (self));
}

/* --- the message that tries it out ------------------------------------------ */

static void
end_test (TdWebhookGroup *self,
          const char     *text)
{
  g_clear_object (&self->session);
  g_clear_pointer (&self->trying, td_connection_free);
  if (!g_cancellable_is_cancelled (self->cancellable))
    td_answer_row_say (self->test_row, text);
}

static void
posted_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (TdWebhookGroup) self = user_data;
  g_autoptr (GError) error = NULL;
  guint            retry_after;
  TdWebhookOutcome outcome = td_webhook_post_finish (result, &retry_after, &error);

  end_test (self, outcome == TD_WEBHOOK_DELIVERED ? _ ("The webhook took the message.") : error->message);
}

static void
looked_up_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (TdWebhookGroup) self = user_data;
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *id = g_uuid_string_random ();
  char            *secret = td_secrets_lookup_finish (result, NULL, &error);

  if (error == NULL)
    {
      self->trying->secret = g_strdup (secret);
      self->session = td_connection_create_session (self->trying, &error);
    }
  td_secrets_free (secret);
  if (error != NULL)
    {
      end_test (self, error->message);
      return;
    }

  body = td_alert_message_create_test (self->centre, g_get_real_time ());
  td_webhook_post_async (self->session, self->trying, id, body, DEADLINE_MS, self->cancellable, posted_cb, g_object_ref (self));
}

static void
test_cb (TdWebhookGroup *self)
{
  g_autoptr (TdConnection) connection = create_connection (self);
  g_autoptr (GError) error = NULL;

  if (self->trying != NULL)
    return;
  if (connection->url == NULL)
    {
      td_answer_row_say (self->test_row, _ ("There is no address yet."));
      return;
    }
  if (!td_connection_check (connection, &error))
    {
      td_answer_row_say (self->test_row, error->message);
      return;
    }

  self->trying = g_steal_pointer (&connection);
  td_answer_row_wait (self->test_row);
  td_secrets_lookup_async (self->key, self->cancellable, looked_up_cb, g_object_ref (self));
}

/* --- the widget ------------------------------------------------------------- */

static void
td_webhook_group_dispose (GObject *object)
{
  TdWebhookGroup *self = TD_WEBHOOK_GROUP (object);

  g_cancellable_cancel (self->cancellable);

  G_OBJECT_CLASS (td_webhook_group_parent_class)->dispose (object);
}

static void
td_webhook_group_finalize (GObject *object)
{
  TdWebhookGroup *self = TD_WEBHOOK_GROUP (object);

  g_clear_object (&self->session);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->trying, td_connection_free);
  g_free (self->key);
  g_free (self->centre);

  G_OBJECT_CLASS (td_webhook_group_parent_class)->finalize (object);
}

static void
td_webhook_group_class_init (TdWebhookGroupClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = td_webhook_group_dispose;
  object_class->finalize = td_webhook_group_finalize;

  signals[CHANGED] = g_signal_new ("changed",
                                   G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SECRET_CHANGED] = g_signal_new ("secret-changed",
                                          G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SAID] = g_signal_new ("said",
                                G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
td_webhook_group_init (TdWebhookGroup *self)
{
  self->cancellable = g_cancellable_new ();
}

static void
add_level (TdWebhookGroup *self,
           TdAlertLevel    level)
{
  g_autoptr (GtkStringList) levels = gtk_string_list_new (NULL);

  for (guint i = 0; i < TD_N_ALERT_LEVELS; i++)
    gtk_string_list_append (levels, td_alert_level_get_title ((TdAlertLevel)i));
  self->level_row = adw_combo_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->level_row), _ ("Told from this level on"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->level_row), _ ("The webhook, and the command below"));
  adw_combo_row_set_model (ADW_COMBO_ROW (self->level_row), G_LIST_MODEL (levels));
  adw_combo_row_set_selected (ADW_COMBO_ROW (self->level_row), level);
  g_signal_connect_object (self->level_row, "notify::selected", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), self->level_row);
}

static void
add_address (TdWebhookGroup     *self,
             const TdConnection *webhook)
{
  self->url_row = adw_entry_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->url_row), _ ("Address of the webhook (https://); empty for none"));
  adw_entry_row_set_input_purpose (ADW_ENTRY_ROW (self->url_row), GTK_INPUT_PURPOSE_URL);
  gtk_editable_set_text (GTK_EDITABLE (self->url_row), webhook->url != NULL ? webhook->url : "");
  adw_entry_row_set_show_apply_button (ADW_ENTRY_ROW (self->url_row), TRUE);
  g_signal_connect_object (self->url_row, "apply", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->url_row, "changed", G_CALLBACK (show_security), self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), self->url_row);

  self->plain_switch = GTK_SWITCH (gtk_switch_new ());
  gtk_widget_set_valign (GTK_WIDGET (self->plain_switch), GTK_ALIGN_CENTER);
  gtk_switch_set_active (self->plain_switch, webhook->allow_plain);
  g_signal_connect_object (self->plain_switch, "notify::active", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  self->plain_row = adw_action_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->plain_row), _ ("Tell it without encryption"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->plain_row),
                               _ ("Plain HTTP to another machine: whoever listens on the way reads every alert."));
  adw_action_row_add_suffix (ADW_ACTION_ROW (self->plain_row), GTK_WIDGET (self->plain_switch));
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (self->plain_row), GTK_WIDGET (self->plain_switch));
  gtk_widget_add_css_class (self->plain_row, "td-warning-row");
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), self->plain_row);
}

static void
add_secret (TdWebhookGroup *self)
{
  self->secret_row = adw_password_entry_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->secret_row), _ ("Secret that signs messages; empty for none"));
  adw_entry_row_set_show_apply_button (ADW_ENTRY_ROW (self->secret_row), TRUE);
  g_signal_connect_object (self->secret_row, "apply", G_CALLBACK (secret_cb), self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), self->secret_row);
}

/**
 * td_webhook_group_new:
 * @profile: what it begins with
 *
 * Returns: (transfer floating): a group
 */
GtkWidget *
td_webhook_group_new (const TdProfile *profile)
{
  TdWebhookGroup *self;

  g_return_val_if_fail (profile != NULL, NULL);

  self = g_object_new (TD_TYPE_WEBHOOK_GROUP,
                       "title", _ ("Told to others"),
                       "description", _ ("JSON for a program of your own, for Zalo, e-mail or a siren; signed as Standard Webhooks has it, and kept until it is taken, for a day at most."),
                       NULL);
  self->key = td_secrets_get_webhook_key (profile->name);
  self->centre = g_strdup (profile->title != NULL ? profile->title : profile->name);
  add_level (self, profile->outward_level);
  add_address (self, profile->webhook);
  add_secret (self);
  self->test_row = td_answer_row_new (_ ("A message that says it is a test"), _ ("Send"), G_CALLBACK (test_cb), self);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), self->test_row);
  show_security (self);

  return GTK_WIDGET (self);
}

/**
 * td_webhook_group_read:
 * @self: a group
 * @profile: what gets what was entered
 *
 * Says at its row what cannot be used.
 *
 * Returns: whether all of it can be used
 */
gboolean
td_webhook_group_read (TdWebhookGroup *self,
                       TdProfile      *profile)
{
  g_autoptr (TdConnection) connection = NULL;
  g_autoptr (GError) error = NULL;

  g_return_val_if_fail (TD_IS_WEBHOOK_GROUP (self), FALSE);
  g_return_val_if_fail (profile != NULL, FALSE);

  connection = create_connection (self);
  if (connection->url != NULL)
    td_connection_check (connection, &error);
  td_row_note_set (self->url_row, error != NULL ? error->message : NULL);
  if (error != NULL)
    return FALSE;

  td_connection_free (profile->webhook);
  profile->webhook = g_steal_pointer (&connection);
  profile->outward_level = (TdAlertLevel)MIN (adw_combo_row_get_selected (ADW_COMBO_ROW (self->level_row)), TD_ALERT_ALARM);

  return TRUE;
}
