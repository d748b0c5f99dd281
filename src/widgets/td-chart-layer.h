/* td-chart-layer.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef void (*TdChartDraw) (cairo_t *cr,
                             gpointer user_data);

/**
 * TdChartLayer:
 * @node: (owned) (nullable): what was drawn
 * @width: for this width, pixels
 * @height: and this height
 * @scale: and this scale factor
 *
 * Keeps what a layer drew until it is dropped or its size changes. Its pixels
 * are kept too: a cairo node records what was drawn, and would draw all of it
 * again wherever a part of it comes to light.
 */
typedef struct
{
  GskRenderNode *node;
  int            width;
  int            height;
  int            scale;
} TdChartLayer;

void td_chart_layer_append (TdChartLayer *layer,
                            GtkWidget    *widget,
                            GtkSnapshot  *snapshot,
                            TdChartDraw   draw,
                            gpointer      user_data);
void td_chart_layer_drop (TdChartLayer *layer);

G_END_DECLS
