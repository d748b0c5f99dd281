/* td-floor-canvas-input.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-floor-canvas-private.h"

#include <glib/gi18n.h>
#include <math.h>

#include "td-floor-pick.h"

#define ZOOM_STEP 1.15

static TdFloorPoint
to_cell (TdFloorCanvas *self,
         double         x,
         double         y)
{
  const TdFloorPlanInfo *plan = td_floor_canvas_get_plan_info (self);

  return (TdFloorPoint){ CLAMP ((int)round ((x - TD_FLOOR_CANVAS_MARGIN) / td_floor_canvas_get_cell (self)), 0, plan->width),
                         CLAMP ((int)round ((y - TD_FLOOR_CANVAS_MARGIN) / td_floor_canvas_get_cell (self)), 0, plan->height) };
}

static TdFloorItem *
find_at (TdFloorCanvas *self,
         double         x,
         double         y)
{
  return td_floor_pick_find (td_floor_canvas_get_plan (self), (x - TD_FLOOR_CANVAS_MARGIN) / td_floor_canvas_get_cell (self), (y - TD_FLOOR_CANVAS_MARGIN) / td_floor_canvas_get_cell (self));
}

static gboolean
is_on_handle (TdFloorCanvas *self,
              double         x,
              double         y)
{
  TdFloorPoint corner;

  if (self->selected->len != 1 ||
      !td_floor_pick_get_handle (td_floor_item_get_info (g_ptr_array_index (self->selected, 0)), &corner))
    return FALSE;

  return fabs (TD_FLOOR_CANVAS_MARGIN + corner.x * td_floor_canvas_get_cell (self) - x) <= 2 * TD_FLOOR_CANVAS_HANDLE && fabs (TD_FLOOR_CANVAS_MARGIN + corner.y * td_floor_canvas_get_cell (self) - y) <= 2 * TD_FLOOR_CANVAS_HANDLE;
}

/* Adds what the tool makes between two points of the grid. */
static void
add (TdFloorCanvas *self,
     TdFloorPoint   from,
     TdFloorPoint   to)
{
  g_autofree char *name = NULL;
  GError          *error = NULL;
  TdFloorItemInfo  info;
  gboolean         done;

  if (self->tool == TD_FLOOR_TOOL_ROW || self->tool == TD_FLOOR_TOOL_SEAT)
    name = td_floor_edit_dup_next_name (self->edit, self->last_name);

  if (self->tool == TD_FLOOR_TOOL_ROW)
    done = td_floor_edit_add_row (self->edit, from.x, from.y, self->n_desks, name, self->is_turned, self->selected, &error);
  else
    {
      td_floor_pick_draw (td_floor_canvas_get_plan_info (self), (TdFloorKind)(self->tool == TD_FLOOR_TOOL_ROOM ? TD_FLOOR_ROOM : self->tool == TD_FLOOR_TOOL_WALL ? TD_FLOOR_WALL
                                                                                                                               : self->tool == TD_FLOOR_TOOL_DESK ? TD_FLOOR_DESK
                                                                                                                               : self->tool == TD_FLOOR_TOOL_SEAT ? TD_FLOOR_SEAT
                                                                                                                                                                  : TD_FLOOR_LABEL),
                          from, to, &info);
      if (info.kind == TD_FLOOR_SEAT)
        info.name = name;
      else if (info.kind == TD_FLOOR_ROOM)
        info.name = C_ ("floor plan", "Room");
      else if (info.kind == TD_FLOOR_LABEL)
        info.name = C_ ("floor plan", "Text");
      done = td_floor_edit_add (self->edit, &info, 1, self->selected, &error);
    }

  if (done && name != NULL)
    {
      const TdFloorItemInfo *last = td_floor_item_get_info (g_ptr_array_index (self->selected, self->selected->len - 1));

      g_free (self->last_name);
      self->last_name = g_strdup (last->name);
    }
  td_floor_canvas_tell (self, done, error);
  td_floor_canvas_selection_changed (self);
}

static void
move (TdFloorCanvas *self,
      int            dx,
      int            dy)
{
  GError  *error = NULL;
  gboolean done = td_floor_edit_move (self->edit, self->selected, dx, dy, &error);

  td_floor_canvas_tell (self, done, error);
  td_floor_canvas_selection_changed (self);
}

static void
resize (TdFloorCanvas *self)
{
  TdFloorItemInfo info = *td_floor_item_get_info (g_ptr_array_index (self->selected, 0));

  td_floor_pick_resize (&info, self->to);
  td_floor_canvas_replace (self, &info);
}

