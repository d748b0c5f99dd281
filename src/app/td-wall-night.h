/* td-wall-night.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "td-wall.h"

G_BEGIN_DECLS

#define TD_TYPE_WALL_NIGHT (td_wall_night_get_type ())

/**
 * TdWallNight:
 *
 * When a wall is darker, and by how much.
 *
 * TdWallNight::changed: somebody changed it.
 */
G_DECLARE_FINAL_TYPE (TdWallNight, td_wall_night, TD, WALL_NIGHT, AdwPreferencesGroup)

GtkWidget *td_wall_night_new (const TdWall *wall);
void       td_wall_night_read (TdWallNight *self,
                               TdWall      *wall);

G_END_DECLS
