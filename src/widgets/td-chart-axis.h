/* td-chart-axis.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "td-chart-data.h"
#include "td-chart-view.h"

G_BEGIN_DECLS

/**
 * TdChartFrame:
 * @x: left edge of the plot, pixels
 * @y: upper edge of the plot
 * @width: of the plot
 * @height: of the plot
 * @from: the minute at its left edge
 * @to: the minute at its right edge
 * @step: value between two lines of the grid
 * @top: value at its upper edge
 * @widget_width: of the whole chart
 * @text_height: of a line of text
 *
 * Where in a chart its plot lies, and what it shows.
 */
typedef struct
{
  double x;
  double y;
  double width;
  double height;
  double from;
  double to;
  double step;
  double top;
  int    widget_width;
  int    text_height;
} TdChartFrame;

void   td_chart_frame_init (TdChartFrame      *frame,
                            GtkWidget         *widget,
                            const TdChartData *data,
                            const TdChartView *view,
                            int                width,
                            int                height);
double td_chart_frame_get_x (const TdChartFrame *frame,
                             double              minute);
double td_chart_frame_get_y (const TdChartFrame *frame,
                             double              value);
double td_chart_frame_get_minute (const TdChartFrame *frame,
                                  double              x);
double td_chart_frame_get_minute_of_time (const TdChartData *data,
                                          gint64             time);
double td_chart_frame_get_line (const TdChartFrame *frame);
void   td_chart_frame_get_range (const TdChartFrame *frame,
                                 guint               n_values,
                                 guint              *first,
                                 guint              *end);

void td_chart_axis_draw (GtkWidget          *widget,
                         cairo_t            *cr,
                         const TdChartFrame *frame,
                         const TdChartData  *data);

G_END_DECLS
