/* td-alert-evidence.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-alert-evidence-private.h"

#include <glib/gi18n.h>
#include <math.h>

#include "td-alert-words.h"
#include "td-time.h"

static const char *
get_zone_name (const char *zone)
{
  TdPlace place;

  if (!td_place_from_string (zone, &place))
    return zone;

  switch (place)
    {
    case TD_PLACE_OFFICE:
      return C_ ("place of work", "Office");
    case TD_PLACE_ON_SITE:
      return C_ ("place of work", "On-site");
    case TD_PLACE_HOME:
      return C_ ("place of work", "Home");
    case TD_PLACE_PARTNER:
      return C_ ("place of work", "Partner");
    case TD_PLACE_UNKNOWN:
    case TD_N_PLACES:
    default:
      return zone;
    }
}

static const char *
get_name (const TdAlertWitness *witness,
          const TdAlert        *alert)
{
  TdQueue *queue;
  TdAgent *agent;

  switch (alert->scope)
    {
    case TD_ALERT_SCOPE_QUEUE:
      queue = td_centre_find_queue (witness->centre, alert->target);
      return queue != NULL ? td_queue_get_title (queue) : alert->target;
    case TD_ALERT_SCOPE_AGENT:
      agent = td_centre_find_agent (witness->centre, alert->target);
      return agent != NULL ? td_agent_get_title (agent) : alert->target;
    case TD_ALERT_SCOPE_ZONE:
      return get_zone_name (alert->target);
    case TD_ALERT_SCOPE_HOTLINE:
      return alert->target;
    case TD_ALERT_SCOPE_CENTRE:
    case TD_N_ALERT_SCOPES:
    default:
      return NULL;
    }
}

/* td_alert_evidence_get_title:
 * @rule_title: what its rule is called
 *
 * Returns: (transfer full): what it is, and of what: “Callers waiting: Bills” */
char *
td_alert_evidence_get_title (const TdAlertWitness *witness,
                             const TdAlert        *alert,
                             const char           *rule_title)
{
  const char *name = get_name (witness, alert);

  if (name == NULL)
    return g_strdup (rule_title);

  /* Translators: what is wrong, then the queue, hotline, place or person that it is of. */
  return g_strdup_printf (C_ ("alert", "%s: %s"), rule_title, name);
}

static void
append (GString    *text,
        const char *format,
        ...) G_GNUC_PRINTF (2, 3);

static void
append (GString    *text,
        const char *format,
        ...)
{
  va_list arguments;

  if (text->len > 0)
    g_string_append_c (text, ' ');
  va_start (arguments, format);
  g_string_append_vprintf (text, format, arguments);
  va_end (arguments);
}

static void
describe_waiting (const TdAlertWitness *witness,
                  const TdAlertFigures *figures,
                  GString              *text)
{
  const TdTotals  *totals = &figures->totals;
  g_autofree char *longest = NULL;

  if (TD_IS_KNOWN (totals->waiting))
    {
      longest = td_time_describe_span (TD_IS_KNOWN (totals->longest_since) ? MAX (witness->now - totals->longest_since, 0) / 1000 : TD_UNKNOWN);
      if (totals->waiting > 0 && TD_IS_KNOWN (totals->longest_since))
        append (text, ngettext ("%d caller waits, for %s.", "%d callers wait, the longest for %s.", (gulong)totals->waiting),
                (int)totals->waiting, longest);
      else
        append (text, ngettext ("%d caller waits.", "%d callers wait.", (gulong)totals->waiting), (int)totals->waiting);
    }
  if (TD_IS_KNOWN (figures->serving))
    append (text, ngettext ("%d agent serves.", "%d agents serve.", (gulong)figures->serving), (int)figures->serving);
  if (totals->agents.total > 0)
    {
      guint free_now = totals->agents.by_state[TD_AGENT_STATE_AVAILABLE];

      if (free_now > 0)
        append (text, ngettext ("%u of them is free.", "%u of them are free.", free_now), free_now);
      else
        append (text, "%s", _ ("None of them is free."));
    }
}

