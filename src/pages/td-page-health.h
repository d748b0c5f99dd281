/* td-page-health.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "td-watch.h"

G_BEGIN_DECLS

void td_page_show_health (GtkWidget *page,
                          TdWatch   *watch);

G_END_DECLS
