/* td-count-table.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-count-table.h"

#include <glib/gi18n.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define DAY_MINUTES 1440

typedef struct
{
  guint  julian;
  guint  minute;
  double calls;
} Row;

/**
 * td_count_table_free:
 * @self: (nullable): a table
 */
void
td_count_table_free (TdCountTable *self)
{
  if (self == NULL)
    return;

  g_free (self->days);
  g_free (self->calls);
  g_free (self);
}

/**
 * td_count_table_get_day:
 * @self: a table
 * @index: which of its days
 *
 * Returns: (array): the counts of that day, NAN where there is none
 */
const double *
td_count_table_get_day (const TdCountTable *self,
                        guint               index)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (index < self->n_days, NULL);

  return self->calls + (gsize)index * self->n_slots;
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

/* "2003-03-03T07:05", with a space for the T, with seconds or without. The
 * times are the centre's own; an offset would say that they are not. */
static gboolean
parse_row (const char *line,
           Row        *row)
{
  const char *c = line;
  guint       year, month, day, hour, minute, second = 0;
  GDate       date;
  char       *end;

  if (!parse_number (&c, 4, &year) || *c++ != '-' ||
      !parse_number (&c, 2, &month) || *c++ != '-' ||
      !parse_number (&c, 2, &day) || (*c != 'T' && *c != ' ') ||
      (c++, !parse_number (&c, 2, &hour)) || *c++ != ':' ||
      !parse_number (&c, 2, &minute))
    return FALSE;
  if (*c == ':' && (c++, !parse_number (&c, 2, &second)))
    return FALSE;
  if (*c++ != ',' || hour > 23 || minute > 59 || second > 59 ||
      !g_date_valid_dmy ((GDateDay)day, (GDateMonth)month, (GDateYear)year))
    return FALSE;

  g_date_clear (&date, 1);
  g_date_set_dmy (&date, (GDateDay)day, (GDateMonth)month, (GDateYear)year);
  row->julian = g_date_get_julian (&date);
  row->minute = hour * 60 + minute;

  /* An empty field is a slot that was not observed. */
  if (*c == '\0')
    {
      row->calls = NAN;
      return TRUE;
    }
  row->calls = g_ascii_strtod (c, &end);

  return end != c && *end == '\0' && row->calls >= 0 && row->calls <= TD_COUNT_TABLE_MAX_CALLS;
}

static int
compare_rows (const void *a,
              const void *b)
{
  const Row *x = a;
  const Row *y = b;

  if (x->julian != y->julian)
    return x->julian < y->julian ? -1 : 1;

  return (x->minute > y->minute) - (x->minute < y->minute);
}

/* The columns by the header's names, in any order, so that a table with more
 * of them will do: only the two that are known to the parser are kept. */
static gboolean
find_columns (const char *header,
              int        *timestamp,
              int        *calls)
{
  g_auto (GStrv) names = g_strsplit (header, ",", 64);

  *timestamp = *calls = -1;
  for (int i = 0; names[i] != NULL; i++)
    {
      g_strstrip (names[i]);
      if (strcmp (names[i], "timestamp") == 0)
        *timestamp = i;
      else if (strcmp (names[i], "calls") == 0)
        *calls = i;
    }

  return *timestamp >= 0 && *calls >= 0;
}

static GArray *
parse_rows (const char *path,
            char       *text,
            GError    **error)
{
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (Row));
  int   timestamp = -1, calls = -1;
  guint n_line = 0;
  char *next;

  if (g_str_has_prefix (text, "\xef\xbb\xbf"))
    text += 3;

  for (char *line = text; line != NULL; line = next)
    {
      g_autofree char *plain = NULL;
      Row              row;

      n_line++;
      next = strchr (line, '\n');
      if (next != NULL)
        *next++ = '\0';
      g_strchomp (line);
      if (*line == '\0')
        continue;

      if (timestamp < 0)
        {
          if (!find_columns (line, &timestamp, &calls))
            {
              g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                           _ ("%s:%u: the header must name the columns timestamp and calls"), path, n_line);
              return NULL;
            }
          continue;
        }

      if (timestamp == 0 && calls == 1 && strchr (strchr (line, ',') != NULL ? strchr (line, ',') + 1 : line, ',') == NULL)
        plain = g_strdup (line);
      else
        {
          g_auto (GStrv) fields = g_strsplit (line, ",", 64);
          int n_fields = (int)g_strv_length (fields);

          if (timestamp < n_fields && calls < n_fields)
            plain = g_strdup_printf ("%s,%s", g_strstrip (fields[timestamp]), g_strstrip (fields[calls]));
        }

      if (plain == NULL || !parse_row (plain, &row))
        {
          g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                       _ ("%s:%u: not a timestamp (2003-03-03T07:05) and a count"), path, n_line);
          return NULL;
        }
      g_array_append_val (rows, row);
    }

  if (rows->len == 0)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, _ ("%s: there are no counts in it"), path);
      return NULL;
    }

  qsort (rows->data, rows->len, sizeof (Row), compare_rows);

  return g_steal_pointer (&rows);
}

static guint
greatest_divisor (guint a,
                  guint b)
{
  while (b != 0)
    {
      guint rest = a % b;

      a = b;
      b = rest;
    }

  return a;
}

