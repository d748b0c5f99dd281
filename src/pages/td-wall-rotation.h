/* td-wall-rotation.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-wall.h"

G_BEGIN_DECLS

/**
 * TdWallRotation:
 * @wall: (unowned): whose pages
 * @index: the page that is shown
 * @begun: when it came, monotonic, µs
 * @is_held: it stays
 *
 * Which page of a wall is shown. It follows the monotonic clock alone, so that
 * no change of the time of day stops it.
 */
typedef struct
{
  const TdWall *wall;
  guint         index;
  gint64        begun;
  gboolean      is_held;
} TdWallRotation;

void              td_wall_rotation_init (TdWallRotation *self,
                                         const TdWall   *wall,
                                         gint64          now);
gboolean          td_wall_rotation_step (TdWallRotation *self,
                                         gint64          now,
                                         gboolean        is_held);
const TdWallPage *td_wall_rotation_get_page (const TdWallRotation *self);
double            td_wall_rotation_get_part (const TdWallRotation *self,
                                             gint64                now);

G_END_DECLS
