/* test-alert-desk.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "history-fixture.h"
#include "td-alert-desk.h"
#include "td-alert-rules.h"
#include "td-clock.h"
#include "td-fixture.h"

#define AT(seconds) (FIXTURE_START + FIXTURE_SECONDS (36000) + FIXTURE_SECONDS (seconds))

static const char *program;

/* A centre of one queue, watched without a source, as often as the test says. */
typedef struct
{
  char         *path;
  TdHistory    *history;
  TdCentre     *centre;
  TdDay        *day;
  TdOutlook    *outlook;
  TdAgentJudge *judge;
  TdAlertDesk  *desk;
  gint64        revision;
} Scene;

static void
scene_open (Scene *scene)
{
  scene->history = td_history_new (scene->path);
  scene->centre = td_centre_new ();
  scene->day = td_day_new (scene->centre);
  scene->outlook = td_outlook_new (scene->centre, scene->day, NULL);
  scene->judge = td_agent_judge_new (scene->centre);
  scene->desk = td_alert_desk_new (scene->centre, NULL, scene->outlook, scene->judge, scene->history);
  scene->revision = 0;
}

static void
scene_close (Scene *scene)
{
  td_alert_desk_stop (scene->desk);
  g_clear_object (&scene->desk);
  g_clear_object (&scene->judge);
  g_clear_object (&scene->outlook);
  g_clear_object (&scene->day);
  g_clear_object (&scene->centre);
  td_history_close (scene->history);
  g_clear_object (&scene->history);
}

static void
set_up (Scene        *scene,
        gconstpointer data)
{
  scene->path = history_make_path ();
  scene_open (scene);
}

static void
tear_down (Scene        *scene,
           gconstpointer data)
{
  scene_close (scene);
  history_remove_all (scene->path);
  g_free (scene->path);
}

static void
tell_of (Scene      *scene,
         const char *id,
         const char *hotline,
         gint64      at_s,
         gint64      waiting)
{
  TdSnapshotBuilder *builder = fixture_begin (scene->revision + 1, scene->revision > 0 ? scene->revision : TD_UNKNOWN, "i", AT (at_s));
  g_autoptr (TdSnapshot) snapshot = NULL;
  g_autoptr (GError) error = NULL;
  TdQueueInfo queue;

  td_queue_info_init (&queue);
  queue.id = id;
  queue.name = "Hoá đơn";
  queue.hotline = hotline;
  queue.waiting = waiting;
  queue.longest_since = waiting > 0 ? AT (0) : TD_UNKNOWN;
  td_snapshot_builder_add_queue (builder, &queue);
  snapshot = td_snapshot_builder_end (builder);
  td_centre_apply (scene->centre, snapshot, &error);
  g_assert_no_error (error);
  scene->revision++;
  td_alert_desk_observe (scene->desk);
  while (g_main_context_iteration (NULL, FALSE))
    continue;
}

static void
tell (Scene *scene,
      gint64 at_s,
      gint64 waiting)
{
  tell_of (scene, "bill", "1900", at_s, waiting);
}

static GListModel *
get_incidents (Scene *scene)
{
  return td_alert_board_get_incidents (td_alert_desk_get_board (scene->desk));
}

static guint
count (Scene *scene)
{
  return g_list_model_get_n_items (get_incidents (scene));
}

static TdIncident *
get (Scene *scene)
{
  g_autoptr (TdIncident) incident = g_list_model_get_item (get_incidents (scene), 0);

  return incident;
}

/* What was before is read in a thread. */
static void
wait_until_remembered (Scene *scene)
{
  gint64 deadline = g_get_monotonic_time () + 60 * G_USEC_PER_SEC;

  while (count (scene) == 0)
    {
      g_assert_cmpint (g_get_monotonic_time (), <, deadline);
      g_main_context_iteration (NULL, TRUE);
    }
}

static guint
count_waiting (TdIncident *incident)
{
  guint n = 0;

  for (guint i = 0; i < td_incident_get_n_parts (incident); i++)
    n += td_incident_get_part (incident, i)->kind == TD_ALERT_WAITING;

  return n;
}

/* 20 callers for three minutes: more than the 15 for two minutes of the rule. */
static void
raise_waiting (Scene *scene)
{
  gint64 deadline = g_get_monotonic_time () + 60 * G_USEC_PER_SEC;

  tell (scene, 0, 20);
  /* Where what was before is read slowly, another rule may be told first. */
  for (gint64 i = 1; count (scene) == 0 || count_waiting (get (scene)) == 0; i++)
    {
      g_assert_cmpint (g_get_monotonic_time (), <, deadline);
      tell (scene, i * 10, 20);
      g_usleep (1000);
    }
}

