/* td-info.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-snapshot.h"

#include <math.h>

void
td_centre_info_init (TdCentreInfo *info)
{
  *info = (TdCentreInfo){
    .day_start = TD_UNKNOWN,
    .counted_since = TD_UNKNOWN,
    .service_level_ms = TD_UNKNOWN,
    .service_level_target = NAN,
    .short_abandon_ms = TD_UNKNOWN,
  };
}

void
td_queue_info_init (TdQueueInfo *info)
{
  *info = (TdQueueInfo){
    .waiting = TD_UNKNOWN,
    .longest_since = TD_UNKNOWN,
    .serving = TD_UNKNOWN,
    .offered_15min = TD_UNKNOWN,
    .service_level_ms = TD_UNKNOWN,
    .service_level_target = NAN,
    .today = TD_COUNTS_UNKNOWN,
  };
}

void
td_agent_info_init (TdAgentInfo *info)
{
  *info = (TdAgentInfo){
    .since = TD_UNKNOWN,
    .call_since = TD_UNKNOWN,
    .call_wait_ms = TD_UNKNOWN,
    .answered = TD_UNKNOWN,
    .no_answer = TD_UNKNOWN,
    .talk_ms = TD_UNKNOWN,
    .hold_ms = TD_UNKNOWN,
    .wrap_up_ms = TD_UNKNOWN,
    .ringing_ms = TD_UNKNOWN,
    .available_ms = TD_UNKNOWN,
    .paused_ms = TD_UNKNOWN,
    .shift_start = TD_UNKNOWN,
    .shift_end = TD_UNKNOWN,
  };
}

void
td_caller_info_init (TdCallerInfo *info)
{
  *info = (TdCallerInfo){
    .position = TD_UNKNOWN,
    .since = TD_UNKNOWN,
  };
}

static gboolean
equal_doubles (double a,
               double b)
{
  return a == b || (isnan (a) && isnan (b));
}

static gboolean
equal_strings (const char *a,
               const char *b)
{
  return a == b || g_strcmp0 (a, b) == 0;
}

static gboolean
equal_counts (const TdCounts *a,
              const TdCounts *b)
{
  for (guint i = 0; i < TD_N_COUNTS_FIELDS; i++)
    {
      if (G_STRUCT_MEMBER (gint64, a, td_counts_fields[i].offset) !=
          G_STRUCT_MEMBER (gint64, b, td_counts_fields[i].offset))
        return FALSE;
    }

  return TRUE;
}

static gboolean
equal_releases (const TdCentreInfo *a,
                const TdCentreInfo *b)
{
  if (a->n_releases != b->n_releases)
    return FALSE;

  for (guint i = 0; i < a->n_releases; i++)
    {
      if (a->releases[i].at != b->releases[i].at || a->releases[i].place != b->releases[i].place ||
          a->releases[i].agents != b->releases[i].agents ||
          !equal_strings (a->releases[i].employer, b->releases[i].employer))
        return FALSE;
    }

  return TRUE;
}

gboolean
td_centre_info_equal (const TdCentreInfo *a,
                      const TdCentreInfo *b)
{
  return a->day_start == b->day_start &&
         a->counted_since == b->counted_since &&
         a->service_level_ms == b->service_level_ms &&
         equal_doubles (a->service_level_target, b->service_level_target) &&
         a->short_abandon_ms == b->short_abandon_ms &&
         equal_releases (a, b) &&
         equal_strings (a->name, b->name) &&
         equal_strings (a->timezone, b->timezone) &&
         equal_strings (a->scenario, b->scenario);
}

gboolean
td_queue_info_equal (const TdQueueInfo *a,
                     const TdQueueInfo *b)
{
  return a->waiting == b->waiting &&
         a->longest_since == b->longest_since &&
         a->serving == b->serving &&
         a->offered_15min == b->offered_15min &&
         a->service_level_ms == b->service_level_ms &&
         equal_doubles (a->service_level_target, b->service_level_target) &&
         equal_counts (&a->today, &b->today) &&
         a->estimated == b->estimated &&
         equal_strings (a->id, b->id) &&
         equal_strings (a->name, b->name) &&
         equal_strings (a->hotline, b->hotline) &&
         equal_strings (a->reason, b->reason) &&
         equal_strings (a->area, b->area);
}

static gboolean
equal_queue_lists (const TdAgentInfo *a,
                   const TdAgentInfo *b)
{
  if (a->n_queues != b->n_queues)
    return FALSE;

  for (guint i = 0; i < a->n_queues; i++)
    {
      if (!equal_strings (a->queues[i], b->queues[i]))
        return FALSE;
    }

  return TRUE;
}

gboolean
td_agent_info_equal (const TdAgentInfo *a,
                     const TdAgentInfo *b)
{
  return a->state == b->state &&
         a->since == b->since &&
         a->since_inexact == b->since_inexact &&
         a->on_hold == b->on_hold &&
         a->place == b->place &&
         a->call_since == b->call_since &&
         a->call_wait_ms == b->call_wait_ms &&
         a->answered == b->answered &&
         a->no_answer == b->no_answer &&
         a->talk_ms == b->talk_ms &&
         a->hold_ms == b->hold_ms &&
         a->wrap_up_ms == b->wrap_up_ms &&
         a->ringing_ms == b->ringing_ms &&
         a->available_ms == b->available_ms &&
         a->paused_ms == b->paused_ms &&
         a->shift_start == b->shift_start &&
         a->shift_end == b->shift_end &&
         equal_strings (a->id, b->id) &&
         equal_strings (a->name, b->name) &&
         equal_strings (a->team, b->team) &&
         equal_strings (a->employer, b->employer) &&
         equal_strings (a->seat, b->seat) &&
         equal_strings (a->extension, b->extension) &&
         equal_strings (a->reason, b->reason) &&
         equal_strings (a->call_queue, b->call_queue) &&
         equal_strings (a->call_number, b->call_number) &&
         equal_strings (a->call_reason, b->call_reason) &&
         equal_strings (a->call_area, b->call_area) &&
         equal_strings (a->shift_name, b->shift_name) &&
         equal_queue_lists (a, b);
}

gboolean
td_caller_info_equal (const TdCallerInfo *a,
                      const TdCallerInfo *b)
{
  return a->position == b->position &&
         a->since == b->since &&
         equal_strings (a->id, b->id) &&
         equal_strings (a->queue, b->queue) &&
         equal_strings (a->number, b->number) &&
         equal_strings (a->reason, b->reason) &&
         equal_strings (a->area, b->area);
}
