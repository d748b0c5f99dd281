/* td-queue-slot.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-queue-slot.h"

struct _TdQueueSlot
{
  GObject parent_instance;

  TdQueue        *queue; /* (owned) (nullable): what the standing points at */
  TdQueueStanding standing;
  TdQueueRow     *row; /* (unowned) (nullable): bound now, unbound before it goes */
};

G_DEFINE_FINAL_TYPE (TdQueueSlot, td_queue_slot, G_TYPE_OBJECT)

static void
td_queue_slot_dispose (GObject *object)
{
  TdQueueSlot *self = TD_QUEUE_SLOT (object);

  self->row = NULL;
  g_clear_object (&self->queue);

  G_OBJECT_CLASS (td_queue_slot_parent_class)->dispose (object);
}

static void
td_queue_slot_class_init (TdQueueSlotClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = td_queue_slot_dispose;
}

static void
td_queue_slot_init (TdQueueSlot *self)
{
}

TdQueueSlot *
td_queue_slot_new (void)
{
  return g_object_new (TD_TYPE_QUEUE_SLOT, NULL);
}

TdQueue *
td_queue_slot_get_queue (TdQueueSlot *self)
{
  g_return_val_if_fail (TD_IS_QUEUE_SLOT (self), NULL);

  return self->queue;
}

/**
 * td_queue_slot_set_standing:
 * @self: a slot
 * @standing: the queue that takes the place, and how it stands
 *
 * The row is not touched until td_queue_slot_show().
 *
 * Returns: whether another queue than before took the place
 */
gboolean
td_queue_slot_set_standing (TdQueueSlot           *self,
                            const TdQueueStanding *standing)
{
  gboolean moved;

  g_return_val_if_fail (TD_IS_QUEUE_SLOT (self), FALSE);
  g_return_val_if_fail (standing != NULL, FALSE);

  moved = g_set_object (&self->queue, standing->queue);
  self->standing = *standing;

  return moved;
}

/**
 * td_queue_slot_show:
 * @self: a slot
 *
 * Brings the row up to date, where there is one.
 */
void
td_queue_slot_show (TdQueueSlot *self)
{
  g_return_if_fail (TD_IS_QUEUE_SLOT (self));

  if (self->row != NULL && self->queue != NULL)
    td_queue_row_update (self->row, &self->standing);
}

TdQueueRow *
td_queue_slot_get_row (TdQueueSlot *self)
{
  g_return_val_if_fail (TD_IS_QUEUE_SLOT (self), NULL);

  return self->row;
}

/**
 * td_queue_slot_set_row:
 * @self: a slot
 * @row: (nullable): the row that shows it while it is in sight
 */
void
td_queue_slot_set_row (TdQueueSlot *self,
                       TdQueueRow  *row)
{
  g_return_if_fail (TD_IS_QUEUE_SLOT (self));
  g_return_if_fail (row == NULL || TD_IS_QUEUE_ROW (row));

  self->row = row;
  td_queue_slot_show (self);
}
