/* test-floor-editor.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <adwaita.h>
#include <libintl.h>
#include <locale.h>
#include <string.h>

#include "td-floor-canvas.h"
#include "td-floor-editor.h"
#include "td-floor-form.h"
#include "td-floor-pick.h"
#include "td-floor-plan-file.h"
#include "td-simulation.h"
#include "td-test-home.h"

/* Friday 15 October 2021, 14:20 in the centre. */
#define START (G_GINT64_CONSTANT (1634282400) * G_USEC_PER_SEC)
#define HALL TD_DATA_DIR "/floor-plans/3-tai-cho.json"
#define OFFICE TD_DATA_DIR "/floor-plans/van-phong.json"

static TdCentre *
create_centre (void)
{
  TdSimulationOptions options = { .seed = 1, .start = START, .no_past = TRUE };
  g_autoptr (GError) error = NULL;
  g_autoptr (TdSimulation) simulation = td_simulation_new (&options, &error);
  g_autoptr (TdSnapshot) snapshot = NULL;
  TdCentre *centre = td_centre_new ();

  g_assert_no_error (error);
  snapshot = td_simulation_take_full (simulation);
  td_centre_apply (centre, snapshot, &error);
  g_assert_no_error (error);

  return centre;
}

static GtkWidget *
find (GtkWidget *widget,
      GType      type)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type))
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find (child, type);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static void
press (TdFloorCanvas  *canvas,
       guint           keyval,
       GdkModifierType state)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (GTK_WIDGET (canvas));

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);
      gboolean handled = FALSE;

      if (!GTK_IS_EVENT_CONTROLLER_KEY (controller))
        continue;
      g_signal_emit_by_name (controller, "key-pressed", keyval, 0, state, &handled);
      g_assert_true (handled);
    }
}

static TdFloorEditor *
open_editor (const char     *path,
             TdFloorCanvas **canvas)
{
  g_autoptr (TdCentre) centre = create_centre ();
  GtkWidget *window = td_floor_editor_new (centre, path);

  *canvas = TD_FLOOR_CANVAS (find (window, TD_TYPE_FLOOR_CANVAS));
  g_assert_nonnull (*canvas);
  gtk_window_present (GTK_WINDOW (window));
  while (gtk_widget_get_width (GTK_WIDGET (*canvas)) <= 1)
    g_main_context_iteration (NULL, TRUE);

  return TD_FLOOR_EDITOR (window);
}

static const TdFloorItemInfo *
get_selected (TdFloorCanvas *canvas)
{
  GPtrArray *selection = td_floor_canvas_get_selection (canvas);

  g_assert_cmpuint (selection->len, ==, 1);

  return td_floor_item_get_info (g_ptr_array_index (selection, 0));
}

static char *
write_plan (TdFloorEditor *editor)
{
  return td_floor_plan_to_json (td_floor_edit_get_plan (td_floor_editor_get_edit (editor)));
}

static void
test_keyboard_draws_moves_turns_and_undoes (void)
{
  TdFloorCanvas   *canvas;
  TdFloorEditor   *editor = open_editor (HALL, &canvas);
  g_autofree char *first = write_plan (editor);
  g_autofree char *last = NULL;

  for (guint i = 0; i < 10; i++)
    press (canvas, GDK_KEY_Down, GDK_SHIFT_MASK);
  press (canvas, GDK_KEY_Right, 0);
  td_floor_canvas_set_tool (canvas, TD_FLOOR_TOOL_DESK);
  press (canvas, GDK_KEY_Return, 0);
  g_assert_cmpint (get_selected (canvas)->kind, ==, TD_FLOOR_DESK);
  g_assert_cmpint (get_selected (canvas)->x, ==, 1);
  g_assert_cmpint (get_selected (canvas)->y, ==, 50);

  press (canvas, GDK_KEY_Escape, 0);
  g_assert_cmpint (td_floor_canvas_get_tool (canvas), ==, TD_FLOOR_TOOL_SELECT);
  press (canvas, GDK_KEY_Right, GDK_SHIFT_MASK);
  press (canvas, GDK_KEY_r, 0);
  g_assert_cmpint (get_selected (canvas)->x, ==, 6);
  g_assert_cmpuint (get_selected (canvas)->rotation, ==, 1);
  press (canvas, GDK_KEY_Delete, 0);
  g_assert_cmpuint (td_floor_canvas_get_selection (canvas)->len, ==, 0);

  for (guint i = 0; i < 4; i++)
    gtk_widget_activate_action (GTK_WIDGET (editor), "floor.undo", NULL);
  last = write_plan (editor);
  g_assert_cmpstr (first, ==, last);
  g_assert_false (td_floor_edit_is_modified (td_floor_editor_get_edit (editor)));
  gtk_window_destroy (GTK_WINDOW (editor));
}

