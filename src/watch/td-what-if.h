/* td-what-if.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-staff-plan.h"
#include "td-staffing-desk.h"
#include "td-transient.h"

G_BEGIN_DECLS

/* Minutes that are looked at. */
#define TD_WHAT_IF_MINUTES 60

/**
 * TdWhatIfState:
 * @TD_WHAT_IF_READY: all that is needed is known
 * @TD_WHAT_IF_NO_AGENTS: nobody is signed in, or the source does not list its agents
 * @TD_WHAT_IF_NO_CALLS: fewer than %TD_STAFFING_DESK_ENOUGH_CALLS were handled today
 * @TD_WHAT_IF_NO_WAITING: the source does not tell who waits
 * @TD_WHAT_IF_NO_RATE: there is neither a forecast nor a count of the last minutes
 *
 * Whether anything can be said, or what is missing.
 */
typedef enum {
  TD_WHAT_IF_READY,
  TD_WHAT_IF_NO_AGENTS,
  TD_WHAT_IF_NO_CALLS,
  TD_WHAT_IF_NO_WAITING,
  TD_WHAT_IF_NO_RATE
} TdWhatIfState;

/**
 * TdWhatIf:
 * @now: the moment it begins with, µs since 1970
 * @from: begin of the hour that is looked at: @now, or when some leave
 * @traffic: what comes in that hour
 * @by_forecast: the rate is that of the forecast; else that of the last 15 minutes
 * @is_surge: the rate holds what a surge is taken to bring still, which halves every half hour
 * @calls: callers who are served, wrapped up or wait at @now
 * @agents: who serve now
 * @then: who will serve from @from on, by the shifts and by what was announced
 * @leaving: of those, how many leave at @from who are chosen to
 * @goal: the service level to reach
 *
 * A centre at one moment, and what may become of the hour after it. A plain
 * value: a change is made to a copy.
 */
typedef struct
{
  gint64        now;
  gint64        from;
  TdTraffic     traffic;
  gboolean      by_forecast;
  gboolean      is_surge;
  guint         calls;
  guint         agents;
  guint         then;
  guint         leaving;
  TdServiceGoal goal;
} TdWhatIf;

TdWhatIfState td_what_if_begin (TdWhatIf        *self,
                                TdCentre        *centre,
                                TdStaffingDesk  *desk,
                                TdReleases      *announced,
                                gint64           now,
                                const TdRelease *leave);
gboolean      td_what_if_expect (const TdWhatIf    *self,
                                 TdExpectedService *service);

G_END_DECLS
