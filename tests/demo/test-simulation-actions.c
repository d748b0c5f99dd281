/* test-simulation-actions.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-simulation.h"

#include <gio/gio.h>
#include <string.h>

#define SECOND G_GINT64_CONSTANT (1000000)
#define MINUTE (60 * SECOND)
#define HOUR (60 * MINUTE)

/* Tuesday 2026-11-24 00:00 in Asia/Ho_Chi_Minh */
#define TUESDAY (G_GINT64_CONSTANT (1795453200) * SECOND)

static TdSimulation *
start (guint32 seed)
{
  g_autoptr (GError) error = NULL;
  TdSimulationOptions options = { .seed = seed, .start = TUESDAY + 14 * HOUR };
  TdSimulation       *simulation = td_simulation_new (&options, &error);

  g_assert_no_error (error);

  return simulation;
}

static void
play (TdSimulation *simulation,
      gint64        duration)
{
  td_simulation_advance (simulation, td_simulation_get_now (simulation) + duration);
}

static void
act (TdSimulation *simulation,
     TdActionKind  kind,
     const char   *agent,
     const char   *queue,
     const char   *reason)
{
  TdAction action = { .kind = kind, .agent = agent, .queue = queue, .reason = reason, .extension = "9001" };
  g_autoptr (GError) error = NULL;

  td_simulation_act (simulation, &action, &error);
  g_assert_no_error (error);
}

static void
refuse (TdSimulation *simulation,
        TdActionKind  kind,
        const char   *agent,
        const char   *queue,
        int           code)
{
  TdAction action = { .kind = kind, .agent = agent, .queue = queue, .extension = "9001" };
  g_autoptr (GError) error = NULL;

  g_assert_false (td_simulation_act (simulation, &action, &error));
  g_assert_error (error, G_IO_ERROR, code);
}

static const TdAgentInfo *
find_state (TdSnapshot  *snapshot,
            TdAgentState state)
{
  guint              n_agents;
  const TdAgentInfo *agents = td_snapshot_get_agents (snapshot, &n_agents);

  for (guint i = 0; i < n_agents; i++)
    {
      if (agents[i].state == state)
        return &agents[i];
    }

  g_assert_not_reached ();
}

static const TdAgentInfo *
find_agent (TdSnapshot *snapshot,
            const char *id)
{
  guint              n_agents;
  const TdAgentInfo *agents = td_snapshot_get_agents (snapshot, &n_agents);

  for (guint i = 0; i < n_agents; i++)
    {
      if (g_str_equal (agents[i].id, id))
        return &agents[i];
    }

  g_assert_not_reached ();
}

static const TdQueueInfo *
find_queue (TdSnapshot *snapshot,
            const char *id)
{
  guint              n_queues;
  const TdQueueInfo *queues = td_snapshot_get_queues (snapshot, &n_queues);

  for (guint i = 0; i < n_queues; i++)
    {
      if (g_str_equal (queues[i].id, id))
        return &queues[i];
    }

  g_assert_not_reached ();
}

static gboolean
serves (const TdAgentInfo *agent,
        const char        *queue)
{
  for (guint i = 0; i < agent->n_queues; i++)
    {
      if (g_str_equal (agent->queues[i], queue))
        return TRUE;
    }

  return FALSE;
}

static void
test_pause (void)
{
  g_autoptr (TdSimulation) simulation = start (2);
  g_autoptr (TdSnapshot) before = td_simulation_take_full (simulation);
  g_autoptr (TdSnapshot) after = NULL;
  g_autoptr (TdSnapshot) later = NULL;
  g_autoptr (TdSnapshot) last = NULL;
  const char *idle = find_state (before, TD_AGENT_STATE_AVAILABLE)->id;
  const char *busy = find_state (before, TD_AGENT_STATE_ON_CALL)->id;
  const char *away = find_state (before, TD_AGENT_STATE_OFFLINE)->id;

  act (simulation, TD_ACTION_PAUSE, idle, NULL, "Hỗ trợ ca sau");
  act (simulation, TD_ACTION_PAUSE, busy, NULL, NULL);
  after = td_simulation_take_changes (simulation);
  g_assert_cmpint (find_agent (after, idle)->state, ==, TD_AGENT_STATE_PAUSED);
  g_assert_cmpstr (find_agent (after, idle)->reason, ==, "Hỗ trợ ca sau");

  /* Held until it is ended, and the busy one after the call. */
  play (simulation, 50 * MINUTE);
  later = td_simulation_take_full (simulation);
  g_assert_cmpint (find_agent (later, idle)->state, ==, TD_AGENT_STATE_PAUSED);
  g_assert_cmpint (find_agent (later, busy)->state, ==, TD_AGENT_STATE_PAUSED);

  refuse (simulation, TD_ACTION_PAUSE, idle, NULL, G_IO_ERROR_FAILED);
  act (simulation, TD_ACTION_UNPAUSE, idle, NULL, NULL);
  last = td_simulation_take_full (simulation);
  g_assert_cmpint (find_agent (last, idle)->state, !=, TD_AGENT_STATE_PAUSED);

  refuse (simulation, TD_ACTION_UNPAUSE, idle, NULL, G_IO_ERROR_FAILED);
  refuse (simulation, TD_ACTION_PAUSE, away, NULL, G_IO_ERROR_FAILED);
  refuse (simulation, TD_ACTION_PAUSE, "nobody", NULL, G_IO_ERROR_NOT_FOUND);
  refuse (simulation, TD_ACTION_PAUSE, "", NULL, G_IO_ERROR_INVALID_ARGUMENT);
}

