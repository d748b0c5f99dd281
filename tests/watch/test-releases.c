/* test-releases.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-releases.h"

#include <glib/gstdio.h>
#include <string.h>

/* 2026-11-20T10:00:00Z */
#define AT (G_GINT64_CONSTANT (1795168800) * G_USEC_PER_SEC)

typedef struct
{
  char *folder;
  char *path;
} Fixture;

static void
set_up (Fixture      *f,
        gconstpointer data)
{
  f->folder = g_dir_make_tmp ("tongdai-XXXXXX", NULL);
  f->path = g_build_filename (f->folder, "history.db.announced", NULL);
}

static void
tear_down (Fixture      *f,
           gconstpointer data)
{
  g_autofree char *aside = g_strconcat (f->path, ".broken", NULL);

  g_unlink (f->path);
  g_unlink (aside);
  g_rmdir (f->folder);
  g_free (f->path);
  g_free (f->folder);
}

static void
add (TdReleases *releases,
     gint64      at,
     const char *employer,
     TdPlace     place,
     gint64      agents)
{
  g_autoptr (GError) error = NULL;

  td_releases_add (releases, &(TdRelease){ .at = at, .employer = employer, .place = place, .agents = agents }, &error);
  g_assert_no_error (error);
}

static void
count_cb (guint *n)
{
  (*n)++;
}

static void
test_what_was_announced_is_there_after_a_restart (Fixture      *f,
                                                  gconstpointer data)
{
  TdReleases *releases = td_releases_new (f->path);
  guint       n_changes = 0;

  g_signal_connect_swapped (releases, "changed", G_CALLBACK (count_cb), &n_changes);
  add (releases, AT + G_TIME_SPAN_HOUR, "Đối tác B", TD_PLACE_UNKNOWN, TD_UNKNOWN);
  add (releases, AT, NULL, TD_PLACE_HOME, 14);
  g_assert_cmpuint (n_changes, ==, 2);
  g_object_unref (releases);

  releases = td_releases_new (f->path);
  g_assert_null (td_releases_get_error (releases));
  g_assert_cmpuint (td_releases_get_n (releases), ==, 2);
  g_assert_cmpint (td_releases_get (releases, 0)->at, ==, AT);
  g_assert_null (td_releases_get (releases, 0)->employer);
  g_assert_cmpint (td_releases_get (releases, 0)->place, ==, TD_PLACE_HOME);
  g_assert_cmpint (td_releases_get (releases, 0)->agents, ==, 14);
  g_assert_cmpint (td_releases_get (releases, 1)->at, ==, AT + G_TIME_SPAN_HOUR);
  g_assert_cmpstr (td_releases_get (releases, 1)->employer, ==, "Đối tác B");
  g_assert_false (TD_IS_KNOWN (td_releases_get (releases, 1)->agents));

  g_assert_true (td_releases_remove (releases, 0, NULL));
  g_object_unref (releases);
  releases = td_releases_new (f->path);
  g_assert_cmpuint (td_releases_get_n (releases), ==, 1);

  td_releases_forget (releases, AT + G_TIME_SPAN_HOUR);
  g_assert_cmpuint (td_releases_get_n (releases), ==, 1);
  td_releases_forget (releases, AT + 2 * G_TIME_SPAN_HOUR);
  g_assert_cmpuint (td_releases_get_n (releases), ==, 0);
  g_object_unref (releases);
}

static void
test_a_bad_file_is_told_of_and_kept (Fixture      *f,
                                     gconstpointer data)
{
  static const struct
  {
    const char *text;
    const char *says;
  } bad[] = {
    { "[release 1]\nat=17:00\n", "[release 1] at" },
    { "[release 1]\nemployer=B\n", "[release 1] at" },
    { "[release 1]\nat=2026-11-20T17:00:00\n", "[release 1] at" },
    { "[release 1]\nat=2026-11-20T17:00:00+07:00\nplace=moon\n", "[release 1] place" },
    { "[release 1]\nat=2026-11-20T17:00:00+07:00\nagents=1.5\n", "[release 1] agents" },
    { "[release 1]\nat=2026-11-20T17:00:00+07:00\nagents=-3\n", "[release 1] agents" },
    { "17:00", ".announced" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autofree char *aside = g_strconcat (f->path, ".broken", NULL);
      g_autofree char *kept = NULL;
      TdReleases      *releases;

      g_assert_true (g_file_set_contents (f->path, bad[i].text, -1, NULL));
      releases = td_releases_new (f->path);
      g_assert_nonnull (td_releases_get_error (releases));
      g_assert_nonnull (strstr (td_releases_get_error (releases), bad[i].says));
      g_assert_cmpuint (td_releases_get_n (releases), ==, 0);

      add (releases, AT, "B", TD_PLACE_UNKNOWN, 2);
      g_assert_null (td_releases_get_error (releases));
      g_assert_true (g_file_get_contents (aside, &kept, NULL, NULL));
      g_assert_cmpstr (kept, ==, bad[i].text);
      g_object_unref (releases);

      releases = td_releases_new (f->path);
      g_assert_cmpuint (td_releases_get_n (releases), ==, 1);
      g_object_unref (releases);
    }
}

static void
test_what_cannot_be_kept_is_not_taken (Fixture      *f,
                                       gconstpointer data)
{
  g_autofree char *nowhere = g_build_filename (f->path, "file", NULL);
  g_autoptr (TdReleases) releases = NULL;
  g_autoptr (GError) error = NULL;

  /* Where a folder should be is a file. */
  g_file_set_contents (f->path, "", -1, &error);
  g_assert_no_error (error);
  releases = td_releases_new (nowhere);
  g_assert_false (td_releases_add (releases, &(TdRelease){ .at = AT, .agents = TD_UNKNOWN }, &error));
  g_assert_nonnull (error);
  g_assert_cmpuint (td_releases_get_n (releases), ==, 0);
}

static void
test_there_is_an_end_to_them (Fixture      *f,
                              gconstpointer data)
{
  g_autoptr (TdReleases) releases = td_releases_new (NULL);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < TD_RELEASES_MAX; i++)
    add (releases, AT + i, "B", TD_PLACE_UNKNOWN, 2);
  g_assert_false (td_releases_add (releases, &(TdRelease){ .at = AT, .agents = TD_UNKNOWN }, &error));
  g_assert_error (error, TD_RELEASES_ERROR, TD_RELEASES_ERROR_FULL);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, function) g_test_add ("/releases/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("what-was-announced-is-there-after-a-restart", test_what_was_announced_is_there_after_a_restart);
  ADD ("a-bad-file-is-told-of-and-kept", test_a_bad_file_is_told_of_and_kept);
  ADD ("what-cannot-be-kept-is-not-taken", test_what_cannot_be_kept_is_not_taken);
  ADD ("there-is-an-end-to-them", test_there_is_an_end_to_them);
#undef ADD

  return g_test_run ();
}
