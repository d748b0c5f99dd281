/* td-history-worker-private.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-history.h"

G_BEGIN_DECLS

typedef enum {
  TD_HISTORY_JOB_MINUTES,
  TD_HISTORY_JOB_INTERVALS,
  TD_HISTORY_JOB_RECORDS,
  TD_HISTORY_JOB_MARK,
  TD_HISTORY_JOB_TIDY,
  TD_HISTORY_JOB_LIMIT,
  TD_HISTORY_JOB_FLUSH,
  TD_HISTORY_JOB_IMPORT,
  TD_HISTORY_JOB_CLOSE,
} TdHistoryJobKind;

/* What the main thread gives the writer to do, in its order. */
typedef struct
{
  TdHistoryJobKind  kind;
  GArray           *minutes;   /* (element-type TdHistoryMinute) (nullable) (owned) */
  TdIntervals      *intervals; /* (nullable) (owned) */
  TdHistoryRecords *records;   /* (nullable) (owned) */
  TdHistoryMark    *mark;      /* (nullable) (owned): NULL where the one with @id goes */
  gint64            id;
  gint64            now;
  guint             days;
  guint             spans_days;
  guint             samples_days;
  gint64            bytes;
  TdHistorySource   source;
  gpointer          data;
  GDestroyNotify    destroy;
  GTask            *task; /* (nullable) (owned) */
} TdHistoryJob;

GArray  *td_history_minutes_new (void);
void     td_history_job_free (TdHistoryJob *job);
GThread *td_history_worker_start (TdHistory   *history,
                                  const char  *path,
                                  GAsyncQueue *jobs);

/* Returns FALSE, with @job freed and its task answered, once the history is closed. */
gboolean td_history_push_job (TdHistory *self, TdHistoryJob *job);

/* What it tells the main thread. */
void td_history_take_words (TdHistory  *self,
                            gboolean    is_notice,
                            const char *text);
void td_history_take_marks (TdHistory *self,
                            GPtrArray *marks);

G_END_DECLS
