/* test-staff-plan.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-staff-plan.h"

#include "td-fixture.h"

#define HOUR 3600
#define AT(seconds) (FIXTURE_START + FIXTURE_SECONDS (seconds))

/* 14:20 by the centre's clock, which is UTC. */
#define NOW AT (14 * HOUR + 20 * 60)

static void
add_agent (TdSnapshotBuilder *builder,
           TdPlace            place,
           const char        *employer,
           TdAgentState       state,
           double             start_h,
           double             end_h)
{
  static guint     n;
  g_autofree char *id = g_strdup_printf ("a%u", n++);
  TdAgentInfo      agent;

  td_agent_info_init (&agent);
  agent.id = id;
  agent.place = place;
  agent.employer = employer;
  agent.state = state;
  agent.shift_start = start_h >= 0 ? AT ((gint64)(start_h * HOUR)) : TD_UNKNOWN;
  agent.shift_end = end_h >= 0 ? AT ((gint64)(end_h * HOUR)) : TD_UNKNOWN;
  td_snapshot_builder_add_agent (builder, &agent);
}

static TdSnapshotBuilder *
begin (const TdRelease *releases,
       guint            n_releases)
{
  TdSnapshotBuilder *builder = fixture_begin (1, TD_UNKNOWN, "i", NOW);
  TdCentreInfo       info;

  td_centre_info_init (&info);
  info.timezone = "UTC";
  info.releases = releases;
  info.n_releases = n_releases;
  td_snapshot_builder_set_centre (builder, &info);

  return builder;
}

static TdStaffPlan *
make_plan (TdSnapshotBuilder *builder,
           guint              n_hours)
{
  g_autoptr (TdCentre) centre = td_centre_new ();
  g_autoptr (TdSnapshot) snapshot = td_snapshot_builder_end (builder);
  g_autoptr (GError) error = NULL;

  td_centre_apply (centre, snapshot, &error);
  g_assert_no_error (error);

  return td_staff_plan_new (centre, NULL, NOW, n_hours);
}

static void
test_shifts_end_and_begin (void)
{
  TdSnapshotBuilder *builder = begin (NULL, 0);
  g_autoptr (TdStaffPlan) plan = NULL;

  add_agent (builder, TD_PLACE_HOME, "U", TD_AGENT_STATE_ON_CALL, 8, 16);
  add_agent (builder, TD_PLACE_HOME, "U", TD_AGENT_STATE_PAUSED, 8, 17);
  add_agent (builder, TD_PLACE_HOME, "U", TD_AGENT_STATE_AVAILABLE, -1, -1);
  add_agent (builder, TD_PLACE_OFFICE, "U", TD_AGENT_STATE_AVAILABLE, 6, 14);
  add_agent (builder, TD_PLACE_OFFICE, "U", TD_AGENT_STATE_OFFLINE, 16, 22);
  add_agent (builder, TD_PLACE_OFFICE, "U", TD_AGENT_STATE_OFFLINE, 14, 22); /* did not come */
  add_agent (builder, TD_PLACE_OFFICE, "U", TD_AGENT_STATE_OFFLINE, -1, -1);
  add_agent (builder, TD_PLACE_PARTNER, "P", TD_AGENT_STATE_OFFLINE, 8, 12);
  plan = make_plan (builder, 4);

  g_assert_cmpuint (plan->n_hours, ==, 4);
  for (guint i = 0; i < 4; i++)
    g_assert_cmpint (plan->hours[i], ==, AT ((15 + i) * HOUR));
  g_assert_cmpuint (plan->n_rows, ==, 2);
  g_assert_cmpuint (plan->n_unplanned, ==, 1);

  g_assert_cmpint (plan->rows[0].place, ==, TD_PLACE_OFFICE);
  g_assert_cmpuint (plan->rows[0].serving, ==, 1);
  g_assert_cmpuint (plan->rows[0].staffed, ==, 1);
  g_assert_cmpuint (plan->rows[0].left[0], ==, 0);
  g_assert_cmpuint (plan->rows[0].left[1], ==, 1);

  g_assert_cmpint (plan->rows[1].place, ==, TD_PLACE_HOME);
  g_assert_cmpuint (plan->rows[1].serving, ==, 2);
  g_assert_cmpuint (plan->rows[1].staffed, ==, 3);
  g_assert_cmpuint (plan->rows[1].left[0], ==, 3);
  g_assert_cmpuint (plan->rows[1].left[1], ==, 2);
  g_assert_cmpuint (plan->rows[1].left[2], ==, 1);
  g_assert_cmpuint (plan->rows[1].left[3], ==, 1);

  g_assert_cmpuint (plan->total.staffed, ==, 4);
  g_assert_cmpuint (plan->total.left[1], ==, 3);
}

