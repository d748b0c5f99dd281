/* test-overview.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <locale.h>
#include <math.h>

#include "td-canned-centre.h"
#include "fake-backend.h"
#include "td-freshness-chip.h"
#include "td-overview-page.h"
#include "td-stat-tile.h"

/* With TD_RENDER_DIR set, every page that is looked at is saved there as a
 * PNG, for people. TD_RENDER_STYLE=dark renders the dark style. */

#define HEADER_HEIGHT 47

typedef struct
{
  FakeBackend *backend;
  TdWatch     *watch;
  GtkWidget   *window;
  GtkWidget   *page;
} Fixture;

static gboolean
timeout_cb (gpointer user_data)
{
  *(gboolean *)user_data = TRUE;
  return G_SOURCE_REMOVE;
}

/* Lets the main loop run for @ms. */
static void
run_for (guint ms)
{
  gboolean done = FALSE;

  g_timeout_add (ms, timeout_cb, &done);
  while (!done)
    g_main_context_iteration (NULL, TRUE);
}

static void
save (Fixture    *fixture,
      const char *name)
{
  const char *dir = g_getenv ("TD_RENDER_DIR");
  g_autoptr (GdkPaintable) paintable = NULL;
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GdkTexture) texture = NULL;
  g_autofree char *path = NULL;
  GtkSnapshot     *snapshot;
  int              width = gtk_widget_get_width (fixture->page);
  int              height = gtk_widget_get_height (fixture->page);

  if (dir == NULL)
    return;

  paintable = gtk_widget_paintable_new (fixture->page);
  snapshot = gtk_snapshot_new ();
  gdk_paintable_snapshot (paintable, snapshot, width, height);
  node = gtk_snapshot_free_to_node (snapshot);
  texture = gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (fixture->window)), node,
                                         &GRAPHENE_RECT_INIT (0, 0, width, height));
  path = g_strdup_printf ("%s/%s.png", dir, name);
  g_assert_true (gdk_texture_save_to_png (texture, path));
}

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  const int *size = data;
  g_autoptr (TdSnapshot) snapshot = td_canned_centre_snapshot (size[2], size[3]);
  g_autoptr (TdIntervals) intervals = td_canned_centre_intervals ();

  fixture->backend = fake_backend_new_steady (snapshot, intervals);
  fixture->watch = td_watch_new (TD_BACKEND (fixture->backend), NULL);
  fixture->page = td_overview_page_new (fixture->watch);
  fixture->window = gtk_window_new ();
  gtk_window_set_decorated (GTK_WINDOW (fixture->window), FALSE);
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), size[0], size[1] - HEADER_HEIGHT);
  gtk_window_set_child (GTK_WINDOW (fixture->window), fixture->page);
  td_watch_start (fixture->watch);
  gtk_window_present (GTK_WINDOW (fixture->window));
  run_for (600);
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  td_watch_stop (fixture->watch);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  g_clear_object (&fixture->watch);
  g_clear_object (&fixture->backend);
  run_for (50);
}

static void
check_labels (GtkWidget *widget,
              GtkWidget *page,
              gboolean   in_list)
{
  graphene_rect_t bounds;

  if (!gtk_widget_get_mapped (widget))
    return;

  g_assert_true (gtk_widget_compute_bounds (widget, page, &bounds));

  if (GTK_IS_LABEL (widget))
    {
      const char *text = gtk_label_get_text (GTK_LABEL (widget));

      if (pango_layout_is_ellipsized (gtk_label_get_layout (GTK_LABEL (widget))))
        g_test_message ("cut: “%s”, %.0f px", text, bounds.size.width);
      g_assert_false (pango_layout_is_ellipsized (gtk_label_get_layout (GTK_LABEL (widget))));
    }

  if (bounds.origin.x < -0.5 || bounds.origin.x + bounds.size.width > gtk_widget_get_width (page) + 0.5 ||
      (!in_list && bounds.origin.y + bounds.size.height > gtk_widget_get_height (page) + 0.5))
    g_test_message ("out of sight: %s at %.0f, %.0f, %.0f×%.0f", G_OBJECT_TYPE_NAME (widget),
                    bounds.origin.x, bounds.origin.y, bounds.size.width, bounds.size.height);
  g_assert_cmpfloat (bounds.origin.x, >=, -0.5);
  g_assert_cmpfloat (bounds.origin.x + bounds.size.width, <=, gtk_widget_get_width (page) + 0.5);
  /* The list of queues scrolls. */
  if (!in_list)
    g_assert_cmpfloat (bounds.origin.y + bounds.size.height, <=, gtk_widget_get_height (page) + 0.5);

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    check_labels (child, page, in_list || GTK_IS_LIST_VIEW (widget));
}

