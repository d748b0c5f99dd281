/* td-wall-desks.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "td-wall.h"

G_BEGIN_DECLS

#define TD_TYPE_WALL_DESKS (td_wall_desks_get_type ())

/**
 * TdWallDesks:
 *
 * The desks on other computers that a wall hears.
 *
 * TdWallDesks::changed: somebody changed it.
 */
G_DECLARE_FINAL_TYPE (TdWallDesks, td_wall_desks, TD, WALL_DESKS, AdwPreferencesGroup)

GtkWidget *td_wall_desks_new (const TdWall *wall);
void       td_wall_desks_read (TdWallDesks *self,
                               TdWall      *wall);

G_END_DECLS
