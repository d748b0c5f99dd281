/* test-replay.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The centre as the history shows it afterwards is what the simulated centre
 * was at each minute; and what the history does not know is told as unknown.
 */

#include "config.h"

#include <math.h>

#include "history-fixture.h"
#include "td-agent-recorder.h"
#include "td-recorder.h"
#include "td-replay.h"
#include "td-sampler.h"
#include "td-simulation.h"
#include "td-totals.h"

#define SECOND G_TIME_SPAN_SECOND
#define HOUR G_TIME_SPAN_HOUR
/* Tuesday 2026-11-24 09:00 in Asia/Ho_Chi_Minh. */
#define START (G_GINT64_CONSTANT (1795453200) * SECOND + 9 * HOUR)
#define PLAYED 50
#define N_AGENTS 60

/* The truth at the end of a minute. */
typedef struct
{
  TdTotals   centre;
  GPtrArray *queues; /* (owned) (element-type TdTotals) */
} Truth;

typedef struct
{
  char            *path;
  TdSimulation    *simulation;
  TdCentre        *centre;
  TdDay           *day;
  TdHistory       *history;
  TdRecorder      *recorder;
  TdAgentRecorder *agent_recorder;
  TdSampler       *sampler;
  Truth            truth[PLAYED + 1];
  gint64           most[PLAYED]; /* callers waiting, of the centre, each second looked at */
} Fixture;

static void
apply (Fixture    *fixture,
       TdSnapshot *snapshot)
{
  g_autoptr (TdSnapshot) owned = snapshot;
  g_autoptr (GError) error = NULL;

  if (owned == NULL)
    return;
  td_centre_apply (fixture->centre, owned, &error);
  g_assert_no_error (error);
}

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  TdSimulationOptions options = {
    .seed = 7, .n_agents = N_AGENTS, .start = START, .no_past = TRUE, .scenario = (char *)"understaffed"
  };
  g_autoptr (GError) error = NULL;

  fixture->path = history_make_path ();
  fixture->simulation = td_simulation_new (&options, &error);
  g_assert_no_error (error);
  fixture->centre = td_centre_new ();
  fixture->day = td_day_new (fixture->centre);
  fixture->history = td_history_new (fixture->path);
  fixture->recorder = td_recorder_new (fixture->centre, fixture->day, fixture->history);
  fixture->agent_recorder = td_agent_recorder_new (fixture->centre, fixture->day, fixture->history);
  fixture->sampler = td_sampler_new (fixture->centre, fixture->history);
  apply (fixture, td_simulation_take_full (fixture->simulation));
}

static void
close_books (Fixture *fixture)
{
  if (fixture->recorder == NULL)
    return;

  td_recorder_write (fixture->recorder);
  td_agent_recorder_write (fixture->agent_recorder);
  g_clear_object (&fixture->sampler);
  g_clear_object (&fixture->agent_recorder);
  g_clear_object (&fixture->recorder);
  history_flush_well (fixture->history);
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  close_books (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (fixture->truth); i++)
    g_clear_pointer (&fixture->truth[i].queues, g_ptr_array_unref);
  td_history_close (fixture->history);
  g_clear_object (&fixture->history);
  g_clear_object (&fixture->day);
  g_clear_object (&fixture->centre);
  td_simulation_free (fixture->simulation);
  history_remove_all (fixture->path);
  g_free (fixture->path);
}

static void
note_truth (Fixture *fixture,
            Truth   *truth)
{
  gint64    now = td_simulation_get_now (fixture->simulation);
  TdRoster *queues = td_centre_get_queues (fixture->centre);

  td_totals_of_centre (fixture->centre, now, &truth->centre);
  truth->queues = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < td_roster_get_size (queues); i++)
    {
      TdTotals *totals = g_new0 (TdTotals, 1);

      td_totals_of_queue (fixture->centre, td_roster_get (queues, i), now, totals);
      g_ptr_array_add (truth->queues, totals);
    }
}

/* Plays on, told every second, and as a minute ends just before it does, but not from @blind_from to @blind_to. */
static void
play (Fixture *fixture,
      guint    n_minutes,
      guint    blind_from,
      guint    blind_to)
{
  note_truth (fixture, &fixture->truth[0]);
  for (guint m = 0; m < n_minutes; m++)
    {
      if (m == blind_from)
        {
          td_recorder_break (fixture->recorder);
          td_agent_recorder_break (fixture->agent_recorder);
          td_simulation_advance (fixture->simulation, START + blind_to * MINUTE);
          m = blind_to;
        }
      fixture->most[m] = td_centre_get_at (fixture->centre) >= START + m * MINUTE - SECOND ? fixture->truth[m].centre.waiting : 0;
      for (guint s = 1; s <= 60; s++)
        {
          gint64   at = START + m * MINUTE + s * SECOND - G_TIME_SPAN_MILLISECOND;
          TdTotals totals;

          td_simulation_advance (fixture->simulation, at);
          apply (fixture, td_simulation_take_changes (fixture->simulation));
          td_recorder_observe (fixture->recorder, at);
          td_agent_recorder_observe (fixture->agent_recorder, at);
          td_sampler_observe (fixture->sampler, at);
          td_totals_of_centre (fixture->centre, at, &totals);
          fixture->most[m] = MAX (fixture->most[m], totals.waiting);
        }
      note_truth (fixture, &fixture->truth[m + 1]);
    }
}

