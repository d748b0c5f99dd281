/* test-simulation-history.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-metrics.h"
#include "td-simulation.h"

#include <gio/gio.h>
#include <string.h>

#define SECOND G_GINT64_CONSTANT (1000000)
#define MINUTE (60 * SECOND)
#define HOUR (60 * MINUTE)
#define DAY (24 * HOUR)

/* Tuesday 2026-11-24 00:00 in Asia/Ho_Chi_Minh */
#define TUESDAY (G_GINT64_CONSTANT (1795453200) * SECOND)

static TdSimulation *
start (gint64 time)
{
  g_autoptr (GError) error = NULL;
  TdSimulationOptions options = { .seed = 21, .start = time };
  TdSimulation       *simulation = td_simulation_new (&options, &error);

  g_assert_no_error (error);

  return simulation;
}

static TdIntervals *
get (TdSimulation *simulation,
     gint64        from,
     gint64        to,
     guint         step_s,
     const char   *queue_id)
{
  g_autoptr (GError) error = NULL;
  TdIntervals *intervals = td_simulation_get_intervals (simulation, from, to, step_s, queue_id, &error);

  g_assert_no_error (error);

  return intervals;
}

static TdCounts
sum_queue (TdIntervals *intervals,
           guint        queue)
{
  const TdInterval *rows = td_intervals_get_rows (intervals, queue);
  TdCounts          sum = { 0 };

  for (guint i = 0; i < td_intervals_get_n_intervals (intervals); i++)
    if (rows[i].observed_s > 0)
      td_counts_add (&sum, &rows[i].counts);

  return sum;
}

static TdCounts
sum_all (TdIntervals *intervals)
{
  TdCounts sum = { 0 };

  for (guint i = 0; i < td_intervals_get_n_queues (intervals); i++)
    {
      TdCounts queue = sum_queue (intervals, i);

      td_counts_add (&sum, &queue);
    }

  return sum;
}

static void
test_today (void)
{
  g_autoptr (TdSimulation) simulation = start (TUESDAY + 15 * HOUR + 12 * SECOND);
  g_autoptr (TdIntervals) intervals = get (simulation, TUESDAY, TUESDAY + DAY, 300, NULL);
  g_autoptr (TdSnapshot) snapshot = td_simulation_take_full (simulation);
  guint              n_queues;
  const TdQueueInfo *queues = td_snapshot_get_queues (snapshot, &n_queues);

  g_assert_cmpuint (td_intervals_get_n_queues (intervals), ==, n_queues);
  for (guint i = 0; i < n_queues; i++)
    {
      TdCounts          sum = sum_queue (intervals, i);
      const TdInterval *rows = td_intervals_get_rows (intervals, i);

      g_assert_cmpstr (td_intervals_get_queue (intervals, i), ==, queues[i].id);
      g_assert_cmpmem (&sum, sizeof sum, &queues[i].today, sizeof sum);
      g_assert_cmpint (rows[15 * 12 - 1].observed_s, ==, 300);
      g_assert_cmpint (rows[15 * 12].observed_s, ==, 12);
      g_assert_cmpint (rows[15 * 12 + 1].observed_s, ==, 0);
      g_assert_cmpint (rows[15 * 12 + 1].counts.offered, ==, TD_UNKNOWN);
      g_assert_cmpint (rows[15 * 12 + 1].serving, ==, TD_UNKNOWN);
      g_assert_cmpint (rows[11 * 12].serving, >, 0);
    }
}

/* A day that was played stays as it was played when it has passed. */
static void
test_midnight (void)
{
  g_autoptr (TdSimulation) simulation = start (TUESDAY + DAY - SECOND);
  g_autoptr (TdIntervals) before = get (simulation, TUESDAY, TUESDAY + DAY, 3600, "q1");
  g_autoptr (TdIntervals) after = NULL;
  g_autoptr (TdIntervals) both = NULL;
  g_autoptr (TdSnapshot) snapshot = NULL;
  const TdQueueInfo *queues;
  guint              n_queues;
  TdCounts           sum;

  td_simulation_advance (simulation, TUESDAY + DAY + 2 * HOUR);
  after = get (simulation, TUESDAY, TUESDAY + DAY, 3600, "q1");
  for (guint i = 0; i < 23; i++)
    g_assert_cmpmem (&td_intervals_get_rows (before, 0)[i], sizeof (TdInterval),
                     &td_intervals_get_rows (after, 0)[i], sizeof (TdInterval));

  both = get (simulation, TUESDAY + DAY, TUESDAY + 2 * DAY, 3600, NULL);
  snapshot = td_simulation_take_full (simulation);
  queues = td_snapshot_get_queues (snapshot, &n_queues);
  for (guint i = 0; i < n_queues; i++)
    {
      sum = sum_queue (both, i);
      g_assert_cmpmem (&sum, sizeof sum, &queues[i].today, sizeof sum);
    }
}

