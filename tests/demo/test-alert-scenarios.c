/* test-alert-scenarios.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The rules of a first start, held against the simulated centre: an ordinary
 * week is calm, and what is wrong is told in the time that a rule promises.
 */

#include "config.h"

#include "alert-fixture.h"

static guint
count_alarms (AlertFixture *fixture,
              TdAlertKind   kind)
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
test_an_ordinary_week_is_calm (AlertFixture *fixture,
                               gconstpointer data)
{
  alert_fixture_play (fixture, 7 * DAY, 60, 10);

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

/* Which of the rules @id was raised first, in the time after @since. */
static const TdAlert *
find_raised (AlertFixture *fixture,
             const char   *id,
             gint64        since)
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
test_it_is_told_in_time (AlertFixture *fixture,
                         gconstpointer data)
{
  const Case    *test = data;
  const TdAlert *alert;
  gint64         since;

  alert_fixture_play (fixture, START + test->begins - td_simulation_get_now (fixture->simulation), 10, 1);
  since = td_simulation_get_now (fixture->simulation);
  alert_fixture_set_scenario (fixture, test->scenario);
  alert_fixture_play (fixture, test->within_min * MINUTE, 5, 1);

  alert = find_raised (fixture, test->rule, since);
  g_assert_nonnull (alert);
  g_assert_cmpstr (alert->evidence, !=, "");
  g_test_message ("%s: %s after %.1f min, %u alerts in %u incidents", test->scenario, test->rule,
                  (double)(alert->raised - since) / MINUTE, fixture->raised->len,
                  g_list_model_get_n_items (td_alert_board_get_incidents (td_alert_desk_get_board (fixture->desk))));
}

/* A forecast leaves out what an incident brings; those who are needed may not. */
static void
test_an_outage_needs_more_people (AlertFixture *fixture,
                                  gconstpointer data)
{
  TdStaffingOutlook before;
  TdStaffingOutlook during;

  alert_fixture_play (fixture, START + 9 * HOUR - td_simulation_get_now (fixture->simulation), 10, 1);
  td_staffing_desk_get_outlook (fixture->staffing, NULL, &before);
  g_assert_true (before.now.known);
  g_assert_false (before.now.is_surge);

  alert_fixture_set_scenario (fixture, "outage");
  alert_fixture_play (fixture, 15 * MINUTE, 5, 1);
  td_staffing_desk_get_outlook (fixture->staffing, NULL, &during);
  g_test_message ("needed %u before, %u (%u–%u) during", before.now.needed, during.now.needed, during.now.low, during.now.high);
  g_assert_true (during.now.is_surge);
  g_assert_cmpuint (during.now.needed, >, before.now.needed * 5 / 4);
  g_assert_cmpuint (during.now.low, <=, during.now.needed);
  g_assert_cmpuint (during.now.needed, <=, during.now.high);
}

/* The same where nobody looked while it began. */
static void
test_an_outage_after_a_gap_needs_them_too (AlertFixture *fixture,
                                           gconstpointer data)
{
  TdOutlookFigures  figures;
  TdStaffingOutlook outlook;

  alert_fixture_play (fixture, START + 9 * HOUR - td_simulation_get_now (fixture->simulation), 10, 1);
  alert_fixture_set_scenario (fixture, "outage");
  alert_fixture_play (fixture, 6 * MINUTE, 360, 1);
  alert_fixture_play (fixture, 6 * MINUTE, 5, 1);

  td_outlook_get_figures (fixture->outlook, TD_STREAM_ALL, "", &figures);
  g_assert_cmpint (figures.alarm, ==, TD_OUTLOOK_ALARM_SURGE);
  g_assert_true (figures.is_out); /* by the count of the source */
  td_staffing_desk_get_outlook (fixture->staffing, NULL, &outlook);
  g_assert_true (outlook.now.is_surge);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define add(name, func) g_test_add ("/alert-scenarios/" name, AlertFixture, NULL, alert_fixture_set_up, func, alert_fixture_tear_down)
  add ("an-ordinary-week-is-calm", test_an_ordinary_week_is_calm);
  add ("an-outage-needs-more-people", test_an_outage_needs_more_people);
  add ("an-outage-after-a-gap-needs-them-too", test_an_outage_after_a_gap_needs_them_too);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *name = g_strdup_printf ("/alert-scenarios/%s-is-told-in-time", cases[i].scenario);

      g_test_add (name, AlertFixture, &cases[i], alert_fixture_set_up, test_it_is_told_in_time, alert_fixture_tear_down);
    }

  return g_test_run ();
}
