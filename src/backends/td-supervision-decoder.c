/* td-supervision-decoder.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-supervision-decoder.h"

#include <glib/gi18n.h>
#include <inttypes.h>
#include <math.h>
#include <string.h>

#include "td-backend.h"
#include "td-json-guard.h"
#include "td-json-reader.h"

#define TIMEZONE_BYTES 64
#define MAX_DAY_S 86400

/* Revisions beyond this are not exact in the JSON of other languages. */
#define MAX_REVISION G_GINT64_CONSTANT (9007199254740991)

typedef struct
{
  TdJsonReader       reader;
  TdSnapshotBuilder *builder;
  GHashTable        *ids;    /* id (string, of the tree) -> index + 1 */
  GPtrArray         *queues; /* (element-type utf8): of one agent, of the tree */
} Decoder;

/* One message for each kind of value, since a source repeats itself. */
static void
note_unknown (gint       *noted,
              const char *kind,
              const char *value)
{
  g_autofree char *quoted = NULL;

  if (!g_atomic_int_compare_and_exchange (noted, FALSE, TRUE))
    return;

  quoted = td_json_reader_quote (value);
  g_message ("The source has an unknown %s %s; taken as unknown", kind, quoted);
}

static TdAgentState
read_state (TdJsonReader *reader)
{
  static gint  noted;
  const char  *text = td_json_reader_get_text (reader, "state", TD_MAX_TEXT);
  TdAgentState state = TD_AGENT_STATE_UNKNOWN;

  if (text == NULL || td_agent_state_from_string (text, &state))
    return state;

  note_unknown (&noted, "state", text);

  return TD_AGENT_STATE_UNKNOWN;
}

static TdPlace
read_place (TdJsonReader *reader)
{
  static gint noted;
  const char *text = td_json_reader_get_text (reader, "place", TD_MAX_TEXT);
  TdPlace     place = TD_PLACE_UNKNOWN;

  if (text == NULL || td_place_from_string (text, &place))
    return place;

  note_unknown (&noted, "place", text);

  return TD_PLACE_UNKNOWN;
}

static void
read_service_level (TdJsonReader *reader,
                    gint64       *ms,
                    double       *target)
{
  if (!td_json_reader_enter (reader, "service_level"))
    return;

  *ms = td_json_reader_get_ms (reader, "seconds");
  *target = td_json_reader_get_number (reader, "target", 0.0, 1.0);
  td_json_reader_leave (reader);
}

static void
read_counts (TdJsonReader *reader,
             TdCounts     *counts)
{
  if (!td_json_reader_enter (reader, "today"))
    return;

  for (guint i = 0; i < TD_N_COUNTS_FIELDS; i++)
    {
      const TdCountsField *field = &td_counts_fields[i];
      gint64              *value = G_STRUCT_MEMBER_P (counts, field->offset);

      *value = field->is_ms ? td_json_reader_get_ms (reader, field->name)
                            : td_json_reader_get_integer (reader, field->name, 0, TD_MAX_COUNT);
    }

  td_json_reader_leave (reader);
}

/* The name of a zone becomes the name of a file when it is looked up. */
static const char *
read_timezone (TdJsonReader *reader)
{
  const char      *zone = td_json_reader_get_text (reader, "timezone", TIMEZONE_BYTES);
  g_autofree char *quoted = NULL;

  if (zone == NULL)
    return NULL;

  if (g_ascii_isalpha (*zone) && strstr (zone, "..") == NULL &&
      strspn (zone, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "/_+-") == strlen (zone))
    return zone;

  quoted = td_json_reader_quote (zone);
  td_json_reader_fail (reader, TD_BACKEND_ERROR_INVALID, "timezone", -1,
                       _ ("%s is no name of a time zone"), quoted);

  return NULL;
}

