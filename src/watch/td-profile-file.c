/* td-profile-file.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-profile-private.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define SUFFIX ".ini"
#define MAX_FILE (4 * 1024 * 1024)
#define MAX_SECONDS 1e6 /* as milliseconds it fits an int */

/* What a program of this version understands. A later one may know more, so
 * the rest stays in the file. */
static const struct
{
  const char *group;
  const char *keys[8];
} known[] = {
  { TD_PROFILE_GROUP, { "title", "backend" } },
  { TD_PROFILE_CONNECTION, { "url", "user", "digest", "ca-file", "pin-sha256", "allow-plain-http", "min-gap-seconds" } },
  { TD_PROFILE_SERVICE, { "service-level-seconds", "service-level-target", "formula", "short-abandon-seconds", "opens", "closes", "timezone" } },
  { TD_PROFILE_ASTERISK_GROUP, { "agents-file" } },
  { TD_PROFILE_SUPERVISOR, { "extension" } },
  { TD_PROFILE_QUEUE_PREFIX, { "name", "hotline", "reason", "area" } },
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
          if (warn && (keys == NULL || !g_strv_contains (keys, found[j])))
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
  GStatBuf         info;
  gsize            length;

  if (g_stat (path, &info) != 0)
    {
      int code = errno;

      g_set_error (error, TD_PROFILE_ERROR, code == ENOENT ? TD_PROFILE_ERROR_NOT_FOUND : TD_PROFILE_ERROR_INVALID,
                   "%s: %s", path, g_strerror (code));
      return NULL;
    }
  if (!S_ISREG (info.st_mode) || info.st_size > MAX_FILE)
    {
      td_profile_set_error (name, NULL, NULL, error, _ ("not a file, or larger than 4 MiB"));
      return NULL;
    }
  if (!g_file_get_contents (path, &text, &length, &reason) ||
      !g_key_file_load_from_data (file, text, length, G_KEY_FILE_KEEP_COMMENTS | G_KEY_FILE_KEEP_TRANSLATIONS, &reason))
    {
      td_profile_set_error (name, NULL, NULL, error, "%s", reason->message);
      return NULL;
    }
  if (!look_over_keys (name, file, warn, error))
    return NULL;

  return g_steal_pointer (&file);
}

/* --- reading ---------------------------------------------------------------
 * Each leaves its value alone where the key is not there. */

static gboolean
read_text (const char *name,
           GKeyFile   *file,
           const char *group,
           const char *key,
           char      **value,
           GError    **error)
{
  g_autoptr (GError) reason = NULL;
  g_autofree char *text = NULL;

  if (!g_key_file_has_key (file, group, key, NULL))
    return TRUE;

  text = g_key_file_get_string (file, group, key, &reason);
  if (text == NULL)
    {
      td_profile_set_error (name, group, key, error, "%s", reason->message);
      return FALSE;
    }

  g_strstrip (text);
  g_free (*value);
  *value = *text != '\0' ? g_steal_pointer (&text) : NULL;

  return TRUE;
}

static gboolean
read_boolean (const char *name,
              GKeyFile   *file,
              const char *group,
              const char *key,
              gboolean   *value,
              GError    **error)
{
  g_autoptr (GError) reason = NULL;

  if (!g_key_file_has_key (file, group, key, NULL))
    return TRUE;

  *value = g_key_file_get_boolean (file, group, key, &reason);
  if (reason == NULL)
    return TRUE;

  td_profile_set_error (name, group, key, error, _ ("neither true nor false"));

  return FALSE;
}

static gboolean
read_number (const char *name,
             GKeyFile   *file,
             const char *group,
             const char *key,
             double     *value,
             GError    **error)
{
  g_autofree char *text = NULL;
  char            *end;

  if (!read_text (name, file, group, key, &text, error))
    return FALSE;
  if (text == NULL)
    return TRUE;

  *value = g_ascii_strtod (text, &end);
  if (end != text && *end == '\0' && isfinite (*value) && *value >= 0 && *value <= MAX_SECONDS)
    return TRUE;

  td_profile_set_error (name, group, key, error, _ ("“%s” is no number that could be one here"), text);

  return FALSE;
}

