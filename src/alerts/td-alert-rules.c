/* td-alert-rules.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-alert-rules.h"

#include <glib/gi18n.h>

/* What differs from what is usual for the kind; 0 for what is usual. */
typedef struct
{
  const char  *id;
  TdAlertKind  kind;
  TdAlertScope scope;
  TdAlertLevel level;
  double       raise;
  double       clear;
  guint        for_s;
  gboolean     always; /* at night too, where the centre is closed */
} Default;

/* Few, and each of them something to act upon. A week of an ordinary centre
 * raises hardly one of them; see tests/alerts. */
static const Default defaults[] = {
  { "waiting", TD_ALERT_WAITING, TD_ALERT_SCOPE_QUEUE, TD_ALERT_WARNING, 15, 5, 120, FALSE },
  { "longest-wait", TD_ALERT_LONGEST_WAIT, TD_ALERT_SCOPE_QUEUE, TD_ALERT_WARNING, 300, 120, 30, FALSE },
  { "longest-wait-alarm", TD_ALERT_LONGEST_WAIT, TD_ALERT_SCOPE_QUEUE, TD_ALERT_ALARM, 480, 180, 30, FALSE },
  { "service-level", TD_ALERT_SERVICE_LEVEL, TD_ALERT_SCOPE_CENTRE, TD_ALERT_WARNING, 0.4, 0.6, 600, FALSE },
  { "service-level-low", TD_ALERT_SERVICE_LEVEL, TD_ALERT_SCOPE_CENTRE, TD_ALERT_ALARM, 0.2, 0.4, 600, FALSE },
  { "out-of-reach", TD_ALERT_OUT_OF_REACH, TD_ALERT_SCOPE_CENTRE, TD_ALERT_NOTICE, 1, 0, 300, FALSE },
  { "abandon-rate", TD_ALERT_ABANDON_RATE, TD_ALERT_SCOPE_CENTRE, TD_ALERT_WARNING, 0.25, 0.12, 600, FALSE },
  { "surge", TD_ALERT_SURGE, TD_ALERT_SCOPE_HOTLINE, TD_ALERT_WARNING, 0.5, 0.2, 0, TRUE },
  { "surge-alarm", TD_ALERT_SURGE, TD_ALERT_SCOPE_HOTLINE, TD_ALERT_ALARM, 1, 0.4, 0, TRUE },
  { "surge-queue", TD_ALERT_SURGE, TD_ALERT_SCOPE_QUEUE, TD_ALERT_NOTICE, 2, 0.5, 0, TRUE },
  { "silence", TD_ALERT_SILENCE, TD_ALERT_SCOPE_HOTLINE, TD_ALERT_ALARM, 0.5, 0.2, 0, TRUE },
  { "busy-day", TD_ALERT_BUSY_DAY, TD_ALERT_SCOPE_CENTRE, TD_ALERT_NOTICE, 0.1, 0.05, 1800, FALSE },
  { "nobody-serving", TD_ALERT_SERVING, TD_ALERT_SCOPE_QUEUE, TD_ALERT_ALARM, 0, 1, 60, FALSE },
  { "missing", TD_ALERT_MISSING, TD_ALERT_SCOPE_CENTRE, TD_ALERT_WARNING, 10, 5, 300, FALSE },
  { "unreachable", TD_ALERT_UNREACHABLE, TD_ALERT_SCOPE_CENTRE, TD_ALERT_WARNING, 6, 2, 60, FALSE },
  { "long-state", TD_ALERT_LONG_STATE, TD_ALERT_SCOPE_AGENT, TD_ALERT_NOTICE, 1800, 0, 30, FALSE },
  { "phantom", TD_ALERT_PHANTOM, TD_ALERT_SCOPE_AGENT, TD_ALERT_WARNING, 1, 0, 60, FALSE },
  { "workload", TD_ALERT_WORKLOAD, TD_ALERT_SCOPE_AGENT, TD_ALERT_NOTICE, 2, 1.5, 900, FALSE },
  { "stale", TD_ALERT_STALE, TD_ALERT_SCOPE_CENTRE, TD_ALERT_WARNING, 15, 1, 0, TRUE },
  { "lost", TD_ALERT_LOST, TD_ALERT_SCOPE_CENTRE, TD_ALERT_ALARM, 30, 1, 0, TRUE },
  { "clock", TD_ALERT_CLOCK, TD_ALERT_SCOPE_CENTRE, TD_ALERT_NOTICE, 30, 10, 60, TRUE },
};