static GtkWidget *
find (GtkWidget  *widget,
      const char *type_name)
{
  GtkWidget *found;

  if (g_str_equal (G_OBJECT_TYPE_NAME (widget), type_name))
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    if ((found = find (child, type_name)) != NULL)
      return found;

  return NULL;
}

static int
screen_width (void)
{
  GListModel *monitors = gdk_display_get_monitors (gdk_display_get_default ());
  g_autoptr (GdkMonitor) monitor = g_list_model_get_item (monitors, 0);
  GdkRectangle geometry;

  gdk_monitor_get_geometry (monitor, &geometry);
  return geometry.width;
}

static void
test_nothing_is_cut (Fixture      *fixture,
                     gconstpointer data)
{
  const int       *size = data;
  g_autofree char *name = g_strdup_printf ("overview-%dx%d", size[0], size[1]);

  save (fixture, name);
  if (size[0] > screen_width ())
    {
      g_test_skip ("the display is smaller than this");
      return;
    }

  g_assert_cmpint (gtk_widget_get_width (fixture->page), ==, size[0]);
  g_assert_cmpint (gtk_widget_get_height (fixture->page), ==, size[1] - HEADER_HEIGHT);
  check_labels (fixture->page, fixture->page, FALSE);
}

static void
test_queues_fit (Fixture      *fixture,
                 gconstpointer data)
{
  GtkWidget     *scroller = find (fixture->page, "GtkScrolledWindow");
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller));

  g_assert_cmpfloat (gtk_adjustment_get_upper (adjustment), <=, gtk_adjustment_get_page_size (adjustment));
}

static void
test_refused_is_shown (Fixture      *fixture,
                       gconstpointer data)
{
  fixture->backend->is_failing = TRUE;
  td_poller_poll_now (td_watch_get_poller (fixture->watch));
  run_for (400);

  save (fixture, "overview-refused");
  g_assert_cmpint (td_poller_get_health (td_watch_get_poller (fixture->watch)), ==, TD_HEALTH_REFUSED);
  g_assert_true (gtk_widget_has_css_class (fixture->page, "lost"));

  fixture->backend->is_failing = FALSE;
  td_poller_poll_now (td_watch_get_poller (fixture->watch));
  run_for (400);

  g_assert_false (gtk_widget_has_css_class (fixture->page, "lost"));
}

static void
test_worst_tile_is_red (Fixture      *fixture,
                        gconstpointer data)
{
  GtkWidget *tile = find (fixture->page, "TdStatTile");
  GtkWidget *next = gtk_widget_get_next_sibling (tile);

  /* 41 wait and 76 serve, but the oldest has waited 4:12. */
  g_assert_cmpint (td_stat_tile_get_severity (TD_STAT_TILE (tile)), ==, TD_SEVERITY_NORMAL);
  g_assert_cmpint (td_stat_tile_get_severity (TD_STAT_TILE (next)), ==, TD_SEVERITY_RED);
}

/* The text of a label inside the list's row at @position. */
static char *
read_longest (GtkWidget *list,
              guint      position)
{
  GtkWidget *item = gtk_widget_get_first_child (list);

  while (position-- > 0)
    item = gtk_widget_get_next_sibling (item);

  for (GtkWidget *child = gtk_widget_get_first_child (find (item, "TdQueueRow"));
       child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (gtk_widget_has_css_class (child, "longest"))
      return g_strdup (gtk_label_get_text (GTK_LABEL (child)));

  return NULL;
}

static void
test_scrolled_queues_are_current (Fixture      *fixture,
                                  gconstpointer data)
{
  GtkWidget       *list = find (fixture->page, "GtkListView");
  GtkAdjustment   *adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (list));
  g_autofree char *before = read_longest (list, 100);
  g_autofree char *out_of_sight = NULL;
  g_autofree char *in_sight = NULL;

  run_for (1500);
  out_of_sight = read_longest (list, 100);
  g_assert_cmpstr (out_of_sight, ==, before);

  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_upper (adjustment) * 100 / 210);
  in_sight = read_longest (list, 100);
  g_assert_cmpstr (in_sight, !=, before);
}

/* Whether a label in sight under @widget holds @text. */
static gboolean
says (GtkWidget  *widget,
      const char *text)
{
  if (GTK_IS_LABEL (widget) && gtk_widget_get_mapped (widget) &&
      strstr (gtk_label_get_text (GTK_LABEL (widget)), text) != NULL)
    return TRUE;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (says (child, text))
      return TRUE;

  return FALSE;
}

