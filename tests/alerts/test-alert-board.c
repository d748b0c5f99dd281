/* test-alert-board.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>

#include "td-alert-board.h"
#include "td-alert-rules.h"

#define S G_TIME_SPAN_SECOND
#define START (1000 * G_TIME_SPAN_DAY)

/* A board with rules that raise and clear at once, and what it told. */
typedef struct
{
  TdAlertEngine *engine;
  TdAlertBoard  *board;
  GString       *told; /* a letter for each event */
  gint64         now;
} Fixture;

static void
event_cb (Fixture        *fixture,
          TdIncident     *incident,
          TdIncidentEvent event)
{
  g_string_append_c (fixture->told, "RPWcEthswXC"[event]);
}

static void
add_rule (GPtrArray   *rules,
          const char  *id,
          TdAlertKind  kind,
          TdAlertScope scope,
          TdAlertLevel level)
{
  TdAlertRule *rule = td_alert_rule_new (id, kind);

  rule->scope = scope;
  rule->level = level;
  rule->raise = td_alert_kind_get_info (kind)->below ? 0 : 1;
  rule->clear = td_alert_kind_get_info (kind)->below ? 1 : 0;
  rule->for_s = 0;
  rule->clear_s = 0;
  rule->escalate_s = level == TD_ALERT_NOTICE ? 0 : 300;
  rule->to = 1440;
  g_ptr_array_add (rules, rule);
}

static void
set_up (Fixture      *fixture,
        gconstpointer user_data)
{
  g_autoptr (GPtrArray) rules = td_alert_rules_new ();

  add_rule (rules, "waiting", TD_ALERT_WAITING, TD_ALERT_SCOPE_QUEUE, TD_ALERT_WARNING);
  add_rule (rules, "surge", TD_ALERT_SURGE, TD_ALERT_SCOPE_HOTLINE, TD_ALERT_ALARM);
  add_rule (rules, "abandoned", TD_ALERT_ABANDON_RATE, TD_ALERT_SCOPE_CENTRE, TD_ALERT_WARNING);
  add_rule (rules, "silence", TD_ALERT_SILENCE, TD_ALERT_SCOPE_HOTLINE, TD_ALERT_ALARM);
  add_rule (rules, "long", TD_ALERT_LONG_STATE, TD_ALERT_SCOPE_AGENT, TD_ALERT_NOTICE);
  add_rule (rules, "phantom", TD_ALERT_PHANTOM, TD_ALERT_SCOPE_AGENT, TD_ALERT_WARNING);
  add_rule (rules, "lost", TD_ALERT_LOST, TD_ALERT_SCOPE_CENTRE, TD_ALERT_ALARM);

  fixture->engine = td_alert_engine_new ();
  td_alert_engine_set_rules (fixture->engine, rules);
  fixture->board = td_alert_board_new (fixture->engine);
  fixture->told = g_string_new (NULL);
  fixture->now = START;
  g_signal_connect_swapped (fixture->board, "event", G_CALLBACK (event_cb), fixture);
}

static void
tear_down (Fixture      *fixture,
           gconstpointer user_data)
{
  g_clear_object (&fixture->board);
  g_clear_object (&fixture->engine);
  g_string_free (fixture->told, TRUE);
}

static void
pass (Fixture *fixture,
      gint64   seconds)
{
  fixture->now += seconds * S;
  td_alert_board_update (fixture->board, fixture->now);
}

static void
feed (Fixture     *fixture,
      TdAlertKind  kind,
      TdAlertScope scope,
      const char  *id,
      const char  *group,
      double       value)
{
  TdAlertFact fact = { kind, scope, id, group, value };

  td_alert_engine_begin (fixture->engine, fixture->now, 0);
  td_alert_engine_feed (fixture->engine, &fact);
  td_alert_engine_end (fixture->engine);
  pass (fixture, 1);
}

