/* td-assistant.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-assistant.h"

#include <glib/gi18n.h>

#include "td-check-list.h"
#include "td-connection-form.h"
#include "td-fold.h"
#include "td-secrets.h"
#include "td-service-form.h"

#define MAX_SLUG 40

typedef enum {
  STEP_WHAT,
  STEP_WHERE,
  STEP_TEST,
  STEP_SERVICE,
  STEP_SAVED,
  N_STEPS
} Step;

static const struct
{
  const char *page;
  const char *title;
} steps[N_STEPS] = {
  [STEP_WHAT] = { "what", N_ ("Add a Centre") },
  [STEP_WHERE] = { "where", N_ ("Where Is It?") },
  [STEP_TEST] = { "test", N_ ("Does It Answer?") },
  [STEP_SERVICE] = { "service", N_ ("What Is Good Service?") },
  [STEP_SAVED] = { "saved", N_ ("Saved") },
};

struct _TdAssistant
{
  AdwWindow parent_instance;

  TdProfile    *profile; /* (owned) (nullable): with the secret, until it was kept */
  Step          step;
  gboolean      is_saving;
  GCancellable *cancellable; /* (owned) */

  AdwWindowTitle     *window_title;
  GtkButton          *back_button;
  GtkButton          *next_button;
  GtkStack           *stack;
  AdwBin             *where_bin;
  AdwPreferencesPage *test_page;
  GtkWidget          *anyway_group;
  GtkSwitch          *anyway_switch;
  AdwBin             *service_bin;
  AdwStatusPage      *saved_page;
  TdConnectionForm   *where;
  TdCheckList        *checks;
  TdServiceForm      *service;
};

enum {
  FINISHED,
  N_SIGNALS
};

G_DEFINE_FINAL_TYPE (TdAssistant, td_assistant, ADW_TYPE_WINDOW)

static guint signals[N_SIGNALS];

/* A file's name from a title: "Điện lực miền Nam" is "dien-luc-mien-nam". */
static char *
make_name (const char *title,
           const char *otherwise)
{
  g_autofree char *plain = td_fold (title != NULL ? title : "");
  g_auto (GStrv) taken = td_profile_list ();
  g_autoptr (GString) name = g_string_new (NULL);

  for (const char *c = plain; *c != '\0' && name->len < MAX_SLUG; c++)
    {
      if (g_ascii_isalnum (*c))
        g_string_append_c (name, g_ascii_tolower (*c));
      else if (name->len > 0 && name->str[name->len - 1] != '-')
        g_string_append_c (name, '-');
    }
  while (name->len > 0 && name->str[name->len - 1] == '-')
    g_string_truncate (name, name->len - 1);
  if (name->len == 0)
    g_string_assign (name, otherwise);

  if (g_strv_contains ((const char *const *)taken, name->str))
    {
      gsize length = name->len;

      for (guint i = 2; g_strv_contains ((const char *const *)taken, name->str); i++)
        {
          g_string_truncate (name, length);
          g_string_append_printf (name, "-%u", i);
        }
    }

  return g_string_free (g_steal_pointer (&name), FALSE);
}

static void
update (TdAssistant *self)
{
  gboolean can_go = !self->is_saving;
  gboolean failed = FALSE;

  if (self->step == STEP_TEST)
    {
      failed = td_check_list_is_done (self->checks) && !td_check_list_is_usable (self->checks);
      can_go &= td_check_list_is_done (self->checks) && (!failed || gtk_switch_get_active (self->anyway_switch));
    }
  gtk_widget_set_visible (self->anyway_group, failed);

  adw_window_title_set_title (self->window_title, gettext (steps[self->step].title));
  gtk_stack_set_visible_child_name (self->stack, steps[self->step].page);
  gtk_button_set_label (self->back_button, self->step == STEP_WHAT ? _ ("_Cancel") : _ ("_Back"));
  gtk_widget_set_visible (GTK_WIDGET (self->back_button), self->step != STEP_SAVED);
  gtk_widget_set_sensitive (GTK_WIDGET (self->back_button), !self->is_saving);
  gtk_button_set_label (self->next_button,
                        self->step == STEP_SERVICE ? _ ("_Save")
                        : self->step == STEP_SAVED ? _ ("_Open the Dashboard")
                                                   : _ ("_Next"));
  gtk_widget_set_visible (GTK_WIDGET (self->next_button), self->step != STEP_WHAT);
  gtk_widget_set_sensitive (GTK_WIDGET (self->next_button), can_go);
}

