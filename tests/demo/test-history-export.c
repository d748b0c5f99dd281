/* test-history-export.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is written of a history is whole or not there, and takes little memory.
 */

#include "config.h"

#include <glib/gstdio.h>
#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>

#include "shift-fixture.h"
#include "td-csv.h"
#include "td-history-export.h"

static void
test_cells_are_safe_in_a_spreadsheet (void)
{
  g_autoptr (GString) csv = g_string_new (TD_CSV_BYTE_ORDER_MARK);

  td_csv_add_text (csv, "=1+1");
  td_csv_add_text (csv, "a,\"b\"");
  td_csv_add_text (csv, NULL);
  td_csv_add_number (csv, -0.12345, 4);
  td_csv_add_number (csv, NAN, 4);
  td_csv_add_integer (csv, TD_UNKNOWN);
  td_csv_add_seconds (csv, 61037);
  td_csv_end_row (csv);
  td_csv_add_text (csv, "Mất điện");
  g_assert_cmpstr (csv->str, ==, TD_CSV_BYTE_ORDER_MARK "\"'=1+1\",\"a,\"\"b\"\"\",,-0.1235,,,61.037\r\nMất điện");
  g_assert_cmpstr (td_csv_unguard ("'=1+1"), ==, "=1+1");
  g_assert_cmpstr (td_csv_unguard ("'quoted'"), ==, "'quoted'");
}

static guint
count_lines (const char *text)
{
  guint n = 0;

  for (; *text != '\0'; text++)
    n += *text == '\n';

  return n;
}

static void
progress_cb (double   fraction,
             gpointer user_data)
{
  double *last = user_data;

  g_assert_cmpfloat (fraction, >, *last);
  g_assert_cmpfloat (fraction, <=, 1);
  *last = fraction;
}

static gint64
read_kib (const char *field)
{
  g_autofree char *status = NULL;
  const char      *line;

  g_assert_true (g_file_get_contents ("/proc/self/status", &status, NULL, NULL));
  line = strstr (status, field);
  g_assert_nonnull (line);

  return g_ascii_strtoll (line + strlen (field), NULL, 10);
}

static char *
get_export_path (ShiftFixture *fixture)
{
  g_autofree char *folder = g_path_get_dirname (fixture->path);

  return g_build_filename (folder, "export.csv", NULL);
}

static char *
export_range (ShiftFixture       *fixture,
              TdHistoryExportKind kind,
              gint64              from,
              gint64              to,
              GCancellable       *cancellable,
              GError            **error)
{
  g_autofree char *path = get_export_path (fixture);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Asia/Ho_Chi_Minh");
  g_autoptr (GAsyncResult) result = NULL;
  double last = 0;

  td_history_export_range_async (fixture->history, kind, file, zone, from, to, progress_cb, &last, cancellable, shift_fixture_finished_cb, &result);
  if (!td_history_export_finish (fixture->history, shift_fixture_wait_for (&result), error))
    return NULL;

  return g_steal_pointer (&path);
}

/* Begins the high-water mark of memory anew, where the kernel lets a program. */
static gboolean
forget_peak (void)
{
  FILE    *file = fopen ("/proc/self/clear_refs", "w");
  gboolean done = file != NULL && fputs ("5", file) >= 0;

  return file != NULL && fclose (file) == 0 && done;
}

/* Writes all of [@from, @to); returns by how much more memory than before was in use at most, KiB. */
static gint64
export_and_measure (ShiftFixture *fixture,
                    gint64        from,
                    gint64        to,
                    char        **text)
{
  gboolean can_tell = forget_peak ();
  /* Not what is in use at this moment: a writer may just let go of what it kept. */
  gint64 before = read_kib ("VmHWM:");
  g_autoptr (GError) error = NULL;
  g_autofree char *path = export_range (fixture, TD_HISTORY_EXPORT_MINUTES, from, to, NULL, &error);
  gint64           more = read_kib ("VmHWM:") - before;

  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, text, NULL, NULL));
  g_test_message ("%" G_GINT64_FORMAT " KiB more", more);
