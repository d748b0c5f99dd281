/* td-history-database-marks.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-history-mark-private.h"
#include "td-history-sqlite-private.h"

/* The first version of the schema that knows them. */
#define SINCE_VERSION 2

static void
bind_text (sqlite3_stmt *statement,
           int           index,
           const char   *text)
{
  sqlite3_bind_text (statement, index, text, -1, SQLITE_STATIC);
}

/* Puts one, or removes it where @mark is NULL. */
static gboolean
store_mark (TdHistoryDatabase   *self,
            sqlite3_stmt        *put,
            sqlite3_stmt        *remove,
            gint64               id,
            const TdHistoryMark *mark,
            GError             **error)
{
  sqlite3_stmt *statement = mark != NULL ? put : remove;
  int           code;

  sqlite3_bind_int64 (statement, 1, id);
  if (mark != NULL)
    {
      sqlite3_bind_int (statement, 2, (int)mark->kind);
      bind_text (statement, 3, mark->queue);
      sqlite3_bind_int64 (statement, 4, mark->from);
      if (TD_IS_KNOWN (mark->to))
        sqlite3_bind_int64 (statement, 5, mark->to);
      else
        sqlite3_bind_null (statement, 5);
      bind_text (statement, 6, mark->text);
    }
  code = sqlite3_step (statement);
  sqlite3_reset (statement);
  sqlite3_clear_bindings (statement);

  return code == SQLITE_DONE || td_history_database_set_error (self, code, error);
}

static gboolean
store_marks (TdHistoryDatabase *self,
             gpointer           data,
             GError           **error)
{
  GHashTable    *changes = data;
  sqlite3_stmt  *put = NULL, *remove = NULL;
  GHashTableIter iter;
  gpointer       id, mark;
  gboolean       done;

  done = td_history_database_prepare (self, "INSERT OR REPLACE INTO marks VALUES (?1, ?2, ?3, ?4, ?5, ?6)", &put, error) &&
         td_history_database_prepare (self, "DELETE FROM marks WHERE id = ?1", &remove, error);

  g_hash_table_iter_init (&iter, changes);
  while (done && g_hash_table_iter_next (&iter, &id, &mark))
    done = store_mark (self, put, remove, *(const gint64 *)id, mark, error);

  sqlite3_finalize (put);
  sqlite3_finalize (remove);

  return done;
}

/**
 * td_history_database_store_marks:
 * @self: a database that was opened to write
 * @changes: (element-type gint64 TdHistoryMark): what became of the mark with
 *   an id; %NULL where it was removed
 * @error: return location; %TD_HISTORY_ERROR
 *
 * Returns: whether all of it is on the disk
 */
gboolean
td_history_database_store_marks (TdHistoryDatabase *self,
                                 GHashTable        *changes,
                                 GError           **error)
{
  return g_hash_table_size (changes) == 0 ||
         td_history_database_in_transaction (self, store_marks, changes, error);
}

/**
 * td_history_database_read_marks:
 * @self: a database
 * @error: return location; %TD_HISTORY_ERROR
 *
 * Returns: (transfer full) (nullable) (element-type TdHistoryMark): the marks;
 *   one that makes no sense is left out
 */
GPtrArray *
td_history_database_read_marks (TdHistoryDatabase *self,
                                GError           **error)
{
  g_autoptr (GPtrArray) marks = td_history_marks_new ();
  sqlite3_stmt *statement = NULL;
  int           code = SQLITE_DONE;

  if (self->version < SINCE_VERSION)
    return g_steal_pointer (&marks);

  if (!td_history_database_prepare (self, "SELECT id, kind, queue, \"from\", \"to\", text FROM marks ORDER BY \"from\", id",
                                    &statement, error))
    return NULL;

  while (marks->len < TD_HISTORY_MAX_MARKS && (code = sqlite3_step (statement)) == SQLITE_ROW)
    {
      TdHistoryMark mark = {
        .id = sqlite3_column_int64 (statement, 0),
        .kind = (TdHistoryMarkKind)sqlite3_column_int (statement, 1),
        .queue = (char *)sqlite3_column_text (statement, 2),
        .from = sqlite3_column_int64 (statement, 3),
        .to = sqlite3_column_type (statement, 4) == SQLITE_NULL ? TD_UNKNOWN : sqlite3_column_int64 (statement, 4),
        .text = (char *)sqlite3_column_text (statement, 5),
      };

      if (mark.id > 0 && td_history_mark_is_sound (&mark))
        g_ptr_array_add (marks, td_history_mark_copy (&mark));
    }
  if (code != SQLITE_DONE && code != SQLITE_ROW)
    td_history_database_set_error (self, code, error);
  sqlite3_finalize (statement);

  return code == SQLITE_DONE || code == SQLITE_ROW ? g_steal_pointer (&marks) : NULL;
}
