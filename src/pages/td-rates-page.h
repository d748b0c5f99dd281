/* td-rates-page.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "td-watch.h"

G_BEGIN_DECLS

#define TD_TYPE_RATES_PAGE (td_rates_page_get_type ())

/**
 * TdRatesPage:
 *
 * Today's calls over what is normal for them, by hotline, queue, reason or
 * all together; past days over it; the day summed up; and which days teach
 * what is normal. An incident is pinned where it began.
 */
G_DECLARE_FINAL_TYPE (TdRatesPage, td_rates_page, TD, RATES_PAGE, GtkWidget)

GtkWidget *td_rates_page_new (TdWatch *watch);

G_END_DECLS
