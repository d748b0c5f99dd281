/* td-room-desk.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-room-desk.h"

#include <glib/gi18n.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <netinet/in.h>

#include "td-message-watch.h"
#include "td-room-server.h"
#include "td-room.h"
#include "td-secrets.h"

#define MAX_ADDRESSES 4

struct _TdRoomDesk
{
  GObject parent_instance;

  GSettings      *settings; /* (owned) */
  GCancellable   *cancellable;
  TdRoomServer   *server;  /* (owned) (nullable) */
  TdAlertShare   *share;   /* (owned) (nullable) */
  TdMessageWatch *message; /* (owned) (nullable) */
  char           *profile; /* (owned) (nullable) */
  char           *key;     /* (owned) (nullable) */
  char           *trouble; /* (owned) (nullable): why it does not listen, or may not for long */
  gboolean        is_looking_up;
};

enum {
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TdRoomDesk, td_room_desk, G_TYPE_OBJECT)

static void
set_trouble (TdRoomDesk *self,
             const char *trouble)
{
  g_free (self->trouble);
  self->trouble = g_strdup (trouble);
}

static void
publish (TdRoomDesk *self)
{
  g_autoptr (TdRoom) room = NULL;
  g_autoptr (GBytes) body = NULL;

  if (self->server == NULL)
    return;
  if (self->profile == NULL)
    {
      td_room_server_set_room (self->server, NULL, NULL);
      return;
    }

  room = td_room_new ();
  if (self->message != NULL)
    {
      td_wall_message_set (&room->message, td_message_watch_get_message (self->message));
    }
  if (self->share != NULL)
    {
      g_ptr_array_unref (room->deeds);
      room->deeds = td_alert_share_list (self->share);
    }
  body = td_room_encode (room, (TdWallPrivacy)g_settings_get_enum (self->settings, "walls-names"));
  td_room_server_set_room (self->server, self->profile, body);
}

static void
stop (TdRoomDesk *self)
{
  if (self->server != NULL)
    td_room_server_close (self->server);
  g_clear_object (&self->server);
}

/* Anew from what the settings and the key are now. */
static void
start (TdRoomDesk *self)
{
  guint16 port = (guint16)g_settings_get_int (self->settings, "walls-port");
  g_autoptr (GError) error = NULL;

  stop (self);
  set_trouble (self, NULL);
  if (g_settings_get_boolean (self->settings, "walls-listen") && self->key != NULL)
    {
      self->server = td_room_server_new (self->key);
      if (!td_room_server_listen (self->server, NULL, port, &error))
        {
          g_autofree char *text = g_error_matches (error, G_IO_ERROR, G_IO_ERROR_ADDRESS_IN_USE)
                                    ? g_strdup_printf (_ ("Another program has the port %u. Choose another one."), port)
                                    : g_strdup_printf (_ ("The port %u cannot be had: %s"), port, error->message);

          set_trouble (self, text);
          g_clear_object (&self->server);
        }
      publish (self);
    }
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
fail (TdRoomDesk   *self,
      const GError *error)
{
  /* Translators: the reason. */
  g_autofree char *text = g_strdup_printf (_ ("The key cannot be kept: %s"), error->message);

  set_trouble (self, text);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
stored_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (TdRoomDesk) self = user_data;
  g_autoptr (GError) error = NULL;

  /* It holds until the program ends; that it will be another one then is said. */
  if (!td_secrets_store_finish (result, NULL, &error) && !g_cancellable_is_cancelled (self->cancellable))
    fail (self, error);
}

static void
create_key (TdRoomDesk *self)
{
  g_free (self->key);
  self->key = td_room_server_create_key ();
  start (self);
  td_secrets_store_async (TD_SECRETS_WALLS, self->key, self->cancellable, stored_cb, g_object_ref (self));
}

static void
looked_up_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (TdRoomDesk) self = user_data;
  g_autoptr (GError) error = NULL;
  char *secret = td_secrets_lookup_finish (result, NULL, &error);

  self->is_looking_up = FALSE;
  if (g_cancellable_is_cancelled (self->cancellable))
    {
      td_secrets_free (secret);
      return;
    }
  /* A keyring that stays shut may hold the one that every wall has. */
  if (error != NULL)
    fail (self, error);
  else if (secret == NULL)
    create_key (self);
  else
    {
      g_free (self->key);
      self->key = g_strdup (secret);
      start (self);
    }
  td_secrets_free (secret);
}

/* The key is looked for when it is needed first. */
static void
settings_cb (TdRoomDesk *self)
{
  if (!g_settings_get_boolean (self->settings, "walls-listen") || self->key != NULL)
    {
      start (self);
      return;
    }
  if (self->is_looking_up)
    return;

  self->is_looking_up = TRUE;
  td_secrets_lookup_async (TD_SECRETS_WALLS, self->cancellable, looked_up_cb, g_object_ref (self));
}

static void
td_room_desk_dispose (GObject *object)
{
  TdRoomDesk *self = TD_ROOM_DESK (object);

  g_cancellable_cancel (self->cancellable);
  stop (self);
  g_clear_object (&self->share);
  g_clear_object (&self->message);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (td_room_desk_parent_class)->dispose (object);
}

static void
td_room_desk_finalize (GObject *object)
{
  TdRoomDesk *self = TD_ROOM_DESK (object);

  g_clear_object (&self->cancellable);
  td_secrets_free (self->key);
  g_free (self->profile);
  g_free (self->trouble);

  G_OBJECT_CLASS (td_room_desk_parent_class)->finalize (object);
}

