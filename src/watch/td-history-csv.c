/* td-history-csv.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-history-csv.h"

#include <glib/gi18n.h>
#include <inttypes.h>
#include <math.h>
#include <string.h>

#include "td-csv-reader.h"
#include "td-csv.h"
#include "td-time.h"

#define DAY_S 86400
#define MAX_BYTES (G_GUINT64_CONSTANT (1024) * 1024 * 1024)
#define MAX_QUEUES 500

/* What one piece may hold: days, and intervals of all its queues. */
#define MAX_PIECE_DAYS 31
#define MAX_PIECE_ROWS 400000

const char td_history_csv_header[] =
  "timestamp,queue,observed_s,offered,answered,answered_in_time,abandoned,abandoned_in_time,short_abandoned,"
  "flowed_out,wait_s,talk_s,hold_s,wrap_up_s,max_waiting,max_wait_s,serving";

const char td_history_csv_spans_header[] = "agent,start,end,state,on_hold,inexact,reason,queue";

typedef struct
{
  const char *name;
  gsize       offset; /* in a TdInterval */
  gboolean    is_ms;
} Column;

#define COUNT(name, field, is_ms)                           \
  {                                                         \
    name, G_STRUCT_OFFSET (TdInterval, counts.field), is_ms \
  }

/* In the order of the header, after "queue". */
static const Column columns[] = {
  { "observed_s", G_STRUCT_OFFSET (TdInterval, observed_s), FALSE },
  COUNT ("offered", offered, FALSE),
  COUNT ("answered", answered, FALSE),
  COUNT ("answered_in_time", answered_in_time, FALSE),
  COUNT ("abandoned", abandoned, FALSE),
  COUNT ("abandoned_in_time", abandoned_in_time, FALSE),
  COUNT ("short_abandoned", short_abandoned, FALSE),
  COUNT ("flowed_out", flowed_out, FALSE),
  COUNT ("wait_s", wait_ms, TRUE),
  COUNT ("talk_s", talk_ms, TRUE),
  COUNT ("hold_s", hold_ms, TRUE),
  COUNT ("wrap_up_s", wrap_up_ms, TRUE),
  { "max_waiting", G_STRUCT_OFFSET (TdInterval, max_waiting), FALSE },
  COUNT ("max_wait_s", max_wait_ms, TRUE),
  { "serving", G_STRUCT_OFFSET (TdInterval, serving), FALSE },
};

#define OBSERVED 0
#define OFFERED 1
#define NONE (-1)

struct _TdHistoryCsv
{
  char        *path;   /* (owned) */
  GMappedFile *file;   /* (owned) */
  GTimeZone   *zone;   /* (owned) */
  char        *queue;  /* (owned) (nullable): of a file that names none */
  GPtrArray   *fields; /* (owned) (element-type utf8): of the row read last */
  TdCsvReader  reader;
  TdCsvReader  rows; /* where they begin */
  guint        n_columns;
  int          timestamp_column;
  int          queue_column;
  int          value_columns[G_N_ELEMENTS (columns)]; /* or NONE */
  gint64       step_us;                               /* or 0 before the file was looked through */
  gboolean     has_row;                               /* @fields is a row that is still to be taken */
};

/* One row. */
typedef struct
{
  const char *queue;
  gint64      start;
  TdInterval  interval;
} Row;

/* Names the file, the line, and the column where it is known. */
static gboolean
fail (const TdHistoryCsv *self,
      const char         *column,
      GError            **error,
      const char         *format,
      ...) G_GNUC_PRINTF (4, 5);

static gboolean
fail (const TdHistoryCsv *self,
      const char         *column,
      GError            **error,
      const char         *format,
      ...)
{
  g_autofree char *text = NULL;
  va_list          args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);

  if (column != NULL)
    /* Translators: a place in a file: its name, the line, the column by name; then what is wrong there. */
    g_set_error (error, TD_HISTORY_ERROR, TD_HISTORY_ERROR_INVALID, _ ("%s, line %u, column “%s”: %s"), self->path,
                 self->reader.row_line, column, text);
  else
    /* Translators: a place in a file: its name and the line; then what is wrong there. */
    g_set_error (error, TD_HISTORY_ERROR, TD_HISTORY_ERROR_INVALID, _ ("%s, line %u: %s"), self->path,
                 self->reader.row_line, text);

  return FALSE;
}

