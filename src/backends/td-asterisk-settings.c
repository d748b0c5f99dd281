/* td-asterisk-settings.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-asterisk-settings.h"

#include <glib/gi18n.h>
#include <string.h>

#include "td-backend.h"
#include "td-csv-reader.h"
#include "td-json-guard.h"
#include "td-json-reader.h"

#define MAX_FILE (16 * 1024 * 1024)

typedef enum {
  COLUMN_INTERFACE,
  COLUMN_NAME,
  COLUMN_TEAM,
  COLUMN_EMPLOYER,
  COLUMN_PLACE,
  COLUMN_SEAT,
  COLUMN_EXTENSION,
  N_COLUMNS
} Column;

/* As they stand in the file. */
static const char *const column_names[N_COLUMNS] = {
  "interface",
  "name",
  "team",
  "employer",
  "place",
  "seat",
  "extension",
};

/* A file that is being read: it takes the place of what was known once it was
 * understood as a whole. */
typedef struct
{
  GHashTable   *agents;  /* (owned) */
  GStringChunk *strings; /* (borrowed) */
} Loader;

/**
 * td_asterisk_settings_new:
 *
 * Returns: (transfer full): settings with T = 20 s, a target of 80 %, a short
 *   abandon below 5 s, and a second between two polls
 */
