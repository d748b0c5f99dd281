/* td-queue-slot.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-queue-row.h"

G_BEGIN_DECLS

#define TD_TYPE_QUEUE_SLOT (td_queue_slot_get_type ())

/**
 * TdQueueSlot:
 *
 * A place in the order of the queues. Queues change places every second, and
 * the slots stay: the list never hears of it, only the labels that read
 * differently do.
 */
G_DECLARE_FINAL_TYPE (TdQueueSlot, td_queue_slot, TD, QUEUE_SLOT, GObject)

TdQueueSlot *td_queue_slot_new (void);
TdQueue     *td_queue_slot_get_queue (TdQueueSlot *self);
gboolean     td_queue_slot_set_standing (TdQueueSlot           *self,
                                         const TdQueueStanding *standing);
void         td_queue_slot_show (TdQueueSlot *self);
TdQueueRow  *td_queue_slot_get_row (TdQueueSlot *self);
void         td_queue_slot_set_row (TdQueueSlot *self,
                                    TdQueueRow  *row);

G_END_DECLS
