/* test-floor-plans.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <gio/gio.h>

#include "td-floor-plan-file.h"
#include "td-simulation.h"

/* Friday 15 October 2021, 14:20 in the centre. */
#define START (G_GINT64_CONSTANT (1634282400) * G_USEC_PER_SEC)

/* Who works in the office or on site has a seat on the plan of that place. */
static void
test_plans_seat_everybody_they_expect (void)
{
  static const char *const names[] = { "3-tai-cho.json", "van-phong.json" };
  TdSimulationOptions      options = { .seed = 1, .start = START };
  g_autoptr (GError) error = NULL;
  g_autoptr (TdSimulation) simulation = td_simulation_new (&options, &error);
  g_autoptr (TdSnapshot) snapshot = NULL;
  const TdAgentInfo *agents;
  guint              n_agents;

  g_assert_no_error (error);
  snapshot = td_simulation_take_full (simulation);
  agents = td_snapshot_get_agents (snapshot, &n_agents);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (TD_FLOOR_PLANS, names[i], NULL);
      g_autoptr (TdFloorPlan) plan = td_floor_plan_load (path, &error);
      guint n_expected = 0;
      guint index;

      g_assert_no_error (error);
      for (guint k = 0; k < n_agents; k++)
        {
          if (!td_floor_plan_expects (plan, &agents[k]))
            continue;
          n_expected++;
          if (!td_floor_plan_find_agent (plan, &agents[k], &index))
            g_test_fail_printf ("%s has no seat %s", names[i], agents[k].seat);
        }
      g_assert_cmpuint (n_expected, >, 20);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/demo/plans-seat-everybody-they-expect", test_plans_seat_everybody_they_expect);

  return g_test_run ();
}
