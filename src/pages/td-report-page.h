/* td-report-page.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "td-watch.h"

G_BEGIN_DECLS

#define TD_TYPE_REPORT_PAGE (td_report_page_get_type ())

/**
 * TdReportPage:
 *
 * The hand-over sheet of a shift, as it prints, beside the note and the names
 * that are written on it. What was handed over is shown as it was then.
 */
G_DECLARE_FINAL_TYPE (TdReportPage, td_report_page, TD, REPORT_PAGE, GtkWidget)

GtkWidget *td_report_page_new (TdWatch *watch);
void       td_report_page_print (TdReportPage *self);
GBytes    *td_report_page_get_csv (TdReportPage *self);

G_END_DECLS
