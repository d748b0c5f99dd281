/* td-chart-csv.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-chart-csv.h"

#include <math.h>
#include <string.h>

/* Without it spreadsheets take the text for that of an old code page. */
#define BYTE_ORDER_MARK "\xef\xbb\xbf"

static void
add_text (GString    *csv,
          const char *text)
{
  /* A cell that begins so would be reckoned by a spreadsheet. */
  gboolean is_formula = *text != '\0' && strchr ("=+-@\t\r", *text) != NULL;

  if (!is_formula && strpbrk (text, ",\"\r\n") == NULL)
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

/* A number that is none is left empty. */
static void
add_number (GString *csv,
            double   number)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append_c (csv, ',');
  if (isfinite (number))
    g_string_append (csv, g_ascii_formatd (text, sizeof text, "%.10g", round (number * 100) / 100));
}

static void
add_band (GString          *csv,
          gboolean          is_known,
          const TdRateBand *band)
{
  const double edges[] = { band->mean, band->low80, band->high80, band->low95, band->high95 };

  for (guint i = 0; i < G_N_ELEMENTS (edges); i++)
    add_number (csv, is_known ? edges[i] : NAN);
}

/**
 * td_chart_csv_add_header:
 * @csv: an empty text
 * @data: what a chart shows: its past days name columns
 */
void
td_chart_csv_add_header (GString           *csv,
                         const TdChartData *data)
{
  g_string_append (csv, BYTE_ORDER_MARK
                   "stream,counted,time,calls,"
                   "normal,normal_low80,normal_high80,normal_low95,normal_high95,"
                   "forecast,forecast_low80,forecast_high80,forecast_low95,forecast_high95");
  for (guint i = 0; i < TD_CHART_OVERLAYS; i++)
    {
      GDate date;

      if (data->overlays[i].name == NULL || !g_date_valid_julian (data->overlays[i].date))
        continue;

      g_date_clear (&date, 1);
      g_date_set_julian (&date, data->overlays[i].date);
      g_string_append_printf (csv, ",calls_%04d-%02d-%02d", g_date_get_year (&date), (int)g_date_get_month (&date),
                              g_date_get_day (&date));
    }
  g_string_append (csv, "\r\n");
}

/**
 * td_chart_csv_add_rows:
 * @csv: a text with its header
 * @data: what a chart shows
 * @stream: what calls they are
 *
 * A row is of the minute that ends at its time.
 */
void
td_chart_csv_add_rows (GString           *csv,
                       const TdChartData *data,
                       const char        *stream)
{
  guint passed = td_chart_data_get_passed (data);

  g_return_if_fail (data->zone != NULL);

  for (guint i = 0; i < data->n_minutes; i++)
    {
      gint64 end = data->start + (gint64)(i + 1) * TD_CHART_MINUTE;
      g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (end / G_USEC_PER_SEC);
      g_autoptr (GDateTime) local = utc != NULL ? g_date_time_to_timezone (utc, data->zone) : NULL;
      g_autofree char *time = local != NULL ? g_date_time_format_iso8601 (local) : NULL;
      TdRateBand       band = { 0 };
      gboolean         is_known;

      if (time == NULL)
        continue;

      add_text (csv, stream);
      g_string_append (csv, data->cumulative ? ",day so far," : ",15 minutes,");
      g_string_append (csv, time);
      add_number (csv, i < passed ? td_chart_data_get_value (data, i) : NAN);
      is_known = td_chart_data_get_normal (data, i, &band);
      add_band (csv, is_known, &band);
      is_known = td_chart_data_get_forecast (data, i, &band);
      add_band (csv, is_known, &band);
      for (guint k = 0; k < TD_CHART_OVERLAYS; k++)
        {
          if (data->overlays[k].name != NULL && g_date_valid_julian (data->overlays[k].date))
            add_number (csv, i < data->overlays[k].n_values ? data->overlays[k].values[i] : NAN);
        }
      g_string_append (csv, "\r\n");
    }
}
