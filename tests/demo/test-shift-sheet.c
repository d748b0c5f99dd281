/* test-shift-sheet.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a hand-over sheet says is what the simulated centre played, figure by
 * figure, and stays so once it is handed over.
 */

#include "config.h"

#include <glib/gstdio.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "history-fixture.h"
#include "td-csv.h"
#include "td-history-csv.h"
#include "td-history-export.h"
#include "td-incident.h"
#include "td-shift-file.h"
#include "td-shift-gatherer.h"
#include "td-shift-times.h"
#include "td-simulation.h"

#define HOUR G_TIME_SPAN_HOUR
/* Friday 2026-11-20 00:00 in Asia/Ho_Chi_Minh. */
#define MIDNIGHT (DAY0 - 7 * HOUR)

typedef struct
{
  char         *path;
  TdSimulation *simulation;
  TdCentre     *centre;
  TdDay        *day;
  TdHistory    *history;
  TdOutlook    *outlook;
} Fixture;

/* A centre at @now, and an empty history. */
static void
begin (Fixture *fixture,
       gint64   now,
       guint    n_queues)
{
  TdSimulationOptions options = { .seed = 3, .n_agents = 40, .n_queues = n_queues, .start = now };
  g_autoptr (TdSnapshot) snapshot = NULL;
  g_autoptr (GError) error = NULL;

  fixture->path = history_make_path ();
  fixture->simulation = td_simulation_new (&options, &error);
  g_assert_no_error (error);
  fixture->centre = td_centre_new ();
  fixture->day = td_day_new (fixture->centre);
  fixture->history = td_history_new (fixture->path);
  fixture->outlook = td_outlook_new (fixture->centre, fixture->day, fixture->history);
  snapshot = td_simulation_take_full (fixture->simulation);
  td_centre_apply (fixture->centre, snapshot, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  g_clear_object (&fixture->outlook);
  td_history_close (fixture->history);
  g_clear_object (&fixture->history);
  g_clear_object (&fixture->day);
  g_clear_object (&fixture->centre);
  td_simulation_free (fixture->simulation);
  history_remove_all (fixture->path);
  g_free (fixture->path);
}

static void
finished_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  *(GAsyncResult **)user_data = g_object_ref (result);
}

static GAsyncResult *
wait_for (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);

  return *result;
}

static TdShiftSheet *
gather (Fixture *fixture,
        gint64   from,
        gint64   to)
{
  g_autoptr (TdShiftGatherer) gatherer = td_shift_gatherer_new (fixture->outlook);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  TdShiftSheet *sheet;

  td_shift_gatherer_gather_async (gatherer, from, to, NULL, finished_cb, &result);
  sheet = td_shift_gatherer_gather_finish (gatherer, wait_for (&result), &error);
  g_assert_no_error (error);

  return sheet;
}

static TdIntervals *
remember (Fixture *fixture,
          gint64   from,
          gint64   to)
{
  g_autoptr (GError) error = NULL;
  TdIntervals *played = td_simulation_get_intervals (fixture->simulation, from, to, 60, NULL, &error);

  g_assert_no_error (error);
  td_history_add_intervals (fixture->history, played);
  history_flush_well (fixture->history);

  return played;
}

static const TdShiftFigures *
find_queue (const TdShiftSheet *sheet,
            const char         *id)
{
  for (guint i = 0; i < sheet->queues->len; i++)
    {
      const TdShiftFigures *figures = g_ptr_array_index (sheet->queues, i);

      if (g_str_equal (figures->id, id))
        return figures;
    }

  return NULL;
}

