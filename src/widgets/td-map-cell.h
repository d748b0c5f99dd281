/* td-map-cell.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define TD_TYPE_MAP_CELL (td_map_cell_get_type ())

/**
 * TdMapCell:
 *
 * A tile, or a zone of tiles, for those who do not see the map: it has a name
 * and a place, draws nothing and takes no input.
 */
G_DECLARE_FINAL_TYPE (TdMapCell, td_map_cell, TD, MAP_CELL, GtkWidget)

GtkWidget  *td_map_cell_new (GtkWidget        *parent,
                             GtkAccessibleRole role);
const char *td_map_cell_get_name (TdMapCell *self);
void        td_map_cell_set_name (TdMapCell  *self,
                                  const char *name);

G_END_DECLS
