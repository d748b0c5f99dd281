/* test-poller.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "fake-backend.h"
#include "td-clock.h"
#include "td-poller.h"

#define INTERVAL_MS 20

typedef struct
{
  FakeBackend *backend;
  TdCentre    *centre;
  TdPoller    *poller;
} Fixture;

static void
set_up (Fixture      *fixture,
        gconstpointer answer)
{
  fixture->backend = fake_backend_new (*(const FakeAnswer *)answer);
  fixture->centre = td_centre_new ();
  fixture->poller = td_poller_new (TD_BACKEND (fixture->backend), fixture->centre);
  td_poller_set_interval_ms (fixture->poller, INTERVAL_MS);
  td_poller_set_wait_s (fixture->poller, 0);
}

static void
tear_down (Fixture      *fixture,
           gconstpointer answer)
{
  g_clear_object (&fixture->poller);
  g_clear_object (&fixture->centre);

  /* A request always ends in its callback, which frees what it holds. */
  while (g_main_context_iteration (NULL, FALSE))
    ;
  for (guint i = 0; i < fixture->backend->kept->len; i++)
    {
      GTask *task = g_ptr_array_index (fixture->backend->kept, i);

      if (!g_task_get_completed (task))
        fake_answer_unchanged (task, FALSE);
    }
  g_ptr_array_set_size (fixture->backend->kept, 0);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (fixture->backend);
}

static guint
n_polls (Fixture *fixture)
{
  return fixture->backend->requests->len;
}

static gint64
gap_ms (Fixture *fixture,
        guint    n)
{
  return (fake_backend_get (fixture->backend, n)->time - fake_backend_get (fixture->backend, n - 1)->time) / 1000;
}

static void
answer_once_then_unchanged (FakeBackend *self,
                            guint        n,
                            GTask       *task)
{
  if (n == 0)
    fake_answer_snapshot (task, 1, TD_UNKNOWN, "i", FAKE_AT, FALSE);
  else
    fake_answer_unchanged (task, FALSE);
}

static void
test_cadence (Fixture      *fixture,
              gconstpointer answer)
{
  gint64 sum_ms = 0;

  g_assert_cmpint (td_poller_get_age_ms (fixture->poller), ==, TD_UNKNOWN);
  g_assert_cmpint (td_poller_get_last_good (fixture->poller), ==, TD_UNKNOWN);

  td_poller_start (fixture->poller);
  fake_run_until (n_polls (fixture) == 6);

  /* A busy machine may hold up one look at the clock, but not the sum of five. */
  for (guint i = 1; i < 6; i++)
    sum_ms += gap_ms (fixture, i);
  g_assert_cmpint (sum_ms, >=, 4 * INTERVAL_MS);

  g_assert_cmpint (td_poller_get_health (fixture->poller), ==, TD_HEALTH_LIVE);
  g_assert_cmpint (td_poller_get_age_ms (fixture->poller), >=, 0);
  g_assert_cmpint (td_poller_get_last_good (fixture->poller), >, 0);
  g_assert_null (td_poller_get_error_message (fixture->poller));
}

static void
test_full_then_since (Fixture      *fixture,
                      gconstpointer answer)
{
  td_poller_start (fixture->poller);
  fake_run_until (n_polls (fixture) == 2);

  g_assert_cmpint (fake_backend_get (fixture->backend, 0)->since, ==, TD_UNKNOWN);
  g_assert_cmpint (fake_backend_get (fixture->backend, 1)->since, ==, 1);
  g_assert_cmpstr (fake_backend_get (fixture->backend, 1)->instance, ==, "i");
}

static void
test_clock_offset (Fixture      *fixture,
                   gconstpointer answer)
{
  gint64 offset;

  td_poller_start (fixture->poller);
  fake_run_until (td_poller_get_health (fixture->poller) == TD_HEALTH_LIVE);

  offset = FAKE_AT - g_get_real_time ();
  g_assert_cmpint (ABS (td_poller_get_clock_offset_us (fixture->poller) - offset), <, 5 * G_TIME_SPAN_SECOND);
}

