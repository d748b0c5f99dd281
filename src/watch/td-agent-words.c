/* td-agent-words.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-agent-words-private.h"

#include <glib/gi18n.h>

#include "td-metrics.h"
#include "td-time.h"

#define SECOND_MS 1000
#define MINUTE_MS 60000

static void G_GNUC_PRINTF (2, 3)
  add_sentence (GString    *text,
                const char *format,
                ...)
{
  va_list arguments;

  if (text->len > 0)
    g_string_append_c (text, '\n');
  va_start (arguments, format);
  g_string_append_vprintf (text, format, arguments);
  va_end (arguments);
}

/* How long it has been so, or at least, in whole units of @unit_ms. */
static char *
describe_age (gint64   since,
              gint64   now,
              gboolean inexact,
              gint64   unit_ms)
{
  g_autofree char *span = td_time_describe_span (td_metrics_age_ms (since, now) / unit_ms * unit_ms);

  /* Translators: a time, such as “4 minutes 12 seconds” */
  return inexact ? g_strdup_printf (_ ("at least %s"), span) : g_steal_pointer (&span);
}

/**
 * td_agent_words_add_state:
 * @text: gets the sentence
 * @agent: an agent
 * @now: the source's time, µs since 1970
 * @verdict: what is thought of the agent
 *
 * Says for how long the agent is in a state, where that is too long.
 */
void
td_agent_words_add_state (GString              *text,
                          TdAgent              *agent,
                          gint64                now,
                          const TdAgentVerdict *verdict)
{
  const TdAgentInfo *info = td_agent_get_info (agent);
  gboolean           inexact;
  gint64             since = td_agent_get_since (agent, &inexact);
  g_autofree char   *age = describe_age (since, now, inexact, SECOND_MS);
  g_autofree char   *limit = td_time_describe_span (verdict->limit_ms);

  if (info->state == TD_AGENT_STATE_UNREACHABLE)
    {
      add_sentence (text, _ ("The line or the phone has been unreachable for %s."), age);
      return;
    }
  if ((verdict->signs & TD_AGENT_SIGN_OVER_LIMIT) == 0)
    return;

  switch (info->state)
    {
    case TD_AGENT_STATE_RINGING:
      add_sentence (text, _ ("The phone has been ringing for %s; the limit is %s."), age, limit);
      break;

    case TD_AGENT_STATE_ON_CALL:
      add_sentence (text, _ ("The call has lasted %s; the limit is %s."), age, limit);
      break;

    case TD_AGENT_STATE_WRAP_UP:
      add_sentence (text, _ ("The work after the call has lasted %s; the limit is %s."), age, limit);
      break;

    case TD_AGENT_STATE_PAUSED:
      if (info->reason != NULL)
        /* Translators: the reason of a pause, such as “lunch”, how long it has lasted, and its limit */
        add_sentence (text, _ ("The pause “%s” has lasted %s; the limit is %s."), info->reason, age, limit);
      else
        add_sentence (text, _ ("The pause has lasted %s; the limit is %s."), age, limit);
      break;

    case TD_AGENT_STATE_UNKNOWN:
    case TD_AGENT_STATE_AVAILABLE:
    case TD_AGENT_STATE_UNREACHABLE:
    case TD_AGENT_STATE_OFFLINE:
    case TD_N_AGENT_STATES:
    default:
      break;
    }
}

static char *
format_clock (gint64     time,
              GTimeZone *zone)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (time / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local = utc != NULL ? g_date_time_to_timezone (utc, zone) : NULL;

  return local != NULL ? g_date_time_format (local, "%H:%M") : g_strdup ("—");
}

/**
 * td_agent_words_add_phantom:
 * @text: gets the sentences
 * @facts: what was seen of the agent
 * @evidence: what speaks against the agent, of two kinds at least
 * @queue_title: (nullable): the name of the evidence's queue
 * @zone: the centre's
 * @now: the source's time, µs since 1970
 */