/* Compares with sums that are made here, from the minutes as they were played. */
static void
check_sums (const TdShiftSheet *sheet,
            TdIntervals        *played)
{
  gint64   total[TD_N_COUNTS_FIELDS] = { 0 };
  TdCounts counts;

  g_assert_cmpuint (sheet->queues->len, ==, td_intervals_get_n_queues (played));
  for (guint q = 0; q < td_intervals_get_n_queues (played); q++)
    {
      const TdInterval     *rows = td_intervals_get_rows (played, q);
      const TdShiftFigures *figures = find_queue (sheet, td_intervals_get_queue (played, q));

      g_assert_nonnull (figures);
      for (guint f = 0; f < TD_N_COUNTS_FIELDS; f++)
        {
          gsize    offset = td_counts_fields[f].offset;
          gboolean is_max = offset == G_STRUCT_OFFSET (TdCounts, max_wait_ms);
          gint64   sum = is_max ? TD_UNKNOWN : 0;

          for (guint i = 0; i < td_intervals_get_n_intervals (played); i++)
            {
              gint64 value = G_STRUCT_MEMBER (gint64, &rows[i].counts, offset);

              sum = is_max ? MAX (sum, value) : sum + value;
            }
          g_assert_cmpint (G_STRUCT_MEMBER (gint64, &figures->counts, offset), ==, sum);
          total[f] = is_max ? MAX (total[f], sum) : total[f] + sum;
        }
      g_assert_cmpint (figures->missing_s, ==, 0);
    }
  for (guint f = 0; f < TD_N_COUNTS_FIELDS; f++)
    {
      g_assert_cmpint (G_STRUCT_MEMBER (gint64, &sheet->total.counts, td_counts_fields[f].offset), ==, total[f]);
      G_STRUCT_MEMBER (gint64, &counts, td_counts_fields[f].offset) = total[f];
    }
  g_assert_cmpint (total[0], >, 0);
  g_assert_cmpfloat_with_epsilon (td_shift_sheet_get_service_level (sheet, &sheet->total),
                                  (double)counts.answered_in_time /
                                    (double)(counts.answered + counts.abandoned - counts.short_abandoned),
                                  1e-12);
}

static void
check_shift (Fixture *fixture,
             gint64   from,
             gint64   to)
{
  g_autoptr (TdIntervals) played = remember (fixture, from, to);
  g_autoptr (TdShiftSheet) sheet = gather (fixture, from, to);

  g_assert_cmpint (sheet->until, ==, to);
  g_assert_cmpuint (sheet->gaps->len, ==, 0);
  check_sums (sheet, played);
}

static void
test_a_day_is_what_was_played (Fixture      *fixture,
                               gconstpointer data)
{
  begin (fixture, MIDNIGHT + 21 * HOUR, 0);
  check_shift (fixture, MIDNIGHT + 8 * HOUR, MIDNIGHT + 20 * HOUR);
}

static void
test_a_night_goes_over_midnight (Fixture      *fixture,
                                 gconstpointer data)
{
  begin (fixture, MIDNIGHT + 9 * HOUR, 0);
  check_shift (fixture, MIDNIGHT - 4 * HOUR, MIDNIGHT + 8 * HOUR);
}

static void
test_a_night_goes_over_the_year_s_end (Fixture      *fixture,
                                       gconstpointer data)
{
  gint64 new_year = MIDNIGHT + 42 * DAY;

  begin (fixture, new_year + 8 * HOUR + 30 * MINUTE, 0);
  check_shift (fixture, new_year - 4 * HOUR, new_year + 8 * HOUR);
}

static void
test_many_queues_add_up (Fixture      *fixture,
                         gconstpointer data)
{
  begin (fixture, MIDNIGHT + 12 * HOUR, 480);
  check_shift (fixture, MIDNIGHT + 8 * HOUR, MIDNIGHT + 12 * HOUR);
}

/* Of what nobody saw it is said how much it is, and what it leaves short. */
static void
test_gaps_are_told (Fixture      *fixture,
                    gconstpointer data)
{
  gint64 from = MIDNIGHT + 8 * HOUR;
  g_autoptr (TdIntervals) before = NULL;
  g_autoptr (TdIntervals) after = NULL;
  g_autoptr (TdShiftSheet) sheet = NULL;
  const TdShiftGap *gap;

  begin (fixture, MIDNIGHT + 13 * HOUR, 0);
  before = remember (fixture, from, from + HOUR);
  after = remember (fixture, from + HOUR + 25 * MINUTE, from + 3 * HOUR);
  sheet = gather (fixture, from, from + 3 * HOUR);

  g_assert_cmpuint (sheet->gaps->len, ==, 1);
  gap = &g_array_index (sheet->gaps, TdShiftGap, 0);
  g_assert_cmpint (gap->from, ==, from + HOUR);
  g_assert_cmpint (gap->to, ==, from + HOUR + 25 * MINUTE);
  g_assert_cmpuint (gap->n_queues, ==, sheet->queues->len);
  g_assert_cmpint (sheet->total.missing_s, ==, 25 * 60);
  for (guint i = 0; i < sheet->queues->len; i++)
    g_assert_cmpint (((TdShiftFigures *)g_ptr_array_index (sheet->queues, i))->missing_s, ==, 25 * 60);
  g_assert_true (isnan (sheet->offered[60]) && !isnan (sheet->offered[59]) && !isnan (sheet->offered[85]));
  /* A rate of fifteen minutes needs all of them. */
  g_assert_true (isnan (sheet->rates[98]) && !isnan (sheet->rates[99]));
  /* Before the first of them nothing was observed. */
  g_assert_true (isnan (sheet->rates[13]) && !isnan (sheet->rates[14]));
}

