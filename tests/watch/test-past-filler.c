/* test-past-filler.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "fake-backend.h"
#include "history-fixture.h"
#include "td-past-filler.h"

/* Ten in the morning of a day on which the source has kept count for long. */
#define NOW (DAY0 + 600 * MINUTE + 20 * G_TIME_SPAN_SECOND)

/* Of what the source knows, and what it was asked. */
static struct
{
  gint64   known_from;
  guint    n_queues;
  guint    n_asked;
  guint    n_failures;
  gint64   asked_from;
  gint64   asked_to;
  gint64   max_length;
  guint    step_s;
  gboolean in_flight;
} source;

typedef struct
{
  char         *path;
  FakeBackend  *backend;
  TdCentre     *centre;
  TdPoller     *poller;
  TdHistory    *history;
  TdPastFiller *filler;
  guint         n_filled;
} Fixture;

static void
answer_snapshot (FakeBackend *self,
                 guint        n,
                 GTask       *task)
{
  TdSnapshotBuilder *builder = td_snapshot_builder_new ();

  td_snapshot_builder_set_revision (builder, n + 1, "i");
  td_snapshot_builder_set_at (builder, NOW);
  fake_add_queues (builder, source.n_queues, TD_UNKNOWN);
  g_task_return_pointer (task, td_poll_result_new (td_snapshot_builder_end (builder), FALSE),
                         (GDestroyNotify)td_poll_result_free);
}

static void
answer_history (FakeBackend *self,
                gint64       from,
                gint64       to,
                guint        step_s,
                GTask       *task)
{
  source.n_asked++;
  source.asked_from = source.asked_from == 0 ? from : MIN (source.asked_from, from);
  source.asked_to = MAX (source.asked_to, to);
  source.max_length = MAX (source.max_length, to - from);
  source.step_s = step_s;
  if (source.n_failures > 0)
    {
      source.n_failures--;
      fake_answer_error (task, TD_BACKEND_ERROR_SERVER);
      return;
    }

  fake_answer_intervals (task, from, to, step_s, source.n_queues, source.known_from, 3);
}

static void
answer_none (FakeBackend *self,
             gint64       from,
             gint64       to,
             guint        step_s,
             GTask       *task)
{
  source.n_asked++;
  fake_answer_error (task, TD_BACKEND_ERROR_UNSUPPORTED);
}

static void
count_cb (Fixture *fixture)
{
  fixture->n_filled++;
}

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  source = (typeof (source)){ .known_from = DAY0 - 100 * DAY, .n_queues = 2 };

  fixture->path = history_make_path ();
  fixture->backend = fake_backend_new (answer_snapshot);
  fixture->backend->history = answer_history;
  fixture->centre = td_centre_new ();
  fixture->poller = td_poller_new (TD_BACKEND (fixture->backend), fixture->centre);
  td_poller_set_interval_ms (fixture->poller, 1000);
  td_poller_set_wait_s (fixture->poller, 0);
  fixture->history = td_history_new (fixture->path);
  fixture->filler = td_past_filler_new (TD_BACKEND (fixture->backend), fixture->poller, fixture->centre,
                                        fixture->history);
  g_signal_connect_swapped (fixture->filler, "filled", G_CALLBACK (count_cb), fixture);
}

static void
start (Fixture *fixture)
{
  td_poller_start (fixture->poller);
  fake_run_until (td_poller_get_health (fixture->poller) == TD_HEALTH_LIVE);
  td_past_filler_fill (fixture->filler);
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  td_poller_stop (fixture->poller);
  g_assert_finalize_object (g_steal_pointer (&fixture->filler));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_clear_object (&fixture->poller);
  g_clear_object (&fixture->centre);
  g_clear_object (&fixture->backend);
  td_history_close (fixture->history);
  g_clear_object (&fixture->history);
  history_remove_all (fixture->path);
  g_free (fixture->path);
}

static gint64
get_sum (Fixture *fixture,
         gint64   from,
         gint64   to)
{
  g_autoptr (TdIntervals) intervals = history_read_range (fixture->history, "q1", from, to);
  const TdInterval *rows = history_find_rows (intervals, "q1");
  gint64            sum = 0;

  for (guint i = 0; rows != NULL && i < td_intervals_get_n_intervals (intervals); i++)
    sum += MAX (rows[i].counts.offered, 0);

  return sum;
}

