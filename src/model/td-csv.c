/* td-csv.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-csv.h"

#include <math.h>
#include <string.h>

#include "td-time.h"

#define GUARDED "=+-@\t\r"
#define MAX_DECIMALS 9

/* The first cell of a row has nothing before it. */
static void
begin_cell (GString *csv)
{
  if (csv->len > 0 && csv->str[csv->len - 1] != '\n' && !g_str_equal (csv->str, TD_CSV_BYTE_ORDER_MARK))
    g_string_append_c (csv, ',');
}

/**
 * td_csv_add_text:
 * @csv: rows
 * @text: (nullable): the cell
 */
void
td_csv_add_text (GString    *csv,
                 const char *text)
{
  gboolean is_formula;

  g_return_if_fail (csv != NULL);

  begin_cell (csv);
  if (text == NULL)
    return;

  is_formula = *text != '\0' && strchr (GUARDED, *text) != NULL;
  if (!is_formula && strpbrk (text, ",;\"\r\n") == NULL)
    {
      g_string_append (csv, text);
      return;
    }

  g_string_append_c (csv, '"');
  if (is_formula)
    g_string_append_c (csv, '\'');
  for (; *text != '\0'; text++)
    {
      if (*text == '"')
        g_string_append_c (csv, '"');
      g_string_append_c (csv, *text);
    }
  g_string_append_c (csv, '"');
}

/**
 * td_csv_add_integer:
 * @csv: rows
 * @value: a number, or %TD_UNKNOWN
 */
void
td_csv_add_integer (GString *csv,
                    gint64   value)
{
  g_return_if_fail (csv != NULL);

  begin_cell (csv);
  if (TD_IS_KNOWN (value))
    g_string_append_printf (csv, "%" G_GINT64_FORMAT, value);
}

/**
 * td_csv_add_number:
 * @csv: rows
 * @value: a number; one that is none is left empty
 * @decimals: how many digits after the point it is rounded to; zeros at its end are left out
 */
void
td_csv_add_number (GString *csv,
                   double   value,
                   guint    decimals)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  g_return_if_fail (csv != NULL);
  g_return_if_fail (decimals <= MAX_DECIMALS);

  begin_cell (csv);
  if (isfinite (value))
    g_string_append (csv, g_ascii_formatd (text, sizeof text, "%.12g", round (value * pow (10, decimals)) / pow (10, decimals)));
}

/**
 * td_csv_add_seconds:
 * @csv: rows
 * @ms: milliseconds, or %TD_UNKNOWN
 */
void
td_csv_add_seconds (GString *csv,
                    gint64   ms)
{
  g_return_if_fail (csv != NULL);

  if (!TD_IS_KNOWN (ms) || ms % 1000 == 0)
    {
      td_csv_add_integer (csv, TD_IS_KNOWN (ms) ? ms / 1000 : TD_UNKNOWN);
      return;
    }

  begin_cell (csv);
  g_string_append_printf (csv, "%" G_GINT64_FORMAT ".%03d", ms / 1000, (int)(ms % 1000));
}

/**
 * td_csv_add_time:
 * @csv: rows
 * @time: µs since 1970, or %TD_UNKNOWN
 * @zone: that it is written in
 */
void
td_csv_add_time (GString   *csv,
                 gint64     time,
                 GTimeZone *zone)
{
  g_autofree char *text = TD_IS_KNOWN (time) ? td_time_format (time, zone) : NULL;

  td_csv_add_text (csv, text);
}

void
td_csv_end_row (GString *csv)
{
  g_return_if_fail (csv != NULL);

  g_string_append (csv, "\r\n");
}

/**
 * td_csv_unguard:
 * @cell: a cell that was read
 *
 * Returns: (transfer none): the text that td_csv_add_text() was given
 */
const char *
td_csv_unguard (const char *cell)
{
  g_return_val_if_fail (cell != NULL, NULL);

  return cell[0] == '\'' && cell[1] != '\0' && strchr (GUARDED, cell[1]) != NULL ? cell + 1 : cell;
}