static void
feed_waiting (Fixture    *fixture,
              const char *queue,
              const char *hotline,
              double      value)
{
  feed (fixture, TD_ALERT_WAITING, TD_ALERT_SCOPE_QUEUE, queue, hotline, value);
}

static guint
count (Fixture *fixture)
{
  return g_list_model_get_n_items (td_alert_board_get_incidents (fixture->board));
}

static TdIncident *
get (Fixture *fixture,
     guint    index)
{
  g_autoptr (TdIncident) incident = g_list_model_get_item (td_alert_board_get_incidents (fixture->board), index);

  return incident;
}

static gboolean
act (Fixture        *fixture,
     TdIncidentEvent event,
     const char     *who,
     const char     *to,
     const char     *text,
     gint64          seconds)
{
  TdIncidentAction action = { .at = fixture->now, .event = event, .who = (char *)who, .to = (char *)to, .text = (char *)text };

  action.until = fixture->now + seconds * S;

  return td_alert_board_act (fixture->board, get (fixture, 0), &action, NULL);
}

#define take(fixture, who) act (fixture, TD_INCIDENT_EVENT_TAKEN, who, NULL, NULL, 0)
#define hand_over(fixture, who, to) act (fixture, TD_INCIDENT_EVENT_HANDED_OVER, who, to, NULL, 0)
#define snooze(fixture, who, text, seconds) act (fixture, TD_INCIDENT_EVENT_SNOOZED, who, NULL, text, seconds)
#define close_it(fixture, who) act (fixture, TD_INCIDENT_EVENT_CLOSED, who, NULL, NULL, 0)

static void
test_one_situation_is_one_incident (Fixture      *fixture,
                                    gconstpointer user_data)
{
  feed_waiting (fixture, "outage", "9000", 5);
  feed (fixture, TD_ALERT_SURGE, TD_ALERT_SCOPE_HOTLINE, "9000", NULL, 2);
  feed_waiting (fixture, "bill", "9000", 5);
  feed (fixture, TD_ALERT_ABANDON_RATE, TD_ALERT_SCOPE_CENTRE, "", NULL, 1);

  g_assert_cmpuint (count (fixture), ==, 1);
  g_assert_cmpstr (fixture->told->str, ==, "RWPP");
  g_assert_cmpuint (td_incident_get_n_parts (get (fixture, 0)), ==, 4);
  g_assert_cmpint (td_incident_get_level (get (fixture, 0)), ==, TD_ALERT_ALARM);
  g_assert_cmpint (td_incident_get_part (get (fixture, 0), 0)->kind, ==, TD_ALERT_SURGE);
}

static void
test_two_situations_are_two (Fixture      *fixture,
                             gconstpointer user_data)
{
  feed (fixture, TD_ALERT_SURGE, TD_ALERT_SCOPE_HOTLINE, "9000", NULL, 2);
  feed (fixture, TD_ALERT_SILENCE, TD_ALERT_SCOPE_HOTLINE, "1006", NULL, 1);
  /* The same agents serve both. */
  feed_waiting (fixture, "other", "1006", 9);
  feed (fixture, TD_ALERT_LONG_STATE, TD_ALERT_SCOPE_AGENT, "a1", "home", 9);
  feed (fixture, TD_ALERT_PHANTOM, TD_ALERT_SCOPE_AGENT, "a1", "home", 1);
  feed (fixture, TD_ALERT_LOST, TD_ALERT_SCOPE_CENTRE, "", NULL, 40);
  g_assert_cmpuint (count (fixture), ==, 5);
  g_assert_cmpstr (fixture->told->str, ==, "RRPRRR");

  /* Agents are one matter, by what is the matter with them. */
  feed (fixture, TD_ALERT_LONG_STATE, TD_ALERT_SCOPE_AGENT, "a2", "office", 9);
  g_assert_cmpuint (count (fixture), ==, 5);
  g_assert_nonnull (strstr (td_incident_get_title (get (fixture, 2)), "1 more"));
}