static void
decode_centre (Decoder *self)
{
  TdJsonReader *reader = &self->reader;
  TdCentreInfo  info;

  if (!td_json_reader_enter (reader, "centre"))
    return;

  td_centre_info_init (&info);
  info.name = td_json_reader_get_text (reader, "name", TD_MAX_TEXT);
  info.timezone = read_timezone (reader);
  info.scenario = td_json_reader_get_text (reader, "scenario", TD_MAX_TEXT);
  info.day_start = td_json_reader_get_time (reader, "day_start");
  read_service_level (reader, &info.service_level_ms, &info.service_level_target);
  info.short_abandon_ms = td_json_reader_get_ms (reader, "short_abandon_seconds");
  td_json_reader_leave (reader);

  if (reader->error == NULL)
    td_snapshot_builder_set_centre (self->builder, &info);
}

/* Reads the id of the row that the reader stands in, and holds it against
 * those of the other rows of its kind. */
static const char *
read_row_id (Decoder    *self,
             const char *rows,
             guint       index)
{
  const char *id;
  gpointer    other;

  td_json_reader_require (&self->reader, "id");
  id = td_json_reader_get_id (&self->reader, "id");
  if (id == NULL)
    return NULL;

  other = g_hash_table_lookup (self->ids, id);
  if (other != NULL)
    {
      g_autofree char *quoted = td_json_reader_quote (id);

      /* Translators: a text, a kind of rows and a row's number: "a3" is already agents[4].id */
      td_json_reader_fail (&self->reader, TD_BACKEND_ERROR_INVALID, "id", -1,
                           _ ("%s is already %s[%u].id"), quoted, rows, GPOINTER_TO_UINT (other) - 1);
      return NULL;
    }

  g_hash_table_insert (self->ids, (gpointer)id, GUINT_TO_POINTER (index + 1));

  return id;
}

static void
decode_queue (Decoder *self,
              guint    index)
{
  TdJsonReader *reader = &self->reader;
  TdQueueInfo   info;

  td_queue_info_init (&info);
  info.id = read_row_id (self, "queues", index);
  info.name = td_json_reader_get_text (reader, "name", TD_MAX_TEXT);
  info.hotline = td_json_reader_get_text (reader, "hotline", TD_MAX_TEXT);
  info.reason = td_json_reader_get_text (reader, "reason", TD_MAX_TEXT);
  info.area = td_json_reader_get_text (reader, "area", TD_MAX_TEXT);
  info.waiting = td_json_reader_get_integer (reader, "waiting", 0, TD_MAX_COUNT);
  info.longest_since = td_json_reader_get_time (reader, "longest_since");
  info.serving = td_json_reader_get_integer (reader, "serving", 0, TD_MAX_COUNT);
  info.offered_15min = td_json_reader_get_integer (reader, "offered_15min", 0, TD_MAX_COUNT);
  read_service_level (reader, &info.service_level_ms, &info.service_level_target);
  read_counts (reader, &info.today);

  if (reader->error == NULL)
    td_snapshot_builder_add_queue (self->builder, &info);
}

static void
read_agent_queues (Decoder     *self,
                   TdAgentInfo *info)
{
  JsonArray *array = td_json_reader_get_array (&self->reader, "queues", TD_MAX_QUEUES_PER_AGENT);
  guint      length = array != NULL ? json_array_get_length (array) : 0;

  g_ptr_array_set_size (self->queues, 0);
  for (guint i = 0; i < length; i++)
    {
      const char *id = td_json_reader_get_element_id (&self->reader, "queues", array, i);

      if (id == NULL)
        return;

      g_ptr_array_add (self->queues, (gpointer)id);
    }

  info->queues = (const char *const *)self->queues->pdata;
  info->n_queues = length;
}

static void
read_call (TdJsonReader *reader,
           TdAgentInfo  *info)
{
  if (!td_json_reader_enter (reader, "call"))
    return;

  info->call_queue = td_json_reader_get_id (reader, "queue");
  info->call_since = td_json_reader_get_time (reader, "since");
  info->call_number = td_json_reader_get_text (reader, "number", TD_MAX_TEXT);
  info->call_reason = td_json_reader_get_text (reader, "reason", TD_MAX_TEXT);
  info->call_area = td_json_reader_get_text (reader, "area", TD_MAX_TEXT);
  info->call_wait_ms = td_json_reader_get_ms (reader, "wait_seconds");
  td_json_reader_leave (reader);
}

