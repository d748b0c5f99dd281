/* td-queues-table.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "td-centre.h"
#include "td-outlook.h"
#include "td-wait-check.h"

G_BEGIN_DECLS

#define TD_TYPE_QUEUES_TABLE (td_queues_table_get_type ())

/**
 * TdQueuesTable:
 *
 * The queues of a centre as a table that can be sorted and filtered, the worst
 * first, and a row with their total that stands still below it.
 *
 * Properties: hides-expected-wait (whether the user wants no column of it; it may
 * be chosen at the titles of the columns), also an action of the same name; sort
 * (the column that was chosen to sort by, as td-column-sort.h has it, notified).
 *
 * TdQueuesTable::selected: another queue was selected.
 * TdQueuesTable::arranged: the order or the filter was changed by the user.
 */
G_DECLARE_FINAL_TYPE (TdQueuesTable, td_queues_table, TD, QUEUES_TABLE, GtkWidget)

void     td_queues_table_set_centre (TdQueuesTable *self,
                                     TdCentre      *centre);
void     td_queues_table_set_outlook (TdQueuesTable *self,
                                      TdOutlook     *outlook);
void     td_queues_table_set_waits (TdQueuesTable *self,
                                    TdWaitCheck   *waits);
void     td_queues_table_refresh (TdQueuesTable *self,
                                  gint64         now,
                                  gboolean       sort);
void     td_queues_table_set_filter (TdQueuesTable *self,
                                     const char    *text);
void     td_queues_table_fit (TdQueuesTable *self,
                              int            max_height);
guint    td_queues_table_get_n_shown (TdQueuesTable *self);
TdQueue *td_queues_table_get_selected (TdQueuesTable *self);
gboolean td_queues_table_select (TdQueuesTable *self,
                                 const char    *queue_id);
gboolean td_queues_table_is_worst_first (TdQueuesTable *self);
void     td_queues_table_sort_worst_first (TdQueuesTable *self);

G_END_DECLS