void
td_agent_words_add_phantom (GString               *text,
                            const TdAgentFacts    *facts,
                            const TdAgentEvidence *evidence,
                            const char            *queue_title,
                            GTimeZone             *zone,
                            gint64                 now)
{
  add_sentence (text, "%s", _ ("Says that calls can come, but the evidence speaks against it:"));

  if (evidence->ring_outs > 0)
    {
      g_autofree char *clock = format_clock (facts->ring_last, zone);

      add_sentence (text,
                    ngettext ("%u call rang out, at %s, and none was taken since.",
                              "%u calls in a row rang out, the last at %s.", evidence->ring_outs),
                    evidence->ring_outs, clock);
    }
  if (evidence->queue != NULL)
    {
      g_autofree char *idle = td_time_describe_span (td_metrics_age_ms (facts->idle_since, now));
      g_autofree char *waited = td_time_describe_span (evidence->waited_ms);

      add_sentence (text,
                    /* Translators: how long, a queue, how long a caller waits there, and calls that others took. */
                    ngettext ("No call taken for %s, while a caller in “%s” has waited %s; others took %u call there meanwhile.",
                              "No call taken for %s, while a caller in “%s” has waited %s; others took %u calls there meanwhile.",
                              evidence->n_taken),
                    idle, queue_title != NULL ? queue_title : evidence->queue, waited, evidence->n_taken);
    }
  if (evidence->lines_lost > 0)
    {
      g_autofree char *clock = format_clock (facts->line_last, zone);

      add_sentence (text,
                    ngettext ("The line was lost %u time, at %s.", "The line was lost %u times, the last at %s.",
                              evidence->lines_lost),
                    evidence->lines_lost, clock);
    }
}

/**
 * td_agent_words_add_load:
 * @text: gets the sentences
 * @agent: an agent
 * @facts: what was seen of the agent
 * @rules: by what the agent is judged
 * @verdict: what is thought of the agent
 * @zone: the centre's
 * @now: the source's time, µs since 1970
 *
 * Says what is asked too much of the agent.
 */
void
td_agent_words_add_load (GString              *text,
                         TdAgent              *agent,
                         const TdAgentFacts   *facts,
                         const TdAgentRules   *rules,
                         const TdAgentVerdict *verdict,
                         GTimeZone            *zone,
                         gint64                now)
{
  const TdAgentInfo *info = td_agent_get_info (agent);

  if (verdict->signs & TD_AGENT_SIGN_WORKLOAD)
    {
      gint64           work_ms = td_agent_facts_get_work_ms (facts, now);
      g_autofree char *work = td_time_describe_span (work_ms / MINUTE_MS * MINUTE_MS);
      guint            n = (guint)MIN (info->answered, TD_MAX_COUNT);

      add_sentence (text,
                    /* Translators: calls, a time such as “4 hours 12 minutes”, and how many times the centre's rate. */
                    ngettext ("Handled %u call in %s of work: %.1f times as many an hour as the centre.",
                              "Handled %u calls in %s of work: %.1f times as many an hour as the centre.", n),
                    n, work, verdict->workload);
    }
  if (verdict->signs & TD_AGENT_SIGN_NO_BREAK)
    {
      g_autofree char *age = describe_age (facts->work_since, now, facts->work_inexact, MINUTE_MS);
      g_autofree char *limit = td_time_describe_span (td_agent_rules_get_ms (rules, TD_AGENT_RULE_NO_BREAK));

      add_sentence (text, _ ("At work for %s without a pause; the limit is %s."), age, limit);
    }
  if (verdict->signs & TD_AGENT_SIGN_PAST_SHIFT)
    {
      g_autofree char *age = describe_age (info->shift_end, now, FALSE, MINUTE_MS);
      g_autofree char *clock = format_clock (info->shift_end, zone);

      add_sentence (text, _ ("On duty %s after the planned end of the shift at %s."), age, clock);
    }
}
