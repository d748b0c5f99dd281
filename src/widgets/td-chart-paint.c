/* td-chart-paint.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-chart-paint.h"

#include <math.h>

#include "td-palette.h"

/**
 * td_chart_paint_layout:
 * @widget: the chart
 * @text: what to write
 * @bold: whether heavier than the chart's font
 * @scale: its size, 1 for that of the chart
 * @width: (out) (optional): in pixels
 * @height: (out) (optional): in pixels
 *
 * Returns: (transfer full): the text in digits of one width
 */
PangoLayout *
td_chart_paint_layout (GtkWidget  *widget,
                       const char *text,
                       gboolean    bold,
                       double      scale,
                       int        *width,
                       int        *height)
{
  PangoLayout *layout = gtk_widget_create_pango_layout (widget, text);
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();

  pango_attr_list_insert (attributes, pango_attr_font_features_new ("tnum=1"));
  if (bold)
    pango_attr_list_insert (attributes, pango_attr_weight_new (PANGO_WEIGHT_BOLD));
  if (scale != 1)
    pango_attr_list_insert (attributes, pango_attr_scale_new (scale));
  pango_layout_set_attributes (layout, attributes);
  pango_layout_get_pixel_size (layout, width, height);

  return layout;
}

void
td_chart_paint_colour (GtkWidget  *widget,
                       cairo_t    *cr,
                       const char *name,
                       double      alpha)
{
  GdkRGBA colour;

  td_palette_lookup (widget, name, &colour);
  colour.alpha *= alpha;
  gdk_cairo_set_source_rgba (cr, &colour);
}

/**
 * td_chart_paint_text:
 * @widget: the chart
 * @cr: where to
 * @layout: the text
 * @x: its left edge
 * @y: its upper edge
 * @colour: its colour
 * @halo: whether it stands over lines, and needs the ground around it
 */
void
td_chart_paint_text (GtkWidget   *widget,
                     cairo_t     *cr,
                     PangoLayout *layout,
                     double       x,
                     double       y,
                     const char  *colour,
                     gboolean     halo)
{
  cairo_save (cr);
  cairo_translate (cr, round (x), round (y));
  if (halo)
    {
      int height;

      pango_layout_get_pixel_size (layout, NULL, &height);
      td_chart_paint_colour (widget, cr, "td_card", 0.85);
      cairo_set_line_width (cr, MAX (height / 10, 4));
      cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
      cairo_set_dash (cr, NULL, 0, 0);
      pango_cairo_layout_path (cr, layout);
      cairo_stroke (cr);
      cairo_move_to (cr, 0, 0);
    }
  td_chart_paint_colour (widget, cr, colour, 1);
  pango_cairo_show_layout (cr, layout);
  cairo_restore (cr);
  cairo_new_path (cr);
}

void
td_chart_paint_round (cairo_t *cr,
                      double   x,
                      double   y,
                      double   width,
                      double   height,
                      double   radius)
{
  radius = MIN (radius, MIN (width, height) / 2);
  cairo_new_sub_path (cr);
  cairo_arc (cr, x + width - radius, y + radius, radius, -G_PI_2, 0);
  cairo_arc (cr, x + width - radius, y + height - radius, radius, 0, G_PI_2);
  cairo_arc (cr, x + radius, y + height - radius, radius, G_PI_2, G_PI);
  cairo_arc (cr, x + radius, y + radius, radius, G_PI, 3 * G_PI_2);
  cairo_close_path (cr);
}

void
td_chart_paint_dot (GtkWidget  *widget,
                    cairo_t    *cr,
                    double      x,
                    double      y,
                    double      size,
                    const char *colour)
{
  double line = MAX (floor (size / 6), 2);

  cairo_new_path (cr);
  cairo_arc (cr, x, y, (size - line) / 2, 0, 2 * G_PI);
  td_chart_paint_colour (widget, cr, "td_card", 1);
  cairo_fill_preserve (cr);
  td_chart_paint_colour (widget, cr, colour, 1);
  cairo_set_dash (cr, NULL, 0, 0);
  cairo_set_line_width (cr, line);
  cairo_stroke (cr);
}
