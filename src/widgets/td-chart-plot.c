/* td-chart-plot.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-chart-plot.h"

#include <math.h>

#include "td-chart-scale.h"
#include "td-palette.h"

/* A band is smooth: more points than this many a pixel are not seen. */
#define PIXELS_A_POINT 2

double
td_chart_plot_get_x (const TdChartPlot *self,
                     double             minute)
{
  return self->x + self->width * minute / MAX (self->n_minutes, 1);
}

double
td_chart_plot_get_y (const TdChartPlot *self,
                     double             value)
{
  return self->y + self->height * (1 - value / self->top);
}

static guint *
decimate (const TdChartPlot *self,
          const double      *values,
          guint              n_values,
          guint             *n)
{
  guint *indices = g_new (guint, MAX (n_values, 1));

  *n = td_chart_decimate (values, n_values,
                          MAX (self->width * n_values / MAX (self->n_minutes, 1), 1), indices);
  return indices;
}

/**
 * td_chart_plot_line:
 * @self: a plot
 * @cr: with the line's colour and width
 * @values: (array length=n_values): one a minute
 * @n_values: how many
 */
void
td_chart_plot_line (const TdChartPlot *self,
                    cairo_t           *cr,
                    const double      *values,
                    guint              n_values)
{
  guint             n;
  g_autofree guint *indices = decimate (self, values, n_values, &n);
  gboolean          drawing = FALSE;

  for (guint i = 0; i < n; i++)
    {
      double value = values[indices[i]];
      double x = td_chart_plot_get_x (self, indices[i] + 1);

      if (isnan (value))
        drawing = FALSE;
      else if (drawing)
        cairo_line_to (cr, x, td_chart_plot_get_y (self, value));
      else
        {
          cairo_move_to (cr, x, td_chart_plot_get_y (self, value));
          drawing = TRUE;
        }
    }
  cairo_stroke (cr);
}

/**
 * td_chart_plot_area:
 * @self: a plot
 * @cr: with the colour
 * @values: (array length=n_values): one a minute
 * @n_values: how many
 *
 * Fills the ground under each unbroken stretch.
 */
void
td_chart_plot_area (const TdChartPlot *self,
                    cairo_t           *cr,
                    const double      *values,
                    guint              n_values)
{
  guint             n;
  g_autofree guint *indices = decimate (self, values, n_values, &n);
  double            base = self->y + self->height;
  double            start_x = 0, last_x = 0;
  gboolean          drawing = FALSE;

  for (guint i = 0; i <= n; i++)
    {
      double value = i < n ? values[indices[i]] : NAN;
      double x = i < n ? td_chart_plot_get_x (self, indices[i] + 1) : last_x;

      if (isnan (value))
        {
          if (drawing)
            {
              cairo_line_to (cr, last_x, base);
              cairo_line_to (cr, start_x, base);
              cairo_close_path (cr);
            }
          drawing = FALSE;
          continue;
        }

      if (!drawing)
        {
          cairo_move_to (cr, x, base);
          start_x = x;
        }
      cairo_line_to (cr, x, td_chart_plot_get_y (self, value));
      last_x = x;
      drawing = TRUE;
    }
  cairo_fill (cr);
}

static guint
get_step (const TdChartPlot *self)
{
  return MAX ((guint)(self->n_minutes * PIXELS_A_POINT / MAX (self->width, 1)), 1);
}

static double
get_edge (const TdRateBand *band,
          guint             edge)
{
  const double edges[] = { band->mean, band->low80, band->high80, band->low95, band->high95 };

  return edges[edge];
}

enum {
  MEAN,
  LOW_80,
  HIGH_80,
  LOW_95,
  HIGH_95
};

static gboolean
is_known (const TdRateBand *band)
{
  return isfinite (band->mean) && isfinite (band->low95) && isfinite (band->high95) &&
         isfinite (band->low80) && isfinite (band->high80);
}

/* The next stretch of known bands: from *@from up to *@to. */
static gboolean
find_stretch (const TdRateBand *bands,
              guint             n_bands,
              guint            *from,
              guint            *to)
{
  *from = *to;
  while (*from < n_bands && !is_known (&bands[*from]))
    (*from)++;
  *to = *from;
  while (*to < n_bands && is_known (&bands[*to]))
    (*to)++;

  return *to > *from;
}

static void
add_point (const TdChartPlot *self,
           cairo_t           *cr,
           const TdRateBand  *bands,
           guint              minute,
           guint              edge)
{
  double value = CLAMP (get_edge (&bands[minute], edge), 0, self->top);

  cairo_line_to (cr, td_chart_plot_get_x (self, minute + 1), td_chart_plot_get_y (self, value));
}

