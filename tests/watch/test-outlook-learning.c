/* test-outlook-learning.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>

#include "td-outlook-learning-private.h"
#include "td-outlook-stream-private.h"
#include "td-own-days.h"
#include "td-test-past.h"

#define MINUTE TD_TEST_MINUTE_US
#define MONDAY 739908 /* 2026-10-19, as of g_date_get_julian() */
#define CALLS_A_DAY 4000
#define N_DAYS 28

/* What a test does to the minutes of a day before they are learnt. */
typedef void (*Spoil) (TdInterval *rows,
                       guint       n_rows,
                       guint       day);

static void
fill_rows (TdIntervals *intervals,
           guint        first_day,
           GTimeZone   *zone,
           TdTestPast  *past,
           guint        n_days_before,
           Spoil        spoil)
{
  TdInterval *rows = td_intervals_add_queue (intervals, "q");
  guint       n = td_intervals_get_n_intervals (intervals);
  guint       at = 0;

  for (guint julian = first_day; at < n; julian++)
    {
      TdLocalDay day;
      guint      n_rows;

      td_local_day_init (&day, td_local_day_get_midnight (julian, zone), zone);
      n_rows = day.n_slots * TD_LOCAL_DAY_SLOT_MINUTES;
      td_test_past_begin_day (past);
      for (guint i = 0; i < n_rows; i++)
        {
          guint clock = day.wall[i / TD_LOCAL_DAY_SLOT_MINUTES] * TD_LOCAL_DAY_SLOT_MINUTES;

          rows[at + i] = (TdInterval){ .observed_s = 60, .counts = TD_COUNTS_UNKNOWN };
          rows[at + i].counts.offered = td_test_past_next (past, (julian + 6) % 7, clock, CALLS_A_DAY);
        }
      if (spoil != NULL)
        spoil (rows + at, n_rows, n_days_before + julian - first_day);
      at += n_rows;
    }
}

/* Learns N_DAYS of the same past, as they are spoilt. */
static TdOutlookLearning *
learn (const char *zone_name,
       guint       today,
       GPtrArray  *marks,
       Spoil       spoil)
{
  g_autoptr (GHashTable) own_days = td_own_days_new ();
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (zone_name);
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  TdOutlookLearning *learning = td_outlook_learning_new (zone, today, N_DAYS, marks != NULL ? marks : none, own_days);
  const char *const  queues[] = { "q", NULL };
  TdTestPast         past;
  gint64             from, to;
  guint              n = 0;

  td_test_past_init (&past, 7);
  td_outlook_learning_add_stream (learning, TD_STREAM_QUEUE, "q", queues);
  while (td_outlook_learning_get_next (learning, 1, &from, &to))
    {
      g_autoptr (TdIntervals) intervals = td_intervals_new (from, MINUTE, (guint)((to - from) / MINUTE));

      fill_rows (intervals, today - N_DAYS + n, zone, &past, n, spoil);
      n += (guint)lround ((double)(to - from) / G_TIME_SPAN_DAY);
      td_outlook_learning_take (learning, intervals);
    }
  td_outlook_learning_end (learning);
  td_test_past_clear (&past);

  return learning;
}

static const TdOutlookLesson *
get_lesson (TdOutlookLearning *learning)
{
  return td_outlook_learning_get_lesson (learning, 0);
}

static double
sum_day (const TdOutlookLesson *lesson)
{
  double sum = 0;

  for (guint i = 0; i < lesson->normal->n_slots; i++)
    sum += lesson->normal->mean[i];

  return sum;
}

static void
assert_same_lesson (const TdOutlookLesson *a,
                    const TdOutlookLesson *b)
{
  g_assert_cmpuint (a->days_learnt, ==, b->days_learnt);
  for (guint i = 0; i < TD_LOCAL_DAY_SLOTS; i++)
    g_assert_cmpfloat (a->normal->mean[i], ==, b->normal->mean[i]);
}

/* Three hours of a day in two, of which nothing is known. */
static void
forget_hours (TdInterval *rows,
              guint       n_rows,
              guint       day)
{
  for (guint i = 600; i < 780 && day % 2 == 0; i++)
    rows[i].observed_s = 0;
}

/* The same hours; the counts of a minute that was not observed are rubbish. */
static void
garble_hours (TdInterval *rows,
              guint       n_rows,
              guint       day)
{
  forget_hours (rows, n_rows, day);
  for (guint i = 600; i < 780 && day % 2 == 0; i++)
    rows[i].counts.offered = 1000000;
}

static void
storm_hours (TdInterval *rows,
             guint       n_rows,
             guint       day)
{
  for (guint i = 600; i < 780 && day % 2 == 0; i++)
    rows[i].counts.offered *= 8;
}

