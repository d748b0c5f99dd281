/* td-wall-preview.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "td-watch.h"
#include "td-wall.h"

G_BEGIN_DECLS

#define TD_TYPE_WALL_PREVIEW (td_wall_preview_get_type ())

/**
 * TdWallPreview:
 *
 * How a screen of a wall looks, with the centre as it is now: in the shape of
 * its monitor, or in another that somebody chooses.
 */
G_DECLARE_FINAL_TYPE (TdWallPreview, td_wall_preview, TD, WALL_PREVIEW, GtkBox)

GtkWidget *td_wall_preview_new (const TdWall *wall,
                                TdWatch      *watch);
void       td_wall_preview_set_wall (TdWallPreview *self,
                                     const TdWall  *wall);
void       td_wall_preview_set_monitor (TdWallPreview *self,
                                        GdkMonitor    *monitor);

G_END_DECLS
