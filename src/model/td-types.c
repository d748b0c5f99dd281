/* td-types.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-types.h"

#include <string.h>

static const char *const agent_states[TD_N_AGENT_STATES] = {
  [TD_AGENT_STATE_UNKNOWN] = "unknown",
  [TD_AGENT_STATE_AVAILABLE] = "available",
  [TD_AGENT_STATE_RINGING] = "ringing",
  [TD_AGENT_STATE_ON_CALL] = "on-call",
  [TD_AGENT_STATE_WRAP_UP] = "wrap-up",
  [TD_AGENT_STATE_PAUSED] = "paused",
  [TD_AGENT_STATE_UNREACHABLE] = "unreachable",
  [TD_AGENT_STATE_OFFLINE] = "offline",
};

static const char *const places[TD_N_PLACES] = {
  [TD_PLACE_UNKNOWN] = "unknown",
  [TD_PLACE_OFFICE] = "office",
  [TD_PLACE_ON_SITE] = "on-site",
  [TD_PLACE_HOME] = "home",
  [TD_PLACE_PARTNER] = "partner",
};

static int
find (const char *const *names,
      int                n_names,
      const char        *string)
{
  for (int i = 0; i < n_names; i++)
    {
      if (strcmp (names[i], string) == 0)
        return i;
    }

  return -1;
}

/**
 * td_agent_state_to_string:
 * @state: a state
 *
 * Returns: the state's word in the supervision API
 */
const char *
td_agent_state_to_string (TdAgentState state)
{
  g_return_val_if_fail ((guint)state < TD_N_AGENT_STATES, agent_states[TD_AGENT_STATE_UNKNOWN]);

  return agent_states[state];
}

/**
 * td_agent_state_from_string:
 * @string: a word of the supervision API
 * @state: (out): the state, %TD_AGENT_STATE_UNKNOWN for a word that is not known
 *
 * Returns: whether the word is known
 */
gboolean
td_agent_state_from_string (const char   *string,
                            TdAgentState *state)
{
  g_return_val_if_fail (string != NULL, FALSE);
  g_return_val_if_fail (state != NULL, FALSE);

  int found = find (agent_states, TD_N_AGENT_STATES, string);

  *state = found < 0 ? TD_AGENT_STATE_UNKNOWN : (TdAgentState)found;

  return found >= 0;
}

/**
 * td_agent_state_is_staffed:
 * @state: a state
 *
 * Returns: whether an agent in @state is signed in; an unknown state is not counted
 */
gboolean
td_agent_state_is_staffed (TdAgentState state)
{
  return state != TD_AGENT_STATE_UNKNOWN && state != TD_AGENT_STATE_OFFLINE;
}

/**
 * td_agent_state_is_serving:
 * @state: a state
 *
 * Serving is staffed without paused. An unreachable agent is staffed, since
 * somebody should be working there, but serves nobody.
 *
 * Returns: whether an agent in @state serves callers
 */
gboolean
td_agent_state_is_serving (TdAgentState state)
{
  return td_agent_state_is_staffed (state) &&
         state != TD_AGENT_STATE_PAUSED &&
         state != TD_AGENT_STATE_UNREACHABLE;
}

/**
 * td_place_to_string:
 * @place: a place of work
 *
 * Returns: the place's word in the supervision API
 */
const char *
td_place_to_string (TdPlace place)
{
  g_return_val_if_fail ((guint)place < TD_N_PLACES, places[TD_PLACE_UNKNOWN]);

  return places[place];
}

/**
 * td_place_from_string:
 * @string: a word of the supervision API
 * @place: (out): the place, %TD_PLACE_UNKNOWN for a word that is not known
 *
 * Returns: whether the word is known
 */
gboolean
td_place_from_string (const char *string,
                      TdPlace    *place)
{
  g_return_val_if_fail (string != NULL, FALSE);
  g_return_val_if_fail (place != NULL, FALSE);

  int found = find (places, TD_N_PLACES, string);

  *place = found < 0 ? TD_PLACE_UNKNOWN : (TdPlace)found;

  return found >= 0;
}
