/* td-queue-entry.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-outlook.h"
#include "td-queue-figures.h"

G_BEGIN_DECLS

#define TD_TYPE_QUEUE_ENTRY (td_queue_entry_get_type ())

/**
 * TdQueueEntry:
 *
 * A queue in a list, with its figures worked out once for sorting and showing.
 */
G_DECLARE_FINAL_TYPE (TdQueueEntry, td_queue_entry, TD, QUEUE_ENTRY, GObject)

TdQueueEntry         *td_queue_entry_new (TdQueue *queue);
TdQueue              *td_queue_entry_get_queue (TdQueueEntry *self);
const TdQueueFigures *td_queue_entry_get_figures (TdQueueEntry *self);
const char           *td_queue_entry_get_collation (TdQueueEntry *self);
gboolean              td_queue_entry_matches (TdQueueEntry *self,
                                              const char   *folded);
gboolean              td_queue_entry_update (TdQueueEntry *self,
                                             TdCentre     *centre,
                                             TdOutlook    *outlook,
                                             gint64        now);

G_END_DECLS