static void
test_title_and_evidence_name_the_queue (Scene        *scene,
                                        gconstpointer data)
{
  const TdAlert *part = NULL;

  raise_waiting (scene);
  g_assert_cmpuint (count (scene), ==, 1);
  for (guint i = 0; part == NULL || part->kind != TD_ALERT_WAITING; i++)
    part = td_incident_get_part (get (scene), i);
  g_assert_nonnull (strstr (part->title, "Hoá đơn"));
  g_assert_nonnull (strstr (part->evidence, "20 callers wait"));
  g_assert_cmpint (part->raised - part->since, >=, 120 * G_TIME_SPAN_SECOND);
}

/* The last alert of waiting callers. */
static TdAlert *
get_waiting (Scene *scene)
{
  TdAlert *last = NULL;

  for (guint k = 0; k < count (scene); k++)
    {
      g_autoptr (TdIncident) incident = g_list_model_get_item (get_incidents (scene), k);

      for (guint i = 0; i < td_incident_get_n_parts (incident); i++)
        {
          TdAlert *part = td_incident_get_part (incident, i);

          if (part->kind == TD_ALERT_WAITING && (last == NULL || part->raised > last->raised))
            last = part;
        }
    }
  g_assert_nonnull (last);

  return last;
}

static void
test_sleep_makes_nothing_last (Scene        *scene,
                               gconstpointer data)
{
  gint64 at = 10000;

  /* What was before is read by then. */
  raise_waiting (scene);
  for (; td_alert_is_on (get_waiting (scene)); at += 60)
    {
      g_assert_cmpint (at, <, 20000);
      tell (scene, at, 0);
    }

  tell (scene, at, 20);
  tell (scene, at + 60, 20);
  g_assert_false (td_alert_is_on (get_waiting (scene)));

  /* Whether so many waited for the whole hour nobody knows. */
  td_clock_sleep (G_TIME_SPAN_HOUR);
  tell (scene, at + 3660, 20);
  tell (scene, at + 3700, 20);
  g_assert_false (td_alert_is_on (get_waiting (scene)));
  tell (scene, at + 3730, 20);
  g_assert_true (td_alert_is_on (get_waiting (scene)));
}

static void
act (Scene          *scene,
     TdIncidentEvent event,
     const char     *who,
     const char     *to,
     const char     *text,
     gint64          until)
{
  g_autoptr (GError) error = NULL;

  td_alert_desk_act (scene->desk, get (scene), event, who, to, text, until, &error);
  g_assert_no_error (error);
}

static void
test_restart_goes_on (Scene        *scene,
                      gconstpointer data)
{
  gint64      id, until;
  guint       n_parts;
  TdIncident *incident;

  raise_waiting (scene);
  id = td_incident_get_id (get (scene));
  until = td_alert_desk_get_now (scene->desk) + G_TIME_SPAN_HOUR;
  act (scene, TD_INCIDENT_EVENT_TAKEN, "Tâm", NULL, NULL, TD_UNKNOWN);
  act (scene, TD_INCIDENT_EVENT_HANDED_OVER, "Tâm", "Ngân", NULL, TD_UNKNOWN);
  act (scene, TD_INCIDENT_EVENT_SNOOZED, "Ngân", NULL, "chờ điều độ", until);
  scene_close (scene);

  scene_open (scene);
  tell (scene, 1000, 20);
  wait_until_remembered (scene);
  incident = get (scene);
  g_assert_cmpint (td_incident_get_id (incident), ==, id);
  g_assert_cmpint (td_incident_get_state (incident), ==, TD_INCIDENT_SNOOZED);
  g_assert_cmpstr (td_incident_get_owner (incident), ==, "Ngân");
  g_assert_cmpstr (td_incident_get_reason (incident), ==, "chờ điều độ");
  g_assert_cmpint (td_incident_get_until (incident), ==, until);
  g_assert_cmpuint (td_incident_get_actions (incident)->len, ==, 3);

  /* It is the same alert that goes on and ends, though others join it. */
  n_parts = td_incident_get_n_parts (incident);
  tell (scene, 1100, 20);
  g_assert_cmpuint (count (scene), ==, 1);
  g_assert_cmpuint (count_waiting (incident), ==, 1);
  g_assert_cmpuint (td_incident_get_n_parts (incident), >, n_parts);
  for (gint64 i = 0; td_incident_get_ended (incident) == TD_UNKNOWN; i++)
    {
      g_assert_cmpint (i, <, 100);
      tell (scene, 1200 + i * 10, 0);
    }
  g_assert_cmpint (td_incident_get_part (incident, 0)->end, ==, TD_ALERT_END_OVER);
}

