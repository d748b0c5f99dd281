/* td-wall-lists.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-centre.h"
#include "td-wall-checks.h"

G_BEGIN_DECLS

/* What there is of which a wall may show some. */

void  td_wall_lists_add_queues (TdWallChecks *checks,
                                TdCentre     *centre);
void  td_wall_lists_add_teams (TdWallChecks *checks,
                               TdCentre     *centre);
void  td_wall_lists_add_places (TdWallChecks *checks);
void  td_wall_lists_set_places (TdWallChecks *checks,
                                guint         places);
guint td_wall_lists_get_places (TdWallChecks *checks);

G_END_DECLS
