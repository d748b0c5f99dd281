/* td-soak-day.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-simulation.h"

/* The centre that is soaked in polls, and where it begins. */

/* Wednesday 2026-11-18 09:00 in Asia/Ho_Chi_Minh */
#define SOAK_START (G_GINT64_CONSTANT (1794967200) * G_USEC_PER_SEC)
#define SOAK_AGENTS 120

static inline TdSimulation *
soak_simulation_new (gboolean no_past)
{
  TdSimulationOptions options = { .seed = 1, .n_agents = SOAK_AGENTS, .start = SOAK_START, .scenario = "normal", .no_past = no_past, .instance = "soak" };
  g_autoptr (GError) error = NULL;
  TdSimulation *simulation = td_simulation_new (&options, &error);

  if (simulation == NULL)
    g_error ("%s", error->message);

  return simulation;
}
