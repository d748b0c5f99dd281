/* td-shift-reader.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-shift-file-private.h"

#include <gio/gio.h>
#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "td-backend.h"
#include "td-json-reader.h"
#include "td-profile-private.h"

#define MINUTE TD_HISTORY_MINUTE_US
#define MAX_CALLS 1e12

static char *
read_text (TdJsonReader *reader,
           const char   *name,
           gsize         max)
{
  return g_strdup (td_json_reader_get_text (reader, name, max));
}

/* Returns the index of the word, or 0 where the reader has an error. */
static guint
read_word (TdJsonReader      *reader,
           const char        *name,
           const char *const *words,
           guint              n_words)
{
  const char *word;

  td_json_reader_require (reader, name);
  word = td_json_reader_get_id (reader, name);
  for (guint i = 0; word != NULL && i < n_words; i++)
    {
      if (strcmp (words[i], word) == 0)
        return i;
    }
  if (word != NULL)
    {
      g_autofree char *quoted = td_json_reader_quote (word);

      td_json_reader_fail (reader, TD_BACKEND_ERROR_INVALID, name, -1, _ ("%s is no word that this version knows"), quoted);
    }

  return 0;
}

static gint64
read_needed_time (TdJsonReader *reader,
                  const char   *name)
{
  td_json_reader_require (reader, name);

  return td_json_reader_get_time (reader, name);
}

static void
read_range (TdJsonReader   *reader,
            const char     *name,
            TdOutlookRange *range)
{
  if (!td_json_reader_enter (reader, name))
    return;

  for (guint i = 0; i < TD_SHIFT_N_EDGES; i++)
    {
      td_json_reader_require (reader, td_shift_edges[i].name);
      G_STRUCT_MEMBER (double, range, td_shift_edges[i].offset) = td_json_reader_get_number (reader, td_shift_edges[i].name, 0, MAX_CALLS);
    }
  td_json_reader_leave (reader);
}

static void
read_figures (TdJsonReader   *reader,
              TdShiftFigures *figures)
{
  for (guint i = 0; i < TD_N_COUNTS_FIELDS; i++)
    {
      const TdCountsField *field = &td_counts_fields[i];

      G_STRUCT_MEMBER (gint64, &figures->counts, field->offset) =
        field->is_ms ? td_json_reader_get_ms (reader, field->name)
                     : td_json_reader_get_integer (reader, field->name, 0, TD_MAX_COUNT);
    }
  figures->missing_s = MAX (td_json_reader_get_integer (reader, "missing_seconds", 0, TD_SHIFT_MAX_MINUTES * 60), 0);
  figures->longest_at = td_json_reader_get_time (reader, "longest_at");
  figures->waiting = td_json_reader_get_integer (reader, "waiting", 0, TD_MAX_COUNT);
  figures->waiting_beyond = td_json_reader_get_integer (reader, "waiting_beyond", 0, TD_MAX_COUNT);
  figures->compared = td_json_reader_get_number (reader, "compared", 0, MAX_CALLS);
  read_range (reader, "normal", &figures->normal);
}

/* Goes through the objects of an array; FALSE at its end, and on an error. */
static gboolean
next_row (TdJsonReader *reader,
          const char   *name,
          JsonArray    *array,
          guint        *index)
{
  if (*index > 0)
    td_json_reader_leave (reader);
  if (array == NULL || *index >= json_array_get_length (array) || reader->error != NULL)
    return FALSE;

  return td_json_reader_enter_element (reader, name, array, (*index)++);
}

static void
read_queues (TdJsonReader *reader,
             TdShiftSheet *sheet)
{
  JsonArray *array = td_json_reader_get_array (reader, "queues", TD_MAX_QUEUES);
  guint      i = 0;

  while (next_row (reader, "queues", array, &i))
    {
      const char *id;

      td_json_reader_require (reader, "id");
      id = td_json_reader_get_id (reader, "id");
      if (id != NULL)
        read_figures (reader, td_shift_sheet_add_queue (sheet, id, td_json_reader_get_text (reader, "name", TD_MAX_TEXT)));
    }
}

static void
read_row (TdJsonReader *reader,
          const char   *name,
          gpointer      first,
          gsize         stride,
          guint         n)
{
  JsonArray *array = td_json_reader_get_array (reader, name, n);

  td_json_reader_require (reader, name);
  if (array == NULL)
    return;
  if (json_array_get_length (array) != n)
    {
      td_json_reader_fail (reader, TD_BACKEND_ERROR_INVALID, name, -1, _ ("%u minutes, where the shift has %u"),
                           json_array_get_length (array), n);
      return;
    }

  for (guint i = 0; i < n; i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      double    value;

      if (JSON_NODE_HOLDS_NULL (node))
        continue;
      value = JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) != G_TYPE_STRING ? json_node_get_double (node) : -1;
      if (!(value >= 0 && value <= MAX_CALLS))
        {
          td_json_reader_fail (reader, TD_BACKEND_ERROR_INVALID, name, i, _ ("no number of calls"));
          return;
        }
      G_STRUCT_MEMBER (double, first, i *stride) = value;
    }
}

