/* test-alert-rules.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>

#include "td-alert-rules.h"
#include "td-alert-words.h"

static void
test_defaults_make_sense (void)
{
  g_autoptr (GPtrArray) rules = td_alert_rules_new_default ();
  g_autoptr (GError) error = NULL;
  guint seen = 0;

  td_alert_rules_check (rules, &error);
  g_assert_no_error (error);

  for (guint i = 0; i < rules->len; i++)
    seen |= 1u << ((const TdAlertRule *)g_ptr_array_index (rules, i))->kind;
  g_assert_cmpuint (seen, ==, (1u << TD_N_ALERT_KINDS) - 1);
}

static void
test_usual_rule_of_each_kind_makes_sense (void)
{
  for (guint i = 0; i < TD_N_ALERT_KINDS; i++)
    {
      g_autoptr (TdAlertRule) rule = td_alert_rule_new ("a", (TdAlertKind)i);
      g_autoptr (GError) error = NULL;
      g_autofree char *words = td_alert_words_describe_rule (rule);
      TdAlertKind      kind;

      td_alert_rule_check (rule, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (words, !=, "");
      g_assert_true (td_alert_kind_from_string (td_alert_kind_to_string (rule->kind), &kind));
      g_assert_cmpint (kind, ==, i);
    }
}

static void
assert_refused (TdAlertRule *rule,
                const char  *field)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *begin = g_strconcat (field, ":", NULL);

  g_assert_false (td_alert_rule_check (rule, &error));
  g_assert_error (error, TD_ALERT_ERROR, TD_ALERT_ERROR_INVALID);
  g_assert_true (g_str_has_prefix (error->message, begin));
}

static TdAlertRule *
wait_rule (void)
{
  return td_alert_rule_new ("wait", TD_ALERT_LONGEST_WAIT);
}

static void
test_refusal_names_the_field (void)
{
  static const struct
  {
    const char *field;
    double      raise;
    double      clear;
    guint       for_s;
    guint       from;
    guint       to;
    int         scope;
  } cases[] = {
    { "raise", NAN, 0, 0, 0, 0, TD_ALERT_SCOPE_QUEUE },
    { "raise", 0, 0, 0, 0, 0, TD_ALERT_SCOPE_QUEUE },
    { "raise", 1e9, 0, 0, 0, 0, TD_ALERT_SCOPE_QUEUE },
    { "clear", 60, -1, 0, 0, 0, TD_ALERT_SCOPE_QUEUE },
    { "clear", 60, 61, 0, 0, 0, TD_ALERT_SCOPE_QUEUE },
    { "for_seconds", 60, 60, 86401, 0, 0, TD_ALERT_SCOPE_QUEUE },
    { "from", 60, 60, 0, 1440, 10, TD_ALERT_SCOPE_QUEUE },
    { "to", 60, 60, 0, 600, 1441, TD_ALERT_SCOPE_QUEUE },
    { "to", 60, 60, 0, 600, 600, TD_ALERT_SCOPE_QUEUE },
    { "scope", 60, 60, 0, 0, 0, TD_ALERT_SCOPE_AGENT },
    { "scope", 60, 60, 0, 0, 0, 77 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (TdAlertRule) rule = wait_rule ();

      rule->raise = cases[i].raise;
      rule->clear = cases[i].clear;
      rule->for_s = cases[i].for_s;
      rule->from = cases[i].from;
      rule->to = cases[i].to;
      rule->scope = (TdAlertScope)cases[i].scope;
      assert_refused (rule, cases[i].field);
    }
}

static void
test_below_is_over_above (void)
{
  g_autoptr (TdAlertRule) rule = td_alert_rule_new ("level", TD_ALERT_SERVICE_LEVEL);
  g_autoptr (GError) error = NULL;

  rule->raise = 0.7;
  rule->clear = 0.8;
  td_alert_rule_check (rule, &error);
  g_assert_no_error (error);

  rule->clear = 0.6;
  assert_refused (rule, "clear");
}

static void
test_ids_are_unique (void)
{
  g_autoptr (GPtrArray) rules = td_alert_rules_new ();
  g_autoptr (GError) error = NULL;

  g_ptr_array_add (rules, wait_rule ());
  g_assert_true (td_alert_rules_check (rules, NULL));
  g_ptr_array_add (rules, wait_rule ());
  g_assert_false (td_alert_rules_check (rules, &error));
  g_assert_error (error, TD_ALERT_ERROR, TD_ALERT_ERROR_INVALID);

  g_assert_false (td_alert_rule_is_id (""));
  g_assert_false (td_alert_rule_is_id ("a b"));
  g_assert_false (td_alert_rule_is_id ("../x"));
  g_assert_true (td_alert_rule_is_id ("a-b_c.9"));
}

static void
test_hours_wrap_at_midnight (void)
{
  g_autoptr (TdAlertRule) rule = wait_rule ();

  /* The centre's hours. */
  g_assert_true (td_alert_rule_is_due (rule, 420, 420, 1200));
  g_assert_false (td_alert_rule_is_due (rule, 1200, 420, 1200));
  g_assert_true (td_alert_rule_is_due (rule, 0, 0, 1440));

  rule->to = 1440;
  g_assert_true (td_alert_rule_is_due (rule, 0, 420, 1200));
  g_assert_true (td_alert_rule_is_due (rule, 1439, 420, 1200));

  rule->from = 1200;
  rule->to = 360;
  g_assert_true (td_alert_rule_is_due (rule, 1200, 0, 1440));
  g_assert_true (td_alert_rule_is_due (rule, 0, 0, 1440));
  g_assert_true (td_alert_rule_is_due (rule, 359, 0, 1440));
  g_assert_false (td_alert_rule_is_due (rule, 360, 0, 1440));
  g_assert_false (td_alert_rule_is_due (rule, 1199, 0, 1440));
}

