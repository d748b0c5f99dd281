/* td-secrets-file.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-secrets-file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "td-connection.h"
#include "td-file.h"

#define MAX_FILE (TD_MAX_SECRET + 2) /* and the end of its line */

static void
set_errno_error (const char *path,
                 int         code,
                 GError    **error)
{
  g_set_error (error, G_IO_ERROR, (int)g_io_error_from_errno (code), "%s: %s", path, g_strerror (code));
}

/**
 * td_secrets_file_get_path:
 * @profile: a profile's name
 *
 * Returns: (transfer full): path of the file that its secret is in where no
 *   keyring keeps it
 */
char *
td_secrets_file_get_path (const char *profile)
{
  return g_build_filename (g_get_user_config_dir (), "tongdai", "secrets", profile, NULL);
}

/**
 * td_secrets_file_check:
 * @secret: what a person entered, or a file held
 * @error: return location; %G_IO_ERROR_INVALID_ARGUMENT
 *
 * Returns: whether it can be a secret: one line of UTF-8, not empty
 */
gboolean
td_secrets_file_check (const char *secret,
                       GError    **error)
{
  gsize    length = strlen (secret);
  gboolean is_line = length > 0 && length <= TD_MAX_SECRET && g_utf8_validate (secret, (gssize)length, NULL);

  for (gsize i = 0; is_line && i < length; i++)
    is_line = !g_ascii_iscntrl (secret[i]);

  if (!is_line)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                 _ ("A secret is one line of text, of at most %d bytes"), TD_MAX_SECRET);

  return is_line;
}

/* Whether nobody else can read or change the open file. */
static gboolean
check_private (int         fd,
               const char *path,
               GError    **error)
{
  struct stat info;

  if (fstat (fd, &info) != 0)
    {
      set_errno_error (path, errno, error);
      return FALSE;
    }

  if (!S_ISREG (info.st_mode) || info.st_size > MAX_FILE)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, _ ("%s: not a file with a secret"), path);
  else if (info.st_uid != geteuid ())
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED,
                 _ ("%s: it belongs to another user, and is not trusted"), path);
  else if ((info.st_mode & 077) != 0)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED,
                 _ ("%s: other users can read it: change the secret, and make the file yours alone (chmod 600)"), path);
  else
    return TRUE;

  return FALSE;
}

static gboolean
read_all (int         fd,
          const char *path,
          char       *buffer,
          gsize       size,
          GError    **error)
{
  gsize length = 0;

  while (length < size - 1)
    {
      gssize n = read (fd, buffer + length, size - 1 - length);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        {
          set_errno_error (path, errno, error);
          return FALSE;
        }
      if (n == 0)
        break;
      length += (gsize)n;
    }

  buffer[length] = '\0';

  return TRUE;
}

/**
 * td_secrets_file_read:
 * @path: of a file with a secret in its first line
 * @error: return location
 *
 * Returns: (transfer full) (nullable): it; %NULL without @error where there is
 *   no file
 */
char *
td_secrets_file_read (const char *path,
                      GError    **error)
{
  g_autoptr (GError) reason = NULL;
  char  buffer[MAX_FILE + 2];
  char *secret = NULL;
  int   fd;

  g_return_val_if_fail (path != NULL, NULL);

  fd = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW);
  if (fd < 0)
    {
      if (errno != ENOENT && errno != ENOTDIR)
        set_errno_error (path, errno, error);
      return NULL;
    }

  if (check_private (fd, path, error) && read_all (fd, path, buffer, sizeof buffer, error))
    {
      buffer[strcspn (buffer, "\r\n")] = '\0';
      if (td_secrets_file_check (buffer, &reason))
        secret = g_strdup (buffer);
      else
        g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "%s: %s", path, reason->message);
      explicit_bzero (buffer, sizeof buffer);
    }
  close (fd);

  return secret;
}

/**
 * td_secrets_file_lookup:
 * @profile: a profile's name
 * @error: return location
 *
 * Returns: (transfer full) (nullable): its secret; %NULL without @error where
 *   there is no file
 */
char *
td_secrets_file_lookup (const char *profile,
                        GError    **error)
{
  g_autofree char *path = NULL;

  g_return_val_if_fail (profile != NULL, NULL);

  path = td_secrets_file_get_path (profile);

  return td_secrets_file_read (path, error);
}

/**
 * td_secrets_file_store:
 * @profile: a profile's name
 * @secret: a secret that td_secrets_file_check() lets pass
 * @error: return location
 *
 * Returns: whether it was written, for this user alone, all or nothing
 */
gboolean
td_secrets_file_store (const char *profile,
                       const char *secret,
                       GError    **error)
{
  g_autoptr (GError) reason = NULL;
  g_autofree char *path = NULL;
  g_autofree char *folder = NULL;

  g_return_val_if_fail (profile != NULL, FALSE);
  g_return_val_if_fail (secret != NULL, FALSE);

  path = td_secrets_file_get_path (profile);
  folder = g_path_get_dirname (path);
  if (g_mkdir_with_parents (folder, 0700) != 0 || g_chmod (folder, 0700) != 0)
    {
      set_errno_error (folder, errno, error);
      return FALSE;
    }
  if (!td_file_save (path, secret, (gssize)strlen (secret), &reason))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, reason->message);
      return FALSE;
    }

  return TRUE;
}

/**
 * td_secrets_file_clear:
 * @profile: a profile's name
 * @error: return location
 *
 * Returns: whether there is no file any more
 */
gboolean
td_secrets_file_clear (const char *profile,
                       GError    **error)
{
  g_autofree char *path = NULL;

  g_return_val_if_fail (profile != NULL, FALSE);

  path = td_secrets_file_get_path (profile);
  if (g_unlink (path) == 0 || errno == ENOENT || errno == ENOTDIR)
    return TRUE;

  set_errno_error (path, errno, error);

  return FALSE;
}
