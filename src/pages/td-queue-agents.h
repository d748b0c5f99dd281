/* td-queue-agents.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "td-centre.h"

G_BEGIN_DECLS

#define TD_TYPE_QUEUE_AGENTS (td_queue_agents_get_type ())

/**
 * TdQueueAgents:
 *
 * The agents of one queue, those who serve first.
 */
G_DECLARE_FINAL_TYPE (TdQueueAgents, td_queue_agents, TD, QUEUE_AGENTS, GtkWidget)

void td_queue_agents_show (TdQueueAgents *self,
                           TdCentre      *centre,
                           TdQueue       *queue,
                           gint64         now);
void td_queue_agents_tick (TdQueueAgents *self,
                           gint64         now);

G_END_DECLS
