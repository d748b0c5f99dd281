/* test-alert-kinds.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Every kind of rule that the centre itself can break is broken by a scenario
 * of the simulated one, told, taken, and cleared when that is over.
 */

#include "config.h"

#include "alert-fixture.h"

/* What is said of a day goes with it. */
#define CALM_US (20 * HOUR)

typedef struct
{
  TdAlertKind kind;
  const char *scenario;
  double      raise;
  double      clear;
  gint64      within; /* of the scenario's begin, µs */
} Case;

static const Case cases[] = {
  { TD_ALERT_WAITING, "understaffed", 8, 2, HOUR },
  { TD_ALERT_LONGEST_WAIT, "understaffed", 180, 60, HOUR },
  { TD_ALERT_SERVICE_LEVEL, "understaffed", 0.4, 0.6, 2 * HOUR },
  { TD_ALERT_ABANDON_RATE, "understaffed", 0.15, 0.05, 2 * HOUR },
  { TD_ALERT_OUT_OF_REACH, "understaffed", 1, 0, 12 * HOUR },
  { TD_ALERT_SERVING, "understaffed", 18, 24, HOUR },
  { TD_ALERT_MISSING, "understaffed", 10, 4, HOUR },
  { TD_ALERT_SURGE, "outage", 0.3, 0.1, HOUR },
  { TD_ALERT_BUSY_DAY, "outage", 0.05, 0.02, 3 * HOUR },
  { TD_ALERT_SILENCE, "trunk-down", 0.5, 0.2, HOUR },
  { TD_ALERT_UNREACHABLE, "partner-leaves", 1, 0, 3 * HOUR },
  { TD_ALERT_LONG_STATE, "phantoms", 60, 0, 2 * HOUR },
  { TD_ALERT_PHANTOM, "phantoms", 1, 0, 2 * HOUR },
  { TD_ALERT_WORKLOAD, "understaffed", 1.35, 1.3, 3 * HOUR },
};

static void
use_rule (AlertFixture *fixture,
          const Case   *test)
{
  g_autoptr (GPtrArray) rules = g_ptr_array_new_with_free_func ((GDestroyNotify)td_alert_rule_free);
  g_autoptr (GError) error = NULL;
  TdAlertRule *rule = td_alert_rule_new ("only", test->kind);

  rule->raise = test->raise;
  rule->clear = test->clear;
  rule->for_s = 60;
  rule->clear_s = 60;
  rule->from = rule->to = 0;
  g_assert_true (td_alert_rule_check (rule, &error));
  g_assert_no_error (error);
  g_ptr_array_add (rules, rule);
  td_alert_desk_set_rules (fixture->desk, rules);
}

static GListModel *
get_incidents (AlertFixture *fixture)
{
  return td_alert_board_get_incidents (td_alert_desk_get_board (fixture->desk));
}

/* Plays until @probe holds; returns whether it does within @length. */
static gboolean
play_until (AlertFixture *fixture,
            gboolean (*probe) (AlertFixture *),
            gint64 length)
{
  gint64 until = td_simulation_get_now (fixture->simulation) + length;

  while (!probe (fixture) && td_simulation_get_now (fixture->simulation) < until)
    alert_fixture_play (fixture, MINUTE, 5, 1);

  return probe (fixture);
}

static gboolean
is_raised (AlertFixture *fixture)
{
  return fixture->raised->len > 0;
}

static gboolean
is_over (AlertFixture *fixture)
{
  for (guint i = 0; i < fixture->raised->len; i++)
    {
      if (td_alert_is_on (g_ptr_array_index (fixture->raised, i)))
        return FALSE;
    }

  return TRUE;
}

static void
test_a_kind_goes_through (AlertFixture *fixture,
                          gconstpointer data)
{
  const Case    *test = data;
  const TdAlert *alert;
  gint64         since;
  g_autoptr (TdIncident) incident = NULL;
  g_autoptr (GError) error = NULL;

  alert_fixture_play (fixture, HOUR, 10, 1);
  use_rule (fixture, test);
  since = td_simulation_get_now (fixture->simulation);
  alert_fixture_set_scenario (fixture, test->scenario);
  g_assert_true (play_until (fixture, is_raised, test->within));

  /* It is what the rule says, with words for it. */
  alert = g_ptr_array_index (fixture->raised, 0);
  g_assert_cmpint (alert->kind, ==, test->kind);
  g_assert_cmpstr (alert->rule, ==, "only");
  g_assert_cmpint (alert->raised, >=, since);
  g_assert_cmpint (alert->raised - alert->since, >=, 60 * SECOND);
  g_assert_nonnull (alert->title);
  g_assert_nonnull (alert->evidence);
  g_assert_cmpstr (alert->evidence, !=, "");

  /* Somebody takes it. */
  g_assert_cmpuint (g_list_model_get_n_items (get_incidents (fixture)), >=, 1);
  incident = g_list_model_get_item (get_incidents (fixture), 0);
  g_assert_cmpint (td_incident_get_state (incident), ==, TD_INCIDENT_OPEN);
  td_alert_desk_act (fixture->desk, incident, TD_INCIDENT_EVENT_TAKEN, "Tâm", NULL, NULL, TD_UNKNOWN, &error);
  g_assert_no_error (error);
  g_assert_cmpint (td_incident_get_state (incident), ==, TD_INCIDENT_TAKEN);

  /* And it is over when its cause is, by itself. */
  alert_fixture_set_scenario (fixture, "normal");
  play_until (fixture, is_over, CALM_US);
  g_assert_false (td_alert_is_on (alert));
  g_assert_cmpint (alert->end, ==, TD_ALERT_END_OVER);
  g_test_message ("%s: told after %.1f min, over after %.1f", td_alert_kind_to_string (test->kind),
                  (double)(alert->raised - since) / MINUTE, (double)(alert->cleared - since) / MINUTE);
}

/* How the source answers is broken by none of its scenarios: see the test of
 * a watch. */
static void
test_no_kind_is_left_out (void)
{
  static const TdAlertKind others[] = { TD_ALERT_STALE, TD_ALERT_LOST, TD_ALERT_CLOCK };

  for (guint kind = 0; kind < TD_N_ALERT_KINDS; kind++)
    {
      gboolean found = FALSE;

      for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
        found |= cases[i].kind == kind;
      for (guint i = 0; i < G_N_ELEMENTS (others); i++)
        found |= others[i] == kind;
      if (!found)
        g_error ("No scenario breaks a rule of the kind %s", td_alert_kind_to_string (kind));
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/alert-kinds/no-kind-is-left-out", test_no_kind_is_left_out);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *name = g_strdup_printf ("/alert-kinds/%s-is-told-taken-and-cleared", td_alert_kind_to_string (cases[i].kind));

      g_test_add (name, AlertFixture, &cases[i], alert_fixture_set_up, test_a_kind_goes_through, alert_fixture_tear_down);
    }

  return g_test_run ();
}
