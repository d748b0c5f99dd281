/* test-asterisk-series.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "ami-fixture.h"
#include "ami-series.h"
#include "td-asterisk-tracker.h"
#include "td-centre.h"

/* A minute of a real centre, played through the tracker into the model. */
typedef struct
{
  TdAsteriskSettings *settings;
  TdAsteriskTracker  *tracker;
  TdCentre           *centre;
  AmiSeries          *series;
  GBytes             *core_status;
} Fixture;

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  fixture->settings = td_asterisk_settings_new ();
  fixture->settings->timezone = g_strdup ("UTC");
  fixture->tracker = td_asterisk_tracker_new (fixture->settings);
  fixture->centre = td_centre_new ();
  fixture->series = ami_series_load ();
  fixture->core_status = ami_core_status (AMI_SERIES_CORE_START);
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  g_bytes_unref (fixture->core_status);
  ami_series_free (fixture->series);
  g_object_unref (fixture->centre);
  td_asterisk_tracker_free (fixture->tracker);
  td_asterisk_settings_unref (fixture->settings);
}

static void
take (Fixture   *fixture,
      guint      poll_index,
      GPtrArray *events,
      gboolean   events_lost)
{
  g_autoptr (GPtrArray) bodies = g_ptr_array_new_with_free_func ((GDestroyNotify)g_bytes_unref);
  g_autoptr (TdSnapshot) snapshot = NULL;
  g_autoptr (GError) error = NULL;
  TdAsteriskPoll poll = {
    .events = bodies,
    .events_lost = events_lost,
    .queue_status = fixture->series->queue_status[poll_index],
    .core_status = fixture->core_status,
    .at = fixture->series->at[poll_index],
  };

  if (events != NULL)
    g_ptr_array_add (bodies, ami_series_join_events (events));
  snapshot = td_asterisk_tracker_take (fixture->tracker, &poll, td_centre_get_revision (fixture->centre),
                                       td_centre_get_instance (fixture->centre), &error);
  g_assert_no_error (error);
  if (snapshot != NULL)
    {
      td_centre_apply (fixture->centre, snapshot, &error);
      g_assert_no_error (error);
    }
}

typedef struct
{
  gint64 completed;
  gint64 abandoned;
  gint64 calls;
  gint64 in_call;
} Counters;

static Counters
read_counters (GBytes     *body,
               const char *queue)
{
  g_autoptr (TdAmiAnswer) answer = td_ami_answer_parse (body, NULL);
  Counters counters = { 0 };

  for (guint i = 0; i < td_ami_answer_get_n_messages (answer); i++)
    {
      const TdAmiMessage *message = td_ami_answer_get_message (answer, i);

      if (g_strcmp0 (td_ami_message_get (message, "Queue"), queue) != 0)
        continue;
      if (g_strcmp0 (td_ami_message_get_event (message), "QueueParams") == 0)
        {
          g_assert_true (td_ami_message_get_integer (message, "Completed", 0, 1000, &counters.completed));
          g_assert_true (td_ami_message_get_integer (message, "Abandoned", 0, 1000, &counters.abandoned));
          g_assert_true (td_ami_message_get_integer (message, "Calls", 0, 1000, &counters.calls));
        }
      else if (g_strcmp0 (td_ami_message_get (message, "InCall"), "1") == 0)
        counters.in_call++;
    }

  return counters;
}

static const TdQueueInfo *
find_queue (Fixture    *fixture,
            const char *id)
{
  TdQueue *queue = td_centre_find_queue (fixture->centre, id);

  g_assert_nonnull (queue);

  return td_queue_get_info (queue);
}

static const TdAgentInfo *
find_agent (Fixture    *fixture,
            const char *id)
{
  TdAgent *agent = td_centre_find_agent (fixture->centre, id);

  g_assert_nonnull (agent);

  return td_agent_get_info (agent);
}

/* Calls that are on their way out of the queue while it is looked at. */
static gint64
get_gap (const TdQueueInfo *info)
{
  return info->today.offered - info->today.answered - info->today.abandoned - info->today.flowed_out - info->waiting;
}

static void
test_counts_agree (Fixture      *fixture,
                   gconstpointer data)
{
  static const char *const ids[] = {
    "19009000",
    "19001006",
    "reason-technical",
    "reason-sales",
    "reason-complaint",
    "reason-billing",
    "reason-empty",
  };

  for (guint i = 0; i < AMI_SERIES_POLLS; i++)
    {
      take (fixture, i, fixture->series->events[i], FALSE);
      for (guint k = 0; k < G_N_ELEMENTS (ids); k++)
        {
          const TdQueueInfo *info = find_queue (fixture, ids[k]);
          Counters           counters = read_counters (fixture->series->queue_status[i], ids[k]);

          g_assert_cmpint (info->waiting, ==, counters.calls);
          g_assert_cmpint (get_gap (info), >=, 0);
          g_assert_cmpint (get_gap (info), <=, 3);
          /* The events are told up to a second before the list. */
          g_assert_cmpint (ABS (info->today.abandoned - counters.abandoned), <=, 1);
          g_assert_cmpint (ABS (info->today.answered - counters.completed - counters.in_call), <=, 2);
          g_assert_cmpint (info->today.flowed_out, ==, 0);
        }
    }
}

