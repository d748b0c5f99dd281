/* test-floor-map.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <adwaita.h>
#include <libintl.h>
#include <locale.h>
#include <string.h>

#include "td-floor-cell.h"
#include "td-floor-layout.h"
#include "td-floor-map.h"
#include "td-floor-plan-file.h"
#include "td-simulation.h"

/* Friday 15 October 2021, 14:20 in the centre. */
#define START (G_GINT64_CONSTANT (1634282400) * G_USEC_PER_SEC)

typedef struct
{
  TdFloorPlan *plan;
  TdCentre    *centre;
  char        *path;
} Scene;

static void
scene_clear (Scene *scene)
{
  g_clear_pointer (&scene->plan, td_floor_plan_unref);
  g_clear_object (&scene->centre);
  g_clear_pointer (&scene->path, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Scene, scene_clear)

static void
scene_init (Scene      *scene,
            const char *name,
            guint       n_agents)
{
  TdSimulationOptions options = { .seed = 1, .start = START, .n_agents = n_agents, .no_past = TRUE };
  g_autoptr (GError) error = NULL;
  g_autoptr (TdSimulation) simulation = td_simulation_new (&options, &error);
  g_autoptr (TdSnapshot) snapshot = NULL;

  g_assert_no_error (error);
  snapshot = td_simulation_take_full (simulation);
  scene->centre = td_centre_new ();
  td_centre_apply (scene->centre, snapshot, &error);
  g_assert_no_error (error);
  scene->path = g_build_filename (TD_DATA_DIR, "floor-plans", name, NULL);
  scene->plan = td_floor_plan_load (scene->path, &error);
  g_assert_no_error (error);
}

static const int sizes[][2] = { { 1000, 480 }, { 1340, 640 }, { 1890, 950 }, { 3800, 2000 }, { 500, 900 } };

/* However many there are and whatever the size, nobody lies on another or
 * outside, and nobody who shares a seat vanishes. */
static void
test_nobody_lies_on_another (void)
{
  static const guint crowds[] = { 3, 120, 1000 };

  for (guint c = 0; c < G_N_ELEMENTS (crowds); c++)
    {
      g_auto (Scene) scene = { 0 };
      g_autoptr (TdFloorSeating) seating = NULL;

      scene_init (&scene, "3-tai-cho.json", crowds[c]);
      seating = td_floor_seating_new (scene.plan, td_centre_get_agents (scene.centre));
      for (guint s = 0; s < G_N_ELEMENTS (sizes); s++)
        {
          g_autoptr (TdFloorLayout) layout = td_floor_layout_new (scene.plan, seating, sizes[s][0], sizes[s][1]);

          g_assert_cmpuint (layout->n_boxes, ==, seating->stands->len);
          for (guint i = 0; i < layout->n_boxes; i++)
            {
              const TdFloorBox *a = &layout->boxes[i];

              g_assert_cmpint (MIN (a->width, a->height), >, 0);
              g_assert_cmpint (MIN (a->x, a->y), >=, 0);
              g_assert_cmpint (a->x + a->width, <=, sizes[s][0]);
              g_assert_cmpint (a->y + a->height, <=, sizes[s][1]);
              for (guint k = i + 1; k < layout->n_boxes; k++)
                {
                  const TdFloorBox *b = &layout->boxes[k];

                  g_assert_true (a->x + a->width <= b->x || b->x + b->width <= a->x ||
                                 a->y + a->height <= b->y || b->y + b->height <= a->y);
                }
            }
        }
    }
}

static guint
find_seat (const TdFloorSeating *seating,
           TdFloorPlan          *plan,
           const char           *id)
{
  guint item = 0;

  g_assert_true (td_floor_plan_find_seat (plan, id, &item));
  for (guint i = 0; i < seating->stands->len; i++)
    {
      if (g_array_index (seating->stands, TdFloorStand, i).where == TD_FLOOR_ON_SEAT &&
          g_array_index (seating->stands, TdFloorStand, i).item == item)
        return i;
    }
  g_assert_not_reached ();
}

static void
test_arrows_walk_from_seat_to_seat (void)
{
  g_auto (Scene) scene = { 0 };
  g_autoptr (TdFloorSeating) seating = NULL;
  g_autoptr (TdFloorLayout) layout = NULL;
  guint a1, a2, a5, b1, a4;

  scene_init (&scene, "3-tai-cho.json", 0);
  seating = td_floor_seating_new (scene.plan, td_centre_get_agents (scene.centre));
  layout = td_floor_layout_new (scene.plan, seating, 1340, 640);
  a1 = find_seat (seating, scene.plan, "A1");
  a2 = find_seat (seating, scene.plan, "A2");
  a4 = find_seat (seating, scene.plan, "A4");
  a5 = find_seat (seating, scene.plan, "A5");
  b1 = find_seat (seating, scene.plan, "B1");

  g_assert_cmpuint (td_floor_layout_walk (layout, a1, 1, 0), ==, a2);
  g_assert_cmpuint (td_floor_layout_walk (layout, a2, -1, 0), ==, a1);
  g_assert_cmpuint (td_floor_layout_walk (layout, a1, -1, 0), ==, a1);
  g_assert_cmpuint (td_floor_layout_walk (layout, a1, 0, 1), ==, a5);
  g_assert_cmpuint (td_floor_layout_walk (layout, a4, 1, 0), ==, b1);
}

static gint64
clock_cb (gpointer user_data)
{
  return td_centre_get_at (user_data);
}

static void
judge_cb (TdAgent        *agent,
          gint64          now,
          TdAgentVerdict *verdict,
          gpointer        user_data)
{
  const TdAgentInfo *info = td_agent_get_info (agent);

  if (info->state == TD_AGENT_STATE_ON_CALL && now - info->since > 6 * 60 * G_USEC_PER_SEC)
    verdict->need = TD_AGENT_NEED_LOOK;
}

static gboolean
has_settled (GtkWidget *map,
             int        width)
{
  return gtk_widget_get_width (map) == width && gtk_widget_get_first_child (map) != NULL &&
         gtk_widget_get_width (gtk_widget_get_first_child (map)) > 0;
}

static GtkWidget *
show (Scene      *scene,
      int         width,
      int         height,
      GtkWidget **window)
{
  GtkWidget *map = td_floor_map_new ();

  *window = gtk_window_new ();
  gtk_widget_add_css_class (*window, "td-page");
  gtk_window_set_decorated (GTK_WINDOW (*window), FALSE);
  gtk_window_set_default_size (GTK_WINDOW (*window), width, height);
  gtk_window_set_child (GTK_WINDOW (*window), map);
  td_floor_map_set_clock (TD_FLOOR_MAP (map), clock_cb, scene->centre);
  td_floor_map_set_judge (TD_FLOOR_MAP (map), judge_cb, NULL);
  td_floor_map_set_plan (TD_FLOOR_MAP (map), scene->plan, scene->path);
  td_floor_map_set_centre (TD_FLOOR_MAP (map), scene->centre);
  gtk_window_present (GTK_WINDOW (*window));
  while (!has_settled (map, width))
    g_main_context_iteration (NULL, TRUE);

  return map;
}

/* A widget that is about to be laid out is not drawn. */
static GskRenderNode *
take_node (GtkWidget *map,
           int        width,
           int        height)
{
  GskRenderNode *node = NULL;

  while (node == NULL)
    {
      g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (map);
      GtkSnapshot *snapshot = gtk_snapshot_new ();

      gdk_paintable_snapshot (paintable, snapshot, width, height);
      node = gtk_snapshot_free_to_node (snapshot);
      if (node == NULL)
        g_main_context_iteration (NULL, TRUE);
    }

  return node;
}

static GdkTexture *
draw (GtkWidget *map)
{
  int width = gtk_widget_get_width (map), height = gtk_widget_get_height (map);
  g_autoptr (GskRenderNode) node = take_node (map, width, height);

  return gsk_renderer_render_texture (gtk_native_get_renderer (gtk_widget_get_native (map)), node,
                                      &GRAPHENE_RECT_INIT (0, 0, (float)width, (float)height));
}

/* Every agent whom the plan expects has a cell with words, at least one. */
static void
test_everybody_has_a_cell (void)
{
  static const char *const names[] = { "3-tai-cho.json", "van-phong.json" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_auto (Scene) scene = { 0 };
      GtkWidget *window;
      GtkWidget *map;
      g_autoptr (GHashTable) shown = g_hash_table_new (NULL, NULL);
      g_autoptr (GdkTexture) texture = NULL;
      const char *dir = g_getenv ("TD_RENDER_DIR");
      guint       n_expected = 0;

      scene_init (&scene, names[i], 0);
      map = show (&scene, 1340, 640, &window);
      for (GtkWidget *cell = gtk_widget_get_first_child (map); cell != NULL; cell = gtk_widget_get_next_sibling (cell))
        {
          g_autofree char *words = td_floor_cell_dup_words (TD_FLOOR_CELL (cell));
          TdAgent         *agent = td_floor_cell_get_stand (TD_FLOOR_CELL (cell))->agent;

          g_assert_cmpstr (words, !=, "");
          if (agent != NULL)
            {
              g_assert_nonnull (strstr (words, td_agent_get_title (agent)));
              g_hash_table_add (shown, agent);
            }
        }
      for (guint k = 0; k < td_roster_get_size (td_centre_get_agents (scene.centre)); k++)
        {
          TdAgent *agent = td_roster_get (td_centre_get_agents (scene.centre), k);

          if (!td_floor_plan_expects (scene.plan, td_agent_get_info (agent)))
            continue;
          n_expected++;
          g_assert_true (g_hash_table_contains (shown, agent));
        }
      g_assert_cmpuint (n_expected, >, 20);

      texture = draw (map);
      g_assert_null (td_floor_map_get_problem (TD_FLOOR_MAP (map)));
      if (dir != NULL)
        {
          g_autofree char *file = g_strdup_printf ("%s/floor-%u.png", dir, i);

          gdk_texture_save_to_png (texture, file);
        }
      gtk_window_destroy (GTK_WINDOW (window));
    }
}

static char *
replace (char       *text,
         const char *what,
         const char *by)
{
  g_auto (GStrv) parts = g_strsplit (text, what, 2);

  g_assert_cmpuint (g_strv_length (parts), ==, 2);
  g_free (text);

  return g_strjoinv (by, parts);
}

/* With everybody expected and an agent moved to the seat of another, both are
 * on it and marked, and who has no seat is beside the plan. */
static void
test_strife_and_strangers_are_shown (void)
{
  g_auto (Scene) scene = { 0 };
  GtkWidget       *window;
  GtkWidget       *map;
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkTexture) texture = NULL;
  const char *dir = g_getenv ("TD_RENDER_DIR");
  guint       n_contested = 0, n_beside = 0;

  scene_init (&scene, "3-tai-cho.json", 0);
  g_assert_true (g_file_get_contents (scene.path, &text, NULL, NULL));
  text = replace (text, "\"places\": [\"on-site\"],", "");
  text = replace (text, "{\"id\":\"A1\",", "{\"id\":\"A1\",\"agent\":\"a0039\",");
  td_floor_plan_unref (scene.plan);
  scene.plan = td_floor_plan_parse (text, strlen (text), &error);
  g_assert_no_error (error);

  map = show (&scene, 1340, 640, &window);
  for (GtkWidget *cell = gtk_widget_get_first_child (map); cell != NULL; cell = gtk_widget_get_next_sibling (cell))
    {
      const TdFloorStand *stand = td_floor_cell_get_stand (TD_FLOOR_CELL (cell));

      n_contested += stand->is_contested && gtk_widget_get_height (cell) > 10;
      n_beside += stand->seat == G_MAXUINT && gtk_widget_get_width (cell) > 0;
    }
  g_assert_cmpuint (n_contested, ==, 2);
  g_assert_cmpuint (n_beside, ==, 85);

  td_floor_map_set_selected (TD_FLOOR_MAP (map), td_centre_find_agent (scene.centre, "a0050"));
  texture = draw (map);
  if (dir != NULL)
    {
      g_autofree char *file = g_build_filename (dir, "floor-crowd.png", NULL);

      gdk_texture_save_to_png (texture, file);
    }
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
count_cb (guint *n)
{
  ++*n;
}

static void
test_selection_follows_the_agent (void)
{
  g_auto (Scene) scene = { 0 };
  GtkWidget *window;
  GtkWidget *map;
  TdAgent   *agent;
  guint      n_notified = 0;

  scene_init (&scene, "3-tai-cho.json", 0);
  map = show (&scene, 1000, 480, &window);
  g_signal_connect_swapped (map, "notify::selected", G_CALLBACK (count_cb), &n_notified);
  agent = td_roster_get (td_centre_get_agents (scene.centre), 0);

  td_floor_map_set_selected (TD_FLOOR_MAP (map), agent);
  td_floor_map_set_selected (TD_FLOOR_MAP (map), agent);
  g_assert_cmpuint (n_notified, ==, 1);
  g_assert_true (td_floor_map_get_selected (TD_FLOOR_MAP (map)) == agent);

  td_floor_map_set_centre (TD_FLOOR_MAP (map), NULL);
  g_assert_null (td_floor_map_get_selected (TD_FLOOR_MAP (map)));
  g_assert_null (gtk_widget_get_first_child (map));
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
press (GtkWidget      *map,
       guint           keyval,
       GdkModifierType state)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (map);
  gboolean handled = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_EVENT_CONTROLLER_KEY (controller))
        g_signal_emit_by_name (controller, "key-pressed", keyval, 0, state, &handled);
    }
  g_assert_true (handled);
}