static void
td_room_desk_class_init (TdRoomDeskClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = td_room_desk_dispose;
  object_class->finalize = td_room_desk_finalize;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
td_room_desk_init (TdRoomDesk *self)
{
  self->cancellable = g_cancellable_new ();
}

/**
 * td_room_desk_new:
 * @settings: of the program
 *
 * Returns: (transfer full): a desk that follows the settings
 */
TdRoomDesk *
td_room_desk_new (GSettings *settings)
{
  TdRoomDesk *self;

  g_return_val_if_fail (G_IS_SETTINGS (settings), NULL);

  self = g_object_new (TD_TYPE_ROOM_DESK, NULL);
  self->settings = g_object_ref (settings);
  g_signal_connect_object (settings, "changed::walls-listen", G_CALLBACK (settings_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (settings, "changed::walls-port", G_CALLBACK (settings_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (settings, "changed::walls-names", G_CALLBACK (publish), self, G_CONNECT_SWAPPED);
  settings_cb (self);

  return self;
}

/**
 * td_room_desk_set_profile:
 * @self: a desk
 * @profile: (nullable): name of what is watched now
 */
void
td_room_desk_set_profile (TdRoomDesk *self,
                          const char *profile)
{
  g_return_if_fail (TD_IS_ROOM_DESK (self));

  if (g_strcmp0 (self->profile, profile) == 0)
    return;

  g_free (self->profile);
  self->profile = g_strdup (profile);
  g_clear_object (&self->message);
  if (profile != NULL)
    {
      self->message = td_message_watch_new (profile);
      g_signal_connect_object (self->message, "changed", G_CALLBACK (publish), self, G_CONNECT_SWAPPED);
    }
  publish (self);
}

/**
 * td_room_desk_set_share:
 * @self: a desk
 * @share: (nullable): what knows who has taken which alert of what is watched
 */
void
td_room_desk_set_share (TdRoomDesk   *self,
                        TdAlertShare *share)
{
  g_return_if_fail (TD_IS_ROOM_DESK (self));
  g_return_if_fail (share == NULL || TD_IS_ALERT_SHARE (share));

  if (self->share != NULL)
    g_signal_handlers_disconnect_by_data (self->share, self);
  g_set_object (&self->share, share);
  if (share != NULL)
    g_signal_connect_object (share, "changed", G_CALLBACK (publish), self, G_CONNECT_SWAPPED);
  publish (self);
}

/**
 * td_room_desk_get_key:
 * @self: a desk
 *
 * Returns: (transfer none) (nullable): what walls have to know; %NULL while it is not known
 */
const char *
td_room_desk_get_key (TdRoomDesk *self)
{
  g_return_val_if_fail (TD_IS_ROOM_DESK (self), NULL);

  return self->key;
}

gboolean
td_room_desk_is_listening (TdRoomDesk *self)
{
  g_return_val_if_fail (TD_IS_ROOM_DESK (self), FALSE);

  return self->server != NULL;
}

/**
 * td_room_desk_get_trouble:
 * @self: a desk
 *
 * Returns: (transfer none) (nullable): what is wrong, translated
 */
const char *
td_room_desk_get_trouble (TdRoomDesk *self)
{
  g_return_val_if_fail (TD_IS_ROOM_DESK (self), NULL);

  return self->trouble;
}

/**
 * td_room_desk_change_key:
 * @self: a desk
 *
 * Every wall has to be given the new one.
 */
void
td_room_desk_change_key (TdRoomDesk *self)
{
  g_return_if_fail (TD_IS_ROOM_DESK (self));

  create_key (self);
}

static char *
format_address (const struct ifaddrs *entry,
                int                   port)
{
  g_autoptr (GInetAddress) address = NULL;
  g_autofree char *text = NULL;
  gboolean         is_ipv6 = entry->ifa_addr->sa_family == AF_INET6;

  if (is_ipv6)
    address = g_inet_address_new_from_bytes ((const guint8 *)&((const struct sockaddr_in6 *)entry->ifa_addr)->sin6_addr, G_SOCKET_FAMILY_IPV6);
  else
    address = g_inet_address_new_from_bytes ((const guint8 *)&((const struct sockaddr_in *)entry->ifa_addr)->sin_addr, G_SOCKET_FAMILY_IPV4);
  if (g_inet_address_get_is_loopback (address) || g_inet_address_get_is_link_local (address))
    return NULL;

  text = g_inet_address_to_string (address);

  return g_strdup_printf (is_ipv6 ? "http://[%s]:%d" : "http://%s:%d", text, port);
}

/**
 * td_room_desk_list_addresses:
 * @self: a desk
 *
 * Returns: (transfer full): where walls may find this machine, the shorter
 *   addresses first: "http://10.0.0.12:8710"
 */
char **
td_room_desk_list_addresses (TdRoomDesk *self)
{
  static const sa_family_t families[] = { AF_INET, AF_INET6 };
  g_autoptr (GStrvBuilder) found = g_strv_builder_new ();
  struct ifaddrs *entries = NULL;
  guint           n = 0;

  g_return_val_if_fail (TD_IS_ROOM_DESK (self), NULL);

  if (getifaddrs (&entries) != 0)
    return g_strv_builder_end (found);

  for (guint f = 0; f < G_N_ELEMENTS (families); f++)
    {
      for (const struct ifaddrs *entry = entries; entry != NULL && n < MAX_ADDRESSES; entry = entry->ifa_next)
        {
          g_autofree char *text = NULL;

          if (entry->ifa_addr == NULL || entry->ifa_addr->sa_family != families[f] || (entry->ifa_flags & IFF_UP) == 0)
            continue;
          text = format_address (entry, g_settings_get_int (self->settings, "walls-port"));
          if (text == NULL)
            continue;
          g_strv_builder_add (found, text);
          n++;
        }
    }
  freeifaddrs (entries);

  return g_strv_builder_end (found);
}
