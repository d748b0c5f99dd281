/* td-staffing-desk.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-centre.h"
#include "td-day.h"
#include "td-erlang.h"
#include "td-outlook.h"
#include "td-releases.h"

G_BEGIN_DECLS

/* Calls that must have been handled today before their mean says something. */
#define TD_STAFFING_DESK_ENOUGH_CALLS 30

/* How far ahead a need is looked for. */
#define TD_STAFFING_DESK_N_HORIZONS 2

/**
 * TdStaffingNeed:
 * @known: the rest is known; else it is nothing
 * @at: begin of the 15 minutes it is about, µs since 1970
 * @by_forecast: the calls are those of the forecast; else as many as in the last
 *   15 minutes, and @low and @high are @needed
 * @is_surge: more call now than chance explains, and that is taken to halve every half hour
 * @needed: agents who have to serve for the service level
 * @low: those needed at the lower end of the forecast's 80 % band, where a surge is over at once
 * @high: those needed at its upper end, where a surge stays
 * @serving: agents who serve then: by the shifts and what was announced, and if
 *   as many of them pause as do now
 *
 * How many agents a quarter of an hour takes.
 */
typedef struct
{
  gboolean known;
  gint64   at;
  gboolean by_forecast;
  gboolean is_surge;
  guint    needed;
  guint    low;
  guint    high;
  guint    serving;
} TdStaffingNeed;

/**
 * TdStaffingOutlook:
 * @now: the 15 minutes that begin now
 * @ahead: of the quarters of an hour that end within 30 and within 60 minutes, the one
 *   that lacks the most
 *
 * What is needed, now and soon.
 */
typedef struct
{
  TdStaffingNeed now;
  TdStaffingNeed ahead[TD_STAFFING_DESK_N_HORIZONS];
} TdStaffingOutlook;

guint td_staffing_need_get_missing (const TdStaffingNeed *need);
guint td_staffing_desk_get_horizon (guint index);

#define TD_TYPE_STAFFING_DESK (td_staffing_desk_get_type ())

/**
 * TdStaffingDesk:
 *
 * What comes to a centre, how long a call takes, how long a caller waits
 * before hanging up, and so what a number of agents will achieve. The centre is
 * taken as one group whose agents can take every call: where they cannot, the
 * truth is different, and the screen says so. Held against the simulated
 * centre, hour by hour, the service level is off by 4 points on normal days and by
 * 10 where far too few serve (tests/demo/test-erlang-centre.c). Of the main
 * thread alone.
 */
G_DECLARE_FINAL_TYPE (TdStaffingDesk, td_staffing_desk, TD, STAFFING_DESK, GObject)

TdStaffingDesk *td_staffing_desk_new (TdCentre  *centre,
                                      TdDay     *day,
                                      TdOutlook *outlook);

void     td_staffing_desk_get_goal (TdStaffingDesk *self,
                                    TdServiceGoal  *goal);
double   td_staffing_desk_get_patience (TdStaffingDesk *self);
gboolean td_staffing_desk_get_handling (TdStaffingDesk *self,
                                        TdTraffic      *traffic);
gboolean td_staffing_desk_get_traffic (TdStaffingDesk *self,
                                       gint64          from,
                                       guint           minutes,
                                       TdTraffic      *traffic);
gboolean td_staffing_desk_is_surge (TdStaffingDesk *self);
double   td_staffing_desk_get_service_level (TdStaffingDesk *self,
                                             gint64          from,
                                             guint           agents);
void     td_staffing_desk_get_outlook (TdStaffingDesk    *self,
                                       TdReleases        *announced,
                                       TdStaffingOutlook *outlook);

G_END_DECLS
