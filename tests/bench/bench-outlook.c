/* bench-outlook.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What it costs to learn a year of a centre's calls, and to go on by a minute.
 */

#include "config.h"

#include <glib/gstdio.h>
#include <math.h>

#include "td-outlook-private.h"

#define N_QUEUES 12
#define N_DAYS 365
#define DAY G_TIME_SPAN_DAY
#define MINUTE TD_HISTORY_MINUTE_US
#define TODAY (G_GINT64_CONSTANT (1792429200) * G_USEC_PER_SEC) /* 2026-10-20, 00:00 in Viet Nam */

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
make_history (TdHistory *history)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (1);
  g_autofree TdHistoryMinute *minutes = g_new0 (TdHistoryMinute, 1440);

  for (guint d = 0; d < N_DAYS; d++)
    {
      for (guint q = 0; q < N_QUEUES; q++)
        {
          g_autofree char *id = g_strdup_printf ("q%u", q);

          for (guint i = 0; i < 1440; i++)
            {
              TdCounts counts = TD_COUNTS_UNKNOWN;

              counts.offered = (gint64)(g_rand_double (random) * (1 + sin (i * G_PI / 1440) * 2));
              counts.answered = counts.offered;
              counts.wait_ms = counts.offered * 12345;
              minutes[i] = (TdHistoryMinute){
                .queue = id,
                .start = TODAY - (N_DAYS - d) * DAY + i * MINUTE,
                .interval = { .observed_s = 60, .counts = counts, .max_waiting = 1, .serving = 3 },
              };
            }
          td_history_add_minutes (history, minutes, 1440);
        }
      if (d % 20 == 0)
        flush (history);
    }
  td_history_tidy (history, TODAY);
  flush (history);
}

static void
show (TdCentre *centre,
      gint64    at,
      gint64    revision)
{
  TdSnapshotBuilder *builder = td_snapshot_builder_new ();
  g_autoptr (TdSnapshot) snapshot = NULL;
  g_autoptr (GError) error = NULL;
  TdCentreInfo info;

  td_centre_info_init (&info);
  info.timezone = "Asia/Ho_Chi_Minh";
  info.day_start = TODAY;
  td_snapshot_builder_set_revision (builder, revision, "i");
  td_snapshot_builder_set_at (builder, at);
  td_snapshot_builder_set_centre (builder, &info);
  for (guint i = 0; i < N_QUEUES; i++)
    {
      g_autofree char *id = g_strdup_printf ("q%u", i);
      g_autofree char *reason = g_strdup_printf ("r%u", i % 4);
      TdQueueInfo      queue;

      td_queue_info_init (&queue);
      queue.id = id;
      queue.hotline = i % 2 == 0 ? "19009000" : "19001006";
      queue.reason = reason;
      td_snapshot_builder_add_queue (builder, &queue);
    }
  snapshot = td_snapshot_builder_end (builder);
  td_centre_apply (centre, snapshot, &error);
  g_assert_no_error (error);
}

static void
fill (TdDay *day,
      guint  from,
      guint  to)
{
  g_autoptr (TdIntervals) intervals = td_intervals_new (TODAY + from * MINUTE, MINUTE, to - from);

  for (guint q = 0; q < N_QUEUES; q++)
    {
      g_autofree char *id = g_strdup_printf ("q%u", q);
      TdInterval      *rows = td_intervals_add_queue (intervals, id);

      for (guint i = 0; i < to - from; i++)
        {
          rows[i] = (TdInterval){ .observed_s = 60, .counts = TD_COUNTS_UNKNOWN };
          rows[i].counts.offered = (i * 7 + q) % 3;
        }
    }
  td_day_back_fill (day, intervals);
}

/* Returns the longest that the main loop was held, ms. */
static double
settle (TdOutlook *outlook)
{
  gint64 longest = 0;

  while (outlook->learning != NULL || outlook->lessons != NULL || outlook->pass_source != 0)
    {
      gint64 begin;

      g_main_context_iteration (NULL, FALSE);
      if (!g_main_context_pending (NULL))
        g_usleep (200);
      begin = g_get_monotonic_time ();
      g_main_context_iteration (NULL, FALSE);
      longest = MAX (longest, g_get_monotonic_time () - begin);
    }

  return (double)longest / 1000;
}

