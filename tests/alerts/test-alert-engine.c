/* test-alert-engine.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>

#include "td-alert-engine.h"
#include "td-alert-rules.h"

#define S G_TIME_SPAN_SECOND
#define START (1000 * G_TIME_SPAN_DAY)

/* What an engine told, one letter each: R, c (changed), C. */
typedef struct
{
  TdAlertEngine *engine;
  GString       *told;
  TdAlert       *last; /* (nullable) (owned) */
} Watch;

static void
note (Watch   *watch,
      TdAlert *alert,
      char     letter)
{
  g_string_append_c (watch->told, letter);
  g_clear_pointer (&watch->last, td_alert_unref);
  watch->last = td_alert_ref (alert);
}

static void
raised_cb (Watch   *watch,
           TdAlert *alert)
{
  note (watch, alert, 'R');
}

static void
cleared_cb (Watch   *watch,
            TdAlert *alert)
{
  note (watch, alert, 'C');
}

static void
set_up (Watch     *watch,
        GPtrArray *rules)
{
  watch->engine = td_alert_engine_new ();
  watch->told = g_string_new (NULL);
  td_alert_engine_set_rules (watch->engine, rules);
  g_signal_connect_swapped (watch->engine, "raised", G_CALLBACK (raised_cb), watch);
  g_signal_connect_swapped (watch->engine, "cleared", G_CALLBACK (cleared_cb), watch);
}

static void
tear_down (Watch *watch)
{
  g_clear_object (&watch->engine);
  g_clear_pointer (&watch->last, td_alert_unref);
  g_string_free (g_steal_pointer (&watch->told), TRUE);
}

static TdAlertRule *
make_rule (double raise,
           double clear,
           guint  for_s,
           guint  clear_s)
{
  TdAlertRule *rule = td_alert_rule_new ("waiting", TD_ALERT_WAITING);

  rule->raise = raise;
  rule->clear = clear;
  rule->for_s = for_s;
  rule->clear_s = clear_s;
  rule->to = 1440;

  return rule;
}

static GPtrArray *
one_rule (TdAlertRule *rule)
{
  GPtrArray *rules = td_alert_rules_new ();

  g_ptr_array_add (rules, rule);

  return rules;
}

static void
feed_at (Watch *watch,
         gint64 now,
         guint  minute,
         double value)
{
  TdAlertFact fact = { TD_ALERT_WAITING, TD_ALERT_SCOPE_QUEUE, "bill", "19009000", value };

  td_alert_engine_begin (watch->engine, now, minute);
  td_alert_engine_feed (watch->engine, &fact);
  td_alert_engine_end (watch->engine);
}

static void
feed (Watch *watch,
      gint64 second,
      double value)
{
  feed_at (watch, START + second * S, 0, value);
}

static void
test_raised_after_its_time_and_cleared_after_its (void)
{
  g_autoptr (GPtrArray) rules = one_rule (make_rule (10, 3, 30, 20));
  Watch watch = { 0 };

  set_up (&watch, rules);
  feed (&watch, 0, 10);
  feed (&watch, 29, 10);
  g_assert_cmpstr (watch.told->str, ==, "");
  feed (&watch, 30, 12);
  g_assert_cmpstr (watch.told->str, ==, "R");
  g_assert_cmpint (watch.last->since, ==, START);
  g_assert_cmpint (watch.last->raised, ==, START + 30 * S);
  g_assert_cmpstr (watch.last->target, ==, "bill");
  g_assert_cmpstr (watch.last->group, ==, "19009000");

  /* Between the thresholds nothing is told. */
  feed (&watch, 100, 4);
  feed (&watch, 200, 3);
  feed (&watch, 219, 0);
  feed (&watch, 219, 4);
  feed (&watch, 230, 2);
  feed (&watch, 249, 2);
  g_assert_cmpstr (watch.told->str, ==, "R");
  feed (&watch, 250, 2);
  g_assert_cmpstr (watch.told->str, ==, "RC");
  g_assert_cmpint (watch.last->end, ==, TD_ALERT_END_OVER);
  g_assert_cmpint (watch.last->cleared, ==, START + 250 * S);
  g_assert_cmpfloat (watch.last->worst, ==, 12);
  tear_down (&watch);
}

