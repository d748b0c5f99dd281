/* td-wall-lost.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-wall-paint.h"
#include "td-watch.h"

G_BEGIN_DECLS

void td_wall_lost_draw (TdWallPaint           *paint,
                        const graphene_rect_t *area,
                        TdWatch               *watch,
                        const char            *trouble);

const char *td_wall_lost_get_reason (TdWatch *watch);

G_END_DECLS
