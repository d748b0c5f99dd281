/* td-profile.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-profile-private.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "td-supervision-backend.h"

#define MAX_NAME 64
#define MAX_USER 128
#define MAX_PATH_BYTES 4096
#define MAX_URL 2048

#define MIN_GAP_MS 1000
#define DAY_MINUTES (24 * 60)

G_DEFINE_QUARK (td_profile_error_quark, td_profile_error)

static const char *const kinds[TD_N_PROFILE_KINDS] = {
  [TD_PROFILE_DEMO] = "demo",
  [TD_PROFILE_SUPERVISION] = "supervision",
  [TD_PROFILE_ASTERISK] = "asterisk",
};

const char *const td_profile_formula_words[TD_N_SERVICE_LEVEL_FORMULAS] = {
  [TD_SERVICE_LEVEL_LIVE] = "live",
  [TD_SERVICE_LEVEL_OF_ANSWERED] = "answered",
  [TD_SERVICE_LEVEL_OF_HANDLED] = "handled",
  [TD_SERVICE_LEVEL_IN_TIME] = "in-time",
  [TD_SERVICE_LEVEL_LESS_EARLY] = "less-early",
  [TD_SERVICE_LEVEL_OF_OFFERED] = "offered",
};

/* "…/evn.ini: [service] service-level-target: 140 is not from 1 to 100 percent" */
void
td_profile_set_error (const char *name,
                      const char *group,
                      const char *key,
                      GError    **error,
                      const char *format,
                      ...)
{
  g_autofree char *path = td_profile_get_path (name);
  g_autofree char *reason = NULL;
  va_list          arguments;

  va_start (arguments, format);
  reason = g_strdup_vprintf (format, arguments);
  va_end (arguments);

  if (key != NULL)
    g_set_error (error, TD_PROFILE_ERROR, TD_PROFILE_ERROR_INVALID, "%s: [%s] %s: %s", path, group, key, reason);
  else if (group != NULL)
    g_set_error (error, TD_PROFILE_ERROR, TD_PROFILE_ERROR_INVALID, "%s: [%s]: %s", path, group, reason);
  else
    g_set_error (error, TD_PROFILE_ERROR, TD_PROFILE_ERROR_INVALID, "%s: %s", path, reason);
}

/**
 * td_profile_kind_to_string:
 * @kind: a kind
 *
 * Returns: its word in the file
 */
const char *
td_profile_kind_to_string (TdProfileKind kind)
{
  g_return_val_if_fail ((guint)kind < TD_N_PROFILE_KINDS, NULL);

  return kinds[kind];
}

static void
free_queue (gpointer data)
{
  TdProfileQueue *queue = data;

  g_free (queue->id);
  g_free (queue->name);
  g_free (queue->hotline);
  g_free (queue->reason);
  g_free (queue->area);
  g_free (queue);
}

/**
 * td_profile_new:
 * @name: its name, checked by td_profile_check()
 * @kind: what kind of source it is
 *
 * Returns: (transfer full): a profile that says nothing else yet
 */
TdProfile *
td_profile_new (const char   *name,
                TdProfileKind kind)
{
  TdProfile *self;

  g_return_val_if_fail (name != NULL, NULL);
  g_return_val_if_fail ((guint)kind < TD_N_PROFILE_KINDS, NULL);

  self = g_new0 (TdProfile, 1);
  self->name = g_strdup (name);
  self->kind = kind;
  self->connection = td_connection_new (NULL);
  self->min_gap_ms = MIN_GAP_MS;
  self->service_level_ms = TD_UNKNOWN;
  self->service_level_target = NAN;
  self->short_abandon_ms = TD_UNKNOWN;
  self->closes = DAY_MINUTES;
  self->queues = g_ptr_array_new_with_free_func (free_queue);

  return self;
}

TdProfile *
td_profile_copy (const TdProfile *self)
{
  TdProfile *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = td_profile_new (self->name, self->kind);
  copy->title = g_strdup (self->title);
  td_connection_free (copy->connection);
  copy->connection = td_connection_copy (self->connection);
  copy->digest = self->digest;
  copy->min_gap_ms = self->min_gap_ms;
  copy->service_level_ms = self->service_level_ms;
  copy->service_level_target = self->service_level_target;
  copy->formula = self->formula;
  copy->short_abandon_ms = self->short_abandon_ms;
  copy->opens = self->opens;
  copy->closes = self->closes;
  copy->timezone = g_strdup (self->timezone);
  copy->agents_file = g_strdup (self->agents_file);
  copy->extension = g_strdup (self->extension);
  for (guint i = 0; i < self->queues->len; i++)
    {
      const TdProfileQueue *queue = g_ptr_array_index (self->queues, i);
      TdProfileQueue       *added = td_profile_add_queue (copy, queue->id);

      added->name = g_strdup (queue->name);
      added->hotline = g_strdup (queue->hotline);
      added->reason = g_strdup (queue->reason);
      added->area = g_strdup (queue->area);
    }

  return copy;
}

void
td_profile_free (TdProfile *self)
{
  if (self == NULL)
    return;

  g_free (self->name);
  g_free (self->title);
  td_connection_free (self->connection);
  g_free (self->timezone);
  g_free (self->agents_file);
  g_ptr_array_unref (self->queues);
  g_free (self->extension);
  g_free (self);
}

/**
 * td_profile_add_queue:
 * @self: a profile
 * @id: id of a queue
 *
 * Returns: (transfer none): a row of @self that says nothing yet but the id
 */
TdProfileQueue *
td_profile_add_queue (TdProfile  *self,
                      const char *id)
{
  TdProfileQueue *queue;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (id != NULL, NULL);

  queue = g_new0 (TdProfileQueue, 1);
  queue->id = g_strdup (id);
  g_ptr_array_add (self->queues, queue);

  return queue;
}

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
          !check_text (self, group, "area", queue->area, TD_MAX_TEXT, error))
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
         check_extension (self, error) &&
         check_queues (self, error);
}

/* Paths of a profile lead on from its folder. */
static char *
resolve (const char *path)
{
  g_autofree char *folder = td_profile_get_folder ();

  return path != NULL ? g_canonicalize_filename (path, folder) : NULL;
}

/**
 * td_profile_create_backend:
 * @self: a profile, its secret looked up
 * @error: return location; %TD_PROFILE_ERROR, %TD_BACKEND_ERROR, or of the
 *   agents file
 *
 * Returns: (transfer full) (nullable): what watches the centre. A simulated
 *   centre is a child of the application, which makes its backend.
 */
TdBackend *
td_profile_create_backend (const TdProfile *self,
                           GError         **error)
{
  g_autoptr (TdConnection) connection = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  if (!td_profile_check (self, error))
    return NULL;

  connection = td_connection_copy (self->connection);
  g_free (connection->ca_file);
  connection->ca_file = resolve (self->connection->ca_file);

  switch (self->kind)
    {
    case TD_PROFILE_SUPERVISION:
      return td_supervision_backend_new_for_connection (connection, error);

    case TD_PROFILE_ASTERISK:
    case TD_PROFILE_DEMO:
    case TD_N_PROFILE_KINDS:
    default:
      td_profile_set_error (self->name, TD_PROFILE_GROUP, "backend", error,
                            _ ("“%s” cannot be watched by its profile alone"), kinds[self->kind]);
      return NULL;
    }
}