/* Each part ends with nobody waiting; by that alone the first would be the worst. */
static void
test_what_is_over_is_headed_by_its_worst (Fixture      *fixture,
                                          gconstpointer user_data)
{
  g_autoptr (TdIncident) incident = NULL;

  feed_waiting (fixture, "mild", "9000", 2);
  feed_waiting (fixture, "worst", "9000", 40);
  feed_waiting (fixture, "middling", "9000", 9);
  incident = g_object_ref (get (fixture, 0));
  g_assert_cmpstr (td_incident_get_part (incident, 0)->target, ==, "worst");

  feed_waiting (fixture, "worst", "9000", 0);
  g_assert_cmpstr (td_incident_get_part (incident, 0)->target, ==, "middling");
  feed_waiting (fixture, "middling", "9000", -1);
  feed_waiting (fixture, "mild", "9000", 0);
  g_assert_cmpint (td_incident_get_ended (incident), !=, TD_UNKNOWN);
  g_assert_cmpuint (td_incident_get_n_parts (incident), ==, 3);
  g_assert_cmpstr (td_incident_get_part (incident, 0)->target, ==, "worst");
  g_assert_cmpstr (td_incident_get_part (incident, 1)->target, ==, "middling");
  g_assert_cmpstr (td_incident_get_part (incident, 2)->target, ==, "mild");
}

static void
test_what_comes_late_is_another (Fixture      *fixture,
                                 gconstpointer user_data)
{
  feed_waiting (fixture, "outage", "9000", 5);
  g_assert_true (take (fixture, "Tâm"));
  feed_waiting (fixture, "outage", "9000", 0);
  g_assert_cmpstr (fixture->told->str, ==, "RtcE");

  /* Somebody has it, so it stays for a while and what comes again belongs to it. */
  pass (fixture, 29 * 60);
  feed_waiting (fixture, "outage", "9000", 5);
  g_assert_cmpuint (count (fixture), ==, 1);
  g_assert_cmpint (td_incident_get_ended (get (fixture, 0)), ==, TD_UNKNOWN);
  feed_waiting (fixture, "outage", "9000", 0);

  pass (fixture, 31 * 60);
  feed_waiting (fixture, "outage", "9000", 5);
  g_assert_cmpuint (count (fixture), ==, 2);
}

static void
test_what_nobody_took_goes_by_itself (Fixture      *fixture,
                                      gconstpointer user_data)
{
  feed_waiting (fixture, "outage", "9000", 5);
  feed_waiting (fixture, "outage", "9000", 0);
  g_assert_cmpuint (count (fixture), ==, 1);
  pass (fixture, 29 * 60);
  g_assert_cmpuint (count (fixture), ==, 1);
  pass (fixture, 60);
  g_assert_cmpuint (count (fixture), ==, 0);
  g_assert_cmpstr (fixture->told->str, ==, "RcEC");
}

static void
test_louder_until_taken (Fixture      *fixture,
                         gconstpointer user_data)
{
  feed_waiting (fixture, "outage", "9000", 5);
  pass (fixture, 298);
  g_assert_cmpuint (td_incident_get_escalation (get (fixture, 0)), ==, 0);
  pass (fixture, 1);
  g_assert_cmpuint (td_incident_get_escalation (get (fixture, 0)), ==, 1);
  for (guint i = 0; i < 10; i++)
    pass (fixture, 300);
  g_assert_cmpstr (fixture->told->str, ==, "RXXX");

  g_assert_true (take (fixture, "Tâm"));
  g_assert_cmpuint (td_incident_get_escalation (get (fixture, 0)), ==, 0);
  pass (fixture, 3600);
  g_assert_cmpstr (fixture->told->str, ==, "RXXXt");
}

static void
test_notice_is_never_louder (Fixture      *fixture,
                             gconstpointer user_data)
{
  feed (fixture, TD_ALERT_LONG_STATE, TD_ALERT_SCOPE_AGENT, "a1", NULL, 9);
  pass (fixture, 86400);
  g_assert_cmpstr (fixture->told->str, ==, "R");
}

