/* td-history-database.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-history-database-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/file.h>

#include "td-history-pack-private.h"

#define SCHEMA_VERSION 1
#define BUSY_MS 5000
#define DAY_MINUTES TD_HISTORY_DAY_MINUTES
#define MAX_QUEUE_IDS 100000

enum {
  ADD_QUEUE,
  ADD_MINUTE,
  BEGIN,
  COMMIT,
  N_STATEMENTS
};

struct _TdHistoryDatabase
{
  sqlite3      *db;
  sqlite3_stmt *statements[N_STATEMENTS];
  GHashTable   *queues; /* queue id (string) -> its number */
  int           lock;   /* a file that the one writer holds, or -1 */
};

/* Minutes of late stand in the order of time, as they come; those of past
 * days are packed, a row a queue and day, as they are read. A minute and a day
 * are counted from 1970, UTC. */
static const char *const migrations[SCHEMA_VERSION] = {
  "CREATE TABLE queues (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);"
  "CREATE TABLE minutes ("
  "  minute INTEGER NOT NULL, queue INTEGER NOT NULL REFERENCES queues (id),"
  "  observed INTEGER NOT NULL, offered INTEGER, answered INTEGER, answered_in_time INTEGER,"
  "  abandoned INTEGER, abandoned_in_time INTEGER, short_abandoned INTEGER, flowed_out INTEGER,"
  "  wait_ms INTEGER, talk_ms INTEGER, hold_ms INTEGER, wrap_up_ms INTEGER, max_wait_ms INTEGER,"
  "  max_waiting INTEGER, serving INTEGER,"
  "  PRIMARY KEY (minute, queue)) WITHOUT ROWID;"
  "CREATE TABLE days ("
  "  queue INTEGER NOT NULL REFERENCES queues (id), day INTEGER NOT NULL, minutes BLOB NOT NULL,"
  "  PRIMARY KEY (queue, day)) WITHOUT ROWID;"
  "CREATE INDEX days_by_day ON days (day);",
};

/* A minute may come twice, seen by this program and told by the source: the
 * one that was observed for longer stands. */
static const char *const texts[N_STATEMENTS] = {
  [ADD_QUEUE] = "INSERT INTO queues (name) VALUES (?1) ON CONFLICT (name) DO UPDATE SET name = name RETURNING id",
  [ADD_MINUTE] = "INSERT INTO minutes VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)"
                 " ON CONFLICT (minute, queue) DO UPDATE SET"
                 " observed = excluded.observed, offered = excluded.offered, answered = excluded.answered,"
                 " answered_in_time = excluded.answered_in_time, abandoned = excluded.abandoned,"
                 " abandoned_in_time = excluded.abandoned_in_time, short_abandoned = excluded.short_abandoned,"
                 " flowed_out = excluded.flowed_out, wait_ms = excluded.wait_ms, talk_ms = excluded.talk_ms,"
                 " hold_ms = excluded.hold_ms, wrap_up_ms = excluded.wrap_up_ms, max_wait_ms = excluded.max_wait_ms,"
                 " max_waiting = excluded.max_waiting, serving = excluded.serving"
                 " WHERE excluded.observed >= observed",
  [BEGIN] = "BEGIN IMMEDIATE",
  [COMMIT] = "COMMIT",
};

G_DEFINE_QUARK (td_history_error_quark, td_history_error)

static gboolean
set_error (TdHistoryDatabase *self,
           int                code,
           GError           **error)
{
  TdHistoryError kind = TD_HISTORY_ERROR_FAILED;
  const char    *words = self->db != NULL ? sqlite3_errmsg (self->db) : sqlite3_errstr (code);

  switch (code & 0xff)
    {
    case SQLITE_FULL:
      kind = TD_HISTORY_ERROR_FULL;
      break;
    case SQLITE_READONLY:
    case SQLITE_PERM:
      kind = TD_HISTORY_ERROR_READ_ONLY;
      break;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      kind = TD_HISTORY_ERROR_CORRUPT;
      break;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      kind = TD_HISTORY_ERROR_TAKEN;
      break;
    default:
      break;
    }
  g_set_error (error, TD_HISTORY_ERROR, kind, _ ("The history cannot be kept: %s"), words);

  return FALSE;
}

