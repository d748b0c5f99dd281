/* test-marks.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <sqlite3.h>
#include <stdio.h>
#include <string.h>

#include "history-fixture.h"

static const char *program;

static TdHistoryMark
make_mark (TdHistoryMarkKind kind,
           gint64            from,
           gint64            to,
           const char       *text)
{
  return (TdHistoryMark){ .kind = kind, .queue = (char *)"1900", .from = from, .to = to, .text = (char *)text };
}

static guint
count_marks (TdHistory *history)
{
  g_autoptr (GPtrArray) marks = td_history_get_marks (history);

  return marks->len;
}

static const TdHistoryMark *
get_mark (TdHistory *history,
          guint      index)
{
  g_autoptr (GPtrArray) marks = td_history_get_marks (history);

  /* The history holds the array as well. */
  return g_ptr_array_index (marks, index);
}

static gboolean
has_marks (TdHistory *history)
{
  return count_marks (history) > 0;
}

static gboolean
has_notice (TdHistory *history)
{
  return td_history_get_notice (history) != NULL;
}

static gboolean
has_error (TdHistory *history)
{
  return td_history_get_error_message (history) != NULL;
}

static void
count_cb (guint *n)
{
  (*n)++;
}

static void
test_set_changed_and_removed (void)
{
  g_autofree char *path = history_make_path ();
  g_autoptr (TdHistory) history = td_history_new (path);
  TdHistoryMark late = make_mark (TD_HISTORY_MARK_INCIDENT, DAY0 + DAY, DAY0 + DAY + 90 * MINUTE, "bão số 9");
  TdHistoryMark early = make_mark (TD_HISTORY_MARK_REGIME, DAY0, TD_UNKNOWN, NULL);
  gint64        late_id, early_id;
  guint         n_changes = 0;

  g_signal_connect_swapped (history, "marks-changed", G_CALLBACK (count_cb), &n_changes);
  early.queue = NULL;
  late_id = td_history_set_mark (history, &late);
  early_id = td_history_set_mark (history, &early);
  g_assert_cmpint (late_id, >, 0);
  g_assert_cmpint (early_id, >, 0);
  g_assert_cmpint (late_id, !=, early_id);
  g_assert_cmpuint (n_changes, ==, 2);
  g_assert_cmpint (get_mark (history, 0)->id, ==, early_id);
  g_assert_cmpint (get_mark (history, 1)->id, ==, late_id);

  late.id = late_id;
  late.text = (char *)"bão số 10";
  late.from = DAY0 - DAY;
  g_assert_cmpint (td_history_set_mark (history, &late), ==, late_id);
  history_flush_well (history);
  td_history_close (history);
  g_clear_object (&history);

  history = td_history_new (path);
  history_wait_for (history, has_marks);
  g_assert_cmpuint (count_marks (history), ==, 2);
  g_assert_cmpint (get_mark (history, 0)->id, ==, late_id);
  g_assert_cmpint (get_mark (history, 0)->kind, ==, TD_HISTORY_MARK_INCIDENT);
  g_assert_cmpstr (get_mark (history, 0)->queue, ==, "1900");
  g_assert_cmpstr (get_mark (history, 0)->text, ==, "bão số 10");
  g_assert_cmpint (get_mark (history, 0)->from, ==, DAY0 - DAY);
  g_assert_cmpint (get_mark (history, 0)->to, ==, DAY0 + DAY + 90 * MINUTE);
  g_assert_cmpint (get_mark (history, 1)->kind, ==, TD_HISTORY_MARK_REGIME);
  g_assert_null (get_mark (history, 1)->queue);
  g_assert_null (get_mark (history, 1)->text);
  g_assert_cmpint (get_mark (history, 1)->to, ==, TD_UNKNOWN);

  td_history_remove_mark (history, late_id);
  g_assert_cmpuint (count_marks (history), ==, 1);
  history_flush_well (history);
  td_history_close (history);
  g_clear_object (&history);

  history = td_history_new (path);
  history_wait_for (history, has_marks);
  g_assert_cmpuint (count_marks (history), ==, 1);
  g_assert_cmpint (get_mark (history, 0)->id, ==, early_id);
  td_history_close (history);

  history_remove_all (path);
}

