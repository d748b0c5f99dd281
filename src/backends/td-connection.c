/* td-connection.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-connection.h"

#include <glib/gi18n.h>
#include <string.h>

#define PIN_BYTES 64
#define WRONG_PIN "td-wrong-pin"
#define MAX_CA_FILE (16 * 1024 * 1024)

/* An answer that stands still for so long is as good as broken off. A poller
 * has its own, shorter deadline for the whole of it. */
#define IDLE_S 120

/**
 * td_connection_new:
 * @url: where the source is
 *
 * Returns: (transfer full): a connection without credentials
 */
TdConnection *
td_connection_new (const char *url)
{
  TdConnection *self = g_new0 (TdConnection, 1);

  self->url = g_strdup (url);

  return self;
}

TdConnection *
td_connection_copy (const TdConnection *self)
{
  TdConnection *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = td_connection_new (self->url);
  copy->user = g_strdup (self->user);
  copy->secret = g_strdup (self->secret);
  copy->ca_file = g_strdup (self->ca_file);
  copy->pin_sha256 = g_strdup (self->pin_sha256);
  copy->allow_plain = self->allow_plain;

  return copy;
}

void
td_connection_free (TdConnection *self)
{
  if (self == NULL)
    return;

  g_free (self->url);
  g_free (self->user);
  g_free (self->secret);
  g_free (self->ca_file);
  g_free (self->pin_sha256);
  g_free (self);
}

/**
 * td_connection_dup_base_url:
 * @self: a connection
 * @error: return location; it never repeats the URL, which may hold a password
 *
 * Returns: (transfer full) (nullable): the URL, checked, without a slash at its end
 */
char *
td_connection_dup_base_url (const TdConnection *self,
                            GError            **error)
{
  g_autofree char *stripped = NULL;
  g_autoptr (GUri) uri = NULL;
  g_autofree char *text = NULL;
  const char      *scheme;

  g_return_val_if_fail (self != NULL, NULL);

  stripped = g_strstrip (g_strdup (self->url != NULL ? self->url : ""));
  uri = g_uri_parse (stripped, SOUP_HTTP_URI_FLAGS, NULL);
  scheme = uri != NULL ? g_uri_get_scheme (uri) : NULL;

  if (scheme == NULL || (strcmp (scheme, "http") != 0 && strcmp (scheme, "https") != 0) ||
      g_uri_get_host (uri) == NULL || *g_uri_get_host (uri) == '\0')
    {
      g_set_error_literal (error, TD_BACKEND_ERROR, TD_BACKEND_ERROR_INVALID,
                           _ ("The address must begin with http:// or https:// and a host"));
      return NULL;
    }

  if (g_uri_get_userinfo (uri) != NULL)
    {
      g_set_error_literal (error, TD_BACKEND_ERROR, TD_BACKEND_ERROR_INVALID,
                           _ ("The address must not hold a name or a password: they have their own places"));
      return NULL;
    }

  if (g_uri_get_query (uri) != NULL || g_uri_get_fragment (uri) != NULL)
    {
      g_set_error_literal (error, TD_BACKEND_ERROR, TD_BACKEND_ERROR_INVALID,
                           _ ("The address must end before “?” or “#”"));
      return NULL;
    }

  text = g_uri_to_string (uri);
  while (g_str_has_suffix (text, "/"))
    text[strlen (text) - 1] = '\0';

  return g_steal_pointer (&text);
}

/**
 * td_connection_get_security:
 * @self: a connection
 *
 * Returns: how the way to the source is protected, going by its URL
 */
TdSecurity
td_connection_get_security (const TdConnection *self)
{
  g_autofree char *url = NULL;
  g_autoptr (GUri) uri = NULL;
  g_autoptr (GInetAddress) address = NULL;
  gboolean loopback;

  g_return_val_if_fail (self != NULL, TD_SECURITY_PLAIN);

  url = td_connection_dup_base_url (self, NULL);
  if (url == NULL)
    return TD_SECURITY_PLAIN;

  uri = g_uri_parse (url, SOUP_HTTP_URI_FLAGS, NULL);
  if (strcmp (g_uri_get_scheme (uri), "https") == 0)
    return TD_SECURITY_TLS;

  address = g_inet_address_new_from_string (g_uri_get_host (uri));
  loopback = address != NULL ? g_inet_address_get_is_loopback (address)
                             : g_ascii_strcasecmp (g_uri_get_host (uri), "localhost") == 0;

  return loopback ? TD_SECURITY_LOOPBACK : TD_SECURITY_PLAIN;
}