#ifdef __SANITIZE_ADDRESS__
  can_tell = FALSE;
#endif

  return can_tell ? more : 0;
}

/* A month of twenty queues, of which a piece at a time is in memory. */
static void
test_a_long_export_takes_little_memory (ShiftFixture *fixture,
                                        gconstpointer data)
{
  g_autofree char *text = NULL;

  shift_fixture_begin (fixture, MIDNIGHT + HOUR, 18);
  for (guint i = 30; i > 0; i--)
    td_intervals_unref (shift_fixture_remember (fixture, MIDNIGHT - i * DAY, MIDNIGHT - (i - 1) * DAY));

  g_assert_cmpint (export_and_measure (fixture, MIDNIGHT - 30 * DAY, MIDNIGHT, &text), <, 32 * 1024);
  g_assert_cmpuint (count_lines (text), ==, 1 + td_roster_get_size (td_centre_get_queues (fixture->centre)) * 30 * 1440);
  g_assert_nonnull (strstr (text, "\n2026-10-21T00:00:00+07:00,"));
  g_assert_nonnull (strstr (text, "\n2026-11-19T23:59:00+07:00,"));
}

/* Of as many queues as there may be the pieces are the same for a year as for a day. */
static void
test_an_export_of_many_queues_takes_little_memory (ShiftFixture *fixture,
                                                   gconstpointer data)
{
  g_autofree char *text = NULL;

  shift_fixture_begin (fixture, MIDNIGHT + HOUR, 488);
  for (guint i = 4; i > 0; i--)
    td_intervals_unref (shift_fixture_remember (fixture, MIDNIGHT - i * 6 * HOUR, MIDNIGHT - (i - 1) * 6 * HOUR));

  g_assert_cmpint (export_and_measure (fixture, MIDNIGHT - DAY, MIDNIGHT, &text), <, 64 * 1024);
  g_assert_cmpuint (count_lines (text), ==, 1 + td_roster_get_size (td_centre_get_queues (fixture->centre)) * 1440);
}

