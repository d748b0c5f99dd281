/* test-records.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <sqlite3.h>
#include <stdio.h>
#include <string.h>

#include "history-fixture.h"

#define SECOND G_TIME_SPAN_SECOND

static const char *program;

static void
add_span (TdHistory   *history,
          const char  *agent,
          gint64       start,
          gint64       end,
          TdAgentState state)
{
  g_autoptr (TdHistoryRecords) records = td_history_records_new ();
  TdHistorySpan span = { .agent = agent, .start = start, .end = end, .state = state };

  td_history_records_add_span (records, &span);
  td_history_add_records (history, records);
}

static void
add_sample (TdHistory *history,
            gint64     at,
            gint64     waiting)
{
  g_autoptr (TdHistoryRecords) records = td_history_records_new ();
  TdHistorySample sample = { at, "điện", waiting, TD_UNKNOWN, TD_UNKNOWN };

  td_history_records_add_sample (records, &sample);
  td_history_add_records (history, records);
}

static guint
count_spans (TdHistory  *history,
             const char *agent,
             gint64      from,
             gint64      to)
{
  g_autoptr (TdHistoryRecords) records = history_read_records (history, TD_HISTORY_SPANS, agent, from, to);
  guint n;

  td_history_records_get_spans (records, &n);

  return n;
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

static void
test_everything_reads_alike (void)
{
  g_autofree char *path = history_make_path ();
  g_autoptr (TdHistory) history = td_history_new (path);
  g_autoptr (TdHistoryRecords) records = td_history_records_new ();
  g_autoptr (TdHistoryRecords) spans = NULL;
  g_autoptr (TdHistoryRecords) days = NULL;
  g_autoptr (TdHistoryRecords) samples = NULL;
  TdHistorySpan     span = { "4143", DAY0, DAY0 + 90 * SECOND, TD_AGENT_STATE_ON_CALL, TRUE, TRUE, NULL, "điện" };
  TdHistoryAgentDay day = { "4143", DAY0, 44, TD_UNKNOWN, 1, 2, 3, 4, 5, 6 };
  TdHistorySample   sample = { DAY0 + SECOND, "điện", 7, 38000, TD_UNKNOWN };
  guint             n;

  td_history_records_add_span (records, &span);
  td_history_records_add_agent_day (records, &day);
  td_history_records_add_sample (records, &sample);
  td_history_add_records (history, records);
  history_flush_well (history);
  td_history_close (history);
  g_clear_object (&history);

  history = td_history_new (path);
  spans = history_read_records (history, TD_HISTORY_SPANS, NULL, DAY0, DAY0 + DAY);
  g_assert_cmpstr (td_history_records_get_spans (spans, &n)[0].queue, ==, "điện");
  g_assert_cmpuint (n, ==, 1);
  g_assert_true (td_history_records_get_spans (spans, &n)[0].on_hold);
  g_assert_true (td_history_records_get_spans (spans, &n)[0].inexact);
  g_assert_null (td_history_records_get_spans (spans, &n)[0].reason);
  days = history_read_records (history, TD_HISTORY_AGENT_DAYS, "4143", DAY0, DAY0 + DAY);
  g_assert_cmpint (td_history_records_get_agent_days (days, &n)[0].answered, ==, 44);
  g_assert_cmpuint (n, ==, 1);
  g_assert_cmpint (td_history_records_get_agent_days (days, &n)[0].no_answer, ==, TD_UNKNOWN);
  g_assert_cmpint (td_history_records_get_agent_days (days, &n)[0].paused_ms, ==, 6);
  samples = history_read_records (history, TD_HISTORY_SAMPLES, "điện", DAY0, DAY0 + DAY);
  g_assert_cmpint (td_history_records_get_samples (samples, &n)[0].longest_ms, ==, 38000);
  g_assert_cmpuint (n, ==, 1);
  g_assert_cmpint (td_history_records_get_samples (samples, &n)[0].serving, ==, TD_UNKNOWN);
  td_history_close (history);

  history_remove_all (path);
}

/* A time is asked for, and everything that reaches into it comes, whole. */
static void
test_what_reaches_in_is_given (void)
{
  g_autofree char *path = history_make_path ();
  g_autoptr (TdHistory) history = td_history_new (path);
  gint64 noon = DAY0 + 12 * G_TIME_SPAN_HOUR;

  add_span (history, "a", noon - G_TIME_SPAN_HOUR, noon, TD_AGENT_STATE_PAUSED);
  add_span (history, "a", noon, noon + 10 * SECOND, TD_AGENT_STATE_AVAILABLE);
  add_span (history, "a", noon + 10 * SECOND, noon + G_TIME_SPAN_HOUR, TD_AGENT_STATE_ON_CALL);
  add_span (history, "b", noon - 11 * G_TIME_SPAN_HOUR, noon + SECOND, TD_AGENT_STATE_OFFLINE);

  g_assert_cmpuint (count_spans (history, "a", noon, noon + 10 * SECOND), ==, 1);
  g_assert_cmpuint (count_spans (history, "a", noon - SECOND, noon + 11 * SECOND), ==, 3);
  g_assert_cmpuint (count_spans (history, NULL, noon, noon + SECOND), ==, 2);
  g_assert_cmpuint (count_spans (history, "b", noon + SECOND, noon + MINUTE), ==, 0);
  g_assert_cmpuint (count_spans (history, "nobody", DAY0, DAY0 + DAY), ==, 0);
  td_history_close (history);

  history_remove_all (path);
}