static void
read_agent_today (TdJsonReader *reader,
                  TdAgentInfo  *info)
{
  if (!td_json_reader_enter (reader, "today"))
    return;

  info->answered = td_json_reader_get_integer (reader, "answered", 0, TD_MAX_COUNT);
  info->no_answer = td_json_reader_get_integer (reader, "no_answer", 0, TD_MAX_COUNT);
  info->talk_ms = td_json_reader_get_ms (reader, "talk_seconds");
  info->hold_ms = td_json_reader_get_ms (reader, "hold_seconds");
  info->wrap_up_ms = td_json_reader_get_ms (reader, "wrap_up_seconds");
  info->ringing_ms = td_json_reader_get_ms (reader, "ringing_seconds");
  info->available_ms = td_json_reader_get_ms (reader, "available_seconds");
  info->paused_ms = td_json_reader_get_ms (reader, "paused_seconds");
  td_json_reader_leave (reader);
}

static void
read_shift (TdJsonReader *reader,
            TdAgentInfo  *info)
{
  if (!td_json_reader_enter (reader, "shift"))
    return;

  info->shift_name = td_json_reader_get_text (reader, "name", TD_MAX_TEXT);
  info->shift_start = td_json_reader_get_time (reader, "start");
  info->shift_end = td_json_reader_get_time (reader, "end");
  td_json_reader_leave (reader);
}

static void
decode_agent (Decoder *self,
              guint    index)
{
  TdJsonReader *reader = &self->reader;
  TdAgentInfo   info;

  td_agent_info_init (&info);
  info.id = read_row_id (self, "agents", index);
  info.name = td_json_reader_get_text (reader, "name", TD_MAX_TEXT);
  info.team = td_json_reader_get_text (reader, "team", TD_MAX_TEXT);
  info.employer = td_json_reader_get_text (reader, "employer", TD_MAX_TEXT);
  info.place = read_place (reader);
  info.seat = td_json_reader_get_text (reader, "seat", TD_MAX_TEXT);
  info.extension = td_json_reader_get_text (reader, "extension", TD_MAX_TEXT);
  info.state = read_state (reader);
  info.reason = td_json_reader_get_text (reader, "reason", TD_MAX_TEXT);
  info.since = td_json_reader_get_time (reader, "since");
  info.since_inexact = td_json_reader_get_boolean (reader, "since_inexact");
  info.on_hold = td_json_reader_get_boolean (reader, "on_hold");
  read_agent_queues (self, &info);
  read_call (reader, &info);
  read_agent_today (reader, &info);
  read_shift (reader, &info);

  if (reader->error == NULL)
    td_snapshot_builder_add_agent (self->builder, &info);
}

static void
decode_caller (Decoder *self,
               guint    index)
{
  TdJsonReader *reader = &self->reader;
  TdCallerInfo  info;

  td_caller_info_init (&info);
  info.id = read_row_id (self, "callers", index);
  td_json_reader_require (reader, "queue");
  info.queue = td_json_reader_get_id (reader, "queue");
  info.position = td_json_reader_get_integer (reader, "position", 1, TD_MAX_COUNT);
  info.since = td_json_reader_get_time (reader, "since");
  info.number = td_json_reader_get_text (reader, "number", TD_MAX_TEXT);
  info.reason = td_json_reader_get_text (reader, "reason", TD_MAX_TEXT);
  info.area = td_json_reader_get_text (reader, "area", TD_MAX_TEXT);

  if (reader->error == NULL)
    td_snapshot_builder_add_caller (self->builder, &info);
}

