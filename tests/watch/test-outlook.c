/* test-outlook.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#include "td-day-shelf.h"
#include "td-local-day.h"
#include "td-outlook-private.h"
#include "td-own-days.h"
#include "td-past-day.h"
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

  /* Who waits in the first queue at the next look. */
  const char *const *areas; /* (nullable) */
  guint              n_callers;
  guint              n_called;

  gint64 offered_15min[N_QUEUES]; /* what the source tells of each */
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
add_callers (Fixture           *fixture,
             TdSnapshotBuilder *builder,
             gint64             at)
{
  for (guint i = 0; i < fixture->n_callers; i++)
    {
      g_autofree char *id = g_strdup_printf ("c%u", ++fixture->n_called);
      g_autofree char *number = g_strdup_printf ("09***%u", fixture->n_called);
      TdCallerInfo     caller;

      td_caller_info_init (&caller);
      caller.id = id;
      caller.queue = queues[0].id;
      caller.number = number;
      caller.area = fixture->areas[i % g_strv_length ((char **)fixture->areas)];
      caller.since = at;
      td_snapshot_builder_add_caller (builder, &caller);
    }
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
      queue.offered_15min = fixture->offered_15min[i];
      td_snapshot_builder_add_queue (builder, &queue);
    }
  add_callers (fixture, builder, at);
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
  for (guint i = 0; i < N_QUEUES; i++)
    fixture->offered_15min[i] = TD_UNKNOWN;
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

