/* td-queue-row.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "td-queue-standing.h"
#include "td-rate-band.h"

G_BEGIN_DECLS

#define TD_TYPE_QUEUE_ROW (td_queue_row_get_type ())

/**
 * TdQueueRow:
 *
 * A queue in one line: name, who serves it and how well, its last hours, who
 * waits, how long, how many calls came. Or the header over such lines, which
 * shares their columns through the style sheet's widths.
 */
G_DECLARE_FINAL_TYPE (TdQueueRow, td_queue_row, TD, QUEUE_ROW, GtkWidget)

GtkWidget *td_queue_row_new (void);
GtkWidget *td_queue_row_new_header (void);
void       td_queue_row_update (TdQueueRow            *self,
                                const TdQueueStanding *standing);
void       td_queue_row_set_course (TdQueueRow   *self,
                                    const double *rates,
                                    guint         n_rates);
void       td_queue_row_set_normal (TdQueueRow       *self,
                                    const TdRateBand *bands,
                                    guint             n_bands);

G_END_DECLS
