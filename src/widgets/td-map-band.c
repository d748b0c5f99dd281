/* td-map-band.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-map-band.h"

#include <math.h>

#include "td-palette.h"

/* From so many pixels on a drag is a rubber band. */
#define BAND_LEAST 6

struct _TdMapBand
{
  GtkWidget        *widget;  /* (unowned) */
  GtkGesture       *gesture; /* (owned) */
  TdMapBandFreeFunc is_free;
  TdMapBandDoneFunc done;
  gpointer          user_data;
  double            x; /* where it began */
  double            y;
  gboolean          is_drawn;
  TdMapRect         rect;
};

static void
begin_cb (TdMapBand      *self,
          double          x,
          double          y,
          GtkGestureDrag *gesture)
{
  GdkModifierType state = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture));

  self->is_drawn = FALSE;
  self->x = x;
  self->y = y;
  if ((state & (GDK_CONTROL_MASK | GDK_SHIFT_MASK)) == 0 && !self->is_free (x, y, self->user_data))
    gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_DENIED);
}

static void
update_cb (TdMapBand      *self,
           double          dx,
           double          dy,
           GtkGestureDrag *gesture)
{
  if (!self->is_drawn && fabs (dx) + fabs (dy) < BAND_LEAST)
    return;

  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  self->is_drawn = TRUE;
  self->rect = (TdMapRect){ (int)MIN (self->x, self->x + dx), (int)MIN (self->y, self->y + dy), (int)fabs (dx) + 1, (int)fabs (dy) + 1 };
  gtk_widget_queue_draw (self->widget);
}

static void
end_cb (TdMapBand *self)
{
  if (!self->is_drawn)
    return;

  self->is_drawn = FALSE;
  self->done (&self->rect, self->user_data);
  gtk_widget_queue_draw (self->widget);
}

/**
 * td_map_band_new:
 * @widget: the map; it must outlive the band, or free it when it is disposed of
 * @is_free: tells whether nobody is at a point
 * @done: called when a band was drawn
 * @user_data: data for both
 *
 * Returns: (transfer full): a band that the pointer can draw on @widget
 */
TdMapBand *
td_map_band_new (GtkWidget        *widget,
                 TdMapBandFreeFunc is_free,
                 TdMapBandDoneFunc done,
                 gpointer          user_data)
{
  TdMapBand *self = g_new0 (TdMapBand, 1);

  self->widget = widget;
  self->is_free = is_free;
  self->done = done;
  self->user_data = user_data;
  self->gesture = g_object_ref (gtk_gesture_drag_new ());
  g_signal_connect_swapped (self->gesture, "drag-begin", G_CALLBACK (begin_cb), self);
  g_signal_connect_swapped (self->gesture, "drag-update", G_CALLBACK (update_cb), self);
  g_signal_connect_swapped (self->gesture, "drag-end", G_CALLBACK (end_cb), self);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (self->gesture));

  return self;
}

/**
 * td_map_band_free:
 * @self: (transfer full): a band
 */
void
td_map_band_free (TdMapBand *self)
{
  g_signal_handlers_disconnect_by_data (self->gesture, self);
  g_object_unref (self->gesture);
  g_free (self);
}

/**
 * td_map_band_is_drawn:
 * @self: a band
 *
 * Returns: whether the pointer draws it now
 */
gboolean
td_map_band_is_drawn (TdMapBand *self)
{
  return self->is_drawn;
}

/**
 * td_map_band_append:
 * @self: a band
 * @snapshot: where to draw, the widget's origin at the origin
 */
void
td_map_band_append (TdMapBand   *self,
                    GtkSnapshot *snapshot)
{
  graphene_rect_t bounds = GRAPHENE_RECT_INIT ((float)self->rect.x, (float)self->rect.y,
                                               (float)self->rect.width, (float)self->rect.height);
  GskRoundedRect  rounded;
  GdkRGBA         colour;

  if (!self->is_drawn)
    return;

  td_palette_lookup (self->widget, "accent_color", &colour);
  gsk_rounded_rect_init_from_rect (&rounded, &bounds, 0);
  gtk_snapshot_append_border (snapshot, &rounded, (float[4]){ 1, 1, 1, 1 },
                              (GdkRGBA[4]){ colour, colour, colour, colour });
  colour.alpha *= 0.15f;
  gtk_snapshot_append_color (snapshot, &colour, &bounds);
}
