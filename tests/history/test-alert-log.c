/* test-alert-log.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>
#include <sqlite3.h>
#include <string.h>

#include "history-fixture.h"

static TdHistoryAlert
make_alert (gint64 id,
            gint64 incident,
            gint64 raised,
            gint64 cleared)
{
  return (TdHistoryAlert){
    .id = id,
    .incident = incident,
    .rule = "waiting",
    .kind = "waiting",
    .scope = "queue",
    .target = "điện",
    .group = "1900",
    .level = 2,
    .since = raised - MINUTE,
    .raised = raised,
    .cleared = cleared,
    .end = 1,
    .value = 3,
    .worst = 12.5,
    .threshold = 10,
    .escalate_s = 300,
    .title = "Khách chờ",
    .evidence = "12 khách chờ",
  };
}

static void
add_alert (TdHistory            *history,
           const TdHistoryAlert *alert)
{
  g_autoptr (TdHistoryRecords) records = td_history_records_new ();

  td_history_records_add_alert (records, alert);
  td_history_add_records (history, records);
}

static void
add_deed (TdHistory  *history,
          gint64      id,
          gint64      incident,
          gint64      at,
          const char *who)
{
  g_autoptr (TdHistoryRecords) records = td_history_records_new ();
  TdHistoryDeed deed = { id, incident, at, 5, who, NULL, "đang xử lý", TD_UNKNOWN };

  td_history_records_add_deed (records, &deed);
  td_history_add_records (history, records);
}

static guint
count_alerts (TdHistory *history,
              gint64     from,
              gint64     to)
{
  g_autoptr (TdHistoryRecords) records = history_read_records (history, TD_HISTORY_ALERTS, NULL, from, to);
  guint n;

  td_history_records_get_alerts (records, &n);

  return n;
}

static guint
count_deeds (TdHistory  *history,
             const char *who,
             gint64      from,
             gint64      to)
{
  g_autoptr (TdHistoryRecords) records = history_read_records (history, TD_HISTORY_DEEDS, who, from, to);
  guint n;

  td_history_records_get_deeds (records, &n);

  return n;
}

static void
run_sql (const char *path,
         const char *text)
{
  sqlite3 *db;

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, text, NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (db);
}

static void
test_everything_reads_alike (void)
{
  g_autofree char *path = history_make_path ();
  g_autoptr (TdHistory) history = td_history_new (path);
  g_autoptr (TdHistoryRecords) alerts = NULL;
  g_autoptr (TdHistoryRecords) deeds = NULL;
  TdHistoryAlert        alert = make_alert (7, 3, DAY0, TD_UNKNOWN);
  const TdHistoryAlert *kept;
  const TdHistoryDeed  *deed;
  guint                 n;

  alert.value = NAN;
  add_alert (history, &alert);
  add_deed (history, 9, 3, DAY0 + MINUTE, "Tâm");
  history_flush_well (history);
  td_history_close (history);
  g_clear_object (&history);

  history = td_history_new (path);
  alerts = history_read_records (history, TD_HISTORY_ALERTS, "điện", DAY0, DAY0 + DAY);
  kept = td_history_records_get_alerts (alerts, &n);
  g_assert_cmpuint (n, ==, 1);
  g_assert_cmpint (kept->id, ==, 7);
  g_assert_cmpint (kept->incident, ==, 3);
  g_assert_cmpstr (kept->rule, ==, "waiting");
  g_assert_cmpstr (kept->scope, ==, "queue");
  g_assert_cmpstr (kept->group, ==, "1900");
  g_assert_cmpuint (kept->level, ==, 2);
  g_assert_cmpint (kept->since, ==, DAY0 - MINUTE);
  g_assert_cmpint (kept->cleared, ==, TD_UNKNOWN);
  g_assert_true (isnan (kept->value));
  g_assert_cmpfloat (kept->worst, ==, 12.5);
  g_assert_cmpuint (kept->escalate_s, ==, 300);
  g_assert_cmpstr (kept->evidence, ==, "12 khách chờ");

  deeds = history_read_records (history, TD_HISTORY_DEEDS, "Tâm", DAY0, DAY0 + DAY);
  deed = td_history_records_get_deeds (deeds, &n);
  g_assert_cmpuint (n, ==, 1);
  g_assert_cmpuint (deed->what, ==, 5);
  g_assert_cmpstr (deed->text, ==, "đang xử lý");
  g_assert_null (deed->whom);
  g_assert_cmpint (deed->until, ==, TD_UNKNOWN);
  td_history_close (history);

  history_remove_all (path);
}

static void
test_what_was_told_last_stands (void)
{
  g_autofree char *path = history_make_path ();
  g_autoptr (TdHistory) history = td_history_new (path);
  g_autoptr (TdHistoryRecords) records = NULL;
  TdHistoryAlert alert = make_alert (7, 3, DAY0, TD_UNKNOWN);
  guint          n;

  add_alert (history, &alert);
  alert.cleared = DAY0 + 10 * MINUTE;
  add_alert (history, &alert);
  records = history_read_records (history, TD_HISTORY_ALERTS, NULL, DAY0, DAY0 + DAY);
  g_assert_cmpint (td_history_records_get_alerts (records, &n)->cleared, ==, DAY0 + 10 * MINUTE);
  g_assert_cmpuint (n, ==, 1);
  td_history_close (history);

  history_remove_all (path);
}

/* What was on in the time that is asked for is given, and what goes on with all its deeds. */
static void
test_what_reaches_in_is_given (void)
{
  g_autofree char *path = history_make_path ();
  g_autoptr (TdHistory) history = td_history_new (path);
  TdHistoryAlert over = make_alert (1, 1, DAY0, DAY0 + 10 * MINUTE);
  TdHistoryAlert on = make_alert (2, 2, DAY0 + MINUTE, TD_UNKNOWN);

  add_alert (history, &over);
  add_alert (history, &on);
  add_deed (history, 1, 1, DAY0, "Tâm");
  add_deed (history, 2, 2, DAY0 + MINUTE, "Ngân");

  g_assert_cmpuint (count_alerts (history, DAY0 + 5 * MINUTE, DAY0 + 6 * MINUTE), ==, 2);
  g_assert_cmpuint (count_alerts (history, DAY0 + DAY, DAY0 + 2 * DAY), ==, 1);
  g_assert_cmpuint (count_alerts (history, DAY0 - DAY, DAY0), ==, 0);
  g_assert_cmpuint (count_deeds (history, NULL, DAY0, DAY0 + DAY), ==, 2);
  g_assert_cmpuint (count_deeds (history, NULL, DAY0 + DAY, DAY0 + 2 * DAY), ==, 1);
  g_assert_cmpuint (count_deeds (history, "Tâm", DAY0 + DAY, DAY0 + 2 * DAY), ==, 0);
  td_history_close (history);

  history_remove_all (path);
}

