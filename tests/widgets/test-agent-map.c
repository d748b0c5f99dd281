/* test-agent-map.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <adwaita.h>
#include <math.h>

#include "td-agent-map.h"
#include "td-map-cell.h"
#include "td-palette.h"

/* The map of agents: where people stand, what keys do, and how it looks. With
 * TD_RENDER_DIR set, what is drawn is saved there as PNG: for people, and to
 * replace the pictures beside this file that later drawings are held against. */

#define START (G_GINT64_CONSTANT (1795316400) * G_USEC_PER_SEC)
#define SECONDS(s) ((gint64)(s)*G_USEC_PER_SEC)
#define FONT "Cantarell 11"

/* Of a hundred pixels so few may differ by more than a shade. */
#define SHADE 24
#define MOST_DIFFERENT 0.002

static gint64 now = START;

static const TdAgentState states[] = {
  TD_AGENT_STATE_ON_CALL, TD_AGENT_STATE_AVAILABLE, TD_AGENT_STATE_PAUSED, TD_AGENT_STATE_ON_CALL, TD_AGENT_STATE_WRAP_UP,
  TD_AGENT_STATE_ON_CALL, TD_AGENT_STATE_RINGING, TD_AGENT_STATE_OFFLINE, TD_AGENT_STATE_ON_CALL, TD_AGENT_STATE_UNREACHABLE,
  TD_AGENT_STATE_ON_CALL, TD_AGENT_STATE_OFFLINE
};

static const char *const names[] = {
  "Nguyễn Thị Thu Hương", "Trần Văn Đức", "Lê Hoàng Mỹ Linh", "Phạm Quốc Bảo", "Huỳnh Ngọc Yến", "Võ Thành Nhân", "Đặng Xuân Hương"
};

static void
add_agent (TdSnapshotBuilder *builder,
           guint              i,
           TdAgentState       state,
           gint64             since)
{
  static const char *const queues[] = { "q1", "q2" };
  g_autofree char         *id = g_strdup_printf ("a%04u", i);
  TdAgentInfo              agent;

  td_agent_info_init (&agent);
  agent.id = id;
  agent.name = names[i % G_N_ELEMENTS (names)];
  agent.team = i % 2 == 0 ? "Đội 1" : "Đội 2";
  agent.place = (TdPlace)(1 + i % 3);
  agent.state = state;
  agent.since = since;
  agent.queues = queues;
  agent.n_queues = i % 4 == 0 ? 2 : 1;
  agent.shift_name = "ca sau";
  if (state == TD_AGENT_STATE_PAUSED)
    agent.reason = "Ăn trưa";
  if (state == TD_AGENT_STATE_ON_CALL)
    {
      agent.call_queue = "q1";
      agent.call_number = "09•• ••• 482";
      agent.call_area = "Tây Ninh";
    }
  td_snapshot_builder_add_agent (builder, &agent);
}

static TdCentre *
make_centre (guint n_agents)
{
  TdSnapshotBuilder *builder = td_snapshot_builder_new ();
  TdCentre          *centre = td_centre_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (TdSnapshot) snapshot = NULL;
  TdQueueInfo queue;

  td_snapshot_builder_set_revision (builder, 1, "test");
  td_snapshot_builder_set_at (builder, START);
  td_queue_info_init (&queue);
  queue.id = "q1";
  queue.name = "Mất điện – Miền Đông";
  td_snapshot_builder_add_queue (builder, &queue);
  queue.id = "q2";
  queue.name = "Hóa đơn, tiền điện";
  td_snapshot_builder_add_queue (builder, &queue);
  for (guint i = 0; i < n_agents; i++)
    add_agent (builder, i, states[i % G_N_ELEMENTS (states)], START - SECONDS (5 + 37 * (i % 29)));
  snapshot = td_snapshot_builder_end (builder);
  td_centre_apply (centre, snapshot, &error);
  g_assert_no_error (error);

  return centre;
}

