/* td-queue-standing.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-queue-standing.h"

#include <math.h>

/**
 * td_queue_standing_read:
 * @self: (out caller-allocates): the standing
 * @centre: a centre
 * @queue: one of its queues
 * @now: the source's time, µs since 1970
 */
void
td_queue_standing_read (TdQueueStanding *self,
                        TdCentre        *centre,
                        TdQueue         *queue,
                        gint64           now)
{
  const TdQueueInfo *info = td_queue_get_info (queue);

  self->queue = queue;
  td_totals_of_queue (centre, queue, now, &self->totals);
  self->wait_ms = td_metrics_age_ms (self->totals.longest_since, now);
  self->level = td_metrics_service_level (td_centre_get_service_level_formula (centre), &self->totals.today, self->totals.waiting_beyond);
  self->serving = TD_IS_KNOWN (info->serving) ? info->serving : self->totals.agents.serving;

  self->wait_severity = td_severity_of_wait (self->wait_ms);
  self->level_severity = td_severity_of_service_level (self->level, td_centre_get_service_level_target (centre, queue));

  /* A bad morning must not hide who waits now: the day's level alone makes a
   * queue amber at most. */
  self->severity = MAX (self->wait_severity, MIN (self->level_severity, TD_SEVERITY_AMBER));
  self->deviation = NAN;
  self->rate_severity = TD_SEVERITY_NORMAL;
}

/**
 * td_queue_standing_set_rate:
 * @self: a standing
 * @deviation: the last 15 minutes ÷ what is normal for them − 1, or NAN
 * @severity: how that is judged
 *
 * A surge alone makes a queue amber: red is for callers who wait.
 */
void
td_queue_standing_set_rate (TdQueueStanding *self,
                            double           deviation,
                            TdSeverity       severity)
{
  self->deviation = deviation;
  self->rate_severity = severity;
  self->severity = MAX (self->severity, MIN (severity, TD_SEVERITY_AMBER));
}

/**
 * td_queue_standing_compare:
 * @a: a standing
 * @b: another
 *
 * Returns: less than 0 where @a needs a person more than @b; 0 leaves them in
 *   their order
 */
int
td_queue_standing_compare (const TdQueueStanding *a,
                           const TdQueueStanding *b)
{
  if (a->severity != b->severity)
    return a->severity > b->severity ? -1 : 1;
  if (a->wait_ms != b->wait_ms)
    return a->wait_ms > b->wait_ms ? -1 : 1;
  if (a->totals.waiting != b->totals.waiting)
    return a->totals.waiting > b->totals.waiting ? -1 : 1;
  if (isnan (a->level) || isnan (b->level))
    return !isnan (b->level) - !isnan (a->level);
  if (a->level < b->level || a->level > b->level)
    return a->level < b->level ? -1 : 1;

  return 0;
}
