/* td-agent-words.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-agent-words-private.h"

#include <glib/gi18n.h>

#include "td-metrics.h"
#include "td-time.h"

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

/* How long it has been so, or at least. */
static char *
describe_age (gint64   since,
              gint64   now,
              gboolean inexact)
{
  g_autofree char *span = td_time_describe_span (td_metrics_age_ms (since, now));

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
  g_autofree char   *age = describe_age (since, now, inexact);
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
