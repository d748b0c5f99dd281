/* td-history-database-records.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-history-sqlite-private.h"

/* The first version of the schema that knows them. */
#define SINCE_VERSION 3

/* Rows that one question may be answered with; an agent has some 500 spans a day. */
#define MAX_ROWS 500000

/* No span is longer: what goes on is cut there, so that what reaches into a
 * time is found without reading everything before it. */
#define MAX_SPAN_MS (G_TIME_SPAN_DAY / G_TIME_SPAN_MILLISECOND)

#define FLAG_ON_HOLD 1
#define FLAG_INEXACT 2

void
td_history_sqlite_bind_number (sqlite3_stmt *statement,
                               int           index,
                               gint64        value)
{
  if (TD_IS_KNOWN (value))
    sqlite3_bind_int64 (statement, index, value);
  else
    sqlite3_bind_null (statement, index);
}

gint64
td_history_sqlite_get_number (sqlite3_stmt *statement,
                              int           column)
{
  return sqlite3_column_type (statement, column) == SQLITE_NULL ? TD_UNKNOWN : sqlite3_column_int64 (statement, column);
}

/* Runs a statement that has no row to give, and makes it ready for the next. */
gboolean
td_history_database_step (TdHistoryDatabase *self,
                          sqlite3_stmt      *statement,
                          GError           **error)
{
  int code = sqlite3_step (statement);

  sqlite3_reset (statement);

  return code == SQLITE_DONE || td_history_database_set_error (self, code, error);
}

static gboolean
add_spans (TdHistoryDatabase *self,
           TdHistoryRecords  *records,
           GError           **error)
{
  guint                n;
  const TdHistorySpan *spans = td_history_records_get_spans (records, &n);
  sqlite3_stmt        *put = NULL;
  gboolean             done;

  if (n == 0)
    return TRUE;

  /* A span that goes on is written again and again, with a later end. */
  done = td_history_database_prepare (self,
                                      "INSERT INTO agent_spans VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)"
                                      " ON CONFLICT (agent, start) DO UPDATE SET"
                                      " length = max (length, excluded.length), state = excluded.state,"
                                      " flags = excluded.flags, reason = excluded.reason, queue = excluded.queue",
                                      &put, error);
  for (guint i = 0; done && i < n; i++)
    {
      gint64 agent, queue = TD_UNKNOWN;
      /* Each rounded by itself, so that what touches still does. */
      gint64 start = spans[i].start / G_TIME_SPAN_MILLISECOND;
      gint64 length = spans[i].end / G_TIME_SPAN_MILLISECOND - start;

      done = td_history_database_find_name (self, TD_HISTORY_ADD_AGENT, spans[i].agent, &agent, error) &&
             (spans[i].queue == NULL ||
              td_history_database_find_name (self, TD_HISTORY_ADD_QUEUE, spans[i].queue, &queue, error));
      if (!done)
        break;
      sqlite3_bind_int64 (put, 1, agent);
      sqlite3_bind_int64 (put, 2, start);
      sqlite3_bind_int64 (put, 3, CLAMP (length, 0, MAX_SPAN_MS));
      sqlite3_bind_int (put, 4, (int)spans[i].state);
      sqlite3_bind_int (put, 5, (spans[i].on_hold ? FLAG_ON_HOLD : 0) | (spans[i].inexact ? FLAG_INEXACT : 0));
      sqlite3_bind_text (put, 6, spans[i].reason, -1, SQLITE_STATIC);
      td_history_sqlite_bind_number (put, 7, queue);
      done = td_history_database_step (self, put, error);
    }
  sqlite3_finalize (put);

  return done;
}

static gboolean
add_agent_days (TdHistoryDatabase *self,
                TdHistoryRecords  *records,
                GError           **error)
{
  guint                    n;
  const TdHistoryAgentDay *days = td_history_records_get_agent_days (records, &n);
  sqlite3_stmt            *put = NULL;
  gboolean                 done;

  if (n == 0)
    return TRUE;

  done = td_history_database_prepare (self,
                                      "INSERT OR REPLACE INTO agent_days VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
                                      &put, error);
  for (guint i = 0; done && i < n; i++)
    {
      const TdHistoryAgentDay *day = &days[i];
      gint64                   agent;

      if (!(done = td_history_database_find_name (self, TD_HISTORY_ADD_AGENT, day->agent, &agent, error)))
        break;
      sqlite3_bind_int64 (put, 1, day->day);
      sqlite3_bind_int64 (put, 2, agent);
      td_history_sqlite_bind_number (put, 3, day->answered);
      td_history_sqlite_bind_number (put, 4, day->no_answer);
      td_history_sqlite_bind_number (put, 5, day->talk_ms);
      td_history_sqlite_bind_number (put, 6, day->hold_ms);
      td_history_sqlite_bind_number (put, 7, day->wrap_up_ms);
      td_history_sqlite_bind_number (put, 8, day->ringing_ms);
      td_history_sqlite_bind_number (put, 9, day->available_ms);
      td_history_sqlite_bind_number (put, 10, day->paused_ms);
      done = td_history_database_step (self, put, error);
    }
  sqlite3_finalize (put);

  return done;
}

