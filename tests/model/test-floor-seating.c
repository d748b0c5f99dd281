/* test-floor-seating.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-floor-seating.h"

/* Room 0 is for lunch, room 1 for sleep; seats A1, A2, A3 are items 2, 3, 4. */
static TdFloorPlan *
make_plan (void)
{
  static const char *const lunch[] = { "Lunch" };
  const TdFloorItemInfo    infos[] = {
       { .kind = TD_FLOOR_ROOM, .width = 9, .height = 9, .name = "Dining", .use = TD_FLOOR_USE_DINING, .pauses = lunch, .n_pauses = 1 },
       { .kind = TD_FLOOR_ROOM, .x = 9, .width = 9, .height = 9, .name = "Sleep", .use = TD_FLOOR_USE_SLEEP },
       { .kind = TD_FLOOR_SEAT, .y = 20, .name = "A1" },
       { .kind = TD_FLOOR_SEAT, .x = 10, .y = 20, .name = "A2", .agent = "moved" },
       { .kind = TD_FLOOR_SEAT, .x = 20, .y = 20, .name = "A3" },
  };
  const TdFloorPlanInfo info = {
    .name = "Hall",
    .width = 40,
    .height = 30,
    .cell_cm = 25,
    .seat_width = 8,
    .seat_height = 5,
    .places = 1u << TD_PLACE_ON_SITE,
  };
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func ((GDestroyNotify)td_floor_item_unref);

  for (guint i = 0; i < G_N_ELEMENTS (infos); i++)
    g_ptr_array_add (items, td_floor_item_new (&infos[i]));

  return td_floor_plan_new (&info, items);
}

typedef struct
{
  const char  *id;
  const char  *seat;
  TdAgentState state;
  const char  *reason;
  TdPlace      place;
} Person;

static TdFloorSeating *
seat (const Person *people,
      guint         n_people)
{
  g_autoptr (TdFloorPlan) plan = make_plan ();
  g_autoptr (TdCentre) centre = td_centre_new ();
  g_autoptr (TdSnapshot) snapshot = NULL;
  g_autoptr (GError) error = NULL;
  TdSnapshotBuilder *builder = td_snapshot_builder_new ();

  td_snapshot_builder_set_revision (builder, 1, "test");
  for (guint i = 0; i < n_people; i++)
    {
      TdAgentInfo info;

      td_agent_info_init (&info);
      info.id = people[i].id;
      info.seat = people[i].seat;
      info.state = people[i].state;
      info.reason = people[i].reason;
      info.place = people[i].place;
      td_snapshot_builder_add_agent (builder, &info);
    }
  snapshot = td_snapshot_builder_end (builder);
  td_centre_apply (centre, snapshot, &error);
  g_assert_no_error (error);

  return td_floor_seating_new (plan, td_centre_get_agents (centre));
}

static void
check (TdFloorSeating *seating,
       guint           index,
       TdFloorWhere    where,
       guint           item,
       const char     *agent)
{
  const TdFloorStand *stand;

  g_assert_cmpuint (index, <, seating->stands->len);
  stand = &g_array_index (seating->stands, TdFloorStand, index);
  g_assert_cmpint (stand->where, ==, where);
  g_assert_cmpuint (stand->item, ==, item);
  g_assert_cmpstr (stand->agent != NULL ? td_agent_get_id (stand->agent) : NULL, ==, agent);
}

#define stand_at(seating, i) g_array_index ((seating)->stands, TdFloorStand, i)

static void
test_nobody_is_dropped (void)
{
  static const Person people[] = {
    { "seated", "A1", TD_AGENT_STATE_ON_CALL, NULL, TD_PLACE_ON_SITE },
    { "lost", "Q9", TD_AGENT_STATE_AVAILABLE, NULL, TD_PLACE_ON_SITE },
    { "home", NULL, TD_AGENT_STATE_AVAILABLE, NULL, TD_PLACE_HOME },
    { "guest", "A3", TD_AGENT_STATE_AVAILABLE, NULL, TD_PLACE_PARTNER },
  };
  g_autoptr (TdFloorSeating) seating = seat (people, G_N_ELEMENTS (people));

  g_assert_cmpuint (seating->stands->len, ==, 4);
  check (seating, 0, TD_FLOOR_ON_SEAT, 2, "seated");
  check (seating, 1, TD_FLOOR_ON_SEAT, 3, NULL);
  check (seating, 2, TD_FLOOR_ON_SEAT, 4, "guest");
  check (seating, 3, TD_FLOOR_BESIDE, G_MAXUINT, "lost");
  g_assert_cmpuint (seating->n_free, ==, 1);
  g_assert_cmpuint (seating->n_beside, ==, 1);
  g_assert_cmpuint (seating->n_elsewhere, ==, 1);
  g_assert_cmpuint (seating->n_contested, ==, 0);
}

