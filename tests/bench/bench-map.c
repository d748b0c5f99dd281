/* bench-map.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What the map of agents costs the main thread in a window of 1920×1080: an
 * update with its second (changes told, times gone on, the frame drawn) and a
 * frame after the pointer moved on to another tile. CPU of this thread, not
 * wall time. */

#include "config.h"

#include <adwaita.h>
#include <math.h>
#include <stdlib.h>
#include <time.h>

#include "td-agent-map.h"
#include "td-simulation.h"

#define WIDTH 1920
#define HEIGHT 1080
#define START (G_GINT64_CONSTANT (1795316400) * G_USEC_PER_SEC) /* ten in the morning in Viet Nam */
#define ROUNDS 40
#define WARM_UP 3
#define SPEED 2 /* seconds of life in one: 1 % of 10,000 change */
#define LOST_S 600

typedef struct
{
  guint  n_agents;
  double update_ms; /* bars */
  double hover_ms;
} Case;

static const Case cases[] = {
  { 120, 3, 4 },
  { 600, NAN, 4 },
  { 2000, NAN, 4 },
  { 10000, 15, 4 },
};

static TdSimulation *simulation;
static gboolean      is_drawn;
static TdAgentMap   *map;

static double
cpu_ms (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);

  return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static gint64
get_now (gpointer user_data)
{
  return td_simulation_get_now (simulation);
}

/* As many are out of the usual as in a bad hour. */
static void
judge (TdAgent        *agent,
       gint64          now,
       TdAgentVerdict *verdict,
       gpointer        user_data)
{
  gint64 since = td_agent_get_since (agent, NULL);
  gint64 seconds = TD_IS_KNOWN (since) ? (now - since) / G_USEC_PER_SEC : 0;

  *verdict = (TdAgentVerdict){ TD_AGENT_NEED_NONE, 0, LOST_S * 1000, 1 };
  if (td_agent_get_info (agent)->state == TD_AGENT_STATE_UNREACHABLE)
    verdict->need = TD_AGENT_NEED_PERSON;
  else if (td_agent_get_info (agent)->state == TD_AGENT_STATE_ON_CALL && seconds > LOST_S)
    verdict->need = TD_AGENT_NEED_LOOK;
}

static void
drawn_cb (GdkFrameClock *clock)
{
  is_drawn = TRUE;
}

static gboolean
patience_ended_cb (gpointer user_data)
{
  *(gboolean *)user_data = TRUE;

  return G_SOURCE_REMOVE;
}

/* Returns whether there was a frame: who points at the same tile sees none. */
static gboolean
wait_for_frame (void)
{
  gboolean is_over = FALSE;
  guint    patience = g_timeout_add (500, patience_ended_cb, &is_over);

  is_drawn = FALSE;
  while (!is_drawn && !is_over)
    g_main_context_iteration (NULL, TRUE);
  if (!is_over)
    g_source_remove (patience);

  return is_drawn;
}

static void
changed_cb (TdCentre        *centre,
            const TdChanges *changes,
            TdChanges       *seen)
{
  double *spent = (double *)(gpointer)seen;
  double  begin = cpu_ms ();

  td_agent_map_update (map, changes);
  spent[0] = cpu_ms () - begin;
  spent[1] = changes->agents_changed->len;
}

static int
compare (gconstpointer a,
         gconstpointer b)
{
  double x = *(const double *)a, y = *(const double *)b;

  return x < y ? -1 : x > y;
}

static GtkEventController *
find_motion (void)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (GTK_WIDGET (map));

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_EVENT_CONTROLLER_MOTION (controller))
        return controller;
    }

  return NULL;
}

static void
print_row (const char *what,
           double     *ms,
           double      bar)
{
  qsort (ms, ROUNDS, sizeof *ms, compare);
  g_print ("  %-22s median %6.2f ms   95 %% %6.2f ms   worst %6.2f ms", what, ms[ROUNDS / 2], ms[ROUNDS * 95 / 100], ms[ROUNDS - 1]);
  if (isnan (bar))
    g_print ("\n");
  else
    g_print ("   (at most %.0f: %s)\n", bar, ms[ROUNDS / 2] <= bar ? "kept" : "MISSED");
}

