/* test-webhook.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Against a real HTTP server of this process. A process that is killed is this
 * program with --sender.
 */

#include "config.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <time.h>

#include "td-clock.h"
#include "td-webhook-post.h"
#include "td-webhook.h"

#define SECRET "bí mật"

/* Fast, so that what is tried again is so within a moment. */
static const TdWebhookPace quick = { 5000, 10, 40, 3600 * 1000 };

static gint64   step_us;
static gboolean is_set; /* what is on its way may have been sent by another clock */

/* In the place of GLib's, as of a machine whose clock somebody sets. */
gint64
g_get_real_time (void)
{
  struct timespec now;

  clock_gettime (CLOCK_REALTIME, &now);

  return (gint64)now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000 + step_us;
}

typedef struct
{
  char         *folder;
  SoupServer   *server;
  TdConnection *connection;
  TdOutbox     *outbox;
  TdWebhook    *webhook;

  guint              status;    /* of the answer */
  guint              n_fail;    /* answers 503 so often first */
  gboolean           holds;     /* gives no answer */
  gboolean           redirects; /* to /elsewhere */
  SoupServerMessage *held;      /* (owned) (nullable) */
  GPtrArray         *seen;      /* (element-type utf8): ids of all requests */
  GPtrArray         *taken;     /* (element-type utf8): ids that were answered with 2xx */
  guint              n_elsewhere;
  guint              n_given_up;
  guint              n_failed;
  char              *message; /* of the last failure */
} Fixture;

static GBytes *
make_body (const char *id)
{
  char *text = g_strdup_printf ("{\"id\":\"%s\",\"text\":\"Chờ lâu\"}", id);

  return g_bytes_new_take (text, strlen (text));
}

/* By the definition of HMAC's users, not by the function under test. */
static void
check_signature (SoupServerMessage *message,
                 const char        *secret)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  SoupMessageBody    *body = soup_server_message_get_request_body (message);
  const char         *timestamp = soup_message_headers_get_one (headers, "webhook-timestamp");
  const char         *signature = soup_message_headers_get_one (headers, "webhook-signature");
  g_autoptr (GHmac) hmac = g_hmac_new (G_CHECKSUM_SHA256, (const guchar *)secret, strlen (secret));
  g_autofree char *head = g_strdup_printf ("%s.%s.", soup_message_headers_get_one (headers, "webhook-id"), timestamp);
  g_autofree char *base64 = NULL;
  guint8           digest[32];
  gsize            length = sizeof digest;

  g_hmac_update (hmac, (const guchar *)head, -1);
  g_hmac_update (hmac, (const guchar *)body->data, body->length);
  g_hmac_get_digest (hmac, digest, &length);
  base64 = g_base64_encode (digest, length);
  g_assert_true (g_str_has_prefix (signature, "v1,"));
  g_assert_cmpstr (signature + 3, ==, base64);
  if (!is_set)
    g_assert_cmpint (ABS (g_ascii_strtoll (timestamp, NULL, 10) - g_get_real_time () / G_USEC_PER_SEC), <, 60);
  g_assert_cmpstr (soup_message_headers_get_content_type (headers, NULL), ==, "application/json");
}

static void
elsewhere_cb (SoupServer        *server,
              SoupServerMessage *message,
              const char        *path,
              GHashTable        *query,
              gpointer           user_data)
{
  ((Fixture *)user_data)->n_elsewhere++;
  soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
}

static void
hook_cb (SoupServer        *server,
         SoupServerMessage *message,
         const char        *path,
         GHashTable        *query,
         gpointer           user_data)
{
  Fixture    *self = user_data;
  const char *id = soup_message_headers_get_one (soup_server_message_get_request_headers (message), "webhook-id");

  g_assert_cmpstr (soup_server_message_get_method (message), ==, "POST");
  check_signature (message, SECRET);
  g_ptr_array_add (self->seen, g_strdup (id));

  if (self->holds)
    {
      g_set_object (&self->held, message);
      soup_server_message_pause (message);
    }
  else if (self->redirects)
    soup_server_message_set_redirect (message, SOUP_STATUS_TEMPORARY_REDIRECT, "/elsewhere");
  else if (self->n_fail > 0)
    {
      self->n_fail--;
      soup_server_message_set_status (message, SOUP_STATUS_SERVICE_UNAVAILABLE, NULL);
    }
  else
    {
      soup_server_message_set_status (message, self->status, NULL);
      if (SOUP_STATUS_IS_SUCCESSFUL (self->status))
        g_ptr_array_add (self->taken, g_strdup (id));
    }
}

