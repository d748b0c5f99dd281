/* td-replay-table.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "td-replay.h"

G_BEGIN_DECLS

#define TD_TYPE_REPLAY_TABLE (td_replay_table_get_type ())

/**
 * TdReplayTable:
 *
 * The queues as they were at the end of one minute, in the order of how much
 * they needed somebody at the moment that is looked back at.
 */
G_DECLARE_FINAL_TYPE (TdReplayTable, td_replay_table, TD, REPLAY_TABLE, GtkWidget)

void td_replay_table_set_replay (TdReplayTable *self,
                                 TdReplay      *replay,
                                 TdCentre      *centre);
void td_replay_table_show (TdReplayTable *self,
                           guint          index);

/* A service level of which the history leaves a little open; translated. */
char *td_replay_table_format_service (const TdReplayFigures *figures);

G_END_DECLS
