/* td-sparkline.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-sparkline.h"

#include <glib/gi18n.h>
#include <math.h>

#include "td-chart-lines.h"
#include "td-format.h"
#include "td-palette.h"

#define MAX_POINTS 60

struct _TdSparkline
{
  GtkWidget parent_instance;

  double *values; /* (owned) */
  guint   n_values;

  TdRateBand *bands; /* (owned): what is normal for each of the values */
  guint       n_bands;

  GskRenderNode *node; /* (owned) (nullable): kept, since GTK caches its pixels by pointer */
  int            node_width;
  int            node_height;
};

G_DEFINE_FINAL_TYPE (TdSparkline, td_sparkline, GTK_TYPE_WIDGET)

/* The newest value decides: it is the one that somebody may act on. */
static gboolean
is_out (TdSparkline *self)
{
  double            value = self->n_values > 0 ? self->values[self->n_values - 1] : NAN;
  const TdRateBand *band = self->n_bands == self->n_values && self->n_values > 0 ? &self->bands[self->n_bands - 1] : NULL;

  return band != NULL && (value > band->high95 || value < band->low95);
}

static void
draw_bands (TdSparkline *self,
            cairo_t     *cr,
            double       max,
            double       radius,
            double       width,
            double       height)
{
  const TdChartFrame frame = {
    .x = radius,
    .y = radius,
    .width = width,
    .height = height,
    /* The first value at the left edge, the newest at the right. */
    .from = 1,
    .to = self->n_bands,
    .top = max,
  };

  if (self->n_bands < 2)
    return;

  td_chart_bands_draw_normal (GTK_WIDGET (self), cr, &frame, self->bands, self->n_bands);
  td_chart_lines_draw_normal (GTK_WIDGET (self), cr, &frame, self->bands, self->n_bands);
}

static void
draw (TdSparkline *self,
      cairo_t     *cr,
      double       width,
      double       height)
{
  double   radius = CLAMP (height / 10, 2.2, 6);
  double   line = CLAMP (height / 18, 1.5, 3.5);
  double   inner_width = width - 2 * radius;
  double   inner_height = height - 2 * radius;
  double   max = 0, x = 0, y = 0;
  gboolean drawing = FALSE;
  GdkRGBA  colour;
  guint    n;

  for (guint i = 0; i < self->n_values; i++)
    max = fmax (max, self->values[i]);
  for (guint i = 0; i < self->n_bands; i++)
    max = fmax (max, self->bands[i].high95);
  /* A queue with two calls in three hours is calm, not a mountain. */
  max = MAX (max, 4);

  draw_bands (self, cr, max, radius, inner_width, inner_height);
  td_palette_lookup (GTK_WIDGET (self), is_out (self) ? "td_amber" : "td_line", &colour);
  gdk_cairo_set_source_rgba (cr, &colour);
  cairo_set_line_width (cr, line);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);

  /* At this size the mean of what falls on a few pixels tells the course; the
   * extremes would be a smear. */
  n = MIN (self->n_values, CLAMP ((guint)(inner_width / 2), 1, MAX_POINTS));
  for (guint column = 0; column < n; column++)
    {
      guint  from = column * self->n_values / n;
      guint  to = (column + 1) * self->n_values / n;
      double sum = 0;

      for (guint i = from; i < to; i++)
        sum += self->values[i];

      if (isnan (sum))
        {
          drawing = FALSE;
          continue;
        }

      /* The newest is shown as it is: the dot must agree with the number beside it. */
      x = radius + inner_width * column / MAX (n - 1, 1);
      y = radius + inner_height * (1 - (column + 1 == n ? self->values[to - 1] : sum / (to - from)) / max);
      if (drawing)
        cairo_line_to (cr, x, y);
      else
        cairo_move_to (cr, x, y);
      drawing = TRUE;
    }
  cairo_stroke (cr);

  if (drawing)
    {
      cairo_arc (cr, x, y, radius, 0, 2 * G_PI);
      cairo_fill (cr);
    }
}

