/* td-history-sqlite-private.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <sqlite3.h>

#include "td-history-database-private.h"

G_BEGIN_DECLS

/* What the files of the database share. */

enum {
  TD_HISTORY_ADD_QUEUE,
  TD_HISTORY_ADD_AGENT,
  TD_HISTORY_ADD_MINUTE,
  TD_HISTORY_BEGIN,
  TD_HISTORY_COMMIT,
  TD_HISTORY_N_STATEMENTS
};

struct _TdHistoryDatabase
{
  sqlite3      *db;
  sqlite3_stmt *statements[TD_HISTORY_N_STATEMENTS];
  GHashTable   *queues;  /* queue id (string) -> its number */
  GHashTable   *agents;  /* agent id (string) -> its number */
  int           lock;    /* a file that the one writer holds, or -1 */
  gint64        version; /* of the schema */
};

typedef gboolean (*TdHistoryWork) (TdHistoryDatabase *self,
                                   gpointer           data,
                                   GError           **error);

gboolean td_history_database_set_error (TdHistoryDatabase *self,
                                        int                code,
                                        GError           **error);
gboolean td_history_database_execute (TdHistoryDatabase *self,
                                      const char        *text,
                                      GError           **error);
gboolean td_history_database_run (TdHistoryDatabase *self,
                                  guint              index,
                                  GError           **error);
gboolean td_history_database_prepare (TdHistoryDatabase *self,
                                      const char        *text,
                                      sqlite3_stmt     **statement,
                                      GError           **error);
gboolean td_history_database_in_transaction (TdHistoryDatabase *self,
                                             TdHistoryWork      work,
                                             gpointer           data,
                                             GError           **error);

gboolean td_history_database_find_name (TdHistoryDatabase *self,
                                        guint              statement_index,
                                        const char        *name,
                                        gint64            *id,
                                        GError           **error);

/* A number that may be unknown. */
void     td_history_sqlite_bind_number (sqlite3_stmt *statement,
                                        int           index,
                                        gint64        value);
gint64   td_history_sqlite_get_number (sqlite3_stmt *statement,
                                       int           column);
gboolean td_history_database_step (TdHistoryDatabase *self,
                                   sqlite3_stmt      *statement,
                                   GError           **error);

#define TD_HISTORY_ALERTS_SINCE_VERSION 4

extern const char td_history_question_alerts[];
extern const char td_history_question_deeds[];

gboolean td_history_database_add_alerts (TdHistoryDatabase *self,
                                         TdHistoryRecords  *records,
                                         GError           **error);
void     td_history_read_alert (TdHistoryRecords *records,
                                sqlite3_stmt     *statement);
void     td_history_read_deed (TdHistoryRecords *records,
                               sqlite3_stmt     *statement);

G_END_DECLS
