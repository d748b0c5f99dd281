/* test-history-csv.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "history-fixture.h"
#include "td-csv.h"
#include "td-history-csv.h"
#include "td-history-export.h"

typedef struct
{
  char      *path;
  char      *csv;
  TdHistory *history;
  GTimeZone *zone;
} Fixture;

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  g_autofree char *folder = NULL;

  fixture->path = history_make_path ();
  folder = g_path_get_dirname (fixture->path);
  fixture->csv = g_build_filename (folder, "past.csv", NULL);
  fixture->history = td_history_new (fixture->path);
  history_flush_well (fixture->history);
  fixture->zone = g_time_zone_new_offset (7 * 3600);
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  td_history_close (fixture->history);
  g_clear_object (&fixture->history);
  g_time_zone_unref (fixture->zone);
  history_remove_all (fixture->path);
  g_free (fixture->csv);
  g_free (fixture->path);
}

static void
finished_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  *(GAsyncResult **)user_data = g_object_ref (result);
}

/* Returns what went wrong, or NULL. */
static char *
import_text (Fixture    *fixture,
             const char *text,
             const char *queue)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  TdHistoryCsv *csv;

  g_assert_true (g_file_set_contents (fixture->csv, text, -1, NULL));
  csv = td_history_csv_open (fixture->csv, fixture->zone, queue, &error);
  if (csv != NULL)
    {
      td_history_import_async (fixture->history, td_history_csv_read, csv, (GDestroyNotify)td_history_csv_free,
                               finished_cb, &result);
      while (result == NULL)
        g_main_context_iteration (NULL, TRUE);
      td_history_import_finish (fixture->history, result, &error);
    }
  if (error != NULL)
    g_assert_error (error, TD_HISTORY_ERROR, TD_HISTORY_ERROR_INVALID);

  return error != NULL ? g_strdup (error->message) : NULL;
}

static void
test_all_columns (Fixture      *fixture,
                  gconstpointer data)
{
  g_autofree char *error = import_text (
    fixture,
    "timestamp,queue,observed_s,offered,answered,answered_in_time,abandoned,abandoned_in_time,short_abandoned,"
    "flowed_out,wait_s,talk_s,hold_s,wrap_up_s,max_waiting,max_wait_s,serving\r\n"
    "2026-11-20T08:00:00+07:00,1900,60,7,6,5,1,1,1,0,31.25,700,0,60.5,3,12,9\r\n"
    "2026-11-20T08:01:00+07:00,1900,30,2,,,,,,,,,,,,,\r\n"
    "2026-11-20T08:01:00+07:00,\"điện, nước\",0,,,,,,,,,,,,,,\r\n"
    "2026-11-20T08:00:00+07:00,\"điện, nước\",60,4,,,,,,,,,,,,,\r\n",
    NULL);
  g_autoptr (TdIntervals) read = history_read_range (fixture->history, NULL, DAY0 + 60 * MINUTE, DAY0 + 62 * MINUTE);
  const TdInterval *rows = history_find_rows (read, "1900");

  g_assert_cmpstr (error, ==, NULL);
  g_assert_cmpint (rows[0].observed_s, ==, 60);
  g_assert_cmpint (rows[0].counts.offered, ==, 7);
  g_assert_cmpint (rows[0].counts.wait_ms, ==, 31250);
  g_assert_cmpint (rows[0].counts.wrap_up_ms, ==, 60500);
  g_assert_cmpint (rows[0].counts.max_wait_ms, ==, 12000);
  g_assert_cmpint (rows[0].max_waiting, ==, 3);
  g_assert_cmpint (rows[0].serving, ==, 9);
  g_assert_cmpint (rows[1].observed_s, ==, 30);
  g_assert_cmpint (rows[1].counts.answered, ==, TD_UNKNOWN);
  rows = history_find_rows (read, "điện, nước");
  g_assert_cmpint (rows[0].counts.offered, ==, 4);
  g_assert_cmpint (rows[1].observed_s, ==, 0);
}

