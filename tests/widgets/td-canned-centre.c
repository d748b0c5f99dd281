/* td-canned-centre.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-canned-centre.h"

#include <math.h>

#define MIDNIGHT (G_GINT64_CONSTANT (1795280400) * G_USEC_PER_SEC)
#define MINUTE (G_GINT64_CONSTANT (60) * G_USEC_PER_SEC)
#define N_MINUTES 860
#define SECONDS(s) ((gint64)(s)*G_USEC_PER_SEC)

typedef struct
{
  const char *id;
  const char *name;
  int         waiting;
  int         longest_s;
  int         serving;
  int         rate;
  int         offered;
  int         abandoned;
  double      level;
} Queue;

static const Queue queues[] = {
  { "q1", "Mất điện – Miền Đông", 27, 252, 21, 160, 1041, 54, 0.655 },
  { "q2", "Sự cố lưới điện, nguy hiểm điện", 3, 71, 7, 25, 284, 6, 0.868 },
  { "q3", "Mất điện – Miền Tây", 4, 48, 11, 35, 864, 22, 0.831 },
  { "q4", "Hóa đơn, tiền điện", 4, 44, 15, 45, 1289, 36, 0.838 },
  { "q5", "Giảm tiền điện đợt 4", 1, 19, 7, 23, 645, 14, 0.871 },
  { "q6", "Dịch vụ điện mới", 1, 12, 5, 16, 430, 8, 0.873 },
  { "q7", "Công tơ, ghi chỉ số", 1, 9, 4, 14, 377, 8, 0.882 },
  { "q8", "Khiếu nại", 0, 0, 3, 8, 215, 4, 0.859 },
  { "q9", "Ứng dụng, Zalo, SMS", 0, 0, 2, 10, 269, 3, 0.902 },
  { "q10", "Gọi lại", 0, 0, 1, 3, 107, 0, 0.934 },
};

static const struct
{
  TdAgentState state;
  guint        n;
} states[] = {
  { TD_AGENT_STATE_ON_CALL, 61 },
  { TD_AGENT_STATE_WRAP_UP, 9 },
  { TD_AGENT_STATE_RINGING, 4 },
  { TD_AGENT_STATE_AVAILABLE, 2 },
  { TD_AGENT_STATE_PAUSED, 12 },
  { TD_AGENT_STATE_UNREACHABLE, 4 },
  { TD_AGENT_STATE_OFFLINE, 32 },
};

static void
add_queue (TdSnapshotBuilder *builder,
           const Queue       *queue,
           gboolean           estimated)
{
  TdQueueInfo info;

  td_queue_info_init (&info);
  info.id = queue->id;
  info.name = queue->name;
  info.hotline = "1900.9000";
  info.estimated = estimated;
  info.waiting = queue->waiting;
  info.longest_since = queue->waiting > 0 ? TD_CANNED_AT - SECONDS (queue->longest_s) : TD_UNKNOWN;
  info.serving = queue->serving;
  info.offered_15min = queue->rate;
  info.today.offered = queue->offered;
  info.today.abandoned = queue->abandoned;
  info.today.abandoned_in_time = queue->abandoned / 2;
  info.today.short_abandoned = queue->abandoned / 6;
  info.today.flowed_out = 2;
  info.today.answered = queue->offered - queue->abandoned - queue->waiting - 2;
  info.today.answered_in_time = (gint64)(info.today.answered * queue->level);
  td_snapshot_builder_add_queue (builder, &info);

  for (int i = 0; i < queue->waiting; i++)
    {
      g_autofree char *id = g_strdup_printf ("%s-%d", queue->id, i);
      TdCallerInfo     caller;

      td_caller_info_init (&caller);
      caller.id = id;
      caller.queue = queue->id;
      caller.position = i + 1;
      caller.since = TD_CANNED_AT - SECONDS (queue->longest_s) * (queue->waiting - i) / queue->waiting;
      td_snapshot_builder_add_caller (builder, &caller);
    }
}

/* Returns: (transfer full): the state of the centre */
TdSnapshot *
td_canned_centre_snapshot (guint    n_more,
                           gboolean estimated)
{
  g_autoptr (TdSnapshotBuilder) builder = td_snapshot_builder_new ();
  TdCentreInfo centre;
  guint        n = 0;

  td_centre_info_init (&centre);
  centre.name = "Điện lực miền Nam";
  centre.timezone = "Asia/Ho_Chi_Minh";
  centre.day_start = MIDNIGHT;
  centre.service_level_ms = 20000;
  centre.service_level_target = 0.8;
  centre.short_abandon_ms = 5000;
  if (estimated)
    centre.counted_since = TD_CANNED_AT - SECONDS (75 * 60);

  td_snapshot_builder_set_revision (builder, 7, "canned");
  td_snapshot_builder_set_at (builder, TD_CANNED_AT);
  td_snapshot_builder_set_centre (builder, &centre);
  for (guint i = 0; i < G_N_ELEMENTS (queues); i++)
    add_queue (builder, &queues[i], estimated && i == 0);
  for (guint i = 0; i < n_more; i++)
    {
      g_autofree char *id = g_strdup_printf ("more-%u", i);
      Queue            more = { id, id, 1, 5, 1, 10, 100, 1, 0.9 };

      add_queue (builder, &more, FALSE);
    }

  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    for (guint j = 0; j < states[i].n; j++)
      {
        g_autofree char *id = g_strdup_printf ("a%u", n++);
        const char      *of[] = { "q1" };
        TdAgentInfo      agent;

        td_agent_info_init (&agent);
        agent.id = id;
        agent.state = states[i].state;
        agent.since = TD_CANNED_AT - SECONDS (60 + 37 * j);
        agent.queues = of;
        agent.n_queues = 1;
        td_snapshot_builder_add_agent (builder, &agent);
      }

  return td_snapshot_builder_end (g_steal_pointer (&builder));
}

/* Calls in a minute of a working day with an incident at its end; the jitter
 * is a fixed function of the minute. */
static double
get_demand (guint    minute,
            double   share,
            gboolean incident)
{
  double hour = minute / 60.0;
  double demand = 1.6 + 14 * exp (-pow ((hour - 9.7) / 1.6, 2)) + 12 * exp (-pow ((hour - 15.2) / 2.2, 2));
  double jitter = sin (minute * 12.9898) * 43758.5453;

  demand *= share * (0.6 + 0.8 * (jitter - floor (jitter)));
  if (incident && minute >= 845)
    demand += 10;

  return demand;
}

/* Returns: (transfer full): the day up to 14:20, ten minutes of it unobserved */
TdIntervals *
td_canned_centre_intervals (void)
{
  TdIntervals *intervals = td_intervals_new (MIDNIGHT, MINUTE, N_MINUTES);

  for (guint i = 0; i < G_N_ELEMENTS (queues); i++)
    {
      TdInterval *rows = td_intervals_add_queue (intervals, queues[i].id);
      double      carried = 0;

      for (guint minute = 0; minute < N_MINUTES; minute++)
        {
          carried += get_demand (minute, queues[i].offered / 5521.0, i == 0);
          if (minute >= 550 && minute < 560)
            rows[minute].observed_s = 0;
          else
            {
              rows[minute].observed_s = 60;
              rows[minute].counts.offered = (gint64)carried;
            }
          carried -= floor (carried);
        }
    }

  return intervals;
}
