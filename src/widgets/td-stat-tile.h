/* td-stat-tile.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-palette.h"

G_BEGIN_DECLS

#define TD_TYPE_STAT_TILE (td_stat_tile_get_type ())

/**
 * TdStatTile:
 *
 * A key number: caption, number with its unit, and a line with its target or
 * what it is made of. The tooltip holds the formula. Setters compare first, so
 * that they may be called every second.
 */
G_DECLARE_FINAL_TYPE (TdStatTile, td_stat_tile, TD, STAT_TILE, GtkWidget)

GtkWidget *td_stat_tile_new (const char *caption);
void       td_stat_tile_set_caption (TdStatTile *self,
                                     const char *caption);
void       td_stat_tile_set_value (TdStatTile *self,
                                   const char *number,
                                   const char *unit);
void       td_stat_tile_set_detail (TdStatTile *self,
                                    const char *start,
                                    const char *end);
TdSeverity td_stat_tile_get_severity (TdStatTile *self);
void       td_stat_tile_set_severity (TdStatTile *self,
                                      TdSeverity  severity);

/* Sets the text of a label only where it differs, so that nothing is laid out
 * anew for a number that did not move; NULL hides the label. */
gboolean td_label_set (GtkLabel   *label,
                       const char *text);

G_END_DECLS
