/* test-agent-recorder.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "history-fixture.h"
#include "td-agent-recorder.h"
#include "td-sampler.h"

#define SECOND G_TIME_SPAN_SECOND
#define HOUR G_TIME_SPAN_HOUR
/* Ten in the morning. */
#define START (DAY0 + 600 * MINUTE)

typedef struct
{
  char            *path;
  TdCentre        *centre;
  TdDay           *day;
  TdHistory       *history;
  TdAgentRecorder *recorder;
  TdSampler       *sampler;
  gint64           revision;
} Fixture;

static void
begin (Fixture *fixture)
{
  fixture->centre = td_centre_new ();
  fixture->day = td_day_new (fixture->centre);
  fixture->history = td_history_new (fixture->path);
  fixture->recorder = td_agent_recorder_new (fixture->centre, fixture->day, fixture->history);
  fixture->sampler = td_sampler_new (fixture->centre, fixture->history);
}

static void
end (Fixture *fixture)
{
  g_assert_finalize_object (g_steal_pointer (&fixture->recorder));
  g_assert_finalize_object (g_steal_pointer (&fixture->sampler));
  g_clear_object (&fixture->day);
  g_clear_object (&fixture->centre);
  td_history_close (fixture->history);
  g_clear_object (&fixture->history);
}

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  fixture->path = history_make_path ();
  begin (fixture);
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  end (fixture);
  history_remove_all (fixture->path);
  g_free (fixture->path);
}

/* One queue with so many who wait, and agents. */
static void
see (Fixture           *fixture,
     gint64             at,
     gint64             waiting,
     const TdAgentInfo *agents,
     guint              n_agents)
{
  TdSnapshotBuilder *builder = td_snapshot_builder_new ();
  g_autoptr (TdSnapshot) snapshot = NULL;
  g_autoptr (GError) error = NULL;
  TdCentreInfo centre;
  TdQueueInfo  queue;

  td_centre_info_init (&centre);
  centre.timezone = "UTC";
  centre.day_start = at - at % DAY;
  td_snapshot_builder_set_revision (builder, ++fixture->revision, "i");
  td_snapshot_builder_set_at (builder, at);
  td_snapshot_builder_set_centre (builder, &centre);
  td_queue_info_init (&queue);
  queue.id = "q";
  queue.waiting = waiting;
  queue.serving = 2;
  if (waiting > 0)
    queue.longest_since = START;
  td_snapshot_builder_add_queue (builder, &queue);
  for (guint i = 0; i < n_agents; i++)
    td_snapshot_builder_add_agent (builder, &agents[i]);
  snapshot = td_snapshot_builder_end (builder);
  td_centre_apply (fixture->centre, snapshot, &error);
  g_assert_no_error (error);
}

static void
see_one (Fixture     *fixture,
         gint64       at,
         TdAgentState state,
         gint64       since,
         const char  *reason,
         const char  *queue)
{
  TdAgentInfo agent;

  td_agent_info_init (&agent);
  agent.id = "4143";
  agent.state = state;
  agent.since = since;
  agent.reason = reason;
  agent.call_queue = queue;
  agent.answered = (at - START) / MINUTE;
  see (fixture, at, 0, &agent, 1);
}

static TdHistoryRecords *
read_records (Fixture            *fixture,
              TdHistoryRecordKind kind,
              const char         *who)
{
  return history_read_records (fixture->history, kind, who, DAY0, DAY0 + 2 * DAY);
}

static void
check_span (const TdHistorySpan *span,
            TdAgentState         state,
            gint64               start,
            gint64               end_at)
{
  g_assert_cmpstr (span->agent, ==, "4143");
  g_assert_cmpint (span->state, ==, state);
  g_assert_cmpint ((span->start - START) / SECOND, ==, (start - START) / SECOND);
  g_assert_cmpint ((span->end - START) / SECOND, ==, (end_at - START) / SECOND);
}

