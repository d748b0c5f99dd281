/* test-asterisk-counts.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "ami-scene.h"

static void
assert_whole (const TdQueueInfo *info)
{
  g_assert_cmpint (info->today.offered, ==,
                   info->today.answered + info->today.abandoned + info->today.flowed_out + info->waiting);
}

/* A queue without members, counters and callers, on a server that started
 * this morning. */
static void
take_idle (AmiScene *scene,
           double    second,
           guint     completed,
           guint     abandoned)
{
  ami_scene_queue (scene, "q", completed, abandoned, "");
  ami_scene_take (scene, second);
}

static void
start_from_zero (AmiScene *scene)
{
  scene->core_start = g_strdup ("2026-11-22 11:00:00");
  take_idle (scene, 0, 0, 0);
}

static void
test_from_zero (AmiScene     *scene,
                gconstpointer data)
{
  const TdQueueInfo *info;

  start_from_zero (scene);
  g_assert_cmpint (td_centre_get_info (scene->centre)->counted_since, ==, ami_scene_time (-3600));
  g_assert_cmpint (ami_scene_find_queue (scene, "q")->offered_15min, ==, 0);

  /* One is answered after 21.5 s, one is gone after 2 s, one after 12 s, one
   * presses a key, one waits. */
  ami_scene_event (scene, "QueueCallerJoin", 1.0, "q", "u-1", "");
  ami_scene_event (scene, "QueueCallerJoin", 2.0, "q", "u-2", "");
  ami_scene_event (scene, "QueueCallerJoin", 3.0, "q", "u-3", "");
  ami_scene_event (scene, "QueueCallerAbandon", 4.0, "q", "u-2", "HoldTime: 2\r\n");
  ami_scene_event (scene, "QueueCallerLeave", 4.001, "q", "u-2", "");
  ami_scene_event (scene, "QueueCallerJoin", 5.0, "q", "u-4", "");
  ami_scene_event (scene, "QueueCallerLeave", 6.0, "q", "u-4", "");
  ami_scene_event (scene, "QueueCallerAbandon", 15.0, "q", "u-3", "HoldTime: 12\r\n");
  ami_scene_event (scene, "QueueCallerLeave", 15.001, "q", "u-3", "");
  ami_scene_event (scene, "QueueCallerJoin", 20.0, "q", "u-5", "");
  ami_scene_event (scene, "QueueCallerLeave", 22.5, "q", "u-1", "");
  ami_scene_queue (scene, "q", 0, 2, "");
  ami_scene_caller (scene, "q", "u-5", 3);
  ami_scene_take (scene, 23);

  /* Connected in the next batch. */
  ami_scene_event (scene, "AgentConnect", 22.502, "q", "u-1", "Interface: PJSIP/1\r\nHoldTime: 21\r\nRingTime: 3\r\n");
  ami_scene_event (scene, "AgentComplete", 52.502, "q", "u-1",
                   "Interface: PJSIP/1\r\nHoldTime: 21\r\nTalkTime: 30\r\nReason: caller\r\n");
  ami_scene_event (scene, "AgentRingNoAnswer", 53, "q", "u-5", "Interface: PJSIP/1\r\nRingTime: 15000\r\n");
  ami_scene_queue (scene, "q", 1, 2, "");
  ami_scene_member (scene, "q", "PJSIP/1", 1, "");
  ami_scene_caller (scene, "q", "u-5", 34);
  ami_scene_take (scene, 54);

  info = ami_scene_find_queue (scene, "q");
  assert_whole (info);
  g_assert_false (info->estimated);
  g_assert_cmpint (info->today.offered, ==, 5);
  g_assert_cmpint (info->today.answered, ==, 1);
  g_assert_cmpint (info->today.answered_in_time, ==, 0);
  g_assert_cmpint (info->today.abandoned, ==, 2);
  g_assert_cmpint (info->today.abandoned_in_time, ==, 2);
  g_assert_cmpint (info->today.short_abandoned, ==, 1);
  g_assert_cmpint (info->today.flowed_out, ==, 1);
  g_assert_cmpint (info->today.wait_ms, ==, 21502);
  g_assert_cmpint (info->today.max_wait_ms, ==, 21502);
  g_assert_cmpint (info->today.talk_ms, ==, 30000);
  g_assert_cmpint (info->waiting, ==, 1);
  g_assert_cmpint (info->offered_15min, ==, 5);

  g_assert_cmpint (ami_scene_find_agent (scene, "PJSIP/1")->answered, ==, 1);
  g_assert_cmpint (ami_scene_find_agent (scene, "PJSIP/1")->no_answer, ==, 1);
  g_assert_cmpint (ami_scene_find_agent (scene, "PJSIP/1")->talk_ms, ==, 30000);

  /* The calls of 15 minutes ago fall out of the window. */
  ami_scene_queue (scene, "q", 1, 2, "");
  ami_scene_caller (scene, "q", "u-5", 894);
  ami_scene_take (scene, 914);
  g_assert_cmpint (ami_scene_find_queue (scene, "q")->offered_15min, ==, 1);
}

