/* td-floor-item.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-floor-item.h"

#include <string.h>

struct _TdFloorItem
{
  TdFloorItemInfo info; /* (owned) what it points to */
};

G_DEFINE_BOXED_TYPE (TdFloorItem, td_floor_item, td_floor_item_ref, td_floor_item_unref)

static const char *const uses[TD_N_FLOOR_USES] = {
  "work",
  "dining",
  "test",
  "training",
  "meeting",
  "sleep",
  "other",
};

/**
 * td_floor_item_new:
 * @info: what it is, which is copied
 *
 * Returns: (transfer full): the item
 */
TdFloorItem *
td_floor_item_new (const TdFloorItemInfo *info)
{
  TdFloorItem *self;
  char       **pauses = NULL;

  g_return_val_if_fail (info != NULL && info->kind < TD_N_FLOOR_KINDS, NULL);

  if (info->n_pauses > 0)
    {
      pauses = g_new (char *, info->n_pauses);
      for (guint i = 0; i < info->n_pauses; i++)
        pauses[i] = g_strdup (info->pauses[i]);
    }

  self = g_atomic_rc_box_new0 (TdFloorItem);
  self->info = *info;
  self->info.name = g_strdup (info->name);
  self->info.agent = g_strdup (info->agent);
  self->info.pauses = (const char *const *)pauses;
  self->info.points = info->n_points > 0 ? g_memdup2 (info->points, info->n_points * sizeof *info->points) : NULL;

  return self;
}

static void
clear_item (gpointer data)
{
  TdFloorItem *self = data;

  for (guint i = 0; i < self->info.n_pauses; i++)
    g_free ((char *)self->info.pauses[i]);
  g_free ((char **)self->info.pauses);
  g_free ((char *)self->info.name);
  g_free ((char *)self->info.agent);
  g_free ((TdFloorPoint *)self->info.points);
}

TdFloorItem *
td_floor_item_ref (TdFloorItem *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
td_floor_item_unref (TdFloorItem *self)
{
  g_atomic_rc_box_release_full (self, clear_item);
}

const TdFloorItemInfo *
td_floor_item_get_info (const TdFloorItem *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return &self->info;
}

gboolean
td_floor_item_info_equal (const TdFloorItemInfo *a,
                          const TdFloorItemInfo *b)
{
  if (a->kind != b->kind || a->x != b->x || a->y != b->y || a->width != b->width || a->height != b->height ||
      a->rotation != b->rotation || a->use != b->use || a->n_pauses != b->n_pauses || a->n_points != b->n_points ||
      g_strcmp0 (a->name, b->name) != 0 || g_strcmp0 (a->agent, b->agent) != 0)
    return FALSE;

  for (guint i = 0; i < a->n_pauses; i++)
    {
      if (strcmp (a->pauses[i], b->pauses[i]) != 0)
        return FALSE;
    }

  return a->n_points == 0 || memcmp (a->points, b->points, a->n_points * sizeof *a->points) == 0;
}

/**
 * td_floor_item_info_set_points:
 * @info: a room
 * @points: (array length=n_points): its corners, in cells from the plan's
 *   origin; they are made to begin at the room's own, and @info refers to them
 * @n_points: how many, at least one
 *
 * Makes the room one of these corners: where it lies and how large it is
 * follows from them.
 */
void
td_floor_item_info_set_points (TdFloorItemInfo *info,
                               TdFloorPoint    *points,
                               guint            n_points)
{
  int right, bottom;

  g_return_if_fail (n_points > 0);

  info->x = right = points[0].x;
  info->y = bottom = points[0].y;
  for (guint i = 1; i < n_points; i++)
    {
      info->x = MIN (info->x, points[i].x);
      info->y = MIN (info->y, points[i].y);
      right = MAX (right, points[i].x);
      bottom = MAX (bottom, points[i].y);
    }
  for (guint i = 0; i < n_points; i++)
    {
      points[i].x -= info->x;
      points[i].y -= info->y;
    }
  info->width = right - info->x;
  info->height = bottom - info->y;
  info->points = points;
  info->n_points = n_points;
}

/**
 * td_floor_item_info_is_flat:
 * @info: a room that has corners
 *
 * Returns: whether all of its corners lie on one line
 */
gboolean
td_floor_item_info_is_flat (const TdFloorItemInfo *info)
{
  const TdFloorPoint *a = info->points;
  const TdFloorPoint *b = NULL;

  for (guint i = 1; i < info->n_points; i++)
    {
      const TdFloorPoint *c = &info->points[i];

      if (b == NULL && (c->x != a->x || c->y != a->y))
        b = c;
      else if (b != NULL && (b->x - a->x) * (c->y - a->y) != (b->y - a->y) * (c->x - a->x))
        return FALSE;
    }

  return TRUE;
}

/**
 * td_floor_item_info_get_bounds:
 * @info: an item
 * @seat_width: how wide the plan's seats are, cells
 * @seat_height: how high they are
 * @bounds: (out caller-allocates): the rectangle that it takes up; that of a
 *   wall may have no width or no height, that of a label has neither
 */
void
td_floor_item_info_get_bounds (const TdFloorItemInfo *info,
                               int                    seat_width,
                               int                    seat_height,
                               TdFloorRect           *bounds)
{
  *bounds = (TdFloorRect){ info->x, info->y, info->width, info->height };

  switch (info->kind)
    {
    case TD_FLOOR_WALL:
      bounds->x += MIN (0, info->width);
      bounds->y += MIN (0, info->height);
      bounds->width = ABS (info->width);
      bounds->height = ABS (info->height);
      break;

    case TD_FLOOR_DESK:
      if (info->rotation % 2 == 1)
        {
          bounds->width = info->height;
          bounds->height = info->width;
        }
      break;

    case TD_FLOOR_SEAT:
      bounds->width = seat_width;
      bounds->height = seat_height;
      break;

    case TD_FLOOR_LABEL:
      bounds->width = bounds->height = 0;
      break;

    case TD_FLOOR_ROOM:
    case TD_N_FLOOR_KINDS:
    default:
      break;
    }
}

const char *
td_floor_use_to_string (TdFloorUse use)
{
  g_return_val_if_fail (use < TD_N_FLOOR_USES, "other");

  return uses[use];
}

/**
 * td_floor_use_from_string:
 * @string: a word of the file's format
 * @use: (out): what it says
 *
 * Returns: whether it is one that this version knows
 */
gboolean
td_floor_use_from_string (const char *string,
                          TdFloorUse *use)
{
  for (guint i = 0; i < TD_N_FLOOR_USES; i++)
    {
      if (strcmp (uses[i], string) == 0)
        {
          *use = (TdFloorUse)i;
          return TRUE;
        }
    }

  return FALSE;
}
