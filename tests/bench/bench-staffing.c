/* bench-staffing.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What it costs to say what a number of agents achieves, and how many are needed,
 * from a small group to the largest there are, in CPU time of one thread.
 */

#include "config.h"

#include <time.h>

#include "td-erlang.h"

#define N_ROUNDS 200

static double
get_ms (clock_t begin)
{
  return (double)(clock () - begin) * 1000 / CLOCKS_PER_SEC / N_ROUNDS;
}

int
main (void)
{
  static const guint  sizes[] = { 10, 100, 1000, 10000 };
  const TdServiceGoal goal = { TD_SERVICE_LEVEL_LIVE, 0.8, 20, 5, 1 };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      /* As many calls as the agents can just take. */
      const TdTraffic traffic = { sizes[i] / 300.0, 300, 120 };
      clock_t         begin = clock ();
      double          sum = 0;
      double          expect_ms;
      guint           needed;

      for (guint j = 0; j < N_ROUNDS; j++)
        sum += td_erlang_expect (&traffic, sizes[i] + j % 5, 20, 5).answered_in_time;
      expect_ms = get_ms (begin);

      begin = clock ();
      for (guint j = 0; j < N_ROUNDS; j++)
        td_erlang_agents_needed (&traffic, &goal, &needed);
      g_print ("%5u agents, %7.0f calls an hour: what they achieve %.3f ms (%.1f %% in time), how many are needed %.3f ms (%u)\n",
               sizes[i],
               traffic.rate * 3600,
               expect_ms,
               100 * sum / N_ROUNDS,
               get_ms (begin),
               needed);
    }
  return 0;
}
