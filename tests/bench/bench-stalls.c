/* bench-stalls.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* How long the main loop of the real window is away from its sources, while a
 * real server's centre changes: bench-stalls URL TOKEN PAGE SECONDS. Prints one
 * line: the longest turn of the loop in CPU ms of the main thread, the same in
 * wall time, the turns over 50 ms of CPU, CPU ms per second, how many agents
 * there are, and how many of them changed each second. */

#include <stdlib.h>
#include <time.h>

#include "td-supervision-backend.h"
#include "td-window.h"

#define WARM_UP_S 6
#define STALL_MS 50.0

static gboolean measuring;
static double   turn_started_cpu;
static double   turn_started_wall;
static double   longest_cpu;
static double   longest_wall;
static guint    n_stalls;
static guint    n_changes;

static double
clock_ms (clockid_t clock)
{
  struct timespec now;

  clock_gettime (clock, &now);

  return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

/* A turn of the loop is what happens between two polls. */
static gint
poll_func (GPollFD *fds,
           guint    n_fds,
           gint     timeout)
{
  double cpu = clock_ms (CLOCK_THREAD_CPUTIME_ID) - turn_started_cpu;
  double wall = clock_ms (CLOCK_MONOTONIC) - turn_started_wall;
  gint   result;

  if (measuring && turn_started_wall > 0)
    {
      longest_cpu = MAX (longest_cpu, cpu);
      longest_wall = MAX (longest_wall, wall);
      n_stalls += cpu > STALL_MS ? 1 : 0;
    }

  result = g_poll (fds, n_fds, timeout);
  turn_started_cpu = clock_ms (CLOCK_THREAD_CPUTIME_ID);
  turn_started_wall = clock_ms (CLOCK_MONOTONIC);

  return result;
}

typedef struct
{
  char     **arguments;
  TdWatch   *watch;
  GtkWindow *window;
  guint      seconds;
  double     started_cpu;
} Bench;

static void
changed_cb (TdCentre  *centre,
            TdChanges *changes)
{
  if (measuring)
    n_changes += changes->agents_changed->len;
}

static gboolean
end_cb (gpointer user_data)
{
  Bench *bench = user_data;
  double cpu = clock_ms (CLOCK_THREAD_CPUTIME_ID) - bench->started_cpu;

  measuring = FALSE;
  g_print ("%.1f %.1f %u %.1f %u %u\n", longest_cpu, longest_wall, n_stalls, cpu / bench->seconds,
           td_roster_get_size (td_centre_get_agents (td_watch_get_centre (bench->watch))),
           n_changes / bench->seconds);
  td_watch_stop (bench->watch);
  gtk_window_destroy (bench->window);

  return G_SOURCE_REMOVE;
}

static gboolean
begin_cb (gpointer user_data)
{
  Bench *bench = user_data;

  measuring = TRUE;
  bench->started_cpu = clock_ms (CLOCK_THREAD_CPUTIME_ID);
  g_timeout_add_seconds (bench->seconds, end_cb, bench);

  return G_SOURCE_REMOVE;
}

static void
activate_cb (GtkApplication *app,
             Bench          *bench)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TdBackend) backend = td_supervision_backend_new (bench->arguments[1], bench->arguments[2], &error);

  if (backend == NULL)
    g_error ("%s", error->message);
  bench->watch = td_watch_new (backend, NULL);
  bench->window = GTK_WINDOW (td_window_new (app));
  gtk_window_set_default_size (bench->window, 1920, 1080);
  td_window_set_page (TD_WINDOW (bench->window), bench->arguments[3]);
  td_window_set_watch (TD_WINDOW (bench->window), bench->watch);
  g_signal_connect (td_watch_get_centre (bench->watch), "changed", G_CALLBACK (changed_cb), NULL);
  td_watch_start (bench->watch);
  gtk_window_present (bench->window);
  g_timeout_add_seconds (WARM_UP_S, begin_cb, bench);
}

int
main (int   argc,
      char *argv[])
{
  Bench bench = { .arguments = argv };
  g_autoptr (AdwApplication) app = NULL;
  int status;

  if (argc != 5)
    {
      g_printerr ("usage: bench-stalls URL TOKEN PAGE SECONDS\n");
      return 2;
    }
  bench.seconds = (guint)atoi (argv[4]);
  g_main_context_set_poll_func (NULL, poll_func);
  app = g_object_new (ADW_TYPE_APPLICATION,
                      "flags", G_APPLICATION_NON_UNIQUE,
                      "resource-base-path", "/io/github/tongdai/TongDai",
                      NULL);
  g_signal_connect (app, "activate", G_CALLBACK (activate_cb), &bench);
  status = g_application_run (G_APPLICATION (app), 1, argv);
  g_clear_object (&bench.watch);

  return status;
}
