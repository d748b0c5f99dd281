/* td-file-lock.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-file-lock.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <sys/file.h>
#include <unistd.h>

#define LOOK_MS 10

static gboolean
fail (const char *path,
      int         code,
      GError    **error)
{
  g_set_error (error, G_FILE_ERROR, (int)g_file_error_from_errno (code), "%s: %s", path, g_strerror (code));

  return FALSE;
}

static gboolean
wait_for_lock (int         fd,
               const char *path,
               guint       timeout_ms,
               GError    **error)
{
  gint64 until = g_get_monotonic_time () + (gint64)timeout_ms * 1000;

  while (flock (fd, LOCK_EX | LOCK_NB) != 0)
    {
      int code = errno;

      /* A folder that cannot lock is used without: better a deed lost once in
       * a year than none told at all. */
      if (code == ENOLCK || code == EOPNOTSUPP || code == ENOSYS || code == EINVAL)
        return TRUE;
      if (code != EWOULDBLOCK && code != EINTR)
        return fail (path, code, error);
      if (g_get_monotonic_time () >= until)
        {
          g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_AGAIN, _ ("%s: another program keeps it locked"), path);
          return FALSE;
        }
      g_usleep (LOOK_MS * 1000);
    }

  return TRUE;
}

/**
 * td_file_lock:
 * @path: of a file that is there for the lock alone, and stays; its folder is there
 * @timeout_ms: for how long to wait for others
 * @error: return location; %G_FILE_ERROR that names the file
 *
 * A program that ends, however it does, leaves no lock behind. Not for the main
 * thread: it waits.
 *
 * Returns: a lock for td_file_unlock(), or -1
 */
int
td_file_lock (const char *path,
              guint       timeout_ms,
              GError    **error)
{
  int fd;

  g_return_val_if_fail (path != NULL, -1);

  fd = open (path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (fd < 0)
    {
      fail (path, errno, error);
      return -1;
    }
  if (wait_for_lock (fd, path, timeout_ms, error))
    return fd;

  close (fd);

  return -1;
}

void
td_file_unlock (int lock)
{
  g_return_if_fail (lock >= 0);

  close (lock);
}