static void
read_minutes (TdJsonReader *reader,
              TdShiftSheet *sheet)
{
  td_json_reader_require (reader, "minutes");
  if (!td_json_reader_enter (reader, "minutes"))
    return;

  read_row (reader, "offered", sheet->offered, sizeof (double), sheet->n_minutes);
  read_row (reader, "rates", sheet->rates, sizeof (double), sheet->n_minutes);
  for (guint i = 0; i < TD_SHIFT_N_EDGES; i++)
    read_row (reader, td_shift_edges[i].name, (char *)sheet->normal + td_shift_edges[i].offset, sizeof (TdOutlookRange),
              sheet->n_minutes);
  td_json_reader_leave (reader);
}

static void
read_gaps (TdJsonReader *reader,
           TdShiftSheet *sheet)
{
  JsonArray *array = td_json_reader_get_array (reader, "gaps", TD_SHIFT_MAX_MINUTES);
  guint      i = 0;

  while (next_row (reader, "gaps", array, &i))
    {
      TdShiftGap gap = {
        .from = read_needed_time (reader, "from"),
        .to = read_needed_time (reader, "to"),
        .n_queues = (guint)MAX (td_json_reader_get_integer (reader, "queues", 0, TD_MAX_QUEUES), 0),
      };

      g_array_append_val (sheet->gaps, gap);
    }
}

static void
read_events (TdJsonReader *reader,
             TdShiftSheet *sheet)
{
  JsonArray *array = td_json_reader_get_array (reader, "events", TD_SHIFT_MAX_EVENTS);
  guint      i = 0;

  while (next_row (reader, "events", array, &i))
    {
      TdShiftEventKind kind = (TdShiftEventKind)read_word (reader, "kind", td_shift_event_words, TD_N_SHIFT_EVENT_KINDS);
      TdShiftEvent    *event = td_shift_sheet_add_event (sheet, kind, read_needed_time (reader, "from"));

      event->to = td_json_reader_get_time (reader, "to");
      event->queue = g_strdup (td_json_reader_get_id (reader, "queue"));
      event->text = read_text (reader, "text", TD_MAX_TEXT);
      event->evidence = read_text (reader, "evidence", TD_SHIFT_MAX_EVIDENCE);
      event->owner = read_text (reader, "owner", TD_MAX_TEXT);
      event->owned_at = td_json_reader_get_time (reader, "owned_at");
      event->excess = td_json_reader_get_number (reader, "excess", -MAX_CALLS, MAX_CALLS);
      event->peak = td_json_reader_get_number (reader, "peak", -1, MAX_CALLS);
      event->longest_ms = td_json_reader_get_ms (reader, "longest_seconds");
    }
}

static void
read_place (TdJsonReader *reader,
            TdShiftPlace *place)
{
  place->planned = td_json_reader_get_integer (reader, "planned", 0, TD_MAX_AGENTS);
  place->present = td_json_reader_get_integer (reader, "present", 0, TD_MAX_AGENTS);
  place->called_in = td_json_reader_get_integer (reader, "called_in", 0, TD_MAX_AGENTS);
  place->staffed_ms = td_json_reader_get_ms (reader, "staffed_seconds");
}

static void
read_places (TdJsonReader *reader,
             TdShiftSheet *sheet)
{
  JsonArray *array = td_json_reader_get_array (reader, "places", TD_SHIFT_MAX_PLACES);
  guint      i = 0;

  while (next_row (reader, "places", array, &i))
    {
      const char *word = td_json_reader_get_id (reader, "place");
      TdPlace     place = TD_PLACE_UNKNOWN;

      if (word != NULL && !td_place_from_string (word, &place))
        {
          g_autofree char *quoted = td_json_reader_quote (word);

          td_json_reader_fail (reader, TD_BACKEND_ERROR_INVALID, "place", -1, _ ("%s is no place of work that this version knows"), quoted);
        }
      read_place (reader, td_shift_sheet_add_place (sheet, place, td_json_reader_get_text (reader, "employer", TD_MAX_TEXT)));
    }
  if (td_json_reader_enter (reader, "staff"))
    {
      read_place (reader, &sheet->staff);
      td_json_reader_leave (reader);
    }
}

