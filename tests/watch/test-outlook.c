/* test-outlook.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#include "td-local-day.h"
#include "td-outlook.h"
#include "td-test-past.h"

#define MINUTE TD_TEST_MINUTE_US
#define DAY G_TIME_SPAN_DAY
#define N_DAYS 42
#define N_QUEUES 3
#define ZONE "Asia/Ho_Chi_Minh"
/* Tuesday 2026-10-20, 00:00 in Viet Nam. */
#define TODAY (G_GINT64_CONSTANT (1792429200) * G_USEC_PER_SEC)
#define TODAY_WEEKDAY 1

static const struct
{
  const char *id;
  const char *hotline;
  const char *reason;
  const char *area;
  double      calls_a_day;
} queues[N_QUEUES] = {
  { "q1", "19009000", "outage", "Tây Ninh", 5000 },
  { "q2", "19009000", "bill", "Long An", 3000 },
  { "q3", "19001006", "bill", "Tây Ninh", 1000 },
};

typedef struct
{
  char      *folder;
  TdHistory *history; /* (nullable) */
  TdCentre  *centre;
  TdDay     *day;
  TdOutlook *outlook;
  gint64     revision;
  gint64     start;
  guint      n_changes;
} Fixture;

/* A history of N_DAYS, made once, and copied for each test. */
static char *past_folder;

static void
remove_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *file = g_build_filename (folder, name, NULL);

      g_remove (file);
    }
  g_rmdir (folder);
}

static void
finished_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  GAsyncResult **place = user_data;

  *place = g_object_ref (result);
}

static void
flush (TdHistory *history)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  td_history_flush_async (history, NULL, finished_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  td_history_flush_finish (history, result, &error);
  g_assert_no_error (error);
}

static void
add_day (TdHistory  *history,
         TdTestPast *past,
         guint       queue,
         gint64      start,
         guint       weekday,
         double      factor)
{
  g_autofree TdHistoryMinute *minutes = g_new0 (TdHistoryMinute, 1440);

  td_test_past_begin_day (past);
  for (guint i = 0; i < 1440; i++)
    {
      TdCounts counts = TD_COUNTS_UNKNOWN;

      counts.offered = td_test_past_next (past, weekday, i, queues[queue].calls_a_day * factor);
      minutes[i] = (TdHistoryMinute){
        .queue = queues[queue].id,
        .start = start + i * MINUTE,
        .interval = { .observed_s = 60, .counts = counts, .max_waiting = TD_UNKNOWN, .serving = TD_UNKNOWN },
      };
    }
  td_history_add_minutes (history, minutes, 1440);
}

static void
make_past (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  g_autoptr (TdHistory) history = NULL;
  TdTestPast past;

  past_folder = g_dir_make_tmp ("tongdai-past-XXXXXX", &error);
  g_assert_no_error (error);
  path = g_build_filename (past_folder, "history.db", NULL);
  history = td_history_new (path);
  td_test_past_init (&past, 1);
  for (guint d = 0; d < N_DAYS; d++)
    {
      for (guint q = 0; q < N_QUEUES; q++)
        add_day (history, &past, q, TODAY - (N_DAYS - d) * DAY, (TODAY_WEEKDAY + 7 * N_DAYS - (N_DAYS - d)) % 7, 1);
    }
  flush (history);
  td_history_close (history);
  td_test_past_clear (&past);
}

static char *
copy_past (const char *folder)
{
  g_autofree char *from = g_build_filename (past_folder, "history.db", NULL);
  char            *to = g_build_filename (folder, "history.db", NULL);
  g_autoptr (GFile) source = g_file_new_for_path (from);
  g_autoptr (GFile) target = g_file_new_for_path (to);
  g_autoptr (GError) error = NULL;

  g_file_copy (source, target, G_FILE_COPY_OVERWRITE, NULL, NULL, NULL, &error);
  g_assert_no_error (error);

  return to;
}

static void
show (Fixture *fixture,
      gint64   at)
{
  TdSnapshotBuilder *builder = td_snapshot_builder_new ();
  g_autoptr (TdSnapshot) snapshot = NULL;
  g_autoptr (GError) error = NULL;
  TdCentreInfo centre;

  td_centre_info_init (&centre);
  centre.timezone = ZONE;
  centre.day_start = fixture->start;
  td_snapshot_builder_set_revision (builder, ++fixture->revision, "i");
  td_snapshot_builder_set_at (builder, at);
  td_snapshot_builder_set_centre (builder, &centre);
  for (guint i = 0; i < N_QUEUES; i++)
    {
      TdQueueInfo queue;

      td_queue_info_init (&queue);
      queue.id = queues[i].id;
      queue.hotline = queues[i].hotline;
      queue.reason = queues[i].reason;
      queue.area = queues[i].area;
      td_snapshot_builder_add_queue (builder, &queue);
    }
  snapshot = td_snapshot_builder_end (builder);
  td_centre_apply (fixture->centre, snapshot, &error);
  g_assert_no_error (error);
}

