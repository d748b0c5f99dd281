/* td-floor-canvas.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "td-centre.h"
#include "td-floor-edit.h"

G_BEGIN_DECLS

/**
 * TdFloorTool:
 * @TD_FLOOR_TOOL_SELECT: select, move and resize
 * @TD_FLOOR_TOOL_ROOM: draw a room
 * @TD_FLOOR_TOOL_OUTLINE: draw a room of any shape, corner by corner
 * @TD_FLOOR_TOOL_WALL: draw a wall
 * @TD_FLOOR_TOOL_DESK: draw a desk
 * @TD_FLOOR_TOOL_ROW: put down a row of desks with seats
 * @TD_FLOOR_TOOL_SEAT: put down a seat
 * @TD_FLOOR_TOOL_LABEL: put down a text
 *
 * What the pointer and Enter do on the canvas.
 */
typedef enum {
  TD_FLOOR_TOOL_SELECT,
  TD_FLOOR_TOOL_ROOM,
  TD_FLOOR_TOOL_OUTLINE,
  TD_FLOOR_TOOL_WALL,
  TD_FLOOR_TOOL_DESK,
  TD_FLOOR_TOOL_ROW,
  TD_FLOOR_TOOL_SEAT,
  TD_FLOOR_TOOL_LABEL,
  TD_N_FLOOR_TOOLS
} TdFloorTool;

#define TD_TYPE_FLOOR_CANVAS (td_floor_canvas_get_type ())

/**
 * TdFloorCanvas:
 *
 * A floor plan on its grid, to be worked on by pointer or keyboard. Everything
 * snaps to the grid.
 *
 * TdFloorCanvas::selection-changed is emitted when other items are selected or
 * the selected ones have changed, TdFloorCanvas::tool-changed when Escape put
 * the tool away, TdFloorCanvas::refused with the words why something was not
 * done.
 */
G_DECLARE_FINAL_TYPE (TdFloorCanvas, td_floor_canvas, TD, FLOOR_CANVAS, GtkWidget)

GtkWidget *td_floor_canvas_new (void);

void        td_floor_canvas_set_edit (TdFloorCanvas *self,
                                      TdFloorEdit   *edit,
                                      const char    *path);
void        td_floor_canvas_set_centre (TdFloorCanvas *self,
                                        TdCentre      *centre);
TdFloorTool td_floor_canvas_get_tool (TdFloorCanvas *self);
void        td_floor_canvas_set_tool (TdFloorCanvas *self,
                                      TdFloorTool    tool);
void        td_floor_canvas_set_row (TdFloorCanvas *self,
                                     guint          n_desks,
                                     gboolean       is_turned);
GPtrArray  *td_floor_canvas_get_selection (TdFloorCanvas *self);
void        td_floor_canvas_select (TdFloorCanvas *self,
                                    GPtrArray     *items);
void        td_floor_canvas_select_all (TdFloorCanvas *self);
void        td_floor_canvas_remove (TdFloorCanvas *self);
void        td_floor_canvas_turn (TdFloorCanvas *self);
void        td_floor_canvas_replace (TdFloorCanvas         *self,
                                     const TdFloorItemInfo *info);
double      td_floor_canvas_get_zoom (TdFloorCanvas *self);
void        td_floor_canvas_set_zoom (TdFloorCanvas *self,
                                      double         zoom);
void        td_floor_canvas_fit (TdFloorCanvas *self,
                                 int            width,
                                 int            height);
gboolean    td_floor_canvas_assign (TdFloorCanvas *self,
                                    const char    *agent);

G_END_DECLS
