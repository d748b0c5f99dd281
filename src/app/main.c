/* main.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <locale.h>
#include <sys/wait.h>
#include <unistd.h>

#include "td-application.h"
#include "td-memory.h"

/* How long a simulated centre that was told to end may take, in hundredths of a second. */
#define CHILD_PATIENCE 200

/* Where the translations are: beside the build, as the environment says, or
 * where they are installed. */
static void
init_translations (void)
{
  const char *folder = g_getenv ("TONGDAI_LOCALEDIR");

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, folder != NULL ? folder : TD_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
}

/* GDK 4.8 starts OpenGL even where nothing will be drawn with it, and without a
 * graphics card that loads a compiler: 30 MiB for nothing. */
static void
spare_opengl (void)
{
  if (g_strcmp0 (g_getenv ("GSK_RENDERER"), "cairo") != 0)
    return;

  g_setenv ("GDK_DEBUG", "gl-disable", FALSE);
  g_setenv ("GDK_DISABLE", "gl,vulkan", FALSE);
}

/* The same process goes on as the program itself: whoever started it and waits
 * for its end, as systemd or a kiosk does, sees none. What was open is closed
 * by the system, but for what that starter gave along. */
static int
start_anew (char       *arguments[],
            const char *language)
{
  g_autofree char *path = g_file_read_link ("/proc/self/exe", NULL);
  char           **environment = g_get_environ ();
  siginfo_t        child;
  int              code;

  /* A child that nobody waited for would be a zombie as long as the program lives. */
  for (guint i = 0; i < CHILD_PATIENCE && waitid (P_ALL, 0, &child, WEXITED | WNOHANG | WNOWAIT) == 0; i++)
    g_usleep (G_USEC_PER_SEC / 100);

  if (language != NULL)
    environment = g_environ_setenv (environment, "LANGUAGE", language, TRUE);
  else
    environment = g_environ_unsetenv (environment, "LANGUAGE");
  if (path != NULL)
    execve (path, arguments, environment);
  /* A program that was exchanged by a newer one has no name any more. */
  execve ("/proc/self/exe", arguments, environment);
  code = errno;
  g_printerr ("tongdai: %s: %s\n", path, g_strerror (code));
  g_strfreev (environment);

  return 1;
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr (TdApplication) app = NULL;
  /* Before a wall's file sets another. */
  g_autofree char *language = g_strdup (g_getenv ("LANGUAGE"));
  int              status;

  td_memory_limit ();
  init_translations ();
  spare_opengl ();
  g_set_application_name ("Tổng Đài");

  app = td_application_new ();
  status = g_application_run (G_APPLICATION (app), argc, argv);
  if (td_application_starts_anew (app))
    return start_anew (argv, language);

  return status != 0 ? status : td_application_get_status (app);
}