static void
finished_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  *(GAsyncResult **)user_data = g_object_ref (result);
}

static TdReplay *
look_back (Fixture *fixture,
           gint64   moment,
           GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  td_replay_read_async (fixture->centre, fixture->history, moment, td_simulation_get_now (fixture->simulation), NULL,
                        finished_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);

  return td_replay_read_finish (fixture->history, result, error);
}

static guint
find_minute (TdReplay *replay,
             guint     minute)
{
  for (guint i = 0; i < td_replay_get_n_minutes (replay); i++)
    {
      if (td_replay_get_minute (replay, i) == START + minute * MINUTE)
        return i;
    }

  g_assert_not_reached ();
}

static int
find_queue (Fixture    *fixture,
            const char *id)
{
  TdRoster *queues = td_centre_get_queues (fixture->centre);

  for (guint i = 0; i < td_roster_get_size (queues); i++)
    {
      if (g_str_equal (td_queue_get_id (td_roster_get (queues, i)), id))
        return (int)i;
    }

  return -1;
}

static void
check_service (const TdReplayFigures *figures,
               gint64                 good,
               gint64                 counted)
{
  double level = (double)good / (double)counted;

  if (counted <= 0)
    return;
  g_assert_cmpfloat (figures->service_low, <=, level + 1e-9);
  g_assert_cmpfloat (figures->service_high, >=, level - 1e-9);
}

static void
get_service (const TdTotals *first,
             const TdTotals *then,
             gint64         *good,
             gint64         *counted)
{
  TdCounts counts;
  gint64   own_good, own_counted;

  g_assert_true (td_counts_subtract (&counts, &then->today, &first->today));
  g_assert_true (td_metrics_get_service (TD_SERVICE_LEVEL_LIVE, &counts, then->waiting_beyond, &own_good, &own_counted));
  *good += own_good;
  *counted += own_counted;
}

/* The minute @m, whose end is the truth of m + 1. */
static void
check_minute (Fixture  *fixture,
              TdReplay *replay,
              guint     m)
{
  guint               index = find_minute (replay, m);
  const Truth        *before = &fixture->truth[m];
  const Truth        *then = &fixture->truth[m + 1];
  const TdAgentTally *tally;
  TdReplayFigures     figures;
  guint               n_unknown;
  gint64              good = 0, counted = 0;

  for (guint i = 0; i < td_replay_get_n_queues (replay); i++)
    {
      int             q = find_queue (fixture, td_replay_get_queue_id (replay, i));
      const TdTotals *totals = g_ptr_array_index (then->queues, q);
      const TdTotals *earlier = g_ptr_array_index (before->queues, q);
      gint64          own_good = 0, own_counted = 0;

      td_replay_get_queue (replay, index, i, &figures);
      g_assert_cmpint (figures.waiting, ==, totals->waiting);
      if (totals->waiting > 0)
        g_assert_cmpint (ABS (figures.longest_ms - (START + (m + 1) * MINUTE - totals->longest_since) / 1000), <=, 2);
      else
        g_assert_cmpint (figures.longest_ms, ==, 0);
      g_assert_cmpint (figures.minute.offered, ==, totals->today.offered - earlier->today.offered);
      g_assert_cmpint (figures.minute.answered, ==, totals->today.answered - earlier->today.answered);
      g_assert_cmpint (figures.minute.abandoned, ==, totals->today.abandoned - earlier->today.abandoned);
      get_service (g_ptr_array_index (fixture->truth[0].queues, q), totals, &own_good, &own_counted);
      check_service (&figures, own_good, own_counted);
      good += own_good;
      counted += own_counted;
    }

  td_replay_get_centre (replay, index, &figures);
  g_assert_cmpint (figures.waiting, ==, then->centre.waiting);
  g_assert_cmpint (figures.max_waiting, ==, fixture->most[m]);
  g_assert_cmpint (figures.minute.offered, ==, then->centre.today.offered - before->centre.today.offered);
  g_assert_cmpint (figures.today.offered, ==, then->centre.today.offered - fixture->truth[0].centre.today.offered);
  if (m + 1 >= TD_REPLAY_RATE)
    g_assert_cmpint (figures.quarter.offered, ==,
                     then->centre.today.offered - fixture->truth[m + 1 - TD_REPLAY_RATE].centre.today.offered);
  else
    g_assert_cmpint (figures.quarter.offered, ==, TD_UNKNOWN);
  g_assert_cmpint (counted, >, 0);
  check_service (&figures, good, counted);

  tally = td_replay_get_agents (replay, index, &n_unknown);
  g_assert_nonnull (tally);
  g_assert_cmpuint (n_unknown, ==, 0);
  for (guint i = 0; i < TD_N_AGENT_STATES; i++)
    g_assert_cmpuint (tally->by_state[i], ==, then->centre.agents.by_state[i]);
  g_assert_cmpint (figures.serving, ==, then->centre.agents.serving);
}

