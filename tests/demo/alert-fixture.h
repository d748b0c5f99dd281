/* alert-fixture.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "history-fixture.h"
#include "td-alert-desk.h"
#include "td-simulation.h"

#define SECOND G_TIME_SPAN_SECOND
#define HOUR G_TIME_SPAN_HOUR
/* Tuesday 2026-11-24 00:00 in Asia/Ho_Chi_Minh. */
#define START (G_GINT64_CONSTANT (1795453200) * SECOND)

/* The simulated centre at 08:00 of a day, with what was before, and all that
 * its alerts are judged by. */
typedef struct
{
  char           *path;
  TdSimulation   *simulation;
  TdCentre       *centre;
  TdDay          *day;
  TdHistory      *history;
  TdOutlook      *outlook;
  TdAgentJudge   *judge;
  TdAlertDesk    *desk;
  TdStaffingDesk *staffing;
  GPtrArray      *raised;    /* (element-type TdAlert): in the order in which they were told */
  guint           n_minutes; /* that the outlook took in */
  guint           n_incidents[TD_N_ALERT_LEVELS];
} AlertFixture;

void alert_fixture_set_up (AlertFixture *fixture,
                           gconstpointer data);
void alert_fixture_tear_down (AlertFixture *fixture,
                              gconstpointer data);
void alert_fixture_play (AlertFixture *fixture,
                         gint64        length,
                         gint64        step,
                         guint         minutes);
void alert_fixture_set_scenario (AlertFixture *fixture,
                                 const char   *name);
