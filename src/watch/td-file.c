/* td-file.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-file.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>

/* GLib names a passing file that nobody knows; the system's reason is at the end. */
static const char *
get_reason (const GError *error)
{
  const char *colon = g_strrstr (error->message, ": ");

  return colon != NULL ? colon + strlen (": ") : error->message;
}

/**
 * td_file_save:
 * @path: a file
 * @text: (array length=length): what it is to say
 * @length: bytes, or -1 where @text ends with a zero
 * @error: return location; %G_FILE_ERROR, translated, names the file
 *
 * Writes a file that is for its owner alone, all of it or nothing; what was
 * there stays until all of it is on the disk. A folder that is missing is made.
 * Any thread.
 *
 * Returns: whether it was written
 */
gboolean
td_file_save (const char *path,
              const char *text,
              gssize      length,
              GError    **error)
{
  g_autofree char *folder = NULL;
  g_autoptr (GError) failure = NULL;

  g_return_val_if_fail (path != NULL, FALSE);
  g_return_val_if_fail (text != NULL, FALSE);

  folder = g_path_get_dirname (path);
  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      int code = errno;

      g_set_error (error, G_FILE_ERROR, (int)g_file_error_from_errno (code), _ ("%s: cannot be made: %s"), folder, g_strerror (code));
      return FALSE;
    }
  if (g_file_set_contents_full (path, text, length, G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600, &failure))
    return TRUE;

  g_set_error (error, failure->domain, failure->code, _ ("%s: cannot be written: %s"), path, get_reason (failure));

  return FALSE;
}