static void
test_each_minute_is_what_was_played (Fixture      *fixture,
                                     gconstpointer data)
{
  g_autoptr (TdReplay) replay = NULL;
  g_autoptr (GError) error = NULL;
  double rates[TD_DAY_MINUTES], observed[TD_DAY_MINUTES];
  guint  n, passed, n_waited = 0;

  play (fixture, PLAYED, G_MAXUINT, 0);
  close_books (fixture);
  replay = look_back (fixture, START + 31 * MINUTE + 7 * SECOND, &error);
  g_assert_no_error (error);

  g_assert_cmpint (td_replay_get_minute (replay, td_replay_get_moment_index (replay)), ==, START + 31 * MINUTE);
  /* To the minute that runs now. */
  n = td_replay_get_n_minutes (replay);
  g_assert_cmpuint (n, ==, TD_REPLAY_BEFORE + PLAYED - 31);
  for (guint m = 1; m < PLAYED; m++)
    {
      check_minute (fixture, replay, m);
      n_waited += fixture->truth[m + 1].centre.waiting > 0;
    }
  /* What is compared is worth comparing. */
  g_assert_cmpuint (n_waited, >, 10);

  passed = td_replay_get_rates (replay, find_minute (replay, 31), rates, observed, TD_DAY_MINUTES);
  g_assert_cmpuint (passed, ==, (START + 32 * MINUTE - td_replay_get_day_start (replay)) / MINUTE);
  g_assert_cmpfloat (rates[passed - 1], ==,
                     (double)(fixture->truth[32].centre.today.offered - fixture->truth[17].centre.today.offered));
  g_assert_true (isnan (rates[0]));
  g_assert_cmpfloat (observed[passed - 1], ==,
                     (double)(fixture->truth[32].centre.today.offered - fixture->truth[31].centre.today.offered));
  /* The first quarter of an hour has no rate yet, but is no gap. */
  g_assert_true (isnan (rates[passed - 32]) && !isnan (observed[passed - 32]));
  g_assert_true (isnan (observed[passed - 33]));
}

/* Looked back at the day after, it is the same: what goes on now is none of it. */
static void
test_an_earlier_day_is_what_was_played (Fixture      *fixture,
                                        gconstpointer data)
{
  gint64 tomorrow = START + DAY + 5 * HOUR;
  g_autoptr (TdReplay) replay = NULL;
  g_autoptr (GError) error = NULL;
  TdReplayFigures figures;
  double          rates[TD_DAY_MINUTES], observed[TD_DAY_MINUTES];
  guint           n, passed;

  play (fixture, PLAYED, G_MAXUINT, 0);
  td_recorder_break (fixture->recorder);
  td_agent_recorder_break (fixture->agent_recorder);
  td_simulation_advance (fixture->simulation, tomorrow);
  apply (fixture, td_simulation_take_full (fixture->simulation));
  td_recorder_observe (fixture->recorder, tomorrow);
  td_agent_recorder_observe (fixture->agent_recorder, tomorrow);
  td_sampler_observe (fixture->sampler, tomorrow);
  close_books (fixture);
  replay = look_back (fixture, START + 31 * MINUTE + 7 * SECOND, &error);
  g_assert_no_error (error);

  n = td_replay_get_n_minutes (replay);
  g_assert_cmpuint (n, ==, TD_REPLAY_BEFORE + 1 + TD_REPLAY_AFTER);
  /* The last one was not looked at to its end. */
  for (guint m = 1; m + 1 < PLAYED; m++)
    check_minute (fixture, replay, m);
  for (guint i = find_minute (replay, PLAYED + 1); i < n; i++)
    {
      td_replay_get_centre (replay, i, &figures);
      g_assert_cmpint (figures.waiting, ==, TD_UNKNOWN);
      g_assert_cmpint (figures.minute.offered, ==, TD_UNKNOWN);
      g_assert_cmpint (figures.serving, ==, TD_UNKNOWN);
    }

  g_assert_cmpint (td_replay_get_day_start (replay), ==, START - 9 * HOUR);
  passed = td_replay_get_rates (replay, n - 1, rates, observed, TD_DAY_MINUTES);
  g_assert_cmpuint (passed, ==, 9 * 60 + 31 + TD_REPLAY_AFTER + 1);
  g_assert_cmpfloat (rates[9 * 60 + 31], ==,
                     (double)(fixture->truth[32].centre.today.offered - fixture->truth[17].centre.today.offered));
  g_assert_true (isnan (observed[passed - 1]));
}

