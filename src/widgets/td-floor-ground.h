/* td-floor-ground.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-floor-plan.h"
#include "td-map-painter.h"

G_BEGIN_DECLS

/* What a floor plan looks like without anybody on it: rooms, walls, desks, the
 * names of seats, labels. Pixels; the plan's upper left corner is the origin. */

GskRenderNode *td_floor_ground_create (TdMapPainter *painter,
                                       TdFloorPlan  *plan,
                                       GdkTexture   *underlay,
                                       double        cell);
void           td_floor_ground_append_text (TdMapPainter *painter,
                                            GtkSnapshot  *snapshot,
                                            const char   *text,
                                            double        x,
                                            double        y,
                                            double        size,
                                            gboolean      bold,
                                            int           width,
                                            const char   *colour);

void td_floor_ground_append_outline (TdMapPainter          *painter,
                                     GtkSnapshot           *snapshot,
                                     const graphene_rect_t *rect,
                                     double                 radius,
                                     double                 line,
                                     const char            *colour);

GdkTexture *td_floor_underlay_load (const char *plan_path,
                                    const char *underlay,
                                    int         width,
                                    int         height,
                                    GError    **error);

G_END_DECLS
