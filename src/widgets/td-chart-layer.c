/* td-chart-layer.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-chart-layer.h"

static void
render (TdChartLayer *layer,
        TdChartDraw   draw,
        gpointer      user_data)
{
  cairo_surface_t *pixels = cairo_image_surface_create (CAIRO_FORMAT_ARGB32,
                                                        layer->width * layer->scale, layer->height * layer->scale);
  cairo_t         *cr;

  cairo_surface_set_device_scale (pixels, layer->scale, layer->scale);
  cr = cairo_create (pixels);
  draw (cr, user_data);
  cairo_destroy (cr);

  layer->node = gsk_cairo_node_new (&GRAPHENE_RECT_INIT (0, 0, layer->width, layer->height));
  cr = gsk_cairo_node_get_draw_context (layer->node);
  cairo_set_source_surface (cr, pixels, 0, 0);
  cairo_paint (cr);
  cairo_destroy (cr);
  cairo_surface_destroy (pixels);
}

/**
 * td_chart_layer_append:
 * @layer: a layer
 * @widget: the chart, whose size it has
 * @snapshot: where to
 * @draw: (scope call): draws it anew; called only where it must
 * @user_data: for @draw
 */
void
td_chart_layer_append (TdChartLayer *layer,
                       GtkWidget    *widget,
                       GtkSnapshot  *snapshot,
                       TdChartDraw   draw,
                       gpointer      user_data)
{
  int width = gtk_widget_get_width (widget);
  int height = gtk_widget_get_height (widget);
  int scale = gtk_widget_get_scale_factor (widget);

  if (layer->node == NULL || layer->width != width || layer->height != height || layer->scale != scale)
    {
      td_chart_layer_drop (layer);
      layer->width = width;
      layer->height = height;
      layer->scale = scale;
      render (layer, draw, user_data);
    }

  gtk_snapshot_append_node (snapshot, layer->node);
}

void
td_chart_layer_drop (TdChartLayer *layer)
{
  g_clear_pointer (&layer->node, gsk_render_node_unref);
}