TdAsteriskSettings *
td_asterisk_settings_new (void)
{
  TdAsteriskSettings *self = g_new0 (TdAsteriskSettings, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->service_level_ms = 20000;
  self->service_level_target = 0.8;
  self->short_abandon_ms = 5000;
  self->min_gap_ms = 1000;
  self->queues = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  self->wrap_ups = g_hash_table_new (g_str_hash, g_str_equal);
  self->agents = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  self->strings = g_string_chunk_new (1024);

  return self;
}

TdAsteriskSettings *
td_asterisk_settings_ref (TdAsteriskSettings *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

void
td_asterisk_settings_unref (TdAsteriskSettings *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_free (self->title);
  g_free (self->timezone);
  g_hash_table_unref (self->queues);
  g_hash_table_unref (self->wrap_ups);
  g_hash_table_unref (self->agents);
  g_string_chunk_free (self->strings);
  g_free (self);
}

static const char *
keep (GStringChunk *strings,
      const char   *text)
{
  return text != NULL && *text != '\0' ? g_string_chunk_insert_const (strings, text) : NULL;
}

/**
 * td_asterisk_settings_add_queue:
 * @self: settings that were not handed out yet
 * @id: name of the queue in Asterisk
 * @name: (nullable): its name for people
 * @hotline: (nullable): the number that customers dial
 * @reason: (nullable): why they call it
 * @area: (nullable): the provinces it serves
 *
 * Says what Asterisk does not know of a queue; the last word counts.
 */
void
td_asterisk_settings_add_queue (TdAsteriskSettings *self,
                                const char         *id,
                                const char         *name,
                                const char         *hotline,
                                const char         *reason,
                                const char         *area)
{
  TdQueueInfo *info;

  g_return_if_fail (self != NULL);
  g_return_if_fail (id != NULL && *id != '\0');

  info = g_new (TdQueueInfo, 1);
  td_queue_info_init (info);
  info->id = keep (self->strings, id);
  info->name = keep (self->strings, name);
  info->hotline = keep (self->strings, hotline);
  info->reason = keep (self->strings, reason);
  info->area = keep (self->strings, area);
  g_hash_table_replace (self->queues, (gpointer)info->id, info);
}

/**
 * td_asterisk_settings_set_wrap_up:
 * @self: settings that were not handed out yet
 * @id: name of a queue in Asterisk
 * @wrap_up_ms: its wrap-up time, 0 for none
 *
 * For a queue whose wrap-up time is not that of the others.
 */
void
td_asterisk_settings_set_wrap_up (TdAsteriskSettings *self,
                                  const char         *id,
                                  gint64              wrap_up_ms)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (id != NULL && *id != '\0');
  g_return_if_fail (wrap_up_ms >= 0 && wrap_up_ms <= G_MAXINT);

  g_hash_table_replace (self->wrap_ups, (gpointer)keep (self->strings, id), GINT_TO_POINTER ((int)wrap_up_ms));
}

/**
 * td_asterisk_settings_get_wrap_up:
 * @self: settings
 * @id: name of a queue in Asterisk
 *
 * Returns: its wrap-up time, milliseconds, 0 for none
 */
gint64
td_asterisk_settings_get_wrap_up (TdAsteriskSettings *self,
                                  const char         *id)
{
  gpointer value;

  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (id != NULL, 0);

  return g_hash_table_lookup_extended (self->wrap_ups, id, NULL, &value) ? GPOINTER_TO_INT (value) : self->wrap_up_ms;
}

/* Takes one agent; @error says what is wrong, the caller says where. */
static gboolean
add_agent (Loader            *loader,
           const char *const *values,
           Column            *bad,
           GError           **error)
{
  g_autofree TdAgentInfo *info = g_new (TdAgentInfo, 1);

  td_agent_info_init (info);
  for (Column column = 0; column < N_COLUMNS; column++)
    {
      gsize max = column == COLUMN_INTERFACE ? TD_MAX_ID : TD_MAX_TEXT;

      *bad = column;
      if (values[column] != NULL && strlen (values[column]) > max)
        {
          g_set_error (error, TD_BACKEND_ERROR, TD_BACKEND_ERROR_TOO_LARGE,
                       _ ("longer than %zu bytes"), max);
          return FALSE;
        }
    }

  *bad = COLUMN_INTERFACE;
  info->id = keep (loader->strings, values[COLUMN_INTERFACE]);
  if (info->id == NULL)
    {
      g_set_error_literal (error, TD_BACKEND_ERROR, TD_BACKEND_ERROR_INVALID,
                           _ ("missing: the member’s interface, such as “PJSIP/1001”"));
      return FALSE;
    }
  if (g_hash_table_contains (loader->agents, info->id))
    {
      g_autofree char *quoted = td_json_reader_quote (info->id);

      g_set_error (error, TD_BACKEND_ERROR, TD_BACKEND_ERROR_INVALID, _ ("%s stands here for the second time"), quoted);
      return FALSE;
    }
  if (g_hash_table_size (loader->agents) >= TD_MAX_AGENTS)
    {
      g_set_error (error, TD_BACKEND_ERROR, TD_BACKEND_ERROR_TOO_LARGE, _ ("more than %d agents"), TD_MAX_AGENTS);
      return FALSE;
    }

  *bad = COLUMN_PLACE;
  if (values[COLUMN_PLACE] != NULL && *values[COLUMN_PLACE] != '\0' &&
      !td_place_from_string (values[COLUMN_PLACE], &info->place))
    {
      g_autofree char *quoted = td_json_reader_quote (values[COLUMN_PLACE]);

      g_set_error (error, TD_BACKEND_ERROR, TD_BACKEND_ERROR_INVALID,
                   _ ("%s is none of office, on-site, home and partner"), quoted);
      return FALSE;
    }

  info->name = keep (loader->strings, values[COLUMN_NAME]);
  info->team = keep (loader->strings, values[COLUMN_TEAM]);
  info->employer = keep (loader->strings, values[COLUMN_EMPLOYER]);
  info->seat = keep (loader->strings, values[COLUMN_SEAT]);
  info->extension = keep (loader->strings, values[COLUMN_EXTENSION]);
  g_hash_table_insert (loader->agents, (gpointer)info->id, info);
  info = NULL;

  return TRUE;
}

static gboolean
read_header (GPtrArray *fields,
             int       *places,
             GError   **error)
{
  for (Column column = 0; column < N_COLUMNS; column++)
    places[column] = -1;

  for (guint i = 0; i < fields->len; i++)
    {
      const char *name = g_strstrip (fields->pdata[i]);

      for (Column column = 0; column < N_COLUMNS; column++)
        {
          if (g_ascii_strcasecmp (name, column_names[column]) != 0)
            continue;
          if (places[column] >= 0)
            {
              g_set_error (error, TD_BACKEND_ERROR, TD_BACKEND_ERROR_INVALID,
                           _ ("line 1: there are two columns “%s”"), name);
              return FALSE;
            }
          places[column] = (int)i;
        }
    }

  if (places[COLUMN_INTERFACE] < 0)
    {
      g_set_error_literal (error, TD_BACKEND_ERROR, TD_BACKEND_ERROR_INVALID,
                           _ ("line 1: there is no column “interface”; the first line holds the columns’ names: "
                              "interface, name, team, employer, place, seat, extension"));
      return FALSE;
    }

  return TRUE;
}

static gboolean
load_csv (Loader     *loader,
          const char *text,
          gsize       length,
          GError    **error)
{
  g_autoptr (GPtrArray) fields = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) problem = NULL;
  TdCsvReader reader;
  guint       n_columns;
  int         places[N_COLUMNS];

  td_csv_reader_init (&reader, text, length);
  td_csv_reader_read (&reader, fields, &problem);
  if (problem != NULL || !read_header (fields, places, &problem))
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }

  n_columns = fields->len;
  while (td_csv_reader_read (&reader, fields, &problem))
    {
      const char *values[N_COLUMNS] = { NULL };
      gboolean    is_empty = TRUE;
      Column      bad;

      for (guint i = 0; i < fields->len; i++)
        is_empty = *g_strstrip (fields->pdata[i]) == '\0' && is_empty;
      if (is_empty)
        continue;

      if (fields->len > n_columns)
        {
          g_set_error (error, TD_BACKEND_ERROR, TD_BACKEND_ERROR_INVALID,
                       _ ("line %u: %u fields, but the first line names %u columns"),
                       reader.row_line, fields->len, n_columns);
          return FALSE;
        }
      for (Column column = 0; column < N_COLUMNS; column++)
        {
          if (places[column] >= 0 && (guint)places[column] < fields->len)
            values[column] = fields->pdata[places[column]];
        }
      if (!add_agent (loader, values, &bad, &problem))
        {
          g_set_error (error, TD_BACKEND_ERROR, problem->code, _ ("line %u, column “%s”: %s"),
                       reader.row_line, column_names[bad], problem->message);
          return FALSE;
        }
    }

  if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }

  return TRUE;
}

