/* td-queue.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-queue.h"

struct _TdQueue
{
  TdRow parent_instance;
};

G_DEFINE_FINAL_TYPE (TdQueue, td_queue, TD_TYPE_ROW)

static const gsize strings[] = {
  G_STRUCT_OFFSET (TdQueueInfo, id),
  G_STRUCT_OFFSET (TdQueueInfo, name),
  G_STRUCT_OFFSET (TdQueueInfo, hotline),
  G_STRUCT_OFFSET (TdQueueInfo, reason),
  G_STRUCT_OFFSET (TdQueueInfo, area),
};

static gboolean
td_queue_equal (gconstpointer a,
                gconstpointer b)
{
  return td_queue_info_equal (a, b);
}

static void
td_queue_class_init (TdQueueClass *klass)
{
  TdRowClass *row_class = TD_ROW_CLASS (klass);

  row_class->equal = td_queue_equal;
  row_class->info_size = sizeof (TdQueueInfo);
  row_class->strings = strings;
  row_class->n_strings = G_N_ELEMENTS (strings);
}

static void
td_queue_init (TdQueue *self)
{
}

const char *
td_queue_get_id (TdQueue *self)
{
  return td_row_get_id (TD_ROW (self));
}

/**
 * td_queue_get_info:
 * @self: a queue
 *
 * Returns: (transfer none): what the source told last, valid until the centre changes
 */
const TdQueueInfo *
td_queue_get_info (TdQueue *self)
{
  return td_row_get_info (TD_ROW (self));
}

/**
 * td_queue_get_revision:
 * @self: a queue
 *
 * Returns: the source's revision at which the values changed last
 */
gint64
td_queue_get_revision (TdQueue *self)
{
  return td_row_get_revision (TD_ROW (self));
}

/**
 * td_queue_get_title:
 * @self: a queue
 *
 * Returns: the name for people, or the id where there is none
 */
const char *
td_queue_get_title (TdQueue *self)
{
  const TdQueueInfo *info = td_queue_get_info (self);

  return info->name != NULL && info->name[0] != '\0' ? info->name : info->id;
}