static void
test_states (Fixture      *fixture,
             gconstpointer data)
{
  const TdAgentInfo *info;
  const TdQueueInfo *queue;

  for (guint i = 0; i < AMI_SERIES_POLLS; i++)
    take (fixture, i, fixture->series->events[i], FALSE);

  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (td_centre_get_agents (fixture->centre))), ==, 21);

  /* Three queues, one agent. */
  info = find_agent (fixture, "Local/1010@agents/n");
  g_assert_cmpstr (info->name, ==, "Hồ Linh");
  g_assert_cmpint (info->n_queues, ==, 3);
  g_assert_cmpint (info->state, ==, TD_AGENT_STATE_ON_CALL);
  g_assert_cmpstr (info->call_queue, ==, "19009000");
  g_assert_cmpint (info->call_since, ==, G_GINT64_CONSTANT (1795346216134868));
  g_assert_cmpint (info->call_wait_ms, ==, 6013);
  g_assert_cmpstr (info->call_number, ==, "09•• ••• 344");
  g_assert_cmpint (info->since, ==, G_GINT64_CONSTANT (1795346216129391));
  g_assert_false (info->since_inexact);

  info = find_agent (fixture, "Local/1004@agents/n");
  g_assert_cmpint (info->state, ==, TD_AGENT_STATE_PAUSED);
  g_assert_cmpstr (info->reason, ==, "Lunch");

  /* It rings, then it is gone. */
  info = find_agent (fixture, "Local/1011@agents/n");
  g_assert_cmpint (info->state, ==, TD_AGENT_STATE_UNREACHABLE);
  g_assert_cmpint (info->no_answer, ==, 1);

  info = find_agent (fixture, "PJSIP/1999");
  g_assert_cmpint (info->state, ==, TD_AGENT_STATE_UNREACHABLE);
  g_assert_true (info->since_inexact);

  queue = find_queue (fixture, "reason-complaint");
  g_assert_cmpint (queue->serving, ==, 3);
  queue = find_queue (fixture, "reason-empty");
  g_assert_cmpint (queue->serving, ==, 0);
  g_assert_cmpint (queue->offered_15min, ==, 0);
}

static void
test_events_told_twice (Fixture      *fixture,
                        gconstpointer data)
{
  for (guint i = 0; i < AMI_SERIES_POLLS; i++)
    {
      g_autoptr (GPtrArray) twice = g_ptr_array_new ();

      for (guint k = 0; k < (i > 0 ? 2u : 1u); k++)
        {
          GPtrArray *events = fixture->series->events[i - k];

          for (guint n = 0; n < events->len; n++)
            g_ptr_array_add (twice, events->pdata[n]);
        }
      take (fixture, i, twice, FALSE);
    }

  {
    g_autoptr (TdAsteriskTracker) once = td_asterisk_tracker_new (fixture->settings);
    g_autoptr (TdCentre) centre = td_centre_new ();
    TdRoster *queues;

    /* The same minute, told once. */
    g_clear_pointer (&fixture->tracker, td_asterisk_tracker_free);
    fixture->tracker = g_steal_pointer (&once);
    queues = td_centre_get_queues (fixture->centre);
    g_set_object (&centre, fixture->centre);
    g_clear_object (&fixture->centre);
    fixture->centre = td_centre_new ();
    for (guint i = 0; i < AMI_SERIES_POLLS; i++)
      take (fixture, i, fixture->series->events[i], FALSE);

    g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (queues)), ==, 7);
    for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (queues)); i++)
      {
        g_autoptr (TdQueue) queue = g_list_model_get_item (G_LIST_MODEL (queues), i);
        const TdQueueInfo *info = td_queue_get_info (queue);

        g_assert_true (td_queue_info_equal (info, find_queue (fixture, info->id)));
      }
  }
}

/* Without any event the state is right, and the counters tell the counts. */
static void
test_no_events_at_all (Fixture      *fixture,
                       gconstpointer data)
{
  for (guint i = 0; i < AMI_SERIES_POLLS; i++)
    take (fixture, i, NULL, TRUE);
  /* Seen again: what is missing is believed once it stays. */
  fixture->series->at[AMI_SERIES_POLLS - 1] += G_USEC_PER_SEC;
  take (fixture, AMI_SERIES_POLLS - 1, NULL, FALSE);

  {
    const TdQueueInfo *info = find_queue (fixture, "19009000");

    g_assert_true (info->estimated);
    g_assert_cmpint (info->waiting, ==, 5);
    g_assert_cmpint (info->today.abandoned, ==, 2);
    g_assert_cmpint (info->today.answered, >=, 30);
    g_assert_cmpint (info->today.answered, <=, 41);
    g_assert_cmpint (get_gap (info), >=, 0);
    g_assert_cmpint (get_gap (info), <=, 3);
    g_assert_cmpint (find_agent (fixture, "Local/1004@agents/n")->state, ==, TD_AGENT_STATE_PAUSED);
    g_assert_cmpint (find_agent (fixture, "Local/1010@agents/n")->state, ==, TD_AGENT_STATE_ON_CALL);
  }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/asterisk-series/counts-agree-with-the-counters", Fixture, NULL, set_up, test_counts_agree, tear_down);
  g_test_add ("/asterisk-series/states", Fixture, NULL, set_up, test_states, tear_down);
  g_test_add ("/asterisk-series/events-told-twice-count-once", Fixture, NULL, set_up, test_events_told_twice, tear_down);
  g_test_add ("/asterisk-series/no-events-at-all", Fixture, NULL, set_up, test_no_events_at_all, tear_down);

  return g_test_run ();
}
