/* test-floor-plan.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>

#include "td-floor-plan-file.h"
#include "td-test-home.h"

#define HEAD "{\n  \"format\": 1,\n  \"name\": \"Hall\",\n  \"width\": 40,\n  \"height\": 30"

static TdFloorPlan *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  TdFloorPlan *plan = td_floor_plan_parse (text, strlen (text), &error);

  g_assert_no_error (error);

  return plan;
}

static void
test_examples_are_written_as_they_were_read (void)
{
  static const char *const names[] = { "3-tai-cho.json", "van-phong.json" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *path = g_build_filename (TD_FLOOR_PLANS, names[i], NULL);
      g_autofree char *text = NULL;
      g_autofree char *written = NULL;
      g_autoptr (TdFloorPlan) plan = td_floor_plan_load (path, &error);

      g_assert_no_error (error);
      g_assert_cmpuint (td_floor_plan_count (plan, TD_FLOOR_SEAT), >=, 32);
      g_file_get_contents (path, &text, NULL, &error);
      g_assert_no_error (error);
      written = td_floor_plan_to_json (plan);
      g_assert_cmpstr (written, ==, text);
    }
}

static void
test_everything_comes_back (void)
{
  g_autoptr (TdFloorPlan) plan = parse (
    HEAD ",\"cell_cm\": 50, \"seat_width\": 6, \"seat_height\": 4, \"places\": [\"home\", \"office\"], \"underlay\": \"p/a.svg\","
         "\"rooms\": [{\"name\": \"\", \"points\": [{\"x\": 2, \"y\": 3}, {\"x\": 9, \"y\": 3}, {\"x\": 9, \"y\": 8}]},"
         "{\"name\": \"Phòng “ăn”\", \"use\": \"dining\", \"x\": 0, \"y\": 0, \"width\": 40, \"height\": 30, \"pauses\": [\"Ăn trưa\"]}],"
         "\"walls\": [{\"x1\": 40, \"y1\": 30, \"x2\": 0, \"y2\": 1}],"
         "\"desks\": [{\"name\": \"D\", \"x\": 35, \"y\": 0, \"width\": 30, \"height\": 5, \"rotation\": 90}],"
         "\"seats\": [{\"id\": \"A1\", \"x\": 34, \"y\": 26, \"rotation\": 270, \"agent\": \"a7\"}],"
         "\"labels\": [{\"text\": \"cửa\", \"x\": 40, \"y\": 30}]}");
  g_autofree char *once = td_floor_plan_to_json (plan);
  g_autoptr (TdFloorPlan) again = parse (once);
  g_autofree char            *twice = td_floor_plan_to_json (again);
  const TdFloorPlanInfo      *info = td_floor_plan_get_info (again);
  g_autofree TdFloorItemInfo *items = g_new (TdFloorItemInfo, 6);

  g_assert_cmpstr (once, ==, twice);
  g_assert_cmpint (info->cell_cm, ==, 50);
  g_assert_cmpuint (info->places, ==, 1u << TD_PLACE_HOME | 1u << TD_PLACE_OFFICE);
  g_assert_cmpstr (info->underlay, ==, "p/a.svg");
  g_assert_cmpuint (td_floor_plan_get_n_items (again), ==, 6);
  for (guint i = 0; i < 6; i++)
    items[i] = *td_floor_item_get_info (td_floor_plan_get_item (again, i));

  g_assert_cmpint (items[0].x, ==, 2);
  g_assert_cmpint (items[0].height, ==, 5);
  g_assert_cmpint (items[0].points[2].x, ==, 7);
  g_assert_cmpint (items[1].use, ==, TD_FLOOR_USE_DINING);
  g_assert_cmpstr (items[1].pauses[0], ==, "Ăn trưa");
  g_assert_cmpint (items[2].width, ==, -40);
  g_assert_cmpuint (items[3].rotation, ==, 1);
  g_assert_cmpstr (items[4].agent, ==, "a7");
  g_assert_cmpuint (items[4].rotation, ==, 3);
  g_assert_cmpstr (items[5].name, ==, "cửa");
}

/* Who maintains a plan by hand is told where to look. */
static void
test_errors_name_the_line_and_the_field (void)
{
  static const struct
  {
    const char *rest;
    const char *message;
  } cases[] = {
    { ",\n  \"seats\": [\n    {\"id\": \"A1\", \"x\": 1,\n     \"y\": \"2\"}]}", "line 8: seats[0].y: a number is needed, not a string" },
    { ",\n  \"seats\": [\n    {\"id\": \"A1\", \"x\": 1, \"y\": 2},\n    {\"id\": \"A1\", \"x\": 9, \"y\": 9}\n  ]}", "line 8: seats[1].id: \"A1\" is already seats[0].id" },
    { ",\n  \"seats\": [\n    {\"id\": \"A1\", \"x\": 1, \"y\": 2, \"agent\": \"a\"},\n    {\"id\": \"A2\", \"x\": 9, \"y\": 9, \"agent\": \"a\"}\n  ]}", "line 8: seats[1].agent: \"a\" is already seats[0].agent" },
    { ",\n  \"seats\": [\n    {\"id\": \"A1\", \"x\": 1}]}", "line 7: seats[0].y: missing" },
    { ",\n  \"seats\": [\n    {\"id\": \"A1\", \"x\": 33, \"y\": 0}]}", "line 7: seats[0]: sticks out of the plan of 40 × 30 cells" },
    { ",\n  \"desks\": [\n    {\"x\": 0, \"y\": 0, \"width\": 3, \"height\": 3,\n     \"rotation\": 45}]}", "line 8: desks[0].rotation: 45 is none of 0, 90, 180 and 270" },
    { ",\n  \"walls\": [\n\n    {\"x1\": 0, \"y1\": 0, \"x2\": 0, \"y2\": 0}]}", "line 8: walls[0]: the wall ends where it begins" },
    { ",\n  \"rooms\": [\n    {\"name\": \"a\",\n     \"use\": \"zoo\", \"x\": 0, \"y\": 0, \"width\": 1, \"height\": 1}]}", "line 8: rooms[0].use: \"zoo\" is no use of a room that this version knows" },
    { ",\n  \"rooms\": [\n    {\"name\": \"a\", \"points\": [{\"x\": 0, \"y\": 0}, {\"x\": 0, \"y\": 1},\n      {\"x\": -1, \"y\": 1}]}]}", "line 8: rooms[0].points[2].x: -1 is out of the range 0 … 1000" },
    { ",\n  \"rooms\": [\n    {\"name\": \"a\", \"points\": [{\"x\": 0, \"y\": 0}, {\"x\": 0, \"y\": 1}, {\"x\": 0, \"y\": 2}]}]}", "line 7: rooms[0].points: the corners lie on one line" },
    { ",\n  \"rooms\": [\n    {\"name\": \"a\", \"x\": 0,\n \"points\": []}]}", "line 7: rooms[0].x: a room has either corners or sides" },
    { ",\n  \"labels\": [{\"text\": \"a\", \"x\": 0, \"y\": 0,\n\n    \"colour\": 1}]}", "line 8: labels[0].colour: \"colour\" is no field of a floor plan that this version knows" },
    { ",\n  \"windows\": []}", "line 6: windows: \"windows\" is no field of a floor plan that this version knows" },
    { ",\n  \"a.b\": []}", "line 1: \"a.b\" is no field of a floor plan that this version knows" },
    { ",\n  \"underlay\": \"../../etc/passwd\"}", "line 6: underlay: the picture has to be beside the plan or in a folder there" },
    { ",\n  \"places\": [\"office\",\n \"moon\"]}", "line 7: places[1]: \"moon\" is no place of work that this version knows" },
    { ",\n  \"seats\": {}}", "line 6: seats: an array is needed, not an object" },
    { ",\n  \"seats\": [,]}", "This is no JSON: line 6, column 13: *" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *text = g_strconcat (HEAD, cases[i].rest, NULL);
      g_autoptr (TdFloorPlan) plan = td_floor_plan_parse (text, strlen (text), &error);

      g_assert_null (plan);
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
      if (!g_pattern_match_simple (cases[i].message, error->message))
        g_assert_cmpstr (error->message, ==, cases[i].message);
    }
}

static void
test_another_format_is_refused (void)
{
  static const char text[] = "{\"name\": \"a\", \"width\": 1, \"height\": 1,\n\"format\": 2}";
  g_autoptr (GError) error = NULL;

  g_assert_null (td_floor_plan_parse (text, strlen (text), &error));
  g_assert_cmpstr (error->message, ==, "line 2: format: 2 is out of the range 1 … 1");
}

static void
test_too_many_seats_are_refused (void)
{
  g_autoptr (GString) text = g_string_new (HEAD ", \"seats\": [");
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i <= TD_FLOOR_MAX_SEATS; i++)
    g_string_append_printf (text, "%s{\"id\": \"%u\", \"x\": 0, \"y\": 0}", i > 0 ? "," : "", i);
  g_string_append (text, "]}");

  g_assert_null (td_floor_plan_parse (text->str, text->len, &error));
  g_assert_nonnull (strstr (error->message, "seats: 5001 elements, and 5000 are allowed"));
}

