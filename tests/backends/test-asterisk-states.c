/* test-asterisk-states.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "ami-scene.h"

#include <glib/gstdio.h>

#define SINCE(second) (AMI_SCENE_NOON + (second))

static char *
format_times (gint64 last_call,
              gint64 last_pause,
              gint64 login,
              guint  wrap_up)
{
  return g_strdup_printf ("LastCall: %" G_GINT64_FORMAT "\r\nLastPause: %" G_GINT64_FORMAT "\r\n"
                          "LoginTime: %" G_GINT64_FORMAT "\r\nWrapuptime: %u\r\n",
                          last_call, last_pause, login, wrap_up);
}

static void
test_state_table (AmiScene     *scene,
                  gconstpointer data)
{
  static const struct
  {
    guint        status;
    const char  *rest;
    TdAgentState state;
    gboolean     on_hold;
  } rows[] = {
    { 0, "", TD_AGENT_STATE_UNKNOWN, FALSE },
    { 1, "", TD_AGENT_STATE_AVAILABLE, FALSE },
    { 2, "", TD_AGENT_STATE_ON_CALL, FALSE },
    { 3, "", TD_AGENT_STATE_ON_CALL, FALSE },
    { 4, "", TD_AGENT_STATE_UNREACHABLE, FALSE },
    { 5, "", TD_AGENT_STATE_UNREACHABLE, FALSE },
    { 6, "", TD_AGENT_STATE_RINGING, FALSE },
    { 7, "", TD_AGENT_STATE_ON_CALL, FALSE },
    { 8, "", TD_AGENT_STATE_ON_CALL, TRUE },
    { 99, "", TD_AGENT_STATE_UNKNOWN, FALSE },
    { 1, "InCall: 1\r\n", TD_AGENT_STATE_ON_CALL, FALSE },
    { 1, "Paused: 1\r\n", TD_AGENT_STATE_PAUSED, FALSE },
    { 2, "Paused: 1\r\n", TD_AGENT_STATE_ON_CALL, FALSE },
    { 5, "Paused: 1\r\n", TD_AGENT_STATE_PAUSED, FALSE },
    { 6, "Paused: 1\r\n", TD_AGENT_STATE_RINGING, FALSE },
  };

  ami_scene_queue (scene, "q", 0, 0, "");
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *interface = g_strdup_printf ("PJSIP/%u", i);

      ami_scene_member (scene, "q", interface, rows[i].status, rows[i].rest);
    }
  ami_scene_take (scene, 0);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char   *interface = g_strdup_printf ("PJSIP/%u", i);
      const TdAgentInfo *info = ami_scene_find_agent (scene, interface);

      g_assert_cmpint (info->state, ==, rows[i].state);
      g_assert_cmpint (info->on_hold, ==, rows[i].on_hold);
    }

  /* All but the four whose phone is gone or who take no calls. */
  g_assert_cmpint (ami_scene_find_queue (scene, "q")->serving, ==, (gint64)G_N_ELEMENTS (rows) - 6);
}

