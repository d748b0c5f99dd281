/* test-history-place.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gstdio.h>

#include "td-history-place.h"
#include "td-history.h"
#include "td-test-home.h"

static void
finished_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  *(gboolean *)user_data = TRUE;
}

static TdHistory *
open_history (const char *path)
{
  TdHistory *history = td_history_new (path);
  gboolean   done = FALSE;

  td_history_flush_async (history, NULL, finished_cb, &done);
  while (!done)
    g_main_context_iteration (NULL, TRUE);
  g_assert_null (td_history_get_error_message (history));

  return history;
}

static void
test_a_profile_has_its_own (void)
{
  g_autofree char *path = td_history_place_make ("nha-be");
  g_autofree char *folder = g_path_get_dirname (path);
  GStatBuf         status;

  g_assert_true (g_str_has_prefix (path, g_get_user_data_dir ()));
  g_assert_true (g_str_has_suffix (path, "/tongdai/nha-be/history.db"));
  g_assert_cmpint (g_stat (folder, &status), ==, 0);
  g_assert_cmpuint (status.st_mode & 0777, ==, 0700);
}

static void
test_a_profile_s_own_can_be_removed (void)
{
  g_autofree char *path = td_history_place_make ("evn");
  g_autofree char *broken = g_strconcat (path, ".broken-1", NULL);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (TdHistory) history = open_history (path);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (broken, "x", 1, &error);
  g_assert_no_error (error);
  g_assert_cmpint (td_history_place_get_size ("evn"), >, 1000);

  /* Not while it is kept. */
  g_assert_false (td_history_place_remove ("evn"));
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (broken, G_FILE_TEST_EXISTS));

  td_history_close (history);
  g_assert_true (td_history_place_remove ("evn"));
  g_assert_false (g_file_test (folder, G_FILE_TEST_EXISTS));
  g_assert_cmpint (td_history_place_get_size ("evn"), ==, 0);
  g_assert_true (td_history_place_remove ("evn"));
}

static void
test_a_passing_one_is_removed (void)
{
  g_autofree char *path = td_history_place_make_passing ();
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (TdHistory) history = open_history (path);
  GStatBuf status;

  g_assert_cmpint (g_stat (folder, &status), ==, 0);
  g_assert_cmpuint (status.st_mode & 0777, ==, 0700);
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
  td_history_close (history);
  td_history_place_remove_passing (path);
  g_assert_false (g_file_test (folder, G_FILE_TEST_EXISTS));
}

static void
test_what_a_crash_left_is_removed (void)
{
  g_autofree char *left = td_history_place_make_passing ();
  g_autofree char *used = td_history_place_make_passing ();
  g_autofree char *fresh = td_history_place_make_passing ();
  g_autofree char *left_folder = g_path_get_dirname (left);
  g_autofree char *fresh_folder = g_path_get_dirname (fresh);
  g_autofree char *other = NULL;
  g_autoptr (TdHistory) history = open_history (used);
  g_autoptr (TdHistory) killed = open_history (left);

  /* A lock that nobody holds is what a killed program leaves. */
  td_history_close (killed);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_true (g_file_test (left, G_FILE_TEST_EXISTS));

  other = td_history_place_make_passing ();
  g_assert_false (g_file_test (left_folder, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (used, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (fresh_folder, G_FILE_TEST_EXISTS));

  td_history_close (history);
  td_history_place_remove_passing (used);
  td_history_place_remove_passing (fresh);
  td_history_place_remove_passing (other);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  test_home_init ();

  test_home_add_func ("/history-place/a-profile-has-its-own", test_a_profile_has_its_own);
  test_home_add_func ("/history-place/a-profile-s-own-can-be-removed", test_a_profile_s_own_can_be_removed);
  test_home_add_func ("/history-place/a-passing-one-is-removed", test_a_passing_one_is_removed);
  test_home_add_func ("/history-place/what-a-crash-left-is-removed", test_what_a_crash_left_is_removed);

  return test_home_run ();
}
