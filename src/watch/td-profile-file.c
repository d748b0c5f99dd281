/* td-profile-file.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-profile-private.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>

#include "td-file.h"

#define SUFFIX ".ini"
#define MAX_FILE (4 * 1024 * 1024)

/* What a program of this version understands. A later one may know more, so
 * the rest stays in the file. */
static const struct
{
  const char *group;
  const char *keys[16];
} known[] = {
  { TD_PROFILE_GROUP, { "title", "backend" } },
  { TD_PROFILE_CONNECTION, { "url", "user", "digest", "ca-file", "pin-sha256", "allow-plain-http", "min-gap-seconds" } },
  { TD_PROFILE_SERVICE, { "service-level-seconds", "service-level-target", "formula", "short-abandon-seconds", "opens", "closes", "timezone" } },
  { TD_PROFILE_ASTERISK_GROUP, { "agents-file", "wrap-up-seconds" } },
  { TD_PROFILE_SUPERVISOR, { "extension" } },
  { TD_PROFILE_HISTORY, { "minutes-years", "spans-days", "samples-days" } },
  { TD_PROFILE_AGENTS, { "ringing-seconds", "on-call-seconds", "wrap-up-seconds", "pause-seconds", "phantom-ring-outs", "phantom-idle-seconds", "phantom-line-seconds", "workload-factor", "no-break-seconds", "pause-allowance-seconds", "shift-grace-seconds" } },
  { TD_PROFILE_ALERTS, { "webhook-url", "webhook-allow-plain-http", "command", "told-from" } },
  { TD_PROFILE_PAUSE_PREFIX, { "limit-seconds" } },
  { TD_PROFILE_QUEUE_PREFIX, { "name", "hotline", "reason", "area", "wrap-up-seconds" } },
};

static const char *const secret_words[] = { "secret", "passw", "passphrase", "token" };

/**
 * td_profile_get_folder:
 *
 * Returns: (transfer full): where the profiles are, whether or not the folder is there
 */
char *
td_profile_get_folder (void)
{
  return g_build_filename (g_get_user_config_dir (), "tongdai", "profiles", NULL);
}

/**
 * td_profile_get_path:
 * @name: a profile's name
 *
 * Returns: (transfer full): path of its file, whether or not that is there
 */
char *
td_profile_get_path (const char *name)
{
  g_autofree char *folder = td_profile_get_folder ();
  g_autofree char *file = g_strconcat (name, SUFFIX, NULL);

  return g_build_filename (folder, file, NULL);
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

/**
 * td_profile_list:
 *
 * Returns: (transfer full) (array zero-terminated=1): names of the profiles
 *   that are there, sorted by bytes; whether one is valid, loading it tells
 */
char **
td_profile_list (void)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  g_autofree char *folder = td_profile_get_folder ();
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *file;

  while (dir != NULL && (file = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, file, NULL);
      g_autofree char *name = NULL;

      if (!g_str_has_suffix (file, SUFFIX))
        continue;
      name = g_strndup (file, strlen (file) - strlen (SUFFIX));
      if (td_profile_is_name (name) && g_file_test (path, G_FILE_TEST_IS_REGULAR))
        g_ptr_array_add (names, g_steal_pointer (&name));
    }

  g_ptr_array_sort (names, compare_names);
  g_ptr_array_add (names, NULL);

  return (char **)g_ptr_array_free (g_steal_pointer (&names), FALSE);
}

/* The groups "queue ID" are all of one kind. */
static const char *const *
find_keys (const char *group)
{
  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    {
      if (strcmp (known[i].group, group) == 0 ||
          (g_str_has_suffix (known[i].group, " ") && g_str_has_prefix (group, known[i].group)))
        return known[i].keys;
    }

  return NULL;
}

static gboolean
refuse_secret (const char *name,
               const char *group,
               const char *key,
               GError    **error)
{
  g_autofree char *lower = g_ascii_strdown (key, -1);

  for (guint i = 0; i < G_N_ELEMENTS (secret_words); i++)
    {
      if (strstr (lower, secret_words[i]) != NULL)
        {
          td_profile_set_error (name, group, key, error,
                                _ ("a secret has no place in this file: take it out, and enter it in the program, which keeps it "
                                   "in the keyring, or in a file that only you can read"));
          return FALSE;
        }
    }

  return TRUE;
}

static gboolean
look_over_keys (const char *name,
                GKeyFile   *file,
                gboolean    warn,
                GError    **error)
{
  g_auto (GStrv) groups = g_key_file_get_groups (file, NULL);

  for (guint i = 0; groups[i] != NULL; i++)
    {
      const char *const *keys = find_keys (groups[i]);
      g_auto (GStrv) found = g_key_file_get_keys (file, groups[i], NULL, NULL);

      for (guint j = 0; found != NULL && found[j] != NULL; j++)
        {
          if (!refuse_secret (name, groups[i], found[j], error))
            return FALSE;
          /* There a key is a date, which the reader judges. */
          if (warn && strcmp (groups[i], TD_PROFILE_HOLIDAYS) != 0 && (keys == NULL || !g_strv_contains (keys, found[j])))
            g_warning ("%s" SUFFIX ": [%s] %s: not known here, and left as it is", name, groups[i], found[j]);
        }
    }

  return TRUE;
}

