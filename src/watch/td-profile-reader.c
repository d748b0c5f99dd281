/* td-profile-reader.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-profile-private.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

static gboolean
read_kind (const TdKeyReader *reader,
           TdProfileKind     *kind,
           GError           **error)
{
  const char *words[TD_N_PROFILE_KINDS];
  guint       value = TD_N_PROFILE_KINDS;

  for (guint i = 0; i < TD_N_PROFILE_KINDS; i++)
    words[i] = td_profile_kind_to_string ((TdProfileKind)i);

  if (!td_key_reader_word (reader, TD_PROFILE_GROUP, "backend", words, G_N_ELEMENTS (words), &value, error))
    return FALSE;
  if (value == TD_N_PROFILE_KINDS)
    {
      td_key_reader_set_error (reader, TD_PROFILE_GROUP, "backend", error, _ ("it is missing"));
      return FALSE;
    }

  *kind = (TdProfileKind)value;

  return TRUE;
}

static gboolean
read_connection (TdProfile         *self,
                 const TdKeyReader *reader,
                 GError           **error)
{
  const char   *group = TD_PROFILE_CONNECTION;
  TdConnection *connection = self->connection;
  gint64        min_gap_ms = self->min_gap_ms;

  if (!td_key_reader_text (reader, group, "url", &connection->url, error) ||
      !td_key_reader_text (reader, group, "user", &connection->user, error) ||
      !td_key_reader_boolean (reader, group, "digest", &self->digest, error) ||
      !td_key_reader_text (reader, group, "ca-file", &connection->ca_file, error) ||
      !td_key_reader_text (reader, group, "pin-sha256", &connection->pin_sha256, error) ||
      !td_key_reader_boolean (reader, group, "allow-plain-http", &connection->allow_plain, error) ||
      !td_key_reader_seconds (reader, group, "min-gap-seconds", &min_gap_ms, error))
    return FALSE;

  self->min_gap_ms = (guint)min_gap_ms;

  return TRUE;
}

static gboolean
read_service (TdProfile         *self,
              const TdKeyReader *reader,
              GError           **error)
{
  const char *group = TD_PROFILE_SERVICE;
  double      percent = NAN;
  guint       formula = self->formula;

  if (!td_key_reader_seconds (reader, group, "service-level-seconds", &self->service_level_ms, error) ||
      !td_key_reader_number (reader, group, "service-level-target", &percent, error) ||
      !td_key_reader_word (reader, group, "formula", td_profile_formula_words, TD_N_SERVICE_LEVEL_FORMULAS, &formula, error) ||
      !td_key_reader_seconds (reader, group, "short-abandon-seconds", &self->short_abandon_ms, error) ||
      !td_key_reader_time (reader, group, "opens", &self->opens, error) ||
      !td_key_reader_time (reader, group, "closes", &self->closes, error) ||
      !td_key_reader_text (reader, group, "timezone", &self->timezone, error))
    return FALSE;

  self->service_level_target = percent / 100;
  self->formula = (TdServiceLevelFormula)formula;

  return TRUE;
}

static gboolean
read_history (TdProfile         *self,
              const TdKeyReader *reader,
              GError           **error)
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

      if (!td_key_reader_number (reader, TD_PROFILE_HISTORY, keys[i].key, &number, error))
        return FALSE;

      /* What is out of bounds, the check says. */
      *keys[i].value = (guint)CLAMP (number, 0, keys[i].most + 1);
    }

  return TRUE;
}

/* Of each day the key is its date; the check says what is wrong with one. */
static gboolean
read_holidays (TdProfile         *self,
               const TdKeyReader *reader,
               GError           **error)
{
  g_auto (GStrv) dates = g_key_file_get_keys (reader->file, TD_PROFILE_HOLIDAYS, NULL, NULL);

  for (guint i = 0; dates != NULL && dates[i] != NULL; i++)
    {
      char *day = NULL;

      if (!td_key_reader_text (reader, TD_PROFILE_HOLIDAYS, dates[i], &day, error))
        return FALSE;
      g_hash_table_insert (self->holidays, g_strdup (dates[i]), day != NULL ? day : g_strdup (""));
    }

  return TRUE;
}

static gboolean
read_queues (TdProfile         *self,
             const TdKeyReader *reader,
             GError           **error)
{
  g_auto (GStrv) groups = g_key_file_get_groups (reader->file, NULL);

  for (guint i = 0; groups[i] != NULL; i++)
    {
      TdProfileQueue *queue;

      if (!g_str_has_prefix (groups[i], TD_PROFILE_QUEUE_PREFIX))
        continue;

      queue = td_profile_add_queue (self, groups[i] + strlen (TD_PROFILE_QUEUE_PREFIX));
      if (!td_key_reader_text (reader, groups[i], "name", &queue->name, error) ||
          !td_key_reader_text (reader, groups[i], "hotline", &queue->hotline, error) ||
          !td_key_reader_text (reader, groups[i], "reason", &queue->reason, error) ||
          !td_key_reader_text (reader, groups[i], "area", &queue->area, error) ||
          !td_key_reader_seconds (reader, groups[i], "wrap-up-seconds", &queue->wrap_up_ms, error))
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
  g_autofree char   *path = td_profile_get_path (name);
  const TdKeyReader  source = { path, file, TD_PROFILE_ERROR, TD_PROFILE_ERROR_INVALID };
  const TdKeyReader *reader = &source;
  TdProfileKind      kind;

  if (!read_kind (reader, &kind, error))
    return NULL;

  self = td_profile_new (name, kind);
  if (!td_key_reader_text (reader, TD_PROFILE_GROUP, "title", &self->title, error) ||
      !read_connection (self, reader, error) ||
      !read_service (self, reader, error) ||
      !td_key_reader_text (reader, TD_PROFILE_ASTERISK_GROUP, "agents-file", &self->agents_file, error) ||
      !td_key_reader_seconds (reader, TD_PROFILE_ASTERISK_GROUP, "wrap-up-seconds", &self->wrap_up_ms, error) ||
      !read_history (self, reader, error) ||
      !read_holidays (self, reader, error) ||
      !td_profile_read_agents (self, reader, error) ||
      !td_profile_read_outward (self, reader, error) ||
      !td_key_reader_text (reader, TD_PROFILE_SUPERVISOR, "extension", &self->extension, error) ||
      !read_queues (self, reader, error))
    return NULL;

  return g_steal_pointer (&self);
}
