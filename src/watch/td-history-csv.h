/* td-history-csv.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-history.h"

G_BEGIN_DECLS

/**
 * TdHistoryCsv:
 *
 * A file of counted history: comma-separated text in UTF-8 with a header, a
 * row a queue and slot. Its columns are those of td_history_csv_header, in any
 * order, of which "timestamp" and "offered" (or "calls") are required; without
 * a column "queue" all of it is of one queue. A slot's length is deduced from
 * the timestamps, and divides a day. One thread at a time.
 */
typedef struct _TdHistoryCsv TdHistoryCsv;

extern const char td_history_csv_header[];
extern const char td_history_csv_spans_header[];

TdHistoryCsv *td_history_csv_open (const char *path,
                                   GTimeZone  *zone,
                                   const char *queue,
                                   GError    **error);
void          td_history_csv_free (TdHistoryCsv *self);
TdIntervals  *td_history_csv_read (gpointer data,
                                   GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TdHistoryCsv, td_history_csv_free)

gboolean td_history_csv_write (TdIntervals   *intervals,
                               GTimeZone     *zone,
                               GOutputStream *stream,
                               GCancellable  *cancellable,
                               GError       **error);
gboolean td_history_csv_write_spans (TdHistoryRecords *records,
                                     gint64            from,
                                     GTimeZone        *zone,
                                     GOutputStream    *stream,
                                     GCancellable     *cancellable,
                                     GError          **error);

G_END_DECLS