/* As people copy it: upper case, with colons. */
static char *
normalize_pin (const char *pin)
{
  GString *text = g_string_new (NULL);

  for (const char *c = pin; *c != '\0'; c++)
    {
      if (g_ascii_isxdigit (*c))
        g_string_append_c (text, g_ascii_tolower (*c));
      else if (*c != ':' && !g_ascii_isspace (*c))
        {
          g_string_free (text, TRUE);
          return NULL;
        }
    }

  if (text->len != PIN_BYTES)
    {
      g_string_free (text, TRUE);
      return NULL;
    }

  return g_string_free (text, FALSE);
}

/**
 * td_connection_check:
 * @self: a connection
 * @error: return location; %TD_BACKEND_ERROR_INVALID
 *
 * Whether the connection may be made at all: a good address, no plain HTTP
 * to another machine unless that was agreed to, a pin that can be one.
 *
 * Returns: %TRUE when it may
 */
gboolean
td_connection_check (const TdConnection *self,
                     GError            **error)
{
  g_autofree char *url = NULL;

  g_return_val_if_fail (self != NULL, FALSE);

  url = td_connection_dup_base_url (self, error);
  if (url == NULL)
    return FALSE;

  if (td_connection_get_security (self) == TD_SECURITY_PLAIN && !self->allow_plain)
    {
      g_set_error_literal (error, TD_BACKEND_ERROR, TD_BACKEND_ERROR_INVALID,
                           _ ("Plain HTTP to another machine sends the secret and the callers for everyone on the way to read: "
                              "use https, or allow it for this centre"));
      return FALSE;
    }

  if (self->secret != NULL && strlen (self->secret) > TD_MAX_SECRET)
    {
      g_set_error (error, TD_BACKEND_ERROR, TD_BACKEND_ERROR_INVALID,
                   _ ("The secret is longer than %d bytes"), TD_MAX_SECRET);
      return FALSE;
    }

  if (self->pin_sha256 != NULL)
    {
      g_autofree char *pin = normalize_pin (self->pin_sha256);

      if (pin == NULL)
        {
          g_set_error_literal (error, TD_BACKEND_ERROR, TD_BACKEND_ERROR_INVALID,
                               _ ("The pinned certificate must be its SHA-256 fingerprint, 64 hexadecimal digits"));
          return FALSE;
        }
    }

  return TRUE;
}

static char *
hash_certificate (GTlsCertificate *certificate)
{
  g_autoptr (GByteArray) der = NULL;

  g_object_get (certificate, "certificate", &der, NULL);

  return der != NULL ? g_compute_checksum_for_data (G_CHECKSUM_SHA256, der->data, der->len) : NULL;
}

static GTlsDatabase *
load_authorities (const char *path,
                  GError    **error)
{
  g_autoptr (GError) own_error = NULL;
  g_autofree char *absolute = g_canonicalize_filename (path, NULL);
  g_autoptr (GFile) file = g_file_new_for_path (absolute);
  g_autoptr (GFileInfo) info = g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_SIZE "," G_FILE_ATTRIBUTE_STANDARD_TYPE,
                                                  G_FILE_QUERY_INFO_NONE, NULL, &own_error);
  g_autolist (GTlsCertificate) certificates = NULL;
  GTlsDatabase *database = NULL;

  if (info != NULL && g_file_info_get_size (info) > MAX_CA_FILE)
    g_set_error_literal (&own_error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, _ ("it is too large"));
  /* A pipe would be waited for. */
  else if (info != NULL && g_file_info_get_file_type (info) == G_FILE_TYPE_REGULAR)
    certificates = g_tls_certificate_list_new_from_file (absolute, &own_error);

  /* A database without any certificate would be made without a word. */
  if (certificates != NULL)
    database = g_tls_file_database_new (absolute, &own_error);
  else if (own_error == NULL)
    g_set_error_literal (&own_error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, _ ("it holds no certificate"));

  if (database == NULL)
    g_set_error (error, TD_BACKEND_ERROR, TD_BACKEND_ERROR_INVALID,
                 _ ("The authorities’ file %s cannot be used: %s"), path, own_error->message);

  return database;
}

/**
 * td_connection_create_session:
 * @self: a connection
 * @error: return location; %TD_BACKEND_ERROR_INVALID
 *
 * Returns: (transfer full) (nullable): a session that verifies as @self asks,
 *   keeps no cookies and solves no 401 by itself
 */