static void
test_an_export_can_be_stopped (ShiftFixture *fixture,
                               gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;

  shift_fixture_begin (fixture, MIDNIGHT + HOUR, 0);
  td_intervals_unref (shift_fixture_remember (fixture, MIDNIGHT - DAY, MIDNIGHT));
  g_cancellable_cancel (cancellable);
  g_assert_null (export_range (fixture, TD_HISTORY_EXPORT_MINUTES, MIDNIGHT - DAY, MIDNIGHT, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  path = get_export_path (fixture);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

/* One that reaches over the border of two pieces is written once. */
static void
test_spans_are_written_once (ShiftFixture *fixture,
                             gconstpointer data)
{
  g_autoptr (TdHistoryRecords) records = td_history_records_new ();
  TdHistorySpan spans[] = {
    { "a", MIDNIGHT - HOUR, MIDNIGHT + 3 * HOUR, TD_AGENT_STATE_AVAILABLE, FALSE, TRUE, NULL, NULL },
    { "a", MIDNIGHT + 3 * HOUR, MIDNIGHT + 3 * HOUR + 1500000, TD_AGENT_STATE_PAUSED, FALSE, FALSE, "=ăn trưa", NULL },
    { "b", MIDNIGHT + 5 * HOUR, MIDNIGHT + 6 * HOUR, TD_AGENT_STATE_ON_CALL, TRUE, FALSE, NULL, "q" },
  };
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  g_autofree char *text = NULL;

  shift_fixture_begin (fixture, MIDNIGHT + 10 * HOUR, 0);
  for (guint i = 0; i < G_N_ELEMENTS (spans); i++)
    td_history_records_add_span (records, &spans[i]);
  td_history_add_records (fixture->history, records);
  history_flush_well (fixture->history);
  path = export_range (fixture, TD_HISTORY_EXPORT_SPANS, MIDNIGHT, MIDNIGHT + 10 * HOUR, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_cmpuint (count_lines (text), ==, 4);
  g_assert_nonnull (strstr (text, "\na,2026-11-19T23:00:00+07:00,2026-11-20T03:00:00+07:00,available,0,1,,\r\n"));
  g_assert_nonnull (strstr (text, ",paused,0,0,\"'=ăn trưa\",\r\n"));
  g_assert_nonnull (strstr (text, "\nb,2026-11-20T05:00:00+07:00,2026-11-20T06:00:00+07:00,on-call,1,0,,q\r\n"));
}

/* One that goes on over the border of two pieces is written once, in the one in which it was told. */
static void
test_alerts_are_written_once (ShiftFixture *fixture,
                              gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  g_autofree char *text = NULL;

  shift_fixture_begin (fixture, MIDNIGHT + 10 * HOUR, 0);
  shift_fixture_add_alert (fixture, 1, "Short", MIDNIGHT - 20 * DAY, MIDNIGHT - 20 * DAY + MINUTE, NULL);
  shift_fixture_add_alert (fixture, 2, "Long, “quoted”", MIDNIGHT - 18 * DAY, MIDNIGHT - DAY, "=Ngân");
  path = export_range (fixture, TD_HISTORY_EXPORT_ALERTS, MIDNIGHT - 21 * DAY, MIDNIGHT, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_true (g_str_has_prefix (text, TD_CSV_BYTE_ORDER_MARK "incident,level,"));
  g_assert_cmpuint (count_lines (text), ==, 3);
  g_assert_nonnull (strstr (text, "\n1,warning,waiting,centre,,Short,2026-10-31T00:00:00+07:00,2026-10-31T00:00:00+07:00,"
                                  "2026-10-31T00:01:00+07:00,40,20,,,40 waiting\r\n"));
  g_assert_nonnull (strstr (text, ",\"Long, “quoted”\",2026-11-02T00:00:00+07:00,"));
  g_assert_nonnull (strstr (text, ",\"'=Ngân\",2026-11-02T00:01:00+07:00,40 waiting\r\n"));
}

typedef struct
{
  GCancellable *cancellable;
  double        fraction;
} Stop;

static void
stop_cb (double   fraction,
         gpointer user_data)
{
  Stop *stop = user_data;

  stop->fraction = fraction;
  g_cancellable_cancel (stop->cancellable);
}

/* Writes two days, stopped on the way; @before is what was in the file. Returns what is in it then. */
static char *
stop_on_the_way (ShiftFixture *fixture,
                 const char   *before)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = get_export_path (fixture);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  Stop  stop = { cancellable, 0 };
  char *text = NULL;

  td_intervals_unref (shift_fixture_remember (fixture, MIDNIGHT - 2 * DAY, MIDNIGHT));
  if (before != NULL)
    g_assert_true (g_file_set_contents (path, before, -1, NULL));
  td_history_export_range_async (fixture->history, TD_HISTORY_EXPORT_MINUTES, file, zone, MIDNIGHT - 2 * DAY, MIDNIGHT, stop_cb,
                                 &stop, cancellable, shift_fixture_finished_cb, &result);
  g_assert_false (td_history_export_finish (fixture->history, shift_fixture_wait_for (&result), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpfloat (stop.fraction, >, 0);
  g_assert_cmpfloat (stop.fraction, <, 1);
  g_file_get_contents (path, &text, NULL, NULL);

  return text;
}

static void
test_an_export_stopped_on_the_way_leaves_the_file (ShiftFixture *fixture,
                                                   gconstpointer data)
{
  g_autofree char *text = NULL;

  shift_fixture_begin (fixture, MIDNIGHT + HOUR, 0);
  text = stop_on_the_way (fixture, "before");
  g_assert_cmpstr (text, ==, "before");
}

static void
test_an_export_stopped_on_the_way_leaves_no_file (ShiftFixture *fixture,
                                                  gconstpointer data)
{
  shift_fixture_begin (fixture, MIDNIGHT + HOUR, 0);
  g_assert_null (stop_on_the_way (fixture, NULL));
}

/* Files of this program may grow to so many bytes. */
static void
set_largest_file (rlim_t size)
{
  struct rlimit limit;

  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  limit.rlim_cur = MIN (size, limit.rlim_max);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
}

/* Writing fails on the way, as on a full disk: it is said, and what was there stays. */
static void
test_a_full_disk_leaves_the_file (ShiftFixture *fixture,
                                  gconstpointer data)
{
  static const char *const before[] = { "before", NULL };

  shift_fixture_begin (fixture, MIDNIGHT + HOUR, 0);
  td_intervals_unref (shift_fixture_remember (fixture, MIDNIGHT - DAY, MIDNIGHT));
  signal (SIGXFSZ, SIG_IGN);
  for (guint i = 0; i < G_N_ELEMENTS (before); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *path = get_export_path (fixture);
      g_autofree char *text = NULL;

      g_remove (path);
      if (before[i] != NULL)
        g_assert_true (g_file_set_contents (path, before[i], -1, NULL));
      set_largest_file (16 * 1024);
      g_assert_null (export_range (fixture, TD_HISTORY_EXPORT_MINUTES, MIDNIGHT - DAY, MIDNIGHT, NULL, &error));
      set_largest_file (RLIM_INFINITY);
      g_assert_cmpint ((int)error->domain, ==, (int)G_IO_ERROR);
      g_assert_cmpstr (error->message, !=, "");
      g_file_get_contents (path, &text, NULL, NULL);
      g_assert_cmpstr (text, ==, before[i]);
    }
}

/* Where no file can be, that is said, with its name. */
static void
test_what_cannot_be_written_is_said (ShiftFixture *fixture,
                                     gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;

  shift_fixture_begin (fixture, MIDNIGHT + HOUR, 0);
  td_intervals_unref (shift_fixture_remember (fixture, MIDNIGHT - DAY, MIDNIGHT));
  path = get_export_path (fixture);
  g_assert_cmpint (g_mkdir (path, 0700), ==, 0);
  g_assert_null (export_range (fixture, TD_HISTORY_EXPORT_MINUTES, MIDNIGHT - DAY, MIDNIGHT, NULL, &error));
  g_assert_cmpint ((int)error->domain, ==, (int)G_IO_ERROR);
  g_assert_true (g_file_test (path, G_FILE_TEST_IS_DIR));
  g_rmdir (path);
}

#define add(path, test) g_test_add ("/history-export/" path, ShiftFixture, NULL, NULL, test, shift_fixture_tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/csv/cells-are-safe-in-a-spreadsheet", test_cells_are_safe_in_a_spreadsheet);
  add ("a-long-export-takes-little-memory", test_a_long_export_takes_little_memory);
  add ("an-export-of-many-queues-takes-little-memory", test_an_export_of_many_queues_takes_little_memory);
  add ("an-export-can-be-stopped", test_an_export_can_be_stopped);
  add ("spans-are-written-once", test_spans_are_written_once);
  add ("alerts-are-written-once", test_alerts_are_written_once);
  add ("an-export-stopped-on-the-way-leaves-the-file", test_an_export_stopped_on_the_way_leaves_the_file);
  add ("an-export-stopped-on-the-way-leaves-no-file", test_an_export_stopped_on_the_way_leaves_no_file);
  add ("a-full-disk-leaves-the-file", test_a_full_disk_leaves_the_file);
  add ("what-cannot-be-written-is-said", test_what_cannot_be_written_is_said);

  return g_test_run ();
}