static void
test_forgotten_with_the_minutes_but_for_what_goes_on (void)
{
  g_autofree char *path = history_make_path ();
  g_autoptr (TdHistory) history = td_history_new (path);
  TdHistoryAlert over = make_alert (1, 1, DAY0, DAY0 + 10 * MINUTE);
  TdHistoryAlert on = make_alert (2, 2, DAY0, TD_UNKNOWN);

  td_history_set_retention (history, 30, 30, 2);
  add_alert (history, &over);
  add_alert (history, &on);
  add_deed (history, 1, 1, DAY0, "Tâm");
  add_deed (history, 2, 2, DAY0, "Tâm");
  td_history_tidy (history, DAY0 + 29 * DAY);
  g_assert_cmpuint (count_alerts (history, DAY0, DAY0 + DAY), ==, 2);
  td_history_tidy (history, DAY0 + 31 * DAY);
  g_assert_cmpuint (count_alerts (history, DAY0, DAY0 + DAY), ==, 1);
  g_assert_cmpuint (count_deeds (history, NULL, DAY0, DAY0 + DAY), ==, 1);
  td_history_close (history);

  history_remove_all (path);
}

/* Version 3 of the schema is this one without its last tables. */
static void
test_a_file_without_alerts_is_taken_over (void)
{
  g_autofree char *path = history_make_path ();
  g_autoptr (TdHistory) history = td_history_new (path);
  TdHistoryAlert alert = make_alert (7, 3, DAY0, TD_UNKNOWN);
  TdHistoryMark  mark = { .kind = TD_HISTORY_MARK_TEST, .from = DAY0, .to = DAY0 + MINUTE };

  td_history_set_mark (history, &mark);
  history_flush_well (history);
  td_history_close (history);
  g_clear_object (&history);
  run_sql (path, "DROP TABLE alerts; DROP TABLE deeds; PRAGMA user_version = 3;");

  history = td_history_new (path);
  add_alert (history, &alert);
  add_deed (history, 9, 3, DAY0, "Tâm");
  g_assert_cmpuint (count_alerts (history, DAY0, DAY0 + DAY), ==, 1);
  g_assert_cmpuint (count_deeds (history, NULL, DAY0, DAY0 + DAY), ==, 1);
  g_assert_null (td_history_get_error_message (history));
  td_history_close (history);

  history_remove_all (path);
}

static void
test_nonsense_is_bounded (void)
{
  g_autofree char *path = history_make_path ();
  g_autoptr (TdHistory) history = td_history_new (path);
  g_autoptr (TdHistoryRecords) records = NULL;
  const TdHistoryAlert *alerts;
  guint                 n;

  history_flush_well (history);
  td_history_close (history);
  g_clear_object (&history);
  run_sql (path,
           "INSERT INTO alerts VALUES (-4, 0, 'a', 'b', 'c', 'd', NULL, 0, 0, 0, NULL, 0, 0, 0, 0, 0, NULL, NULL);"
           "INSERT INTO alerts VALUES (5, 0, 'a', 'b', 'c', 'd', NULL, -7, 0, 0, NULL, -9, 'x', 0, 0, -1, NULL, NULL);");

  history = td_history_new (path);
  records = history_read_records (history, TD_HISTORY_ALERTS, NULL, DAY0, DAY0 + DAY);
  alerts = td_history_records_get_alerts (records, &n);
  g_assert_cmpuint (n, ==, 1);
  g_assert_cmpuint (alerts->level, ==, 0);
  g_assert_cmpuint (alerts->end, ==, 0);
  g_assert_cmpuint (alerts->escalate_s, ==, 0);
  td_history_close (history);

  history_remove_all (path);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/alert-log/everything-reads-alike", test_everything_reads_alike);
  g_test_add_func ("/alert-log/what-was-told-last-stands", test_what_was_told_last_stands);
  g_test_add_func ("/alert-log/what-reaches-in-is-given", test_what_reaches_in_is_given);
  g_test_add_func ("/alert-log/forgotten-with-the-minutes-but-for-what-goes-on", test_forgotten_with_the_minutes_but_for_what_goes_on);
  g_test_add_func ("/alert-log/a-file-without-alerts-is-taken-over", test_a_file_without_alerts_is_taken_over);
  g_test_add_func ("/alert-log/nonsense-is-bounded", test_nonsense_is_bounded);

  return g_test_run ();
}
