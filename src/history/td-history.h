/* td-history.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "td-history-records.h"
#include "td-intervals.h"

G_BEGIN_DECLS

#define TD_HISTORY_ERROR (td_history_error_quark ())

/**
 * TdHistoryError:
 * @TD_HISTORY_ERROR_FAILED: the file cannot be read or written
 * @TD_HISTORY_ERROR_FULL: there is no room left
 * @TD_HISTORY_ERROR_READ_ONLY: the file or its folder may not be written to
 * @TD_HISTORY_ERROR_CORRUPT: the file is no database, or a broken one
 * @TD_HISTORY_ERROR_NEWER: a newer version of this program wrote it
 * @TD_HISTORY_ERROR_TAKEN: another program writes to it now
 * @TD_HISTORY_ERROR_INVALID: what was to be imported makes no sense
 */
typedef enum {
  TD_HISTORY_ERROR_FAILED,
  TD_HISTORY_ERROR_FULL,
  TD_HISTORY_ERROR_READ_ONLY,
  TD_HISTORY_ERROR_CORRUPT,
  TD_HISTORY_ERROR_NEWER,
  TD_HISTORY_ERROR_TAKEN,
  TD_HISTORY_ERROR_INVALID,
} TdHistoryError;

GQuark td_history_error_quark (void);

#define TD_HISTORY_MINUTE_US (60 * G_TIME_SPAN_SECOND)

/* Minutes, and rows of records, that wait for a database that cannot be written
 * to; beyond that the oldest are given up, and become gaps. */
#define TD_HISTORY_MAX_PENDING 500000

/**
 * TdHistoryMinute:
 * @queue: id of a queue
 * @start: when the minute began, µs since 1970, a whole minute of UTC
 * @interval: what was counted, with the seconds that were observed
 *
 * One minute of one queue.
 */
typedef struct
{
  const char *queue;
  gint64      start;
  TdInterval  interval;
} TdHistoryMinute;

/**
 * TdHistoryMarkKind:
 * @TD_HISTORY_MARK_INCIDENT: hours that were not normal: a storm, an outage of the grid
 * @TD_HISTORY_MARK_OWN_FAULT: hours in which the centre itself failed: trunk, telephone system
 * @TD_HISTORY_MARK_TEST: hours with test calls
 * @TD_HISTORY_MARK_REGIME: from this moment on, things are otherwise, and that is normal
 */
typedef enum {
  TD_HISTORY_MARK_INCIDENT,
  TD_HISTORY_MARK_OWN_FAULT,
  TD_HISTORY_MARK_TEST,
  TD_HISTORY_MARK_REGIME,
} TdHistoryMarkKind;

/**
 * TdHistoryMark:
 * @id: unique in its history; 0 for one that is not kept yet
 * @kind: what a person said
 * @queue: (nullable): of which queue, or %NULL for the whole centre
 * @from: its begin, µs since 1970
 * @to: its end, exclusive, or %TD_UNKNOWN while it lasts and for a regime
 * @text: (nullable): in a person's words, at most 200 bytes
 *
 * What a person said of some hours. Such hours teach nothing, but a regime.
 */
typedef struct
{
  gint64            id;
  TdHistoryMarkKind kind;
  char             *queue;
  gint64            from;
  gint64            to;
  char             *text;
} TdHistoryMark;

#define TD_HISTORY_MAX_MARKS 2000

TdHistoryMark *td_history_mark_copy (const TdHistoryMark *mark);
void           td_history_mark_free (TdHistoryMark *mark);

#define TD_TYPE_HISTORY (td_history_get_type ())

/**
 * TdHistory:
 *
 * What is remembered of a centre: an SQLite database that one thread writes
 * to, and others read. Belongs to the main thread; writing and reading never
 * block it.
 *
 * Properties, each notified: error-message (why nothing can be written now,
 * translated, or %NULL), notice (what became of a broken database, or %NULL).
 *
 * TdHistory::marks-changed is emitted when td_history_get_marks() has others.
 */