/* Skips empty lines. Returns FALSE at the end and on an error. */
static gboolean
read_fields (TdHistoryCsv *self,
             GError      **error)
{
  g_autoptr (GError) own_error = NULL;

  do
    {
      if (!td_csv_reader_read (&self->reader, self->fields, &own_error))
        {
          if (own_error != NULL)
            g_set_error (error, TD_HISTORY_ERROR, TD_HISTORY_ERROR_INVALID, "%s, %s", self->path, own_error->message);
          return FALSE;
        }
    }
  while (self->fields->len == 1 && *(const char *)g_ptr_array_index (self->fields, 0) == '\0');

  return TRUE;
}

static int *
find_column (TdHistoryCsv *self,
             const char   *name)
{
  if (strcmp (name, "timestamp") == 0)
    return &self->timestamp_column;
  if (strcmp (name, "queue") == 0)
    return &self->queue_column;
  if (strcmp (name, "calls") == 0)
    return &self->value_columns[OFFERED];

  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      if (strcmp (name, columns[i].name) == 0)
        return &self->value_columns[i];
    }

  return NULL;
}

static gboolean
read_header (TdHistoryCsv *self,
             GError      **error)
{
  g_autoptr (GError) own_error = NULL;

  self->timestamp_column = NONE;
  self->queue_column = NONE;
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    self->value_columns[i] = NONE;

  if (!read_fields (self, &own_error))
    {
      if (own_error == NULL)
        return fail (self, NULL, error, _ ("the file is empty"));
      g_propagate_error (error, g_steal_pointer (&own_error));
      return FALSE;
    }

  self->n_columns = self->fields->len;
  for (guint i = 0; i < self->n_columns; i++)
    {
      const char *name = g_strstrip (g_ptr_array_index (self->fields, i));
      int        *place = find_column (self, name);

      if (place == NULL)
        return fail (self, name, error, _ ("there is no such column; there are: %s"), td_history_csv_header);
      if (*place != NONE)
        return fail (self, name, error, _ ("it is there twice"));
      *place = (int)i;
    }

  if (self->timestamp_column == NONE)
    return fail (self, "timestamp", error, _ ("it is missing"));
  if (self->value_columns[OFFERED] == NONE)
    return fail (self, "offered", error, _ ("it is missing"));
  if (self->queue_column == NONE && self->queue == NULL)
    return fail (self, "queue", error, _ ("it is missing; --queue says of which queue all of it is"));

  return TRUE;
}

/* With its offset, or in the zone of the centre; seconds may be left out. */
static gboolean
parse_time (const TdHistoryCsv *self,
            const char         *text,
            gint64             *time)
{
  g_autofree char *full = NULL;
  gsize            length = strlen (text);
  gint64           seconds;
  int              interval;

  if (length < strlen ("2026-11-22T14:20") || length > 40)
    return FALSE;
  full = g_strdup (text);
  full[10] = 'T';
  if (td_time_parse (full, time))
    return *time >= 0;

  if (length == strlen ("2026-11-22T14:20"))
    {
      char *longer = g_strconcat (full, ":00", NULL);

      g_free (full);
      full = longer;
    }
  else
    {
      /* 14:20+07:00 */
      g_autofree char *longer = g_strdup_printf ("%.16s:00%s", full, full + 16);

      if (td_time_parse (longer, time))
        return *time >= 0;
    }

  {
    g_autofree char *as_utc = g_strconcat (full, "Z", NULL);

    if (!td_time_parse (as_utc, time))
      return FALSE;
  }
  seconds = *time / G_USEC_PER_SEC;
  interval = g_time_zone_adjust_time (self->zone, G_TIME_TYPE_STANDARD, &seconds);
  *time = (seconds - g_time_zone_get_offset (self->zone, interval)) * G_USEC_PER_SEC;

  return *time >= 0;
}