/* What the plan says of an agent goes before what the source says. */
static void
test_plan_seats_an_agent_before_the_source (void)
{
  g_autoptr (TdFloorPlan) plan = parse (HEAD ", \"places\": [\"office\"], \"seats\": [{\"id\": \"A1\", \"x\": 0, \"y\": 0},"
                                             "{\"id\": \"A2\", \"x\": 0, \"y\": 9, \"agent\": \"a7\"}]}");
  TdAgentInfo agent = { .id = "a7", .seat = "A1", .place = TD_PLACE_HOME };
  guint       index;

  g_assert_true (td_floor_plan_find_agent (plan, &agent, &index));
  g_assert_cmpuint (index, ==, 1);
  g_assert_false (td_floor_plan_expects (plan, &agent));

  agent.id = "a8";
  agent.place = TD_PLACE_OFFICE;
  g_assert_true (td_floor_plan_find_agent (plan, &agent, &index));
  g_assert_cmpuint (index, ==, 0);
  g_assert_true (td_floor_plan_expects (plan, &agent));

  agent.seat = NULL;
  g_assert_false (td_floor_plan_find_agent (plan, &agent, &index));
}

static void
test_saving_is_all_or_nothing (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TdFloorPlan) plan = parse (HEAD "}");
  g_autoptr (TdFloorPlan) loaded = NULL;
  g_autofree char *folder = td_floor_plan_get_folder ();
  g_autofree char *path = g_build_filename (folder, "hall.json", NULL);
  g_autofree char *under_file = g_build_filename (path, "deeper", "x.json", NULL);

  g_assert_true (td_floor_plan_save (plan, path, &error));
  g_assert_no_error (error);
  loaded = td_floor_plan_load (path, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (td_floor_plan_get_info (loaded)->name, ==, "Hall");

  g_assert_false (td_floor_plan_save (plan, under_file, &error));
  g_assert_nonnull (error);
  g_assert_nonnull (strstr (error->message, path));
}

