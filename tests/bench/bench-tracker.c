/* bench-tracker.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-asterisk-tracker.h"

#define N_MEMBERS 10000
#define N_QUEUES 50
#define N_CALLERS 500
#define N_POLLS 20
#define START G_GINT64_CONSTANT (1795348800)

/* A large centre: each agent in two queues, a tenth of them of another state
 * than in the last poll. */
static GBytes *
make_queue_status (guint poll)
{
  GString *text = g_string_new ("Response: Success\r\nEventList: start\r\n\r\n");
  gsize    length;

  for (guint i = 0; i < N_QUEUES; i++)
    g_string_append_printf (text,
                            "Event: QueueParams\r\nQueue: queue-%u\r\nMax: 0\r\nStrategy: rrmemory\r\nCalls: %u\r\n"
                            "Holdtime: 6\r\nTalkTime: 90\r\nCompleted: 100\r\nAbandoned: 7\r\nServiceLevel: 20\r\n"
                            "ServicelevelPerf: 80.0\r\nServicelevelPerf2: 81.0\r\nWeight: 0\r\nActionID: 1\r\n\r\n",
                            i, N_CALLERS / N_QUEUES);
  for (guint i = 0; i < N_MEMBERS; i++)
    {
      guint agent = i / 2;

      g_string_append_printf (text,
                              "Event: QueueMember\r\nQueue: queue-%u\r\nName: Nguyễn Văn %u\r\nLocation: PJSIP/%u\r\n"
                              "StateInterface: PJSIP/%u\r\nMembership: dynamic\r\nPenalty: 0\r\nCallsTaken: 12\r\n"
                              "LastCall: 1795348000\r\nLastPause: 0\r\nLoginTime: 1795330000\r\nInCall: 0\r\n"
                              "Status: %u\r\nPaused: 0\r\nPausedReason: \r\nWrapuptime: 0\r\nActionID: 1\r\n\r\n",
                              (agent + i % 2) % N_QUEUES, agent, agent, agent, (agent + poll) % 10 == 0 ? 2 : 1);
    }
  for (guint i = 0; i < N_CALLERS; i++)
    g_string_append_printf (text,
                            "Event: QueueEntry\r\nQueue: queue-%u\r\nPosition: %u\r\nChannel: PJSIP/trunk-%u\r\n"
                            "Uniqueid: pbx-1795348700.%u\r\nCallerIDNum: 09%08u\r\nCallerIDName: \r\n"
                            "ConnectedLineNum: \r\nConnectedLineName: \r\nWait: %u\r\nPriority: 0\r\nActionID: 1\r\n\r\n",
                            i % N_QUEUES, i / N_QUEUES + 1, i, i, i, 100 + poll);
  g_string_append (text, "Event: QueueStatusComplete\r\nEventList: Complete\r\n\r\n");
  length = text->len;

  return g_bytes_new_take (g_string_free (text, FALSE), length);
}

int
main (void)
{
  g_autoptr (TdAsteriskSettings) settings = td_asterisk_settings_new ();
  g_autoptr (TdAsteriskTracker) tracker = td_asterisk_tracker_new (settings);
  g_autofree char *instance = NULL;
  gint64           revision = TD_UNKNOWN;
  gint64           best = G_MAXINT64;
  gint64           first = 0;
  gsize            size = 0;

  for (guint i = 0; i < N_POLLS; i++)
    {
      g_autoptr (GBytes) body = make_queue_status (i);
      g_autoptr (TdSnapshot) snapshot = NULL;
      g_autoptr (GError) error = NULL;
      TdAsteriskPoll poll = { .queue_status = body, .at = (START + i) * G_USEC_PER_SEC };
      gint64         begin = g_get_monotonic_time ();

      snapshot = td_asterisk_tracker_take (tracker, &poll, revision, instance, &error);
      begin = g_get_monotonic_time () - begin;
      g_assert_no_error (error);
      g_assert_nonnull (snapshot);
      if (i == 0)
        first = begin;
      else
        best = MIN (best, begin);
      size = g_bytes_get_size (body);
      revision = td_snapshot_get_revision (snapshot);
      g_free (instance);
      instance = g_strdup (td_snapshot_get_instance (snapshot));
    }

  g_print ("QueueStatus of %d members, %.1f MB: %.1f ms at first, then %.1f ms a poll\n", N_MEMBERS, (double)size / 1e6,
           (double)first / 1000.0, (double)best / 1000.0);

  return 0;
}
