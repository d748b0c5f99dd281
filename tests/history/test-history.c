/* test-history.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>

#include "history-fixture.h"

static const char *program;

static void
add (TdHistory  *history,
     const char *queue,
     gint64      start,
     gint64      offered,
     gint64      observed)
{
  TdHistoryMinute minute = {
    .queue = queue,
    .start = start,
    .interval = { .observed_s = observed, .counts = TD_COUNTS_UNKNOWN, .max_waiting = 3, .serving = TD_UNKNOWN },
  };

  minute.interval.counts.offered = offered;
  minute.interval.counts.wait_ms = offered * 1234;
  td_history_add_minutes (history, &minute, 1);
}

static gboolean
has_error (TdHistory *history)
{
  return td_history_get_error_message (history) != NULL;
}

static gboolean
has_no_error (TdHistory *history)
{
  return td_history_get_error_message (history) == NULL;
}

static gboolean
has_notice (TdHistory *history)
{
  return td_history_get_notice (history) != NULL;
}

static void
test_minutes_are_remembered (void)
{
  g_autofree char *path = history_make_path ();
  g_autoptr (TdHistory) history = td_history_new (path);
  g_autoptr (TdIntervals) intervals = NULL;
  const TdInterval *rows;
  GStatBuf          status;

  add (history, "1900", DAY0 + 5 * MINUTE, 7, 60);
  add (history, "điện", DAY0 + 6 * MINUTE, 0, 31);
  history_flush_well (history);
  td_history_close (history);
  g_clear_object (&history);

  g_assert_cmpint (g_stat (path, &status), ==, 0);
  g_assert_cmpuint (status.st_mode & 0777, ==, 0600);

  history = td_history_new (path);
  history_flush_well (history);
  intervals = history_read_range (history, NULL, DAY0, DAY0 + 10 * MINUTE);
  g_assert_cmpuint (td_intervals_get_n_queues (intervals), ==, 2);
  rows = history_find_rows (intervals, "1900");
  g_assert_cmpint (rows[5].observed_s, ==, 60);
  g_assert_cmpint (rows[5].counts.offered, ==, 7);
  g_assert_cmpint (rows[5].counts.wait_ms, ==, 7 * 1234);
  g_assert_cmpint (rows[5].counts.answered, ==, TD_UNKNOWN);
  g_assert_cmpint (rows[5].max_waiting, ==, 3);
  g_assert_cmpint (rows[5].serving, ==, TD_UNKNOWN);
  g_assert_cmpint (rows[4].observed_s, ==, 0);
  rows = history_find_rows (intervals, "điện");
  g_assert_cmpint (rows[6].counts.offered, ==, 0);
  g_assert_cmpint (rows[6].observed_s, ==, 31);

  history_remove_all (path);
}

static void
test_the_better_observed_minute_stands (void)
{
  g_autofree char *path = history_make_path ();
  g_autoptr (TdHistory) history = td_history_new (path);
  g_autoptr (TdIntervals) intervals = NULL;

  add (history, "a", DAY0, 5, 60);
  add (history, "a", DAY0, 2, 20);
  add (history, "a", DAY0 + MINUTE, 2, 20);
  add (history, "a", DAY0 + MINUTE, 5, 60);
  history_flush_well (history);
  intervals = history_read_range (history, "a", DAY0, DAY0 + 2 * MINUTE);
  g_assert_cmpint (history_find_rows (intervals, "a")[0].counts.offered, ==, 5);
  g_assert_cmpint (history_find_rows (intervals, "a")[1].counts.offered, ==, 5);

  history_remove_all (path);
}

static void
test_packed_days_read_alike (void)
{
  g_autofree char *path = history_make_path ();
  g_autoptr (TdHistory) history = td_history_new (path);
  g_autoptr (TdIntervals) before = NULL;
  g_autoptr (TdIntervals) after = NULL;
  gint64 n = 3 * DAY / MINUTE;

  for (gint64 i = 0; i < n; i++)
    {
      if (i % 7 != 3)
        add (history, "a", DAY0 + i * MINUTE, i * i % 97, i % 61);
      if (i % 5 == 0)
        add (history, "b", DAY0 + i * MINUTE, i, 60);
    }
  history_flush_well (history);
  before = history_read_range (history, NULL, DAY0, DAY0 + 3 * DAY);

  td_history_tidy (history, DAY0 + 3 * DAY + 5 * MINUTE);
  history_flush_well (history);
  /* And again: what is packed stays, what came late goes in. */
  add (history, "a", DAY0 + 3 * MINUTE, 41, 60);
  td_history_tidy (history, DAY0 + 3 * DAY + 6 * MINUTE);
  history_flush_well (history);
  after = history_read_range (history, NULL, DAY0, DAY0 + 3 * DAY);

  g_assert_cmpuint (td_intervals_get_n_queues (after), ==, 2);
  for (guint q = 0; q < 2; q++)
    {
      const char       *name = q == 0 ? "a" : "b";
      const TdInterval *x = history_find_rows (before, name);
      const TdInterval *y = history_find_rows (after, name);

      for (gint64 i = 0; i < n; i++)
        {
          if (q == 0 && i == 3)
            g_assert_cmpint (y[i].counts.offered, ==, 41);
          else if (x[i].observed_s > 0)
            {
              g_assert_cmpint (y[i].observed_s, ==, x[i].observed_s);
              g_assert_cmpint (y[i].counts.offered, ==, x[i].counts.offered);
              g_assert_cmpint (y[i].counts.wait_ms, ==, x[i].counts.wait_ms);
            }
          else
            g_assert_cmpint (y[i].observed_s, ==, 0);
        }
    }

  history_remove_all (path);
}

