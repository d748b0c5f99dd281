/* td-wall-look.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "td-wall.h"

G_BEGIN_DECLS

#define TD_TYPE_WALL_LOOK (td_wall_look_get_type ())

/**
 * TdWallLook:
 *
 * What all screens of a wall have in common: style and language, and which
 * monitor the first of them fills.
 *
 * TdWallLook::changed: somebody changed it.
 */
G_DECLARE_FINAL_TYPE (TdWallLook, td_wall_look, TD, WALL_LOOK, AdwPreferencesGroup)

GtkWidget *td_wall_look_new (const TdWall *wall);
void       td_wall_look_read (TdWallLook *self,
                              TdWall     *wall);

G_END_DECLS
