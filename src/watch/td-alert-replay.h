/* td-alert-replay.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-alert-rule.h"
#include "td-history-records.h"
#include "td-intervals.h"
#include "td-metrics.h"

G_BEGIN_DECLS

#define TD_ALERT_REPLAY_STEP_US (5 * G_TIME_SPAN_SECOND)

/**
 * TdAlertReplay:
 *
 * Holds what was recorded of a day against one rule, with an engine of its
 * own, so that a person sees how often a rule would have been raised. Samples
 * are looked at every five seconds, and a value that lasted for less may be
 * missed. Used by one thread at a time.
 */
typedef struct _TdAlertReplay TdAlertReplay;

TdAlertReplay *td_alert_replay_new (const TdAlertRule    *rule,
                                    gint64                midnight,
                                    guint                 opens,
                                    guint                 closes,
                                    TdServiceLevelFormula formula);
void           td_alert_replay_free (TdAlertReplay *self);
gboolean       td_alert_replay_reads_samples (const TdAlertRule *rule);
gboolean       td_alert_replay_reads_minutes (const TdAlertRule *rule);
void           td_alert_replay_add_queue (TdAlertReplay *self,
                                          const char    *queue,
                                          const char    *hotline);
void           td_alert_replay_feed_samples (TdAlertReplay    *self,
                                             TdHistoryRecords *records,
                                             gint64            until);
void           td_alert_replay_feed_minutes (TdAlertReplay *self,
                                             TdIntervals   *minutes);
guint          td_alert_replay_get_n_raised (TdAlertReplay *self);
gint64         td_alert_replay_get_last (TdAlertReplay *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TdAlertReplay, td_alert_replay_free)

G_END_DECLS