/* One look everywhere, whatever the desk's own. */
static void
set_style (gboolean is_dark)
{
  static GtkCssProvider *provider;
  GdkDisplay            *display = gdk_display_get_default ();
  g_autofree char       *path = g_build_filename (TD_DATA_DIR, "style-dark.css", NULL);

  adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                      is_dark ? ADW_COLOR_SCHEME_FORCE_DARK : ADW_COLOR_SCHEME_FORCE_LIGHT);
  if (provider != NULL)
    gtk_style_context_remove_provider_for_display (display, GTK_STYLE_PROVIDER (provider));
  g_clear_object (&provider);
  if (!is_dark)
    return;

  provider = gtk_css_provider_new ();
  gtk_css_provider_load_from_path (provider, path);
  gtk_style_context_add_provider_for_display (display, GTK_STYLE_PROVIDER (provider), GTK_STYLE_PROVIDER_PRIORITY_APPLICATION + 1);
}

static gint64
get_now (gpointer user_data)
{
  return now;
}

static void
judge (TdAgent        *agent,
       gint64          at,
       TdAgentVerdict *verdict,
       gpointer        user_data)
{
  TdAgentState state = td_agent_get_info (agent)->state;
  gint64       seconds = (at - td_agent_get_since (agent, NULL)) / G_USEC_PER_SEC;

  *verdict = (TdAgentVerdict){ TD_AGENT_NEED_NONE, 0, 600 * 1000, 1.2 };
  if (state == TD_AGENT_STATE_UNREACHABLE)
    verdict->need = TD_AGENT_NEED_PERSON;
  else if (state != TD_AGENT_STATE_OFFLINE && seconds > 600)
    {
      verdict->need = TD_AGENT_NEED_LOOK;
      verdict->signs = TD_AGENT_SIGN_OVER_LIMIT;
      verdict->limit_ms = state == TD_AGENT_STATE_PAUSED ? 600 * 1000 : 300 * 1000;
    }
}

static gboolean
timed_out_cb (gpointer user_data)
{
  g_error ("The window was never drawn in its size");
  return G_SOURCE_REMOVE;
}

static void
after_paint_cb (GdkFrameClock *clock,
                gboolean      *is_painted)
{
  *is_painted = TRUE;
}

/* Until what is drawn is where the widgets are. */
static void
wait_for_a_frame (TdAgentMap *map)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (map));
  guint          timeout = g_timeout_add_seconds (30, timed_out_cb, NULL);
  gboolean       is_painted = FALSE;
  gulong         handler = g_signal_connect (clock, "after-paint", G_CALLBACK (after_paint_cb), &is_painted);

  gtk_widget_queue_draw (GTK_WIDGET (map));
  while (!is_painted)
    g_main_context_iteration (NULL, TRUE);
  g_signal_handler_disconnect (clock, handler);
  g_source_remove (timeout);
}

static TdAgentMap *
show_map (GtkWidget **window,
          TdCentre   *centre,
          int         width,
          int         height)
{
  GtkWidget *map = td_agent_map_new ();
  guint      timeout = g_timeout_add_seconds (30, timed_out_cb, NULL);

  now = START;
  td_agent_map_set_clock (TD_AGENT_MAP (map), get_now, NULL);
  td_agent_map_set_judge (TD_AGENT_MAP (map), judge, NULL);
  td_agent_map_set_centre (TD_AGENT_MAP (map), centre);
  /* Other tests share the screen: as their windows go, the pointer comes to
   * stand on this one, and a ring would be drawn about who is under it. */
  gtk_widget_set_can_target (map, FALSE);
  *window = gtk_window_new ();
  gtk_widget_add_css_class (*window, "td-page");
  gtk_window_set_default_size (GTK_WINDOW (*window), width, height);
  gtk_window_set_decorated (GTK_WINDOW (*window), FALSE);
  gtk_window_set_child (GTK_WINDOW (*window), map);
  gtk_window_present (GTK_WINDOW (*window));
  while (gtk_widget_get_width (map) < width || gtk_widget_get_height (map) < height)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (timeout);
  wait_for_a_frame (TD_AGENT_MAP (map));

  return TD_AGENT_MAP (map);
}

static GskRenderNode *
snapshot_map (TdAgentMap *map)
{
  GtkSnapshot *snapshot = gtk_snapshot_new ();

  GTK_WIDGET_GET_CLASS (map)->snapshot (GTK_WIDGET (map), snapshot);

  return gtk_snapshot_free_to_node (snapshot);
}