static void
test_time_in_state (AmiScene     *scene,
                    gconstpointer data)
{
  g_autofree char   *paused = format_times (SINCE (-500), SINCE (-300), SINCE (-900), 0);
  g_autofree char   *paused_row = g_strconcat (paused, "Paused: 1\r\nPausedReason: Lunch\r\n", NULL);
  g_autofree char   *after_call = format_times (SINCE (-100), SINCE (-300), SINCE (-900), 30);
  g_autofree char   *new_here = format_times (0, 0, SINCE (-900), 0);
  g_autofree char   *unpaused = format_times (SINCE (-500), SINCE (-300), SINCE (-900), 0);
  const TdAgentInfo *info;

  ami_scene_queue (scene, "q", 0, 0, "");
  ami_scene_member (scene, "q", "paused", 1, paused_row);
  ami_scene_member (scene, "q", "after-call", 1, after_call);
  ami_scene_member (scene, "q", "new-here", 1, new_here);
  ami_scene_member (scene, "q", "unpaused", 1, unpaused);
  ami_scene_take (scene, 0);

  info = ami_scene_find_agent (scene, "paused");
  g_assert_cmpstr (info->reason, ==, "Lunch");
  g_assert_cmpint (info->since, ==, ami_scene_time (-300));
  g_assert_false (info->since_inexact);

  info = ami_scene_find_agent (scene, "after-call");
  g_assert_cmpint (info->since, ==, ami_scene_time (-70));
  g_assert_false (info->since_inexact);

  info = ami_scene_find_agent (scene, "new-here");
  g_assert_cmpint (info->since, ==, ami_scene_time (-900));
  g_assert_false (info->since_inexact);

  /* LastPause stays when a pause ends, so it does not say when. */
  info = ami_scene_find_agent (scene, "unpaused");
  g_assert_cmpint (info->state, ==, TD_AGENT_STATE_AVAILABLE);
  g_assert_cmpint (info->since, ==, ami_scene_time (0));
  g_assert_true (info->since_inexact);

  /* An event says it exactly. */
  ami_scene_member_event (scene, "QueueMemberStatus", 1.25, "q", "unpaused", 6, unpaused);
  ami_scene_queue (scene, "q", 0, 0, "");
  ami_scene_member (scene, "q", "unpaused", 6, unpaused);
  ami_scene_take (scene, 2);
  info = ami_scene_find_agent (scene, "unpaused");
  g_assert_cmpint (info->state, ==, TD_AGENT_STATE_RINGING);
  g_assert_cmpint (info->since, ==, ami_scene_time (1.25));
  g_assert_false (info->since_inexact);
  g_assert_cmpint (info->available_ms, ==, 1250);

  /* The last call is older than the ringing that ended, so it says nothing of
   * when that was. */
  ami_scene_queue (scene, "q", 0, 0, "");
  ami_scene_member (scene, "q", "unpaused", 1, after_call);
  ami_scene_take (scene, 10);
  info = ami_scene_find_agent (scene, "unpaused");
  g_assert_cmpint (info->state, ==, TD_AGENT_STATE_AVAILABLE);
  g_assert_cmpint (info->since, ==, ami_scene_time (10));
  g_assert_true (info->since_inexact);
}

static void
test_wrap_up (AmiScene     *scene,
              gconstpointer data)
{
  g_autofree char   *times = format_times (SINCE (-2), 0, SINCE (-900), 10);
  const TdAgentInfo *info;

  ami_scene_queue (scene, "q", 0, 0, "");
  ami_scene_member (scene, "q", "a", 1, times);
  ami_scene_take (scene, 0);
  info = ami_scene_find_agent (scene, "a");
  g_assert_cmpint (info->state, ==, TD_AGENT_STATE_WRAP_UP);
  g_assert_cmpint (info->since, ==, ami_scene_time (-2));
  g_assert_false (info->since_inexact);
  g_assert_cmpint (td_asterisk_tracker_get_next_change (scene->tracker), ==, ami_scene_time (8));

  ami_scene_queue (scene, "q", 0, 0, "");
  ami_scene_member (scene, "q", "a", 1, times);
  ami_scene_take (scene, 11);
  info = ami_scene_find_agent (scene, "a");
  g_assert_cmpint (info->state, ==, TD_AGENT_STATE_AVAILABLE);
  g_assert_cmpint (info->since, ==, ami_scene_time (8));
  g_assert_false (info->since_inexact);
  g_assert_cmpint (info->wrap_up_ms, ==, 8000);

  /* Then only midnight comes by itself. */
  g_assert_cmpint (td_asterisk_tracker_get_next_change (scene->tracker), ==, ami_scene_time (12 * 3600));
}

