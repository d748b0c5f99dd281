/* td-queue-cell.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "td-queue-entry.h"

G_BEGIN_DECLS

/* One cell of the table of queues, or of the row of its totals. */

GtkWidget *td_queue_cell_new (TdQueueColumn column);
void       td_queue_cell_show (GtkWidget    *cell,
                               TdQueueColumn column,
                               TdQueueEntry *entry);
void       td_queue_cell_show_figure (GtkWidget            *cell,
                                      TdQueueColumn         column,
                                      const TdQueueFigures *figures);
void       td_queue_cell_explain (GtkWidget  *cell,
                                  const char *name,
                                  gboolean    estimated);
int        td_queue_cell_measure (GtkWidget    *cell,
                                  TdQueueColumn column);

G_END_DECLS