static void
test_a_dip_begins_anew (void)
{
  g_autoptr (GPtrArray) rules = one_rule (make_rule (10, 3, 30, 0));
  Watch watch = { 0 };

  set_up (&watch, rules);
  for (guint i = 0; i < 100; i++)
    feed (&watch, i, i % 30 == 29 ? 9 : 50);
  g_assert_cmpstr (watch.told->str, ==, "");
  tear_down (&watch);
}

static void
test_unknown_neither_raises_nor_clears (void)
{
  g_autoptr (GPtrArray) rules = one_rule (make_rule (10, 3, 30, 30));
  Watch watch = { 0 };

  set_up (&watch, rules);
  feed (&watch, 0, 20);
  feed (&watch, 20, 20);
  for (guint i = 21; i < 500; i++)
    feed (&watch, i, NAN);
  g_assert_cmpstr (watch.told->str, ==, "");

  /* 20 s were seen before, and 9 s are after. */
  feed (&watch, 500, 20);
  feed (&watch, 509, 20);
  g_assert_cmpstr (watch.told->str, ==, "");
  feed (&watch, 510, 20);
  g_assert_cmpstr (watch.told->str, ==, "R");

  feed (&watch, 520, 0);
  for (guint i = 521; i < 2000; i++)
    feed (&watch, i, NAN);
  feed (&watch, 2000, 0);
  g_assert_cmpstr (watch.told->str, ==, "R");
  feed (&watch, 2030, 0);
  g_assert_cmpstr (watch.told->str, ==, "RC");
  tear_down (&watch);
}

static void
test_below_is_raised_by_a_fall (void)
{
  TdAlertRule *rule = td_alert_rule_new ("serving", TD_ALERT_SERVING);
  g_autoptr (GPtrArray) rules = one_rule (rule);
  TdAlertFact fact = { TD_ALERT_SERVING, TD_ALERT_SCOPE_QUEUE, "bill", NULL, 3 };
  Watch       watch = { 0 };

  rule->raise = 2;
  rule->clear = 5;
  rule->for_s = 0;
  rule->clear_s = 0;
  set_up (&watch, rules);
  for (guint i = 0; i < 4; i++)
    {
      static const double values[] = { 3, 2, 4, 5 };

      fact.value = values[i];
      td_alert_engine_begin (watch.engine, START + i * S, 0);
      td_alert_engine_feed (watch.engine, &fact);
      td_alert_engine_end (watch.engine);
      g_assert_cmpstr (watch.told->str, ==, i == 0 ? "" : i < 3 ? "R"
                                                                : "RC");
    }
  g_assert_cmpfloat (watch.last->worst, ==, 2);
  tear_down (&watch);
}

static void
test_rests_outside_its_hours (void)
{
  TdAlertRule *rule = make_rule (10, 3, 0, 3600);
  g_autoptr (GPtrArray) rules = one_rule (rule);
  Watch watch = { 0 };

  rule->from = 480;
  rule->to = 1020;
  set_up (&watch, rules);
  feed_at (&watch, START, 479, 50);
  g_assert_cmpstr (watch.told->str, ==, "");
  feed_at (&watch, START + S, 480, 50);
  g_assert_cmpstr (watch.told->str, ==, "R");
  feed_at (&watch, START + 2 * S, 1020, 50);
  g_assert_cmpstr (watch.told->str, ==, "RC");
  g_assert_cmpint (watch.last->end, ==, TD_ALERT_END_RESTS);
  tear_down (&watch);
}

static void
test_what_is_gone_is_cleared (void)
{
  g_autoptr (GPtrArray) rules = one_rule (make_rule (10, 3, 0, 3600));
  Watch watch = { 0 };

  set_up (&watch, rules);
  feed (&watch, 0, 10);
  td_alert_engine_begin (watch.engine, START + S, 0);
  td_alert_engine_drop (watch.engine, TD_ALERT_SCOPE_AGENT, "bill");
  td_alert_engine_end (watch.engine);
  g_assert_cmpstr (watch.told->str, ==, "R");
  td_alert_engine_drop (watch.engine, TD_ALERT_SCOPE_QUEUE, "bill");
  td_alert_engine_end (watch.engine);
  g_assert_cmpstr (watch.told->str, ==, "RC");
  g_assert_cmpint (watch.last->end, ==, TD_ALERT_END_GONE);
  tear_down (&watch);
}

