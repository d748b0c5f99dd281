/* bench-export.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What it takes to write a year of 500 queues: seconds, and memory beyond what
 * the program had before. Of each hour a minute was observed, as on a desk that
 * looked in on a centre, so that the file stays small; the history is read
 * whole as it would be with every minute.
 */

#include "config.h"

#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "history-fixture.h"
#include "td-history-export.h"

#define N_QUEUES 500
#define EVERY 60 /* minutes */
#define DAY_MINUTES (24 * 60)
/* What is promised. */
#define MOST_MIB 64

static void
fill_day (TdHistory *history,
          gint64     from,
          guint      day)
{
  g_autoptr (TdIntervals) intervals = td_intervals_new (from, MINUTE, DAY_MINUTES);

  for (guint q = 0; q < N_QUEUES; q++)
    {
      g_autofree char *id = g_strdup_printf ("queue-%03u", q);
      TdInterval      *rows = td_intervals_add_queue (intervals, id);

      for (guint i = 0; i < DAY_MINUTES; i += EVERY)
        {
          gint64 calls = (i / EVERY * 7 + q + day) % 23;

          rows[i].observed_s = 60;
          rows[i].counts.offered = calls;
          rows[i].counts.answered = calls - calls / 9;
          rows[i].counts.answered_in_time = calls - calls / 5;
          rows[i].counts.abandoned = calls / 9;
          rows[i].counts.wait_ms = calls * 9500;
          rows[i].counts.talk_ms = calls * 181250;
          rows[i].counts.wrap_up_ms = calls * 22125;
          rows[i].counts.max_wait_ms = calls * 1700;
          rows[i].max_waiting = calls / 3;
          rows[i].serving = 4 + q % 11;
        }
    }
  td_history_add_intervals (history, intervals);
  history_flush_well (history);
}

/* In a process of its own: what it leaves in the heap would hide what an
 * export takes. */
static void
fill (const char *path,
      guint       n_days)
{
  pid_t child = fork ();
  int   status;

  if (child == 0)
    {
      g_autoptr (TdHistory) history = td_history_new (path);

      for (guint i = 0; i < n_days; i++)
        fill_day (history, DAY0 - (n_days - i) * DAY, i);
      td_history_close (history);
      _exit (0);
    }
  g_assert_cmpint (child, >, 0);
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFEXITED (status) && WEXITSTATUS (status) == 0);
}

static double
read_mib (const char *field)
{
  g_autofree char *status = NULL;
  const char      *line;

  g_assert_true (g_file_get_contents ("/proc/self/status", &status, NULL, NULL));
  line = strstr (status, field);
  g_assert_nonnull (line);

  return (double)g_ascii_strtoll (line + strlen (field), NULL, 10) / 1024;
}

static void
progress_cb (double   fraction,
             gpointer user_data)
{
  ++*(guint *)user_data;
}

static void
exported_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  td_history_export_finish (TD_HISTORY (object), result, &error);
  g_assert_no_error (error);
  *(gboolean *)user_data = TRUE;
}

static guint64
count_rows (GFile *file)
{
  g_autoptr (GInputStream) stream = G_INPUT_STREAM (g_file_read (file, NULL, NULL));
  guint64 n = 0;
  gssize  size;
  char    buffer[65536];

  while ((size = g_input_stream_read (stream, buffer, sizeof buffer, NULL, NULL)) > 0)
    {
      for (gssize i = 0; i < size; i++)
        n += buffer[i] == '\n';
    }

  return n - 1;
}

/* With a number, of so many days instead of a year. */
int
main (int    argc,
      char **argv)
{
  guint            n_days = argc > 1 ? (guint)CLAMP (atoi (argv[1]), 1, 3650) : 365;
  g_autofree char *path = history_make_path ();
  g_autofree char *csv = g_strconcat (path, ".csv", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (csv);
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Asia/Ho_Chi_Minh");
  g_autoptr (TdHistory) history = NULL;
  gint64   begin = g_get_monotonic_time ();
  double   seconds, before, more;
  gboolean done = FALSE;
  guint    n_told = 0;
  guint64  n_rows;

  fill (path, n_days);
  g_print ("%u days of %d queues were kept in %.0f s\n", n_days, N_QUEUES, (double)(g_get_monotonic_time () - begin) / 1e6);

  history = td_history_new (path);
  history_flush_well (history);
  before = read_mib ("VmRSS:");
  begin = g_get_monotonic_time ();
  td_history_export_range_async (history, TD_HISTORY_EXPORT_MINUTES, file, zone, DAY0 - n_days * DAY, DAY0, progress_cb, &n_told,
                                 NULL, exported_cb, &done);
  while (!done)
    g_main_context_iteration (NULL, TRUE);
  seconds = (double)(g_get_monotonic_time () - begin) / 1e6;
  more = read_mib ("VmHWM:") - before;
  n_rows = count_rows (file);
  g_print ("%u days of %d queues: %" G_GUINT64_FORMAT " rows in %.1f s, progress told %u times; %.1f MiB more than the %.1f MiB before"
           " (at most %d)\n",
           n_days, N_QUEUES, n_rows, seconds, n_told, more, before, MOST_MIB);

  td_history_close (history);
  history_remove_all (path);

  return n_rows == (guint64)N_QUEUES * n_days * (DAY_MINUTES / EVERY) && more <= MOST_MIB ? 0 : 1;
}