/* Hold is told by the member's status, and is no talk. */
static void
test_hold (AmiScene     *scene,
           gconstpointer data)
{
  const TdQueueInfo *info;

  start_from_zero (scene);
  ami_scene_member_event (scene, "QueueMemberStatus", 0.5, "q", "PJSIP/1", 1, "");
  ami_scene_event (scene, "QueueCallerJoin", 1, "q", "u-1", "");
  ami_scene_member_event (scene, "QueueMemberStatus", 2, "q", "PJSIP/1", 6, "");
  ami_scene_member_event (scene, "QueueMemberStatus", 4, "q", "PJSIP/1", 2, "");
  ami_scene_event (scene, "QueueCallerLeave", 4, "q", "u-1", "");
  ami_scene_event (scene, "AgentConnect", 4, "q", "u-1", "Interface: PJSIP/1\r\nHoldTime: 3\r\n");
  ami_scene_member_event (scene, "QueueMemberStatus", 10, "q", "PJSIP/1", 8, "");
  ami_scene_queue (scene, "q", 0, 0, "");
  ami_scene_member (scene, "q", "PJSIP/1", 8, "InCall: 1\r\n");
  ami_scene_take (scene, 11);
  g_assert_true (ami_scene_find_agent (scene, "PJSIP/1")->on_hold);

  ami_scene_member_event (scene, "QueueMemberStatus", 18, "q", "PJSIP/1", 2, "");
  ami_scene_event (scene, "AgentComplete", 24, "q", "u-1", "Interface: PJSIP/1\r\nHoldTime: 3\r\nTalkTime: 20\r\n");
  ami_scene_member_event (scene, "QueueMemberStatus", 24, "q", "PJSIP/1", 1, "");
  ami_scene_queue (scene, "q", 1, 0, "");
  ami_scene_member (scene, "q", "PJSIP/1", 1, "");
  ami_scene_take (scene, 25);

  info = ami_scene_find_queue (scene, "q");
  g_assert_cmpint (info->today.hold_ms, ==, 8000);
  g_assert_cmpint (info->today.talk_ms, ==, 12000);
  g_assert_cmpint (ami_scene_find_agent (scene, "PJSIP/1")->hold_ms, ==, 8000);
  g_assert_cmpint (ami_scene_find_agent (scene, "PJSIP/1")->talk_ms, ==, 12000);
  g_assert_cmpint (ami_scene_find_agent (scene, "PJSIP/1")->ringing_ms, ==, 2000);
}

static void
test_adopted (AmiScene     *scene,
              gconstpointer data)
{
  const TdQueueInfo *info;

  scene->core_start = g_strdup ("2026-11-22 09:30:00");
  ami_scene_queue (scene, "q", 40, 10,
                   "Holdtime: 6\r\nTalkTime: 90\r\nServiceLevel: 20\r\n"
                   "ServicelevelPerf: 87.5\r\nServicelevelPerf2: 80.0\r\n");
  ami_scene_queue (scene, "other", 40, 10, "Holdtime: 6\r\nTalkTime: 90\r\nServiceLevel: 15\r\nServicelevelPerf: 87.5\r\n");
  ami_scene_member (scene, "q", "PJSIP/1", 2, "InCall: 1\r\n");
  ami_scene_caller (scene, "q", "u-1", 3);
  ami_scene_take (scene, 0);

  info = ami_scene_find_queue (scene, "q");
  assert_whole (info);
  g_assert_true (info->estimated);
  g_assert_cmpint (info->today.offered, ==, 52);
  g_assert_cmpint (info->today.answered, ==, 41);
  g_assert_cmpint (info->today.abandoned, ==, 10);
  g_assert_cmpint (info->today.answered_in_time, ==, 36);
  g_assert_cmpint (info->today.abandoned_in_time, ==, 5);
  g_assert_cmpint (info->today.wait_ms, ==, 41 * 6000);
  g_assert_cmpint (info->today.talk_ms, ==, 40 * 90000);
  g_assert_cmpint (info->offered_15min, ==, TD_UNKNOWN);
  g_assert_cmpint (td_centre_get_info (scene->centre)->counted_since, ==, ami_scene_time (-2.5 * 3600));

  /* Its limit is not ours. */
  g_assert_cmpint (ami_scene_find_queue (scene, "other")->today.answered_in_time, ==, TD_UNKNOWN);
  g_assert_cmpint (ami_scene_find_queue (scene, "other")->today.answered, ==, 40);

  /* The call in progress ends: it was counted already. */
  ami_scene_event (scene, "AgentComplete", 5, "q", "u-0", "Interface: PJSIP/1\r\nHoldTime: 4\r\nTalkTime: 60\r\n");
  ami_scene_queue (scene, "q", 41, 10, "");
  ami_scene_queue (scene, "other", 40, 10, "");
  ami_scene_caller (scene, "q", "u-1", 9);
  ami_scene_take (scene, 6);
  info = ami_scene_find_queue (scene, "q");
  assert_whole (info);
  g_assert_cmpint (info->today.answered, ==, 41);
  g_assert_cmpint (info->today.talk_ms, ==, 40 * 90000 + 60000);
}

