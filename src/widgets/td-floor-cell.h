/* td-floor-cell.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-floor-seating.h"
#include "td-map-fades.h"
#include "td-map-painter.h"

G_BEGIN_DECLS

#define TD_TYPE_FLOOR_CELL (td_floor_cell_get_type ())

/**
 * TdFloorCell:
 *
 * One place of a floor plan: an agent on a seat, in a room or beside the plan,
 * or a seat without anybody. A cell of the plan's grid to a screen reader.
 */
G_DECLARE_FINAL_TYPE (TdFloorCell, td_floor_cell, TD, FLOOR_CELL, GtkWidget)

GtkWidget *td_floor_cell_new (TdMapPainter *painter,
                              TdMapPainter *plain,
                              TdMapFades   *fades);

const TdFloorStand *td_floor_cell_get_stand (TdFloorCell *self);
void                td_floor_cell_set_stand (TdFloorCell        *self,
                                             const TdFloorStand *stand,
                                             const char         *seat,
                                             const char         *room);
void                td_floor_cell_judge (TdFloorCell       *self,
                                         TdAgentVerdictFunc func,
                                         gpointer           user_data,
                                         gint64             now);
void                td_floor_cell_set_dimmed (TdFloorCell *self,
                                              gboolean     is_dimmed);
void                td_floor_cell_set_selected (TdFloorCell *self,
                                                gboolean     is_selected);
void                td_floor_cell_set_queue (TdFloorCell *self,
                                             const char  *title);
void                td_floor_cell_restyle (TdFloorCell *self);
char               *td_floor_cell_dup_words (TdFloorCell *self);

G_END_DECLS
