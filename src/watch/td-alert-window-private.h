/* td-alert-window-private.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-snapshot.h"

G_BEGIN_DECLS

#define TD_ALERT_WINDOW_US (30 * G_TIME_SPAN_MINUTE)

/* Less than that says little of half an hour. */
#define TD_ALERT_WINDOW_LEAST_US (15 * G_TIME_SPAN_MINUTE)

/**
 * TdAlertWindow:
 *
 * Counters of a queue as they were over the last half hour, so that what was
 * counted in it is known. One thread.
 */
typedef struct _TdAlertWindow TdAlertWindow;

TdAlertWindow *td_alert_window_new (void);
void           td_alert_window_free (TdAlertWindow *self);
void           td_alert_window_push (TdAlertWindow  *self,
                                     gint64          at,
                                     const TdCounts *today);
gboolean       td_alert_window_measure (TdAlertWindow  *self,
                                        gint64          at,
                                        const TdCounts *today,
                                        TdCounts       *counts);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TdAlertWindow, td_alert_window_free)

G_END_DECLS
