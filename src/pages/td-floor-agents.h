/* td-floor-agents.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "td-centre.h"
#include "td-floor-plan.h"

G_BEGIN_DECLS

#define TD_TYPE_FLOOR_AGENTS (td_floor_agents_get_type ())

/**
 * TdFloorAgents:
 *
 * The agents who belong on a plan and have no seat there, or whoever is looked
 * for, to be dragged to a seat.
 *
 * TdFloorAgents::chosen is emitted with the id of an agent whose row was activated.
 */
G_DECLARE_FINAL_TYPE (TdFloorAgents, td_floor_agents, TD, FLOOR_AGENTS, AdwBin)

void td_floor_agents_set_centre (TdFloorAgents *self,
                                 TdCentre      *centre);
void td_floor_agents_set_plan (TdFloorAgents *self,
                               TdFloorPlan   *plan);

G_END_DECLS
