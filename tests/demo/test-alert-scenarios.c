/* test-alert-scenarios.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The rules of a first start, held against the simulated centre: an ordinary
 * week is calm, and what is wrong is told in the time that a rule promises.
 */

#include "config.h"

#include "history-fixture.h"
#include "td-alert-desk.h"
#include "td-alert-rules.h"
#include "td-outlook-private.h"
#include "td-simulation.h"

#define SECOND G_TIME_SPAN_SECOND
#define HOUR G_TIME_SPAN_HOUR
/* Tuesday 2026-11-24 00:00 in Asia/Ho_Chi_Minh. */
#define START (G_GINT64_CONSTANT (1795453200) * SECOND)

#define PAST_DAYS 28
#define STEP_S 300

typedef struct
{
  char           *path;
  TdSimulation   *simulation;
  TdCentre       *centre;
  TdDay          *day;
  TdHistory      *history;
  TdOutlook      *outlook;
  TdAgentJudge   *judge;
  TdAlertDesk    *desk;
  TdStaffingDesk *staffing;
  GPtrArray      *raised;    /* (element-type TdAlert): in the order in which they were told */
  guint           n_minutes; /* that the outlook took in */
  guint           n_incidents[TD_N_ALERT_LEVELS];
} Fixture;

static void
event_cb (Fixture        *fixture,
          TdIncident     *incident,
          TdIncidentEvent event,
          gpointer        detail)
{
  const TdAlert *alert = detail;

  if (event != TD_INCIDENT_EVENT_RAISED && event != TD_INCIDENT_EVENT_PART && event != TD_INCIDENT_EVENT_WORSE)
    return;

  g_ptr_array_add (fixture->raised, td_alert_ref (detail));
  if (event == TD_INCIDENT_EVENT_RAISED)
    fixture->n_incidents[alert->level]++;
  g_test_message ("%s day %d %02d:%02d %s %s %.2f %s", event == TD_INCIDENT_EVENT_RAISED ? "*" : " ",
                  (int)((alert->raised - START) / G_TIME_SPAN_DAY), (int)((alert->raised - START) / HOUR % 24),
                  (int)((alert->raised - START) / MINUTE % 60), td_alert_level_to_string (alert->level), alert->title,
                  alert->value, alert->evidence);
}

static void
apply (Fixture    *fixture,
       TdSnapshot *snapshot)
{
  g_autoptr (TdSnapshot) owned = snapshot;
  g_autoptr (GError) error = NULL;

  if (owned != NULL)
    td_centre_apply (fixture->centre, owned, &error);
  g_assert_no_error (error);
}

static void
fill_history (Fixture *fixture)
{
  for (gint64 day = START - PAST_DAYS * DAY; day < START; day += DAY)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (TdIntervals) intervals = td_simulation_get_intervals (fixture->simulation, day, day + DAY, STEP_S, NULL, &error);

      g_assert_no_error (error);
      td_history_add_intervals (fixture->history, intervals);
      history_flush_well (fixture->history);
    }
}

/* Until the outlook has taken in all that was told; it learns in a thread. */
static void
settle (Fixture *fixture)
{
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  while (fixture->outlook->learning != NULL || fixture->outlook->lessons != NULL || fixture->outlook->pass_source != 0)
    g_main_context_iteration (NULL, TRUE);
}

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  TdSimulationOptions options = { .seed = 3, .start = START + 8 * HOUR };
  g_autoptr (GError) error = NULL;

  fixture->path = history_make_path ();
  fixture->simulation = td_simulation_new (&options, &error);
  g_assert_no_error (error);
  fixture->centre = td_centre_new ();
  fixture->day = td_day_new (fixture->centre);
  fixture->history = td_history_new (fixture->path);
  fill_history (fixture);
  fixture->outlook = td_outlook_new (fixture->centre, fixture->day, fixture->history);
  fixture->judge = td_agent_judge_new (fixture->centre);
  fixture->desk = td_alert_desk_new (fixture->centre, NULL, fixture->outlook, fixture->judge, NULL);
  fixture->staffing = td_staffing_desk_new (fixture->centre, fixture->day, fixture->outlook);
  td_alert_desk_set_staffing (fixture->desk, fixture->staffing, NULL);
  fixture->raised = g_ptr_array_new_with_free_func ((GDestroyNotify)td_alert_unref);
  apply (fixture, td_simulation_take_full (fixture->simulation));
  {
    g_autoptr (TdIntervals) today = td_simulation_get_intervals (fixture->simulation, START, START + 8 * HOUR, 60, NULL, &error);

    g_assert_no_error (error);
    td_day_back_fill (fixture->day, today);
  }
  settle (fixture);
  g_assert_cmpint (td_outlook_get_state (fixture->outlook), ==, TD_OUTLOOK_READY);
  g_signal_connect_swapped (td_alert_desk_get_board (fixture->desk), "event", G_CALLBACK (event_cb), fixture);
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  td_alert_desk_stop (fixture->desk);
  g_clear_object (&fixture->desk);
  g_clear_object (&fixture->staffing);
  g_clear_object (&fixture->judge);
  g_clear_object (&fixture->outlook);
  td_history_close (fixture->history);
  g_clear_object (&fixture->history);
  g_clear_object (&fixture->day);
  g_clear_object (&fixture->centre);
  td_simulation_free (fixture->simulation);
  g_ptr_array_unref (fixture->raised);
  history_remove_all (fixture->path);
  g_free (fixture->path);
}

