/* test-partner-leaves.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-simulation.h"
#include "td-staff-plan.h"
#include "td-supervision-decoder.h"
#include "td-supervision-encoder.h"

#define SECOND G_GINT64_CONSTANT (1000000)
#define MINUTE (60 * SECOND)
#define HOUR (60 * MINUTE)

/* Tuesday 2026-11-24 00:00 in Asia/Ho_Chi_Minh */
#define TUESDAY (G_GINT64_CONSTANT (1795453200) * SECOND)

#define N_HOURS 6

/* As who asks over the network is told it. */
static TdStaffPlan *
ask (TdSimulation *simulation)
{
  g_autoptr (TdSnapshot) played = td_simulation_take_full (simulation);
  g_autoptr (TdCentre) there = td_centre_new ();
  g_autoptr (TdCentre) here = td_centre_new ();
  g_autoptr (TdSnapshot) heard = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;

  td_centre_apply (there, played, &error);
  g_assert_no_error (error);
  bytes = td_supervision_encode_full (there, "abc");
  heard = td_supervision_decode_snapshot (bytes, &error);
  g_assert_no_error (error);
  g_assert_true (td_centre_info_equal (td_snapshot_get_centre (heard), td_snapshot_get_centre (played)));
  td_centre_apply (here, heard, &error);
  g_assert_no_error (error);

  return td_staff_plan_new (here, NULL, td_simulation_get_now (simulation), N_HOURS);
}

static const TdStaffPlanRow *
find (const TdStaffPlan *plan,
      const char        *employer)
{
  for (guint i = 0; i < plan->n_rows; i++)
    {
      if (g_strcmp0 (plan->rows[i].employer, employer) == 0)
        return &plan->rows[i];
    }

  return NULL;
}

static void
set_scenario (TdSimulation *simulation,
              const char   *scenario)
{
  g_autoptr (GError) error = NULL;

  td_simulation_set_scenario (simulation, scenario, &error);
  g_assert_no_error (error);
}

/* What the plan says of each coming hour is what comes. */
static void
test_comes_true (void)
{
  TdSimulationOptions options = { .seed = 2, .start = TUESDAY + 12 * HOUR + 30 * MINUTE, .no_past = TRUE };
  g_autoptr (GError) error = NULL;
  g_autoptr (TdSimulation) simulation = td_simulation_new (&options, &error);
  g_autoptr (TdStaffPlan) before = NULL;
  g_autoptr (TdStaffPlan) plan = NULL;
  g_autoptr (TdStaffPlan) normal = NULL;
  const TdStaffPlanRow *row;
  guint                 n_partner;

  g_assert_no_error (error);
  before = ask (simulation);
  row = find (before, "Đối tác B");
  g_assert_nonnull (row);
  n_partner = row->left[1];
  g_assert_cmpuint (n_partner, >, 3);
  g_assert_cmpuint (row->released[1], ==, 0);

  /* The first partner is gone within some minutes. */
  set_scenario (simulation, "partner-leaves");
  td_simulation_advance (simulation, td_simulation_get_now (simulation) + 15 * MINUTE);
  plan = ask (simulation);
  g_assert_cmpint (plan->hours[0], ==, TUESDAY + 13 * HOUR);
  row = find (plan, "Đối tác B");
  g_assert_cmpuint (row->left[0], >, 0);
  g_assert_cmpuint (row->left[1], ==, 0);
  g_assert_cmpuint (row->released[1], ==, n_partner);
  g_assert_cmpint (td_staff_plan_judge (row, 1), ==, TD_AGENT_NEED_PERSON);

  /* A little after the hour, when who leaves has ended the last call. */
  for (guint i = 0; i < N_HOURS; i++)
    {
      g_autoptr (TdStaffPlan) later = NULL;

      td_simulation_advance (simulation, plan->hours[i] + 20 * MINUTE);
      later = ask (simulation);
      g_test_message ("%u:00 planned %u, came %u", 13 + i, plan->total.left[i], later->total.staffed);
      g_assert_cmpuint (MAX (plan->total.left[i], later->total.staffed) - MIN (plan->total.left[i], later->total.staffed), <=, 2);
      if (i >= 1)
        {
          row = find (later, "Đối tác B");
          g_assert_true (row == NULL || row->staffed == 0);
        }
    }

  set_scenario (simulation, "normal");
  normal = ask (simulation);
  g_assert_cmpuint (normal->total.released[0], ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/partner-leaves/comes-true", test_comes_true);

  return g_test_run ();
}