static void
test_a_reader_keeps_its_array (void)
{
  g_autofree char *path = history_make_path ();
  g_autoptr (TdHistory) history = td_history_new (path);
  TdHistoryMark mark = make_mark (TD_HISTORY_MARK_TEST, DAY0, DAY0 + MINUTE, "thử");
  g_autoptr (GPtrArray) before = NULL;
  const TdHistoryMark *held;

  mark.id = td_history_set_mark (history, &mark);
  before = td_history_get_marks (history);
  held = g_ptr_array_index (before, 0);
  mark.text = (char *)"khác";
  td_history_set_mark (history, &mark);
  td_history_remove_mark (history, mark.id);

  g_assert_cmpuint (before->len, ==, 1);
  g_assert_cmpstr (held->text, ==, "thử");
  g_assert_cmpuint (count_marks (history), ==, 0);
  td_history_close (history);

  history_remove_all (path);
}

static void
test_bounded (void)
{
  g_autofree char *path = history_make_path ();
  g_autoptr (TdHistory) history = td_history_new (path);
  g_autoptr (GString) text = g_string_new ("x");
  TdHistoryMark mark;

  for (guint i = 0; i < 100; i++)
    g_string_append (text, "ở");
  mark = make_mark (TD_HISTORY_MARK_OWN_FAULT, DAY0, DAY0 + MINUTE, text->str);
  mark.id = td_history_set_mark (history, &mark);
  /* One byte, and whole characters of three. */
  g_assert_cmpuint (strlen (get_mark (history, 0)->text), ==, 199);
  g_assert_true (g_utf8_validate (get_mark (history, 0)->text, -1, NULL));

  mark = make_mark (TD_HISTORY_MARK_INCIDENT, DAY0 + MINUTE, DAY0 + MINUTE, NULL);
  g_assert_cmpint (td_history_set_mark (history, &mark), ==, 0);
  mark = make_mark (TD_HISTORY_MARK_INCIDENT, -5, DAY0, NULL);
  g_assert_cmpint (td_history_set_mark (history, &mark), ==, 0);
  mark = make_mark ((TdHistoryMarkKind)9, DAY0, DAY0 + MINUTE, NULL);
  g_assert_cmpint (td_history_set_mark (history, &mark), ==, 0);
  g_assert_cmpuint (count_marks (history), ==, 1);

  for (gint64 i = 1; i < TD_HISTORY_MAX_MARKS; i++)
    {
      mark = make_mark (TD_HISTORY_MARK_TEST, DAY0 - i * MINUTE, DAY0, NULL);
      g_assert_cmpint (td_history_set_mark (history, &mark), >, 0);
    }
  g_assert_cmpuint (count_marks (history), ==, TD_HISTORY_MAX_MARKS);
  mark = make_mark (TD_HISTORY_MARK_TEST, DAY0, DAY0 + MINUTE, NULL);
  g_assert_cmpint (td_history_set_mark (history, &mark), ==, 0);
  /* What is there may still be changed. */
  mark.id = get_mark (history, 7)->id;
  g_assert_cmpint (td_history_set_mark (history, &mark), ==, mark.id);
  td_history_close (history);

  history_remove_all (path);
}

/* The schema as version 1 of it was. */
static const char *const version_1 =
  "CREATE TABLE queues (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);"
  "CREATE TABLE minutes ("
  "  minute INTEGER NOT NULL, queue INTEGER NOT NULL REFERENCES queues (id),"
  "  observed INTEGER NOT NULL, offered INTEGER, answered INTEGER, answered_in_time INTEGER,"
  "  abandoned INTEGER, abandoned_in_time INTEGER, short_abandoned INTEGER, flowed_out INTEGER,"
  "  wait_ms INTEGER, talk_ms INTEGER, hold_ms INTEGER, wrap_up_ms INTEGER, max_wait_ms INTEGER,"
  "  max_waiting INTEGER, serving INTEGER,"
  "  PRIMARY KEY (minute, queue)) WITHOUT ROWID;"
  "CREATE TABLE days ("
  "  queue INTEGER NOT NULL REFERENCES queues (id), day INTEGER NOT NULL, minutes BLOB NOT NULL,"
  "  PRIMARY KEY (queue, day)) WITHOUT ROWID;"
  "CREATE INDEX days_by_day ON days (day);"
  "INSERT INTO queues VALUES (1, 'a');"
  "INSERT INTO minutes (minute, queue, observed, offered) VALUES (29918880, 1, 60, 17);"
  "PRAGMA user_version = 1;";

