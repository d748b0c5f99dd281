/* test-watchdog.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-watchdog.h"

#define LIMIT_S 2

static gboolean
quit_cb (gpointer user_data)
{
  g_main_loop_quit (user_data);

  return G_SOURCE_REMOVE;
}

static void
run_loop (guint ms)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);

  g_timeout_add (ms, quit_cb, loop);
  g_main_loop_run (loop);
}

static void
test_a_loop_that_stands_still_ends_the_process (void)
{
  if (g_test_subprocess ())
    {
      g_autoptr (TdWatchdog) watchdog = td_watchdog_start (LIMIT_S);

      g_assert_nonnull (watchdog);
      run_loop (1000);
      g_usleep (60 * G_USEC_PER_SEC);
      return;
    }

  g_test_trap_subprocess (NULL, 30 * G_USEC_PER_SEC, 0);
  g_assert_false (g_test_trap_reached_timeout ());
  g_test_trap_assert_failed ();
  g_test_trap_assert_stderr ("*stood still for 2 seconds*");
}

/* As where the display, or a shared folder, does not answer. */
static void
test_a_start_that_hangs_ends_the_process (void)
{
  if (g_test_subprocess ())
    {
      g_autoptr (TdWatchdog) watchdog = td_watchdog_start (LIMIT_S);

      g_assert_nonnull (watchdog);
      g_usleep (60 * G_USEC_PER_SEC);
      return;
    }

  g_test_trap_subprocess (NULL, 30 * G_USEC_PER_SEC, 0);
  g_assert_false (g_test_trap_reached_timeout ());
  g_test_trap_assert_failed ();
  g_test_trap_assert_stderr ("*stood still for 4 seconds*");
}

static void
test_a_loop_that_runs_is_left_alone (void)
{
  g_autoptr (TdWatchdog) watchdog = td_watchdog_start (LIMIT_S);

  g_assert_nonnull (watchdog);
  run_loop ((2 * LIMIT_S + 1) * 1000);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/watchdog/a-loop-that-stands-still-ends-the-process", test_a_loop_that_stands_still_ends_the_process);
  g_test_add_func ("/watchdog/a-start-that-hangs-ends-the-process", test_a_start_that_hangs_ends_the_process);
  g_test_add_func ("/watchdog/a-loop-that-runs-is-left-alone", test_a_loop_that_runs_is_left_alone);

  return g_test_run ();
}