static void
update_cb (TdAssistant *self)
{
  update (self);
}

static void
go (TdAssistant *self,
    Step         step)
{
  if (self->step == STEP_TEST)
    td_check_list_stop (self->checks);
  self->step = step;
  if (step == STEP_TEST)
    {
      gtk_switch_set_active (self->anyway_switch, FALSE);
      td_check_list_run (self->checks, self->profile);
    }
  update (self);
}

static void
say (TdAssistant *self,
     const char  *heading,
     const char  *text)
{
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (self), heading, text);

  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _ ("_Close"));
  gtk_window_set_destroy_with_parent (GTK_WINDOW (dialog), TRUE);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
open_dashboard (TdAssistant *self)
{
  g_autofree char *name = g_strdup (self->profile->name);

  g_signal_emit (self, signals[FINISHED], 0, name);
  gtk_window_close (GTK_WINDOW (self));
}

static void
stored_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (TdAssistant) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  g_autofree char *text = NULL;
  g_autofree char *markup = NULL;
  TdSecretsPlace   place;

  if (!td_secrets_store_finish (result, &place, &error))
    {
      if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
      /* The profile is there; without the secret it would be half a centre. */
      td_profile_delete (self->profile->name, NULL);
      self->is_saving = FALSE;
      update (self);
      say (self, _ ("The Secret Cannot Be Kept"), error->message);
      return;
    }

  self->is_saving = FALSE;
  g_clear_pointer (&self->profile->connection->secret, g_free);
  if (place != TD_SECRETS_FILE)
    {
      open_dashboard (self);
      return;
    }

  path = td_secrets_get_file_path (self->profile->name);
  /* Translators: the path of a file. */
  text = g_strdup_printf (_ ("No keyring answers here, so the secret is kept in a file that only you can read, not encrypted:\n%s"), path);
  markup = g_markup_escape_text (text, -1);
  adw_status_page_set_description (self->saved_page, markup);
  go (self, STEP_SAVED);
}

static void
save (TdAssistant *self)
{
  g_autoptr (GError) error = NULL;
  const char *secret = self->profile->connection->secret;

  g_free (self->profile->name);
  self->profile->name = make_name (self->profile->title, td_profile_kind_to_string (self->profile->kind));
  if (!td_profile_check (self->profile, &error) || !td_profile_save (self->profile, &error))
    {
      say (self, _ ("The Centre Cannot Be Saved"), error->message);
      return;
    }
  if (secret == NULL || *secret == '\0')
    {
      open_dashboard (self);
      return;
    }

  self->is_saving = TRUE;
  update (self);
  td_secrets_store_async (self->profile->name, secret, self->cancellable, stored_cb, g_object_ref (self));
}

static gboolean
read_where (TdAssistant *self)
{
  TdConnection *connection = self->profile->connection;
  g_autoptr (GError) error = NULL;
  gboolean valid = td_connection_form_read (self->where, self->profile);

  g_free (connection->secret);
  connection->secret = g_strdup (td_connection_form_get_secret (self->where));
  td_connection_form_say_secret (self->where, NULL);
  /* The rest was said at its own row already. */
  if (valid && !td_connection_check (connection, &error))
    {
      td_connection_form_say_secret (self->where, error->message);
      valid = FALSE;
    }

  return valid;
}

static void
next_cb (TdAssistant *self)
{
  switch (self->step)
    {
    case STEP_WHERE:
      if (read_where (self))
        go (self, STEP_TEST);
      break;

    case STEP_TEST:
      go (self, STEP_SERVICE);
      break;

    case STEP_SERVICE:
      if (td_service_form_read (self->service, self->profile))
        save (self);
      break;

    case STEP_SAVED:
      open_dashboard (self);
      break;

    case STEP_WHAT:
    case N_STEPS:
    default:
      break;
    }
}

static void
back_cb (TdAssistant *self)
{
  if (self->step == STEP_WHAT)
    gtk_window_close (GTK_WINDOW (self));
  else
    go (self, self->step - 1);
}

static void
choose (TdAssistant  *self,
        TdProfileKind kind)
{
  /* What was entered stays when a person goes back and forth. */
  if (self->profile == NULL || self->profile->kind != kind)
    {
      g_clear_pointer (&self->profile, td_profile_free);
      self->profile = td_profile_new (td_profile_kind_to_string (kind), kind);
      td_connection_form_set_profile (self->where, self->profile);
      td_connection_form_clear_secret (self->where);
      td_service_form_set_profile (self->service, self->profile);
    }
}

