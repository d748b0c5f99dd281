/* td-floor-canvas.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-floor-canvas-private.h"

#include <glib/gi18n.h>
#include <math.h>

#include "td-floor-pick.h"

#define MIN_ZOOM 0.25
#define MAX_ZOOM 4.0

enum {
  SELECTION_CHANGED,
  TOOL_CHANGED,
  REFUSED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TdFloorCanvas, td_floor_canvas, GTK_TYPE_WIDGET)

/* Says in words why something was not done, if it was not. */
void
td_floor_canvas_tell (TdFloorCanvas *self,
                      gboolean       done,
                      GError        *error)
{
  if (!done)
    g_signal_emit (self, signals[REFUSED], 0, error->message);
  g_clear_error (&error);
}

/* What a screen reader says of where one works. */
void
td_floor_canvas_describe (TdFloorCanvas *self)
{
  const TdFloorItemInfo *info = self->selected->len > 0 ? td_floor_item_get_info (g_ptr_array_index (self->selected, 0)) : NULL;
  g_autofree char       *text = NULL;

  if (self->corners->len > 0)
    /* Translators: a room that is being drawn on a floor plan, and where the keyboard works on its grid. */
    text = g_strdup_printf (ngettext ("%u corner, column %d, row %d", "%u corners, column %d, row %d", self->corners->len),
                            self->corners->len, self->cursor.x, self->cursor.y);
  else if (info == NULL)
    /* Translators: where the keyboard works on the grid of a floor plan. */
    text = g_strdup_printf (_ ("column %d, row %d"), self->cursor.x, self->cursor.y);
  else if (self->selected->len > 1)
    text = g_strdup_printf (ngettext ("%u selected", "%u selected", self->selected->len), self->selected->len);
  else
    /* Translators: a kind of item, its name, and where it is on the grid of a floor plan. */
    text = g_strdup_printf (_ ("%s “%s”, column %d, row %d"), td_floor_pick_get_kind_name (info->kind),
                            info->name != NULL ? info->name : "", info->x, info->y);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);
}

