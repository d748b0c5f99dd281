/* td-wall-message.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-wall-message.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include "td-file.h"
#include "td-key-reader.h"
#include "td-types.h"
#include "td-wall.h"

#define MAX_FILE (16 * 1024)
#define GROUP "message"
#define TEXT "text"
#define UNTIL "until"

/* What is watched without a profile has a name that no profile can have. */
#define NO_PROFILE ".none"

G_DEFINE_QUARK (td - wall - message - error, td_wall_message_error)

/**
 * td_wall_message_get_path:
 * @profile: (nullable): name of a profile, or %NULL for what is watched without one
 *
 * Returns: (transfer full): where the message to its walls is, whether or not there is one
 */
char *
td_wall_message_get_path (const char *profile)
{
  g_autofree char *name = g_strconcat (profile != NULL ? profile : NO_PROFILE, ".ini", NULL);

  return g_build_filename (g_get_user_config_dir (), "tongdai", "messages", name, NULL);
}

static gboolean
read_until (const TdKeyReader *reader,
            gint64            *until,
            GError           **error)
{
  g_autofree char *text = NULL;
  g_autoptr (GDateTime) time = NULL;

  *until = TD_UNKNOWN;
  if (!td_key_reader_text (reader, GROUP, UNTIL, &text, error))
    return FALSE;
  if (text == NULL)
    return TRUE;

  time = g_date_time_new_from_iso8601 (text, NULL);
  if (time == NULL)
    {
      td_key_reader_set_error (reader, GROUP, UNTIL, error, _ ("not a time such as 2026-12-25T17:00:00+07:00"));
      return FALSE;
    }
  *until = g_date_time_to_unix (time) * G_USEC_PER_SEC;

  return TRUE;
}

/**
 * td_wall_message_load:
 * @path: from td_wall_message_get_path()
 * @message: (out caller-allocates): what is said; nothing where there is no such file
 * @error: return location; names the file and the key
 *
 * Returns: whether the file could be read, or is not there
 */
gboolean
td_wall_message_load (const char    *path,
                      TdWallMessage *message,
                      GError       **error)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  const TdKeyReader reader = { path, file, TD_WALL_MESSAGE_ERROR, TD_WALL_MESSAGE_ERROR_INVALID };
  g_auto (TdWallMessage) read = { NULL, TD_UNKNOWN };

  g_return_val_if_fail (path != NULL, FALSE);
  g_return_val_if_fail (message != NULL, FALSE);

  *message = (TdWallMessage){ NULL, TD_UNKNOWN };
  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return TRUE;
  if (!td_key_reader_load (&reader, MAX_FILE, error) || !td_key_reader_text (&reader, GROUP, TEXT, &read.text, error) ||
      !read_until (&reader, &read.until, error))
    return FALSE;
  if (read.text != NULL && g_utf8_strlen (read.text, -1) > TD_WALL_MAX_MESSAGE)
    {
      td_key_reader_set_error (&reader, GROUP, TEXT, error, _ ("longer than %d characters"), TD_WALL_MAX_MESSAGE);
      return FALSE;
    }

  message->text = g_steal_pointer (&read.text);
  message->until = read.until;

  return TRUE;
}

/**
 * td_wall_message_save:
 * @path: from td_wall_message_get_path()
 * @message: what is said from now on; without a text the file is removed
 * @error: return location
 *
 * Walls of the same profile take it up within seconds.
 *
 * Returns: whether it was written
 */
gboolean
td_wall_message_save (const char          *path,
                      const TdWallMessage *message,
                      GError             **error)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *data = NULL;
  gsize            length;

  g_return_val_if_fail (path != NULL, FALSE);
  g_return_val_if_fail (message != NULL, FALSE);

  if (message->text == NULL || *message->text == '\0')
    {
      if (g_unlink (path) == 0 || errno == ENOENT)
        return TRUE;
      g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (errno), "%s: %s", path, g_strerror (errno));
      return FALSE;
    }

  g_key_file_set_string (file, GROUP, TEXT, message->text);
  if (TD_IS_KNOWN (message->until))
    {
      g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (message->until / G_USEC_PER_SEC);
      g_autofree char *text = time != NULL ? g_date_time_format_iso8601 (time) : NULL;

      if (text != NULL)
        g_key_file_set_string (file, GROUP, UNTIL, text);
    }
  data = g_key_file_to_data (file, &length, NULL);

  return td_file_save (path, data, (gssize)length, error);
}

/**
 * td_wall_message_clear:
 * @self: a message
 *
 * Frees what it owns; nothing is said then.
 */
void
td_wall_message_clear (TdWallMessage *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->text, g_free);
  self->until = TD_UNKNOWN;
}

/**
 * td_wall_message_is_up:
 * @self: a message
 * @now: time of this machine, µs since 1970
 *
 * Returns: whether there is something to say, and its time is not over
 */
gboolean
td_wall_message_is_up (const TdWallMessage *self,
                       gint64               now)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->text != NULL && *self->text != '\0' && (!TD_IS_KNOWN (self->until) || now < self->until);
}
