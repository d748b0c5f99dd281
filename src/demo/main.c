/* main.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib-unix.h>
#include <glib/gi18n.h>

#include "td-demo-centre.h"
#include "td-simulation.h"

#define MAX_TOKEN_FILE (1024 * 1024)
#define TOKEN_BYTES 24

static gboolean
quit_cb (gpointer user_data)
{
  g_main_loop_quit (user_data);

  return G_SOURCE_CONTINUE;
}

static gboolean
stdin_cb (int          fd,
          GIOCondition condition,
          gpointer     user_data)
{
  char buffer[256];

  if (read (fd, buffer, sizeof buffer) > 0)
    return G_SOURCE_CONTINUE;

  g_main_loop_quit (user_data);

  return G_SOURCE_REMOVE;
}

/* The kernel tells of the parent's death; a pipe that closes tells of it too,
 * and of a parent that just lets go. */
static void
watch_parent (GMainLoop *loop)
{
  struct stat status;

  prctl (PR_SET_PDEATHSIG, SIGTERM);

  if (fstat (STDIN_FILENO, &status) == 0 && (S_ISFIFO (status.st_mode) || S_ISSOCK (status.st_mode)))
    g_unix_fd_add (STDIN_FILENO, G_IO_IN | G_IO_HUP | G_IO_ERR, stdin_cb, loop);
}

static gboolean
add_tokens (TdApiServer *server,
            const char  *path,
            GError     **error)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  gsize length;
  guint n_tokens = 0;

  if (!g_file_get_contents (path, &text, &length, error))
    return FALSE;

  lines = g_strsplit (length <= MAX_TOKEN_FILE ? text : "", "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      char *line = g_strstrip (lines[i]);
      char *scope = strpbrk (line, " \t");

      if (*line == '\0' || *line == '#')
        continue;

      if (scope != NULL)
        {
          *scope = '\0';
          scope = g_strstrip (scope + 1);
        }

      if (g_strcmp0 (scope, "read") == 0)
        td_api_server_add_token (server, line, TD_API_SCOPE_READ);
      else if (g_strcmp0 (scope, "act") == 0)
        td_api_server_add_token (server, line, TD_API_SCOPE_ACT);
      else
        {
          g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                       /* Translators: a line number and a file name. */
                       _ ("Line %u of “%s” is no token with “read” or “act” after it"), i + 1, path);
          return FALSE;
        }

      n_tokens++;
    }

  if (n_tokens == 0)
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _ ("“%s” holds no token"), path);
      return FALSE;
    }

  return TRUE;
}

static gboolean
make_token (TdApiServer *server,
            GError     **error)
{
  guint8           bytes[TOKEN_BYTES];
  g_autofree char *token = NULL;

  if (getrandom (bytes, sizeof bytes, 0) != (gssize)sizeof bytes)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, _ ("No random numbers could be had for a token"));
      return FALSE;
    }

  token = g_base64_encode (bytes, sizeof bytes);
  g_strdelimit (token, "+/", '-');
  td_api_server_add_token (server, token, TD_API_SCOPE_ACT);
  g_print ("token %s\n", token);

  return TRUE;
}

static void
announce (TdDemoCentre          *centre,
          const TdCentreOptions *options)
{
  g_autofree char *address = g_inet_address_to_string (options->address);
  gboolean         is_ipv6 = g_inet_address_get_family (options->address) == G_SOCKET_FAMILY_IPV6;

  if (!g_inet_address_get_is_loopback (options->address))
    g_printerr (_ ("Warning: other machines can reach %s, and the connection is not encrypted.\n"), address);

  g_print ("listening on http://%s%s%s:%u\n", is_ipv6 ? "[" : "", address, is_ipv6 ? "]" : "",
           td_api_server_get_port (td_demo_centre_get_server (centre)));
  fflush (stdout);
}

static gboolean
run (const TdCentreOptions *options,
     GError               **error)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (TdDemoCentre) centre = NULL;
  TdApiServer *server;
  guint        sigint_id;
  guint        sigterm_id;

  if (options->exit_with_parent)
    watch_parent (loop);

  centre = td_demo_centre_new (options, error);

  if (centre == NULL)
    return FALSE;

  server = td_demo_centre_get_server (centre);

  if (options->token_file != NULL && !add_tokens (server, options->token_file, error))
    return FALSE;

  if (!td_demo_centre_start (centre, error))
    return FALSE;

  if (options->token_file == NULL && !make_token (server, error))
    return FALSE;

  sigint_id = g_unix_signal_add (SIGINT, quit_cb, loop);
  sigterm_id = g_unix_signal_add (SIGTERM, quit_cb, loop);
  announce (centre, options);
  g_main_loop_run (loop);
  g_source_remove (sigint_id);
  g_source_remove (sigterm_id);

  return TRUE;
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (TdCentreOptions) options = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) arguments = g_strdupv (argv);

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, TD_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  g_set_prgname ("tongdai-centre");

  options = td_centre_options_parse (&arguments, &error);

  if (options == NULL)
    {
      g_printerr ("tongdai-centre: %s\n", error->message);
      return 2;
    }

  if (options->show_version)
    {
      g_print ("tongdai-centre %s\n", TD_VERSION);
      return EXIT_SUCCESS;
    }

  if (options->list_scenarios)
    {
      for (const char *const *name = td_simulation_get_scenarios (); *name != NULL; name++)
        g_print ("%s\n", *name);

      return EXIT_SUCCESS;
    }

  if (!run (options, &error))
    {
      g_printerr ("tongdai-centre: %s\n", error->message);
      return EXIT_FAILURE;
    }

  return EXIT_SUCCESS;
}