/* Who is paused in one queue serves the others, gets no call of it, and is
 * paused when it was the last. */
static void
test_pause_in_a_queue (void)
{
  g_autoptr (TdSimulation) simulation = start (2);
  g_autoptr (TdSnapshot) before = td_simulation_take_full (simulation);
  g_autoptr (TdSnapshot) after = NULL;
  g_autoptr (TdSnapshot) ended = NULL;
  g_autoptr (TdSnapshot) last = NULL;
  const TdAgentInfo *agent = find_state (before, TD_AGENT_STATE_AVAILABLE);
  const char        *id = agent->id, *queue = agent->queues[0];
  gint64             serving = find_queue (before, queue)->serving;

  g_assert_cmpuint (agent->n_queues, >, 1);
  act (simulation, TD_ACTION_PAUSE, id, queue, NULL);
  after = td_simulation_take_full (simulation);
  g_assert_cmpint (find_agent (after, id)->state, ==, TD_AGENT_STATE_AVAILABLE);
  g_assert_cmpint (find_agent (after, id)->since, ==, agent->since);
  g_assert_true (serves (find_agent (after, id), queue));
  g_assert_cmpint (find_queue (after, queue)->serving, ==, serving - 1);
  refuse (simulation, TD_ACTION_PAUSE, id, queue, G_IO_ERROR_FAILED);
  refuse (simulation, TD_ACTION_PAUSE, id, "no queue", G_IO_ERROR_NOT_FOUND);

  for (guint i = 0; i < 600; i++)
    {
      g_autoptr (TdSnapshot) snapshot = NULL;

      play (simulation, 2 * SECOND);
      snapshot = td_simulation_take_full (simulation);
      g_assert_cmpstr (find_agent (snapshot, id)->call_queue, !=, queue);
    }

  act (simulation, TD_ACTION_UNPAUSE, id, queue, NULL);
  refuse (simulation, TD_ACTION_UNPAUSE, id, queue, G_IO_ERROR_FAILED);

  for (guint i = 0; i < agent->n_queues; i++)
    act (simulation, TD_ACTION_PAUSE, id, agent->queues[i], "Đào tạo");
  play (simulation, 40 * MINUTE);
  last = td_simulation_take_full (simulation);
  g_assert_cmpint (find_agent (last, id)->state, ==, TD_AGENT_STATE_PAUSED);
  g_assert_cmpstr (find_agent (last, id)->reason, ==, "Đào tạo");

  refuse (simulation, TD_ACTION_UNPAUSE, id, queue, G_IO_ERROR_FAILED);
  act (simulation, TD_ACTION_UNPAUSE, id, NULL, NULL);
  ended = td_simulation_take_full (simulation);
  g_assert_true (td_agent_state_is_serving (find_agent (ended, id)->state));
  for (guint i = 0; i < agent->n_queues; i++)
    refuse (simulation, TD_ACTION_UNPAUSE, id, agent->queues[i], G_IO_ERROR_FAILED);
}

