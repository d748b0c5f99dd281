/* td-queue-agents.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "td-watch.h"

G_BEGIN_DECLS

#define TD_TYPE_QUEUE_AGENTS (td_queue_agents_get_type ())

/**
 * TdQueueAgents:
 *
 * The agents of one queue, those who serve first. What a supervisor may do to
 * one is a menu, by the mouse or the menu key, unless it is switched off.
 */
G_DECLARE_FINAL_TYPE (TdQueueAgents, td_queue_agents, TD, QUEUE_AGENTS, GtkWidget)

void td_queue_agents_set_watch (TdQueueAgents *self,
                                TdWatch       *watch);
void td_queue_agents_set_actions_enabled (TdQueueAgents *self,
                                          gboolean       enabled);
void td_queue_agents_show (TdQueueAgents *self,
                           TdCentre      *centre,
                           TdQueue       *queue,
                           gint64         now);
void td_queue_agents_tick (TdQueueAgents *self,
                           gint64         now);

G_END_DECLS
