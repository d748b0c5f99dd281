/* td-history-database-minutes.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-history-pack-private.h"
#include "td-history-sqlite-private.h"

#define DAY_MINUTES TD_HISTORY_DAY_MINUTES

#define SELECT_DAY "SELECT minutes FROM days WHERE queue = ?1 AND day = ?2"
#define INSERT_DAY "INSERT OR REPLACE INTO days VALUES (?1, ?2, ?3)"

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
  sqlite3_stmt     *statement = self->statements[TD_HISTORY_ADD_MINUTE];
  const TdInterval *interval = &minute->interval;
  gint64            queue = 0;
  int               index = 1;

  if (!td_history_database_find_name (self, TD_HISTORY_ADD_QUEUE, minute->queue, &queue, error))
    return FALSE;

  sqlite3_bind_int64 (statement, index++, minute->start / TD_HISTORY_MINUTE_US);
  sqlite3_bind_int64 (statement, index++, queue);
  sqlite3_bind_int64 (statement, index++, CLAMP (interval->observed_s, 0, 60));
  for (guint i = 0; i < TD_N_COUNTS_FIELDS; i++)
    bind_number (statement, index++, G_STRUCT_MEMBER (gint64, &interval->counts, td_counts_fields[i].offset));
  bind_number (statement, index++, interval->max_waiting);
  bind_number (statement, index++, interval->serving);

  return td_history_database_run (self, TD_HISTORY_ADD_MINUTE, error);
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

  return td_history_database_in_transaction (self, add_batch, &batch, error);
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

static gboolean
store_day (TdHistoryDatabase *self,
           sqlite3_stmt      *select,
           sqlite3_stmt      *insert,
           gint64             queue,
           gint64             day,
           TdInterval        *minutes,
           gboolean           before_wins,
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

      if (td_history_unpack (sqlite3_column_blob (select, 0), (gsize)sqlite3_column_bytes (select, 0), 0, DAY_MINUTES, before))
        {
          for (guint i = 0; i < DAY_MINUTES; i++)
            {
              if (before[i].observed_s > minutes[i].observed_s ||
                  (before_wins && before[i].observed_s == minutes[i].observed_s))
                minutes[i] = before[i];
            }
        }
    }
  sqlite3_reset (select);
  if (code != SQLITE_ROW && code != SQLITE_DONE)
    return td_history_database_set_error (self, code, error);

  bytes = td_history_pack (minutes);
  data = g_bytes_get_data (bytes, &size);
  sqlite3_bind_int64 (insert, 1, queue);
  sqlite3_bind_int64 (insert, 2, day);
  sqlite3_bind_blob64 (insert, 3, data, size, SQLITE_STATIC);
  code = sqlite3_step (insert);
  sqlite3_reset (insert);
  sqlite3_clear_bindings (insert);

  return code == SQLITE_DONE || td_history_database_set_error (self, code, error);
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
          if (day >= 0 && !store_day (self, select, insert, queue, day, minutes, FALSE, error))
            return FALSE;
          queue = this_queue;
          day = minute / DAY_MINUTES;
          clear_day (minutes);
        }
      read_interval (list, 2, &minutes[minute % DAY_MINUTES]);
    }

  if (code != SQLITE_DONE)
    return td_history_database_set_error (self, code, error);

  return day < 0 || store_day (self, select, insert, queue, day, minutes, FALSE, error);
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

  done = td_history_database_prepare (self,
                                      "SELECT queue, minute, observed, offered, answered, answered_in_time, abandoned, abandoned_in_time,"
                                      " short_abandoned, flowed_out, wait_ms, talk_ms, hold_ms, wrap_up_ms, max_wait_ms, max_waiting, serving"
                                      " FROM minutes WHERE minute < ?1 ORDER BY queue, minute",
                                      &list, error) &&
         td_history_database_prepare (self, SELECT_DAY, &select, error) &&
         td_history_database_prepare (self, INSERT_DAY, &insert, error);
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

  return done && td_history_database_execute (self, forget, error);
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

  return td_history_database_in_transaction (self, tidy, &limits, error);
}

/* What is due to the minute @index of @n, so that all of them add up to @value. */
static gint64
get_share (gint64 value,
           gint64 index,
           gint64 n)
{
  return TD_IS_KNOWN (value) ? value * (index + 1) / n - value * index / n : TD_UNKNOWN;
}

/* Spreads an interval over its minutes; what is a mean or a maximum holds for
 * each of them. */
static void
get_minute (const TdInterval *interval,
            gint64            index,
            gint64            n,
            TdInterval       *minute)
{
  *minute = *interval;
  minute->observed_s = MIN (get_share (interval->observed_s, index, n), 60);
  for (guint i = 0; i < TD_N_COUNTS_FIELDS; i++)
    {
      gsize   offset = td_counts_fields[i].offset;
      gint64 *value = G_STRUCT_MEMBER_P (&minute->counts, offset);

      if (offset != G_STRUCT_OFFSET (TdCounts, max_wait_ms))
        *value = get_share (*value, index, n);
    }
}

