/* td-floor-plan-private.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-floor-plan.h"

G_BEGIN_DECLS

#define TD_FLOOR_PLAN_FORMAT 1

/* The member of the file that holds the items of a kind, e.g. "rooms". */
extern const char *const td_floor_plan_members[TD_N_FLOOR_KINDS];

gboolean td_floor_plan_check (const TdFloorPlanInfo *info,
                              GPtrArray             *items,
                              GError               **error);

G_END_DECLS
