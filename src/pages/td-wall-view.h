/* td-wall-view.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "td-wall-paint.h"
#include "td-wall-message.h"
#include "td-wall.h"
#include "td-watch.h"

G_BEGIN_DECLS

#define TD_TYPE_WALL_VIEW (td_wall_view_get_type ())

/**
 * TdWallView:
 *
 * A centre on a screen that is read from afar and touched by nobody: pages in
 * turn, a foot with the time, and plain words where there is nothing to show.
 */
G_DECLARE_FINAL_TYPE (TdWallView, td_wall_view, TD, WALL_VIEW, GtkWidget)

GtkWidget *td_wall_view_new (const TdWall *wall);
void       td_wall_view_set_wall (TdWallView   *self,
                                  const TdWall *wall);
void       td_wall_view_set_message (TdWallView          *self,
                                     const TdWallMessage *message);
void       td_wall_view_set_knows_owners (TdWallView *self,
                                          gboolean    knows_owners);
void       td_wall_view_set_notice (TdWallView *self,
                                    const char *notice);
void       td_wall_view_set_watch (TdWallView *self,
                                   TdWatch    *watch);
void       td_wall_view_set_trouble (TdWallView *self,
                                     const char *trouble);
void       td_wall_view_set_own_style (TdWallView *self,
                                       gboolean    is_light);
void       td_wall_view_refresh (TdWallView *self);
void       td_wall_view_show_page (TdWallView    *self,
                                   TdWallPageKind kind);
void       td_wall_view_step (TdWallView *self,
                              int         step);
GPtrArray *td_wall_view_get_drawn (TdWallView *self);

G_END_DECLS
