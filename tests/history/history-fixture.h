/* history-fixture.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-history.h"

#define MINUTE TD_HISTORY_MINUTE_US
/* 2026-11-20 00:00 UTC, a whole day. */
#define DAY0 (G_GINT64_CONSTANT (1795132800) * G_USEC_PER_SEC)
#define DAY G_TIME_SPAN_DAY

char             *history_make_path (void);
void              history_remove_all (const char *path);
gboolean          history_flush (TdHistory *history,
                                 GError   **error);
void              history_flush_well (TdHistory *history);
TdIntervals      *history_read_range (TdHistory  *history,
                                      const char *queue,
                                      gint64      from,
                                      gint64      to);
const TdInterval *history_find_rows (TdIntervals *intervals,
                                     const char  *queue);
TdHistoryRecords *history_read_records (TdHistory          *history,
                                        TdHistoryRecordKind kind,
                                        const char         *who,
                                        gint64              from,
                                        gint64              to);
void              history_wait_for (TdHistory *history,
                                    gboolean (*probe) (TdHistory *history));
