/* td-room-server.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-room-server.h"

#include <string.h>
#include <sys/random.h>

#include "td-hold-list.h"
#include "td-http.h"
#include "td-token-list.h"

#define PREFIX "/v1/room/"
#define MAX_URL 1024

/* Whoever connects and says nothing is cut off; longer than a request is held. */
#define IDLE_S 30

/* 160 bits, as 32 letters and digits that a person can type. */
#define KEY_BYTES 20
#define KEY_GROUP 4

struct _TdRoomServer
{
  GObject parent_instance;

  SoupServer     *soup;          /* (owned) */
  GSocketService *service;       /* (owned) */
  TdTokenList    *keys;          /* (owned): the one */
  TdHoldList     *held;          /* (owned) */
  char           *profile;       /* (owned) (nullable) */
  GBytes         *body;          /* (owned) (nullable) */
  char           *etag;          /* (owned) (nullable) */
  guint          *n_connections; /* (owned): outlives this with the last of them */
  guint16         port;
};

G_DEFINE_FINAL_TYPE (TdRoomServer, td_room_server, G_TYPE_OBJECT)

static gboolean
is_asked_for_wait (SoupServerMessage *message,
                   guint             *wait_s)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);

  if (!td_http_parse_prefer_wait (soup_message_headers_get_list (headers, "Prefer"), wait_s))
    return FALSE;
  *wait_s = MIN (*wait_s, TD_ROOM_SERVER_MAX_WAIT_S);

  return TRUE;
}

/* Whether the sender knows what there is. */
static gboolean
is_known (TdRoomServer      *self,
          SoupServerMessage *message)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  const char         *etags = soup_message_headers_get_list (headers, "If-None-Match");

  return etags != NULL && td_http_etags_contain (etags, self->etag);
}

static void
respond_not_found (SoupServerMessage *message)
{
  td_http_respond_problem (message, SOUP_STATUS_NOT_FOUND, NULL, NULL, "This desk does not watch that centre now.");
}

static gboolean
is_watched (TdRoomServer      *self,
            SoupServerMessage *message)
{
  const char      *path = g_uri_get_path (soup_server_message_get_uri (message));
  g_autofree char *profile = g_uri_unescape_string (path + strlen (PREFIX), NULL);

  return self->body != NULL && g_strcmp0 (profile, self->profile) == 0;
}

static void
answer (TdRoomServer      *self,
        SoupServerMessage *message,
        gboolean           honour_wait)
{
  SoupMessageHeaders *response = soup_server_message_get_response_headers (message);
  guint               wait_s;

  if (!is_watched (self, message))
    {
      respond_not_found (message);
      return;
    }

  if (honour_wait && is_asked_for_wait (message, &wait_s))
    {
      g_autofree char *applied = g_strdup_printf ("wait=%u", wait_s);

      soup_message_headers_replace (response, "Preference-Applied", applied);
    }
  soup_message_headers_replace (response, "Vary", "Prefer");
  soup_message_headers_replace (response, "ETag", self->etag);
  if (is_known (self, message))
    soup_server_message_set_status (message, SOUP_STATUS_NOT_MODIFIED, NULL);
  else
    td_http_respond_bytes (message, "application/json", self->body);
}

static void
release_cb (SoupServerMessage *message,
            gpointer           user_data)
{
  answer (user_data, message, TRUE);
}

static gboolean
check_key (TdRoomServer      *self,
           SoupServerMessage *message)
{
  const char *authorization = soup_message_headers_get_one (soup_server_message_get_request_headers (message), "Authorization");

  if (td_token_list_get_scope (self->keys, authorization) != TD_API_SCOPE_NONE)
    return TRUE;

  soup_message_headers_replace (soup_server_message_get_response_headers (message), "WWW-Authenticate",
                                "Bearer realm=\"tongdai\"");
  td_http_respond_problem (message, SOUP_STATUS_UNAUTHORIZED, NULL, NULL,
                           authorization != NULL ? "The key is not known here." : "A key is needed.");

  return FALSE;
}

static void
handler_cb (SoupServer        *soup,
            SoupServerMessage *message,
            const char        *path,
            GHashTable        *query,
            gpointer           user_data)
{
  TdRoomServer *self = user_data;
  const char   *method = soup_server_message_get_method (message);
  guint         wait_s;

  soup_message_headers_replace (soup_server_message_get_response_headers (message), "Cache-Control", "no-store");
  /* Before anything is told of what there is. */
  if (!check_key (self, message))
    return;

  if (strlen (path) > MAX_URL)
    td_http_respond_problem (message, SOUP_STATUS_REQUEST_URI_TOO_LONG, NULL, NULL, "The URL is too long.");
  else if (!g_str_has_prefix (path, PREFIX))
    td_http_respond_problem (message, SOUP_STATUS_NOT_FOUND, NULL, NULL, "Here is /v1/room/{profile}, and nothing else.");
  else if (strcmp (method, "GET") != 0 && strcmp (method, "HEAD") != 0)
    {
      soup_message_headers_replace (soup_server_message_get_response_headers (message), "Allow", "GET, HEAD");
      td_http_respond_problem (message, SOUP_STATUS_METHOD_NOT_ALLOWED, NULL, NULL, "Here only GET, HEAD can be used.");
    }
  else if (is_watched (self, message) && is_known (self, message) && is_asked_for_wait (message, &wait_s) && wait_s > 0)
    {
      if (!td_hold_list_add (self->held, message, wait_s))
        answer (self, message, FALSE);
    }
  else
    answer (self, message, TRUE);
}

