/* test-floor-edit.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <gio/gio.h>
#include <string.h>

#include "td-floor-edit.h"
#include "td-floor-plan-file.h"

static TdFloorEdit *
begin (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TdFloorPlan) plan = td_floor_plan_load (TD_FLOOR_PLANS "/3-tai-cho.json", &error);

  g_assert_no_error (error);

  return td_floor_edit_new (plan);
}

static char *
write_plan (TdFloorEdit *edit)
{
  return td_floor_plan_to_json (td_floor_edit_get_plan (edit));
}

static GPtrArray *
new_items (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify)td_floor_item_unref);
}

static GPtrArray *
pick_some (TdFloorEdit *edit,
           gint32       n)
{
  TdFloorPlan *plan = td_floor_edit_get_plan (edit);
  GPtrArray   *items = new_items ();

  while (n-- > 0 && td_floor_plan_get_n_items (plan) > 0)
    {
      TdFloorItem *item = td_floor_plan_get_item (plan, (guint)g_test_rand_int_range (0, (gint32)td_floor_plan_get_n_items (plan)));

      if (!g_ptr_array_find (items, item, NULL))
        g_ptr_array_add (items, td_floor_item_ref (item));
    }

  return items;
}

static TdFloorItem *
pick_seat (TdFloorEdit *edit)
{
  TdFloorPlan *plan = td_floor_edit_get_plan (edit);

  for (guint i = (guint)g_test_rand_int_range (0, 64); i < td_floor_plan_get_n_items (plan); i++)
    {
      if (td_floor_item_get_info (td_floor_plan_get_item (plan, i))->kind == TD_FLOOR_SEAT)
        return td_floor_plan_get_item (plan, i);
    }

  return NULL;
}

/* Any edit with any numbers: done or refused. */
static void
edit_at_random (TdFloorEdit *edit)
{
  static const char *const names[] = { "A1", "Z", "Phòng \"mới\"", "", "A\n2" };
  static const char *const agents[] = { "a0001", "a0002", NULL, "" };
  const char              *name = names[g_test_rand_int_range (0, G_N_ELEMENTS (names))];
  int                      x = g_test_rand_int_range (-5, 130);
  int                      y = g_test_rand_int_range (-5, 90);
  g_autoptr (GPtrArray) some = pick_some (edit, g_test_rand_int_range (1, 6));
  g_autoptr (GError) error = NULL;
  gboolean done = TRUE;

  switch (g_test_rand_int_range (0, 8))
    {
    case 0:
      {
        TdFloorItemInfo info = { .kind = (TdFloorKind)g_test_rand_int_range (0, TD_N_FLOOR_KINDS), .name = name, .x = x, .y = y };

        info.width = g_test_rand_int_range (-3, 40);
        info.height = g_test_rand_int_range (-3, 40);
        if (info.kind == TD_FLOOR_DESK || info.kind == TD_FLOOR_SEAT)
          info.rotation = (guint)g_test_rand_int_range (0, 4);
        done = td_floor_edit_add (edit, &info, 1, some, &error);
        break;
      }

    case 1:
      done = td_floor_edit_add_row (edit, x, y, (guint)g_test_rand_int_range (0, 9), name, g_test_rand_bit (), some, &error);
      break;

    case 2:
      done = td_floor_edit_move (edit, some, x, y, &error);
      g_assert_true (done);
      break;

    case 3:
      done = td_floor_edit_turn (edit, some, &error);
      break;

    case 4:
      done = td_floor_edit_remove (edit, some, &error);
      g_assert_true (done);
      break;

    case 5:
      {
        TdFloorItem *seat = pick_seat (edit);

        done = seat == NULL || td_floor_edit_assign (edit, seat, agents[g_test_rand_int_range (0, G_N_ELEMENTS (agents))], &error);
        break;
      }

    case 6:
      {
        TdFloorPlanInfo info = *td_floor_plan_get_info (td_floor_edit_get_plan (edit));

        info.name = name;
        info.width = x + 20;
        done = td_floor_edit_set_info (edit, &info, &error);
        break;
      }

    default:
      if (some->len > 0)
        {
          TdFloorItemInfo info = *td_floor_item_get_info (g_ptr_array_index (some, 0));

          g_ptr_array_set_size (some, 1);
          info.name = name;
          info.x = x;
          done = td_floor_edit_replace (edit, some, &info, &error);
        }
      break;
    }

  g_assert_cmpint (done, ==, error == NULL);
  if (error != NULL)
    g_assert_cmpstr (error->message, !=, "");
}