/* A quarter of an hour of the source's becomes minutes, and nothing is lost. */
/* Any piece of packed days is what the whole of them has there, whatever the size of its numbers. */
static void
test_a_piece_of_a_packed_day_is_part_of_it (void)
{
  const guint      n = 3 * 1440;
  g_autofree char *path = history_make_path ();
  TdHistory       *history = td_history_new (path);
  g_autoptr (TdIntervals) intervals = td_intervals_new (DAY0 - 3 * DAY, MINUTE, n);
  g_autoptr (TdIntervals) whole = NULL;
  TdInterval       *rows = td_intervals_add_queue (intervals, "q");
  const TdInterval *all;

  for (guint i = 0; i < n; i++)
    {
      if (g_test_rand_int_range (0, 10) == 0)
        continue;
      rows[i].observed_s = g_test_rand_int_range (1, 61);
      rows[i].counts.offered = g_test_rand_int_range (0, 2) == 0 ? TD_UNKNOWN : g_test_rand_int_range (0, 300);
      rows[i].counts.wait_ms = (gint64)1 << g_test_rand_int_range (0, 39);
      rows[i].counts.talk_ms = g_test_rand_int_range (0, G_MAXINT);
      rows[i].serving = g_test_rand_int_range (-1, 200);
    }
  td_history_add_intervals (history, intervals);
  history_flush_well (history);
  whole = history_read_range (history, NULL, DAY0 - 3 * DAY, DAY0);
  all = history_find_rows (whole, "q");
  g_assert_nonnull (all);
  g_assert_cmpmem (all, n * sizeof *all, rows, n * sizeof *rows);

  for (guint trial = 0; trial < 60; trial++)
    {
      guint from = (guint)g_test_rand_int_range (0, (int)n - 1);
      guint length = (guint)g_test_rand_int_range (1, (int)MIN (n - from, trial < 30 ? 20 : n) + 1);
      g_autoptr (TdIntervals) piece = history_read_range (history, NULL, DAY0 - 3 * DAY + from * MINUTE,
                                                          DAY0 - 3 * DAY + (from + length) * MINUTE);

      g_assert_cmpmem (history_find_rows (piece, "q"), length * sizeof *all, all + from, length * sizeof *all);
    }

  td_history_close (history);
  g_object_unref (history);
  history_remove_all (path);
}