static gboolean
load_json (Loader     *loader,
           const char *text,
           GError    **error)
{
  g_autofree char *wrapped = g_strconcat ("{\"agents\":", text, "}", NULL);
  g_autoptr (GBytes) body = g_bytes_new (wrapped, strlen (wrapped));
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_auto (TdJsonReader) reader = { 0 };
  JsonObject *root;
  JsonArray  *agents;

  root = td_json_reader_parse (parser, body, error);
  if (root == NULL)
    return FALSE;

  td_json_reader_init (&reader, root);
  agents = td_json_reader_get_array (&reader, "agents", TD_MAX_AGENTS);
  for (guint i = 0; agents != NULL && reader.error == NULL && i < json_array_get_length (agents); i++)
    {
      const char *values[N_COLUMNS];
      g_autoptr (GError) problem = NULL;
      Column bad;

      if (!td_json_reader_enter_element (&reader, "agents", agents, i))
        break;
      for (Column column = 0; column < N_COLUMNS; column++)
        values[column] = td_json_reader_get_text (&reader, column_names[column], TD_MAX_TEXT);
      if (reader.error == NULL && !add_agent (loader, values, &bad, &problem))
        td_json_reader_fail (&reader, problem->code, column_names[bad], -1, "%s", problem->message);
      td_json_reader_leave (&reader);
    }

  if (reader.error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&reader.error));
      return FALSE;
    }

  return TRUE;
}

static gboolean
load_text (Loader     *loader,
           const char *text,
           gsize       length,
           GError    **error)
{
  const char *broken;
  const char *start = text;

  if (!g_utf8_validate_len (text, length, &broken))
    {
      guint line = 1;

      for (const char *c = text; c < broken; c++)
        line += *c == '\n';
      g_set_error (error, TD_BACKEND_ERROR, TD_BACKEND_ERROR_INVALID, _ ("line %u: the text is not UTF-8"), line);
      return FALSE;
    }

  if (g_str_has_prefix (start, "\xef\xbb\xbf"))
    start += 3;
  start += strspn (start, " \t\r\n");

  return *start == '[' || *start == '{' ? load_json (loader, start, error)
                                        : load_csv (loader, text, length, error);
}

/**
 * td_asterisk_settings_load_agents:
 * @self: settings that were not handed out yet
 * @path: a file of agents: CSV with the columns' names in its first line, or a JSON array of objects
 * @error: return location; %TD_BACKEND_ERROR; names file, line and column
 *
 * Says what Asterisk does not know of its agents, in the place of what was
 * known before.
 *
 * Returns: %FALSE when the file was not understood as a whole; nothing is changed then
 */
gboolean
td_asterisk_settings_load_agents (TdAsteriskSettings *self,
                                  const char         *path,
                                  GError            **error)
{
  g_autoptr (GHashTable) agents = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  g_autoptr (GMappedFile) file = NULL;
  g_autoptr (GError) problem = NULL;
  g_autofree char *text = NULL;
  g_autofree char *name = NULL;
  Loader           loader;
  gsize            length = 0;

  g_return_val_if_fail (self != NULL && path != NULL, FALSE);

  name = g_filename_display_basename (path);
  file = g_mapped_file_new (path, FALSE, &problem);
  if (file == NULL)
    {
      g_set_error (error, TD_BACKEND_ERROR, TD_BACKEND_ERROR_INVALID,
                   _ ("The agents file cannot be read: %s"), problem->message);
      return FALSE;
    }

  length = g_mapped_file_get_length (file);
  if (length > MAX_FILE)
    {
      g_set_error (error, TD_BACKEND_ERROR, TD_BACKEND_ERROR_TOO_LARGE,
                   _ ("The agents file %s is larger than %d MiB"), name, MAX_FILE / (1024 * 1024));
      return FALSE;
    }

  text = length > 0 ? g_strndup (g_mapped_file_get_contents (file), length) : g_strdup ("");
  loader = (Loader){ agents, self->strings };
  if (!load_text (&loader, text, length, &problem))
    {
      /* Translators: name of the agents file, then what is wrong in it. */
      g_set_error (error, TD_BACKEND_ERROR, problem->code, _ ("%s: %s"), name, problem->message);
      return FALSE;
    }

  g_hash_table_unref (self->agents);
  self->agents = g_steal_pointer (&agents);

  return TRUE;
}
