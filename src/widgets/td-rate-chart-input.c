/* td-rate-chart-input.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>

#include "td-chart-marks.h"
#include "td-rate-chart-private.h"

static gboolean
get_minute_at (TdRateChart *self,
               double       x,
               double      *minute)
{
  double position = td_chart_frame_get_minute (&self->frame, x);

  if (self->plot.node == NULL || x < self->frame.x || x > self->frame.x + self->frame.width ||
      !(position >= 0 && position < self->data.n_minutes))
    return FALSE;

  *minute = position;
  return TRUE;
}

static gboolean
key_cb (TdRateChart    *self,
        guint           keyval,
        guint           keycode,
        GdkModifierType modifiers)
{
  guint minute;

  if ((keyval == GDK_KEY_Return || keyval == GDK_KEY_KP_Enter) && td_chart_navigator_get_chosen (self->navigator, &minute))
    {
      td_rate_chart_activate_minute (self, minute);
      return TRUE;
    }

  return td_chart_navigator_press_key (self->navigator, keyval, modifiers, td_chart_data_get_passed (&self->data));
}

static gboolean
scroll_cb (TdRateChart *self,
           double       dx,
           double       dy)
{
  double minute;

  if (dy == 0 || !get_minute_at (self, self->pointer_x, &minute))
    return FALSE;

  /* A page that scrolls is not held up at the end of the zoom. */
  return td_chart_navigator_zoom (self->navigator, minute, dy > 0 ? 0.8 : 1.25);
}

static void
drag_begin_cb (TdRateChart *self)
{
  self->drag_view = *td_chart_navigator_get_view (self->navigator);
}

static void
drag_update_cb (TdRateChart *self,
                double       dx,
                double       dy)
{
  double minutes = dx / MAX (self->frame.width, 1) * (self->drag_view.to - self->drag_view.from);

  td_chart_navigator_show (self->navigator, self->drag_view.from - minutes, self->drag_view.to - minutes);
}

static gboolean
clicked_cb (gpointer user_data)
{
  TdRateChart *self = user_data;
  double       minute;
  gint64       id;

  self->click_source = 0;
  if (td_chart_marks_find (&self->frame, &self->data, self->click_x, &id))
    td_rate_chart_activate_mark (self, id);
  else if (get_minute_at (self, self->click_x, &minute) && (guint)minute < td_chart_data_get_passed (&self->data))
    td_rate_chart_activate_minute (self, (guint)minute);

  return G_SOURCE_REMOVE;
}

static void
pressed_cb (TdRateChart *self,
            int          n_press,
            double       x,
            double       y)
{
  /* What began as a click goes on as a double click. */
  g_clear_handle_id (&self->click_source, g_source_remove);
  self->press_x = x;
  self->press_y = y;
}

static void
released_cb (TdRateChart *self,
             int          n_press,
             double       x,
             double       y)
{
  int wait;

  if (n_press >= 2)
    {
      td_chart_navigator_show_all (self->navigator);
      return;
    }

  gtk_widget_grab_focus (GTK_WIDGET (self));
  /* The end of a drag is no click. */
  if (n_press != 1 || gtk_drag_check_threshold (GTK_WIDGET (self), (int)self->press_x, (int)self->press_y, (int)x, (int)y))
    return;

  g_object_get (gtk_widget_get_settings (GTK_WIDGET (self)), "gtk-double-click-time", &wait, NULL);
  self->click_x = x;
  g_clear_handle_id (&self->click_source, g_source_remove);
  self->click_source = g_timeout_add ((guint)MAX (wait, 1), clicked_cb, self);
}

static void
motion_cb (TdRateChart *self,
           double       x,
           double       y)
{
  double minute;

  self->pointer_x = x;
  td_chart_navigator_point (self->navigator, get_minute_at (self, x, &minute) ? minute : NAN);
}

static void
leave_cb (TdRateChart *self)
{
  td_chart_navigator_point (self->navigator, NAN);
}

/**
 * td_rate_chart_init_input:
 * @self: a chart that is being made
 *
 * Listens to the pointer and the keys.
 */
void
td_rate_chart_init_input (TdRateChart *self)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *scroll = gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_VERTICAL);
  GtkEventController *key = gtk_event_controller_key_new ();
  GtkGesture         *drag = gtk_gesture_drag_new ();
  GtkGesture         *click = gtk_gesture_click_new ();

  self->drag_view = *td_chart_navigator_get_view (self->navigator);

  g_signal_connect_swapped (motion, "enter", G_CALLBACK (motion_cb), self);
  g_signal_connect_swapped (motion, "motion", G_CALLBACK (motion_cb), self);
  g_signal_connect_swapped (motion, "leave", G_CALLBACK (leave_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);

  g_signal_connect_swapped (scroll, "scroll", G_CALLBACK (scroll_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), scroll);
  g_signal_connect_swapped (key, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), key);
  g_signal_connect_swapped (drag, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  g_signal_connect_swapped (drag, "drag-update", G_CALLBACK (drag_update_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
  g_signal_connect_swapped (click, "pressed", G_CALLBACK (pressed_cb), self);
  g_signal_connect_swapped (click, "released", G_CALLBACK (released_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
}

/**
 * td_rate_chart_clear_input:
 * @self: a chart that is going away
 *
 * Forgets a click that still waits.
 */
void
td_rate_chart_clear_input (TdRateChart *self)
{
  g_clear_handle_id (&self->click_source, g_source_remove);
}