static void
read_service_level (TdJsonReader *reader,
                    TdShiftSheet *sheet)
{
  td_json_reader_require (reader, "service_level");
  if (!td_json_reader_enter (reader, "service_level"))
    return;

  sheet->formula = (TdServiceLevelFormula)read_word (reader, "formula", td_profile_formula_words, TD_N_SERVICE_LEVEL_FORMULAS);
  sheet->service_level_ms = td_json_reader_get_ms (reader, "seconds");
  sheet->target = td_json_reader_get_number (reader, "target", 0, 1);
  sheet->short_abandon_ms = td_json_reader_get_ms (reader, "short_abandon_seconds");
  td_json_reader_leave (reader);
}

static void
read_figures_of_shift (TdJsonReader *reader,
                       TdShiftSheet *sheet)
{
  gint64 until = read_needed_time (reader, "until");

  if (reader->error != NULL)
    return;
  if (until < sheet->from || until > sheet->to || until % MINUTE != 0)
    {
      td_json_reader_fail (reader, TD_BACKEND_ERROR_INVALID, "until", -1, _ ("no whole minute of the shift"));
      return;
    }

  sheet->until = until;
  sheet->made_at = td_json_reader_get_time (reader, "made");
  td_shift_sheet_set_n_minutes (sheet, (guint)((until - sheet->from) / MINUTE));
  read_service_level (reader, sheet);
  sheet->days_learnt = (guint)MAX (td_json_reader_get_integer (reader, "days_learnt", 0, 100000), 0);
  td_json_reader_require (reader, "total");
  if (td_json_reader_enter (reader, "total"))
    {
      read_figures (reader, &sheet->total);
      td_json_reader_leave (reader);
    }
  read_queues (reader, sheet);
  read_minutes (reader, sheet);
  read_gaps (reader, sheet);
  read_events (reader, sheet);
  read_places (reader, sheet);
}

static TdShiftSheet *
read_shift (TdJsonReader *reader)
{
  g_autoptr (TdShiftSheet) sheet = NULL;
  gint64 from, to;

  td_json_reader_require (reader, "format");
  td_json_reader_get_integer (reader, "format", TD_SHIFT_FORMAT, TD_SHIFT_FORMAT);
  from = read_needed_time (reader, "from");
  to = read_needed_time (reader, "to");
  if (reader->error != NULL)
    return NULL;
  if (from % MINUTE != 0 || to % MINUTE != 0 || to <= from || (to - from) / MINUTE > TD_SHIFT_MAX_MINUTES)
    {
      td_json_reader_fail (reader, TD_BACKEND_ERROR_INVALID, "to", -1, _ ("a shift is of whole minutes, and of at most %d of them"),
                           TD_SHIFT_MAX_MINUTES);
      return NULL;
    }

  sheet = td_shift_sheet_new (from, to);
  sheet->centre = read_text (reader, "centre", TD_MAX_TEXT);
  sheet->hotlines = read_text (reader, "hotlines", TD_SHIFT_MAX_NOTE);
  sheet->timezone = read_text (reader, "timezone", TD_MAX_ID);
  sheet->giver = read_text (reader, "giver", 4 * TD_SHIFT_MAX_NAME);
  sheet->taker = read_text (reader, "taker", 4 * TD_SHIFT_MAX_NAME);
  sheet->note = read_text (reader, "note", 4 * TD_SHIFT_MAX_NOTE);
  sheet->handed_at = td_json_reader_get_time (reader, "handed_over");
  if (td_shift_sheet_is_frozen (sheet))
    read_figures_of_shift (reader, sheet);

  return reader->error == NULL ? g_steal_pointer (&sheet) : NULL;
}

/**
 * td_shift_file_parse:
 * @text: what a file holds, ended by NUL
 * @length: its length in bytes
 * @error: return location; %G_IO_ERROR_INVALID_DATA that names the field
 *
 * Returns: (transfer full) (nullable): the shift; without figures where it was
 *   not handed over yet
 */
TdShiftSheet *
td_shift_file_parse (const char *text,
                     gsize       length,
                     GError    **error)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GError) reason = NULL;
  g_auto (TdJsonReader) reader = { 0 };
  TdShiftSheet *sheet;
  JsonObject   *root;

  g_return_val_if_fail (text != NULL, NULL);

  body = g_bytes_new_static (text, length);
  root = length <= TD_SHIFT_MAX_BYTES ? td_json_reader_parse (parser, body, &reason) : NULL;
  if (root == NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                           reason != NULL ? reason->message : _ ("It is too large to be a shift"));
      return NULL;
    }

  td_json_reader_init (&reader, root);
  sheet = read_shift (&reader);
  if (sheet == NULL)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, reader.error->message);

  return sheet;
}
