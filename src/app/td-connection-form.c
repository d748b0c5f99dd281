/* td-connection-form.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-connection-form.h"

#include <glib/gi18n.h>

#include "td-asterisk-settings.h"
#include "td-row-note.h"

struct _TdConnectionForm
{
  AdwPreferencesPage parent_instance;

  TdProfileKind kind;
  char         *ca_file;     /* (owned) (nullable) */
  char         *agents_file; /* (owned) (nullable) */
  gboolean      filling;     /* by the program, not by a person */

  AdwPreferencesGroup *address_group;
  AdwPreferencesGroup *tls_group;
  AdwPreferencesGroup *asterisk_group;
  AdwPreferencesGroup *more_group;
  GtkWidget           *title_row;
  GtkWidget           *url_row;
  GtkWidget           *plain_row;
  GtkSwitch           *plain_switch;
  GtkWidget           *user_row;
  GtkWidget           *secret_row;
  GtkWidget           *ca_row;
  GtkWidget           *ca_clear;
  GtkWidget           *pin_row;
  GtkSwitch           *digest_switch;
  GtkWidget           *agents_row;
  GtkWidget           *agents_clear;
  GtkAdjustment       *gap;
  GtkAdjustment       *wrap_up;
  GtkWidget           *extension_row;
};

enum {
  CHANGED,
  SECRET_CHANGED,
  N_SIGNALS
};

G_DEFINE_FINAL_TYPE (TdConnectionForm, td_connection_form, ADW_TYPE_PREFERENCES_PAGE)

static guint signals[N_SIGNALS];

static const char *
get_text (GtkWidget *row)
{
  return gtk_editable_get_text (GTK_EDITABLE (row));
}

static void
set_text (GtkWidget  *row,
          const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (row), text != NULL ? text : "");
}

/* Returns: (nullable) (transfer full): what was entered, without spaces around it */
static char *
dup_text (GtkWidget *row)
{
  char *text = g_strstrip (g_strdup (get_text (row)));

  if (*text == '\0')
    g_clear_pointer (&text, g_free);

  return text;
}

static void
take (char **field,
      char  *value)
{
  g_free (*field);
  *field = value;
}

/* What of the form depends on the address: whether it is encrypted. */
static void
show_security (TdConnectionForm *self)
{
  g_autofree char *url = dup_text (self->url_row);
  g_autoptr (TdConnection) connection = td_connection_new (url != NULL ? url : "");
  g_autofree char *base = td_connection_dup_base_url (connection, NULL);
  TdSecurity       security = base != NULL ? td_connection_get_security (connection) : TD_SECURITY_LOOPBACK;

  gtk_widget_set_visible (self->plain_row, security == TD_SECURITY_PLAIN);
  if (security != TD_SECURITY_PLAIN)
    td_row_note_set (self->plain_row, NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->tls_group), url != NULL && g_ascii_strncasecmp (url, "https:", 6) == 0);
}

static void
show_file (GtkWidget  *row,
           GtkWidget  *clear,
           const char *path,
           const char *without)
{
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), path != NULL ? path : without);
  gtk_widget_set_visible (clear, path != NULL);
}

static void
show_files (TdConnectionForm *self)
{
  show_file (self->ca_row, self->ca_clear, self->ca_file, _ ("PEM file with the authorities to trust; none: those of this computer"));
  show_file (self->agents_row, self->agents_clear, self->agents_file,
             _ ("CSV or JSON: interface, name, team, employer, place, seat, extension"));
}

static void
changed_cb (TdConnectionForm *self)
{
  if (!self->filling)
    g_signal_emit (self, signals[CHANGED], 0);
}

static void
secret_cb (TdConnectionForm *self)
{
  g_signal_emit (self, signals[SECRET_CHANGED], 0);
}

static void
url_cb (TdConnectionForm *self)
{
  show_security (self);
}

static void
ca_clear_cb (TdConnectionForm *self)
{
  g_clear_pointer (&self->ca_file, g_free);
  show_files (self);
  changed_cb (self);
}

static void
agents_clear_cb (TdConnectionForm *self)
{
  g_clear_pointer (&self->agents_file, g_free);
  show_files (self);
  changed_cb (self);
}