static gboolean
read_seconds (const char *name,
              GKeyFile   *file,
              const char *group,
              const char *key,
              gint64     *value_ms,
              GError    **error)
{
  double seconds = NAN;

  if (!read_number (name, file, group, key, &seconds, error))
    return FALSE;
  if (!isnan (seconds))
    *value_ms = (gint64)round (seconds * 1000);

  return TRUE;
}

/* "08:00"; of two digits each, so that 8:5 is not taken for what it was not meant to be. */
static gboolean
read_time (const char *name,
           GKeyFile   *file,
           const char *group,
           const char *key,
           guint      *minute,
           GError    **error)
{
  g_autofree char *text = NULL;

  if (!read_text (name, file, group, key, &text, error))
    return FALSE;
  if (text == NULL)
    return TRUE;

  if (strlen (text) == 5 && g_ascii_isdigit (text[0]) && g_ascii_isdigit (text[1]) && text[2] == ':' &&
      g_ascii_isdigit (text[3]) && g_ascii_isdigit (text[4]))
    {
      guint hours = (guint)((text[0] - '0') * 10 + text[1] - '0');
      guint minutes = (guint)((text[3] - '0') * 10 + text[4] - '0');

      *minute = hours * 60 + minutes;
      if (minutes < 60 && *minute <= 24 * 60)
        return TRUE;
    }

  td_profile_set_error (name, group, key, error, _ ("“%s” is no time of day such as 08:00"), text);

  return FALSE;
}

/* @value becomes the index of the word in @words. */
static gboolean
read_word (const char        *name,
           GKeyFile          *file,
           const char        *group,
           const char        *key,
           const char *const *words,
           guint              n_words,
           guint             *value,
           GError           **error)
{
  g_autofree char *text = NULL;
  g_autoptr (GString) all = NULL;

  if (!read_text (name, file, group, key, &text, error))
    return FALSE;
  if (text == NULL)
    return TRUE;

  all = g_string_new (NULL);
  for (guint i = 0; i < n_words; i++)
    {
      if (strcmp (words[i], text) == 0)
        {
          *value = i;
          return TRUE;
        }
      g_string_append_printf (all, "%s%s", i > 0 ? ", " : "", words[i]);
    }

  /* Translators: “foo” is none of: demo, supervision, asterisk. */
  td_profile_set_error (name, group, key, error, _ ("“%s” is none of: %s"), text, all->str);

  return FALSE;
}

static gboolean
read_kind (const char    *name,
           GKeyFile      *file,
           TdProfileKind *kind,
           GError       **error)
{
  const char *words[TD_N_PROFILE_KINDS];
  guint       value = TD_N_PROFILE_KINDS;

  for (guint i = 0; i < TD_N_PROFILE_KINDS; i++)
    words[i] = td_profile_kind_to_string ((TdProfileKind)i);

  if (!read_word (name, file, TD_PROFILE_GROUP, "backend", words, G_N_ELEMENTS (words), &value, error))
    return FALSE;
  if (value == TD_N_PROFILE_KINDS)
    {
      td_profile_set_error (name, TD_PROFILE_GROUP, "backend", error, _ ("it is missing"));
      return FALSE;
    }

  *kind = (TdProfileKind)value;

  return TRUE;
}

static gboolean
read_connection (TdProfile *self,
                 GKeyFile  *file,
                 GError   **error)
{
  const char   *group = TD_PROFILE_CONNECTION;
  TdConnection *connection = self->connection;
  gint64        min_gap_ms = self->min_gap_ms;

  if (!read_text (self->name, file, group, "url", &connection->url, error) ||
      !read_text (self->name, file, group, "user", &connection->user, error) ||
      !read_boolean (self->name, file, group, "digest", &self->digest, error) ||
      !read_text (self->name, file, group, "ca-file", &connection->ca_file, error) ||
      !read_text (self->name, file, group, "pin-sha256", &connection->pin_sha256, error) ||
      !read_boolean (self->name, file, group, "allow-plain-http", &connection->allow_plain, error) ||
      !read_seconds (self->name, file, group, "min-gap-seconds", &min_gap_ms, error))
    return FALSE;

  self->min_gap_ms = (guint)min_gap_ms;

  return TRUE;
}