/* Other items are selected, or the selected ones have changed. */
void
td_floor_canvas_selection_changed (TdFloorCanvas *self)
{
  td_floor_canvas_describe (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_signal_emit (self, signals[SELECTION_CHANGED], 0);
}

/* Selects @item alone, or nothing. */
void
td_floor_canvas_select_only (TdFloorCanvas *self,
                             TdFloorItem   *item)
{
  g_ptr_array_set_size (self->selected, 0);
  if (item != NULL)
    g_ptr_array_add (self->selected, td_floor_item_ref (item));
  td_floor_canvas_selection_changed (self);
}

/* What is no longer on the plan is not selected. */
static void
edit_changed_cb (TdFloorCanvas *self)
{
  for (guint i = self->selected->len; i-- > 0;)
    {
      if (!td_floor_edit_holds (self->edit, g_ptr_array_index (self->selected, i)))
        g_ptr_array_remove_index (self->selected, i);
    }
  gtk_widget_queue_resize (GTK_WIDGET (self));
  td_floor_canvas_selection_changed (self);
}

static void
load_underlay (TdFloorCanvas *self)
{
  const TdFloorPlanInfo *plan = td_floor_canvas_get_plan_info (self);
  GError                *error = NULL;

  if (g_strcmp0 (plan->underlay, self->underlay_name) == 0)
    return;

  g_free (self->underlay_name);
  self->underlay_name = g_strdup (plan->underlay);
  g_clear_object (&self->underlay);
  if (plan->underlay == NULL || self->path == NULL)
    return;

  self->underlay = td_floor_underlay_load (self->path, plan->underlay, (int)(plan->width * TD_FLOOR_CANVAS_BASE_CELL * 2), (int)(plan->height * TD_FLOOR_CANVAS_BASE_CELL * 2), &error);
  td_floor_canvas_tell (self, self->underlay != NULL, error);
}

static void
td_floor_canvas_snapshot (GtkWidget   *widget,
                          GtkSnapshot *snapshot)
{
  TdFloorCanvas *self = TD_FLOOR_CANVAS (widget);

  if (self->edit != NULL)
    td_floor_canvas_draw (self, snapshot);
}

static void
td_floor_canvas_measure (GtkWidget     *widget,
                         GtkOrientation orientation,
                         int            for_size,
                         int           *minimum,
                         int           *natural,
                         int           *minimum_baseline,
                         int           *natural_baseline)
{
  TdFloorCanvas *self = TD_FLOOR_CANVAS (widget);
  int            cells = 0;

  if (self->edit != NULL)
    cells = orientation == GTK_ORIENTATION_HORIZONTAL ? td_floor_canvas_get_plan_info (self)->width : td_floor_canvas_get_plan_info (self)->height;
  *minimum = *natural = (int)ceil (cells * td_floor_canvas_get_cell (self)) + 2 * TD_FLOOR_CANVAS_MARGIN;
}

static void
td_floor_canvas_css_changed (GtkWidget         *widget,
                             GtkCssStyleChange *change)
{
  TdFloorCanvas *self = TD_FLOOR_CANVAS (widget);

  GTK_WIDGET_CLASS (td_floor_canvas_parent_class)->css_changed (widget, change);
  td_map_painter_reset (self->painter, 1);
  g_clear_pointer (&self->ground, gsk_render_node_unref);
  gtk_widget_queue_draw (widget);
}

static void
td_floor_canvas_dispose (GObject *object)
{
  TdFloorCanvas *self = TD_FLOOR_CANVAS (object);

  if (self->edit != NULL)
    g_signal_handlers_disconnect_by_data (self->edit, self);
  g_clear_object (&self->edit);
  g_clear_object (&self->centre);
  g_clear_object (&self->underlay);
  g_clear_pointer (&self->ground, gsk_render_node_unref);
  g_clear_pointer (&self->ground_plan, td_floor_plan_unref);
  g_ptr_array_set_size (self->selected, 0);

  G_OBJECT_CLASS (td_floor_canvas_parent_class)->dispose (object);
}

static void
td_floor_canvas_finalize (GObject *object)
{
  TdFloorCanvas *self = TD_FLOOR_CANVAS (object);

  g_ptr_array_unref (self->selected);
  g_array_unref (self->corners);
  td_map_painter_free (self->painter);
  g_free (self->path);
  g_free (self->last_name);
  g_free (self->underlay_name);

  G_OBJECT_CLASS (td_floor_canvas_parent_class)->finalize (object);
}

static void
td_floor_canvas_class_init (TdFloorCanvasClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = td_floor_canvas_dispose;
  object_class->finalize = td_floor_canvas_finalize;
  widget_class->snapshot = td_floor_canvas_snapshot;
  widget_class->measure = td_floor_canvas_measure;
  widget_class->css_changed = td_floor_canvas_css_changed;

  signals[SELECTION_CHANGED] = g_signal_new ("selection-changed", TD_TYPE_FLOOR_CANVAS, G_SIGNAL_RUN_LAST, 0,
                                             NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[TOOL_CHANGED] = g_signal_new ("tool-changed", TD_TYPE_FLOOR_CANVAS, G_SIGNAL_RUN_LAST, 0,
                                        NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[REFUSED] = g_signal_new ("refused", TD_TYPE_FLOOR_CANVAS, G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_set_css_name (widget_class, "floorcanvas");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
td_floor_canvas_init (TdFloorCanvas *self)
{
  self->painter = td_map_painter_new (GTK_WIDGET (self));
  self->selected = g_ptr_array_new_with_free_func ((GDestroyNotify)td_floor_item_unref);
  self->zoom = 1;
  self->n_desks = 4;
  self->corners = g_array_new (FALSE, FALSE, sizeof (TdFloorPoint));
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);

  td_floor_canvas_add_controllers (self);
  g_signal_connect (self, "notify::has-focus", G_CALLBACK (gtk_widget_queue_draw), NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Floor plan"), -1);
}

GtkWidget *
td_floor_canvas_new (void)
{
  return g_object_new (TD_TYPE_FLOOR_CANVAS, NULL);
}

/**
 * td_floor_canvas_set_edit:
 * @self: a canvas
 * @edit: (nullable): what to work on
 * @path: (nullable): the plan's file, beside which its underlay is
 */
void
td_floor_canvas_set_edit (TdFloorCanvas *self,
                          TdFloorEdit   *edit,
                          const char    *path)
{
  g_return_if_fail (TD_IS_FLOOR_CANVAS (self));

  if (self->edit != NULL)
    g_signal_handlers_disconnect_by_data (self->edit, self);
  g_set_object (&self->edit, edit);
  g_free (self->path);
  self->path = g_strdup (path);
  g_clear_pointer (&self->underlay_name, g_free);
  g_clear_object (&self->underlay);
  g_clear_pointer (&self->last_name, g_free);
  g_clear_pointer (&self->ground, gsk_render_node_unref);
  self->cursor = (TdFloorPoint){ 0, 0 };
  g_array_set_size (self->corners, 0);
  g_ptr_array_set_size (self->selected, 0);
  if (edit != NULL)
    {
      g_signal_connect_swapped (edit, "changed", G_CALLBACK (edit_changed_cb), self);
      load_underlay (self);
    }
  gtk_widget_queue_resize (GTK_WIDGET (self));
  td_floor_canvas_selection_changed (self);
}

/**
 * td_floor_canvas_set_centre:
 * @self: a canvas
 * @centre: (nullable): whose agents have names
 */
void
td_floor_canvas_set_centre (TdFloorCanvas *self,
                            TdCentre      *centre)
{
  g_return_if_fail (TD_IS_FLOOR_CANVAS (self));

  g_set_object (&self->centre, centre);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

TdFloorTool
td_floor_canvas_get_tool (TdFloorCanvas *self)
{
  g_return_val_if_fail (TD_IS_FLOOR_CANVAS (self), TD_FLOOR_TOOL_SELECT);

  return self->tool;
}

void
td_floor_canvas_set_tool (TdFloorCanvas *self,
                          TdFloorTool    tool)
{
  g_return_if_fail (TD_IS_FLOOR_CANVAS (self) && tool < TD_N_FLOOR_TOOLS);

  self->tool = tool;
  g_array_set_size (self->corners, 0);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), tool == TD_FLOOR_TOOL_SELECT ? NULL : "crosshair");
}

/**
 * td_floor_canvas_set_row:
 * @self: a canvas
 * @n_desks: how many desks a row has that is put down
 * @is_turned: whether its seats are above its desks
 */
void
td_floor_canvas_set_row (TdFloorCanvas *self,
                         guint          n_desks,
                         gboolean       is_turned)
{
  g_return_if_fail (TD_IS_FLOOR_CANVAS (self));

  self->n_desks = n_desks;
  self->is_turned = is_turned;
}

/**
 * td_floor_canvas_get_selection:
 * @self: a canvas
 *
 * Returns: (transfer none) (element-type TdFloorItem): what is selected; an
 *   edit of it puts in what became of it
 */
GPtrArray *
td_floor_canvas_get_selection (TdFloorCanvas *self)
{
  g_return_val_if_fail (TD_IS_FLOOR_CANVAS (self), NULL);

  return self->selected;
}

/**
 * td_floor_canvas_select:
 * @self: a canvas
 * @items: (element-type TdFloorItem): items of the plan
 */
void
td_floor_canvas_select (TdFloorCanvas *self,
                        GPtrArray     *items)
{
  g_return_if_fail (TD_IS_FLOOR_CANVAS (self));

  g_ptr_array_set_size (self->selected, 0);
  for (guint i = 0; i < items->len; i++)
    g_ptr_array_add (self->selected, td_floor_item_ref (g_ptr_array_index (items, i)));
  td_floor_canvas_selection_changed (self);
}

void
td_floor_canvas_select_all (TdFloorCanvas *self)
{
  g_return_if_fail (TD_IS_FLOOR_CANVAS (self));

  g_ptr_array_set_size (self->selected, 0);
  for (guint i = 0; self->edit != NULL && i < td_floor_plan_get_n_items (td_floor_canvas_get_plan (self)); i++)
    g_ptr_array_add (self->selected, td_floor_item_ref (td_floor_plan_get_item (td_floor_canvas_get_plan (self), i)));
  td_floor_canvas_selection_changed (self);
}

/* Deletes what is selected. */
void
td_floor_canvas_remove (TdFloorCanvas *self)
{
  g_autoptr (GPtrArray) items = NULL;
  GError  *error = NULL;
  gboolean done;

  g_return_if_fail (TD_IS_FLOOR_CANVAS (self));

  if (self->edit == NULL || self->selected->len == 0)
    return;

  /* The selection itself is emptied while the edit tells of the change. */
  items = g_ptr_array_new_with_free_func ((GDestroyNotify)td_floor_item_unref);
  for (guint i = 0; i < self->selected->len; i++)
    g_ptr_array_add (items, td_floor_item_ref (g_ptr_array_index (self->selected, i)));
  done = td_floor_edit_remove (self->edit, items, &error);
  td_floor_canvas_tell (self, done, error);
}

/* Turns what is selected by a quarter. */
void
td_floor_canvas_turn (TdFloorCanvas *self)
{
  GError  *error = NULL;
  gboolean done;

  g_return_if_fail (TD_IS_FLOOR_CANVAS (self));

  if (self->edit == NULL || self->selected->len == 0)
    return;

  done = td_floor_edit_turn (self->edit, self->selected, &error);
  td_floor_canvas_tell (self, done, error);
  td_floor_canvas_selection_changed (self);
}

/**
 * td_floor_canvas_replace:
 * @self: a canvas
 * @info: what the one selected item shall be
 */
void
td_floor_canvas_replace (TdFloorCanvas         *self,
                         const TdFloorItemInfo *info)
{
  GError  *error = NULL;
  gboolean done;

  g_return_if_fail (TD_IS_FLOOR_CANVAS (self));
  g_return_if_fail (self->selected->len == 1 && info != NULL);

  done = td_floor_edit_replace (self->edit, self->selected, info, &error);
  td_floor_canvas_tell (self, done, error);
  td_floor_canvas_selection_changed (self);
}

double
td_floor_canvas_get_zoom (TdFloorCanvas *self)
{
  g_return_val_if_fail (TD_IS_FLOOR_CANVAS (self), 1);

  return self->zoom;
}

void
td_floor_canvas_set_zoom (TdFloorCanvas *self,
                          double         zoom)
{
  g_return_if_fail (TD_IS_FLOOR_CANVAS (self));

  zoom = CLAMP (zoom, MIN_ZOOM, MAX_ZOOM);
  if (zoom == self->zoom)
    return;

  self->zoom = zoom;
  g_clear_pointer (&self->ground, gsk_render_node_unref);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

/**
 * td_floor_canvas_fit:
 * @self: a canvas
 * @width: of the room there is, pixels
 * @height: of the room there is, pixels
 *
 * Zooms so that all of the plan is seen.
 */
void
td_floor_canvas_fit (TdFloorCanvas *self,
                     int            width,
                     int            height)
{
  g_return_if_fail (TD_IS_FLOOR_CANVAS (self));

  if (self->edit == NULL || width <= 2 * TD_FLOOR_CANVAS_MARGIN || height <= 2 * TD_FLOOR_CANVAS_MARGIN)
    return;

  td_floor_canvas_set_zoom (self, MIN ((width - 2.0 * TD_FLOOR_CANVAS_MARGIN) / td_floor_canvas_get_plan_info (self)->width,
                                       (height - 2.0 * TD_FLOOR_CANVAS_MARGIN) / td_floor_canvas_get_plan_info (self)->height) /
                                    TD_FLOOR_CANVAS_BASE_CELL);
}

/**
 * td_floor_canvas_assign:
 * @self: a canvas
 * @agent: (nullable): id of an agent, or %NULL for whom the source names
 *
 * Seats an agent on the seat that is selected.
 *
 * Returns: whether it was done
 */
gboolean
td_floor_canvas_assign (TdFloorCanvas *self,
                        const char    *agent)
{
  TdFloorItem     *seat = self->selected->len == 1 ? g_ptr_array_index (self->selected, 0) : NULL;
  g_autofree char *name = NULL;
  GError          *error = NULL;
  gboolean         done;
  guint            index;

  g_return_val_if_fail (TD_IS_FLOOR_CANVAS (self), FALSE);

  if (seat == NULL || td_floor_item_get_info (seat)->kind != TD_FLOOR_SEAT)
    {
      g_signal_emit (self, signals[REFUSED], 0, _ ("Select a seat first."));
      return FALSE;
    }

  name = g_strdup (td_floor_item_get_info (seat)->name);
  done = td_floor_edit_assign (self->edit, seat, agent, &error);
  td_floor_canvas_tell (self, done, error);
  if (td_floor_plan_find_seat (td_floor_canvas_get_plan (self), name, &index))
    td_floor_canvas_select_only (self, td_floor_plan_get_item (td_floor_canvas_get_plan (self), index));

  return done;
}