static void
read_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  GPtrArray **incidents = user_data;
  g_autoptr (GError) error = NULL;

  *incidents = td_alert_desk_read_finish (TD_ALERT_DESK (object), result, &error);
  g_assert_no_error (error);
}

static void
test_closed_is_in_the_log_and_does_not_come_again (Scene        *scene,
                                                   gconstpointer data)
{
  g_autoptr (GPtrArray) incidents = NULL;
  const TdIncidentAction *last;

  raise_waiting (scene);
  act (scene, TD_INCIDENT_EVENT_CLOSED, "Tâm", NULL, "đã biết", TD_UNKNOWN);
  history_flush_well (scene->history);
  td_alert_desk_read_async (scene->desk, AT (0), AT (3600), NULL, read_cb, &incidents);
  while (incidents == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (incidents->len, ==, 1);
  g_assert_cmpint (td_incident_get_state (g_ptr_array_index (incidents, 0)), ==, TD_INCIDENT_CLOSED);
  last = g_ptr_array_index (td_incident_get_actions (g_ptr_array_index (incidents, 0)), 0);
  g_assert_cmpstr (last->who, ==, "Tâm");
  g_assert_cmpstr (last->text, ==, "đã biết");
  scene_close (scene);

  scene_open (scene);
  for (gint64 i = 0; i < 30; i++)
    {
      tell (scene, 1000 + i * 10, 20);
      history_flush_well (scene->history);
    }
  for (guint i = 0; i < count (scene); i++)
    {
      g_autoptr (TdIncident) incident = g_list_model_get_item (get_incidents (scene), i);

      for (guint part = 0; part < td_incident_get_n_parts (incident); part++)
        g_assert_cmpint (td_incident_get_part (incident, part)->kind, !=, TD_ALERT_WAITING);
    }
}

/* Another program, which ends as if the power failed. */
static int
raise_and_die (const char *path)
{
  Scene scene = { .path = g_strdup (path) };

  scene_open (&scene);
  raise_waiting (&scene);
  act (&scene, TD_INCIDENT_EVENT_TAKEN, "Tâm", NULL, NULL, TD_UNKNOWN);
  history_flush_well (scene.history);
  kill (getpid (), SIGKILL);

  return 1;
}

static void
test_a_kill_loses_nothing (Scene        *scene,
                           gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) child = NULL;

  scene_close (scene);
  child = g_subprocess_new (G_SUBPROCESS_FLAGS_NONE, &error, program, "--raise", scene->path, NULL);
  g_assert_no_error (error);
  g_subprocess_wait (child, NULL, NULL);
  g_assert_true (g_subprocess_get_if_signaled (child));

  scene_open (scene);
  tell (scene, 1000, 20);
  wait_until_remembered (scene);
  g_assert_cmpstr (td_incident_get_owner (get (scene)), ==, "Tâm");
  g_assert_cmpint (td_incident_get_state (get (scene)), ==, TD_INCIDENT_TAKEN);
}

/* Another, which sees it get worse, and worse again within the minute. */
static int
worsen_and_die (const char *path)
{
  Scene scene = { .path = g_strdup (path) };

  scene_open (&scene);
  raise_waiting (&scene);
  td_clock_sleep (2 * G_TIME_SPAN_MINUTE);
  tell (&scene, 1000, 55);
  tell (&scene, 1010, 60);
  tell (&scene, 1020, 30);
  history_flush_well (scene.history);
  kill (getpid (), SIGKILL);

  return 1;
}

static void
test_a_kill_loses_a_minute_of_the_worst (Scene        *scene,
                                         gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) child = NULL;

  scene_close (scene);
  child = g_subprocess_new (G_SUBPROCESS_FLAGS_NONE, &error, program, "--worsen", scene->path, NULL);
  g_assert_no_error (error);
  g_subprocess_wait (child, NULL, NULL);
  g_assert_true (g_subprocess_get_if_signaled (child));

  scene_open (scene);
  tell (scene, 1030, 20);
  wait_until_remembered (scene);
  g_assert_cmpfloat (get_waiting (scene)->worst, ==, 55);
}

