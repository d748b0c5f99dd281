/* hanging-file.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Loaded before a program, is a shared folder whose server is gone: whoever
 * opens a file of the name that TONGDAI_HANGING_FILE says waits for ever, as
 * long as there is a file of that path with ".hangs" behind it. */

/* Both names of the call are wanted. */
#undef _FILE_OFFSET_BITS
#define _GNU_SOURCE

#include <dlfcn.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void
hang (const char *path)
{
  const char *name = getenv ("TONGDAI_HANGING_FILE");
  char        mark[4096];

  if (name == NULL || strcmp (name, path) != 0)
    return;

  snprintf (mark, sizeof mark, "%s.hangs", path);
  while (access (mark, F_OK) == 0)
    pause ();
}

int
open64 (const char *path,
        int         flags,
        ...)
{
  int (*own) (const char *, int, ...) = (int (*) (const char *, int, ...))dlsym (RTLD_NEXT, "open64");
  va_list arguments;
  mode_t  mode;

  va_start (arguments, flags);
  mode = (flags & (O_CREAT | O_TMPFILE)) != 0 ? va_arg (arguments, mode_t) : 0;
  va_end (arguments);
  hang (path);

  return own (path, flags, mode);
}

int
open (const char *path,
      int         flags,
      ...)
{
  int (*own) (const char *, int, ...) = (int (*) (const char *, int, ...))dlsym (RTLD_NEXT, "open");
  va_list arguments;
  mode_t  mode;

  va_start (arguments, flags);
  mode = (flags & (O_CREAT | O_TMPFILE)) != 0 ? va_arg (arguments, mode_t) : 0;
  va_end (arguments);
  hang (path);

  return own (path, flags, mode);
}
