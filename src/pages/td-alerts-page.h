/* td-alerts-page.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "td-watch.h"

G_BEGIN_DECLS

#define TD_TYPE_ALERTS_PAGE (td_alerts_page_get_type ())

/**
 * TdAlertsPage:
 *
 * What needs a person now, with its parts and who sees to it, and the log of
 * what did.
 */
G_DECLARE_FINAL_TYPE (TdAlertsPage, td_alerts_page, TD, ALERTS_PAGE, GtkWidget)

GtkWidget *td_alerts_page_new (TdWatch *watch);
gboolean   td_alerts_page_show_incident (TdAlertsPage *self,
                                         gint64        id);
GBytes    *td_alerts_page_get_csv (TdAlertsPage *self);

G_END_DECLS