/* Empty is unknown. */
static gboolean
parse_value (const TdHistoryCsv *self,
             guint               column,
             const char         *text,
             gint64             *value,
             GError            **error)
{
  const char *name = columns[column].name;
  gboolean    is_ms = columns[column].is_ms;
  gint64      max = column == OBSERVED ? DAY_S : is_ms ? TD_MAX_MS / 1000
                                                       : TD_MAX_COUNT;
  char       *end;
  double      number;

  if (*text == '\0')
    return TRUE;

  number = g_ascii_strtod (text, &end);
  if (!g_ascii_isdigit (*text) || *end != '\0' || !isfinite (number) || number < 0 || number > (double)max ||
      (!is_ms && number != floor (number)))
    return fail (self, name, error,
                 is_ms ? _ ("“%.40s” is no number from 0 to %" PRId64)
                       : _ ("“%.40s” is no whole number from 0 to %" PRId64),
                 text, max);
  *value = is_ms ? (gint64)(number * 1000 + 0.5) : (gint64)number;

  return TRUE;
}

static gboolean
parse_row (TdHistoryCsv *self,
           Row          *row,
           GError      **error)
{
  const char *time;

  if (self->fields->len != self->n_columns)
    return fail (self, NULL, error, _ ("%u fields, and the header has %u"), self->fields->len, self->n_columns);

  time = g_strstrip (g_ptr_array_index (self->fields, (guint)self->timestamp_column));
  if (!parse_time (self, time, &row->start))
    return fail (self, "timestamp", error, _ ("“%.40s” is no time as 2026-11-22T14:20 or 2026-11-22T14:20:00+07:00"), time);
  if (row->start % TD_HISTORY_MINUTE_US != 0)
    return fail (self, "timestamp", error, _ ("“%.40s” is no whole minute"), time);

  row->queue = self->queue;
  if (self->queue_column != NONE)
    {
      row->queue = td_csv_unguard (g_ptr_array_index (self->fields, (guint)self->queue_column));
      if (*row->queue == '\0' || strlen (row->queue) > TD_MAX_ID)
        return fail (self, "queue", error, _ ("no id of a queue"));
    }

  row->interval = (TdInterval){ .observed_s = TD_UNKNOWN, .counts = TD_COUNTS_UNKNOWN, .max_waiting = TD_UNKNOWN, .serving = TD_UNKNOWN };
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      if (self->value_columns[i] != NONE &&
          !parse_value (self, i, g_strstrip (g_ptr_array_index (self->fields, (guint)self->value_columns[i])),
                        G_STRUCT_MEMBER_P (&row->interval, columns[i].offset), error))
        return FALSE;
    }

  /* A slot that is told was observed, unless it is said otherwise. */
  if (self->value_columns[OBSERVED] == NONE)
    row->interval.observed_s = TD_IS_KNOWN (row->interval.counts.offered) ? self->step_us / G_USEC_PER_SEC : 0;
  else
    row->interval.observed_s = MAX (row->interval.observed_s, 0);

  return TRUE;
}

static gint64
get_divisor (gint64 a,
             gint64 b)
{
  while (b != 0)
    {
      gint64 rest = a % b;

      a = b;
      b = rest;
    }

  return a;
}

/* Goes through all of it once, before anything is taken. */
static gboolean
look_through (TdHistoryCsv *self,
              GError      **error)
{
  g_autoptr (GHashTable) queues = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GError) own_error = NULL;
  gint64   first = TD_UNKNOWN, step = 0, observed = 0;
  Row      row;
  gboolean has_rows = FALSE;

  self->reader = self->rows;
  while (read_fields (self, &own_error))
    {
      if (!parse_row (self, &row, error))
        return FALSE;

      has_rows = TRUE;
      if (first == TD_UNKNOWN)
        first = row.start;
      step = get_divisor (step, ABS (row.start - first));
      observed = MAX (observed, row.interval.observed_s);
      if (!g_hash_table_contains (queues, row.queue))
        g_hash_table_add (queues, g_strdup (row.queue));
      if (g_hash_table_size (queues) > MAX_QUEUES)
        return fail (self, "queue", error, _ ("more than %d queues"), MAX_QUEUES);
    }
  if (own_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&own_error));
      return FALSE;
    }

  if (!has_rows)
    return fail (self, NULL, error, _ ("there are no rows"));
  /* A single slot does not tell its length. */
  if (step == 0)
    step = observed > 60 ? 0 : TD_HISTORY_MINUTE_US;
  if (step == 0 || (DAY_S * G_TIME_SPAN_SECOND) % step != 0)
    return fail (self, "timestamp", error, _ ("the slots have no one length that divides a day"));
  if (observed > step / G_USEC_PER_SEC)
    return fail (self, "observed_s", error,
                 _ ("%" PRId64 " seconds of slots that last %" PRId64), observed, step / G_USEC_PER_SEC);

  self->step_us = step;
  self->reader = self->rows;

  return TRUE;
}