static void
test_refresh (Fixture      *fixture,
              gconstpointer answer)
{
  td_poller_set_refresh_ms (fixture->poller, 70);
  td_poller_start (fixture->poller);
  fake_run_until (n_polls (fixture) > 1 &&
                  fake_backend_get (fixture->backend, n_polls (fixture) - 1)->since == TD_UNKNOWN);

  g_assert_cmpuint (n_polls (fixture), >=, 3);
}

static void
test_one_in_flight (Fixture      *fixture,
                    gconstpointer answer)
{
  td_poller_start (fixture->poller);
  fake_run_until (n_polls (fixture) == 1);
  td_poller_poll_now (fixture->poller);
  fake_run_ms (5 * INTERVAL_MS);

  g_assert_cmpuint (n_polls (fixture), ==, 1);
}

static void
keep_second (FakeBackend *self,
             guint        n,
             GTask       *task)
{
  if (n == 1)
    fake_keep (self, n, task);
  else
    answer_once_then_unchanged (self, n, task);
}

static void
test_deadline (Fixture      *fixture,
               gconstpointer answer)
{
  GTask *late;

  td_poller_set_deadline_ms (fixture->poller, 40);
  td_poller_start (fixture->poller);
  fake_run_until (td_poller_get_error_message (fixture->poller) != NULL);

  late = g_ptr_array_index (fixture->backend->kept, 0);
  g_assert_true (g_cancellable_is_cancelled (g_task_get_cancellable (late)));
  g_assert_cmpstr (td_poller_get_error_message (fixture->poller), ==, "No whole answer within 1 second");

  fake_run_until (td_poller_get_error_message (fixture->poller) == NULL);
  g_assert_cmpint (td_poller_get_health (fixture->poller), ==, TD_HEALTH_LIVE);

  /* What comes after it was given up changes nothing, even a snapshot. */
  g_task_set_check_cancellable (late, FALSE);
  fake_answer_snapshot (late, 99, TD_UNKNOWN, "i", FAKE_AT, FALSE);
  fake_run_ms (INTERVAL_MS);
  g_assert_cmpint (td_centre_get_revision (fixture->centre), ==, 1);
}

static void
test_late_answer_after_restart (Fixture      *fixture,
                                gconstpointer answer)
{
  GTask *late;

  td_poller_start (fixture->poller);
  fake_run_until (n_polls (fixture) == 1);
  td_poller_stop (fixture->poller);
  td_poller_start (fixture->poller);
  fake_run_until (n_polls (fixture) == 2);

  late = g_ptr_array_index (fixture->backend->kept, 0);
  g_task_set_check_cancellable (late, FALSE);
  fake_answer_snapshot (late, 5, TD_UNKNOWN, "i", FAKE_AT, FALSE);
  fake_run_ms (10);
  g_assert_true (td_centre_is_empty (fixture->centre));

  fake_answer_snapshot (g_ptr_array_index (fixture->backend->kept, 1), 6, TD_UNKNOWN, "i", FAKE_AT, FALSE);
  fake_run_until (td_centre_get_revision (fixture->centre) == 6);
}

static void
test_freed_in_flight (Fixture      *fixture,
                      gconstpointer answer)
{
  GTask *task;

  td_poller_start (fixture->poller);
  fake_run_until (n_polls (fixture) == 1);
  g_assert_finalize_object (g_steal_pointer (&fixture->poller));

  task = g_ptr_array_index (fixture->backend->kept, 0);
  g_assert_true (g_cancellable_is_cancelled (g_task_get_cancellable (task)));
  fake_answer_unchanged (task, FALSE);
  fake_run_ms (5);
}

static void
answer_unreachable_after_first (FakeBackend *self,
                                guint        n,
                                GTask       *task)
{
  if (n == 0 || self->data != NULL)
    fake_answer_snapshot (task, 1, TD_UNKNOWN, "i", FAKE_AT, FALSE);
  else
    fake_answer_error (task, TD_BACKEND_ERROR_UNREACHABLE);
}

