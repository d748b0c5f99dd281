/* test-alert-command.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "td-alert-command.h"

#define LONG_MS (60 * 1000)

typedef struct
{
  guint   n_ended;
  char   *output;
  GError *error;
} Run;

static void
ended_cb (Run          *run,
          const char   *output,
          const GError *error)
{
  run->n_ended++;
  g_free (run->output);
  run->output = g_strdup (output);
  g_clear_error (&run->error);
  run->error = error != NULL ? g_error_copy (error) : NULL;
}

static void
clear_run (Run *run)
{
  g_free (run->output);
  g_clear_error (&run->error);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Run, clear_run)

static TdAlertCommand *
create (Run        *run,
        const char *script,
        guint       deadline_ms)
{
  const char     *argv[] = { "/bin/sh", "-c", script, NULL };
  TdAlertCommand *command = td_alert_command_new (argv, deadline_ms);

  g_signal_connect_swapped (command, "ended", G_CALLBACK (ended_cb), run);

  return command;
}

static void
tell (TdAlertCommand *command,
      const char     *text)
{
  g_autoptr (GBytes) body = g_bytes_new (text, strlen (text));

  td_alert_command_run (command, body);
}

static void
wait_for (const Run *run,
          guint      n)
{
  while (run->n_ended < n)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_input (void)
{
  g_auto (Run) run = { 0 };
  g_autoptr (TdAlertCommand) command = create (&run, "cat; echo '; rm' >&2", LONG_MS);

  tell (command, "{\"text\":\"Chờ $(lâu)\"}");
  wait_for (&run, 1);
  g_assert_no_error (run.error);
  g_assert_cmpstr (run.output, ==, "{\"text\":\"Chờ $(lâu)\"}; rm\n");
}

static void
test_no_shell (void)
{
  const char *const argv[] = { "/bin/echo", "$HOME; `id`", NULL };
  g_auto (Run) run = { 0 };
  g_autoptr (TdAlertCommand) command = td_alert_command_new (argv, LONG_MS);

  g_signal_connect_swapped (command, "ended", G_CALLBACK (ended_cb), &run);
  tell (command, "{}");
  wait_for (&run, 1);
  g_assert_cmpstr (run.output, ==, "$HOME; `id`\n");
}

static void
test_one_at_a_time (void)
{
  g_auto (Run) run = { 0 };
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("tongdai-command-XXXXXX", &error);
  g_autofree char *script = NULL;
  g_autoptr (TdAlertCommand) command = NULL;

  /* The folder is there twice where two runs meet. */
  g_assert_no_error (error);
  script = g_strdup_printf ("mkdir '%s/run' && cat && rmdir '%s/run'", folder, folder);
  command = create (&run, script, LONG_MS);
  tell (command, "1");
  tell (command, "2");
  tell (command, "3");
  g_assert_cmpuint (td_alert_command_get_n_waiting (command), ==, 2);
  for (guint i = 1; i <= 3; i++)
    {
      g_autofree char *expected = g_strdup_printf ("%u", i);

      wait_for (&run, i);
      g_assert_no_error (run.error);
      g_assert_cmpstr (run.output, ==, expected);
    }
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

static void
test_failures (void)
{
  const char *const argv[] = { "/nowhere/at-all", NULL };
  g_auto (Run) run = { 0 };
  g_autoptr (TdAlertCommand) status = create (&run, "echo no; exit 3", LONG_MS);
  g_autoptr (TdAlertCommand) missing = td_alert_command_new (argv, LONG_MS);

  tell (status, "{}");
  wait_for (&run, 1);
  g_assert_error (run.error, G_IO_ERROR, G_IO_ERROR_FAILED);
  g_assert_cmpstr (run.output, ==, "no\n");

  g_signal_connect_swapped (missing, "ended", G_CALLBACK (ended_cb), &run);
  tell (missing, "{}");
  wait_for (&run, 2);
  g_assert_nonnull (run.error);
}

/* With what it started, which would hold the pipe open else. */
static void
test_deadline (void)
{
  g_auto (Run) run = { 0 };
  g_autoptr (TdAlertCommand) command = create (&run, "sleep 600 & echo begun; sleep 600", 300);

  tell (command, "{}");
  tell (command, "{}");
  wait_for (&run, 2);
  g_assert_error (run.error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT);
}

static void
test_leaves_behind (void)
{
  g_auto (Run) run = { 0 };
  g_autoptr (TdAlertCommand) command = create (&run, "sleep 2 & echo begun", LONG_MS);

  tell (command, "{}");
  wait_for (&run, 1);
  g_assert_no_error (run.error);
  g_assert_cmpstr (run.output, ==, "begun\n");
}

static void
test_much_output (void)
{
  g_auto (Run) run = { 0 };
  g_autoptr (TdAlertCommand) command = create (&run, "head -c 1000000 /dev/zero | tr '\\0' x", LONG_MS);

  tell (command, "{}");
  wait_for (&run, 1);
  g_assert_no_error (run.error);
  g_assert_cmpuint (strlen (run.output), ==, TD_ALERT_COMMAND_MAX_OUTPUT);
}

/* More than a pipe holds, to one who does not read. */
static void
test_deaf (void)
{
  g_auto (Run) run = { 0 };
  g_autoptr (TdAlertCommand) command = create (&run, "exit 0", LONG_MS);
  g_autofree char *text = g_strnfill (1000000, 'x');

  tell (command, text);
  wait_for (&run, 1);
  g_assert_no_error (run.error);
}

static void
test_bounded (void)
{
  g_auto (Run) run = { 0 };
  g_autoptr (TdAlertCommand) command = create (&run, "sleep 600", LONG_MS);

  for (guint i = 0; i < TD_ALERT_COMMAND_MAX_WAITING + 10; i++)
    tell (command, "{}");
  g_assert_cmpuint (td_alert_command_get_n_waiting (command), ==, TD_ALERT_COMMAND_MAX_WAITING);
  td_alert_command_stop (command);
  g_assert_cmpuint (td_alert_command_get_n_waiting (command), ==, 0);
  g_assert_cmpuint (run.n_ended, ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/alert-command/is-told-on-its-standard-input", test_input);
  g_test_add_func ("/alert-command/is-run-without-a-shell", test_no_shell);
  g_test_add_func ("/alert-command/runs-one-at-a-time", test_one_at_a_time);
  g_test_add_func ("/alert-command/tells-how-it-failed", test_failures);
  g_test_add_func ("/alert-command/is-ended-with-all-it-started", test_deadline);
  g_test_add_func ("/alert-command/may-leave-something-running", test_leaves_behind);
  g_test_add_func ("/alert-command/keeps-a-bounded-part-of-the-output", test_much_output);
  g_test_add_func ("/alert-command/may-be-deaf", test_deaf);
  g_test_add_func ("/alert-command/lets-a-bounded-number-wait", test_bounded);

  return g_test_run ();
}
