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