static void
describe_recent (const TdAlertWitness *witness,
                 const TdAlert        *alert,
                 const TdAlertFigures *figures,
                 GString              *text)
{
  const TdCounts *recent = &figures->recent;
  gint64          ended = td_metrics_sum (recent->answered, recent->abandoned);
  TdQueue        *queue = alert->scope == TD_ALERT_SCOPE_QUEUE ? td_centre_find_queue (witness->centre, alert->target) : NULL;

  if (!figures->recent_known || !TD_IS_KNOWN (ended))
    return;

  if (alert->kind == TD_ALERT_SERVICE_LEVEL && TD_IS_KNOWN (recent->answered_in_time))
    append (text, _ ("Of %d calls in the last half hour %d were answered in time; the target is %.0f %%."), (int)ended,
            (int)recent->answered_in_time, td_centre_get_service_level_target (witness->centre, queue) * 100);
  else if (alert->kind == TD_ALERT_ABANDON_RATE)
    append (text, _ ("Of %d calls in the last half hour %d callers hung up."), (int)ended, (int)recent->abandoned);
}

static void
describe_today (const TdAlertWitness *witness,
                const TdAlertFigures *figures,
                GString              *text)
{
  double level = td_metrics_service_level (td_centre_get_service_level_formula (witness->centre), &figures->totals.today,
                                           figures->totals.waiting_beyond);

  if (isfinite (level))
    append (text, _ ("The day stands at %.1f %%; even if every call to come is answered in time, it stays below the target."),
            level * 100);
}

static void
describe_calls (const TdAlertWitness *witness,
                const TdAlert        *alert,
                GString              *text)
{
  TdAlertFigures figures;

  if (!td_alert_facts_get_figures (witness->facts, alert->scope, alert->target, &figures))
    return;

  if (alert->kind == TD_ALERT_OUT_OF_REACH)
    describe_today (witness, &figures, text);
  else
    {
      describe_recent (witness, alert, &figures, text);
      describe_waiting (witness, &figures, text);
    }
}

static void
describe_rate (const TdAlertWitness *witness,
               const TdAlert        *alert,
               GString              *text)
{
  static const TdStreamKind streams[] = { TD_STREAM_ALL, TD_STREAM_HOTLINE, TD_STREAM_QUEUE };
  g_autofree char          *words = NULL;
  TdOutlookFigures          figures;

  if (alert->scope >= G_N_ELEMENTS (streams))
    return;

  words = td_outlook_describe_alarm (witness->outlook, streams[alert->scope], alert->target);
  if (words != NULL)
    {
      append (text, "%s", words);
      return;
    }

  td_outlook_get_figures (witness->outlook, streams[alert->scope], alert->target, &figures);
  if (figures.known)
    append (text, _ ("%.0f calls today; %.0f are normal by now."), figures.offered_today, figures.normal_by_now.mean);
}

static void
describe_agent (const TdAlertWitness *witness,
                const TdAlert        *alert,
                GString              *text)
{
  TdAgent         *agent = td_centre_find_agent (witness->centre, alert->target);
  g_autofree char *words = NULL;

  if (agent == NULL)
    return;

  words = td_agent_judge_describe (witness->judge, agent, witness->now);
  if (words != NULL)
    append (text, "%s", g_strdelimit (words, "\n", ' '));
  /* A rule may ask for less than the judge has words for. */
  else if (alert->kind == TD_ALERT_WORKLOAD && TD_IS_KNOWN (td_agent_get_info (agent)->answered))
    append (text, ngettext ("%d call answered today: an hour at work, %.0f %% of the centre’s mean.", "%d calls answered today: an hour at work, %.0f %% of the centre’s mean.", (gulong)td_agent_get_info (agent)->answered),
            (int)td_agent_get_info (agent)->answered, 100 * alert->value);
}