static void
test_rows_and_seats_name_themselves (void)
{
  TdFloorCanvas *canvas;
  TdFloorEditor *editor = open_editor (NULL, &canvas);
  const char    *names[] = { "A1", "A2", "A3", "A4" };
  guint          index;
  g_autoptr (GError) error = NULL;
  g_autoptr (TdFloorPlan) again = NULL;

  td_floor_canvas_set_row (canvas, 3, FALSE);
  td_floor_canvas_set_tool (canvas, TD_FLOOR_TOOL_ROW);
  press (canvas, GDK_KEY_Return, 0);
  g_assert_cmpuint (td_floor_canvas_get_selection (canvas)->len, ==, 6);
  press (canvas, GDK_KEY_Down, GDK_SHIFT_MASK);
  td_floor_canvas_set_tool (canvas, TD_FLOOR_TOOL_SEAT);
  press (canvas, GDK_KEY_Return, 0);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_assert_true (td_floor_plan_find_seat (td_floor_edit_get_plan (td_floor_editor_get_edit (editor)), names[i], &index));

  g_assert_true (td_floor_editor_save (editor, &error));
  g_assert_no_error (error);
  g_assert_false (td_floor_edit_is_modified (td_floor_editor_get_edit (editor)));
  again = td_floor_plan_load (td_floor_editor_get_path (editor), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (td_floor_plan_count (again, TD_FLOOR_SEAT), ==, 4);
  gtk_window_destroy (GTK_WINDOW (editor));
}

/* A plan that came with the program becomes the user's own, with its picture. */
/* A click on a cell. */
static void
click (TdFloorCanvas *canvas,
       int            column,
       int            row)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (GTK_WIDGET (canvas));
  double cell = 8 * td_floor_canvas_get_zoom (canvas);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (!GTK_IS_GESTURE_DRAG (controller))
        continue;
      g_signal_emit_by_name (controller, "drag-begin", 16 + column * cell, 16 + row * cell);
      g_signal_emit_by_name (controller, "drag-end", 0.0, 0.0);
    }
}

static void
refused_cb (guint *n_refused)
{
  ++*n_refused;
}

