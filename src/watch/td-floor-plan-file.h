/* td-floor-plan-file.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-floor-plan.h"

G_BEGIN_DECLS

#define TD_FLOOR_PLAN_MAX_BYTES (4 * 1024 * 1024)

/* A floor plan as a JSON file, data/floor-plans/floor-plan.schema.json. No
 * screen; any thread. A member that this version does not know is refused and
 * not dropped, so that what is saved holds all that was read. */

TdFloorPlan *td_floor_plan_parse (const char *text,
                                  gsize       length,
                                  GError    **error);
char        *td_floor_plan_to_json (const TdFloorPlan *plan);

TdFloorPlan *td_floor_plan_load (const char *path,
                                 GError    **error);
gboolean     td_floor_plan_save (const TdFloorPlan *plan,
                                 const char        *path,
                                 GError           **error);

/* Where the user's own plans are, and every plan there is. */
char    *td_floor_plan_get_folder (void);
char   **td_floor_plan_list (void);
char    *td_floor_plan_get_own_path (const char *path);
char    *td_floor_plan_get_new_path (const char *name);
gboolean td_floor_plan_bring_underlay (const TdFloorPlan *plan,
                                       const char        *from,
                                       const char        *to,
                                       GError           **error);

G_END_DECLS