static void
test_an_empty_shift_has_no_figures (Fixture      *fixture,
                                    gconstpointer data)
{
  g_autoptr (TdShiftSheet) sheet = NULL;

  begin (fixture, MIDNIGHT + 21 * HOUR, 0);
  sheet = gather (fixture, MIDNIGHT + 8 * HOUR, MIDNIGHT + 20 * HOUR);
  g_assert_cmpint (sheet->total.counts.offered, ==, TD_UNKNOWN);
  g_assert_cmpint (sheet->total.missing_s, ==, 12 * 3600);
  g_assert_true (isnan (td_shift_sheet_get_service_level (sheet, &sheet->total)));
  g_assert_cmpint (sheet->staff.present, ==, TD_UNKNOWN);
}

/* An alert that was on from @from to @to, and, where @owner is given, was taken a minute later. */
static void
add_alert (Fixture    *fixture,
           gint64      id,
           const char *title,
           gint64      from,
           gint64      to,
           const char *owner)
{
  g_autoptr (TdHistoryRecords) records = td_history_records_new ();
  TdHistoryAlert alert = { id, id, "r", "waiting", "centre", "", NULL, 1, from, from, to, 1, 30, 40, 20, 0, title, "40 waiting" };
  TdHistoryDeed  deed = { id, id, from + MINUTE, TD_INCIDENT_EVENT_TAKEN, owner, NULL, NULL, TD_UNKNOWN };

  td_history_records_add_alert (records, &alert);
  if (owner != NULL)
    td_history_records_add_deed (records, &deed);
  td_history_add_records (fixture->history, records);
  history_flush_well (fixture->history);
}

/* Alerts of the shift, and of no other, with what spoke for them and who took them. */
static void
test_alerts_are_told_with_evidence_and_owner (Fixture      *fixture,
                                              gconstpointer data)
{
  gint64 from = MIDNIGHT + 8 * HOUR;
  g_autoptr (TdShiftSheet) sheet = NULL;
  const TdShiftEvent *event;

  begin (fixture, MIDNIGHT + 21 * HOUR, 0);
  add_alert (fixture, 1, "Before", from - 2 * HOUR, from - HOUR, "A");
  add_alert (fixture, 2, "Taken", from - MINUTE, from + HOUR, "Võ Kim Ngân");
  add_alert (fixture, 3, "Lasts", from + 2 * HOUR, TD_UNKNOWN, NULL);
  add_alert (fixture, 4, "After", from + 12 * HOUR, from + 12 * HOUR + MINUTE, NULL);
  sheet = gather (fixture, from, from + 12 * HOUR);

  g_assert_cmpuint (sheet->events->len, ==, 2);
  event = g_ptr_array_index (sheet->events, 0);
  g_assert_cmpint (event->kind, ==, TD_SHIFT_ALERT);
  g_assert_cmpstr (event->text, ==, "Taken");
  g_assert_cmpstr (event->evidence, ==, "40 waiting");
  g_assert_cmpstr (event->owner, ==, "Võ Kim Ngân");
  g_assert_cmpint (event->owned_at, ==, from);
  g_assert_cmpint (event->to, ==, from + HOUR);
  event = g_ptr_array_index (sheet->events, 1);
  g_assert_cmpstr (event->text, ==, "Lasts");
  g_assert_null (event->owner);
  g_assert_cmpint (event->to, ==, TD_UNKNOWN);
}

