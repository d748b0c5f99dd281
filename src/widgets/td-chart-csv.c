/* td-chart-csv.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-chart-csv.h"

#include <math.h>

#include "td-csv.h"

#define DECIMALS 2

static void
add_band (GString          *csv,
          gboolean          is_known,
          const TdRateBand *band)
{
  const double edges[] = { band->mean, band->low80, band->high80, band->low95, band->high95 };

  for (guint i = 0; i < G_N_ELEMENTS (edges); i++)
    td_csv_add_number (csv, is_known ? edges[i] : NAN, DECIMALS);
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
  g_string_append (csv, TD_CSV_BYTE_ORDER_MARK
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
  td_csv_end_row (csv);
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
      gint64     end = data->start + (gint64)(i + 1) * TD_CHART_MINUTE;
      TdRateBand band = { 0 };
      gboolean   is_known;

      td_csv_add_text (csv, stream);
      td_csv_add_text (csv, data->cumulative ? "day so far" : "15 minutes");
      td_csv_add_time (csv, end, data->zone);
      td_csv_add_number (csv, i < passed ? td_chart_data_get_value (data, i) : NAN, DECIMALS);
      is_known = td_chart_data_get_normal (data, i, &band);
      add_band (csv, is_known, &band);
      is_known = td_chart_data_get_forecast (data, i, &band);
      add_band (csv, is_known, &band);
      for (guint k = 0; k < TD_CHART_OVERLAYS; k++)
        {
          if (data->overlays[k].name != NULL && g_date_valid_julian (data->overlays[k].date))
            td_csv_add_number (csv, i < data->overlays[k].n_values ? data->overlays[k].values[i] : NAN, DECIMALS);
        }
      td_csv_end_row (csv);
    }
}
