/* td-history-database.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-history-sqlite-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <sys/file.h>

#define SCHEMA_VERSION 4
#define BUSY_MS 5000
#define MAX_NAMES 200000

/* A quarter of what SQLite would take for pages of the file; the system has
 * them too, and what is taken here grows with the first days. */
#define CONFIGURATION                                                                 \
  "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON;" \
  "PRAGMA cache_size = -500;"

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
  /* What a person said of some hours; times in microseconds since 1970. */
  "CREATE TABLE marks ("
  "  id INTEGER PRIMARY KEY, kind INTEGER NOT NULL, queue TEXT, \"from\" INTEGER NOT NULL, \"to\" INTEGER,"
  "  text TEXT);",
  /* What agents did, in milliseconds, with the end of what goes on moved on;
   * what their days came to; and the queues second by second, in microseconds. */
  "CREATE TABLE agents (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);"
  "CREATE TABLE agent_spans ("
  "  agent INTEGER NOT NULL REFERENCES agents (id), start INTEGER NOT NULL, length INTEGER NOT NULL,"
  "  state INTEGER NOT NULL, flags INTEGER NOT NULL, reason TEXT, queue INTEGER REFERENCES queues (id),"
  "  PRIMARY KEY (agent, start)) WITHOUT ROWID;"
  "CREATE TABLE agent_days ("
  "  day INTEGER NOT NULL, agent INTEGER NOT NULL REFERENCES agents (id),"
  "  answered INTEGER, no_answer INTEGER, talk_ms INTEGER, hold_ms INTEGER, wrap_up_ms INTEGER,"
  "  ringing_ms INTEGER, available_ms INTEGER, paused_ms INTEGER,"
  "  PRIMARY KEY (day, agent)) WITHOUT ROWID;"
  "CREATE TABLE samples ("
  "  at INTEGER NOT NULL, queue INTEGER NOT NULL REFERENCES queues (id),"
  "  waiting INTEGER, longest_ms INTEGER, serving INTEGER,"
  "  PRIMARY KEY (at, queue)) WITHOUT ROWID;",
  /* When a person was needed, and what was done about it; times in microseconds. */
  "CREATE TABLE alerts ("
  "  id INTEGER PRIMARY KEY, incident INTEGER NOT NULL, rule TEXT NOT NULL, kind TEXT NOT NULL, scope TEXT NOT NULL,"
  "  target TEXT NOT NULL, \"group\" TEXT, level INTEGER NOT NULL, since INTEGER NOT NULL, raised INTEGER NOT NULL,"
  "  cleared INTEGER, \"end\" INTEGER NOT NULL, value REAL, worst REAL, threshold REAL, escalate_s INTEGER NOT NULL,"
  "  title TEXT, evidence TEXT);"
  "CREATE INDEX alerts_by_raised ON alerts (raised);"
  "CREATE TABLE deeds ("
  "  id INTEGER PRIMARY KEY, incident INTEGER NOT NULL, at INTEGER NOT NULL, what INTEGER NOT NULL,"
  "  who TEXT, whom TEXT, text TEXT, until INTEGER);"
  "CREATE INDEX deeds_by_incident ON deeds (incident);",
};

/* A minute may come twice, seen by this program and told by the source: the
 * one that was observed for longer stands. */
static const char *const texts[TD_HISTORY_N_STATEMENTS] = {
  [TD_HISTORY_ADD_QUEUE] = "INSERT INTO queues (name) VALUES (?1) ON CONFLICT (name) DO UPDATE SET name = name RETURNING id",
  [TD_HISTORY_ADD_AGENT] = "INSERT INTO agents (name) VALUES (?1) ON CONFLICT (name) DO UPDATE SET name = name RETURNING id",
  [TD_HISTORY_ADD_MINUTE] = "INSERT INTO minutes VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)"
                            " ON CONFLICT (minute, queue) DO UPDATE SET"
                            " observed = excluded.observed, offered = excluded.offered, answered = excluded.answered,"
                            " answered_in_time = excluded.answered_in_time, abandoned = excluded.abandoned,"
                            " abandoned_in_time = excluded.abandoned_in_time, short_abandoned = excluded.short_abandoned,"
                            " flowed_out = excluded.flowed_out, wait_ms = excluded.wait_ms, talk_ms = excluded.talk_ms,"
                            " hold_ms = excluded.hold_ms, wrap_up_ms = excluded.wrap_up_ms, max_wait_ms = excluded.max_wait_ms,"
                            " max_waiting = excluded.max_waiting, serving = excluded.serving"
                            " WHERE excluded.observed >= observed",
  [TD_HISTORY_BEGIN] = "BEGIN IMMEDIATE",
  [TD_HISTORY_COMMIT] = "COMMIT",
};

G_DEFINE_QUARK (td_history_error_quark, td_history_error)