/* The counters of a server that runs since yesterday say nothing of today. */
static void
test_started_yesterday (AmiScene     *scene,
                        gconstpointer data)
{
  const TdQueueInfo *info;

  scene->core_start = g_strdup ("2026-11-21 09:30:00");
  ami_scene_queue (scene, "q", 40, 10, "Holdtime: 6\r\nTalkTime: 90\r\n");
  ami_scene_member (scene, "q", "PJSIP/1", 2, "InCall: 1\r\n");
  ami_scene_caller (scene, "q", "u-1", 3);
  ami_scene_take (scene, 0);
  info = ami_scene_find_queue (scene, "q");
  assert_whole (info);
  g_assert_false (info->estimated);
  g_assert_cmpint (info->today.offered, ==, 1);
  g_assert_cmpint (info->today.answered, ==, 0);
  g_assert_cmpint (td_centre_get_info (scene->centre)->counted_since, ==, ami_scene_time (0));

  ami_scene_event (scene, "AgentComplete", 5, "q", "u-0", "Interface: PJSIP/1\r\nHoldTime: 4\r\nTalkTime: 60\r\n");
  ami_scene_event (scene, "QueueCallerLeave", 6, "q", "u-1", "");
  ami_scene_event (scene, "AgentConnect", 6, "q", "u-1", "Interface: PJSIP/1\r\nHoldTime: 9\r\n");
  ami_scene_queue (scene, "q", 41, 10, "");
  ami_scene_take (scene, 7);
  take_idle (scene, 8, 41, 10);
  info = ami_scene_find_queue (scene, "q");
  assert_whole (info);
  g_assert_false (info->estimated);
  g_assert_cmpint (info->today.answered, ==, 1);
  g_assert_cmpint (info->today.wait_ms, ==, 9000);
  g_assert_cmpint (info->today.talk_ms, ==, 0);
}

/* An event that is on its way while the list is made is not lost. */
static void
test_late_events (AmiScene     *scene,
                  gconstpointer data)
{
  const TdQueueInfo *info;

  start_from_zero (scene);
  ami_scene_event (scene, "QueueCallerJoin", 1, "q", "u-1", "");
  take_idle (scene, 2, 0, 1);
  ami_scene_event (scene, "QueueCallerAbandon", 1.99, "q", "u-1", "HoldTime: 1\r\n");
  ami_scene_event (scene, "QueueCallerLeave", 1.991, "q", "u-1", "");
  take_idle (scene, 3, 0, 1);
  take_idle (scene, 4, 0, 1);

  info = ami_scene_find_queue (scene, "q");
  assert_whole (info);
  g_assert_false (info->estimated);
  g_assert_cmpint (info->today.offered, ==, 1);
  g_assert_cmpint (info->today.abandoned, ==, 1);
}

static void
test_lost_events (AmiScene     *scene,
                  gconstpointer data)
{
  const TdQueueInfo *info;

  start_from_zero (scene);
  ami_scene_queue (scene, "q", 0, 0, "");
  ami_scene_caller (scene, "q", "u-1", 3);
  ami_scene_caller (scene, "q", "u-2", 2);
  ami_scene_caller (scene, "q", "u-3", 1);
  ami_scene_caller (scene, "q", "u-4", 0);
  ami_scene_take (scene, 5);

  /* One hung up, one is being talked to, one took the key; somebody else came
   * and went. */
  for (guint i = 0; i < 5; i++)
    {
      ami_scene_queue (scene, "q", 1, 1, "Holdtime: 4\r\nTalkTime: 30\r\n");
      ami_scene_member (scene, "q", "PJSIP/1", 2, "InCall: 1\r\n");
      ami_scene_caller (scene, "q", "u-4", 20 + i);
      ami_scene_take (scene, 25 + i);
    }

  info = ami_scene_find_queue (scene, "q");
  assert_whole (info);
  g_assert_true (info->estimated);
  g_assert_cmpint (info->waiting, ==, 1);
  g_assert_cmpint (info->today.abandoned, ==, 1);
  g_assert_cmpint (info->today.answered, ==, 2);
  g_assert_cmpint (info->today.offered, ==, 4);

  /* The call in progress ends, and that is told. */
  ami_scene_event (scene, "AgentComplete", 40, "q", "u-3", "Interface: PJSIP/1\r\nHoldTime: 4\r\nTalkTime: 20\r\n");
  ami_scene_queue (scene, "q", 2, 1, "");
  ami_scene_caller (scene, "q", "u-4", 36);
  ami_scene_take (scene, 41);
  ami_scene_queue (scene, "q", 2, 1, "");
  ami_scene_caller (scene, "q", "u-4", 37);
  ami_scene_take (scene, 42);
  info = ami_scene_find_queue (scene, "q");
  assert_whole (info);
  g_assert_cmpint (info->today.answered, ==, 2);
  g_assert_cmpint (info->today.offered, ==, 4);

  /* Three came and hung up unseen, which is believed once it has lasted. */
  for (guint i = 0; i < 4; i++)
    {
      ami_scene_queue (scene, "q", 2, 4, "");
      ami_scene_caller (scene, "q", "u-4", 38 + 16 * i);
      ami_scene_take (scene, 43 + 16 * i);
      info = ami_scene_find_queue (scene, "q");
      g_assert_cmpint (info->today.abandoned, ==, i < 3 ? 1 : 4);
    }
  info = ami_scene_find_queue (scene, "q");
  assert_whole (info);
  g_assert_cmpint (info->today.abandoned, ==, 4);
  g_assert_cmpint (info->today.offered, ==, 7);
}

