/* td-alert-words.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-alert-words.h"

#include <glib/gi18n.h>
#include <math.h>

#include "td-time.h"

static char *
format_span (double seconds)
{
  return td_time_describe_span ((gint64)(CLAMP (seconds, 0, 1e9) * 1000));
}

/**
 * td_alert_words_format_value:
 * @kind: a kind
 * @value: of it, or NAN
 *
 * Returns: (transfer full): the value as text, translated: “12”, “2 min”, “80 %”
 */
char *
td_alert_words_format_value (TdAlertKind kind,
                             double      value)
{
  g_return_val_if_fail (kind < TD_N_ALERT_KINDS, NULL);

  if (!isfinite (value))
    return g_strdup ("—");

  switch (td_alert_kind_get_info (kind)->unit)
    {
    case TD_ALERT_UNIT_SECONDS:
      return format_span (value);
    case TD_ALERT_UNIT_FRACTION:
      /* Translators: a part of a whole, in percent. */
      return g_strdup_printf (_ ("%.0f %%"), value * 100);
    case TD_ALERT_UNIT_FLAG:
      return g_strdup (value > 0 ? _ ("yes") : _ ("no"));
    case TD_ALERT_UNIT_COUNT:
    default:
      return g_strdup_printf ("%.0f", value);
    }
}

static char *
describe_begin (const TdAlertRule *rule,
                const char        *raise)
{
  const TdAlertKindInfo *info = td_alert_kind_get_info (rule->kind);
  g_autofree char       *span = format_span (rule->for_s);

  if (info->unit == TD_ALERT_UNIT_FLAG)
    /* Translators: a duration. */
    return rule->for_s == 0 ? g_strdup (_ ("at once")) : g_strdup_printf (_ ("after %s"), span);
  if (rule->for_s == 0)
    /* Translators: a threshold such as “30 %”. */
    return g_strdup_printf (info->below ? _ ("%s or less, at once") : _ ("%s or more, at once"), raise);

  /* Translators: a threshold such as “30 %” and a duration such as “5 min”. */
  return g_strdup_printf (info->below ? _ ("%s or less for %s") : _ ("%s or more for %s"), raise, span);
}

/**
 * td_alert_words_describe_rule:
 * @rule: a rule
 *
 * Returns: (transfer full): when it is raised and when it is over, translated:
 *   “180 s or more for 30 s, over at 60 s or less for 60 s”
 */
char *
td_alert_words_describe_rule (const TdAlertRule *rule)
{
  const TdAlertKindInfo *info;
  g_autofree char       *raise = NULL;
  g_autofree char       *clear = NULL;
  g_autofree char       *begin = NULL;
  g_autofree char       *span = NULL;

  g_return_val_if_fail (rule != NULL, NULL);

  info = td_alert_kind_get_info (rule->kind);
  raise = td_alert_words_format_value (rule->kind, rule->raise);
  clear = td_alert_words_format_value (rule->kind, rule->clear);
  span = format_span (rule->clear_s);
  begin = describe_begin (rule, raise);

  if (info->unit == TD_ALERT_UNIT_FLAG)
    /* Translators: when a rule is raised, then for how long it has to be over. */
    return rule->clear_s == 0 ? g_steal_pointer (&begin) : g_strdup_printf (_ ("%s, over after %s"), begin, span);
  if (rule->clear_s == 0)
    /* Translators: when a rule is raised, then from which value on it is over. */
    return g_strdup_printf (info->below ? _ ("%s, over from %s on") : _ ("%s, over at %s or less"), begin, clear);

  /* Translators: when a rule is raised, from which value on it is over, and for how long that has to last. */
  return g_strdup_printf (info->below ? _ ("%s, over from %s on for %s") : _ ("%s, over at %s or less for %s"), begin, clear,
                          span);
}

/**
 * td_alert_words_get_title:
 * @rule: a rule
 *
 * Returns: (transfer full): its name, or what it compares
 */
char *
td_alert_words_get_title (const TdAlertRule *rule)
{
  g_return_val_if_fail (rule != NULL, NULL);

  if (rule->name != NULL)
    return g_strdup (rule->name);

  return g_strdup (td_alert_kind_get_title (rule->kind));
}