static void
describe_missing (const TdAlertWitness *witness,
                  GString              *text)
{
  TdStaffingNeed   need;
  g_autofree char *span = NULL;

  if (!td_alert_facts_get_need (witness->facts, &need))
    return;

  span = td_time_describe_span (MAX (need.at - witness->now, 0) / 1000);
  if (need.at <= witness->now)
    append (text, ngettext ("%u agent serves,", "%u agents serve,", need.serving), need.serving);
  else
    /* Translators: a number of agents, then a duration. */
    append (text, ngettext ("%u agent will serve in %s,", "%u agents will serve in %s,", need.serving), need.serving, span);
  append (text, ngettext ("%u is needed for the service level.", "%u are needed for the service level.", need.needed), need.needed);
}

static void
describe_unreachable (const TdAlertWitness *witness,
                      const TdAlert        *alert,
                      GString              *text)
{
  TdRoster *agents = td_centre_get_agents (witness->centre);
  guint     n[TD_N_PLACES] = { 0 };

  append (text, ngettext ("%d agent cannot be reached.", "%d agents cannot be reached.", (gulong)alert->value), (int)alert->value);
  if (alert->scope == TD_ALERT_SCOPE_ZONE)
    return;

  for (guint i = 0; i < td_roster_get_size (agents); i++)
    {
      const TdAgentInfo *info = td_agent_get_info (td_roster_get (agents, i));

      n[info->place] += info->state == TD_AGENT_STATE_UNREACHABLE;
    }
  for (guint i = 1; i < TD_N_PLACES; i++)
    {
      if (n[i] > 0)
        /* Translators: a place of work, then how many agents there. */
        append (text, _ ("%s: %u."), get_zone_name (td_place_to_string ((TdPlace)i)), n[i]);
    }
}

static void
describe_source (const TdAlertWitness *witness,
                 const TdAlert        *alert,
                 GString              *text)
{
  g_autofree char *span = td_time_describe_span ((gint64)(alert->value * 1000));
  const char      *message = witness->poller != NULL ? td_poller_get_error_message (witness->poller) : NULL;

  if (alert->kind == TD_ALERT_CLOCK)
    append (text, _ ("The source’s clock and this computer’s differ by %s."), span);
  else if (alert->value > 0)
    append (text, _ ("The last good answer is %s old."), span);
  if (message != NULL && alert->kind != TD_ALERT_CLOCK)
    append (text, "%s", message);
}

/* td_alert_evidence_describe:
 *
 * Returns: (transfer full) (nullable): what speaks for an alert now, translated */
char *
td_alert_evidence_describe (const TdAlertWitness *witness,
                            const TdAlert        *alert)
{
  g_autoptr (GString) text = g_string_new (NULL);

  switch (alert->kind)
    {
    case TD_ALERT_WAITING:
    case TD_ALERT_LONGEST_WAIT:
    case TD_ALERT_SERVICE_LEVEL:
    case TD_ALERT_OUT_OF_REACH:
    case TD_ALERT_ABANDON_RATE:
    case TD_ALERT_SERVING:
      describe_calls (witness, alert, text);
      break;
    case TD_ALERT_SURGE:
    case TD_ALERT_SILENCE:
    case TD_ALERT_BUSY_DAY:
      describe_rate (witness, alert, text);
      break;
    case TD_ALERT_MISSING:
      describe_missing (witness, text);
      break;
    case TD_ALERT_UNREACHABLE:
      describe_unreachable (witness, alert, text);
      break;
    case TD_ALERT_LONG_STATE:
    case TD_ALERT_PHANTOM:
    case TD_ALERT_WORKLOAD:
      describe_agent (witness, alert, text);
      break;
    case TD_ALERT_STALE:
    case TD_ALERT_LOST:
    case TD_ALERT_CLOCK:
      describe_source (witness, alert, text);
      break;
    case TD_N_ALERT_KINDS:
    default:
      break;
    }

  return text->len > 0 ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}