static void
demo_cb (TdAssistant *self)
{
  choose (self, TD_PROFILE_DEMO);
  g_free (self->profile->title);
  self->profile->title = g_strdup (_ ("Demo centre"));
  save (self);
}

static void
asterisk_cb (TdAssistant *self)
{
  choose (self, TD_PROFILE_ASTERISK);
  go (self, STEP_WHERE);
}

static void
supervision_cb (TdAssistant *self)
{
  choose (self, TD_PROFILE_SUPERVISION);
  go (self, STEP_WHERE);
}

static void
td_assistant_dispose (GObject *object)
{
  TdAssistant *self = TD_ASSISTANT (object);

  g_cancellable_cancel (self->cancellable);
  if (self->checks != NULL)
    td_check_list_stop (self->checks);
  self->checks = NULL;

  G_OBJECT_CLASS (td_assistant_parent_class)->dispose (object);
}

static void
td_assistant_finalize (GObject *object)
{
  TdAssistant *self = TD_ASSISTANT (object);

  g_clear_pointer (&self->profile, td_profile_free);
  g_clear_object (&self->cancellable);

  G_OBJECT_CLASS (td_assistant_parent_class)->finalize (object);
}

static void
td_assistant_class_init (TdAssistantClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = td_assistant_dispose;
  object_class->finalize = td_assistant_finalize;

  signals[FINISHED] = g_signal_new ("finished",
                                    G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                    NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/tongdai/TongDai/td-assistant.ui");
  gtk_widget_class_bind_template_child (widget_class, TdAssistant, window_title);
  gtk_widget_class_bind_template_child (widget_class, TdAssistant, back_button);
  gtk_widget_class_bind_template_child (widget_class, TdAssistant, next_button);
  gtk_widget_class_bind_template_child (widget_class, TdAssistant, stack);
  gtk_widget_class_bind_template_child (widget_class, TdAssistant, where_bin);
  gtk_widget_class_bind_template_child (widget_class, TdAssistant, test_page);
  gtk_widget_class_bind_template_child (widget_class, TdAssistant, anyway_group);
  gtk_widget_class_bind_template_child (widget_class, TdAssistant, anyway_switch);
  gtk_widget_class_bind_template_child (widget_class, TdAssistant, service_bin);
  gtk_widget_class_bind_template_child (widget_class, TdAssistant, saved_page);
  gtk_widget_class_bind_template_callback (widget_class, update_cb);
  gtk_widget_class_bind_template_callback (widget_class, next_cb);
  gtk_widget_class_bind_template_callback (widget_class, back_cb);
  gtk_widget_class_bind_template_callback (widget_class, demo_cb);
  gtk_widget_class_bind_template_callback (widget_class, asterisk_cb);
  gtk_widget_class_bind_template_callback (widget_class, supervision_cb);

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
td_assistant_init (TdAssistant *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));

  self->where = TD_CONNECTION_FORM (td_connection_form_new (FALSE));
  adw_bin_set_child (self->where_bin, GTK_WIDGET (self->where));
  self->service = TD_SERVICE_FORM (td_service_form_new (FALSE));
  adw_bin_set_child (self->service_bin, GTK_WIDGET (self->service));
  self->checks = TD_CHECK_LIST (td_check_list_new ());
  g_signal_connect_object (self->checks, "done", G_CALLBACK (update_cb), self, G_CONNECT_SWAPPED);
  /* What was found comes before what can be done about it. */
  g_object_ref (self->anyway_group);
  adw_preferences_page_remove (self->test_page, ADW_PREFERENCES_GROUP (self->anyway_group));
  adw_preferences_page_add (self->test_page, ADW_PREFERENCES_GROUP (self->checks));
  adw_preferences_page_add (self->test_page, ADW_PREFERENCES_GROUP (self->anyway_group));
  g_object_unref (self->anyway_group);

  adw_status_page_set_icon_name (self->saved_page, "dialog-password-symbolic");
  adw_status_page_set_title (self->saved_page, _ ("The Secret Is in a File"));
  update (self);
}

/**
 * td_assistant_new:
 * @parent: the window it belongs to
 *
 * Returns: (transfer none): the assistant, not shown yet
 */
TdAssistant *
td_assistant_new (GtkWindow *parent)
{
  g_return_val_if_fail (GTK_IS_WINDOW (parent), NULL);

  return g_object_new (TD_TYPE_ASSISTANT,
                       "transient-for", parent,
                       "destroy-with-parent", TRUE,
                       "application", gtk_window_get_application (parent),
                       NULL);
}