/* What is gone must not be reported in the same breath. */
static void
decode_gone (Decoder    *self,
             const char *rows,
             guint       max_rows,
             void (*add) (TdSnapshotBuilder *, const char *))
{
  TdJsonReader *reader = &self->reader;
  JsonArray    *array;
  guint         length;

  if (!td_json_reader_enter (reader, "gone"))
    return;

  array = td_json_reader_get_array (reader, rows, max_rows);
  length = array != NULL ? json_array_get_length (array) : 0;

  for (guint i = 0; i < length && reader->error == NULL; i++)
    {
      const char *id = td_json_reader_get_element_id (reader, rows, array, i);
      gpointer    other = id != NULL ? g_hash_table_lookup (self->ids, id) : NULL;

      if (other != NULL)
        {
          g_autofree char *quoted = td_json_reader_quote (id);

          td_json_reader_fail (reader, TD_BACKEND_ERROR_INVALID, rows, i,
                               _ ("%s is already %s[%u].id"), quoted, rows, GPOINTER_TO_UINT (other) - 1);
        }
      else if (id != NULL)
        add (self->builder, id);
    }

  td_json_reader_leave (reader);
}

static void
decode_rows (Decoder    *self,
             const char *rows,
             guint       max_rows,
             gboolean    is_delta,
             void (*decode) (Decoder *, guint),
             void (*add_gone) (TdSnapshotBuilder *, const char *))
{
  TdJsonReader *reader = &self->reader;
  JsonArray    *array;
  guint         length;

  if (!is_delta)
    td_json_reader_require (reader, rows);

  array = td_json_reader_get_array (reader, rows, max_rows);
  length = array != NULL ? json_array_get_length (array) : 0;
  g_hash_table_remove_all (self->ids);

  for (guint i = 0; i < length; i++)
    {
      if (!td_json_reader_enter_element (reader, rows, array, i))
        return;

      decode (self, i);
      td_json_reader_leave (reader);
    }

  if (is_delta)
    decode_gone (self, rows, max_rows, add_gone);
}

static gboolean
decode_head (Decoder *self)
{
  TdJsonReader *reader = &self->reader;
  gint64        revision, base, at;
  const char   *instance;

  td_json_reader_require (reader, "revision");
  td_json_reader_require (reader, "at");
  revision = td_json_reader_get_integer (reader, "revision", 0, MAX_REVISION);
  base = td_json_reader_get_integer (reader, "since", 0, MAX_REVISION);
  instance = td_json_reader_get_text (reader, "instance", TD_MAX_ID);
  at = td_json_reader_get_time (reader, "at");

  if (reader->error == NULL && base > revision)
    td_json_reader_fail (reader, TD_BACKEND_ERROR_INVALID, "since", -1,
                         _ ("%" PRId64 " is later than the revision %" PRId64), base, revision);

  if (reader->error != NULL)
    return FALSE;

  td_snapshot_builder_set_revision (self->builder, revision, instance);
  td_snapshot_builder_set_at (self->builder, at);
  if (TD_IS_KNOWN (base))
    td_snapshot_builder_set_base (self->builder, base);
  else
    td_json_reader_require (reader, "centre");

  return TD_IS_KNOWN (base);
}

/* Returns the root object; what the parser says reaches the caller as an
 * error of this layer. */
static JsonObject *
parse (JsonParser *parser,
       GBytes     *body,
       GError    **error)
{
  gsize       length;
  const char *data = g_bytes_get_data (body, &length);
  g_autoptr (GError) parse_error = NULL;

  if (!td_json_guard_check (data, length, error))
    return NULL;

  if (!json_parser_load_from_data (parser, data, (gssize)length, &parse_error))
    {
      g_set_error (error, TD_BACKEND_ERROR, TD_BACKEND_ERROR_INVALID,
                   _ ("This is no JSON: %s"), parse_error->message);
      return NULL;
    }

  if (!JSON_NODE_HOLDS_OBJECT (json_parser_get_root (parser)))
    {
      g_set_error_literal (error, TD_BACKEND_ERROR, TD_BACKEND_ERROR_INVALID, _ ("The answer is no JSON object"));
      return NULL;
    }

  return json_node_get_object (json_parser_get_root (parser));
}

