/* td-types.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * TD_UNKNOWN:
 *
 * The value of every integer of the model (a count, a duration in
 * milliseconds, a time in microseconds since 1970 UTC) that the source did not
 * tell. It never leaves the program: on the wire unknown is absent, on the
 * screen it is "—".
 */
#define TD_UNKNOWN (G_GINT64_CONSTANT (-1))

#define TD_IS_KNOWN(value) ((value) >= 0)

/* Bounds on what is taken from outside; a decoder refuses what exceeds them. */
#define TD_MAX_BODY (64 * 1024 * 1024)
#define TD_MAX_AGENTS 100000
#define TD_MAX_QUEUES 10000
#define TD_MAX_CALLERS 100000
#define TD_MAX_QUEUES_PER_AGENT 1000
#define TD_MAX_RELEASES 100
#define TD_MAX_ID 128
#define TD_MAX_TEXT 512
#define TD_MAX_COUNT G_GINT64_CONSTANT (1000000000)
#define TD_MAX_MS G_GINT64_CONSTANT (1000000000000)

/**
 * TdAgentState:
 *
 * What an agent does, in the words of the glossary. A value that this version
 * does not know is %TD_AGENT_STATE_UNKNOWN.
 */
typedef enum {
  TD_AGENT_STATE_UNKNOWN,
  TD_AGENT_STATE_AVAILABLE,
  TD_AGENT_STATE_RINGING,
  TD_AGENT_STATE_ON_CALL,
  TD_AGENT_STATE_WRAP_UP,
  TD_AGENT_STATE_PAUSED,
  TD_AGENT_STATE_UNREACHABLE,
  TD_AGENT_STATE_OFFLINE,
  TD_N_AGENT_STATES
} TdAgentState;

/**
 * TdPlace:
 *
 * Where an agent works.
 */
typedef enum {
  TD_PLACE_UNKNOWN,
  TD_PLACE_OFFICE,
  TD_PLACE_ON_SITE,
  TD_PLACE_HOME,
  TD_PLACE_PARTNER,
  TD_N_PLACES
} TdPlace;

const char *td_agent_state_to_string (TdAgentState state);
gboolean    td_agent_state_from_string (const char   *string,
                                        TdAgentState *state);
gboolean    td_agent_state_is_staffed (TdAgentState state);
gboolean    td_agent_state_is_serving (TdAgentState state);

const char *td_place_to_string (TdPlace place);
gboolean    td_place_from_string (const char *string,
                                  TdPlace    *place);

G_END_DECLS