static void
test_a_file_of_before_is_taken_over (void)
{
  g_autofree char *path = history_make_path ();
  g_autoptr (TdHistory) history = NULL;
  g_autoptr (TdIntervals) intervals = NULL;
  TdHistoryMark mark = make_mark (TD_HISTORY_MARK_INCIDENT, DAY0, TD_UNKNOWN, "lũ");
  sqlite3      *db;

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, version_1, NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (db);

  history = td_history_new (path);
  mark.id = td_history_set_mark (history, &mark);
  history_flush_well (history);
  intervals = history_read_range (history, "a", DAY0, DAY0 + MINUTE);
  g_assert_cmpint (history_find_rows (intervals, "a")[0].counts.offered, ==, 17);
  td_history_close (history);
  g_clear_object (&history);

  history = td_history_new (path);
  history_wait_for (history, has_marks);
  g_assert_cmpint (get_mark (history, 0)->id, ==, mark.id);
  g_assert_cmpstr (get_mark (history, 0)->text, ==, "lũ");
  td_history_close (history);

  history_remove_all (path);
}

/* And as version 2 of it was, after version 1. */
static const char *const version_2 =
  "CREATE TABLE marks ("
  "  id INTEGER PRIMARY KEY, kind INTEGER NOT NULL, queue TEXT, \"from\" INTEGER NOT NULL, \"to\" INTEGER,"
  "  text TEXT);"
  "INSERT INTO marks VALUES (7, 0, NULL, 1795132800000000, NULL, 'bão');"
  "PRAGMA user_version = 2;";

static void
test_a_file_without_agents_is_taken_over (void)
{
  g_autofree char *path = history_make_path ();
  g_autoptr (TdHistory) history = NULL;
  g_autoptr (TdHistoryRecords) records = td_history_records_new ();
  TdHistorySpan span = { "4143", DAY0, DAY0 + MINUTE, TD_AGENT_STATE_ON_CALL, FALSE, FALSE, NULL, "a" };
  sqlite3      *db;
  sqlite3_stmt *statement;

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, version_1, NULL, NULL, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, version_2, NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (db);

  history = td_history_new (path);
  history_wait_for (history, has_marks);
  g_assert_cmpstr (get_mark (history, 0)->text, ==, "bão");
  td_history_records_add_span (records, &span);
  td_history_add_records (history, records);
  history_flush_well (history);
  td_history_close (history);

  /* The span stands beside the queue that the old file knew. */
  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (db, "SELECT count (*), min (queue) FROM agent_spans", -1, &statement, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_ROW);
  g_assert_cmpint (sqlite3_column_int (statement, 0), ==, 1);
  g_assert_cmpint (sqlite3_column_int (statement, 1), ==, 1);
  sqlite3_finalize (statement);
  sqlite3_close (db);

  history_remove_all (path);
}

static void
test_read_beside_another_program (void)
{
  g_autofree char *path = history_make_path ();
  g_autoptr (TdHistory) one = td_history_new (path);
  g_autoptr (TdHistory) two = NULL;
  TdHistoryMark mark = make_mark (TD_HISTORY_MARK_TEST, DAY0, DAY0 + MINUTE, "thử");

  td_history_set_mark (one, &mark);
  history_flush_well (one);

  two = td_history_new (path);
  history_wait_for (two, has_error);
  history_wait_for (two, has_marks);
  g_assert_cmpstr (get_mark (two, 0)->text, ==, "thử");
  td_history_close (two);
  td_history_close (one);

  history_remove_all (path);
}

/* What makes no sense in a file, whoever wrote it there, is left out. */
static void
test_nonsense_is_left_out (void)
{
  g_autofree char *path = history_make_path ();
  g_autoptr (TdHistory) history = td_history_new (path);
  TdHistoryMark mark = make_mark (TD_HISTORY_MARK_TEST, DAY0, DAY0 + MINUTE, "thử");
  sqlite3      *db;

  td_history_set_mark (history, &mark);
  history_flush_well (history);
  td_history_close (history);
  g_clear_object (&history);

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db,
                                 "INSERT INTO marks VALUES (-3, 0, NULL, 5, 9, NULL), (4, 77, NULL, 5, 9, NULL),"
                                 " (5, 0, NULL, 9, 5, NULL), (6, 0, NULL, -9, NULL, NULL)",
                                 NULL, NULL, NULL),
                   ==, SQLITE_OK);
  sqlite3_close (db);

  history = td_history_new (path);
  history_wait_for (history, has_marks);
  g_assert_cmpuint (count_marks (history), ==, 1);
  td_history_close (history);

  history_remove_all (path);
}

