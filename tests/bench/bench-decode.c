/* bench-decode.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What one answer costs: decoding it (in a worker thread, in the program) and
 * applying it (in the main thread), for a whole state and for a change of 1 %
 * of the agents. The peer is the least that reading text can cost: checking
 * that it is UTF-8. */

#include <stdlib.h>
#include <time.h>

#include "td-supervision-decoder.h"
#include "td-supervision-encoder.h"

#define ROUNDS 7
#define START (G_GINT64_CONSTANT (1795305600) * G_USEC_PER_SEC)

static double
cpu_ms (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);

  return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static void
add_agent (TdSnapshotBuilder *builder,
           guint              i,
           gint64             revision)
{
  g_autofree char *id = g_strdup_printf ("agent-%05u", i);
  g_autofree char *name = g_strdup_printf ("Nguyễn Thị Thu Hương %u", i);
  g_autofree char *team = g_strdup_printf ("Đội %u", i / 20);
  g_autofree char *extension = g_strdup_printf ("%u", 4000 + i);
  g_autofree char *queue = g_strdup_printf ("queue-%u", i % 20);
  const char      *queues[] = { queue, "queue-0", "queue-7" };
  TdAgentInfo      agent;

  td_agent_info_init (&agent);
  agent.id = id;
  agent.name = name;
  agent.team = team;
  agent.extension = extension;
  agent.employer = "Tổng công ty Điện lực miền Nam";
  agent.place = (TdPlace)(1 + i % 4);
  agent.state = (TdAgentState)(1 + (i + (guint)revision) % 7);
  agent.since = START + (gint64)i * 1000000;
  agent.queues = queues;
  agent.n_queues = 3;
  agent.answered = 20 + revision;
  agent.no_answer = 1;
  agent.talk_ms = 3600123;
  agent.hold_ms = 120456;
  agent.wrap_up_ms = 600789;
  agent.ringing_ms = 60000;
  agent.available_ms = 7200000;
  agent.paused_ms = 1800000;
  agent.shift_name = "Ca ngày";
  agent.shift_start = START + G_GINT64_CONSTANT (3600000000);
  agent.shift_end = START + G_GINT64_CONSTANT (46800000000);
  if (agent.state == TD_AGENT_STATE_ON_CALL)
    {
      agent.call_queue = queue;
      agent.call_number = "09•• ••• 851";
      agent.call_reason = "Mất điện";
      agent.call_area = "Tây Ninh";
      agent.call_since = agent.since;
    }
  td_snapshot_builder_add_agent (builder, &agent);
}

static TdSnapshot *
make (guint  n_agents,
      gint64 revision)
{
  TdSnapshotBuilder *builder = td_snapshot_builder_new ();
  TdCentreInfo       centre;

  td_snapshot_builder_set_revision (builder, revision, "bench");
  td_snapshot_builder_set_at (builder, START + revision * G_USEC_PER_SEC);
  if (revision == 1)
    {
      td_centre_info_init (&centre);
      centre.name = "Điện lực miền Nam";
      td_snapshot_builder_set_centre (builder, &centre);
      for (guint i = 0; i < 20; i++)
        {
          g_autofree char *id = g_strdup_printf ("queue-%u", i);
          TdQueueInfo      queue;

          td_queue_info_init (&queue);
          queue.id = id;
          queue.name = "Mất điện – Miền Đông";
          queue.waiting = 3;
          td_snapshot_builder_add_queue (builder, &queue);
        }
      for (guint i = 0; i < n_agents; i++)
        add_agent (builder, i, revision);
    }
  else
    {
      guint n_changed = MAX (n_agents / 100, 1);

      td_snapshot_builder_set_base (builder, revision - 1);
      for (guint i = 0; i < n_changed; i++)
        add_agent (builder, (i * 97 + (guint)revision * 13) % n_agents, revision);
    }

  return td_snapshot_builder_end (builder);
}

static int
compare (gconstpointer a,
         gconstpointer b)
{
  double x = *(const double *)a;
  double y = *(const double *)b;

  return (x > y) - (x < y);
}

static double
median (double *values)
{
  qsort (values, ROUNDS, sizeof *values, compare);

  return values[ROUNDS / 2];
}

static void
measure (guint    n_agents,
         gboolean is_delta)
{
  double floor_ms[ROUNDS], decode_ms[ROUNDS], apply_ms[ROUNDS];
  gsize  size = 0;

  for (guint round = 0; round < ROUNDS; round++)
    {
      g_autoptr (TdSnapshot) whole = make (n_agents, 1);
      g_autoptr (TdSnapshot) change = make (n_agents, 2);
      g_autoptr (TdCentre) centre = td_centre_new ();
      g_autoptr (TdCentre) served = td_centre_new ();
      g_autoptr (TdSnapshot) decoded = NULL;
      g_autoptr (GBytes) body = NULL;
      g_autoptr (GError) error = NULL;
      double start;

      td_centre_apply (served, whole, &error);
      g_assert_no_error (error);
      if (is_delta)
        {
          TdDeltaScope scope = { .since = 1 };

          td_centre_apply (centre, whole, &error);
          g_assert_no_error (error);
          td_centre_apply (served, change, &error);
          g_assert_no_error (error);
          body = td_supervision_encode_delta (served, "bench", &scope);
        }
      else
        body = td_supervision_encode_full (served, "bench");
      size = g_bytes_get_size (body);

      start = cpu_ms ();
      g_assert_true (g_utf8_validate_len (g_bytes_get_data (body, NULL), size, NULL));
      floor_ms[round] = cpu_ms () - start;

      start = cpu_ms ();
      decoded = td_supervision_decode_snapshot (body, &error);
      decode_ms[round] = cpu_ms () - start;
      g_assert_no_error (error);

      start = cpu_ms ();
      td_centre_apply (centre, decoded, &error);
      apply_ms[round] = cpu_ms () - start;
      g_assert_no_error (error);
      g_assert_cmpuint (td_roster_get_size (td_centre_get_agents (centre)), ==, n_agents);
    }

  double floor_median = median (floor_ms);
  double decode_median = median (decode_ms);
  double apply_median = median (apply_ms);

  g_print ("%8u  %-7s %10" G_GSIZE_FORMAT "  %12.3f  %12.3f  %12.3f  %11.1f\n", n_agents,
           is_delta ? "1 %" : "whole", size, floor_median, decode_median, apply_median,
           floor_median > 0 ? decode_median / floor_median : 0.0);
}

int
main (void)
{
  const guint sizes[] = { 120, 1000, 10000 };

  g_print ("  agents  answer       bytes  UTF-8 check   decode (ms)    apply (ms)  decode/check\n");
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      measure (sizes[i], FALSE);
      measure (sizes[i], TRUE);
    }

  return 0;
}
