/* td-floor-view.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-floor-map.h"

G_BEGIN_DECLS

#define TD_TYPE_FLOOR_VIEW (td_floor_view_get_type ())

/**
 * TdFloorView:
 *
 * The floor plans there are, and one of them with its agents. What is wrong
 * with a plan is said in its place; the plan that was shown before stays.
 */
G_DECLARE_FINAL_TYPE (TdFloorView, td_floor_view, TD, FLOOR_VIEW, GtkWidget)

TdFloorMap *td_floor_view_get_map (TdFloorView *self);
void        td_floor_view_set_centre (TdFloorView *self,
                                      TdCentre    *centre);
const char *td_floor_view_get_path (TdFloorView *self);
void        td_floor_view_reload (TdFloorView *self,
                                  const char  *path);

G_END_DECLS
