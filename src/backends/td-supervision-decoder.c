/* td-supervision-decoder.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-supervision-decoder.h"

#include <glib/gi18n.h>
#include <inttypes.h>
#include <string.h>

#include "td-backend.h"
#include "td-json-reader.h"

#define TIMEZONE_BYTES 64

/* Revisions beyond this are not exact in the JSON of other languages. */
#define MAX_REVISION G_GINT64_CONSTANT (9007199254740991)

typedef struct
{
  TdJsonReader       reader;
  TdSnapshotBuilder *builder;
  GHashTable        *ids;      /* id (string, of the tree) -> index + 1 */
  GPtrArray         *queues;   /* (element-type utf8): of one agent, of the tree */
  GArray            *releases; /* (element-type TdRelease): of the tree */
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

/* Who leaves and when; what is not said is anybody, anywhere, and all of them. */
static void
read_releases (Decoder      *self,
               TdCentreInfo *info)
{
  TdJsonReader *reader = &self->reader;
  JsonArray    *array = td_json_reader_get_array (reader, "releases", TD_MAX_RELEASES);
  guint         length = array != NULL ? json_array_get_length (array) : 0;

  g_array_set_size (self->releases, 0);
  for (guint i = 0; i < length; i++)
    {
      TdRelease release;

      if (!td_json_reader_enter_element (reader, "releases", array, i))
        return;
      td_json_reader_require (reader, "at");
      release.at = td_json_reader_get_time (reader, "at");
      release.employer = td_json_reader_get_text (reader, "employer", TD_MAX_TEXT);
      release.place = read_place (reader);
      release.agents = td_json_reader_get_integer (reader, "agents", 1, TD_MAX_COUNT);
      td_json_reader_leave (reader);
      g_array_append_val (self->releases, release);
    }

  info->releases = (const TdRelease *)self->releases->data;
  info->n_releases = length;
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
  info.counted_since = td_json_reader_get_time (reader, "counted_since");
  read_service_level (reader, &info.service_level_ms, &info.service_level_target);
  info.short_abandon_ms = td_json_reader_get_ms (reader, "short_abandon_seconds");
  read_releases (self, &info);
  td_json_reader_leave (reader);

  if (reader->error == NULL)
    td_snapshot_builder_set_centre (self->builder, &info);
}

static void
decode_queue (Decoder *self,
              guint    index)
{
  TdJsonReader *reader = &self->reader;
  TdQueueInfo   info;

  td_queue_info_init (&info);
  info.id = td_json_reader_get_row_id (reader, self->ids, "queues", index);
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
  info.estimated = td_json_reader_get_boolean (reader, "estimated");

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
  info.id = td_json_reader_get_row_id (reader, self->ids, "agents", index);
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
  info.id = td_json_reader_get_row_id (reader, self->ids, "callers", index);
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
  g_autoptr (GArray) releases = NULL;
  JsonObject *root;
  Decoder     self;
  gboolean    is_delta;

  g_return_val_if_fail (body != NULL, NULL);

  root = td_json_reader_parse (parser, body, error);
  if (root == NULL)
    return NULL;

  self.builder = builder = td_snapshot_builder_new ();
  self.ids = ids = g_hash_table_new (g_str_hash, g_str_equal);
  self.queues = queues = g_ptr_array_new ();
  self.releases = releases = g_array_new (FALSE, FALSE, sizeof (TdRelease));
  td_json_reader_init (&self.reader, root);

  is_delta = decode_head (&self);
  decode_centre (&self);
  decode_rows (&self, "queues", TD_MAX_QUEUES, is_delta, decode_queue, td_snapshot_builder_add_gone_queue);
  decode_rows (&self, "agents", TD_MAX_AGENTS, is_delta, decode_agent, td_snapshot_builder_add_gone_agent);
  decode_rows (&self, "callers", TD_MAX_CALLERS, is_delta, decode_caller, td_snapshot_builder_add_gone_caller);

  if (self.reader.error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&self.reader.error));
      td_json_reader_clear (&self.reader);
      return NULL;
    }

  return td_snapshot_builder_end (g_steal_pointer (&builder));
}