/* Half hours of a year in the centre's own time, with a hole, not in order. */
static void
test_one_queue_by_half_hours (Fixture      *fixture,
                              gconstpointer data)
{
  g_autoptr (GString) text = g_string_new ("timestamp;calls\n");
  g_autoptr (GDateTime) begin = g_date_time_new (fixture->zone, 2025, 1, 1, 0, 0, 0);
  g_autoptr (TdIntervals) read = NULL;
  g_autofree char  *error = NULL;
  gint64            from = g_date_time_to_unix (begin) * G_USEC_PER_SEC;
  gint64            sum = 0, wanted = 0;
  const TdInterval *rows;

  for (int i = 365 * 48 - 1; i >= 0; i--)
    {
      g_autoptr (GDateTime) time = g_date_time_add_minutes (begin, 30 * i);
      g_autofree char *stamp = g_date_time_format (time, i % 2 == 0 ? "%Y-%m-%d %H:%M" : "%Y-%m-%dT%H:%M:%S");

      if (i >= 48 * 100 && i < 48 * 103)
        continue;
      g_string_append_printf (text, "%s;%d\n", stamp, i % 101);
      wanted += i % 101;
    }
  error = import_text (fixture, text->str, "hotline");
  g_assert_cmpstr (error, ==, NULL);

  read = history_read_range (fixture->history, NULL, from, from + 365 * DAY);
  g_assert_cmpuint (td_intervals_get_n_queues (read), ==, 1);
  rows = history_find_rows (read, "hotline");
  for (guint i = 0; i < 365 * 1440; i++)
    {
      g_assert_cmpint (rows[i].observed_s, ==, i >= 100 * 1440 && i < 103 * 1440 ? 0 : 60);
      sum += MAX (rows[i].counts.offered, 0);
    }
  g_assert_cmpint (sum, ==, wanted);
}

static const struct
{
  const char *text;
  const char *queue;
  const char *said;
} broken[] = {
  { "", "q", "the file is empty" },
  { "timestamp,calls\n", "q", "there are no rows" },
  { "timestamp,calls\n2026-11-20T08:00,1\n", NULL, "column “queue”" },
  { "calls\n1\n", "q", "column “timestamp”" },
  { "timestamp,queue\n1,2\n", "q", "column “offered”" },
  { "timestamp,calls,weather\n", "q", "line 1, column “weather”" },
  { "timestamp,calls,offered\n", "q", "line 1, column “offered”: it is there twice" },
  { "timestamp,calls\n2026-11-20T08:00,1\n2026-11-20T08:15,-1\n", "q", "line 3, column “offered”: “-1”" },
  { "timestamp,calls\n2026-11-20T08:00,1\n2026-11-20T08:15,1e99\n", "q", "line 3, column “offered”: “1e99”" },
  { "timestamp,calls\n2026-11-20T08:00,1\n2026-11-20T08:15,nan\n", "q", "line 3, column “offered”: “nan”" },
  { "timestamp,calls\n2026-11-20T08:00,1\n2026-11-20T08:15,1.5\n", "q", "line 3, column “offered”: “1.5”" },
  { "timestamp,calls\n2026-11-20T08:00,1\n2026-11-20T08:15\n", "q", "line 3: 1 fields, and the header has 2" },
  { "timestamp,calls\n2026-11-20T08:00,1\nyesterday,3\n", "q", "line 3, column “timestamp”: “yesterday”" },
  { "timestamp,calls\n2026-02-30T08:00,1\n", "q", "line 2, column “timestamp”" },
  { "timestamp,calls\n2026-11-20T08:00:30,1\n", "q", "is no whole minute" },
  { "timestamp,calls\n2026-11-20T08:00,1\n2026-11-20T08:07,1\n", "q", "no one length that divides a day" },
  { "timestamp,calls,observed_s\n2026-11-20T08:00,1,60\n2026-11-20T08:05,1,301\n", "q", "column “observed_s”" },
  { "timestamp,queue,calls\n2026-11-20T08:00,,1\n", NULL, "column “queue”" },
  { "timestamp,calls\n\"2026-11-20T08:00,1\n", "q", "quotation marks are not closed" },
};

static void
test_a_broken_file_changes_nothing (Fixture      *fixture,
                                    gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (broken); i++)
    {
      g_autofree char *error = import_text (fixture, broken[i].text, broken[i].queue);
      g_autoptr (TdIntervals) read = NULL;

      g_assert_nonnull (error);
      g_assert_nonnull (strstr (error, "past.csv"));
      if (strstr (error, broken[i].said) == NULL)
        g_test_fail_printf ("“%s” does not say “%s”", error, broken[i].said);

      read = history_read_range (fixture->history, NULL, DAY0, DAY0 + DAY);
      g_assert_cmpuint (td_intervals_get_n_queues (read), ==, 0);
    }
}

