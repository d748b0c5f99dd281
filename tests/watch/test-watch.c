/* test-watch.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>

#include "fake-backend.h"
#include "td-watch.h"

#define MINUTE_US (60 * G_TIME_SPAN_SECOND)
#define DAY_START (G_GINT64_CONSTANT (1795305600) * G_USEC_PER_SEC) /* 2026-11-22T00:00:00Z */

typedef struct
{
  FakeBackend *backend;
  TdWatch     *watch;
} Fixture;

/* What the source was asked, over the whole of one test. */
static struct
{
  guint  n_asked;
  gint64 from;
  gint64 to;
  guint  step_s;
  guint  n_queues;
  guint  n_failures;
  gint64 at;
  gint64 revision;
} source;

static void
answer_snapshot (FakeBackend *self,
                 guint        n,
                 GTask       *task)
{
  TdSnapshotBuilder *builder;
  TdCentreInfo       centre;

  if (self->data != NULL)
    {
      fake_answer_error (task, TD_BACKEND_ERROR_UNREACHABLE);
      return;
    }

  builder = td_snapshot_builder_new ();
  td_centre_info_init (&centre);
  centre.timezone = "UTC";
  centre.day_start = source.at - source.at % G_TIME_SPAN_DAY;
  td_snapshot_builder_set_revision (builder, ++source.revision, "i");
  td_snapshot_builder_set_at (builder, source.at);
  td_snapshot_builder_set_centre (builder, &centre);
  fake_add_queues (builder, source.n_queues, 100);
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
  source.from = from;
  source.to = to;
  source.step_s = step_s;

  if (source.n_failures > 0)
    {
      source.n_failures--;
      fake_answer_error (task, TD_BACKEND_ERROR_SERVER);
      return;
    }

  fake_answer_intervals (task, from, to, step_s, source.n_queues, 0, 2);
}

static void
answer_no_history (FakeBackend *self,
                   gint64       from,
                   gint64       to,
                   guint        step_s,
                   GTask       *task)
{
  source.n_asked++;
  fake_answer_error (task, TD_BACKEND_ERROR_UNSUPPORTED);
}

static void
set_up (Fixture      *fixture,
        gconstpointer history)
{
  source = (typeof (source)){ .n_queues = 2, .at = DAY_START + 90 * MINUTE_US + 30 * G_TIME_SPAN_SECOND };

  fixture->backend = fake_backend_new (answer_snapshot);
  fixture->backend->history = *(const FakeHistory *)history;
  fixture->watch = td_watch_new (TD_BACKEND (fixture->backend), NULL);
  td_poller_set_interval_ms (td_watch_get_poller (fixture->watch), 20);
  td_poller_set_wait_s (td_watch_get_poller (fixture->watch), 0);
}

static void
tear_down (Fixture      *fixture,
           gconstpointer history)
{
  g_assert_finalize_object (g_steal_pointer (&fixture->watch));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (g_steal_pointer (&fixture->backend));
}

static double
get_minute (Fixture *fixture,
            guint    minute)
{
  double minutes[TD_DAY_MINUTES];

  td_day_get_offered (td_watch_get_day (fixture->watch), "q1", minutes, TD_DAY_MINUTES);

  return minutes[minute];
}

static void
test_fills_at_start (Fixture      *fixture,
                     gconstpointer history)
{
  td_watch_start (fixture->watch);
  fake_run_until (get_minute (fixture, 0) == 2.0);

  g_assert_cmpint (source.from, ==, DAY_START);
  g_assert_cmpint (source.to, ==, DAY_START + 90 * MINUTE_US);
  g_assert_cmpuint (source.step_s, ==, 60);
  g_assert_cmpfloat (get_minute (fixture, 89), ==, 2.0);
  g_assert_true (isnan (get_minute (fixture, 90)));

  /* Once is enough until something is missed. */
  fake_run_ms (100);
  g_assert_cmpuint (source.n_asked, ==, 1);
}