static void
test_releases (void)
{
  const TdRelease releases[] = {
    { AT (16 * HOUR), "B", TD_PLACE_UNKNOWN, TD_UNKNOWN },
    { AT (17 * HOUR - 60), NULL, TD_PLACE_HOME, 3 },
  };
  TdSnapshotBuilder *builder = begin (releases, G_N_ELEMENTS (releases));
  g_autoptr (TdStaffPlan) plan = NULL;

  for (guint i = 0; i < 14; i++)
    add_agent (builder, TD_PLACE_PARTNER, "B", TD_AGENT_STATE_AVAILABLE, 8, i < 4 ? 16 : 20);
  for (guint i = 0; i < 10; i++)
    add_agent (builder, TD_PLACE_HOME, i < 2 ? "A" : "U", TD_AGENT_STATE_ON_CALL, 8, 20);
  plan = make_plan (builder, 3);

  g_assert_cmpuint (plan->n_rows, ==, 3);
  g_assert_cmpstr (plan->rows[2].employer, ==, "B");
  g_assert_cmpuint (plan->rows[2].left[0], ==, 14);
  g_assert_cmpuint (plan->rows[2].left[1], ==, 0);
  g_assert_cmpuint (plan->rows[2].released[1], ==, 10);
  g_assert_cmpint (td_staff_plan_judge (&plan->rows[2], 0), ==, TD_AGENT_NEED_NONE);
  g_assert_cmpint (td_staff_plan_judge (&plan->rows[2], 1), ==, TD_AGENT_NEED_PERSON);

  /* Three of those at home, whosever. */
  g_assert_cmpuint (plan->rows[0].left[1] + plan->rows[1].left[1], ==, 10);
  g_assert_cmpuint (plan->rows[0].left[2] + plan->rows[1].left[2], ==, 7);
  g_assert_cmpuint (plan->total.left[2], ==, 7);
  g_assert_cmpuint (plan->total.released[2], ==, 13);
}

/* What the shift lead announced counts as what the source did, and both together once. */
static void
test_own_releases (void)
{
  const TdRelease    told = { .at = NOW, .employer = "P", .agents = 2 };
  TdSnapshotBuilder *builder = begin (&told, 1);
  g_autoptr (TdCentre) centre = td_centre_new ();
  g_autoptr (TdReleases) own = td_releases_new (NULL);
  g_autoptr (TdSnapshot) snapshot = NULL;
  g_autoptr (TdStaffPlan) plan = NULL;

  for (guint i = 0; i < 8; i++)
    add_agent (builder, TD_PLACE_PARTNER, "P", i < 4 ? TD_AGENT_STATE_AVAILABLE : TD_AGENT_STATE_PAUSED, 8, 22);
  snapshot = td_snapshot_builder_end (builder);
  g_assert_true (td_centre_apply (centre, snapshot, NULL));
  g_assert_true (td_releases_add (own, &(TdRelease){ .at = AT (16 * HOUR), .employer = "P", .agents = TD_UNKNOWN }, NULL));

  plan = td_staff_plan_new (centre, own, NOW, 3);
  g_assert_cmpuint (plan->total.left[0], ==, 6);
  g_assert_cmpuint (plan->total.left[1], ==, 0);
  g_assert_cmpuint (plan->total.released[1], ==, 8);

  /* Half of them pause. */
  g_assert_cmpuint (td_staff_plan_get_serving (plan, 0, TRUE), ==, 3);
  g_assert_cmpuint (td_staff_plan_get_serving (plan, 1, TRUE), ==, 0);
  g_assert_cmpuint (td_staff_plan_get_serving (plan, 1, FALSE), ==, 4);
}

/* Employers that nobody can count are one row, and are not lost. */
static void
test_bounded (void)
{
  TdSnapshotBuilder *builder = begin (NULL, 0);
  g_autoptr (TdStaffPlan) plan = NULL;

  for (guint i = 0; i < 1000; i++)
    {
      g_autofree char *employer = g_strdup_printf ("E%u", i);

      add_agent (builder, TD_PLACE_HOME, employer, TD_AGENT_STATE_AVAILABLE, 8, 20);
    }
  plan = make_plan (builder, 100);

  g_assert_cmpuint (plan->n_hours, ==, TD_STAFF_PLAN_MAX_HOURS);
  g_assert_cmpuint (plan->n_rows, ==, 201);
  g_assert_cmpuint (plan->total.staffed, ==, 1000);
  g_assert_cmpuint (plan->total.left[4], ==, 1000);
  g_assert_cmpuint (plan->total.left[5], ==, 0);
}

static void
test_says_the_same (void)
{
  g_autoptr (TdStaffPlan) plan = NULL;
  g_autoptr (TdStaffPlan) same = NULL;
  g_autoptr (TdStaffPlan) other = NULL;
  TdSnapshotBuilder *builders[] = { begin (NULL, 0), begin (NULL, 0), begin (NULL, 0) };

  for (guint i = 0; i < 3; i++)
    add_agent (builders[i], TD_PLACE_HOME, "U", i < 2 ? TD_AGENT_STATE_AVAILABLE : TD_AGENT_STATE_PAUSED, 8, 20);
  plan = make_plan (builders[0], 3);
  same = make_plan (builders[1], 3);
  other = make_plan (builders[2], 3);
  g_assert_true (td_staff_plan_equal (plan, same));
  g_assert_false (td_staff_plan_equal (plan, other));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/staff-plan/shifts-end-and-begin", test_shifts_end_and_begin);
  g_test_add_func ("/staff-plan/releases", test_releases);
  g_test_add_func ("/staff-plan/own-releases", test_own_releases);
  g_test_add_func ("/staff-plan/bounded", test_bounded);
  g_test_add_func ("/staff-plan/says-the-same", test_says_the_same);

  return g_test_run ();
}
