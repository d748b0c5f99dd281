/* td-queue-board.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "td-watch.h"

G_BEGIN_DECLS

#define TD_TYPE_QUEUE_BOARD (td_queue_board_get_type ())

/**
 * TdQueueBoard:
 *
 * The queues, worst first, and their sum. Activating a queue activates
 * "win.show-queue" with its id. Its owner calls the refresh functions.
 */
G_DECLARE_FINAL_TYPE (TdQueueBoard, td_queue_board, TD, QUEUE_BOARD, GtkWidget)

void td_queue_board_set_watch (TdQueueBoard *self,
                               TdWatch      *watch);
void td_queue_board_refresh (TdQueueBoard *self,
                             gint64        now);
void td_queue_board_refresh_courses (TdQueueBoard *self);

G_END_DECLS
