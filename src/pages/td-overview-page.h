/* td-overview-page.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "td-watch.h"

G_BEGIN_DECLS

#define TD_TYPE_OVERVIEW_PAGE (td_overview_page_get_type ())

/**
 * TdOverviewPage:
 *
 * Is it normal, who waits, who can help: six key numbers, today's rate, the
 * agents by state, and the queues with the worst first. Activating a queue
 * activates the action "win.show-queue" with the queue's id (string).
 */
G_DECLARE_FINAL_TYPE (TdOverviewPage, td_overview_page, TD, OVERVIEW_PAGE, GtkWidget)

GtkWidget *td_overview_page_new (TdWatch *watch);

G_END_DECLS
