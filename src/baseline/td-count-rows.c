/* td-count-rows.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-count-rows-private.h"

#include <glib/gi18n.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "td-count-table.h"

#define MAX_COLUMNS 64
#define MAX_SHOWN 40 /* bytes of a wrong field in the error */

/* Clocks are put back in the small hours, and by an hour at most. */
#define FOLD_END_MINUTE 300
#define FOLD_MINUTES 60

typedef struct
{
  const char *path;
  guint       line;
  int         timestamp; /* columns, from 0 */
  int         calls;
  guint       n_folds;
} Reader;

static void
set_field_error (const Reader *reader,
                 int           column,
                 const char   *field,
                 GError      **error)
{
  g_autofree char *valid = g_utf8_make_valid (field, (gssize)MIN (strlen (field), MAX_SHOWN));

  if (column == reader->timestamp)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                 _ ("%s:%u: column %d (timestamp): “%s” is not a time like 2003-03-03T07:05"),
                 reader->path, reader->line, column + 1, valid);
  else
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                 _ ("%s:%u: column %d (calls): “%s” is not a count of 0 to %.0f"),
                 reader->path, reader->line, column + 1, valid, TD_COUNT_TABLE_MAX_CALLS);
}

static gboolean
parse_number (const char **text,
              guint        n_digits,
              guint       *value)
{
  *value = 0;
  for (guint i = 0; i < n_digits; i++, (*text)++)
    {
      if (!g_ascii_isdigit (**text))
        return FALSE;
      *value = *value * 10 + (guint)(**text - '0');
    }

  return TRUE;
}

/* "Z", "+07:00", "+0700" or nothing. The clock time is the centre's own as it
 * is written; the offset only tells one time from the same an hour later. */
static gboolean
parse_offset (const char *c,
              int        *minutes)
{
  guint hour, minute = 0;
  int   sign = *c == '-' ? -1 : 1;

  *minutes = 0;
  if (*c == '\0' || strcmp (c, "Z") == 0)
    return TRUE;
  if (*c != '+' && *c != '-')
    return FALSE;

  c++;
  if (!parse_number (&c, 2, &hour))
    return FALSE;
  if (*c == ':')
    c++;
  if (*c != '\0' && !parse_number (&c, 2, &minute))
    return FALSE;

  *minutes = sign * (int)(hour * 60 + minute);

  return *c == '\0' && hour <= 14 && minute <= 59;
}

/* "2003-03-03T07:05", with a space for the T, with seconds or without; or the
 * day alone. */
static gboolean
parse_timestamp (const char *c,
                 TdCountRow *row)
{
  guint year, month, day, hour = 0, minute = 0, second = 0;
  GDate date;

  if (!parse_number (&c, 4, &year) || *c++ != '-' ||
      !parse_number (&c, 2, &month) || *c++ != '-' ||
      !parse_number (&c, 2, &day) ||
      !g_date_valid_dmy ((GDateDay)day, (GDateMonth)month, (GDateYear)year))
    return FALSE;

  if (*c == 'T' || *c == ' ')
    {
      c++;
      if (!parse_number (&c, 2, &hour) || *c++ != ':' || !parse_number (&c, 2, &minute))
        return FALSE;
      if (*c == ':' && (c++, !parse_number (&c, 2, &second)))
        return FALSE;
      if (*c == '.')
        c += 1 + strspn (c + 1, "0123456789");
    }
  if (hour > 23 || minute > 59 || second > 59 || !parse_offset (c, &row->fold))
    return FALSE;

  g_date_clear (&date, 1);
  g_date_set_dmy (&date, (GDateDay)day, (GDateMonth)month, (GDateYear)year);
  row->julian = g_date_get_julian (&date);
  row->minute = hour * 60 + minute;

  return TRUE;
}

/* An empty field is a slot that was not observed; NA is what R writes for it. */
static gboolean
parse_calls (const char *c,
             TdCountRow *row)
{
  char *end;

  if (*c == '\0' || strcmp (c, "NA") == 0)
    {
      row->calls = NAN;
      return TRUE;
    }
  row->calls = g_ascii_strtod (c, &end);

  return end != c && *end == '\0' && row->calls >= 0 && row->calls <= TD_COUNT_TABLE_MAX_CALLS;
}

/* Cuts a line at its commas, in place. Names of queues may stand in quotes,
 * with a comma in them. */
static int
split (char *line,
       char *fields[MAX_COLUMNS])
{
  int n = 0;

  while (line != NULL && n < MAX_COLUMNS)
    {
      char *field = line + strspn (line, " \t");
      char *end;

      if (*field == '"')
        {
          end = strchr (++field, '"');
          if (end == NULL)
            return 0;
          *end++ = '\0';
          end += strspn (end, " \t");
          if (*end != ',' && *end != '\0')
            return 0;
          line = *end == ',' ? end + 1 : NULL;
        }
      else
        {
          end = strchr (field, ',');
          line = end != NULL ? end + 1 : NULL;
          if (end != NULL)
            *end = '\0';
          g_strchomp (field);
        }
      fields[n++] = field;
    }

  return line == NULL ? n : 0;
}

/* The columns by the header's names, in any order, so that a table with more
 * of them will do. */
static gboolean
find_columns (Reader *reader,
              char   *line)
{
  char *names[MAX_COLUMNS];
  int   n = split (line, names);

  for (int i = 0; i < n; i++)
    {
      if (g_ascii_strcasecmp (names[i], "timestamp") == 0)
        reader->timestamp = i;
      else if (g_ascii_strcasecmp (names[i], "calls") == 0)
        reader->calls = i;
    }

  return reader->timestamp >= 0 && reader->calls >= 0;
}