static void
test_other_thresholds_go_on_and_a_rule_less_clears (void)
{
  g_autoptr (GPtrArray) rules = one_rule (make_rule (10, 3, 0, 0));
  g_autoptr (GPtrArray) others = one_rule (make_rule (40, 20, 0, 0));
  g_autoptr (GPtrArray) none = td_alert_rules_new ();
  Watch watch = { 0 };

  set_up (&watch, rules);
  feed (&watch, 0, 30);
  td_alert_engine_set_rules (watch.engine, others);
  feed (&watch, 1, 30);
  g_assert_cmpstr (watch.told->str, ==, "R");
  feed (&watch, 2, 20);
  g_assert_cmpstr (watch.told->str, ==, "RC");

  feed (&watch, 3, 50);
  td_alert_engine_set_rules (watch.engine, none);
  td_alert_engine_end (watch.engine);
  g_assert_cmpstr (watch.told->str, ==, "RCRC");
  g_assert_cmpint (watch.last->end, ==, TD_ALERT_END_RULE);
  tear_down (&watch);
}

static void
test_restored_alert_goes_on (void)
{
  g_autoptr (GPtrArray) rules = one_rule (make_rule (10, 3, 60, 0));
  g_autoptr (GPtrArray) on = NULL;
  Watch watch = { 0 };
  Watch later = { 0 };

  set_up (&watch, rules);
  feed (&watch, 0, 30);
  feed (&watch, 60, 30);
  on = td_alert_engine_get_alerts (watch.engine);
  g_assert_cmpuint (on->len, ==, 1);

  set_up (&later, rules);
  td_alert_engine_restore (later.engine, g_ptr_array_index (on, 0));
  feed (&later, 100, 30);
  g_assert_cmpstr (later.told->str, ==, "");
  feed (&later, 101, 3);
  g_assert_cmpstr (later.told->str, ==, "C");
  g_assert_true (later.last == g_ptr_array_index (on, 0));

  /* A new one has a greater number, whatever the clock says. */
  feed (&later, -500, 30);
  feed (&later, -400, 30);
  g_assert_cmpstr (later.told->str, ==, "CR");
  g_assert_cmpint (later.last->id, >, ((const TdAlert *)g_ptr_array_index (on, 0))->id);
  tear_down (&watch);
  tear_down (&later);
}

/* What the documentation promises, reckoned from the whole past of each moment. */
typedef struct
{
  gint64 at[400];
  double value[400];
  guint  n;
} Past;

static gint64
seen_for (const Past *past,
          guint       begin,
          gboolean    raising,
          double      limit)
{
  gint64 sum = 0;

  /* Back from the last value, over what is not known, while the others hold. */
  for (guint i = past->n - 1;; i--)
    {
      double value = past->value[i];

      if (isfinite (value) && !(raising ? value >= limit : value <= limit))
        return sum;
      if (i == begin)
        return sum;
      if (isfinite (value) && isfinite (past->value[i - 1]) && (raising ? past->value[i - 1] >= limit : past->value[i - 1] <= limit))
        sum += MAX (past->at[i] - past->at[i - 1], 0);
    }
}

static void
test_random_walks_keep_the_promise (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (20211014);

  for (guint walk = 0; walk < 300; walk++)
    {
      guint    for_s = (guint)g_rand_int_range (rand, 0, 40);
      guint    clear_s = (guint)g_rand_int_range (rand, 0, 40);
      double   raise = g_rand_int_range (rand, 2, 20);
      double   clear = g_rand_int_range (rand, 0, (int)raise);
      Watch    watch = { 0 };
      Past     past = { .n = 0 };
      gboolean on = FALSE;
      guint    begin = 0;
      gint64   at = 0;
      double   value = raise - 1;
      g_autoptr (GPtrArray) rules = one_rule (make_rule (raise, clear, for_s, clear_s));

      set_up (&watch, rules);
      for (guint i = 0; i < G_N_ELEMENTS (past.at); i++)
        {
          gsize  told = watch.told->len;
          gint64 needed;

          at += g_rand_int_range (rand, 0, 12);
          value = CLAMP (value + g_rand_int_range (rand, -3, 4), 0, 25);
          past.at[i] = at;
          past.value[i] = g_rand_int_range (rand, 0, 8) == 0 ? NAN : value;
          past.n = i + 1;
          feed (&watch, at, past.value[i]);

          needed = on ? clear_s : for_s;
          if (isfinite (past.value[i]) && (on ? value <= clear : value >= raise) &&
              seen_for (&past, begin, !on, on ? clear : raise) >= needed)
            {
              on = !on;
              begin = i;
              g_assert_cmpuint (watch.told->len, ==, told + 1);
              g_assert_cmpint (watch.told->str[told], ==, on ? 'R' : 'C');
            }
          else
            g_assert_cmpuint (watch.told->len, ==, told);
        }
      tear_down (&watch);
    }
}