static void
test_two_on_one_seat_are_both_there (void)
{
  static const Person people[] = {
    { "off", "A1", TD_AGENT_STATE_OFFLINE, NULL, TD_PLACE_OFFICE },
    { "first", "A1", TD_AGENT_STATE_ON_CALL, NULL, TD_PLACE_ON_SITE },
    { "second", "A1", TD_AGENT_STATE_AVAILABLE, NULL, TD_PLACE_ON_SITE },
  };
  g_autoptr (TdFloorSeating) seating = seat (people, G_N_ELEMENTS (people));

  check (seating, 0, TD_FLOOR_ON_SEAT, 2, "first");
  check (seating, 1, TD_FLOOR_ON_SEAT, 2, "second");
  check (seating, 2, TD_FLOOR_ON_SEAT, 2, "off");
  for (guint i = 0; i < 3; i++)
    {
      g_assert_cmpuint (stand_at (seating, i).part, ==, i);
      g_assert_cmpuint (stand_at (seating, i).n_parts, ==, 3);
      g_assert_cmpint (stand_at (seating, i).is_contested, ==, i < 2);
    }
  g_assert_cmpuint (seating->n_contested, ==, 1);
}

/* The crews of the day and of the night share their seats, which is no strife. */
static void
test_who_is_off_duty_on_site_sleeps (void)
{
  static const Person people[] = {
    { "night", "A1", TD_AGENT_STATE_OFFLINE, NULL, TD_PLACE_ON_SITE },
    { "day", "A1", TD_AGENT_STATE_WRAP_UP, NULL, TD_PLACE_ON_SITE },
    { "no-seat", NULL, TD_AGENT_STATE_OFFLINE, NULL, TD_PLACE_ON_SITE },
  };
  g_autoptr (TdFloorSeating) seating = seat (people, G_N_ELEMENTS (people));

  g_assert_cmpuint (seating->stands->len, ==, 5);
  check (seating, 0, TD_FLOOR_ON_SEAT, 2, "day");
  g_assert_cmpuint (stand_at (seating, 0).n_parts, ==, 1);
  g_assert_false (stand_at (seating, 0).is_contested);
  check (seating, 3, TD_FLOOR_IN_ROOM, 1, "night");
  check (seating, 4, TD_FLOOR_IN_ROOM, 1, "no-seat");
  g_assert_cmpuint (stand_at (seating, 3).seat, ==, 2);
  g_assert_cmpuint (stand_at (seating, 4).seat, ==, G_MAXUINT);
}

static void
test_who_pauses_is_away_from_the_seat (void)
{
  static const Person people[] = {
    { "eats", "A1", TD_AGENT_STATE_PAUSED, "Lunch", TD_PLACE_ON_SITE },
    { "rests", "A3", TD_AGENT_STATE_PAUSED, "Break", TD_PLACE_ON_SITE },
  };
  g_autoptr (TdFloorSeating) seating = seat (people, G_N_ELEMENTS (people));

  check (seating, 0, TD_FLOOR_ON_SEAT, 2, "eats");
  g_assert_true (stand_at (seating, 0).is_left);
  check (seating, 2, TD_FLOOR_ON_SEAT, 4, "rests");
  g_assert_true (stand_at (seating, 2).is_away);
  g_assert_false (stand_at (seating, 2).is_left);
  check (seating, 3, TD_FLOOR_IN_ROOM, 0, "eats");
  g_assert_cmpuint (seating->n_free, ==, 1);
}

static void
test_plan_moves_an_agent (void)
{
  static const Person people[] = {
    { "moved", "A1", TD_AGENT_STATE_AVAILABLE, NULL, TD_PLACE_ON_SITE },
    { "stays", "A2", TD_AGENT_STATE_AVAILABLE, NULL, TD_PLACE_ON_SITE },
  };
  g_autoptr (TdFloorSeating) seating = seat (people, G_N_ELEMENTS (people));

  check (seating, 0, TD_FLOOR_ON_SEAT, 2, NULL);
  check (seating, 1, TD_FLOOR_ON_SEAT, 3, "moved");
  check (seating, 2, TD_FLOOR_ON_SEAT, 3, "stays");
  g_assert_cmpuint (seating->n_contested, ==, 1);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/floor-seating/nobody-is-dropped", test_nobody_is_dropped);
  g_test_add_func ("/floor-seating/two-on-one-seat-are-both-there", test_two_on_one_seat_are_both_there);
  g_test_add_func ("/floor-seating/who-is-off-duty-on-site-sleeps", test_who_is_off_duty_on_site_sleeps);
  g_test_add_func ("/floor-seating/who-pauses-is-away-from-the-seat", test_who_pauses_is_away_from_the_seat);
  g_test_add_func ("/floor-seating/plan-moves-an-agent", test_plan_moves_an_agent);

  return g_test_run ();
}