static gboolean
add_samples (TdHistoryDatabase *self,
             TdHistoryRecords  *records,
             GError           **error)
{
  guint                  n;
  const TdHistorySample *samples = td_history_records_get_samples (records, &n);
  sqlite3_stmt          *put = NULL;
  gboolean               done;

  if (n == 0)
    return TRUE;

  done = td_history_database_prepare (self, "INSERT OR REPLACE INTO samples VALUES (?1, ?2, ?3, ?4, ?5)", &put, error);
  for (guint i = 0; done && i < n; i++)
    {
      gint64 queue;

      if (!(done = td_history_database_find_name (self, TD_HISTORY_ADD_QUEUE, samples[i].queue, &queue, error)))
        break;
      sqlite3_bind_int64 (put, 1, samples[i].at);
      sqlite3_bind_int64 (put, 2, queue);
      td_history_sqlite_bind_number (put, 3, samples[i].waiting);
      td_history_sqlite_bind_number (put, 4, samples[i].longest_ms);
      td_history_sqlite_bind_number (put, 5, samples[i].serving);
      done = td_history_database_step (self, put, error);
    }
  sqlite3_finalize (put);

  return done;
}

static gboolean
add_records (TdHistoryDatabase *self,
             gpointer           data,
             GError           **error)
{
  GPtrArray *batches = data;

  for (guint i = 0; i < batches->len; i++)
    {
      TdHistoryRecords *records = g_ptr_array_index (batches, i);

      if (!add_spans (self, records, error) || !add_agent_days (self, records, error) ||
          !add_samples (self, records, error) || !td_history_database_add_alerts (self, records, error))
        return FALSE;
    }

  return TRUE;
}

/**
 * td_history_database_add_records:
 * @self: a database that was opened to write
 * @batches: (element-type TdHistoryRecords): spans, days of agents, samples, alerts and deeds
 * @error: return location; %TD_HISTORY_ERROR
 *
 * Returns: whether all of them are on the disk; else none is
 */
gboolean
td_history_database_add_records (TdHistoryDatabase *self,
                                 GPtrArray         *batches,
                                 GError           **error)
{
  return td_history_database_in_transaction (self, add_records, batches, error);
}

/**
 * td_history_database_forget_records:
 * @self: a database that was opened to write
 * @spans_before: spans that began before that are forgotten, µs since 1970
 * @days_before: days of agents that began before that are, and what alerts were over by then
 * @samples_before: samples from before that are, µs since 1970
 * @error: return location; %TD_HISTORY_ERROR
 *
 * Returns: whether it was done
 */
gboolean
td_history_database_forget_records (TdHistoryDatabase *self,
                                    gint64             spans_before,
                                    gint64             days_before,
                                    gint64             samples_before,
                                    GError           **error)
{
  g_autofree char *text =
    g_strdup_printf ("BEGIN IMMEDIATE;"
                     "DELETE FROM agent_spans WHERE agent IN (SELECT id FROM agents) AND start < %" G_GINT64_FORMAT ";"
                     "DELETE FROM agent_days WHERE day < %" G_GINT64_FORMAT ";"
                     "DELETE FROM samples WHERE at < %" G_GINT64_FORMAT ";"
                     "DELETE FROM alerts WHERE cleared < %" G_GINT64_FORMAT ";"
                     "DELETE FROM deeds WHERE at < %" G_GINT64_FORMAT
                     "  AND NOT EXISTS (SELECT 1 FROM alerts WHERE alerts.incident = deeds.incident);"
                     "COMMIT",
                     spans_before / G_TIME_SPAN_MILLISECOND, days_before, samples_before, days_before, days_before);

  if (td_history_database_execute (self, text, error))
    return TRUE;

  sqlite3_exec (self->db, "ROLLBACK", NULL, NULL, NULL);
  return FALSE;
}

static void
read_span (TdHistoryRecords *records,
           sqlite3_stmt     *statement)
{
  int           state = sqlite3_column_int (statement, 3);
  int           flags = sqlite3_column_int (statement, 4);
  TdHistorySpan span = {
    .agent = (const char *)sqlite3_column_text (statement, 0),
    .start = sqlite3_column_int64 (statement, 1) * G_TIME_SPAN_MILLISECOND,
    .end = (sqlite3_column_int64 (statement, 1) + sqlite3_column_int64 (statement, 2)) * G_TIME_SPAN_MILLISECOND,
    .state = state > 0 && state < TD_N_AGENT_STATES ? (TdAgentState)state : TD_AGENT_STATE_UNKNOWN,
    .on_hold = (flags & FLAG_ON_HOLD) != 0,
    .inexact = (flags & FLAG_INEXACT) != 0,
    .reason = (const char *)sqlite3_column_text (statement, 5),
    .queue = (const char *)sqlite3_column_text (statement, 6),
  };

  if (span.start >= 0 && span.start < span.end)
    td_history_records_add_span (records, &span);
}

