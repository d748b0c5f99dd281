/* td-watch.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-agent-judge.h"
#include "td-alert-desk.h"
#include "td-backend.h"
#include "td-centre.h"
#include "td-day.h"
#include "td-history.h"
#include "td-outlook.h"
#include "td-poller.h"
#include "td-releases.h"
#include "td-staffing-desk.h"
#include "td-supervisor.h"
#include "td-trail.h"
#include "td-wait-check.h"

G_BEGIN_DECLS

#define TD_TYPE_WATCH (td_watch_get_type ())

/**
 * TdWatch:
 *
 * A centre that is being watched: backend, poller, centre and today's minutes,
 * run together, with what is remembered of it and what is normal for it, and
 * without GTK. Back-fills the day from the source's intervals at
 * the start and after every gap. Belongs to the main thread.
 */
G_DECLARE_FINAL_TYPE (TdWatch, td_watch, TD, WATCH, GObject)

TdWatch *td_watch_new (TdBackend  *backend,
                       const char *history_path);
void     td_watch_start (TdWatch *self);
void     td_watch_stop (TdWatch *self);

TdBackend    *td_watch_get_backend (TdWatch *self);
TdPoller     *td_watch_get_poller (TdWatch *self);
TdCentre     *td_watch_get_centre (TdWatch *self);
TdDay        *td_watch_get_day (TdWatch *self);
TdTrail      *td_watch_get_trail (TdWatch *self);
TdSupervisor *td_watch_get_supervisor (TdWatch *self);
TdHistory    *td_watch_get_history (TdWatch *self);
TdOutlook    *td_watch_get_outlook (TdWatch *self);
gboolean      td_watch_is_filling (TdWatch *self);
TdAgentJudge *td_watch_get_judge (TdWatch *self);
TdReleases   *td_watch_get_releases (TdWatch *self);
gint64        td_watch_get_now (TdWatch *self);
gint64        td_watch_get_last_heard (TdWatch *self,
                                       gint64  *now);
TdAlertDesk  *td_watch_get_alerts (TdWatch *self);

TdStaffingDesk *td_watch_get_staffing (TdWatch *self);
TdWaitCheck    *td_watch_get_waits (TdWatch *self);

G_END_DECLS