static void
test_many_queues (AmiScene     *scene,
                  gconstpointer data)
{
  const TdAgentInfo *info;

  ami_scene_queue (scene, "a", 0, 0, "");
  ami_scene_queue (scene, "b", 0, 0, "");
  ami_scene_queue (scene, "c", 0, 0, "");
  ami_scene_member (scene, "a", "PJSIP/1", 1, "Paused: 1\r\nPausedReason: Break\r\nLastPause: 1795348700\r\n");
  ami_scene_member (scene, "b", "PJSIP/1", 1, "");
  ami_scene_member (scene, "c", "PJSIP/1", 1, "");
  ami_scene_take (scene, 0);

  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (td_centre_get_agents (scene->centre))), ==, 1);
  info = ami_scene_find_agent (scene, "PJSIP/1");
  g_assert_cmpuint (info->n_queues, ==, 3);
  g_assert_cmpint (info->state, ==, TD_AGENT_STATE_AVAILABLE);
  g_assert_null (info->reason);
  g_assert_cmpint (ami_scene_find_queue (scene, "a")->serving, ==, 0);
  g_assert_cmpint (ami_scene_find_queue (scene, "b")->serving, ==, 1);

  /* On a call of one of them; the lists of the others say the same status. */
  ami_scene_queue (scene, "a", 0, 0, "");
  ami_scene_queue (scene, "b", 0, 0, "");
  ami_scene_member (scene, "a", "PJSIP/1", 2, "");
  ami_scene_member (scene, "b", "PJSIP/1", 2, "InCall: 1\r\n");
  ami_scene_take (scene, 1);
  info = ami_scene_find_agent (scene, "PJSIP/1");
  g_assert_cmpuint (info->n_queues, ==, 2);
  g_assert_cmpint (info->state, ==, TD_AGENT_STATE_ON_CALL);
  g_assert_cmpstr (info->call_queue, ==, "b");
  g_assert_null (td_centre_find_queue (scene->centre, "c"));
}

static void
test_offline (AmiScene     *scene,
              gconstpointer data)
{
  g_autofree char   *folder = g_dir_make_tmp ("td-agents-XXXXXX", NULL);
  g_autofree char   *path = g_build_filename (folder, "agents.csv", NULL);
  const TdAgentInfo *info;

  g_assert_true (g_file_set_contents (path, "interface,name,team\nPJSIP/9,Nguyễn An,Hoá đơn\n", -1, NULL));
  g_assert_true (td_asterisk_settings_load_agents (scene->settings, path, NULL));
  g_unlink (path);
  g_rmdir (folder);
  td_asterisk_tracker_free (scene->tracker);
  scene->tracker = td_asterisk_tracker_new (scene->settings);

  ami_scene_queue (scene, "q", 0, 0, "");
  ami_scene_member (scene, "q", "PJSIP/1", 1, "");
  ami_scene_member (scene, "q", "PJSIP/2", 1, "");
  ami_scene_take (scene, 0);
  info = ami_scene_find_agent (scene, "PJSIP/9");
  g_assert_cmpstr (info->name, ==, "Nguyễn An");
  g_assert_cmpstr (info->team, ==, "Hoá đơn");
  g_assert_cmpint (info->state, ==, TD_AGENT_STATE_OFFLINE);
  g_assert_true (info->since_inexact);
  g_assert_cmpuint (info->n_queues, ==, 0);

  ami_scene_member_event (scene, "QueueMemberRemoved", 3.5, "q", "PJSIP/1", 1, "");
  ami_scene_queue (scene, "q", 0, 0, "");
  ami_scene_take (scene, 5);
  info = ami_scene_find_agent (scene, "PJSIP/1");
  g_assert_cmpint (info->state, ==, TD_AGENT_STATE_OFFLINE);
  g_assert_cmpint (info->since, ==, ami_scene_time (3.5));
  g_assert_false (info->since_inexact);
  info = ami_scene_find_agent (scene, "PJSIP/2");
  g_assert_cmpint (info->state, ==, TD_AGENT_STATE_OFFLINE);
  g_assert_cmpint (info->since, ==, ami_scene_time (5));
  g_assert_true (info->since_inexact);

  /* Somebody who only was here yesterday goes with the day. */
  ami_scene_queue (scene, "q", 0, 0, "");
  ami_scene_member (scene, "q", "PJSIP/2", 1, "");
  ami_scene_take (scene, 12 * 3600 + 1);
  g_assert_null (td_centre_find_agent (scene->centre, "PJSIP/1"));
  g_assert_nonnull (td_centre_find_agent (scene->centre, "PJSIP/2"));
  g_assert_nonnull (td_centre_find_agent (scene->centre, "PJSIP/9"));
}

