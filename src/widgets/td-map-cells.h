/* td-map-cells.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-map-scene.h"

G_BEGIN_DECLS

/**
 * TdMapCells:
 *
 * A map of agents as a screen reader finds it: a grid of groups, one for each
 * zone, with a cell for each tile. Of very many agents each zone tells the
 * first, who need a person most; the list of agents tells all of them. Belongs
 * to its map and the main thread.
 */
typedef struct _TdMapCells TdMapCells;

TdMapCells *td_map_cells_new (GtkWidget *map);
void        td_map_cells_free (TdMapCells *self);
void        td_map_cells_update (TdMapCells *self,
                                 TdMapScene *scene);
void        td_map_cells_allocate (TdMapCells *self,
                                   TdMapScene *scene,
                                   int         top);
GtkWidget  *td_map_cells_get (TdMapCells *self,
                              guint       zone,
                              guint       tile);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TdMapCells, td_map_cells_free)

G_END_DECLS
