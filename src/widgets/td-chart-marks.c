/* td-chart-marks.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-chart-marks.h"

#include <math.h>

#include "td-chart-paint.h"
#include "td-types.h"

#define ROWS 3

static const char *
get_colour (TdRateMarkKind kind)
{
  switch (kind)
    {
    case TD_RATE_MARK_TEST:
    case TD_RATE_MARK_REGIME:
      return "td_axis";
    case TD_RATE_MARK_INCIDENT:
    case TD_RATE_MARK_OWN_FAULT:
    default:
      return "td_red_text";
    }
}

static gboolean
is_shown (const TdChartFrame *frame,
          const TdChartData  *data,
          const TdRateMark   *mark)
{
  double minute = td_chart_frame_get_minute_of_time (data, mark->from);

  return minute >= frame->from && minute <= frame->to;
}

static void
draw_span (GtkWidget          *widget,
           cairo_t            *cr,
           const TdChartFrame *frame,
           const TdChartData  *data,
           const TdRateMark   *mark)
{
  gint64 end = TD_IS_KNOWN (mark->to) ? mark->to : data->now;
  double x = MAX (td_chart_frame_get_x (frame, td_chart_frame_get_minute_of_time (data, mark->from)), frame->x);
  double to = MIN (td_chart_frame_get_x (frame, td_chart_frame_get_minute_of_time (data, end)), frame->x + frame->width);

  if (mark->kind == TD_RATE_MARK_REGIME || to <= x)
    return;

  td_chart_paint_colour (widget, cr, get_colour (mark->kind), 0.08);
  cairo_rectangle (cr, x, frame->y, to - x, frame->height);
  cairo_fill (cr);
}

/* Beside its line, in the first row in which nothing else stands. */
static void
draw_label (GtkWidget          *widget,
            cairo_t            *cr,
            const TdChartFrame *frame,
            const char         *text,
            const char         *colour,
            double              x,
            GArray             *taken)
{
  g_autoptr (PangoLayout) layout = NULL;
  double gap = 12 * td_chart_frame_get_line (frame);
  int    width, height;

  layout = td_chart_paint_layout (widget, text, TRUE, 0.95, &width, &height);
  if (width > frame->width * 0.45)
    {
      width = frame->width * 0.45;
      pango_layout_set_width (layout, width * PANGO_SCALE);
      pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_MIDDLE);
    }

  for (guint try = 0; try < 2 * ROWS; try++)
    {
      gboolean     is_left = try % 2 == 0;
      GdkRectangle rect = { is_left ? x - width - gap : x + gap, frame->y + 2 + (int)(try / 2) * (height + 3), width, height };
      gboolean     is_free = rect.x >= frame->x + 2 && rect.x + width <= frame->x + frame->width;

      for (guint i = 0; is_free && i < taken->len; i++)
        is_free = !gdk_rectangle_intersect (&rect, &g_array_index (taken, GdkRectangle, i), NULL);
      if (!is_free)
        continue;

      td_chart_paint_text (widget, cr, layout, rect.x, rect.y, colour, TRUE);
      g_array_append_val (taken, rect);
      return;
    }
}

/**
 * td_chart_marks_draw:
 * @widget: the chart
 * @cr: where to
 * @frame: its frame
 * @data: what it shows
 * @labels: (element-type GdkRectangle): gets where texts stand, and where none
 *   may
 *
 * Draws each mark as a pinned, dashed line with its text where there is room,
 * and shades its hours.
 */
void
td_chart_marks_draw (GtkWidget          *widget,
                     cairo_t            *cr,
                     const TdChartFrame *frame,
                     const TdChartData  *data,
                     GArray             *labels)
{
  double       line = td_chart_frame_get_line (frame);
  const double dashes[] = { 4 * line, 3 * line };
  double       now = td_chart_frame_get_x (frame, td_chart_frame_get_minute_of_time (data, data->now));
  GdkRectangle line_of_now;

  /* No text runs over the line of the present moment. */
  line_of_now = (GdkRectangle){ CLAMP (now, -10, frame->widget_width + 10) - 2 * line, frame->y, 5 * line, frame->height };
  g_array_append_val (labels, line_of_now);

  for (guint i = 0; i < data->n_marks; i++)
    draw_span (widget, cr, frame, data, &data->marks[i]);

  for (guint i = 0; i < data->n_marks; i++)
    {
      const TdRateMark *mark = &data->marks[i];
      const char       *colour = get_colour (mark->kind);
      double            x = round (td_chart_frame_get_x (frame, td_chart_frame_get_minute_of_time (data, mark->from)));
      g_autofree char  *clock = NULL;
      g_autofree char  *text = NULL;

      if (!is_shown (frame, data, mark))
        continue;

      td_chart_paint_colour (widget, cr, colour, 1);
      cairo_set_line_width (cr, 1.5 * line);
      cairo_set_dash (cr, dashes, G_N_ELEMENTS (dashes), 0);
      cairo_move_to (cr, x + 0.5, frame->y);
      cairo_line_to (cr, x + 0.5, frame->y + frame->height);
      cairo_stroke (cr);
      cairo_set_dash (cr, NULL, 0, 0);

      /* The head of the pin. */
      cairo_move_to (cr, x - 5 * line, frame->y);
      cairo_line_to (cr, x + 6 * line, frame->y);
      cairo_line_to (cr, x + 3 * line, frame->y + 5 * line);
      cairo_line_to (cr, x + 6 * line, frame->y + 10 * line);
      cairo_line_to (cr, x - 5 * line, frame->y + 10 * line);
      cairo_line_to (cr, x - 2 * line, frame->y + 5 * line);
      cairo_close_path (cr);
      cairo_fill (cr);

      clock = td_chart_data_format_clock (data, td_chart_frame_get_minute_of_time (data, mark->from));
      text = mark->text != NULL && *mark->text != '\0' ? g_strdup_printf ("%s %s", mark->text, clock) : g_strdup (clock);
      draw_label (widget, cr, frame, text, colour, x, labels);
    }
}

/**
 * td_chart_marks_find:
 * @frame: a frame
 * @data: what the chart shows
 * @x: where, pixels
 * @id: (out): of the mark there
 *
 * Returns: whether there is a mark within six pixels
 */
gboolean
td_chart_marks_find (const TdChartFrame *frame,
                     const TdChartData  *data,
                     double              x,
                     gint64             *id)
{
  double nearest = 6.5;

  for (guint i = 0; i < data->n_marks; i++)
    {
      double distance = fabs (x - td_chart_frame_get_x (frame, td_chart_frame_get_minute_of_time (data, data->marks[i].from)));

      if (is_shown (frame, data, &data->marks[i]) && distance < nearest)
        {
          nearest = distance;
          *id = data->marks[i].id;
        }
    }

  return nearest < 6.5;
}
