/* td-room-group.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-room-group.h"

#include <glib/gi18n.h>

#include "td-row-note.h"

#define MIN_PORT 1024
#define MAX_PORT 65535

struct _TdRoomGroup
{
  AdwPreferencesGroup parent_instance;

  GSettings  *settings; /* (owned) */
  TdRoomDesk *desk;     /* (owned) */
  GtkWidget  *listen_row;
  GtkWidget  *address_row;
  GtkWidget  *names_row;
  GtkWidget  *key_row;
  GtkWidget  *port_row;
};

enum {
  SAID,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TdRoomGroup, td_room_group, ADW_TYPE_PREFERENCES_GROUP)

static void
show_addresses (TdRoomGroup *self)
{
  g_auto (GStrv) addresses = td_room_desk_list_addresses (self->desk);
  g_autofree char *text = g_strjoinv ("\n", addresses);

  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->address_row),
                               *text != '\0' ? text : _ ("This computer is on no network now."));
}

static void
update (TdRoomGroup *self)
{
  const char *trouble = td_room_desk_get_trouble (self->desk);
  const char *key = td_room_desk_get_key (self->desk);
  gboolean    listens = td_room_desk_is_listening (self->desk);

  td_row_note_set (self->listen_row, trouble);
  gtk_widget_set_visible (self->address_row, listens);
  gtk_widget_set_visible (self->key_row, listens && key != NULL);
  show_addresses (self);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->key_row), key != NULL ? key : "");
}

static void
copy (TdRoomGroup *self,
      const char  *text,
      const char  *said)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
  g_signal_emit (self, signals[SAID], 0, said);
}

static void
copy_address_cb (TdRoomGroup *self)
{
  g_auto (GStrv) addresses = td_room_desk_list_addresses (self->desk);
  g_autofree char *line = addresses[0] != NULL ? g_strconcat ("desk=", addresses[0], NULL) : NULL;

  if (line != NULL)
    copy (self, line, _ ("The line for the wall’s file was copied."));
}

static void
copy_key_cb (TdRoomGroup *self)
{
  const char *key = td_room_desk_get_key (self->desk);

  if (key != NULL)
    copy (self, key, _ ("The key was copied."));
}

static void
response_cb (TdRoomGroup *self,
             const char  *response)
{
  if (g_str_equal (response, "change"))
    td_room_desk_change_key (self->desk);
}

/* Every wall that has the old one hears nothing more. */
static void
change_key_cb (TdRoomGroup *self)
{
  GtkRoot   *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (root), _ ("Make a New Key?"),
                                              _ ("Walls on other computers hear nothing of this desk until each has been given the new one."));

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Cancel"), "change", _ ("_New Key"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "change", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (response_cb), self, G_CONNECT_SWAPPED);
  gtk_window_set_destroy_with_parent (GTK_WINDOW (dialog), TRUE);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
names_cb (TdRoomGroup *self)
{
  g_settings_set_enum (self->settings, "walls-names", (int)adw_combo_row_get_selected (ADW_COMBO_ROW (self->names_row)));
}

static void
port_cb (TdRoomGroup *self)
{
  const char      *text = gtk_editable_get_text (GTK_EDITABLE (self->port_row));
  guint64          port;
  gboolean         is_port = g_ascii_string_to_unsigned (text, 10, MIN_PORT, MAX_PORT, &port, NULL);
  g_autofree char *note = is_port ? NULL : g_strdup_printf (_ ("A port is a number from %d to %d."), MIN_PORT, MAX_PORT);

  td_row_note_set (self->port_row, note);
  if (is_port)
    g_settings_set_int (self->settings, "walls-port", (int)port);
}

static void
td_room_group_dispose (GObject *object)
{
  TdRoomGroup *self = TD_ROOM_GROUP (object);

  g_clear_object (&self->desk);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (td_room_group_parent_class)->dispose (object);
}