static void
test_states_become_spans (Fixture      *fixture,
                          gconstpointer data)
{
  g_autoptr (TdHistoryRecords) records = NULL;
  const TdHistorySpan *spans;
  guint                n;

  see_one (fixture, START, TD_AGENT_STATE_AVAILABLE, START - 5 * MINUTE, NULL, NULL);
  see_one (fixture, START + 10 * SECOND, TD_AGENT_STATE_ON_CALL, START + 8 * SECOND, NULL, "q");
  td_agent_recorder_observe (fixture->recorder, START + 150 * SECOND);
  see_one (fixture, START + 200 * SECOND, TD_AGENT_STATE_PAUSED, START + 199 * SECOND, "Ăn trưa", NULL);
  td_agent_recorder_observe (fixture->recorder, START + 300 * SECOND);
  td_agent_recorder_write (fixture->recorder);

  records = read_records (fixture, TD_HISTORY_SPANS, "4143");
  spans = td_history_records_get_spans (records, &n);
  g_assert_cmpuint (n, ==, 3);
  check_span (&spans[0], TD_AGENT_STATE_AVAILABLE, START - 5 * MINUTE, START + 8 * SECOND);
  check_span (&spans[1], TD_AGENT_STATE_ON_CALL, START + 8 * SECOND, START + 199 * SECOND);
  g_assert_cmpstr (spans[1].queue, ==, "q");
  g_assert_false (spans[1].inexact);
  check_span (&spans[2], TD_AGENT_STATE_PAUSED, START + 199 * SECOND, START + 300 * SECOND);
  g_assert_cmpstr (spans[2].reason, ==, "Ăn trưa");
}

static void
test_a_gap_is_in_no_span (Fixture      *fixture,
                          gconstpointer data)
{
  g_autoptr (TdHistoryRecords) records = NULL;
  const TdHistorySpan *spans;
  guint                n;

  see_one (fixture, START, TD_AGENT_STATE_AVAILABLE, START, NULL, NULL);
  td_agent_recorder_observe (fixture->recorder, START + 60 * SECOND);
  td_agent_recorder_break (fixture->recorder);
  see_one (fixture, START + 600 * SECOND, TD_AGENT_STATE_WRAP_UP, START + 590 * SECOND, NULL, NULL);
  td_agent_recorder_observe (fixture->recorder, START + 610 * SECOND);
  td_agent_recorder_write (fixture->recorder);

  records = read_records (fixture, TD_HISTORY_SPANS, "4143");
  spans = td_history_records_get_spans (records, &n);
  g_assert_cmpuint (n, ==, 2);
  check_span (&spans[0], TD_AGENT_STATE_AVAILABLE, START, START + 60 * SECOND);
  check_span (&spans[1], TD_AGENT_STATE_WRAP_UP, START + 590 * SECOND, START + 610 * SECOND);
}

/* The machine slept, and nobody was told of it. */
static void
test_time_without_a_look_is_in_no_span (Fixture      *fixture,
                                        gconstpointer data)
{
  g_autoptr (TdHistoryRecords) records = NULL;
  const TdHistorySpan *spans;
  guint                n;

  see_one (fixture, START, TD_AGENT_STATE_AVAILABLE, START, NULL, NULL);
  td_agent_recorder_observe (fixture->recorder, START + 20 * SECOND);
  see_one (fixture, START + 3600 * SECOND, TD_AGENT_STATE_AVAILABLE, START + 3000 * SECOND, NULL, NULL);
  see_one (fixture, START + 3660 * SECOND, TD_AGENT_STATE_OFFLINE, START + 3650 * SECOND, NULL, NULL);

  records = read_records (fixture, TD_HISTORY_SPANS, "4143");
  spans = td_history_records_get_spans (records, &n);
  g_assert_cmpuint (n, ==, 3);
  check_span (&spans[0], TD_AGENT_STATE_AVAILABLE, START, START + 20 * SECOND);
  check_span (&spans[1], TD_AGENT_STATE_AVAILABLE, START + 3000 * SECOND, START + 3650 * SECOND);
  check_span (&spans[2], TD_AGENT_STATE_OFFLINE, START + 3650 * SECOND, START + 3660 * SECOND);
}

static void
test_who_left_in_a_gap_was_seen_before_it (Fixture      *fixture,
                                           gconstpointer data)
{
  g_autoptr (TdHistoryRecords) records = NULL;
  const TdHistorySpan *spans;
  guint                n;

  see_one (fixture, START, TD_AGENT_STATE_AVAILABLE, START, NULL, NULL);
  td_agent_recorder_observe (fixture->recorder, START + 20 * SECOND);
  td_agent_recorder_break (fixture->recorder);
  see (fixture, START + 60 * SECOND, 0, NULL, 0);

  records = read_records (fixture, TD_HISTORY_SPANS, NULL);
  spans = td_history_records_get_spans (records, &n);
  g_assert_cmpuint (n, ==, 1);
  check_span (&spans[0], TD_AGENT_STATE_AVAILABLE, START, START + 20 * SECOND);
}

