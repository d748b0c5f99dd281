/* td-wall-window.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "td-session.h"
#include "td-wall-message.h"
#include "td-wall.h"

G_BEGIN_DECLS

#define TD_TYPE_WALL_WINDOW (td_wall_window_get_type ())

/**
 * TdWallWindow:
 *
 * A wall over the whole of a screen, without anything to touch. It never asks:
 * what is wrong stands on the wall, and it tries again by itself.
 *
 * TdWallWindow::wall: (const TdWall *wall) its file was changed and says this.
 */
G_DECLARE_FINAL_TYPE (TdWallWindow, td_wall_window, TD, WALL_WINDOW, GtkApplicationWindow)

GtkWidget *td_wall_window_new (GtkApplication *app,
                               const TdWall   *wall);
void       td_wall_window_set_size (TdWallWindow *self,
                                    int           width,
                                    int           height);
void       td_wall_window_set_session (TdWallWindow *self,
                                       TdSession    *session);
void       td_wall_window_set_trouble (TdWallWindow *self,
                                       const char   *trouble);
void       td_wall_window_refuse_file (TdWallWindow *self,
                                       const char   *path,
                                       const char   *message);
void       td_wall_window_set_file (TdWallWindow *self,
                                    const char   *path);
void       td_wall_window_set_desks (TdWallWindow        *self,
                                     const TdWallMessage *message,
                                     const char          *trouble,
                                     gboolean             are_heard);
void       td_wall_window_let_close (TdWallWindow *self);

G_END_DECLS