static void
failed_cb (Fixture    *self,
           const char *id,
           const char *message)
{
  self->n_failed++;
  g_free (self->message);
  self->message = g_strdup (message);
}

static void
given_up_cb (Fixture    *self,
             const char *id,
             const char *message)
{
  self->n_given_up++;
  g_free (self->message);
  self->message = g_strdup (message);
}

static void
open_webhook (Fixture             *self,
              const TdWebhookPace *pace)
{
  g_autoptr (GError) error = NULL;

  self->outbox = td_outbox_open (self->folder, &error);
  g_assert_no_error (error);
  self->webhook = td_webhook_new (self->connection, self->outbox, pace, &error);
  g_assert_no_error (error);
  g_signal_connect_swapped (self->webhook, "failed", G_CALLBACK (failed_cb), self);
  g_signal_connect_swapped (self->webhook, "given-up", G_CALLBACK (given_up_cb), self);
}

static void
close_webhook (Fixture *self)
{
  if (self->webhook != NULL)
    {
      td_webhook_stop (self->webhook);
      g_signal_handlers_disconnect_by_data (self->webhook, self);
      g_object_add_weak_pointer (G_OBJECT (self->webhook), (gpointer *)&self->webhook);
      g_object_unref (self->webhook);
      while (self->webhook != NULL)
        g_main_context_iteration (NULL, TRUE);
    }
  g_clear_object (&self->outbox);
}

static void
set_up (Fixture      *self,
        gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *url = NULL;
  GSList          *uris;

  step_us = 0;
  is_set = FALSE;
  self->folder = g_dir_make_tmp ("tongdai-outbox-XXXXXX", &error);
  g_assert_no_error (error);
  self->status = SOUP_STATUS_OK;
  self->seen = g_ptr_array_new_with_free_func (g_free);
  self->taken = g_ptr_array_new_with_free_func (g_free);
  self->server = soup_server_new (NULL, NULL);
  soup_server_add_handler (self->server, "/hook", hook_cb, self, NULL);
  soup_server_add_handler (self->server, "/elsewhere", elsewhere_cb, self, NULL);
  soup_server_listen_local (self->server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);

  uris = soup_server_get_uris (self->server);
  url = g_strdup_printf ("http://127.0.0.1:%d/hook", g_uri_get_port (uris->data));
  g_slist_free_full (uris, (GDestroyNotify)g_uri_unref);
  self->connection = td_connection_new (url);
  self->connection->secret = g_strdup (SECRET);
}

static void
tear_down (Fixture      *self,
           gconstpointer data)
{
  g_autoptr (GDir) dir = NULL;
  const char *name;

  close_webhook (self);
  if (self->held != NULL)
    soup_server_message_unpause (self->held);
  g_clear_object (&self->held);
  soup_server_disconnect (self->server);
  g_clear_object (&self->server);
  td_connection_free (self->connection);
  g_ptr_array_unref (self->seen);
  g_ptr_array_unref (self->taken);
  g_free (self->message);

  dir = g_dir_open (self->folder, 0, NULL);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (self->folder, name, NULL);

      g_remove (path);
    }
  g_rmdir (self->folder);
  g_free (self->folder);
}

static void
tell (Fixture    *self,
      const char *id)
{
  g_autoptr (GBytes) body = make_body (id);
  g_autoptr (GError) error = NULL;

  td_webhook_tell (self->webhook, id, body, &error);
  g_assert_no_error (error);
}

#define WAIT_FOR(condition)                  \
  G_STMT_START                               \
  {                                          \
    while (!(condition))                     \
      g_main_context_iteration (NULL, TRUE); \
  }                                          \
  G_STMT_END

static void
check_taken (Fixture           *self,
             const char *const *ids)
{
  g_assert_cmpuint (self->taken->len, ==, g_strv_length ((char **)ids));
  for (guint i = 0; ids[i] != NULL; i++)
    g_assert_cmpstr (g_ptr_array_index (self->taken, i), ==, ids[i]);
}