/* Reads the file, bounded, as text. */
static GKeyFile *
open_file (const char *name,
           gboolean    warn,
           GError    **error)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (GError) reason = NULL;
  g_autofree char *path = td_profile_get_path (name);
  g_autofree char *text = NULL;
  gsize            length;

  if (!td_file_read (path, MAX_FILE, &text, &length, &reason))
    {
      g_set_error_literal (error, TD_PROFILE_ERROR,
                           g_error_matches (reason, G_FILE_ERROR, G_FILE_ERROR_NOENT) ? TD_PROFILE_ERROR_NOT_FOUND : TD_PROFILE_ERROR_INVALID,
                           reason->message);
      return NULL;
    }
  if (!g_key_file_load_from_data (file, text, length, G_KEY_FILE_KEEP_COMMENTS | G_KEY_FILE_KEEP_TRANSLATIONS, &reason))
    {
      td_profile_set_error (name, NULL, NULL, error, "%s", reason->message);
      return NULL;
    }
  if (!look_over_keys (name, file, warn, error))
    return NULL;

  return g_steal_pointer (&file);
}

/**
 * td_profile_load:
 * @name: a profile's name
 * @error: return location; %TD_PROFILE_ERROR that names the file, the group
 *   and the key
 *
 * Reads and checks a profile. Its secret is looked up apart.
 *
 * Returns: (transfer full) (nullable): the profile
 */
TdProfile *
td_profile_load (const char *name,
                 GError    **error)
{
  g_autoptr (TdProfile) self = NULL;
  g_autoptr (GKeyFile) file = NULL;

  g_return_val_if_fail (name != NULL, NULL);

  if (!td_profile_check_name (name, error))
    return NULL;

  file = open_file (name, TRUE, error);
  if (file == NULL)
    return NULL;

  self = td_profile_read (name, file, error);
  if (self == NULL || !td_profile_check (self, error))
    return NULL;

  return g_steal_pointer (&self);
}

/**
 * td_profile_save:
 * @self: a profile
 * @error: return location; %TD_PROFILE_ERROR or %G_FILE_ERROR
 *
 * Checks @self and writes it, all or nothing, for this user alone. Comments
 * and keys of the file that this version does not know stay. The secret is
 * not written. A queue that is not in @self is gone from the file.
 *
 * Returns: whether it was written
 */
gboolean
td_profile_save (const TdProfile *self,
                 GError         **error)
{
  g_autoptr (GKeyFile) file = NULL;
  g_autoptr (GError) reason = NULL;
  g_autofree char *folder = td_profile_get_folder ();
  g_autofree char *path = NULL;
  g_autofree char *text = NULL;
  gsize            length;

  g_return_val_if_fail (self != NULL, FALSE);

  if (!td_profile_check (self, error))
    return FALSE;

  path = td_profile_get_path (self->name);
  file = open_file (self->name, FALSE, &reason);
  if (file == NULL)
    {
      /* What a person wrote there is not thrown away unread. */
      if (!g_error_matches (reason, TD_PROFILE_ERROR, TD_PROFILE_ERROR_NOT_FOUND))
        {
          g_propagate_error (error, g_steal_pointer (&reason));
          return FALSE;
        }
      file = g_key_file_new ();
    }

  td_profile_write (self, file);
  text = g_key_file_to_data (file, &length, NULL);

  if (g_mkdir_with_parents (folder, 0700) != 0 || g_chmod (folder, 0700) != 0)
    {
      int code = errno;

      g_set_error (error, G_FILE_ERROR, (int)g_file_error_from_errno (code), "%s: %s", folder, g_strerror (code));
      return FALSE;
    }

  return td_file_save (path, text, (gssize)length, error);
}

/**
 * td_profile_delete:
 * @name: a profile's name
 * @error: return location; %TD_PROFILE_ERROR or %G_FILE_ERROR
 *
 * Deletes the profile's file. Its secret is cleared apart.
 *
 * Returns: whether it is gone
 */
gboolean
td_profile_delete (const char *name,
                   GError    **error)
{
  g_autofree char *path = NULL;
  int              code;

  g_return_val_if_fail (name != NULL, FALSE);

  if (!td_profile_check_name (name, error))
    return FALSE;

  path = td_profile_get_path (name);
  if (g_unlink (path) == 0)
    return TRUE;

  code = errno;
  if (code == ENOENT)
    g_set_error (error, TD_PROFILE_ERROR, TD_PROFILE_ERROR_NOT_FOUND, "%s: %s", path, g_strerror (code));
  else
    g_set_error (error, G_FILE_ERROR, (int)g_file_error_from_errno (code), "%s: %s", path, g_strerror (code));

  return FALSE;
}
