/* td-agent-map-input.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-agent-map-private.h"

#include <math.h>

#include "td-map-scene-places.h"
#include "td-map-words.h"

#define ZOOM_STEP 1.25

/* A screen reader hears of the tile where the keyboard is. */
static void
describe_cursor (TdAgentMap *self)
{
  guint              zone, tile;
  const TdMapPerson *person = td_agent_map_find_cursor (self, &zone, &tile);
  GtkWidget         *cell;
  g_autofree char   *text = NULL;

  if (person == NULL)
    return;

  text = td_map_words_dup_name (person);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);
  cell = td_map_cells_get (self->cells, zone, tile);
  if (cell != NULL)
    gtk_accessible_update_relation (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_RELATION_ACTIVE_DESCENDANT, cell, -1);
  else
    gtk_accessible_reset_relation (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_RELATION_ACTIVE_DESCENDANT);
}

static void
reveal (TdAgentMap      *self,
        const TdMapRect *rect)
{
  GtkAdjustment *adjustment = self->adjustments[GTK_ORIENTATION_VERTICAL];

  if (adjustment != NULL)
    gtk_adjustment_clamp_page (adjustment, rect->y - TD_AGENT_MAP_SCROLL_STEP / 2.0, rect->y + rect->height + TD_AGENT_MAP_SCROLL_STEP / 2.0);
}