static void
choose (TdConnectionForm *self,
        const char       *title,
        GCallback         callback)
{
  g_autoptr (GtkFileChooserNative) chooser = NULL;

  chooser = gtk_file_chooser_native_new (title, GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                                         GTK_FILE_CHOOSER_ACTION_OPEN, _ ("_Choose"), NULL);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  g_signal_connect_object (chooser, "response", callback, self, 0);
  /* It lives until it is answered, or with the form. */
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
  g_object_set_data_full (G_OBJECT (self), "chooser", g_steal_pointer (&chooser), g_object_unref);
}

static char *
get_chosen (GtkFileChooserNative *chooser,
            int                   response)
{
  g_autoptr (GFile) file = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));

  return file != NULL ? g_file_get_path (file) : NULL;
}

static void
ca_chosen_cb (GtkFileChooserNative *chooser,
              int                   response,
              TdConnectionForm     *self)
{
  char *path = get_chosen (chooser, response);

  if (path == NULL)
    return;

  take (&self->ca_file, path);
  show_files (self);
  changed_cb (self);
}

static void
ca_choose_cb (TdConnectionForm *self)
{
  choose (self, _ ("Authorities to trust"), G_CALLBACK (ca_chosen_cb));
}

static void
agents_chosen_cb (GtkFileChooserNative *chooser,
                  int                   response,
                  TdConnectionForm     *self)
{
  char *path = get_chosen (chooser, response);

  if (path == NULL)
    return;

  take (&self->agents_file, path);
  show_files (self);
  changed_cb (self);
}

static void
agents_choose_cb (TdConnectionForm *self)
{
  choose (self, _ ("Agents file"), G_CALLBACK (agents_chosen_cb));
}

static void
td_connection_form_finalize (GObject *object)
{
  TdConnectionForm *self = TD_CONNECTION_FORM (object);

  g_clear_pointer (&self->ca_file, g_free);
  g_clear_pointer (&self->agents_file, g_free);

  G_OBJECT_CLASS (td_connection_form_parent_class)->finalize (object);
}

static void
td_connection_form_class_init (TdConnectionFormClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->finalize = td_connection_form_finalize;

  signals[CHANGED] = g_signal_new ("changed",
                                   G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SECRET_CHANGED] = g_signal_new ("secret-changed",
                                          G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/tongdai/TongDai/td-connection-form.ui");
  gtk_widget_class_bind_template_child (widget_class, TdConnectionForm, address_group);
  gtk_widget_class_bind_template_child (widget_class, TdConnectionForm, tls_group);
  gtk_widget_class_bind_template_child (widget_class, TdConnectionForm, asterisk_group);
  gtk_widget_class_bind_template_child (widget_class, TdConnectionForm, more_group);
  gtk_widget_class_bind_template_child (widget_class, TdConnectionForm, title_row);
  gtk_widget_class_bind_template_child (widget_class, TdConnectionForm, url_row);
  gtk_widget_class_bind_template_child (widget_class, TdConnectionForm, plain_row);
  gtk_widget_class_bind_template_child (widget_class, TdConnectionForm, plain_switch);
  gtk_widget_class_bind_template_child (widget_class, TdConnectionForm, user_row);
  gtk_widget_class_bind_template_child (widget_class, TdConnectionForm, secret_row);
  gtk_widget_class_bind_template_child (widget_class, TdConnectionForm, ca_row);
  gtk_widget_class_bind_template_child (widget_class, TdConnectionForm, ca_clear);
  gtk_widget_class_bind_template_child (widget_class, TdConnectionForm, pin_row);
  gtk_widget_class_bind_template_child (widget_class, TdConnectionForm, digest_switch);
  gtk_widget_class_bind_template_child (widget_class, TdConnectionForm, agents_row);
  gtk_widget_class_bind_template_child (widget_class, TdConnectionForm, agents_clear);
  gtk_widget_class_bind_template_child (widget_class, TdConnectionForm, gap);
  gtk_widget_class_bind_template_child (widget_class, TdConnectionForm, wrap_up);
  gtk_widget_class_bind_template_child (widget_class, TdConnectionForm, extension_row);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, secret_cb);
  gtk_widget_class_bind_template_callback (widget_class, url_cb);
  gtk_widget_class_bind_template_callback (widget_class, ca_clear_cb);
  gtk_widget_class_bind_template_callback (widget_class, ca_choose_cb);
  gtk_widget_class_bind_template_callback (widget_class, agents_clear_cb);
  gtk_widget_class_bind_template_callback (widget_class, agents_choose_cb);
}