static TdIntervals *
fail_at_the_end (gpointer data,
                 GError **error)
{
  TdIntervals *intervals;
  TdInterval  *rows;

  if ((*(guint *)data)++ == 2)
    {
      g_set_error (error, TD_HISTORY_ERROR, TD_HISTORY_ERROR_INVALID, "no more");
      return NULL;
    }
  intervals = td_intervals_new (DAY0, MINUTE, 10);
  rows = td_intervals_add_queue (intervals, "a");
  rows[3] = (TdInterval){ .observed_s = 60, .counts = TD_COUNTS_UNKNOWN };

  return intervals;
}

static void
test_all_or_nothing (Fixture      *fixture,
                     gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (TdIntervals) read = NULL;
  guint n = 0;

  td_history_import_async (fixture->history, fail_at_the_end, &n, NULL, finished_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (td_history_import_finish (fixture->history, result, &error));
  g_assert_error (error, TD_HISTORY_ERROR, TD_HISTORY_ERROR_INVALID);
  g_assert_cmpuint (n, ==, 3);

  read = history_read_range (fixture->history, NULL, DAY0, DAY0 + DAY);
  g_assert_cmpuint (td_intervals_get_n_queues (read), ==, 0);
  history_flush_well (fixture->history);
}

static void
test_what_goes_out_comes_in (Fixture      *fixture,
                             gconstpointer data)
{
  g_autoptr (GFile) file = g_file_new_for_path (fixture->csv);
  g_autofree char *other_path = history_make_path ();
  g_autoptr (TdIntervals) known = td_intervals_new (DAY0 - DAY, MINUTE, 3000);
  g_autoptr (TdIntervals) before = NULL;
  g_autoptr (TdIntervals) after = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  g_autofree char *path = g_steal_pointer (&fixture->path);
  g_autofree char *failure = NULL;
  TdInterval      *rows = td_intervals_add_queue (known, "a;\"b\"");

  for (gint64 i = 0; i < 3000; i++)
    {
      rows[i] = (TdInterval){ .observed_s = i % 61, .counts = TD_COUNTS_UNKNOWN, .max_waiting = i % 5 - 1, .serving = i };
      rows[i].counts.offered = i * i % 1000;
      rows[i].counts.talk_ms = i * 1037;
    }
  td_history_add_intervals (fixture->history, known);
  history_flush_well (fixture->history);
  before = history_read_range (fixture->history, NULL, DAY0 - DAY, DAY0 + 2 * DAY);

  td_history_export_async (fixture->history, file, fixture->zone, NULL, finished_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (td_history_export_finish (fixture->history, result, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (fixture->csv, &text, NULL, NULL));
  g_assert_true (g_str_has_prefix (text, TD_CSV_BYTE_ORDER_MARK));
  g_assert_true (g_str_has_prefix (text + strlen (TD_CSV_BYTE_ORDER_MARK), td_history_csv_header));
  g_assert_nonnull (strstr (text, "\n2026-11-19T07:01:00+07:00,\"a;\"\"b\"\"\",1,1,,,,,,,,1.037,,,0,,1\r\n"));

  td_history_close (fixture->history);
  g_clear_object (&fixture->history);
  fixture->history = td_history_new (other_path);
  failure = import_text (fixture, text, NULL);
  g_assert_cmpstr (failure, ==, NULL);
  after = history_read_range (fixture->history, NULL, DAY0 - DAY, DAY0 + 2 * DAY);
  for (guint i = 0; i < 3 * 1440; i++)
    {
      TdInterval x = history_find_rows (before, "a;\"b\"")[i];
      TdInterval y = history_find_rows (after, "a;\"b\"")[i];

      if (x.observed_s > 0)
        g_assert_cmpmem (&x, sizeof x, &y, sizeof y);
      else
        g_assert_cmpint (y.observed_s, ==, 0);
    }

  history_remove_all (path);
  fixture->path = g_steal_pointer (&other_path);
}

#define add(path, test) g_test_add ("/history-csv/" path, Fixture, NULL, set_up, test, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  add ("all-columns", test_all_columns);
  add ("one-queue-by-half-hours", test_one_queue_by_half_hours);
  add ("a-broken-file-changes-nothing", test_a_broken_file_changes_nothing);
  add ("all-or-nothing", test_all_or_nothing);
  add ("what-goes-out-comes-in", test_what_goes_out_comes_in);

  return g_test_run ();
}
