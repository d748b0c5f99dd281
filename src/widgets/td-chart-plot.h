/* td-chart-plot.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "td-rate-band.h"

G_BEGIN_DECLS

/**
 * TdChartPlot:
 * @x: left edge of the plot, px
 * @y: its upper edge
 * @width: its width
 * @height: its height
 * @top: value at the upper edge; the lower is 0
 * @n_minutes: minutes from the left edge to the right
 *
 * Where values are drawn. Plain functions that draw with cairo, each one layer
 * of a chart; values of a minute are drawn at its end, NAN breaks them.
 */
typedef struct
{
  double x;
  double y;
  double width;
  double height;
  double top;
  guint  n_minutes;
} TdChartPlot;

double td_chart_plot_get_x (const TdChartPlot *self,
                            double             minute);
double td_chart_plot_get_y (const TdChartPlot *self,
                            double             value);
void   td_chart_plot_line (const TdChartPlot *self,
                           cairo_t           *cr,
                           const double      *values,
                           guint              n_values);
void   td_chart_plot_area (const TdChartPlot *self,
                           cairo_t           *cr,
                           const double      *values,
                           guint              n_values);
void   td_chart_plot_bands (const TdChartPlot *self,
                            GtkWidget         *widget,
                            cairo_t           *cr,
                            const TdRateBand  *bands,
                            guint              n_bands);
void   td_chart_plot_forecast (const TdChartPlot *self,
                               GtkWidget         *widget,
                               cairo_t           *cr,
                               const TdRateBand  *bands,
                               guint              n_bands,
                               double             line_width);
void   td_chart_plot_outliers (const TdChartPlot *self,
                               cairo_t           *cr,
                               const double      *values,
                               guint              n_values,
                               const TdRateBand  *bands,
                               guint              n_bands);

G_END_DECLS
