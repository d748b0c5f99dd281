/* td-chart-paint.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What the layers of a chart have in common. Colours are names of the style
 * sheet, as for td_palette_lookup(). */

PangoLayout *td_chart_paint_layout (GtkWidget  *widget,
                                    const char *text,
                                    gboolean    bold,
                                    double      scale,
                                    int        *width,
                                    int        *height);
void         td_chart_paint_colour (GtkWidget  *widget,
                                    cairo_t    *cr,
                                    const char *name,
                                    double      alpha);
void         td_chart_paint_text (GtkWidget   *widget,
                                  cairo_t     *cr,
                                  PangoLayout *layout,
                                  double       x,
                                  double       y,
                                  const char  *colour,
                                  gboolean     halo);
void         td_chart_paint_round (cairo_t *cr,
                                   double   x,
                                   double   y,
                                   double   width,
                                   double   height,
                                   double   radius);
void         td_chart_paint_dot (GtkWidget  *widget,
                                 cairo_t    *cr,
                                 double      x,
                                 double      y,
                                 double      size,
                                 const char *colour);

G_END_DECLS