static void
td_sparkline_snapshot (GtkWidget   *widget,
                       GtkSnapshot *snapshot)
{
  TdSparkline *self = TD_SPARKLINE (widget);
  int          width = gtk_widget_get_width (widget);
  int          height = gtk_widget_get_height (widget);

  if (width < 8 || height < 6 || self->n_values == 0)
    return;

  if (self->node == NULL || self->node_width != width || self->node_height != height)
    {
      cairo_t *cr;

      g_clear_pointer (&self->node, gsk_render_node_unref);
      self->node = gsk_cairo_node_new (&GRAPHENE_RECT_INIT (0, 0, width, height));
      self->node_width = width;
      self->node_height = height;
      cr = gsk_cairo_node_get_draw_context (self->node);
      draw (self, cr, width, height);
      cairo_destroy (cr);
    }

  gtk_snapshot_append_node (snapshot, self->node);
}

static void
td_sparkline_css_changed (GtkWidget         *widget,
                          GtkCssStyleChange *change)
{
  TdSparkline *self = TD_SPARKLINE (widget);

  GTK_WIDGET_CLASS (td_sparkline_parent_class)->css_changed (widget, change);

  g_clear_pointer (&self->node, gsk_render_node_unref);
  gtk_widget_queue_draw (widget);
}

static void
td_sparkline_finalize (GObject *object)
{
  TdSparkline *self = TD_SPARKLINE (object);

  g_clear_pointer (&self->node, gsk_render_node_unref);
  g_clear_pointer (&self->values, g_free);
  g_clear_pointer (&self->bands, g_free);

  G_OBJECT_CLASS (td_sparkline_parent_class)->finalize (object);
}

static void
td_sparkline_class_init (TdSparklineClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->finalize = td_sparkline_finalize;
  widget_class->snapshot = td_sparkline_snapshot;
  widget_class->css_changed = td_sparkline_css_changed;

  gtk_widget_class_set_css_name (widget_class, "sparkline");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
td_sparkline_init (TdSparkline *self)
{
}

GtkWidget *
td_sparkline_new (void)
{
  return g_object_new (TD_TYPE_SPARKLINE, NULL);
}

/**
 * td_sparkline_set_values:
 * @self: a sparkline
 * @values: (array length=n_values): values from old to new, NAN where unknown
 * @n_values: how many
 */
void
td_sparkline_set_values (TdSparkline  *self,
                         const double *values,
                         guint         n_values)
{
  g_autofree char *description = NULL;
  double           low = NAN, high = NAN;

  g_return_if_fail (TD_IS_SPARKLINE (self));
  g_return_if_fail (values != NULL || n_values == 0);

  if (self->n_values == n_values &&
      (n_values == 0 || memcmp (self->values, values, n_values * sizeof (double)) == 0))
    return;

  g_free (self->values);
  self->values = g_memdup2 (values, n_values * sizeof (double));
  self->n_values = n_values;
  g_clear_pointer (&self->node, gsk_render_node_unref);

  for (guint i = 0; i < n_values; i++)
    {
      low = fmin (low, values[i]);
      high = fmax (high, values[i]);
    }
  if (isnan (low))
    description = g_strdup (_ ("not observed"));
  else
    {
      g_autofree char *from = td_format_count (llround (low));
      g_autofree char *to = td_format_count (llround (high));

      /* Translators: a small chart for a screen reader: its least and greatest value. */
      description = g_strdup_printf (_ ("Course: from %s to %s"), from, to);
    }
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, description,
                                  -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * td_sparkline_set_bands:
 * @self: a sparkline
 * @bands: (nullable) (array length=n_bands): what is normal for each of its values
 * @n_bands: how many; 0 for none
 */
void
td_sparkline_set_bands (TdSparkline      *self,
                        const TdRateBand *bands,
                        guint             n_bands)
{
  g_return_if_fail (TD_IS_SPARKLINE (self));
  g_return_if_fail (bands != NULL || n_bands == 0);

  if (self->n_bands == n_bands && (n_bands == 0 || memcmp (self->bands, bands, n_bands * sizeof *bands) == 0))
    return;

  g_free (self->bands);
  self->bands = g_memdup2 (bands, n_bands * sizeof *bands);
  self->n_bands = n_bands;
  g_clear_pointer (&self->node, gsk_render_node_unref);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
