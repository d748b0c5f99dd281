/* td-profile-check.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-profile-private.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "td-own-days.h"

#define MAX_NAME 64
#define MAX_USER 128
#define MAX_PATH_BYTES 4096
#define MAX_URL 2048
#define MAX_WRAP_UP_MS (3600 * 1000)
#define DAY_MINUTES (24 * 60)

/**
 * td_profile_is_name:
 * @name: (nullable): what could be a profile's name
 *
 * Returns: whether it can be a file's: 1 to 64 of the letters a to z, digits,
 *   "-", "_" and ".", and no "." at its start
 */
gboolean
td_profile_is_name (const char *name)
{
  if (name == NULL || *name == '\0' || *name == '.' || strlen (name) > MAX_NAME)
    return FALSE;

  for (const char *c = name; *c != '\0'; c++)
    {
      if (!g_ascii_isalnum (*c) && strchr ("-_.", *c) == NULL)
        return FALSE;
    }

  return TRUE;
}

gboolean
td_profile_check_name (const char *name,
                       GError    **error)
{
  if (td_profile_is_name (name))
    return TRUE;

  g_set_error (error, TD_PROFILE_ERROR, TD_PROFILE_ERROR_NAME,
               _ ("A profile’s name is 1 to %d of the letters A to Z, digits, “-”, “_” and “.”, and does not begin with “.”"),
               MAX_NAME);

  return FALSE;
}

/* Words for people, or what goes into another system's line: one line of it. */
static gboolean
check_text (const TdProfile *self,
            const char      *group,
            const char      *key,
            const char      *text,
            gsize            max_bytes,
            GError         **error)
{
  gsize length = text != NULL ? strlen (text) : 0;

  if (length > max_bytes)
    {
      td_profile_set_error (self->name, group, key, error, _ ("longer than %d bytes"), (int)max_bytes);
      return FALSE;
    }
  if (length > 0 && !g_utf8_validate (text, (gssize)length, NULL))
    {
      td_profile_set_error (self->name, group, key, error, _ ("not UTF-8"));
      return FALSE;
    }
  for (gsize i = 0; i < length; i++)
    {
      if (g_ascii_iscntrl (text[i]))
        {
          td_profile_set_error (self->name, group, key, error, _ ("more than one line, or a control character"));
          return FALSE;
        }
    }

  return TRUE;
}

static gboolean
check_seconds (const TdProfile *self,
               const char      *group,
               const char      *key,
               gint64           value_ms,
               gint64           min_ms,
               gint64           max_ms,
               GError         **error)
{
  if (value_ms >= min_ms && value_ms <= max_ms)
    return TRUE;

  /* Translators: "5000 is not from 1 to 3600 seconds". */
  td_profile_set_error (self->name, group, key, error, _ ("%g is not from %g to %g seconds"),
                        (double)value_ms / 1000, (double)min_ms / 1000, (double)max_ms / 1000);

  return FALSE;
}

static gboolean
check_connection (const TdProfile *self,
                  GError         **error)
{
  g_autoptr (TdConnection) connection = NULL;
  g_autofree char *url = NULL;
  g_autoptr (GError) reason = NULL;
  const char *key = "url";

  if (!check_text (self, TD_PROFILE_CONNECTION, "url", self->connection->url, MAX_URL, error) ||
      !check_text (self, TD_PROFILE_CONNECTION, "user", self->connection->user, MAX_USER, error) ||
      !check_text (self, TD_PROFILE_CONNECTION, "ca-file", self->connection->ca_file, MAX_PATH_BYTES, error))
    return FALSE;

  if (self->kind == TD_PROFILE_ASTERISK && (self->connection->user == NULL || *self->connection->user == '\0'))
    {
      td_profile_set_error (self->name, TD_PROFILE_CONNECTION, "user", error,
                            _ ("Asterisk needs the name of a manager user"));
      return FALSE;
    }

  /* What the file does not hold is not its fault. */
  connection = td_connection_copy (self->connection);
  g_clear_pointer (&connection->secret, g_free);
  url = td_connection_dup_base_url (connection, &reason);
  if (url != NULL && !td_connection_check (connection, &reason))
    {
      gboolean is_plain = td_connection_get_security (connection) == TD_SECURITY_PLAIN && !connection->allow_plain;

      key = is_plain ? "allow-plain-http" : "pin-sha256";
    }
  if (reason == NULL)
    return TRUE;

  td_profile_set_error (self->name, TD_PROFILE_CONNECTION, key, error, "%s", reason->message);

  return FALSE;
}