static void
test_snooze_sleeps_and_wakes (Fixture      *fixture,
                              gconstpointer user_data)
{
  feed_waiting (fixture, "outage", "9000", 5);
  g_assert_false (snooze (fixture, "Tâm", "", 600));
  g_assert_false (snooze (fixture, "Tâm", "meeting", 0));
  g_assert_false (snooze (fixture, "Tâm", "meeting", 86401));
  g_assert_false (snooze (fixture, NULL, "meeting", 600));
  g_assert_true (snooze (fixture, "Tâm", "meeting", 600));
  g_assert_cmpstr (td_incident_get_reason (get (fixture, 0)), ==, "meeting");
  pass (fixture, 599);
  g_assert_cmpstr (fixture->told->str, ==, "Rs");
  pass (fixture, 1);
  g_assert_cmpstr (fixture->told->str, ==, "Rsw");
  g_assert_cmpint (td_incident_get_state (get (fixture, 0)), ==, TD_INCIDENT_OPEN);
  g_assert_null (td_incident_get_reason (get (fixture, 0)));
  pass (fixture, 300);
  g_assert_cmpstr (fixture->told->str, ==, "RswX");

  /* What becomes worse wakes it; what does not, does not. */
  g_assert_true (take (fixture, "Ngân"));
  g_assert_true (snooze (fixture, "Ngân", "known", 3600));
  feed_waiting (fixture, "bill", "9000", 5);
  g_assert_cmpstr (fixture->told->str, ==, "RswXtsP");
  feed (fixture, TD_ALERT_SURGE, TD_ALERT_SCOPE_HOTLINE, "9000", NULL, 2);
  g_assert_cmpstr (fixture->told->str, ==, "RswXtsPWw");
  g_assert_cmpint (td_incident_get_state (get (fixture, 0)), ==, TD_INCIDENT_TAKEN);
  g_assert_cmpstr (td_incident_get_owner (get (fixture, 0)), ==, "Ngân");
}

static void
test_handing_over_names_both (Fixture      *fixture,
                              gconstpointer user_data)
{
  GPtrArray              *actions;
  const TdIncidentAction *last;

  feed_waiting (fixture, "outage", "9000", 5);
  g_assert_false (take (fixture, NULL));
  g_assert_true (take (fixture, "Tâm"));
  g_assert_false (take (fixture, "Tâm"));
  g_assert_false (hand_over (fixture, "Tâm", NULL));
  g_assert_false (hand_over (fixture, "Tâm", "Tâm"));
  g_assert_true (hand_over (fixture, "Tâm", "Ngân"));
  g_assert_cmpstr (td_incident_get_owner (get (fixture, 0)), ==, "Ngân");

  actions = td_incident_get_actions (get (fixture, 0));
  g_assert_cmpuint (actions->len, ==, 2);
  last = g_ptr_array_index (actions, 1);
  g_assert_cmpstr (last->who, ==, "Tâm");
  g_assert_cmpstr (last->to, ==, "Ngân");
}

static void
test_closed_while_it_goes_on_stays_closed (Fixture      *fixture,
                                           gconstpointer user_data)
{
  g_autoptr (TdIncident) incident = NULL;
  TdIncidentAction again = { .at = START, .event = TD_INCIDENT_EVENT_TAKEN, .who = (char *)"Tâm" };

  feed_waiting (fixture, "outage", "9000", 5);
  incident = g_object_ref (get (fixture, 0));
  g_assert_true (close_it (fixture, "Tâm"));
  g_assert_cmpuint (count (fixture), ==, 0);
  g_assert_false (td_alert_board_act (fixture->board, incident, &again, NULL));
  feed_waiting (fixture, "outage", "9000", 9);
  g_assert_cmpuint (count (fixture), ==, 0);

  /* The log still learns when it was over, and what comes anew is new. */
  feed_waiting (fixture, "outage", "9000", 0);
  feed_waiting (fixture, "outage", "9000", 9);
  g_assert_cmpuint (count (fixture), ==, 1);
  g_assert_cmpstr (fixture->told->str, ==, "RCcR");
}