/**
 * td_history_csv_open:
 * @path: a file
 * @zone: of the times that have no offset
 * @queue: (nullable): id of the queue that all of it is of, where the file does not say it
 * @error: return location; %TD_HISTORY_ERROR, which names file, line and column
 *
 * Returns: (transfer full) (nullable): the file, its header read
 */
TdHistoryCsv *
td_history_csv_open (const char *path,
                     GTimeZone  *zone,
                     const char *queue,
                     GError    **error)
{
  g_autoptr (TdHistoryCsv) self = NULL;
  g_autoptr (GError) own_error = NULL;

  g_return_val_if_fail (path != NULL, NULL);
  g_return_val_if_fail (zone != NULL, NULL);

  self = g_new0 (TdHistoryCsv, 1);
  self->path = g_filename_display_name (path);
  self->zone = g_time_zone_ref (zone);
  self->queue = g_strdup (queue);
  self->fields = g_ptr_array_new_with_free_func (g_free);
  self->file = g_mapped_file_new (path, FALSE, &own_error);
  if (self->file == NULL)
    {
      g_set_error (error, TD_HISTORY_ERROR, TD_HISTORY_ERROR_INVALID, "%s", own_error->message);
      return NULL;
    }

  if (g_mapped_file_get_length (self->file) > MAX_BYTES ||
      !g_utf8_validate_len (g_mapped_file_get_contents (self->file), g_mapped_file_get_length (self->file), NULL))
    {
      g_set_error (error, TD_HISTORY_ERROR, TD_HISTORY_ERROR_INVALID, _ ("%s is no text in UTF-8 of at most %d MiB"),
                   self->path, (int)(MAX_BYTES >> 20));
      return NULL;
    }

  td_csv_reader_init (&self->reader, g_mapped_file_get_contents (self->file), g_mapped_file_get_length (self->file));
  if (!read_header (self, error))
    return NULL;
  self->rows = self->reader;

  return g_steal_pointer (&self);
}

void
td_history_csv_free (TdHistoryCsv *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->file, g_mapped_file_unref);
  g_ptr_array_unref (self->fields);
  g_time_zone_unref (self->zone);
  g_free (self->queue);
  g_free (self->path);
  g_free (self);
}

/**
 * td_history_csv_read:
 * @data: a #TdHistoryCsv, as td_history_import_async() wants it
 * @error: return location; %TD_HISTORY_ERROR, which names file, line and column
 *
 * The first call looks through the whole file, so that nothing is read of a
 * broken one.
 *
 * Returns: (transfer full) (nullable): the next piece; %NULL at the end and on
 *   an error
 */
TdIntervals *
td_history_csv_read (gpointer data,
                     GError **error)
{
  TdHistoryCsv *self = data;
  g_autoptr (TdIntervals) piece = NULL;
  g_autoptr (GHashTable) rows = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gint64 days, end = 0;
  guint  max_queues;

  g_return_val_if_fail (self != NULL, NULL);

  if (self->step_us == 0 && !look_through (self, error))
    return NULL;

  days = CLAMP (2 * self->step_us / TD_HISTORY_MINUTE_US, 2, MAX_PIECE_DAYS);
  max_queues = (guint)MAX (MAX_PIECE_ROWS / (days * DAY_S * G_TIME_SPAN_SECOND / self->step_us), 1);
  while (self->has_row || read_fields (self, error))
    {
      TdInterval *of_queue;
      Row         row;

      self->has_row = TRUE;
      if (!parse_row (self, &row, error))
        return NULL;

      if (piece == NULL)
        {
          gint64 length = days * DAY_S * G_TIME_SPAN_SECOND;
          gint64 from = row.start - row.start % G_TIME_SPAN_DAY;

          /* The history is kept by days of UTC. */
          if (row.start % self->step_us != 0)
            from = row.start;
          piece = td_intervals_new (from, self->step_us, (guint)(length / self->step_us));
          end = from + length;
        }
      if (row.start < td_intervals_get_from (piece) || row.start >= end)
        break;

      of_queue = g_hash_table_lookup (rows, row.queue);
      if (of_queue == NULL)
        {
          if (g_hash_table_size (rows) >= max_queues)
            break;
          of_queue = td_intervals_add_queue (piece, row.queue);
          g_hash_table_insert (rows, g_strdup (row.queue), of_queue);
        }
      of_queue[(row.start - td_intervals_get_from (piece)) / self->step_us] = row.interval;
      self->has_row = FALSE;
    }

  return g_steal_pointer (&piece);
}

