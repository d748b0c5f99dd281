/* td-map-cursor.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-map-scene.h"

G_BEGIN_DECLS

/**
 * TdMapCursor:
 *
 * Where the keyboard is on a map of agents. It stays with an agent who changes
 * places. A plain value of one owner.
 */
typedef struct _TdMapCursor TdMapCursor;

TdMapCursor *td_map_cursor_new (void);
void         td_map_cursor_free (TdMapCursor *self);
TdMapPerson *td_map_cursor_find (TdMapCursor *self,
                                 TdMapScene  *scene,
                                 guint       *zone,
                                 guint       *tile);
gboolean     td_map_cursor_move (TdMapCursor *self,
                                 TdMapScene  *scene,
                                 guint        zone,
                                 guint        tile);
gboolean     td_map_cursor_walk (TdMapCursor *self,
                                 TdMapScene  *scene,
                                 int          dx,
                                 int          dy);
gboolean     td_map_cursor_step_zone (TdMapCursor *self,
                                      TdMapScene  *scene,
                                      int          step);
gboolean     td_map_cursor_go_to_end (TdMapCursor *self,
                                      TdMapScene  *scene,
                                      gboolean     first);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TdMapCursor, td_map_cursor_free)

G_END_DECLS