static void
test_queues (void)
{
  g_autoptr (TdSimulation) simulation = start (2);
  g_autoptr (TdSnapshot) before = td_simulation_take_full (simulation);
  g_autoptr (TdSnapshot) removed = NULL;
  g_autoptr (TdSnapshot) added = NULL;
  const TdAgentInfo *agent = find_state (before, TD_AGENT_STATE_AVAILABLE);
  const char        *id = agent->id, *left = agent->queues[0];
  const char        *joined = NULL;
  guint              n_queues, n_calls = 0, n_removed = 0;
  const TdQueueInfo *queues = td_snapshot_get_queues (before, &n_queues);

  for (guint i = 0; i < n_queues && joined == NULL; i++)
    {
      if (!serves (agent, queues[i].id))
        joined = queues[i].id;
    }

  refuse (simulation, TD_ACTION_QUEUE_ADD, id, left, G_IO_ERROR_FAILED);
  refuse (simulation, TD_ACTION_QUEUE_REMOVE, id, joined, G_IO_ERROR_FAILED);
  refuse (simulation, TD_ACTION_QUEUE_ADD, id, NULL, G_IO_ERROR_INVALID_ARGUMENT);

  act (simulation, TD_ACTION_QUEUE_ADD, id, joined, NULL);
  added = td_simulation_take_full (simulation);
  g_assert_true (serves (find_agent (added, id), joined));
  g_assert_cmpuint (find_agent (added, id)->n_queues, ==, agent->n_queues + 1);
  g_assert_cmpint (find_queue (added, joined)->serving, ==, find_queue (before, joined)->serving + 1);

  for (guint i = 0; i < agent->n_queues; i++)
    act (simulation, TD_ACTION_QUEUE_REMOVE, id, agent->queues[i], NULL);
  removed = td_simulation_take_full (simulation);
  g_assert_cmpuint (find_agent (removed, id)->n_queues, ==, 1);
  g_assert_cmpint (find_queue (removed, left)->serving, ==, find_queue (before, left)->serving - 1);

  /* Who serves it gets its calls, and none of the others but the one that may
   * have rung already. */
  for (guint i = 0; i < 4000; i++)
    {
      g_autoptr (TdSnapshot) snapshot = NULL;
      const TdAgentInfo *now;

      play (simulation, 2 * SECOND);
      snapshot = td_simulation_take_full (simulation);
      now = find_agent (snapshot, id);
      if (now->call_queue == NULL || now->call_since <= td_snapshot_get_at (before))
        continue;
      n_calls += g_str_equal (now->call_queue, joined);
      n_removed += !g_str_equal (now->call_queue, joined);
    }
  g_assert_cmpuint (n_calls, >, 0);
  g_assert_cmpuint (n_removed, ==, 0);

  act (simulation, TD_ACTION_QUEUE_REMOVE, id, joined, NULL);
  act (simulation, TD_ACTION_QUEUE_ADD, id, left, NULL);
}

/* However often queues come and go, agents and queues agree on who serves. */
static void
test_many_changes (void)
{
  g_autoptr (TdSimulation) simulation = start (5);
  g_autoptr (GRand) random = g_rand_new_with_seed (5);

  for (guint round = 0; round < 400; round++)
    {
      g_autoptr (TdSnapshot) snapshot = td_simulation_take_full (simulation);
      guint              n_agents, n_queues;
      const TdAgentInfo *agents = td_snapshot_get_agents (snapshot, &n_agents);
      const TdQueueInfo *queues = td_snapshot_get_queues (snapshot, &n_queues);

      for (guint i = 0; i < n_queues; i++)
        {
          gint64 serving = 0;

          for (guint k = 0; k < n_agents; k++)
            serving += td_agent_state_is_serving (agents[k].state) && serves (&agents[k], queues[i].id);
          g_assert_cmpint (queues[i].serving, ==, serving);
        }

      for (guint i = 0; i < 8; i++)
        {
          const TdAgentInfo *agent = &agents[g_rand_int_range (random, 0, (int)n_agents)];
          const char        *queue = queues[g_rand_int_range (random, 0, (int)n_queues)].id;
          gboolean           served = serves (agent, queue);
          TdAction           action = { .agent = agent->id, .queue = queue };

          action.kind = served ? TD_ACTION_QUEUE_REMOVE : TD_ACTION_QUEUE_ADD;
          td_simulation_act (simulation, &action, NULL);
        }
      play (simulation, 3 * SECOND);
    }
}

static void
test_hang_up (void)
{
  g_autoptr (TdSimulation) simulation = start (2);
  g_autoptr (TdSnapshot) before = td_simulation_take_full (simulation);
  g_autoptr (TdSnapshot) after = NULL;
  const TdAgentInfo *agent = find_state (before, TD_AGENT_STATE_ON_CALL);
  const TdAgentInfo *then;
  const TdQueueInfo *queue = find_queue (before, agent->call_queue);
  gint64             now = td_simulation_get_now (simulation);
  gint64             talk_ms = (now - agent->call_since) / 1000;

  act (simulation, TD_ACTION_HANG_UP, agent->id, NULL, NULL);
  after = td_simulation_take_full (simulation);
  then = find_agent (after, agent->id);
  g_assert_cmpint (then->state, ==, TD_AGENT_STATE_WRAP_UP);
  g_assert_cmpint (then->since, ==, now);
  g_assert_cmpint (then->answered, ==, agent->answered);
  g_assert_cmpint (then->talk_ms + then->hold_ms, ==, agent->talk_ms + agent->hold_ms + talk_ms);
  g_assert_cmpint (find_queue (after, queue->id)->today.talk_ms + find_queue (after, queue->id)->today.hold_ms, ==,
                   queue->today.talk_ms + queue->today.hold_ms + talk_ms);
  g_assert_cmpint (find_queue (after, queue->id)->today.answered, ==, queue->today.answered);
  g_assert_cmpint (find_queue (after, queue->id)->today.abandoned, ==, queue->today.abandoned);

  refuse (simulation, TD_ACTION_HANG_UP, agent->id, NULL, G_IO_ERROR_FAILED);
  play (simulation, 10 * MINUTE);
}