static void
test_clock_put_back_puts_nothing_off (Fixture      *fixture,
                                      gconstpointer user_data)
{
  feed (fixture, TD_ALERT_SURGE, TD_ALERT_SCOPE_HOTLINE, "9000", NULL, 2);
  pass (fixture, 200);
  pass (fixture, -3600);
  g_assert_cmpstr (fixture->told->str, ==, "R");
  pass (fixture, 299);
  g_assert_cmpstr (fixture->told->str, ==, "R");
  pass (fixture, 1);
  g_assert_cmpstr (fixture->told->str, ==, "RX");
}

/* A queue that comes and goes all day, beside one that stays. */
static void
test_what_is_on_is_kept_before_what_is_over (Fixture      *fixture,
                                             gconstpointer user_data)
{
  feed_waiting (fixture, "outage", "9000", 5);
  take (fixture, "Tâm");
  for (guint i = 0; i < TD_INCIDENT_MAX_PARTS + 50; i++)
    {
      feed_waiting (fixture, "bill", "9000", 5);
      feed_waiting (fixture, "bill", "9000", 0);
    }
  feed_waiting (fixture, "bill", "9000", 5);
  feed_waiting (fixture, "outage", "9000", 0);

  g_assert_cmpuint (count (fixture), ==, 1);
  g_assert_cmpint (td_incident_get_ended (get (fixture, 0)), ==, TD_UNKNOWN);
  g_assert_cmpstr (td_incident_get_part (get (fixture, 0), 0)->target, ==, "bill");
  g_assert_cmpuint (td_incident_get_n_parts (get (fixture, 0)), ==, TD_INCIDENT_MAX_PARTS);
  pass (fixture, TD_ALERT_BOARD_LINGER_TAKEN_US / S);
  g_assert_cmpuint (count (fixture), ==, 1);
}

/* Whatever is tried, the state is one that the actions explain. */
static void
test_random_deeds_keep_the_states (Fixture      *fixture,
                                   gconstpointer user_data)
{
  static const char *const names[] = { "Tâm", "Ngân", "", NULL };
  g_autoptr (GRand) rand = g_rand_new_with_seed (19009000);
  guint n_done = 0;

  for (guint i = 0; i < 5000; i++)
    {
      const char     *who = names[g_rand_int_range (rand, 0, 4)];
      const char     *to = names[g_rand_int_range (rand, 0, 4)];
      TdIncidentEvent event = (TdIncidentEvent)g_rand_int_range (rand, 0, TD_N_INCIDENT_EVENTS);
      TdIncident     *incident;
      guint           n_actions;
      gboolean        allowed, done;

      feed_waiting (fixture, "outage", "9000", g_rand_int_range (rand, 0, 3));
      if (g_rand_int_range (rand, 0, 5) == 0)
        pass (fixture, g_rand_int_range (rand, 0, 900));
      incident = get (fixture, 0);
      if (incident == NULL)
        continue;

      g_object_ref (incident);
      n_actions = td_incident_get_actions (incident)->len;
      allowed = td_incident_allows (incident, event);
      done = act (fixture, event, who, to, to, g_rand_int_range (rand, -10, 1000));
      g_assert_true (allowed || !done);
      g_assert_cmpuint (td_incident_get_actions (incident)->len, ==, n_actions + done);
      n_done += done;

      switch (td_incident_get_state (incident))
        {
        case TD_INCIDENT_OPEN:
          g_assert_null (td_incident_get_owner (incident));
          g_assert_cmpint (td_incident_get_until (incident), ==, TD_UNKNOWN);
          break;
        case TD_INCIDENT_TAKEN:
          g_assert_cmpstr (td_incident_get_owner (incident), >, "");
          g_assert_cmpuint (td_incident_get_escalation (incident), ==, 0);
          g_assert_cmpint (td_incident_get_escalates_at (incident), ==, TD_UNKNOWN);
          break;
        case TD_INCIDENT_SNOOZED:
          g_assert_cmpstr (td_incident_get_reason (incident), >, "");
          g_assert_cmpint (td_incident_get_until (incident), >, TD_UNKNOWN);
          break;
        case TD_INCIDENT_CLOSED:
        default:
          g_assert_true (incident != get (fixture, 0));
          break;
        }
      g_object_unref (incident);
    }
  g_assert_cmpuint (n_done, >, 200);
}

