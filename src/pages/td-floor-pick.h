/* td-floor-pick.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-floor-plan.h"

G_BEGIN_DECLS

/* What the pointer means on a floor plan. Pure. */

TdFloorItem *td_floor_pick_find (TdFloorPlan *plan,
                                 double       x,
                                 double       y);
gboolean     td_floor_pick_get_handle (const TdFloorItemInfo *info,
                                       TdFloorPoint          *corner);
void         td_floor_pick_resize (TdFloorItemInfo *info,
                                   TdFloorPoint     corner);
void         td_floor_pick_draw (const TdFloorPlanInfo *plan,
                                 TdFloorKind            kind,
                                 TdFloorPoint           from,
                                 TdFloorPoint           to,
                                 TdFloorItemInfo       *info);
const char  *td_floor_pick_get_kind_name (TdFloorKind kind);

G_END_DECLS