static void
test_what_is_watched_is_bounded (void)
{
  g_autoptr (GPtrArray) rules = one_rule (make_rule (10, 3, 0, 0));
  g_autoptr (GPtrArray) on = NULL;
  Watch watch = { 0 };

  set_up (&watch, rules);
  td_alert_engine_begin (watch.engine, START, 0);
  for (guint i = 0; i < TD_ALERT_ENGINE_MAX_WATCHED + 100; i++)
    {
      g_autofree char *id = g_strdup_printf ("queue-%u", i);
      TdAlertFact      fact = { TD_ALERT_WAITING, TD_ALERT_SCOPE_QUEUE, id, NULL, 99 };

      td_alert_engine_feed (watch.engine, &fact);
    }
  td_alert_engine_end (watch.engine);
  on = td_alert_engine_get_alerts (watch.engine);
  g_assert_cmpuint (on->len, ==, TD_ALERT_ENGINE_MAX_WATCHED);
  tear_down (&watch);
}

static void
words_cb (TdAlert *alert,
          gpointer user_data)
{
  g_autofree char *words = g_strdup_printf ("%.0f wait", alert->value);

  td_alert_set_evidence (alert, words);
}

static void
test_what_is_over_keeps_what_spoke_for_it_at_its_worst (void)
{
  g_autoptr (GPtrArray) rules = one_rule (make_rule (10, 3, 0, 2));
  Watch watch = { 0 };

  set_up (&watch, rules);
  td_alert_engine_set_words (watch.engine, words_cb, NULL);
  feed (&watch, 0, 12);
  g_assert_cmpstr (watch.last->evidence, ==, "12 wait");
  feed (&watch, 1, 34);
  feed (&watch, 2, 8);
  /* While it goes on, it is told how it stands. */
  g_assert_cmpstr (watch.last->evidence, ==, "8 wait");
  for (gint64 second = 3; second < 6; second++)
    feed (&watch, second, 0);
  g_assert_cmpstr (watch.told->str, ==, "RC");
  g_assert_cmpfloat (watch.last->worst, ==, 34);
  g_assert_cmpstr (watch.last->evidence, ==, "34 wait");
  tear_down (&watch);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/alerts/engine/raised-after-its-time-and-cleared-after-its", test_raised_after_its_time_and_cleared_after_its);
  g_test_add_func ("/alerts/engine/a-dip-begins-anew", test_a_dip_begins_anew);
  g_test_add_func ("/alerts/engine/unknown-neither-raises-nor-clears", test_unknown_neither_raises_nor_clears);
  g_test_add_func ("/alerts/engine/below-is-raised-by-a-fall", test_below_is_raised_by_a_fall);
  g_test_add_func ("/alerts/engine/rests-outside-its-hours", test_rests_outside_its_hours);
  g_test_add_func ("/alerts/engine/what-is-gone-is-cleared", test_what_is_gone_is_cleared);
  g_test_add_func ("/alerts/engine/other-thresholds-go-on-and-a-rule-less-clears", test_other_thresholds_go_on_and_a_rule_less_clears);
  g_test_add_func ("/alerts/engine/restored-alert-goes-on", test_restored_alert_goes_on);
  g_test_add_func ("/alerts/engine/what-is-over-keeps-what-spoke-for-it-at-its-worst", test_what_is_over_keeps_what_spoke_for_it_at_its_worst);
  g_test_add_func ("/alerts/engine/random-walks-keep-the-promise", test_random_walks_keep_the_promise);
  g_test_add_func ("/alerts/engine/what-is-watched-is-bounded", test_what_is_watched_is_bounded);

  return g_test_run ();
}
