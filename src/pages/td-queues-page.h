/* td-queues-page.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "td-watch.h"

G_BEGIN_DECLS

#define TD_TYPE_QUEUES_PAGE (td_queues_page_get_type ())

/**
 * TdQueuesPage:
 *
 * Every queue with its numbers of today, the worst first, and below them who
 * waits in the selected queue, its rate, and who serves it.
 */
G_DECLARE_FINAL_TYPE (TdQueuesPage, td_queues_page, TD, QUEUES_PAGE, GtkWidget)

GtkWidget *td_queues_page_new (TdWatch *watch);
GtkWidget *td_queues_page_get_table (TdQueuesPage *self);
void       td_queues_page_show_queue (TdQueuesPage *self,
                                      const char   *queue_id);
void       td_queues_page_focus_filter (TdQueuesPage *self);
void       td_queues_page_set_actions_enabled (TdQueuesPage *self,
                                               gboolean      enabled);

G_END_DECLS
