/* td-floor-item.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define TD_FLOOR_MAX_CELLS 1000
#define TD_FLOOR_MAX_POINTS 64
#define TD_FLOOR_MAX_PAUSES 16

/**
 * TdFloorKind:
 * @TD_FLOOR_ROOM: a rectangle or a polygon with a name
 * @TD_FLOOR_WALL: a straight line
 * @TD_FLOOR_DESK: a rectangle that people sit at
 * @TD_FLOOR_SEAT: where one person sits
 * @TD_FLOOR_LABEL: a text
 *
 * What a plan is made of, in the order in which it is drawn.
 */
typedef enum {
  TD_FLOOR_ROOM,
  TD_FLOOR_WALL,
  TD_FLOOR_DESK,
  TD_FLOOR_SEAT,
  TD_FLOOR_LABEL,
  TD_N_FLOOR_KINDS
} TdFloorKind;

/**
 * TdFloorUse:
 * @TD_FLOOR_USE_WORK: where calls are taken
 * @TD_FLOOR_USE_DINING: where people eat
 * @TD_FLOOR_USE_TEST: where people are tested
 * @TD_FLOOR_USE_TRAINING: where people learn
 * @TD_FLOOR_USE_MEETING: where people meet
 * @TD_FLOOR_USE_SLEEP: where those who live on site sleep: who is off duty is drawn there
 * @TD_FLOOR_USE_OTHER: anything else
 *
 * What a room is for.
 */
typedef enum {
  TD_FLOOR_USE_WORK,
  TD_FLOOR_USE_DINING,
  TD_FLOOR_USE_TEST,
  TD_FLOOR_USE_TRAINING,
  TD_FLOOR_USE_MEETING,
  TD_FLOOR_USE_SLEEP,
  TD_FLOOR_USE_OTHER,
  TD_N_FLOOR_USES
} TdFloorUse;

/**
 * TdFloorPoint:
 *
 * A corner of a room, in cells from the room's own origin.
 */
typedef struct
{
  int x;
  int y;
} TdFloorPoint;

/**
 * TdFloorItemInfo:
 * @kind: what it is
 * @x: left edge, or where a wall begins, cells from the left of the plan
 * @y: upper edge, or where a wall begins, cells from the top of the plan
 * @width: of a room or of a desk before it is turned, cells; of a wall, how
 *   far to the right it ends, which may be negative; not read of the others
 * @height: the same downward
 * @rotation: clockwise quarter turns, 0 … 3, of a desk or of a seat; a seat
 *   that is not turned faces upward
 * @name: (nullable): of a room or a desk; the id of a seat; a label's text
 * @agent: (nullable): of a seat, the id of who sits there whatever the source says
 * @use: of a room
 * @pauses: (nullable) (array length=n_pauses): of a room, the reasons of the
 *   pauses that are spent there
 * @points: (nullable) (array length=n_points): corners of a room that is no rectangle
 *
 * What there is to know of one item of a plan.
 */
typedef struct
{
  TdFloorKind         kind;
  int                 x;
  int                 y;
  int                 width;
  int                 height;
  guint               rotation;
  const char         *name;
  const char         *agent;
  TdFloorUse          use;
  const char *const  *pauses;
  guint               n_pauses;
  const TdFloorPoint *points;
  guint               n_points;
} TdFloorItemInfo;

/**
 * TdFloorRect:
 *
 * A rectangle, in cells.
 */
typedef struct
{
  int x;
  int y;
  int width;
  int height;
} TdFloorRect;

#define TD_TYPE_FLOOR_ITEM (td_floor_item_get_type ())

/**
 * TdFloorItem:
 *
 * One room, wall, desk, seat or label. Immutable and ref-counted atomically,
 * so plans that differ in one item share the others.
 */
typedef struct _TdFloorItem TdFloorItem;

GType        td_floor_item_get_type (void);
TdFloorItem *td_floor_item_new (const TdFloorItemInfo *info);
TdFloorItem *td_floor_item_ref (TdFloorItem *self);
void         td_floor_item_unref (TdFloorItem *self);

const TdFloorItemInfo *td_floor_item_get_info (const TdFloorItem *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TdFloorItem, td_floor_item_unref)

gboolean td_floor_item_info_equal (const TdFloorItemInfo *a,
                                   const TdFloorItemInfo *b);
void     td_floor_item_info_set_points (TdFloorItemInfo *info,
                                        TdFloorPoint    *points,
                                        guint            n_points);
gboolean td_floor_item_info_is_flat (const TdFloorItemInfo *info);
void     td_floor_item_info_get_bounds (const TdFloorItemInfo *info,
                                        int                    seat_width,
                                        int                    seat_height,
                                        TdFloorRect           *bounds);

const char *td_floor_use_to_string (TdFloorUse use);
gboolean    td_floor_use_from_string (const char *string,
                                      TdFloorUse *use);

G_END_DECLS
