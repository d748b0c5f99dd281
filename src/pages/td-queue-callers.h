/* td-queue-callers.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "td-centre.h"

G_BEGIN_DECLS

#define TD_TYPE_QUEUE_CALLERS (td_queue_callers_get_type ())

/**
 * TdQueueCallers:
 *
 * Who waits in one queue, the first in line first.
 */
G_DECLARE_FINAL_TYPE (TdQueueCallers, td_queue_callers, TD, QUEUE_CALLERS, GtkWidget)

void td_queue_callers_show (TdQueueCallers *self,
                            TdCentre       *centre,
                            TdQueue        *queue,
                            gint64          now);
void td_queue_callers_tick (TdQueueCallers *self,
                            gint64          now);

G_END_DECLS
