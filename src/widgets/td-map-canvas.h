/* td-map-canvas.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-map-layout.h"
#include "td-map-painter.h"
#include "td-map-zone.h"

G_BEGIN_DECLS

/**
 * TdMapCanvas:
 *
 * Draws a map of agents, and only what looks otherwise than before: the heads
 * of zones, tiles row by row, their times by the strip, squares on sheets.
 * What changed is kept to few rectangles, for with many of them GTK would draw
 * the whole map. Belongs to its widget and the main thread.
 */
typedef struct _TdMapCanvas TdMapCanvas;

TdMapCanvas *td_map_canvas_new (GtkWidget *widget);
void         td_map_canvas_free (TdMapCanvas *self);

TdMapPainter *td_map_canvas_get_painter (TdMapCanvas *self);
void          td_map_canvas_reset (TdMapCanvas *self,
                                   double       scale);
void          td_map_canvas_forget_places (TdMapCanvas *self);
void          td_map_canvas_fade (TdMapCanvas   *self,
                                  TdAgent       *agent,
                                  GskRenderNode *face);
void          td_map_canvas_draw (TdMapCanvas       *self,
                                  GtkSnapshot       *snapshot,
                                  TdCentre          *centre,
                                  GPtrArray         *zones,
                                  const TdMapLayout *layout,
                                  guint64            moment,
                                  int                top,
                                  int                height);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TdMapCanvas, td_map_canvas_free)

G_END_DECLS