static void
select_band (TdFloorCanvas *self)
{
  const TdFloorPlanInfo *plan = td_floor_canvas_get_plan_info (self);
  TdFloorRect            band = { MIN (self->from.x, self->to.x), MIN (self->from.y, self->to.y),
                                  ABS (self->to.x - self->from.x), ABS (self->to.y - self->from.y) };

  for (guint i = 0; i < td_floor_plan_get_n_items (td_floor_canvas_get_plan (self)); i++)
    {
      TdFloorItem *item = td_floor_plan_get_item (td_floor_canvas_get_plan (self), i);
      TdFloorRect  bounds;

      td_floor_item_info_get_bounds (td_floor_item_get_info (item), plan->seat_width, plan->seat_height, &bounds);
      if (bounds.x >= band.x && bounds.y >= band.y && bounds.x + bounds.width <= band.x + band.width &&
          bounds.y + bounds.height <= band.y + band.height && !g_ptr_array_find (self->selected, item, NULL))
        g_ptr_array_add (self->selected, td_floor_item_ref (item));
    }
  td_floor_canvas_selection_changed (self);
}

static void
drag_begin_cb (TdFloorCanvas  *self,
               double          x,
               double          y,
               GtkGestureDrag *gesture)
{
  GdkModifierType state = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture));
  TdFloorItem    *item;
  guint           index;

  gtk_widget_grab_focus (GTK_WIDGET (self));
  if (self->edit == NULL)
    return;

  self->from = self->to = self->cursor = to_cell (self, x, y);
  if (self->tool == TD_FLOOR_TOOL_OUTLINE)
    {
      td_floor_canvas_put_corner (self, self->cursor);
      return;
    }
  if (self->tool != TD_FLOOR_TOOL_SELECT)
    {
      self->drag = DRAG_DRAW;
      return;
    }
  if (is_on_handle (self, x, y))
    {
      self->drag = DRAG_RESIZE;
      return;
    }

  item = find_at (self, x, y);
  if (item == NULL)
    {
      self->drag = DRAG_BAND;
      if ((state & GDK_SHIFT_MASK) == 0)
        td_floor_canvas_select_only (self, NULL);
      return;
    }

  self->drag = DRAG_MOVE;
  if (g_ptr_array_find (self->selected, item, &index))
    {
      if ((state & GDK_SHIFT_MASK) != 0)
        {
          g_ptr_array_remove_index (self->selected, index);
          td_floor_canvas_selection_changed (self);
        }
    }
  else if ((state & GDK_SHIFT_MASK) != 0)
    {
      g_ptr_array_add (self->selected, td_floor_item_ref (item));
      td_floor_canvas_selection_changed (self);
    }
  else
    td_floor_canvas_select_only (self, item);
}

