/* bench-judge.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What it costs to judge ten thousand agents, in CPU time of the main thread:
 * all of them once, and to take in what two seconds changed.
 */

#include "config.h"

#include <time.h>

#include "td-agent-judge.h"
#include "td-simulation.h"
#include "td-staff-plan.h"

#define N_AGENTS 10000
#define N_ROUNDS 200
#define SECOND G_GINT64_CONSTANT (1000000)

/* Tuesday 2026-11-24 10:00 in Asia/Ho_Chi_Minh */
#define START (G_GINT64_CONSTANT (1795453200 + 10 * 3600) * SECOND)

static double
get_ms (clock_t begin,
        guint   n)
{
  return (double)(clock () - begin) * 1000 / CLOCKS_PER_SEC / n;
}

static void
apply (TdCentre   *centre,
       TdSnapshot *snapshot)
{
  g_autoptr (TdSnapshot) owned = snapshot;
  g_autoptr (GError) error = NULL;

  if (owned != NULL && !td_centre_apply (centre, owned, &error))
    g_error ("%s", error->message);
}

int
main (int   argc,
      char *argv[])
{
  TdSimulationOptions options = { .seed = 1, .n_agents = N_AGENTS, .start = START, .scenario = "understaffed", .no_past = TRUE };
  g_autoptr (TdSimulation) simulation = td_simulation_new (&options, NULL);
  g_autoptr (TdCentre) centre = td_centre_new ();
  g_autoptr (TdCentre) unjudged = td_centre_new ();
  g_autoptr (TdAgentJudge) judge = NULL;
  TdRoster *agents = td_centre_get_agents (centre);
  guint     n_signs[5] = { 0 };
  double    judged_ms = 0, plain_ms = 0;
  clock_t   begin;

  apply (centre, td_simulation_take_full (simulation));
  apply (unjudged, td_simulation_take_full (simulation));
  judge = td_agent_judge_new (centre);

  for (guint i = 0; i < N_ROUNDS; i++)
    {
      g_autoptr (TdSnapshot) changes = NULL;

      td_simulation_advance (simulation, td_simulation_get_now (simulation) + 2 * SECOND);
      changes = td_simulation_take_changes (simulation);
      begin = clock ();
      apply (centre, td_snapshot_ref (changes));
      judged_ms += get_ms (begin, N_ROUNDS);
      begin = clock ();
      apply (unjudged, td_snapshot_ref (changes));
      plain_ms += get_ms (begin, N_ROUNDS);
    }
  g_print ("changes of 2 s of %u agents: %.2f ms, judged %.2f ms\n", N_AGENTS, plain_ms, judged_ms);

  begin = clock ();
  for (guint i = 0; i < N_ROUNDS; i++)
    {
      for (guint j = 0; j < td_roster_get_size (agents); j++)
        {
          TdAgentVerdict verdict;

          td_agent_judge_get_verdict (td_roster_get (agents, j), td_simulation_get_now (simulation), &verdict, judge);
          for (guint k = 0; k < G_N_ELEMENTS (n_signs); k++)
            n_signs[k] += (verdict.signs >> k) & 1;
        }
    }
  g_print ("verdicts of %u agents: %.2f ms\n", td_roster_get_size (agents), get_ms (begin, N_ROUNDS));
  g_print ("over limit %u, phantom %u, workload %u, no break %u, past shift %u\n", n_signs[0] / N_ROUNDS, n_signs[1] / N_ROUNDS,
           n_signs[2] / N_ROUNDS, n_signs[3] / N_ROUNDS, n_signs[4] / N_ROUNDS);

  begin = clock ();
  for (guint i = 0; i < N_ROUNDS; i++)
    td_staff_plan_free (td_staff_plan_new (centre, NULL, td_simulation_get_now (simulation), 6));
  g_print ("plan of the staff: %.2f ms\n", get_ms (begin, N_ROUNDS));

  return 0;
}
