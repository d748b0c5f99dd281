/* td-map-zone.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-agent-verdict.h"
#include "td-centre.h"
#include "td-metrics.h"

G_BEGIN_DECLS

/**
 * TdMapArrangement:
 * @TD_MAP_BY_PLACE: by place of work; partners each for themselves
 * @TD_MAP_BY_EMPLOYER: by employer
 * @TD_MAP_BY_TEAM: by team
 * @TD_MAP_BY_QUEUE: by queue; who serves several stands in each of them
 *
 * What makes the zones of a map.
 */
typedef enum {
  TD_MAP_BY_PLACE,
  TD_MAP_BY_EMPLOYER,
  TD_MAP_BY_TEAM,
  TD_MAP_BY_QUEUE,
} TdMapArrangement;

/**
 * TdMapColouring:
 * @TD_MAP_COLOUR_STATE: state and need alone
 * @TD_MAP_COLOUR_AGE: how much of its limit the state has used up
 * @TD_MAP_COLOUR_WORKLOAD: the workload against the centre's
 *
 * What the ground of the tiles tells.
 */
typedef enum {
  TD_MAP_COLOUR_STATE,
  TD_MAP_COLOUR_AGE,
  TD_MAP_COLOUR_WORKLOAD,
} TdMapColouring;

/* Heat is told in so many steps, up from and down from none. */
#define TD_MAP_HEAT_STEPS 7

/**
 * TdMapPerson:
 * @agent: an agent
 * @verdict: what is thought of the agent
 * @key: the agent's place in the order of need
 * @revision: of the agent when @verdict was made
 * @state: what the agent did when last looked at
 * @since: when that began, µs since 1970, or %TD_UNKNOWN
 * @inexact: whether it began then or before
 * @seconds: time in state
 * @heat: what the ground of the tile tells, −7…7; 0 is nothing
 * @serial: changes whenever the tile looks otherwise; never the same for two people
 * @is_dimmed: not looked for
 * @face: (nullable): a drawing that the widget keeps, freed by @free_face
 * @pixels: (nullable): the same as it was last shown, freed by @free_pixels
 *
 * An agent on a map.
 */
typedef struct
{
  TdAgent       *agent; /* (owned) */
  TdAgentVerdict verdict;
  guint64        key;
  guint64        group;
  gint64         revision;
  TdAgentState   state;
  gboolean       inexact;
  gint64         since;
  gint64         seconds;
  int            heat;
  guint64        serial;
  gboolean       is_dimmed;
  gpointer       face;
  GDestroyNotify free_face;
  gpointer       pixels;
  GDestroyNotify free_pixels;
} TdMapPerson;

/**
 * TdMapOverdue:
 * @n: how many are longer in a state than they should
 * @limit_ms: the least of their limits, ms: all of them are longer in it
 *
 * Those who are over the limit of one state.
 */
typedef struct
{
  guint  n;
  gint64 limit_ms;
} TdMapOverdue;

/**
 * TdMapZone:
 * @id: what they have in common
 * @title: the same for people
 * @people: (element-type TdMapPerson): in the order of need
 * @tally: of their states
 * @overdue: of each state, who are longer in it than they should
 * @n_phantoms: how many are available in name only
 * @n_loaded: how many handle far more calls than the centre does, were long
 *   without a break, or are past their shift
 * @n_look: how many of them are out of the usual
 * @n_person: how many of them need a person
 * @sorted_at: when they were put in order last, µs since 1970
 *
 * Agents who stand together on a map.
 */
typedef struct
{
  char        *id;     /* (owned) */
  char        *title;  /* (owned) */
  GPtrArray   *people; /* (owned) (element-type TdMapPerson): borrowed */
  TdAgentTally tally;
  TdMapOverdue overdue[TD_N_AGENT_STATES];
  guint        n_phantoms;
  guint        n_loaded;
  guint        n_look;
  guint        n_person;
  gint64       sorted_at;
} TdMapZone;

TdMapPerson *td_map_person_new (TdAgent *agent);
void         td_map_person_free (TdMapPerson *self);
int          td_map_person_get_heat (const TdMapPerson *self,
                                     TdMapColouring     colouring);
guint64      td_map_person_get_group (TdAgent         *agent,
                                      TdMapArrangement arrangement);

GPtrArray *td_map_zones_new (TdCentre        *centre,
                             GHashTable      *people,
                             TdMapArrangement arrangement);
gboolean   td_map_zone_settle (TdMapZone *self,
                               gint64     now);
void       td_map_zone_count (TdMapZone *self);

G_END_DECLS
