/* td-floor-plan.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-agent.h"
#include "td-floor-item.h"

G_BEGIN_DECLS

#define TD_FLOOR_MAX_ROOMS 200
#define TD_FLOOR_MAX_WALLS 2000
#define TD_FLOOR_MAX_DESKS 2000
#define TD_FLOOR_MAX_SEATS 5000
#define TD_FLOOR_MAX_LABELS 500

/**
 * TdFloorPlanInfo:
 * @name: what the plan is called
 * @width: columns of the grid, 1 … %TD_FLOOR_MAX_CELLS
 * @height: rows of the grid, 1 … %TD_FLOOR_MAX_CELLS
 * @cell_cm: how long the side of a cell is, centimetres, 1 … 1000
 * @seat_width: how wide every seat is drawn, cells, 1 … 100
 * @seat_height: how high every seat is drawn, cells, 1 … 100
 * @places: set of 1 << #TdPlace: whose agents belong on this plan, 0 for everybody's
 * @underlay: (nullable): an SVG picture to draw under it all, relative to the plan's file
 *
 * What holds for a plan as a whole.
 */
typedef struct
{
  const char *name;
  int         width;
  int         height;
  int         cell_cm;
  int         seat_width;
  int         seat_height;
  guint       places;
  const char *underlay;
} TdFloorPlanInfo;

#define TD_TYPE_FLOOR_PLAN (td_floor_plan_get_type ())

/**
 * TdFloorPlan:
 *
 * Where the desks of a site stand and who sits there. Immutable and
 * ref-counted atomically; an edit makes another plan that shares what did not
 * change.
 */
typedef struct _TdFloorPlan TdFloorPlan;

GType        td_floor_plan_get_type (void);
TdFloorPlan *td_floor_plan_new (const TdFloorPlanInfo *info,
                                GPtrArray             *items);
TdFloorPlan *td_floor_plan_ref (TdFloorPlan *self);
void         td_floor_plan_unref (TdFloorPlan *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TdFloorPlan, td_floor_plan_unref)

const TdFloorPlanInfo *td_floor_plan_get_info (const TdFloorPlan *self);
guint                  td_floor_plan_get_n_items (const TdFloorPlan *self);
TdFloorItem           *td_floor_plan_get_item (const TdFloorPlan *self,
                                               guint              index);
guint                  td_floor_plan_count (const TdFloorPlan *self,
                                            TdFloorKind        kind);
gboolean               td_floor_plan_find_seat (const TdFloorPlan *self,
                                                const char        *id,
                                                guint             *index);
gboolean               td_floor_plan_find_agent (const TdFloorPlan *self,
                                                 const TdAgentInfo *agent,
                                                 guint             *index);
gboolean               td_floor_plan_expects (const TdFloorPlan *self,
                                              const TdAgentInfo *agent);
gboolean               td_floor_plan_holds (const TdFloorPlanInfo *plan,
                                            const TdFloorItemInfo *item);

guint td_floor_kind_get_max (TdFloorKind kind);

G_END_DECLS