/* The cursor has moved, if @moved. */
static void
show_cursor (TdAgentMap *self,
             gboolean    moved)
{
  TdMapRect rect;
  guint     zone, tile;

  self->keyed_at = g_get_monotonic_time ();
  if (!moved || td_agent_map_find_cursor (self, &zone, &tile) == NULL)
    return;

  td_map_scene_get_rect (self->scene, zone, tile, &rect);
  reveal (self, &rect);
  describe_cursor (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
activate_cursor (TdAgentMap *self)
{
  guint        zone, tile;
  TdMapPerson *person = td_agent_map_find_cursor (self, &zone, &tile);

  if (person == NULL)
    return;

  td_agent_map_set_selected (self, person->agent);
  g_signal_emit_by_name (self, "activated", person->agent);
}

static void
request_menu (TdAgentMap *self)
{
  guint        zone, tile;
  TdMapPerson *person = td_agent_map_find_cursor (self, &zone, &tile);
  TdMapRect    rect;

  if (person == NULL)
    return;

  /* A menu is for all who are selected, or else for this one. */
  if (!td_map_selection_contains (self->selection, person->agent))
    td_agent_map_set_selected (self, person->agent);
  td_map_scene_get_rect (self->scene, zone, tile, &rect);
  g_signal_emit_by_name (self, "menu-requested", person->agent,
                         rect.x + rect.width / 2.0, (double)(rect.y - td_agent_map_get_top (self) + rect.height));
}

/* Selects the tile of the cursor as a click or a key with modifiers does. */
static void
select_cursor (TdAgentMap     *self,
               GdkModifierType state)
{
  guint        zone, tile;
  TdMapPerson *person = td_agent_map_find_cursor (self, &zone, &tile);
  TdMapPlaces  places = td_map_scene_get_places (self->scene);
  TdAgent     *before = td_map_selection_get_last (self->selection);

  if (person == NULL)
    return;

  if (state & GDK_SHIFT_MASK)
    td_map_selection_extend (self->selection, &places, td_map_scene_get_place (self->scene, zone, tile));
  else
    td_map_selection_toggle (self->selection, person->agent);
  td_agent_map_notify_selected (self, before);
}

static void
motion_cb (TdAgentMap *self,
           double      x,
           double      y)
{
  gboolean was_hovered = self->is_hovered;
  guint    zone = self->hover_zone, tile = self->hover_tile;

  self->moved_at = g_get_monotonic_time ();
  self->is_hovered = td_map_scene_find_at (self->scene, (int)x, (int)y + td_agent_map_get_top (self),
                                           &self->hover_zone, &self->hover_tile);
  if (was_hovered != self->is_hovered || zone != self->hover_zone || tile != self->hover_tile)
    {
      gtk_widget_trigger_tooltip_query (GTK_WIDGET (self));
      gtk_widget_queue_draw (GTK_WIDGET (self));
    }
}

static void
leave_cb (TdAgentMap *self)
{
  self->is_hovered = FALSE;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
click_cb (TdAgentMap      *self,
          int              n_press,
          double           x,
          double           y,
          GtkGestureClick *gesture)
{
  guint           button = gtk_gesture_single_get_current_button (GTK_GESTURE_SINGLE (gesture));
  GdkModifierType state = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture));
  guint           zone, tile;

  gtk_widget_grab_focus (GTK_WIDGET (self));
  if (!td_map_scene_find_at (self->scene, (int)x, (int)y + td_agent_map_get_top (self), &zone, &tile) || tile == G_MAXUINT)
    {
      if (button == GDK_BUTTON_PRIMARY && (state & (GDK_CONTROL_MASK | GDK_SHIFT_MASK)) == 0)
        td_agent_map_set_selected (self, NULL);
      return;
    }

  show_cursor (self, td_map_cursor_move (self->cursor, self->scene, zone, tile));
  if (button == GDK_BUTTON_SECONDARY)
    request_menu (self);
  else if (button == GDK_BUTTON_PRIMARY && (state & (GDK_CONTROL_MASK | GDK_SHIFT_MASK)) != 0)
    select_cursor (self, state);
  else if (button == GDK_BUTTON_PRIMARY)
    activate_cursor (self);
}

static gboolean
is_free (double   x,
         double   y,
         gpointer user_data)
{
  TdAgentMap *self = user_data;
  guint       zone, tile;

  return !td_map_scene_find_at (self->scene, (int)x, (int)y + td_agent_map_get_top (self), &zone, &tile) || tile == G_MAXUINT;
}

static void
band_done_cb (const TdMapRect *rect,
              gpointer         user_data)
{
  TdAgentMap *self = user_data;
  TdMapPlaces places = td_map_scene_get_places (self->scene);
  TdAgent    *before = td_map_selection_get_last (self->selection);
  TdMapRect   at = *rect;

  at.y += td_agent_map_get_top (self);
  td_map_selection_add_rect (self->selection, &places, &at);
  td_agent_map_notify_selected (self, before);
}

/* Returns whether the cursor moved to somebody. */
static gboolean
type (TdAgentMap *self,
      gunichar    letter,
      gint64      at)
{
  TdMapPlaces places = td_map_scene_get_places (self->scene);
  guint       zone, tile, found;

  if (td_agent_map_find_cursor (self, &zone, &tile) == NULL)
    return FALSE;

  found = td_map_typing_find (self->typing, &places, td_map_scene_get_place (self->scene, zone, tile), letter, at);

  return td_map_scene_find_place (self->scene, found, &zone, &tile) && td_map_cursor_move (self->cursor, self->scene, zone, tile);
}

/* Zooms about a point of what is seen, which stays where it is. */
static void
zoom_at (TdAgentMap *self,
         double      zoom,
         double      y)
{
  GtkAdjustment *adjustment = self->adjustments[GTK_ORIENTATION_VERTICAL];
  double         whole = MAX (td_map_scene_get_height (self->scene), 1);
  double         part = (td_agent_map_get_top (self) + y) / whole;

  td_agent_map_set_zoom (self, zoom);
  if (adjustment != NULL)
    gtk_adjustment_set_value (adjustment, part * td_map_scene_get_height (self->scene) - y);
}

static gboolean
scroll_cb (TdAgentMap               *self,
           double                    dx,
           double                    dy,
           GtkEventControllerScroll *controller)
{
  GdkModifierType state = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (controller));

  if ((state & GDK_CONTROL_MASK) == 0)
    return FALSE;

  zoom_at (self, self->zoom * pow (ZOOM_STEP, -dy), gtk_widget_get_height (GTK_WIDGET (self)) / 2.0);
  return TRUE;
}

static void
pinch_begin_cb (TdAgentMap *self)
{
  self->zoom_from = self->zoom;
}

static void
pinch_cb (TdAgentMap *self,
          double      scale)
{
  zoom_at (self, self->zoom_from * scale, gtk_widget_get_height (GTK_WIDGET (self)) / 2.0);
}

