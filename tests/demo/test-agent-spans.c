/* test-agent-spans.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is remembered of the agents is what the simulated centre played.
 */

#include "config.h"

#include "history-fixture.h"
#include "td-agent-recorder.h"
#include "td-simulation.h"

#define SECOND G_TIME_SPAN_SECOND
#define HOUR G_TIME_SPAN_HOUR
/* Tuesday 2026-11-24 09:00 in Asia/Ho_Chi_Minh. */
#define START (G_GINT64_CONSTANT (1795453200) * SECOND + 9 * HOUR)
#define LENGTH (40 * MINUTE)
#define N_AGENTS 60

typedef struct
{
  char            *path;
  TdSimulation    *simulation;
  TdCentre        *centre;
  TdDay           *day;
  TdHistory       *history;
  TdAgentRecorder *recorder;
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
  TdSimulationOptions options = { .seed = 7, .n_agents = N_AGENTS, .start = START, .no_past = TRUE };
  g_autoptr (GError) error = NULL;

  fixture->path = history_make_path ();
  fixture->simulation = td_simulation_new (&options, &error);
  g_assert_no_error (error);
  fixture->centre = td_centre_new ();
  fixture->day = td_day_new (fixture->centre);
  fixture->history = td_history_new (fixture->path);
  fixture->recorder = td_agent_recorder_new (fixture->centre, fixture->day, fixture->history);
  apply (fixture, td_simulation_take_full (fixture->simulation));
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  g_clear_object (&fixture->recorder);
  td_history_close (fixture->history);
  g_clear_object (&fixture->history);
  g_clear_object (&fixture->day);
  g_clear_object (&fixture->centre);
  td_simulation_free (fixture->simulation);
  history_remove_all (fixture->path);
  g_free (fixture->path);
}

/* Plays on, told every second, to the moment @to. */
static void
play (Fixture *fixture,
      gint64   to)
{
  while (td_simulation_get_now (fixture->simulation) < to)
    {
      td_simulation_advance (fixture->simulation, td_simulation_get_now (fixture->simulation) + SECOND);
      apply (fixture, td_simulation_take_changes (fixture->simulation));
      td_agent_recorder_observe (fixture->recorder, td_simulation_get_now (fixture->simulation));
    }
}

/* What was in the spans of a state, ended ones alone, ms. */
static gint64
sum_spans (const TdHistorySpan *spans,
           guint                n_spans,
           TdAgentState         state,
           gint64               from,
           gint64               to)
{
  gint64 sum = 0;

  for (guint i = 0; i < n_spans; i++)
    {
      if (spans[i].state == state && spans[i].start >= from && spans[i].end <= to)
        sum += (spans[i].end - spans[i].start) / G_TIME_SPAN_MILLISECOND;
    }

  return sum;
}

/* Spans are in order, touch, and none lies over another. */
static void
check_unbroken (const TdHistorySpan *spans,
                guint                n_spans,
                gint64               from,
                gint64               to)
{
  g_assert_cmpuint (n_spans, >, 0);
  g_assert_cmpint (spans[0].start, <=, from);
  for (guint i = 1; i < n_spans; i++)
    g_assert_cmpint (spans[i].start, ==, spans[i - 1].end);
  g_assert_cmpint (ABS (spans[n_spans - 1].end - to), <=, SECOND);
}

static void
test_spans_are_what_was_played (Fixture      *fixture,
                                gconstpointer data)
{
  TdRoster               *agents = td_centre_get_agents (fixture->centre);
  guint                   n_agents = td_roster_get_size (agents);
  g_autofree TdAgentInfo *before = g_new (TdAgentInfo, n_agents);
  gint64                  calls = 0, n_calls = 0;

  g_assert_cmpuint (n_agents, ==, N_AGENTS);
  for (guint i = 0; i < n_agents; i++)
    before[i] = *td_agent_get_info (td_roster_get (agents, i));
  play (fixture, START + LENGTH);
  td_agent_recorder_write (fixture->recorder);

  for (guint i = 0; i < n_agents; i++)
    {
      TdAgent           *agent = td_roster_get (agents, i);
      const TdAgentInfo *info = td_agent_get_info (agent);
      g_autoptr (TdHistoryRecords) records =
        history_read_records (fixture->history, TD_HISTORY_SPANS, info->id, START, START + LENGTH);
      guint                n;
      const TdHistorySpan *spans = td_history_records_get_spans (records, &n);
      gint64               talk, counted;

      check_unbroken (spans, n, START, START + LENGTH);
      g_assert_cmpint (spans[n - 1].state, ==, info->state);
      g_assert_cmpstr (spans[n - 1].queue, ==, info->call_queue);
      g_assert_cmpstr (spans[n - 1].reason, ==, info->reason);

      /* What the centre counted of whole calls is in the spans of these. One
       * that ran at the begin or runs at the end is in both in part. */
      if (before[i].state == TD_AGENT_STATE_ON_CALL || info->state == TD_AGENT_STATE_ON_CALL)
        continue;
      talk = sum_spans (spans, n, TD_AGENT_STATE_ON_CALL, START, START + LENGTH);
      counted = info->talk_ms + info->hold_ms - before[i].talk_ms - before[i].hold_ms;
      g_assert_cmpint (ABS (talk - counted), <=, 2 * MAX (info->answered - before[i].answered, 1));
      calls += counted;
      n_calls += info->answered - before[i].answered;
    }
  /* There was something to compare. */
  g_assert_cmpint (calls, >, 0);
  g_assert_cmpint (n_calls, >, 20);
}

static void
test_a_day_is_what_was_counted (Fixture      *fixture,
                                gconstpointer data)
{
  TdRoster *agents = td_centre_get_agents (fixture->centre);
  guint     n_counted = 0;

  play (fixture, START + 10 * MINUTE);
  td_agent_recorder_write (fixture->recorder);
  for (guint i = 0; i < td_roster_get_size (agents); i++)
    {
      const TdAgentInfo *info = td_agent_get_info (td_roster_get (agents, i));
      g_autoptr (TdHistoryRecords) records =
        history_read_records (fixture->history, TD_HISTORY_AGENT_DAYS, info->id, START - DAY, START + DAY);
      guint                    n;
      const TdHistoryAgentDay *days = td_history_records_get_agent_days (records, &n);

      g_assert_cmpuint (n, ==, 1);
      g_assert_cmpint (days[0].day, ==, START - 9 * HOUR);
      g_assert_cmpint (days[0].answered, ==, info->answered);
      g_assert_cmpint (days[0].talk_ms, ==, info->talk_ms);
      g_assert_cmpint (days[0].paused_ms, ==, info->paused_ms);
      n_counted += info->answered > 0 ? 1 : 0;
    }
  g_assert_cmpuint (n_counted, >, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/agent-spans/are-what-was-played", Fixture, NULL, set_up, test_spans_are_what_was_played, tear_down);
  g_test_add ("/agent-spans/a-day-is-what-was-counted", Fixture, NULL, set_up, test_a_day_is_what_was_counted, tear_down);

  return g_test_run ();
}