/* What is kept of it is all that the sheet says. */
static void
test_a_handed_over_shift_is_kept_whole (Fixture      *fixture,
                                        gconstpointer data)
{
  gint64        from = MIDNIGHT + 8 * HOUR;
  TdHistoryMark mark = { .kind = TD_HISTORY_MARK_INCIDENT, .from = from + HOUR, .to = from + 2 * HOUR, .text = (char *)"Mất điện, “Tây Ninh”" };
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Asia/Ho_Chi_Minh");
  g_autoptr (TdIntervals) past = NULL;
  g_autoptr (TdShiftSheet) sheet = NULL;
  g_autoptr (TdShiftSheet) read = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = NULL;
  g_autofree char *path = NULL;
  g_autofree char *name = NULL;
  g_autofree char *text = NULL;
  g_autofree char *again = NULL;
  gint64           peeked_from, peeked_to;
  gboolean         frozen;
  gboolean         is_out;

  begin (fixture, MIDNIGHT + 21 * HOUR, 0);
  past = remember (fixture, MIDNIGHT - 20 * DAY, MIDNIGHT + 20 * HOUR);
  td_history_set_mark (fixture->history, &mark);
  history_flush_well (fixture->history);
  td_outlook_learn (fixture->outlook);
  while (td_outlook_get_state (fixture->outlook) != TD_OUTLOOK_READY)
    g_main_context_iteration (NULL, TRUE);
  sheet = gather (fixture, from, from + 12 * HOUR);
  g_assert_cmpuint (sheet->events->len, ==, 1);
  g_assert_false (isnan (((TdShiftEvent *)g_ptr_array_index (sheet->events, 0))->excess));
  /* Three weeks of the same make it what was to be expected. */
  g_assert_cmpfloat (fabs (td_shift_figures_get_deviation (&sheet->total, &is_out)), <, 0.25);
  g_assert_cmpfloat (sheet->total.compared, ==, (double)sheet->total.counts.offered);
  g_assert_cmpfloat (sheet->total.normal.low95, <, sheet->total.normal.mean);

  sheet->giver = g_strdup ("Lê Minh Tâm");
  sheet->taker = g_strdup ("Võ Kim Ngân");
  sheet->note = g_strdup ("Lưới 110 kV \"Tây Ninh\"\nnhảy lúc 14:03.");
  folder = td_shift_file_get_folder (fixture->path);
  path = td_shift_file_get_path (folder, from, from + 12 * HOUR, zone);
  name = g_path_get_basename (path);
  g_assert_cmpstr (name, ==, "2026-11-20-0800.json");

  /* Before it is handed over, what was typed is all that is kept. */
  text = td_shift_file_to_json (sheet);
  g_assert_null (strstr (text, "queues"));
  g_clear_pointer (&text, g_free);

  sheet->handed_at = from + 12 * HOUR + 90 * G_TIME_SPAN_SECOND;
  text = td_shift_file_to_json (sheet);
  td_shift_file_write (text, path, &error);
  g_assert_no_error (error);
  g_assert_true (td_shift_file_peek (path, &peeked_from, &peeked_to, &frozen));
  g_assert_true (frozen && peeked_from == from && peeked_to == from + 12 * HOUR);
  read = td_shift_file_load (path, &error);
  g_assert_no_error (error);
  again = td_shift_file_to_json (read);
  g_assert_cmpstr (again, ==, text);
  g_assert_cmpstr (read->note, ==, sheet->note);
  g_assert_cmpint (read->total.counts.offered, ==, sheet->total.counts.offered);
  g_assert_cmpfloat (read->total.normal.mean, ==, sheet->total.normal.mean);
  g_remove (path);
  g_rmdir (folder);
}

static void
test_shifts_are_named_by_their_hours (void)
{
  static const struct
  {
    const char *text;
    gint64      from;
    gint64      to;
  } cases[] = {
    { "2026-11-20/day", MIDNIGHT + 8 * HOUR, MIDNIGHT + 20 * HOUR },
    { "2026-11-20/night", MIDNIGHT + 20 * HOUR, MIDNIGHT + 32 * HOUR },
    { "2026-11-20/22:30-06:15", MIDNIGHT + 22 * HOUR + 30 * MINUTE, MIDNIGHT + 30 * HOUR + 15 * MINUTE },
    { "2026-11-20/12:00-24:00", MIDNIGHT + 12 * HOUR, MIDNIGHT + 24 * HOUR },
  };
  static const char *const refused[] = { "", "day", "2026-11-20", "2026-02-30/day", "2026-11-20/25:00-26:00", "2026-11-20/08:00-20:00x" };
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Asia/Ho_Chi_Minh");
  gint64 from, to;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_assert_true (td_shift_times_parse (cases[i].text, zone, &from, &to, NULL));
      g_assert_cmpint (from, ==, cases[i].from);
      g_assert_cmpint (to, ==, cases[i].to);
    }
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (td_shift_times_parse (refused[i], zone, &from, &to, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
    }

  td_shift_times_find (MIDNIGHT + 3 * HOUR, zone, &from, &to);
  g_assert_cmpint (from, ==, MIDNIGHT - 4 * HOUR);
  td_shift_times_step (zone, TRUE, &from, &to);
  g_assert_cmpint (from, ==, MIDNIGHT + 8 * HOUR);
  td_shift_times_step (zone, FALSE, &from, &to);
  g_assert_cmpint (to, ==, MIDNIGHT + 8 * HOUR);
}