typedef struct
{
  TdIntervals  *intervals;
  sqlite3_stmt *select;
  sqlite3_stmt *insert;
} Packing;

static gboolean
pack_queue (TdHistoryDatabase *self,
            const Packing     *packing,
            guint              index,
            GError           **error)
{
  g_autofree TdInterval *minutes = g_new (TdInterval, DAY_MINUTES);
  const TdInterval      *rows = td_intervals_get_rows (packing->intervals, index);
  gint64                 from = td_intervals_get_from (packing->intervals) / TD_HISTORY_MINUTE_US;
  gint64                 n = td_intervals_get_step (packing->intervals) / TD_HISTORY_MINUTE_US;
  gint64                 end = from + n * td_intervals_get_n_intervals (packing->intervals);
  gint64                 queue = 0;

  if (!td_history_database_find_name (self, TD_HISTORY_ADD_QUEUE, td_intervals_get_queue (packing->intervals, index), &queue, error))
    return FALSE;

  for (gint64 day = from / DAY_MINUTES; day * DAY_MINUTES < end; day++)
    {
      gboolean observed = FALSE;

      clear_day (minutes);
      for (gint64 minute = MAX (from, day * DAY_MINUTES); minute < MIN (end, (day + 1) * DAY_MINUTES); minute++)
        {
          const TdInterval *row = &rows[(minute - from) / n];

          if (row->observed_s <= 0)
            continue;
          get_minute (row, (minute - from) % n, n, &minutes[minute % DAY_MINUTES]);
          observed = TRUE;
        }
      if (observed && !store_day (self, packing->select, packing->insert, queue, day, minutes, n > 1, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
add_intervals (TdHistoryDatabase *self,
               gpointer           data,
               GError           **error)
{
  Packing  packing = { .intervals = data };
  gboolean done;

  done = td_history_database_prepare (self, SELECT_DAY, &packing.select, error) &&
         td_history_database_prepare (self, INSERT_DAY, &packing.insert, error);
  for (guint i = 0; done && i < td_intervals_get_n_queues (packing.intervals); i++)
    done = pack_queue (self, &packing, i, error);
  sqlite3_finalize (packing.select);
  sqlite3_finalize (packing.insert);

  return done;
}

/**
 * td_history_database_add_intervals:
 * @self: a database that was opened to write
 * @intervals: what a source counted, in steps of whole minutes
 * @error: return location; %TD_HISTORY_ERROR
 *
 * Packs them by days at once. A longer step is spread evenly over its minutes,
 * which a minute that was counted by itself goes before.
 *
 * Returns: whether all of them are on the disk
 */
gboolean
td_history_database_add_intervals (TdHistoryDatabase *self,
                                   TdIntervals       *intervals,
                                   GError           **error)
{
  return td_history_database_in_transaction (self, add_intervals, intervals, error);
}

typedef struct
{
  TdHistorySource source;
  gpointer        data;
} Import;

static gboolean
import (TdHistoryDatabase *self,
        gpointer           data,
        GError           **error)
{
  const Import *what = data;

  for (;;)
    {
      g_autoptr (GError) own_error = NULL;
      g_autoptr (TdIntervals) intervals = what->source (what->data, &own_error);

      if (own_error != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&own_error));
          return FALSE;
        }
      if (intervals == NULL)
        return TRUE;
      if (!add_intervals (self, intervals, error))
        return FALSE;
    }
}

/**
 * td_history_database_import:
 * @self: a database that was opened to write
 * @source: gives intervals until it gives none
 * @data: for @source
 * @error: return location; %TD_HISTORY_ERROR, or the source's own
 *
 * Returns: whether all of it is on the disk; else nothing of it is
 */
gboolean
td_history_database_import (TdHistoryDatabase *self,
                            TdHistorySource    source,
                            gpointer           data,
                            GError           **error)
{
  Import what = { source, data };

  return td_history_database_in_transaction (self, import, &what, error);
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
      gint64      begin = sqlite3_column_int64 (statement, 1) * DAY_MINUTES - from;
      gint64      first = CLAMP (-begin, 0, DAY_MINUTES);
      gint64      end = CLAMP (n - begin, first, DAY_MINUTES);

      /* A day that is broken is a gap, as if nobody had looked. */
      if (row == NULL || !td_history_unpack (sqlite3_column_blob (statement, 2), (gsize)sqlite3_column_bytes (statement, 2),
                                             (guint)first, (guint)(end - first), day))
        continue;

      memcpy (row + begin + first, day, (gsize)(end - first) * sizeof *day);
    }

  return code == SQLITE_DONE || td_history_database_set_error (self, code, error);
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

  return code == SQLITE_DONE || td_history_database_set_error (self, code, error);
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
  /* The writer is about to begin it. */
  if (self->version == 0)
    return g_steal_pointer (&intervals);

  done = td_history_database_prepare (self,
                                      "SELECT name, day, minutes FROM days JOIN queues ON queues.id = days.queue"
                                      " WHERE day BETWEEN ?1 AND ?2 AND (?3 IS NULL OR name = ?3) ORDER BY name, day",
                                      &days, error) &&
         td_history_database_prepare (self,
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
