/* td-floor-layout.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-floor-layout.h"

#include <math.h>

#define MIN_TEXT 8.0
#define MAX_TEXT 22.0
#define TEXT_CELLS 1.6
#define MARGIN 4
#define GAP 3
#define MIN_SIDE 132     /* of what is beside the plan, pixels */
#define MAX_SIDE_SHARE 4 /* of the whole, one in */
#define SIDE_TITLE 44    /* two lines */
#define ROOM_INSET 0.6   /* cells */

typedef struct
{
  const TdFloorPlanInfo *info;
  TdFloorPlan           *plan;
  const TdFloorSeating  *seating;
  TdFloorLayout         *layout;
} Layouter;

/**
 * td_floor_layout_get_text_size:
 * @cell: the side of a cell, pixels
 *
 * Returns: how large the texts of a plan are, pixels
 */
double
td_floor_layout_get_text_size (double cell)
{
  return CLAMP (round (cell * TEXT_CELLS), MIN_TEXT, MAX_TEXT);
}

/**
 * td_floor_layout_get_title_height:
 * @cell: the side of a cell, pixels
 *
 * Returns: how high the title of a room is with what is around it, pixels
 */
double
td_floor_layout_get_title_height (double cell)
{
  return round (td_floor_layout_get_text_size (cell) * 2.2);
}

/* Puts @n boxes, none larger than a seat, into a rectangle in rows, as large
 * as they can be. */
static void
pack (TdFloorBox       *boxes,
      guint             n,
      const TdFloorBox *into,
      double            seat_width,
      double            seat_height)
{
  double best = -1;
  guint  n_columns = 1;
  double width = 1, height = 1;

  for (guint columns = 1; columns <= n; columns++)
    {
      guint  rows = (n + columns - 1) / columns;
      double w = MIN (seat_width, (double)into->width / columns - GAP);
      double h = MIN (seat_height, (double)into->height / rows - GAP);
      /* Flat boxes hold a line of text; narrow ones hold nothing. */
      double worth = MIN (w / seat_width, 1.0) * MIN (w / seat_width, 1.0) * MIN (h / seat_height, 1.0);

      if (w < 2 || h < 2)
        worth = MIN (w, h) / 1e6;
      if (worth > best)
        {
          best = worth;
          n_columns = columns;
          width = MAX (w, 1);
          height = MAX (h, 1);
        }
    }

  for (guint i = 0; i < n; i++)
    boxes[i] = (TdFloorBox){ into->x + (int)((i % n_columns) * (width + GAP)),
                             into->y + (int)((i / n_columns) * (height + GAP)), (int)width, (int)height };
}

/* Beside a plan that leaves room at its side, else below it; whichever leaves
 * the plan larger. */
static void
place_plan (Layouter *layouter,
            int       width,
            int       height)
{
  const TdFloorPlanInfo *info = layouter->info;
  TdFloorLayout         *layout = layouter->layout;
  gboolean               has_beside = layouter->seating->n_beside + layouter->seating->n_elsewhere > 0;
  int                    side = has_beside ? MAX (MIN_SIDE, width / 10) : 0;
  int                    below = has_beside ? MAX (SIDE_TITLE + 30, height / 8) : 0;
  double                 cell_aside, cell_above;

  side = MIN (side, width / MAX_SIDE_SHARE);
  below = MIN (below, height / MAX_SIDE_SHARE);
  cell_aside = MIN ((double)(width - 2 * MARGIN - side) / info->width, (double)(height - 2 * MARGIN) / info->height);
  cell_above = MIN ((double)(width - 2 * MARGIN) / info->width, (double)(height - 2 * MARGIN - below) / info->height);

  layout->cell = MAX (MAX (cell_aside, cell_above), 0.1);
  layout->plan = (TdFloorBox){ MARGIN, MARGIN, (int)(info->width * layout->cell), (int)(info->height * layout->cell) };
  if (!has_beside)
    layout->plan.x = MAX (MARGIN, (width - layout->plan.width) / 2);
  else if (cell_aside >= cell_above)
    layout->beside = (TdFloorBox){ layout->plan.x + layout->plan.width + 3 * MARGIN, MARGIN,
                                   width - layout->plan.width - 5 * MARGIN, height - 2 * MARGIN };
  else
    layout->beside = (TdFloorBox){ MARGIN, layout->plan.y + layout->plan.height + 2 * MARGIN, width - 2 * MARGIN,
                                   height - layout->plan.height - 4 * MARGIN };
}

