/* td-chart-data.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "td-rate-band.h"
#include "td-rate-mark.h"

G_BEGIN_DECLS

#define TD_CHART_MINUTE (G_GINT64_CONSTANT (60) * G_USEC_PER_SEC)
#define TD_CHART_OVERLAYS 4

/**
 * TdChartOverlay:
 * @values: (owned) (nullable): as the rates of today
 * @n_values: how many
 * @name: (owned) (nullable): what it is called in the legend; %NULL for no day
 * @date: as of g_date_get_julian()
 *
 * A past day, drawn thin.
 */
typedef struct
{
  double *values;
  guint   n_values;
  char   *name;
  guint   date;
} TdChartOverlay;

/**
 * TdChartData:
 * @values: (owned): a value for each minute, at the minute's end; NAN where unknown
 * @observed: (owned): calls in the minute, NAN where it was not observed
 * @n_values: minutes that have passed
 * @n_minutes: length of the day
 * @start: when the day began, µs since 1970
 * @now: µs since 1970, or %TD_UNKNOWN
 * @current: the value at @now, or %TD_UNKNOWN
 * @zone: (owned) (nullable): the centre's zone
 * @name: (owned) (nullable): what the day is called in the legend; %NULL for today
 * @normal: (owned): what was normal for each minute
 * @forecast: (owned): what is to be expected of each minute
 * @marks: (owned): with their texts
 * @overlays: past days
 * @cumulative: the values are calls since midnight, not of 15 minutes
 * @is_past: @now is a moment of the past that is looked back at
 * @least_top: the least greatest value of the scale, for charts side by side; 0 for none
 *
 * What a chart shows. Belongs to one thread. The setters copy what they are
 * given and return whether it is anything new.
 */
typedef struct
{
  double        *values;
  double        *observed;
  guint          n_values;
  guint          n_minutes;
  gint64         start;
  gint64         now;
  gint64         current;
  GTimeZone     *zone;
  char          *name;
  TdRateBand    *normal;
  guint          n_normal;
  TdRateBand    *forecast;
  guint          n_forecast;
  TdRateMark    *marks;
  guint          n_marks;
  TdChartOverlay overlays[TD_CHART_OVERLAYS];
  gboolean       cumulative;
  gboolean       is_past;
  double         least_top;
} TdChartData;

void td_chart_data_init (TdChartData *data);
void td_chart_data_clear (TdChartData *data);

gboolean td_chart_data_set_day (TdChartData *data,
                                gint64       start,
                                guint        n_minutes,
                                GTimeZone   *zone);
gboolean td_chart_data_set_name (TdChartData *data,
                                 const char  *name);
gboolean td_chart_data_set_values (TdChartData  *data,
                                   const double *values,
                                   const double *observed,
                                   guint         n_values);
gboolean td_chart_data_set_normal (TdChartData      *data,
                                   const TdRateBand *bands,
                                   guint             n_bands);
gboolean td_chart_data_set_forecast (TdChartData      *data,
                                     const TdRateBand *bands,
                                     guint             n_bands);
gboolean td_chart_data_set_marks (TdChartData      *data,
                                  const TdRateMark *marks,
                                  guint             n_marks);
gboolean td_chart_data_set_overlay (TdChartData  *data,
                                    guint         index,
                                    const double *values,
                                    guint         n_values,
                                    const char   *name,
                                    guint         date);
double   td_chart_overlay_get_alpha (guint index);

guint    td_chart_data_get_passed (const TdChartData *data);
gboolean td_chart_data_has_now (const TdChartData *data);
double   td_chart_data_get_value (const TdChartData *data,
                                  guint              minute);
gboolean td_chart_data_get_normal (const TdChartData *data,
                                   guint              minute,
                                   TdRateBand        *band);
gboolean td_chart_data_get_forecast (const TdChartData *data,
                                     guint              minute,
                                     TdRateBand        *band);
gboolean td_chart_data_has_normal (const TdChartData *data);
double   td_chart_data_get_newest (const TdChartData *data);
double   td_chart_data_get_excess (const TdChartData *data,
                                   guint              minute,
                                   double             value);
double   td_chart_data_get_greatest (const TdChartData *data,
                                     guint              from,
                                     guint              to);
gboolean td_chart_data_find_gap (const TdChartData *data,
                                 guint             *from,
                                 guint             *to);
char    *td_chart_data_format_clock (const TdChartData *data,
                                     guint              minute);

G_END_DECLS
