/* td-map-words.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-map-words.h"

#include <glib/gi18n.h>

#include "td-format.h"

/**
 * td_map_words_dup_name:
 * @person: an agent on a map
 *
 * Returns: (transfer full): the agent for a screen reader: "An, on call 4
 *   minutes 12 seconds, at home"
 */
char *
td_map_words_dup_name (const TdMapPerson *person)
{
  g_autofree char *spoken = td_format_duration_spoken (person->seconds >= 0 ? person->seconds * 1000 : TD_UNKNOWN);

  /* Translators: an agent for a screen reader: name, state, how long, place of work. */
  return g_strdup_printf (_ ("%s, %s %s, %s"), td_agent_get_title (person->agent), td_format_state (person->state), spoken,
                          td_format_place (td_agent_get_info (person->agent)->place));
}

/**
 * td_map_words_dup_count:
 * @zone: a zone, counted
 * @state: a state
 * @named: whether to name the state; if not, its shape is beside it
 * @overdue_form: what to tell of those who are longer in it than they should
 *
 * Returns: (transfer full) (nullable): how many of the zone's people are in the
 *   state: "18 on call", "5 paused (3 > 15′)", "3 paused > 15′",
 *   "5 (3)"; %NULL for nobody
 */
char *
td_map_words_dup_count (const TdMapZone *zone,
                        TdAgentState     state,
                        gboolean         named,
                        TdMapOverdueForm overdue_form)
{
  guint               n = zone->tally.by_state[state];
  const TdMapOverdue *overdue = &zone->overdue[state];
  g_autofree char    *count = td_format_count (n);
  g_autofree char    *text = named ? g_strdup_printf ("%s %s", count, td_format_state (state)) : g_steal_pointer (&count);
  g_autofree char    *over = NULL;
  g_autofree char    *limit = NULL;

  if (n == 0)
    return NULL;
  if (overdue_form == TD_MAP_OVERDUE_NONE || overdue->n == 0)
    return g_steal_pointer (&text);

  over = td_format_count (overdue->n);
  if (overdue_form == TD_MAP_OVERDUE_COUNT)
    return g_strdup_printf ("%s (%s)", text, over);

  limit = td_format_short_span (overdue->limit_ms);
  if (overdue->n >= n)
    /* Translators: agents who are all longer in a state than its limit: "3 paused > 15′". */
    return g_strdup_printf (_ ("%s > %s"), text, limit);

  /* Translators: agents in a state, and how many of them are longer in it than its limit: "5 paused (3 > 15′)". */
  return g_strdup_printf (_ ("%s (%s > %s)"), text, over, limit);
}

static void
add_state (GString         *text,
           const TdMapZone *zone,
           TdAgentState     state)
{
  guint               n = zone->tally.by_state[state];
  const TdMapOverdue *overdue = &zone->overdue[state];
  g_autofree char    *count = td_map_words_dup_count (zone, state, TRUE, TD_MAP_OVERDUE_NONE);
  g_autofree char    *over = td_format_count (overdue->n);
  g_autofree char    *limit = td_format_duration_spoken (overdue->limit_ms);

  if (overdue->n == 0)
    g_string_append (text, count);
  else if (overdue->n >= n)
    /* Translators: agents who are all longer in a state than its limit: "3 paused for more than 15 minutes". */
    g_string_append_printf (text, _ ("%s for more than %s"), count, limit);
  else
    /* Translators: agents in a state: "5 paused (3 of them for more than 15 minutes)". */
    g_string_append_printf (text, _ ("%s (%s of them for more than %s)"), count, over, limit);
}

/**
 * td_map_words_dup_zone:
 * @zone: a zone, counted
 *
 * Returns: (transfer full): who is there, for a tooltip and a screen reader:
 *   "At home 42: 18 on call, 9 available, 3 paused for more than 15 minutes"
 */
char *
td_map_words_dup_zone (const TdMapZone *zone)
{
  static const TdAgentState order[] = {
    TD_AGENT_STATE_UNREACHABLE, TD_AGENT_STATE_RINGING, TD_AGENT_STATE_ON_CALL, TD_AGENT_STATE_WRAP_UP,
    TD_AGENT_STATE_PAUSED, TD_AGENT_STATE_AVAILABLE, TD_AGENT_STATE_UNKNOWN, TD_AGENT_STATE_OFFLINE
  };
  g_autofree char *total = td_format_count (zone->tally.total);
  g_autofree char *phantoms = td_format_count (zone->n_phantoms);
  g_autofree char *loaded = td_format_count (zone->n_loaded);
  GString         *text = g_string_new (zone->title);
  const char      *before = ": ";

  g_string_append_printf (text, " %s", total);
  for (guint i = 0; i < G_N_ELEMENTS (order); i++)
    {
      if (zone->tally.by_state[order[i]] == 0)
        continue;
      g_string_append (text, before);
      add_state (text, zone, order[i]);
      before = ", ";
    }
  if (zone->n_phantoms > 0)
    {
      g_string_append (text, before);
      /* Translators: how many agents say that calls can come, while the evidence speaks against it. */
      g_string_append_printf (text, _ ("%s available in name only"), phantoms);
    }
  if (zone->n_loaded > 0)
    {
      g_string_append (text, before);
      /* Translators: how many agents handle far more calls than the centre does, were long without a pause, or are past their shift. */
      g_string_append_printf (text, _ ("%s with too much work or too little rest"), loaded);
    }

  return g_string_free (text, FALSE);
}