static void
test_fills_as_far_as_the_source_knows (Fixture      *fixture,
                                       gconstpointer data)
{
  gint64 last = DAY0 + 600 * MINUTE;

  start (fixture);
  fake_run_until (!td_past_filler_get_filling (fixture->filler));
  fake_run_until (fixture->n_filled > 0);

  g_assert_cmpint (source.asked_to, ==, last);
  g_assert_cmpuint (source.step_s, ==, 60);
  /* It stopped long before the four hundredth day. */
  g_assert_cmpint (source.asked_from, >, DAY0 - 250 * DAY);
  g_assert_cmpint (get_sum (fixture, source.known_from, last), ==, 3 * (last - source.known_from) / MINUTE);
  g_assert_cmpint (get_sum (fixture, source.known_from - 30 * DAY, source.known_from), ==, 0);
}

static void
test_asks_only_for_gaps (Fixture      *fixture,
                         gconstpointer data)
{
  gint64 last = DAY0 + 600 * MINUTE;
  g_autoptr (TdIntervals) known = td_intervals_new (DAY0 - 300 * DAY, MINUTE, 300 * 1440 + 600);
  TdInterval *rows = td_intervals_add_queue (known, "q1");

  /* An hour is missing, forty days ago, and all of a hundred days before. */
  source.known_from = 0;
  for (guint i = 0; i < 300 * 1440 + 600; i++)
    {
      if (i >= 260 * 1440 + 120 && i < 260 * 1440 + 180)
        continue;
      rows[i] = (TdInterval){ .observed_s = 60, .counts = TD_COUNTS_UNKNOWN };
      rows[i].counts.offered = 5;
    }
  td_history_add_intervals (fixture->history, known);
  history_flush_well (fixture->history);

  start (fixture);
  fake_run_until (source.n_asked == 1);
  g_assert_cmpint (source.asked_from, ==, DAY0 - 40 * DAY + 120 * MINUTE);
  g_assert_cmpint (source.asked_to, ==, DAY0 - 40 * DAY + 180 * MINUTE);
  fake_run_until (!td_past_filler_get_filling (fixture->filler));

  g_assert_cmpint (source.asked_from, ==, DAY0 - 400 * DAY);
  g_assert_cmpint (get_sum (fixture, DAY0 - 300 * DAY, last), ==, 5 * (300 * 1440 + 600) - 2 * 60);
  g_assert_cmpint (get_sum (fixture, DAY0 - 301 * DAY, DAY0 - 300 * DAY), ==, 3 * 1440);

  /* And nothing more while nothing was missed. */
  source.n_asked = 0;
  td_past_filler_fill (fixture->filler);
  fake_run_ms (100);
  g_assert_cmpuint (source.n_asked, ==, 0);
}

static void
test_asks_a_huge_centre_for_less (Fixture      *fixture,
                                  gconstpointer data)
{
  source.n_queues = 600;
  source.known_from = DAY0 - DAY;
  start (fixture);
  fake_run_until (source.n_asked == 2);

  g_assert_cmpuint (source.step_s, ==, 1800);
  g_assert_cmpint (source.max_length, <=, DAY);
}

static void
test_lives_without_a_past (Fixture      *fixture,
                           gconstpointer data)
{
  fixture->backend->history = answer_none;
  start (fixture);
  fake_run_until (source.n_asked == 1);
  fake_run_until (!td_past_filler_get_filling (fixture->filler));
  fake_run_ms (100);

  g_assert_cmpuint (source.n_asked, ==, 1);
  g_assert_cmpuint (fixture->n_filled, ==, 0);
}

static void
test_waits_while_it_is_held (Fixture      *fixture,
                             gconstpointer data)
{
  td_past_filler_set_held (fixture->filler, TRUE);
  start (fixture);
  fake_run_ms (100);
  g_assert_cmpuint (source.n_asked, ==, 0);

  td_past_filler_set_held (fixture->filler, FALSE);
  fake_run_until (source.n_asked > 0);
}

static void
test_a_range_that_came_meanwhile_is_kept (Fixture      *fixture,
                                          gconstpointer data)
{
  start (fixture);
  fake_run_until (source.n_asked == 1);
  td_past_filler_fill (fixture->filler);
  td_past_filler_fill (fixture->filler);
  fake_run_until (!td_past_filler_get_filling (fixture->filler));
  g_assert_cmpint (get_sum (fixture, source.known_from, DAY0), ==, 3 * 100 * 1440);
}

#define add(path, test) g_test_add ("/past-filler/" path, Fixture, NULL, set_up, test, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  add ("fills-as-far-as-the-source-knows", test_fills_as_far_as_the_source_knows);
  add ("asks-only-for-gaps", test_asks_only_for_gaps);
  add ("asks-a-huge-centre-for-less", test_asks_a_huge_centre_for_less);
  add ("lives-without-a-past", test_lives_without_a_past);
  add ("waits-while-it-is-held", test_waits_while_it_is_held);
  add ("a-range-that-came-meanwhile-is-kept", test_a_range_that_came_meanwhile_is_kept);

  return g_test_run ();
}