static gboolean
key_cb (TdAgentMap     *self,
        guint           keyval,
        guint           keycode,
        GdkModifierType state)
{
  gint64   at = g_get_monotonic_time ();
  gunichar letter = gdk_keyval_to_unicode (keyval);

  /* A word that is typed may have a 0 in it. */
  if ((state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK)) == 0 && g_unichar_isalnum (letter) &&
      (letter != '0' || td_map_typing_goes_on (self->typing, at)))
    {
      show_cursor (self, type (self, letter, at));
      return GDK_EVENT_STOP;
    }

  switch (keyval)
    {
    case GDK_KEY_Left:
    case GDK_KEY_KP_Left:
      show_cursor (self, td_map_cursor_walk (self->cursor, self->scene, -1, 0));
      break;

    case GDK_KEY_Right:
    case GDK_KEY_KP_Right:
      show_cursor (self, td_map_cursor_walk (self->cursor, self->scene, 1, 0));
      break;

    case GDK_KEY_Up:
    case GDK_KEY_KP_Up:
      show_cursor (self, td_map_cursor_walk (self->cursor, self->scene, 0, -1));
      break;

    case GDK_KEY_Down:
    case GDK_KEY_KP_Down:
      show_cursor (self, td_map_cursor_walk (self->cursor, self->scene, 0, 1));
      break;

    case GDK_KEY_Home:
    case GDK_KEY_End:
      show_cursor (self, td_map_cursor_go_to_end (self->cursor, self->scene, keyval == GDK_KEY_Home));
      break;

    case GDK_KEY_Page_Up:
    case GDK_KEY_Page_Down:
      show_cursor (self, td_map_cursor_step_zone (self->cursor, self->scene, keyval == GDK_KEY_Page_Up ? -1 : 1));
      break;

    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
      activate_cursor (self);
      break;

    case GDK_KEY_space:
      if (state & (GDK_CONTROL_MASK | GDK_SHIFT_MASK))
        select_cursor (self, state);
      else
        activate_cursor (self);
      break;

    case GDK_KEY_Menu:
      request_menu (self);
      break;

    case GDK_KEY_F10:
      if ((state & GDK_SHIFT_MASK) == 0)
        return GDK_EVENT_PROPAGATE;
      request_menu (self);
      break;

    case GDK_KEY_plus:
    case GDK_KEY_equal:
    case GDK_KEY_KP_Add:
      td_agent_map_set_zoom (self, self->zoom * ZOOM_STEP);
      break;

    case GDK_KEY_minus:
    case GDK_KEY_KP_Subtract:
      td_agent_map_set_zoom (self, self->zoom / ZOOM_STEP);
      break;

    case GDK_KEY_0:
    case GDK_KEY_KP_0:
      td_agent_map_set_zoom (self, 1);
      break;

    default:
      return GDK_EVENT_PROPAGATE;
    }

  return GDK_EVENT_STOP;
}

/**
 * td_agent_map_add_controllers:
 * @self: a map
 *
 * Lets pointer, fingers and keyboard reach the map.
 */
void
td_agent_map_add_controllers (TdAgentMap *self)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkGesture         *click = gtk_gesture_click_new ();
  GtkEventController *scroll = gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_VERTICAL);
  GtkGesture         *pinch = gtk_gesture_zoom_new ();
  GtkEventController *key = gtk_event_controller_key_new ();

  g_signal_connect_swapped (motion, "enter", G_CALLBACK (motion_cb), self);
  g_signal_connect_swapped (motion, "motion", G_CALLBACK (motion_cb), self);
  g_signal_connect_swapped (motion, "leave", G_CALLBACK (leave_cb), self);
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), 0);
  g_signal_connect_swapped (click, "pressed", G_CALLBACK (click_cb), self);
  g_signal_connect_swapped (scroll, "scroll", G_CALLBACK (scroll_cb), self);
  g_signal_connect_swapped (pinch, "begin", G_CALLBACK (pinch_begin_cb), self);
  g_signal_connect_swapped (pinch, "scale-changed", G_CALLBACK (pinch_cb), self);
  g_signal_connect_swapped (key, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  self->band = td_map_band_new (GTK_WIDGET (self), is_free, band_done_cb, self);
  gtk_widget_add_controller (GTK_WIDGET (self), scroll);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (pinch));
  gtk_widget_add_controller (GTK_WIDGET (self), key);
}
