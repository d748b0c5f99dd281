/* test-file.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "td-file.h"

typedef struct
{
  char *folder;
  char *path;
} Fixture;

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("tongdai-file-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->path = g_build_filename (fixture->folder, "deep", "file.ini", NULL);
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  g_autofree char *deep = g_path_get_dirname (fixture->path);

  g_unlink (fixture->path);
  g_rmdir (deep);
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0); /* nothing else was left */
  g_free (fixture->path);
  g_free (fixture->folder);
}

static void
save (Fixture    *fixture,
      const char *text)
{
  g_autoptr (GError) error = NULL;

  td_file_save (fixture->path, text, -1, &error);
  g_assert_no_error (error);
}

static void
assert_says (Fixture    *fixture,
             const char *text)
{
  g_autofree char *said = NULL;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (fixture->path, &said, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (said, ==, text);
}

static void
test_it_is_for_its_owner_alone (Fixture      *fixture,
                                gconstpointer data)
{
  GStatBuf status;

  save (fixture, "one");
  assert_says (fixture, "one");
  g_assert_cmpint (g_stat (fixture->path, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);
  save (fixture, "another");
  assert_says (fixture, "another");
}

/* As on a full disk. */
static void
test_what_cannot_be_written_leaves_what_was_there (Fixture      *fixture,
                                                   gconstpointer data)
{
  struct rlimit    before, none;
  g_autofree char *begin = g_strconcat (fixture->path, ": cannot be written: ", NULL);
  g_autoptr (GError) error = NULL;
  gboolean saved;

  save (fixture, "one");
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &before), ==, 0);
  none = (struct rlimit){ 0, before.rlim_max };
  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &none), ==, 0);
  saved = td_file_save (fixture->path, "another", -1, &error);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &before), ==, 0);

  g_assert_false (saved);
  g_assert_error (error, G_FILE_ERROR, (int)g_file_error_from_errno (EFBIG));
  g_assert_true (g_str_has_prefix (error->message, begin));
  g_assert_cmpstr (error->message + strlen (begin), ==, g_strerror (EFBIG));
  assert_says (fixture, "one");
}

static void
test_a_folder_that_cannot_be_made_is_named (Fixture      *fixture,
                                            gconstpointer data)
{
  g_autofree char *below = g_build_filename (fixture->path, "folder", "file.ini", NULL);
  g_autofree char *folder = g_path_get_dirname (below);
  g_autofree char *begin = g_strconcat (folder, ": cannot be made: ", NULL);
  g_autoptr (GError) error = NULL;

  save (fixture, "a file, and no folder");
  g_assert_false (td_file_save (below, "one", -1, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOTDIR);
  g_assert_true (g_str_has_prefix (error->message, begin));
}

static void
assert_cannot_be_read (Fixture *fixture,
                       int      code)
{
  g_autofree char *begin = g_strconcat (fixture->path, ": ", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_false (td_file_read (fixture->path, 8, &text, NULL, &error));
  g_assert_error (error, G_FILE_ERROR, code);
  g_assert_true (g_str_has_prefix (error->message, begin));
  g_assert_null (text);
}

static void
test_what_was_written_is_read (Fixture      *fixture,
                               gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  static const char *const texts[] = { "", "one", "eight it" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *text = NULL;
      gsize            length = G_MAXSIZE;

      save (fixture, texts[i]);
      g_assert_true (td_file_read (fixture->path, 8, &text, &length, &error));
      g_assert_no_error (error);
      g_assert_cmpstr (text, ==, texts[i]);
      g_assert_cmpuint (length, ==, strlen (texts[i]));
    }
  save (fixture, "nine it is");
  assert_cannot_be_read (fixture, G_FILE_ERROR_FAILED);
}

/* Opened as a file is, the pipe would be waited for without end. */
static void
test_what_is_no_file_is_refused_at_once (Fixture      *fixture,
                                         gconstpointer data)
{
  assert_cannot_be_read (fixture, G_FILE_ERROR_NOENT);
  save (fixture, "one");
  assert_says (fixture, "one");
  g_assert_cmpint (g_unlink (fixture->path), ==, 0);
  g_assert_cmpint (g_mkdir (fixture->path, 0700), ==, 0);
  assert_cannot_be_read (fixture, G_FILE_ERROR_FAILED);
  g_assert_cmpint (g_rmdir (fixture->path), ==, 0);

  alarm (60);
  g_assert_cmpint (mkfifo (fixture->path, 0600), ==, 0);
  assert_cannot_be_read (fixture, G_FILE_ERROR_FAILED);
  alarm (0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define add(name, func) g_test_add ("/file/" name, Fixture, NULL, set_up, func, tear_down)
  add ("it-is-for-its-owner-alone", test_it_is_for_its_owner_alone);
  add ("what-cannot-be-written-leaves-what-was-there", test_what_cannot_be_written_leaves_what_was_there);
  add ("a-folder-that-cannot-be-made-is-named", test_a_folder_that_cannot_be_made_is_named);

  add ("what-was-written-is-read", test_what_was_written_is_read);
  add ("what-is-no-file-is-refused-at-once", test_what_is_no_file_is_refused_at_once);

  return g_test_run ();
}
