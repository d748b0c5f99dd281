/* td-test-home.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "td-test-home.h"

#include <glib/gstdio.h>

static char *home;

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) dir = NULL;
  const char *name;

  if (!g_file_test (path, G_FILE_TEST_IS_SYMLINK))
    dir = g_dir_open (path, 0, NULL);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *inner = g_build_filename (path, name, NULL);

      remove_tree (inner);
    }

  g_remove (path);
}

/* Before anything asks where settings are. */
void
test_home_init (void)
{
  g_autoptr (GError) error = NULL;

  home = g_dir_make_tmp ("tongdai-test-XXXXXX", &error);
  g_assert_no_error (error);
  g_setenv ("XDG_CONFIG_HOME", home, TRUE);
  g_setenv ("XDG_DATA_HOME", home, TRUE);
  g_setenv ("XDG_CACHE_HOME", home, TRUE);
}

void
test_home_clear (void)
{
  g_autofree char *folder = g_build_filename (home, "tongdai", NULL);

  remove_tree (folder);
}

static void
run_cb (gpointer      fixture,
        gconstpointer data)
{
  ((GTestFunc)data) ();
}

static void
clear_cb (gpointer      fixture,
          gconstpointer data)
{
  test_home_clear ();
}

void
test_home_add_func (const char *path,
                    GTestFunc   func)
{
  g_test_add_vtable (path, 0, func, NULL, run_cb, clear_cb);
}

int
test_home_run (void)
{
  int status = g_test_run ();

  remove_tree (home);
  g_clear_pointer (&home, g_free);

  return status;
}
