/* td-page-export.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-window.h"

G_BEGIN_DECLS

void td_page_export_ask (TdWindow  *window,
                         TdWatch   *watch,
                         GtkWidget *page);

G_END_DECLS
