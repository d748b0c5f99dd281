/* alert-fixture.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "alert-fixture.h"

#include "td-alert-rules.h"
#include "td-outlook-private.h"

#define PAST_DAYS 28
#define STEP_S 300

static void
event_cb (AlertFixture   *fixture,
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
apply (AlertFixture *fixture,
       TdSnapshot   *snapshot)
{
  g_autoptr (TdSnapshot) owned = snapshot;
  g_autoptr (GError) error = NULL;

  if (owned != NULL)
    td_centre_apply (fixture->centre, owned, &error);
  g_assert_no_error (error);
}

static void
fill_history (AlertFixture *fixture)
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
settle (AlertFixture *fixture)
{
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  while (fixture->outlook->learning != NULL || fixture->outlook->lessons != NULL || fixture->outlook->pass_source != 0)
    g_main_context_iteration (NULL, TRUE);
}

void
alert_fixture_set_up (AlertFixture *fixture,
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

void
alert_fixture_tear_down (AlertFixture *fixture,
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
void
alert_fixture_play (AlertFixture *fixture,
                    gint64        length,
                    gint64        step,
                    guint         minutes)
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

void
alert_fixture_set_scenario (AlertFixture *fixture,
                            const char   *name)
{
  g_autoptr (GError) error = NULL;

  td_simulation_set_scenario (fixture->simulation, name, &error);
  g_assert_no_error (error);
}
