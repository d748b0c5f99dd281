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
 * what is normal. Any remembered day can take the place of today. An incident
 * is pinned where it began; what is shown can be written to a file.
 */
G_DECLARE_FINAL_TYPE (TdRatesPage, td_rates_page, TD, RATES_PAGE, GtkWidget)

GtkWidget *td_rates_page_new (TdWatch *watch);
void       td_rates_page_export (TdRatesPage *self,
                                 GFile       *file);

G_END_DECLS
