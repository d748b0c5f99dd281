/* td-wall-night.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-wall-night.h"

#include <glib/gi18n.h>
#include <math.h>
#include <stdio.h>

#define DAY_MINUTES 1440
#define STEP_MINUTES 15

struct _TdWallNight
{
  AdwPreferencesGroup parent_instance;

  GtkSpinButton *from;
  GtkSpinButton *to;
  GtkSpinButton *brightness;
};

enum {
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TdWallNight, td_wall_night, ADW_TYPE_PREFERENCES_GROUP)

static void
changed_cb (TdWallNight *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static gboolean
show_time_cb (GtkSpinButton *spin)
{
  int              minute = gtk_spin_button_get_value_as_int (spin);
  g_autofree char *text = g_strdup_printf ("%02d:%02d", minute / 60 % 24, minute % 60);

  if (g_strcmp0 (gtk_editable_get_text (GTK_EDITABLE (spin)), text) != 0)
    gtk_editable_set_text (GTK_EDITABLE (spin), text);

  return TRUE;
}

static int
read_time_cb (GtkSpinButton *spin,
              double        *value)
{
  guint hours, minutes;
  char  rest;

  if (sscanf (gtk_editable_get_text (GTK_EDITABLE (spin)), "%2u:%2u%c", &hours, &minutes, &rest) != 2 || hours > 23 || minutes > 59)
    return GTK_INPUT_ERROR;
  *value = hours * 60 + minutes;

  return TRUE;
}

static GtkSpinButton *
add_spin (TdWallNight *self,
          const char  *title,
          double       least,
          double       most)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *spin = gtk_spin_button_new_with_range (least, most, 1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_widget_set_valign (spin, GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), spin);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), spin);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);

  return GTK_SPIN_BUTTON (spin);
}

static GtkSpinButton *
add_time (TdWallNight *self,
          const char  *title,
          guint        minute)
{
  GtkSpinButton *spin = add_spin (self, title, 0, DAY_MINUTES - 1);

  gtk_spin_button_set_increments (spin, STEP_MINUTES, 60);
  gtk_spin_button_set_wrap (spin, TRUE);
  g_signal_connect (spin, "output", G_CALLBACK (show_time_cb), NULL);
  g_signal_connect (spin, "input", G_CALLBACK (read_time_cb), NULL);
  gtk_spin_button_set_value (spin, minute);
  show_time_cb (spin);

  return spin;
}

static void
td_wall_night_class_init (TdWallNightClass *klass)
{
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
td_wall_night_init (TdWallNight *self)
{
}

/**
 * td_wall_night_new:
 * @wall: what it begins with
 *
 * Returns: (transfer floating): a group
 */
GtkWidget *
td_wall_night_new (const TdWall *wall)
{
  TdWallNight *self;

  g_return_val_if_fail (wall != NULL, NULL);

  self = g_object_new (TD_TYPE_WALL_NIGHT,
                       "title", _ ("Night"),
                       "description", _ ("Darker between two times of the clock; never where both are the same"),
                       NULL);
  self->from = add_time (self, _ ("From"), wall->night_from);
  self->to = add_time (self, _ ("Until"), wall->night_to);
  self->brightness = add_spin (self, _ ("Brightness, in percent"), TD_WALL_MIN_BRIGHTNESS, 100);
  gtk_spin_button_set_value (self->brightness, round (wall->night_brightness * 100));
  g_signal_connect_object (self->from, "value-changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->to, "value-changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->brightness, "value-changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);

  return GTK_WIDGET (self);
}

/**
 * td_wall_night_read:
 * @self: a group
 * @wall: gets what was entered
 */
void
td_wall_night_read (TdWallNight *self,
                    TdWall      *wall)
{
  g_return_if_fail (TD_IS_WALL_NIGHT (self));
  g_return_if_fail (wall != NULL);

  wall->night_from = (guint)gtk_spin_button_get_value_as_int (self->from);
  wall->night_to = (guint)gtk_spin_button_get_value_as_int (self->to);
  wall->night_brightness = gtk_spin_button_get_value (self->brightness) / 100;
}