/* The end of a call is never told, and the agent telephones on his own. */
static void
test_forgotten_call (AmiScene     *scene,
                     gconstpointer data)
{
  const TdQueueInfo *info;

  start_from_zero (scene);
  ami_scene_event (scene, "QueueCallerJoin", 1, "q", "u-1", "");
  ami_scene_event (scene, "QueueCallerLeave", 2, "q", "u-1", "");
  ami_scene_event (scene, "AgentConnect", 2, "q", "u-1", "Interface: PJSIP/1\r\nHoldTime: 1\r\n");
  ami_scene_queue (scene, "q", 0, 0, "");
  ami_scene_member (scene, "q", "PJSIP/1", 2, "InCall: 1\r\n");
  ami_scene_take (scene, 3);
  g_assert_cmpstr (ami_scene_find_agent (scene, "PJSIP/1")->call_queue, ==, "q");

  ami_scene_member_event (scene, "QueueMemberStatus", 12, "q", "PJSIP/1", 1, "");
  for (guint i = 0; i < 5; i++)
    {
      ami_scene_queue (scene, "q", 0, 0, "");
      ami_scene_member (scene, "q", "PJSIP/1", 1, "");
      ami_scene_take (scene, 13 + 10 * i);
    }
  ami_scene_queue (scene, "q", 0, 0, "");
  ami_scene_member (scene, "q", "PJSIP/1", 2, "");
  ami_scene_take (scene, 60);

  info = ami_scene_find_queue (scene, "q");
  assert_whole (info);
  g_assert_true (info->estimated);
  g_assert_cmpint (info->today.answered, ==, 1);
  g_assert_cmpint (info->today.talk_ms, ==, 10000);
  g_assert_cmpint (ami_scene_find_agent (scene, "PJSIP/1")->state, ==, TD_AGENT_STATE_ON_CALL);
  g_assert_null (ami_scene_find_agent (scene, "PJSIP/1")->call_queue);
}

/* Nor is it told before the agent has the next call: neither takes from the other. */
static void
test_forgotten_call_before_another (AmiScene     *scene,
                                    gconstpointer data)
{
  const TdQueueInfo *info;

  start_from_zero (scene);
  ami_scene_event (scene, "QueueCallerJoin", 1, "q", "u-1", "");
  ami_scene_event (scene, "QueueCallerJoin", 2, "q", "u-2", "");
  ami_scene_event (scene, "QueueCallerLeave", 2, "q", "u-1", "");
  ami_scene_event (scene, "AgentConnect", 2, "q", "u-1", "Interface: PJSIP/1\r\nHoldTime: 1\r\n");
  ami_scene_queue (scene, "q", 0, 0, "");
  ami_scene_member (scene, "q", "PJSIP/1", 2, "InCall: 1\r\n");
  ami_scene_caller (scene, "q", "u-2", 1);
  ami_scene_take (scene, 3);

  ami_scene_member_event (scene, "QueueMemberStatus", 12, "q", "PJSIP/1", 1, "");
  ami_scene_event (scene, "QueueCallerLeave", 16, "q", "u-2", "");
  ami_scene_event (scene, "AgentConnect", 16, "q", "u-2", "Interface: PJSIP/1\r\nHoldTime: 14\r\n");
  ami_scene_member_event (scene, "QueueMemberStatus", 16, "q", "PJSIP/1", 2, "");
  for (guint i = 0; i < 5; i++)
    {
      ami_scene_queue (scene, "q", 0, 0, "");
      ami_scene_member (scene, "q", "PJSIP/1", 2, "InCall: 1\r\n");
      ami_scene_take (scene, 18 + 10 * i);
    }
  ami_scene_event (scene, "AgentComplete", 66, "q", "u-2", "Interface: PJSIP/1\r\nHoldTime: 14\r\nTalkTime: 50\r\n");
  ami_scene_member_event (scene, "QueueMemberStatus", 66, "q", "PJSIP/1", 1, "");
  ami_scene_queue (scene, "q", 1, 0, "");
  ami_scene_member (scene, "q", "PJSIP/1", 1, "");
  ami_scene_take (scene, 68);

  info = ami_scene_find_queue (scene, "q");
  assert_whole (info);
  g_assert_true (info->estimated);
  g_assert_cmpint (info->today.answered, ==, 2);
  g_assert_cmpint (info->today.talk_ms, ==, 10000 + 50000);
}

