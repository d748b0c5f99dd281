/* td-map-times.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-map-painter.h"
#include "td-map-zone.h"

G_BEGIN_DECLS

/**
 * TdMapTimes:
 *
 * The times in state on a map of agents, which change every second, in few
 * strips across the zones beside each other. Belongs to the main thread.
 */
typedef struct _TdMapTimes TdMapTimes;

TdMapTimes *td_map_times_new (TdMapPainter *painter);
void        td_map_times_free (TdMapTimes *self);
void        td_map_times_forget (TdMapTimes *self);
void        td_map_times_draw (TdMapTimes        *self,
                               GtkSnapshot       *snapshot,
                               GPtrArray         *zones,
                               const TdMapLayout *layout,
                               guint64            moment,
                               int                top,
                               int                bottom);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TdMapTimes, td_map_times_free)

G_END_DECLS