/* Plays on, told every @step seconds, with rates looked at every @minutes. */
static void
play (Fixture *fixture,
      gint64   length,
      gint64   step,
      guint    minutes)
{
  gint64 to = td_simulation_get_now (fixture->simulation) + length;

  while (td_simulation_get_now (fixture->simulation) < to)
    {
      /* A test need not wait as long as a person would not notice. */
      fixture->outlook->passed_at = 0;
      td_simulation_advance (fixture->simulation, td_simulation_get_now (fixture->simulation) + step * SECOND);
      apply (fixture, td_simulation_take_changes (fixture->simulation));
      td_day_observe (fixture->day, td_simulation_get_now (fixture->simulation));
      if (td_day_get_n_minutes (fixture->day) / minutes != fixture->n_minutes)
        {
          fixture->n_minutes = td_day_get_n_minutes (fixture->day) / minutes;
          settle (fixture);
        }
      td_alert_desk_observe (fixture->desk);
    }
}

static guint
count_alarms (Fixture    *fixture,
              TdAlertKind kind)
{
  guint n = 0;

  for (guint i = 0; i < fixture->raised->len; i++)
    {
      const TdAlert *alert = g_ptr_array_index (fixture->raised, i);

      n += alert->kind == kind && alert->level == TD_ALERT_ALARM;
    }

  return n;
}

static void
test_an_ordinary_week_is_calm (Fixture      *fixture,
                               gconstpointer data)
{
  play (fixture, 7 * DAY, 60, 10);

  g_test_message ("%u incidents began as an alarm, %u as a warning, %u as a notice", fixture->n_incidents[TD_ALERT_ALARM],
                  fixture->n_incidents[TD_ALERT_WARNING], fixture->n_incidents[TD_ALERT_NOTICE]);

  /* What breaks out of normal, or nobody being there, would be false on such
   * days. That somebody waits for eight minutes in a thin night is not. */
  g_assert_cmpuint (count_alarms (fixture, TD_ALERT_SURGE) + count_alarms (fixture, TD_ALERT_SILENCE) +
                      count_alarms (fixture, TD_ALERT_SERVING),
                    <=, 1);

  /* Nor is anybody called more than twice a day. */
  g_assert_cmpuint (fixture->n_incidents[TD_ALERT_ALARM] + fixture->n_incidents[TD_ALERT_WARNING], <=, 14);
}

static void
set_scenario (Fixture    *fixture,
              const char *name)
{
  g_autoptr (GError) error = NULL;

  td_simulation_set_scenario (fixture->simulation, name, &error);
  g_assert_no_error (error);
}

/* Which of the rules @id was raised first, in the time after @since. */
static const TdAlert *
find_raised (Fixture    *fixture,
             const char *id,
             gint64      since)
{
  for (guint i = 0; i < fixture->raised->len; i++)
    {
      const TdAlert *alert = g_ptr_array_index (fixture->raised, i);

      if (alert->raised >= since && g_str_equal (alert->rule, id))
        return alert;
    }

  return NULL;
}

typedef struct
{
  const char *scenario;
  gint64      begins;     /* after midnight, µs */
  const char *rule;       /* that has to tell it */
  guint       within_min; /* of its begin */
} Case;

static const Case cases[] = {
  { "outage", 9 * HOUR, "surge-alarm", 15 },
  { "trunk-down", 9 * HOUR, "silence", 15 },
  { "understaffed", 9 * HOUR, "missing", 30 },
  { "partner-leaves", 13 * HOUR, "missing", 60 },
};

static void
test_it_is_told_in_time (Fixture      *fixture,
                         gconstpointer data)
{
  const Case    *test = data;
  const TdAlert *alert;
  gint64         since;

  play (fixture, START + test->begins - td_simulation_get_now (fixture->simulation), 10, 1);
  since = td_simulation_get_now (fixture->simulation);
  set_scenario (fixture, test->scenario);
  play (fixture, test->within_min * MINUTE, 5, 1);

  alert = find_raised (fixture, test->rule, since);
  g_assert_nonnull (alert);
  g_assert_cmpstr (alert->evidence, !=, "");
  g_test_message ("%s: %s after %.1f min, %u alerts in %u incidents", test->scenario, test->rule,
                  (double)(alert->raised - since) / MINUTE, fixture->raised->len,
                  g_list_model_get_n_items (td_alert_board_get_incidents (td_alert_desk_get_board (fixture->desk))));
}

/* A forecast leaves out what an incident brings; those who are needed may not. */
static void
test_an_outage_needs_more_people (Fixture      *fixture,
                                  gconstpointer data)
{
  TdStaffingOutlook before;
  TdStaffingOutlook during;

  play (fixture, START + 9 * HOUR - td_simulation_get_now (fixture->simulation), 10, 1);
  td_staffing_desk_get_outlook (fixture->staffing, NULL, &before);
  g_assert_true (before.now.known);
  g_assert_false (before.now.is_surge);

  set_scenario (fixture, "outage");
  play (fixture, 15 * MINUTE, 5, 1);
  td_staffing_desk_get_outlook (fixture->staffing, NULL, &during);
  g_test_message ("needed %u before, %u (%u–%u) during", before.now.needed, during.now.needed, during.now.low, during.now.high);
  g_assert_true (during.now.is_surge);
  g_assert_cmpuint (during.now.needed, >, before.now.needed * 5 / 4);
  g_assert_cmpuint (during.now.low, <=, during.now.needed);
  g_assert_cmpuint (during.now.needed, <=, during.now.high);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define add(name, func) g_test_add ("/alert-scenarios/" name, Fixture, NULL, set_up, func, tear_down)
  add ("an-ordinary-week-is-calm", test_an_ordinary_week_is_calm);
  add ("an-outage-needs-more-people", test_an_outage_needs_more_people);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *name = g_strdup_printf ("/alert-scenarios/%s-is-told-in-time", cases[i].scenario);

      g_test_add (name, Fixture, &cases[i], set_up, test_it_is_told_in_time, tear_down);
    }

  return g_test_run ();
}
