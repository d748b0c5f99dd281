/* test-wall-soak.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A wall that nobody restarts for a year may not grow. A day of a centre is
 * watched, a minute between two polls, with its midnight; TONGDAI_SOAK_DAYS and
 * TONGDAI_SOAK_STEP_S (seconds between polls) make it a week, as the benchmark
 * does, or polls of each second. It knows the days before from its own history,
 * is told them by the centre at its first start, or, in more than a day, learns
 * from nothing but what it sees. */

#include "config.h"

#include <adwaita.h>
#include <malloc.h>

#include "td-soak-day.h"
#include "td-supervision-backend.h"
#include "td-test-home.h"
#include "td-wall-view.h"

/* A sanitizer has an allocator of its own, which tells nothing. */
#ifdef __SANITIZE_ADDRESS__
#  define CAN_MEASURE FALSE
#else
#  define CAN_MEASURE TRUE
#endif

#define TOKEN "soak"
#define LOOKS_A_DAY 4

/* From the first hour on. What the libraries load late, such as another size of
 * a font, is loaded in the first day. */
#define MAX_DAY_MIB 1.2
#define MAX_MIB 2.0

/* Least of a day, from the second to the last; each adds a little to what is
 * known, up to some weeks. */
#define MAX_TREND_MIB 0.5

/* What is normal is known from days before, in steps of a quarter. */
#define PAST_DAYS 14
#define PAST_STEP_S 900

#define MIB (1024.0 * 1024.0)

/* Memory is at rest when it was the same for so many looks. */
#define N_SAME 5
#define LOOK_MS 100
#define N_LOOKS 200
#define SAME_BYTES (16 * 1024)

/* That the past is there may take so many. */
#define N_FILLING_LOOKS 3000

typedef struct
{
  GSubprocess *process;
  TdWatch     *watch;
  TdWallView  *view;
  guint        n_heard;
  guint        n_until;
  GMainLoop   *loop;
} Soak;

static guint
get_setting (const char *name,
             guint       fallback)
{
  const char *text = g_getenv (name);

  return text != NULL ? (guint)g_ascii_strtoull (text, NULL, 10) : fallback;
}

static char *
start_centre (Soak *soak,
              guint step_s,
              guint past_days)
{
  g_autofree char *step = g_strdup_printf ("%u", step_s);
  g_autofree char *days = g_strdup_printf ("%u", past_days);
  g_autoptr (GError) error = NULL;
  g_autoptr (GDataInputStream) output = NULL;
  char *url;

  soak->process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error,
                                    TD_SOAK_CENTRE, step, TOKEN, days, NULL);
  g_assert_no_error (error);
  output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (soak->process));
  g_filter_input_stream_set_close_base_stream (G_FILTER_INPUT_STREAM (output), FALSE);
  url = g_data_input_stream_read_line (output, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (url);

  return url;
}

static void
flushed_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (td_history_flush_finish (TD_HISTORY (object), result, &error));
  g_assert_no_error (error);
  g_main_loop_quit (user_data);
}

/* A wall that hangs for a year knows what is normal, and what it knows of that
 * takes the same room each day. */
static void
remember_past (Soak *soak)
{
  g_autoptr (TdSimulation) past = soak_simulation_new (FALSE);
  TdHistory *history = td_watch_get_history (soak->watch);
  gint64     midnight = SOAK_START - 9 * G_TIME_SPAN_HOUR;

  for (guint day = PAST_DAYS; day > 0; day--)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (TdIntervals) intervals = td_simulation_get_intervals (past, midnight - day * G_TIME_SPAN_DAY,
                                                                       midnight - (day - 1) * G_TIME_SPAN_DAY, PAST_STEP_S, NULL, &error);

      g_assert_no_error (error);
      td_history_add_intervals (history, intervals);
    }
  td_history_flush_async (history, NULL, flushed_cb, soak->loop);
  g_main_loop_run (soak->loop);
}

/* Each poll is drawn on another page. */
static void
heard_cb (Soak *soak)
{
  soak->n_heard++;
  td_wall_view_show_page (soak->view, (TdWallPageKind)(soak->n_heard % TD_N_WALL_PAGES));
  if (soak->n_heard == soak->n_until)
    {
      td_poller_set_interval_ms (td_watch_get_poller (soak->watch), 60 * 1000);
      g_main_loop_quit (soak->loop);
    }
}

/* So many polls more; then the source is left alone. */
static void
poll (Soak *soak,
      guint n)
{
  soak->n_until = soak->n_heard + n;
  td_poller_set_interval_ms (td_watch_get_poller (soak->watch), 1);
  td_poller_poll_now (td_watch_get_poller (soak->watch));
  g_main_loop_run (soak->loop);
}

static gboolean
look_cb (gpointer user_data)
{
  g_main_loop_quit (user_data);

  return G_SOURCE_REMOVE;
}

static void
wait_a_look (Soak *soak)
{
  g_timeout_add (LOOK_MS, look_cb, soak->loop);
  g_main_loop_run (soak->loop);
}

/* What is in use of the heap once whatever works in the background is done,
 * MiB. What the C library keeps of freed memory does not count. */
static double
get_used (Soak *soak)
{
  gsize last = 0;
  guint n_same = 0;

  /* Always after the same pages, as what was drawn last is kept for a while. */
  for (int page = TD_N_WALL_PAGES - 1; page >= 0; page--)
    {
      td_wall_view_show_page (soak->view, (TdWallPageKind)page);
      wait_a_look (soak);
    }

  for (guint i = 0; i < N_LOOKS && n_same < N_SAME; i++)
    {
      struct mallinfo2 info;
      gsize            used;

      wait_a_look (soak);
      info = mallinfo2 ();
      used = info.uordblks + info.hblkhd;
      n_same = MAX (used, last) - MIN (used, last) < SAME_BYTES ? n_same + 1 : 0;
      last = used;
    }

  return (double)last / MIB;
}

