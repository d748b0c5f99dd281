/* test-connection.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "td-connection.h"
#include "td-http-exchange.h"

#define SECRET "s3cret-t0ken"

typedef struct
{
  SoupServer *server;
  char       *url;
  guint       n_requests;
  gboolean    redirects;
} Server;

static char *
build_path (const char *name)
{
  return g_test_build_filename (G_TEST_DIST, "..", "fixtures", "tls", name, NULL);
}

static GTlsCertificate *
load_certificate (const char *name)
{
  g_autofree char *path = build_path (name);
  g_autoptr (GError) error = NULL;
  GTlsCertificate *certificate = g_tls_certificate_new_from_file (path, &error);

  g_assert_no_error (error);

  return certificate;
}

/* Upper case with colons, as openssl prints it, or as it is kept. */
static char *
compute_pin (const char *name,
             gboolean    as_printed)
{
  g_autoptr (GTlsCertificate) certificate = load_certificate (name);
  g_autoptr (GByteArray) der = NULL;
  g_autofree char *plain = NULL;
  GString         *text;

  g_object_get (certificate, "certificate", &der, NULL);
  plain = g_compute_checksum_for_data (G_CHECKSUM_SHA256, der->data, der->len);
  if (!as_printed)
    return g_steal_pointer (&plain);

  text = g_string_new (NULL);
  for (const char *c = plain; *c != '\0'; c++)
    {
      if (c != plain && (c - plain) % 2 == 0)
        g_string_append_c (text, ':');
      g_string_append_c (text, g_ascii_toupper (*c));
    }

  return g_string_free (text, FALSE);
}

static void
handle_cb (SoupServer        *server,
           SoupServerMessage *message,
           const char        *path,
           GHashTable        *query,
           gpointer           user_data)
{
  Server *self = user_data;

  self->n_requests++;
  if (self->redirects)
    soup_server_message_set_redirect (message, SOUP_STATUS_FOUND, "/elsewhere");
  else
    soup_server_message_set_response (message, "text/plain", SOUP_MEMORY_STATIC, "hello", 5);
  soup_server_message_set_status (message, self->redirects ? SOUP_STATUS_FOUND : SOUP_STATUS_OK, NULL);
}

static Server *
server_new (const char *certificate_name)
{
  Server *self = g_new0 (Server, 1);
  g_autoptr (GTlsCertificate) certificate = NULL;
  g_autoptr (GError) error = NULL;
  GSList *uris;

  if (certificate_name != NULL)
    certificate = load_certificate (certificate_name);

  self->server = soup_server_new ("tls-certificate", certificate, NULL);
  soup_server_add_handler (self->server, NULL, handle_cb, self, NULL);
  soup_server_listen_local (self->server, 0,
                            SOUP_SERVER_LISTEN_IPV4_ONLY | (certificate != NULL ? SOUP_SERVER_LISTEN_HTTPS : 0), &error);
  g_assert_no_error (error);

  uris = soup_server_get_uris (self->server);
  self->url = g_uri_to_string (uris->data);
  g_slist_free_full (uris, (GDestroyNotify)g_uri_unref);

  return self;
}

static void
server_free (Server *self)
{
  soup_server_disconnect (self->server);
  g_object_unref (self->server);
  g_free (self->url);
  g_free (self);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Server, server_free)

static void
keep_result_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  *(GAsyncResult **)user_data = g_object_ref (result);
}

static SoupMessage *
ask (const TdConnection *connection,
     SoupSession        *session,
     GError            **error)
{
  g_autoptr (SoupMessage) message = soup_message_new (SOUP_METHOD_POST, connection->url);
  g_autoptr (GBytes) form = g_bytes_new_static (SECRET, strlen (SECRET));
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GBytes) body = NULL;

  td_connection_prepare (connection, message);
  soup_message_set_request_body_from_bytes (message, "text/plain", form);
  td_http_exchange_async (session, message, 1024, FALSE, NULL, keep_result_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  body = td_http_exchange_finish (result, error);

  return body != NULL ? g_steal_pointer (&message) : NULL;
}

static SoupMessage *
ask_once (const TdConnection *connection,
          GError            **error)
{
  g_autoptr (GError) session_error = NULL;
  g_autoptr (SoupSession) session = td_connection_create_session (connection, &session_error);

  g_assert_no_error (session_error);

  return ask (connection, session, error);
}

typedef struct
{
  const char *name;
  const char *certificate;
  const char *ca;    /* (nullable) */
  const char *pin;   /* (nullable): of this certificate */
  const char *words; /* (nullable): of the error; NULL for none */
} Case;

