/* td-wait-words.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-wait-words.h"

#include <glib/gi18n.h>
#include <math.h>

#include "td-format.h"

/**
 * td_wait_words_get_expected:
 * @queue: a queue
 *
 * Returns: the wait to expect for who joins now, s, or NAN. Who joins an empty
 *   queue may be answered at once: nothing to estimate.
 */
double
td_wait_words_get_expected (TdQueue *queue)
{
  const TdQueueInfo *info;

  g_return_val_if_fail (TD_IS_QUEUE (queue), NAN);

  info = td_queue_get_info (queue);

  return info->waiting > 0 ? td_wait_check_estimate (queue, info->waiting + 1) : NAN;
}

/**
 * td_wait_words_describe_error:
 * @waits: what the estimates were held against
 * @queue: a queue
 * @now: the source's time, µs since 1970
 *
 * Returns: (transfer full) (nullable): how far off the estimates of the last
 *   hour were, so that one knows whether to trust this one; %NULL where too few
 *   callers waited to say
 */
char *
td_wait_words_describe_error (TdWaitCheck *waits,
                              TdQueue     *queue,
                              gint64       now)
{
  TdWaitError      error;
  g_autofree char *off = NULL;
  g_autofree char *count = NULL;

  g_return_val_if_fail (TD_IS_WAIT_CHECK (waits), NULL);
  g_return_val_if_fail (TD_IS_QUEUE (queue), NULL);

  td_wait_check_get_error (waits, td_queue_get_id (queue), now, &error);
  if (error.calls < TD_WAIT_CHECK_ENOUGH_CALLS)
    return NULL;

  off = td_format_duration_s (error.off);
  count = td_format_count (error.calls);
  if (error.bias > error.off / 2)
    /* Translators: of an expected wait: by how much the last ones were wrong on average, mostly too short, and of how many calls. */
    return g_strdup_printf (ngettext ("last hour off by %s, mostly too short, %s call", "last hour off by %s, mostly too short, %s calls", error.calls), off, count);
  if (error.bias < -error.off / 2)
    /* Translators: of an expected wait: by how much the last ones were wrong on average, mostly too long, and of how many calls. */
    return g_strdup_printf (ngettext ("last hour off by %s, mostly too long, %s call", "last hour off by %s, mostly too long, %s calls", error.calls), off, count);

  /* Translators: of an expected wait: by how much the last ones were wrong on average, and of how many calls. */
  return g_strdup_printf (ngettext ("last hour off by %s, %s call", "last hour off by %s, %s calls", error.calls), off, count);
}
