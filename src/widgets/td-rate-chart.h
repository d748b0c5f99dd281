/* td-rate-chart.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define TD_TYPE_RATE_CHART (td_rate_chart_get_type ())

/**
 * TdRateChart:
 *
 * A day's rate of calls as a line, minute by minute, with the present moment
 * marked. What was not observed is hatched and breaks the line. The pointer
 * shows the value of a minute.
 */
G_DECLARE_FINAL_TYPE (TdRateChart, td_rate_chart, TD, RATE_CHART, GtkWidget)

GtkWidget *td_rate_chart_new (void);
void       td_rate_chart_set_day (TdRateChart *self,
                                  gint64       start,
                                  guint        n_minutes,
                                  GTimeZone   *zone);
void       td_rate_chart_set_rates (TdRateChart  *self,
                                    const double *rates,
                                    const double *observed,
                                    guint         n_rates);
void       td_rate_chart_set_now (TdRateChart *self,
                                  gint64       now,
                                  gint64       rate);
void       td_rate_chart_set_title (TdRateChart *self,
                                    const char  *title);

G_END_DECLS
