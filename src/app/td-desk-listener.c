/* td-desk-listener.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-desk-listener.h"

#include <glib/gi18n.h>
#include <string.h>

#include "td-file-watch.h"
#include "td-format.h"
#include "td-room-client.h"
#include "td-secrets-file.h"
#include "td-secrets.h"
#include "td-wall-file.h"

#define KEY_VARIABLE "TONGDAI_DESK_KEY"

struct _TdDeskListener
{
  GObject parent_instance;

  char        **addresses; /* (owned) */
  char         *profile;   /* (owned) */
  char         *key_path;  /* (owned) (nullable) */
  TdFileWatch  *key_file;  /* (owned) (nullable) */
  char         *trouble;   /* (owned) (nullable): of the key */
  GPtrArray    *clients;   /* (owned) (element-type TdRoomClient) */
  TdAlertShare *share;     /* (owned) (nullable) */
};

enum {
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TdDeskListener, td_desk_listener, G_TYPE_OBJECT)

static void
tell_share (TdDeskListener *self,
            TdRoomClient   *client)
{
  const TdRoom *room = td_room_client_get_room (client);

  if (self->share != NULL && room != NULL)
    td_alert_share_hear (self->share, td_room_client_get_address (client), room->deeds);
}

static void
changed_cb (TdDeskListener *self,
            TdRoomClient   *client)
{
  tell_share (self, client);
  g_signal_emit (self, signals[CHANGED], 0);
}

static char *
read_key (TdDeskListener *self)
{
  const char *variable = g_getenv (KEY_VARIABLE);
  g_autoptr (GError) error = NULL;
  char *key = NULL;

  g_clear_pointer (&self->trouble, g_free);
  if (self->key_path != NULL)
    key = td_secrets_file_read (self->key_path, &error);
  else if (variable != NULL && *variable != '\0')
    key = g_strdup (variable);

  if (error != NULL)
    {
      g_autofree char *folder = g_path_get_dirname (self->key_path);
      const char      *reason = error->message;

      g_printerr ("tongdai: %s\n", error->message);
      /* A foot has room for the file, not for its folder. */
      if (g_str_has_prefix (reason, folder))
        reason += strlen (folder) + 1;
      self->trouble = g_strdup (reason);
    }
  else if (key == NULL)
    self->trouble = g_strdup (_ ("There is no key for the desk"));

  return key;
}