static const Case cases[] = {
  { "unknown-authority", "server.pem", NULL, NULL, "nobody who is trusted here signed its certificate" },
  { "private-authority", "server.pem", "ca.pem", NULL, NULL },
  { "another-authority", "server.pem", "other-ca.pem", NULL, "nobody who is trusted here signed its certificate" },
  { "expired", "expired.pem", "ca.pem", NULL, "expired" },
  { "another-name", "elsewhere.pem", "ca.pem", NULL, "another name" },
  { "pinned", "server.pem", NULL, "server.pem", NULL },
  { "pinned-and-signed", "server.pem", "ca.pem", "server.pem", NULL },
  { "pinned-though-of-another-authority", "server.pem", "other-ca.pem", "server.pem", NULL },
  { "another-is-pinned", "server.pem", NULL, "expired.pem", "not the pinned one" },
  { "another-is-pinned-though-it-is-signed", "server.pem", "ca.pem", "expired.pem", "not the pinned one" },
};

static void
test_tls (gconstpointer data)
{
  const Case *c = data;
  g_autoptr (Server) server = server_new (c->certificate);
  g_autoptr (TdConnection) connection = td_connection_new (server->url);
  g_autoptr (GError) error = NULL;
  g_autoptr (SoupMessage) message = NULL;

  connection->ca_file = c->ca != NULL ? build_path (c->ca) : NULL;
  connection->pin_sha256 = c->pin != NULL ? compute_pin (c->pin, TRUE) : NULL;

  message = ask_once (connection, &error);
  if (c->words == NULL)
    {
      g_autofree char *words = NULL;

      g_assert_no_error (error);
      g_assert_cmpuint (server->n_requests, ==, 1);
      words = td_connection_describe_tls (message);
      g_assert_true (g_str_has_prefix (words, "TLS 1."));
      g_assert_nonnull (strstr (words, "2120-01-01"));
    }
  else
    {
      g_assert_error (error, TD_BACKEND_ERROR, TD_BACKEND_ERROR_UNREACHABLE);
      g_assert_nonnull (strstr (error->message, c->words));
      g_assert_nonnull (strstr (error->message, "127.0.0.1"));

      /* Nothing was said to whom nobody knows. */
      g_assert_cmpuint (server->n_requests, ==, 0);
    }
}

/* The second request goes over the connection of the first. */
static void
test_pin_holds (void)
{
  g_autoptr (Server) server = server_new ("server.pem");
  g_autoptr (TdConnection) connection = td_connection_new (server->url);
  g_autoptr (GError) error = NULL;
  g_autoptr (SoupSession) session = NULL;

  connection->pin_sha256 = compute_pin ("server.pem", FALSE);
  session = td_connection_create_session (connection, &error);
  for (guint i = 1; i <= 3; i++)
    {
      g_autoptr (SoupMessage) message G_GNUC_UNUSED = ask (connection, session, &error);

      g_assert_no_error (error);
      g_assert_cmpuint (server->n_requests, ==, i);
    }
}

static void
test_redirect_is_not_followed (void)
{
  g_autoptr (Server) server = server_new (NULL);
  g_autoptr (TdConnection) connection = td_connection_new (server->url);
  g_autoptr (GError) error = NULL;
  g_autoptr (SoupMessage) message = NULL;

  server->redirects = TRUE;
  message = ask_once (connection, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (soup_message_get_status (message), ==, SOUP_STATUS_FOUND);
  g_assert_cmpuint (server->n_requests, ==, 1);
}

static gboolean
greet_cb (GThreadedSocketService *service,
          GSocketConnection      *connection,
          GObject                *source,
          gpointer                user_data)
{
  static const char greeting[] = "Asterisk Call Manager/5.0.4\r\n"
                                 "Response: Error\r\nMessage: Missing action in request\r\n\r\n";
  GInputStream     *input = g_io_stream_get_input_stream (G_IO_STREAM (connection));
  char              buffer[1024];

  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), greeting, sizeof greeting - 1,
                             NULL, NULL, NULL);
  while (g_input_stream_read (input, buffer, sizeof buffer, NULL, NULL) > 0)
    ;

  return TRUE;
}

/* The manager interface without HTTP has a port of its own. */
static void
test_another_protocol (void)
{
  g_autoptr (GSocketService) service = g_threaded_socket_service_new (16);
  g_autoptr (GError) error = NULL;
  guint16          port = g_socket_listener_add_any_inet_port (G_SOCKET_LISTENER (service), NULL, &error);
  g_autofree char *url = g_strdup_printf ("http://127.0.0.1:%u", port);
  g_autoptr (TdConnection) connection = td_connection_new (url);
  g_autoptr (SoupMessage) message = NULL;

  g_assert_no_error (error);
  g_signal_connect (service, "run", G_CALLBACK (greet_cb), NULL);
  g_socket_service_start (service);

  message = ask_once (connection, &error);
  g_assert_null (message);
  g_assert_error (error, TD_BACKEND_ERROR, TD_BACKEND_ERROR_UNREACHABLE);
  g_assert_nonnull (strstr (error->message, "does not speak HTTP"));
  g_socket_service_stop (service);
}

