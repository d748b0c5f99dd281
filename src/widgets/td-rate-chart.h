/* td-rate-chart.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "td-chart-navigator.h"
#include "td-rate-band.h"
#include "td-rate-mark.h"

G_BEGIN_DECLS

#define TD_TYPE_RATE_CHART (td_rate_chart_get_type ())

/**
 * TdRateChart:
 *
 * A day's rate of calls as a line, minute by minute, over the band of what is
 * normal, with the present moment marked, what is to come after it, and what a
 * person said of some hours. What was not observed is hatched and breaks the
 * line. The pointer shows the value of a minute, and so do the arrow keys; the
 * wheel, + and − zoom, a drag pans, a double click or 0 shows the whole day.
 * Charts that share a TdChartNavigator do so together.
 *
 * TdRateChart::minute-activated (gint64 time) is emitted on a click or Enter,
 * TdRateChart::mark-activated (gint64 id) on a click on a mark.
 */
G_DECLARE_FINAL_TYPE (TdRateChart, td_rate_chart, TD, RATE_CHART, GtkWidget)

GtkWidget *td_rate_chart_new (void);
void       td_rate_chart_set_navigator (TdRateChart      *self,
                                        TdChartNavigator *navigator);
void       td_rate_chart_set_day (TdRateChart *self,
                                  gint64       start,
                                  guint        n_minutes,
                                  GTimeZone   *zone);
void       td_rate_chart_set_name (TdRateChart *self,
                                   const char  *name);
void       td_rate_chart_set_rates (TdRateChart  *self,
                                    const double *rates,
                                    const double *observed,
                                    guint         n_rates);
void       td_rate_chart_set_now (TdRateChart *self,
                                  gint64       now,
                                  gint64       rate);
void       td_rate_chart_set_past (TdRateChart *self,
                                   gboolean     is_past);
void       td_rate_chart_set_title (TdRateChart *self,
                                    const char  *title);

void td_rate_chart_set_normal (TdRateChart      *self,
                               const TdRateBand *bands,
                               guint             n_bands);
void td_rate_chart_set_forecast (TdRateChart      *self,
                                 const TdRateBand *bands,
                                 guint             n_bands);
void td_rate_chart_set_marks (TdRateChart      *self,
                              const TdRateMark *marks,
                              guint             n_marks);
void td_rate_chart_set_overlay (TdRateChart  *self,
                                guint         index,
                                const double *rates,
                                guint         n_rates,
                                const char   *name,
                                guint         date);
void td_rate_chart_set_cumulative (TdRateChart *self,
                                   gboolean     cumulative);

double td_rate_chart_get_y_max (TdRateChart *self);
void   td_rate_chart_set_y_max (TdRateChart *self,
                                double       y_max);
void   td_rate_chart_export (TdRateChart *self,
                             const char  *stream,
                             GString     *csv);

G_END_DECLS
