/* td-wall-alert.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-wall-moment.h"

G_BEGIN_DECLS

/* Who took it is shown for so long before the pages take turns again. */
#define TD_WALL_ALERT_TAKEN_US G_TIME_SPAN_MINUTE

/* Where nobody can be heard to take it, it comes forward for so long; then the
 * pages take turns, and the verdict of Now goes on telling it. */
#define TD_WALL_ALERT_UNHEARD_US (10 * G_TIME_SPAN_MINUTE)

/* Several alarms take turns. */
#define TD_WALL_ALERT_TURN_US (10 * G_TIME_SPAN_SECOND)

void     td_wall_alert_find (TdWallMoment *moment,
                             gint64        tick);
gboolean td_wall_alert_stays_in_sight (const TdWallMoment *moment);
char    *td_wall_alert_describe_owner (const TdWallMoment *moment);

G_END_DECLS
