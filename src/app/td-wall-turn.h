/* td-wall-turn.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "td-wall.h"

G_BEGIN_DECLS

#define TD_TYPE_WALL_TURN (td_wall_turn_get_type ())

/**
 * TdWallTurn:
 *
 * Fills its place with one child, turned as the wall's file says that the
 * screen hangs. It never asks for more room than there is. Main thread.
 */
G_DECLARE_FINAL_TYPE (TdWallTurn, td_wall_turn, TD, WALL_TURN, GtkWidget)

GtkWidget *td_wall_turn_new (GtkWidget    *child,
                             const TdWall *wall);
void       td_wall_turn_set_wall (TdWallTurn   *self,
                                  const TdWall *wall);

G_END_DECLS
