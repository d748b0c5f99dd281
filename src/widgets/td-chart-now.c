/* td-chart-now.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>
#include <math.h>

#include "td-chart-lines.h"
#include "td-chart-marks.h"
#include "td-chart-paint.h"
#include "td-format.h"

/* More than there are minutes that could pass through a number. */
#define TEXT_HITS 10000

/**
 * td_chart_now_place:
 * @frame: the frame of a chart
 * @data: what it shows
 * @labels: (element-type GdkRectangle): where other texts stand
 * @x: of a value
 * @y: of a value
 * @place: (inout): as large as a text; gets where beside the value
 *
 * Finds a place on the chart that stands over no other text, if there is one,
 * and of these over the fewest lines. Where there is no room at all it is made
 * empty.
 */
void
td_chart_now_place (const TdChartFrame *frame,
                    const TdChartData  *data,
                    const GArray       *labels,
                    double              x,
                    double              y,
                    GdkRectangle       *place)
{
  GdkRectangle best = { 0 };
  double       gap = frame->text_height * 0.6;
  guint        least = G_MAXUINT;

  for (guint try = 0; try < 6; try++)
    {
      double       left = try % 2 == 0 ? x - gap - place->width : x + gap;
      double       top = y - place->height / 2.0 + (try / 2 == 0 ? 0 : try / 2 == 1 ? -place->height
                                                                                    : place->height);
      GdkRectangle rect;
      guint        hits;

      top = CLAMP (top, frame->y, frame->y + frame->height - place->height);
      if (left < frame->x || left + place->width > frame->widget_width)
        continue;
      rect = (GdkRectangle){ (int)left, (int)top, place->width, place->height };
      hits = td_chart_lines_count_hits (frame, data, left, top, place->width, place->height);
      /* A line can be seen through a number, and no word. */
      for (guint i = 0; i < labels->len; i++)
        hits += gdk_rectangle_intersect (&rect, &g_array_index (labels, GdkRectangle, i), NULL) ? TEXT_HITS : 0;
      if (hits < least)
        {
          least = hits;
          best = rect;
        }
    }
  *place = best;
}

static void
draw_number (GtkWidget          *widget,
             cairo_t            *cr,
             const TdChartFrame *frame,
             const TdChartData  *data,
             const GArray       *labels,
             double              value,
             double              x,
             double              y,
             const char         *colour)
{
  g_autofree char *text = td_format_count (llround (value));
  g_autoptr (PangoLayout) layout = NULL;
  GdkRectangle place = { 0 };

  layout = td_chart_paint_layout (widget, text, TRUE, 1.2, &place.width, &place.height);
  td_chart_now_place (frame, data, labels, x, y, &place);
  if (place.width > 0)
    td_chart_paint_text (widget, cr, layout, place.x, place.y, colour, TRUE);
}

static void
draw_newest (GtkWidget          *widget,
             cairo_t            *cr,
             const TdChartFrame *frame,
             const TdChartData  *data,
             const GArray       *labels,
             double              x)
{
  guint    passed = td_chart_data_get_passed (data);
  double   last = passed > 0 ? td_chart_data_get_value (data, passed - 1) : NAN;
  double   value = td_chart_data_get_newest (data);
  double   y = td_chart_frame_get_y (frame, value);
  gboolean is_out = td_chart_data_get_excess (data, MAX (passed, 1) - 1, value) > 0;

  if (isnan (value))
    return;

  /* From the last whole minute to what the source counts now. */
  if (!isnan (last) && x - td_chart_frame_get_x (frame, passed) >= 0.5)
    {
      td_chart_paint_colour (widget, cr, is_out ? "td_amber" : "td_line", 1);
      cairo_set_line_width (cr, MAX (frame->text_height / 8.0, 2) * (is_out ? 1.5 : 1));
      cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
      cairo_move_to (cr, td_chart_frame_get_x (frame, passed), td_chart_frame_get_y (frame, last));
      cairo_line_to (cr, x, y);
      cairo_stroke (cr);
    }
  td_chart_paint_dot (widget, cr, x, y, MAX (frame->text_height * 0.6, 8), is_out ? "td_amber" : "td_line");
  draw_number (widget, cr, frame, data, labels, value, x, y, is_out ? "td_amber_text" : "td_line");
}

static void
draw_swatch (GtkWidget *widget,
             cairo_t   *cr,
             guint      kind,
             double     x,
             double     y,
             double     width)
{
  double       line = MAX (width / 11, 2);
  const double dashes[] = { 3 * line, 2 * line };

  if (kind == 0)
    {
      td_chart_paint_colour (widget, cr, "td_band_95", 1);
      cairo_rectangle (cr, x, y - width / 4, width, width / 2);
      cairo_fill (cr);
      td_chart_paint_colour (widget, cr, "td_band_80", 1);
      cairo_rectangle (cr, x, y - width / 8, width, width / 4);
      cairo_fill (cr);
      return;
    }

  td_chart_paint_colour (widget, cr, kind >= 3 ? "td_past" : "td_line", kind >= 3 ? td_chart_overlay_get_alpha (kind - 3) : 1);
  cairo_set_line_width (cr, kind >= 3 ? line * 0.75 : line);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_BUTT);
  if (kind == 2)
    cairo_set_dash (cr, dashes, G_N_ELEMENTS (dashes), 0);
  cairo_move_to (cr, x, y);
  cairo_line_to (cr, x + width, y);
  cairo_stroke (cr);
  cairo_set_dash (cr, NULL, 0, 0);
}