static gboolean
execute (TdHistoryDatabase *self,
         const char        *text,
         GError           **error)
{
  int code = sqlite3_exec (self->db, text, NULL, NULL, NULL);

  return code == SQLITE_OK || set_error (self, code, error);
}

/* Runs a statement that has no row to give. */
static gboolean
run (TdHistoryDatabase *self,
     guint              index,
     GError           **error)
{
  int code = sqlite3_step (self->statements[index]);

  sqlite3_reset (self->statements[index]);

  return code == SQLITE_DONE || set_error (self, code, error);
}

static gboolean
read_number (TdHistoryDatabase *self,
             const char        *text,
             gint64            *number,
             GError           **error)
{
  sqlite3_stmt *statement;
  int           code = sqlite3_prepare_v2 (self->db, text, -1, &statement, NULL);

  if (code != SQLITE_OK)
    return set_error (self, code, error);

  code = sqlite3_step (statement);
  if (code == SQLITE_ROW)
    *number = sqlite3_column_int64 (statement, 0);
  else
    set_error (self, code, error);
  sqlite3_finalize (statement);

  return code == SQLITE_ROW;
}

static gboolean
check_version (TdHistoryDatabase *self,
               gint64            *version,
               GError           **error)
{
  if (!read_number (self, "PRAGMA user_version", version, error))
    return FALSE;

  if (*version > SCHEMA_VERSION)
    {
      g_set_error (error, TD_HISTORY_ERROR, TD_HISTORY_ERROR_NEWER,
                   _ ("A newer version of this program keeps the history; nothing is added to it"));
      return FALSE;
    }

  return TRUE;
}

static gboolean
migrate (TdHistoryDatabase *self,
         GError           **error)
{
  gint64 version;

  if (!check_version (self, &version, error))
    return FALSE;

  for (; version < SCHEMA_VERSION; version++)
    {
      g_autofree char *text = g_strdup_printf ("BEGIN IMMEDIATE; %s PRAGMA user_version = %d; COMMIT;",
                                               migrations[version], (int)version + 1);

      if (!execute (self, text, error))
        {
          sqlite3_exec (self->db, "ROLLBACK", NULL, NULL, NULL);
          return FALSE;
        }
    }

  return TRUE;
}

static gboolean
prepare (TdHistoryDatabase *self,
         GError           **error)
{
  for (guint i = 0; i < N_STATEMENTS; i++)
    {
      int code = sqlite3_prepare_v3 (self->db, texts[i], -1, SQLITE_PREPARE_PERSISTENT, &self->statements[i], NULL);

      if (code != SQLITE_OK)
        return set_error (self, code, error);
    }

  return TRUE;
}

/* SQLite would let two programs write by turns, and what the one counted
 * would stand beside what the other did. The lock goes with the process. */