static void
test_outlive_a_broken_file (void)
{
  g_autofree char *path = history_make_path ();
  g_autoptr (TdHistory) history = td_history_new (path);
  TdHistoryMark    mark = make_mark (TD_HISTORY_MARK_TEST, DAY0, DAY0 + MINUTE, "thử");
  g_autofree char *junk = g_strnfill (1 << 16, '#');

  td_history_set_mark (history, &mark);
  td_history_set_mark (history, &mark);
  history_flush_well (history);

  /* The file is let go while it cannot grow, and scribbled over meanwhile. */
  td_history_set_max_bytes (history, 4096);
  for (gint64 i = 0; i < 5000; i++)
    {
      TdHistoryMinute minute = {
        .queue = "a",
        .start = DAY0 + i * MINUTE,
        .interval = { .observed_s = 60, .counts = TD_COUNTS_UNKNOWN },
      };

      td_history_add_minutes (history, &minute, 1);
    }
  g_assert_false (history_flush (history, NULL));
  g_test_expect_message ("td-history", G_LOG_LEVEL_WARNING, "*");
  g_assert_true (g_file_set_contents (path, junk, 1 << 16, NULL));
  td_history_set_max_bytes (history, 0);
  history_wait_for (history, has_notice);
  g_test_assert_expected_messages ();
  history_flush_well (history);
  td_history_close (history);
  g_clear_object (&history);

  history = td_history_new (path);
  history_wait_for (history, has_marks);
  g_assert_cmpuint (count_marks (history), ==, 2);
  td_history_close (history);

  history_remove_all (path);
}

/* What the killed program runs: says of each mark when it is on the disk. */
static int
mark_for_ever (const char *path)
{
  g_autoptr (TdHistory) history = td_history_new (path);

  for (gint64 i = 0; i < TD_HISTORY_MAX_MARKS; i++)
    {
      TdHistoryMark mark = make_mark (TD_HISTORY_MARK_TEST, DAY0 + i * MINUTE, DAY0 + i * MINUTE + 1, "x");

      td_history_set_mark (history, &mark);
      history_flush_well (history);
      printf ("%" G_GINT64_FORMAT "\n", i);
      fflush (stdout);
    }
  g_usleep (G_MAXULONG);

  return 0;
}

static void
test_a_kill_loses_none_that_was_kept (void)
{
  g_autofree char *path = history_make_path ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) child = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error,
                                                    program, "--mark", path, NULL);
  g_autoptr (GDataInputStream) output = NULL;
  g_autoptr (TdHistory) history = NULL;
  gint64 last = -1;
  char  *line;

  g_assert_no_error (error);
  output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (child));
  for (guint i = 0; i < 30; i++)
    {
      line = g_data_input_stream_read_line (output, NULL, NULL, NULL);
      g_assert_nonnull (line);
      g_free (line);
    }
  g_subprocess_force_exit (child);
  last = 29;
  while ((line = g_data_input_stream_read_line (output, NULL, NULL, NULL)) != NULL)
    {
      last = MAX (last, g_ascii_strtoll (line, NULL, 10));
      g_free (line);
    }
  g_subprocess_wait (child, NULL, NULL);

  history = td_history_new (path);
  history_wait_for (history, has_marks);
  g_assert_cmpint (count_marks (history), >=, last + 1);
  for (gint64 i = 0; i <= last; i++)
    g_assert_cmpint (get_mark (history, (guint)i)->from, ==, DAY0 + i * MINUTE);
  td_history_close (history);

  history_remove_all (path);
}

int
main (int   argc,
      char *argv[])
{
  if (argc == 3 && strcmp (argv[1], "--mark") == 0)
    return mark_for_ever (argv[2]);

  g_test_init (&argc, &argv, NULL);
  program = argv[0];

  g_test_add_func ("/marks/set-changed-and-removed", test_set_changed_and_removed);
  g_test_add_func ("/marks/a-reader-keeps-its-array", test_a_reader_keeps_its_array);
  g_test_add_func ("/marks/bounded", test_bounded);
  g_test_add_func ("/marks/a-file-of-before-is-taken-over", test_a_file_of_before_is_taken_over);
  g_test_add_func ("/marks/a-file-without-agents-is-taken-over", test_a_file_without_agents_is_taken_over);
  g_test_add_func ("/marks/read-beside-another-program", test_read_beside_another_program);
  g_test_add_func ("/marks/nonsense-is-left-out", test_nonsense_is_left_out);
  g_test_add_func ("/marks/outlive-a-broken-file", test_outlive_a_broken_file);
  g_test_add_func ("/marks/a-kill-loses-none-that-was-kept", test_a_kill_loses_none_that_was_kept);

  return g_test_run ();
}
