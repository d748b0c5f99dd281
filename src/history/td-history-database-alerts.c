/* td-history-database-alerts.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-history-sqlite-private.h"

#include <math.h>

const char td_history_question_alerts[] =
  "SELECT id, incident, rule, kind, scope, target, \"group\", level, since, raised, cleared, \"end\", value, worst,"
  " threshold, escalate_s, title, evidence FROM alerts"
  " WHERE (?1 IS NULL OR target = ?1) AND raised < ?3 AND (cleared IS NULL OR cleared >= ?2) ORDER BY id";

/* How an incident that was on in the time came to be as it is, whenever that
 * was done: who took it hours before it ended still has it. */
const char td_history_question_deeds[] =
  "SELECT id, incident, at, what, who, whom, text, until FROM deeds"
  " WHERE (?1 IS NULL OR who = ?1)"
  " AND (at >= ?2 AND at < ?3 OR incident IN"
  " (SELECT incident FROM alerts WHERE raised < ?3 AND (cleared IS NULL OR cleared >= ?2))) ORDER BY id";

static void
bind_text (sqlite3_stmt *statement,
           int           index,
           const char   *text)
{
  sqlite3_bind_text (statement, index, text, -1, SQLITE_STATIC);
}

/* SQLite keeps NAN as NULL. */
static double
get_value (sqlite3_stmt *statement,
           int           column)
{
  return sqlite3_column_type (statement, column) == SQLITE_NULL ? NAN : sqlite3_column_double (statement, column);
}

static gboolean
put_alert (TdHistoryDatabase    *self,
           sqlite3_stmt         *put,
           const TdHistoryAlert *alert,
           GError              **error)
{
  sqlite3_bind_int64 (put, 1, alert->id);
  sqlite3_bind_int64 (put, 2, alert->incident);
  bind_text (put, 3, alert->rule);
  bind_text (put, 4, alert->kind);
  bind_text (put, 5, alert->scope);
  bind_text (put, 6, alert->target);
  bind_text (put, 7, alert->group);
  sqlite3_bind_int (put, 8, (int)alert->level);
  sqlite3_bind_int64 (put, 9, alert->since);
  sqlite3_bind_int64 (put, 10, alert->raised);
  td_history_sqlite_bind_number (put, 11, alert->cleared);
  sqlite3_bind_int (put, 12, (int)alert->end);
  sqlite3_bind_double (put, 13, alert->value);
  sqlite3_bind_double (put, 14, alert->worst);
  sqlite3_bind_double (put, 15, alert->threshold);
  sqlite3_bind_int64 (put, 16, alert->escalate_s);
  bind_text (put, 17, alert->title);
  bind_text (put, 18, alert->evidence);

  return td_history_database_step (self, put, error);
}

static gboolean
put_deed (TdHistoryDatabase   *self,
          sqlite3_stmt        *put,
          const TdHistoryDeed *deed,
          GError             **error)
{
  sqlite3_bind_int64 (put, 1, deed->id);
  sqlite3_bind_int64 (put, 2, deed->incident);
  sqlite3_bind_int64 (put, 3, deed->at);
  sqlite3_bind_int (put, 4, (int)deed->what);
  bind_text (put, 5, deed->who);
  bind_text (put, 6, deed->whom);
  bind_text (put, 7, deed->text);
  td_history_sqlite_bind_number (put, 8, deed->until);

  return td_history_database_step (self, put, error);
}

/* td_history_database_add_alerts:
 * @records: of which the alerts and the deeds are taken
 *
 * Within a transaction. What was told of an alert before is replaced. */
gboolean
td_history_database_add_alerts (TdHistoryDatabase *self,
                                TdHistoryRecords  *records,
                                GError           **error)
{
  guint                 n_alerts, n_deeds;
  const TdHistoryAlert *alerts = td_history_records_get_alerts (records, &n_alerts);
  const TdHistoryDeed  *deeds = td_history_records_get_deeds (records, &n_deeds);
  sqlite3_stmt         *alert = NULL;
  sqlite3_stmt         *deed = NULL;
  gboolean              done;

  if (n_alerts == 0 && n_deeds == 0)
    return TRUE;

  done = td_history_database_prepare (self,
                                      "INSERT OR REPLACE INTO alerts VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10,"
                                      " ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18)",
                                      &alert, error) &&
         td_history_database_prepare (self, "INSERT OR REPLACE INTO deeds VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)", &deed, error);
  for (guint i = 0; done && i < n_alerts; i++)
    done = put_alert (self, alert, &alerts[i], error);
  for (guint i = 0; done && i < n_deeds; i++)
    done = put_deed (self, deed, &deeds[i], error);

  sqlite3_finalize (alert);
  sqlite3_finalize (deed);

  return done;
}

/* td_history_read_alert:
 *
 * Takes a row of td_history_question_alerts. */
void
td_history_read_alert (TdHistoryRecords *records,
                       sqlite3_stmt     *statement)
{
  TdHistoryAlert alert = {
    .id = sqlite3_column_int64 (statement, 0),
    .incident = sqlite3_column_int64 (statement, 1),
    .rule = (const char *)sqlite3_column_text (statement, 2),
    .kind = (const char *)sqlite3_column_text (statement, 3),
    .scope = (const char *)sqlite3_column_text (statement, 4),
    .target = (const char *)sqlite3_column_text (statement, 5),
    .group = (const char *)sqlite3_column_text (statement, 6),
    .level = (guint)CLAMP (sqlite3_column_int (statement, 7), 0, G_MAXINT),
    .since = sqlite3_column_int64 (statement, 8),
    .raised = sqlite3_column_int64 (statement, 9),
    .cleared = td_history_sqlite_get_number (statement, 10),
    .end = (guint)CLAMP (sqlite3_column_int (statement, 11), 0, G_MAXINT),
    .value = get_value (statement, 12),
    .worst = get_value (statement, 13),
    .threshold = get_value (statement, 14),
    .escalate_s = (guint)CLAMP (sqlite3_column_int (statement, 15), 0, G_MAXINT),
    .title = (const char *)sqlite3_column_text (statement, 16),
    .evidence = (const char *)sqlite3_column_text (statement, 17),
  };

  if (alert.id > 0 && alert.rule != NULL && alert.kind != NULL && alert.scope != NULL && alert.target != NULL)
    td_history_records_add_alert (records, &alert);
}

/* td_history_read_deed:
 *
 * Takes a row of td_history_question_deeds. */
void
td_history_read_deed (TdHistoryRecords *records,
                      sqlite3_stmt     *statement)
{
  TdHistoryDeed deed = {
    .id = sqlite3_column_int64 (statement, 0),
    .incident = sqlite3_column_int64 (statement, 1),
    .at = sqlite3_column_int64 (statement, 2),
    .what = (guint)CLAMP (sqlite3_column_int (statement, 3), 0, G_MAXINT),
    .who = (const char *)sqlite3_column_text (statement, 4),
    .whom = (const char *)sqlite3_column_text (statement, 5),
    .text = (const char *)sqlite3_column_text (statement, 6),
    .until = td_history_sqlite_get_number (statement, 7),
  };

  td_history_records_add_deed (records, &deed);
}