/* Seen on 16.28: three calls in 255. */
static void
test_call_completed_twice (AmiScene     *scene,
                           gconstpointer data)
{
  const TdQueueInfo *info;

  start_from_zero (scene);
  for (guint i = 0; i < 5; i++)
    {
      g_autofree char *id = g_strdup_printf ("u-%u", i);
      double           second = 60 * i + 5;

      ami_scene_event (scene, "QueueCallerJoin", second, "q", id, "");
      ami_scene_event (scene, "QueueCallerLeave", second + 1, "q", id, "");
      ami_scene_event (scene, "AgentConnect", second + 1, "q", id, "Interface: PJSIP/1\r\nHoldTime: 1\r\nRingTime: 1\r\n");
      ami_scene_event (scene, "AgentComplete", second + 3, "q", id, "Interface: PJSIP/1\r\nHoldTime: 1\r\nTalkTime: 2\r\n");
      take_idle (scene, second + 4, 2 * i + 2, 0);
      take_idle (scene, second + 5, 2 * i + 2, 0);
      take_idle (scene, second + 50, 2 * i + 2, 0);
    }

  info = ami_scene_find_queue (scene, "q");
  assert_whole (info);
  g_assert_false (info->estimated);
  g_assert_cmpint (info->today.offered, ==, 5);
  g_assert_cmpint (info->today.answered, ==, 5);
  g_assert_cmpint (info->today.talk_ms, ==, 10000);
}

/* A busy server counts, and takes the caller off its list, seconds before it
 * tells why. */
static void
test_told_seconds_late (AmiScene     *scene,
                        gconstpointer data)
{
  const TdQueueInfo *info;

  start_from_zero (scene);
  ami_scene_event (scene, "QueueCallerJoin", 1, "q", "u-1", "");
  ami_scene_queue (scene, "q", 0, 0, "");
  ami_scene_caller (scene, "q", "u-1", 1);
  ami_scene_take (scene, 2);
  for (guint i = 0; i < 6; i++)
    take_idle (scene, 4 + i, 0, 1);
  ami_scene_event (scene, "QueueCallerAbandon", 3.5, "q", "u-1", "HoldTime: 2\r\n");
  ami_scene_event (scene, "QueueCallerLeave", 3.5, "q", "u-1", "");
  for (guint i = 0; i < 40; i++)
    take_idle (scene, 10 + i, 0, 1);

  info = ami_scene_find_queue (scene, "q");
  assert_whole (info);
  g_assert_false (info->estimated);
  g_assert_cmpint (info->today.abandoned, ==, 1);
  g_assert_cmpint (info->today.short_abandoned, ==, 1);
  g_assert_cmpint (info->today.max_wait_ms, ==, 2500);
}

/* Of a call that was told late the times of its events tell too little. */
static void
test_durations (AmiScene     *scene,
                gconstpointer data)
{
  const TdQueueInfo *info;

  start_from_zero (scene);
  ami_scene_event (scene, "QueueCallerJoin", 4.5, "q", "u-1", "");
  ami_scene_event (scene, "QueueCallerLeave", 14.5, "q", "u-1", "");
  ami_scene_event (scene, "AgentConnect", 14.5, "q", "u-1", "Interface: PJSIP/1\r\nHoldTime: 13\r\n");
  ami_scene_event (scene, "AgentComplete", 20.25, "q", "u-1", "Interface: PJSIP/1\r\nHoldTime: 13\r\nTalkTime: 9\r\n");
  ami_scene_event (scene, "QueueCallerJoin", 30.5, "q", "u-2", "");
  ami_scene_event (scene, "QueueCallerLeave", 33, "q", "u-2", "");
  ami_scene_event (scene, "AgentConnect", 33, "q", "u-2", "Interface: PJSIP/1\r\nHoldTime: 3\r\n");
  ami_scene_event (scene, "AgentComplete", 40.75, "q", "u-2", "Interface: PJSIP/1\r\nHoldTime: 3\r\nTalkTime: 7\r\n");
  take_idle (scene, 41, 2, 0);

  info = ami_scene_find_queue (scene, "q");
  g_assert_cmpint (info->today.wait_ms, ==, 13000 + 2500);
  g_assert_cmpint (info->today.talk_ms, ==, 9000 + 7750);
}

/* The end of a call is told without its caller, when the channel is gone by then. */
static void
test_nameless_end (AmiScene     *scene,
                   gconstpointer data)
{
  const TdQueueInfo *info;

  start_from_zero (scene);
  ami_scene_event (scene, "QueueCallerJoin", 4.5, "q", "u-1", "");
  ami_scene_event (scene, "QueueCallerLeave", 14.5, "q", "u-1", "");
  ami_scene_event (scene, "AgentConnect", 14.5, "q", "u-1", "Interface: PJSIP/1\r\nHoldTime: 10\r\n");
  ami_scene_event (scene, "AgentComplete", 17.25, "q", NULL, "Interface: PJSIP/2\r\nHoldTime: 10\r\nTalkTime: 99\r\n");
  ami_scene_event (scene, "AgentComplete", 20.25, "q", NULL, "Interface: PJSIP/1\r\nHoldTime: 10\r\nTalkTime: 6\r\n");
  take_idle (scene, 21, 1, 0);

  info = ami_scene_find_queue (scene, "q");
  g_assert_cmpint (info->today.answered, ==, 1);
  g_assert_cmpint (info->today.talk_ms, ==, 5750);
  g_assert_false (info->estimated);
}

