/* shift-fixture.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "history-fixture.h"
#include "td-outlook.h"
#include "td-simulation.h"

#define HOUR G_TIME_SPAN_HOUR
/* Friday 2026-11-20 00:00 in Asia/Ho_Chi_Minh. */
#define MIDNIGHT (DAY0 - 7 * HOUR)

/* A simulated centre, and what is remembered of it. */
typedef struct
{
  char         *path;
  TdSimulation *simulation;
  TdCentre     *centre;
  TdDay        *day;
  TdHistory    *history;
  TdOutlook    *outlook;
} ShiftFixture;

void          shift_fixture_begin (ShiftFixture *fixture,
                                   gint64        now,
                                   guint         n_queues);
void          shift_fixture_tear_down (ShiftFixture *fixture,
                                       gconstpointer data);
void          shift_fixture_finished_cb (GObject      *object,
                                         GAsyncResult *result,
                                         gpointer      user_data);
GAsyncResult *shift_fixture_wait_for (GAsyncResult **result);
TdIntervals  *shift_fixture_remember (ShiftFixture *fixture,
                                      gint64        from,
                                      gint64        to);
void          shift_fixture_add_alert (ShiftFixture *fixture,
                                       gint64        id,
                                       const char   *title,
                                       gint64        from,
                                       gint64        to,
                                       const char   *owner);