static void
place_seat (Layouter           *layouter,
            const TdFloorStand *stand,
            TdFloorBox         *box)
{
  const TdFloorItemInfo *seat = td_floor_item_get_info (td_floor_plan_get_item (layouter->plan, stand->item));
  double                 cell = layouter->layout->cell;
  int                    left = layouter->layout->plan.x + (int)round (seat->x * cell) + 1;
  int                    top = layouter->layout->plan.y + (int)round (seat->y * cell) + 1;
  int                    width = MAX (1, (int)(layouter->info->seat_width * cell) - 2);
  int                    height = MAX (1, (int)(layouter->info->seat_height * cell) - 2);
  int                    from = (int)(height * (gint64)stand->part / stand->n_parts);
  int                    to = (int)(height * (gint64)(stand->part + 1) / stand->n_parts);

  *box = (TdFloorBox){ left, top + from, width, MAX (1, to - from - (stand->part + 1 < stand->n_parts ? 1 : 0)) };
}

/* Those in one room, or beside the plan. */
static void
place_group (Layouter *layouter,
             guint     first,
             guint     n)
{
  const TdFloorStand *stand = &g_array_index (layouter->seating->stands, TdFloorStand, first);
  TdFloorLayout      *layout = layouter->layout;
  double              cell = layout->cell;
  TdFloorBox          into;

  if (stand->where == TD_FLOOR_BESIDE)
    {
      into = layout->beside;
      into.y += SIDE_TITLE;
      into.height -= SIDE_TITLE;
    }
  else
    {
      const TdFloorItemInfo *room = td_floor_item_get_info (td_floor_plan_get_item (layouter->plan, stand->item));
      int                    title = (int)td_floor_layout_get_title_height (cell);
      int                    inset = (int)(ROOM_INSET * cell) + 2;

      into = (TdFloorBox){ layout->plan.x + (int)(room->x * cell) + inset, layout->plan.y + (int)(room->y * cell) + title,
                           (int)(room->width * cell) - 2 * inset + GAP, (int)(room->height * cell) - title - inset };
    }
  into.width = MAX (into.width, 1);
  into.height = MAX (into.height, 1);
  pack (layout->boxes + first, n, &into, layouter->info->seat_width * cell - 2, layouter->info->seat_height * cell - 2);
}

/**
 * td_floor_layout_new:
 * @plan: a plan
 * @seating: who is where on it
 * @width: of the widget, pixels
 * @height: of the widget, pixels
 *
 * Returns: (transfer full): where everything lies
 */
TdFloorLayout *
td_floor_layout_new (TdFloorPlan          *plan,
                     const TdFloorSeating *seating,
                     int                   width,
                     int                   height)
{
  TdFloorLayout *self = g_new0 (TdFloorLayout, 1);
  Layouter       layouter = { td_floor_plan_get_info (plan), plan, seating, self };

  place_plan (&layouter, width, height);
  self->n_boxes = seating->stands->len;
  self->boxes = g_new0 (TdFloorBox, self->n_boxes + 1);

  for (guint i = 0; i < self->n_boxes;)
    {
      const TdFloorStand *stand = &g_array_index (seating->stands, TdFloorStand, i);
      guint               end = i + 1;

      if (stand->where == TD_FLOOR_ON_SEAT)
        {
          place_seat (&layouter, stand, &self->boxes[i++]);
          continue;
        }

      while (end < self->n_boxes && g_array_index (seating->stands, TdFloorStand, end).where == stand->where &&
             g_array_index (seating->stands, TdFloorStand, end).item == stand->item)
        end++;
      place_group (&layouter, i, end - i);
      i = end;
    }

  return self;
}

/**
 * td_floor_layout_free:
 * @self: (transfer full): a layout
 */
void
td_floor_layout_free (TdFloorLayout *self)
{
  g_free (self->boxes);
  g_free (self);
}

/**
 * td_floor_layout_walk:
 * @self: a layout
 * @from: a box
 * @dx: 1 for to the right, -1 for to the left, else 0
 * @dy: 1 for down, -1 for up, else 0
 *
 * Returns: the box that lies nearest in that direction, or @from where there is none
 */
guint
td_floor_layout_walk (const TdFloorLayout *self,
                      guint                from,
                      int                  dx,
                      int                  dy)
{
  const TdFloorBox *box;
  guint             best = from;
  double            best_distance = G_MAXDOUBLE;

  if (from >= self->n_boxes)
    return 0;

  box = &self->boxes[from];
  for (guint i = 0; i < self->n_boxes; i++)
    {
      double x = self->boxes[i].x + self->boxes[i].width / 2.0 - box->x - box->width / 2.0;
      double y = self->boxes[i].y + self->boxes[i].height / 2.0 - box->y - box->height / 2.0;
      double along = dx * x + dy * y;
      double across = fabs (dx != 0 ? y : x);
      /* Who walks along a row stays in it as long as there is one. */
      double distance = along + 3 * across;

      if (i != from && along >= 1 && distance < best_distance)
        {
          best = i;
          best_distance = distance;
        }
    }

  return best;
}
