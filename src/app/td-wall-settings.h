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
 * What a wall shows, row by row: pages and numbers in their order, queues,
 * look, targets and night.
 *
 * TdWallSettings::changed: somebody changed it.
 */
G_DECLARE_FINAL_TYPE (TdWallSettings, td_wall_settings, TD, WALL_SETTINGS, AdwPreferencesPage)

GtkWidget *td_wall_settings_new (const TdWall *wall,
                                 TdCentre     *centre);
TdWall    *td_wall_settings_read (TdWallSettings *self);

G_END_DECLS