gboolean
td_history_database_set_error (TdHistoryDatabase *self,
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

gboolean
td_history_database_execute (TdHistoryDatabase *self,
                             const char        *text,
                             GError           **error)
{
  int code = sqlite3_exec (self->db, text, NULL, NULL, NULL);

  return code == SQLITE_OK || td_history_database_set_error (self, code, error);
}

/* Runs a statement that has no row to give. */
gboolean
td_history_database_run (TdHistoryDatabase *self,
                         guint              index,
                         GError           **error)
{
  int code = sqlite3_step (self->statements[index]);

  sqlite3_reset (self->statements[index]);

  return code == SQLITE_DONE || td_history_database_set_error (self, code, error);
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
    return td_history_database_set_error (self, code, error);

  code = sqlite3_step (statement);
  if (code == SQLITE_ROW)
    *number = sqlite3_column_int64 (statement, 0);
  else
    td_history_database_set_error (self, code, error);
  sqlite3_finalize (statement);

  return code == SQLITE_ROW;
}

/**
 * td_history_database_get_span:
 * @self: a database
 * @from: (out): the first minute there may be, µs since 1970
 * @to: (out): the end of the last one; equal to @from where there is none
 * @error: return location; %TD_HISTORY_ERROR
 *
 * Returns: whether it could be read
 */
gboolean
td_history_database_get_span (TdHistoryDatabase *self,
                              gint64            *from,
                              gint64            *to,
                              GError           **error)
{
  *from = 0;
  *to = 0;
  if (self->version == 0)
    return TRUE;

  if (!read_number (self,
                    "SELECT min (coalesce ((SELECT min (day) * 1440 FROM days), 9e15),"
                    " coalesce ((SELECT min (minute) FROM minutes), 9e15))",
                    from, error) ||
      !read_number (self,
                    "SELECT max (coalesce ((SELECT max (day) * 1440 + 1440 FROM days), 0),"
                    " coalesce ((SELECT max (minute) + 1 FROM minutes), 0))",
                    to, error))
    return FALSE;

  *from = CLAMP (*from, 0, *to) * TD_HISTORY_MINUTE_US;
  *to *= TD_HISTORY_MINUTE_US;

  return TRUE;
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
  self->version = *version;

  return TRUE;
}

static gboolean
migrate (TdHistoryDatabase *self,
         GError           **error)
{
  gint64 version = 0;

  if (!check_version (self, &version, error))
    return FALSE;

  for (; version < SCHEMA_VERSION; version++)
    {
      g_autofree char *text = g_strdup_printf ("BEGIN IMMEDIATE; %s PRAGMA user_version = %d; COMMIT;",
                                               migrations[version], (int)version + 1);

      if (!td_history_database_execute (self, text, error))
        {
          sqlite3_exec (self->db, "ROLLBACK", NULL, NULL, NULL);
          return FALSE;
        }
      self->version = version + 1;
    }

  return TRUE;
}

static gboolean
prepare (TdHistoryDatabase *self,
         GError           **error)
{
  for (guint i = 0; i < TD_HISTORY_N_STATEMENTS; i++)
    {
      int code = sqlite3_prepare_v3 (self->db, texts[i], -1, SQLITE_PREPARE_PERSISTENT, &self->statements[i], NULL);

      if (code != SQLITE_OK)
        return td_history_database_set_error (self, code, error);
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
  self->agents = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  code = sqlite3_open_v2 (path, &self->db, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, NULL);
  if (code != SQLITE_OK)
    {
      td_history_database_set_error (self, code, error);
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
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (TdHistoryDatabase) self = NULL;
  int fd;

  /* A home that could not be written may be mended since; if not, the file says so. */
  g_mkdir_with_parents (folder, 0700);
  /* SQLite would make it for others to read as well. */
  fd = g_open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (fd >= 0)
    close (fd);

  self = open_file (path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, error);
  if (self == NULL || !take_lock (self, path, error) ||
      !td_history_database_execute (self, CONFIGURATION, error) ||
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
  gint64 version = 0;

  if (self == NULL || !check_version (self, &version, error))
    return NULL;

  return g_steal_pointer (&self);
}

void
td_history_database_close (TdHistoryDatabase *self)
{
  if (self == NULL)
    return;

  for (guint i = 0; i < TD_HISTORY_N_STATEMENTS; i++)
    sqlite3_finalize (self->statements[i]);
  sqlite3_close_v2 (self->db);
  if (self->lock >= 0)
    close (self->lock);
  g_hash_table_unref (self->queues);
  g_hash_table_unref (self->agents);
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
  td_history_database_execute (self, text, NULL);
}

/* td_history_database_find_name:
 * @statement_index: %TD_HISTORY_ADD_QUEUE or %TD_HISTORY_ADD_AGENT
 *
 * The number under which a queue or an agent is kept; it is given one. */
gboolean
td_history_database_find_name (TdHistoryDatabase *self,
                               guint              statement_index,
                               const char        *name,
                               gint64            *id,
                               GError           **error)
{
  sqlite3_stmt *statement = self->statements[statement_index];
  GHashTable   *names = statement_index == TD_HISTORY_ADD_QUEUE ? self->queues : self->agents;
  gpointer      known;
  int           code;

  if (g_hash_table_lookup_extended (names, name, NULL, &known))
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
    return td_history_database_set_error (self, code, error);

  if (g_hash_table_size (names) < MAX_NAMES)
    g_hash_table_insert (names, g_strdup (name), GINT_TO_POINTER ((int)*id));

  return TRUE;
}

/* Prepares a statement that is not needed all the time. */
gboolean
td_history_database_prepare (TdHistoryDatabase *self,
                             const char        *text,
                             sqlite3_stmt     **statement,
                             GError           **error)
{
  int code = sqlite3_prepare_v2 (self->db, text, -1, statement, NULL);

  return code == SQLITE_OK || td_history_database_set_error (self, code, error);
}

/* td_history_database_in_transaction:
 *
 * All or nothing. */
gboolean
td_history_database_in_transaction (TdHistoryDatabase *self,
                                    TdHistoryWork      work,
                                    gpointer           data,
                                    GError           **error)
{
  if (!td_history_database_run (self, TD_HISTORY_BEGIN, error))
    return FALSE;

  if (work (self, data, error) && td_history_database_run (self, TD_HISTORY_COMMIT, error))
    return TRUE;

  /* Numbers that the transaction gave to queues and agents are gone with it. */
  sqlite3_exec (self->db, "ROLLBACK", NULL, NULL, NULL);
  g_hash_table_remove_all (self->queues);
  g_hash_table_remove_all (self->agents);

  return FALSE;
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
