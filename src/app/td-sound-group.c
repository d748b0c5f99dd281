/* td-sound-group.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-sound-group.h"

#include <glib/gi18n.h>

#include "td-alert-rule.h"
#include "td-sound.h"
#include "td-time-row.h"

#define LAST_MINUTE (24 * 60 - 1)
#define TONE_KEY "td-tone"

struct _TdSoundGroup
{
  AdwPreferencesGroup parent_instance;

  GSettings *settings; /* (owned) */
  TdSound   *sound;    /* (owned) */
  GtkWidget *from_row;
  GtkWidget *to_row;
};

G_DEFINE_FINAL_TYPE (TdSoundGroup, td_sound_group, ADW_TYPE_PREFERENCES_GROUP)

static void
play_cb (GtkButton    *button,
         TdSoundGroup *self)
{
  TdTone tone = (TdTone)GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), TONE_KEY));

  td_sound_play (self->sound, tone, g_settings_get_int (self->settings, "sound-volume") / 100.0);
}

static void
time_cb (TdSoundGroup *self)
{
  const char *trouble = _ ("Not a time of day such as 22:00.");
  guint       minute;

  if (td_time_row_read (self->from_row, 0, LAST_MINUTE, trouble, &minute))
    g_settings_set_int (self->settings, "quiet-from", (int)minute);
  if (td_time_row_read (self->to_row, 0, LAST_MINUTE, trouble, &minute))
    g_settings_set_int (self->settings, "quiet-to", (int)minute);
}

static GtkWidget *
add_row (TdSoundGroup *self,
         const char   *title,
         const char   *subtitle)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);

  return row;
}

/* The row names what it activates. */
static void
add_activatable (GtkWidget *row,
                 GtkWidget *widget)
{
  gtk_widget_set_valign (widget, GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), widget);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), widget);
}

static void
add_volume (TdSoundGroup *self)
{
  GtkWidget *row = add_row (self, _ ("Volume"), _ ("Percent; 0 for no sound"));
  GtkWidget *spin = gtk_spin_button_new_with_range (0, 100, 5);

  add_activatable (row, spin);
  g_settings_bind (self->settings, "sound-volume", gtk_spin_button_get_adjustment (GTK_SPIN_BUTTON (spin)), "value",
                   G_SETTINGS_BIND_DEFAULT);
}

static void
add_level (TdSoundGroup *self,
           TdAlertLevel  level,
           TdTone        tone,
           const char   *key)
{
  const char      *title = td_alert_level_get_title (level);
  g_autofree char *label = g_strdup_printf (_ ("Play “%s”"), title);
  GtkWidget       *row = add_row (self, title, NULL);
  GtkWidget       *button = gtk_button_new_from_icon_name ("media-playback-start-symbolic");
  GtkWidget       *own = gtk_switch_new ();

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, label);
  g_object_set_data (G_OBJECT (button), TONE_KEY, GUINT_TO_POINTER (tone));
  g_signal_connect_object (button, "clicked", G_CALLBACK (play_cb), self, 0);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  add_activatable (row, own);
  g_settings_bind (self->settings, key, own, "active", G_SETTINGS_BIND_DEFAULT);
}

static GtkWidget *
add_time (TdSoundGroup *self,
          const char   *title,
          const char   *key)
{
  GtkWidget *row = adw_entry_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  td_time_row_set (row, (guint)g_settings_get_int (self->settings, key));
  adw_entry_row_set_show_apply_button (ADW_ENTRY_ROW (row), TRUE);
  g_signal_connect_object (row, "apply", G_CALLBACK (time_cb), self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);

  return row;
}

static void
td_sound_group_dispose (GObject *object)
{
  TdSoundGroup *self = TD_SOUND_GROUP (object);

  g_clear_object (&self->sound);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (td_sound_group_parent_class)->dispose (object);
}

static void
td_sound_group_class_init (TdSoundGroupClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = td_sound_group_dispose;
}

static void
td_sound_group_init (TdSoundGroup *self)
{
  self->sound = td_sound_new ();
}

/**
 * td_sound_group_new:
 * @settings: of the program
 *
 * Returns: (transfer floating): a group
 */
GtkWidget *
td_sound_group_new (GSettings *settings)
{
  TdSoundGroup *self;

  g_return_val_if_fail (G_IS_SETTINGS (settings), NULL);

  self = g_object_new (TD_TYPE_SOUND_GROUP, "title", _ ("Sounds"), NULL);
  self->settings = g_object_ref (settings);
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self),
                                         td_sound_can_play (self->sound)
                                           ? _ ("Heard at this computer, whichever centre is watched; what nobody takes in time is louder.")
                                           : _ ("There is no program here that plays sounds: pw-play, paplay or aplay."));
  add_volume (self);
  add_level (self, TD_ALERT_NOTICE, TD_TONE_NOTICE, "sound-notice");
  add_level (self, TD_ALERT_WARNING, TD_TONE_WARNING, "sound-warning");
  add_level (self, TD_ALERT_ALARM, TD_TONE_ALARM, "sound-alarm");
  self->from_row = add_time (self, _ ("Quiet from"), "quiet-from");
  self->to_row = add_time (self, _ ("Quiet until; the same time for no quiet hours"), "quiet-to");

  return GTK_WIDGET (self);
}