/* Where nobody looked there is nothing to tell. */
static void
test_a_gap_is_unknown (Fixture      *fixture,
                       gconstpointer data)
{
  g_autoptr (TdReplay) replay = NULL;
  g_autoptr (GError) error = NULL;
  TdReplayFigures figures;
  guint           index, n_unknown;

  play (fixture, PLAYED, 20, 27);
  close_books (fixture);
  replay = look_back (fixture, START + 30 * MINUTE, &error);
  g_assert_no_error (error);

  index = find_minute (replay, 24);
  td_replay_get_centre (replay, index, &figures);
  g_assert_cmpint (figures.minute.offered, ==, TD_UNKNOWN);
  g_assert_cmpint (figures.quarter.offered, ==, TD_UNKNOWN);
  g_assert_cmpint (figures.today.offered, ==, TD_UNKNOWN);
  g_assert_cmpint (figures.waiting, ==, TD_UNKNOWN);
  g_assert_cmpint (figures.longest_ms, ==, TD_UNKNOWN);
  g_assert_cmpint (figures.serving, ==, TD_UNKNOWN);
  g_assert_true (isnan (figures.service_low) && isnan (figures.service_high));
  td_replay_get_agents (replay, index, &n_unknown);
  g_assert_cmpuint (n_unknown, >, 0);
  for (guint i = 0; i < td_replay_get_n_queues (replay); i++)
    {
      td_replay_get_queue (replay, index, i, &figures);
      g_assert_cmpint (figures.waiting, ==, TD_UNKNOWN);
      g_assert_cmpint (figures.minute.answered, ==, TD_UNKNOWN);
    }

  /* After it the minute is known, the quarter of an hour is not yet. */
  index = find_minute (replay, 32);
  td_replay_get_centre (replay, index, &figures);
  g_assert_cmpint (figures.minute.offered, ==, fixture->truth[33].centre.today.offered - fixture->truth[32].centre.today.offered);
  g_assert_cmpint (figures.quarter.offered, ==, TD_UNKNOWN);
  g_assert_cmpint (figures.waiting, ==, fixture->truth[33].centre.waiting);
  g_assert_cmpuint (td_replay_get_n_missing (replay, index) - td_replay_get_n_missing (replay, find_minute (replay, 19)), >=, 7);
}

static void
test_an_empty_history_knows_nothing (Fixture      *fixture,
                                     gconstpointer data)
{
  g_autoptr (TdReplay) replay = NULL;
  g_autoptr (GError) error = NULL;
  TdReplayFigures figures;

  replay = look_back (fixture, START - 3 * DAY, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (td_replay_get_n_queues (replay), ==, 0);
  g_assert_cmpuint (td_replay_get_n_minutes (replay), ==, TD_REPLAY_BEFORE + 1 + TD_REPLAY_AFTER);
  td_replay_get_centre (replay, 30, &figures);
  g_assert_cmpint (figures.waiting, ==, TD_UNKNOWN);
  g_assert_cmpint (figures.minute.offered, ==, TD_UNKNOWN);
  g_assert_cmpint (figures.serving, ==, TD_UNKNOWN);
  g_assert_true (isnan (figures.service_low));
  g_assert_null (td_replay_get_agents (replay, 30, NULL));
}

static void
test_reading_can_be_given_up (Fixture      *fixture,
                              gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  td_replay_read_async (fixture->centre, fixture->history, START, START, cancellable, finished_cb, &result);
  g_cancellable_cancel (cancellable);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_null (td_replay_read_finish (fixture->history, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

#define add(path, test) g_test_add ("/replay/" path, Fixture, NULL, set_up, test, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  add ("each-minute-is-what-was-played", test_each_minute_is_what_was_played);
  add ("an-earlier-day-is-what-was-played", test_an_earlier_day_is_what_was_played);
  add ("a-gap-is-unknown", test_a_gap_is_unknown);
  add ("an-empty-history-knows-nothing", test_an_empty_history_knows_nothing);
  add ("reading-can-be-given-up", test_reading_can_be_given_up);

  return g_test_run ();
}