static gboolean
parse_row (const Reader *reader,
           char         *line,
           TdCountRow   *row,
           GError      **error)
{
  char *fields[MAX_COLUMNS];
  int   n = split (line, fields);

  if (n <= MAX (reader->timestamp, reader->calls))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                   _ ("%s:%u: the row has no column %d"), reader->path, reader->line,
                   MAX (reader->timestamp, reader->calls) + 1);
      return FALSE;
    }
  if (!parse_timestamp (fields[reader->timestamp], row))
    {
      set_field_error (reader, reader->timestamp, fields[reader->timestamp], error);
      return FALSE;
    }
  if (!parse_calls (fields[reader->calls], row))
    {
      set_field_error (reader, reader->calls, fields[reader->calls], error);
      return FALSE;
    }
  row->line = reader->line;

  return TRUE;
}

/* A clock that is put back in the night says nothing of it where the times
 * have no offset: but they go back by less than the hour in an order of rows
 * that goes forward otherwise. */
static void
see_fold (Reader           *reader,
          const TdCountRow *before,
          TdCountRow       *row)
{
  if (row->julian != before->julian || row->minute >= FOLD_END_MINUTE)
    reader->n_folds = 0;
  else if (row->minute <= before->minute && row->fold == 0 && row->minute + FOLD_MINUTES > before->minute)
    reader->n_folds++;

  /* Two steps back are no clock's. */
  if (reader->n_folds == 1)
    row->fold += 1;
}

static int
compare_rows (const void *a,
              const void *b)
{
  const TdCountRow *x = a;
  const TdCountRow *y = b;

  if (x->julian != y->julian)
    return x->julian < y->julian ? -1 : 1;
  if (x->minute != y->minute)
    return x->minute < y->minute ? -1 : 1;
  if (x->fold != y->fold)
    return x->fold < y->fold ? -1 : 1;

  return (x->line > y->line) - (x->line < y->line);
}

/* Makes one slot of two that begin at one time of a clock that is put back. */
static gboolean
merge_folds (const Reader *reader,
             GArray       *rows,
             GError      **error)
{
  TdCountRow *row = (TdCountRow *)(void *)rows->data;
  guint       n = 0;

  for (guint i = 1; i < rows->len; i++)
    {
      TdCountRow *last = &row[n];

      if (row[i].julian != last->julian || row[i].minute != last->minute)
        {
          row[++n] = row[i];
          continue;
        }
      if (row[i].fold == last->fold)
        {
          g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                       _ ("%s:%u: the slot of %02u:%02u is there twice, first in line %u"), reader->path,
                       MAX (row[i].line, last->line), row[i].minute / 60, row[i].minute % 60, MIN (row[i].line, last->line));
          return FALSE;
        }

      last->fold = row[i].fold;
      if (isnan (last->calls))
        last->calls = row[i].calls;
      else if (!isnan (row[i].calls))
        last->calls = (last->calls + row[i].calls) / 2;
    }
  g_array_set_size (rows, n + 1);

  return TRUE;
}

static gboolean
parse_text (Reader  *reader,
            char    *text,
            GArray  *rows,
            GError **error)
{
  char *next;

  if (g_str_has_prefix (text, "\xef\xbb\xbf"))
    text += 3;

  for (char *line = text; line != NULL; line = next)
    {
      TdCountRow row;

      reader->line++;
      next = strchr (line, '\n');
      if (next != NULL)
        *next++ = '\0';
      g_strchomp (line);
      if (*line == '\0')
        continue;

      if (reader->timestamp < 0)
        {
          if (!find_columns (reader, line))
            {
              g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                           _ ("%s:%u: the header must name the columns timestamp and calls"), reader->path, reader->line);
              return FALSE;
            }
          continue;
        }

      if (!parse_row (reader, line, &row, error))
        return FALSE;
      if (rows->len > 0)
        see_fold (reader, &g_array_index (rows, TdCountRow, rows->len - 1), &row);
      g_array_append_val (rows, row);
    }

  return TRUE;
}

/**
 * td_count_rows_load:
 * @path: a UTF-8 CSV file with a header that names timestamp and calls
 * @error: return location; %G_IO_ERROR or %G_FILE_ERROR, with the file, the line and the column
 *
 * Returns: (transfer full) (nullable) (element-type TdCountRow): its rows, at
 *   least one, by time, no two of one time
 */
GArray *
td_count_rows_load (const char *path,
                    GError    **error)
{
  Reader           reader = { .path = path, .timestamp = -1, .calls = -1 };
  g_autofree char *text = NULL;
  g_autoptr (GArray) rows = NULL;
  gsize length;

  g_return_val_if_fail (path != NULL, NULL);

  if (!g_file_get_contents (path, &text, &length, error))
    return NULL;
  if (length > TD_COUNT_TABLE_MAX_BYTES || memchr (text, '\0', length) != NULL)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, _ ("%s: not a text of at most %d MiB"), path,
                   TD_COUNT_TABLE_MAX_BYTES / (1024 * 1024));
      return NULL;
    }

  rows = g_array_new (FALSE, FALSE, sizeof (TdCountRow));
  if (!parse_text (&reader, text, rows, error))
    return NULL;
  if (rows->len == 0)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, _ ("%s: there are no counts in it"), path);
      return NULL;
    }

  qsort (rows->data, rows->len, sizeof (TdCountRow), compare_rows);
  if (!merge_folds (&reader, rows, error))
    return NULL;

  return g_steal_pointer (&rows);
}