static void
test_coarse_intervals_keep_their_sums (void)
{
  g_autofree char *path = history_make_path ();
  g_autoptr (TdHistory) history = td_history_new (path);
  g_autoptr (TdIntervals) intervals = td_intervals_new (DAY0 + 23 * 60 * MINUTE, 15 * MINUTE, 8);
  g_autoptr (TdIntervals) read = NULL;
  TdInterval       *rows = td_intervals_add_queue (intervals, "a");
  const TdInterval *minutes;

  /* Over midnight; the third is a gap, the fourth was seen in part. */
  for (guint i = 0; i < 8; i++)
    {
      rows[i] = (TdInterval){ .observed_s = 900, .counts = TD_COUNTS_UNKNOWN, .max_waiting = (gint64)i, .serving = 11 };
      rows[i].counts.offered = 100 + i;
      rows[i].counts.talk_ms = 1234567 + i;
      rows[i].counts.max_wait_ms = 40000 + i;
    }
  rows[2].observed_s = 0;
  rows[3].observed_s = 451;

  /* This one was counted by itself. */
  add (history, "a", DAY0 + (23 * 60 + 2) * MINUTE, 77, 60);
  td_history_tidy (history, DAY0 + 10 * DAY);
  history_flush_well (history);
  td_history_add_intervals (history, intervals);
  history_flush_well (history);

  read = history_read_range (history, NULL, DAY0 + 23 * 60 * MINUTE, DAY0 + 25 * 60 * MINUTE);
  minutes = history_find_rows (read, "a");
  g_assert_cmpint (minutes[2].counts.offered, ==, 77);
  for (guint i = 1; i < 8; i++)
    {
      gint64 offered = 0, talk = 0, observed = 0;

      for (guint j = 15 * i; j < 15 * (i + 1); j++)
        {
          g_assert_cmpint (minutes[j].observed_s, <=, 60);
          observed += minutes[j].observed_s;
          if (i == 2)
            continue;
          offered += minutes[j].counts.offered;
          talk += minutes[j].counts.talk_ms;
          g_assert_cmpint (minutes[j].counts.offered, >=, 6);
          g_assert_cmpint (minutes[j].counts.offered, <=, 8);
          g_assert_cmpint (minutes[j].counts.max_wait_ms, ==, 40000 + i);
          g_assert_cmpint (minutes[j].counts.answered, ==, TD_UNKNOWN);
          g_assert_cmpint (minutes[j].serving, ==, 11);
        }
      g_assert_cmpint (observed, ==, i == 2 ? 0 : i == 3 ? 451
                                                         : 900);
      if (i != 2)
        {
          g_assert_cmpint (offered, ==, 100 + i);
          g_assert_cmpint (talk, ==, 1234567 + i);
        }
    }
  td_history_close (history);

  history_remove_all (path);
}

static void
test_old_days_are_forgotten (void)
{
  g_autofree char *path = history_make_path ();
  g_autoptr (TdHistory) history = td_history_new (path);
  g_autoptr (TdIntervals) intervals = NULL;

  for (gint64 day = 0; day < 20; day++)
    add (history, "a", DAY0 + day * DAY + 600 * MINUTE, day + 1, 60);
  td_history_set_retention (history, 10, 10, 2);
  td_history_tidy (history, DAY0 + 20 * DAY);
  history_flush_well (history);
  intervals = history_read_range (history, "a", DAY0, DAY0 + 20 * DAY);
  for (gint64 day = 0; day < 20; day++)
    g_assert_cmpint (history_find_rows (intervals, "a")[day * 1440 + 600].observed_s, ==, day < 10 ? 0 : 60);

  history_remove_all (path);
}

static void
test_a_broken_file_is_set_aside (void)
{
  g_autofree char *path = history_make_path ();
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (TdHistory) history = NULL;
  g_autoptr (TdIntervals) intervals = NULL;
  g_autoptr (GDir) dir = NULL;
  const char *name;
  guint       n_aside = 0;

  g_file_set_contents (path, "This was a diary, of a kind, and it is long enough to be read as a header of a file.", -1, NULL);
  g_test_expect_message ("td-history", G_LOG_LEVEL_WARNING, "*");
  history = td_history_new (path);
  add (history, "a", DAY0, 5, 60);
  history_flush_well (history);
  history_wait_for (history, has_notice);
  g_test_assert_expected_messages ();

  intervals = history_read_range (history, "a", DAY0, DAY0 + MINUTE);
  g_assert_cmpint (history_find_rows (intervals, "a")[0].counts.offered, ==, 5);
  dir = g_dir_open (folder, 0, NULL);
  while ((name = g_dir_read_name (dir)) != NULL)
    n_aside += strstr (name, ".broken-") != NULL ? 1 : 0;
  g_assert_cmpuint (n_aside, ==, 1);

  history_remove_all (path);
}

