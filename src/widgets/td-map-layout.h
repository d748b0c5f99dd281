/* td-map-layout.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TdMapDetail:
 * @TD_MAP_DETAIL_CARD: name, state, time, caller's queue and number
 * @TD_MAP_DETAIL_TILE: name, shape, time, queue or reason
 * @TD_MAP_DETAIL_CHIP: as much of the name as fits, or initials; shape, time
 * @TD_MAP_DETAIL_NARROW: initials and shape
 * @TD_MAP_DETAIL_SQUARE: the shape alone
 *
 * How much there is room for in a tile.
 */
typedef enum {
  TD_MAP_DETAIL_CARD,
  TD_MAP_DETAIL_TILE,
  TD_MAP_DETAIL_CHIP,
  TD_MAP_DETAIL_NARROW,
  TD_MAP_DETAIL_SQUARE,
} TdMapDetail;

/**
 * TdMapZoneSpec:
 * @n_tiles: how many tiles the zone holds
 * @min_width: the least that its header asks for, pixels
 *
 * What is asked of a layout for one zone.
 */
typedef struct
{
  guint n_tiles;
  int   min_width;
} TdMapZoneSpec;

/**
 * TdMapRect:
 *
 * A rectangle in pixels, its origin at the top left corner of the map.
 */
typedef struct
{
  int x;
  int y;
  int width;
  int height;
} TdMapRect;

/**
 * TdMapLayout:
 *
 * Where the zones of a map and the tiles in them lie: the tiles as large as
 * they can be without scrolling, all of one size, the zones in strips that
 * fill the width. A plain value of one owner.
 */
typedef struct _TdMapLayout TdMapLayout;

TdMapLayout *td_map_layout_new (const TdMapZoneSpec *zones,
                                guint                n_zones,
                                int                  width,
                                int                  height,
                                double               scale,
                                double               zoom);
void         td_map_layout_free (TdMapLayout *self);

guint       td_map_layout_get_n_zones (const TdMapLayout *self);
int         td_map_layout_get_height (const TdMapLayout *self);
TdMapDetail td_map_layout_get_detail (const TdMapLayout *self);
int         td_map_layout_get_header_height (const TdMapLayout *self);
int         td_map_layout_get_gap (const TdMapLayout *self);
void        td_map_layout_get_zone (const TdMapLayout *self,
                                    guint              zone,
                                    TdMapRect         *rect);
guint       td_map_layout_get_n_columns (const TdMapLayout *self,
                                         guint              zone);
guint       td_map_layout_get_n_rows (const TdMapLayout *self,
                                      guint              zone);
void        td_map_layout_get_tile (const TdMapLayout *self,
                                    guint              zone,
                                    guint              tile,
                                    TdMapRect         *rect);
gboolean    td_map_layout_find (const TdMapLayout *self,
                                int                x,
                                int                y,
                                guint             *zone,
                                guint             *tile);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TdMapLayout, td_map_layout_free)

G_END_DECLS