/* Whatever was done can be read again, and undone to the byte. */
static void
test_any_edits_undo_to_the_byte (void)
{
  for (guint round = 0; round < 30; round++)
    {
      g_autoptr (TdFloorEdit) edit = begin ();
      g_autoptr (GPtrArray) versions = g_ptr_array_new_with_free_func (g_free);
      guint at = 0;

      g_ptr_array_add (versions, write_plan (edit));
      for (guint i = 0; i < 60; i++)
        {
          TdFloorPlan     *before = td_floor_edit_get_plan (edit);
          g_autofree char *now = NULL;
          g_autoptr (TdFloorPlan) again = NULL;
          g_autoptr (GError) error = NULL;

          edit_at_random (edit);
          if (td_floor_edit_get_plan (edit) == before)
            continue;
          now = write_plan (edit);
          again = td_floor_plan_parse (now, strlen (now), &error);
          g_assert_no_error (error);
          g_ptr_array_add (versions, g_steal_pointer (&now));
        }
      g_assert_cmpuint (versions->len, >, 5);

      for (at = versions->len - 1; td_floor_edit_can_undo (edit); at--)
        {
          g_autofree char *now = write_plan (edit);

          g_assert_cmpstr (now, ==, g_ptr_array_index (versions, at));
          td_floor_edit_undo (edit);
        }
      g_assert_cmpuint (at, ==, 0);
      g_assert_false (td_floor_edit_is_modified (edit));
      for (at = 0; at < versions->len; at++)
        {
          g_autofree char *now = write_plan (edit);

          g_assert_cmpstr (now, ==, g_ptr_array_index (versions, at));
          td_floor_edit_redo (edit);
        }
      g_assert_false (td_floor_edit_can_redo (edit));
    }
}

static void
test_edit_after_undo_forgets_what_was_undone (void)
{
  g_autoptr (TdFloorEdit) edit = begin ();
  g_autoptr (GPtrArray) some = new_items ();
  g_autoptr (GError) error = NULL;

  g_ptr_array_add (some, td_floor_item_ref (td_floor_plan_get_item (td_floor_edit_get_plan (edit), 0)));
  g_assert_true (td_floor_edit_add_row (edit, 2, 70, 3, "E1", FALSE, NULL, &error) == FALSE);
  g_clear_error (&error);
  g_assert_true (td_floor_edit_add_row (edit, 2, 60, 3, "E1", FALSE, NULL, &error));
  td_floor_edit_undo (edit);
  g_assert_true (td_floor_edit_can_redo (edit));
  g_assert_true (td_floor_edit_remove (edit, some, &error));
  g_assert_false (td_floor_edit_can_redo (edit));
}

