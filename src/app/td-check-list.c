/* td-check-list.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-check-list.h"

#include <glib/gi18n.h>

struct _TdCheckList
{
  AdwPreferencesGroup parent_instance;

  TdProfile    *profile;     /* (owned) (nullable): with its secret */
  GCancellable *cancellable; /* (owned) (nullable): of the test under way */
  GPtrArray    *rows;        /* (owned) (element-type GtkWidget) */
  GtkWidget    *again;
  gboolean      is_done;
  gboolean      is_usable;
};

enum {
  DONE,
  N_SIGNALS
};

G_DEFINE_FINAL_TYPE (TdCheckList, td_check_list, ADW_TYPE_PREFERENCES_GROUP)

static guint signals[N_SIGNALS];

static const char *const names[TD_N_CHECKS] = {
  [TD_CHECK_REACHED] = NC_ ("check of a connection", "Reached"),
  [TD_CHECK_SECURITY] = NC_ ("check of a connection", "Encryption"),
  [TD_CHECK_SIGNED_IN] = NC_ ("check of a connection", "Signed in"),
  [TD_CHECK_SERVER] = NC_ ("check of a connection", "Server"),
  [TD_CHECK_DATA] = NC_ ("check of a connection", "Queues and agents"),
  [TD_CHECK_RIGHTS] = NC_ ("check of a connection", "Rights"),
  [TD_CHECK_CLOCK] = NC_ ("check of a connection", "Clock"),
};

static const struct
{
  const char *icon;
  const char *css_class;
  const char *word;
} statuses[TD_N_CHECK_STATUSES] = {
  [TD_CHECK_OK] = { "emblem-ok-symbolic", "success", NC_ ("check of a connection", "good") },
  [TD_CHECK_WARNING] = { "dialog-warning-symbolic", "warning", NC_ ("check of a connection", "mind this") },
  [TD_CHECK_FAILED] = { "dialog-error-symbolic", "error", NC_ ("check of a connection", "failed") },
  [TD_CHECK_SKIPPED] = { "content-loading-symbolic", "dim-label", NC_ ("check of a connection", "not known") },
};

static void
clear_rows (TdCheckList *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self), g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, 0);
}

static void
add_row (TdCheckList *self,
         const char  *title,
         const char  *text,
         GtkWidget   *prefix)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), text);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), prefix);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
  g_ptr_array_add (self->rows, row);
}