static void
test_a_room_is_drawn_by_its_corners (void)
{
  static const TdFloorPoint corners[] = { { 0, 0 }, { 20, 0 }, { 20, 8 }, { 8, 8 }, { 8, 16 }, { 0, 16 } };
  TdFloorCanvas            *canvas;
  TdFloorEditor            *editor = open_editor (NULL, &canvas);
  g_autofree char          *before = write_plan (editor);
  g_autofree char          *after = NULL;
  g_autofree char          *drawn = NULL;
  g_autofree char          *redrawn = NULL;
  guint                     n_refused = 0;

  g_signal_connect_swapped (canvas, "refused", G_CALLBACK (refused_cb), &n_refused);
  td_floor_canvas_set_tool (canvas, TD_FLOOR_TOOL_OUTLINE);

  /* What is given up, or lies on one line, is no room. */
  click (canvas, 3, 3);
  click (canvas, 9, 3);
  press (canvas, GDK_KEY_Escape, 0);
  g_assert_cmpint (td_floor_canvas_get_tool (canvas), ==, TD_FLOOR_TOOL_OUTLINE);
  click (canvas, 3, 3);
  click (canvas, 9, 9);
  click (canvas, 12, 12);
  press (canvas, GDK_KEY_Return, 0);
  g_assert_cmpuint (n_refused, ==, 1);
  press (canvas, GDK_KEY_Escape, 0);
  after = write_plan (editor);
  g_assert_cmpstr (before, ==, after);

  /* A double click closes; a corner too many is taken back before. */
  for (guint i = 0; i < G_N_ELEMENTS (corners) - 1; i++)
    click (canvas, 10 + corners[i].x, 5 + corners[i].y);
  click (canvas, 40, 40);
  press (canvas, GDK_KEY_BackSpace, 0);
  click (canvas, 10, 21);
  click (canvas, 10, 21);
  g_assert_cmpint (get_selected (canvas)->kind, ==, TD_FLOOR_ROOM);
  g_assert_cmpint (get_selected (canvas)->x, ==, 10);
  g_assert_cmpint (get_selected (canvas)->y, ==, 5);
  g_assert_cmpint (get_selected (canvas)->width, ==, 20);
  g_assert_cmpint (get_selected (canvas)->height, ==, 16);
  g_assert_cmpuint (get_selected (canvas)->n_points, ==, G_N_ELEMENTS (corners));
  g_assert_cmpmem (get_selected (canvas)->points, sizeof corners, corners, sizeof corners);
  drawn = write_plan (editor);
  g_assert_nonnull (strstr (drawn, "\"points\""));

  /* One step back and forth, to the byte. */
  gtk_widget_activate_action (GTK_WIDGET (editor), "floor.undo", NULL);
  g_clear_pointer (&after, g_free);
  after = write_plan (editor);
  g_assert_cmpstr (before, ==, after);
  gtk_widget_activate_action (GTK_WIDGET (editor), "floor.redo", NULL);
  redrawn = write_plan (editor);
  g_assert_cmpstr (drawn, ==, redrawn);
  gtk_window_destroy (GTK_WINDOW (editor));
}

static void
test_saving_an_example_keeps_the_example (void)
{
  TdFloorCanvas   *canvas;
  TdFloorEditor   *editor = open_editor (OFFICE, &canvas);
  g_autofree char *own = td_floor_plan_get_folder ();
  g_autofree char *picture = g_build_filename (own, "van-phong.svg", NULL);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_get_contents (OFFICE, &before, NULL, NULL));
  press (canvas, GDK_KEY_Page_Down, 0);
  press (canvas, GDK_KEY_Delete, 0);
  g_assert_true (td_floor_editor_save (editor, &error));
  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (td_floor_editor_get_path (editor), own));
  g_assert_true (g_file_test (picture, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_get_contents (OFFICE, &after, NULL, NULL));
  g_assert_cmpstr (before, ==, after);
  gtk_window_destroy (GTK_WINDOW (editor));
}

static void
count_cb (guint *n)
{
  ++*n;
}

static void
test_an_agent_is_seated_and_the_seat_freed (void)
{
  TdFloorCanvas *canvas;
  TdFloorEditor *editor = open_editor (HALL, &canvas);
  TdFloorPlan   *plan = td_floor_edit_get_plan (td_floor_editor_get_edit (editor));
  g_autoptr (GPtrArray) seat = g_ptr_array_new ();
  guint n_refused = 0;
  guint index;

  g_signal_connect_swapped (canvas, "refused", G_CALLBACK (count_cb), &n_refused);
  g_assert_false (td_floor_canvas_assign (canvas, "a0001"));
  g_assert_cmpuint (n_refused, ==, 1);

  g_assert_true (td_floor_plan_find_seat (plan, "D8", &index));
  g_ptr_array_add (seat, td_floor_plan_get_item (plan, index));
  td_floor_canvas_select (canvas, seat);
  g_assert_true (td_floor_canvas_assign (canvas, "a0001"));
  g_assert_cmpstr (get_selected (canvas)->agent, ==, "a0001");
  g_assert_cmpstr (get_selected (canvas)->name, ==, "D8");
  g_assert_true (td_floor_canvas_assign (canvas, NULL));
  g_assert_null (get_selected (canvas)->agent);
  gtk_window_destroy (GTK_WINDOW (editor));
}