/* What is gathered before it is written. */
#define BUFFER (64 * 1024)

static gboolean
write_out (GString       *text,
           GOutputStream *stream,
           GCancellable  *cancellable,
           GError       **error)
{
  gboolean done = g_output_stream_write_all (stream, text->str, text->len, NULL, cancellable, error);

  g_string_truncate (text, 0);

  return done;
}

static void
add_interval (GString          *text,
              const char       *queue,
              const char       *time,
              const TdInterval *interval)
{
  td_csv_add_text (text, time);
  td_csv_add_text (text, queue);
  for (guint c = 0; c < G_N_ELEMENTS (columns); c++)
    {
      gint64 value = G_STRUCT_MEMBER (gint64, interval, columns[c].offset);

      if (columns[c].is_ms)
        td_csv_add_seconds (text, value);
      else
        td_csv_add_integer (text, value);
    }
  td_csv_end_row (text);
}

/**
 * td_history_csv_write:
 * @intervals: some history
 * @zone: that its times are written in
 * @stream: where it goes
 * @error: return location
 *
 * Writes a row for each interval that was observed, without a header.
 *
 * Returns: whether it was written
 */
gboolean
td_history_csv_write (TdIntervals   *intervals,
                      GTimeZone     *zone,
                      GOutputStream *stream,
                      GCancellable  *cancellable,
                      GError       **error)
{
  g_autoptr (GString) text = g_string_sized_new (BUFFER + 1024);
  gint64 step;

  g_return_val_if_fail (intervals != NULL, FALSE);
  g_return_val_if_fail (zone != NULL, FALSE);

  step = td_intervals_get_step (intervals);
  for (guint i = 0; i < td_intervals_get_n_intervals (intervals); i++)
    {
      g_autofree char *time = NULL;

      for (guint q = 0; q < td_intervals_get_n_queues (intervals); q++)
        {
          const TdInterval *interval = &td_intervals_get_rows (intervals, q)[i];

          if (interval->observed_s <= 0)
            continue;

          if (time == NULL)
            time = td_time_format (td_intervals_get_from (intervals) + i * step, zone);
          add_interval (text, td_intervals_get_queue (intervals, q), time, interval);
          if (text->len >= BUFFER && !write_out (text, stream, cancellable, error))
            return FALSE;
        }
    }

  return write_out (text, stream, cancellable, error);
}

/**
 * td_history_csv_write_spans:
 * @records: what agents did
 * @from: spans that begin before are left out: they were written before
 * @zone: that its times are written in
 * @stream: where it goes
 * @error: return location
 *
 * Returns: whether they were written
 */
gboolean
td_history_csv_write_spans (TdHistoryRecords *records,
                            gint64            from,
                            GTimeZone        *zone,
                            GOutputStream    *stream,
                            GCancellable     *cancellable,
                            GError          **error)
{
  g_autoptr (GString) text = g_string_sized_new (BUFFER + 1024);
  guint                n_spans;
  const TdHistorySpan *spans;

  g_return_val_if_fail (records != NULL, FALSE);
  g_return_val_if_fail (zone != NULL, FALSE);

  spans = td_history_records_get_spans (records, &n_spans);
  for (guint i = 0; i < n_spans; i++)
    {
      if (spans[i].start < from)
        continue;

      td_csv_add_text (text, spans[i].agent);
      td_csv_add_time (text, spans[i].start, zone);
      td_csv_add_time (text, spans[i].end, zone);
      td_csv_add_text (text, td_agent_state_to_string (spans[i].state));
      td_csv_add_integer (text, spans[i].on_hold ? 1 : 0);
      td_csv_add_integer (text, spans[i].inexact ? 1 : 0);
      td_csv_add_text (text, spans[i].reason);
      td_csv_add_text (text, spans[i].queue);
      td_csv_end_row (text);
      if (text->len >= BUFFER && !write_out (text, stream, cancellable, error))
        return FALSE;
    }

  return write_out (text, stream, cancellable, error);
}