/* Until all that was told has been taken in. */
static void
settle (Fixture *fixture)
{
  while (fixture->outlook->learning != NULL || fixture->outlook->lessons != NULL || fixture->outlook->pass_source != 0)
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

  /* A test need not wait as long as a person would not notice. */
  fixture->outlook->passed_at = 0;
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
  fixture->outlook->passed_at = 0;
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
  settle (fixture);
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
  settle (fixture);

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
  settle (fixture);

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

static void
tells_a_surge_and_counts_it (Fixture      *fixture,
                             gconstpointer data)
{
  TdOutlookFigures figures;
  g_autofree char *words = NULL;
  g_autofree char *lately = NULL;
  guint64          normal;

  reach (fixture, 640);
  play (fixture, 0, 600, 1, -1);
  play (fixture, 600, 640, 3, 0);
  settle (fixture);

  get (fixture, TD_STREAM_ALL, "", &figures);
  g_assert_cmpint (figures.alarm, ==, TD_OUTLOOK_ALARM_SURGE);
  g_assert_cmpint (figures.alarm_since, >=, TODAY + 595 * MINUTE);
  g_assert_cmpint (figures.alarm_since, <=, TODAY + 601 * MINUTE);
  g_assert_cmpint (figures.alarm_raised, >, TODAY + 600 * MINUTE);
  g_assert_cmpint (figures.alarm_raised, <=, TODAY + 604 * MINUTE);
  assert_near (figures.excess, 40 * 2 * 5000 * td_test_past_rate (TODAY_WEEKDAY, 620), 0.2);
  g_assert_true (figures.is_out);

  words = td_outlook_describe_alarm (fixture->outlook, TD_STREAM_ALL, "");
  g_test_message ("%s", words);
  g_assert_nonnull (strstr (words, ", mostly outage, Tây Ninh; "));
  g_assert_nonnull (strstr (words, " calls more than normal since "));

  /* What was lately is said too, where the begin is a while ago. */
  lately = g_strdup_printf ("; %d calls in the last 15 minutes, ", (int)figures.offered_15min);
  g_assert_nonnull (strstr (words, lately));
  normal = g_ascii_strtoull (strstr (words, lately) + strlen (lately), NULL, 10);
  assert_near ((double)normal, figures.normal_15min.mean, 0.15);

  get (fixture, TD_STREAM_QUEUE, "q1", &figures);
  g_assert_cmpint (figures.alarm, ==, TD_OUTLOOK_ALARM_SURGE);
  assert_near (figures.factor, 3, 0.15);
  get (fixture, TD_STREAM_QUEUE, "q2", &figures);
  g_assert_cmpint (figures.alarm, ==, TD_OUTLOOK_ALARM_NONE);

  reach (fixture, 720);
  play (fixture, 640, 720, 1, -1);
  settle (fixture);
  get (fixture, TD_STREAM_ALL, "", &figures);
  g_assert_cmpint (figures.alarm, ==, TD_OUTLOOK_ALARM_NONE);
  g_assert_null (td_outlook_describe_alarm (fixture->outlook, TD_STREAM_ALL, ""));
  assert_near (figures.normal_15min.mean, 15 * 9000 * td_test_past_rate (TODAY_WEEKDAY, 712), 0.1);
}

/* @count callers of these areas wait at @minute. */
static void
call (Fixture           *fixture,
      guint              minute,
      guint              count,
      const char *const *areas)
{
  fixture->n_callers = count;
  fixture->areas = areas;
  reach (fixture, minute);
  fixture->n_callers = 0;
}

static void
names_where_the_callers_are (Fixture      *fixture,
                             gconstpointer data)
{
  static const char *const everywhere[] = { "Bến Lức, Long An", "Tân Châu, Tây Ninh", "Thuận An, Bình Dương", NULL };
  static const char *const one[] = { "Tân Uyên, Bình Dương", "Dĩ An, Bình Dương", "Bến Lức, Long An", "Dĩ An, Bình Dương", NULL };
  g_autofree char         *spread = NULL;
  g_autofree char         *most = NULL;

  /* The queue's own area is not that of its callers. */
  call (fixture, 500, 60, everywhere);
  play (fixture, 0, 600, 1, -1);
  call (fixture, 620, 30, everywhere);
  reach (fixture, 640);
  play (fixture, 600, 640, 3, 0);
  settle (fixture);
  spread = td_outlook_describe_alarm (fixture->outlook, TD_STREAM_ALL, "");
  g_test_message ("%s", spread);
  g_assert_nonnull (strstr (spread, ", mostly outage; "));

  call (fixture, 640, 120, one);
  most = td_outlook_describe_alarm (fixture->outlook, TD_STREAM_ALL, "");
  g_test_message ("%s", most);
  g_assert_nonnull (strstr (most, ", mostly outage, Bình Dương; "));
}

static void
an_alarm_lives_on_past_midnight (Fixture      *fixture,
                                 gconstpointer data)
{
  TdOutlookFigures before, after, later;
  g_autofree char *words = NULL;

  reach (fixture, 1439);
  play (fixture, 0, 1380, 1, -1);
  play (fixture, 1380, 1439, 5, -1);
  settle (fixture);
  get (fixture, TD_STREAM_ALL, "", &before);
  g_assert_cmpint (before.alarm, ==, TD_OUTLOOK_ALARM_SURGE);

  fixture->start = TODAY + DAY;
  reach (fixture, 1);
  settle (fixture);
  get (fixture, TD_STREAM_ALL, "", &after);
  g_assert_cmpint (after.alarm, ==, TD_OUTLOOK_ALARM_SURGE);

  /* Also once yesterday was learnt. */
  reach (fixture, 5);
  play (fixture, 0, 5, 5, -1);
  settle (fixture);
  get (fixture, TD_STREAM_ALL, "", &after);
  g_assert_cmpint (after.alarm, ==, TD_OUTLOOK_ALARM_SURGE);
  g_assert_cmpint (after.alarm_since, ==, before.alarm_since);
  g_assert_cmpint (after.alarm_raised, ==, before.alarm_raised);
  g_assert_cmpfloat (after.excess, >, before.excess + 1);
  words = td_outlook_describe_alarm (fixture->outlook, TD_STREAM_ALL, "");
  g_test_message ("%s", words);
  g_assert_nonnull (strstr (words, "since 23:0"));

  reach (fixture, 60);
  play (fixture, 5, 60, 1, -1);
  settle (fixture);
  get (fixture, TD_STREAM_ALL, "", &later);
  g_assert_cmpint (later.alarm, ==, TD_OUTLOOK_ALARM_NONE);
}

static void
a_centre_that_closes_takes_no_alarm_along (Fixture      *fixture,
                                           gconstpointer data)
{
  TdOutlookFigures figures;

  td_outlook_set_hours (fixture->outlook, 7 * 60, 24 * 60);
  reach (fixture, 1439);
  play (fixture, 0, 1380, 1, -1);
  play (fixture, 1380, 1439, 5, -1);
  settle (fixture);
  get (fixture, TD_STREAM_ALL, "", &figures);
  g_assert_cmpint (figures.alarm, ==, TD_OUTLOOK_ALARM_SURGE);

  fixture->start = TODAY + DAY;
  reach (fixture, 7 * 60 + 5);
  play (fixture, 0, 7 * 60 + 5, 1, -1);
  settle (fixture);
  get (fixture, TD_STREAM_ALL, "", &figures);
  g_assert_cmpint (figures.alarm, ==, TD_OUTLOOK_ALARM_NONE);
}

static void
tells_a_dead_line (Fixture      *fixture,
                   gconstpointer data)
{
  TdOutlookFigures figures;
  g_autofree char *words = NULL;

  reach (fixture, 620);
  play (fixture, 0, 600, 1, -1);
  play (fixture, 600, 620, 0, 0);
  settle (fixture);

  get (fixture, TD_STREAM_QUEUE, "q1", &figures);
  g_assert_cmpint (figures.alarm, ==, TD_OUTLOOK_ALARM_SILENCE);
  g_assert_cmpint (figures.alarm_since, ==, TODAY + 600 * MINUTE);
  g_assert_cmpint (figures.alarm_raised, <=, TODAY + 603 * MINUTE);
  g_assert_cmpfloat (figures.excess, <, -100);
  g_assert_cmpfloat (figures.factor, ==, 0);
  words = td_outlook_describe_alarm (fixture->outlook, TD_STREAM_QUEUE, "q1");
  g_test_message ("%s", words);
  g_assert_true (g_str_has_prefix (words, "No calls since 10:00; "));
  get (fixture, TD_STREAM_QUEUE, "q2", &figures);
  g_assert_cmpint (figures.alarm, ==, TD_OUTLOOK_ALARM_NONE);

  g_free (words);
  words = td_outlook_describe_alarm (fixture->outlook, TD_STREAM_HOTLINE, "19009000");
  g_test_message ("%s", words);
  g_assert_nonnull (strstr (words, " fewer calls than normal since "));
  g_assert_null (strstr (words, "last 15 minutes"));
}

static void
takes_no_lost_source_for_silence (Fixture      *fixture,
                                  gconstpointer data)
{
  TdOutlookFigures figures;

  reach (fixture, 600);
  play (fixture, 0, 600, 1, -1);
  settle (fixture);
  td_outlook_set_live (fixture->outlook, FALSE);

  /* It repeats what it said last. */
  reach (fixture, 630);
  play (fixture, 600, 630, 0, -1);
  settle (fixture);
  get (fixture, TD_STREAM_ALL, "", &figures);
  g_assert_cmpint (figures.alarm, ==, TD_OUTLOOK_ALARM_NONE);
  g_assert_cmpint (figures.offered_15min, ==, TD_UNKNOWN);
  g_assert_true (isnan (figures.deviation));

  td_outlook_set_live (fixture->outlook, TRUE);
  reach (fixture, 640);
  play (fixture, 631, 640, 1, -1);
  settle (fixture);
  get (fixture, TD_STREAM_ALL, "", &figures);
  g_assert_cmpint (figures.alarm, ==, TD_OUTLOOK_ALARM_NONE);
  g_assert_cmpint (figures.offered_15min, ==, TD_UNKNOWN);

  /* Then it tells what it had missed. */
  play (fixture, 600, 640, 1, -1);
  settle (fixture);
  get (fixture, TD_STREAM_ALL, "", &figures);
  g_assert_cmpint (figures.alarm, ==, TD_OUTLOOK_ALARM_NONE);
  assert_near ((double)figures.offered_15min, figures.normal_15min.mean, 0.1);
  assert_near (figures.offered_today, figures.normal_by_now.mean, 0.1);
}

static void
a_source_that_hesitates_is_believed (Fixture      *fixture,
                                     gconstpointer data)
{
  TdOutlookFigures figures;

  reach (fixture, 600);
  play (fixture, 0, 600, 1, -1);
  settle (fixture);
  td_outlook_set_live (fixture->outlook, FALSE);
  td_outlook_set_live (fixture->outlook, TRUE);
  reach (fixture, 610);
  play (fixture, 600, 610, 1, -1);
  settle (fixture);
  get (fixture, TD_STREAM_ALL, "", &figures);
  g_assert_cmpint (figures.offered_15min, >, 0);
}

static void
takes_a_gap_for_no_silence (Fixture      *fixture,
                            gconstpointer data)
{
  TdOutlookFigures figures;

  reach (fixture, 630);
  play (fixture, 0, 600, 1, -1);
  settle (fixture);
  get (fixture, TD_STREAM_ALL, "", &figures);
  g_assert_cmpint (figures.alarm, ==, TD_OUTLOOK_ALARM_NONE);
  g_assert_cmpint (figures.offered_15min, ==, TD_UNKNOWN);
  assert_near (figures.forecast_day.mean, 9900, 0.06);
}

static void
believes_the_count_of_a_source_over_a_gap (Fixture      *fixture,
                                           gconstpointer data)
{
  TdOutlookFigures figures, normal;

  reach (fixture, 630);
  play (fixture, 0, 600, 1, -1);
  settle (fixture);
  get (fixture, TD_STREAM_ALL, "", &normal);
  g_assert_true (isnan (normal.deviation));

  /* What it counted itself is three times what is normal. */
  for (guint i = 0; i < N_QUEUES; i++)
    {
      get (fixture, TD_STREAM_QUEUE, queues[i].id, &figures);
      fixture->offered_15min[i] = (gint64)(3 * figures.normal_15min.mean);
    }
  reach (fixture, 631);
  get (fixture, TD_STREAM_ALL, "", &figures);
  assert_near ((double)figures.offered_15min, 3 * normal.normal_15min.mean, 0.02);
  assert_near (figures.deviation, 2, 0.04);
  g_assert_true (figures.is_out);
  g_assert_cmpint (figures.alarm, ==, TD_OUTLOOK_ALARM_NONE);
  get (fixture, TD_STREAM_QUEUE, queues[0].id, &figures);
  assert_near (figures.deviation, 2, 0.1);

  /* Of one queue it is not known. */
  fixture->offered_15min[1] = TD_UNKNOWN;
  reach (fixture, 632);
  get (fixture, TD_STREAM_ALL, "", &figures);
  g_assert_cmpint (figures.offered_15min, ==, TD_UNKNOWN);
  g_assert_true (isnan (figures.deviation));

  /* A source that is lost counts no more. */
  td_outlook_set_live (fixture->outlook, FALSE);
  get (fixture, TD_STREAM_QUEUE, queues[0].id, &figures);
  g_assert_cmpint (figures.offered_15min, ==, TD_UNKNOWN);
}

static void
knows_a_busy_day (Fixture      *fixture,
                  gconstpointer data)
{
  TdOutlookFigures figures;

  reach (fixture, 720);
  play (fixture, 0, 720, 1.3, -1);
  settle (fixture);
  get (fixture, TD_STREAM_ALL, "", &figures);
  g_assert_true (figures.runs_high);
  g_assert_false (figures.runs_low);
  assert_near (figures.forecast_day.mean, 1.3 * 9900, 0.06);
}

static void
a_quiet_day_is_no_silence (Fixture      *fixture,
                           gconstpointer data)
{
  TdOutlookFigures figures;

  /* At no time of the morning. */
  for (guint minute = 300; minute <= 600; minute += 60)
    {
      reach (fixture, minute);
      play (fixture, minute == 300 ? 0 : minute - 60, minute, 0.65, -1);
      settle (fixture);
      get (fixture, TD_STREAM_ALL, "", &figures);
      g_assert_cmpint (figures.alarm, ==, TD_OUTLOOK_ALARM_NONE);
      g_assert_null (td_outlook_describe_alarm (fixture->outlook, TD_STREAM_ALL, ""));
    }
  g_assert_true (figures.runs_low);
  g_assert_cmpfloat (figures.forecast_day.mean, <, 0.8 * figures.normal_day.mean);

  /* But a line that dies on such a day is told all the same, and soon. */
  reach (fixture, 604);
  play (fixture, 600, 604, 0, -1);
  settle (fixture);
  get (fixture, TD_STREAM_ALL, "", &figures);
  g_assert_cmpint (figures.alarm, ==, TD_OUTLOOK_ALARM_SILENCE);
}

static void
half_a_line_at_noon_is_no_quiet_day (Fixture      *fixture,
                                     gconstpointer data)
{
  TdOutlookFigures figures;

  reach (fixture, 660);
  play (fixture, 0, 600, 1, -1);
  play (fixture, 600, 660, 0.6, -1);
  settle (fixture);
  get (fixture, TD_STREAM_ALL, "", &figures);
  g_assert_cmpint (figures.alarm, ==, TD_OUTLOOK_ALARM_SILENCE);
  g_assert_false (figures.runs_low);
}

/* All but the last @n_days are forgotten. */
static void
forget_days (Fixture *fixture,
             guint    n_days)
{
  TdHistoryMark mark = {
    .kind = TD_HISTORY_MARK_INCIDENT,
    .from = TODAY - (N_DAYS + 1) * DAY,
    .to = TODAY - n_days * DAY,
  };

  td_history_set_mark (fixture->history, &mark);
}

static void
few_days_are_not_judged_by (Fixture      *fixture,
                            gconstpointer data)
{
  TdOutlookFigures figures;

  forget_days (fixture, 3);
  reach (fixture, 660);
  play (fixture, 0, 600, 1, -1);
  play (fixture, 600, 660, 1.6, -1);
  settle (fixture);
  get (fixture, TD_STREAM_ALL, "", &figures);
  g_assert_cmpuint (figures.days_learnt, ==, 3);
  g_assert_true (figures.known);
  g_assert_cmpfloat (figures.deviation, >, 0.3);
  g_assert_cmpfloat ((double)figures.offered_15min, >, figures.normal_15min.high95);
  g_assert_false (figures.is_out);
  g_assert_false (figures.runs_high);
  g_assert_cmpint (figures.alarm, ==, TD_OUTLOOK_ALARM_NONE);

  /* What nobody could overlook is an alarm from the first day. */
  reach (fixture, 700);
  play (fixture, 600, 660, 1, -1);
  play (fixture, 660, 700, 0, -1);
  settle (fixture);
  get (fixture, TD_STREAM_ALL, "", &figures);
  g_assert_cmpint (figures.alarm, ==, TD_OUTLOOK_ALARM_SILENCE);
}

/* While more of the past is on its way, few days raise no alarm at all; enough
 * of them do. */
static void
what_is_being_filled_in_waits (Fixture      *fixture,
                               gconstpointer data)
{
  TdOutlookFigures figures;

  reach (fixture, 700);
  play (fixture, 0, 660, 1, -1);
  play (fixture, 660, 700, 0, -1);
  settle (fixture);
  td_outlook_set_filling (fixture->outlook, TRUE);
  get (fixture, TD_STREAM_ALL, "", &figures);
  g_assert_cmpint (figures.alarm, ==, TD_OUTLOOK_ALARM_SILENCE);

  forget_days (fixture, 10);
  settle (fixture);
  get (fixture, TD_STREAM_ALL, "", &figures);
  g_assert_cmpuint (figures.days_learnt, ==, 10);
  g_assert_cmpint (figures.alarm, ==, TD_OUTLOOK_ALARM_NONE);
  g_assert_false (figures.is_out || figures.runs_low || figures.runs_high);
  td_outlook_set_filling (fixture->outlook, FALSE);
  get (fixture, TD_STREAM_ALL, "", &figures);
  g_assert_cmpint (figures.alarm, ==, TD_OUTLOOK_ALARM_SILENCE);
  g_assert_true (figures.is_out);
}

static void
judges_anew_what_is_told_late (Fixture      *fixture,
                               gconstpointer data)
{
  TdOutlookFigures before, after;

  reach (fixture, 640);
  play (fixture, 0, 600, 1, -1);
  play (fixture, 600, 640, 3, 0);
  settle (fixture);
  get (fixture, TD_STREAM_ALL, "", &before);
  g_assert_cmpint (before.alarm, ==, TD_OUTLOOK_ALARM_SURGE);

  play (fixture, 600, 640, 1, 0);
  settle (fixture);
  get (fixture, TD_STREAM_ALL, "", &after);
  g_assert_cmpint (after.alarm, ==, TD_OUTLOOK_ALARM_NONE);

  /* And what it says does not depend on the order. */
  play (fixture, 600, 640, 3, 0);
  settle (fixture);
  get (fixture, TD_STREAM_ALL, "", &after);
  g_assert_cmpint (after.alarm_since, ==, before.alarm_since);
  g_assert_cmpint (after.alarm_raised, ==, before.alarm_raised);
  g_assert_cmpfloat (after.excess, ==, before.excess);
  g_assert_cmpfloat (after.forecast_day.mean, ==, before.forecast_day.mean);
}

static void
judges_nothing_while_it_is_closed (Fixture      *fixture,
                                   gconstpointer data)
{
  TdOutlookFigures figures;

  td_outlook_set_hours (fixture->outlook, 7 * 60, 10 * 60);
  reach (fixture, 640);
  play (fixture, 0, 600, 1, -1);
  play (fixture, 600, 640, 0, -1);
  settle (fixture);
  get (fixture, TD_STREAM_ALL, "", &figures);
  g_assert_true (figures.known);
  g_assert_cmpint (figures.alarm, ==, TD_OUTLOOK_ALARM_NONE);

  td_outlook_set_hours (fixture->outlook, 7 * 60, 19 * 60);
  settle (fixture);
  get (fixture, TD_STREAM_ALL, "", &figures);
  g_assert_cmpint (figures.alarm, ==, TD_OUTLOOK_ALARM_SILENCE);
}

static void
learns_yesterday_at_midnight (Fixture      *fixture,
                              gconstpointer data)
{
  TdOutlookFigures figures;
  TdTestPast       past;

  reach (fixture, 1438);
  play (fixture, 0, 1438, 1, -1);
  settle (fixture);
  get (fixture, TD_STREAM_ALL, "", &figures);
  g_assert_cmpuint (figures.days_learnt, ==, N_DAYS);

  td_test_past_init (&past, 2);
  for (guint q = 0; q < N_QUEUES; q++)
    add_day (fixture->history, &past, q, TODAY, TODAY_WEEKDAY, 1);
  td_test_past_clear (&past);

  fixture->start = TODAY + DAY;
  reach (fixture, 3);
  play (fixture, 0, 3, 1, -1);
  settle (fixture);
  get (fixture, TD_STREAM_ALL, "", &figures);
  g_assert_cmpuint (figures.days_learnt, ==, N_DAYS + 1);
  g_assert_cmpfloat (figures.offered_today, <, 50);
  g_assert_true (figures.known);
}

static void
learns_anew_when_hours_are_marked (Fixture      *fixture,
                                   gconstpointer data)
{
  TdHistoryMark    mark = { .kind = TD_HISTORY_MARK_REGIME, .from = TODAY, .to = TD_UNKNOWN };
  TdOutlookFigures before, after;
  TdOutlookRange   some[100], all[1440], anew[1440];

  reach (fixture, 10);
  settle (fixture);
  get (fixture, TD_STREAM_ALL, "", &before);
  td_outlook_get_normal (fixture->outlook, TD_STREAM_ALL, "", 15, some, 100);
  td_outlook_get_normal (fixture->outlook, TD_STREAM_ALL, "", 15, all, 1440);
  for (guint i = 14; i < 100; i++)
    g_assert_cmpfloat (some[i].high95, ==, all[i].high95);
  g_assert_true (isnan (all[13].mean));
  g_assert_cmpfloat (all[1439].high95, >, all[1439].mean);

  td_history_set_mark (fixture->history, &mark);
  settle (fixture);
  get (fixture, TD_STREAM_ALL, "", &after);
  g_assert_cmpfloat (after.normal_day.high95 - after.normal_day.low95, >,
                     3 * (before.normal_day.high95 - before.normal_day.low95));
  td_outlook_get_normal (fixture->outlook, TD_STREAM_ALL, "", 15, anew, 1440);
  for (guint i = 14; i < 1440; i++)
    g_assert_cmpfloat (anew[i].high95, >, all[i].high95);
}

static void
tells_what_the_days_taught (Fixture      *fixture,
                            gconstpointer data)
{
  TdHistoryMark mark = {
    .kind = TD_HISTORY_MARK_INCIDENT,
    .from = TODAY - 2 * DAY + 600 * MINUTE,
    .to = TODAY - 2 * DAY + 900 * MINUTE,
    .text = (char *)"Storm",
  };
  TdOutlookDay days[N_DAYS + 8];

  reach (fixture, 10);
  g_assert_cmpuint (td_outlook_get_days (fixture->outlook, days, 3), ==, 0);
  td_history_set_mark (fixture->history, &mark);
  settle (fixture);

  g_assert_cmpuint (td_outlook_get_days (fixture->outlook, days, N_DAYS + 8), ==, N_DAYS);
  g_assert_cmpint (days[7].kind, ==, TD_OUTLOOK_DAY_NO_DATA);
  g_assert_cmpint (days[7].taught, ==, TD_OUTLOOK_TAUGHT_NOTHING);
  g_assert_cmpint (days[N_DAYS + 6].kind, ==, TD_OUTLOOK_DAY_INCIDENT);
  g_assert_cmpint (days[N_DAYS + 6].taught, ==, TD_OUTLOOK_TAUGHT_PARTLY);
  g_assert_cmpstr (days[N_DAYS + 6].text, ==, "Storm");
  g_assert_cmpint (days[N_DAYS + 7].kind, ==, TD_OUTLOOK_DAY_ORDINARY);
  g_assert_cmpint (days[N_DAYS + 7].taught, ==, TD_OUTLOOK_TAUGHT_ALL);
}

static void
own_days_are_holidays (Fixture      *fixture,
                       gconstpointer data)
{
  g_autoptr (GHashTable) days = td_own_days_new ();
  TdOutlookDay     taught[3];
  TdOutlookFigures before, after;
  TdTestPast       past;

  /* Three Tuesdays at half the calls, the last of them a week ago. */
  td_test_past_init (&past, 3);
  for (guint week = 1; week <= 3; week++)
    {
      for (guint q = 0; q < N_QUEUES; q++)
        add_day (fixture->history, &past, q, TODAY - 7 * week * DAY, TODAY_WEEKDAY, 0.5);
    }
  td_test_past_clear (&past);

  reach (fixture, 10);
  settle (fixture);
  get (fixture, TD_STREAM_ALL, "", &before);

  g_hash_table_insert (days, g_strdup ("10-13"), g_strdup ("Founding day"));
  g_hash_table_insert (days, g_strdup ("2026-10-06"), g_strdup ("Outing"));
  g_hash_table_insert (days, g_strdup ("2026-09-29"), g_strdup ("Move"));
  g_hash_table_insert (days, g_strdup ("2026-10-19"), g_strdup ("Bridge day"));
  td_outlook_set_own_days (fixture->outlook, days);
  g_assert_nonnull (fixture->outlook->learning);
  settle (fixture);
  get (fixture, TD_STREAM_ALL, "", &after);
  g_assert_cmpuint (td_outlook_get_days (fixture->outlook, taught, 3), >, 0);
  g_assert_cmpint (taught[2].kind, ==, TD_OUTLOOK_DAY_HOLIDAY);
  g_assert_cmpstr (taught[2].text, ==, "Bridge day");

  /* They do not teach what a Tuesday is. */
  assert_near (after.normal_day.mean, 9900, 0.05);
  g_assert_cmpfloat (before.normal_day.mean, <, 0.96 * after.normal_day.mean);

  /* The same once more is nothing new. */
  td_outlook_set_own_days (fixture->outlook, days);
  g_assert_null (fixture->outlook->learning);

  /* And today is one of them. */
  g_hash_table_insert (days, g_strdup ("10-20"), g_strdup ("Women’s Day"));
  td_outlook_set_own_days (fixture->outlook, days);
  settle (fixture);
  get (fixture, TD_STREAM_ALL, "", &before);
  g_assert_cmpfloat (before.normal_day.mean, <, 0.85 * after.normal_day.mean);
}

static TdPastDay *
read_day (Fixture *fixture,
          gint64   start,
          gboolean with_normal)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  TdLocalDay day;
  TdPastDay *past;

  td_local_day_init (&day, start, td_centre_get_timezone (fixture->centre));
  td_past_day_read_async (fixture->outlook, day.julian, with_normal, NULL, finished_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  past = td_past_day_read_finish (fixture->outlook, result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (td_past_day_get_julian (past), ==, day.julian);

  return past;
}

static void
reads_a_past_day_with_the_normal_it_had (Fixture      *fixture,
                                         gconstpointer data)
{
  g_autoptr (TdPastDay) yesterday = NULL;
  g_autoptr (TdPastDay) first = NULL;
  g_autoptr (TdPastDay) before = NULL;
  TdOutlookDay   days[N_DAYS + 8];
  TdOutlookRange ranges[1440];
  double         rates[1440], queue[1440], sum = 0;

  reach (fixture, 10);
  settle (fixture);
  g_assert_cmpuint (td_outlook_get_days (fixture->outlook, days, N_DAYS + 8), ==, N_DAYS);

  yesterday = read_day (fixture, TODAY - DAY, TRUE);
  g_assert_false (td_past_day_is_empty (yesterday));
  g_assert_true (td_past_day_has_normal (yesterday));
  g_assert_cmpint (td_past_day_get_start (yesterday), ==, TODAY - DAY);
  g_assert_cmpuint (td_past_day_get_n_minutes (yesterday), ==, 1440);
  td_past_day_get_rates (yesterday, TD_STREAM_ALL, "", 1, rates, 1440);
  for (guint i = 0; i < 1440; i++)
    sum += rates[i];
  g_assert_cmpfloat_with_epsilon (sum, days[N_DAYS + 7].calls, 0.01);
  td_past_day_get_normal (yesterday, TD_STREAM_ALL, "", 1440, ranges, 1440);
  g_assert_cmpfloat (ranges[1439].low95, <, sum);
  g_assert_cmpfloat (ranges[1439].high95, >, sum);

  /* A part is not the whole, and what nobody knows of is nothing. */
  td_past_day_get_rates (yesterday, TD_STREAM_QUEUE, "q3", 15, queue, 1440);
  td_past_day_get_rates (yesterday, TD_STREAM_ALL, "", 15, rates, 1440);
  g_assert_true (isnan (queue[13]));
  g_assert_cmpfloat (queue[700], >, 0);
  g_assert_cmpfloat (queue[700], <, rates[700]);
  td_past_day_get_rates (yesterday, TD_STREAM_QUEUE, "nobody", 15, queue, 1440);
  g_assert_true (isnan (queue[700]));

  /* Nothing came before the first day, and nothing at all before that. */
  first = read_day (fixture, TODAY - N_DAYS * DAY, TRUE);
  g_assert_false (td_past_day_is_empty (first));
  g_assert_false (td_past_day_has_normal (first));
  before = read_day (fixture, TODAY - (N_DAYS + 1) * DAY, FALSE);
  g_assert_true (td_past_day_is_empty (before));
}

static void
keeps_the_days_that_are_looked_at (Fixture      *fixture,
                                   gconstpointer data)
{
  g_autoptr (TdDayShelf) shelf = NULL;
  TdLocalDay today;
  guint      others[2];
  TdPastDay *day;

  reach (fixture, 10);
  settle (fixture);
  td_local_day_init (&today, TODAY, td_centre_get_timezone (fixture->centre));
  others[0] = today.julian - 7;
  others[1] = today.julian - 1000;

  shelf = td_day_shelf_new (fixture->outlook);
  g_assert_false (td_day_shelf_is_reading (shelf));
  td_day_shelf_want (shelf, today.julian - 1, others, 2);
  g_assert_true (td_day_shelf_is_reading (shelf));
  while (td_day_shelf_is_reading (shelf))
    g_main_context_iteration (NULL, TRUE);

  g_assert_null (td_day_shelf_get_error_message (shelf));
  g_assert_true (td_past_day_has_normal (td_day_shelf_get (shelf, today.julian - 1)));
  day = td_day_shelf_get (shelf, others[0]);
  g_assert_false (td_past_day_is_empty (day));
  g_assert_false (td_past_day_has_normal (day));
  g_assert_true (td_past_day_is_empty (td_day_shelf_get (shelf, others[1])));

  /* What was read is not read again; the normal of another main day is. */
  td_day_shelf_want (shelf, others[0], NULL, 0);
  g_assert_true (td_day_shelf_get (shelf, others[0]) == day);
  g_assert_null (td_day_shelf_get (shelf, today.julian - 1));
  while (td_day_shelf_is_reading (shelf))
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (td_past_day_has_normal (td_day_shelf_get (shelf, others[0])));

  /* And who goes away in the middle of it leaves nothing behind. */
  td_day_shelf_read_anew (shelf);
  g_assert_true (td_day_shelf_is_reading (shelf));
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

  ADD ("tells-a-surge-and-counts-it", TRUE, tells_a_surge_and_counts_it);
  ADD ("names-where-the-callers-are", TRUE, names_where_the_callers_are);
  ADD ("an-alarm-lives-on-past-midnight", TRUE, an_alarm_lives_on_past_midnight);
  ADD ("a-centre-that-closes-takes-no-alarm-along", TRUE, a_centre_that_closes_takes_no_alarm_along);
  ADD ("tells-a-dead-line", TRUE, tells_a_dead_line);
  ADD ("takes-no-lost-source-for-silence", TRUE, takes_no_lost_source_for_silence);
  ADD ("a-source-that-hesitates-is-believed", TRUE, a_source_that_hesitates_is_believed);
  ADD ("takes-a-gap-for-no-silence", TRUE, takes_a_gap_for_no_silence);
  ADD ("believes-the-count-of-a-source-over-a-gap", TRUE, believes_the_count_of_a_source_over_a_gap);
  ADD ("knows-a-busy-day", TRUE, knows_a_busy_day);
  ADD ("a-quiet-day-is-no-silence", TRUE, a_quiet_day_is_no_silence);
  ADD ("half-a-line-at-noon-is-no-quiet-day", TRUE, half_a_line_at_noon_is_no_quiet_day);
  ADD ("few-days-are-not-judged-by", TRUE, few_days_are_not_judged_by);
  ADD ("what-is-being-filled-in-waits", TRUE, what_is_being_filled_in_waits);
  ADD ("judges-anew-what-is-told-late", TRUE, judges_anew_what_is_told_late);
  ADD ("judges-nothing-while-it-is-closed", TRUE, judges_nothing_while_it_is_closed);
  ADD ("learns-yesterday-at-midnight", TRUE, learns_yesterday_at_midnight);
  ADD ("learns-anew-when-hours-are-marked", TRUE, learns_anew_when_hours_are_marked);
  ADD ("own-days-are-holidays", TRUE, own_days_are_holidays);
  ADD ("tells-what-the-days-taught", TRUE, tells_what_the_days_taught);
  ADD ("keeps-the-days-that-are-looked-at", TRUE, keeps_the_days_that_are_looked_at);
  ADD ("reads-a-past-day-with-the-normal-it-had", TRUE, reads_a_past_day_with_the_normal_it_had);

  result = g_test_run ();
  remove_folder (past_folder);
  g_free (past_folder);

  return result;
}