/* The tile with this caption. */
static GtkWidget *
find_tile (Fixture    *fixture,
           const char *caption)
{
  for (GtkWidget *tile = find (fixture->page, "TdStatTile"); tile != NULL; tile = gtk_widget_get_next_sibling (tile))
    {
      g_autofree char *own = NULL;

      g_object_get (tile, "caption", &own, NULL);
      if (g_str_equal (own, caption))
        return tile;
    }

  return NULL;
}

static void
test_estimates_say_so (Fixture      *fixture,
                       gconstpointer data)
{
  static const char *const estimated[] = { "Service level since 13:05", "Calls since 13:05" };
  static const char *const exact[] = { "Waiting", "Longest wait", "Last 15 minutes", "Serving" };
  GtkWidget               *row = find (fixture->page, "TdQueueRow");

  save (fixture, "overview-estimated");
  for (guint i = 0; i < G_N_ELEMENTS (estimated); i++)
    {
      GtkWidget *tile = find_tile (fixture, estimated[i]);

      g_assert_nonnull (tile);
      g_assert_true (says (tile, "≈"));
      g_assert_nonnull (strstr (gtk_widget_get_tooltip_text (tile), "inferred"));
    }
  for (guint i = 0; i < G_N_ELEMENTS (exact); i++)
    g_assert_false (says (find_tile (fixture, exact[i]), "≈"));
  check_labels (fixture->page, fixture->page, FALSE);

  /* One queue of ten is an estimate, and the worst: after the header. */
  row = find (find (fixture->page, "GtkListView"), "TdQueueRow");
  g_assert_true (says (row, "≈"));
  g_assert_nonnull (strstr (gtk_widget_get_tooltip_text (row), "inferred"));
  row = find (gtk_widget_get_next_sibling (gtk_widget_get_parent (row)), "TdQueueRow");
  g_assert_false (says (row, "≈"));
  g_assert_null (gtk_widget_get_tooltip_text (row));
}

static void
test_exact_counts_have_no_mark (Fixture      *fixture,
                                gconstpointer data)
{
  g_assert_nonnull (find_tile (fixture, "Service level today"));
  g_assert_nonnull (find_tile (fixture, "Calls today"));
  g_assert_false (says (fixture->page, "≈"));
}

static void
test_formula_shows_at_once (Fixture      *fixture,
                            gconstpointer data)
{
  TdCentre  *centre = td_watch_get_centre (fixture->watch);
  GtkWidget *tile = find_tile (fixture, "Service level today");

  g_assert_true (says (tile, "Target 80"));
  td_centre_set_service_level_target (centre, 0.95);
  g_assert_true (says (tile, "Target 95"));
  g_assert_cmpint (td_stat_tile_get_severity (TD_STAT_TILE (tile)), ==, TD_SEVERITY_RED);

  td_centre_set_service_level_formula (centre, TD_SERVICE_LEVEL_OF_ANSWERED);
  g_assert_nonnull (strstr (gtk_widget_get_tooltip_text (tile), "answered within T ÷ answered, T = 20 s"));

  td_centre_set_service_level_target (centre, NAN);
  g_assert_true (says (tile, "Target 80"));
}

static void
test_chip_says_how_fresh (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_offset (7 * 3600);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  Fixture    fixture = { .page = box };

  gtk_widget_add_css_class (box, "td-page");
  for (int i = TD_FRESHNESS_CONNECTING; i <= TD_FRESHNESS_REFUSED; i++)
    {
      GtkWidget       *chip = td_freshness_chip_new ();
      g_autofree char *text = td_freshness_format (i, 12345, TD_CANNED_AT, TD_CANNED_AT + 60 * G_USEC_PER_SEC, zone);

      td_freshness_chip_set_state (TD_FRESHNESS_CHIP (chip), i, text);
      g_assert_cmpint (td_freshness_chip_get_state (TD_FRESHNESS_CHIP (chip)), ==, i);
      g_assert_cmpstr (td_freshness_chip_get_text (TD_FRESHNESS_CHIP (chip)), ==, text);
      if (i == TD_FRESHNESS_STALE)
        g_assert_nonnull (strstr (text, "12"));
      if (i == TD_FRESHNESS_LOST)
        g_assert_nonnull (strstr (text, "14:20"));
      gtk_box_append (GTK_BOX (box), chip);

      /* The lock stands after the words, and only where it is open. */
      g_assert_false (gtk_widget_get_visible (gtk_widget_get_last_child (chip)));
      td_freshness_chip_set_open (TD_FRESHNESS_CHIP (chip), i == TD_FRESHNESS_LIVE);
      g_assert_cmpint (gtk_widget_get_visible (gtk_widget_get_last_child (chip)), ==, i == TD_FRESHNESS_LIVE);
    }

  fixture.window = gtk_window_new ();
  gtk_window_set_child (GTK_WINDOW (fixture.window), box);
  gtk_window_present (GTK_WINDOW (fixture.window));
  run_for (200);
  save (&fixture, "freshness");
  gtk_window_destroy (GTK_WINDOW (fixture.window));
}

