/* td-staffing-desk.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-centre.h"
#include "td-day.h"
#include "td-erlang.h"
#include "td-outlook.h"

G_BEGIN_DECLS

/* Calls that must have been handled today before their mean says something. */
#define TD_STAFFING_DESK_ENOUGH_CALLS 30

#define TD_TYPE_STAFFING_DESK (td_staffing_desk_get_type ())

/**
 * TdStaffingDesk:
 *
 * What comes to a centre, how long a call takes, how long a caller waits
 * before hanging up, and so what a number of agents will achieve. The centre is
 * taken as one group whose agents can take every call: where they cannot, the
 * truth is somewhat worse, and the screen says so. Of the main thread alone.
 */
G_DECLARE_FINAL_TYPE (TdStaffingDesk, td_staffing_desk, TD, STAFFING_DESK, GObject)

TdStaffingDesk *td_staffing_desk_new (TdCentre  *centre,
                                      TdDay     *day,
                                      TdOutlook *outlook);

void     td_staffing_desk_get_goal (TdStaffingDesk *self,
                                    TdServiceGoal  *goal);
double   td_staffing_desk_get_patience (TdStaffingDesk *self);
gboolean td_staffing_desk_get_traffic (TdStaffingDesk *self,
                                       gint64          from,
                                       guint           minutes,
                                       TdTraffic      *traffic);
double   td_staffing_desk_get_service_level (TdStaffingDesk *self,
                                             gint64          from,
                                             guint           agents);

G_END_DECLS
