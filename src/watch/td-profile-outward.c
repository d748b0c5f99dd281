/* td-profile-outward.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-profile-private.h"

#include <glib/gi18n.h>
#include <string.h>

#define MAX_COMMAND 4096 /* bytes */
#define MAX_URL 2048     /* likewise */

/* Whom a profile's alerts are told to, in its file. */

/**
 * td_profile_parse_command:
 * @command: a program and its words, quoted as for a shell
 * @error: return location; %TD_PROFILE_ERROR_INVALID, without the command
 *
 * Takes a command apart as a shell would. Nothing else of a shell is in it: no
 * variable, no pipe, no “;”.
 *
 * Returns: (transfer full) (nullable): the program and its words
 */
char **
td_profile_parse_command (const char *command,
                          GError    **error)
{
  char **argv = NULL;

  g_return_val_if_fail (command != NULL, NULL);

  if (strlen (command) > MAX_COMMAND || !g_utf8_validate (command, -1, NULL) || !g_shell_parse_argv (command, NULL, &argv, NULL))
    {
      g_set_error_literal (error, TD_PROFILE_ERROR, TD_PROFILE_ERROR_INVALID,
                           _ ("This is no program with its words: a quotation mark is missing, or it is too long."));
      return NULL;
    }

  return argv;
}

gboolean
td_profile_read_outward (TdProfile         *self,
                         const TdKeyReader *reader,
                         GError           **error)
{
  const char *words[TD_N_ALERT_LEVELS];
  guint       level = self->outward_level;

  for (guint i = 0; i < TD_N_ALERT_LEVELS; i++)
    words[i] = td_alert_level_to_string ((TdAlertLevel)i);

  if (!td_key_reader_text (reader, TD_PROFILE_ALERTS, "webhook-url", &self->webhook->url, error) ||
      !td_key_reader_boolean (reader, TD_PROFILE_ALERTS, "webhook-allow-plain-http", &self->webhook->allow_plain, error) ||
      !td_key_reader_text (reader, TD_PROFILE_ALERTS, "command", &self->command, error) ||
      !td_key_reader_word (reader, TD_PROFILE_ALERTS, "told-from", words, TD_N_ALERT_LEVELS, &level, error))
    return FALSE;

  self->outward_level = (TdAlertLevel)level;

  return TRUE;
}

void
td_profile_write_outward (const TdProfile *self,
                          GKeyFile        *file)
{
  const char *level = td_alert_level_to_string (self->outward_level);

  td_profile_write_text (file, TD_PROFILE_ALERTS, "webhook-url", self->webhook->url);
  td_profile_write_text (file, TD_PROFILE_ALERTS, "webhook-allow-plain-http", self->webhook->allow_plain ? "true" : NULL);
  td_profile_write_text (file, TD_PROFILE_ALERTS, "command", self->command);
  td_profile_write_text (file, TD_PROFILE_ALERTS, "told-from", self->outward_level != TD_ALERT_WARNING ? level : NULL);
}

gboolean
td_profile_check_outward (const TdProfile *self,
                          GError         **error)
{
  const char *url = self->webhook->url;
  g_autoptr (GError) reason = NULL;
  const char *key = "webhook-url";

  if (url != NULL && (strlen (url) > MAX_URL || !g_utf8_validate (url, -1, NULL)))
    g_set_error (&reason, TD_PROFILE_ERROR, TD_PROFILE_ERROR_INVALID, _ ("longer than %d bytes"), MAX_URL);
  else if (url != NULL)
    {
      /* What the file does not hold is not its fault. */
      g_autoptr (TdConnection) bare = td_connection_copy (self->webhook);

      g_clear_pointer (&bare->secret, g_free);
      td_connection_check (bare, &reason);
    }

  if (reason == NULL && self->command != NULL)
    {
      g_strfreev (td_profile_parse_command (self->command, &reason));
      key = "command";
    }
  if (reason == NULL)
    return TRUE;

  td_profile_set_error (self->name, TD_PROFILE_ALERTS, key, error, "%s", reason->message);

  return FALSE;
}
