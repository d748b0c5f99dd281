/* td-chart-axis.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-chart-axis.h"

#include <math.h>

#include "td-chart-paint.h"
#include "td-chart-scale.h"
#include "td-format.h"

/**
 * td_chart_frame_init:
 * @frame: (out caller-allocates): a frame
 * @widget: the chart
 * @data: what it shows
 * @view: which part of the day
 * @width: of the chart, pixels
 * @height: of the chart, pixels
 */
void
td_chart_frame_init (TdChartFrame      *frame,
                     GtkWidget         *widget,
                     const TdChartData *data,
                     const TdChartView *view,
                     int                width,
                     int                height)
{
  g_autoptr (PangoLayout) layout = NULL;
  g_autoptr (PangoLayout) label = NULL;
  g_autofree char *widest = NULL;
  double           max = MAX (td_chart_data_get_greatest (data, floor (view->from), ceil (view->to)), data->least_top);
  int              text_width;
  guint            n_ticks;

  layout = td_chart_paint_layout (widget, "0", FALSE, 1, NULL, &frame->text_height);
  frame->y = frame->text_height * 2;
  frame->height = MAX (height - frame->y - frame->text_height - 8 * td_chart_frame_get_line (frame), 1);
  frame->from = view->from;
  frame->to = view->to;
  frame->widget_width = width;

  n_ticks = CLAMP (frame->height / (frame->text_height * 3.2), 2, 6);
  /* The line keeps some air above its peak for the label of the moment. */
  frame->step = td_chart_scale_step (MAX (max * 1.04, 4), n_ticks);
  frame->top = ceil (MAX (max * 1.04, 4) / frame->step) * frame->step;

  widest = td_format_count (frame->top);
  label = td_chart_paint_layout (widget, widest, FALSE, 1, &text_width, NULL);
  frame->x = ceil (text_width + frame->text_height * 0.6);
  frame->width = MAX (floor (width - frame->x - frame->text_height * 1.2), 1);
}

double
td_chart_frame_get_x (const TdChartFrame *frame,
                      double              minute)
{
  return frame->x + frame->width * (minute - frame->from) / (frame->to - frame->from);
}

double
td_chart_frame_get_y (const TdChartFrame *frame,
                      double              value)
{
  return frame->y + frame->height * (1 - value / frame->top);
}

double
td_chart_frame_get_minute (const TdChartFrame *frame,
                           double              x)
{
  return frame->from + (x - frame->x) / frame->width * (frame->to - frame->from);
}

double
td_chart_frame_get_minute_of_time (const TdChartData *data,
                                   gint64             time)
{
  return (double)(time - data->start) / TD_CHART_MINUTE;
}

/**
 * td_chart_frame_get_line:
 * @frame: a frame
 *
 * Returns: how thick the thinnest line is: a pixel at the desk, more where the
 *   text is made for a screen that is read from afar
 */
double
td_chart_frame_get_line (const TdChartFrame *frame)
{
  return MAX (frame->text_height / 20, 1);
}

/**
 * td_chart_frame_get_range:
 * @frame: a frame
 * @n_values: how many values there are
 * @first: (out): the first to be drawn
 * @end: (out): the end of those to be drawn
 *
 * One more on either side, so that a line runs on to the edge.
 */
void
td_chart_frame_get_range (const TdChartFrame *frame,
                          guint               n_values,
                          guint              *first,
                          guint              *end)
{
  *end = MIN ((guint)ceil (frame->to) + 1, n_values);
  *first = MIN ((guint)MAX (floor (frame->from) - 2, 0), *end);
}

static void
draw_values (GtkWidget          *widget,
             cairo_t            *cr,
             const TdChartFrame *frame)
{
  double line = td_chart_frame_get_line (frame);

  for (double value = 0; value <= frame->top + frame->step / 2; value += frame->step)
    {
      double           y = round (td_chart_frame_get_y (frame, value));
      g_autofree char *text = td_format_count (value);
      g_autoptr (PangoLayout) layout = NULL;
      int width, height;

      td_chart_paint_colour (widget, cr, value > 0 ? "td_grid" : "td_axis", 1);
      cairo_rectangle (cr, frame->x, y - floor (line / 2), frame->width, line);
      cairo_fill (cr);
      layout = td_chart_paint_layout (widget, text, FALSE, 1, &width, &height);
      td_chart_paint_text (widget, cr, layout,
                           frame->x - frame->text_height * 0.5 - width, y - height / 2.0, "td_axis", FALSE);
    }
}

static void
draw_times (GtkWidget          *widget,
            cairo_t            *cr,
            const TdChartFrame *frame,
            const TdChartData  *data)
{
  double line = td_chart_frame_get_line (frame);
  guint  step = td_chart_scale_minutes (frame->to - frame->from, MAX (frame->width / (frame->text_height * 3.6), 2));

  for (guint minute = ceil (frame->from / step) * step; minute <= frame->to + 0.001; minute += step)
    {
      double           x = round (td_chart_frame_get_x (frame, minute));
      g_autofree char *text = td_chart_data_format_clock (data, minute);
      g_autoptr (PangoLayout) layout = NULL;
      int width, height;

      layout = td_chart_paint_layout (widget, text, FALSE, 1, &width, &height);
      td_chart_paint_colour (widget, cr, "td_axis", 1);
      cairo_rectangle (cr, x - floor (line / 2), frame->y + frame->height, line, 4 * line);
      cairo_fill (cr);
      td_chart_paint_text (widget, cr, layout,
                           CLAMP (x - width / 2.0, 0, frame->widget_width - width),
                           frame->y + frame->height + 5 * line, "td_axis", FALSE);
    }
}

/**
 * td_chart_axis_draw:
 * @widget: the chart
 * @cr: where to
 * @frame: its frame
 * @data: what it shows
 *
 * Draws the grid, the values and the times of day.
 */
void
td_chart_axis_draw (GtkWidget          *widget,
                    cairo_t            *cr,
                    const TdChartFrame *frame,
                    const TdChartData  *data)
{
  draw_values (widget, cr, frame);
  if (data->zone != NULL)
    draw_times (widget, cr, frame, data);
}