/* The clock of the source was put back: it is believed. */
static void
test_a_clock_put_back_is_followed (Fixture      *fixture,
                                   gconstpointer data)
{
  g_autoptr (TdHistoryRecords) records = NULL;
  const TdHistorySpan *spans;
  guint                n;

  see_one (fixture, START + HOUR, TD_AGENT_STATE_AVAILABLE, START + HOUR - 5 * SECOND, NULL, NULL);
  see_one (fixture, START, TD_AGENT_STATE_PAUSED, START - 5 * SECOND, NULL, NULL);
  td_agent_recorder_observe (fixture->recorder, START + 30 * SECOND);
  td_agent_recorder_write (fixture->recorder);

  records = read_records (fixture, TD_HISTORY_SPANS, NULL);
  spans = td_history_records_get_spans (records, &n);
  g_assert_cmpuint (n, ==, 2);
  check_span (&spans[0], TD_AGENT_STATE_PAUSED, START - 5 * SECOND, START + 30 * SECOND);
  check_span (&spans[1], TD_AGENT_STATE_AVAILABLE, START + HOUR - 5 * SECOND, START + HOUR);
}

/* The source says since when: nothing happened while nobody looked. */
static void
test_the_same_state_lasts_through_a_gap (Fixture      *fixture,
                                         gconstpointer data)
{
  g_autoptr (TdHistoryRecords) records = NULL;
  const TdHistorySpan *spans;
  guint                n;

  see_one (fixture, START, TD_AGENT_STATE_PAUSED, START, "Họp", NULL);
  td_agent_recorder_observe (fixture->recorder, START + 60 * SECOND);
  td_agent_recorder_break (fixture->recorder);
  see_one (fixture, START + 600 * SECOND, TD_AGENT_STATE_PAUSED, START, "Họp", NULL);
  td_agent_recorder_write (fixture->recorder);

  records = read_records (fixture, TD_HISTORY_SPANS, NULL);
  spans = td_history_records_get_spans (records, &n);
  g_assert_cmpuint (n, ==, 1);
  check_span (&spans[0], TD_AGENT_STATE_PAUSED, START, START + 600 * SECOND);
}

static void
test_a_source_without_times_has_a_gap (Fixture      *fixture,
                                       gconstpointer data)
{
  g_autoptr (TdHistoryRecords) records = NULL;
  const TdHistorySpan *spans;
  guint                n;

  see_one (fixture, START, TD_AGENT_STATE_PAUSED, TD_UNKNOWN, NULL, NULL);
  td_agent_recorder_observe (fixture->recorder, START + 60 * SECOND);
  td_agent_recorder_break (fixture->recorder);
  see_one (fixture, START + 600 * SECOND, TD_AGENT_STATE_PAUSED, TD_UNKNOWN, NULL, NULL);
  td_agent_recorder_observe (fixture->recorder, START + 630 * SECOND);
  td_agent_recorder_write (fixture->recorder);

  records = read_records (fixture, TD_HISTORY_SPANS, NULL);
  spans = td_history_records_get_spans (records, &n);
  g_assert_cmpuint (n, ==, 2);
  check_span (&spans[0], TD_AGENT_STATE_PAUSED, START, START + 60 * SECOND);
  check_span (&spans[1], TD_AGENT_STATE_PAUSED, START + 600 * SECOND, START + 630 * SECOND);
  g_assert_true (spans[1].inexact);
}

static void
test_a_new_start_goes_on (Fixture      *fixture,
                          gconstpointer data)
{
  g_autoptr (TdHistoryRecords) records = NULL;
  const TdHistorySpan *spans;
  guint                n;

  see_one (fixture, START, TD_AGENT_STATE_ON_CALL, START - SECOND, NULL, "q");
  td_agent_recorder_observe (fixture->recorder, START + 30 * SECOND);
  end (fixture);
  begin (fixture);
  see_one (fixture, START + 90 * SECOND, TD_AGENT_STATE_ON_CALL, START - SECOND, NULL, "q");
  td_agent_recorder_write (fixture->recorder);

  records = read_records (fixture, TD_HISTORY_SPANS, NULL);
  spans = td_history_records_get_spans (records, &n);
  g_assert_cmpuint (n, ==, 1);
  check_span (&spans[0], TD_AGENT_STATE_ON_CALL, START - SECOND, START + 90 * SECOND);
}

static void
test_days_are_kept_as_told_last (Fixture      *fixture,
                                 gconstpointer data)
{
  g_autoptr (TdHistoryRecords) records = NULL;
  const TdHistoryAgentDay *days;
  guint                    n;

  see_one (fixture, START, TD_AGENT_STATE_AVAILABLE, START, NULL, NULL);
  see_one (fixture, START + 7 * MINUTE, TD_AGENT_STATE_AVAILABLE, START, NULL, NULL);
  td_agent_recorder_write (fixture->recorder);

  records = read_records (fixture, TD_HISTORY_AGENT_DAYS, "4143");
  days = td_history_records_get_agent_days (records, &n);
  g_assert_cmpuint (n, ==, 1);
  g_assert_cmpint (days[0].day, ==, DAY0);
  g_assert_cmpint (days[0].answered, ==, 7);
  g_assert_cmpint (days[0].talk_ms, ==, TD_UNKNOWN);
}

