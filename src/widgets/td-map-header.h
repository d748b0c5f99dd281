/* td-map-header.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-map-painter.h"
#include "td-map-zone.h"

G_BEGIN_DECLS

/* The head of a zone on a map of agents: its name, how many serve, and how many
 * are in each state, in numbers or, where it is narrow, in proportions. */

int            td_map_header_get_min_width (TdMapPainter    *painter,
                                            const TdMapZone *zone,
                                            double           scale);
TdAgentNeed    td_map_header_get_mark (const TdMapZone *zone);
int            td_map_header_get_edge (double scale);
GskRenderNode *td_map_header_create (TdMapPainter    *painter,
                                     const TdMapZone *zone,
                                     int              width,
                                     int              height,
                                     double           scale);
GskRenderNode *td_map_header_create_ground (TdMapPainter    *painter,
                                            const TdMapZone *zone,
                                            const TdMapRect *rect,
                                            double           scale);

G_END_DECLS