static void
changed_cb (Fixture *fixture)
{
  fixture->n_changes++;
}

static void
set_up (Fixture      *fixture,
        gconstpointer with_history)
{
  g_autoptr (GError) error = NULL;

  *fixture = (Fixture){ .start = TODAY };
  fixture->folder = g_dir_make_tmp ("tongdai-outlook-XXXXXX", &error);
  g_assert_no_error (error);
  if (GPOINTER_TO_INT (with_history))
    {
      g_autofree char *path = copy_past (fixture->folder);

      fixture->history = td_history_new (path);
      flush (fixture->history);
    }
  fixture->centre = td_centre_new ();
  fixture->day = td_day_new (fixture->centre);
  fixture->outlook = td_outlook_new (fixture->centre, fixture->day, fixture->history);
  g_signal_connect_swapped (fixture->outlook, "changed", G_CALLBACK (changed_cb), fixture);
}

static void
tear_down (Fixture      *fixture,
           gconstpointer with_history)
{
  g_clear_object (&fixture->outlook);
  g_clear_object (&fixture->day);
  g_clear_object (&fixture->centre);
  if (fixture->history != NULL)
    td_history_close (fixture->history);
  g_clear_object (&fixture->history);
  remove_folder (fixture->folder);
  g_free (fixture->folder);
}

static void
await_learnt (Fixture *fixture)
{
  while (td_outlook_get_state (fixture->outlook) == TD_OUTLOOK_LEARNING)
    g_main_context_iteration (NULL, TRUE);
}

static void
await_change (Fixture *fixture)
{
  fixture->n_changes = 0;
  while (fixture->n_changes == 0)
    g_main_context_iteration (NULL, TRUE);
}

/* Today's minutes from..to of each queue: what is normal by @factor. */
static void
play (Fixture *fixture,
      guint    from,
      guint    to,
      double   factor,
      int      only)
{
  TdIntervals *intervals = td_intervals_new (fixture->start + from * MINUTE, MINUTE, to - from);

  for (guint q = 0; q < N_QUEUES; q++)
    {
      TdInterval *rows = td_intervals_add_queue (intervals, queues[q].id);
      double      carry = 0.5;

      for (guint i = from; i < to; i++)
        {
          double rate = queues[q].calls_a_day * td_test_past_rate (TODAY_WEEKDAY, i) * (only < 0 || (guint)only == q ? factor : 1);

          carry += rate;
          rows[i - from] = (TdInterval){ .observed_s = 60, .counts = TD_COUNTS_UNKNOWN };
          rows[i - from].counts.offered = (gint64)floor (carry);
          carry -= floor (carry);
        }
    }
  td_day_back_fill (fixture->day, intervals);
  td_intervals_unref (intervals);
}

/* The day from its beginning up to @minute, at once. */
static void
reach (Fixture *fixture,
       guint    minute)
{
  show (fixture, fixture->start + minute * MINUTE);
}

static void
get (Fixture          *fixture,
     TdStreamKind      kind,
     const char       *id,
     TdOutlookFigures *figures)
{
  td_outlook_get_figures (fixture->outlook, kind, id, figures);
}

static void
assert_near (double value,
             double expected,
             double tolerance)
{
  g_assert_cmpfloat_with_epsilon (value, expected, fabs (expected) * tolerance);
}

static void
learns_streams (Fixture      *fixture,
                gconstpointer data)
{
  TdOutlookFigures figures;

  reach (fixture, 600);
  g_assert_cmpint (td_outlook_get_state (fixture->outlook), ==, TD_OUTLOOK_LEARNING);
  await_learnt (fixture);
  g_assert_cmpint (td_outlook_get_state (fixture->outlook), ==, TD_OUTLOOK_READY);

  g_assert_cmpuint (td_outlook_get_n_streams (fixture->outlook, TD_STREAM_ALL), ==, 1);
  g_assert_cmpuint (td_outlook_get_n_streams (fixture->outlook, TD_STREAM_HOTLINE), ==, 2);
  g_assert_cmpuint (td_outlook_get_n_streams (fixture->outlook, TD_STREAM_REASON), ==, 2);
  g_assert_cmpuint (td_outlook_get_n_streams (fixture->outlook, TD_STREAM_QUEUE), ==, 3);
  g_assert_cmpstr (td_outlook_get_stream (fixture->outlook, TD_STREAM_HOTLINE, 1), ==, "19001006");
  g_assert_cmpstr (td_outlook_get_queues (fixture->outlook, TD_STREAM_REASON, "bill")[1], ==, "q3");

  get (fixture, TD_STREAM_ALL, "", &figures);
  g_assert_cmpuint (figures.days_learnt, ==, N_DAYS);
  assert_near (figures.normal_day.mean, 9000 * 1.1, 0.1);
  get (fixture, TD_STREAM_REASON, "bill", &figures);
  assert_near (figures.normal_day.mean, 4000 * 1.1, 0.1);
  get (fixture, TD_STREAM_QUEUE, "q3", &figures);
  assert_near (figures.normal_day.mean, 1000 * 1.1, 0.1);
}

