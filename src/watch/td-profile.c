/* td-profile.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-profile-private.h"

#include <glib/gi18n.h>
#include <math.h>

#include "td-asterisk-backend.h"
#include "td-key-reader.h"
#include "td-own-days.h"
#include "td-supervision-backend.h"

#define MIN_GAP_MS 1000
#define HISTORY_YEARS 3
#define HISTORY_SPAN_DAYS 366
#define HISTORY_SAMPLE_DAYS 2

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
  va_list          arguments;

  va_start (arguments, format);
  td_key_reader_set_error_valist (&(TdKeyReader){ path, NULL, TD_PROFILE_ERROR, TD_PROFILE_ERROR_INVALID }, group, key, error,
                                  format, arguments);
  va_end (arguments);
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
  self->closes = 24 * 60;
  self->history_years = HISTORY_YEARS;
  self->history_span_days = HISTORY_SPAN_DAYS;
  self->history_sample_days = HISTORY_SAMPLE_DAYS;
  self->holidays = td_own_days_new ();
  self->agent_rules = td_agent_rules_new ();
  self->queues = g_ptr_array_new_with_free_func (free_queue);
  self->webhook = td_connection_new (NULL);
  self->outward_level = TD_ALERT_WARNING;

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
  copy->wrap_up_ms = self->wrap_up_ms;
  copy->history_years = self->history_years;
  copy->history_span_days = self->history_span_days;
  copy->history_sample_days = self->history_sample_days;
  g_hash_table_unref (copy->holidays);
  copy->holidays = td_own_days_copy (self->holidays);
  td_agent_rules_free (copy->agent_rules);
  copy->agent_rules = td_agent_rules_copy (self->agent_rules);
  copy->extension = g_strdup (self->extension);
  td_connection_free (copy->webhook);
  copy->webhook = td_connection_copy (self->webhook);
  copy->command = g_strdup (self->command);
  copy->outward_level = self->outward_level;
  for (guint i = 0; i < self->queues->len; i++)
    {
      const TdProfileQueue *queue = g_ptr_array_index (self->queues, i);
      TdProfileQueue       *added = td_profile_add_queue (copy, queue->id);

      added->name = g_strdup (queue->name);
      added->hotline = g_strdup (queue->hotline);
      added->reason = g_strdup (queue->reason);
      added->area = g_strdup (queue->area);
      added->wrap_up_ms = queue->wrap_up_ms;
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
  g_hash_table_unref (self->holidays);
  td_agent_rules_free (self->agent_rules);
  g_free (self->extension);
  td_connection_free (self->webhook);
  g_free (self->command);
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
  queue->wrap_up_ms = TD_UNKNOWN;
  g_ptr_array_add (self->queues, queue);

  return queue;
}

/* Paths of a profile lead on from its folder. */
static char *
resolve (const char *path)
{
  g_autofree char *folder = td_profile_get_folder ();

  return path != NULL ? g_canonicalize_filename (path, folder) : NULL;
}

/* What the profile leaves open, the settings begin with. */
static TdAsteriskSettings *
create_asterisk_settings (const TdProfile *self,
                          GError         **error)
{
  g_autoptr (TdAsteriskSettings) settings = td_asterisk_settings_new ();
  g_autoptr (GError) reason = NULL;
  g_autofree char *agents_file = resolve (self->agents_file);

  settings->title = g_strdup (self->title);
  settings->timezone = g_strdup (self->timezone);
  if (TD_IS_KNOWN (self->service_level_ms))
    settings->service_level_ms = self->service_level_ms;
  if (!isnan (self->service_level_target))
    settings->service_level_target = self->service_level_target;
  if (TD_IS_KNOWN (self->short_abandon_ms))
    settings->short_abandon_ms = self->short_abandon_ms;
  settings->min_gap_ms = self->min_gap_ms;
  settings->digest = self->digest;
  settings->wrap_up_ms = self->wrap_up_ms;

  for (guint i = 0; i < self->queues->len; i++)
    {
      const TdProfileQueue *queue = g_ptr_array_index (self->queues, i);

      td_asterisk_settings_add_queue (settings, queue->id, queue->name, queue->hotline, queue->reason, queue->area);
      if (TD_IS_KNOWN (queue->wrap_up_ms))
        td_asterisk_settings_set_wrap_up (settings, queue->id, queue->wrap_up_ms);
    }

  if (agents_file != NULL && !td_asterisk_settings_load_agents (settings, agents_file, &reason))
    {
      td_profile_set_error (self->name, TD_PROFILE_ASTERISK_GROUP, "agents-file", error, "%s", reason->message);
      return NULL;
    }

  return g_steal_pointer (&settings);
}

static TdBackend *
create_asterisk_backend (const TdProfile    *self,
                         const TdConnection *connection,
                         GError            **error)
{
  g_autoptr (TdAsteriskSettings) settings = create_asterisk_settings (self, error);

  return settings != NULL ? td_asterisk_backend_new (connection, settings, error) : NULL;
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
      return create_asterisk_backend (self, connection, error);

    case TD_PROFILE_DEMO:
    case TD_N_PROFILE_KINDS:
    default:
      td_profile_set_error (self->name, TD_PROFILE_GROUP, "backend", error,
                            _ ("“%s” cannot be watched by its profile alone"), kinds[self->kind]);
      return NULL;
    }
}