/* What is written in the form and not yet taken is saved too. */
static void
test_form_is_taken_when_the_plan_is_saved (void)
{
  TdFloorCanvas *canvas;
  TdFloorEditor *editor = open_editor (NULL, &canvas);
  GtkWidget     *form = find (GTK_WIDGET (editor), TD_TYPE_FLOOR_FORM);
  GtkWidget     *entry;
  g_autoptr (GError) error = NULL;

  td_floor_canvas_set_tool (canvas, TD_FLOOR_TOOL_ROOM);
  press (canvas, GDK_KEY_Return, 0);
  entry = find (form, ADW_TYPE_ENTRY_ROW);
  gtk_editable_set_text (GTK_EDITABLE (entry), "Phòng họp");
  g_assert_true (td_floor_editor_save (editor, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (get_selected (canvas)->name, ==, "Phòng họp");
  gtk_window_destroy (GTK_WINDOW (editor));
}

static GtkWidget *
find_question (TdFloorEditor *editor)
{
  g_autoptr (GListModel) windows = g_object_ref (gtk_window_get_toplevels ());

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (ADW_IS_MESSAGE_DIALOG (window) && gtk_window_get_transient_for (GTK_WINDOW (window)) == GTK_WINDOW (editor))
        return window;
    }

  return NULL;
}

static void
test_closing_asks_about_what_is_not_saved (void)
{
  TdFloorCanvas *canvas;
  TdFloorEditor *editor = open_editor (HALL, &canvas);
  GtkWidget     *question;
  gpointer       alive = editor;

  g_object_add_weak_pointer (G_OBJECT (editor), &alive);
  press (canvas, GDK_KEY_Page_Down, 0);
  press (canvas, GDK_KEY_Delete, 0);
  gtk_window_close (GTK_WINDOW (editor));
  question = find_question (editor);
  g_assert_nonnull (question);
  g_assert_nonnull (alive);

  adw_message_dialog_response (ADW_MESSAGE_DIALOG (question), "cancel");
  gtk_window_destroy (GTK_WINDOW (question));
  g_assert_nonnull (alive);
  g_assert_true (td_floor_edit_is_modified (td_floor_editor_get_edit (editor)));

  gtk_window_close (GTK_WINDOW (editor));
  question = find_question (editor);
  g_assert_nonnull (question);
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (question), "discard");
  gtk_window_destroy (GTK_WINDOW (question));
  while (alive != NULL)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_the_uppermost_is_picked (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TdFloorPlan) plan = td_floor_plan_load (OFFICE, &error);
  TdFloorItem *item;

  g_assert_no_error (error);
  item = td_floor_pick_find (plan, 5, 11);
  g_assert_cmpstr (td_floor_item_get_info (item)->name, ==, "VP-01");
  item = td_floor_pick_find (plan, 30, 36);
  g_assert_cmpint (td_floor_item_get_info (item)->kind, ==, TD_FLOOR_ROOM);
  /* Within the bounds of the polygon, and not in it. */
  item = td_floor_pick_find (plan, 100, 75);
  g_assert_cmpstr (td_floor_item_get_info (item)->name, ==, "Lễ tân");
  item = td_floor_pick_find (plan, 149.9, 30.5);
  g_assert_cmpint (td_floor_item_get_info (item)->kind, ==, TD_FLOOR_WALL);
}