/* In the row over the plot, on both sides of the present moment. */
static void
draw_legend (GtkWidget          *widget,
             cairo_t            *cr,
             const TdChartFrame *frame,
             const TdChartData  *data,
             double              taken_from,
             double              taken_to)
{
  const char *names[3 + TD_CHART_OVERLAYS];
  guint       kinds[3 + TD_CHART_OVERLAYS];
  guint       n = 0;
  double      gap = frame->text_height * 0.45, swatch = frame->text_height * 1.4;
  double      x = frame->x, end = taken_from - 2 * gap;

  if (!td_chart_data_has_normal (data) && data->n_forecast == 0)
    return;

  if (td_chart_data_has_normal (data))
    {
      kinds[n] = 0;
      /* Translators: in the legend of a chart: the two bands of what is normal. */
      /* xgettext:no-c-format */
      names[n++] = _ ("bands of 80 % and 95 % around normal");
    }
  kinds[n] = 1;
  /* Translators: in the legend of a chart: the line of today. */
  names[n++] = data->name != NULL ? data->name : C_ ("legend", "today");
  if (data->n_forecast > 0)
    {
      kinds[n] = 2;
      names[n++] = C_ ("legend", "forecast");
    }
  for (guint i = 0; i < TD_CHART_OVERLAYS; i++)
    if (data->overlays[i].name != NULL && data->overlays[i].n_values > 0)
      {
        kinds[n] = 3 + i;
        names[n++] = data->overlays[i].name;
      }

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (PangoLayout) layout = NULL;
      int width, height;

      layout = td_chart_paint_layout (widget, names[i], FALSE, 0.92, &width, &height);
      if (x + swatch + gap + width > end && end < taken_to)
        {
          x = taken_to + 2 * gap;
          end = frame->x + frame->width;
        }
      if (x + swatch + gap + width > end)
        return;
      draw_swatch (widget, cr, kinds[i], x, frame->text_height * 0.25 + frame->text_height / 2.0, swatch);
      td_chart_paint_text (widget, cr, layout, x + swatch + gap, frame->text_height * 0.25, "td_axis", FALSE);
      x += swatch + 3 * gap + width;
    }
}

/**
 * td_chart_now_draw:
 * @widget: the chart
 * @cr: where to
 * @frame: its frame
 * @data: what it shows
 * @labels: (element-type GdkRectangle): where other texts stand
 *
 * Draws the present moment, its value, and the legend.
 */
void
td_chart_now_draw (GtkWidget          *widget,
                   cairo_t            *cr,
                   const TdChartFrame *frame,
                   const TdChartData  *data,
                   const GArray       *labels)
{
  double           minute = MIN (td_chart_frame_get_minute_of_time (data, data->now), data->n_minutes);
  double           x = round (td_chart_frame_get_x (frame, minute));
  double           padding = frame->text_height * 0.5;
  double           line = td_chart_frame_get_line (frame);
  double           left;
  g_autofree char *clock = NULL;
  g_autofree char *text = NULL;
  g_autoptr (PangoLayout) layout = NULL;
  int width, height;

  if (data->zone == NULL || !td_chart_data_has_now (data) || minute < frame->from || minute > frame->to)
    {
      draw_legend (widget, cr, frame, data, frame->x, frame->x);
      return;
    }

  td_chart_paint_colour (widget, cr, "td_now", 1);
  cairo_rectangle (cr, x - floor (line / 2), frame->text_height * 0.4, line, frame->y + frame->height - frame->text_height * 0.4);
  cairo_fill (cr);

  /* What is looked back at is a minute, told of as it ends. */
  clock = td_format_clock (data->is_past ? data->now - 1 : data->now, data->zone);
  /* Translators: the mark of the present moment on the chart, with the time of day. */
  text = data->is_past ? g_strdup (clock) : g_strdup_printf (_ ("Now %s"), clock);
  layout = td_chart_paint_layout (widget, text, FALSE, 1, &width, &height);
  left = x + 4 * line + width + 2 * padding > frame->widget_width ? x - width - 2 * padding - 3 * line : x + 4 * line;
  td_chart_paint_round (cr, round (left), round (frame->text_height * 0.25), width + 2 * padding, height + 2, height);
  td_chart_paint_colour (widget, cr, "td_now", 1);
  cairo_fill (cr);
  td_chart_paint_text (widget, cr, layout, round (left) + padding, frame->text_height * 0.25 + 1, "td_now_text", FALSE);

  draw_legend (widget, cr, frame, data, MIN (left, x), MAX (left + width + 2 * padding, x));
  draw_newest (widget, cr, frame, data, labels, x);
}
