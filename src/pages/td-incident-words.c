/* td-incident-words.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-incident-words.h"

#include <glib/gi18n.h>

#include "td-alert-words.h"
#include "td-format.h"

/**
 * td_incident_words_get_severity:
 * @level: a level
 *
 * Returns: how it is drawn; a notice has no colour of its own
 */
TdSeverity
td_incident_words_get_severity (TdAlertLevel level)
{
  return level == TD_ALERT_ALARM ? TD_SEVERITY_RED : level == TD_ALERT_WARNING ? TD_SEVERITY_AMBER
                                                                               : TD_SEVERITY_NORMAL;
}

/**
 * td_incident_words_names_agent:
 *
 * Returns: whether what it is called may be an agent's name
 */
gboolean
td_incident_words_names_agent (TdIncident *incident)
{
  for (guint i = 0; i < td_incident_get_n_parts (incident); i++)
    {
      if (((const TdAlert *)td_incident_get_part (incident, i))->scope == TD_ALERT_SCOPE_AGENT)
        return TRUE;
    }

  return FALSE;
}

/**
 * td_incident_words_describe_time:
 * @now: the source's time, µs since 1970
 * @zone: of the centre
 *
 * Returns: (transfer full): “Since 14:05, for 15′”, or from when to when it was
 */
char *
td_incident_words_describe_time (TdIncident *incident,
                                 gint64      now,
                                 GTimeZone  *zone)
{
  gint64           started = td_incident_get_started (incident);
  gint64           ended = td_incident_get_ended (incident);
  const TdAlert   *first = td_incident_get_part (incident, 0);
  gint64           since = first != NULL ? MIN (first->since, started) : started;
  g_autofree char *begin = td_format_clock (since, zone);
  g_autofree char *end = TD_IS_KNOWN (ended) ? td_format_clock (ended, zone) : NULL;
  g_autofree char *span = td_format_short_span (MAX ((TD_IS_KNOWN (ended) ? ended : now) - since, 0) / G_TIME_SPAN_MILLISECOND);

  if (end != NULL)
    /* Translators: two times of day, then a duration. */
    return g_strdup_printf (_ ("Over: from %s to %s, %s"), begin, end, span);

  /* Translators: a time of day, then a duration. */
  return g_strdup_printf (_ ("Since %s, for %s"), begin, span);
}

/**
 * td_incident_words_describe_owner:
 *
 * Returns: (transfer full): who sees to it, or that nobody does
 */
char *
td_incident_words_describe_owner (TdIncident *incident,
                                  GTimeZone  *zone)
{
  g_autofree char *clock = NULL;

  switch (td_incident_get_state (incident))
    {
    case TD_INCIDENT_TAKEN:
      clock = td_format_clock (td_incident_get_owned_since (incident), zone);
      /* Translators: a name and a time of day. */
      return g_strdup_printf (_ ("%s, taken %s"), td_incident_get_owner (incident), clock);

    case TD_INCIDENT_SNOOZED:
      clock = td_format_clock (td_incident_get_until (incident), zone);
      /* Translators: a time of day, then a reason in a person’s words. */
      return g_strdup_printf (_ ("Put off until %s: %s"), clock, td_incident_get_reason (incident));

    case TD_INCIDENT_CLOSED:
      return g_strdup (_ ("Closed"));

    case TD_INCIDENT_OPEN:
    default:
      if (td_incident_get_escalation (incident) > 0)
        return g_strdup_printf (ngettext ("Nobody has taken it, told again %u time", "Nobody has taken it, told again %u times",
                                          td_incident_get_escalation (incident)),
                                td_incident_get_escalation (incident));
      return g_strdup (_ ("Nobody has taken it"));
    }
}

/* Digits, which are read at a glance. */
static char *
format_value (const TdAlert *part)
{
  double value = td_alert_is_on (part) ? part->value : part->worst;

  switch (part->kind)
    {
    case TD_ALERT_SURGE:
    case TD_ALERT_BUSY_DAY:
      return td_format_deviation (value, FALSE);
    case TD_ALERT_SILENCE:
      return td_format_deviation (-value, FALSE);
    default:
      break;
    }
  switch (td_alert_kind_get_info (part->kind)->unit)
    {
    case TD_ALERT_UNIT_SECONDS:
      return td_format_duration_s (value);
    case TD_ALERT_UNIT_FRACTION:
      return td_format_percent (value, 0);
    default:
      return td_alert_words_format_value (part->kind, value);
    }
}

/**
 * td_incident_words_describe_part:
 *
 * Returns: (transfer full): the value with its threshold, and since when
 */
char *
td_incident_words_describe_part (const TdAlert *part,
                                 GTimeZone     *zone)
{
  gboolean         is_flag = td_alert_kind_get_info (part->kind)->unit == TD_ALERT_UNIT_FLAG;
  g_autofree char *value = format_value (part);
  g_autofree char *clock = td_format_clock (td_alert_is_on (part) ? part->since : part->cleared, zone);

  if (!td_alert_is_on (part))
    /* Translators: a time of day. */
    return g_strdup_printf (_ ("over since %s"), clock);
  if (is_flag)
    /* Translators: a time of day. */
    return g_strdup_printf (_ ("since %s"), clock);

  /* Translators: a value such as “27” or “80 %”, then a time of day. */
  return g_strdup_printf (_ ("%s · since %s"), value, clock);
}

/**
 * td_incident_words_describe_action:
 *
 * Returns: (transfer full): “14:11 taken by Lê Minh Tâm”
 */
char *
td_incident_words_describe_action (const TdIncidentAction *action,
                                   GTimeZone              *zone)
{
  g_autofree char *clock = td_format_clock (action->at, zone);
  g_autofree char *until = TD_IS_KNOWN (action->until) ? td_format_clock (action->until, zone) : NULL;
  const char      *who = action->who != NULL ? action->who : "";

  switch ((int)action->event)
    {
    case TD_INCIDENT_EVENT_TAKEN:
      /* Translators: a time of day and a name. */
      return g_strdup_printf (_ ("%s taken by %s"), clock, who);
    case TD_INCIDENT_EVENT_HANDED_OVER:
      /* Translators: a time of day and two names. */
      return g_strdup_printf (_ ("%s handed over by %s to %s"), clock, who, action->to);
    case TD_INCIDENT_EVENT_SNOOZED:
      /* Translators: a time of day, a name, a time of day and a reason. */
      return g_strdup_printf (_ ("%s put off by %s until %s: %s"), clock, who, until != NULL ? until : "", action->text);
    case TD_INCIDENT_EVENT_WOKEN:
      /* Translators: a time of day. */
      return g_strdup_printf (_ ("%s no longer put off"), clock);
    case TD_INCIDENT_EVENT_ESCALATED:
      /* Translators: a time of day. */
      return g_strdup_printf (_ ("%s told again: nobody had taken it"), clock);
    case TD_INCIDENT_EVENT_CLOSED:
    default:
      if (action->who == NULL)
        /* Translators: a time of day. */
        return g_strdup_printf (_ ("%s over by itself"), clock);
      if (action->text != NULL && *action->text != '\0')
        /* Translators: a time of day, a name and a note. */
        return g_strdup_printf (_ ("%s closed by %s: %s"), clock, who, action->text);
      /* Translators: a time of day and a name. */
      return g_strdup_printf (_ ("%s closed by %s"), clock, who);
    }
}
