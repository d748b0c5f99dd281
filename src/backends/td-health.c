/* td-health.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-health-private.h"

#define LOST_AFTER_US (30 * G_TIME_SPAN_SECOND)
#define LIVE_POLLS 3
#define BACK_OFF_MAX_MS 30000
#define REFUSED_FACTOR 5
#define RETRY_AFTER_MAX_S 300

G_DEFINE_ENUM_TYPE (TdHealth,
                    td_health,
                    G_DEFINE_ENUM_VALUE (TD_HEALTH_CONNECTING, "connecting"),
                    G_DEFINE_ENUM_VALUE (TD_HEALTH_LIVE, "live"),
                    G_DEFINE_ENUM_VALUE (TD_HEALTH_STALE, "stale"),
                    G_DEFINE_ENUM_VALUE (TD_HEALTH_LOST, "lost"),
                    G_DEFINE_ENUM_VALUE (TD_HEALTH_REFUSED, "refused"))

/**
 * td_health_judge:
 * @facts: what is known
 * @now: the monotonic clock, µs
 * @until: (out): when time alone will make it another health, or %TD_UNKNOWN
 *
 * Pure; any thread. A source that holds its answer has nothing new to say, so
 * its data are as fresh as can be.
 *
 * Returns: the health of a source that is polled
 */
TdHealth
td_health_judge (const TdHealthFacts *facts,
                 gint64               now,
                 gint64              *until)
{
  gint64   margin = LIVE_POLLS * facts->interval_us;
  gboolean answered = facts->last_good != TD_UNKNOWN;
  gint64   live_until, lost_at;

  *until = TD_UNKNOWN;

  if (facts->refused)
    return TD_HEALTH_REFUSED;

  live_until = MAX (facts->last_good, facts->held_until) + margin;
  if (answered && now < live_until)
    {
      *until = live_until;
      return TD_HEALTH_LIVE;
    }

  lost_at = (answered ? facts->last_good : facts->started) + LOST_AFTER_US;
  if (facts->unreachable_since != TD_UNKNOWN)
    lost_at = MIN (lost_at, facts->unreachable_since + margin);

  if (now >= lost_at)
    return TD_HEALTH_LOST;

  *until = lost_at;

  return answered ? TD_HEALTH_STALE : TD_HEALTH_CONNECTING;
}

/**
 * td_health_back_off_ms:
 * @interval_ms: from the start of one poll to that of the next
 * @n_failures: polls that failed in a row, this one included
 * @refused: the credentials were refused
 * @retry_after_s: seconds for which the source asked to be left alone, or 0
 * @luck: a random number from 0 up to 1
 *
 * Full jitter between the interval and twice as much for each failure, so that
 * the desks of a centre do not all come back in the same instant. Credentials
 * do not mend themselves, so a refusal is tried five times as slowly. Pure.
 *
 * Returns: milliseconds to wait, 30 s at most unless the source asked for more
 */
gint64
td_health_back_off_ms (guint    interval_ms,
                       guint    n_failures,
                       gboolean refused,
                       guint    retry_after_s,
                       double   luck)
{
  gint64 max = MAX (BACK_OFF_MAX_MS, (gint64)interval_ms);
  gint64 least = interval_ms;
  gint64 most = MIN ((gint64)interval_ms << MIN (n_failures, 16), max);
  gint64 asked = (gint64)MIN (retry_after_s, RETRY_AFTER_MAX_S) * 1000;
  gint64 delay;

  if (refused)
    {
      least = MIN (REFUSED_FACTOR * least, max);
      most = MIN (REFUSED_FACTOR * most, max);
    }

  delay = least + (gint64)(luck * (double)(most - least));

  return MAX (delay, asked + (gint64)(luck * (double)asked / 10));
}