/* The agent's next call is told before the end of the last, which has no name. */
static void
test_nameless_end_is_late (AmiScene     *scene,
                           gconstpointer data)
{
  const TdQueueInfo *info;

  start_from_zero (scene);
  ami_scene_event (scene, "QueueCallerJoin", 4.5, "q", "u-1", "");
  ami_scene_event (scene, "QueueCallerJoin", 5, "q", "u-2", "");
  ami_scene_event (scene, "QueueCallerLeave", 10.5, "q", "u-1", "");
  ami_scene_event (scene, "AgentConnect", 10.5, "q", "u-1", "Interface: PJSIP/1\r\nHoldTime: 6\r\n");
  ami_scene_event (scene, "QueueCallerLeave", 14.5, "q", "u-2", "");
  ami_scene_event (scene, "AgentConnect", 14.5, "q", "u-2", "Interface: PJSIP/1\r\nHoldTime: 9\r\n");
  ami_scene_event (scene, "AgentComplete", 15.25, "q", NULL, "Interface: PJSIP/1\r\nHoldTime: 6\r\nTalkTime: 5\r\n");
  ami_scene_event (scene, "AgentComplete", 22.5, "q", "u-2", "Interface: PJSIP/1\r\nHoldTime: 9\r\nTalkTime: 8\r\n");
  for (guint second = 23; second < 90; second += 5)
    take_idle (scene, second, 2, 0);

  info = ami_scene_find_queue (scene, "q");
  g_assert_cmpint (info->today.answered, ==, 2);
  g_assert_cmpint (info->today.talk_ms, ==, 4750 + 8000);
  g_assert_false (info->estimated);
}

static void
play_call (AmiScene   *scene,
           double      second,
           const char *id)
{
  ami_scene_event (scene, "QueueCallerJoin", second, "q", id, "");
  ami_scene_event (scene, "QueueCallerAbandon", second + 1, "q", id, "HoldTime: 1\r\n");
  ami_scene_event (scene, "QueueCallerLeave", second + 1, "q", id, "");
}

static void
test_queue_reset (AmiScene     *scene,
                  gconstpointer data)
{
  const TdQueueInfo *info;

  start_from_zero (scene);
  play_call (scene, 1, "u-1");
  play_call (scene, 2, "u-2");
  take_idle (scene, 5, 0, 2);
  take_idle (scene, 6, 0, 0);
  play_call (scene, 7, "u-3");
  take_idle (scene, 10, 0, 1);
  for (guint i = 0; i < 5; i++)
    take_idle (scene, 11 + i, 0, 1);

  info = ami_scene_find_queue (scene, "q");
  assert_whole (info);
  g_assert_false (info->estimated);
  g_assert_cmpint (info->today.offered, ==, 3);
  g_assert_cmpint (info->today.abandoned, ==, 3);

  /* And what is lost after a reset is noticed, once it has lasted. */
  take_idle (scene, 20, 0, 2);
  take_idle (scene, 21, 0, 2);
  take_idle (scene, 52, 0, 2);
  info = ami_scene_find_queue (scene, "q");
  g_assert_true (info->estimated);
  g_assert_cmpint (info->today.abandoned, ==, 4);
}

static void
test_restart (AmiScene     *scene,
              gconstpointer data)
{
  const TdQueueInfo *info;
  g_autofree char   *instance = NULL;
  gint64             revision;

  start_from_zero (scene);
  instance = g_strdup (td_centre_get_instance (scene->centre));
  play_call (scene, 1, "u-1");
  ami_scene_event (scene, "QueueCallerJoin", 3, "q", "u-2", "");
  ami_scene_queue (scene, "q", 0, 1, "");
  ami_scene_caller (scene, "q", "u-2", 2);
  ami_scene_take (scene, 5);
  revision = td_centre_get_revision (scene->centre);

  /* Down for a minute; then one abandons before anybody looks, and one after. */
  g_free (scene->core_start);
  scene->core_start = g_strdup ("2026-11-22 12:01:00");
  take_idle (scene, 70, 0, 1);
  info = ami_scene_find_queue (scene, "q");
  assert_whole (info);
  g_assert_true (info->estimated);
  g_assert_cmpint (info->today.flowed_out, ==, 1);
  play_call (scene, 72, "u-3");
  take_idle (scene, 75, 0, 2);
  take_idle (scene, 76, 0, 2);
  take_idle (scene, 77, 0, 2);
  take_idle (scene, 81, 0, 2);

  info = ami_scene_find_queue (scene, "q");
  assert_whole (info);
  g_assert_cmpint (info->today.offered, ==, 4);
  g_assert_cmpint (info->today.abandoned, ==, 3);
  g_assert_cmpint (info->today.flowed_out, ==, 1);
  g_assert_cmpstr (td_centre_get_instance (scene->centre), ==, instance);
  g_assert_cmpint (td_centre_get_revision (scene->centre), >, revision);
  g_assert_cmpint (td_centre_get_info (scene->centre)->counted_since, ==, ami_scene_time (-3600));
}

