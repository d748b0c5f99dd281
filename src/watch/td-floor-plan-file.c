/* td-floor-plan-file.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-floor-plan-file.h"

#include <gio/gio.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>

#include "td-file.h"

#define SUFFIX ".json"
#define MAX_STEM 40
#define SCHEMA_SUFFIX ".schema.json"

/**
 * td_floor_plan_load:
 * @path: a file
 * @error: return location; %G_FILE_ERROR, or %G_IO_ERROR_INVALID_DATA that
 *   names the file, the line and the field
 *
 * Returns: (transfer full) (nullable): the plan
 */
TdFloorPlan *
td_floor_plan_load (const char *path,
                    GError    **error)
{
  g_autofree char *text = NULL;
  TdFloorPlan     *plan;
  gsize            length;

  g_return_val_if_fail (path != NULL, NULL);

  if (!td_file_read (path, TD_FLOOR_PLAN_MAX_BYTES, &text, &length, error))
    return NULL;

  plan = td_floor_plan_parse (text, length, error);
  if (plan == NULL)
    g_prefix_error (error, "%s: ", path);

  return plan;
}

/**
 * td_floor_plan_save:
 * @plan: a plan
 * @path: its file
 * @error: return location; %G_FILE_ERROR
 *
 * Writes the plan, all or nothing. The folder is made where it is missing.
 *
 * Returns: whether it was written
 */
gboolean
td_floor_plan_save (const TdFloorPlan *plan,
                    const char        *path,
                    GError           **error)
{
  g_autofree char *text = NULL;

  g_return_val_if_fail (plan != NULL && path != NULL, FALSE);

  text = td_floor_plan_to_json (plan);

  return td_file_save (path, text, -1, error);
}

/**
 * td_floor_plan_get_folder:
 *
 * Returns: (transfer full): where the user's plans are, whether or not the folder is there
 */
char *
td_floor_plan_get_folder (void)
{
  return g_build_filename (g_get_user_config_dir (), "tongdai", "floor-plans", NULL);
}

static int
compare_paths (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

/* A file of the user's hides one of the same name that came with the program. */
static void
add_folder (const char *folder,
            GHashTable *names,
            GPtrArray  *paths)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  g_autoptr (GPtrArray) found = g_ptr_array_new ();
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      if (*name != '.' && g_str_has_suffix (name, SUFFIX) && !g_str_has_suffix (name, SCHEMA_SUFFIX) &&
          g_hash_table_add (names, g_strdup (name)))
        g_ptr_array_add (found, g_build_filename (folder, name, NULL));
    }

  g_ptr_array_sort (found, compare_paths);
  for (guint i = 0; i < found->len; i++)
    g_ptr_array_add (paths, g_ptr_array_index (found, i));
}

/**
 * td_floor_plan_list:
 *
 * The user's plans come first, then those that came with the program: from
 * the folder that the environment's TONGDAI_FLOOR_PLANS names, or else from
 * where they were installed.
 *
 * Returns: (transfer full) (array zero-terminated=1): paths of all plans, in
 *   each folder sorted by bytes; whether one is valid, loading it tells
 */
char **
td_floor_plan_list (void)
{
  g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) paths = g_ptr_array_new ();
  g_autofree char *own = td_floor_plan_get_folder ();
  const char      *given = g_getenv ("TONGDAI_FLOOR_PLANS");

  add_folder (own, names, paths);
  add_folder (given != NULL ? given : TD_PKGDATADIR "/floor-plans", names, paths);
  g_ptr_array_add (paths, NULL);

  return (char **)g_ptr_array_free (g_steal_pointer (&paths), FALSE);
}

/**
 * td_floor_plan_get_own_path:
 * @path: the file that a plan was read from
 *
 * Returns: (transfer full): where it is saved: a plan that came with the
 *   program becomes one of the user's by the same name, and is hidden by it
 */
char *
td_floor_plan_get_own_path (const char *path)
{
  g_autofree char *own = td_floor_plan_get_folder ();
  g_autofree char *name = NULL;

  g_return_val_if_fail (path != NULL, NULL);

  name = g_path_get_basename (path);

  return g_build_filename (own, name, NULL);
}

/**
 * td_floor_plan_get_new_path:
 * @name: what a new plan is called
 *
 * Returns: (transfer full): a file in the user's folder that is not there yet
 */
char *
td_floor_plan_get_new_path (const char *name)
{
  g_autofree char *own = td_floor_plan_get_folder ();
  g_autofree char *plain = NULL;
  g_autoptr (GString) stem = g_string_new (NULL);

  g_return_val_if_fail (name != NULL, NULL);

  plain = g_str_to_ascii (name, "C");
  for (const char *p = plain; *p != '\0' && stem->len < MAX_STEM; p++)
    {
      if (g_ascii_isalnum (*p))
        g_string_append_c (stem, g_ascii_tolower (*p));
      else if (stem->len > 0 && stem->str[stem->len - 1] != '-')
        g_string_append_c (stem, '-');
    }
  if (stem->len == 0)
    g_string_append (stem, "plan");

  for (guint i = 1;; i++)
    {
      g_autofree char *file = i == 1 ? g_strconcat (stem->str, SUFFIX, NULL) : g_strdup_printf ("%s-%u%s", stem->str, i, SUFFIX);
      g_autofree char *path = g_build_filename (own, file, NULL);

      if (!g_file_test (path, G_FILE_TEST_EXISTS))
        return g_steal_pointer (&path);
    }
}

/**
 * td_floor_plan_bring_underlay:
 * @plan: a plan
 * @from: the file that it was read from
 * @to: the file that it will be written to
 * @error: return location; %G_IO_ERROR
 *
 * Copies the picture under the plan to beside @to, unless there is one.
 *
 * Returns: whether it is there now, or none is needed
 */
gboolean
td_floor_plan_bring_underlay (const TdFloorPlan *plan,
                              const char        *from,
                              const char        *to,
                              GError           **error)
{
  const char      *underlay = td_floor_plan_get_info (plan)->underlay;
  g_autofree char *from_folder = g_path_get_dirname (from);
  g_autofree char *to_folder = g_path_get_dirname (to);
  g_autofree char *source = NULL;
  g_autofree char *target = NULL;
  g_autofree char *target_folder = NULL;
  g_autoptr (GFile) source_file = NULL;
  g_autoptr (GFile) target_file = NULL;

  if (underlay == NULL)
    return TRUE;

  source = g_build_filename (from_folder, underlay, NULL);
  target = g_build_filename (to_folder, underlay, NULL);
  if (g_file_test (target, G_FILE_TEST_EXISTS) || !g_file_test (source, G_FILE_TEST_EXISTS))
    return TRUE;

  target_folder = g_path_get_dirname (target);
  g_mkdir_with_parents (target_folder, 0700);
  source_file = g_file_new_for_path (source);
  target_file = g_file_new_for_path (target);

  return g_file_copy (source_file, target_file, G_FILE_COPY_NONE, NULL, NULL, NULL, error);
}
