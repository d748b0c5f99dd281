/* td-floor-map-input.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-floor-map-private.h"

static guint
find_focused (TdFloorMap *self)
{
  for (guint i = 0; i < self->cells->len; i++)
    {
      if (gtk_widget_has_focus (g_ptr_array_index (self->cells, i)))
        return i;
    }

  return G_MAXUINT;
}

static void
move_cursor (TdFloorMap *self,
             guint       index)
{
  if (index >= self->cells->len)
    return;

  self->cursor = index;
  gtk_widget_grab_focus (g_ptr_array_index (self->cells, index));
}

static void
activate (TdFloorMap *self,
          guint       index)
{
  TdAgent *agent = td_floor_map_get_agent (self, index);

  td_floor_map_set_selected (self, agent);
  if (agent != NULL)
    g_signal_emit_by_name (self, "activated", agent);
}

static void
request_menu (TdFloorMap *self,
              guint       index)
{
  TdAgent          *agent = td_floor_map_get_agent (self, index);
  const TdFloorBox *box;

  if (agent == NULL || self->layout == NULL || index >= self->layout->n_boxes)
    return;

  box = &self->layout->boxes[index];
  /* A menu is for all who are selected, or else for this one. */
  if (!td_map_selection_contains (self->selection, agent))
    td_floor_map_set_selected (self, agent);
  g_signal_emit_by_name (self, "menu-requested", agent, box->x + box->width / 2.0, (double)(box->y + box->height));
}

/* Selects a place as a click or a key with modifiers does. */
static void
choose (TdFloorMap     *self,
        guint           index,
        GdkModifierType state)
{
  TdMapPlaces places = td_floor_map_get_places (self);
  TdAgent    *agent = td_floor_map_get_agent (self, index);
  TdAgent    *before = td_map_selection_get_last (self->selection);

  if (state & GDK_SHIFT_MASK)
    td_map_selection_extend (self->selection, &places, index);
  else if (agent != NULL)
    td_map_selection_toggle (self->selection, agent);
  td_floor_map_notify_selected (self, before);
}

static guint
find_at (TdFloorMap *self,
         double      x,
         double      y)
{
  GtkWidget *hit = gtk_widget_pick (GTK_WIDGET (self), x, y, GTK_PICK_DEFAULT);
  guint      index;

  return hit != NULL && g_ptr_array_find (self->cells, hit, &index) ? index : G_MAXUINT;
}

static gboolean
is_free (double   x,
         double   y,
         gpointer user_data)
{
  return find_at (user_data, x, y) == G_MAXUINT;
}

static void
band_done_cb (const TdMapRect *rect,
              gpointer         user_data)
{
  TdFloorMap *self = user_data;
  TdMapPlaces places = td_floor_map_get_places (self);
  TdAgent    *before = td_map_selection_get_last (self->selection);

  td_map_selection_add_rect (self->selection, &places, rect);
  td_floor_map_notify_selected (self, before);
}

/* Goes to who is meant by what is typed. */
static void
type (TdFloorMap *self,
      gunichar    letter,
      gint64      at)
{
  TdMapPlaces places = td_floor_map_get_places (self);

  move_cursor (self, td_map_typing_find (self->typing, &places, find_focused (self), letter, at));
}

static void
click_cb (TdFloorMap      *self,
          int              n_press,
          double           x,
          double           y,
          GtkGestureClick *gesture)
{
  guint           button = gtk_gesture_single_get_current_button (GTK_GESTURE_SINGLE (gesture));
  GdkModifierType state = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture));
  gboolean        is_added = (state & (GDK_CONTROL_MASK | GDK_SHIFT_MASK)) != 0;
  guint           index = find_at (self, x, y);

  if (index == G_MAXUINT)
    {
      if (button == GDK_BUTTON_PRIMARY && !is_added)
        td_floor_map_set_selected (self, NULL);
      return;
    }

  move_cursor (self, index);
  if (button == GDK_BUTTON_SECONDARY)
    request_menu (self, index);
  else if (button == GDK_BUTTON_PRIMARY && is_added)
    choose (self, index, state);
  else if (button == GDK_BUTTON_PRIMARY)
    activate (self, index);
}

static gboolean
key_cb (TdFloorMap     *self,
        guint           keyval,
        guint           keycode,
        GdkModifierType state)
{
  guint    focused = find_focused (self);
  gunichar letter = gdk_keyval_to_unicode (keyval);

  if (self->layout == NULL || focused == G_MAXUINT)
    return FALSE;
  if ((state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK)) == 0 && g_unichar_isalnum (letter))
    {
      type (self, letter, g_get_monotonic_time ());
      return TRUE;
    }

  switch (keyval)
    {
    case GDK_KEY_Left:
    case GDK_KEY_KP_Left:
      move_cursor (self, td_floor_layout_walk (self->layout, focused, -1, 0));
      return TRUE;

    case GDK_KEY_Right:
    case GDK_KEY_KP_Right:
      move_cursor (self, td_floor_layout_walk (self->layout, focused, 1, 0));
      return TRUE;

    case GDK_KEY_Up:
    case GDK_KEY_KP_Up:
      move_cursor (self, td_floor_layout_walk (self->layout, focused, 0, -1));
      return TRUE;

    case GDK_KEY_Down:
    case GDK_KEY_KP_Down:
      move_cursor (self, td_floor_layout_walk (self->layout, focused, 0, 1));
      return TRUE;

    case GDK_KEY_Home:
      move_cursor (self, 0);
      return TRUE;

    case GDK_KEY_End:
      move_cursor (self, self->cells->len - 1);
      return TRUE;

    case GDK_KEY_space:
      if (state & (GDK_CONTROL_MASK | GDK_SHIFT_MASK))
        choose (self, focused, state);
      else
        activate (self, focused);
      return TRUE;

    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
      activate (self, focused);
      return TRUE;

    case GDK_KEY_Menu:
      request_menu (self, focused);
      return TRUE;

    case GDK_KEY_F10:
      if ((state & GDK_SHIFT_MASK) == 0)
        return FALSE;
      request_menu (self, focused);
      return TRUE;

    default:
      return FALSE;
    }
}

/**
 * td_floor_map_add_controllers:
 * @self: a map
 *
 * Lets pointer and keyboard reach the map.
 */
void
td_floor_map_add_controllers (TdFloorMap *self)
{
  GtkGesture         *click = gtk_gesture_click_new ();
  GtkEventController *key = gtk_event_controller_key_new ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), 0);
  g_signal_connect_swapped (click, "pressed", G_CALLBACK (click_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  g_signal_connect_swapped (key, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), key);
  self->band = td_map_band_new (GTK_WIDGET (self), is_free, band_done_cb, self);
}