static void
tells_today_against_normal (Fixture      *fixture,
                            gconstpointer data)
{
  TdOutlookFigures figures;
  TdOutlookRange   ranges[1440];
  double           rates[1440];

  reach (fixture, 600);
  play (fixture, 0, 600, 1, -1);
  await_learnt (fixture);
  await_change (fixture);

  get (fixture, TD_STREAM_ALL, "", &figures);
  g_assert_true (figures.known);
  assert_near ((double)figures.offered_15min, figures.normal_15min.mean, 0.08);
  g_assert_false (figures.is_out);
  assert_near (figures.offered_today, figures.normal_by_now.mean, 0.1);
  assert_near (figures.forecast_day.mean, 9900, 0.05);
  g_assert_cmpfloat (figures.normal_day.low95, <, figures.normal_day.low80);
  g_assert_cmpfloat (figures.normal_day.low80, <, figures.normal_day.mean);
  g_assert_cmpfloat (figures.forecast_day.high95 - figures.forecast_day.low95, <,
                     figures.normal_day.high95 - figures.normal_day.low95);
  g_assert_cmpint (figures.alarm, ==, TD_OUTLOOK_ALARM_NONE);

  td_outlook_get_normal (fixture->outlook, TD_STREAM_ALL, "", 15, ranges, 1440);
  td_outlook_get_rates (fixture->outlook, TD_STREAM_ALL, "", 15, rates, 1440);
  g_assert_true (isnan (ranges[13].mean));
  g_assert_cmpfloat (ranges[599].mean, ==, figures.normal_15min.mean);
  g_assert_cmpfloat (rates[599], ==, figures.offered_15min);
  g_assert_true (isnan (rates[600]));

  td_outlook_get_forecast (fixture->outlook, TD_STREAM_ALL, "", 15, ranges, 1440);
  g_assert_true (isnan (ranges[599].mean));
  assert_near (ranges[600].mean, rates[599], 0.05);
  assert_near (ranges[1439].mean, 15 * 9000 * td_test_past_rate (TODAY_WEEKDAY, 1439), 0.15);
}

static void
knows_nothing_without_history (Fixture      *fixture,
                               gconstpointer data)
{
  TdOutlookFigures figures;
  TdOutlookRange   ranges[2];
  double           rates[100];

  reach (fixture, 100);
  play (fixture, 0, 100, 1, -1);
  await_change (fixture);

  g_assert_cmpint (td_outlook_get_state (fixture->outlook), ==, TD_OUTLOOK_NO_HISTORY);
  g_assert_cmpuint (td_outlook_get_n_streams (fixture->outlook, TD_STREAM_QUEUE), ==, 3);
  get (fixture, TD_STREAM_ALL, "", &figures);
  g_assert_false (figures.known);
  g_assert_cmpint (figures.offered_15min, >, 0);
  g_assert_cmpfloat (figures.offered_today, >, 0);
  g_assert_true (isnan (figures.normal_day.mean));
  td_outlook_get_normal (fixture->outlook, TD_STREAM_ALL, "", 1, ranges, 2);
  g_assert_true (isnan (ranges[1].high95));
  td_outlook_get_rates (fixture->outlook, TD_STREAM_HOTLINE, "19009000", 15, rates, 100);
  g_assert_cmpfloat (rates[99], >, 0);
  g_assert_null (td_outlook_describe_alarm (fixture->outlook, TD_STREAM_ALL, ""));
}

int
main (int   argc,
      char *argv[])
{
  int result;

  g_test_init (&argc, &argv, NULL);
  make_past ();

#define ADD(name, history, function) \
  g_test_add ("/outlook/" name, Fixture, GINT_TO_POINTER (history), set_up, function, tear_down)
  ADD ("learns-streams", TRUE, learns_streams);
  ADD ("tells-today-against-normal", TRUE, tells_today_against_normal);
  ADD ("knows-nothing-without-history", FALSE, knows_nothing_without_history);

  result = g_test_run ();
  remove_folder (past_folder);
  g_free (past_folder);

  return result;
}
