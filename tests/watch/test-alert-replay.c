/* test-alert-replay.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-alert-facts-private.h"
#include "td-alert-replay.h"
#include "td-recovery.h"

#include <math.h>

#define SECOND G_TIME_SPAN_SECOND
#define MINUTE (60 * SECOND)
#define MIDNIGHT (G_GINT64_CONSTANT (1795000000) / 60 * MINUTE)

static TdAlertRule *
make_rule (TdAlertKind  kind,
           TdAlertScope scope,
           double       raise,
           double       clear,
           guint        for_s)
{
  TdAlertRule *rule = td_alert_rule_new ("rule", kind);

  rule->scope = scope;
  rule->raise = raise;
  rule->clear = clear;
  rule->for_s = for_s;
  rule->clear_s = 0;
  rule->from = 0;
  rule->to = 24 * 60;

  return rule;
}

static TdAlertReplay *
make_replay (const TdAlertRule *rule)
{
  TdAlertReplay *replay = td_alert_replay_new (rule, MIDNIGHT, 8 * 60, 17 * 60, TD_SERVICE_LEVEL_OF_ANSWERED);

  td_alert_replay_add_queue (replay, "a", "north");
  td_alert_replay_add_queue (replay, "b", "north");

  return replay;
}

/* At each minute from @from on, one of them may be unknown. */
static void
add_samples (TdHistoryRecords *records,
             const char       *queue,
             guint             from,
             const gint64     *waiting,
             guint             n_minutes)
{
  for (guint i = 0; i < n_minutes; i++)
    {
      TdHistorySample sample = { MIDNIGHT + (from + i) * MINUTE, queue, waiting[i], waiting[i] > 0 ? 1000 : 0, 4 };

      td_history_records_add_sample (records, &sample);
    }
}

static guint
count (const TdAlertRule *rule,
       const char        *queue,
       const gint64      *waiting,
       guint              n_minutes)
{
  g_autoptr (TdAlertReplay) replay = make_replay (rule);
  g_autoptr (TdHistoryRecords) records = td_history_records_new ();

  add_samples (records, queue, 10 * 60, waiting, n_minutes);
  td_alert_replay_feed_samples (replay, records, MIDNIGHT + (10 * 60 + n_minutes) * MINUTE);

  return td_alert_replay_get_n_raised (replay);
}

static void
test_each_time (void)
{
  static const gint64 waiting[] = { 0, 9, 9, 0, 9, 5, 9, 0, 0 };
  g_autoptr (TdAlertRule) rule = make_rule (TD_ALERT_WAITING, TD_ALERT_SCOPE_QUEUE, 8, 2, 0);

  /* What stays between the thresholds is still the same time. */
  g_assert_cmpuint (count (rule, "a", waiting, G_N_ELEMENTS (waiting)), ==, 2);

  rule->for_s = 100;
  g_assert_cmpuint (count (rule, "a", waiting, G_N_ELEMENTS (waiting)), ==, 1);
  rule->raise = 10;
  g_assert_cmpuint (count (rule, "a", waiting, G_N_ELEMENTS (waiting)), ==, 0);
}

static void
test_target (void)
{
  static const gint64 waiting[] = { 9, 0 };
  g_autoptr (TdAlertRule) rule = make_rule (TD_ALERT_WAITING, TD_ALERT_SCOPE_QUEUE, 8, 2, 0);

  rule->target = g_strdup ("b");
  g_assert_cmpuint (count (rule, "a", waiting, 2), ==, 0);
  g_assert_cmpuint (count (rule, "b", waiting, 2), ==, 1);
}