static cairo_surface_t *
draw (TdAgentMap *map,
      const char *name)
{
  const char      *dir = g_getenv ("TD_RENDER_DIR");
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, gtk_widget_get_width (GTK_WIDGET (map)),
                                                         gtk_widget_get_height (GTK_WIDGET (map)));
  cairo_t         *cr = cairo_create (surface);
  g_autoptr (GskRenderNode) node = snapshot_map (map);
  GdkRGBA ground;

  td_palette_lookup (GTK_WIDGET (map), "td_page", &ground);
  gdk_cairo_set_source_rgba (cr, &ground);
  cairo_paint (cr);
  gsk_render_node_draw (node, cr);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  if (dir != NULL)
    {
      g_autofree char *path = g_strdup_printf ("%s/map-%s.png", dir, name);

      cairo_surface_write_to_png (surface, path);
    }

  return surface;
}

static void
press (TdAgentMap     *map,
       guint           keyval,
       GdkModifierType state)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (GTK_WIDGET (map));
  gboolean handled = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_EVENT_CONTROLLER_KEY (controller))
        g_signal_emit_by_name (controller, "key-pressed", keyval, 0, state, &handled);
    }
  g_assert_true (handled);
}

/* Who is there, in the words of the screen. */
static const char *
get_title_at_cursor (TdAgentMap *map)
{
  press (map, GDK_KEY_Return, 0);

  return td_agent_get_title (td_agent_map_get_selected (map));
}

static const TdAgentInfo *
get_info_at_cursor (TdAgentMap *map)
{
  press (map, GDK_KEY_Return, 0);

  return td_agent_get_info (td_agent_map_get_selected (map));
}

/* Agent @i changes to @state. */
static void
change_agent (TdAgentMap  *map,
              TdCentre    *centre,
              guint        i,
              TdAgentState state)
{
  TdSnapshotBuilder *builder = td_snapshot_builder_new ();
  g_autoptr (TdSnapshot) snapshot = NULL;
  g_autoptr (GError) error = NULL;

  td_snapshot_builder_set_revision (builder, td_centre_get_revision (centre) + 1, "test");
  td_snapshot_builder_set_base (builder, td_centre_get_revision (centre));
  td_snapshot_builder_set_at (builder, now);
  add_agent (builder, i, state, now);
  snapshot = td_snapshot_builder_end (builder);
  td_centre_apply (centre, snapshot, &error);
  g_assert_no_error (error);
}

static void
changed_cb (TdCentre   *centre,
            TdChanges  *changes,
            TdAgentMap *map)
{
  td_agent_map_update (map, changes);
}