SoupSession *
td_connection_create_session (const TdConnection *self,
                              GError            **error)
{
  g_autoptr (SoupSession) session = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  if (!td_connection_check (self, error))
    return NULL;

  session = soup_session_new_with_options ("user-agent", "tongdai/" TD_VERSION,
                                           "timeout", IDLE_S,
                                           NULL);

  /* A refused secret is for the caller to know, not for libsoup to solve. */
  soup_session_remove_feature_by_type (session, SOUP_TYPE_AUTH_MANAGER);

  if (self->ca_file != NULL)
    {
      g_autoptr (GTlsDatabase) database = load_authorities (self->ca_file, error);

      if (database == NULL)
        return NULL;

      soup_session_set_tls_database (session, database);
    }

  /* No proxy knows the way back to this machine. */
  if (td_connection_get_security (self) == TD_SECURITY_LOOPBACK)
    soup_session_set_proxy_resolver (session, NULL);

  return g_steal_pointer (&session);
}

/* Which certificate came instead is nothing that GIO's errors tell. */
static gboolean
matches_pin (SoupMessage     *message,
             GTlsCertificate *certificate,
             const char      *pin)
{
  g_autofree char *hash = certificate != NULL ? hash_certificate (certificate) : NULL;
  gboolean         matches = g_strcmp0 (hash, pin) == 0;

  g_object_set_data (G_OBJECT (message), WRONG_PIN, GINT_TO_POINTER (!matches));

  return matches;
}

static gboolean
accept_certificate_cb (SoupMessage         *message,
                       GTlsCertificate     *certificate,
                       GTlsCertificateFlags problems,
                       const char          *pin)
{
  return matches_pin (message, certificate, pin);
}

/* Before a byte of the request is sent: a certificate that an authority
 * vouches for is not the pinned one because of that. */
static void
network_event_cb (SoupMessage       *message,
                  GSocketClientEvent event,
                  GIOStream         *connection,
                  const char        *pin)
{
  if (event != G_SOCKET_CLIENT_TLS_HANDSHAKED || !G_IS_TLS_CONNECTION (connection))
    return;

  if (!matches_pin (message, g_tls_connection_get_peer_certificate (G_TLS_CONNECTION (connection)), pin))
    g_io_stream_close (connection, NULL, NULL);
}

static void
free_pin (gpointer  data,
          GClosure *closure)
{
  g_free (data);
}

/**
 * td_connection_prepare:
 * @self: a connection
 * @message: a request that is not sent yet
 *
 * Lets @message trust the pinned certificate, and no other, where one is
 * given; and keeps it from following redirects: where they lead is for a
 * person to judge, and the secret goes nowhere else.
 */
void
td_connection_prepare (const TdConnection *self,
                       SoupMessage        *message)
{
  g_autofree char *pin = NULL;

  g_return_if_fail (self != NULL);
  g_return_if_fail (SOUP_IS_MESSAGE (message));

  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT);

  pin = self->pin_sha256 != NULL ? normalize_pin (self->pin_sha256) : NULL;
  if (pin == NULL)
    return;

  g_signal_connect_data (message, "accept-certificate", G_CALLBACK (accept_certificate_cb),
                         g_strdup (pin), free_pin, 0);
  g_signal_connect_data (message, "network-event", G_CALLBACK (network_event_cb),
                         g_steal_pointer (&pin), free_pin, 0);
}

/**
 * td_connection_is_wrong_pin:
 * @message: a request that failed
 *
 * Returns: whether it did because another certificate came than the pinned one
 */
gboolean
td_connection_is_wrong_pin (SoupMessage *message)
{
  g_return_val_if_fail (SOUP_IS_MESSAGE (message), FALSE);

  return g_object_get_data (G_OBJECT (message), WRONG_PIN) != NULL;
}

/**
 * td_connection_describe_tls:
 * @message: a request that was answered
 *
 * Returns: (transfer full) (nullable): the protocol and the certificate in
 *   words, or %NULL where there is no TLS
 */
char *
td_connection_describe_tls (SoupMessage *message)
{
  GTlsCertificate *certificate;
  const char      *protocol = NULL;
  g_autoptr (GDateTime) until = NULL;
  g_autofree char *date = NULL;

  g_return_val_if_fail (SOUP_IS_MESSAGE (message), NULL);

  certificate = soup_message_get_tls_peer_certificate (message);
  if (certificate == NULL)
    return NULL;

  switch (soup_message_get_tls_protocol_version (message))
    {
    case G_TLS_PROTOCOL_VERSION_TLS_1_3:
      protocol = "TLS 1.3";
      break;
    case G_TLS_PROTOCOL_VERSION_TLS_1_2:
      protocol = "TLS 1.2";
      break;
    default:
      protocol = "TLS";
      break;
    }

  until = g_tls_certificate_get_not_valid_after (certificate);
  date = until != NULL ? g_date_time_format (until, "%F") : NULL;
  if (date == NULL)
    return g_strdup (protocol);

  /* Translators: "TLS 1.3, certificate valid until 2027-01-31". */
  return g_strdup_printf (_ ("%s, certificate valid until %s"), protocol, date);
}