/* --- CSV ------------------------------------------------------------------ */

static void
test_cells_are_safe_in_a_spreadsheet (void)
{
  g_autoptr (GString) csv = g_string_new (TD_CSV_BYTE_ORDER_MARK);

  td_csv_add_text (csv, "=1+1");
  td_csv_add_text (csv, "a,\"b\"");
  td_csv_add_text (csv, NULL);
  td_csv_add_number (csv, -0.12345, 4);
  td_csv_add_number (csv, NAN, 4);
  td_csv_add_integer (csv, TD_UNKNOWN);
  td_csv_add_seconds (csv, 61037);
  td_csv_end_row (csv);
  td_csv_add_text (csv, "Mất điện");
  g_assert_cmpstr (csv->str, ==, TD_CSV_BYTE_ORDER_MARK "\"'=1+1\",\"a,\"\"b\"\"\",,-0.1235,,,61.037\r\nMất điện");
  g_assert_cmpstr (td_csv_unguard ("'=1+1"), ==, "=1+1");
  g_assert_cmpstr (td_csv_unguard ("'quoted'"), ==, "'quoted'");
}

static guint
count_lines (const char *text)
{
  guint n = 0;

  for (; *text != '\0'; text++)
    n += *text == '\n';

  return n;
}

static void
progress_cb (double   fraction,
             gpointer user_data)
{
  double *last = user_data;

  g_assert_cmpfloat (fraction, >, *last);
  g_assert_cmpfloat (fraction, <=, 1);
  *last = fraction;
}

static gint64
read_kib (const char *field)
{
  g_autofree char *status = NULL;
  const char      *line;

  g_assert_true (g_file_get_contents ("/proc/self/status", &status, NULL, NULL));
  line = strstr (status, field);
  g_assert_nonnull (line);

  return g_ascii_strtoll (line + strlen (field), NULL, 10);
}

static char *
export_range (Fixture            *fixture,
              TdHistoryExportKind kind,
              gint64              from,
              gint64              to,
              GCancellable       *cancellable,
              GError            **error)
{
  g_autofree char *folder = g_path_get_dirname (fixture->path);
  g_autofree char *path = g_build_filename (folder, "export.csv", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Asia/Ho_Chi_Minh");
  g_autoptr (GAsyncResult) result = NULL;
  double last = 0;

  td_history_export_range_async (fixture->history, kind, file, zone, from, to, progress_cb, &last, cancellable, finished_cb, &result);
  if (!td_history_export_finish (fixture->history, wait_for (&result), error))
    return NULL;

  return g_steal_pointer (&path);
}

/* Begins the high-water mark of memory anew, where the kernel lets a program. */
static gboolean
forget_peak (void)
{
  FILE    *file = fopen ("/proc/self/clear_refs", "w");
  gboolean done = file != NULL && fputs ("5", file) >= 0;

  return file != NULL && fclose (file) == 0 && done;
}

/* Writes all of [@from, @to); returns by how much more memory than before was in use at most, KiB. */
static gint64
export_and_measure (Fixture *fixture,
                    gint64   from,
                    gint64   to,
                    char   **text)
{
  gboolean can_tell = forget_peak ();
  gint64   before = read_kib ("VmRSS:");
  g_autoptr (GError) error = NULL;
  g_autofree char *path = export_range (fixture, TD_HISTORY_EXPORT_MINUTES, from, to, NULL, &error);
  gint64           more = read_kib ("VmHWM:") - before;

  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, text, NULL, NULL));
  g_test_message ("%" G_GINT64_FORMAT " KiB more", more);
#ifdef __SANITIZE_ADDRESS__
  can_tell = FALSE;
#endif

  return can_tell ? more : 0;
}

