/* td-map-picture.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-map-picture.h"

#include <gsk/gskcairorenderer.h>

static gboolean
is_drawn_in_pixels (GtkWidget *widget)
{
  GtkNative *native = gtk_widget_get_native (widget);

  return native != NULL && GSK_IS_CAIRO_RENDERER (gtk_native_get_renderer (native));
}

/**
 * td_map_picture_create_surface:
 * @widget: the widget that shows it
 * @width: pixels of the widget
 * @height: pixels of the widget
 *
 * Returns: (transfer full) (nullable): an empty image, ARGB32, as fine as the
 *   screen; %NULL where strokes are better, or nothing is shown
 */
cairo_surface_t *
td_map_picture_create_surface (GtkWidget *widget,
                               int        width,
                               int        height)
{
  int              factor = gtk_widget_get_scale_factor (widget);
  cairo_surface_t *surface;

  if (!is_drawn_in_pixels (widget))
    return NULL;

  surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width * factor, height * factor);
  if (cairo_surface_status (surface) == CAIRO_STATUS_SUCCESS)
    {
      cairo_surface_set_device_scale (surface, factor, factor);
      return surface;
    }
  cairo_surface_destroy (surface);

  return NULL;
}

/**
 * td_map_picture_new_for_surface:
 * @surface: an image
 * @x: its left edge, pixels
 * @y: its upper edge
 *
 * Returns: (transfer full): a node that shows it, and refers to it
 */
GskRenderNode *
td_map_picture_new_for_surface (cairo_surface_t *surface,
                                int              x,
                                int              y)
{
  double         scale_x, scale_y;
  GskRenderNode *node;
  cairo_t       *cr;

  cairo_surface_get_device_scale (surface, &scale_x, &scale_y);
  node = gsk_cairo_node_new (&GRAPHENE_RECT_INIT ((float)x, (float)y,
                                                  (float)(cairo_image_surface_get_width (surface) / scale_x),
                                                  (float)(cairo_image_surface_get_height (surface) / scale_y)));
  cr = gsk_cairo_node_get_draw_context (node);
  cairo_set_source_surface (cr, surface, x, y);
  cairo_paint (cr);
  cairo_destroy (cr);

  return node;
}

/**
 * td_map_picture_new:
 * @widget: the widget that shows it
 * @node: (transfer full) (nullable): what to show
 *
 * Returns: (transfer full) (nullable): a node that looks as @node does
 */
GskRenderNode *
td_map_picture_new (GtkWidget     *widget,
                    GskRenderNode *node)
{
  graphene_rect_t  at;
  GskRenderNode   *picture;
  cairo_surface_t *surface;
  cairo_t         *cr;

  if (node == NULL)
    return NULL;

  gsk_render_node_get_bounds (node, &at);
  graphene_rect_round_extents (&at, &at);
  surface = td_map_picture_create_surface (widget, (int)at.size.width, (int)at.size.height);
  if (surface == NULL)
    return node;

  cr = cairo_create (surface);
  cairo_translate (cr, -at.origin.x, -at.origin.y);
  gsk_render_node_draw (node, cr);
  cairo_destroy (cr);
  picture = td_map_picture_new_for_surface (surface, (int)at.origin.x, (int)at.origin.y);
  cairo_surface_destroy (surface);
  gsk_render_node_unref (node);

  return picture;
}

static void
append_part (GtkWidget     *widget,
             GtkSnapshot   *snapshot,
             GskRenderNode *node,
             float          x,
             float          y,
             float          width,
             float          height)
{
  g_autoptr (GskRenderNode) picture = td_map_picture_new (widget, gsk_clip_node_new (node, &GRAPHENE_RECT_INIT (x, y, width, height)));

  gtk_snapshot_append_node (snapshot, picture);
}

/**
 * td_map_picture_new_panel:
 * @widget: the widget that shows it
 * @node: (transfer full): a panel, of one colour except at its edges
 * @edge: how wide its edges are, pixels
 * @fill: the colour between them
 *
 * As td_map_picture_new(), with pixels of the edges alone.
 *
 * Returns: (transfer full): a node that looks as @node does
 */
GskRenderNode *
td_map_picture_new_panel (GtkWidget     *widget,
                          GskRenderNode *node,
                          int            edge,
                          const GdkRGBA *fill)
{
  float           side = (float)edge;
  graphene_rect_t at;
  g_autoptr (GtkSnapshot) snapshot = NULL;

  gsk_render_node_get_bounds (node, &at);
  if (!is_drawn_in_pixels (widget) || at.size.width <= 2 * side || at.size.height <= 2 * side)
    return node;

  snapshot = gtk_snapshot_new ();
  append_part (widget, snapshot, node, at.origin.x, at.origin.y, at.size.width, side);
  append_part (widget, snapshot, node, at.origin.x, at.origin.y + side, side, at.size.height - 2 * side);
  append_part (widget, snapshot, node, at.origin.x + at.size.width - side, at.origin.y + side, side, at.size.height - 2 * side);
  append_part (widget, snapshot, node, at.origin.x, at.origin.y + at.size.height - side, at.size.width, side);
  gtk_snapshot_append_color (snapshot, fill, &GRAPHENE_RECT_INIT (at.origin.x + side, at.origin.y + side, at.size.width - 2 * side, at.size.height - 2 * side));
  gsk_render_node_unref (node);

  return gtk_snapshot_free_to_node (g_steal_pointer (&snapshot));
}
