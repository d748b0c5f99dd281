/* td-wall-foot.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-freshness-chip.h"
#include "td-wall-page.h"
#include "td-wall-rotation.h"

G_BEGIN_DECLS

/**
 * TdWallFoot:
 * @name: (nullable): the centre's name
 * @rotation: which page is shown
 * @part: how much of its time is over, 0…1
 * @hold: (nullable): why the rotation stands still, in words
 * @notice: (nullable): what is wrong while it goes on
 * @freshness: of the source
 * @freshness_text: the same in words
 * @clock: the time of day, with seconds
 *
 * What stands under every page.
 */
typedef struct
{
  const char           *name;
  const TdWallRotation *rotation;
  double                part;
  const char           *hold;
  const char           *notice;
  TdFreshness           freshness;
  const char           *freshness_text;
  const char           *clock;
} TdWallFoot;

char *td_wall_foot_format_name (TdWatch *watch);
char *td_wall_foot_format_missing (TdWatch      *watch,
                                   const TdWall *wall);

GDateTime *td_wall_foot_get_time (TdWatch   *watch,
                                  GDateTime *now);

void td_wall_foot_draw (TdWallPaint           *paint,
                        const graphene_rect_t *rect,
                        const TdWallFoot      *foot);

G_END_DECLS