/* Anew, with the key as it is now. What was heard already stays with the share. */
static void
listen_to_desks (TdDeskListener *self)
{
  char *key = read_key (self);

  g_ptr_array_set_size (self->clients, 0);
  for (guint i = 0; key != NULL && self->addresses[i] != NULL; i++)
    {
      TdRoomClient *client = td_room_client_new (self->addresses[i], self->profile, key);

      if (client == NULL)
        continue;
      g_signal_connect_object (client, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
      g_ptr_array_add (self->clients, client);
    }
  td_secrets_free (key);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
td_desk_listener_dispose (GObject *object)
{
  TdDeskListener *self = TD_DESK_LISTENER (object);

  g_ptr_array_set_size (self->clients, 0);
  g_clear_object (&self->key_file);
  g_clear_object (&self->share);

  G_OBJECT_CLASS (td_desk_listener_parent_class)->dispose (object);
}

static void
td_desk_listener_finalize (GObject *object)
{
  TdDeskListener *self = TD_DESK_LISTENER (object);

  g_ptr_array_unref (self->clients);
  g_strfreev (self->addresses);
  g_free (self->profile);
  g_free (self->key_path);
  g_free (self->trouble);

  G_OBJECT_CLASS (td_desk_listener_parent_class)->finalize (object);
}

static void
td_desk_listener_class_init (TdDeskListenerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = td_desk_listener_dispose;
  object_class->finalize = td_desk_listener_finalize;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
td_desk_listener_init (TdDeskListener *self)
{
  self->clients = g_ptr_array_new_with_free_func (g_object_unref);
}

/**
 * td_desk_listener_new:
 * @wall: which desks it hears
 * @path: of the wall's file, for that of the key
 * @profile: name of what is watched
 *
 * Returns: (transfer full): the desks, which are asked at once
 */
TdDeskListener *
td_desk_listener_new (const TdWall *wall,
                      const char   *path,
                      const char   *profile)
{
  TdDeskListener *self;

  g_return_val_if_fail (wall != NULL && wall->desks != NULL, NULL);
  g_return_val_if_fail (path != NULL, NULL);
  g_return_val_if_fail (profile != NULL, NULL);

  self = g_object_new (TD_TYPE_DESK_LISTENER, NULL);
  self->addresses = g_strdupv (wall->desks);
  self->profile = g_strdup (profile);
  self->key_path = td_wall_file_get_key_path (path, wall);
  if (self->key_path != NULL)
    {
      self->key_file = td_file_watch_new (self->key_path);
      g_signal_connect_object (self->key_file, "changed", G_CALLBACK (listen_to_desks), self, G_CONNECT_SWAPPED);
    }
  listen_to_desks (self);

  return self;
}

/**
 * td_desk_listener_set_share:
 * @self: desks
 * @share: (nullable): what does here what was done there
 */
void
td_desk_listener_set_share (TdDeskListener *self,
                            TdAlertShare   *share)
{
  g_return_if_fail (TD_IS_DESK_LISTENER (self));

  g_set_object (&self->share, share);
  for (guint i = 0; i < self->clients->len; i++)
    tell_share (self, self->clients->pdata[i]);
}

/**
 * td_desk_listener_hears:
 * @self: desks
 *
 * Returns: whether all of them are, so that what nobody has taken there nobody has
 */
gboolean
td_desk_listener_hears (TdDeskListener *self)
{
  g_return_val_if_fail (TD_IS_DESK_LISTENER (self), FALSE);

  for (guint i = 0; i < self->clients->len; i++)
    {
      if (!td_room_client_is_heard (self->clients->pdata[i]))
        return FALSE;
    }

  return self->clients->len > 0;
}

/**
 * td_desk_listener_get_message:
 * @self: desks
 * @now: time of this machine, µs since 1970
 *
 * Returns: (transfer none) (nullable): what is said to the room; of several
 *   desks that of the first that says anything
 */
const TdWallMessage *
td_desk_listener_get_message (TdDeskListener *self,
                              gint64          now)
{
  g_return_val_if_fail (TD_IS_DESK_LISTENER (self), NULL);

  for (guint i = 0; i < self->clients->len; i++)
    {
      const TdRoom *room = td_room_client_get_room (self->clients->pdata[i]);

      if (room != NULL && td_wall_message_is_up (&room->message, now))
        return &room->message;
    }

  return NULL;
}

static char *
describe (TdRoomClient *client,
          GTimeZone    *zone)
{
  g_autofree char *clock = NULL;

  switch (td_room_client_get_state (client))
    {
    case TD_ROOM_CLIENT_LOST:
      clock = td_format_clock (td_room_client_get_last_heard (client), zone);
      /* Translators: on a wall, of the desk that it hears; a time of day. */
      return g_strdup_printf (_ ("Desk not heard since %s"), clock);

    case TD_ROOM_CLIENT_REFUSED:
      return g_strdup (_ ("The desk refuses this wall’s key"));

    case TD_ROOM_CLIENT_ELSEWHERE:
      return g_strdup (_ ("The desk watches another centre"));

    case TD_ROOM_CLIENT_STRANGE:
      return g_strdup (_ ("No desk answers at the desk’s address"));

    case TD_ROOM_CLIENT_LISTENING:
    default:
      return NULL;
    }
}

/**
 * td_desk_listener_describe_trouble:
 * @self: desks
 * @zone: of the clock on the wall
 *
 * Returns: (transfer full) (nullable): what is wrong with the first of them
 *   that is not heard, for the foot of the wall
 */
char *
td_desk_listener_describe_trouble (TdDeskListener *self,
                                   GTimeZone      *zone)
{
  g_return_val_if_fail (TD_IS_DESK_LISTENER (self), NULL);

  if (self->trouble != NULL)
    return g_strdup (self->trouble);

  for (guint i = 0; i < self->clients->len; i++)
    {
      TdRoomClient    *client = self->clients->pdata[i];
      g_autofree char *text = describe (client, zone);
      g_autoptr (GUri) uri = NULL;

      if (text == NULL)
        continue;
      if (self->clients->len == 1)
        return g_steal_pointer (&text);
      uri = g_uri_parse (td_room_client_get_address (client), G_URI_FLAGS_NONE, NULL);
      return g_strdup_printf ("%s: %s", uri != NULL ? g_uri_get_host (uri) : "", text);
    }

  return NULL;
}