static void
test_join (void)
{
  g_autoptr (TdSimulation) simulation = start (2);
  g_autoptr (TdSnapshot) before = td_simulation_take_full (simulation);
  g_autoptr (TdSnapshot) after = NULL;
  const TdAgentInfo *busy = find_state (before, TD_AGENT_STATE_ON_CALL);
  const char        *idle = find_state (before, TD_AGENT_STATE_AVAILABLE)->id;
  GPtrArray         *actions = td_simulation_get_actions (simulation);
  TdAction           own = { .kind = TD_ACTION_BARGE, .agent = busy->id, .extension = busy->extension };
  g_autoptr (GError) error = NULL;
  const TdAction *last;

  for (guint kind = TD_ACTION_LISTEN; kind <= TD_ACTION_BARGE; kind++)
    {
      refuse (simulation, kind, idle, NULL, G_IO_ERROR_FAILED);
      act (simulation, kind, busy->id, NULL, NULL);
      last = g_ptr_array_index (actions, actions->len - 1);
      g_assert_cmpint (last->kind, ==, kind);
      g_assert_cmpstr (last->agent, ==, busy->id);
      g_assert_cmpstr (last->extension, ==, "9001");
    }

  g_assert_false (td_simulation_act (simulation, &own, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_FAILED);
  after = td_simulation_take_changes (simulation);
  g_assert_null (after);
  g_assert_cmpuint (actions->len, ==, 3);

  for (guint i = 0; i < 100; i++)
    act (simulation, TD_ACTION_LISTEN, busy->id, NULL, NULL);
  g_assert_cmpuint (actions->len, <=, 20);
}

/* The past was made up from the rota, whoever serves what today. */
static void
test_history_stays (void)
{
  g_autoptr (TdSimulation) simulation = start (2);
  g_autoptr (TdSimulation) other = start (2);
  g_autoptr (TdSnapshot) before = td_simulation_take_full (simulation);
  const TdAgentInfo *agent = find_state (before, TD_AGENT_STATE_AVAILABLE);
  g_autoptr (TdIntervals) changed = NULL;
  g_autoptr (TdIntervals) unchanged = NULL;
  g_autoptr (GError) error = NULL;
  gint64 from = TUESDAY - 24 * HOUR;

  for (guint i = 0; i < agent->n_queues; i++)
    act (simulation, TD_ACTION_QUEUE_REMOVE, agent->id, agent->queues[i], NULL);

  changed = td_simulation_get_intervals (simulation, from, TUESDAY, 900, agent->queues[0], &error);
  g_assert_no_error (error);
  unchanged = td_simulation_get_intervals (other, from, TUESDAY, 900, agent->queues[0], &error);
  g_assert_no_error (error);
  g_assert_cmpuint (td_intervals_get_n_queues (changed), ==, 1);
  g_assert_cmpmem (td_intervals_get_rows (changed, 0), td_intervals_get_n_intervals (changed) * sizeof (TdInterval),
                   td_intervals_get_rows (unchanged, 0), td_intervals_get_n_intervals (unchanged) * sizeof (TdInterval));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/simulation-actions/pause-holds-until-it-is-ended", test_pause);
  g_test_add_func ("/simulation-actions/pause-in-one-queue-leaves-the-others", test_pause_in_a_queue);
  g_test_add_func ("/simulation-actions/queues-decide-whose-calls-come", test_queues);
  g_test_add_func ("/simulation-actions/agents-and-queues-agree-after-many-changes", test_many_changes);
  g_test_add_func ("/simulation-actions/hang-up-counts-the-call-as-it-was", test_hang_up);
  g_test_add_func ("/simulation-actions/joining-a-call-changes-no-row", test_join);
  g_test_add_func ("/simulation-actions/history-stays-as-it-was", test_history_stays);

  return g_test_run ();
}
