/* td-helpers.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-agent-judge.h"
#include "td-centre.h"

G_BEGIN_DECLS

/**
 * TdHelpers:
 * @available: agents who can take a call now
 * @paused: agents who are paused
 * @paused_too_long: of these, longer than the limit of their pause
 * @paused_since: since when the one is paused who is so for the longest, µs since 1970, or %TD_UNKNOWN
 * @unreachable: agents who should work, and whose line is gone
 * @absent: agents who are not signed in although their shift goes on
 * @queue: (nullable) (unowned): the queue whose callers wait the longest while those
 *   who are available all serve other queues
 *
 * Who could help at one moment.
 */
typedef struct
{
  guint    available;
  guint    paused;
  guint    paused_too_long;
  gint64   paused_since;
  guint    unreachable;
  guint    absent;
  TdQueue *queue;
} TdHelpers;

void td_helpers_find (TdCentre     *centre,
                      TdAgentJudge *judge,
                      gint64        now,
                      TdHelpers    *helpers);

TdQueue *td_helpers_find_queue (TdCentre *centre);
guint    td_helpers_count_available (TdCentre *centre,
                                     TdQueue  *queue);
gboolean td_helpers_serves (const TdAgentInfo *info,
                            const char        *queue);
gboolean td_helpers_is_in_shift (const TdAgentInfo *info,
                                 gint64             now);

G_END_DECLS
