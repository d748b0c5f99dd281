/* td-simulation-heap.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-simulation-heap.h"

static gboolean
comes_before (const TdSimEvent *a,
              const TdSimEvent *b)
{
  if (a->time != b->time)
    return a->time < b->time;

  return a->order < b->order;
}

void
td_sim_heap_push (TdSimHeap        *self,
                  const TdSimEvent *event)
{
  gsize hole;

  g_return_if_fail (self != NULL);
  g_return_if_fail (event != NULL);

  if (self->n_events == self->size)
    {
      self->size = MAX (256, self->size * 2);
      self->events = g_renew (TdSimEvent, self->events, self->size);
    }

  hole = self->n_events++;
  while (hole > 0)
    {
      gsize parent = (hole - 1) / 2;

      if (!comes_before (event, &self->events[parent]))
        break;

      self->events[hole] = self->events[parent];
      hole = parent;
    }
  self->events[hole] = *event;
}

/**
 * td_sim_heap_pop:
 * @until: the last time that is wanted, inclusive
 * @event: (out): the earliest event
 *
 * Returns: whether there was an event not later than @until
 */
gboolean
td_sim_heap_pop (TdSimHeap  *self,
                 gint64      until,
                 TdSimEvent *event)
{
  TdSimEvent last;
  gsize      hole = 0;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (event != NULL, FALSE);

  if (self->n_events == 0 || self->events[0].time > until)
    return FALSE;

  *event = self->events[0];
  last = self->events[--self->n_events];

  for (;;)
    {
      gsize child = 2 * hole + 1;

      if (child >= self->n_events)
        break;
      if (child + 1 < self->n_events && comes_before (&self->events[child + 1], &self->events[child]))
        child++;
      if (!comes_before (&self->events[child], &last))
        break;

      self->events[hole] = self->events[child];
      hole = child;
    }
  if (self->n_events > 0)
    self->events[hole] = last;

  return TRUE;
}

void
td_sim_heap_clear (TdSimHeap *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->events, g_free);
  self->n_events = self->size = 0;
}