/* The counters fall before the start is told: nothing is lost twice. */
static void
test_restart_told_late (AmiScene     *scene,
                        gconstpointer data)
{
  const TdQueueInfo *info;

  start_from_zero (scene);
  g_clear_pointer (&scene->core_start, g_free);
  play_call (scene, 1, "u-1");
  play_call (scene, 2, "u-2");
  take_idle (scene, 5, 0, 2);
  take_idle (scene, 70, 0, 1);
  ami_scene_event (scene, "QueueCallerJoin", 71, "q", "u-4", "");
  ami_scene_queue (scene, "q", 0, 1, "");
  ami_scene_caller (scene, "q", "u-4", 1);
  ami_scene_take (scene, 72);

  scene->core_start = g_strdup ("2026-11-22 12:01:00");
  for (guint i = 0; i < 4; i++)
    {
      ami_scene_queue (scene, "q", 0, 1, "");
      ami_scene_caller (scene, "q", "u-4", 2 + i);
      ami_scene_take (scene, 73 + i);
    }

  info = ami_scene_find_queue (scene, "q");
  assert_whole (info);
  g_assert_cmpint (info->today.offered, ==, 3);
  g_assert_cmpint (info->today.abandoned, ==, 2);
  g_assert_cmpint (info->today.flowed_out, ==, 0);
  g_assert_cmpint (info->waiting, ==, 1);
}

/* Something is played to the agent first, so the two are connected long after
 * the caller left the queue. */
static void
test_slow_connect (AmiScene     *scene,
                   gconstpointer data)
{
  const TdQueueInfo *info;

  start_from_zero (scene);
  ami_scene_event (scene, "QueueCallerJoin", 1, "q", "u-1", "");
  ami_scene_event (scene, "QueueCallerLeave", 2, "q", "u-1", "");
  for (guint i = 0; i < 8; i++)
    {
      g_string_append (scene->status,
                       "Event: Status\r\nUniqueid: u-1\r\nApplication: Queue\r\nData: q,tr,,,30\r\n\r\n");
      take_idle (scene, 3 + i, 0, 0);
      g_assert_cmpint (ami_scene_find_queue (scene, "q")->today.flowed_out, ==, 0);
    }

  ami_scene_event (scene, "AgentConnect", 11, "q", "u-1", "Interface: PJSIP/1\r\nHoldTime: 10\r\n");
  take_idle (scene, 12, 0, 0);
  info = ami_scene_find_queue (scene, "q");
  assert_whole (info);
  g_assert_cmpint (info->today.answered, ==, 1);
  g_assert_false (info->estimated);
}

static void
test_midnight (AmiScene     *scene,
               gconstpointer data)
{
  const TdQueueInfo *info;
  double             midnight = 12 * 3600;

  scene->core_start = g_strdup ("2026-11-21 09:30:00");
  take_idle (scene, midnight - 60, 30, 7);
  play_call (scene, midnight - 50, "u-1");
  ami_scene_event (scene, "QueueCallerJoin", midnight - 20, "q", "u-2", "");
  ami_scene_event (scene, "QueueCallerJoin", midnight - 10, "q", "u-3", "");
  ami_scene_event (scene, "QueueCallerLeave", midnight - 5, "q", "u-3", "");
  ami_scene_event (scene, "AgentConnect", midnight - 5, "q", "u-3", "Interface: PJSIP/1\r\nHoldTime: 5\r\n");
  play_call (scene, midnight + 1, "u-4");
  ami_scene_queue (scene, "q", 30, 9, "");
  ami_scene_caller (scene, "q", "u-2", 23);
  ami_scene_take (scene, midnight + 3);

  info = ami_scene_find_queue (scene, "q");
  assert_whole (info);
  g_assert_false (info->estimated);
  g_assert_cmpint (info->today.offered, ==, 2);
  g_assert_cmpint (info->today.abandoned, ==, 1);
  g_assert_cmpint (info->today.answered, ==, 0);
  g_assert_cmpint (td_centre_get_info (scene->centre)->day_start, ==, ami_scene_time (midnight));
  g_assert_cmpint (td_centre_get_info (scene->centre)->counted_since, ==, TD_UNKNOWN);

  ami_scene_event (scene, "AgentComplete", midnight + 5, "q", "u-3", "Interface: PJSIP/1\r\nHoldTime: 5\r\nTalkTime: 10\r\n");
  ami_scene_event (scene, "QueueCallerLeave", midnight + 6, "q", "u-2", "");
  ami_scene_event (scene, "AgentConnect", midnight + 6, "q", "u-2", "Interface: PJSIP/1\r\nHoldTime: 26\r\n");
  take_idle (scene, midnight + 8, 31, 9);
  take_idle (scene, midnight + 9, 31, 9);
  info = ami_scene_find_queue (scene, "q");
  assert_whole (info);
  g_assert_false (info->estimated);
  g_assert_cmpint (info->today.answered, ==, 1);
  g_assert_cmpint (info->today.wait_ms, ==, 26000);
  g_assert_cmpint (info->today.talk_ms, ==, 0);
  g_assert_cmpint (ami_scene_find_agent (scene, "PJSIP/1")->answered, ==, 1);
}

