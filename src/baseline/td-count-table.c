/* td-count-table.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-count-table.h"

#include <glib/gi18n.h>
#include <math.h>

#include "td-count-rows-private.h"

#define DAY_MINUTES 1440

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
      const TdCountRow *row = &g_array_index (rows, TdCountRow, i);
      const TdCountRow *before = &g_array_index (rows, TdCountRow, i > 0 ? i - 1 : 0);

      first = MIN (first, row->minute);
      last = MAX (last, row->minute);
      if (i == 0 || before->julian != row->julian)
        n_days++;
      step = greatest_divisor (row->minute > before->minute ? row->minute - before->minute : before->minute - row->minute, step);
    }

  /* One row a day, always of the same time, are counts by the day. */
  if (step == 0 && first == last)
    step = DAY_MINUTES;

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
      const TdCountRow *row = &g_array_index (rows, TdCountRow, i);

      if (i > 0 && g_array_index (rows, TdCountRow, i - 1).julian != row->julian)
        day++;
      self->days[day] = td_calendar_day_new (row->julian);
      self->calls[(gsize)day * self->n_slots + (row->minute - first) / step] = row->calls;
    }

  return g_steal_pointer (&self);
}

/**
 * td_count_table_load:
 * @path: a UTF-8 CSV file with a header that names timestamp and calls
 * @error: return location; %G_IO_ERROR or %G_FILE_ERROR, with the file, the line and the column
 *
 * Returns: (transfer full) (nullable): its counts
 */
TdCountTable *
td_count_table_load (const char *path,
                     GError    **error)
{
  g_autoptr (GArray) rows = NULL;

  g_return_val_if_fail (path != NULL, NULL);

  rows = td_count_rows_load (path, error);

  return rows != NULL ? make_table (path, rows, error) : NULL;
}

static double
add_up (const double *calls,
        guint         n)
{
  double sum = 0;
  guint  n_observed = 0;

  for (guint i = 0; i < n; i++)
    {
      if (!isnan (calls[i]))
        {
          sum += calls[i];
          n_observed++;
        }
    }

  return n_observed * 2 >= n ? sum * n / n_observed : NAN;
}

/**
 * td_count_table_aggregate:
 * @self: a table
 * @slot_minutes: a multiple of its slots' length that divides a day
 *
 * A longer slot of which at least half was observed is taken to have gone on
 * as the half did; one of which less was observed was not observed.
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
  copy->calls = g_new (double, (gsize)self->n_days * copy->n_slots);
  for (guint d = 0; d < self->n_days; d++)
    {
      for (guint i = 0; i < copy->n_slots; i++)
        copy->calls[(gsize)d * copy->n_slots + i] = add_up (td_count_table_get_day (self, d) + i * factor, factor);
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
