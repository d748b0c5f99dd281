/* main.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>
#include <locale.h>

#include "td-application.h"
#include "td-memory.h"

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

int
main (int   argc,
      char *argv[])
{
  g_autoptr (TdApplication) app = NULL;
  int status;

  td_memory_limit ();
  init_translations ();
  spare_opengl ();
  g_set_application_name ("Tổng Đài");

  app = td_application_new ();
  status = g_application_run (G_APPLICATION (app), argc, argv);

  return status != 0 ? status : td_application_get_status (app);
}
