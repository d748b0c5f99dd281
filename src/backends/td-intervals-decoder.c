/* td-intervals-decoder.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-supervision-decoder.h"

#include <glib/gi18n.h>
#include <inttypes.h>

#include "td-backend.h"
#include "td-json-reader.h"

#define MAX_STEP_S 86400

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
  step = td_json_reader_get_integer (reader, "step", 60, MAX_STEP_S);
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
decode_all_series (TdJsonReader *reader,
                   TdIntervals  *intervals,
                   guint         step_s)
{
  g_autoptr (GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);
  JsonArray *array = td_json_reader_get_array (reader, "queues", TD_MAX_QUEUES);
  guint      length = array != NULL ? json_array_get_length (array) : 0;

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

      id = td_json_reader_get_row_id (reader, ids, "queues", i);
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
  TdJsonReader reader;
  JsonObject  *root;
  guint        step_s = 0;

  g_return_val_if_fail (body != NULL, NULL);

  root = td_json_reader_parse (parser, body, error);
  if (root == NULL)
    return NULL;

  td_json_reader_init (&reader, root);
  intervals = decode_period (&reader, &step_s);
  if (intervals != NULL)
    decode_all_series (&reader, intervals, step_s);

  if (reader.error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&reader.error));
      td_json_reader_clear (&reader);
      return NULL;
    }

  return g_steal_pointer (&intervals);
}
