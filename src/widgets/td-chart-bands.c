/* td-chart-bands.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>
#include <math.h>

#include "td-chart-lines.h"
#include "td-chart-paint.h"

typedef struct
{
  double x;
  double low;
  double high;
} Slice;

/* One slice a pixel at most: the widest of the minutes that fall on it. */
static guint
slice (const TdChartFrame *frame,
       const TdRateBand   *bands,
       guint               n_bands,
       guint               start,
       gboolean            is_outer,
       Slice              *slices)
{
  guint first, end, n, count;

  td_chart_frame_get_range (frame, n_bands, &first, &end);
  first = MIN (MAX (first, start), end);
  count = end - first;
  n = MIN (count, MAX ((guint)frame->width, 1));
  for (guint i = 0; i < n; i++)
    {
      guint from = first + (guint64)i * count / n;
      guint to = first + (guint64)(i + 1) * count / n;

      slices[i] = (Slice){ td_chart_frame_get_x (frame, (from + 1 + to) / 2.0), NAN, NAN };
      for (guint k = from; k < to; k++)
        {
          slices[i].low = fmin (slices[i].low, is_outer ? bands[k].low95 : bands[k].low80);
          slices[i].high = fmax (slices[i].high, is_outer ? bands[k].high95 : bands[k].high80);
        }
      if (!isfinite (slices[i].low) || !isfinite (slices[i].high))
        slices[i].low = slices[i].high = NAN;
    }

  return n;
}

static void
fill (cairo_t            *cr,
      const TdChartFrame *frame,
      const Slice        *slices,
      guint               n)
{
  for (guint from = 0, to; from < n; from = to + 1)
    {
      for (to = from; to < n && !isnan (slices[to].low); to++)
        cairo_line_to (cr, slices[to].x, td_chart_frame_get_y (frame, slices[to].high));
      for (guint i = to; i > from; i--)
        cairo_line_to (cr, slices[i - 1].x, td_chart_frame_get_y (frame, slices[i - 1].low));
      if (to > from)
        cairo_close_path (cr);
      cairo_new_sub_path (cr);
    }
  cairo_fill (cr);
}

static void
stroke_edges (cairo_t            *cr,
              const TdChartFrame *frame,
              const Slice        *slices,
              guint               n)
{
  for (guint edge = 0; edge < 2; edge++)
    {
      gboolean drawing = FALSE;

      for (guint i = 0; i < n; i++)
        {
          double value = edge == 0 ? slices[i].low : slices[i].high;

          if (isnan (value))
            drawing = FALSE;
          else if (drawing)
            cairo_line_to (cr, slices[i].x, td_chart_frame_get_y (frame, value));
          else
            {
              cairo_move_to (cr, slices[i].x, td_chart_frame_get_y (frame, value));
              drawing = TRUE;
            }
        }
    }
  cairo_stroke (cr);
}

/**
 * td_chart_bands_draw_normal:
 * @widget: the chart
 * @cr: where to
 * @frame: its frame
 * @bands: (array length=n_bands): what is normal, one a minute
 * @n_bands: how many
 *
 * Draws the 95 % band, with an edge, under the 80 % one.
 */
void
td_chart_bands_draw_normal (GtkWidget          *widget,
                            cairo_t            *cr,
                            const TdChartFrame *frame,
                            const TdRateBand   *bands,
                            guint               n_bands)
{
  g_autofree Slice *slices = g_new (Slice, n_bands + 1);
  guint             n = slice (frame, bands, n_bands, 0, TRUE, slices);

  td_chart_paint_colour (widget, cr, "td_band_95", 1);
  fill (cr, frame, slices, n);
  td_chart_paint_colour (widget, cr, "td_band_80", 1);
  cairo_set_line_width (cr, td_chart_frame_get_line (frame));
  stroke_edges (cr, frame, slices, n);
  n = slice (frame, bands, n_bands, 0, FALSE, slices);
  fill (cr, frame, slices, n);
}

/**
 * td_chart_bands_draw:
 * @widget: the chart
 * @cr: where to
 * @frame: its frame
 * @data: what it shows
 *
 * Draws what is normal, and over it the band of the forecast with dotted edges.
 */