static TdCountTable *
make_table (const char *path,
            GArray     *rows,
            GError    **error)
{
  g_autoptr (TdCountTable) self = g_new0 (TdCountTable, 1);
  guint step = 0, first = DAY_MINUTES, last = 0, n_days = 0, day = 0;

  for (guint i = 0; i < rows->len; i++)
    {
      const Row *row = &g_array_index (rows, Row, i);
      const Row *before = i > 0 ? &g_array_index (rows, Row, i - 1) : NULL;

      first = MIN (first, row->minute);
      last = MAX (last, row->minute);
      if (before == NULL || before->julian != row->julian)
        n_days++;
      else if (before->minute == row->minute)
        {
          g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                       _ ("%s: %02u:%02u of one day is there twice"), path, row->minute / 60, row->minute % 60);
          return NULL;
        }
      else
        step = greatest_divisor (row->minute - before->minute, step);
    }

  if (step == 0 || DAY_MINUTES % step != 0 || n_days > TD_COUNT_TABLE_MAX_DAYS)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                   n_days > TD_COUNT_TABLE_MAX_DAYS ? _ ("%s: too many days") : _ ("%s: its slots have no one length that divides a day"),
                   path);
      return NULL;
    }

  self->slot_minutes = step;
  self->first_minute = first;
  self->n_slots = (last - first) / step + 1;
  self->n_days = n_days;
  self->days = g_new0 (TdCalendarDay, n_days);
  self->calls = g_new (double, (gsize)n_days * self->n_slots);
  for (gsize i = 0; i < (gsize)n_days * self->n_slots; i++)
    self->calls[i] = NAN;

  for (guint i = 0; i < rows->len; i++)
    {
      const Row *row = &g_array_index (rows, Row, i);

      if (i > 0 && g_array_index (rows, Row, i - 1).julian != row->julian)
        day++;
      self->days[day] = td_calendar_day_new (row->julian);
      self->calls[(gsize)day * self->n_slots + (row->minute - first) / step] = row->calls;
    }

  return g_steal_pointer (&self);
}

/**
 * td_count_table_load:
 * @path: a UTF-8 CSV file with a header that names timestamp and calls
 * @error: return location; %G_IO_ERROR or %G_FILE_ERROR, with the file and the line
 *
 * Returns: (transfer full) (nullable): its counts
 */
TdCountTable *
td_count_table_load (const char *path,
                     GError    **error)
{
  g_autofree char *text = NULL;
  gsize            length;
  g_autoptr (GArray) rows = NULL;

  g_return_val_if_fail (path != NULL, NULL);

  if (!g_file_get_contents (path, &text, &length, error))
    return NULL;
  if (length > TD_COUNT_TABLE_MAX_BYTES || memchr (text, '\0', length) != NULL)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, _ ("%s: not a text of at most %d MiB"), path,
                   TD_COUNT_TABLE_MAX_BYTES / (1024 * 1024));
      return NULL;
    }

  rows = parse_rows (path, text, error);

  return rows != NULL ? make_table (path, rows, error) : NULL;
}

/**
 * td_count_table_aggregate:
 * @self: a table
 * @slot_minutes: a multiple of its slots' length that divides a day
 *
 * Returns: (transfer full): the same counts in longer slots; what is left over
 *   at the end of the day is left out
 */
TdCountTable *
td_count_table_aggregate (const TdCountTable *self,
                          guint               slot_minutes)
{
  TdCountTable *copy;
  guint         factor;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (slot_minutes > 0 && slot_minutes % self->slot_minutes == 0, NULL);

  factor = slot_minutes / self->slot_minutes;
  copy = g_new0 (TdCountTable, 1);
  *copy = *self;
  copy->slot_minutes = slot_minutes;
  copy->n_slots = self->n_slots / factor;
  copy->days = g_memdup2 (self->days, self->n_days * sizeof (TdCalendarDay));
  copy->calls = g_new0 (double, (gsize)self->n_days * copy->n_slots + 1);
  for (guint d = 0; d < self->n_days; d++)
    {
      for (guint i = 0; i < copy->n_slots * factor; i++)
        copy->calls[(gsize)d * copy->n_slots + i / factor] += self->calls[(gsize)d * self->n_slots + i];
    }

  return copy;
}

/* Whether the line is open on that day of the week, going by the eight weeks before. */
static gboolean
is_open (const TdCountTable *self,
         guint               before,
         guint               weekday,
         guint               julian)
{
  guint n_open = 0, n_weeks;

  for (guint i = before; i-- > 0 && self->days[i].julian + 56 >= julian;)
    n_open += self->days[i].weekday == weekday ? 1 : 0;

  n_weeks = (MIN (julian - self->days[0].julian, 56) + 6) / 7;

  return n_open * 2 >= MAX (n_weeks, 1);
}

/**
 * td_count_table_mark_days:
 * @self: a table
 * @holidays: (nullable): set of julian days that are known to be unlike others
 *
 * Marks the holidays, and the days that follow a day on which the line should
 * have been open and was not. Looks back only.
 */
void
td_count_table_mark_days (TdCountTable *self,
                          GHashTable   *holidays)
{
  g_return_if_fail (self != NULL);

  for (guint i = 0; i < self->n_days; i++)
    {
      TdCalendarDay *day = &self->days[i];

      day->holiday = holidays != NULL && g_hash_table_contains (holidays, GUINT_TO_POINTER (day->julian));
      day->reopen = FALSE;
      for (guint j = i > 0 ? self->days[i - 1].julian + 1 : day->julian; j < day->julian && !day->reopen; j++)
        day->reopen = is_open (self, i, td_calendar_day_new (j).weekday, j);
    }
}
