/* td-chart-lines.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-chart-axis.h"

G_BEGIN_DECLS

/* The layers of a chart that change once a minute, in the order in which they
 * lie over one another. Each is clipped to the plot by its caller, and
 * decimated to its pixels. */

void td_chart_bands_draw (GtkWidget          *widget,
                          cairo_t            *cr,
                          const TdChartFrame *frame,
                          const TdChartData  *data);
void td_chart_bands_draw_normal (GtkWidget          *widget,
                                 cairo_t            *cr,
                                 const TdChartFrame *frame,
                                 const TdRateBand   *bands,
                                 guint               n_bands);
void td_chart_gaps_draw (GtkWidget          *widget,
                         cairo_t            *cr,
                         const TdChartFrame *frame,
                         const TdChartData  *data);
void td_chart_lines_draw (GtkWidget          *widget,
                          cairo_t            *cr,
                          const TdChartFrame *frame,
                          const TdChartData  *data);
void td_chart_lines_draw_normal (GtkWidget          *widget,
                                 cairo_t            *cr,
                                 const TdChartFrame *frame,
                                 const TdRateBand   *bands,
                                 guint               n_bands);

guint td_chart_lines_count_hits (const TdChartFrame *frame,
                                 const TdChartData  *data,
                                 double              x,
                                 double              y,
                                 double              width,
                                 double              height);

G_END_DECLS
