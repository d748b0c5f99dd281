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
#define SINCE "since"

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
read_time (const TdKeyReader *reader,
           const char        *key,
           gint64            *read,
           GError           **error)
{
  g_autofree char *text = NULL;
  g_autoptr (GDateTime) time = NULL;

  *read = TD_UNKNOWN;
  if (!td_key_reader_text (reader, GROUP, key, &text, error))
    return FALSE;
  if (text == NULL)
    return TRUE;

  time = g_date_time_new_from_iso8601 (text, NULL);
  if (time == NULL)
    {
      td_key_reader_set_error (reader, GROUP, key, error, _ ("not a time such as 2026-12-25T17:00:00+07:00"));
      return FALSE;
    }
  *read = g_date_time_to_unix (time) * G_USEC_PER_SEC;

  return TRUE;
}

static void
write_time (GKeyFile   *file,
            const char *key,
            gint64      at)
{
  g_autoptr (GDateTime) time = TD_IS_KNOWN (at) ? g_date_time_new_from_unix_utc (at / G_USEC_PER_SEC) : NULL;
  g_autofree char *text = time != NULL ? g_date_time_format_iso8601 (time) : NULL;

  if (text != NULL)
    g_key_file_set_string (file, GROUP, key, text);
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
  g_auto (TdWallMessage) read = TD_WALL_MESSAGE_NONE;

  g_return_val_if_fail (path != NULL, FALSE);
  g_return_val_if_fail (message != NULL, FALSE);

  *message = (TdWallMessage)TD_WALL_MESSAGE_NONE;
  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return TRUE;
  if (!td_key_reader_load (&reader, MAX_FILE, error) || !td_key_reader_text (&reader, GROUP, TEXT, &read.text, error) ||
      !read_time (&reader, UNTIL, &read.until, error) || !read_time (&reader, SINCE, &read.since, error))
    return FALSE;
  if (read.text != NULL && g_utf8_strlen (read.text, -1) > TD_WALL_MAX_MESSAGE)
    {
      td_key_reader_set_error (&reader, GROUP, TEXT, error, _ ("longer than %d characters"), TD_WALL_MAX_MESSAGE);
      return FALSE;
    }

  *message = read;
  read = (TdWallMessage)TD_WALL_MESSAGE_NONE;

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
  write_time (file, UNTIL, message->until);
  write_time (file, SINCE, message->since);
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

  g_free (self->text);
  *self = (TdWallMessage)TD_WALL_MESSAGE_NONE;
}

/**
 * td_wall_message_set:
 * @self: a message
 * @from: (nullable): what is said in its place, copied; nothing for %NULL
 */
void
td_wall_message_set (TdWallMessage       *self,
                     const TdWallMessage *from)
{
  TdWallMessage copy = TD_WALL_MESSAGE_NONE;

  g_return_if_fail (self != NULL);

  if (from != NULL)
    copy = (TdWallMessage){ g_strdup (from->text), from->until, from->since };
  td_wall_message_clear (self);
  *self = copy;
}

gboolean
td_wall_message_equal (const TdWallMessage *a,
                       const TdWallMessage *b)
{
  g_return_val_if_fail (a != NULL, FALSE);
  g_return_val_if_fail (b != NULL, FALSE);

  return g_strcmp0 (a->text, b->text) == 0 && a->until == b->until && a->since == b->since;
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
