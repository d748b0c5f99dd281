/* soak-centre.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A simulated centre whose clock goes on by so many seconds each time it is
 * asked, however fast that is: a week passes in a number of polls, the same on
 * every machine. It remembers so many days before, and none where these are 0.
 * It prints its address, and ends when its input does.
 *
 * usage: soak-centre SECONDS TOKEN DAYS */

#include "config.h"

#include "td-api-server.h"
#include "td-soak-day.h"

typedef struct
{
  TdSimulation *simulation;
  TdCentre     *centre;
  gint64        step;
  gint64        remembers_from;
} Soak;

static void
apply (Soak       *soak,
       TdSnapshot *snapshot)
{
  g_autoptr (TdSnapshot) owned = snapshot;
  g_autoptr (GError) error = NULL;

  if (owned != NULL && !td_centre_apply (soak->centre, owned, &error))
    g_error ("The simulation contradicts itself: %s", error->message);
}

static gboolean
intercept (TdApiServer       *server,
           SoupServerMessage *message,
           gpointer           user_data)
{
  Soak *soak = user_data;

  if (g_str_equal (g_uri_get_path (soup_server_message_get_uri (message)), "/v1/snapshot"))
    {
      td_simulation_advance (soak->simulation, td_simulation_get_now (soak->simulation) + soak->step);
      apply (soak, td_simulation_take_changes (soak->simulation));
    }

  return FALSE;
}

static TdIntervals *
get_intervals (gint64      from,
               gint64      to,
               guint       step_s,
               const char *queue_id,
               gpointer    user_data,
               GError    **error)
{
  Soak *soak = user_data;

  if (to <= soak->remembers_from)
    return td_intervals_new (from, step_s * G_USEC_PER_SEC, (guint)((to - from) / (step_s * G_USEC_PER_SEC)));

  return td_simulation_get_intervals (soak->simulation, from, to, step_s, queue_id, error);
}

static gboolean
input_ended_cb (GIOChannel  *input,
                GIOCondition condition,
                gpointer     user_data)
{
  g_main_loop_quit (user_data);

  return G_SOURCE_REMOVE;
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GIOChannel) input = g_io_channel_unix_new (0);
  g_autoptr (GInetAddress) address = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GError) error = NULL;
  g_autoptr (TdSimulation) simulation = NULL;
  g_autoptr (TdCentre) centre = td_centre_new ();
  g_autoptr (TdApiServer) server = NULL;
  Soak   soak = { .centre = centre };
  gint64 past_days;

  if (argc != 4)
    g_error ("usage: soak-centre SECONDS TOKEN DAYS");
  soak.step = g_ascii_strtoll (argv[1], NULL, 10) * G_USEC_PER_SEC;
  past_days = g_ascii_strtoll (argv[3], NULL, 10);
  soak.remembers_from = SOAK_START - past_days * G_TIME_SPAN_DAY;
  simulation = soak_simulation_new (past_days == 0);
  soak.simulation = simulation;
  apply (&soak, td_simulation_take_full (simulation));

  server = td_api_server_new (centre);
  td_api_server_add_token (server, argv[2], TD_API_SCOPE_READ);
  td_api_server_set_intervals_func (server, get_intervals, &soak, NULL);
  td_api_server_set_intercept_func (server, intercept, &soak, NULL);
  if (!td_api_server_listen (server, address, 0, &error))
    g_error ("%s", error->message);
  g_print ("http://127.0.0.1:%u\n", td_api_server_get_port (server));

  g_io_add_watch (input, G_IO_IN | G_IO_HUP, input_ended_cb, loop);
  g_main_loop_run (loop);
  td_api_server_close (server);

  return 0;
}
