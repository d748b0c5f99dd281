/* td-ami-silence.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-ami-silence.h"

#include <string.h>

/* An event may come a moment after the change that it tells of. */
#define SURE_CHANGES 3

/* What time alone changes in the lists is left out. */
static guint
hash_lists (GBytes *body)
{
  static const char wait[] = "Wait: ";
  gsize             length;
  const char       *data = g_bytes_get_data (body, &length);
  const char       *end = data + length;
  guint             hash = 5381;

  while (data < end)
    {
      const char *line_end = memchr (data, '\n', (gsize)(end - data));

      if (line_end == NULL)
        line_end = end - 1;
      if ((gsize)(end - data) < sizeof wait || memcmp (data, wait, sizeof wait - 1) != 0)
        {
          for (const char *c = data; c < line_end; c++)
            hash = hash * 33 + (guchar)*c;
        }
      data = line_end + 1;
    }

  return hash;
}

/**
 * td_ami_silence_notice:
 * @self: what was noticed so far
 * @heard: an event came since this was all zero
 * @queue_status: body of QueueStatus
 *
 * Takes notice of one poll.
 */
void
td_ami_silence_notice (TdAmiSilence *self,
                       gboolean      heard,
                       GBytes       *queue_status)
{
  guint hash;

  g_return_if_fail (self != NULL);
  g_return_if_fail (queue_status != NULL);

  if (heard)
    {
      *self = (TdAmiSilence){ 0 };
      return;
    }

  /* 0 stands for lists that were not seen yet. */
  hash = MAX (hash_lists (queue_status), 1);
  if (self->hash != 0 && hash != self->hash && self->n_changes < SURE_CHANGES)
    self->n_changes++;
  self->hash = hash;
}

/**
 * td_ami_silence_is_sure:
 * @self: what was noticed so far
 *
 * Returns: whether the lists changed often enough without an event
 */
gboolean
td_ami_silence_is_sure (const TdAmiSilence *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->n_changes >= SURE_CHANGES;
}
