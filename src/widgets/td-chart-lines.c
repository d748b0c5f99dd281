/* td-chart-lines.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-chart-lines.h"

#include <math.h>

#include "td-chart-paint.h"
#include "td-chart-scale.h"

/* Which of @values a line must pass, from @start on. */
static guint
pick (const TdChartFrame *frame,
      const double       *values,
      guint               n_values,
      guint               start,
      guint              *indices)
{
  double pixels = frame->width / (frame->to - frame->from);
  guint  first, end, n;

  td_chart_frame_get_range (frame, n_values, &first, &end);
  first = MIN (MAX (first, start), end);
  n = td_chart_decimate (values + first, end - first, MAX ((end - first) * pixels, 1), indices);
  for (guint i = 0; i < n; i++)
    indices[i] += first;

  return n;
}

static void
stroke (cairo_t            *cr,
        const TdChartFrame *frame,
        const double       *values,
        guint               n_values,
        guint               start)
{
  g_autofree guint *indices = g_new (guint, n_values + 1);
  guint             n = pick (frame, values, n_values, start, indices);
  gboolean          drawing = FALSE;

  for (guint i = 0; i < n; i++)
    {
      double value = values[indices[i]];
      double x = td_chart_frame_get_x (frame, indices[i] + 1);

      if (!isfinite (value))
        drawing = FALSE;
      else if (drawing)
        cairo_line_to (cr, x, td_chart_frame_get_y (frame, value));
      else
        {
          cairo_move_to (cr, x, td_chart_frame_get_y (frame, value));
          drawing = TRUE;
        }
    }
  cairo_stroke (cr);
}

static void
stroke_means (cairo_t            *cr,
              const TdChartFrame *frame,
              const TdRateBand   *bands,
              guint               n_bands,
              guint               start)
{
  g_autofree double *means = g_new (double, n_bands + 1);

  for (guint i = 0; i < n_bands; i++)
    means[i] = bands[i].mean;
  stroke (cr, frame, means, n_bands, start);
}

static void
fill_ground (cairo_t            *cr,
             const TdChartFrame *frame,
             const double       *values,
             guint               n_values)
{
  g_autofree guint *indices = g_new (guint, n_values + 1);
  guint             n = pick (frame, values, n_values, 0, indices);
  double            base = frame->y + frame->height;
  double            x = 0;
  gboolean          drawing = FALSE;

  for (guint i = 0; i <= n; i++)
    {
      if (i == n || !isfinite (values[indices[i]]))
        {
          if (drawing)
            {
              cairo_line_to (cr, x, base);
              cairo_close_path (cr);
            }
          drawing = FALSE;
          continue;
        }
      x = td_chart_frame_get_x (frame, indices[i] + 1);
      if (!drawing)
        cairo_move_to (cr, x, base);
      cairo_line_to (cr, x, td_chart_frame_get_y (frame, values[indices[i]]));
      drawing = TRUE;
    }
  cairo_fill (cr);
}

/* Only what is outside: a line that crosses the edge changes where it does. */
static void
stroke_outside (cairo_t            *cr,
                const TdChartFrame *frame,
                const TdChartData  *data)
{
  g_autofree guint *indices = g_new (guint, data->n_values + 1);
  guint             n = pick (frame, data->values, data->n_values, 0, indices);

  for (guint i = 1; i < n; i++)
    {
      guint  a = indices[i - 1], b = indices[i];
      double from = td_chart_data_get_excess (data, a, data->values[a]);
      double to = td_chart_data_get_excess (data, b, data->values[b]);
      double begin = 0, end = 1;
      double x, y, width, height;

      if (isnan (from) || isnan (to) || (from <= 0 && to <= 0))
        continue;
      if (from <= 0)
        begin = from / (from - to);
      else if (to <= 0)
        end = from / (from - to);

      x = td_chart_frame_get_x (frame, a + 1);
      y = td_chart_frame_get_y (frame, data->values[a]);
      width = td_chart_frame_get_x (frame, b + 1) - x;
      height = td_chart_frame_get_y (frame, data->values[b]) - y;
      cairo_move_to (cr, x + width * begin, y + height * begin);
      cairo_line_to (cr, x + width * end, y + height * end);
    }
  cairo_stroke (cr);
}