static void
trace_edge (const TdChartPlot *self,
            cairo_t           *cr,
            const TdRateBand  *bands,
            guint              from,
            guint              to,
            guint              edge)
{
  guint step = get_step (self);

  cairo_new_sub_path (cr);
  for (guint i = from; i < to; i += step)
    add_point (self, cr, bands, i, edge);
  add_point (self, cr, bands, to - 1, edge);
}

static void
fill_between (const TdChartPlot *self,
              cairo_t           *cr,
              const TdRateBand  *bands,
              guint              from,
              guint              to,
              guint              low,
              guint              high)
{
  guint step = get_step (self);

  trace_edge (self, cr, bands, from, to, high);
  for (guint i = to; i > from; i -= MIN (step, i - from))
    add_point (self, cr, bands, i - 1, low);
  add_point (self, cr, bands, from, low);
  cairo_close_path (cr);
  cairo_fill (cr);
}

static void
set_colour (GtkWidget  *widget,
            cairo_t    *cr,
            const char *name,
            double      alpha)
{
  GdkRGBA colour;

  td_palette_lookup (widget, name, &colour);
  colour.alpha *= (float)alpha;
  gdk_cairo_set_source_rgba (cr, &colour);
}

/**
 * td_chart_plot_bands:
 * @self: a plot
 * @widget: whose colours are used
 * @cr: where it is drawn
 * @bands: (array length=n_bands): what is normal, one a minute
 * @n_bands: how many
 *
 * The 95 % band under the 80 % one, with the mean.
 */
void
td_chart_plot_bands (const TdChartPlot *self,
                     GtkWidget         *widget,
                     cairo_t           *cr,
                     const TdRateBand  *bands,
                     guint              n_bands)
{
  guint from, to = 0;

  cairo_set_line_width (cr, 1);
  while (find_stretch (bands, n_bands, &from, &to))
    {
      set_colour (widget, cr, "td_band_95", 1);
      fill_between (self, cr, bands, from, to, LOW_95, HIGH_95);
      set_colour (widget, cr, "td_band_80", 1);
      fill_between (self, cr, bands, from, to, LOW_80, HIGH_80);
      trace_edge (self, cr, bands, from, to, LOW_95);
      trace_edge (self, cr, bands, from, to, HIGH_95);
      cairo_stroke (cr);
      set_colour (widget, cr, "td_normal", 1);
      trace_edge (self, cr, bands, from, to, MEAN);
      cairo_stroke (cr);
    }
}

/**
 * td_chart_plot_forecast:
 * @self: a plot
 * @widget: whose colours are used
 * @cr: where it is drawn
 * @bands: (array length=n_bands): what is to come, one a minute
 * @n_bands: how many
 * @line_width: of the line, px
 *
 * A dashed line, and the dotted edges of its 95 % band.
 */
void
td_chart_plot_forecast (const TdChartPlot *self,
                        GtkWidget         *widget,
                        cairo_t           *cr,
                        const TdRateBand  *bands,
                        guint              n_bands,
                        double             line_width)
{
  const double dots[] = { 1, 3 };
  const double dashes[] = { line_width * 3, line_width * 2.5 };
  guint        from, to = 0;

  while (find_stretch (bands, n_bands, &from, &to))
    {
      set_colour (widget, cr, "td_line", 0.55);
      cairo_set_line_width (cr, 1);
      cairo_set_dash (cr, dots, 2, 0);
      trace_edge (self, cr, bands, from, to, LOW_95);
      trace_edge (self, cr, bands, from, to, HIGH_95);
      cairo_stroke (cr);

      set_colour (widget, cr, "td_line", 1);
      cairo_set_line_width (cr, line_width);
      cairo_set_dash (cr, dashes, 2, 0);
      trace_edge (self, cr, bands, from, to, MEAN);
      cairo_stroke (cr);
    }
  cairo_set_dash (cr, NULL, 0, 0);
}

/**
 * td_chart_plot_outliers:
 * @self: a plot
 * @cr: with the line's colour and width
 * @values: (array length=n_values): one a minute
 * @n_values: how many
 * @bands: (array length=n_bands): what is normal
 * @n_bands: how many
 *
 * The stretches of the line that lie outside the 95 % band.
 */
void
td_chart_plot_outliers (const TdChartPlot *self,
                        cairo_t           *cr,
                        const double      *values,
                        guint              n_values,
                        const TdRateBand  *bands,
                        guint              n_bands)
{
  guint              n = MIN (n_values, n_bands);
  g_autofree double *out = g_new (double, MAX (n, 1));

  for (guint i = 0; i < n; i++)
    out[i] = is_known (&bands[i]) && (values[i] > bands[i].high95 || values[i] < bands[i].low95) ? values[i] : NAN;
  td_chart_plot_line (self, cr, out, n);
}