static void
append_health_cb (GObject    *object,
                  GParamSpec *pspec,
                  GString    *seen)
{
  g_string_append_printf (seen, "%d", td_poller_get_health (TD_POLLER (object)));
}

static void
test_unreachable (Fixture      *fixture,
                  gconstpointer answer)
{
  g_autoptr (GString) seen = g_string_new (NULL);

  /* Slow enough that a busy machine shows each of the three. */
  td_poller_set_interval_ms (fixture->poller, 150);
  g_signal_connect (fixture->poller, "notify::health", G_CALLBACK (append_health_cb), seen);
  td_poller_start (fixture->poller);
  fake_run_until (td_poller_get_health (fixture->poller) == TD_HEALTH_LOST);

  g_assert_cmpstr (seen->str, ==, "123");
  g_assert_cmpstr (td_poller_get_error_message (fixture->poller), ==, "failure 0");
  g_assert_cmpint (td_centre_get_revision (fixture->centre), ==, 1);

  fixture->backend->data = fixture;
  td_poller_poll_now (fixture->poller);
  fake_run_until (td_poller_get_health (fixture->poller) == TD_HEALTH_LIVE);
  g_assert_null (td_poller_get_error_message (fixture->poller));
}

static void
answer_unreachable (FakeBackend *self,
                    guint        n,
                    GTask       *task)
{
  fake_answer_error (task, TD_BACKEND_ERROR_UNREACHABLE);
}

static void
test_never_reached (Fixture      *fixture,
                    gconstpointer answer)
{
  g_autoptr (GString) seen = g_string_new (NULL);

  g_signal_connect (fixture->poller, "notify::health", G_CALLBACK (append_health_cb), seen);
  td_poller_start (fixture->poller);
  fake_run_until (td_poller_get_health (fixture->poller) == TD_HEALTH_LOST);
  g_assert_cmpstr (seen->str, ==, "3");

  td_poller_stop (fixture->poller);
  g_assert_cmpint (td_poller_get_health (fixture->poller), ==, TD_HEALTH_CONNECTING);
  g_assert_null (td_poller_get_error_message (fixture->poller));
}

static void
test_back_off (Fixture      *fixture,
               gconstpointer answer)
{
  td_poller_set_interval_ms (fixture->poller, 4);
  td_poller_start (fixture->poller);
  fake_run_ms (600);

  /* At the interval it would be 150. Doubling, even with the luckiest jitter,
   * it cannot be as many; and it never gives up. */
  g_assert_cmpuint (n_polls (fixture), <, 60);
  g_assert_cmpuint (n_polls (fixture), >=, 4);
  for (guint i = 1; i < n_polls (fixture); i++)
    g_assert_cmpint (gap_ms (fixture, i), >=, 3);
}

static void
answer_busy_once (FakeBackend *self,
                  guint        n,
                  GTask       *task)
{
  self->retry_after = n == 0 ? 1 : 0;
  if (n == 0)
    fake_answer_error (task, TD_BACKEND_ERROR_BUSY);
  else
    fake_answer_snapshot (task, 1, TD_UNKNOWN, "i", FAKE_AT, FALSE);
}

static void
test_retry_after (Fixture      *fixture,
                  gconstpointer answer)
{
  td_poller_start (fixture->poller);
  fake_run_until (n_polls (fixture) == 2);

  g_assert_cmpint (gap_ms (fixture, 1), >=, 999);
}

static void
answer_refused_thrice (FakeBackend *self,
                       guint        n,
                       GTask       *task)
{
  if (n < 3)
    fake_answer_error (task, TD_BACKEND_ERROR_REFUSED);
  else
    fake_answer_snapshot (task, 1, TD_UNKNOWN, "i", FAKE_AT, FALSE);
}