static void
test_past (void)
{
  g_autoptr (TdSimulation) simulation = start (TUESDAY + 9 * HOUR);
  g_autoptr (TdSimulation) again = start (TUESDAY + 11 * HOUR);
  g_autoptr (TdIntervals) week = get (simulation, TUESDAY - 7 * DAY, TUESDAY, 300, NULL);
  g_autoptr (TdIntervals) same = get (again, TUESDAY - 7 * DAY, TUESDAY, 300, NULL);
  g_autoptr (TdIntervals) days = get (simulation, TUESDAY - 7 * DAY, TUESDAY, 86400, NULL);
  g_autoptr (TdIntervals) one = get (simulation, TUESDAY - 7 * DAY, TUESDAY, 300, "q4");
  gint64   totals[7] = { 0 };
  TdCounts all = sum_all (week);

  for (guint i = 0; i < td_intervals_get_n_queues (week); i++)
    {
      const TdInterval *rows = td_intervals_get_rows (week, i);
      TdCounts          sum = sum_queue (week, i);
      TdCounts          by_day = sum_queue (days, i);

      g_assert_cmpmem (rows, 7 * 288 * sizeof (TdInterval), td_intervals_get_rows (same, i), 7 * 288 * sizeof (TdInterval));
      g_assert_cmpmem (&sum, sizeof sum, &by_day, sizeof sum);
      if (g_str_equal (td_intervals_get_queue (week, i), "q4"))
        g_assert_cmpmem (rows, 7 * 288 * sizeof (TdInterval), td_intervals_get_rows (one, 0), 7 * 288 * sizeof (TdInterval));

      for (guint k = 0; k < 7 * 288; k++)
        {
          const TdCounts *counts = &rows[k].counts;

          g_assert_cmpint (rows[k].observed_s, ==, 300);
          g_assert_cmpint (counts->offered, ==, counts->answered + counts->abandoned + counts->flowed_out);
          g_assert_cmpint (counts->answered_in_time, <=, counts->answered);
        }
      for (guint k = 0; k < 7; k++)
        totals[k] += td_intervals_get_rows (days, i)[k].counts.offered;
    }

  /* Tuesday to Friday, the weekend, Monday. */
  for (guint k = 0; k < 7; k++)
    if (k == 4 || k == 5)
      g_assert_cmpint (totals[k], <, 8200);
    else
      {
        g_assert_cmpint (totals[k], >=, 9500);
        g_assert_cmpint (totals[k], <=, 10000);
      }

  /* As a played day is, give or take. */
  g_assert_cmpfloat (td_metrics_aht (&all), >, 190.0);
  g_assert_cmpfloat (td_metrics_aht (&all), <, 212.0);
  g_assert_cmpfloat (td_metrics_service_level (TD_SERVICE_LEVEL_LIVE, &all, 0), >, 0.8);
  g_assert_cmpfloat (td_metrics_service_level (TD_SERVICE_LEVEL_LIVE, &all, 0), <, 0.93);
  g_assert_cmpfloat (td_metrics_abandon_rate (&all, 0), >, 0.01);
  g_assert_cmpfloat (td_metrics_abandon_rate (&all, 0), <, 0.05);
}

static void
test_reach (void)
{
  g_autoptr (TdSimulation) simulation = start (TUESDAY);
  g_autoptr (TdIntervals) old = get (simulation, TUESDAY - 500 * DAY, TUESDAY - 499 * DAY, 86400, "q1");
  g_autoptr (TdIntervals) future = get (simulation, TUESDAY + DAY, TUESDAY + 2 * DAY, 3600, "q1");

  g_assert_cmpint (td_intervals_get_rows (old, 0)[0].observed_s, ==, 0);
  g_assert_cmpint (td_intervals_get_rows (future, 0)[5].observed_s, ==, 0);
}

static void
test_wrong_requests (void)
{
  static const struct
  {
    gint64      from;
    gint64      to;
    guint       step_s;
    const char *queue_id;
    int         code;
  } wrong[] = {
    { TUESDAY, TUESDAY + HOUR, 0, NULL, G_IO_ERROR_INVALID_ARGUMENT },
    { TUESDAY, TUESDAY + HOUR, 90, NULL, G_IO_ERROR_INVALID_ARGUMENT },
    { TUESDAY, TUESDAY + 10 * DAY, 2 * 86400, NULL, G_IO_ERROR_INVALID_ARGUMENT },
    { TUESDAY, TUESDAY, 60, NULL, G_IO_ERROR_INVALID_ARGUMENT },
    { TUESDAY + SECOND, TUESDAY + HOUR + SECOND, 60, NULL, G_IO_ERROR_INVALID_ARGUMENT },
    { TUESDAY, TUESDAY + HOUR, 7 * 60, NULL, G_IO_ERROR_INVALID_ARGUMENT },
    { -MINUTE, TUESDAY + HOUR, 60, NULL, G_IO_ERROR_INVALID_ARGUMENT },
    { 0, TUESDAY, 60, NULL, G_IO_ERROR_INVALID_ARGUMENT },
    { TUESDAY, TUESDAY + HOUR, 60, "q99", G_IO_ERROR_NOT_FOUND },
  };
  g_autoptr (TdSimulation) simulation = start (TUESDAY);

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (td_simulation_get_intervals (simulation, wrong[i].from, wrong[i].to,
                                                  wrong[i].step_s, wrong[i].queue_id, &error));
      g_assert_error (error, G_IO_ERROR, wrong[i].code);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/simulation-history/intervals-add-up-to-today", test_today);
  g_test_add_func ("/simulation-history/played-day-stays-as-it-was", test_midnight);
  g_test_add_func ("/simulation-history/past-is-the-same-each-time", test_past);
  g_test_add_func ("/simulation-history/future-and-far-past-are-unobserved", test_reach);
  g_test_add_func ("/simulation-history/wrong-requests-are-refused", test_wrong_requests);

  return g_test_run ();
}