static void
drag (GtkWidget *map,
      double     x,
      double     y,
      double     dx,
      double     dy)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (map);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (!GTK_IS_GESTURE_DRAG (controller))
        continue;
      g_signal_emit_by_name (controller, "drag-begin", x, y);
      g_signal_emit_by_name (controller, "drag-update", dx, dy);
      g_signal_emit_by_name (controller, "drag-end", dx, dy);
    }
}

static guint
count_selected (GtkWidget *map)
{
  g_autoptr (GPtrArray) agents = td_floor_map_dup_selection (TD_FLOOR_MAP (map));

  return agents->len;
}

static void
test_several_are_selected (void)
{
  g_auto (Scene) scene = { 0 };
  g_autoptr (GHashTable) shown = g_hash_table_new (NULL, NULL);
  GtkWidget *window;
  GtkWidget *map;
  TdAgent   *first, *second;

  scene_init (&scene, "3-tai-cho.json", 0);
  map = show (&scene, 1000, 480, &window);
  for (GtkWidget *cell = gtk_widget_get_first_child (map); cell != NULL; cell = gtk_widget_get_next_sibling (cell))
    {
      if (td_floor_cell_get_stand (TD_FLOOR_CELL (cell))->agent != NULL)
        g_hash_table_add (shown, td_floor_cell_get_stand (TD_FLOOR_CELL (cell))->agent);
    }

  gtk_widget_grab_focus (map);
  press (map, GDK_KEY_Home, 0);
  press (map, GDK_KEY_Return, 0);
  first = td_floor_map_get_selected (TD_FLOOR_MAP (map));
  press (map, GDK_KEY_Right, 0);
  press (map, GDK_KEY_space, GDK_CONTROL_MASK);
  second = td_floor_map_get_selected (TD_FLOOR_MAP (map));
  g_assert_nonnull (first);
  g_assert_true (first != second);
  g_assert_cmpuint (count_selected (map), ==, 2);
  press (map, GDK_KEY_space, GDK_CONTROL_MASK);
  g_assert_cmpuint (count_selected (map), ==, 1);

  press (map, GDK_KEY_End, 0);
  press (map, GDK_KEY_space, GDK_SHIFT_MASK);
  g_assert_cmpuint (count_selected (map), ==, g_hash_table_size (shown));

  /* A band over all of it, from a corner where nobody is; a short drag is none. */
  td_floor_map_set_selected (TD_FLOOR_MAP (map), NULL);
  drag (map, 1, 1, 2, 2);
  g_assert_cmpuint (count_selected (map), ==, 0);
  drag (map, 1, 1, 998, 478);
  g_assert_cmpuint (count_selected (map), ==, g_hash_table_size (shown));
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_typing_finds (void)
{
  g_auto (Scene) scene = { 0 };
  GtkWidget  *window;
  GtkWidget  *map;
  TdAgent    *wanted;
  const char *word;

  scene_init (&scene, "3-tai-cho.json", 0);
  map = show (&scene, 1000, 480, &window);
  wanted = td_floor_cell_get_stand (TD_FLOOR_CELL (gtk_widget_get_last_child (map)))->agent;
  g_assert_nonnull (wanted);
  gtk_widget_grab_focus (map);
  press (map, GDK_KEY_Home, 0);
  word = td_agent_get_info (wanted)->extension;
  g_assert_nonnull (word);
  for (const char *p = word; *p != '\0'; p++)
    press (map, gdk_unicode_to_keyval ((guint32)*p), 0);
  press (map, GDK_KEY_Return, 0);
  g_assert_true (td_floor_map_get_selected (TD_FLOOR_MAP (map)) == wanted);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* The parts that are drawn now. */
static guint
count_parts (GtkWidget *map)
{
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;

  GTK_WIDGET_GET_CLASS (map)->snapshot (map, snapshot);
  node = gtk_snapshot_free_to_node (snapshot);

  return node != NULL && gsk_render_node_get_node_type (node) == GSK_CONTAINER_NODE ? gsk_container_node_get_n_children (node) : 0;
}

static void
change_state (Scene       *scene,
              GtkWidget   *map,
              TdAgent     *agent,
              TdAgentState state)
{
  TdSnapshotBuilder *builder = td_snapshot_builder_new ();
  TdAgentInfo        info = *td_agent_get_info (agent);
  gint64             revision = td_centre_get_revision (scene->centre);
  g_autoptr (TdSnapshot) snapshot = NULL;
  g_autoptr (GError) error = NULL;

  info.state = state;
  td_snapshot_builder_set_revision (builder, revision + 1, td_centre_get_instance (scene->centre));
  td_snapshot_builder_set_base (builder, revision);
  td_snapshot_builder_set_at (builder, td_centre_get_at (scene->centre));
  td_snapshot_builder_add_agent (builder, &info);
  snapshot = td_snapshot_builder_end (builder);
  td_centre_apply (scene->centre, snapshot, &error);
  g_assert_no_error (error);
  td_floor_map_update (TD_FLOOR_MAP (map), NULL);
}

static void
test_a_change_of_state_fades_unless_motion_is_off (void)
{
  g_auto (Scene) scene = { 0 };
  GtkWidget *window;
  GtkWidget *map;
  TdAgent   *agent = NULL;
  guint      n_parts;

  scene_init (&scene, "3-tai-cho.json", 0);
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  map = show (&scene, 1000, 480, &window);
  for (GtkWidget *cell = gtk_widget_get_first_child (map); cell != NULL && agent == NULL; cell = gtk_widget_get_next_sibling (cell))
    {
      agent = td_floor_cell_get_stand (TD_FLOOR_CELL (cell))->agent;
      if (agent != NULL && td_agent_get_info (agent)->state != TD_AGENT_STATE_ON_CALL)
        agent = NULL;
    }
  g_assert_nonnull (agent);

  /* Until all that is there has been drawn once. */
  for (n_parts = 0; n_parts == 0; n_parts = count_parts (map))
    g_main_context_iteration (NULL, TRUE);
  change_state (&scene, map, agent, TD_AGENT_STATE_WRAP_UP);
  g_assert_cmpuint (count_parts (map), ==, n_parts);

  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", TRUE, NULL);
  change_state (&scene, map, agent, TD_AGENT_STATE_ON_CALL);
  g_assert_cmpuint (count_parts (map), ==, n_parts + 1);
  while (count_parts (map) > n_parts)
    g_main_context_iteration (NULL, TRUE);
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* Who is not looked for stays in place and fades: other pixels there, and the
 * same cell. */
static gboolean
is_first_cb (TdAgent *agent,
             gpointer user_data)
{
  return agent == user_data;
}

static void
test_filter_moves_nobody (void)
{
  g_auto (Scene) scene = { 0 };
  GtkWidget *window;
  GtkWidget *map;
  g_autoptr (GdkTexture) before = NULL;
  g_autoptr (GdkTexture) after = NULL;
  g_autofree guchar *bytes_before = g_malloc (1000 * 480 * 4);
  g_autofree guchar *bytes_after = g_malloc (1000 * 480 * 4);
  GtkWidget         *first;
  GtkAllocation      place, same;

  scene_init (&scene, "3-tai-cho.json", 0);
  map = show (&scene, 1000, 480, &window);
  before = draw (map);
  first = gtk_widget_get_first_child (map);
  gtk_widget_get_allocation (first, &place);

  td_floor_map_set_filter (TD_FLOOR_MAP (map), is_first_cb, td_roster_get (td_centre_get_agents (scene.centre), 0));
  after = draw (map);
  g_assert_true (gtk_widget_get_first_child (map) == first);
  gtk_widget_get_allocation (first, &same);
  g_assert_cmpint (place.x, ==, same.x);
  g_assert_cmpint (place.y, ==, same.y);
  gdk_texture_download (before, bytes_before, 1000 * 4);
  gdk_texture_download (after, bytes_after, 1000 * 4);
  g_assert_cmpint (memcmp (bytes_before, bytes_after, 1000 * 480 * 4), !=, 0);
  gtk_window_destroy (GTK_WINDOW (window));
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
  gboolean    has_display;

  setlocale (LC_ALL, "");
  if (localedir != NULL)
    {
      bindtextdomain (GETTEXT_PACKAGE, localedir);
      bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
      textdomain (GETTEXT_PACKAGE);
    }

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/floor-map/nobody-lies-on-another", test_nobody_lies_on_another);
  g_test_add_func ("/floor-map/arrows-walk-from-seat-to-seat", test_arrows_walk_from_seat_to_seat);

  has_display = gtk_init_check ();
  if (has_display)
    {
      adw_init ();
      load_style ("style.css");
      if (g_strcmp0 (g_getenv ("TD_RENDER_STYLE"), "dark") == 0)
        {
          adw_style_manager_set_color_scheme (adw_style_manager_get_default (), ADW_COLOR_SCHEME_FORCE_DARK);
          load_style ("style-dark.css");
        }
      g_test_add_func ("/floor-map/everybody-has-a-cell", test_everybody_has_a_cell);
      g_test_add_func ("/floor-map/strife-and-strangers-are-shown", test_strife_and_strangers_are_shown);
      g_test_add_func ("/floor-map/selection-follows-the-agent", test_selection_follows_the_agent);
      g_test_add_func ("/floor-map/several-are-selected", test_several_are_selected);
      g_test_add_func ("/floor-map/typing-finds", test_typing_finds);
      g_test_add_func ("/floor-map/a-change-of-state-fades-unless-motion-is-off", test_a_change_of_state_fades_unless_motion_is_off);
      g_test_add_func ("/floor-map/filter-moves-nobody", test_filter_moves_nobody);
    }

  return g_test_run ();
}
