/* td-floor-canvas-private.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-floor-canvas.h"

#include "td-floor-ground.h"

G_BEGIN_DECLS

#define TD_FLOOR_CANVAS_MARGIN 16     /* around the plan, pixels */
#define TD_FLOOR_CANVAS_BASE_CELL 8.0 /* pixels at a zoom of 1 */
#define TD_FLOOR_CANVAS_HANDLE 5.0    /* half of the side of what an item is resized by, pixels */
#define TD_FLOOR_CANVAS_LARGE_STEP 5  /* cells, with Shift; and from line to line that is drawn stronger */

typedef enum {
  DRAG_NONE,
  DRAG_MOVE,
  DRAG_RESIZE,
  DRAG_BAND,
  DRAG_DRAW,
} Drag;

struct _TdFloorCanvas
{
  GtkWidget parent_instance;

  TdMapPainter *painter;  /* (owned) */
  TdFloorEdit  *edit;     /* (owned) (nullable) */
  TdCentre     *centre;   /* (owned) (nullable): who has names */
  char         *path;     /* (owned) (nullable): of the plan's file */
  GPtrArray    *selected; /* (owned) (element-type TdFloorItem) */
  TdFloorTool   tool;
  guint         n_desks;
  gboolean      is_turned;
  char         *last_name; /* (owned) (nullable): of the seat that was made last */
  double        zoom;
  TdFloorPoint  cursor; /* where the keyboard works */

  GArray *corners; /* (owned) (element-type TdFloorPoint): of an outline that is not closed */

  Drag         drag;
  TdFloorPoint from; /* where the drag began, cells */
  TdFloorPoint to;

  GskRenderNode *ground;        /* (owned) (nullable) */
  TdFloorPlan   *ground_plan;   /* (owned) (nullable): what was drawn */
  GdkTexture    *underlay;      /* (owned) (nullable) */
  char          *underlay_name; /* (owned) (nullable): which that is */
};

double                 td_floor_canvas_get_cell (TdFloorCanvas *self);
TdFloorPlan           *td_floor_canvas_get_plan (TdFloorCanvas *self);
const TdFloorPlanInfo *td_floor_canvas_get_plan_info (TdFloorCanvas *self);
void                   td_floor_canvas_tell (TdFloorCanvas *self,
                                             gboolean       done,
                                             GError        *error);
void                   td_floor_canvas_describe (TdFloorCanvas *self);
void                   td_floor_canvas_selection_changed (TdFloorCanvas *self);
void                   td_floor_canvas_select_only (TdFloorCanvas *self,
                                                    TdFloorItem   *item);
void                   td_floor_canvas_add_controllers (TdFloorCanvas *self);
void                   td_floor_canvas_put_corner (TdFloorCanvas *self,
                                                   TdFloorPoint   corner);
gboolean               td_floor_canvas_take_back_corner (TdFloorCanvas *self);
gboolean               td_floor_canvas_give_up_outline (TdFloorCanvas *self);
void                   td_floor_canvas_append_outline (TdFloorCanvas *self,
                                                       GtkSnapshot   *snapshot);
void                   td_floor_canvas_draw (TdFloorCanvas *self,
                                             GtkSnapshot   *snapshot);

G_END_DECLS