void
td_chart_bands_draw (GtkWidget          *widget,
                     cairo_t            *cr,
                     const TdChartFrame *frame,
                     const TdChartData  *data)
{
  double            line = td_chart_frame_get_line (frame);
  const double      dots[] = { line, 3 * line };
  g_autofree Slice *slices = g_new (Slice, data->n_forecast + 1);
  guint             n;

  td_chart_bands_draw_normal (widget, cr, frame, data->normal, data->n_normal);

  n = slice (frame, data->forecast, data->n_forecast, td_chart_data_get_passed (data), TRUE, slices);
  td_chart_paint_colour (widget, cr, "td_line", 0.08);
  fill (cr, frame, slices, n);
  td_chart_paint_colour (widget, cr, "td_normal", 1);
  cairo_set_dash (cr, dots, G_N_ELEMENTS (dots), 0);
  stroke_edges (cr, frame, slices, n);
  cairo_set_dash (cr, NULL, 0, 0);
}

/* Beside a gap, at the foot, the top or in the middle: where the lines leave it most room. */
static double
find_label_y (const TdChartFrame *frame,
              const TdChartData  *data,
              double              x,
              double              width,
              double              height)
{
  const double tops[] = {
    frame->y + frame->height - height - 4,
    frame->y + 4,
    frame->y + (frame->height - height) / 2,
  };
  guint  least = G_MAXUINT;
  double best = tops[0];

  for (guint i = 0; i < G_N_ELEMENTS (tops); i++)
    {
      guint hits = td_chart_lines_count_hits (frame, data, x, tops[i], width, height);

      if (hits < least)
        {
          least = hits;
          best = tops[i];
        }
    }

  return best;
}

static void
draw_gap (GtkWidget          *widget,
          cairo_t            *cr,
          const TdChartFrame *frame,
          const TdChartData  *data,
          guint               from,
          guint               to,
          gboolean            is_widest)
{
  /* What was before the program first looked is no failure: it is only hinted at. */
  gboolean is_faint = from == 0;
  double   x = MAX (td_chart_frame_get_x (frame, from), frame->x);
  double   width = MAX (MIN (td_chart_frame_get_x (frame, to), frame->x + frame->width) - x, 2);
  double   pitch = MAX (frame->text_height * 0.55, 6) * (is_faint ? 2 : 1);
  g_autoptr (PangoLayout) layout = NULL;
  int text_width, text_height;

  if (x > frame->x + frame->width || td_chart_frame_get_x (frame, to) < frame->x)
    return;

  cairo_save (cr);
  cairo_rectangle (cr, x, frame->y, width, frame->height);
  cairo_clip (cr);
  td_chart_paint_colour (widget, cr, "td_hatch", is_faint ? 0.3 : 1);
  cairo_set_line_width (cr, is_faint ? td_chart_frame_get_line (frame) : MAX (pitch / 5, 1));
  for (double offset = -frame->height; offset < width; offset += pitch)
    {
      cairo_move_to (cr, x + offset, frame->y + frame->height);
      cairo_line_to (cr, x + offset + frame->height, frame->y);
    }
  cairo_stroke (cr);
  cairo_restore (cr);

  layout = td_chart_paint_layout (widget, _ ("not observed"), FALSE, 1, &text_width, &text_height);
  if (width >= text_width + 2 * frame->text_height)
    td_chart_paint_text (widget, cr, layout, x + (width - text_width) / 2,
                         frame->y + frame->height / 2, "td_axis", TRUE);
  else if (is_widest && x + width + text_width + 10 < frame->x + frame->width)
    td_chart_paint_text (widget, cr, layout, x + width + 5,
                         find_label_y (frame, data, x + width + 5, text_width, text_height), "td_axis", TRUE);
}

/**
 * td_chart_gaps_draw:
 * @widget: the chart
 * @cr: where to
 * @frame: its frame
 * @data: what it shows
 *
 * Hatches what was not observed.
 */
void
td_chart_gaps_draw (GtkWidget          *widget,
                    cairo_t            *cr,
                    const TdChartFrame *frame,
                    const TdChartData  *data)
{
  guint widest = 0;
  guint from = 0, to = 0;

  while (td_chart_data_find_gap (data, &from, &to))
    widest = MAX (widest, to - from);

  from = to = 0;
  while (td_chart_data_find_gap (data, &from, &to))
    draw_gap (widget, cr, frame, data, from, to, to - from == widest);
}
