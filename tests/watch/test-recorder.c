/* test-recorder.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "history-fixture.h"
#include "td-recorder.h"

#define SECOND G_TIME_SPAN_SECOND
/* Ten in the morning. */
#define START (DAY0 + 600 * MINUTE)

typedef struct
{
  char       *path;
  TdCentre   *centre;
  TdDay      *day;
  TdHistory  *history;
  TdRecorder *recorder;
  gint64      revision;
  const char *instance;
} Fixture;

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  fixture->path = history_make_path ();
  fixture->centre = td_centre_new ();
  fixture->day = td_day_new (fixture->centre);
  fixture->history = td_history_new (fixture->path);
  fixture->recorder = td_recorder_new (fixture->centre, fixture->day, fixture->history);
  fixture->instance = "i";
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  g_assert_finalize_object (g_steal_pointer (&fixture->recorder));
  g_clear_object (&fixture->day);
  g_clear_object (&fixture->centre);
  td_history_close (fixture->history);
  g_clear_object (&fixture->history);
  history_remove_all (fixture->path);
  g_free (fixture->path);
}

/* What queue "a" says at a moment. */
static void
see_queue (Fixture           *fixture,
           gint64             at,
           const TdQueueInfo *queue)
{
  TdSnapshotBuilder *builder = td_snapshot_builder_new ();
  g_autoptr (TdSnapshot) snapshot = NULL;
  g_autoptr (GError) error = NULL;
  TdCentreInfo centre;

  td_centre_info_init (&centre);
  centre.timezone = "UTC";
  centre.day_start = at - at % DAY;
  td_snapshot_builder_set_revision (builder, ++fixture->revision, fixture->instance);
  td_snapshot_builder_set_at (builder, at);
  td_snapshot_builder_set_centre (builder, &centre);
  td_snapshot_builder_add_queue (builder, queue);
  snapshot = td_snapshot_builder_end (builder);
  td_centre_apply (fixture->centre, snapshot, &error);
  g_assert_no_error (error);
}

static void
see (Fixture *fixture,
     gint64   at,
     gint64   offered)
{
  TdQueueInfo queue;

  td_queue_info_init (&queue);
  queue.id = "a";
  queue.waiting = 0;
  queue.today.offered = offered;
  queue.today.talk_ms = offered * 1000;
  see_queue (fixture, at, &queue);
}

static TdInterval
get_minute (Fixture *fixture,
            gint64   start)
{
  g_autoptr (TdIntervals) intervals = NULL;
  const TdInterval *rows;

  history_flush_well (fixture->history);
  intervals = history_read_range (fixture->history, "a", start, start + MINUTE);
  rows = history_find_rows (intervals, "a");

  return rows != NULL ? rows[0] : (TdInterval){ .counts = TD_COUNTS_UNKNOWN };
}

static void
test_differences_become_minutes (Fixture      *fixture,
                                 gconstpointer data)
{
  TdInterval minute;

  /* A call every five seconds from half past on. */
  for (gint64 i = 0; i <= 42; i++)
    see (fixture, START + 30 * SECOND + i * 5 * SECOND, 100 + i);

  minute = get_minute (fixture, START);
  g_assert_cmpint (minute.observed_s, ==, 30);
  g_assert_cmpint (minute.counts.offered, ==, 5);
  for (gint64 i = 1; i <= 3; i++)
    {
      minute = get_minute (fixture, START + i * MINUTE);
      g_assert_cmpint (minute.observed_s, ==, 60);
      g_assert_cmpint (minute.counts.offered, ==, 12);
      g_assert_cmpint (minute.counts.talk_ms, ==, 12000);
      g_assert_cmpint (minute.counts.answered, ==, TD_UNKNOWN);
      g_assert_cmpint (minute.counts.max_wait_ms, ==, 0);
    }
}

static void
test_the_state_is_remembered (Fixture      *fixture,
                              gconstpointer data)
{
  TdInterval  minute;
  TdQueueInfo queue;

  td_queue_info_init (&queue);
  queue.id = "a";
  for (gint64 i = 0; i <= 12; i++)
    {
      gint64 at = START + i * 5 * SECOND;

      queue.serving = i < 6 ? 10 : 4;
      queue.waiting = i == 3 ? 7 : 2;
      queue.longest_since = i == 4 ? at - 48 * SECOND : at - 9 * SECOND;
      queue.today.max_wait_ms = i < 8 ? 30000 : 55000;
      see_queue (fixture, at, &queue);
    }

  minute = get_minute (fixture, START);
  g_assert_cmpint (minute.max_waiting, ==, 7);
  g_assert_cmpint (minute.serving, ==, 7);
  g_assert_cmpint (minute.counts.max_wait_ms, ==, 55000);
  g_assert_cmpint (minute.counts.offered, ==, TD_UNKNOWN);
}

static void
test_silence_is_observed (Fixture      *fixture,
                          gconstpointer data)
{
  see (fixture, START, 100);
  for (gint64 i = 1; i <= 9; i++)
    td_recorder_observe (fixture->recorder, START + i * 20 * SECOND);

  for (gint64 i = 0; i < 3; i++)
    {
      TdInterval minute = get_minute (fixture, START + i * MINUTE);

      g_assert_cmpint (minute.observed_s, ==, 60);
      g_assert_cmpint (minute.counts.offered, ==, 0);
    }
}