static gboolean
check_service (const TdProfile *self,
               GError         **error)
{
  if (TD_IS_KNOWN (self->service_level_ms) &&
      !check_seconds (self, TD_PROFILE_SERVICE, "service-level-seconds", self->service_level_ms, 1000, 3600000, error))
    return FALSE;
  if (TD_IS_KNOWN (self->short_abandon_ms) &&
      !check_seconds (self, TD_PROFILE_SERVICE, "short-abandon-seconds", self->short_abandon_ms, 0, 600000, error))
    return FALSE;

  if (!isnan (self->service_level_target) &&
      (self->service_level_target < 0.01 || self->service_level_target > 1))
    {
      td_profile_set_error (self->name, TD_PROFILE_SERVICE, "service-level-target", error,
                            _ ("%g is not from 1 to 100 percent"), self->service_level_target * 100);
      return FALSE;
    }
  if ((guint)self->formula >= TD_N_SERVICE_LEVEL_FORMULAS)
    {
      td_profile_set_error (self->name, TD_PROFILE_SERVICE, "formula", error, _ ("no such formula"));
      return FALSE;
    }
  if (self->opens >= DAY_MINUTES)
    {
      td_profile_set_error (self->name, TD_PROFILE_SERVICE, "opens", error, _ ("not from 00:00 to 23:59"));
      return FALSE;
    }
  if (self->closes <= self->opens || self->closes > DAY_MINUTES)
    {
      td_profile_set_error (self->name, TD_PROFILE_SERVICE, "closes", error,
                            _ ("the centre must close after it opens, at 24:00 at the latest"));
      return FALSE;
    }

  if (self->timezone != NULL)
    {
      g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (self->timezone);

      if (zone == NULL)
        {
          td_profile_set_error (self->name, TD_PROFILE_SERVICE, "timezone", error,
                                _ ("no time zone of that name; one is called Asia/Ho_Chi_Minh"));
          return FALSE;
        }
    }

  return TRUE;
}

static gboolean
check_extension (const TdProfile *self,
                 GError         **error)
{
  /* What an extension may be, the action that needs it knows. */
  TdAction action = { .kind = TD_ACTION_LISTEN, .agent = "a", .extension = self->extension };

  if (self->extension == NULL || td_action_check (&action, NULL))
    return TRUE;

  td_profile_set_error (self->name, TD_PROFILE_SUPERVISOR, "extension", error,
                        _ ("not a phone, such as 9001 or PJSIP/9001"));

  return FALSE;
}

static gboolean
check_queues (const TdProfile *self,
              GError         **error)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  if (self->queues->len > TD_MAX_QUEUES)
    {
      td_profile_set_error (self->name, NULL, NULL, error, _ ("more than %d queues"), TD_MAX_QUEUES);
      return FALSE;
    }

  for (guint i = 0; i < self->queues->len; i++)
    {
      const TdProfileQueue *queue = g_ptr_array_index (self->queues, i);
      g_autofree char      *group = g_strconcat (TD_PROFILE_QUEUE_PREFIX, queue->id, NULL);

      if (!check_text (self, group, NULL, queue->id, TD_MAX_ID, error) ||
          !check_text (self, group, "name", queue->name, TD_MAX_TEXT, error) ||
          !check_text (self, group, "hotline", queue->hotline, TD_MAX_TEXT, error) ||
          !check_text (self, group, "reason", queue->reason, TD_MAX_TEXT, error) ||
          !check_text (self, group, "area", queue->area, TD_MAX_TEXT, error) ||
          (queue->wrap_up_ms != TD_UNKNOWN &&
           !check_seconds (self, group, "wrap-up-seconds", queue->wrap_up_ms, 0, MAX_WRAP_UP_MS, error)))
        return FALSE;

      /* The file could not tell these from another, or would break. */
      if (*queue->id == '\0' || g_ascii_isspace (*queue->id) || g_ascii_isspace (queue->id[strlen (queue->id) - 1]) ||
          strpbrk (queue->id, "[]") != NULL)
        {
          td_profile_set_error (self->name, group, NULL, error,
                                _ ("a queue’s id is not empty, begins and ends with no space, and holds no “[” or “]”"));
          return FALSE;
        }
      if (!g_hash_table_add (seen, queue->id))
        {
          td_profile_set_error (self->name, group, NULL, error, _ ("the queue is there twice"));
          return FALSE;
        }
    }

  return TRUE;
}