/**
 * td_supervision_decode_snapshot:
 * @body: the body of an answer to GET /v1/snapshot
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the snapshot
 */
TdSnapshot *
td_supervision_decode_snapshot (GBytes  *body,
                                GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autoptr (TdSnapshotBuilder) builder = NULL;
  g_autoptr (GHashTable) ids = NULL;
  g_autoptr (GPtrArray) queues = NULL;
  JsonObject *root;
  Decoder     self;
  gboolean    is_delta;

  g_return_val_if_fail (body != NULL, NULL);

  root = parse (parser, body, error);
  if (root == NULL)
    return NULL;

  self.builder = builder = td_snapshot_builder_new ();
  self.ids = ids = g_hash_table_new (g_str_hash, g_str_equal);
  self.queues = queues = g_ptr_array_new ();
  td_json_reader_init (&self.reader, root);

  is_delta = decode_head (&self);
  decode_centre (&self);
  decode_rows (&self, "queues", TD_MAX_QUEUES, is_delta, decode_queue, td_snapshot_builder_add_gone_queue);
  decode_rows (&self, "agents", TD_MAX_AGENTS, is_delta, decode_agent, td_snapshot_builder_add_gone_agent);
  decode_rows (&self, "callers", TD_MAX_CALLERS, is_delta, decode_caller, td_snapshot_builder_add_gone_caller);

  if (self.reader.error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&self.reader.error));
      return NULL;
    }

  return td_snapshot_builder_end (g_steal_pointer (&builder));
}

/* A column is absent, or as long as the period has intervals. */
static JsonArray *
get_column (TdJsonReader *reader,
            const char   *name,
            guint         n_intervals)
{
  JsonArray *column = td_json_reader_get_array (reader, name, TD_MAX_INTERVALS);

  if (column == NULL || json_array_get_length (column) == n_intervals)
    return column;

  td_json_reader_fail (reader, TD_BACKEND_ERROR_INVALID, name, -1,
                       _ ("%u values, and %u are needed"), json_array_get_length (column), n_intervals);

  return NULL;
}

static void
decode_column (TdJsonReader *reader,
               const char   *name,
               gsize         offset,
               gboolean      is_ms,
               TdInterval   *rows,
               guint         n_intervals)
{
  JsonArray *column = get_column (reader, name, n_intervals);

  if (column == NULL)
    return;

  for (guint i = 0; i < n_intervals; i++)
    {
      gint64 *value = G_STRUCT_MEMBER_P (&rows[i], offset);

      if (rows[i].observed_s == 0)
        continue;

      *value = is_ms ? td_json_reader_get_element_ms (reader, name, column, i)
                     : td_json_reader_get_element_integer (reader, name, column, i, TD_MAX_COUNT);
    }
}

static void
decode_series (TdJsonReader *reader,
               TdIntervals  *intervals,
               const char   *id,
               guint         step_s)
{
  guint       n_intervals = td_intervals_get_n_intervals (intervals);
  JsonArray  *observed;
  TdInterval *rows;

  /* Without it nobody knows which zero is a gap. */
  td_json_reader_require (reader, "observed_seconds");
  observed = get_column (reader, "observed_seconds", n_intervals);
  if (observed == NULL)
    return;

  rows = td_intervals_add_queue (intervals, id);
  for (guint i = 0; i < n_intervals; i++)
    {
      gint64 seconds = td_json_reader_get_element_integer (reader, "observed_seconds", observed, i, step_s);

      rows[i] = (TdInterval){
        .observed_s = MAX (seconds, 0),
        .counts = TD_COUNTS_UNKNOWN,
        .max_waiting = TD_UNKNOWN,
        .serving = TD_UNKNOWN,
      };
    }

  for (guint i = 0; i < TD_N_COUNTS_FIELDS; i++)
    decode_column (reader, td_counts_fields[i].name,
                   G_STRUCT_OFFSET (TdInterval, counts) + td_counts_fields[i].offset,
                   td_counts_fields[i].is_ms, rows, n_intervals);

  decode_column (reader, "max_waiting", G_STRUCT_OFFSET (TdInterval, max_waiting), FALSE, rows, n_intervals);
  decode_column (reader, "serving", G_STRUCT_OFFSET (TdInterval, serving), FALSE, rows, n_intervals);
}