static void
test_refused (Fixture      *fixture,
              gconstpointer answer)
{
  td_poller_start (fixture->poller);
  fake_run_until (td_poller_get_health (fixture->poller) == TD_HEALTH_REFUSED);
  fake_run_until (td_poller_get_health (fixture->poller) == TD_HEALTH_LIVE);

  for (guint i = 1; i <= 3; i++)
    g_assert_cmpint (gap_ms (fixture, i), >=, 5 * INTERVAL_MS - 2);
}

static void
answer_wrong_base (FakeBackend *self,
                   guint        n,
                   GTask       *task)
{
  if (n == 1)
    fake_answer_snapshot (task, 9, 5, "i", FAKE_AT + 1, FALSE);
  else
    fake_answer_snapshot (task, n + 1, TD_UNKNOWN, "i", FAKE_AT + n, FALSE);
}

static void
test_wrong_base (Fixture      *fixture,
                 gconstpointer answer)
{
  td_poller_set_interval_ms (fixture->poller, 200);
  td_poller_start (fixture->poller);
  fake_run_until (n_polls (fixture) == 3);

  g_assert_cmpint (fake_backend_get (fixture->backend, 1)->since, ==, 1);
  g_assert_cmpint (fake_backend_get (fixture->backend, 2)->since, ==, TD_UNKNOWN);
  g_assert_cmpint (gap_ms (fixture, 2), <, 150);
  g_assert_null (td_poller_get_error_message (fixture->poller));
}

static void
answer_backwards (FakeBackend *self,
                  guint        n,
                  GTask       *task)
{
  if (n == 0)
    fake_answer_snapshot (task, 50, TD_UNKNOWN, "i", FAKE_AT, FALSE);
  else if (self->data != NULL)
    fake_answer_snapshot (task, 51, TD_UNKNOWN, "i", FAKE_AT + n, FALSE);
  else
    fake_answer_snapshot (task, 7, TD_UNKNOWN, "i", FAKE_AT + n, FALSE);
}

static void
test_backwards (Fixture      *fixture,
                gconstpointer answer)
{
  td_poller_start (fixture->poller);
  fake_run_until (td_poller_get_health (fixture->poller) == TD_HEALTH_STALE);
  fake_run_until (n_polls (fixture) >= 5);

  g_assert_cmpstr (td_poller_get_error_message (fixture->poller), ==, "The revision of the source went backwards");
  g_assert_cmpint (td_centre_get_revision (fixture->centre), ==, 50);
  g_assert_cmpint (fake_backend_get (fixture->backend, 1)->since, ==, 50);
  g_assert_cmpint (fake_backend_get (fixture->backend, 4)->since, ==, TD_UNKNOWN);

  /* It stays where it went back to: that is its state now. */
  fake_run_until (td_poller_get_health (fixture->poller) == TD_HEALTH_LIVE);
  g_assert_cmpint (td_centre_get_revision (fixture->centre), ==, 7);
  g_assert_null (td_poller_get_error_message (fixture->poller));

  fixture->backend->data = fixture;
  fake_run_until (td_centre_get_revision (fixture->centre) == 51);
}

/* Honours the wait and holds the third request. */
static void
answer_held (FakeBackend *self,
             guint        n,
             GTask       *task)
{
  if (n == 0)
    fake_answer_snapshot (task, 1, TD_UNKNOWN, "i", FAKE_AT, FALSE);
  else if (n == 1)
    fake_answer_snapshot (task, 2, 1, "i", FAKE_AT + 1, TRUE);
  else
    fake_keep (self, n, task);
}

