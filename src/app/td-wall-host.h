/* td-wall-host.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "td-alert-share.h"
#include "td-session.h"

G_BEGIN_DECLS

#define TD_TYPE_WALL_HOST (td_wall_host_get_type ())

/**
 * TdWallHost:
 *
 * The wall of the program: the program itself, when the command line asks for
 * one, or the one that hangs beside the desk's window.
 *
 * TdWallHost::begin: what is watched has to be chosen, again or for the first
 * time; emitted for a program that is a wall.
 *
 * TdWallHost::language: its file names another language than that with which
 * the program began, which is a wall.
 */
G_DECLARE_FINAL_TYPE (TdWallHost, td_wall_host, TD, WALL_HOST, GObject)

TdWallHost *td_wall_host_new (void);
void        td_wall_host_load (TdWallHost *self,
                               const char *path,
                               gboolean    is_light);
gboolean    td_wall_host_is_program (TdWallHost *self);
const char *td_wall_host_get_profile (TdWallHost *self);
GSettings  *td_wall_host_ref_settings (TdWallHost *self,
                                       GSettings  *settings);
void        td_wall_host_open (TdWallHost     *self,
                               GtkApplication *app,
                               int             width,
                               int             height);
void        td_wall_host_toggle (TdWallHost     *self,
                                 GtkApplication *app,
                                 TdSession      *session);
void        td_wall_host_set_session (TdWallHost *self,
                                      TdSession  *session);
void        td_wall_host_follow (TdWallHost *self,
                                 const char *profile);
void        td_wall_host_set_share (TdWallHost   *self,
                                    TdAlertShare *share);
void        td_wall_host_tell (TdWallHost *self,
                               const char *trouble);

G_END_DECLS