static void
test_no_room_is_said_and_nothing_lost (void)
{
  g_autofree char *path = history_make_path ();
  g_autoptr (TdHistory) history = td_history_new (path);
  g_autoptr (TdHistoryRecords) many = td_history_records_new ();
  g_autoptr (GError) error = NULL;

  td_history_set_max_bytes (history, 128 * 1024);
  add_span (history, "a", DAY0, DAY0 + MINUTE, TD_AGENT_STATE_AVAILABLE);
  history_flush_well (history);
  for (guint i = 1; i < 20000; i++)
    {
      TdHistorySpan span = { .agent = "a", .start = DAY0 + i * SECOND, .end = DAY0 + (i + 1) * SECOND, .state = TD_AGENT_STATE_ON_CALL };

      td_history_records_add_span (many, &span);
    }
  td_history_add_records (history, many);
  g_assert_false (history_flush (history, &error));
  g_assert_error (error, TD_HISTORY_ERROR, TD_HISTORY_ERROR_FULL);
  history_wait_for (history, has_error);
  /* What comes meanwhile waits as well, however often it comes. */
  for (guint i = 0; i < 2000; i++)
    add_span (history, "b", DAY0 + i * SECOND, DAY0 + (i + 1) * SECOND, TD_AGENT_STATE_PAUSED);

  td_history_set_max_bytes (history, 0);
  history_wait_for (history, has_no_error);
  g_assert_cmpuint (count_spans (history, "a", DAY0, DAY0 + DAY), ==, 20000);
  g_assert_cmpuint (count_spans (history, "b", DAY0, DAY0 + DAY), ==, 2000);
  td_history_close (history);

  history_remove_all (path);
}