G_DECLARE_FINAL_TYPE (TdHistory, td_history, TD, HISTORY, GObject)

TdHistory  *td_history_new (const char *path);
const char *td_history_get_path (TdHistory *self);
const char *td_history_get_error_message (TdHistory *self);
const char *td_history_get_notice (TdHistory *self);

void     td_history_add_minutes (TdHistory             *self,
                                 const TdHistoryMinute *minutes,
                                 guint                  n_minutes);
void     td_history_add_intervals (TdHistory   *self,
                                   TdIntervals *intervals);
void     td_history_add_records (TdHistory        *self,
                                 TdHistoryRecords *records);
void     td_history_set_retention (TdHistory *self,
                                   guint      minutes_days,
                                   guint      spans_days,
                                   guint      samples_days);
void     td_history_set_max_bytes (TdHistory *self,
                                   gint64     max_bytes);
void     td_history_tidy (TdHistory *self,
                          gint64     now);
void     td_history_flush_async (TdHistory          *self,
                                 GCancellable       *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer            user_data);
gboolean td_history_flush_finish (TdHistory    *self,
                                  GAsyncResult *result,
                                  GError      **error);
void     td_history_close (TdHistory *self);

/**
 * TdHistorySource:
 * @data: what td_history_import_async() was given
 * @error: return location
 *
 * Called on the writer's thread, again and again.
 *
 * Returns: (transfer full) (nullable): the next intervals; %NULL at the end and on an error
 */
typedef TdIntervals *(*TdHistorySource) (gpointer data,
                                         GError **error);

void     td_history_import_async (TdHistory          *self,
                                  TdHistorySource     source,
                                  gpointer            data,
                                  GDestroyNotify      destroy,
                                  GAsyncReadyCallback callback,
                                  gpointer            user_data);
gboolean td_history_import_finish (TdHistory    *self,
                                   GAsyncResult *result,
                                   GError      **error);
void     td_history_get_span_async (TdHistory          *self,
                                    GCancellable       *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer            user_data);
gboolean td_history_get_span_finish (TdHistory    *self,
                                     GAsyncResult *result,
                                     gint64       *from,
                                     gint64       *to,
                                     GError      **error);

void         td_history_read_async (TdHistory          *self,
                                    const char         *queue,
                                    gint64              from,
                                    gint64              to,
                                    GCancellable       *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer            user_data);
TdIntervals *td_history_read_finish (TdHistory    *self,
                                     GAsyncResult *result,
                                     GError      **error);

/**
 * TdHistoryRecordKind:
 * @TD_HISTORY_SPANS: what agents did
 * @TD_HISTORY_AGENT_DAYS: what their days came to
 * @TD_HISTORY_SAMPLES: what was to be seen of the queues, second by second
 * @TD_HISTORY_ALERTS: alerts that were on then, of one thing or of all
 * @TD_HISTORY_DEEDS: what one person or anybody did with incidents then, and all that
 *   was done with those that go on
 */
typedef enum {
  TD_HISTORY_SPANS,
  TD_HISTORY_AGENT_DAYS,
  TD_HISTORY_SAMPLES,
  TD_HISTORY_ALERTS,
  TD_HISTORY_DEEDS,
} TdHistoryRecordKind;

void              td_history_read_records_async (TdHistory          *self,
                                                 TdHistoryRecordKind kind,
                                                 const char         *who,
                                                 gint64              from,
                                                 gint64              to,
                                                 GCancellable       *cancellable,
                                                 GAsyncReadyCallback callback,
                                                 gpointer            user_data);
TdHistoryRecords *td_history_read_records_finish (TdHistory    *self,
                                                  GAsyncResult *result,
                                                  GError      **error);

GPtrArray *td_history_get_marks (TdHistory *self);
gint64     td_history_set_mark (TdHistory           *self,
                                const TdHistoryMark *mark);
void       td_history_remove_mark (TdHistory *self,
                                   gint64     id);

G_END_DECLS
