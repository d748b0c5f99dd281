/* td-wall-screens.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "td-wall.h"

G_BEGIN_DECLS

#define TD_TYPE_WALL_SCREENS (td_wall_screens_get_type ())

/**
 * TdWallScreens:
 *
 * The screens of a wall: one of them is chosen; others are added, by their
 * monitor or by a name, and removed.
 *
 * TdWallScreens::chosen: (guint index) another was chosen.
 *
 * TdWallScreens::added: (const char *name) there is to be one of that name,
 * which no other has.
 *
 * TdWallScreens::removed: the chosen one, which is not the first, is to go.
 */
G_DECLARE_FINAL_TYPE (TdWallScreens, td_wall_screens, TD, WALL_SCREENS, GtkBox)

GtkWidget *td_wall_screens_new (void);
void       td_wall_screens_set (TdWallScreens *self,
                                const TdWall  *wall,
                                guint          chosen);
char      *td_wall_screens_make_title (const TdWall *wall,
                                       guint         index);

G_END_DECLS