static gboolean
read_service (TdProfile *self,
              GKeyFile  *file,
              GError   **error)
{
  const char *group = TD_PROFILE_SERVICE;
  double      percent = NAN;
  guint       formula = self->formula;

  if (!read_seconds (self->name, file, group, "service-level-seconds", &self->service_level_ms, error) ||
      !read_number (self->name, file, group, "service-level-target", &percent, error) ||
      !read_word (self->name, file, group, "formula", td_profile_formula_words, TD_N_SERVICE_LEVEL_FORMULAS, &formula, error) ||
      !read_seconds (self->name, file, group, "short-abandon-seconds", &self->short_abandon_ms, error) ||
      !read_time (self->name, file, group, "opens", &self->opens, error) ||
      !read_time (self->name, file, group, "closes", &self->closes, error) ||
      !read_text (self->name, file, group, "timezone", &self->timezone, error))
    return FALSE;

  self->service_level_target = percent / 100;
  self->formula = (TdServiceLevelFormula)formula;

  return TRUE;
}

static gboolean
read_queues (TdProfile *self,
             GKeyFile  *file,
             GError   **error)
{
  g_auto (GStrv) groups = g_key_file_get_groups (file, NULL);

  for (guint i = 0; groups[i] != NULL; i++)
    {
      TdProfileQueue *queue;

      if (!g_str_has_prefix (groups[i], TD_PROFILE_QUEUE_PREFIX))
        continue;

      queue = td_profile_add_queue (self, groups[i] + strlen (TD_PROFILE_QUEUE_PREFIX));
      if (!read_text (self->name, file, groups[i], "name", &queue->name, error) ||
          !read_text (self->name, file, groups[i], "hotline", &queue->hotline, error) ||
          !read_text (self->name, file, groups[i], "reason", &queue->reason, error) ||
          !read_text (self->name, file, groups[i], "area", &queue->area, error))
        return FALSE;
    }

  return TRUE;
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
  TdProfileKind kind;

  g_return_val_if_fail (name != NULL, NULL);

  if (!td_profile_check_name (name, error))
    return NULL;

  file = open_file (name, TRUE, error);
  if (file == NULL || !read_kind (name, file, &kind, error))
    return NULL;

  self = td_profile_new (name, kind);
  if (!read_text (name, file, TD_PROFILE_GROUP, "title", &self->title, error) ||
      !read_connection (self, file, error) ||
      !read_service (self, file, error) ||
      !read_text (name, file, TD_PROFILE_ASTERISK_GROUP, "agents-file", &self->agents_file, error) ||
      !read_text (name, file, TD_PROFILE_SUPERVISOR, "extension", &self->extension, error) ||
      !read_queues (self, file, error) ||
      !td_profile_check (self, error))
    return NULL;

  return g_steal_pointer (&self);
}

/* --- writing ---------------------------------------------------------------
 * What has no value has no key. */

static void
write_text (GKeyFile   *file,
            const char *group,
            const char *key,
            const char *value)
{
  if (value != NULL && *value != '\0')
    g_key_file_set_string (file, group, key, value);
  else
    g_key_file_remove_key (file, group, key, NULL);
}

static void
write_boolean (GKeyFile   *file,
               const char *group,
               const char *key,
               gboolean    value)
{
  if (value)
    g_key_file_set_boolean (file, group, key, TRUE);
  else
    g_key_file_remove_key (file, group, key, NULL);
}

/* In the C locale, whatever the desk's is, and no longer than it must be. */
static void
write_number (GKeyFile   *file,
              const char *group,
              const char *key,
              double      value)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  write_text (file, group, key, isnan (value) ? NULL : g_ascii_formatd (buffer, sizeof buffer, "%.10g", value));
}

