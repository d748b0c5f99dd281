/* test-wall-screen.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <adwaita.h>
#include <glib/gstdio.h>

#include "td-wall-host.h"
#include "td-wall-turn.h"

/* A picture is turned as its screen hangs, and fills it. */
static void
test_a_picture_is_turned (void)
{
  static const struct
  {
    TdWallOrientation orientation;
    int               width;
    int               height;
    int               corner_x; /* where the upper left of the picture is */
    int               corner_y;
    int               end_x; /* and its upper right */
    int               end_y;
  } cases[] = {
    { TD_WALL_ORIENTATION_AUTO, 1920, 1080, 0, 0, 1920, 0 },
    { TD_WALL_ORIENTATION_AUTO, 1080, 1920, 0, 0, 1080, 0 },
    { TD_WALL_ORIENTATION_LANDSCAPE, 1920, 1080, 0, 0, 1920, 0 },
    { TD_WALL_ORIENTATION_LANDSCAPE, 1080, 1920, 1080, 0, 1080, 1920 },
    { TD_WALL_ORIENTATION_PORTRAIT_LEFT, 1920, 1080, 1920, 0, 1920, 1080 },
    { TD_WALL_ORIENTATION_PORTRAIT_RIGHT, 1920, 1080, 0, 1080, 0, 0 },
    { TD_WALL_ORIENTATION_PORTRAIT_RIGHT, 1080, 1920, 0, 0, 1080, 0 },
    { TD_WALL_ORIENTATION_FLIPPED, 1920, 1080, 1920, 1080, 0, 1080 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (TdWall) wall = td_wall_new ();
      GtkWidget       *child = gtk_label_new ("x");
      GtkWidget       *turn = g_object_ref_sink (td_wall_turn_new (child, wall));
      graphene_point_t corner, end;

      gtk_widget_set_hexpand (child, TRUE);
      wall->orientation = cases[i].orientation;
      td_wall_turn_set_wall (TD_WALL_TURN (turn), wall);
      gtk_widget_measure (turn, GTK_ORIENTATION_HORIZONTAL, -1, NULL, NULL, NULL, NULL);
      gtk_widget_measure (turn, GTK_ORIENTATION_VERTICAL, -1, NULL, NULL, NULL, NULL);
      gtk_widget_allocate (turn, cases[i].width, cases[i].height, -1, NULL);
      g_assert_true (gtk_widget_compute_point (child, turn, &GRAPHENE_POINT_INIT (0, 0), &corner));
      g_assert_true (gtk_widget_compute_point (child, turn, &GRAPHENE_POINT_INIT ((float)gtk_widget_get_width (child), 0), &end));
      g_test_message ("%d at %dx%d: %g %g to %g %g", cases[i].orientation, cases[i].width, cases[i].height, corner.x, corner.y, end.x, end.y);
      g_assert_cmpfloat_with_epsilon (corner.x, cases[i].corner_x, 0.01);
      g_assert_cmpfloat_with_epsilon (corner.y, cases[i].corner_y, 0.01);
      g_assert_cmpfloat_with_epsilon (end.x, cases[i].end_x, 0.01);
      g_assert_cmpfloat_with_epsilon (end.y, cases[i].end_y, 0.01);
      g_object_run_dispose (G_OBJECT (turn));
      g_object_unref (turn);
    }
}

/* A wall is as loud as its file says, and the preferences stay what they are. */
static void
test_a_wall_is_as_loud_as_it_says (void)
{
  g_autofree char *folder = g_dir_make_tmp ("wall-screen-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "wall.ini", NULL);
  g_autoptr (GSettings) settings = g_settings_new ("io.github.tongdai.TongDai");
  int usual = g_settings_get_int (settings, "sound-volume");

  static const struct
  {
    const char *text;
    int         volume; /* -1 for the usual */
  } cases[] = { { "[wall]\nsound=20\n", 20 }, { "[wall]\nsound=0\n", 0 }, { "[wall]\n", -1 } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (TdWallHost) host = td_wall_host_new ();
      g_autoptr (TdWallHost) desk = td_wall_host_new ();
      g_autoptr (GSettings) of_wall = NULL;
      g_autoptr (GSettings) of_desk = td_wall_host_ref_settings (desk, settings);

      g_assert_true (g_file_set_contents (path, cases[i].text, -1, NULL));
      td_wall_host_load (host, path, FALSE);
      of_wall = td_wall_host_ref_settings (host, settings);
      g_assert_cmpint (g_settings_get_int (of_wall, "sound-volume"), ==, cases[i].volume >= 0 ? cases[i].volume : usual);
      g_assert_true (of_desk == settings);
      g_assert_cmpint (g_settings_get_int (settings, "sound-volume"), ==, usual);
    }
  g_assert_cmpint (g_unlink (path), ==, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/wall-screen/a-picture-is-turned", test_a_picture_is_turned);
  g_test_add_func ("/wall-screen/a-wall-is-as-loud-as-it-says", test_a_wall_is_as_loud_as_it_says);

  return g_test_run ();
}