static void
test_a_newer_file_is_left_alone (void)
{
  g_autofree char *path = history_make_path ();
  g_autoptr (TdHistory) history = NULL;
  g_autoptr (GError) error = NULL;
  sqlite3 *db;

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, "CREATE TABLE x (y); PRAGMA user_version = 999", NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (db);

  history = td_history_new (path);
  add (history, "a", DAY0, 5, 60);
  g_assert_false (history_flush (history, &error));
  g_assert_error (error, TD_HISTORY_ERROR, TD_HISTORY_ERROR_NEWER);
  history_wait_for (history, has_error);
  g_assert_null (td_history_get_notice (history));

  history_remove_all (path);
}

static void
test_no_folder_is_said_and_mended (void)
{
  g_autofree char *path = history_make_path ();
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (TdHistory) history = NULL;
  g_autoptr (TdIntervals) intervals = NULL;
  g_autoptr (GError) error = NULL;

  /* None can be made there, as in a home that cannot be written. */
  g_assert_cmpint (g_rmdir (folder), ==, 0);
  g_assert_true (g_file_set_contents (folder, "", 0, NULL));
  history = td_history_new (path);
  add (history, "a", DAY0, 5, 60);
  g_assert_false (history_flush (history, &error));
  g_assert_error (error, TD_HISTORY_ERROR, TD_HISTORY_ERROR_FAILED);
  history_wait_for (history, has_error);

  g_assert_cmpint (g_unlink (folder), ==, 0);
  history_wait_for (history, has_no_error);
  intervals = history_read_range (history, "a", DAY0, DAY0 + MINUTE);
  g_assert_cmpint (history_find_rows (intervals, "a")[0].counts.offered, ==, 5);

  history_remove_all (path);
}

static void
test_no_room_is_said_and_nothing_lost (void)
{
  g_autofree char *path = history_make_path ();
  g_autoptr (TdHistory) history = td_history_new (path);
  g_autoptr (TdIntervals) intervals = NULL;
  g_autoptr (GError) error = NULL;

  td_history_set_max_bytes (history, 64 * 1024);
  add (history, "a", DAY0, 5, 60);
  history_flush_well (history);
  for (guint i = 1; i < 5000; i++)
    add (history, "a", DAY0 + i * MINUTE, i, 60);
  g_assert_false (history_flush (history, &error));
  g_assert_error (error, TD_HISTORY_ERROR, TD_HISTORY_ERROR_FULL);
  history_wait_for (history, has_error);

  td_history_set_max_bytes (history, 0);
  history_wait_for (history, has_no_error);
  intervals = history_read_range (history, "a", DAY0, DAY0 + 5000 * MINUTE);
  for (guint i = 0; i < 5000; i++)
    g_assert_cmpint (history_find_rows (intervals, "a")[i].counts.offered, ==, i == 0 ? 5 : i);

  history_remove_all (path);
}

static void
test_one_program_writes_at_a_time (void)
{
  g_autofree char *path = history_make_path ();
  g_autoptr (TdHistory) one = td_history_new (path);
  g_autoptr (TdHistory) two = NULL;
  g_autoptr (TdIntervals) intervals = NULL;
  g_autoptr (GError) error = NULL;

  history_flush_well (one);
  two = td_history_new (path);
  add (two, "a", DAY0, 5, 60);
  g_assert_false (history_flush (two, &error));
  g_assert_error (error, TD_HISTORY_ERROR, TD_HISTORY_ERROR_TAKEN);
  history_wait_for (two, has_error);

  td_history_close (one);
  history_wait_for (two, has_no_error);
  intervals = history_read_range (two, "a", DAY0, DAY0 + MINUTE);
  g_assert_cmpint (history_find_rows (intervals, "a")[0].counts.offered, ==, 5);

  history_remove_all (path);
}