static void
run (const Case *at)
{
  TdSimulationOptions options = { .seed = 7, .n_agents = at->n_agents, .start = START, .instance = "bench", .no_past = TRUE };
  g_autoptr (GError) error = NULL;
  g_autoptr (TdCentre) centre = td_centre_new ();
  TdSnapshot         *snapshot;
  GtkWidget          *window = gtk_window_new ();
  GtkEventController *motion;
  double              updates[ROUNDS], frames[ROUNDS], hovers[ROUNDS], spent[2] = { 0 }, changed = 0;

  simulation = td_simulation_new (&options, &error);
  if (simulation == NULL)
    g_error ("%s", error->message);

  map = TD_AGENT_MAP (td_agent_map_new ());
  td_agent_map_set_clock (map, get_now, NULL);
  td_agent_map_set_judge (map, judge, NULL);
  gtk_window_set_decorated (GTK_WINDOW (window), FALSE);
  gtk_window_set_default_size (GTK_WINDOW (window), WIDTH, HEIGHT);
  gtk_window_set_child (GTK_WINDOW (window), GTK_WIDGET (map));
  snapshot = td_simulation_take_full (simulation);
  if (!td_centre_apply (centre, snapshot, &error))
    g_error ("%s", error->message);
  td_snapshot_unref (snapshot);
  td_agent_map_set_centre (map, centre);
  gtk_window_present (GTK_WINDOW (window));
  while (gtk_widget_get_width (GTK_WIDGET (map)) < WIDTH)
    g_main_context_iteration (NULL, TRUE);
  g_signal_connect (gtk_widget_get_frame_clock (window), "after-paint", G_CALLBACK (drawn_cb), NULL);
  gtk_widget_queue_draw (GTK_WIDGET (map));
  wait_for_frame ();

  g_signal_connect (centre, "changed", G_CALLBACK (changed_cb), spent);
  for (int i = -WARM_UP; i < ROUNDS; i++)
    {
      double begin;

      td_simulation_advance (simulation, td_simulation_get_now (simulation) + SPEED * G_USEC_PER_SEC);
      snapshot = td_simulation_take_changes (simulation);
      spent[0] = spent[1] = 0;
      if (snapshot != NULL && !td_centre_apply (centre, snapshot, &error))
        g_error ("%s", error->message);
      g_clear_pointer (&snapshot, td_snapshot_unref);

      begin = cpu_ms ();
      td_agent_map_tick (map);
      spent[0] += cpu_ms () - begin;
      begin = cpu_ms ();
      wait_for_frame ();
      if (i < 0)
        continue;
      frames[i] = cpu_ms () - begin;
      updates[i] = spent[0] + frames[i];
      changed += spent[1] / ROUNDS;
    }

  motion = find_motion ();
  for (int i = 0; i < ROUNDS; i++)
    {
      double begin = cpu_ms ();

      g_signal_emit_by_name (motion, "motion", 20.0 + (i * 397) % (WIDTH - 40), 60.0 + (i * 211) % (HEIGHT - 80));
      hovers[i] = wait_for_frame () ? cpu_ms () - begin : 0;
    }

  g_print ("%u agents, %.1f changed a second\n", td_roster_get_size (td_centre_get_agents (centre)), changed);
  print_row ("update and frame", updates, at->update_ms);
  print_row ("of this, the frame", frames, NAN);
  print_row ("frame after a hover", hovers, at->hover_ms);
  gtk_window_destroy (GTK_WINDOW (window));
  g_clear_pointer (&simulation, td_simulation_free);
}

/* The least that a window of this size can cost when all of it changes. */
static void
run_peer (void)
{
  GtkWidget *window = gtk_window_new ();
  double     frames[ROUNDS];

  gtk_window_set_decorated (GTK_WINDOW (window), FALSE);
  gtk_window_set_default_size (GTK_WINDOW (window), WIDTH, HEIGHT);
  gtk_window_present (GTK_WINDOW (window));
  while (gtk_widget_get_width (window) < WIDTH)
    g_main_context_iteration (NULL, TRUE);
  g_signal_connect (gtk_widget_get_frame_clock (window), "after-paint", G_CALLBACK (drawn_cb), NULL);
  for (int i = -WARM_UP; i < ROUNDS; i++)
    {
      double begin;

      gtk_widget_remove_css_class (window, i % 2 == 0 ? "even" : "odd");
      gtk_widget_add_css_class (window, i % 2 == 0 ? "odd" : "even");
      begin = cpu_ms ();
      wait_for_frame ();
      if (i >= 0)
        frames[i] = cpu_ms () - begin;
    }
  g_print ("an empty window\n");
  print_row ("filled with a colour", frames, NAN);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* With a number: only for so many agents. */
int
main (int    argc,
      char **argv)
{
  guint only = argc > 1 ? (guint)g_ascii_strtoull (argv[1], NULL, 10) : 0;
  g_autoptr (GtkCssProvider) provider = NULL;
  g_autoptr (GtkCssProvider) peer = NULL;

  adw_init ();
  provider = gtk_css_provider_new ();
  gtk_css_provider_load_from_path (provider, TD_DATA_DIR "/style.css");
  gtk_style_context_add_provider_for_display (gdk_display_get_default (), GTK_STYLE_PROVIDER (provider),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  peer = gtk_css_provider_new ();
  gtk_css_provider_load_from_data (peer, "window.even { background: red; } window.odd { background: blue; }", -1);
  gtk_style_context_add_provider_for_display (gdk_display_get_default (), GTK_STYLE_PROVIDER (peer),
                                              GTK_STYLE_PROVIDER_PRIORITY_USER);

  if (only == 0)
    run_peer ();
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      if (only == 0 || cases[i].n_agents == only)
        run (&cases[i]);
    }

  return 0;
}