static void
gaps_teach_nothing (void)
{
  g_autoptr (TdOutlookLearning) whole = learn ("UTC", MONDAY, NULL, NULL);
  g_autoptr (TdOutlookLearning) gaps = learn ("UTC", MONDAY, NULL, forget_hours);
  g_autoptr (TdOutlookLearning) rubbish = learn ("UTC", MONDAY, NULL, garble_hours);

  g_assert_cmpuint (get_lesson (whole)->days_learnt, ==, N_DAYS);
  g_assert_cmpuint (get_lesson (gaps)->days_learnt, ==, N_DAYS);
  assert_same_lesson (get_lesson (gaps), get_lesson (rubbish));
  g_assert_cmpfloat (fabs (sum_day (get_lesson (gaps)) / sum_day (get_lesson (whole)) - 1), <, 0.06);
}

static void
marked_hours_teach_nothing (void)
{
  g_autoptr (GPtrArray) marks = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (TdOutlookLearning) storms = learn ("UTC", MONDAY, NULL, storm_hours);
  g_autoptr (TdOutlookLearning) gaps = learn ("UTC", MONDAY, NULL, forget_hours);
  g_autoptr (TdOutlookLearning) marked = NULL;
  g_autoptr (TdOutlookLearning) others = NULL;
  static const TdHistoryMarkKind kinds[] = { TD_HISTORY_MARK_INCIDENT, TD_HISTORY_MARK_OWN_FAULT, TD_HISTORY_MARK_TEST };
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();

  for (guint day = 0; day < N_DAYS; day += 2)
    {
      TdHistoryMark *mark = g_new0 (TdHistoryMark, 1);
      gint64         start = td_local_day_get_midnight (MONDAY - N_DAYS + day, zone);

      mark->kind = kinds[day / 2 % 3];
      mark->queue = day % 4 == 0 ? (char *)"q" : NULL;
      mark->from = start + 600 * MINUTE;
      mark->to = start + 780 * MINUTE;
      g_ptr_array_add (marks, mark);
    }
  marked = learn ("UTC", MONDAY, marks, storm_hours);
  assert_same_lesson (get_lesson (marked), get_lesson (gaps));

  for (guint i = 0; i < marks->len; i++)
    ((TdHistoryMark *)g_ptr_array_index (marks, i))->queue = (char *)"other";
  others = learn ("UTC", MONDAY, marks, storm_hours);
  assert_same_lesson (get_lesson (others), get_lesson (storms));
}

static void
raise_later_days (TdInterval *rows,
                  guint       n_rows,
                  guint       day)
{
  for (guint i = 0; i < n_rows && day >= N_DAYS - 2; i++)
    rows[i].counts.offered *= 2;
}

static void
what_is_normal_now_is_learnt_fast (void)
{
  g_autoptr (GPtrArray) marks = g_ptr_array_new ();
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  TdHistoryMark mark = {
    .kind = TD_HISTORY_MARK_REGIME,
    .from = td_local_day_get_midnight (MONDAY - 2, zone),
    .to = TD_UNKNOWN,
  };
  g_autoptr (TdOutlookLearning) before = learn ("UTC", MONDAY, NULL, NULL);
  g_autoptr (TdOutlookLearning) unsaid = learn ("UTC", MONDAY, NULL, raise_later_days);
  g_autoptr (TdOutlookLearning) said = NULL;

  g_ptr_array_add (marks, &mark);
  said = learn ("UTC", MONDAY, marks, raise_later_days);
  g_assert_cmpfloat (sum_day (get_lesson (said)), >, 1.8 * sum_day (get_lesson (before)));
  g_assert_cmpfloat (fabs (log (sum_day (get_lesson (said)) / sum_day (get_lesson (before)) / 2)), <,
                     fabs (log (sum_day (get_lesson (unsaid)) / sum_day (get_lesson (before)) / 2)));
}

static void
close_sundays (TdInterval *rows,
               guint       n_rows,
               guint       day)
{
  for (guint i = 0; i < n_rows && day % 7 == 6; i++)
    rows[i].counts.offered = i == 700;
}

static void
closed_days_are_no_small_days (void)
{
  g_autoptr (TdOutlookLearning) open = learn ("UTC", MONDAY, NULL, NULL);
  g_autoptr (TdOutlookLearning) closed = learn ("UTC", MONDAY, NULL, close_sundays);
  g_autoptr (TdOutlookLearning) sunday = learn ("UTC", MONDAY - 1, NULL, NULL);

  g_assert_cmpuint (get_lesson (closed)->days_learnt, ==, N_DAYS - 4);
  /* Learnt as small days they would pull the others down by half. */
  g_assert_cmpfloat (fabs (sum_day (get_lesson (closed)) / sum_day (get_lesson (open)) - 1), <, 0.15);
  g_assert_nonnull (get_lesson (sunday)->normal);
}