static gboolean
check_holidays (const TdProfile *self,
                GError         **error)
{
  GHashTableIter iter;
  gpointer       date, day;

  if (g_hash_table_size (self->holidays) > TD_OWN_DAYS_MAX)
    {
      td_profile_set_error (self->name, TD_PROFILE_HOLIDAYS, NULL, error, _ ("more than %d days"), TD_OWN_DAYS_MAX);
      return FALSE;
    }

  g_hash_table_iter_init (&iter, self->holidays);
  while (g_hash_table_iter_next (&iter, &date, &day))
    {
      guint year, month, day_of_month;

      if (!td_own_days_parse (date, &year, &month, &day_of_month))
        {
          td_profile_set_error (self->name, TD_PROFILE_HOLIDAYS, date, error,
                                _ ("not a date such as 2026-12-25, or 12-25 for every year"));
          return FALSE;
        }
      if (*(const char *)day == '\0')
        {
          td_profile_set_error (self->name, TD_PROFILE_HOLIDAYS, date, error, _ ("the day has no name"));
          return FALSE;
        }
      if (!check_text (self, TD_PROFILE_HOLIDAYS, date, day, TD_MAX_TEXT, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
check_history (const TdProfile *self,
               GError         **error)
{
  if (self->history_years < 1 || self->history_years > TD_PROFILE_MAX_YEARS)
    td_profile_set_error (self->name, TD_PROFILE_HISTORY, "minutes-years", error,
                          _ ("not from 1 to %d years"), TD_PROFILE_MAX_YEARS);
  else if (self->history_span_days < 1 || self->history_span_days > TD_PROFILE_MAX_SPAN_DAYS)
    td_profile_set_error (self->name, TD_PROFILE_HISTORY, "spans-days", error,
                          _ ("not from 1 to %d days"), TD_PROFILE_MAX_SPAN_DAYS);
  else if (self->history_sample_days < 1 || self->history_sample_days > TD_PROFILE_MAX_SAMPLE_DAYS)
    td_profile_set_error (self->name, TD_PROFILE_HISTORY, "samples-days", error,
                          _ ("not from 1 to %d days"), TD_PROFILE_MAX_SAMPLE_DAYS);
  else
    return TRUE;

  return FALSE;
}

/**
 * td_profile_check:
 * @self: a profile
 * @error: return location; %TD_PROFILE_ERROR that names the file, the group
 *   and the key
 *
 * Returns: whether every value is within its bounds
 */
gboolean
td_profile_check (const TdProfile *self,
                  GError         **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (!td_profile_check_name (self->name, error) ||
      !check_text (self, TD_PROFILE_GROUP, "title", self->title, TD_MAX_TEXT, error))
    return FALSE;

  /* The application knows itself where its simulated centre is. */
  if (self->kind != TD_PROFILE_DEMO && !check_connection (self, error))
    return FALSE;

  return check_seconds (self, TD_PROFILE_CONNECTION, "min-gap-seconds", self->min_gap_ms, 200, 60000, error) &&
         check_service (self, error) &&
         check_text (self, TD_PROFILE_ASTERISK_GROUP, "agents-file", self->agents_file, MAX_PATH_BYTES, error) &&
         check_seconds (self, TD_PROFILE_ASTERISK_GROUP, "wrap-up-seconds", self->wrap_up_ms, 0, MAX_WRAP_UP_MS, error) &&
         check_history (self, error) &&
         check_holidays (self, error) &&
         td_profile_check_agents (self, error) &&
         td_profile_check_outward (self, error) &&
         check_extension (self, error) &&
         check_queues (self, error);
}
