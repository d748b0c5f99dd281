/* td-profile-writer.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-profile-private.h"

#include <math.h>

#include "td-own-days.h"

/* What has no value has no key. */

void
td_profile_write_text (GKeyFile   *file,
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
void
td_profile_write_number (GKeyFile   *file,
                         const char *group,
                         const char *key,
                         double      value)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  td_profile_write_text (file, group, key, isnan (value) ? NULL : g_ascii_formatd (buffer, sizeof buffer, "%.10g", value));
}

static void
write_seconds (GKeyFile   *file,
               const char *group,
               const char *key,
               gint64      value_ms)
{
  td_profile_write_number (file, group, key, TD_IS_KNOWN (value_ms) ? (double)value_ms / 1000 : NAN);
}

static void
write_time (GKeyFile   *file,
            const char *key,
            guint       minute,
            guint       unless)
{
  g_autofree char *text = minute != unless ? g_strdup_printf ("%02u:%02u", minute / 60, minute % 60) : NULL;

  td_profile_write_text (file, TD_PROFILE_SERVICE, key, text);
}

static void
write_holidays (const TdProfile *self,
                GKeyFile        *file)
{
  g_auto (GStrv) there = g_key_file_get_keys (file, TD_PROFILE_HOLIDAYS, NULL, NULL);
  g_auto (GStrv) dates = td_own_days_list (self->holidays);

  for (guint i = 0; there != NULL && there[i] != NULL; i++)
    {
      if (!g_hash_table_contains (self->holidays, there[i]))
        g_key_file_remove_key (file, TD_PROFILE_HOLIDAYS, there[i], NULL);
    }

  for (guint i = 0; dates[i] != NULL; i++)
    td_profile_write_text (file, TD_PROFILE_HOLIDAYS, dates[i], g_hash_table_lookup (self->holidays, dates[i]));
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

      td_profile_write_text (file, group, "name", queue->name);
      td_profile_write_text (file, group, "hotline", queue->hotline);
      td_profile_write_text (file, group, "reason", queue->reason);
      td_profile_write_text (file, group, "area", queue->area);
      write_seconds (file, group, "wrap-up-seconds", queue->wrap_up_ms);
      g_hash_table_add (kept, group);
    }

  for (guint i = 0; groups[i] != NULL; i++)
    {
      if (g_str_has_prefix (groups[i], TD_PROFILE_QUEUE_PREFIX) && !g_hash_table_contains (kept, groups[i]))
        g_key_file_remove_group (file, groups[i], NULL);
    }
}

/**
 * td_profile_write:
 * @self: a profile that was checked
 * @file: its file, or an empty one
 *
 * Puts what @self says into @file; what else is there stays. A queue that is
 * not in @self is gone.
 */
void
td_profile_write (const TdProfile *self,
                  GKeyFile        *file)
{
  const TdConnection *connection = self->connection;

  td_profile_write_text (file, TD_PROFILE_GROUP, "title", self->title);
  td_profile_write_text (file, TD_PROFILE_GROUP, "backend", td_profile_kind_to_string (self->kind));

  td_profile_write_text (file, TD_PROFILE_CONNECTION, "url", connection->url);
  td_profile_write_text (file, TD_PROFILE_CONNECTION, "user", connection->user);
  write_boolean (file, TD_PROFILE_CONNECTION, "digest", self->digest);
  td_profile_write_text (file, TD_PROFILE_CONNECTION, "ca-file", connection->ca_file);
  td_profile_write_text (file, TD_PROFILE_CONNECTION, "pin-sha256", connection->pin_sha256);
  write_boolean (file, TD_PROFILE_CONNECTION, "allow-plain-http", connection->allow_plain);
  write_seconds (file, TD_PROFILE_CONNECTION, "min-gap-seconds", self->min_gap_ms);

  write_seconds (file, TD_PROFILE_SERVICE, "service-level-seconds", self->service_level_ms);
  td_profile_write_number (file, TD_PROFILE_SERVICE, "service-level-target", self->service_level_target * 100);
  td_profile_write_text (file, TD_PROFILE_SERVICE, "formula", td_profile_formula_words[self->formula]);
  write_seconds (file, TD_PROFILE_SERVICE, "short-abandon-seconds", self->short_abandon_ms);
  write_time (file, "opens", self->opens, 0);
  write_time (file, "closes", self->closes, 24 * 60);
  td_profile_write_text (file, TD_PROFILE_SERVICE, "timezone", self->timezone);

  td_profile_write_text (file, TD_PROFILE_ASTERISK_GROUP, "agents-file", self->agents_file);
  write_seconds (file, TD_PROFILE_ASTERISK_GROUP, "wrap-up-seconds", self->wrap_up_ms > 0 ? self->wrap_up_ms : TD_UNKNOWN);
  td_profile_write_number (file, TD_PROFILE_HISTORY, "minutes-years", self->history_years);
  td_profile_write_number (file, TD_PROFILE_HISTORY, "spans-days", self->history_span_days);
  td_profile_write_number (file, TD_PROFILE_HISTORY, "samples-days", self->history_sample_days);
  td_profile_write_text (file, TD_PROFILE_SUPERVISOR, "extension", self->extension);
  write_holidays (self, file);
  td_profile_write_agents (self, file);
  td_profile_write_outward (self, file);
  write_queues (self, file);
}