static void
test_it_looks_as_it_should (void)
{
  TdFloorCanvas *canvas;
  const char    *dir = g_getenv ("TD_RENDER_DIR");
  TdFloorEditor *editor = open_editor (OFFICE, &canvas);
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GdkTexture) texture = NULL;
  int width = 0, height = 0;

  press (canvas, GDK_KEY_Page_Up, 0);
  press (canvas, GDK_KEY_Page_Up, 0);
  press (canvas, GDK_KEY_Page_Up, 0);
  press (canvas, GDK_KEY_Page_Up, 0);
  press (canvas, GDK_KEY_Page_Up, 0);
  press (canvas, GDK_KEY_Page_Up, 0);
  td_floor_canvas_assign (canvas, "a0041");
  while (node == NULL)
    {
      g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (GTK_WIDGET (editor));
      GtkSnapshot *snapshot = gtk_snapshot_new ();

      width = gtk_widget_get_width (GTK_WIDGET (editor));
      height = gtk_widget_get_height (GTK_WIDGET (editor));
      gdk_paintable_snapshot (paintable, snapshot, width, height);
      node = gtk_snapshot_free_to_node (snapshot);
      if (node == NULL)
        g_main_context_iteration (NULL, TRUE);
    }
  texture = gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (editor)), node,
                                         &GRAPHENE_RECT_INIT (0, 0, (float)width, (float)height));
  g_assert_cmpint (gdk_texture_get_width (texture), ==, width);
  if (dir != NULL)
    {
      g_autofree char *file = g_build_filename (dir, "floor-editor.png", NULL);

      gdk_texture_save_to_png (texture, file);
    }
  gtk_window_destroy (GTK_WINDOW (editor));
}

static void
load_style (const char *name)
{
  g_autofree char *path = g_build_filename (TD_DATA_DIR, name, NULL);
  g_autoptr (GtkCssProvider) provider = gtk_css_provider_new ();

  gtk_css_provider_load_from_path (provider, path);
  gtk_style_context_add_provider_for_display (gdk_display_get_default (), GTK_STYLE_PROVIDER (provider),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
}

int
main (int    argc,
      char **argv)
{
  const char *localedir = g_getenv ("TD_LOCALEDIR");

  test_home_init ();
  g_setenv ("TONGDAI_FLOOR_PLANS", TD_DATA_DIR "/floor-plans", TRUE);
  setlocale (LC_ALL, "");
  if (localedir != NULL)
    {
      bindtextdomain (GETTEXT_PACKAGE, localedir);
      bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
      textdomain (GETTEXT_PACKAGE);
    }

  g_test_init (&argc, &argv, NULL);
  test_home_add_func ("/floor-editor/the-uppermost-is-picked", test_the_uppermost_is_picked);
  if (gtk_init_check ())
    {
      adw_init ();
      load_style ("style.css");
      if (g_strcmp0 (g_getenv ("TD_RENDER_STYLE"), "dark") == 0)
        {
          adw_style_manager_set_color_scheme (adw_style_manager_get_default (), ADW_COLOR_SCHEME_FORCE_DARK);
          load_style ("style-dark.css");
        }
      test_home_add_func ("/floor-editor/keyboard-draws-moves-turns-and-undoes", test_keyboard_draws_moves_turns_and_undoes);
      test_home_add_func ("/floor-editor/rows-and-seats-name-themselves", test_rows_and_seats_name_themselves);
      test_home_add_func ("/floor-editor/a-room-is-drawn-by-its-corners", test_a_room_is_drawn_by_its_corners);
      test_home_add_func ("/floor-editor/saving-an-example-keeps-the-example", test_saving_an_example_keeps_the_example);
      test_home_add_func ("/floor-editor/an-agent-is-seated-and-the-seat-freed", test_an_agent_is_seated_and_the_seat_freed);
      test_home_add_func ("/floor-editor/form-is-taken-when-the-plan-is-saved", test_form_is_taken_when_the_plan_is_saved);
      test_home_add_func ("/floor-editor/closing-asks-about-what-is-not-saved", test_closing_asks_about_what_is_not_saved);
      test_home_add_func ("/floor-editor/it-looks-as-it-should", test_it_looks_as_it_should);
    }

  return test_home_run ();
}