static void
test_held (Fixture      *fixture,
           gconstpointer answer)
{
  td_poller_set_wait_s (fixture->poller, 20);
  td_poller_start (fixture->poller);
  fake_run_until (n_polls (fixture) == 3);

  g_assert_cmpuint (fake_backend_get (fixture->backend, 0)->wait_s, ==, 0);
  g_assert_cmpuint (fake_backend_get (fixture->backend, 1)->wait_s, ==, 1);
  g_assert_cmpuint (fake_backend_get (fixture->backend, 2)->wait_s, ==, 20);
  g_assert_cmpint (gap_ms (fixture, 2), <, INTERVAL_MS);

  fake_run_ms (6 * INTERVAL_MS);
  g_assert_cmpint (td_poller_get_health (fixture->poller), ==, TD_HEALTH_LIVE);

  /* A person who wants to see now is not held. */
  td_poller_poll_now (fixture->poller);
  fake_run_until (n_polls (fixture) == 4);
  g_assert_cmpuint (fake_backend_get (fixture->backend, 3)->wait_s, ==, 0);
  g_assert_true (g_cancellable_is_cancelled (
    g_task_get_cancellable (g_ptr_array_index (fixture->backend->kept, 0))));
}

static void
test_held_too_long (Fixture      *fixture,
                    gconstpointer answer)
{
  td_poller_set_wait_s (fixture->poller, 1);
  td_poller_set_deadline_ms (fixture->poller, 500);
  td_poller_start (fixture->poller);
  fake_run_until (n_polls (fixture) == 3);
  fake_run_until (td_poller_get_health (fixture->poller) == TD_HEALTH_STALE);

  g_assert_cmpint (td_poller_get_age_ms (fixture->poller), >=, 1000 + 3 * INTERVAL_MS - 5);
  g_assert_null (td_poller_get_error_message (fixture->poller));
  fake_run_until (td_poller_get_error_message (fixture->poller) != NULL);
}

static void
answer_unchanged_as_if_held (FakeBackend *self,
                             guint        n,
                             GTask       *task)
{
  if (n == 0)
    fake_answer_snapshot (task, 1, TD_UNKNOWN, "i", FAKE_AT, FALSE);
  else
    fake_answer_unchanged (task, TRUE);
}

static void
test_pretended_hold (Fixture      *fixture,
                     gconstpointer answer)
{
  td_poller_set_wait_s (fixture->poller, 20);
  td_poller_start (fixture->poller);
  fake_run_until (n_polls (fixture) == 5);

  for (guint i = 2; i < 5; i++)
    g_assert_cmpint (gap_ms (fixture, i), >=, INTERVAL_MS - 2);
}

static void
stop_cb (TdCentre        *centre,
         const TdChanges *changes,
         TdPoller        *poller)
{
  td_poller_stop (poller);
}

static void
test_stopped_by_a_change (Fixture      *fixture,
                          gconstpointer answer)
{
  g_signal_connect (fixture->centre, "changed", G_CALLBACK (stop_cb), fixture->poller);
  td_poller_start (fixture->poller);
  fake_run_until (!td_centre_is_empty (fixture->centre));
  fake_run_ms (4 * INTERVAL_MS);

  g_assert_cmpuint (n_polls (fixture), ==, 1);
  g_assert_cmpint (td_poller_get_health (fixture->poller), ==, TD_HEALTH_CONNECTING);
}

static void
answer_unchanged_always (FakeBackend *self,
                         guint        n,
                         GTask       *task)
{
  fake_answer_unchanged (task, FALSE);
}

static void
test_unchanged_at_first (Fixture      *fixture,
                         gconstpointer answer)
{
  td_poller_start (fixture->poller);
  fake_run_until (td_poller_get_error_message (fixture->poller) != NULL);

  g_assert_cmpint (td_poller_get_health (fixture->poller), ==, TD_HEALTH_CONNECTING);
}

static void
test_health_by_time (Fixture      *fixture,
                     gconstpointer answer)
{
  td_poller_start (fixture->poller);
  fake_run_until (td_poller_get_health (fixture->poller) == TD_HEALTH_LIVE);
  fake_run_until (td_poller_get_health (fixture->poller) == TD_HEALTH_STALE);

  /* Nothing came and nothing failed: the clock alone did it, in time. */
  g_assert_cmpuint (n_polls (fixture), ==, 2);
  g_assert_cmpint (td_poller_get_age_ms (fixture->poller), >=, 3 * INTERVAL_MS);
  g_assert_cmpint (td_poller_get_age_ms (fixture->poller), <, 3 * INTERVAL_MS + 200);
}

