/* td-agent-tip.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-agent-tip.h"

#include <glib/gi18n.h>

#include "td-format.h"

static void
add_line (GString    *text,
          const char *label,
          const char *value)
{
  if (value != NULL && value[0] != '\0')
    g_string_append_printf (text, "\n%s: %s", label, value);
}

/**
 * td_agent_tip_dup:
 * @centre: the agent's centre
 * @agent: an agent
 * @verdict: (nullable): what is thought of the agent
 * @now: the source's time, µs since 1970
 * @words: (nullable): why somebody should look
 *
 * Returns: (transfer full): the agent in words, a line a thing; the caller's
 *   number as the source masks it
 */
char *
td_agent_tip_dup (TdCentre             *centre,
                  TdAgent              *agent,
                  const TdAgentVerdict *verdict,
                  gint64                now,
                  const char           *words)
{
  const TdAgentInfo *info = td_agent_get_info (agent);
  GString           *text = g_string_new (td_agent_get_title (agent));
  TdQueue           *queue = info->call_queue != NULL ? td_centre_find_queue (centre, info->call_queue) : NULL;
  gboolean           inexact;
  gint64             since = td_agent_get_since (agent, &inexact);
  g_autofree char   *time = td_format_age (since, now, inexact);
  g_autofree char   *answered = td_format_count (info->answered);
  g_autofree char   *wait = td_format_duration (info->call_wait_ms);

  g_string_append_printf (text, "\n%s%s%s %s", td_format_state (info->state),
                          info->on_hold ? ", " : "", info->on_hold ? _ ("on hold") : "", time);
  if (verdict != NULL && TD_IS_KNOWN (verdict->limit_ms))
    {
      g_autofree char *limit = td_format_duration (verdict->limit_ms);

      /* Translators: how long a state may last: "limit 10:00". */
      g_string_append_printf (text, _ (" (limit %s)"), limit);
    }
  add_line (text, _ ("Reason"), info->reason);
  add_line (text, _ ("Queue"), queue != NULL ? td_queue_get_title (queue) : info->call_queue);
  add_line (text, _ ("Caller"), info->call_number);
  add_line (text, _ ("Area"), info->call_area);
  if (TD_IS_KNOWN (info->call_wait_ms))
    add_line (text, _ ("The caller waited"), wait);
  add_line (text, _ ("Extension"), info->extension);
  add_line (text, _ ("Place of work"), td_format_place (info->place));
  add_line (text, _ ("Seat"), info->seat);
  add_line (text, _ ("Team"), info->team);
  add_line (text, _ ("Shift"), info->shift_name);
  if (TD_IS_KNOWN (info->answered))
    add_line (text, _ ("Answered today"), answered);
  if (words != NULL && words[0] != '\0')
    g_string_append_printf (text, "\n\n%s", words);

  return g_string_free (text, FALSE);
}