/* Where a queue of a hotline is not known, nor is the hotline's sum. */
static void
test_hotline (void)
{
  static const gint64 five[] = { 5, 5, 0 };
  g_autoptr (TdAlertRule) rule = make_rule (TD_ALERT_WAITING, TD_ALERT_SCOPE_HOTLINE, 8, 2, 0);
  g_autoptr (TdAlertReplay) replay = make_replay (rule);
  g_autoptr (TdHistoryRecords) records = td_history_records_new ();

  g_assert_cmpuint (count (rule, "a", five, 3), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (five); i++)
    {
      add_samples (records, "a", 600 + i, &five[i], 1);
      add_samples (records, "b", 600 + i, &five[i], 1);
    }
  td_alert_replay_feed_samples (replay, records, MIDNIGHT + 605 * MINUTE);
  g_assert_cmpuint (td_alert_replay_get_n_raised (replay), ==, 1);
  g_assert_cmpint (td_alert_replay_get_last (replay), >=, MIDNIGHT + 600 * MINUTE);
  g_assert_cmpint (td_alert_replay_get_last (replay), <, MIDNIGHT + 601 * MINUTE);
}

/* A wait grows between what was written down of it; after an hour in which
 * nothing was written nobody knows. */
static void
test_longest_wait (void)
{
  static const gint64 waiting[] = { 1, 1, 0 };
  g_autoptr (TdAlertRule) rule = make_rule (TD_ALERT_LONGEST_WAIT, TD_ALERT_SCOPE_QUEUE, 50, 20, 0);

  g_assert_cmpuint (count (rule, "a", waiting, 3), ==, 2);
  rule->raise = 100;
  g_assert_cmpuint (count (rule, "a", waiting, 3), ==, 0);
  g_assert_cmpuint (count (rule, "a", waiting, 1), ==, 0);
}

static void
test_hours (void)
{
  static const gint64 waiting[] = { 9, 9 };
  g_autoptr (TdAlertRule) rule = make_rule (TD_ALERT_WAITING, TD_ALERT_SCOPE_QUEUE, 8, 2, 0);

  rule->from = 12 * 60;
  g_assert_cmpuint (count (rule, "a", waiting, 2), ==, 0);
  rule->from = rule->to = 0;
  g_assert_cmpuint (count (rule, "a", waiting, 2), ==, 1);
}

/* A rule that rests is tried as if it did not. */
static void
test_disabled (void)
{
  static const gint64 waiting[] = { 9, 9 };
  g_autoptr (TdAlertRule) rule = make_rule (TD_ALERT_WAITING, TD_ALERT_SCOPE_QUEUE, 8, 2, 0);

  rule->enabled = FALSE;
  g_assert_cmpuint (count (rule, "a", waiting, 2), ==, 1);
}

static void
test_minutes (void)
{
  g_autoptr (TdAlertRule) rule = make_rule (TD_ALERT_ABANDON_RATE, TD_ALERT_SCOPE_QUEUE, 0.3, 0.1, 0);
  g_autoptr (TdAlertReplay) replay = make_replay (rule);
  g_autoptr (TdIntervals) minutes = td_intervals_new (MIDNIGHT - 30 * MINUTE, MINUTE, 240);
  TdInterval *rows = td_intervals_add_queue (minutes, "a");

  /* Ten calls a minute; for ten of them each is lost. */
  for (guint i = 0; i < 240; i++)
    {
      gboolean lost = i >= 120 && i < 130;

      rows[i] = (TdInterval){ .observed_s = 60, .counts = TD_COUNTS_UNKNOWN, .max_waiting = TD_UNKNOWN, .serving = TD_UNKNOWN };
      rows[i].counts.answered = lost ? 0 : 10;
      rows[i].counts.abandoned = lost ? 10 : 0;
      rows[i].counts.short_abandoned = 0;
    }
  td_alert_replay_feed_minutes (replay, minutes);

  /* Nine minutes of thirty are 30 %. */
  g_assert_cmpuint (td_alert_replay_get_n_raised (replay), ==, 1);
  g_assert_cmpint (td_alert_replay_get_last (replay), ==, MIDNIGHT - 30 * MINUTE + 129 * MINUTE);
}

