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

#include "shift-fixture.h"
#include "td-shift-file.h"
#include "td-shift-gatherer.h"
#include "td-shift-times.h"

static TdShiftSheet *
gather (ShiftFixture *fixture,
        gint64        from,
        gint64        to)
{
  g_autoptr (TdShiftGatherer) gatherer = td_shift_gatherer_new (fixture->outlook);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  TdShiftSheet *sheet;

  td_shift_gatherer_gather_async (gatherer, from, to, NULL, shift_fixture_finished_cb, &result);
  sheet = td_shift_gatherer_gather_finish (gatherer, shift_fixture_wait_for (&result), &error);
  g_assert_no_error (error);

  return sheet;
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
check_shift (ShiftFixture *fixture,
             gint64        from,
             gint64        to)
{
  g_autoptr (TdIntervals) played = shift_fixture_remember (fixture, from, to);
  g_autoptr (TdShiftSheet) sheet = gather (fixture, from, to);

  g_assert_cmpint (sheet->until, ==, to);
  g_assert_cmpuint (sheet->gaps->len, ==, 0);
  check_sums (sheet, played);
}

static void
test_a_day_is_what_was_played (ShiftFixture *fixture,
                               gconstpointer data)
{
  shift_fixture_begin (fixture, MIDNIGHT + 21 * HOUR, 0);
  check_shift (fixture, MIDNIGHT + 8 * HOUR, MIDNIGHT + 20 * HOUR);
}

static void
test_a_night_goes_over_midnight (ShiftFixture *fixture,
                                 gconstpointer data)
{
  shift_fixture_begin (fixture, MIDNIGHT + 9 * HOUR, 0);
  check_shift (fixture, MIDNIGHT - 4 * HOUR, MIDNIGHT + 8 * HOUR);
}

static void
test_a_night_goes_over_the_year_s_end (ShiftFixture *fixture,
                                       gconstpointer data)
{
  gint64 new_year = MIDNIGHT + 42 * DAY;

  shift_fixture_begin (fixture, new_year + 8 * HOUR + 30 * MINUTE, 0);
  check_shift (fixture, new_year - 4 * HOUR, new_year + 8 * HOUR);
}

static void
test_many_queues_add_up (ShiftFixture *fixture,
                         gconstpointer data)
{
  shift_fixture_begin (fixture, MIDNIGHT + 12 * HOUR, 480);
  check_shift (fixture, MIDNIGHT + 8 * HOUR, MIDNIGHT + 12 * HOUR);
}

/* Of what nobody saw it is said how much it is, and what it leaves short. */
static void
test_gaps_are_told (ShiftFixture *fixture,
                    gconstpointer data)
{
  gint64 from = MIDNIGHT + 8 * HOUR;
  g_autoptr (TdIntervals) before = NULL;
  g_autoptr (TdIntervals) after = NULL;
  g_autoptr (TdShiftSheet) sheet = NULL;
  const TdShiftGap *gap;

  shift_fixture_begin (fixture, MIDNIGHT + 13 * HOUR, 0);
  before = shift_fixture_remember (fixture, from, from + HOUR);
  after = shift_fixture_remember (fixture, from + HOUR + 25 * MINUTE, from + 3 * HOUR);
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
test_an_empty_shift_has_no_figures (ShiftFixture *fixture,
                                    gconstpointer data)
{
  g_autoptr (TdShiftSheet) sheet = NULL;

  shift_fixture_begin (fixture, MIDNIGHT + 21 * HOUR, 0);
  sheet = gather (fixture, MIDNIGHT + 8 * HOUR, MIDNIGHT + 20 * HOUR);
  g_assert_cmpint (sheet->total.counts.offered, ==, TD_UNKNOWN);
  g_assert_cmpint (sheet->total.missing_s, ==, 12 * 3600);
  g_assert_true (isnan (td_shift_sheet_get_service_level (sheet, &sheet->total)));
  g_assert_cmpint (sheet->staff.present, ==, TD_UNKNOWN);
}

/* Alerts of the shift, and of no other, with what spoke for them and who took them. */
static void
test_alerts_are_told_with_evidence_and_owner (ShiftFixture *fixture,
                                              gconstpointer data)
{
  gint64 from = MIDNIGHT + 8 * HOUR;
  g_autoptr (TdShiftSheet) sheet = NULL;
  const TdShiftEvent *event;

  shift_fixture_begin (fixture, MIDNIGHT + 21 * HOUR, 0);
  shift_fixture_add_alert (fixture, 1, "Before", from - 2 * HOUR, from - HOUR, "A");
  shift_fixture_add_alert (fixture, 2, "Taken", from - MINUTE, from + HOUR, "Võ Kim Ngân");
  shift_fixture_add_alert (fixture, 3, "Lasts", from + 2 * HOUR, TD_UNKNOWN, NULL);
  shift_fixture_add_alert (fixture, 4, "After", from + 12 * HOUR, from + 12 * HOUR + MINUTE, NULL);
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
test_a_handed_over_shift_is_kept_whole (ShiftFixture *fixture,
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

  shift_fixture_begin (fixture, MIDNIGHT + 21 * HOUR, 0);
  past = shift_fixture_remember (fixture, MIDNIGHT - 20 * DAY, MIDNIGHT + 20 * HOUR);
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
  read = td_shift_file_load (path, from, from + 12 * HOUR, &error);
  g_assert_no_error (error);
  again = td_shift_file_to_json (read);
  g_assert_cmpstr (again, ==, text);
  g_assert_cmpstr (read->note, ==, sheet->note);
  g_assert_cmpint (read->total.counts.offered, ==, sheet->total.counts.offered);
  g_assert_cmpfloat (read->total.normal.mean, ==, sheet->total.normal.mean);

  /* Of other hours than its name says, it is nobody's, and stays as it is. */
  g_assert_null (td_shift_file_load (path, from, from + 11 * HOUR, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
  g_assert_nonnull (strstr (error->message, path));
  g_assert_nonnull (strstr (error->message, "2026-11-20T01:00:00Z"));
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

#define add(path, test) g_test_add ("/shift-sheet/" path, ShiftFixture, NULL, NULL, test, shift_fixture_tear_down)

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

  return g_test_run ();
}
