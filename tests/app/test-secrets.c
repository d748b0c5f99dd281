/* test-secrets.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "td-connection.h"
#include "td-mock-secrets.h"
#include "td-secrets.h"
#include "td-test-home.h"

#define SERVICE "org.freedesktop.secrets"

static void
keep_result_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  *(GAsyncResult **)user_data = g_object_ref (result);
}

static GAsyncResult *
wait_for (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);

  return *result;
}

static TdSecretsPlace
store (const char *profile,
       const char *secret,
       GError    **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  TdSecretsPlace place;

  td_secrets_store_async (profile, secret, NULL, keep_result_cb, &result);
  td_secrets_store_finish (wait_for (&result), &place, error);

  return place;
}

static char *
look_up (const char     *profile,
         TdSecretsPlace *place,
         GError        **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  td_secrets_lookup_async (profile, NULL, keep_result_cb, &result);

  return td_secrets_lookup_finish (wait_for (&result), place, error);
}

static gboolean
clear (const char *profile,
       GError    **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  td_secrets_clear_async (profile, NULL, keep_result_cb, &result);

  return td_secrets_clear_finish (wait_for (&result), error);
}

static int
get_mode (const char *path)
{
  GStatBuf info;

  g_assert_cmpint (g_stat (path, &info), ==, 0);

  return info.st_mode & 0777;
}

static void
write_secret_file (const char *profile,
                   const char *text,
                   int         mode)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = td_secrets_get_file_path (profile);
  g_autofree char *folder = g_path_get_dirname (path);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
  g_assert_cmpint (g_chmod (path, mode), ==, 0);
}

/* Stores, finds, replaces and forgets a secret, where only the file is left. */
static void
check_file_is_used (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = td_secrets_get_file_path ("evn");
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *none = NULL;
  g_autofree char *found = NULL;
  g_autofree char *replaced = NULL;
  g_autofree char *at_once = NULL;
  g_autofree char *gone = NULL;
  TdSecretsPlace   place = TD_SECRETS_SERVICE;

  none = look_up ("evn", &place, &error);
  g_assert_no_error (error);
  g_assert_null (none);
  g_assert_cmpint (place, ==, TD_SECRETS_NONE);

  place = store ("evn", "mật khẩu 1", &error);
  g_assert_no_error (error);
  g_assert_cmpint (place, ==, TD_SECRETS_FILE);
  g_assert_cmpint (get_mode (path), ==, 0600);
  g_assert_cmpint (get_mode (folder), ==, 0700);

  found = look_up ("evn", &place, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (found, ==, "mật khẩu 1");
  g_assert_cmpint (place, ==, TD_SECRETS_FILE);

  store ("evn", "other", &error);
  g_assert_no_error (error);
  replaced = look_up ("evn", &place, &error);
  g_assert_cmpstr (replaced, ==, "other");
  at_once = td_secrets_lookup_sync ("evn", &place, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (at_once, ==, "other");
  g_assert_cmpint (place, ==, TD_SECRETS_FILE);

  g_assert_true (clear ("evn", &error));
  g_assert_no_error (error);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  gone = look_up ("evn", &place, &error);
  g_assert_no_error (error);
  g_assert_null (gone);

  /* That it is gone already is no error. */
  g_assert_true (clear ("evn", &error));
  g_assert_no_error (error);
}

static void
test_without_a_bus (void)
{
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus", TRUE);
  check_file_is_used ();
}

static void
test_without_a_service (void)
{
  g_autoptr (GTestDBus) bus = g_test_dbus_new (G_TEST_DBUS_NONE);

  g_test_dbus_up (bus);
  check_file_is_used ();
  g_test_dbus_down (bus);
}

static void
test_file_of_others (void)
{
  static const int modes[] = { 0604, 0640, 0620, 0777 };

  for (guint i = 0; i < G_N_ELEMENTS (modes); i++)
    {
      g_autoptr (GError) error = NULL;
      TdSecretsPlace place;

      write_secret_file ("evn", "geheim\n", modes[i]);
      g_assert_null (look_up ("evn", &place, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED);
      g_assert_nonnull (strstr (error->message, "/tongdai/secrets/evn: other users"));
      g_assert_null (strstr (error->message, "geheim"));
    }
}

static void
test_file_by_hand (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *found = NULL;
  TdSecretsPlace   place;

  write_secret_file ("evn", "s3cret with spaces\nand a note\n", 0600);
  found = look_up ("evn", &place, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (found, ==, "s3cret with spaces");
  g_assert_cmpint (place, ==, TD_SECRETS_FILE);
}

static void
test_file_with_no_secret (void)
{
  g_autofree char  *line = g_strnfill (TD_MAX_SECRET + 1, 'x');
  const char *const texts[] = { "", "\n", "a\tb\n", "\xff\xfe", line };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;
      TdSecretsPlace place;

      write_secret_file ("evn", texts[i], 0600);
      g_assert_null (look_up ("evn", &place, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
    }
}

static void
test_file_is_a_link (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = td_secrets_get_file_path ("link");
  g_autoptr (GFile) file = g_file_new_for_path (path);
  TdSecretsPlace place;

  write_secret_file ("evn", "geheim", 0600);
  g_assert_true (g_file_make_symbolic_link (file, "evn", NULL, NULL));
  g_assert_null (look_up ("link", &place, &error));
  g_assert_nonnull (error);
}

static void
test_bad_secrets (void)
{
  g_autofree char  *line = g_strnfill (TD_MAX_SECRET + 1, 'x');
  const char *const secrets[] = { "", "two\nlines", "\xff", line };

  for (guint i = 0; i < G_N_ELEMENTS (secrets); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_cmpint (store ("evn", secrets[i], &error), ==, TD_SECRETS_NONE);
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
    }
}

static void
test_bad_names (void)
{
  static const char *const names[] = { "", "..", "../profiles/evn.ini", "a/b" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GError) store_error = NULL;
      g_autoptr (GError) clear_error = NULL;
      g_autoptr (GError) error = NULL;
      TdSecretsPlace place;

      store (names[i], "x", &store_error);
      g_assert_error (store_error, G_IO_ERROR, G_IO_ERROR_INVALID_FILENAME);
      g_assert_false (clear (names[i], &clear_error));
      g_assert_error (clear_error, G_IO_ERROR, G_IO_ERROR_INVALID_FILENAME);
      g_assert_null (look_up (names[i], &place, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_FILENAME);
    }
}

/* A service that is there, and never says a word. */
static GDBusMessage *
swallow_cb (GDBusConnection *connection,
            GDBusMessage    *message,
            gboolean         incoming,
            gpointer         user_data)
{
  if (!incoming || g_dbus_message_get_message_type (message) != G_DBUS_MESSAGE_TYPE_METHOD_CALL)
    return message;

  g_atomic_int_inc ((int *)user_data);
  g_object_unref (message);

  return NULL;
}

static GDBusConnection *
connect_privately (GTestDBus *bus)
{
  g_autoptr (GError) error = NULL;
  GDBusConnection *connection;

  connection = g_dbus_connection_new_for_address_sync (g_test_dbus_get_bus_address (bus),
                                                       G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT |
                                                         G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
                                                       NULL, NULL, &error);
  g_assert_no_error (error);

  return connection;
}

static void
own_name (GDBusConnection *connection)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = NULL;

  answer = g_dbus_connection_call_sync (connection, "org.freedesktop.DBus", "/org/freedesktop/DBus",
                                        "org.freedesktop.DBus", "RequestName", g_variant_new ("(su)", SERVICE, 4),
                                        NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);
  g_assert_no_error (error);
}

static void
test_service_that_hangs (void)
{
  g_autoptr (GTestDBus) bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_autoptr (GDBusConnection) connection = NULL;
  g_autoptr (GError) error = NULL;
  gint64 start;
  int    n_calls = 0;

  g_test_dbus_up (bus);
  connection = connect_privately (bus);
  own_name (connection);
  g_dbus_connection_add_filter (connection, swallow_cb, &n_calls, NULL);

  /* D-Bus itself would give up after 25 s. */
  start = g_get_monotonic_time ();
  g_assert_cmpint (store ("evn", "x", &error), ==, TD_SECRETS_FILE);
  g_assert_no_error (error);
  g_assert_cmpint (g_get_monotonic_time () - start, <, 20 * G_TIME_SPAN_SECOND);
  g_assert_cmpint (g_atomic_int_get (&n_calls), >, 0);

  g_dbus_connection_close_sync (connection, NULL, NULL);
  g_test_dbus_down (bus);
}

static void
test_cancelled (void)
{
  g_autoptr (GTestDBus) bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_autoptr (GDBusConnection) connection = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = td_secrets_get_file_path ("evn");
  TdSecretsPlace   place;
  int              n_calls = 0;

  g_test_dbus_up (bus);
  connection = connect_privately (bus);
  own_name (connection);
  g_dbus_connection_add_filter (connection, swallow_cb, &n_calls, NULL);

  td_secrets_store_async ("evn", "x", cancellable, keep_result_cb, &result);
  while (g_atomic_int_get (&n_calls) == 0)
    g_main_context_iteration (NULL, FALSE);
  g_cancellable_cancel (cancellable);
  g_assert_false (td_secrets_store_finish (wait_for (&result), &place, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (place, ==, TD_SECRETS_NONE);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));

  g_dbus_connection_close_sync (connection, NULL, NULL);
  g_test_dbus_down (bus);
}

static void
test_keyring (void)
{
  g_autoptr (GTestDBus) bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_autoptr (GDBusConnection) connection = NULL;
  g_autoptr (MockSecrets) keyring = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = td_secrets_get_file_path ("evn");
  g_autofree char *found = NULL;
  g_autofree char *newer = NULL;
  g_autofree char *gone = NULL;
  TdSecretsPlace   place;

  g_test_dbus_up (bus);
  connection = connect_privately (bus);
  keyring = mock_secrets_new (connection);
  own_name (connection);

  g_assert_cmpint (store ("evn", "mật khẩu", &error), ==, TD_SECRETS_SERVICE);
  g_assert_no_error (error);
  g_assert_cmpstr (g_hash_table_lookup (keyring->secrets, "evn"), ==, "mật khẩu");
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));

  found = look_up ("evn", &place, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (found, ==, "mật khẩu");
  g_assert_cmpint (place, ==, TD_SECRETS_SERVICE);

  g_assert_null (look_up ("other", &place, &error));
  g_assert_no_error (error);
  g_assert_cmpint (place, ==, TD_SECRETS_NONE);

  /* A file that was left from a time without a keyring is the newer one, until
   * the keyring gets one. */
  write_secret_file ("evn", "from a file", 0600);
  newer = look_up ("evn", &place, &error);
  g_assert_cmpstr (newer, ==, "from a file");
  g_assert_cmpint (store ("evn", "newest", &error), ==, TD_SECRETS_SERVICE);
  g_assert_no_error (error);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  g_assert_cmpstr (g_hash_table_lookup (keyring->secrets, "evn"), ==, "newest");

  g_assert_true (clear ("evn", &error));
  g_assert_no_error (error);
  g_assert_cmpuint (g_hash_table_size (keyring->secrets), ==, 0);
  gone = look_up ("evn", &place, &error);
  g_assert_null (gone);

  g_dbus_connection_close_sync (connection, NULL, NULL);
  g_test_dbus_down (bus);
}

static void
test_keyring_that_stays_shut (void)
{
  g_autoptr (GTestDBus) bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_autoptr (GDBusConnection) connection = NULL;
  g_autoptr (MockSecrets) keyring = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) store_error = NULL;
  g_autofree char *found = NULL;
  TdSecretsPlace   place;

  g_test_dbus_up (bus);
  connection = connect_privately (bus);
  keyring = mock_secrets_new (connection);
  keyring->is_broken = TRUE;
  own_name (connection);

  /* That it cannot be looked at is another thing than that there is none. */
  g_assert_null (look_up ("evn", &place, &error));
  g_assert_nonnull (error);

  g_assert_cmpint (store ("evn", "geheim", &store_error), ==, TD_SECRETS_FILE);
  g_assert_no_error (store_error);
  g_assert_cmpuint (keyring->n_stored, ==, 0);
  found = look_up ("evn", &place, &store_error);
  g_assert_no_error (store_error);
  g_assert_cmpstr (found, ==, "geheim");

  g_dbus_connection_close_sync (connection, NULL, NULL);
  g_test_dbus_down (bus);
}

int
main (int   argc,
      char *argv[])
{
  /* Whatever runs on this desk is none of the test's business. */
  g_test_dbus_unset ();
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus", TRUE);
  test_home_init ();
  g_test_init (&argc, &argv, NULL);

  test_home_add_func ("/secrets/without-a-bus", test_without_a_bus);
  test_home_add_func ("/secrets/file-of-others-is-refused", test_file_of_others);
  test_home_add_func ("/secrets/file-by-hand", test_file_by_hand);
  test_home_add_func ("/secrets/file-with-no-secret", test_file_with_no_secret);
  test_home_add_func ("/secrets/file-is-a-link", test_file_is_a_link);
  test_home_add_func ("/secrets/bad-secrets", test_bad_secrets);
  test_home_add_func ("/secrets/bad-names", test_bad_names);
  test_home_add_func ("/secrets/without-a-service", test_without_a_service);
  test_home_add_func ("/secrets/keyring", test_keyring);
  test_home_add_func ("/secrets/keyring-that-stays-shut", test_keyring_that_stays_shut);
  test_home_add_func ("/secrets/service-that-hangs", test_service_that_hangs);
  test_home_add_func ("/secrets/cancelled", test_cancelled);

  return test_home_run ();
}