static void
close_last_days_of_week (TdInterval *rows,
                         guint       n_rows,
                         guint       day)
{
  for (guint i = 0; i < n_rows && day % 7 == 0; i++)
    rows[i].counts.offered = 0;
}

static void
expects_nothing_of_a_day_that_is_closed (void)
{
  /* The first of the days, and so today, is a Sunday. */
  g_autoptr (TdOutlookLearning) learning = learn ("UTC", MONDAY - 1, NULL, close_last_days_of_week);

  g_assert_null (get_lesson (learning)->normal);
}

/* A second in twelve was missed. */
static void
lose_seconds (TdInterval *rows,
              guint       n_rows,
              guint       day)
{
  for (guint i = 0; i < n_rows; i++)
    {
      rows[i].observed_s = 55;
      rows[i].counts.offered = (rows[i].counts.offered * 55 + 30) / 60;
    }
}

static void
lose_many_seconds (TdInterval *rows,
                   guint       n_rows,
                   guint       day)
{
  for (guint i = 0; i < n_rows; i++)
    rows[i].observed_s = 50;
}

static void
slots_observed_in_part_are_scaled_up (void)
{
  g_autoptr (TdOutlookLearning) whole = learn ("UTC", MONDAY, NULL, NULL);
  g_autoptr (TdOutlookLearning) part = learn ("UTC", MONDAY, NULL, lose_seconds);
  g_autoptr (TdOutlookLearning) little = learn ("UTC", MONDAY, NULL, lose_many_seconds);

  /* Of so few calls a minute rounding alone takes some away. */
  g_assert_cmpfloat (fabs (sum_day (get_lesson (part)) / sum_day (get_lesson (whole)) - 1), <, 0.12);
  g_assert_cmpuint (get_lesson (part)->days_learnt, ==, N_DAYS);
  g_assert_cmpuint (get_lesson (little)->days_learnt, ==, 0);
}

static void
days_follow_the_clock_of_the_centre (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Europe/Berlin");
  TdLocalDay day;
  GDate      date;

  /* Clocks went forward on 2026-03-29 and back on 2026-10-25. */
  g_date_clear (&date, 1);
  g_date_set_dmy (&date, 29, G_DATE_MARCH, 2026);
  td_local_day_init (&day, td_local_day_get_midnight (g_date_get_julian (&date), zone), zone);
  g_assert_cmpuint (day.n_slots, ==, 276);
  g_assert_cmpuint (day.wall[23], ==, 23);
  g_assert_cmpuint (day.wall[24], ==, 36);
  g_assert_cmpuint (day.wall[275], ==, 287);

  g_date_set_dmy (&date, 25, G_DATE_OCTOBER, 2026);
  td_local_day_init (&day, td_local_day_get_midnight (g_date_get_julian (&date), zone), zone);
  g_assert_cmpuint (day.n_slots, ==, 300);
  g_assert_cmpuint (day.wall[35], ==, 35);
  g_assert_cmpuint (day.wall[36], ==, 24);
  g_assert_cmpuint (day.wall[299], ==, 287);
}

static void
learns_by_the_clock_of_the_centre (void)
{
  /* The last of the days is of 25 hours. */
  g_autoptr (TdOutlookLearning) berlin = learn ("Europe/Berlin", MONDAY + 7, NULL, NULL);
  g_autoptr (TdOutlookLearning) utc = learn ("UTC", MONDAY + 7, NULL, NULL);
  const TdNormal *a = get_lesson (berlin)->normal;
  const TdNormal *b = get_lesson (utc)->normal;
  double          peak_a = 0, peak_b = 0;

  g_assert_cmpuint (get_lesson (berlin)->days_learnt, ==, N_DAYS);
  for (guint i = 9 * 12; i < 10 * 12; i++)
    {
      peak_a += a->mean[i];
      peak_b += b->mean[i];
    }
  g_assert_cmpfloat (fabs (peak_a / peak_b - 1), <, 0.05);
}

typedef struct
{
  guint n;
  guint in80;
  guint in95;
} Coverage;

static void
cover (Coverage             *coverage,
       const TdOutlookRange *range,
       double                calls)
{
  coverage->n++;
  coverage->in80 += calls >= range->low80 && calls <= range->high80;
  coverage->in95 += calls >= range->low95 && calls <= range->high95;
}

static void
assert_honest (const char     *name,
               const Coverage *coverage,
               double          tolerance80,
               double          tolerance95)
{
  double in80 = 100.0 * coverage->in80 / coverage->n;
  double in95 = 100.0 * coverage->in95 / coverage->n;

  g_test_message ("%s: %u, of which %.1f %% in the 80 %% band, %.1f %% in the 95 %% band", name, coverage->n, in80, in95);
  g_assert_cmpfloat (fabs (in80 - 80), <=, tolerance80);
  g_assert_cmpfloat (fabs (in95 - 95), <=, tolerance95);
}