static void
test_what_it_reads (void)
{
  for (guint kind = 0; kind < TD_N_ALERT_KINDS; kind++)
    {
      g_autoptr (TdAlertRule) rule = td_alert_rule_new ("rule", (TdAlertKind)kind);

      g_assert_false (td_alert_replay_reads_samples (rule) && td_alert_replay_reads_minutes (rule));
    }
}

/* The overview's card and the alert are of one formula, whichever is in force. */
static void
test_out_of_reach (void)
{
  guint n[2] = { 0 };

  for (guint i = 0; i < 20000; i++)
    {
      TdServiceLevelFormula formula = (TdServiceLevelFormula)(i % TD_N_SERVICE_LEVEL_FORMULAS);
      TdCounts              today = TD_COUNTS_UNKNOWN;
      gint64                beyond = g_test_rand_int_range (0, 20);
      double                to_come = g_test_rand_double_range (0, 300);
      gint64                good, counted;
      TdRecovery            recovery;
      double                reach;

      today.answered = g_test_rand_int_range (100, 400);
      today.answered_in_time = g_test_rand_int_range (0, (gint32)today.answered + 1);
      today.abandoned = g_test_rand_int_range (0, 200);
      today.abandoned_in_time = g_test_rand_int_range (0, (gint32)today.abandoned + 1);
      today.short_abandoned = g_test_rand_int_range (0, (gint32)today.abandoned_in_time + 1);
      today.offered = today.answered + today.abandoned + beyond;

      g_assert_true (td_metrics_get_service (formula, &today, beyond, &good, &counted));
      td_recovery_reckon (good, counted, to_come, 0.8, &recovery);
      reach = td_alert_facts_judge_reach (formula, &today, beyond, to_come, 0.8);
      g_assert_cmpfloat (reach, ==, recovery.state == TD_RECOVERY_OUT_OF_REACH ? 1 : 0);
      n[(guint)reach]++;
    }
  g_assert_cmpuint (MIN (n[0], n[1]), >, 1000);
}

static void
test_few_calls_are_out_of_no_reach (void)
{
  TdCounts today = TD_COUNTS_UNKNOWN;

  g_assert_true (isnan (td_alert_facts_judge_reach (TD_SERVICE_LEVEL_LIVE, &today, 0, 10, 0.8)));
  today.answered = 40;
  today.answered_in_time = 0;
  today.abandoned = 10;
  today.short_abandoned = 0;
  g_assert_true (isnan (td_alert_facts_judge_reach (TD_SERVICE_LEVEL_LIVE, &today, 0, 10, 0.8)));
  today.answered = 400;
  g_assert_true (isnan (td_alert_facts_judge_reach (TD_SERVICE_LEVEL_LIVE, &today, 0, NAN, 0.8)));
  g_assert_cmpfloat (td_alert_facts_judge_reach (TD_SERVICE_LEVEL_LIVE, &today, 0, 10, 0.8), ==, 1);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/alert-facts/the-alert-and-the-card-say-the-same", test_out_of_reach);
  g_test_add_func ("/alert-facts/few-calls-are-out-of-no-reach", test_few_calls_are_out_of_no_reach);
  g_test_add_func ("/alert-replay/counts-each-time", test_each_time);
  g_test_add_func ("/alert-replay/keeps-to-its-target", test_target);
  g_test_add_func ("/alert-replay/adds-up-a-hotline", test_hotline);
  g_test_add_func ("/alert-replay/lets-a-wait-grow", test_longest_wait);
  g_test_add_func ("/alert-replay/keeps-to-its-hours", test_hours);
  g_test_add_func ("/alert-replay/tries-a-rule-that-is-off", test_disabled);
  g_test_add_func ("/alert-replay/looks-back-half-an-hour", test_minutes);
  g_test_add_func ("/alert-replay/reads-one-or-the-other", test_what_it_reads);

  return g_test_run ();
}
