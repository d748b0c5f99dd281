/* td-history-place.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-history-place.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#define FILE_NAME "history.db"
#define PREFIX "passing-"

/* One that is just being made has no lock yet. */
#define YOUNG_S (60 * 60)

/**
 * td_history_place_get:
 * @profile: name of a profile
 *
 * Returns: (transfer full): where its history is kept:
 *   $XDG_DATA_HOME/tongdai/NAME/history.db
 */
char *
td_history_place_get (const char *profile)
{
  g_return_val_if_fail (profile != NULL, NULL);

  return g_build_filename (g_get_user_data_dir (), "tongdai", profile, FILE_NAME, NULL);
}

/**
 * td_history_place_make:
 * @profile: name of a profile
 *
 * Returns: (transfer full): where its history is kept, in a folder that only
 *   its owner reads. Where that cannot be made, the history says so.
 */
char *
td_history_place_make (const char *profile)
{
  g_autofree char *path = td_history_place_get (profile);
  g_autofree char *folder = g_path_get_dirname (path);

  if (g_mkdir_with_parents (folder, 0700) != 0)
    g_message ("%s: %s", folder, g_strerror (errno));

  return g_steal_pointer (&path);
}

/* The database, what SQLite has beside it, and broken ones that were kept. */
static GPtrArray *
list_files (const char *profile)
{
  g_autofree char *path = td_history_place_get (profile);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  GPtrArray  *files = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      if (g_str_has_prefix (name, FILE_NAME))
        g_ptr_array_add (files, g_build_filename (folder, name, NULL));
    }

  return files;
}

/**
 * td_history_place_get_size:
 * @profile: name of a profile
 *
 * Returns: bytes that its history takes on the disk; 0 where there is none
 */
gint64
td_history_place_get_size (const char *profile)
{
  g_autoptr (GPtrArray) files = NULL;
  gint64 size = 0;

  g_return_val_if_fail (profile != NULL, 0);

  files = list_files (profile);
  for (guint i = 0; i < files->len; i++)
    {
      GStatBuf status;

      if (g_stat (g_ptr_array_index (files, i), &status) == 0)
        size += status.st_size;
    }

  return size;
}

/* The lock of the history goes with the program that held it. */
static gboolean
is_held (const char *lock)
{
  int      fd = g_open (lock, O_RDWR | O_CLOEXEC, 0600);
  gboolean held;

  if (fd < 0)
    return FALSE;

  held = flock (fd, LOCK_EX | LOCK_NB) != 0;
  close (fd);

  return held;
}

/**
 * td_history_place_remove:
 * @profile: name of a profile, its history closed
 *
 * Removes its history from the disk, unless another program keeps it.
 *
 * Returns: whether it is gone
 */
gboolean
td_history_place_remove (const char *profile)
{
  g_autofree char *path = NULL;
  g_autofree char *folder = NULL;
  g_autofree char *lock = NULL;
  g_autoptr (GPtrArray) files = NULL;

  g_return_val_if_fail (profile != NULL, FALSE);

  path = td_history_place_get (profile);
  folder = g_path_get_dirname (path);
  lock = g_strconcat (path, ".lock", NULL);
  if (is_held (lock))
    return FALSE;

  files = list_files (profile);
  for (guint i = 0; i < files->len; i++)
    {
      if (g_unlink (g_ptr_array_index (files, i)) != 0)
        g_message ("%s: %s", (const char *)g_ptr_array_index (files, i), g_strerror (errno));
    }
  g_rmdir (folder);

  return !g_file_test (path, G_FILE_TEST_EXISTS);
}

static char *
get_passing_folder (void)
{
  return g_build_filename (g_get_user_cache_dir (), "tongdai", NULL);
}

static void
remove_folder (const char *folder)
{
  static const char *const parts[] = { "", "-wal", "-shm", "-journal", ".lock", ".announced" };

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_autofree char *name = g_strconcat (FILE_NAME, parts[i], NULL);
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (folder);
}

static gboolean
is_left_over (const char *folder)
{
  g_autofree char *lock = g_build_filename (folder, FILE_NAME ".lock", NULL);
  GStatBuf         status;

  if (!g_file_test (lock, G_FILE_TEST_EXISTS))
    return g_stat (folder, &status) == 0 && time (NULL) - status.st_mtime > YOUNG_S;

  return !is_held (lock);
}

/* Of programs that did not end as they should. */
static void
remove_left_overs (const char *parent)
{
  g_autoptr (GDir) dir = g_dir_open (parent, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *folder = g_build_filename (parent, name, NULL);

      if (g_str_has_prefix (name, PREFIX) && !g_file_test (folder, G_FILE_TEST_IS_SYMLINK) && is_left_over (folder))
        remove_folder (folder);
    }
}

/**
 * td_history_place_make_passing:
 *
 * A place for the history of a centre that nobody will ask for again. What
 * others left behind when they were killed is removed.
 *
 * Returns: (transfer full) (nullable): a file in a folder of its own, for
 *   td_history_place_remove_passing() at the end; %NULL where none can be made
 */
char *
td_history_place_make_passing (void)
{
  g_autofree char *parent = get_passing_folder ();
  g_autofree char *folder = g_build_filename (parent, PREFIX "XXXXXX", NULL);

  if (g_mkdir_with_parents (parent, 0700) == 0)
    remove_left_overs (parent);

  if (g_mkdtemp_full (folder, 0700) == NULL)
    {
      g_message ("%s: %s", parent, g_strerror (errno));
      return NULL;
    }

  return g_build_filename (folder, FILE_NAME, NULL);
}

/**
 * td_history_place_remove_passing:
 * @path: what td_history_place_make_passing() made, its history closed
 */
void
td_history_place_remove_passing (const char *path)
{
  g_autofree char *folder = NULL;

  g_return_if_fail (path != NULL);

  folder = g_path_get_dirname (path);
  remove_folder (folder);
}