static void
test_what_was_missed_is_not_squeezed_in (Fixture      *fixture,
                                         gconstpointer data)
{
  TdInterval minute;

  see (fixture, START, 100);
  see (fixture, START + 40 * SECOND, 104);
  /* Five minutes later there were two hundred more. */
  see (fixture, START + 340 * SECOND, 304);
  see (fixture, START + 359 * SECOND, 307);
  see (fixture, START + 361 * SECOND, 307);

  minute = get_minute (fixture, START);
  g_assert_cmpint (minute.observed_s, ==, 40);
  g_assert_cmpint (minute.counts.offered, ==, 4);
  for (gint64 i = 1; i < 5; i++)
    g_assert_cmpint (get_minute (fixture, START + i * MINUTE).observed_s, ==, 0);
  minute = get_minute (fixture, START + 5 * MINUTE);
  g_assert_cmpint (minute.observed_s, ==, 20);
  g_assert_cmpint (minute.counts.offered, ==, 3);
}

/* The source was not heard for less than a blind minute, but that is known. */
static void
test_a_break_is_not_observed (Fixture      *fixture,
                              gconstpointer data)
{
  TdInterval minute;

  see (fixture, START, 100);
  see (fixture, START + 10 * SECOND, 103);
  td_recorder_break (fixture->recorder);
  see (fixture, START + 40 * SECOND, 150);
  see (fixture, START + 50 * SECOND, 152);
  see (fixture, START + 60 * SECOND, 152);

  minute = get_minute (fixture, START);
  g_assert_cmpint (minute.observed_s, ==, 30);
  g_assert_cmpint (minute.counts.offered, ==, 5);
}

static void
test_midnight_counts_on (Fixture      *fixture,
                         gconstpointer data)
{
  gint64     midnight = DAY0 + DAY;
  TdInterval minute;

  see (fixture, midnight - 60 * SECOND, 2000);
  see (fixture, midnight - 2 * SECOND, 2004);
  see (fixture, midnight + 3 * SECOND, 2);
  see (fixture, midnight + 30 * SECOND, 5);
  see (fixture, midnight + 60 * SECOND, 5);

  minute = get_minute (fixture, midnight - MINUTE);
  g_assert_cmpint (minute.observed_s, ==, 60);
  g_assert_cmpint (minute.counts.offered, ==, 4);
  minute = get_minute (fixture, midnight);
  g_assert_cmpint (minute.observed_s, ==, 60);
  g_assert_cmpint (minute.counts.offered, ==, 5);
  g_assert_cmpint (minute.counts.talk_ms, ==, 5000);
}

static void
test_a_reset_is_no_count (Fixture      *fixture,
                          gconstpointer data)
{
  TdInterval minute;

  see (fixture, START, 100);
  see (fixture, START + 20 * SECOND, 103);
  see (fixture, START + 30 * SECOND, 40);
  see (fixture, START + 50 * SECOND, 41);
  see (fixture, START + 60 * SECOND, 41);
  minute = get_minute (fixture, START);
  g_assert_cmpint (minute.observed_s, ==, 50);
  g_assert_cmpint (minute.counts.offered, ==, 4);

  /* Another instance counts from wherever it likes. */
  fixture->instance = "j";
  fixture->revision = 0;
  see (fixture, START + 90 * SECOND, 5000);
  see (fixture, START + 100 * SECOND, 5001);
  see (fixture, START + 120 * SECOND, 5001);
  minute = get_minute (fixture, START + MINUTE);
  g_assert_cmpint (minute.observed_s, ==, 30);
  g_assert_cmpint (minute.counts.offered, ==, 1);
}

static void
test_the_running_minute_is_written (Fixture      *fixture,
                                    gconstpointer data)
{
  TdInterval minute;

  see (fixture, START, 100);
  see (fixture, START + 12 * SECOND, 107);
  minute = get_minute (fixture, START);
  g_assert_cmpint (minute.observed_s, ==, 12);
  g_assert_cmpint (minute.counts.offered, ==, 7);

  see (fixture, START + 15 * SECOND, 109);
  td_recorder_write (fixture->recorder);
  minute = get_minute (fixture, START);
  g_assert_cmpint (minute.observed_s, ==, 15);
  g_assert_cmpint (minute.counts.offered, ==, 9);
}

#define add(path, test) g_test_add ("/recorder/" path, Fixture, NULL, set_up, test, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  add ("differences-become-minutes", test_differences_become_minutes);
  add ("the-state-is-remembered", test_the_state_is_remembered);
  add ("silence-is-observed", test_silence_is_observed);
  add ("what-was-missed-is-not-squeezed-in", test_what_was_missed_is_not_squeezed_in);
  add ("a-break-is-not-observed", test_a_break_is_not_observed);
  add ("midnight-counts-on", test_midnight_counts_on);
  add ("a-reset-is-no-count", test_a_reset_is_no_count);
  add ("the-running-minute-is-written", test_the_running_minute_is_written);

  return g_test_run ();
}