static void
test_callers (AmiScene     *scene,
              gconstpointer data)
{
  g_autoptr (TdCaller) caller = NULL;
  const TdCallerInfo *info;
  TdRoster           *callers = td_centre_get_callers (scene->centre);

  ami_scene_queue (scene, "q", 0, 0, "");
  ami_scene_caller (scene, "q", "u-1", 15);
  ami_scene_take (scene, 0);
  g_assert_cmpint (ami_scene_find_queue (scene, "q")->waiting, ==, 1);
  g_assert_cmpint (ami_scene_find_queue (scene, "q")->longest_since, ==, ami_scene_time (-15));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (callers)), ==, 1);
  caller = g_list_model_get_item (G_LIST_MODEL (callers), 0);
  info = td_caller_get_info (caller);
  g_assert_cmpstr (info->id, ==, "u-1");
  g_assert_cmpint (info->since, ==, ami_scene_time (-15));
  g_assert_cmpstr (info->number, ==, "09•• ••• 567");

  /* A wait that is rounded otherwise moves nothing. */
  ami_scene_queue (scene, "q", 0, 0, "");
  ami_scene_caller (scene, "q", "u-1", 17);
  ami_scene_take (scene, 1.1);
  g_assert_cmpint (ami_scene_find_queue (scene, "q")->longest_since, ==, ami_scene_time (-15));
  g_assert_cmpuint (scene->n_taken, ==, 1);
}

static void
test_link_by_channel (AmiScene     *scene,
                      gconstpointer data)
{
  const TdAgentInfo *info;

  ami_scene_queue (scene, "q", 0, 0, "");
  ami_scene_member (scene, "q", "PJSIP/1", 2, "InCall: 1\r\n");
  g_string_append (scene->status,
                   "Event: Status\r\nUniqueid: u-2\r\nCallerIDNum: 0901234567\r\nApplication: AppQueue\r\n"
                   "Data: (Outgoing Line)\r\nBridgeID: b\r\nSeconds: 30\r\nVariable: QUEUENAME=q\r\n"
                   "Variable: MEMBERINTERFACE=PJSIP/1\r\nVariable: QEHOLDTIME=12\r\n\r\n");
  ami_scene_take (scene, 0);

  info = ami_scene_find_agent (scene, "PJSIP/1");
  g_assert_cmpstr (info->call_queue, ==, "q");
  g_assert_cmpstr (info->call_number, ==, "09•• ••• 567");
  g_assert_cmpint (info->call_since, ==, ami_scene_time (-30));
  g_assert_cmpint (info->call_wait_ms, ==, 12000);
}

