/* td-map-picture.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What is drawn once and shown many times: as pixels rather than as strokes,
 * for a renderer that draws on the CPU.
 *
 * Such a renderer goes through every stroke of a window in each frame, even
 * where next to nothing changed, and it tells changed texts apart glyph by
 * glyph, until it has too many changed rectangles and draws the whole window.
 * Pixels are copied where they are needed, and are one rectangle. Other
 * renderers keep strokes better than pixels. */

cairo_surface_t *td_map_picture_create_surface (GtkWidget *widget,
                                                int        width,
                                                int        height);
GskRenderNode   *td_map_picture_new_for_surface (cairo_surface_t *surface,
                                                 int              x,
                                                 int              y);
GskRenderNode   *td_map_picture_new (GtkWidget     *widget,
                                     GskRenderNode *node);
GskRenderNode   *td_map_picture_new_panel (GtkWidget     *widget,
                                           GskRenderNode *node,
                                           int            edge,
                                           const GdkRGBA *fill);

G_END_DECLS
