/* td-floor-canvas-draw.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-floor-canvas-private.h"

#include "td-floor-pick.h"

#define GRID_CELL 5.0     /* below this only every fifth line is drawn, pixels */
#define MIN_NAME_WIDTH 44 /* of a seat, pixels */
#define RADIUS 3

double
td_floor_canvas_get_cell (TdFloorCanvas *self)
{
  return TD_FLOOR_CANVAS_BASE_CELL * self->zoom;
}

TdFloorPlan *
td_floor_canvas_get_plan (TdFloorCanvas *self)
{
  return td_floor_edit_get_plan (self->edit);
}

const TdFloorPlanInfo *
td_floor_canvas_get_plan_info (TdFloorCanvas *self)
{
  return td_floor_plan_get_info (td_floor_canvas_get_plan (self));
}

static void
append_grid (TdFloorCanvas *self,
             GtkSnapshot   *snapshot)
{
  const TdFloorPlanInfo *plan = td_floor_canvas_get_plan_info (self);
  double                 cell = td_floor_canvas_get_cell (self);
  double                 width = plan->width * cell, height = plan->height * cell;
  int                    every = cell < GRID_CELL ? TD_FLOOR_CANVAS_LARGE_STEP : 1;
  const GdkRGBA         *colour = td_map_painter_get_colour (self->painter, "td_hatch");

  for (int i = 0; i <= MAX (plan->width, plan->height); i += every)
    {
      GdkRGBA faint = *colour;

      faint.alpha = i % TD_FLOOR_CANVAS_LARGE_STEP == 0 ? 0.35f : 0.12f;
      if (i <= plan->width)
        gtk_snapshot_append_color (snapshot, &faint, &GRAPHENE_RECT_INIT ((float)(i * cell), 0, 1, (float)height));
      if (i <= plan->height)
        gtk_snapshot_append_color (snapshot, &faint, &GRAPHENE_RECT_INIT (0, (float)(i * cell), (float)width, 1));
    }
}

static graphene_rect_t
get_rect (TdFloorCanvas         *self,
          const TdFloorItemInfo *info)
{
  const TdFloorPlanInfo *plan = td_floor_canvas_get_plan_info (self);
  double                 cell = td_floor_canvas_get_cell (self);
  TdFloorRect            bounds;

  td_floor_item_info_get_bounds (info, plan->seat_width, plan->seat_height, &bounds);
  if (info->kind == TD_FLOOR_LABEL)
    bounds.width = bounds.height = 2;

  return GRAPHENE_RECT_INIT ((float)(bounds.x * cell), (float)(bounds.y * cell),
                             (float)MAX (bounds.width * cell, 3), (float)MAX (bounds.height * cell, 3));
}

/* A seat, and who sits there whatever the source says. */
static void
append_seat (TdFloorCanvas         *self,
             GtkSnapshot           *snapshot,
             const TdFloorItemInfo *seat)
{
  graphene_rect_t rect = get_rect (self, seat);
  double          size = CLAMP (rect.size.height * 0.3, 7, 18);
  TdAgent        *agent = seat->agent != NULL && self->centre != NULL ? td_centre_find_agent (self->centre, seat->agent) : NULL;

  graphene_rect_inset (&rect, 1, 1);
  td_floor_ground_append_outline (self->painter, snapshot, &rect, RADIUS, 1, "td_secondary");
  /* The desk says the name too. */
  if (rect.size.width < MIN_NAME_WIDTH)
    return;
  td_floor_ground_append_text (self->painter, snapshot, seat->name, rect.origin.x + 4, rect.origin.y + 1, size, TRUE,
                               (int)rect.size.width - 6, "td_text");
  if (seat->agent != NULL)
    td_floor_ground_append_text (self->painter, snapshot, agent != NULL ? td_agent_get_title (agent) : seat->agent,
                                 rect.origin.x + 4, rect.origin.y + 1 + size * 1.3, size, FALSE, (int)rect.size.width - 6, "td_secondary");
}