static void
read_agent_day (TdHistoryRecords *records,
                sqlite3_stmt     *statement)
{
  TdHistoryAgentDay day = {
    .agent = (const char *)sqlite3_column_text (statement, 0),
    .day = sqlite3_column_int64 (statement, 1),
    .answered = td_history_sqlite_get_number (statement, 2),
    .no_answer = td_history_sqlite_get_number (statement, 3),
    .talk_ms = td_history_sqlite_get_number (statement, 4),
    .hold_ms = td_history_sqlite_get_number (statement, 5),
    .wrap_up_ms = td_history_sqlite_get_number (statement, 6),
    .ringing_ms = td_history_sqlite_get_number (statement, 7),
    .available_ms = td_history_sqlite_get_number (statement, 8),
    .paused_ms = td_history_sqlite_get_number (statement, 9),
  };

  td_history_records_add_agent_day (records, &day);
}

static void
read_sample (TdHistoryRecords *records,
             sqlite3_stmt     *statement)
{
  TdHistorySample sample = {
    .queue = (const char *)sqlite3_column_text (statement, 0),
    .at = sqlite3_column_int64 (statement, 1),
    .waiting = td_history_sqlite_get_number (statement, 2),
    .longest_ms = td_history_sqlite_get_number (statement, 3),
    .serving = td_history_sqlite_get_number (statement, 4),
  };

  td_history_records_add_sample (records, &sample);
}

/* What is asked of each kind; ?1 is who, ?2 and ?3 from when to when. */
static const struct
{
  gint64      since_version;
  const char *text;
  void (*read) (TdHistoryRecords *records,
                sqlite3_stmt     *statement);
} questions[] = {
  [TD_HISTORY_SPANS] = {
    SINCE_VERSION,
    "SELECT agents.name, start, length, state, flags, reason, queues.name FROM agent_spans"
    " JOIN agents ON agents.id = agent_spans.agent LEFT JOIN queues ON queues.id = agent_spans.queue"
    " WHERE agent IN (SELECT id FROM agents WHERE ?1 IS NULL OR name = ?1)"
    " AND start > ?2 / 1000 - 86400000 AND start < (?3 + 999) / 1000 AND start + length > ?2 / 1000"
    " ORDER BY agent, start",
    read_span },
  [TD_HISTORY_AGENT_DAYS] = { SINCE_VERSION, "SELECT name, day, answered, no_answer, talk_ms, hold_ms, wrap_up_ms, ringing_ms, available_ms, paused_ms"
                                             " FROM agent_days JOIN agents ON agents.id = agent_days.agent"
                                             " WHERE (?1 IS NULL OR name = ?1) AND day >= ?2 AND day < ?3 ORDER BY name, day",
                              read_agent_day },
  [TD_HISTORY_SAMPLES] = { SINCE_VERSION, "SELECT name, at, waiting, longest_ms, serving FROM samples JOIN queues ON queues.id = samples.queue"
                                          " WHERE (?1 IS NULL OR name = ?1) AND at >= ?2 AND at < ?3 ORDER BY at, name",
                           read_sample },
  [TD_HISTORY_ALERTS] = { TD_HISTORY_ALERTS_SINCE_VERSION, td_history_question_alerts, td_history_read_alert },
  [TD_HISTORY_DEEDS] = { TD_HISTORY_ALERTS_SINCE_VERSION, td_history_question_deeds, td_history_read_deed },
};

/**
 * td_history_database_read_records:
 * @self: a database
 * @kind: what to read
 * @who: (nullable): id of an agent, of a queue for samples, of any thing for alerts, a
 *   person's name for deeds; %NULL for all
 * @from: µs since 1970
 * @to: µs since 1970, exclusive
 * @error: return location; %TD_HISTORY_ERROR
 *
 * Returns: (transfer full) (nullable): what there is of it
 */
TdHistoryRecords *
td_history_database_read_records (TdHistoryDatabase  *self,
                                  TdHistoryRecordKind kind,
                                  const char         *who,
                                  gint64              from,
                                  gint64              to,
                                  GError            **error)
{
  g_autoptr (TdHistoryRecords) records = td_history_records_new ();
  sqlite3_stmt *statement = NULL;
  int           code = SQLITE_DONE;
  guint         n = 0;

  if (self->version < questions[kind].since_version)
    return g_steal_pointer (&records);
  if (!td_history_database_prepare (self, questions[kind].text, &statement, error))
    return NULL;

  sqlite3_bind_text (statement, 1, who, -1, SQLITE_STATIC);
  sqlite3_bind_int64 (statement, 2, from);
  sqlite3_bind_int64 (statement, 3, to);
  while (n++ < MAX_ROWS && (code = sqlite3_step (statement)) == SQLITE_ROW)
    questions[kind].read (records, statement);
  if (code != SQLITE_DONE && code != SQLITE_ROW)
    td_history_database_set_error (self, code, error);
  sqlite3_finalize (statement);

  return code == SQLITE_DONE || code == SQLITE_ROW ? g_steal_pointer (&records) : NULL;
}
