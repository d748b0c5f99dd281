/* td-simulation-heap.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TdSimEvent:
 * @time: when it happens, µs since 1970
 * @order: among events of one time, the lower first
 * @type: a TdSimEventType
 * @subject: whom it concerns: an agent, a call, a queue
 * @mark: what the subject carried when this was planned; another value now
 *   means that the event is void
 */
typedef struct
{
  gint64  time;
  guint64 order;
  guint32 type;
  guint32 subject;
  guint64 mark;
} TdSimEvent;

/**
 * TdSimHeap:
 *
 * A binary heap of events, the earliest on top.
 */
typedef struct
{
  TdSimEvent *events; /* (owned) */
  gsize       n_events;
  gsize       size;
} TdSimHeap;

void     td_sim_heap_push (TdSimHeap        *self,
                           const TdSimEvent *event);
gboolean td_sim_heap_pop (TdSimHeap  *self,
                          gint64      until,
                          TdSimEvent *event);
void     td_sim_heap_clear (TdSimHeap *self);

G_END_DECLS