/* Learns day by day, and sees each day how many of what was to come lay in the
 * bands. */
static void
bands_are_honest (void)
{
  const guint n_days = 500, n_first = 100;
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  g_autoptr (TdBaseline) baseline = td_baseline_new (TD_LOCAL_DAY_SLOT_MINUTES, TD_LOCAL_DAY_SLOTS);
  g_autoptr (TdOutlookStream) stream = td_outlook_stream_new (TD_STREAM_ALL, "");
  g_autofree TdOutlookRange *ranges = g_new (TdOutlookRange, 1440);
  g_autofree TdOutlookRange *rest = g_new (TdOutlookRange, 1440);
  gboolean                   judged[1440];
  Coverage                   quarter = { 0 }, hour = { 0 }, day = { 0 }, by_noon = { 0 }, forecast = { 0 }, later = { 0 };
  TdTestPast                 past;

  for (guint i = 0; i < 1440; i++)
    judged[i] = TRUE;
  td_test_past_init (&past, 3);
  for (guint d = 0; d < n_days; d++)
    {
      TdCalendarDay calendar = td_calendar_day_new (MONDAY + d);
      g_autoptr (TdNormal) normal = td_baseline_morning (baseline, &calendar);
      double     minutes[1440], slots[TD_LOCAL_DAY_SLOTS] = { 0 };
      double     total = 0;
      TdLocalDay local;

      td_test_past_begin_day (&past);
      for (guint i = 0; i < 1440; i++)
        {
          minutes[i] = td_test_past_next (&past, calendar.weekday, i, CALLS_A_DAY);
          slots[i / TD_LOCAL_DAY_SLOT_MINUTES] += minutes[i];
          total += minutes[i];
        }
      if (d >= n_first)
        {
          const TdOutlookFigures *figures;

          td_local_day_init (&local, td_local_day_get_midnight (calendar.julian, zone), zone);
          td_outlook_stream_begin_day (stream, &local, normal, 1);
          td_outlook_stream_advance (stream, minutes, judged, 720);
          figures = td_outlook_stream_get_figures (stream, local.start, TRUE);
          cover (&day, &figures->normal_day, total);
          cover (&by_noon, &figures->normal_by_now, figures->offered_today);
          cover (&forecast, &figures->forecast_day, total);

          td_outlook_stream_get_normal (stream, 15, ranges, 1440);
          td_outlook_stream_get_forecast (stream, 15, rest, 1440);
          for (guint i = 17; i < 1440; i += 15)
            {
              double calls = 0;

              for (guint j = i - 14; j <= i; j++)
                calls += minutes[j];
              cover (&quarter, &ranges[i], calls);
              if (i >= 720)
                cover (&later, &rest[i], calls);
            }

          td_outlook_stream_get_normal (stream, 60, ranges, 1440);
          for (guint i = 59; i < 1440; i += 60)
            {
              double calls = 0;

              for (guint j = i - 59; j <= i; j++)
                calls += minutes[j];
              cover (&hour, &ranges[i], calls);
            }
        }
      td_baseline_night (baseline, slots);
    }
  td_test_past_clear (&past);

  assert_honest ("15 minutes, seen from the morning", &quarter, 3, 1.5);
  assert_honest ("an hour, seen from the morning", &hour, 3, 1.5);
  assert_honest ("15 minutes, seen from noon", &later, 3, 1.5);
  /* There are no more than 400 days; chance alone moves these by as much. */
  assert_honest ("the day by noon", &by_noon, 6, 3.5);
  assert_honest ("the day, seen from the morning", &day, 6, 3.5);
  assert_honest ("the day, seen from noon", &forecast, 6, 3.5);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/outlook-learning/gaps-teach-nothing", gaps_teach_nothing);
  g_test_add_func ("/outlook-learning/marked-hours-teach-nothing", marked_hours_teach_nothing);
  g_test_add_func ("/outlook-learning/what-is-normal-now-is-learnt-fast", what_is_normal_now_is_learnt_fast);
  g_test_add_func ("/outlook-learning/closed-days-are-no-small-days", closed_days_are_no_small_days);
  g_test_add_func ("/outlook-learning/expects-nothing-of-a-day-that-is-closed", expects_nothing_of_a_day_that_is_closed);
  g_test_add_func ("/outlook-learning/slots-observed-in-part-are-scaled-up", slots_observed_in_part_are_scaled_up);
  g_test_add_func ("/outlook-learning/days-follow-the-clock-of-the-centre", days_follow_the_clock_of_the_centre);
  g_test_add_func ("/outlook-learning/learns-by-the-clock-of-the-centre", learns_by_the_clock_of_the_centre);
  g_test_add_func ("/outlook-learning/bands-are-honest", bands_are_honest);

  return g_test_run ();
}