/* As a program does that is started anew: with the parts and the deeds that were written down. */
static void
restart (Fixture *fixture)
{
  g_autoptr (GPtrArray) on = td_alert_engine_get_alerts (fixture->engine);
  g_autoptr (TdAlertEngine) engine = td_alert_engine_new ();
  g_autoptr (TdAlertBoard) board = td_alert_board_new (engine);

  td_alert_engine_set_rules (engine, td_alert_engine_get_rules (fixture->engine));
  for (guint i = count (fixture); i > 0; i--)
    {
      TdIncident *former = get (fixture, i - 1);
      GPtrArray  *actions = td_incident_get_actions (former);
      g_autoptr (TdIncident) incident = td_incident_new (td_incident_get_id (former), td_incident_get_started (former));

      for (guint part = 0; part < td_incident_get_n_parts (former); part++)
        td_incident_add_part (incident, td_incident_get_part (former, part));
      for (guint j = 0; j < actions->len; j++)
        g_assert_true (td_incident_act (incident, g_ptr_array_index (actions, j), NULL));
      td_alert_board_restore (board, incident);

      g_assert_cmpstr (td_incident_get_owner (incident), ==, td_incident_get_owner (former));
      g_assert_cmpstr (td_incident_get_reason (incident), ==, td_incident_get_reason (former));
      g_assert_cmpint (td_incident_get_state (incident), ==, td_incident_get_state (former));
      g_assert_cmpint (td_incident_get_until (incident), ==, td_incident_get_until (former));
      g_assert_cmpint (td_incident_get_ended (incident), ==, td_incident_get_ended (former));
      g_assert_cmpint (td_incident_get_level (incident), ==, td_incident_get_level (former));
      g_assert_cmpuint (td_incident_get_escalation (incident), ==, td_incident_get_escalation (former));
    }
  for (guint i = 0; i < on->len; i++)
    td_alert_engine_restore (engine, g_ptr_array_index (on, i));

  g_set_object (&fixture->engine, engine);
  g_set_object (&fixture->board, board);
  g_signal_connect_swapped (board, "event", G_CALLBACK (event_cb), fixture);
}

/* One alert of a rule and a thing; an incident that goes on while a part does;
 * the newest first; what was done in the order of time. */
static void
check_invariants (Fixture *fixture)
{
  g_autoptr (GPtrArray) on = td_alert_engine_get_alerts (fixture->engine);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < on->len; i++)
    {
      const TdAlert *alert = g_ptr_array_index (on, i);

      g_assert_true (td_alert_is_on (alert));
      g_assert_true (g_hash_table_add (seen, g_strdup_printf ("%s %s", alert->rule, alert->target)));
    }

  for (guint i = 0; i < count (fixture); i++)
    {
      TdIncident *incident = get (fixture, i);
      GPtrArray  *actions = td_incident_get_actions (incident);
      guint       n_on = 0;

      for (guint part = 0; part < td_incident_get_n_parts (incident); part++)
        {
          TdAlert *alert = td_incident_get_part (incident, part);

          n_on += td_alert_is_on (alert);
          g_assert_cmpint (alert->incident, ==, td_incident_get_id (incident));
          g_assert_true (!td_alert_is_on (alert) || g_ptr_array_find (on, alert, NULL));
        }
      g_assert_cmpint (n_on == 0, ==, td_incident_get_ended (incident) != TD_UNKNOWN);
      g_assert_cmpint (td_incident_get_state (incident), !=, TD_INCIDENT_CLOSED);
      if (i > 0)
        g_assert_cmpint (td_incident_get_id (incident), <, td_incident_get_id (get (fixture, i - 1)));
      for (guint j = 1; j < actions->len; j++)
        g_assert_cmpint (((TdIncidentAction *)g_ptr_array_index (actions, j - 1))->at, <=,
                         ((TdIncidentAction *)g_ptr_array_index (actions, j))->at);
    }
}