static void
test_signature (void)
{
  static const char text[] = "{\"test\": 2432232314}";
  g_autoptr (GBytes) body = g_bytes_new_static (text, strlen (text));
  g_autofree char *signature = NULL;
  g_autofree char *other = NULL;

  /* The published example of Standard Webhooks. */
  signature = td_webhook_sign ("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, body);
  g_assert_cmpstr (signature, ==, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
  other = td_webhook_sign ("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265331, body);
  g_assert_cmpstr (signature, !=, other);
}

static void
test_order (Fixture      *self,
            gconstpointer data)
{
  open_webhook (self, &quick);
  self->n_fail = 3;
  tell (self, "a");
  tell (self, "b");
  tell (self, "a");
  tell (self, "c");
  WAIT_FOR (td_webhook_get_n_waiting (self->webhook) == 0);

  check_taken (self, (const char *const[]){ "a", "b", "c", NULL });
  g_assert_cmpuint (self->seen->len, ==, 6);
  g_assert_cmpuint (self->n_failed, ==, 3);
  g_assert_cmpuint (self->n_given_up, ==, 0);
  g_assert_nonnull (strstr (self->message, "503"));
}

static void
test_server_away (Fixture      *self,
                  gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GUri) uri = g_uri_parse (self->connection->url, G_URI_FLAGS_NONE, NULL);

  soup_server_disconnect (self->server);
  open_webhook (self, &quick);
  tell (self, "a");
  tell (self, "b");
  WAIT_FOR (self->n_failed >= 2);
  g_assert_cmpuint (td_webhook_get_n_waiting (self->webhook), ==, 2);
  g_assert_null (strstr (self->message, SECRET));

  soup_server_listen_local (self->server, (guint)g_uri_get_port (uri), SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);
  WAIT_FOR (td_webhook_get_n_waiting (self->webhook) == 0);
  check_taken (self, (const char *const[]){ "a", "b", NULL });
}

static void
test_hanging (Fixture      *self,
              gconstpointer data)
{
  TdWebhookPace pace = quick;

  pace.deadline_ms = 100;
  open_webhook (self, &pace);
  self->holds = TRUE;
  tell (self, "a");
  WAIT_FOR (self->n_failed >= 1);
  self->holds = FALSE;
  WAIT_FOR (td_webhook_get_n_waiting (self->webhook) == 0);
  check_taken (self, (const char *const[]){ "a", NULL });
}

static void
test_redirect (Fixture      *self,
               gconstpointer data)
{
  open_webhook (self, &quick);
  self->redirects = TRUE;
  tell (self, "a");
  WAIT_FOR (self->n_failed >= 1);
  g_assert_cmpuint (self->n_elsewhere, ==, 0);
  g_assert_cmpuint (td_webhook_get_n_waiting (self->webhook), ==, 1);
}

static void
test_refused_for_good (Fixture      *self,
                       gconstpointer data)
{
  open_webhook (self, &quick);
  self->status = SOUP_STATUS_UNPROCESSABLE_ENTITY;
  tell (self, "a");
  WAIT_FOR (self->n_given_up == 1);
  g_assert_cmpuint (self->seen->len, ==, 1);

  self->status = SOUP_STATUS_NO_CONTENT;
  tell (self, "b");
  WAIT_FOR (td_webhook_get_n_waiting (self->webhook) == 0);
  check_taken (self, (const char *const[]){ "b", NULL });
}

static void
test_too_old (Fixture      *self,
              gconstpointer data)
{
  TdWebhookPace pace = quick;

  pace.max_age_ms = 200;
  open_webhook (self, &pace);
  self->status = SOUP_STATUS_UNAUTHORIZED;
  tell (self, "a");
  WAIT_FOR (self->n_given_up == 1);
  g_assert_cmpuint (self->taken->len, ==, 0);
  g_assert_cmpuint (td_webhook_get_n_waiting (self->webhook), ==, 0);
}

static void
set_clock (gint64 step)
{
  is_set = TRUE;
  step_us = step;
}

static void
test_clock_set (Fixture      *self,
                gconstpointer data)
{
  guint n_failed;

  self->n_fail = G_MAXUINT;
  open_webhook (self, &quick);
  tell (self, "a");
  WAIT_FOR (self->n_failed >= 1);

  /* It was told a moment ago, whatever day it is. */
  set_clock (300 * G_TIME_SPAN_DAY);
  n_failed = self->n_failed;
  WAIT_FOR (self->n_failed >= n_failed + 3 || self->n_given_up > 0);
  g_assert_cmpuint (self->n_given_up, ==, 0);

  /* The time that a machine sleeps counts. */
  td_clock_sleep (2 * G_TIME_SPAN_HOUR);
  WAIT_FOR (self->n_given_up == 1);
}

static void
test_clock_put_back (Fixture      *self,
                     gconstpointer data)
{
  TdWebhookPace pace = quick;

  pace.max_age_ms = 300;
  self->n_fail = G_MAXUINT;
  open_webhook (self, &pace);
  tell (self, "a");
  set_clock (-300 * G_TIME_SPAN_DAY);
  WAIT_FOR (self->n_given_up == 1);

  /* After a restart too it does not live until that day comes again. */
  set_clock (0);
  pace.max_age_ms = 3600 * 1000;
  close_webhook (self);
  open_webhook (self, &pace);
  tell (self, "b");
  close_webhook (self);
  set_clock (-300 * G_TIME_SPAN_DAY);
  pace.max_age_ms = 300;
  open_webhook (self, &pace);
  g_assert_cmpint (td_outbox_peek (self->outbox)->born, <=, td_clock_get ());
  WAIT_FOR (self->n_given_up == 2);
}

/* What is left from before is as old as the clock of the day says. */
static void
test_left_for_long (Fixture      *self,
                    gconstpointer data)
{
  self->n_fail = G_MAXUINT;
  open_webhook (self, &quick);
  tell (self, "a");
  close_webhook (self);
  set_clock (2 * G_TIME_SPAN_HOUR);
  open_webhook (self, &quick);
  tell (self, "b");
  WAIT_FOR (td_webhook_get_n_waiting (self->webhook) == 1);
  g_assert_cmpstr (td_outbox_peek (self->outbox)->id, ==, "b");
}

static void
test_restart (Fixture      *self,
              gconstpointer data)
{
  self->n_fail = G_MAXUINT;
  open_webhook (self, &quick);
  tell (self, "a");
  tell (self, "b");
  WAIT_FOR (self->n_failed >= 1);
  close_webhook (self);

  self->n_fail = 0;
  open_webhook (self, &quick);
  tell (self, "c");
  WAIT_FOR (td_webhook_get_n_waiting (self->webhook) == 0);
  check_taken (self, (const char *const[]){ "a", "b", "c", NULL });
}

static void
test_bounded (Fixture      *self,
              gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree guint8 *zeroes = g_malloc0 (TD_OUTBOX_MAX_BYTES + 1);
  g_autoptr (GBytes) large = g_bytes_new (zeroes, TD_OUTBOX_MAX_BYTES + 1);
  g_autoptr (TdOutbox) outbox = NULL;

  /* As if they had been added one after another, without as many fsync. */
  for (guint i = 1; i <= TD_OUTBOX_MAX_ITEMS + 2; i++)
    {
      g_autofree char *name = g_strdup_printf ("%020u-%020u-m%u.json", i, i, i);
      g_autofree char *path = g_build_filename (self->folder, name, NULL);

      g_file_set_contents_full (path, "{}", 2, G_FILE_SET_CONTENTS_NONE, 0600, &error);
      g_assert_no_error (error);
    }
  outbox = td_outbox_open (self->folder, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (td_outbox_get_n_items (outbox), ==, TD_OUTBOX_MAX_ITEMS);
  g_assert_cmpstr (td_outbox_peek (outbox)->id, ==, "m3");
  g_assert_cmpint (td_outbox_peek (outbox)->at, ==, 3);

  g_assert_false (td_outbox_add (outbox, "large", large, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE);
  g_clear_error (&error);

  g_assert_null (td_outbox_open (self->folder, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_BUSY);
}

/* Of a centre that is watched no more nothing is left. */
static void
test_deleted (Fixture      *self,
              gconstpointer data)
{
  g_autofree char *folder = g_build_filename (self->folder, "gone", NULL);
  g_autoptr (TdOutbox) outbox = td_outbox_open (folder, NULL);
  g_autoptr (GBytes) body = g_bytes_new_static ("{}", 2);

  g_assert_nonnull (outbox);
  g_assert_true (td_outbox_add (outbox, "a", body, NULL));
  g_assert_true (td_outbox_add (outbox, "b", body, NULL));
  td_outbox_delete (outbox);
  g_assert_cmpuint (td_outbox_get_n_items (outbox), ==, 0);
  g_assert_false (g_file_test (folder, G_FILE_TEST_EXISTS));
}

static void
test_strange_files (Fixture      *self,
                    gconstpointer data)
{
  static const char *const names[] = {
    "README",                                              /* somebody else's */
    "00000000000000000001-00000000000000000001-a.json.X1", /* was being written */
    "00000000000000000002-00000000000000000001-..json",    /* no id */
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (TdOutbox) outbox = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (self->folder, names[i], NULL);

      g_file_set_contents (path, "x", 1, &error);
      g_assert_no_error (error);
    }
  outbox = td_outbox_open (self->folder, &error);
  g_assert_no_error (error);
  g_assert_null (td_outbox_peek (outbox));
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (self->folder, names[i], NULL);

      g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS) == (i == 0));
    }
}

static GSubprocess *
start_sender (Fixture *self)
{
  g_autoptr (GError) error = NULL;
  GSubprocess *sender = g_subprocess_new (G_SUBPROCESS_FLAGS_NONE, &error, "/proc/self/exe", "--sender", self->folder,
                                          self->connection->url, NULL);

  g_assert_no_error (error);

  return sender;
}

/* Killed with its first request on the way, and again with the last one. */
static void
test_killed (Fixture      *self,
             gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) first = NULL;
  g_autoptr (GSubprocess) second = NULL;

  self->holds = TRUE;
  first = start_sender (self);
  WAIT_FOR (self->seen->len == 1);
  g_subprocess_force_exit (first);
  g_subprocess_wait (first, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (g_subprocess_get_term_sig (first), ==, SIGKILL);

  self->holds = FALSE;
  second = start_sender (self);
  WAIT_FOR (self->taken->len >= 2);
  g_subprocess_force_exit (second);
  g_subprocess_wait (second, NULL, &error);
  g_assert_no_error (error);

  open_webhook (self, &quick);
  WAIT_FOR (td_webhook_get_n_waiting (self->webhook) == 0);

  /* In order; what was taken at the moment of the kill may have come twice. */
  g_assert_cmpuint (self->taken->len, >=, 3);
  g_assert_cmpuint (self->taken->len, <=, 4);
  for (guint i = 0, next = 0; i < self->taken->len; i++)
    {
      static const char *const ids[] = { "k1", "k2", "k3" };
      const char              *id = g_ptr_array_index (self->taken, i);

      if (next < G_N_ELEMENTS (ids) && strcmp (id, ids[next]) == 0)
        next++;
      else
        g_assert_cmpstr (id, ==, ids[next - 1]);
      g_assert_true (i + 1 < self->taken->len || next == G_N_ELEMENTS (ids));
    }
}

/* Says the same after each start, as what is raised again after one. */
static G_NORETURN void
run_sender (const char *folder,
            const char *url)
{
  static const char *const ids[] = { "k1", "k2", "k3" };
  g_autoptr (TdConnection) connection = td_connection_new (url);
  g_autoptr (GError) error = NULL;
  g_autoptr (TdOutbox) outbox = td_outbox_open (folder, &error);
  g_autoptr (TdWebhook) webhook = NULL;
  gboolean is_first = td_outbox_peek (outbox) == NULL;

  g_assert_no_error (error);
  connection->secret = g_strdup (SECRET);
  for (guint i = 0; is_first && i < G_N_ELEMENTS (ids); i++)
    {
      g_autoptr (GBytes) body = make_body (ids[i]);

      td_outbox_add (outbox, ids[i], body, &error);
      g_assert_no_error (error);
    }
  webhook = td_webhook_new (connection, outbox, &quick, &error);
  g_assert_no_error (error);
  while (TRUE)
    g_main_context_iteration (NULL, TRUE);
}

int
main (int   argc,
      char *argv[])
{
  if (argc == 4 && strcmp (argv[1], "--sender") == 0)
    run_sender (argv[2], argv[3]);

  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/webhook/signs-as-standard-webhooks-has-it", test_signature);
#define ADD(path, func) g_test_add ("/webhook/" path, Fixture, NULL, set_up, func, tear_down)
  ADD ("deleted", test_deleted);
  ADD ("keeps-the-order-through-failures", test_order);
  ADD ("waits-for-a-server-that-is-away", test_server_away);
  ADD ("gives-a-hanging-server-up-and-comes-back", test_hanging);
  ADD ("follows-no-redirect", test_redirect);
  ADD ("drops-what-is-refused-for-good", test_refused_for_good);
  ADD ("drops-what-is-too-old", test_too_old);
  ADD ("reckons-no-age-by-a-clock-that-is-set", test_clock_set);
  ADD ("keeps-nothing-for-ever-where-it-is-put-back", test_clock_put_back);
  ADD ("drops-what-was-left-for-long", test_left_for_long);
  ADD ("goes-on-after-a-restart", test_restart);
  ADD ("keeps-a-bounded-number", test_bounded);
  ADD ("leaves-other-files-and-removes-half-written-ones", test_strange_files);
  ADD ("loses-nothing-when-killed", test_killed);

  return g_test_run ();
}