/**
 * td_chart_lines_draw_normal:
 * @widget: the chart
 * @cr: where to
 * @frame: its frame
 * @bands: (array length=n_bands): what is normal, one a minute
 * @n_bands: how many
 *
 * Draws the thin line of what is normal.
 */
void
td_chart_lines_draw_normal (GtkWidget          *widget,
                            cairo_t            *cr,
                            const TdChartFrame *frame,
                            const TdRateBand   *bands,
                            guint               n_bands)
{
  cairo_set_line_width (cr, td_chart_frame_get_line (frame));
  td_chart_paint_colour (widget, cr, "td_normal", 1);
  stroke_means (cr, frame, bands, n_bands, 0);
}

/**
 * td_chart_lines_draw:
 * @widget: the chart
 * @cr: where to
 * @frame: its frame
 * @data: what it shows
 *
 * Draws past days, what is normal, the forecast and today, amber where today
 * is outside of the 95 % band.
 */
void
td_chart_lines_draw (GtkWidget          *widget,
                     cairo_t            *cr,
                     const TdChartFrame *frame,
                     const TdChartData  *data)
{
  double       width = MAX (frame->text_height / 8.0, 2);
  const double dashes[] = { 3 * width, 2 * width };

  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_BUTT);

  /* One other day is compared, several are a ground to look at today on. */
  cairo_set_line_width (cr, data->overlays[1].name == NULL ? width * 0.75 : td_chart_frame_get_line (frame));
  for (guint i = 0; i < TD_CHART_OVERLAYS; i++)
    {
      td_chart_paint_colour (widget, cr, "td_past", td_chart_overlay_get_alpha (i));
      stroke (cr, frame, data->overlays[i].values, data->overlays[i].n_values, 0);
    }
  td_chart_lines_draw_normal (widget, cr, frame, data->normal, data->n_normal);

  cairo_set_line_width (cr, width);
  td_chart_paint_colour (widget, cr, "td_line", 1);
  cairo_set_dash (cr, dashes, G_N_ELEMENTS (dashes), 0);
  stroke_means (cr, frame, data->forecast, data->n_forecast, td_chart_data_get_passed (data));
  cairo_set_dash (cr, NULL, 0, 0);

  if (!td_chart_data_has_normal (data))
    {
      td_chart_paint_colour (widget, cr, "td_area", 1);
      fill_ground (cr, frame, data->values, data->n_values);
    }
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  td_chart_paint_colour (widget, cr, "td_line", 1);
  stroke (cr, frame, data->values, data->n_values, 0);
  td_chart_paint_colour (widget, cr, "td_amber", 1);
  cairo_set_line_width (cr, width * 1.5);
  stroke_outside (cr, frame, data);
}

/**
 * td_chart_lines_count_hits:
 * @frame: a frame
 * @data: what its chart shows
 * @x: left edge of a place for text
 * @y: its top
 * @width: its width
 * @height: its height
 *
 * Returns: how many minutes of today and of the forecast pass through it
 */
guint
td_chart_lines_count_hits (const TdChartFrame *frame,
                           const TdChartData  *data,
                           double              x,
                           double              y,
                           double              width,
                           double              height)
{
  guint from = MAX (td_chart_frame_get_minute (frame, x), 0);
  guint to = MAX (td_chart_frame_get_minute (frame, x + width), 0);
  guint hits = 0;

  for (guint minute = from; minute < MIN (to + 1, data->n_minutes); minute++)
    {
      TdRateBand band;
      double     value = td_chart_data_get_value (data, minute);

      if (td_chart_data_get_forecast (data, minute, &band))
        value = band.mean;
      value = td_chart_frame_get_y (frame, value);
      hits += value >= y - 3 && value <= y + height + 3;
    }

  return hits;
}