static void
test_hidden_page_does_nothing (Fixture      *fixture,
                               gconstpointer data)
{
  GtkWidget       *tile = gtk_widget_get_next_sibling (find (fixture->page, "TdStatTile"));
  GtkWidget       *number = find (gtk_widget_get_next_sibling (gtk_widget_get_first_child (tile)), "GtkLabel");
  g_autofree char *before = g_strdup (gtk_label_get_text (GTK_LABEL (number)));

  gtk_widget_set_visible (fixture->page, FALSE);
  run_for (1200);
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (number)), ==, before);

  gtk_widget_set_visible (fixture->page, TRUE);
  run_for (1200);
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (number)), !=, before);
}

static void
load_style (const char *name)
{
  g_autofree char *path = g_build_filename (TD_DATA_DIR, name, NULL);
  GtkCssProvider  *provider = gtk_css_provider_new ();

  gtk_css_provider_load_from_path (provider, path);
  gtk_style_context_add_provider_for_display (gdk_display_get_default (), GTK_STYLE_PROVIDER (provider),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  g_object_unref (provider);
}

int
main (int   argc,
      char *argv[])
{
  static const int sizes[][4] = { { 1024, 600, 0, 0 }, { 1366, 768, 0, 0 }, { 1920, 1080, 0, 0 }, { 3840, 2160, 0, 0 } };
  static const int many_queues[] = { 1366, 768, 200, 0 };
  static const int estimated[] = { 1366, 768, 0, 1 };
  const char      *localedir = g_getenv ("TD_LOCALEDIR");

  setlocale (LC_ALL, "");
  if (localedir != NULL)
    {
      bindtextdomain (GETTEXT_PACKAGE, localedir);
      bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
      textdomain (GETTEXT_PACKAGE);
    }

  g_test_init (&argc, &argv, NULL);
  if (!gtk_init_check ())
    {
      g_print ("1..0 # SKIP no display\n");
      return 0;
    }
  adw_init ();

  load_style ("style.css");
  if (g_strcmp0 (g_getenv ("TD_RENDER_STYLE"), "dark") == 0)
    {
      adw_style_manager_set_color_scheme (adw_style_manager_get_default (), ADW_COLOR_SCHEME_FORCE_DARK);
      load_style ("style-dark.css");
    }

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autofree char *path = g_strdup_printf ("/overview/nothing-is-cut/%dx%d", sizes[i][0], sizes[i][1]);

      g_test_add (path, Fixture, sizes[i], set_up, test_nothing_is_cut, tear_down);
    }
  g_test_add ("/overview/ten-queues-need-no-scrollbar", Fixture, sizes[1], set_up, test_queues_fit, tear_down);
  g_test_add ("/overview/a-refused-source-is-shown-as-lost", Fixture, sizes[1], set_up, test_refused_is_shown, tear_down);
  g_test_add ("/overview/a-long-wait-makes-its-tile-red", Fixture, sizes[1], set_up, test_worst_tile_is_red, tear_down);
  g_test_add ("/overview/a-hidden-page-does-nothing", Fixture, sizes[1], set_up, test_hidden_page_does_nothing, tear_down);
  g_test_add ("/overview/scrolled-queues-are-current", Fixture, many_queues, set_up, test_scrolled_queues_are_current, tear_down);
  g_test_add ("/overview/estimates-say-so", Fixture, estimated, set_up, test_estimates_say_so, tear_down);
  g_test_add ("/overview/exact-counts-have-no-mark", Fixture, sizes[1], set_up, test_exact_counts_have_no_mark, tear_down);
  g_test_add ("/overview/another-formula-and-target-show-at-once", Fixture, sizes[1], set_up, test_formula_shows_at_once, tear_down);
  g_test_add_func ("/freshness/chip-says-how-fresh", test_chip_says_how_fresh);

  return g_test_run ();
}
