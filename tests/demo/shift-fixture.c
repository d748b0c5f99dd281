/* shift-fixture.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "shift-fixture.h"

#include "td-incident.h"

/* A centre at @now, and an empty history. */
void
shift_fixture_begin (ShiftFixture *fixture,
                     gint64        now,
                     guint         n_queues)
{
  TdSimulationOptions options = { .seed = 3, .n_agents = 40, .n_queues = n_queues, .start = now };
  g_autoptr (TdSnapshot) snapshot = NULL;
  g_autoptr (GError) error = NULL;

  fixture->path = history_make_path ();
  fixture->simulation = td_simulation_new (&options, &error);
  g_assert_no_error (error);
  fixture->centre = td_centre_new ();
  fixture->day = td_day_new (fixture->centre);
  fixture->history = td_history_new (fixture->path);
  fixture->outlook = td_outlook_new (fixture->centre, fixture->day, fixture->history);
  snapshot = td_simulation_take_full (fixture->simulation);
  td_centre_apply (fixture->centre, snapshot, &error);
  g_assert_no_error (error);
}

void
shift_fixture_tear_down (ShiftFixture *fixture,
                         gconstpointer data)
{
  g_clear_object (&fixture->outlook);
  td_history_close (fixture->history);
  g_clear_object (&fixture->history);
  g_clear_object (&fixture->day);
  g_clear_object (&fixture->centre);
  td_simulation_free (fixture->simulation);
  history_remove_all (fixture->path);
  g_free (fixture->path);
}

void
shift_fixture_finished_cb (GObject      *object,
                           GAsyncResult *result,
                           gpointer      user_data)
{
  *(GAsyncResult **)user_data = g_object_ref (result);
}

GAsyncResult *
shift_fixture_wait_for (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);

  return *result;
}

TdIntervals *
shift_fixture_remember (ShiftFixture *fixture,
                        gint64        from,
                        gint64        to)
{
  g_autoptr (GError) error = NULL;
  TdIntervals *played = td_simulation_get_intervals (fixture->simulation, from, to, 60, NULL, &error);

  g_assert_no_error (error);
  td_history_add_intervals (fixture->history, played);
  history_flush_well (fixture->history);

  return played;
}

/* An alert that was on from @from to @to, and, where @owner is given, was taken a minute later. */
void
shift_fixture_add_alert (ShiftFixture *fixture,
                         gint64        id,
                         const char   *title,
                         gint64        from,
                         gint64        to,
                         const char   *owner)
{
  g_autoptr (TdHistoryRecords) records = td_history_records_new ();
  TdHistoryAlert alert = { id, id, "r", "waiting", "centre", "", NULL, 1, from, from, to, 1, 30, 40, 20, 0, title, "40 waiting" };
  TdHistoryDeed  deed = { id, id, from + MINUTE, TD_INCIDENT_EVENT_TAKEN, owner, NULL, NULL, TD_UNKNOWN };

  td_history_records_add_alert (records, &alert);
  if (owner != NULL)
    td_history_records_add_deed (records, &deed);
  td_history_add_records (fixture->history, records);
  history_flush_well (fixture->history);
}