/**
 * td_alert_rules_new:
 *
 * Returns: (transfer full) (element-type TdAlertRule): no rules yet; the array
 *   frees what is put into it
 */
GPtrArray *
td_alert_rules_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify)td_alert_rule_free);
}

/**
 * td_alert_rules_new_default:
 *
 * Returns: (transfer full) (element-type TdAlertRule): the rules of a first start
 */
GPtrArray *
td_alert_rules_new_default (void)
{
  static const guint escalate_s[TD_N_ALERT_LEVELS] = { 0, 900, 300 };
  GPtrArray         *rules = td_alert_rules_new ();

  for (guint i = 0; i < G_N_ELEMENTS (defaults); i++)
    {
      TdAlertRule *rule = td_alert_rule_new (defaults[i].id, defaults[i].kind);

      rule->scope = defaults[i].scope;
      rule->level = defaults[i].level;
      rule->raise = defaults[i].raise;
      rule->clear = defaults[i].clear;
      rule->for_s = defaults[i].for_s;
      rule->escalate_s = escalate_s[rule->level];
      rule->to = defaults[i].always ? TD_ALERT_DAY_MINUTES : 0;
      g_ptr_array_add (rules, rule);
    }

  return rules;
}

GPtrArray *
td_alert_rules_copy (GPtrArray *rules)
{
  GPtrArray *copy = td_alert_rules_new ();

  g_return_val_if_fail (rules != NULL, copy);

  for (guint i = 0; i < rules->len; i++)
    g_ptr_array_add (copy, td_alert_rule_copy (g_ptr_array_index (rules, i)));

  return copy;
}

/**
 * td_alert_rules_find:
 *
 * Returns: (transfer none) (nullable): the rule with this id
 */
TdAlertRule *
td_alert_rules_find (GPtrArray  *rules,
                     const char *id)
{
  for (guint i = 0; i < rules->len; i++)
    {
      TdAlertRule *rule = g_ptr_array_index (rules, i);

      if (g_str_equal (rule->id, id))
        return rule;
    }

  return NULL;
}

/**
 * td_alert_rules_check:
 * @rules: (element-type TdAlertRule): rules, from a person or a file
 * @error: return location; %TD_ALERT_ERROR_INVALID with the rule's id and the field
 *
 * Returns: whether each makes sense and has an id of its own
 */
gboolean
td_alert_rules_check (GPtrArray *rules,
                      GError   **error)
{
  if (rules->len > TD_ALERT_MAX_RULES)
    {
      g_set_error (error, TD_ALERT_ERROR, TD_ALERT_ERROR_INVALID, _ ("There are more than %d rules"), TD_ALERT_MAX_RULES);
      return FALSE;
    }

  for (guint i = 0; i < rules->len; i++)
    {
      TdAlertRule *rule = g_ptr_array_index (rules, i);

      if (!td_alert_rule_check (rule, error))
        {
          g_prefix_error (error, "%s: ", rule->id);
          return FALSE;
        }
      if (td_alert_rules_find (rules, rule->id) != rule)
        {
          g_set_error (error, TD_ALERT_ERROR, TD_ALERT_ERROR_INVALID, _ ("%s: there are two rules of this id"), rule->id);
          return FALSE;
        }
    }

  return TRUE;
}
