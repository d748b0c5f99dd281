/* td-queue.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-row.h"

G_BEGIN_DECLS

#define TD_TYPE_QUEUE (td_queue_get_type ())

G_DECLARE_FINAL_TYPE (TdQueue, td_queue, TD, QUEUE, TdRow)

const char        *td_queue_get_id (TdQueue *self);
const TdQueueInfo *td_queue_get_info (TdQueue *self);
const char        *td_queue_get_title (TdQueue *self);
gint64             td_queue_get_revision (TdQueue *self);

G_END_DECLS