static void
td_room_group_class_init (TdRoomGroupClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = td_room_group_dispose;

  signals[SAID] = g_signal_new ("said", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
td_room_group_init (TdRoomGroup *self)
{
}

static GtkWidget *
add_row (TdRoomGroup *self,
         GtkWidget   *row,
         const char  *title)
{
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);

  return row;
}

static void
add_button (TdRoomGroup *self,
            GtkWidget   *row,
            GtkWidget   *button,
            const char  *label,
            GCallback    callback)
{
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_signal_connect_object (button, "clicked", callback, self, G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
}

static void
add_listen (TdRoomGroup *self)
{
  GtkWidget *own = gtk_switch_new ();

  self->listen_row = add_row (self, adw_action_row_new (), _ ("Walls may hear this desk"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->listen_row),
                               _ ("Who has taken an alert, and messages. They can read, and do nothing. It is not encrypted: for a network of your own."));
  gtk_widget_set_valign (own, GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self->listen_row), own);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (self->listen_row), own);
  g_settings_bind (self->settings, "walls-listen", own, "active", G_SETTINGS_BIND_DEFAULT);
}

static void
add_names (TdRoomGroup *self)
{
  /* Translators: what walls are told of who has taken an alert. */
  const char *const words[] = { _ ("Nothing"), _ ("Initials"), _ ("The name"), NULL };
  g_autoptr (GtkStringList) list = gtk_string_list_new (words);

  self->names_row = add_row (self, adw_combo_row_new (), _ ("They are told of who it was"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->names_row), _ ("A wall shows no more than its own file allows"));
  adw_combo_row_set_model (ADW_COMBO_ROW (self->names_row), G_LIST_MODEL (list));
  adw_combo_row_set_selected (ADW_COMBO_ROW (self->names_row), (guint)g_settings_get_enum (self->settings, "walls-names"));
  g_signal_connect_object (self->names_row, "notify::selected", G_CALLBACK (names_cb), self, G_CONNECT_SWAPPED);
}

static void
add_port (TdRoomGroup *self)
{
  g_autofree char *port = g_strdup_printf ("%d", g_settings_get_int (self->settings, "walls-port"));

  self->port_row = add_row (self, adw_entry_row_new (), _ ("Port"));
  adw_entry_row_set_input_purpose (ADW_ENTRY_ROW (self->port_row), GTK_INPUT_PURPOSE_DIGITS);
  gtk_editable_set_text (GTK_EDITABLE (self->port_row), port);
  adw_entry_row_set_show_apply_button (ADW_ENTRY_ROW (self->port_row), TRUE);
  g_signal_connect_object (self->port_row, "apply", G_CALLBACK (port_cb), self, G_CONNECT_SWAPPED);
}

/**
 * td_room_group_new:
 * @settings: of the program
 * @desk: what listens
 *
 * Returns: (transfer floating): a group
 */
GtkWidget *
td_room_group_new (GSettings  *settings,
                   TdRoomDesk *desk)
{
  TdRoomGroup *self;

  g_return_val_if_fail (G_IS_SETTINGS (settings), NULL);
  g_return_val_if_fail (TD_IS_ROOM_DESK (desk), NULL);

  self = g_object_new (TD_TYPE_ROOM_GROUP, "title", _ ("Walls on other computers"), NULL);
  self->settings = g_object_ref (settings);
  self->desk = g_object_ref (desk);
  add_listen (self);

  self->address_row = add_row (self, adw_action_row_new (), _ ("Address, for desk= in the wall’s file"));
  add_button (self, self->address_row, gtk_button_new_from_icon_name ("edit-copy-symbolic"), _ ("Copy the line for the wall’s file"),
              G_CALLBACK (copy_address_cb));
  self->key_row = add_row (self, adw_action_row_new (), _ ("Key, for a file beside it"));
  add_button (self, self->key_row, gtk_button_new_from_icon_name ("edit-copy-symbolic"), _ ("Copy the key"), G_CALLBACK (copy_key_cb));
  add_button (self, self->key_row, gtk_button_new_with_mnemonic (_ ("_New Key…")), _ ("Make another key"), G_CALLBACK (change_key_cb));
  add_names (self);
  add_port (self);

  g_signal_connect_object (desk, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);

  return GTK_WIDGET (self);
}
