/* td-wall-settings.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "td-centre.h"
#include "td-wall.h"

G_BEGIN_DECLS

#define TD_TYPE_WALL_SETTINGS (td_wall_settings_get_type ())

/**
 * TdWallSettings:
 *
 * What one screen of a wall shows, row by row. Of the first that is all there
 * is; another says of each part whether it is as on the first, and has a way
 * back to that.
 *
 * TdWallSettings::changed: somebody changed it.
 */
G_DECLARE_FINAL_TYPE (TdWallSettings, td_wall_settings, TD, WALL_SETTINGS, AdwPreferencesPage)

GtkWidget    *td_wall_settings_new (const TdWall *wall,
                                    const TdWall *first,
                                    TdCentre     *centre);
const TdWall *td_wall_settings_get_wall (TdWallSettings *self);

G_END_DECLS