/* A month of twenty queues, of which a piece at a time is in memory. */
static void
test_a_long_export_takes_little_memory (Fixture      *fixture,
                                        gconstpointer data)
{
  g_autofree char *text = NULL;

  begin (fixture, MIDNIGHT + HOUR, 18);
  for (guint i = 30; i > 0; i--)
    td_intervals_unref (remember (fixture, MIDNIGHT - i * DAY, MIDNIGHT - (i - 1) * DAY));

  g_assert_cmpint (export_and_measure (fixture, MIDNIGHT - 30 * DAY, MIDNIGHT, &text), <, 32 * 1024);
  g_assert_cmpuint (count_lines (text), ==, 1 + td_roster_get_size (td_centre_get_queues (fixture->centre)) * 30 * 1440);
  g_assert_nonnull (strstr (text, "\n2026-10-21T00:00:00+07:00,"));
  g_assert_nonnull (strstr (text, "\n2026-11-19T23:59:00+07:00,"));
}

/* Of as many queues as there may be the pieces are the same for a year as for a day. */
static void
test_an_export_of_many_queues_takes_little_memory (Fixture      *fixture,
                                                   gconstpointer data)
{
  g_autofree char *text = NULL;

  begin (fixture, MIDNIGHT + HOUR, 488);
  for (guint i = 4; i > 0; i--)
    td_intervals_unref (remember (fixture, MIDNIGHT - i * 6 * HOUR, MIDNIGHT - (i - 1) * 6 * HOUR));

  g_assert_cmpint (export_and_measure (fixture, MIDNIGHT - DAY, MIDNIGHT, &text), <, 64 * 1024);
  g_assert_cmpuint (count_lines (text), ==, 1 + td_roster_get_size (td_centre_get_queues (fixture->centre)) * 1440);
}

