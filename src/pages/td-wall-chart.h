/* td-wall-chart.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-rate-chart.h"
#include "td-wall-moment.h"

G_BEGIN_DECLS

void td_wall_chart_show (TdRateChart        *chart,
                         const TdWallMoment *moment,
                         gboolean            anew);

G_END_DECLS
