/* td-wall-editor.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "td-watch.h"

G_BEGIN_DECLS

#define TD_TYPE_WALL_EDITOR (td_wall_editor_get_type ())

/**
 * TdWallEditor:
 *
 * The wall of this machine: what it shows, and beside it how that looks, with
 * the centre as it is now. What is changed is written at once, and a wall that
 * hangs takes it up within seconds.
 */
G_DECLARE_FINAL_TYPE (TdWallEditor, td_wall_editor, TD, WALL_EDITOR, AdwWindow)

GtkWidget *td_wall_editor_new (GtkWindow  *parent,
                               const char *path,
                               TdWatch    *watch);

G_END_DECLS
