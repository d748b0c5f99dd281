/* td-floor-canvas-outline.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-floor-canvas-private.h"

#include <glib/gi18n.h>

static gboolean
is_same (const TdFloorPoint *a,
         const TdFloorPoint *b)
{
  return a->x == b->x && a->y == b->y;
}

static void
changed (TdFloorCanvas *self)
{
  td_floor_canvas_describe (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* Makes a room of the corners; where it is refused they stay, to be mended. */
static void
close_outline (TdFloorCanvas *self)
{
  g_autofree TdFloorPoint *points = g_memdup2 (self->corners->data, self->corners->len * sizeof (TdFloorPoint));
  TdFloorItemInfo          info = { .kind = TD_FLOOR_ROOM, .use = TD_FLOOR_USE_OTHER, .name = C_ ("floor plan", "Room") };
  GError                  *error = NULL;
  gboolean                 done;

  td_floor_item_info_set_points (&info, points, self->corners->len);
  done = td_floor_edit_add (self->edit, &info, 1, self->selected, &error);
  if (done)
    g_array_set_size (self->corners, 0);
  td_floor_canvas_tell (self, done, error);
  td_floor_canvas_selection_changed (self);
}

/**
 * td_floor_canvas_put_corner:
 * @self: a canvas that has an edit
 * @corner: where it shall be, cells
 *
 * Puts down a corner of the outline of a room. Where the first or the last one
 * is already, the outline is closed: by a double click, by Enter in the same
 * place, or when it has come round.
 */
void
td_floor_canvas_put_corner (TdFloorCanvas *self,
                            TdFloorPoint   corner)
{
  const TdFloorPoint *corners = (const TdFloorPoint *)(gconstpointer)self->corners->data;
  guint               n = self->corners->len;

  self->to = corner;
  if (n > 0 && (is_same (&corner, &corners[n - 1]) || (n > 2 && is_same (&corner, &corners[0]))))
    {
      close_outline (self);
      return;
    }

  if (n == 0)
    td_floor_canvas_select_only (self, NULL);
  g_array_append_val (self->corners, corner);
  changed (self);
}

/**
 * td_floor_canvas_take_back_corner:
 * @self: a canvas
 *
 * Returns: whether there was a corner, which is taken back
 */
gboolean
td_floor_canvas_take_back_corner (TdFloorCanvas *self)
{
  if (self->corners->len == 0)
    return FALSE;

  g_array_set_size (self->corners, self->corners->len - 1);
  changed (self);

  return TRUE;
}

/**
 * td_floor_canvas_give_up_outline:
 * @self: a canvas
 *
 * Returns: whether there was an outline, which is forgotten
 */
gboolean
td_floor_canvas_give_up_outline (TdFloorCanvas *self)
{
  if (self->corners->len == 0)
    return FALSE;

  g_array_set_size (self->corners, 0);
  changed (self);

  return TRUE;
}

/**
 * td_floor_canvas_append_outline:
 * @self: a canvas that has an edit
 * @snapshot: where to draw, the plan's origin at the origin
 *
 * Draws the outline that is not closed yet, and where it would go on.
 */
void
td_floor_canvas_append_outline (TdFloorCanvas *self,
                                GtkSnapshot   *snapshot)
{
  const TdFloorPlanInfo *plan = td_floor_canvas_get_plan_info (self);
  const TdFloorPoint    *corners = (const TdFloorPoint *)(gconstpointer)self->corners->data;
  double                 cell = td_floor_canvas_get_cell (self);
  const GdkRGBA         *colour = td_map_painter_get_colour (self->painter, "accent_color");
  graphene_rect_t        bounds = GRAPHENE_RECT_INIT (-4, -4, (float)(plan->width * cell + 8), (float)(plan->height * cell + 8));
  cairo_t               *cr;

  if (self->corners->len == 0)
    return;

  cr = gtk_snapshot_append_cairo (snapshot, &bounds);
  gdk_cairo_set_source_rgba (cr, colour);
  cairo_set_line_width (cr, 2);
  for (guint i = 0; i < self->corners->len; i++)
    cairo_line_to (cr, corners[i].x * cell, corners[i].y * cell);
  cairo_stroke (cr);
  for (guint i = 0; i < self->corners->len; i++)
    {
      cairo_rectangle (cr, corners[i].x * cell - 3, corners[i].y * cell - 3, 6, 6);
      cairo_fill (cr);
    }
  cairo_set_dash (cr, (double[]){ 5, 4 }, 2, 0);
  cairo_set_line_width (cr, 1.5);
  cairo_move_to (cr, corners[self->corners->len - 1].x * cell, corners[self->corners->len - 1].y * cell);
  cairo_line_to (cr, self->to.x * cell, self->to.y * cell);
  cairo_line_to (cr, corners[0].x * cell, corners[0].y * cell);
  cairo_stroke (cr);
  cairo_destroy (cr);
}