static void
test_the_worst_is_written_when_the_minute_is_over (Scene        *scene,
                                                   gconstpointer data)
{
  raise_waiting (scene);
  td_clock_sleep (2 * G_TIME_SPAN_MINUTE);
  tell (scene, 1000, 55);
  tell (scene, 1010, 60);
  tell (scene, 1020, 30);
  td_clock_sleep (2 * G_TIME_SPAN_MINUTE);
  tell (scene, 1030, 30);
  history_flush_well (scene->history);
  scene_close (scene);

  scene_open (scene);
  tell (scene, 1040, 20);
  wait_until_remembered (scene);
  g_assert_cmpfloat (get_waiting (scene)->worst, ==, 60);
}

static void
test_a_queue_that_is_gone_ends_its_alert (Scene        *scene,
                                          gconstpointer data)
{
  TdSnapshotBuilder *builder;
  g_autoptr (TdSnapshot) snapshot = NULL;

  raise_waiting (scene);
  act (scene, TD_INCIDENT_EVENT_TAKEN, "Tâm", NULL, NULL, TD_UNKNOWN);
  builder = fixture_begin (scene->revision + 1, scene->revision, "i", AT (2000));
  td_snapshot_builder_add_gone_queue (builder, "bill");
  snapshot = td_snapshot_builder_end (builder);
  g_assert_true (td_centre_apply (scene->centre, snapshot, NULL));
  td_alert_desk_observe (scene->desk);
  g_assert_cmpint (td_incident_get_part (get (scene), 0)->end, ==, TD_ALERT_END_GONE);
}

static void
test_a_queue_that_went_unseen_ends_its_alert (Scene        *scene,
                                              gconstpointer data)
{
  raise_waiting (scene);
  act (scene, TD_INCIDENT_EVENT_TAKEN, "Tâm", NULL, NULL, TD_UNKNOWN);
  scene_close (scene);

  scene_open (scene);
  tell_of (scene, "outage", "1900", 1000, 0);
  wait_until_remembered (scene);
  tell_of (scene, "outage", "1900", 1010, 0);
  g_assert_cmpint (td_incident_get_ended (get (scene)), >, 0);
  g_assert_cmpint (td_incident_get_part (get (scene), 0)->end, ==, TD_ALERT_END_GONE);
}

static void
test_a_hotline_that_is_gone_ends_its_alert (Scene        *scene,
                                            gconstpointer data)
{
  g_autoptr (GPtrArray) rules = td_alert_rules_new ();
  TdAlertRule       *rule = td_alert_rule_new ("hotline", TD_ALERT_WAITING);
  TdSnapshotBuilder *builder;
  g_autoptr (TdSnapshot) snapshot = NULL;

  rule->scope = TD_ALERT_SCOPE_HOTLINE;
  rule->to = TD_ALERT_DAY_MINUTES;
  g_ptr_array_add (rules, rule);
  td_alert_desk_set_rules (scene->desk, rules);
  raise_waiting (scene);
  act (scene, TD_INCIDENT_EVENT_TAKEN, "Tâm", NULL, NULL, TD_UNKNOWN);
  tell_of (scene, "outage", "1901", 2000, 0);
  g_assert_cmpint (td_incident_get_ended (get (scene)), ==, TD_UNKNOWN);

  builder = fixture_begin (scene->revision + 1, scene->revision, "i", AT (2010));
  td_snapshot_builder_add_gone_queue (builder, "bill");
  snapshot = td_snapshot_builder_end (builder);
  g_assert_true (td_centre_apply (scene->centre, snapshot, NULL));
  td_alert_desk_observe (scene->desk);
  g_assert_cmpint (td_incident_get_ended (get (scene)), >, 0);
  g_assert_cmpint (td_incident_get_part (get (scene), 0)->end, ==, TD_ALERT_END_GONE);
}

/* Taken in the morning, over at noon, and then the program is started anew. */
static void
test_an_owner_of_hours_is_remembered (Scene        *scene,
                                      gconstpointer data)
{
  gint64 at = 5 * 3600;

  raise_waiting (scene);
  act (scene, TD_INCIDENT_EVENT_TAKEN, "Tâm", NULL, NULL, TD_UNKNOWN);
  for (guint i = 0; td_incident_get_ended (get (scene)) == TD_UNKNOWN; i++)
    {
      g_assert_cmpuint (i, <, 100);
      tell (scene, at += 10, 0);
    }
  scene_close (scene);

  scene_open (scene);
  tell (scene, at + 60, 0);
  wait_until_remembered (scene);
  g_assert_cmpstr (td_incident_get_owner (get (scene)), ==, "Tâm");
  g_assert_cmpint (td_incident_get_state (get (scene)), ==, TD_INCIDENT_TAKEN);
}

