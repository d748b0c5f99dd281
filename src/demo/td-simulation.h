/* td-simulation.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-action.h"
#include "td-intervals.h"
#include "td-snapshot.h"

G_BEGIN_DECLS

/**
 * TdSimulationOptions:
 * @seed: the same seed, options and steps give the same day
 * @n_agents: agents on the rota, 1…10,000; 0 for the default of about 120
 * @n_queues: reason queues, 1…500; 0 for the default
 * @scenario: (nullable): the scenario to start with, "normal" by default
 * @start: simulated time to start at, µs since 1970; the day is run from its midnight up to it
 * @no_past: nothing is known of the days before today
 * @unmarked: the snapshots do not tell that they are simulated
 * @instance: (nullable): what the snapshots carry as their instance
 */
typedef struct
{
  guint32     seed;
  guint       n_agents;
  guint       n_queues;
  const char *scenario;
  gint64      start;
  gboolean    no_past;
  gboolean    unmarked;
  const char *instance;
} TdSimulationOptions;

/**
 * TdSimulation:
 *
 * A discrete-event simulation of the customer-care centre of a power utility.
 * Pure computation: no clock, no main loop, no I/O. Belongs to one thread.
 */
typedef struct _TdSimulation TdSimulation;

/* NULL-terminated: "normal", "lockdown", "reduced", "outage", "trunk-down",
 * "partner-leaves", "understaffed", "phantoms". */
const char *const *td_simulation_get_scenarios (void);

TdSimulation *td_simulation_new (const TdSimulationOptions *options,
                                 GError                   **error);
void          td_simulation_free (TdSimulation *self);

gint64      td_simulation_get_now (TdSimulation *self);
const char *td_simulation_get_scenario (TdSimulation *self);
gboolean    td_simulation_set_scenario (TdSimulation *self,
                                        const char   *scenario,
                                        GError      **error);

/* Plays every event up to @to, µs since 1970, midnights included. */
void td_simulation_advance (TdSimulation *self,
                            gint64        to);

/* The whole state; and what changed since the last take of either kind, or
 * NULL when nothing did. Revisions grow by one for each take that changed. */
TdSnapshot *td_simulation_take_full (TdSimulation *self);
TdSnapshot *td_simulation_take_changes (TdSimulation *self);

/* Counted history of [from, to), today's played minutes included: the past is
 * made up from the seed, the same each time it is asked for. */
TdIntervals *td_simulation_get_intervals (TdSimulation *self,
                                          gint64        from,
                                          gint64        to,
                                          guint         step_s,
                                          const char   *queue_id,
                                          GError      **error);

/* What a supervisor does, and what was done last. */
gboolean   td_simulation_act (TdSimulation   *self,
                              const TdAction *action,
                              GError        **error);
GPtrArray *td_simulation_get_actions (TdSimulation *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TdSimulation, td_simulation_free)

G_END_DECLS