static void
add_line (TdCheckList  *self,
          const char   *name,
          TdCheckStatus status,
          const char   *text)
{
  GtkWidget       *icon = gtk_image_new_from_icon_name (statuses[status].icon);
  const char      *word = g_dpgettext2 (NULL, "check of a connection", statuses[status].word);
  g_autofree char *spoken = g_strdup_printf ("%s, %s: %s", name, word, text);

  gtk_widget_add_css_class (icon, statuses[status].css_class);
  gtk_widget_set_tooltip_text (icon, word);
  add_row (self, name, text, icon);
  gtk_accessible_update_property (GTK_ACCESSIBLE (g_ptr_array_index (self->rows, self->rows->len - 1)),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
}

static void
finish (TdCheckList *self)
{
  self->is_done = TRUE;
  gtk_widget_set_sensitive (self->again, TRUE);
  g_signal_emit (self, signals[DONE], 0);
}

static void
fail (TdCheckList *self,
      const char  *message)
{
  clear_rows (self);
  self->is_usable = FALSE;
  add_line (self, _ ("Cannot be tested"), TD_CHECK_FAILED, message);
  finish (self);
}

static void
checked_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (TdCheckList) self = user_data;
  g_autoptr (GPtrArray) lines = NULL;
  g_autoptr (GError) error = NULL;

  lines = td_connection_check_run_finish (TD_BACKEND (object), result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_clear_object (&self->cancellable);
  if (lines == NULL)
    {
      fail (self, error->message);
      return;
    }

  clear_rows (self);
  for (guint i = 0; i < lines->len; i++)
    {
      const TdCheckLine *line = g_ptr_array_index (lines, i);

      add_line (self, g_dpgettext2 (NULL, "check of a connection", names[line->id]), line->status, line->text);
    }
  self->is_usable = td_connection_check_is_usable (lines);
  finish (self);
}

static void
start (TdCheckList *self)
{
  GtkWidget *spinner = gtk_spinner_new ();
  g_autoptr (TdBackend) backend = NULL;
  g_autoptr (GError) error = NULL;

  td_check_list_stop (self);
  clear_rows (self);
  self->is_done = FALSE;
  self->is_usable = FALSE;
  gtk_widget_set_sensitive (self->again, FALSE);

  backend = td_profile_create_backend (self->profile, &error);
  if (backend == NULL)
    {
      fail (self, error->message);
      return;
    }

  gtk_spinner_start (GTK_SPINNER (spinner));
  add_row (self, _ ("Testing"), self->profile->connection->url, spinner);
  self->cancellable = g_cancellable_new ();
  td_connection_check_run_async (backend, self->profile->connection, TD_CONNECTION_CHECK_DEADLINE_MS,
                                 self->cancellable, checked_cb, g_object_ref (self));
}

static void
again_cb (TdCheckList *self)
{
  if (self->profile != NULL)
    start (self);
}

static void
td_check_list_dispose (GObject *object)
{
  TdCheckList *self = TD_CHECK_LIST (object);

  td_check_list_stop (self);
  g_clear_pointer (&self->profile, td_profile_free);

  G_OBJECT_CLASS (td_check_list_parent_class)->dispose (object);
}

static void
td_check_list_finalize (GObject *object)
{
  TdCheckList *self = TD_CHECK_LIST (object);

  g_clear_pointer (&self->rows, g_ptr_array_unref);

  G_OBJECT_CLASS (td_check_list_parent_class)->finalize (object);
}

static void
td_check_list_class_init (TdCheckListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = td_check_list_dispose;
  object_class->finalize = td_check_list_finalize;

  signals[DONE] = g_signal_new ("done",
                                G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
td_check_list_init (TdCheckList *self)
{
  self->rows = g_ptr_array_new ();
  self->again = gtk_button_new_with_mnemonic (_ ("_Test Again"));
  gtk_widget_set_valign (self->again, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (self->again, "flat");
  g_signal_connect_object (self->again, "clicked", G_CALLBACK (again_cb), self, G_CONNECT_SWAPPED);
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self), _ ("Test of the connection"));
  adw_preferences_group_set_header_suffix (ADW_PREFERENCES_GROUP (self), self->again);
}

GtkWidget *
td_check_list_new (void)
{
  return g_object_new (TD_TYPE_CHECK_LIST, NULL);
}

/**
 * td_check_list_run:
 * @self: a list
 * @profile: the centre to connect to, with its secret; copied
 *
 * Tests, in the place of a test that is under way.
 */
void
td_check_list_run (TdCheckList     *self,
                   const TdProfile *profile)
{
  g_return_if_fail (TD_IS_CHECK_LIST (self));
  g_return_if_fail (profile != NULL);

  g_clear_pointer (&self->profile, td_profile_free);
  self->profile = td_profile_copy (profile);
  start (self);
}

/**
 * td_check_list_stop:
 * @self: a list
 *
 * Gives a test up that is under way, without a word.
 */
void
td_check_list_stop (TdCheckList *self)
{
  g_return_if_fail (TD_IS_CHECK_LIST (self));

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

gboolean
td_check_list_is_done (TdCheckList *self)
{
  g_return_val_if_fail (TD_IS_CHECK_LIST (self), FALSE);

  return self->is_done;
}

gboolean
td_check_list_is_usable (TdCheckList *self)
{
  g_return_val_if_fail (TD_IS_CHECK_LIST (self), FALSE);

  return self->is_usable;
}