static void
answer_all_but_the_second (FakeBackend *self,
                           guint        n,
                           GTask       *task)
{
  if (n == 1)
    fake_keep (self, n, task);
  else
    fake_answer_snapshot (task, n + 1, TD_UNKNOWN, "i", FAKE_AT + n, FALSE);
}

static void
test_sleep (Fixture      *fixture,
            gconstpointer answer)
{
  const gint64 hour = G_TIME_SPAN_HOUR;
  gint64       before;

  /* Far from being old by itself, while the source holds its answer. */
  td_poller_set_interval_ms (fixture->poller, 60 * 1000);
  td_poller_start (fixture->poller);
  fake_run_until (td_poller_get_health (fixture->poller) == TD_HEALTH_LIVE);
  td_poller_poll_now (fixture->poller);
  fake_run_until (n_polls (fixture) == 2);
  g_assert_cmpint (td_poller_get_health (fixture->poller), ==, TD_HEALTH_LIVE);

  before = td_centre_get_now (fixture->centre);
  td_clock_sleep (hour);
  g_assert_cmpint (td_poller_get_age_ms (fixture->poller), >=, hour / 1000);
  g_assert_cmpint (td_centre_get_now (fixture->centre) - before, >=, hour);
  fake_run_until (n_polls (fixture) == 3);
  g_assert_cmpint (td_poller_get_health (fixture->poller), !=, TD_HEALTH_LIVE);
  fake_run_until (td_poller_get_health (fixture->poller) == TD_HEALTH_LIVE);
  g_assert_cmpint (td_poller_get_age_ms (fixture->poller), <, hour / 1000);
}

#define add(path, answer, test)                                                        \
  G_STMT_START                                                                         \
  {                                                                                    \
    static const FakeAnswer chosen = answer;                                           \
    g_test_add ("/poller/" path, Fixture, (gpointer)&chosen, set_up, test, tear_down); \
  }                                                                                    \
  G_STMT_END

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  add ("keeps-its-cadence", answer_once_then_unchanged, test_cadence);
  add ("asks-in-full-then-for-changes", answer_once_then_unchanged, test_full_then_since);
  add ("knows-the-source-s-clock", answer_once_then_unchanged, test_clock_offset);
  add ("asks-in-full-again-after-a-while", answer_once_then_unchanged, test_refresh);
  add ("has-one-request-in-flight", fake_keep, test_one_in_flight);
  add ("gives-up-at-the-deadline-and-recovers", keep_second, test_deadline);
  add ("drops-an-answer-from-before-the-restart", fake_keep, test_late_answer_after_restart);
  add ("can-be-freed-in-flight", fake_keep, test_freed_in_flight);
  add ("unreachable-is-stale-then-lost-then-live-again", answer_unreachable_after_first, test_unreachable);
  add ("never-reached-is-lost", answer_unreachable, test_never_reached);
  add ("backs-off-but-never-gives-up", answer_unreachable, test_back_off);
  add ("comes-back-when-it-was-asked-to", answer_busy_once, test_retry_after);
  add ("refused-is-tried-slowly", answer_refused_thrice, test_refused);
  add ("wrong-base-asks-in-full-at-once", answer_wrong_base, test_wrong_base);
  add ("revision-that-goes-backwards-is-stale", answer_backwards, test_backwards);
  add ("held-answer-is-live", answer_held, test_held);
  add ("held-too-long-is-stale-then-fails", answer_held, test_held_too_long);
  add ("pretended-hold-is-not-hammered", answer_unchanged_as_if_held, test_pretended_hold);
  add ("stopped-by-a-change-stays-stopped", answer_once_then_unchanged, test_stopped_by_a_change);
  add ("nothing-new-at-first-is-an-error", answer_unchanged_always, test_unchanged_at_first);
  add ("health-turns-with-time-alone", keep_second, test_health_by_time);
  add ("after-a-sleep-it-asks-anew", answer_all_but_the_second, test_sleep);

  return g_test_run ();
}