/* The source's past is all there, and what it teaches is known. */
static void
wait_for_the_past (Soak *soak)
{
  TdOutlook *outlook = td_watch_get_outlook (soak->watch);

  for (guint i = 0; i < N_FILLING_LOOKS; i++)
    {
      wait_a_look (soak);
      if (!td_watch_is_filling (soak->watch) && td_outlook_get_state (outlook) == TD_OUTLOOK_READY)
        return;
    }
  g_error ("The past was not there within %u s", N_FILLING_LOOKS * LOOK_MS / 1000);
}

static void
soak_wall (gboolean remembers,
           guint    past_days)
{
  guint            step_s = get_setting ("TONGDAI_SOAK_STEP_S", 60);
  guint            n_days = get_setting ("TONGDAI_SOAK_DAYS", 1);
  guint            n_polls = n_days * 86400 / step_s;
  guint            n_hour = 3600 / step_s;
  g_autofree char *history = g_build_filename (g_get_user_data_dir (), "soak.db", NULL);
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (TdWall) wall = td_wall_new ();
  g_autoptr (TdBackend) backend = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *url = NULL;
  Soak             soak = { .loop = loop };
  GtkWidget       *window;
  double           first, least = 0, second = 0, most = 0;

  g_assert_cmpint (g_mkdir_with_parents (g_get_user_data_dir (), 0700), ==, 0);
  url = start_centre (&soak, step_s, past_days);
  backend = td_supervision_backend_new (url, TOKEN, &error);
  g_assert_no_error (error);
  soak.watch = td_watch_new (backend, history);
  td_poller_set_wait_s (td_watch_get_poller (soak.watch), 0);
  wall->message = g_strdup ("Trạm 110 kV Hóc Môn mất điện.");
  wall->pages[wall->n_pages++] = (TdWallPage){ TD_WALL_PAGE_MESSAGE, 20 };
  wall->privacy = TD_WALL_PRIVACY_INITIALS;
  window = gtk_window_new ();
  soak.view = TD_WALL_VIEW (td_wall_view_new (wall));
  gtk_window_set_child (GTK_WINDOW (window), GTK_WIDGET (soak.view));
  gtk_window_set_default_size (GTK_WINDOW (window), 640, 360);
  gtk_window_present (GTK_WINDOW (window));
  td_wall_view_set_watch (soak.view, soak.watch);
  g_signal_connect_swapped (td_watch_get_poller (soak.watch), "heard", G_CALLBACK (heard_cb), &soak);

  if (remembers)
    remember_past (&soak);
  td_watch_start (soak.watch);
  poll (&soak, n_hour);
  if (past_days > 0)
    wait_for_the_past (&soak);
  first = get_used (&soak);
  g_test_message ("after an hour, %u polls: %.2f MiB in use", soak.n_heard, first);
  for (guint i = 0; soak.n_heard < n_polls; i++)
    {
      guint  day = i / LOOKS_A_DAY;
      double used;

      poll (&soak, MIN (n_polls - soak.n_heard, 86400 / LOOKS_A_DAY / step_s));
      used = get_used (&soak);
      g_test_message ("after %u polls: %.2f MiB in use", soak.n_heard, used);
      most = MAX (most, used - first);
      g_assert_cmpfloat (most, <, n_days> 1 ? MAX_MIB : MAX_DAY_MIB);
      least = i % LOOKS_A_DAY == 0 ? used : MIN (least, used);
      if (day == 1)
        second = least;
    }
  g_test_message ("%u days, %u polls: at most %.2f MiB more than after an hour", n_days, soak.n_heard, most);
  if (n_days >= 3)
    {
      g_test_message ("the last day at least %+.2f MiB against the second", least - second);
      g_assert_cmpfloat (least - second, <, MAX_TREND_MIB);
    }
  g_assert_cmpint (td_poller_get_health (td_watch_get_poller (soak.watch)), ==, TD_HEALTH_LIVE);

  td_watch_stop (soak.watch);
  g_signal_handlers_disconnect_by_data (td_watch_get_poller (soak.watch), &soak);
  gtk_window_destroy (GTK_WINDOW (window));
  g_object_unref (soak.watch);
  g_output_stream_close (g_subprocess_get_stdin_pipe (soak.process), NULL, NULL);
  g_subprocess_wait (soak.process, NULL, NULL);
  g_object_unref (soak.process);
}

static void
test_a_wall_does_not_grow (void)
{
  soak_wall (TRUE, 0);
}

static void
test_a_wall_that_starts_for_the_first_time_does_not_grow (void)
{
  soak_wall (FALSE, PAST_DAYS);
}

static void
test_a_wall_without_a_past_does_not_grow (void)
{
  soak_wall (FALSE, 0);
}

int
main (int   argc,
      char *argv[])
{
  test_home_init ();
  g_test_init (&argc, &argv, NULL);
  if (CAN_MEASURE && gtk_init_check ())
    {
      adw_init ();
      test_home_add_func ("/wall-soak/a-wall-does-not-grow", test_a_wall_does_not_grow);
      test_home_add_func ("/wall-soak/a-wall-that-starts-for-the-first-time-does-not-grow", test_a_wall_that_starts_for_the_first_time_does_not_grow);
      /* All that it knows of normal it learns at the first midnight: no measure for a day. */
      if (get_setting ("TONGDAI_SOAK_DAYS", 1) > 1)
        test_home_add_func ("/wall-soak/a-wall-without-a-past-does-not-grow", test_a_wall_without_a_past_does_not_grow);
    }

  return test_home_run ();
}