static void
test_random_courses_hold_over_restarts (Fixture      *fixture,
                                        gconstpointer user_data)
{
  static const char *const queues[] = { "outage", "bill", "danger" };
  static const char *const hotlines[] = { "9000", "1006" };
  static const char *const names[] = { "Tâm", "Ngân" };
  g_autoptr (GRand) rand = g_rand_new_with_seed (20210719);
  guint n_restarts = 0;

  for (guint i = 0; i < 4000; i++)
    {
      int         q = g_rand_int_range (rand, 0, 3);
      int         h = g_rand_int_range (rand, 0, 2);
      const char *who = names[g_rand_int_range (rand, 0, 2)];
      double      value = g_rand_int_range (rand, 0, 6) == 0 ? NAN : g_rand_int_range (rand, 0, 3);

      switch (g_rand_int_range (rand, 0, 9))
        {
        case 0:
          feed (fixture, TD_ALERT_SURGE, TD_ALERT_SCOPE_HOTLINE, hotlines[h], NULL, value);
          break;
        case 1:
          feed (fixture, TD_ALERT_LOST, TD_ALERT_SCOPE_CENTRE, "", NULL, value);
          break;
        case 2:
          pass (fixture, g_rand_int_range (rand, 0, 2000));
          break;
        case 3:
          td_alert_engine_drop (fixture->engine, TD_ALERT_SCOPE_QUEUE, queues[q]);
          td_alert_engine_end (fixture->engine);
          break;
        case 4:
          restart (fixture);
          n_restarts++;
          break;
        case 5:
          if (count (fixture) > 0)
            act (fixture, (TdIncidentEvent)g_rand_int_range (rand, TD_INCIDENT_EVENT_TAKEN, TD_N_INCIDENT_EVENTS), who,
                 names[h], "chờ", g_rand_int_range (rand, 1, 1000));
          break;
        default:
          feed_waiting (fixture, queues[q], hotlines[q % 2], value);
          break;
        }
      check_invariants (fixture);
    }
  g_assert_cmpuint (n_restarts, >, 200);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define add(name, func) g_test_add ("/alerts/board/" name, Fixture, NULL, set_up, func, tear_down)
  add ("one-situation-is-one-incident", test_one_situation_is_one_incident);
  add ("two-situations-are-two", test_two_situations_are_two);
  add ("what-is-over-is-headed-by-its-worst", test_what_is_over_is_headed_by_its_worst);
  add ("what-comes-late-is-another", test_what_comes_late_is_another);
  add ("what-nobody-took-goes-by-itself", test_what_nobody_took_goes_by_itself);
  add ("louder-until-taken", test_louder_until_taken);
  add ("notice-is-never-louder", test_notice_is_never_louder);
  add ("snooze-sleeps-and-wakes", test_snooze_sleeps_and_wakes);
  add ("handing-over-names-both", test_handing_over_names_both);
  add ("closed-while-it-goes-on-stays-closed", test_closed_while_it_goes_on_stays_closed);
  add ("clock-put-back-puts-nothing-off", test_clock_put_back_puts_nothing_off);
  add ("what-is-on-is-kept-before-what-is-over", test_what_is_on_is_kept_before_what_is_over);
  add ("random-deeds-keep-the-states", test_random_deeds_keep_the_states);
  add ("random-courses-hold-over-restarts", test_random_courses_hold_over_restarts);

  return g_test_run ();
}