static gboolean
take_lock (TdHistoryDatabase *self,
           const char        *path,
           GError           **error)
{
  g_autofree char *name = g_strconcat (path, ".lock", NULL);

  self->lock = g_open (name, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (self->lock < 0)
    {
      int saved = errno;

      g_set_error (error, TD_HISTORY_ERROR,
                   saved == EACCES || saved == EROFS ? TD_HISTORY_ERROR_READ_ONLY
                   : saved == ENOSPC                 ? TD_HISTORY_ERROR_FULL
                                                     : TD_HISTORY_ERROR_FAILED,
                   _ ("The history cannot be kept: %s"), g_strerror (saved));
      return FALSE;
    }

  if (flock (self->lock, LOCK_EX | LOCK_NB) != 0)
    {
      g_set_error (error, TD_HISTORY_ERROR, TD_HISTORY_ERROR_TAKEN,
                   _ ("Another window keeps the history of this centre"));
      return FALSE;
    }

  return TRUE;
}

static TdHistoryDatabase *
open_file (const char *path,
           int         flags,
           GError    **error)
{
  TdHistoryDatabase *self = g_new0 (TdHistoryDatabase, 1);
  int                code;

  self->lock = -1;
  self->queues = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  code = sqlite3_open_v2 (path, &self->db, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, NULL);
  if (code != SQLITE_OK)
    {
      set_error (self, code, error);
      td_history_database_close (self);
      return NULL;
    }

  sqlite3_busy_timeout (self->db, BUSY_MS);

  return self;
}

/**
 * td_history_database_open:
 * @path: the file, which is made where it is missing, for its owner alone
 * @error: return location; %TD_HISTORY_ERROR
 *
 * Returns: (transfer full) (nullable): the database, for its one writer
 */
TdHistoryDatabase *
td_history_database_open (const char *path,
                          GError    **error)
{
  g_autoptr (TdHistoryDatabase) self = NULL;
  int fd;

  /* SQLite would make it for others to read as well. */
  fd = g_open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (fd >= 0)
    close (fd);

  self = open_file (path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, error);
  if (self == NULL || !take_lock (self, path, error) ||
      !execute (self, "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON;", error) ||
      !migrate (self, error) || !prepare (self, error))
    return NULL;

  return g_steal_pointer (&self);
}

/**
 * td_history_database_open_for_reading:
 * @path: the file
 * @error: return location; %TD_HISTORY_ERROR
 *
 * Returns: (transfer full) (nullable): the database, which cannot be written to
 */
TdHistoryDatabase *
td_history_database_open_for_reading (const char *path,
                                      GError    **error)
{
  g_autoptr (TdHistoryDatabase) self = open_file (path, SQLITE_OPEN_READONLY, error);
  gint64 version;

  if (self == NULL || !check_version (self, &version, error))
    return NULL;

  return g_steal_pointer (&self);
}

void
td_history_database_close (TdHistoryDatabase *self)
{
  if (self == NULL)
    return;

  for (guint i = 0; i < N_STATEMENTS; i++)
    sqlite3_finalize (self->statements[i]);
  sqlite3_close_v2 (self->db);
  if (self->lock >= 0)
    close (self->lock);
  g_hash_table_unref (self->queues);
  g_free (self);
}

/**
 * td_history_database_set_limit:
 * @self: a database that was opened to write
 * @max_bytes: how large the file may become, or 0 for as large as it will
 */
void
td_history_database_set_limit (TdHistoryDatabase *self,
                               gint64             max_bytes)
{
  gint64           page = 4096;
  g_autofree char *text = NULL;

  read_number (self, "PRAGMA page_size", &page, NULL);
  text = g_strdup_printf ("PRAGMA max_page_count = %" G_GINT64_FORMAT,
                          max_bytes > 0 ? MAX (max_bytes / page, 1) : (gint64)G_MAXUINT32 - 1);
  execute (self, text, NULL);
}

static gboolean
find_queue (TdHistoryDatabase *self,
            const char        *name,
            gint64            *id,
            GError           **error)
{
  sqlite3_stmt *statement = self->statements[ADD_QUEUE];
  gpointer      known;
  int           code;

  if (g_hash_table_lookup_extended (self->queues, name, NULL, &known))
    {
      *id = GPOINTER_TO_INT (known);
      return TRUE;
    }

  sqlite3_bind_text (statement, 1, name, -1, SQLITE_STATIC);
  code = sqlite3_step (statement);
  if (code == SQLITE_ROW)
    {
      *id = sqlite3_column_int64 (statement, 0);
      code = sqlite3_step (statement);
    }
  sqlite3_reset (statement);
  if (code != SQLITE_DONE)
    return set_error (self, code, error);

  if (g_hash_table_size (self->queues) < MAX_QUEUE_IDS)
    g_hash_table_insert (self->queues, g_strdup (name), GINT_TO_POINTER ((int)*id));

  return TRUE;
}

static void
bind_number (sqlite3_stmt *statement,
             int           index,
             gint64        value)
{
  if (TD_IS_KNOWN (value))
    sqlite3_bind_int64 (statement, index, value);
  else
    sqlite3_bind_null (statement, index);
}

static gboolean
add_minute (TdHistoryDatabase     *self,
            const TdHistoryMinute *minute,
            GError               **error)
{
  sqlite3_stmt     *statement = self->statements[ADD_MINUTE];
  const TdInterval *interval = &minute->interval;
  gint64            queue = 0;
  int               index = 1;

  if (!find_queue (self, minute->queue, &queue, error))
    return FALSE;

  sqlite3_bind_int64 (statement, index++, minute->start / TD_HISTORY_MINUTE_US);
  sqlite3_bind_int64 (statement, index++, queue);
  sqlite3_bind_int64 (statement, index++, CLAMP (interval->observed_s, 0, 60));
  for (guint i = 0; i < TD_N_COUNTS_FIELDS; i++)
    bind_number (statement, index++, G_STRUCT_MEMBER (gint64, &interval->counts, td_counts_fields[i].offset));
  bind_number (statement, index++, interval->max_waiting);
  bind_number (statement, index++, interval->serving);

  return run (self, ADD_MINUTE, error);
}

/* All or nothing. */
static gboolean
in_transaction (TdHistoryDatabase *self,
                gboolean (*work) (TdHistoryDatabase *self,
                                  gpointer           data,
                                  GError           **error),
                gpointer data,
                GError **error)
{
  if (!run (self, BEGIN, error))
    return FALSE;

  if (work (self, data, error) && run (self, COMMIT, error))
    return TRUE;

  /* Numbers that the transaction gave to queues are gone with it. */
  sqlite3_exec (self->db, "ROLLBACK", NULL, NULL, NULL);
  g_hash_table_remove_all (self->queues);

  return FALSE;
}

typedef struct
{
  const TdHistoryMinute *minutes;
  guint                  n_minutes;
} Batch;

static gboolean
add_batch (TdHistoryDatabase *self,
           gpointer           data,
           GError           **error)
{
  const Batch *batch = data;

  for (guint i = 0; i < batch->n_minutes; i++)
    {
      if (!add_minute (self, &batch->minutes[i], error))
        return FALSE;
    }

  return TRUE;
}

/**
 * td_history_database_add_minutes:
 * @self: a database that was opened to write
 * @minutes: (array length=n_minutes): minutes, in any order
 * @error: return location; %TD_HISTORY_ERROR
 *
 * Returns: whether all of them are on the disk
 */
gboolean
td_history_database_add_minutes (TdHistoryDatabase     *self,
                                 const TdHistoryMinute *minutes,
                                 guint                  n_minutes,
                                 GError               **error)
{
  Batch batch = { minutes, n_minutes };

  return in_transaction (self, add_batch, &batch, error);
}

static gint64
column_number (sqlite3_stmt *statement,
               int           column)
{
  return sqlite3_column_type (statement, column) == SQLITE_NULL ? TD_UNKNOWN : sqlite3_column_int64 (statement, column);
}

/* The columns from "observed" on. */
static void
read_interval (sqlite3_stmt *statement,
               int           column,
               TdInterval   *interval)
{
  interval->observed_s = CLAMP (sqlite3_column_int64 (statement, column), 0, 60);
  column++;
  for (guint i = 0; i < TD_N_COUNTS_FIELDS; i++)
    G_STRUCT_MEMBER (gint64, &interval->counts, td_counts_fields[i].offset) = column_number (statement, column++);
  interval->max_waiting = column_number (statement, column++);
  interval->serving = column_number (statement, column++);
}

static void
clear_day (TdInterval *minutes)
{
  for (guint i = 0; i < DAY_MINUTES; i++)
    minutes[i] = (TdInterval){ .counts = TD_COUNTS_UNKNOWN, .max_waiting = TD_UNKNOWN, .serving = TD_UNKNOWN };
}

typedef struct
{
  gint64 pack_before;   /* minute */
  gint64 forget_before; /* minute */
} Tidy;

/* Prepares a statement of a tidying, which comes once a day. */
static gboolean
prepare_once (TdHistoryDatabase *self,
              const char        *text,
              sqlite3_stmt     **statement,
              GError           **error)
{
  int code = sqlite3_prepare_v2 (self->db, text, -1, statement, NULL);

  return code == SQLITE_OK || set_error (self, code, error);
}

static gboolean
store_day (TdHistoryDatabase *self,
           sqlite3_stmt      *select,
           sqlite3_stmt      *insert,
           gint64             queue,
           gint64             day,
           TdInterval        *minutes,
           GError           **error)
{
  g_autoptr (GBytes) bytes = NULL;
  gconstpointer data;
  gsize         size;
  int           code;

  /* What was packed of the day before stands where nothing better came. */
  sqlite3_bind_int64 (select, 1, queue);
  sqlite3_bind_int64 (select, 2, day);
  code = sqlite3_step (select);
  if (code == SQLITE_ROW)
    {
      g_autofree TdInterval *before = g_new (TdInterval, DAY_MINUTES);

      if (td_history_unpack (sqlite3_column_blob (select, 0), (gsize)sqlite3_column_bytes (select, 0), before))
        {
          for (guint i = 0; i < DAY_MINUTES; i++)
            {
              if (before[i].observed_s > minutes[i].observed_s)
                minutes[i] = before[i];
            }
        }
    }
  sqlite3_reset (select);
  if (code != SQLITE_ROW && code != SQLITE_DONE)
    return set_error (self, code, error);

  bytes = td_history_pack (minutes);
  data = g_bytes_get_data (bytes, &size);
  sqlite3_bind_int64 (insert, 1, queue);
  sqlite3_bind_int64 (insert, 2, day);
  sqlite3_bind_blob64 (insert, 3, data, size, SQLITE_STATIC);
  code = sqlite3_step (insert);
  sqlite3_reset (insert);
  sqlite3_clear_bindings (insert);

  return code == SQLITE_DONE || set_error (self, code, error);
}

/* Goes through the old minutes in the order of queues and time. */
static gboolean
pack_minutes (TdHistoryDatabase *self,
              sqlite3_stmt      *list,
              sqlite3_stmt      *select,
              sqlite3_stmt      *insert,
              GError           **error)
{
  g_autofree TdInterval *minutes = g_new (TdInterval, DAY_MINUTES);
  gint64                 queue = -1, day = -1;
  int                    code;

  while ((code = sqlite3_step (list)) == SQLITE_ROW)
    {
      gint64 this_queue = sqlite3_column_int64 (list, 0);
      gint64 minute = sqlite3_column_int64 (list, 1);

      if (minute < 0)
        continue;

      if (this_queue != queue || minute / DAY_MINUTES != day)
        {
          if (day >= 0 && !store_day (self, select, insert, queue, day, minutes, error))
            return FALSE;
          queue = this_queue;
          day = minute / DAY_MINUTES;
          clear_day (minutes);
        }
      read_interval (list, 2, &minutes[minute % DAY_MINUTES]);
    }

  if (code != SQLITE_DONE)
    return set_error (self, code, error);

  return day < 0 || store_day (self, select, insert, queue, day, minutes, error);
}

static gboolean
tidy (TdHistoryDatabase *self,
      gpointer           data,
      GError           **error)
{
  const Tidy      *limits = data;
  g_autofree char *forget = NULL;
  sqlite3_stmt    *list = NULL, *select = NULL, *insert = NULL;
  gboolean         done;

  done = prepare_once (self,
                       "SELECT queue, minute, observed, offered, answered, answered_in_time, abandoned, abandoned_in_time,"
                       " short_abandoned, flowed_out, wait_ms, talk_ms, hold_ms, wrap_up_ms, max_wait_ms, max_waiting, serving"
                       " FROM minutes WHERE minute < ?1 ORDER BY queue, minute",
                       &list, error) &&
         prepare_once (self, "SELECT minutes FROM days WHERE queue = ?1 AND day = ?2", &select, error) &&
         prepare_once (self, "INSERT OR REPLACE INTO days VALUES (?1, ?2, ?3)", &insert, error);
  if (done)
    {
      sqlite3_bind_int64 (list, 1, limits->pack_before);
      done = pack_minutes (self, list, select, insert, error);
    }
  sqlite3_finalize (list);
  sqlite3_finalize (select);
  sqlite3_finalize (insert);

  forget = g_strdup_printf ("DELETE FROM minutes WHERE minute < %" G_GINT64_FORMAT ";"
                            "DELETE FROM days WHERE day < %" G_GINT64_FORMAT,
                            MAX (limits->pack_before, limits->forget_before), limits->forget_before / DAY_MINUTES);

  return done && execute (self, forget, error);
}

/**
 * td_history_database_tidy:
 * @self: a database that was opened to write
 * @pack_before: minutes before that are packed by days, µs since 1970
 * @forget_before: days that ended before that are forgotten, µs since 1970
 * @error: return location; %TD_HISTORY_ERROR
 *
 * Returns: whether it was done
 */
gboolean
td_history_database_tidy (TdHistoryDatabase *self,
                          gint64             pack_before,
                          gint64             forget_before,
                          GError           **error)
{
  gint64 day = pack_before / TD_HISTORY_MINUTE_US / DAY_MINUTES;
  Tidy   limits = { day * DAY_MINUTES, forget_before / TD_HISTORY_MINUTE_US };

  return in_transaction (self, tidy, &limits, error);
}

static TdInterval *
ensure_rows (TdIntervals *intervals,
             GHashTable  *rows,
             const char  *queue)
{
  TdInterval *found = g_hash_table_lookup (rows, queue);

  if (found == NULL)
    {
      found = td_intervals_add_queue (intervals, queue);
      if (found != NULL)
        g_hash_table_insert (rows, g_strdup (queue), found);
    }

  return found;
}

static gboolean
read_days (TdHistoryDatabase *self,
           sqlite3_stmt      *statement,
           TdIntervals       *intervals,
           GHashTable        *rows,
           GError           **error)
{
  g_autofree TdInterval *day = g_new (TdInterval, DAY_MINUTES);
  gint64                 from = td_intervals_get_from (intervals) / TD_HISTORY_MINUTE_US;
  gint64                 n = td_intervals_get_n_intervals (intervals);
  int                    code;

  while ((code = sqlite3_step (statement)) == SQLITE_ROW)
    {
      TdInterval *row = ensure_rows (intervals, rows, (const char *)sqlite3_column_text (statement, 0));
      gint64      first = sqlite3_column_int64 (statement, 1) * DAY_MINUTES - from;

      /* A day that is broken is a gap, as if nobody had looked. */
      if (row == NULL ||
          !td_history_unpack (sqlite3_column_blob (statement, 2), (gsize)sqlite3_column_bytes (statement, 2), day))
        continue;

      for (gint64 i = 0; i < DAY_MINUTES; i++)
        {
          if (first + i >= 0 && first + i < n)
            row[first + i] = day[i];
        }
    }

  return code == SQLITE_DONE || set_error (self, code, error);
}

static gboolean
read_minutes (TdHistoryDatabase *self,
              sqlite3_stmt      *statement,
              TdIntervals       *intervals,
              GHashTable        *rows,
              GError           **error)
{
  gint64 from = td_intervals_get_from (intervals) / TD_HISTORY_MINUTE_US;
  gint64 n = td_intervals_get_n_intervals (intervals);
  int    code;

  while ((code = sqlite3_step (statement)) == SQLITE_ROW)
    {
      TdInterval *row = ensure_rows (intervals, rows, (const char *)sqlite3_column_text (statement, 0));
      gint64      index = sqlite3_column_int64 (statement, 1) - from;
      TdInterval  interval;

      if (row == NULL || index < 0 || index >= n)
        continue;

      read_interval (statement, 2, &interval);
      if (interval.observed_s >= row[index].observed_s)
        row[index] = interval;
    }

  return code == SQLITE_DONE || set_error (self, code, error);
}

/**
 * td_history_database_read:
 * @self: a database
 * @queue: (nullable): id of a queue, or %NULL for all
 * @from: whole minute, µs since 1970
 * @to: whole minute, µs since 1970, exclusive
 * @error: return location; %TD_HISTORY_ERROR
 *
 * Returns: (transfer full) (nullable): the minutes; what is not there was not
 *   observed
 */
TdIntervals *
td_history_database_read (TdHistoryDatabase *self,
                          const char        *queue,
                          gint64             from,
                          gint64             to,
                          GError           **error)
{
  g_autoptr (TdIntervals) intervals = NULL;
  g_autoptr (GHashTable) rows = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  sqlite3_stmt *days = NULL, *minutes = NULL;
  gint64        first = from / TD_HISTORY_MINUTE_US;
  gint64        last = to / TD_HISTORY_MINUTE_US;
  gboolean      done;

  intervals = td_intervals_new (first * TD_HISTORY_MINUTE_US, TD_HISTORY_MINUTE_US, (guint)(last - first));
  done = prepare_once (self,
                       "SELECT name, day, minutes FROM days JOIN queues ON queues.id = days.queue"
                       " WHERE day BETWEEN ?1 AND ?2 AND (?3 IS NULL OR name = ?3) ORDER BY name, day",
                       &days, error) &&
         prepare_once (self,
                       "SELECT name, minute, observed, offered, answered, answered_in_time, abandoned, abandoned_in_time,"
                       " short_abandoned, flowed_out, wait_ms, talk_ms, hold_ms, wrap_up_ms, max_wait_ms, max_waiting, serving"
                       " FROM minutes JOIN queues ON queues.id = minutes.queue"
                       " WHERE minute >= ?1 AND minute < ?2 AND (?3 IS NULL OR name = ?3)",
                       &minutes, error);
  if (done)
    {
      sqlite3_bind_int64 (days, 1, first / DAY_MINUTES);
      sqlite3_bind_int64 (days, 2, (last - 1) / DAY_MINUTES);
      sqlite3_bind_text (days, 3, queue, -1, SQLITE_STATIC);
      sqlite3_bind_int64 (minutes, 1, first);
      sqlite3_bind_int64 (minutes, 2, last);
      sqlite3_bind_text (minutes, 3, queue, -1, SQLITE_STATIC);
      done = read_days (self, days, intervals, rows, error) && read_minutes (self, minutes, intervals, rows, error);
    }
  sqlite3_finalize (days);
  sqlite3_finalize (minutes);

  return done ? g_steal_pointer (&intervals) : NULL;
}

/**
 * td_history_database_set_aside:
 * @path: a file that is no database any more
 * @error: return location
 *
 * Keeps it under another name, for a person to look at.
 *
 * Returns: (transfer full) (nullable): that name
 */
char *
td_history_database_set_aside (const char *path,
                               GError    **error)
{
  static const char *const parts[] = { "-wal", "-shm" };
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *stamp = g_date_time_format (now, "%Y%m%d-%H%M%S");
  g_autofree char *aside = g_strdup_printf ("%s.broken-%s", path, stamp);

  if (g_rename (path, aside) != 0)
    {
      int saved = errno;

      g_set_error (error, TD_HISTORY_ERROR, TD_HISTORY_ERROR_FAILED,
                   _ ("The broken history could not be set aside: %s"), g_strerror (saved));
      return NULL;
    }

  /* The rest of it would be taken for the new file's. */
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_autofree char *from = g_strconcat (path, parts[i], NULL);
      g_autofree char *to = g_strconcat (aside, parts[i], NULL);

      g_rename (from, to);
    }

  return g_steal_pointer (&aside);
}
