/* td-history-database-private.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-history.h"

G_BEGIN_DECLS

/**
 * TdHistoryDatabase:
 *
 * The file itself. One thread at a time; each thread opens its own.
 */
typedef struct _TdHistoryDatabase TdHistoryDatabase;

TdHistoryDatabase *td_history_database_open (const char *path,
                                             GError    **error);
TdHistoryDatabase *td_history_database_open_for_reading (const char *path,
                                                         GError    **error);
void               td_history_database_close (TdHistoryDatabase *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TdHistoryDatabase, td_history_database_close)

void         td_history_database_set_limit (TdHistoryDatabase *self,
                                            gint64             max_bytes);
gboolean     td_history_database_add_minutes (TdHistoryDatabase     *self,
                                              const TdHistoryMinute *minutes,
                                              guint                  n_minutes,
                                              GError               **error);
gboolean     td_history_database_add_intervals (TdHistoryDatabase *self,
                                                TdIntervals       *intervals,
                                                GError           **error);
gboolean     td_history_database_import (TdHistoryDatabase *self, TdHistorySource source, gpointer data, GError **error);
gboolean     td_history_database_get_span (TdHistoryDatabase *self, gint64 *from, gint64 *to, GError **error);
gboolean     td_history_database_tidy (TdHistoryDatabase *self,
                                       gint64             pack_before,
                                       gint64             forget_before,
                                       GError           **error);
TdIntervals *td_history_database_read (TdHistoryDatabase *self,
                                       const char        *queue,
                                       gint64             from,
                                       gint64             to,
                                       GError           **error);

gboolean   td_history_database_store_marks (TdHistoryDatabase *self,
                                            GHashTable        *changes,
                                            GError           **error);
GPtrArray *td_history_database_read_marks (TdHistoryDatabase *self,
                                           GError           **error);

gboolean          td_history_database_add_records (TdHistoryDatabase *self,
                                                   GPtrArray         *batches,
                                                   GError           **error);
gboolean          td_history_database_forget_records (TdHistoryDatabase *self,
                                                      gint64             spans_before,
                                                      gint64             days_before,
                                                      gint64             samples_before,
                                                      GError           **error);
TdHistoryRecords *td_history_database_read_records (TdHistoryDatabase  *self,
                                                    TdHistoryRecordKind kind,
                                                    const char         *who,
                                                    gint64              from,
                                                    gint64              to,
                                                    GError            **error);

char *td_history_database_set_aside (const char *path,
                                     GError    **error);

G_END_DECLS