/* A new minute makes all that is kept of the figures void. */
static double
ask_for_figures (TdOutlook *outlook,
                 gboolean   new_minute)
{
  const guint      n_times = 50;
  TdOutlookStream *stream = g_ptr_array_index (outlook->streams, 0);
  TdOutlookFigures figures;
  gint64           begin = g_get_monotonic_time ();

  for (guint i = 0; i < n_times; i++)
    {
      stream->figures_known &= !new_minute;
      td_outlook_get_figures (outlook, TD_STREAM_ALL, "", &figures);
    }

  return (double)(g_get_monotonic_time () - begin) / 1000 / n_times * 50;
}

static void
measure_normal (TdOutlook  *outlook,
                guint       window,
                const char *what)
{
  g_autofree TdOutlookRange *ranges = g_new (TdOutlookRange, 1440);
  gint64                     begin = g_get_monotonic_time ();

  td_outlook_get_normal (outlook, TD_STREAM_QUEUE, "q1", window, ranges, 1440);
  g_print ("the normal of a queue's day%s: %.3f ms\n", what, (double)(g_get_monotonic_time () - begin) / 1000);
}

static void
measure_answers (TdOutlook *outlook)
{
  g_autofree TdOutlookRange *ranges = g_new (TdOutlookRange, 1440);
  gint64                     begin;

  g_print ("figures of 50 streams, after a minute: %.2f ms\n", ask_for_figures (outlook, TRUE));
  g_print ("the same within the minute: %.3f ms\n", ask_for_figures (outlook, FALSE));
  measure_normal (outlook, 14, ", in windows of 14 minutes");
  measure_normal (outlook, 15, ", in those of 15, asked for a first time");
  measure_normal (outlook, 15, " once more, as each time that the queues change places");

  begin = g_get_monotonic_time ();
  td_outlook_get_forecast (outlook, TD_STREAM_ALL, "", 15, ranges, 1440);
  g_print ("the forecast of the rest: %.2f ms\n", (double)(g_get_monotonic_time () - begin) / 1000);
}

int
main (int   argc,
      char *argv[])
{
  g_autofree char *folder = g_dir_make_tmp ("tongdai-bench-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "history.db", NULL);
  g_autoptr (TdHistory) history = td_history_new (path);
  g_autoptr (TdCentre) centre = td_centre_new ();
  g_autoptr (TdDay) day = td_day_new (centre);
  g_autoptr (TdOutlook) outlook = NULL;
  double   minutes[1440], longest;
  gboolean judged[1440];
  gint64   begin;
  guint    n;

  begin = g_get_monotonic_time ();
  make_history (history);
  g_print ("made %u queues x %u days in %.2f s\n", N_QUEUES, N_DAYS, (double)(g_get_monotonic_time () - begin) / 1e6);

  outlook = td_outlook_new (centre, day, history);
  begin = g_get_monotonic_time ();
  show (centre, TODAY + 1200 * MINUTE, 1);
  longest = settle (outlook);
  n = outlook->streams->len;
  g_print ("read and learnt %u streams in %.2f s (bar: 2 s); main loop held for %.1f ms at most\n", n,
           (double)(g_get_monotonic_time () - begin) / 1e6, longest);

  begin = g_get_monotonic_time ();
  fill (day, 0, 1200);
  longest = settle (outlook);
  g_print ("went through 20 hours of today anew, at most once a second: %.0f ms; main loop held for %.1f ms at most\n",
           (double)(g_get_monotonic_time () - begin) / 1000, longest);

  for (guint i = 0; i < 1440; i++)
    {
      judged[i] = TRUE;
      minutes[i] = i < 1200 ? ((TdOutlookStream *)g_ptr_array_index (outlook->streams, 0))->minutes[i] : 3;
    }
  begin = g_get_monotonic_time ();
  for (guint i = 0; i < n; i++)
    {
      TdOutlookStream *stream = g_ptr_array_index (outlook->streams, i);

      td_outlook_minutes_gather (day, stream, minutes, 1200);
      td_outlook_stream_advance (stream, minutes, judged, 1200);
      minutes[1200] = 3;
      td_outlook_stream_advance (stream, minutes, judged, 1201);
    }
  g_print ("one minute more of 50 streams: %.2f ms\n", (double)(g_get_monotonic_time () - begin) / 1000 / n * 50);

  measure_answers (outlook);

  g_clear_object (&outlook);
  td_history_close (history);
  g_remove (path);
  g_rmdir (folder);

  return 0;
}
