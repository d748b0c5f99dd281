/* td-queue-headers.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "td-queue-figures.h"

G_BEGIN_DECLS

/* The titles of the columns of the table of queues. */

void td_queue_headers_dress (GtkWidget *view);
void td_queue_headers_explain_level (GtkWidget            *view,
                                     TdServiceLevelFormula formula);

G_END_DECLS
