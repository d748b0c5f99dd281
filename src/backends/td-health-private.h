/* td-health-private.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-poller.h"

G_BEGIN_DECLS

/**
 * TdHealthFacts:
 * @refused: the last answer refused the credentials
 * @interval_us: from the start of one poll to that of the next
 * @started: when the polling began
 * @last_good: when the last good answer came, or %TD_UNKNOWN
 * @unreachable_since: since when each connection failed, or %TD_UNKNOWN
 * @held_until: until when the source may hold the request in flight, or %TD_UNKNOWN
 *
 * What a health is judged by. Times are of the monotonic clock, µs.
 */
typedef struct
{
  gboolean refused;
  gint64   interval_us;
  gint64   started;
  gint64   last_good;
  gint64   unreachable_since;
  gint64   held_until;
} TdHealthFacts;

TdHealth td_health_judge (const TdHealthFacts *facts,
                          gint64               now,
                          gint64              *until);

gint64 td_health_back_off_ms (guint    interval_ms,
                              guint    n_failures,
                              gboolean refused,
                              guint    retry_after_s,
                              double   luck);

G_END_DECLS
