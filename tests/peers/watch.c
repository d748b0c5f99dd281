/* watch.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A profile's pipeline as the dashboard runs it, without a screen, for a test
 * to question while it runs: a line to stdin is a command, its fields parted
 * by tabs, and each is answered by one line.
 *
 *   snapshot    the centre as supervision-API JSON
 *   health      health, then the error, where there is one
 *   info        server, rights, what is missing, then the actions that may be done
 *   phantoms    ids of the agents who are available in name only, parted by spaces
 *   describe ID what there is to say of an agent, sentences parted by spaces
 *   act KIND AGENT QUEUE REASON EXTENSION
 *               "done", or the error; empty fields are not given
 *
 * usage: peer-watch PROFILE SECRET-FILE; ends at the end of stdin. */

#include "config.h"

#include "td-profile.h"
#include "td-supervision-encoder.h"
#include "td-watch.h"

#include <stdio.h>

static GMainLoop *loop;
static TdWatch   *watch;

static void
answer (const char *text)
{
  g_autofree char *line = g_strdup (text);

  /* g_print() would ask the locale what it can write. */
  g_strdelimit (line, "\r\n", ' ');
  puts (line);
  fflush (stdout);
}

static void
act_cb (GObject      *source,
        GAsyncResult *result,
        gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  if (td_backend_act_finish (TD_BACKEND (source), result, &error))
    answer ("done");
  else
    answer (error->message);
}

static const char *
get_field (char **fields,
           guint  i)
{
  return i < g_strv_length (fields) && *fields[i] != '\0' ? fields[i] : NULL;
}

static void
act (char **fields)
{
  g_autoptr (GError) error = NULL;
  TdAction action = { 0 };

  if (get_field (fields, 1) == NULL || !td_action_kind_from_string (fields[1], &action.kind))
    {
      answer ("no such action");
      return;
    }
  action.agent = get_field (fields, 2);
  action.queue = get_field (fields, 3);
  action.reason = get_field (fields, 4);
  action.extension = get_field (fields, 5);

  if (!td_action_check (&action, &error))
    {
      answer (error->message);
      return;
    }
  td_backend_act_async (td_watch_get_backend (watch), &action, NULL, act_cb, NULL);
}

static void
show_snapshot (void)
{
  TdCentre *centre = td_watch_get_centre (watch);
  g_autoptr (GBytes) bytes = td_supervision_encode_full (centre, td_centre_get_instance (centre));
  g_autofree char *text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));

  answer (text);
}

static void
show_health (void)
{
  TdPoller        *poller = td_watch_get_poller (watch);
  const char      *message = td_poller_get_error_message (poller);
  g_autofree char *health = g_enum_to_string (TD_TYPE_HEALTH, td_poller_get_health (poller));
  g_autofree char *line = g_strconcat (health, "\t", message != NULL ? message : "", NULL);

  answer (line);
}

static void
show_info (void)
{
  TdSourceInfo info = td_backend_get_info (td_watch_get_backend (watch));
  g_autoptr (GString) line = g_string_new (NULL);

  g_string_append_printf (line, "%s\t%s\t%s\t", info.server != NULL ? info.server : "",
                          info.rights != NULL ? info.rights : "", info.missing != NULL ? info.missing : "");
  for (guint i = 0; i < TD_N_ACTIONS; i++)
    {
      if (info.actions & TD_ACTION_BIT (i))
        g_string_append_printf (line, "%s ", td_action_kind_to_string (i));
    }

  answer (line->str);
}

static void
show_phantoms (void)
{
  TdRoster *agents = td_centre_get_agents (td_watch_get_centre (watch));
  g_autoptr (GString) line = g_string_new (NULL);

  for (guint i = 0; i < td_roster_get_size (agents); i++)
    {
      TdAgent       *agent = td_roster_get (agents, i);
      TdAgentVerdict verdict;

      td_agent_judge_get_verdict (agent, td_watch_get_now (watch), &verdict, td_watch_get_judge (watch));
      if (verdict.signs & TD_AGENT_SIGN_PHANTOM)
        g_string_append_printf (line, "%s%s", line->len > 0 ? " " : "", td_agent_get_id (agent));
    }

  answer (line->str);
}

static void
describe (const char *id)
{
  TdAgent         *agent = id != NULL ? td_centre_find_agent (td_watch_get_centre (watch), id) : NULL;
  g_autofree char *text = NULL;

  if (agent != NULL)
    text = td_agent_judge_describe (td_watch_get_judge (watch), agent, td_watch_get_now (watch));
  answer (text != NULL ? text : "");
}

static gboolean
command_cb (GIOChannel  *channel,
            GIOCondition condition,
            gpointer     user_data)
{
  g_autofree char *line = NULL;
  gsize            end;
  g_auto (GStrv) fields = NULL;

  if (g_io_channel_read_line (channel, &line, NULL, &end, NULL) != G_IO_STATUS_NORMAL)
    {
      g_main_loop_quit (loop);
      return G_SOURCE_REMOVE;
    }
  line[end] = '\0';
  fields = g_strsplit (line, "\t", -1);

  if (g_strcmp0 (fields[0], "snapshot") == 0)
    show_snapshot ();
  else if (g_strcmp0 (fields[0], "health") == 0)
    show_health ();
  else if (g_strcmp0 (fields[0], "info") == 0)
    show_info ();
  else if (g_strcmp0 (fields[0], "phantoms") == 0)
    show_phantoms ();
  else if (g_strcmp0 (fields[0], "describe") == 0)
    describe (get_field (fields, 1));
  else if (g_strcmp0 (fields[0], "act") == 0)
    act (fields);
  else
    answer ("no such command");

  return G_SOURCE_CONTINUE;
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TdProfile) profile = NULL;
  g_autoptr (TdBackend) backend = NULL;
  g_autoptr (GIOChannel) input = NULL;

  if (argc != 3)
    {
      g_printerr ("usage: peer-watch PROFILE SECRET-FILE\n");
      return 2;
    }

  profile = td_profile_load (argv[1], &error);
  if (profile == NULL || !g_file_get_contents (argv[2], &profile->connection->secret, NULL, &error) ||
      (backend = td_profile_create_backend (profile, &error)) == NULL)
    {
      g_printerr ("%s\n", error->message);
      return 1;
    }

  watch = td_watch_new (backend, NULL);
  td_agent_judge_set_rules (td_watch_get_judge (watch), profile->agent_rules);
  td_watch_start (watch);

  loop = g_main_loop_new (NULL, FALSE);
  input = g_io_channel_unix_new (0);
  g_io_add_watch (input, G_IO_IN | G_IO_HUP, command_cb, NULL);
  g_main_loop_run (loop);

  td_watch_stop (watch);
  g_clear_object (&watch);
  g_main_loop_unref (loop);

  return 0;
}