static void
test_row_counts_up_and_skips_taken_names (void)
{
  g_autoptr (TdFloorEdit) edit = begin ();
  g_autoptr (GPtrArray) added = new_items ();
  g_autoptr (GError) error = NULL;
  static const char *const expected[] = { "A9", "A10", "A11" };
  guint                    n = 0;

  g_assert_true (td_floor_edit_add_row (edit, 2, 30, 3, "A7", TRUE, added, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (added->len, ==, 6);
  for (guint i = 0; i < added->len; i++)
    {
      const TdFloorItemInfo *info = td_floor_item_get_info (g_ptr_array_index (added, i));

      g_assert_true (td_floor_edit_holds (edit, g_ptr_array_index (added, i)));
      if (info->kind == TD_FLOOR_SEAT)
        {
          g_assert_cmpstr (info->name, ==, expected[n++]);
          g_assert_cmpint (info->y, ==, 30);
          g_assert_cmpuint (info->rotation, ==, 2);
        }
    }
  g_assert_cmpuint (n, ==, 3);
}

static void
test_refusals_are_in_words_and_change_nothing (void)
{
  g_autoptr (TdFloorEdit) edit = begin ();
  TdFloorPlan    *before = td_floor_edit_get_plan (edit);
  TdFloorItemInfo info = { .kind = TD_FLOOR_SEAT, .name = "A1", .x = 60, .y = 60 };
  g_autoptr (GError) error = NULL;

  g_assert_false (td_floor_edit_add (edit, &info, 1, NULL, &error));
  g_assert_cmpstr (error->message, ==, "There is a seat “A1” already.");
  g_clear_error (&error);

  info.name = "New";
  info.x = 120;
  g_assert_false (td_floor_edit_add (edit, &info, 1, NULL, &error));
  g_assert_cmpstr (error->message, ==, "“New” would stick out of the plan.");
  g_assert_true (td_floor_edit_get_plan (edit) == before);
  g_assert_false (td_floor_edit_can_undo (edit));
}

static void
test_moving_stops_at_the_edge (void)
{
  g_autoptr (TdFloorEdit) edit = begin ();
  g_autoptr (GPtrArray) some = new_items ();
  g_autoptr (GError) error = NULL;
  guint index;

  g_assert_true (td_floor_plan_find_seat (td_floor_edit_get_plan (edit), "A1", &index));
  g_ptr_array_add (some, td_floor_item_ref (td_floor_plan_get_item (td_floor_edit_get_plan (edit), index)));
  g_assert_true (td_floor_edit_move (edit, some, -500, 500, &error));
  g_assert_cmpint (td_floor_item_get_info (g_ptr_array_index (some, 0))->x, ==, 0);
  g_assert_cmpint (td_floor_item_get_info (g_ptr_array_index (some, 0))->y, ==, 74);
}

static void
test_an_agent_has_one_seat (void)
{
  g_autoptr (TdFloorEdit) edit = begin ();
  g_autoptr (GError) error = NULL;
  TdAgentInfo agent = { .id = "a1" };
  guint       first, second, index;

  g_assert_true (td_floor_plan_find_seat (td_floor_edit_get_plan (edit), "A1", &first));
  g_assert_true (td_floor_plan_find_seat (td_floor_edit_get_plan (edit), "B1", &second));
  g_assert_true (td_floor_edit_assign (edit, td_floor_plan_get_item (td_floor_edit_get_plan (edit), first), "a1", &error));
  g_assert_true (td_floor_edit_assign (edit, td_floor_plan_get_item (td_floor_edit_get_plan (edit), second), "a1", &error));
  g_assert_true (td_floor_plan_find_agent (td_floor_edit_get_plan (edit), &agent, &index));
  g_assert_cmpuint (index, ==, second);
  g_assert_null (td_floor_item_get_info (td_floor_plan_get_item (td_floor_edit_get_plan (edit), first))->agent);

  td_floor_edit_undo (edit);
  g_assert_true (td_floor_plan_find_agent (td_floor_edit_get_plan (edit), &agent, &index));
  g_assert_cmpuint (index, ==, first);
}

static void
test_saved_is_not_modified (void)
{
  g_autoptr (TdFloorEdit) edit = begin ();
  g_autoptr (GError) error = NULL;

  g_assert_true (td_floor_edit_add_row (edit, 2, 60, 3, "E1", FALSE, NULL, &error));
  g_assert_true (td_floor_edit_is_modified (edit));
  td_floor_edit_mark_saved (edit);
  g_assert_false (td_floor_edit_is_modified (edit));
  td_floor_edit_undo (edit);
  g_assert_true (td_floor_edit_is_modified (edit));
  td_floor_edit_redo (edit);
  g_assert_false (td_floor_edit_is_modified (edit));
}

static void
test_steps_are_bounded (void)
{
  g_autoptr (TdFloorEdit) edit = begin ();
  g_autoptr (GPtrArray) some = new_items ();
  g_autoptr (GError) error = NULL;
  guint n = 0;

  g_ptr_array_add (some, td_floor_item_ref (td_floor_plan_get_item (td_floor_edit_get_plan (edit), 60)));
  for (guint i = 0; i < TD_FLOOR_EDIT_MAX_STEPS + 50; i++)
    g_assert_true (td_floor_edit_move (edit, some, i % 2 == 0 ? 1 : -1, 0, &error));
  while (td_floor_edit_can_undo (edit))
    {
      td_floor_edit_undo (edit);
      n++;
    }
  g_assert_cmpuint (n, ==, TD_FLOOR_EDIT_MAX_STEPS);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/floor-edit/any-edits-undo-to-the-byte", test_any_edits_undo_to_the_byte);
  g_test_add_func ("/floor-edit/edit-after-undo-forgets-what-was-undone", test_edit_after_undo_forgets_what_was_undone);
  g_test_add_func ("/floor-edit/row-counts-up-and-skips-taken-names", test_row_counts_up_and_skips_taken_names);
  g_test_add_func ("/floor-edit/refusals-are-in-words-and-change-nothing", test_refusals_are_in_words_and_change_nothing);
  g_test_add_func ("/floor-edit/moving-stops-at-the-edge", test_moving_stops_at_the_edge);
  g_test_add_func ("/floor-edit/an-agent-has-one-seat", test_an_agent_has_one_seat);
  g_test_add_func ("/floor-edit/saved-is-not-modified", test_saved_is_not_modified);
  g_test_add_func ("/floor-edit/steps-are-bounded", test_steps_are_bounded);

  return g_test_run ();
}
