/* td-file.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

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

static gboolean
fail_to_read (const char *path,
              int         code,
              GError    **error)
{
  g_set_error (error, G_FILE_ERROR, (int)g_file_error_from_errno (code), _ ("%s: cannot be read: %s"), path, g_strerror (code));

  return FALSE;
}

/* All of an open file, of which no more than @max_bytes is taken. */
static gboolean
read_all (const char *path,
          int         fd,
          gsize       size,
          gsize       max_bytes,
          char      **text,
          gsize      *length,
          GError    **error)
{
  g_autofree char *buffer = g_malloc (size + 1);
  gsize            n = 0;

  for (;;)
    {
      gssize got = read (fd, buffer + n, size - n);

      if (got < 0 && errno == EINTR)
        continue;
      if (got < 0)
        return fail_to_read (path, errno, error);
      n += (gsize)got;
      /* It may have grown since it was looked at. */
      if (got == 0 || n == max_bytes)
        break;
      if (n == size)
        {
          size = MIN (size * 2, max_bytes);
          buffer = g_realloc (buffer, size + 1);
        }
    }
  buffer[n] = '\0';
  *text = g_steal_pointer (&buffer);
  if (length != NULL)
    *length = n;

  return TRUE;
}

/**
 * td_file_read:
 * @path: a file
 * @max_bytes: what it may hold
 * @text: (out) (transfer full): what it says; a zero follows
 * @length: (out) (optional): bytes
 * @error: return location; %G_FILE_ERROR, translated, names the file
 *
 * Reads all of a file. What is none, such as a folder or a pipe, is refused and
 * never waited for: a screen that nobody touches may not hang on it. Any thread.
 *
 * Returns: whether it was read
 */
gboolean
td_file_read (const char *path,
              gsize       max_bytes,
              char      **text,
              gsize      *length,
              GError    **error)
{
  GStatBuf info;
  gboolean done;
  int      fd;

  g_return_val_if_fail (path != NULL, FALSE);
  g_return_val_if_fail (text != NULL, FALSE);

  fd = g_open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY, 0);
  if (fd < 0)
    return fail_to_read (path, errno, error);

  if (fstat (fd, &info) != 0)
    done = fail_to_read (path, errno, error);
  else if (!S_ISREG (info.st_mode) || info.st_size < 0 || (gsize)info.st_size > max_bytes)
    {
      g_autofree char *reason = g_strdup_printf (_ ("not a file, or larger than %d KiB"), (int)(max_bytes / 1024));

      g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_FAILED, "%s: %s", path, reason);
      done = FALSE;
    }
  else
    done = read_all (path, fd, MIN ((gsize)info.st_size + 1, max_bytes), max_bytes, text, length, error);
  close (fd);

  return done;
}