static void
test_bad_rows (AmiScene     *scene,
               gconstpointer data)
{
  static const struct
  {
    const char *row;
    const char *said;
  } rows[] = {
    { "Event: QueueMember\r\nQueue: q\r\nLocation: PJSIP/1\r\nStatus: x\r\n\r\n", "QueueStatus, \"q\", \"PJSIP/1\", Status" },
    { "Event: QueueMember\r\nQueue: q\r\nStatus: 1\r\n\r\n", "QueueStatus, \"q\", Location" },
    { "Event: QueueMember\r\nQueue: other\r\nLocation: PJSIP/1\r\n\r\n", "\"other\", \"PJSIP/1\", Queue" },
    { "Event: QueueMember\r\nQueue: q\r\nLocation: PJSIP/1\r\nPaused: 7\r\n\r\n", "Paused" },
    { "Event: QueueMember\r\nQueue: q\r\nLocation: PJSIP/1\r\nLastCall: 99999999999999\r\n\r\n", "LastCall" },
    { "Event: QueueParams\r\nQueue: q\r\n\r\n", "QueueStatus, \"q\", Queue" },
    { "Event: QueueParams\r\nCompleted: 1\r\n\r\n", "QueueStatus, Queue" },
    { "Event: QueueParams\r\nQueue: r\r\nCompleted: -1\r\n\r\n", "QueueStatus, \"r\", Completed" },
    { "Event: QueueEntry\r\nQueue: q\r\nUniqueid: u\r\nPosition: 0\r\n\r\n", "Position" },
    { "Event: QueueEntry\r\nQueue: q\r\nPosition: 1\r\n\r\n", "Uniqueid" },
  };
  TdSnapshot *snapshot;
  gint64      revision;

  ami_scene_queue (scene, "q", 0, 0, "");
  ami_scene_member (scene, "q", "PJSIP/1", 1, "");
  ami_scene_take (scene, 0);
  revision = td_centre_get_revision (scene->centre);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;

      ami_scene_queue (scene, "q", 0, 0, "");
      ami_scene_event (scene, "QueueCallerJoin", 0.5, "q", "u-1", "");
      g_string_append (scene->queue_status, rows[i].row);
      g_assert_null (ami_scene_try (scene, 1, &error));
      g_assert_error (error, TD_BACKEND_ERROR, TD_BACKEND_ERROR_INVALID);
      if (strstr (error->message, rows[i].said) == NULL)
        g_error ("“%s” does not say “%s”", error->message, rows[i].said);
    }

  /* Nothing of that was taken. */
  ami_scene_queue (scene, "q", 0, 0, "");
  ami_scene_member (scene, "q", "PJSIP/1", 1, "");
  snapshot = ami_scene_try (scene, 1, NULL);
  g_assert_null (snapshot);
  g_assert_cmpint (td_centre_get_revision (scene->centre), ==, revision);
}

static void
test_revisions (AmiScene     *scene,
                gconstpointer data)
{
  g_autoptr (TdSnapshot) delta = NULL;
  g_autoptr (TdSnapshot) whole = NULL;
  guint n;

  ami_scene_queue (scene, "q", 0, 0, "");
  ami_scene_member (scene, "q", "PJSIP/1", 1, "");
  ami_scene_member (scene, "q", "PJSIP/2", 1, "");
  ami_scene_take (scene, 0);

  ami_scene_queue (scene, "q", 0, 0, "");
  ami_scene_member (scene, "q", "PJSIP/1", 1, "");
  ami_scene_member (scene, "q", "PJSIP/2", 2, "");
  delta = ami_scene_try (scene, 1, NULL);
  g_assert_true (td_snapshot_is_delta (delta));
  g_assert_cmpint (td_snapshot_get_base (delta), ==, td_centre_get_revision (scene->centre));
  td_snapshot_get_agents (delta, &n);
  g_assert_cmpuint (n, ==, 1);

  /* The delta got lost on its way, so the state is told as a whole. */
  ami_scene_queue (scene, "q", 0, 0, "");
  ami_scene_member (scene, "q", "PJSIP/1", 1, "");
  ami_scene_member (scene, "q", "PJSIP/2", 2, "");
  whole = ami_scene_try (scene, 2, NULL);
  g_assert_nonnull (whole);
  g_assert_false (td_snapshot_is_delta (whole));
  td_snapshot_get_agents (whole, &n);
  g_assert_cmpuint (n, ==, 2);
  g_assert_cmpint (td_snapshot_get_revision (whole), ==, td_snapshot_get_revision (delta));
}

#define ADD(name, func) g_test_add (name, AmiScene, NULL, ami_scene_set_up, func, ami_scene_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("/asterisk-states/table", test_state_table);
  ADD ("/asterisk-states/time-in-state", test_time_in_state);
  ADD ("/asterisk-states/wrap-up-ends-by-itself", test_wrap_up);
  ADD ("/asterisk-states/one-agent-in-many-queues", test_many_queues);
  ADD ("/asterisk-states/offline", test_offline);
  ADD ("/asterisk-states/callers-do-not-jitter", test_callers);
  ADD ("/asterisk-states/call-is-linked-by-its-channel", test_link_by_channel);
  ADD ("/asterisk-states/bad-rows-are-named-and-change-nothing", test_bad_rows);
  ADD ("/asterisk-states/revisions", test_revisions);

  return g_test_run ();
}