static void
test_queues_are_sampled_when_they_change (Fixture      *fixture,
                                          gconstpointer data)
{
  g_autoptr (TdHistoryRecords) records = NULL;
  const TdHistorySample *samples;
  guint                  n;

  see (fixture, START, 0, NULL, 0);
  see (fixture, START + 2 * SECOND, 0, NULL, 0);
  see (fixture, START + 4 * SECOND, 3, NULL, 0);
  see (fixture, START + 4 * SECOND + 1000, 9, NULL, 0); /* within the same second */
  td_sampler_observe (fixture->sampler, START + 70 * SECOND);
  g_clear_object (&fixture->sampler);
  fixture->sampler = td_sampler_new (fixture->centre, fixture->history);

  records = read_records (fixture, TD_HISTORY_SAMPLES, "q");
  samples = td_history_records_get_samples (records, &n);
  g_assert_cmpuint (n, ==, 3);
  g_assert_cmpint (samples[0].waiting, ==, 0);
  g_assert_cmpint (samples[0].longest_ms, ==, 0);
  g_assert_cmpint (samples[1].at, ==, START + 4 * SECOND);
  g_assert_cmpint (samples[1].waiting, ==, 3);
  g_assert_cmpint (samples[1].longest_ms, ==, 4000);
  g_assert_cmpint (samples[1].serving, ==, 2);
  g_assert_cmpint (samples[2].at, ==, START + 70 * SECOND);
  g_assert_cmpint (samples[2].waiting, ==, 9);
}

static void
test_each_is_forgotten_in_its_time (Fixture      *fixture,
                                    gconstpointer data)
{
  gint64 now = START + 5 * DAY;
  g_autoptr (TdHistoryRecords) spans = NULL;
  g_autoptr (TdHistoryRecords) samples = NULL;
  guint n;

  see_one (fixture, START, TD_AGENT_STATE_AVAILABLE, START, NULL, NULL);
  see_one (fixture, START + MINUTE, TD_AGENT_STATE_OFFLINE, START + MINUTE, NULL, NULL);
  g_clear_object (&fixture->sampler);
  fixture->sampler = td_sampler_new (fixture->centre, fixture->history);

  td_history_set_retention (fixture->history, 100, 6, 2);
  td_history_tidy (fixture->history, now);
  spans = read_records (fixture, TD_HISTORY_SPANS, NULL);
  samples = read_records (fixture, TD_HISTORY_SAMPLES, NULL);
  td_history_records_get_spans (spans, &n);
  g_assert_cmpuint (n, ==, 1);
  td_history_records_get_samples (samples, &n);
  g_assert_cmpuint (n, ==, 0);

  g_clear_pointer (&spans, td_history_records_unref);
  td_history_set_retention (fixture->history, 100, 4, 2);
  td_history_tidy (fixture->history, now);
  spans = read_records (fixture, TD_HISTORY_SPANS, NULL);
  td_history_records_get_spans (spans, &n);
  g_assert_cmpuint (n, ==, 0);
}

#define add(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  add ("/agent-recorder/states-become-spans", test_states_become_spans);
  add ("/agent-recorder/a-gap-is-in-no-span", test_a_gap_is_in_no_span);
  add ("/agent-recorder/time-without-a-look-is-in-no-span", test_time_without_a_look_is_in_no_span);
  add ("/agent-recorder/who-left-in-a-gap-was-seen-before-it", test_who_left_in_a_gap_was_seen_before_it);
  add ("/agent-recorder/a-clock-put-back-is-followed", test_a_clock_put_back_is_followed);
  add ("/agent-recorder/the-same-state-lasts-through-a-gap", test_the_same_state_lasts_through_a_gap);
  add ("/agent-recorder/a-source-without-times-has-a-gap", test_a_source_without_times_has_a_gap);
  add ("/agent-recorder/a-new-start-goes-on", test_a_new_start_goes_on);
  add ("/agent-recorder/days-are-kept-as-told-last", test_days_are_kept_as_told_last);
  add ("/agent-recorder/queues-are-sampled-when-they-change", test_queues_are_sampled_when_they_change);
  add ("/agent-recorder/each-is-forgotten-in-its-time", test_each_is_forgotten_in_its_time);

  return g_test_run ();
}
