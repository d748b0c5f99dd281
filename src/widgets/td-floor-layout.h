/* td-floor-layout.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-floor-seating.h"

G_BEGIN_DECLS

/**
 * TdFloorBox:
 *
 * A rectangle in pixels of the widget.
 */
typedef struct
{
  int x;
  int y;
  int width;
  int height;
} TdFloorBox;

/**
 * TdFloorLayout:
 * @cell: the side of a cell of the plan, pixels
 * @plan: where the plan lies
 * @beside: where those are who have no seat, without any width where there are none
 * @boxes: (array): where each stand of the seating lies
 * @n_boxes: how many those are
 *
 * Where a plan and those on it lie in a widget.
 */
typedef struct
{
  double      cell;
  TdFloorBox  plan;
  TdFloorBox  beside;
  TdFloorBox *boxes;
  guint       n_boxes;
} TdFloorLayout;

TdFloorLayout *td_floor_layout_new (TdFloorPlan          *plan,
                                    const TdFloorSeating *seating,
                                    int                   width,
                                    int                   height);
void           td_floor_layout_free (TdFloorLayout *self);
double         td_floor_layout_get_text_size (double cell);
double         td_floor_layout_get_title_height (double cell);
guint          td_floor_layout_walk (const TdFloorLayout *self,
                                     guint                from,
                                     int                  dx,
                                     int                  dy);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TdFloorLayout, td_floor_layout_free)

G_END_DECLS
