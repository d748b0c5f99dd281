/* td-alert-sender.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-alert-sender.h"

#include "td-alert-command.h"
#include "td-alert-message.h"
#include "td-webhook.h"

struct _TdAlertSender
{
  GObject parent_instance;

  char           *centre;  /* (owned) (nullable): its name for people */
  TdAlertLevel    level;   /* what is below is not told */
  TdWebhook      *webhook; /* (owned) (nullable) */
  TdAlertCommand *command; /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (TdAlertSender, td_alert_sender, G_TYPE_OBJECT)

static void
td_alert_sender_dispose (GObject *object)
{
  td_alert_sender_stop (TD_ALERT_SENDER (object));

  G_OBJECT_CLASS (td_alert_sender_parent_class)->dispose (object);
}

static void
td_alert_sender_finalize (GObject *object)
{
  g_free (TD_ALERT_SENDER (object)->centre);

  G_OBJECT_CLASS (td_alert_sender_parent_class)->finalize (object);
}

static void
td_alert_sender_class_init (TdAlertSenderClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = td_alert_sender_dispose;
  object_class->finalize = td_alert_sender_finalize;
}

static void
td_alert_sender_init (TdAlertSender *self)
{
}

static void
open_webhook (TdAlertSender   *self,
              const TdProfile *profile,
              const char      *secret,
              const char      *folder)
{
  g_autoptr (TdConnection) connection = td_connection_copy (profile->webhook);
  g_autoptr (TdOutbox) outbox = NULL;
  g_autoptr (GError) error = NULL;

  g_free (connection->secret);
  connection->secret = g_strdup (secret);
  outbox = td_outbox_open (folder, &error);
  if (outbox != NULL)
    self->webhook = td_webhook_new (connection, outbox, NULL, &error);
  if (self->webhook == NULL)
    g_message ("The webhook of %s is told nothing: %s", profile->name, error->message);
}

/**
 * td_alert_sender_new:
 * @profile: whose webhook and command
 * @secret: (nullable): of the webhook
 * @folder: where it is kept what the webhook is still to be told
 *
 * What the folder holds is sent at once. Another program that keeps the folder
 * tells the webhook in the place of this one.
 *
 * Returns: (transfer full): a sender; one that tells nobody where @profile names nobody
 */
TdAlertSender *
td_alert_sender_new (const TdProfile *profile,
                     const char      *secret,
                     const char      *folder)
{
  TdAlertSender *self;
  g_auto (GStrv) argv = NULL;

  g_return_val_if_fail (profile != NULL, NULL);
  g_return_val_if_fail (folder != NULL, NULL);

  self = g_object_new (TD_TYPE_ALERT_SENDER, NULL);
  self->centre = g_strdup (profile->title != NULL ? profile->title : profile->name);
  self->level = profile->outward_level;
  if (profile->webhook->url != NULL)
    open_webhook (self, profile, secret, folder);
  if (profile->command != NULL)
    argv = td_profile_parse_command (profile->command, NULL);
  if (argv != NULL)
    self->command = td_alert_command_new ((const char *const *)argv, TD_ALERT_COMMAND_DEADLINE_MS);

  return self;
}

/**
 * td_alert_sender_tell:
 * @self: a sender
 * @incident: what it is about, as it is now
 * @event: what happened to it
 * @at: when, µs since 1970
 *
 * Tells it, unless it is an event or a level that the outside is not told of.
 */
void
td_alert_sender_tell (TdAlertSender  *self,
                      TdIncident     *incident,
                      TdIncidentEvent event,
                      gint64          at)
{
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *id = NULL;

  g_return_if_fail (TD_IS_ALERT_SENDER (self));
  g_return_if_fail (TD_IS_INCIDENT (incident));

  if ((self->webhook == NULL && self->command == NULL) || td_incident_get_level (incident) < self->level ||
      td_alert_message_get_event (event) == NULL)
    return;

  body = td_alert_message_create (self->centre, incident, event, at);
  id = g_uuid_string_random ();
  if (self->webhook != NULL && !td_webhook_tell (self->webhook, id, body, &error))
    g_message ("An alert cannot be kept for the webhook: %s", error->message);
  if (self->command != NULL)
    td_alert_command_run (self->command, body);
}

/**
 * td_alert_sender_stop:
 * @self: a sender
 *
 * Tells nothing more; what waits for the webhook stays in its folder.
 */
void
td_alert_sender_stop (TdAlertSender *self)
{
  g_return_if_fail (TD_IS_ALERT_SENDER (self));

  if (self->webhook != NULL)
    td_webhook_stop (self->webhook);
  g_clear_object (&self->webhook);
  if (self->command != NULL)
    td_alert_command_stop (self->command);
  g_clear_object (&self->command);
}

/**
 * td_alert_sender_get_folder:
 * @profile: a profile's name
 *
 * Returns: (transfer full): where it is kept what its webhook is still to be told
 */
char *
td_alert_sender_get_folder (const char *profile)
{
  g_return_val_if_fail (td_profile_is_name (profile), NULL);

  return g_build_filename (g_get_user_state_dir (), "tongdai", "outbox", profile, NULL);
}

/**
 * td_alert_sender_forget:
 * @profile: a profile's name, of which there is no sender any more
 *
 * What its webhook was still to be told is told to nobody.
 */
void
td_alert_sender_forget (const char *profile)
{
  g_autofree char *folder = td_alert_sender_get_folder (profile);
  g_autoptr (TdOutbox) outbox = NULL;
  g_autoptr (GError) error = NULL;

  if (folder == NULL || !g_file_test (folder, G_FILE_TEST_IS_DIR))
    return;

  outbox = td_outbox_open (folder, &error);
  if (outbox == NULL)
    {
      g_message ("What the webhook of %s was to be told is still there: %s", profile, error->message);
      return;
    }
  td_outbox_delete (outbox);
}