static void
test_an_export_can_be_stopped (Fixture      *fixture,
                               gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = NULL;
  g_autofree char *path = NULL;

  begin (fixture, MIDNIGHT + HOUR, 0);
  td_intervals_unref (remember (fixture, MIDNIGHT - DAY, MIDNIGHT));
  g_cancellable_cancel (cancellable);
  g_assert_null (export_range (fixture, TD_HISTORY_EXPORT_MINUTES, MIDNIGHT - DAY, MIDNIGHT, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  folder = g_path_get_dirname (fixture->path);
  path = g_build_filename (folder, "export.csv", NULL);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

/* One that reaches over the border of two pieces is written once. */
static void
test_spans_are_written_once (Fixture      *fixture,
                             gconstpointer data)
{
  g_autoptr (TdHistoryRecords) records = td_history_records_new ();
  TdHistorySpan spans[] = {
    { "a", MIDNIGHT - HOUR, MIDNIGHT + 3 * HOUR, TD_AGENT_STATE_AVAILABLE, FALSE, TRUE, NULL, NULL },
    { "a", MIDNIGHT + 3 * HOUR, MIDNIGHT + 3 * HOUR + 1500000, TD_AGENT_STATE_PAUSED, FALSE, FALSE, "=ăn trưa", NULL },
    { "b", MIDNIGHT + 5 * HOUR, MIDNIGHT + 6 * HOUR, TD_AGENT_STATE_ON_CALL, TRUE, FALSE, NULL, "q" },
  };
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  g_autofree char *text = NULL;

  begin (fixture, MIDNIGHT + 10 * HOUR, 0);
  for (guint i = 0; i < G_N_ELEMENTS (spans); i++)
    td_history_records_add_span (records, &spans[i]);
  td_history_add_records (fixture->history, records);
  history_flush_well (fixture->history);
  path = export_range (fixture, TD_HISTORY_EXPORT_SPANS, MIDNIGHT, MIDNIGHT + 10 * HOUR, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_cmpuint (count_lines (text), ==, 4);
  g_assert_nonnull (strstr (text, "\na,2026-11-19T23:00:00+07:00,2026-11-20T03:00:00+07:00,available,0,1,,\r\n"));
  g_assert_nonnull (strstr (text, ",paused,0,0,\"'=ăn trưa\",\r\n"));
  g_assert_nonnull (strstr (text, "\nb,2026-11-20T05:00:00+07:00,2026-11-20T06:00:00+07:00,on-call,1,0,,q\r\n"));
}

/* One that goes on over the border of two pieces is written once, in the one in which it was told. */
static void
test_alerts_are_written_once (Fixture      *fixture,
                              gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  g_autofree char *text = NULL;

  begin (fixture, MIDNIGHT + 10 * HOUR, 0);
  add_alert (fixture, 1, "Short", MIDNIGHT - 20 * DAY, MIDNIGHT - 20 * DAY + MINUTE, NULL);
  add_alert (fixture, 2, "Long, “quoted”", MIDNIGHT - 18 * DAY, MIDNIGHT - DAY, "=Ngân");
  path = export_range (fixture, TD_HISTORY_EXPORT_ALERTS, MIDNIGHT - 21 * DAY, MIDNIGHT, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_true (g_str_has_prefix (text, TD_CSV_BYTE_ORDER_MARK "incident,level,"));
  g_assert_cmpuint (count_lines (text), ==, 3);
  g_assert_nonnull (strstr (text, "\n1,warning,waiting,centre,,Short,2026-10-31T00:00:00+07:00,2026-10-31T00:00:00+07:00,"
                                  "2026-10-31T00:01:00+07:00,40,20,,,40 waiting\r\n"));
  g_assert_nonnull (strstr (text, ",\"Long, “quoted”\",2026-11-02T00:00:00+07:00,"));
  g_assert_nonnull (strstr (text, ",\"'=Ngân\",2026-11-02T00:01:00+07:00,40 waiting\r\n"));
}

typedef struct
{
  GCancellable *cancellable;
  double        fraction;
} Stop;

static void
stop_cb (double   fraction,
         gpointer user_data)
{
  Stop *stop = user_data;

  stop->fraction = fraction;
  g_cancellable_cancel (stop->cancellable);
}

/* Stopped on the way, it leaves what was there before as it was. */
static void
test_an_export_stopped_on_the_way_leaves_the_file (Fixture      *fixture,
                                                   gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = NULL;
  g_autofree char *path = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GFile) file = NULL;
  Stop stop = { cancellable, 0 };

  begin (fixture, MIDNIGHT + HOUR, 0);
  td_intervals_unref (remember (fixture, MIDNIGHT - 2 * DAY, MIDNIGHT));
  folder = g_path_get_dirname (fixture->path);
  path = g_build_filename (folder, "export.csv", NULL);
  g_assert_true (g_file_set_contents (path, "before", -1, NULL));
  file = g_file_new_for_path (path);
  td_history_export_range_async (fixture->history, TD_HISTORY_EXPORT_MINUTES, file, zone, MIDNIGHT - 2 * DAY, MIDNIGHT, stop_cb,
                                 &stop, cancellable, finished_cb, &result);
  g_assert_false (td_history_export_finish (fixture->history, wait_for (&result), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpfloat (stop.fraction, >, 0);
  g_assert_cmpfloat (stop.fraction, <, 1);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "before");
}

#define add(path, test) g_test_add ("/shift-sheet/" path, Fixture, NULL, NULL, test, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  add ("a-day-is-what-was-played", test_a_day_is_what_was_played);
  add ("a-night-goes-over-midnight", test_a_night_goes_over_midnight);
  add ("a-night-goes-over-the-year-s-end", test_a_night_goes_over_the_year_s_end);
  add ("many-queues-add-up", test_many_queues_add_up);
  add ("gaps-are-told", test_gaps_are_told);
  add ("an-empty-shift-has-no-figures", test_an_empty_shift_has_no_figures);
  add ("alerts-are-told-with-evidence-and-owner", test_alerts_are_told_with_evidence_and_owner);
  add ("a-handed-over-shift-is-kept-whole", test_a_handed_over_shift_is_kept_whole);
  g_test_add_func ("/shift-sheet/shifts-are-named-by-their-hours", test_shifts_are_named_by_their_hours);
  g_test_add_func ("/csv/cells-are-safe-in-a-spreadsheet", test_cells_are_safe_in_a_spreadsheet);
  add ("a-long-export-takes-little-memory", test_a_long_export_takes_little_memory);
  add ("an-export-of-many-queues-takes-little-memory", test_an_export_of_many_queues_takes_little_memory);
  add ("an-export-can-be-stopped", test_an_export_can_be_stopped);
  add ("spans-are-written-once", test_spans_are_written_once);
  add ("alerts-are-written-once", test_alerts_are_written_once);
  add ("an-export-stopped-on-the-way-leaves-the-file", test_an_export_stopped_on_the_way_leaves_the_file);

  return g_test_run ();
}