static void
td_connection_form_init (TdConnectionForm *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * td_connection_form_new:
 * @instant: what is entered takes effect at once, row by row, and everything
 *   can be set; otherwise the whole form is read in the end
 *
 * Returns: (transfer floating): a form that td_connection_form_set_profile() fills
 */
GtkWidget *
td_connection_form_new (gboolean instant)
{
  TdConnectionForm *self = g_object_new (TD_TYPE_CONNECTION_FORM, NULL);
  GtkWidget        *rows[] = { self->title_row, self->url_row, self->user_row,
                               self->secret_row, self->pin_row, self->extension_row };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    adw_entry_row_set_show_apply_button (ADW_ENTRY_ROW (rows[i]), instant);
  gtk_widget_set_visible (GTK_WIDGET (self->more_group), instant);

  return GTK_WIDGET (self);
}

/**
 * td_connection_form_set_profile:
 * @self: a form
 * @profile: what it begins with; its kind decides what is asked for
 */
void
td_connection_form_set_profile (TdConnectionForm *self,
                                const TdProfile  *profile)
{
  const TdConnection *connection;
  gboolean            is_asterisk;

  g_return_if_fail (TD_IS_CONNECTION_FORM (self));
  g_return_if_fail (profile != NULL);

  self->filling = TRUE;
  self->kind = profile->kind;
  is_asterisk = profile->kind == TD_PROFILE_ASTERISK;
  connection = profile->connection;

  adw_preferences_group_set_description (self->address_group,
                                         is_asterisk
                                           ? _ ("The manager interface over HTTP (http.conf and manager.conf), with its prefix: https://pbx:8089/asterisk or http://127.0.0.1:8088/asterisk")
                                           : _ ("The supervision API, such as https://centre.example:8443 or http://127.0.0.1:8080"));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->secret_row),
                                 is_asterisk ? _ ("Password of the manager user") : _ ("Access token"));
  gtk_widget_set_visible (self->user_row, is_asterisk);
  gtk_widget_set_visible (GTK_WIDGET (self->asterisk_group), is_asterisk);
  gtk_widget_set_visible (GTK_WIDGET (self->address_group), profile->kind != TD_PROFILE_DEMO);

  set_text (self->title_row, profile->title);
  set_text (self->url_row, connection->url);
  set_text (self->user_row, connection->user);
  set_text (self->pin_row, connection->pin_sha256);
  set_text (self->extension_row, profile->extension);
  gtk_switch_set_active (self->plain_switch, connection->allow_plain);
  gtk_switch_set_active (self->digest_switch, profile->digest);
  gtk_adjustment_set_value (self->gap, profile->min_gap_ms / 1000.0);
  gtk_adjustment_set_value (self->wrap_up, (double)profile->wrap_up_ms / 1000);
  take (&self->ca_file, g_strdup (connection->ca_file));
  take (&self->agents_file, g_strdup (profile->agents_file));
  show_files (self);
  show_security (self);
  self->filling = FALSE;
}

/* Whether the file of authorities can be used; it is read to know. */
static gboolean
check_authorities (TdConnectionForm   *self,
                   const TdConnection *connection)
{
  g_autofree char *folder = td_profile_get_folder ();
  g_autoptr (TdConnection) alone = td_connection_new ("https://localhost");
  g_autoptr (SoupSession) session = NULL;
  g_autoptr (GError) error = NULL;

  if (connection->ca_file != NULL)
    {
      alone->ca_file = g_canonicalize_filename (connection->ca_file, folder);
      session = td_connection_create_session (alone, &error);
    }
  td_row_note_set (self->ca_row, error != NULL ? error->message : NULL);

  return error == NULL;
}

/* The address, then what depends on it: an error of the first hides the rest. */
static gboolean
check_connection (TdConnectionForm *self,
                  TdProfile        *profile)
{
  g_autofree char *base = NULL;
  g_autoptr (GError) url_error = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (TdConnection) bare = NULL;
  gboolean is_plain;
  gboolean needs_user = profile->kind == TD_PROFILE_ASTERISK && profile->connection->user == NULL;
  gboolean has_ca;

  base = td_connection_dup_base_url (profile->connection, &url_error);
  td_row_note_set (self->url_row, url_error != NULL ? url_error->message : NULL);
  td_row_note_set (self->user_row, needs_user ? _ ("Asterisk needs the name of a manager user.") : NULL);

  has_ca = check_authorities (self, profile->connection);

  td_row_note_set (self->plain_row, NULL);
  td_row_note_set (self->pin_row, NULL);
  if (base == NULL)
    return FALSE;

  is_plain = td_connection_get_security (profile->connection) == TD_SECURITY_PLAIN;
  if (is_plain && !profile->connection->allow_plain)
    td_row_note_set (self->plain_row, _ ("Say yes to this, or use an address that begins with https://."));
  else
    {
      /* The secret is judged by itself, at its own row. */
      bare = td_connection_copy (profile->connection);
      g_clear_pointer (&bare->secret, g_free);
      if (!td_connection_check (bare, &error))
        td_row_note_set (self->pin_row, error->message);
    }

  return error == NULL && !needs_user && has_ca && (!is_plain || profile->connection->allow_plain);
}