static void
drag_update_cb (TdFloorCanvas  *self,
                double          dx,
                double          dy,
                GtkGestureDrag *gesture)
{
  double x, y;

  if (self->drag == DRAG_NONE)
    return;

  gtk_gesture_drag_get_start_point (gesture, &x, &y);
  self->to = to_cell (self, x + dx, y + dy);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
drag_end_cb (TdFloorCanvas *self,
             double         dx,
             double         dy)
{
  Drag drag = self->drag;

  self->drag = DRAG_NONE;
  gtk_widget_queue_draw (GTK_WIDGET (self));
  switch (drag)
    {
    case DRAG_DRAW:
      add (self, self->from, self->to);
      break;

    case DRAG_MOVE:
      if (self->from.x != self->to.x || self->from.y != self->to.y)
        move (self, self->to.x - self->from.x, self->to.y - self->from.y);
      break;

    case DRAG_RESIZE:
      resize (self);
      break;

    case DRAG_BAND:
      select_band (self);
      break;

    case DRAG_NONE:
    default:
      break;
    }
}

/* The line from the last corner follows the pointer. */
static void
motion_cb (TdFloorCanvas *self,
           double         x,
           double         y)
{
  TdFloorPoint to;

  if (self->edit == NULL || self->corners->len == 0)
    return;

  to = to_cell (self, x, y);
  if (to.x == self->to.x && to.y == self->to.y)
    return;
  self->to = to;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static gboolean
scroll_cb (TdFloorCanvas            *self,
           double                    dx,
           double                    dy,
           GtkEventControllerScroll *controller)
{
  if ((gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (controller)) & GDK_CONTROL_MASK) == 0)
    return FALSE;

  td_floor_canvas_set_zoom (self, self->zoom * pow (ZOOM_STEP, -dy));

  return TRUE;
}

static void
step (TdFloorCanvas *self,
      int            dx,
      int            dy)
{
  if (self->selected->len > 0)
    {
      move (self, dx, dy);
      return;
    }

  self->cursor.x = CLAMP (self->cursor.x + dx, 0, td_floor_canvas_get_plan_info (self)->width);
  self->cursor.y = CLAMP (self->cursor.y + dy, 0, td_floor_canvas_get_plan_info (self)->height);
  self->to = self->cursor;
  td_floor_canvas_describe (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* The items one after the other, in the plan's order. */
static void
select_next (TdFloorCanvas *self,
             int            by)
{
  guint n_items = td_floor_plan_get_n_items (td_floor_canvas_get_plan (self));
  guint at = by > 0 ? n_items - 1 : 0;

  if (n_items == 0)
    return;

  for (guint i = 0; i < n_items; i++)
    {
      if (self->selected->len > 0 && td_floor_plan_get_item (td_floor_canvas_get_plan (self), i) == g_ptr_array_index (self->selected, 0))
        at = i;
    }
  td_floor_canvas_select_only (self, td_floor_plan_get_item (td_floor_canvas_get_plan (self), (at + n_items + (guint)by) % n_items));
}

static void
leave (TdFloorCanvas *self)
{
  self->drag = DRAG_NONE;
  if (td_floor_canvas_give_up_outline (self))
    return;
  if (self->tool != TD_FLOOR_TOOL_SELECT)
    {
      td_floor_canvas_set_tool (self, TD_FLOOR_TOOL_SELECT);
      g_signal_emit_by_name (self, "tool-changed");
    }
  else
    td_floor_canvas_select_only (self, NULL);
}

static gboolean
key_cb (TdFloorCanvas  *self,
        guint           keyval,
        guint           keycode,
        GdkModifierType state)
{
  int by = (state & GDK_SHIFT_MASK) != 0 ? TD_FLOOR_CANVAS_LARGE_STEP : 1;

  if (self->edit == NULL || (state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0)
    return FALSE;

  switch (keyval)
    {
    case GDK_KEY_Left:
      step (self, -by, 0);
      return TRUE;

    case GDK_KEY_Right:
      step (self, by, 0);
      return TRUE;

    case GDK_KEY_Up:
      step (self, 0, -by);
      return TRUE;

    case GDK_KEY_Down:
      step (self, 0, by);
      return TRUE;

    case GDK_KEY_Page_Down:
      select_next (self, 1);
      return TRUE;

    case GDK_KEY_Page_Up:
      select_next (self, -1);
      return TRUE;

    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
      if (self->tool == TD_FLOOR_TOOL_SELECT)
        td_floor_canvas_select_only (self, td_floor_pick_find (td_floor_canvas_get_plan (self), self->cursor.x + 0.5, self->cursor.y + 0.5));
      else if (self->tool == TD_FLOOR_TOOL_OUTLINE)
        td_floor_canvas_put_corner (self, self->cursor);
      else
        add (self, self->cursor, self->cursor);
      return TRUE;

    case GDK_KEY_Delete:
    case GDK_KEY_BackSpace:
      if (!td_floor_canvas_take_back_corner (self))
        td_floor_canvas_remove (self);
      return TRUE;

    case GDK_KEY_r:
      td_floor_canvas_turn (self);
      return TRUE;

    case GDK_KEY_Escape:
      leave (self);
      return TRUE;

    default:
      return FALSE;
    }
}

static gboolean
drop_cb (TdFloorCanvas *self,
         const GValue  *value,
         double         x,
         double         y)
{
  TdFloorItem *item = self->edit != NULL ? find_at (self, x, y) : NULL;

  if (item == NULL || td_floor_item_get_info (item)->kind != TD_FLOOR_SEAT)
    return FALSE;

  td_floor_canvas_select_only (self, item);

  return td_floor_canvas_assign (self, g_value_get_string (value));
}

/* Lets pointer and keyboard reach the canvas. */
void
td_floor_canvas_add_controllers (TdFloorCanvas *self)
{
  GtkGesture         *drag = gtk_gesture_drag_new ();
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *key = gtk_event_controller_key_new ();
  GtkEventController *scroll = gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_VERTICAL);
  GtkDropTarget      *drop = gtk_drop_target_new (G_TYPE_STRING, GDK_ACTION_COPY);

  g_signal_connect_swapped (drag, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  g_signal_connect_swapped (drag, "drag-update", G_CALLBACK (drag_update_cb), self);
  g_signal_connect_swapped (drag, "drag-end", G_CALLBACK (drag_end_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
  g_signal_connect_swapped (motion, "motion", G_CALLBACK (motion_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
  g_signal_connect_swapped (key, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), key);
  g_signal_connect_swapped (scroll, "scroll", G_CALLBACK (scroll_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), scroll);
  g_signal_connect_swapped (drop, "drop", G_CALLBACK (drop_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drop));
}