/* Asterisk tells a time-out in the words of an abandon. */
static void
test_time_outs_flow_out (AmiScene     *scene,
                         gconstpointer data)
{
  static const char *const channel = "Event: Status\r\nUniqueid: %s\r\nApplication: %s\r\nData: %s\r\nExten: 1\r\n\r\n";
  const TdQueueInfo       *info;

  start_from_zero (scene);
  ami_scene_event (scene, "QueueCallerJoin", 1, "q", "u-1", "");
  ami_scene_event (scene, "QueueCallerJoin", 1, "q", "u-2", "");
  ami_scene_event (scene, "QueueCallerJoin", 1, "q", "u-3", "");
  ami_scene_event (scene, "QueueCallerJoin", 1, "q", "u-4", "");
  for (guint i = 1; i <= 4; i++)
    {
      g_autofree char *id = g_strdup_printf ("u-%u", i);

      ami_scene_caller (scene, "q", id, 1);
    }
  /* The first knows when its time is over. */
  g_string_append_printf (scene->status, channel, "u-1", "Queue", "q,tr,,,30");
  {
    g_autofree char *entries = g_strdup (strstr (scene->queue_status->str, "Event: QueueEntry"));

    g_string_assign (scene->queue_status, "Response: Success\r\n\r\n");
    ami_scene_queue (scene, "q", 0, 0, "");
    g_string_append (scene->queue_status, entries);
  }
  ami_scene_take (scene, 2);

  for (guint i = 1; i <= 4; i++)
    {
      g_autofree char *id = g_strdup_printf ("u-%u", i);

      ami_scene_event (scene, "QueueCallerAbandon", 31, "q", id, "HoldTime: 30\r\n");
      ami_scene_event (scene, "QueueCallerLeave", 31, "q", id, "");
    }
  /* The second goes on to another queue, the third to a voice box. */
  ami_scene_event (scene, "QueueCallerJoin", 32, "r", "u-2", "");
  for (guint i = 0; i < 3; i++)
    {
      g_string_append_printf (scene->status, channel, "u-3", "VoiceMail", "1");
      ami_scene_queue (scene, "q", 0, 4, "");
      ami_scene_queue (scene, "r", 0, 0, "");
      ami_scene_caller (scene, "r", "u-2", 1 + i);
      ami_scene_take (scene, 33 + i);
    }

  info = ami_scene_find_queue (scene, "q");
  assert_whole (info);
  g_assert_false (info->estimated);
  g_assert_cmpint (info->today.flowed_out, ==, 3);
  g_assert_cmpint (info->today.abandoned, ==, 1);
  g_assert_cmpint (info->today.offered, ==, 4);
  assert_whole (ami_scene_find_queue (scene, "r"));
  g_assert_cmpint (ami_scene_find_queue (scene, "r")->today.offered, ==, 1);
}

#define ADD(name, func) g_test_add (name, AmiScene, NULL, ami_scene_set_up, func, ami_scene_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("/asterisk-counts/from-zero-all-is-exact", test_from_zero);
  ADD ("/asterisk-counts/hold-is-no-talk", test_hold);
  ADD ("/asterisk-counts/counters-of-today-are-adopted", test_adopted);
  ADD ("/asterisk-counts/counters-of-yesterday-are-not", test_started_yesterday);
  ADD ("/asterisk-counts/late-events-are-not-lost", test_late_events);
  ADD ("/asterisk-counts/lost-events-are-made-good", test_lost_events);
  ADD ("/asterisk-counts/forgotten-call-ends", test_forgotten_call);
  ADD ("/asterisk-counts/forgotten-call-before-another", test_forgotten_call_before_another);
  ADD ("/asterisk-counts/call-completed-twice-is-one", test_call_completed_twice);
  ADD ("/asterisk-counts/told-seconds-late", test_told_seconds_late);
  ADD ("/asterisk-counts/durations-are-the-servers", test_durations);
  ADD ("/asterisk-counts/an-end-without-its-caller", test_nameless_end);
  ADD ("/asterisk-counts/a-late-end-without-its-caller", test_nameless_end_is_late);
  ADD ("/asterisk-counts/queue-reset-is-no-jump", test_queue_reset);
  ADD ("/asterisk-counts/restart-keeps-the-day", test_restart);
  ADD ("/asterisk-counts/restart-told-late", test_restart_told_late);
  ADD ("/asterisk-counts/slow-connect-is-no-flow-out", test_slow_connect);
  ADD ("/asterisk-counts/midnight-begins-anew", test_midnight);
  ADD ("/asterisk-counts/time-outs-flow-out", test_time_outs_flow_out);

  return g_test_run ();
}
