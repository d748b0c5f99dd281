/* td-profile-reader.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-profile-private.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#define MAX_SECONDS 1e6 /* as milliseconds it fits an int */

/* Each of these leaves its value alone where the key is not there. */

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

gboolean
td_profile_read_number (const char *name,
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

  if (!td_profile_read_number (name, file, group, key, &seconds, error))
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
      !td_profile_read_number (self->name, file, group, "service-level-target", &percent, error) ||
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
read_history (TdProfile *self,
              GKeyFile  *file,
              GError   **error)
{
  const struct
  {
    const char *key;
    guint      *value;
    guint       most;
  } keys[] = {
    { "minutes-years", &self->history_years, TD_PROFILE_MAX_YEARS },
    { "spans-days", &self->history_span_days, TD_PROFILE_MAX_SPAN_DAYS },
    { "samples-days", &self->history_sample_days, TD_PROFILE_MAX_SAMPLE_DAYS },
  };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      double number = *keys[i].value;

      if (!td_profile_read_number (self->name, file, TD_PROFILE_HISTORY, keys[i].key, &number, error))
        return FALSE;

      /* What is out of bounds, the check says. */
      *keys[i].value = (guint)CLAMP (number, 0, keys[i].most + 1);
    }

  return TRUE;
}

/* Of each day the key is its date; the check says what is wrong with one. */
static gboolean
read_holidays (TdProfile *self,
               GKeyFile  *file,
               GError   **error)
{
  g_auto (GStrv) dates = g_key_file_get_keys (file, TD_PROFILE_HOLIDAYS, NULL, NULL);

  for (guint i = 0; dates != NULL && dates[i] != NULL; i++)
    {
      char *day = NULL;

      if (!read_text (self->name, file, TD_PROFILE_HOLIDAYS, dates[i], &day, error))
        return FALSE;
      g_hash_table_insert (self->holidays, g_strdup (dates[i]), day != NULL ? day : g_strdup (""));
    }

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
          !read_text (self->name, file, groups[i], "area", &queue->area, error) ||
          !read_seconds (self->name, file, groups[i], "wrap-up-seconds", &queue->wrap_up_ms, error))
        return FALSE;
    }

  return TRUE;
}

/**
 * td_profile_read:
 * @name: the profile's name, checked
 * @file: its file
 * @error: return location; %TD_PROFILE_ERROR
 *
 * Returns: (transfer full) (nullable): what the file says; td_profile_check()
 *   tells whether it is within bounds
 */
TdProfile *
td_profile_read (const char *name,
                 GKeyFile   *file,
                 GError    **error)
{
  g_autoptr (TdProfile) self = NULL;
  TdProfileKind kind;

  if (!read_kind (name, file, &kind, error))
    return NULL;

  self = td_profile_new (name, kind);
  if (!read_text (name, file, TD_PROFILE_GROUP, "title", &self->title, error) ||
      !read_connection (self, file, error) ||
      !read_service (self, file, error) ||
      !read_text (name, file, TD_PROFILE_ASTERISK_GROUP, "agents-file", &self->agents_file, error) ||
      !read_seconds (name, file, TD_PROFILE_ASTERISK_GROUP, "wrap-up-seconds", &self->wrap_up_ms, error) ||
      !read_history (self, file, error) ||
      !read_holidays (self, file, error) ||
      !td_profile_read_agents (self, file, error) ||
      !read_text (name, file, TD_PROFILE_SUPERVISOR, "extension", &self->extension, error) ||
      !read_queues (self, file, error))
    return NULL;

  return g_steal_pointer (&self);
}