/* Nobody has anything to tell a desk: what is sent is thrown away, and who
 * sends more than a form would is cut off. */
static void
got_chunk_cb (SoupServerMessage *message,
              GBytes            *chunk,
              gsize             *received)
{
  *received += g_bytes_get_size (chunk);
  if (*received > TD_HTTP_MAX_REQUEST_BODY)
    g_socket_shutdown (soup_server_message_get_socket (message), TRUE, TRUE, NULL);
}

static void
free_count (gpointer  data,
            GClosure *closure)
{
  g_free (data);
}

static void
request_started_cb (SoupServer        *soup,
                    SoupServerMessage *message)
{
  soup_message_body_set_accumulate (soup_server_message_get_request_body (message), FALSE);
  g_signal_connect_data (message, "got-chunk", G_CALLBACK (got_chunk_cb), g_new0 (gsize, 1), free_count, 0);
}

static void
gone_cb (gpointer data,
         GObject *connection)
{
  guint *n_connections = data;

  (*n_connections)--;
  g_rc_box_release (n_connections);
}

/* The connections are counted before libsoup has them, which takes as many as come. */
static gboolean
incoming_cb (GSocketService    *service,
             GSocketConnection *connection,
             GObject           *source,
             TdRoomServer      *self)
{
  g_autoptr (GSocketAddress) local = g_socket_connection_get_local_address (connection, NULL);
  g_autoptr (GSocketAddress) remote = g_socket_connection_get_remote_address (connection, NULL);
  GSocket *socket = g_socket_connection_get_socket (connection);

  if (*self->n_connections >= TD_ROOM_SERVER_MAX_CONNECTIONS)
    {
      g_io_stream_close (G_IO_STREAM (connection), NULL, NULL);
      return TRUE;
    }

  g_socket_set_timeout (socket, IDLE_S);
  (*self->n_connections)++;
  g_object_weak_ref (G_OBJECT (connection), gone_cb, g_rc_box_acquire (self->n_connections));
  soup_server_accept_iostream (self->soup, G_IO_STREAM (connection), local, remote, NULL);

  return TRUE;
}

static void
td_room_server_dispose (GObject *object)
{
  TdRoomServer *self = TD_ROOM_SERVER (object);

  td_room_server_close (self);
  g_clear_pointer (&self->held, td_hold_list_free);
  g_clear_object (&self->soup);

  G_OBJECT_CLASS (td_room_server_parent_class)->dispose (object);
}

static void
td_room_server_finalize (GObject *object)
{
  TdRoomServer *self = TD_ROOM_SERVER (object);

  g_clear_pointer (&self->keys, td_token_list_free);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_clear_pointer (&self->n_connections, g_rc_box_release);
  g_free (self->profile);
  g_free (self->etag);

  G_OBJECT_CLASS (td_room_server_parent_class)->finalize (object);
}

static void
td_room_server_class_init (TdRoomServerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = td_room_server_dispose;
  object_class->finalize = td_room_server_finalize;
}

static void
td_room_server_init (TdRoomServer *self)
{
  self->n_connections = g_rc_box_new0 (guint);
  self->keys = td_token_list_new ();
  self->held = td_hold_list_new (TD_ROOM_SERVER_MAX_CONNECTIONS, release_cb, self);
  self->soup = soup_server_new ("raw-paths", TRUE, "server-header", "tongdai", NULL);
  soup_server_add_handler (self->soup, NULL, handler_cb, self, NULL);
  g_signal_connect (self->soup, "request-started", G_CALLBACK (request_started_cb), NULL);
}

/**
 * td_room_server_new:
 * @key: what a wall has to know; only its digest is kept
 *
 * Returns: (transfer full): a server that does not listen yet
 */
TdRoomServer *
td_room_server_new (const char *key)
{
  TdRoomServer *self;

  g_return_val_if_fail (key != NULL && *key != '\0', NULL);

  self = g_object_new (TD_TYPE_ROOM_SERVER, NULL);
  td_token_list_add (self->keys, key, TD_API_SCOPE_READ);

  return self;
}