static void
test_copy_is_equal_and_its_own (void)
{
  g_autoptr (GPtrArray) rules = td_alert_rules_new_default ();
  g_autoptr (GPtrArray) copy = td_alert_rules_copy (rules);
  TdAlertRule *rule = g_ptr_array_index (copy, 0);

  for (guint i = 0; i < rules->len; i++)
    g_assert_true (td_alert_rule_equal (g_ptr_array_index (rules, i), g_ptr_array_index (copy, i)));

  rule->name = g_strdup ("Hàng đợi dài");
  g_assert_false (td_alert_rule_equal (g_ptr_array_index (rules, 0), rule));
  g_assert_true (td_alert_rules_find (copy, rule->id) == rule);
  g_assert_null (td_alert_rules_find (copy, "none"));
}

static void
test_words_tell_the_hysteresis (void)
{
  g_autoptr (TdAlertRule) rule = wait_rule ();
  g_autoptr (TdAlertRule) level = td_alert_rule_new ("level", TD_ALERT_SERVICE_LEVEL);
  g_autofree char *words = NULL;
  g_autofree char *level_words = NULL;
  g_autofree char *unknown = td_alert_words_format_value (TD_ALERT_WAITING, NAN);

  rule->raise = 120;
  rule->clear = 60;
  rule->for_s = 30;
  rule->clear_s = 0;
  words = td_alert_words_describe_rule (rule);
  g_assert_cmpstr (words, ==, "2 minutes or more for 30 seconds, over at 1 minute or less");

  level->raise = 0.6;
  level->clear = 0.75;
  level->for_s = 300;
  level->clear_s = 60;
  level_words = td_alert_words_describe_rule (level);
  g_assert_cmpstr (level_words, ==, "60 % or less for 5 minutes, over from 75 % on for 1 minute");

  g_assert_cmpstr (unknown, ==, "—");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/alerts/rules/defaults-make-sense", test_defaults_make_sense);
  g_test_add_func ("/alerts/rules/usual-rule-of-each-kind-makes-sense", test_usual_rule_of_each_kind_makes_sense);
  g_test_add_func ("/alerts/rules/refusal-names-the-field", test_refusal_names_the_field);
  g_test_add_func ("/alerts/rules/below-is-over-above", test_below_is_over_above);
  g_test_add_func ("/alerts/rules/ids-are-unique", test_ids_are_unique);
  g_test_add_func ("/alerts/rules/hours-wrap-at-midnight", test_hours_wrap_at_midnight);
  g_test_add_func ("/alerts/rules/copy-is-equal-and-its-own", test_copy_is_equal_and_its_own);
  g_test_add_func ("/alerts/rules/words-tell-the-hysteresis", test_words_tell_the_hysteresis);

  return g_test_run ();
}