static void
test_fills_after_gap (Fixture      *fixture,
                      gconstpointer history)
{
  TdPoller *poller = td_watch_get_poller (fixture->watch);

  td_watch_start (fixture->watch);
  fake_run_until (source.n_asked == 1);

  fixture->backend->data = fixture;
  fake_run_until (td_poller_get_health (poller) == TD_HEALTH_LOST);
  source.at += 10 * MINUTE_US;
  fixture->backend->data = NULL;
  td_poller_poll_now (poller);
  fake_run_until (source.n_asked == 2);

  /* Only what it does not have yet. */
  g_assert_cmpint (source.from, ==, DAY_START + 90 * MINUTE_US);
  g_assert_cmpint (source.to, ==, DAY_START + 100 * MINUTE_US);
  fake_run_until (get_minute (fixture, 95) == 2.0);
}

static void
test_fills_new_day (Fixture      *fixture,
                    gconstpointer history)
{
  td_watch_start (fixture->watch);
  fake_run_until (source.n_asked == 1);

  source.at = DAY_START + G_TIME_SPAN_DAY + 5 * MINUTE_US;
  fake_run_until (source.n_asked == 2);

  g_assert_cmpint (source.from, ==, DAY_START + G_TIME_SPAN_DAY);
  g_assert_cmpint (source.to, ==, DAY_START + G_TIME_SPAN_DAY + 5 * MINUTE_US);
}

static void
test_huge_centre (Fixture      *fixture,
                  gconstpointer history)
{
  source.n_queues = 600;
  source.at = DAY_START + 23 * G_TIME_SPAN_HOUR + 3 * MINUTE_US;
  td_watch_start (fixture->watch);
  fake_run_until (source.n_asked == 1);

  g_assert_cmpuint (source.step_s, ==, 900);
  g_assert_cmpint (source.to, ==, DAY_START + 23 * G_TIME_SPAN_HOUR);
}

static void
test_no_history (Fixture      *fixture,
                 gconstpointer history)
{
  td_watch_start (fixture->watch);
  fake_run_until (source.n_asked == 1);
  fake_run_ms (150);

  g_assert_cmpuint (source.n_asked, ==, 1);
  g_assert_cmpint (td_poller_get_health (td_watch_get_poller (fixture->watch)), ==, TD_HEALTH_LIVE);
}

static void
test_retries (Fixture      *fixture,
              gconstpointer history)
{
  source.n_failures = 1;
  td_watch_start (fixture->watch);
  fake_run_until (source.n_asked == 2);

  g_assert_cmpint (td_poller_get_health (td_watch_get_poller (fixture->watch)), ==, TD_HEALTH_LIVE);
  fake_run_until (get_minute (fixture, 0) == 2.0);
}

static void
keep_history (FakeBackend *self,
              gint64       from,
              gint64       to,
              guint        step_s,
              GTask       *task)
{
  source.n_asked++;
  fake_keep (self, 0, task);
}

static void
test_stopped_while_filling (Fixture      *fixture,
                            gconstpointer history)
{
  g_autoptr (GTask) task = NULL;

  td_watch_start (fixture->watch);
  fake_run_until (source.n_asked == 1);
  td_watch_stop (fixture->watch);

  task = g_ptr_array_steal_index (fixture->backend->kept, 0);
  g_assert_true (g_cancellable_is_cancelled (g_task_get_cancellable (task)));
  g_task_set_check_cancellable (task, FALSE);
  answer_history (fixture->backend, DAY_START, DAY_START + MINUTE_US, 60, task);
  fake_run_ms (20);
  g_assert_true (isnan (get_minute (fixture, 0)));
}

/* The alert of a kind that is on, as the desk looks now. */
static const TdAlert *
find_alert (Fixture    *fixture,
            TdAlertKind kind)
{
  TdAlertDesk *desk = td_watch_get_alerts (fixture->watch);
  GListModel  *incidents = td_alert_board_get_incidents (td_alert_desk_get_board (desk));

  td_alert_desk_observe (desk);
  for (guint i = 0; i < g_list_model_get_n_items (incidents); i++)
    {
      g_autoptr (TdIncident) incident = g_list_model_get_item (incidents, i);

      for (guint j = 0; j < td_incident_get_n_parts (incident); j++)
        {
          const TdAlert *part = td_incident_get_part (incident, j);

          if (part->kind == kind && td_alert_is_on (part))
            return part;
        }
    }

  return NULL;
}