/**
 * td_room_server_set_room:
 * @self: a server
 * @profile: (nullable): name of what the desk watches; %NULL for nothing
 * @body: (nullable): JSON
 *
 * Those who wait for news get it at once.
 */
void
td_room_server_set_room (TdRoomServer *self,
                         const char   *profile,
                         GBytes       *body)
{
  g_autofree char *digest = NULL;

  g_return_if_fail (TD_IS_ROOM_SERVER (self));
  g_return_if_fail ((profile == NULL) == (body == NULL));

  if (g_strcmp0 (self->profile, profile) == 0 &&
      (self->body == body || (self->body != NULL && body != NULL && g_bytes_equal (self->body, body))))
    return;

  g_free (self->profile);
  self->profile = g_strdup (profile);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_clear_pointer (&self->etag, g_free);
  if (body != NULL)
    {
      self->body = g_bytes_ref (body);
      digest = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, body);
      digest[32] = '\0';
      self->etag = g_strdup_printf ("\"%s\"", digest);
    }
  td_hold_list_release_all (self->held);
}

/**
 * td_room_server_listen:
 * @self: a server
 * @address: (nullable): where to listen; %NULL for all addresses of this machine
 * @port: TCP port, or 0 for any that is free
 * @error: return location; %G_IO_ERROR_ADDRESS_IN_USE where another program has it
 *
 * Returns: whether it listens now
 */
gboolean
td_room_server_listen (TdRoomServer *self,
                       GInetAddress *address,
                       guint16       port,
                       GError      **error)
{
  g_autoptr (GSocketService) service = NULL;
  g_autoptr (GSocketAddress) where = NULL;
  g_autoptr (GSocketAddress) effective = NULL;
  gboolean listens;

  g_return_val_if_fail (TD_IS_ROOM_SERVER (self), FALSE);
  g_return_val_if_fail (address == NULL || G_IS_INET_ADDRESS (address), FALSE);

  service = g_socket_service_new ();
  if (address == NULL && port == 0)
    {
      self->port = g_socket_listener_add_any_inet_port (G_SOCKET_LISTENER (service), NULL, error);
      listens = self->port != 0;
    }
  else if (address == NULL)
    {
      self->port = port;
      listens = g_socket_listener_add_inet_port (G_SOCKET_LISTENER (service), port, NULL, error);
    }
  else
    {
      where = g_inet_socket_address_new (address, port);
      listens = g_socket_listener_add_address (G_SOCKET_LISTENER (service), where, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP,
                                               NULL, &effective, error);
      self->port = listens ? g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (effective)) : 0;
    }
  if (!listens)
    {
      self->port = 0;
      return FALSE;
    }

  td_room_server_close (self);
  self->service = g_steal_pointer (&service);
  g_signal_connect_object (self->service, "incoming", G_CALLBACK (incoming_cb), self, 0);

  return TRUE;
}

/**
 * td_room_server_get_port:
 * @self: a server
 *
 * Returns: the port it listens on, or 0 when it does not
 */
guint16
td_room_server_get_port (TdRoomServer *self)
{
  g_return_val_if_fail (TD_IS_ROOM_SERVER (self), 0);

  return self->service != NULL ? self->port : 0;
}

guint
td_room_server_get_n_connections (TdRoomServer *self)
{
  g_return_val_if_fail (TD_IS_ROOM_SERVER (self), 0);

  return *self->n_connections;
}

/**
 * td_room_server_close:
 * @self: a server
 *
 * Stops listening and cuts every connection.
 */
void
td_room_server_close (TdRoomServer *self)
{
  g_return_if_fail (TD_IS_ROOM_SERVER (self));

  if (self->service == NULL)
    return;

  g_socket_service_stop (self->service);
  g_socket_listener_close (G_SOCKET_LISTENER (self->service));
  g_clear_object (&self->service);
  soup_server_disconnect (self->soup);
}

/**
 * td_room_server_create_key:
 *
 * Returns: (transfer full): a key that nobody can guess
 */
char *
td_room_server_create_key (void)
{
  static const char letters[] = "abcdefghijkmnpqrstuvwxyz23456789"; /* 32 that are hard to mix up */
  guint8            bytes[KEY_BYTES];
  GString          *key = g_string_new (NULL);
  guint             bits = 0, n_bits = 0, n = 0;

  if (getrandom (bytes, sizeof bytes, 0) != sizeof bytes)
    g_error ("This system gives no random bytes");
  for (guint i = 0; i < sizeof bytes; i++)
    {
      bits = bits << 8 | bytes[i];
      for (n_bits += 8; n_bits >= 5; n_bits -= 5)
        {
          if (n > 0 && n % KEY_GROUP == 0)
            g_string_append_c (key, '-');
          g_string_append_c (key, letters[bits >> (n_bits - 5) & 31]);
          n++;
        }
    }
  explicit_bzero (bytes, sizeof bytes);

  return g_string_free (key, FALSE);
}
