/* td-own-days.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-own-days.h"

#include <string.h>

/* So that the 29th of February can be a day of every year. */
#define LEAP_YEAR 2024

#define YEARLY_LENGTH 5 /* "12-25" */
#define YEAR_LENGTH 5   /* "2026-" */

/**
 * td_own_days_new:
 *
 * Returns: (transfer full) (element-type utf8 utf8): no days
 */
GHashTable *
td_own_days_new (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

/**
 * td_own_days_copy:
 * @days: (element-type utf8 utf8): days
 *
 * Returns: (transfer full) (element-type utf8 utf8): the same
 */
GHashTable *
td_own_days_copy (GHashTable *days)
{
  GHashTable    *copy = td_own_days_new ();
  GHashTableIter iter;
  gpointer       date, name;

  g_return_val_if_fail (days != NULL, copy);

  g_hash_table_iter_init (&iter, days);
  while (g_hash_table_iter_next (&iter, &date, &name))
    g_hash_table_insert (copy, g_strdup (date), g_strdup (name));

  return copy;
}

gboolean
td_own_days_equal (GHashTable *a,
                   GHashTable *b)
{
  GHashTableIter iter;
  gpointer       date, name;

  g_return_val_if_fail (a != NULL && b != NULL, FALSE);

  if (g_hash_table_size (a) != g_hash_table_size (b))
    return FALSE;

  g_hash_table_iter_init (&iter, a);
  while (g_hash_table_iter_next (&iter, &date, &name))
    {
      if (g_strcmp0 (name, g_hash_table_lookup (b, date)) != 0)
        return FALSE;
    }

  return TRUE;
}

/* By the day of the year, then the year. */
static int
compare_dates (gconstpointer a,
               gconstpointer b,
               gpointer      user_data)
{
  const char *x = *(const char *const *)a;
  const char *y = *(const char *const *)b;
  int         order = strcmp (strlen (x) > YEARLY_LENGTH ? x + YEAR_LENGTH : x, strlen (y) > YEARLY_LENGTH ? y + YEAR_LENGTH : y);

  return order != 0 ? order : strcmp (x, y);
}

/**
 * td_own_days_list:
 * @days: (element-type utf8 utf8): days with sound dates
 *
 * Returns: (transfer full) (array zero-terminated=1): their dates, as a year has them
 */
char **
td_own_days_list (GHashTable *days)
{
  guint                n;
  g_autofree gpointer *dates = NULL;
  char               **list;

  g_return_val_if_fail (days != NULL, NULL);

  dates = g_hash_table_get_keys_as_array (days, &n);
  list = g_new0 (char *, n + 1);
  for (guint i = 0; i < n; i++)
    list[i] = g_strdup (dates[i]);
  g_qsort_with_data (list, (int)n, sizeof *list, compare_dates, NULL);

  return list;
}

/* @n_digits digits, and nothing else that sscanf() would take for a number. */
static gboolean
parse_digits (const char *text,
              guint       n_digits,
              guint      *value)
{
  *value = 0;
  for (guint i = 0; i < n_digits; i++)
    {
      if (!g_ascii_isdigit (text[i]))
        return FALSE;
      *value = *value * 10 + (guint)(text[i] - '0');
    }

  return TRUE;
}

/**
 * td_own_days_parse:
 * @date: what could be "2026-12-25", or "12-25" for every year
 * @year: (out): its year, or 0 for every year
 * @month: (out): 1…12
 * @day: (out): 1…31
 *
 * Returns: whether it is a day of the calendar
 */
gboolean
td_own_days_parse (const char *date,
                   guint      *year,
                   guint      *month,
                   guint      *day)
{
  gsize       length;
  const char *rest = date;

  g_return_val_if_fail (date != NULL, FALSE);

  *year = 0;
  length = strlen (date);
  if (length == YEAR_LENGTH + YEARLY_LENGTH)
    {
      if (!parse_digits (date, 4, year) || *year == 0 || date[4] != '-')
        return FALSE;
      rest = date + YEAR_LENGTH;
    }
  else if (length != YEARLY_LENGTH)
    {
      return FALSE;
    }

  return parse_digits (rest, 2, month) && rest[2] == '-' && parse_digits (rest + 3, 2, day) &&
         g_date_valid_dmy ((GDateDay)*day, (GDateMonth)*month, (GDateYear)(*year != 0 ? *year : LEAP_YEAR));
}

/**
 * td_own_days_format:
 * @year: its year, or 0 for every year
 * @month: 1…12
 * @day: 1…31
 *
 * Returns: (transfer full): the date as td_own_days_parse() reads it
 */
char *
td_own_days_format (guint year,
                    guint month,
                    guint day)
{
  return year != 0 ? g_strdup_printf ("%04u-%02u-%02u", year, month, day) : g_strdup_printf ("%02u-%02u", month, day);
}

/**
 * td_own_days_find:
 * @days: (element-type utf8 utf8): days
 * @from: the first date that is looked at, as of g_date_get_julian()
 * @to: the last one
 *
 * Returns: (transfer full): those of them that are from @from to @to, as
 *   td_holidays_describe() takes them: their number as of g_date_get_julian()
 *   (GUINT_TO_POINTER) to their names (utf8, owned)
 */
GHashTable *
td_own_days_find (GHashTable *days,
                  guint       from,
                  guint       to)
{
  GHashTable *found = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  GDate       date;

  g_return_val_if_fail (days != NULL, found);
  g_return_val_if_fail (g_date_valid_julian (from), found);

  g_date_clear (&date, 1);
  for (guint i = from; i <= to && g_hash_table_size (days) > 0; i++)
    {
      g_autofree char *text = NULL;
      const char      *name;

      g_date_set_julian (&date, i);
      text = td_own_days_format (g_date_get_year (&date), (guint)g_date_get_month (&date), g_date_get_day (&date));
      name = g_hash_table_lookup (days, text);
      if (name == NULL)
        name = g_hash_table_lookup (days, text + YEAR_LENGTH);
      if (name != NULL)
        g_hash_table_insert (found, GUINT_TO_POINTER (i), g_strdup (name));
    }

  return found;
}