static void
assert_no_session (const TdConnection *connection,
                   const char         *words)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SoupSession) session = td_connection_create_session (connection, &error);

  g_assert_null (session);
  g_assert_error (error, TD_BACKEND_ERROR, TD_BACKEND_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, words));
  g_assert_null (strstr (error->message, SECRET));
}

static void
test_bad_authorities (void)
{
  g_autoptr (TdConnection) connection = td_connection_new ("https://pbx.example");

  connection->ca_file = g_strdup ("/nowhere/ca.pem");
  assert_no_session (connection, "/nowhere/ca.pem");

  g_free (connection->ca_file);
  connection->ca_file = build_path ("generate");
  assert_no_session (connection, "holds no certificate");
}

static void
test_bad_pins (void)
{
  static const char *const pins[] = { "", "abc", "not hexadecimal" };

  for (guint i = 0; i < G_N_ELEMENTS (pins); i++)
    {
      g_autoptr (TdConnection) connection = td_connection_new ("https://pbx.example");

      connection->pin_sha256 = g_strdup (pins[i]);
      assert_no_session (connection, "64 hexadecimal digits");
    }
}

static void
test_addresses (void)
{
  static const struct
  {
    const char *url;
    const char *words; /* (nullable): of the error; NULL for a good one */
    TdSecurity  security;
  } addresses[] = {
    { "https://pbx.example:8089/asterisk/", NULL, TD_SECURITY_TLS },
    { "http://localhost:8088/asterisk", NULL, TD_SECURITY_LOOPBACK },
    { "http://127.1.2.3", NULL, TD_SECURITY_LOOPBACK },
    { "http://[::1]:8088", NULL, TD_SECURITY_LOOPBACK },
    { "http://192.0.2.7:8088", "Plain HTTP", TD_SECURITY_PLAIN },
    { "http://localhost.example", "Plain HTTP", TD_SECURITY_PLAIN },
    { "pbx.example", "must begin with http", TD_SECURITY_PLAIN },
    { "file:///etc/passwd", "must begin with http", TD_SECURITY_PLAIN },
    { "https://", "must begin with http", TD_SECURITY_PLAIN },
    { "https://user:" SECRET "@pbx.example", "must not hold a name or a password", TD_SECURITY_PLAIN },
    { "https://pbx.example/?secret=" SECRET, "must end before", TD_SECURITY_PLAIN },
  };

  for (guint i = 0; i < G_N_ELEMENTS (addresses); i++)
    {
      g_autoptr (TdConnection) connection = td_connection_new (addresses[i].url);
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", addresses[i].url);
      g_assert_cmpint (td_connection_get_security (connection), ==, addresses[i].security);
      if (addresses[i].words != NULL)
        {
          assert_no_session (connection, addresses[i].words);
          continue;
        }

      g_assert_true (td_connection_check (connection, &error));
      g_assert_no_error (error);
    }
}

static void
test_plain_that_was_agreed_to (void)
{
  g_autoptr (TdConnection) connection = td_connection_new ("http://192.0.2.7:8088");
  g_autoptr (GError) error = NULL;

  connection->allow_plain = TRUE;
  g_assert_true (td_connection_check (connection, &error));
  g_assert_no_error (error);
  g_assert_cmpint (td_connection_get_security (connection), ==, TD_SECURITY_PLAIN);
}

static gboolean
has_pool_thread (void)
{
  g_autoptr (GDir) threads = g_dir_open ("/proc/self/task", 0, NULL);
  const char *id;

  while (threads != NULL && (id = g_dir_read_name (threads)) != NULL)
    {
      g_autofree char *path = g_build_filename ("/proc/self/task", id, "comm", NULL);
      g_autofree char *name = NULL;

      if (g_file_get_contents (path, &name, NULL, NULL) && g_str_has_prefix (name, "pool-") &&
          !g_str_has_prefix (name, "pool-spawner"))
        return TRUE;
    }

  return FALSE;
}

/* The threads that shook hands linger for half a second. LeakSanitizer trips
 * over what GnuTLS keeps in each of them, where they meet the program's end. */
static void
end_pool_threads (void)
{
  g_thread_pool_set_max_unused_threads (0);
  while (has_pool_thread ())
    g_usleep (10 * G_TIME_SPAN_MILLISECOND);
}

int
main (int   argc,
      char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/connection/tls/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_tls);
    }
  g_test_add_func ("/connection/tls/pin-holds-for-a-session", test_pin_holds);
  g_test_add_func ("/connection/tls/bad-authorities", test_bad_authorities);
  g_test_add_func ("/connection/tls/bad-pins", test_bad_pins);
  g_test_add_func ("/connection/redirect-is-not-followed", test_redirect_is_not_followed);
  g_test_add_func ("/connection/another-protocol", test_another_protocol);
  g_test_add_func ("/connection/addresses", test_addresses);
  g_test_add_func ("/connection/plain-that-was-agreed-to", test_plain_that_was_agreed_to);

  status = g_test_run ();
  end_pool_threads ();

  return status;
}