static void
write_seconds (GKeyFile   *file,
               const char *group,
               const char *key,
               gint64      value_ms)
{
  write_number (file, group, key, TD_IS_KNOWN (value_ms) ? (double)value_ms / 1000 : NAN);
}

static void
write_time (GKeyFile   *file,
            const char *key,
            guint       minute,
            guint       unless)
{
  g_autofree char *text = minute != unless ? g_strdup_printf ("%02u:%02u", minute / 60, minute % 60) : NULL;

  write_text (file, TD_PROFILE_SERVICE, key, text);
}

static void
write_queues (const TdProfile *self,
              GKeyFile        *file)
{
  g_auto (GStrv) groups = g_key_file_get_groups (file, NULL);
  g_autoptr (GHashTable) kept = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < self->queues->len; i++)
    {
      const TdProfileQueue *queue = g_ptr_array_index (self->queues, i);
      char                 *group = g_strconcat (TD_PROFILE_QUEUE_PREFIX, queue->id, NULL);

      write_text (file, group, "name", queue->name);
      write_text (file, group, "hotline", queue->hotline);
      write_text (file, group, "reason", queue->reason);
      write_text (file, group, "area", queue->area);
      g_hash_table_add (kept, group);
    }

  for (guint i = 0; groups[i] != NULL; i++)
    {
      if (g_str_has_prefix (groups[i], TD_PROFILE_QUEUE_PREFIX) && !g_hash_table_contains (kept, groups[i]))
        g_key_file_remove_group (file, groups[i], NULL);
    }
}

static void
write_all (const TdProfile *self,
           GKeyFile        *file)
{
  const TdConnection *connection = self->connection;

  write_text (file, TD_PROFILE_GROUP, "title", self->title);
  write_text (file, TD_PROFILE_GROUP, "backend", td_profile_kind_to_string (self->kind));

  write_text (file, TD_PROFILE_CONNECTION, "url", connection->url);
  write_text (file, TD_PROFILE_CONNECTION, "user", connection->user);
  write_boolean (file, TD_PROFILE_CONNECTION, "digest", self->digest);
  write_text (file, TD_PROFILE_CONNECTION, "ca-file", connection->ca_file);
  write_text (file, TD_PROFILE_CONNECTION, "pin-sha256", connection->pin_sha256);
  write_boolean (file, TD_PROFILE_CONNECTION, "allow-plain-http", connection->allow_plain);
  write_seconds (file, TD_PROFILE_CONNECTION, "min-gap-seconds", self->min_gap_ms);

  write_seconds (file, TD_PROFILE_SERVICE, "service-level-seconds", self->service_level_ms);
  write_number (file, TD_PROFILE_SERVICE, "service-level-target", self->service_level_target * 100);
  write_text (file, TD_PROFILE_SERVICE, "formula", td_profile_formula_words[self->formula]);
  write_seconds (file, TD_PROFILE_SERVICE, "short-abandon-seconds", self->short_abandon_ms);
  write_time (file, "opens", self->opens, 0);
  write_time (file, "closes", self->closes, 24 * 60);
  write_text (file, TD_PROFILE_SERVICE, "timezone", self->timezone);

  write_text (file, TD_PROFILE_ASTERISK_GROUP, "agents-file", self->agents_file);
  write_text (file, TD_PROFILE_SUPERVISOR, "extension", self->extension);
  write_queues (self, file);
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

  write_all (self, file);
  text = g_key_file_to_data (file, &length, NULL);

  if (g_mkdir_with_parents (folder, 0700) != 0 || g_chmod (folder, 0700) != 0)
    {
      int code = errno;

      g_set_error (error, G_FILE_ERROR, (int)g_file_error_from_errno (code), "%s: %s", folder, g_strerror (code));
      return FALSE;
    }

  return g_file_set_contents_full (path, text, (gssize)length,
                                   G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600, error);
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
