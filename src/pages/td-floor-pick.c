/* td-floor-pick.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-floor-pick.h"

#include <glib/gi18n.h>
#include <math.h>

#define NEAR 0.8 /* cells */
#define LABEL_CELLS 4
#define ROOM_WIDTH 20
#define ROOM_HEIGHT 12
#define WALL_LENGTH 10
#define DESK_DEPTH 5

static double
get_distance (const TdFloorItemInfo *wall,
              double                 x,
              double                 y)
{
  double length = (double)wall->width * wall->width + (double)wall->height * wall->height;
  double along = length > 0 ? ((x - wall->x) * wall->width + (y - wall->y) * wall->height) / length : 0;

  along = CLAMP (along, 0, 1);

  return hypot (x - wall->x - along * wall->width, y - wall->y - along * wall->height);
}

/* By the rule of even and odd. */
static gboolean
is_in_polygon (const TdFloorItemInfo *room,
               double                 x,
               double                 y)
{
  gboolean inside = FALSE;

  x -= room->x;
  y -= room->y;
  for (guint i = 0, k = room->n_points - 1; i < room->n_points; k = i++)
    {
      const TdFloorPoint *a = &room->points[i], *b = &room->points[k];

      if ((a->y > y) != (b->y > y) && x < (double)(b->x - a->x) * (y - a->y) / (b->y - a->y) + a->x)
        inside = !inside;
    }

  return inside;
}

static gboolean
is_on (const TdFloorPlanInfo *plan,
       const TdFloorItemInfo *info,
       double                 x,
       double                 y)
{
  TdFloorRect bounds;

  if (info->kind == TD_FLOOR_WALL)
    return get_distance (info, x, y) <= NEAR;
  if (info->n_points > 0)
    return is_in_polygon (info, x, y);

  td_floor_item_info_get_bounds (info, plan->seat_width, plan->seat_height, &bounds);
  if (info->kind == TD_FLOOR_LABEL)
    {
      bounds.width = LABEL_CELLS;
      bounds.height = 2;
    }

  return x >= bounds.x && y >= bounds.y && x <= bounds.x + bounds.width && y <= bounds.y + bounds.height;
}

/**
 * td_floor_pick_find:
 * @plan: a plan
 * @x: a place, cells
 * @y: a place, cells
 *
 * Returns: (transfer none) (nullable): the uppermost item there
 */
TdFloorItem *
td_floor_pick_find (TdFloorPlan *plan,
                    double       x,
                    double       y)
{
  for (guint i = td_floor_plan_get_n_items (plan); i-- > 0;)
    {
      TdFloorItem *item = td_floor_plan_get_item (plan, i);

      if (is_on (td_floor_plan_get_info (plan), td_floor_item_get_info (item), x, y))
        return item;
    }

  return NULL;
}

/**
 * td_floor_pick_get_handle:
 * @info: an item
 * @corner: (out): by what it is resized, cells
 *
 * Returns: whether it can be
 */
gboolean
td_floor_pick_get_handle (const TdFloorItemInfo *info,
                          TdFloorPoint          *corner)
{
  TdFloorRect bounds;

  if ((info->kind != TD_FLOOR_ROOM && info->kind != TD_FLOOR_WALL && info->kind != TD_FLOOR_DESK) || info->n_points > 0)
    return FALSE;

  if (info->kind == TD_FLOOR_WALL)
    {
      *corner = (TdFloorPoint){ info->x + info->width, info->y + info->height };
      return TRUE;
    }

  td_floor_item_info_get_bounds (info, 0, 0, &bounds);
  *corner = (TdFloorPoint){ bounds.x + bounds.width, bounds.y + bounds.height };

  return TRUE;
}

/**
 * td_floor_pick_resize:
 * @info: an item that has a handle
 * @corner: where that shall be, cells
 */
void
td_floor_pick_resize (TdFloorItemInfo *info,
                      TdFloorPoint     corner)
{
  int width = corner.x - info->x;
  int height = corner.y - info->y;

  if (info->kind != TD_FLOOR_WALL)
    {
      width = MAX (width, 1);
      height = MAX (height, 1);
    }
  if (info->kind == TD_FLOOR_DESK && info->rotation % 2 == 1)
    {
      int other = width;

      width = height;
      height = other;
    }

  info->width = width;
  info->height = height;
}

/**
 * td_floor_pick_draw:
 * @plan: the whole's
 * @kind: what is drawn
 * @from: where the pen was put down, cells
 * @to: where it was lifted; in the same place for something of the usual size
 * @info: (out caller-allocates): what was drawn, without a name
 */
void
td_floor_pick_draw (const TdFloorPlanInfo *plan,
                    TdFloorKind            kind,
                    TdFloorPoint           from,
                    TdFloorPoint           to,
                    TdFloorItemInfo       *info)
{
  gboolean is_click = from.x == to.x && from.y == to.y;

  *info = (TdFloorItemInfo){ .kind = kind, .use = TD_FLOOR_USE_OTHER, .x = from.x, .y = from.y };

  switch (kind)
    {
    case TD_FLOOR_WALL:
      info->width = is_click ? WALL_LENGTH : to.x - from.x;
      info->height = is_click ? 0 : to.y - from.y;
      /* Nearly straight is meant to be straight. */
      if (ABS (info->width) * 8 < ABS (info->height))
        info->width = 0;
      else if (ABS (info->height) * 8 < ABS (info->width))
        info->height = 0;
      break;

    case TD_FLOOR_ROOM:
    case TD_FLOOR_DESK:
      info->x = MIN (from.x, to.x);
      info->y = MIN (from.y, to.y);
      info->width = is_click ? (kind == TD_FLOOR_ROOM ? ROOM_WIDTH : plan->seat_width) : MAX (1, ABS (to.x - from.x));
      info->height = is_click ? (kind == TD_FLOOR_ROOM ? ROOM_HEIGHT : DESK_DEPTH) : MAX (1, ABS (to.y - from.y));
      break;

    case TD_FLOOR_SEAT:
    case TD_FLOOR_LABEL:
    case TD_N_FLOOR_KINDS:
    default:
      break;
    }
}

/**
 * td_floor_pick_get_kind_name:
 * @kind: a kind of item
 *
 * Returns: (transfer none): its name for people
 */
const char *
td_floor_pick_get_kind_name (TdFloorKind kind)
{
  static const char *const names[TD_N_FLOOR_KINDS] = {
    /* Translators: the parts of a floor plan. */
    NC_ ("floor plan", "Room"),
    NC_ ("floor plan", "Wall"),
    NC_ ("floor plan", "Desk"),
    NC_ ("floor plan", "Seat"),
    NC_ ("floor plan", "Text"),
  };

  g_return_val_if_fail (kind < TD_N_FLOOR_KINDS, "");

  return g_dpgettext2 (NULL, "floor plan", names[kind]);
}