static void
test_who_needs_a_person_comes_first (void)
{
  g_autoptr (TdCentre) centre = make_centre (60);
  GtkWidget  *window;
  TdAgentMap *map = show_map (&window, centre, 1000, 500);

  press (map, GDK_KEY_Home, 0);
  g_assert_cmpint (get_info_at_cursor (map)->state, ==, TD_AGENT_STATE_UNREACHABLE);
  press (map, GDK_KEY_End, 0);
  g_assert_cmpint (get_info_at_cursor (map)->state, !=, TD_AGENT_STATE_UNREACHABLE);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_nobody_moves_under_a_menu (void)
{
  g_autoptr (TdCentre) centre = make_centre (60);
  GtkWidget  *window;
  TdAgentMap *map = show_map (&window, centre, 1000, 500);
  TdAgent    *first;

  g_signal_connect (centre, "changed", G_CALLBACK (changed_cb), map);
  press (map, GDK_KEY_Page_Down, 0);
  press (map, GDK_KEY_Return, 0);
  first = td_agent_map_get_selected (map);
  g_assert_cmpint (td_agent_get_info (first)->state, !=, TD_AGENT_STATE_UNREACHABLE);

  /* Agent 1 is of the second zone. */
  td_agent_map_set_held (map, TRUE);
  change_agent (map, centre, 1, TD_AGENT_STATE_UNREACHABLE);
  td_agent_map_tick (map);
  press (map, GDK_KEY_Home, 0);
  press (map, GDK_KEY_Return, 0);
  g_assert_true (td_agent_map_get_selected (map) == first);

  /* Nor where a key was pressed just now; a new look at everything orders it. */
  td_agent_map_set_held (map, FALSE);
  td_agent_map_tick (map);
  press (map, GDK_KEY_Home, 0);
  press (map, GDK_KEY_Return, 0);
  g_assert_true (td_agent_map_get_selected (map) == first);

  td_agent_map_update (map, NULL);
  press (map, GDK_KEY_Home, 0);
  g_assert_cmpstr (get_info_at_cursor (map)->id, ==, "a0001");
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_arrows_walk_tiles_and_zones (void)
{
  g_autoptr (TdCentre) centre = make_centre (24);
  GtkWidget  *window;
  TdAgentMap *map = show_map (&window, centre, 1000, 500);
  gboolean    seen[TD_N_PLACES] = { FALSE };
  TdPlace     place = TD_PLACE_UNKNOWN;
  TdAgent    *before;

  for (guint i = 0; i < 48; i++)
    {
      place = get_info_at_cursor (map)->place;
      seen[place] = TRUE;
      press (map, i % 2 == 0 ? GDK_KEY_Right : GDK_KEY_Down, 0);
    }
  g_assert_true (seen[TD_PLACE_OFFICE] && seen[TD_PLACE_ON_SITE] && seen[TD_PLACE_HOME]);

  /* There and back again, and around by zones. */
  press (map, GDK_KEY_Page_Down, 0);
  g_assert_cmpint (get_info_at_cursor (map)->place, !=, place);
  before = td_agent_map_get_selected (map);
  press (map, GDK_KEY_Down, 0);
  g_assert_true (get_info_at_cursor (map) != td_agent_get_info (before));
  press (map, GDK_KEY_Up, 0);
  g_assert_true (get_info_at_cursor (map) == td_agent_get_info (before));
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_typing_finds (void)
{
  g_autoptr (TdCentre) centre = make_centre (40);
  GtkWidget  *window;
  TdAgentMap *map = show_map (&window, centre, 1000, 500);

  for (const char *p = "duc"; *p != '\0'; p++)
    press (map, (guint)*p, 0);
  g_assert_cmpstr (get_title_at_cursor (map), ==, "Trần Văn Đức");
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_several_are_selected (void)
{
  g_autoptr (TdCentre) centre = make_centre (40);
  g_autoptr (GPtrArray) agents = NULL;
  GtkWidget  *window;
  TdAgentMap *map = show_map (&window, centre, 1000, 500);

  press (map, GDK_KEY_Home, 0);
  press (map, GDK_KEY_Return, 0);
  press (map, GDK_KEY_Right, 0);
  press (map, GDK_KEY_space, GDK_CONTROL_MASK);
  agents = td_agent_map_dup_selection (map);
  g_assert_cmpuint (agents->len, ==, 2);
  g_assert_true (g_ptr_array_index (agents, 1) == td_agent_map_get_selected (map));

  /* Once more takes out again. */
  press (map, GDK_KEY_space, GDK_CONTROL_MASK);
  g_clear_pointer (&agents, g_ptr_array_unref);
  agents = td_agent_map_dup_selection (map);
  g_assert_cmpuint (agents->len, ==, 1);
  press (map, GDK_KEY_End, 0);
  press (map, GDK_KEY_space, GDK_SHIFT_MASK);
  g_clear_pointer (&agents, g_ptr_array_unref);
  agents = td_agent_map_dup_selection (map);
  g_assert_cmpuint (agents->len, ==, 14);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_a_queue_shows_all_who_serve_it (void)
{
  g_autoptr (TdCentre) centre = make_centre (40);
  GtkWidget  *window;
  TdAgentMap *map = show_map (&window, centre, 1000, 500);
  guint       n_cells = 0;

  /* Ten of the forty serve both queues. */
  td_agent_map_set_arrangement (map, TD_MAP_BY_QUEUE);
  for (GtkWidget *zone = gtk_widget_get_first_child (GTK_WIDGET (map)); zone != NULL; zone = gtk_widget_get_next_sibling (zone))
    for (GtkWidget *cell = gtk_widget_get_first_child (zone); cell != NULL; cell = gtk_widget_get_next_sibling (cell))
      n_cells++;
  g_assert_cmpuint (n_cells, ==, 50);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_cells_have_names (void)
{
  g_autoptr (TdCentre) centre = make_centre (12);
  GtkWidget  *window;
  TdAgentMap *map = show_map (&window, centre, 1000, 500);
  GtkWidget  *zone = gtk_widget_get_first_child (GTK_WIDGET (map));
  GtkWidget  *cell = gtk_widget_get_first_child (zone);

  g_signal_connect (centre, "changed", G_CALLBACK (changed_cb), map);
  g_assert_cmpint (gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (map)), ==, GTK_ACCESSIBLE_ROLE_GRID);
  g_assert_cmpint (gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (cell)), ==, GTK_ACCESSIBLE_ROLE_GRID_CELL);
  g_assert_cmpstr (td_map_cell_get_name (TD_MAP_CELL (zone)), ==,
                   "Office 4: 1 unreachable, 1 ringing, 2 on call");
  g_assert_cmpstr (td_map_cell_get_name (TD_MAP_CELL (cell)), ==,
                   "Lê Hoàng Mỹ Linh, unreachable 5 minutes 38 seconds, office");

  /* Agent 9 is back, and no longer the first. */
  change_agent (map, centre, 9, TD_AGENT_STATE_AVAILABLE);
  td_agent_map_update (map, NULL);
  g_assert_cmpstr (td_map_cell_get_name (TD_MAP_CELL (cell)), ==, "Đặng Xuân Hương, ringing 3 minutes 47 seconds, office");
  gtk_window_destroy (GTK_WINDOW (window));
}

/* What is in the clip around all. */
static GskRenderNode *
get_parts (GskRenderNode *node)
{
  while (gsk_render_node_get_node_type (node) != GSK_CONTAINER_NODE)
    {
      if (gsk_render_node_get_node_type (node) == GSK_CLIP_NODE)
        node = gsk_clip_node_get_child (node);
      else if (gsk_render_node_get_node_type (node) == GSK_TRANSFORM_NODE)
        node = gsk_transform_node_get_child (node);
      else
        g_error ("A node of type %d", gsk_render_node_get_node_type (node));
    }

  return node;
}

static void
test_a_zone_tells_who_is_over_a_limit (void)
{
  g_autoptr (TdCentre) centre = make_centre (60);
  GtkWidget  *window;
  TdAgentMap *map = show_map (&window, centre, 1000, 500);
  GtkWidget  *zone = gtk_widget_get_first_child (GTK_WIDGET (map));

  g_assert_cmpstr (td_map_cell_get_name (TD_MAP_CELL (zone)), ==,
                   "Office 20: 5 unreachable, 5 ringing (2 of them for more than 5 minutes), "
                   "10 on call (4 of them for more than 5 minutes)");
  now += SECONDS (600);
  td_agent_map_tick (map);
  td_agent_map_update (map, NULL);
  g_assert_cmpstr (td_map_cell_get_name (TD_MAP_CELL (zone)), ==,
                   "Office 20: 5 unreachable, 5 ringing for more than 5 minutes, 10 on call for more than 5 minutes");
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_a_hover_draws_nothing_anew (void)
{
  g_autoptr (TdCentre) centre = make_centre (2000);
  g_autoptr (GskRenderNode) before = NULL;
  g_autoptr (GskRenderNode) after = NULL;
  GskRenderNode *map_before, *map_after;
  guint          n_sheets = 0;
  GtkWidget     *window;
  TdAgentMap    *map = show_map (&window, centre, 1000, 500);

  before = snapshot_map (map);
  td_agent_map_set_selected (map, td_roster_get (td_centre_get_agents (centre), 77));
  after = snapshot_map (map);

  /* Heads and sheets, and what is marked on top. */
  map_before = get_parts (before);
  map_after = get_parts (after);
  g_assert_cmpuint (gsk_container_node_get_n_children (map_after), ==, gsk_container_node_get_n_children (map_before) + 1);
  for (guint i = 0, n = gsk_container_node_get_n_children (map_before); i < n; i++)
    {
      GskRenderNode *x = gsk_container_node_get_child (map_before, i), *y = gsk_container_node_get_child (map_after, i);

      if (gsk_render_node_get_node_type (x) != GSK_CAIRO_NODE)
        continue;
      g_assert_true (x == y);
      n_sheets++;
    }
  g_assert_cmpuint (n_sheets, >=, 3);
  gtk_window_destroy (GTK_WINDOW (window));
}

static guint
count_parts (TdAgentMap *map)
{
  g_autoptr (GskRenderNode) node = snapshot_map (map);

  return gsk_container_node_get_n_children (get_parts (node));
}

static void
test_a_change_of_state_fades_unless_motion_is_off (void)
{
  g_autoptr (TdCentre) centre = make_centre (24);
  GtkWidget  *window;
  TdAgentMap *map = show_map (&window, centre, 1000, 500);
  guint       timeout = g_timeout_add_seconds (30, timed_out_cb, NULL);
  guint       n_parts;

  g_signal_connect (centre, "changed", G_CALLBACK (changed_cb), map);
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  n_parts = count_parts (map);
  change_agent (map, centre, 1, TD_AGENT_STATE_ON_CALL);
  g_assert_cmpuint (count_parts (map), ==, n_parts);

  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", TRUE, NULL);
  change_agent (map, centre, 1, TD_AGENT_STATE_WRAP_UP);
  g_assert_cmpuint (count_parts (map), ==, n_parts + 1);
  while (count_parts (map) > n_parts)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (timeout);
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  gtk_window_destroy (GTK_WINDOW (window));
}

static gboolean
is_on_call (TdAgent *agent,
            gpointer user_data)
{
  return td_agent_get_info (agent)->state == TD_AGENT_STATE_ON_CALL;
}

static double
get_difference (cairo_surface_t *a,
                cairo_surface_t *b)
{
  int   width = cairo_image_surface_get_width (a), height = cairo_image_surface_get_height (a);
  guint n_different = 0;

  if (width != cairo_image_surface_get_width (b) || height != cairo_image_surface_get_height (b))
    return 1;

  for (int y = 0; y < height; y++)
    {
      const guchar *p = cairo_image_surface_get_data (a) + y * cairo_image_surface_get_stride (a);
      const guchar *q = cairo_image_surface_get_data (b) + y * cairo_image_surface_get_stride (b);

      for (int x = 0; x < width; x++, p += 4, q += 4)
        n_different += abs (p[0] - q[0]) > SHADE || abs (p[1] - q[1]) > SHADE || abs (p[2] - q[2]) > SHADE;
    }

  return (double)n_different / (width * height);
}

static void
check_picture (TdAgentMap *map,
               const char *name)
{
  g_autofree char *path = g_strdup_printf ("%s/map-%s.png", TD_PICTURES_DIR, name);
  cairo_surface_t *drawn = draw (map, name);
  cairo_surface_t *stored = cairo_image_surface_create_from_png (path);
  double           difference;

  difference = cairo_surface_status (stored) == CAIRO_STATUS_SUCCESS ? get_difference (drawn, stored) : 1;
  g_test_message ("%s: %.3f %% of the pixels differ", name, difference * 100);
  if (difference > MOST_DIFFERENT)
    g_test_fail_printf ("%s is not as %s: %.3f %% of the pixels differ", name, path, difference * 100);
  cairo_surface_destroy (stored);
  cairo_surface_destroy (drawn);
}

static gboolean
has_font (void)
{
  g_autoptr (PangoFontDescription) wanted = pango_font_description_from_string (FONT);
  PangoFontMap    *map = pango_cairo_font_map_get_default ();
  g_autofree void *families = NULL;
  int              n_families;

  pango_font_map_list_families (map, (PangoFontFamily ***)&families, &n_families);
  for (int i = 0; i < n_families; i++)
    {
      if (g_str_equal (pango_font_family_get_name (((PangoFontFamily **)families)[i]), pango_font_description_get_family (wanted)))
        return TRUE;
    }

  return FALSE;
}

static void
test_looks_as_stored (gconstpointer data)
{
  static const struct
  {
    const char *name;
    guint       n_agents;
  } cases[] = {
    { "card", 6 },
    { "tile", 24 },
    { "chip", 60 },
    { "narrow", 150 },
    { "square", 400 },
    { "dots", 2000 },
  };
  gboolean is_dark = GPOINTER_TO_INT (data);

  if (!has_font ())
    {
      g_test_skip ("There is no " FONT);
      return;
    }

  set_style (is_dark);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (TdCentre) centre = make_centre (cases[i].n_agents);
      g_autofree char *name = g_strdup_printf ("%s-%s", cases[i].name, is_dark ? "dark" : "light");
      g_autofree char *dimmed = g_strdup_printf ("%s-dimmed", name);
      GtkWidget       *window;
      TdAgentMap      *map = show_map (&window, centre, 640, 360);

      check_picture (map, name);
      if (i == 1 || i == 4)
        {
          td_agent_map_set_filter (map, is_on_call, NULL);
          td_agent_map_set_colouring (map, TD_MAP_COLOUR_AGE);
          check_picture (map, dimmed);
        }
      gtk_window_destroy (GTK_WINDOW (window));
    }
  set_style (FALSE);
}

static gboolean
is_ground (cairo_surface_t *surface,
           const GdkRGBA   *ground,
           int              x,
           int              y)
{
  const guchar *p = cairo_image_surface_get_data (surface) + y * cairo_image_surface_get_stride (surface) + 4 * x;

  return abs (p[2] - (int)(ground->red * 255)) < SHADE && abs (p[1] - (int)(ground->green * 255)) < SHADE &&
         abs (p[0] - (int)(ground->blue * 255)) < SHADE;
}

/* What is drawn of a tile stays in it, and of a head in the head: beside them
 * there is only the ground of the zone. */
static void
check_that_all_stays_inside (TdAgentMap *map,
                             guint       n_agents)
{
  cairo_surface_t *drawn = draw (map, "inside");
  GdkRGBA          ground;
  guint            n_checked = 0;

  td_palette_lookup (GTK_WIDGET (map), "td_card", &ground);
  for (GtkWidget *zone = gtk_widget_get_first_child (GTK_WIDGET (map)); zone != NULL; zone = gtk_widget_get_next_sibling (zone))
    {
      GtkAllocation outer, inner = { 0 };

      gtk_widget_get_allocation (zone, &outer);
      for (GtkWidget *cell = gtk_widget_get_first_child (zone); cell != NULL; cell = gtk_widget_get_next_sibling (cell), n_checked++)
        {
          gtk_widget_get_allocation (cell, &inner);
          for (int y = 0; y < inner.height; y++)
            {
              g_assert_true (is_ground (drawn, &ground, outer.x + inner.x - 1, outer.y + inner.y + y));
              g_assert_true (is_ground (drawn, &ground, outer.x + inner.x + inner.width, outer.y + inner.y + y));
            }
          for (int x = 0; x < inner.width; x++)
            g_assert_true (is_ground (drawn, &ground, outer.x + inner.x + x, outer.y + inner.y + inner.height));
        }
      gtk_widget_get_allocation (gtk_widget_get_first_child (zone), &inner);
      for (int y = inner.y / 2; y < inner.y; y++)
        {
          g_assert_true (is_ground (drawn, &ground, outer.x + 4, outer.y + y));
          g_assert_true (is_ground (drawn, &ground, outer.x + outer.width - 5, outer.y + y));
        }
    }
  g_assert_cmpuint (n_checked, ==, n_agents);
  cairo_surface_destroy (drawn);
}

static guint
count_cells (TdAgentMap *map)
{
  guint n = 0;

  for (GtkWidget *zone = gtk_widget_get_first_child (GTK_WIDGET (map)); zone != NULL; zone = gtk_widget_get_next_sibling (zone))
    for (GtkWidget *cell = gtk_widget_get_first_child (zone); cell != NULL; cell = gtk_widget_get_next_sibling (cell))
      n += gtk_widget_get_width (cell) > 0;

  return n;
}

static void
test_all_stays_inside (void)
{
  static const guint counts[] = { 1, 4, 12, 60, 120, 250, 400 };
  static const int   rooms[][2] = { { 1000, 440 }, { 1340, 600 }, { 1890, 900 }, { 3800, 1980 } };

  for (guint r = 0; r < G_N_ELEMENTS (rooms); r++)
    for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
      {
        g_autoptr (TdCentre) centre = make_centre (counts[i]);
        GtkWidget  *window;
        TdAgentMap *map = show_map (&window, centre, rooms[r][0], rooms[r][1]);

        /* Times of hours and of a day, which have the least room. */
        now = START + SECONDS (i % 2 == 0 ? 4000 : 90000);
        /* An update makes a part of the cells. */
        for (guint k = 0; k == 0 || (k < counts[i] && count_cells (map) < counts[i]); k++)
          {
            td_agent_map_update (map, NULL);
            wait_for_a_frame (map);
          }
        check_that_all_stays_inside (map, counts[i]);
        gtk_window_destroy (GTK_WINDOW (window));
      }
}

/* For people: with TD_RENDER_DESK set too, maps as large as on a desk. */
static void
draw_for_people (gboolean is_dark)
{
  static const guint counts[] = { 1, 12, 120, 600, 2000, 10000 };

  set_style (is_dark);
  for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
    {
      g_autoptr (TdCentre) centre = make_centre (counts[i]);
      g_autofree char *name = g_strdup_printf ("desk-%u-%s", counts[i], is_dark ? "dark" : "light");
      GtkWidget       *window;
      TdAgentMap      *map = show_map (&window, centre, 1340, 600);

      cairo_surface_destroy (draw (map, name));
      gtk_window_destroy (GTK_WINDOW (window));
    }
  set_style (FALSE);
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr (GtkCssProvider) provider = NULL;

  gtk_disable_setlocale ();
  g_test_init (&argc, &argv, NULL);
  if (!gtk_init_check ())
    {
      g_print ("1..0 # SKIP there is no display\n");
      return 0;
    }
  adw_init ();
  g_object_set (gtk_settings_get_default (), "gtk-font-name", FONT, "gtk-xft-dpi", 96 * 1024, "gtk-xft-antialias", 1,
                "gtk-xft-hinting", 1, "gtk-xft-hintstyle", "hintslight", "gtk-xft-rgba", "none",
                "gtk-enable-animations", FALSE, NULL);
  set_style (FALSE);
  provider = gtk_css_provider_new ();
  gtk_css_provider_load_from_path (provider, TD_DATA_DIR "/style.css");
  gtk_style_context_add_provider_for_display (gdk_display_get_default (), GTK_STYLE_PROVIDER (provider),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);

  g_test_add_func ("/agent-map/who-needs-a-person-comes-first", test_who_needs_a_person_comes_first);
  g_test_add_func ("/agent-map/nobody-moves-under-a-menu", test_nobody_moves_under_a_menu);
  g_test_add_func ("/agent-map/arrows-walk-tiles-and-zones", test_arrows_walk_tiles_and_zones);
  g_test_add_func ("/agent-map/typing-finds", test_typing_finds);
  g_test_add_func ("/agent-map/several-are-selected", test_several_are_selected);
  g_test_add_func ("/agent-map/a-queue-shows-all-who-serve-it", test_a_queue_shows_all_who_serve_it);
  g_test_add_func ("/agent-map/cells-have-names", test_cells_have_names);
  g_test_add_func ("/agent-map/a-zone-tells-who-is-over-a-limit", test_a_zone_tells_who_is_over_a_limit);
  g_test_add_func ("/agent-map/a-hover-draws-nothing-anew", test_a_hover_draws_nothing_anew);
  g_test_add_func ("/agent-map/a-change-of-state-fades-unless-motion-is-off", test_a_change_of_state_fades_unless_motion_is_off);
  g_test_add_func ("/agent-map/all-stays-inside", test_all_stays_inside);
  g_test_add_data_func ("/agent-map/looks-as-stored/light", GINT_TO_POINTER (FALSE), test_looks_as_stored);
  g_test_add_data_func ("/agent-map/looks-as-stored/dark", GINT_TO_POINTER (TRUE), test_looks_as_stored);

  if (g_getenv ("TD_RENDER_DESK") != NULL)
    {
      draw_for_people (FALSE);
      draw_for_people (TRUE);
    }

  return g_test_run ();
}