/* Told, taken, and over when the source is back, with another clock. */
static void
test_source_alerts (Fixture      *fixture,
                    gconstpointer history)
{
  static const TdAlertKind kinds[] = { TD_ALERT_STALE, TD_ALERT_LOST, TD_ALERT_CLOCK };
  TdAlertDesk             *desk = td_watch_get_alerts (fixture->watch);
  GListModel              *incidents = td_alert_board_get_incidents (td_alert_desk_get_board (desk));
  g_autoptr (GPtrArray) rules = g_ptr_array_new_with_free_func ((GDestroyNotify)td_alert_rule_free);

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      TdAlertRule *rule = td_alert_rule_new (td_alert_kind_to_string (kinds[i]), kinds[i]);

      rule->raise = kinds[i] == TD_ALERT_CLOCK ? 3600 : 1;
      rule->clear = kinds[i] == TD_ALERT_CLOCK ? 1800 : 0;
      rule->for_s = rule->clear_s = 0;
      g_assert_true (td_alert_rule_check (rule, NULL));
      g_ptr_array_add (rules, rule);
    }
  td_alert_desk_set_rules (desk, rules);

  /* Its time is years from this computer's. */
  td_watch_start (fixture->watch);
  fake_run_until (find_alert (fixture, TD_ALERT_CLOCK) != NULL);
  g_assert_nonnull (strstr (find_alert (fixture, TD_ALERT_CLOCK)->evidence, "differ"));
  source.at = g_get_real_time ();
  fake_run_until (find_alert (fixture, TD_ALERT_CLOCK) == NULL);
  g_assert_null (find_alert (fixture, TD_ALERT_STALE));

  fixture->backend->data = fixture;
  fake_run_until (find_alert (fixture, TD_ALERT_STALE) != NULL && find_alert (fixture, TD_ALERT_LOST) != NULL);
  g_assert_nonnull (find_alert (fixture, TD_ALERT_LOST)->evidence);
  for (guint i = 0; i < g_list_model_get_n_items (incidents); i++)
    {
      g_autoptr (TdIncident) incident = g_list_model_get_item (incidents, i);

      if (td_incident_get_ended (incident) == TD_UNKNOWN)
        g_assert_true (td_alert_desk_act (desk, incident, TD_INCIDENT_EVENT_TAKEN, "Tâm", NULL, NULL, TD_UNKNOWN, NULL));
    }

  fixture->backend->data = NULL;
  source.at = g_get_real_time ();
  td_poller_poll_now (td_watch_get_poller (fixture->watch));
  fake_run_until (find_alert (fixture, TD_ALERT_STALE) == NULL && find_alert (fixture, TD_ALERT_LOST) == NULL);
}

#define add(path, history, test)                                                      \
  G_STMT_START                                                                        \
  {                                                                                   \
    static const FakeHistory chosen = history;                                        \
    g_test_add ("/watch/" path, Fixture, (gpointer)&chosen, set_up, test, tear_down); \
  }                                                                                   \
  G_STMT_END

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  add ("fills-the-day-at-the-start", answer_history, test_fills_at_start);
  add ("fills-the-gap-of-an-outage", answer_history, test_fills_after_gap);
  add ("fills-a-new-day", answer_history, test_fills_new_day);
  add ("asks-a-huge-centre-for-coarser-steps", answer_history, test_huge_centre);
  add ("lives-without-history", answer_no_history, test_no_history);
  add ("tries-again-after-a-failure", answer_history, test_retries);
  add ("a-source-that-goes-is-an-alert", answer_no_history, test_source_alerts);
  add ("stops-while-it-fills", keep_history, test_stopped_while_filling);

  return g_test_run ();
}