/* What the killed program runs: says of each minute when it is on the disk. */
static int
write_for_ever (const char *path)
{
  g_autoptr (TdHistory) history = td_history_new (path);

  for (gint64 i = 0; i < 1000000; i++)
    {
      add (history, "a", DAY0 + i * MINUTE, i, 60);
      add (history, "b", DAY0 + i * MINUTE, i, 60);
      history_flush_well (history);
      printf ("%" G_GINT64_FORMAT "\n", i);
      fflush (stdout);
    }

  return 0;
}

static void
test_a_kill_loses_nothing_that_was_kept (void)
{
  g_autofree char *path = history_make_path ();
  gint64           last = -1;

  for (guint round = 0; round < 5; round++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GSubprocess) child = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error,
                                                        program, "--write", path, NULL);
      g_autoptr (GDataInputStream) output = NULL;
      g_autoptr (TdHistory) history = NULL;
      g_autoptr (TdIntervals) intervals = NULL;
      char *line;

      g_assert_no_error (error);
      output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (child));
      for (guint i = 0; i < 20 + 13 * round; i++)
        {
          line = g_data_input_stream_read_line (output, NULL, NULL, NULL);
          g_assert_nonnull (line);
          last = MAX (last, g_ascii_strtoll (line, NULL, 10));
          g_free (line);
        }
      g_subprocess_force_exit (child);
      while ((line = g_data_input_stream_read_line (output, NULL, NULL, NULL)) != NULL)
        {
          last = MAX (last, g_ascii_strtoll (line, NULL, 10));
          g_free (line);
        }
      g_subprocess_wait (child, NULL, NULL);

      history = td_history_new (path);
      history_flush_well (history);
      g_assert_null (td_history_get_notice (history));
      intervals = history_read_range (history, NULL, DAY0, DAY0 + (last + 1) * MINUTE);
      for (gint64 i = 0; i <= last; i++)
        {
          g_assert_cmpint (history_find_rows (intervals, "a")[i].counts.offered, ==, i);
          g_assert_cmpint (history_find_rows (intervals, "b")[i].counts.offered, ==, i);
        }
      td_history_close (history);
    }

  history_remove_all (path);
}

int
main (int   argc,
      char *argv[])
{
  if (argc == 3 && strcmp (argv[1], "--write") == 0)
    return write_for_ever (argv[2]);

  g_test_init (&argc, &argv, NULL);
  program = argv[0];

  g_test_add_func ("/history/minutes-are-remembered", test_minutes_are_remembered);
  g_test_add_func ("/history/the-better-observed-minute-stands", test_the_better_observed_minute_stands);
  g_test_add_func ("/history/packed-days-read-alike", test_packed_days_read_alike);
  g_test_add_func ("/history/a-piece-of-a-packed-day-is-part-of-it", test_a_piece_of_a_packed_day_is_part_of_it);
  g_test_add_func ("/history/coarse-intervals-keep-their-sums", test_coarse_intervals_keep_their_sums);
  g_test_add_func ("/history/old-days-are-forgotten", test_old_days_are_forgotten);
  g_test_add_func ("/history/a-broken-file-is-set-aside", test_a_broken_file_is_set_aside);
  g_test_add_func ("/history/a-newer-file-is-left-alone", test_a_newer_file_is_left_alone);
  g_test_add_func ("/history/no-folder-is-said-and-mended", test_no_folder_is_said_and_mended);
  g_test_add_func ("/history/no-room-is-said-and-nothing-lost", test_no_room_is_said_and_nothing_lost);
  g_test_add_func ("/history/one-program-writes-at-a-time", test_one_program_writes_at_a_time);
  g_test_add_func ("/history/a-kill-loses-nothing-that-was-kept", test_a_kill_loses_nothing_that_was_kept);

  return g_test_run ();
}