static void
test_own_plans_come_first_and_hide_those_that_came_along (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TdFloorPlan) plan = parse (HEAD "}");
  g_autofree char *folder = td_floor_plan_get_folder ();
  g_autofree char *mine = g_build_filename (folder, "van-phong.json", NULL);
  g_autofree char *given = g_build_filename (TD_FLOOR_PLANS, "3-tai-cho.json", NULL);
  g_auto (GStrv) paths = NULL;

  g_assert_true (td_floor_plan_save (plan, mine, &error));
  paths = td_floor_plan_list ();
  g_assert_cmpuint (g_strv_length (paths), ==, 2);
  g_assert_cmpstr (paths[0], ==, mine);
  g_assert_cmpstr (paths[1], ==, given);
}

static void
test_bad_file_is_named (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = td_floor_plan_get_folder ();
  g_autofree char *path = g_build_filename (folder, "bad.json", NULL);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, HEAD ", \"cell_cm\": 0}", -1, &error));
  g_assert_null (td_floor_plan_load (path, &error));
  g_assert_true (g_str_has_prefix (error->message, path));
  g_assert_nonnull (strstr (error->message, "line 5: cell_cm: 0 is out of the range 1 … 1000"));
  g_clear_error (&error);

  g_assert_null (td_floor_plan_load (folder, &error));
  g_assert_true (g_str_has_prefix (error->message, folder));
}

int
main (int    argc,
      char **argv)
{
  test_home_init ();
  g_setenv ("TONGDAI_FLOOR_PLANS", TD_FLOOR_PLANS, TRUE);
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/floor-plan/examples-are-written-as-they-were-read", test_examples_are_written_as_they_were_read);
  g_test_add_func ("/floor-plan/everything-comes-back", test_everything_comes_back);
  g_test_add_func ("/floor-plan/errors-name-the-line-and-the-field", test_errors_name_the_line_and_the_field);
  g_test_add_func ("/floor-plan/another-format-is-refused", test_another_format_is_refused);
  g_test_add_func ("/floor-plan/too-many-seats-are-refused", test_too_many_seats_are_refused);
  g_test_add_func ("/floor-plan/plan-seats-an-agent-before-the-source", test_plan_seats_an_agent_before_the_source);
  test_home_add_func ("/floor-plan/saving-is-all-or-nothing", test_saving_is_all_or_nothing);
  test_home_add_func ("/floor-plan/own-plans-come-first-and-hide-those-that-came-along", test_own_plans_come_first_and_hide_those_that_came_along);
  test_home_add_func ("/floor-plan/bad-file-is-named", test_bad_file_is_named);

  return test_home_run ();
}
