/* td-command-group.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-command-group.h"

#include <glib/gi18n.h>

#include "td-alert-command.h"
#include "td-alert-message.h"
#include "td-answer-row.h"
#include "td-row-note.h"

struct _TdCommandGroup
{
  AdwPreferencesGroup parent_instance;

  char           *centre;  /* (owned): its name for people */
  TdAlertCommand *command; /* (owned) (nullable): what is tried out */
  GtkWidget      *command_row;
  GtkWidget      *test_row;
};

enum {
  CHANGED,
  N_SIGNALS
};

G_DEFINE_FINAL_TYPE (TdCommandGroup, td_command_group, ADW_TYPE_PREFERENCES_GROUP)

static guint signals[N_SIGNALS];

static char *
dup_command (TdCommandGroup *self)
{
  char *command = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->command_row))));

  if (*command == '\0')
    g_clear_pointer (&command, g_free);

  return command;
}

static void
changed_cb (TdCommandGroup *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
ended_cb (TdCommandGroup *self,
          const char     *output,
          GError         *error)
{
  g_autofree char *text = g_strstrip (g_strdup (output != NULL ? output : ""));

  if (error != NULL && *text != '\0')
    {
      /* Translators: why a command failed, then what it wrote. */
      g_autofree char *both = g_strdup_printf (_ ("%s: %s"), error->message, text);

      td_answer_row_say (self->test_row, both);
    }
  else if (error != NULL)
    td_answer_row_say (self->test_row, error->message);
  else
    td_answer_row_say (self->test_row, *text != '\0' ? text : _ ("It ended well, and wrote nothing."));
}

static void
stop_test (TdCommandGroup *self)
{
  if (self->command != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->command, self);
      td_alert_command_stop (self->command);
    }
  g_clear_object (&self->command);
}

static void
test_cb (TdCommandGroup *self)
{
  g_autofree char *command = dup_command (self);
  g_auto (GStrv) argv = NULL;
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GError) error = NULL;

  if (command == NULL)
    {
      td_answer_row_say (self->test_row, _ ("There is no command yet."));
      return;
    }
  argv = td_profile_parse_command (command, &error);
  if (argv == NULL)
    {
      td_answer_row_say (self->test_row, error->message);
      return;
    }

  stop_test (self);
  td_answer_row_wait (self->test_row);
  body = td_alert_message_create_test (self->centre, g_get_real_time ());
  self->command = td_alert_command_new ((const char *const *)argv, TD_ALERT_COMMAND_DEADLINE_MS);
  g_signal_connect_object (self->command, "ended", G_CALLBACK (ended_cb), self, G_CONNECT_SWAPPED);
  td_alert_command_run (self->command, body);
}

static void
td_command_group_dispose (GObject *object)
{
  stop_test (TD_COMMAND_GROUP (object));

  G_OBJECT_CLASS (td_command_group_parent_class)->dispose (object);
}

static void
td_command_group_finalize (GObject *object)
{
  g_free (TD_COMMAND_GROUP (object)->centre);

  G_OBJECT_CLASS (td_command_group_parent_class)->finalize (object);
}

static void
td_command_group_class_init (TdCommandGroupClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = td_command_group_dispose;
  object_class->finalize = td_command_group_finalize;

  signals[CHANGED] = g_signal_new ("changed",
                                   G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
td_command_group_init (TdCommandGroup *self)
{
}

/**
 * td_command_group_new:
 * @profile: what it begins with
 *
 * Returns: (transfer floating): a group
 */
GtkWidget *
td_command_group_new (const TdProfile *profile)
{
  TdCommandGroup *self;

  g_return_val_if_fail (profile != NULL, NULL);

  self = g_object_new (TD_TYPE_COMMAND_GROUP,
                       "title", _ ("A command"),
                       "description", _ ("Run for each alert, with the same JSON on its standard input: no shell, one at a time, for 30 s at most."),
                       NULL);
  self->centre = g_strdup (profile->title != NULL ? profile->title : profile->name);

  self->command_row = adw_entry_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->command_row), _ ("Program and its words; empty for none"));
  gtk_editable_set_text (GTK_EDITABLE (self->command_row), profile->command != NULL ? profile->command : "");
  adw_entry_row_set_show_apply_button (ADW_ENTRY_ROW (self->command_row), TRUE);
  g_signal_connect_object (self->command_row, "apply", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), self->command_row);

  self->test_row = td_answer_row_new (_ ("A run that is a test"), _ ("Run"), G_CALLBACK (test_cb), self);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), self->test_row);

  return GTK_WIDGET (self);
}

/**
 * td_command_group_read:
 * @self: a group
 * @profile: what gets what was entered
 *
 * Says at its row what cannot be used.
 *
 * Returns: whether it can be used
 */
gboolean
td_command_group_read (TdCommandGroup *self,
                       TdProfile      *profile)
{
  g_autofree char *command = NULL;
  g_auto (GStrv) argv = NULL;
  g_autoptr (GError) error = NULL;

  g_return_val_if_fail (TD_IS_COMMAND_GROUP (self), FALSE);
  g_return_val_if_fail (profile != NULL, FALSE);

  command = dup_command (self);
  if (command != NULL)
    argv = td_profile_parse_command (command, &error);
  td_row_note_set (self->command_row, error != NULL ? error->message : NULL);
  if (error != NULL)
    return FALSE;

  g_free (profile->command);
  profile->command = g_steal_pointer (&command);

  return TRUE;
}