static gboolean
check_agents_file (TdConnectionForm *self,
                   const TdProfile  *profile)
{
  g_autoptr (TdAsteriskSettings) settings = td_asterisk_settings_new ();
  g_autofree char *folder = td_profile_get_folder ();
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;

  if (profile->agents_file != NULL)
    {
      path = g_canonicalize_filename (profile->agents_file, folder);
      td_asterisk_settings_load_agents (settings, path, &error);
    }
  td_row_note_set (self->agents_row, error != NULL ? error->message : NULL);

  return error == NULL;
}

static gboolean
check_extension (TdConnectionForm *self,
                 const TdProfile  *profile)
{
  TdAction action = { .kind = TD_ACTION_LISTEN, .agent = "a", .extension = profile->extension };
  gboolean valid = profile->extension == NULL || td_action_check (&action, NULL);

  td_row_note_set (self->extension_row, valid ? NULL : _ ("Not a phone, such as 9001 or PJSIP/9001."));

  return valid;
}

/**
 * td_connection_form_read:
 * @self: a form
 * @profile: what gets the values, valid or not
 *
 * Says at its row what cannot be used.
 *
 * Returns: whether all of it can be used
 */
gboolean
td_connection_form_read (TdConnectionForm *self,
                         TdProfile        *profile)
{
  TdConnection *connection;
  gboolean      valid = TRUE;

  g_return_val_if_fail (TD_IS_CONNECTION_FORM (self), FALSE);
  g_return_val_if_fail (profile != NULL, FALSE);

  connection = profile->connection;
  take (&profile->title, dup_text (self->title_row));
  profile->min_gap_ms = (guint)(gtk_adjustment_get_value (self->gap) * 1000 + 0.5);
  take (&profile->extension, dup_text (self->extension_row));
  valid &= check_extension (self, profile);
  if (profile->kind == TD_PROFILE_DEMO)
    return valid;

  take (&connection->url, dup_text (self->url_row));
  if (connection->url == NULL)
    connection->url = g_strdup ("");
  take (&connection->user, profile->kind == TD_PROFILE_ASTERISK ? dup_text (self->user_row) : NULL);
  take (&connection->pin_sha256, dup_text (self->pin_row));
  take (&connection->ca_file, g_strdup (self->ca_file));
  connection->allow_plain = gtk_switch_get_active (self->plain_switch) && gtk_widget_get_visible (self->plain_row);
  profile->digest = profile->kind == TD_PROFILE_ASTERISK && gtk_switch_get_active (self->digest_switch);
  profile->wrap_up_ms = profile->kind == TD_PROFILE_ASTERISK
                          ? (gint64)(gtk_adjustment_get_value (self->wrap_up) * 1000 + 0.5)
                          : 0;
  take (&profile->agents_file, profile->kind == TD_PROFILE_ASTERISK ? g_strdup (self->agents_file) : NULL);

  valid &= check_connection (self, profile);
  valid &= check_agents_file (self, profile);

  return valid;
}

/**
 * td_connection_form_get_secret:
 * @self: a form
 *
 * Returns: (transfer none): the secret that was entered, "" for none
 */
const char *
td_connection_form_get_secret (TdConnectionForm *self)
{
  g_return_val_if_fail (TD_IS_CONNECTION_FORM (self), NULL);

  return get_text (self->secret_row);
}

void
td_connection_form_clear_secret (TdConnectionForm *self)
{
  g_return_if_fail (TD_IS_CONNECTION_FORM (self));

  set_text (self->secret_row, NULL);
}

/**
 * td_connection_form_say_secret:
 * @self: a form
 * @text: (nullable): what is wrong with the secret
 */
void
td_connection_form_say_secret (TdConnectionForm *self,
                               const char       *text)
{
  g_return_if_fail (TD_IS_CONNECTION_FORM (self));

  td_row_note_set (self->secret_row, text);
}