static TdIntervals *
decode_period (TdJsonReader *reader,
               guint        *step_s)
{
  gint64 from, to, step, step_us;

  td_json_reader_require (reader, "from");
  td_json_reader_require (reader, "to");
  td_json_reader_require (reader, "step");
  td_json_reader_require (reader, "queues");
  from = td_json_reader_get_time (reader, "from");
  to = td_json_reader_get_time (reader, "to");
  step = td_json_reader_get_integer (reader, "step", 60, MAX_DAY_S);
  if (reader->error != NULL)
    return NULL;

  step_us = step * G_TIME_SPAN_SECOND;
  if (step % 60 != 0)
    td_json_reader_fail (reader, TD_BACKEND_ERROR_INVALID, "step", -1,
                         _ ("%" PRId64 " is no multiple of 60"), step);
  else if (to < from || (to - from) % step_us != 0)
    td_json_reader_fail (reader, TD_BACKEND_ERROR_INVALID, "to", -1,
                         _ ("not a whole number of steps after the start"));
  else if ((to - from) / step_us > TD_MAX_INTERVALS)
    td_json_reader_fail (reader, TD_BACKEND_ERROR_TOO_LARGE, "to", -1,
                         _ ("more than %d intervals"), TD_MAX_INTERVALS);

  if (reader->error != NULL)
    return NULL;

  *step_s = (guint)step;

  return td_intervals_new (from, step_us, (guint)((to - from) / step_us));
}

static void
decode_all_series (Decoder     *self,
                   TdIntervals *intervals,
                   guint        step_s)
{
  TdJsonReader *reader = &self->reader;
  JsonArray    *array = td_json_reader_get_array (reader, "queues", TD_MAX_QUEUES);
  guint         length = array != NULL ? json_array_get_length (array) : 0;

  if ((guint64)length * td_intervals_get_n_intervals (intervals) > TD_MAX_INTERVALS)
    {
      td_json_reader_fail (reader, TD_BACKEND_ERROR_TOO_LARGE, "queues", -1,
                           _ ("more than %d intervals"), TD_MAX_INTERVALS);
      return;
    }

  for (guint i = 0; i < length; i++)
    {
      const char *id;

      if (!td_json_reader_enter_element (reader, "queues", array, i))
        return;

      id = read_row_id (self, "queues", i);
      if (id != NULL)
        decode_series (reader, intervals, id, step_s);
      td_json_reader_leave (reader);
    }
}

/**
 * td_supervision_decode_intervals:
 * @body: the body of an answer to GET /v1/intervals
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the history
 */
TdIntervals *
td_supervision_decode_intervals (GBytes  *body,
                                 GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autoptr (TdIntervals) intervals = NULL;
  g_autoptr (GHashTable) ids = NULL;
  Decoder     self = { 0 };
  JsonObject *root;
  guint       step_s = 0;

  g_return_val_if_fail (body != NULL, NULL);

  root = parse (parser, body, error);
  if (root == NULL)
    return NULL;

  self.ids = ids = g_hash_table_new (g_str_hash, g_str_equal);
  td_json_reader_init (&self.reader, root);
  intervals = decode_period (&self.reader, &step_s);
  if (intervals != NULL)
    decode_all_series (&self, intervals, step_s);

  if (self.reader.error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&self.reader.error));
      return NULL;
    }

  return g_steal_pointer (&intervals);
}