static void
append_selection (TdFloorCanvas *self,
                  GtkSnapshot   *snapshot)
{
  double cell = td_floor_canvas_get_cell (self);

  for (guint i = 0; i < self->selected->len; i++)
    {
      TdFloorItemInfo info = *td_floor_item_get_info (g_ptr_array_index (self->selected, i));
      TdFloorPoint    corner;
      graphene_rect_t rect;

      if (self->drag == DRAG_MOVE)
        {
          info.x += self->to.x - self->from.x;
          info.y += self->to.y - self->from.y;
        }
      else if (self->drag == DRAG_RESIZE)
        td_floor_pick_resize (&info, self->to);

      rect = get_rect (self, &info);
      graphene_rect_inset (&rect, -1, -1);
      td_floor_ground_append_outline (self->painter, snapshot, &rect, RADIUS, 2, "accent_color");
      if (self->selected->len == 1 && td_floor_pick_get_handle (&info, &corner))
        gtk_snapshot_append_color (snapshot, td_map_painter_get_colour (self->painter, "accent_color"),
                                   &GRAPHENE_RECT_INIT ((float)(corner.x * cell - TD_FLOOR_CANVAS_HANDLE), (float)(corner.y * cell - TD_FLOOR_CANVAS_HANDLE),
                                                        (float)(2 * TD_FLOOR_CANVAS_HANDLE), (float)(2 * TD_FLOOR_CANVAS_HANDLE)));
    }
}

/* What is being drawn, or where the keyboard would. */
static void
append_pen (TdFloorCanvas *self,
            GtkSnapshot   *snapshot)
{
  double          cell = td_floor_canvas_get_cell (self);
  graphene_rect_t rect;

  if (self->drag == DRAG_BAND || self->drag == DRAG_DRAW)
    {
      rect = GRAPHENE_RECT_INIT ((float)(MIN (self->from.x, self->to.x) * cell), (float)(MIN (self->from.y, self->to.y) * cell),
                                 (float)MAX (ABS (self->to.x - self->from.x) * cell, 2), (float)MAX (ABS (self->to.y - self->from.y) * cell, 2));
      td_floor_ground_append_outline (self->painter, snapshot, &rect, RADIUS, 1.5, "accent_color");
    }
  else if (gtk_widget_has_focus (GTK_WIDGET (self)) && self->selected->len == 0)
    {
      rect = GRAPHENE_RECT_INIT ((float)(self->cursor.x * cell - 6), (float)(self->cursor.y * cell), 13, 1);
      gtk_snapshot_append_color (snapshot, td_map_painter_get_colour (self->painter, "accent_color"), &rect);
      rect = GRAPHENE_RECT_INIT ((float)(self->cursor.x * cell), (float)(self->cursor.y * cell - 6), 1, 13);
      gtk_snapshot_append_color (snapshot, td_map_painter_get_colour (self->painter, "accent_color"), &rect);
    }
}

static void
update_ground (TdFloorCanvas *self)
{
  if (self->ground != NULL && self->ground_plan == td_floor_canvas_get_plan (self))
    return;

  g_clear_pointer (&self->ground, gsk_render_node_unref);
  g_clear_pointer (&self->ground_plan, td_floor_plan_unref);
  self->ground_plan = td_floor_plan_ref (td_floor_canvas_get_plan (self));
  self->ground = td_floor_ground_create (self->painter, self->ground_plan, self->underlay, td_floor_canvas_get_cell (self));
}

/* Draws the plan, the grid, and what is being done. There is a plan. */
void
td_floor_canvas_draw (TdFloorCanvas *self,
                      GtkSnapshot   *snapshot)
{
  update_ground (self);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (TD_FLOOR_CANVAS_MARGIN, TD_FLOOR_CANVAS_MARGIN));
  if (self->ground != NULL)
    gtk_snapshot_append_node (snapshot, self->ground);
  append_grid (self, snapshot);
  for (guint i = 0; i < td_floor_plan_get_n_items (td_floor_canvas_get_plan (self)); i++)
    {
      const TdFloorItemInfo *info = td_floor_item_get_info (td_floor_plan_get_item (td_floor_canvas_get_plan (self), i));

      if (info->kind == TD_FLOOR_SEAT)
        append_seat (self, snapshot, info);
    }
  append_selection (self, snapshot);
  append_pen (self, snapshot);
  td_floor_canvas_append_outline (self, snapshot);
  gtk_snapshot_restore (snapshot);
}