/* What makes no sense in a file, whoever wrote it there, harms nobody. */
static void
test_nonsense_is_left_out (void)
{
  g_autofree char *path = history_make_path ();
  g_autoptr (TdHistory) history = td_history_new (path);
  g_autoptr (TdHistoryRecords) records = NULL;
  const TdHistorySpan *spans;
  sqlite3             *db;
  guint                n;

  add_span (history, "a", DAY0, DAY0 + MINUTE, TD_AGENT_STATE_AVAILABLE);
  history_flush_well (history);
  td_history_close (history);
  g_clear_object (&history);

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db,
                                 "UPDATE agent_spans SET state = 99;"
                                 "INSERT INTO agent_spans SELECT agent, start + 60000, -5, 1, 0, NULL, NULL FROM agent_spans;"
                                 "INSERT INTO agent_spans SELECT agent, start + 70000, 5, 1, 0, NULL, 4711 FROM agent_spans WHERE length > 0",
                                 NULL, NULL, NULL),
                   ==, SQLITE_OK);
  sqlite3_close (db);

  history = td_history_new (path);
  records = history_read_records (history, TD_HISTORY_SPANS, NULL, DAY0, DAY0 + DAY);
  spans = td_history_records_get_spans (records, &n);
  g_assert_cmpuint (n, ==, 2);
  g_assert_cmpint (spans[0].state, ==, TD_AGENT_STATE_UNKNOWN);
  g_assert_null (spans[1].queue);
  td_history_close (history);

  history_remove_all (path);
}

/* What the killed program runs: says of each tick when it is on the disk. Each
 * ends one state, begins another, and lets one go on. */
static int
write_for_ever (const char *path)
{
  g_autoptr (TdHistory) history = td_history_new (path);

  for (gint64 i = 0; i < 1000000; i++)
    {
      add_span (history, "a", DAY0 + i * SECOND, DAY0 + (i + 1) * SECOND, TD_AGENT_STATE_ON_CALL);
      add_span (history, "b", DAY0, DAY0 + (i + 1) * SECOND, TD_AGENT_STATE_PAUSED);
      add_sample (history, DAY0 + i * SECOND, i);
      history_flush_well (history);
      printf ("%" G_GINT64_FORMAT "\n", i);
      fflush (stdout);
    }

  return 0;
}

static void
check_kept (const char *path,
            gint64      last)
{
  g_autoptr (TdHistory) history = td_history_new (path);
  g_autoptr (TdHistoryRecords) records = history_read_records (history, TD_HISTORY_SPANS, "a", DAY0, DAY0 + DAY);
  g_autoptr (TdHistoryRecords) open = history_read_records (history, TD_HISTORY_SPANS, "b", DAY0, DAY0 + DAY);
  g_autoptr (TdHistoryRecords) samples = history_read_records (history, TD_HISTORY_SAMPLES, NULL, DAY0, DAY0 + DAY);
  const TdHistorySpan *spans;
  guint                n;

  g_assert_null (td_history_get_notice (history));
  spans = td_history_records_get_spans (records, &n);
  g_assert_cmpint (n, >, last);
  for (gint64 i = 0; i <= last; i++)
    g_assert_cmpint (spans[i].start, ==, DAY0 + i * SECOND);
  spans = td_history_records_get_spans (open, &n);
  g_assert_cmpuint (n, ==, 1);
  g_assert_cmpint (spans[0].end, >=, DAY0 + (last + 1) * SECOND);
  td_history_records_get_samples (samples, &n);
  g_assert_cmpint (n, >, last);
  td_history_close (history);
}

static void
test_a_kill_loses_nothing_that_was_kept (void)
{
  g_autofree char *path = history_make_path ();
  gint64           last = -1;

  for (guint round = 0; round < 3; round++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GSubprocess) child = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error,
                                                        program, "--write", path, NULL);
      g_autoptr (GDataInputStream) output = NULL;
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
      check_kept (path, last);
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

  g_test_add_func ("/records/everything-reads-alike", test_everything_reads_alike);
  g_test_add_func ("/records/what-reaches-in-is-given", test_what_reaches_in_is_given);
  g_test_add_func ("/records/no-room-is-said-and-nothing-lost", test_no_room_is_said_and_nothing_lost);
  g_test_add_func ("/records/nonsense-is-left-out", test_nonsense_is_left_out);
  g_test_add_func ("/records/a-kill-loses-nothing-that-was-kept", test_a_kill_loses_nothing_that_was_kept);

  return g_test_run ();
}