/* Eleven agents of four hours, and one who has been there for a minute. */
static void
tell_calls (Scene *scene,
            gint64 at_s,
            gint64 answered)
{
  TdSnapshotBuilder *builder = fixture_begin (scene->revision + 1, TD_UNKNOWN, "i", AT (at_s));
  g_autoptr (TdSnapshot) snapshot = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 12; i++)
    {
      g_autofree char *id = g_strdup_printf ("a%u", i);
      TdAgentInfo      agent;

      td_agent_info_init (&agent);
      agent.id = id;
      agent.state = TD_AGENT_STATE_PAUSED;
      agent.since = AT (0);
      agent.answered = i == 0 ? answered : 40;
      agent.talk_ms = i == 0 ? 60 * 1000 : 4 * 3600 * 1000;
      agent.wrap_up_ms = agent.available_ms = agent.hold_ms = agent.ringing_ms = 0;
      td_snapshot_builder_add_agent (builder, &agent);
    }
  snapshot = td_snapshot_builder_end (builder);
  td_centre_apply (scene->centre, snapshot, &error);
  g_assert_no_error (error);
  scene->revision++;
  td_alert_desk_observe (scene->desk);
  while (g_main_context_iteration (NULL, FALSE))
    continue;
}

/* A call in the first minute is sixty an hour, and says nothing. */
static void
test_few_calls_are_no_workload (Scene        *scene,
                                gconstpointer data)
{
  g_autoptr (GPtrArray) rules = td_alert_rules_new ();
  TdAlertRule *rule = td_alert_rule_new ("w", TD_ALERT_WORKLOAD);

  /* By then what was before is read. */
  raise_waiting (scene);
  rule->scope = TD_ALERT_SCOPE_AGENT;
  rule->raise = 2;
  rule->clear = 1.5;
  rule->for_s = 0;
  rule->from = 0;
  rule->to = TD_ALERT_DAY_MINUTES;
  g_ptr_array_add (rules, rule);
  td_alert_desk_set_rules (scene->desk, rules);

  for (gint64 i = 0; i < 20; i++)
    tell_calls (scene, 20000 + i, i < 10 ? 1 : 9);
  g_assert_cmpuint (count (scene), ==, 0);
  for (gint64 i = 20; i < 30; i++)
    tell_calls (scene, 20000 + i, 10);
  g_assert_cmpuint (count (scene), ==, 1);
}

int
main (int   argc,
      char *argv[])
{
  if (argc == 3 && strcmp (argv[1], "--raise") == 0)
    return raise_and_die (argv[2]);
  if (argc == 3 && strcmp (argv[1], "--worsen") == 0)
    return worsen_and_die (argv[2]);

  g_test_init (&argc, &argv, NULL);
  program = argv[0];

#define add(name, func) g_test_add ("/alert-desk/" name, Scene, NULL, set_up, func, tear_down)
  add ("title-and-evidence-name-the-queue", test_title_and_evidence_name_the_queue);
  add ("few-calls-are-no-workload", test_few_calls_are_no_workload);
  add ("sleep-makes-nothing-last", test_sleep_makes_nothing_last);
  add ("restart-goes-on", test_restart_goes_on);
  add ("closed-is-in-the-log-and-does-not-come-again", test_closed_is_in_the_log_and_does_not_come_again);
  add ("a-kill-loses-nothing", test_a_kill_loses_nothing);
  add ("a-kill-loses-a-minute-of-the-worst", test_a_kill_loses_a_minute_of_the_worst);
  add ("the-worst-is-written-when-the-minute-is-over", test_the_worst_is_written_when_the_minute_is_over);
  add ("a-queue-that-is-gone-ends-its-alert", test_a_queue_that_is_gone_ends_its_alert);
  add ("a-queue-that-went-unseen-ends-its-alert", test_a_queue_that_went_unseen_ends_its_alert);
  add ("a-hotline-that-is-gone-ends-its-alert", test_a_hotline_that_is_gone_ends_its_alert);
  add ("an-owner-of-hours-is-remembered", test_an_owner_of_hours_is_remembered);

  return g_test_run ();
}
