/* test-queues.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <adwaita.h>
#include <libintl.h>
#include <locale.h>
#include <math.h>

#include "fake-backend.h"
#include "td-fold.h"
#include "td-queue-entry.h"
#include "td-queues-page.h"
#include "td-queues-table.h"
#include "td-simulation.h"

/* With TD_RENDER_DIR set, every page that is looked at is saved there as a
 * PNG, for people. TD_RENDER_STYLE=dark renders the dark style. */

#define HEADER_HEIGHT 47
#define START (G_GINT64_CONSTANT (1795331400) * G_USEC_PER_SEC) /* a working day, 14:10 in Viet Nam */

typedef struct
{
  int         width;
  int         height;
  guint       n_queues;
  guint       n_agents;
  const char *scenario;
} Scene;

typedef struct
{
  FakeBackend   *backend;
  TdWatch       *watch;
  GtkWidget     *window;
  GtkWidget     *page;
  TdQueuesTable *table;
} Fixture;

static gboolean
timeout_cb (gpointer user_data)
{
  *(gboolean *)user_data = TRUE;
  return G_SOURCE_REMOVE;
}

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
  int              width = gtk_widget_get_width (fixture->page);
  int              height = gtk_widget_get_height (fixture->page);

  if (dir == NULL)
    return;

  /* Nothing is there before the first frame was drawn. */
  for (guint i = 0; i < 50 && node == NULL; i++)
    {
      GtkSnapshot *snapshot = gtk_snapshot_new ();

      if (i > 0)
        run_for (100);
      g_clear_object (&paintable);
      paintable = gtk_widget_paintable_new (fixture->page);
      gdk_paintable_snapshot (paintable, snapshot, width, height);
      node = gtk_snapshot_free_to_node (snapshot);
    }
  g_assert_nonnull (node);
  texture = gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (fixture->window)), node,
                                         &GRAPHENE_RECT_INIT (0, 0, width, height));
  path = g_strdup_printf ("%s/%s.png", dir, name);
  g_assert_true (gdk_texture_save_to_png (texture, path));
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

static gboolean
is_settled (Fixture *fixture)
{
  return gtk_widget_get_width (fixture->page) > 0 &&
         td_queues_table_get_n_shown (fixture->table) > 0 &&
         td_day_get_n_minutes (td_watch_get_day (fixture->watch)) > 0 &&
         td_queues_table_get_selected (fixture->table) != NULL;
}

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  const Scene        *scene = data;
  TdSimulationOptions options = {
    .seed = 7,
    .n_agents = scene->n_agents,
    .n_queues = scene->n_queues,
    .scenario = "normal",
    .start = START,
    .instance = "test",
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (TdSimulation) simulation = td_simulation_new (&options, &error);
  g_autoptr (TdSnapshot) snapshot = NULL;
  g_autoptr (TdIntervals) intervals = NULL;

  g_assert_no_error (error);
  if (scene->scenario != NULL)
    g_assert_true (td_simulation_set_scenario (simulation, scene->scenario, NULL));
  td_simulation_advance (simulation, START + 600 * G_USEC_PER_SEC);
  snapshot = td_simulation_take_full (simulation);
  intervals = td_simulation_get_intervals (simulation, td_snapshot_get_centre (snapshot)->day_start,
                                           START + 600 * G_USEC_PER_SEC, 60, NULL, &error);
  g_assert_no_error (error);

  fixture->backend = fake_backend_new_steady (snapshot, intervals);
  fixture->watch = td_watch_new (TD_BACKEND (fixture->backend), NULL);
  fixture->page = td_queues_page_new (fixture->watch);
  fixture->table = TD_QUEUES_TABLE (find (fixture->page, "TdQueuesTable"));
  fixture->window = gtk_window_new ();
  gtk_window_set_decorated (GTK_WINDOW (fixture->window), FALSE);
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), scene->width, scene->height - HEADER_HEIGHT);
  gtk_window_set_child (GTK_WINDOW (fixture->window), fixture->page);
  td_watch_start (fixture->watch);
  gtk_window_present (GTK_WINDOW (fixture->window));

  /* A busy machine takes longer until everything has come and found its place. */
  for (guint i = 0; i < 100 && !is_settled (fixture); i++)
    run_for (100);
  g_assert_true (is_settled (fixture));
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
collect (GtkWidget *widget,
         GtkWidget *page,
         GPtrArray *labels)
{
  if (!gtk_widget_get_mapped (widget))
    return;
  if (GTK_IS_LABEL (widget))
    g_ptr_array_add (labels, widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    collect (child, page, labels);
}

static double
get_end (GtkWidget *widget,
         GtkWidget *page)
{
  graphene_rect_t bounds;

  g_assert_true (gtk_widget_compute_bounds (widget, page, &bounds));
  return bounds.origin.x + bounds.size.width;
}

static int
compare_ends (gconstpointer a,
              gconstpointer b)
{
  GtkWidget *x = *(GtkWidget *const *)a;
  GtkWidget *y = *(GtkWidget *const *)b;
  GtkWidget *root = GTK_WIDGET (gtk_widget_get_root (x));

  return (int)(get_end (x, root) - get_end (y, root));
}

static GtkWidget *
find_total (Fixture *fixture)
{
  return gtk_widget_get_last_child (gtk_widget_get_first_child (GTK_WIDGET (fixture->table)));
}

static void
test_columns_line_up (Fixture      *fixture,
                      gconstpointer data)
{
  const Scene     *scene = data;
  g_autofree char *name = g_strdup_printf ("queues-%dx%d-%u%s", scene->width, scene->height, scene->n_queues,
                                           scene->scenario != NULL ? scene->scenario : "");
  g_autoptr (GPtrArray) totals = g_ptr_array_new ();
  g_autoptr (GPtrArray) cells = g_ptr_array_new ();
  GtkWidget *row = find (GTK_WIDGET (fixture->table), "GtkColumnListView");

  save (fixture, name);
  row = gtk_widget_get_first_child (row);
  collect (row, fixture->page, cells);
  collect (find_total (fixture), fixture->page, totals);
  g_ptr_array_sort (cells, compare_ends);

  g_assert_cmpuint (totals->len, >=, 7);
  g_assert_cmpuint (cells->len, ==, totals->len);
  for (guint i = 0; i < totals->len; i++)
    {
      GtkWidget *total = g_ptr_array_index (totals, i);
      GtkWidget *cell = g_ptr_array_index (cells, i);

      g_assert_false (pango_layout_is_ellipsized (gtk_label_get_layout (GTK_LABEL (total))));
      if (i > 0)
        {
          g_assert_false (pango_layout_is_ellipsized (gtk_label_get_layout (GTK_LABEL (cell))));
          g_assert_cmpfloat_with_epsilon (get_end (total, fixture->page), get_end (cell, fixture->page), 1.01);
        }
      g_assert_cmpfloat (get_end (total, fixture->page), <=, gtk_widget_get_width (fixture->page));
    }
}

static void
test_worst_is_first_and_selected (Fixture      *fixture,
                                  gconstpointer data)
{
  TdCentre *centre = td_watch_get_centre (fixture->watch);
  TdRoster *queues = td_centre_get_queues (centre);
  TdQueue  *selected = td_queues_table_get_selected (fixture->table);
  gint64    most = 0;

  for (guint i = 0; i < td_roster_get_size (queues); i++)
    most = MAX (most, td_queue_get_info (td_roster_get (queues, i))->waiting);

  g_assert_cmpint (most, >, 0);
  g_assert_nonnull (selected);
  g_assert_cmpint (td_queue_get_info (selected)->waiting, ==, most);
}

static void
test_filter_ignores_accents (Fixture      *fixture,
                             gconstpointer data)
{
  GtkWidget *entry = find (fixture->page, "GtkSearchEntry");
  guint      n_all = td_queues_table_get_n_shown (fixture->table);
  TdQueue   *selected = td_queues_table_get_selected (fixture->table);
  guint      n_shown;

  td_queues_page_focus_filter (TD_QUEUES_PAGE (fixture->page));
  gtk_editable_set_text (GTK_EDITABLE (entry), "dien  MAT");
  run_for (400);
  n_shown = td_queues_table_get_n_shown (fixture->table);
  g_assert_cmpuint (n_shown, >, 0);
  g_assert_cmpuint (n_shown, <, n_all);
  save (fixture, "queues-filtered");

  gtk_editable_set_text (GTK_EDITABLE (entry), "no such queue");
  run_for (400);
  g_assert_cmpuint (td_queues_table_get_n_shown (fixture->table), ==, 0);
  g_assert_true (td_queues_table_get_selected (fixture->table) == selected);
  save (fixture, "queues-no-match");

  /* Showing a queue that the filter hides takes the filter away. */
  td_queues_page_show_queue (TD_QUEUES_PAGE (fixture->page), td_queue_get_id (selected));
  run_for (100);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "");
  g_assert_cmpuint (td_queues_table_get_n_shown (fixture->table), ==, n_all);
}

static void
test_show_queue_selects (Fixture      *fixture,
                         gconstpointer data)
{
  TdRoster *queues = td_centre_get_queues (td_watch_get_centre (fixture->watch));
  TdQueue  *quiet = NULL;

  for (guint i = 0; i < td_roster_get_size (queues) && quiet == NULL; i++)
    {
      TdQueue *queue = td_roster_get (queues, i);

      if (td_queue_get_info (queue)->waiting == 0)
        quiet = queue;
    }
  g_assert_nonnull (quiet);

  td_queues_page_show_queue (TD_QUEUES_PAGE (fixture->page), "there is none");
  g_assert_true (td_queues_table_get_selected (fixture->table) != quiet);

  td_queues_page_show_queue (TD_QUEUES_PAGE (fixture->page), td_queue_get_id (quiet));
  run_for (200);
  g_assert_true (td_queues_table_get_selected (fixture->table) == quiet);
  save (fixture, "queues-nobody-waits");
}

static GtkWidget *
find_mapped_label (GtkWidget  *widget,
                   const char *text)
{
  g_autoptr (GPtrArray) labels = g_ptr_array_new ();

  collect (widget, NULL, labels);
  for (guint i = 0; i < labels->len; i++)
    {
      if (g_str_equal (gtk_label_get_text (g_ptr_array_index (labels, i)), text))
        return g_ptr_array_index (labels, i);
    }

  return NULL;
}

static void
note_sort_cb (GObject    *object,
              GParamSpec *pspec,
              gpointer    user_data)
{
  g_autofree char *sort = NULL;

  g_object_get (object, "sort", &sort, NULL);
  g_free (*(char **)user_data);
  *(char **)user_data = g_steal_pointer (&sort);
}

/* What a click on a title chose is told when it changes, and can be chosen again. */
static void
test_a_sort_can_be_remembered (Fixture      *fixture,
                               gconstpointer data)
{
  GtkColumnView   *view = GTK_COLUMN_VIEW (find (GTK_WIDGET (fixture->table), "GtkColumnView"));
  GListModel      *columns = gtk_column_view_get_columns (view);
  g_autofree char *told = g_strdup ("");
  g_autofree char *sort = NULL;

  g_object_get (fixture->table, "sort", &sort, NULL);
  g_assert_cmpstr (sort, ==, "");
  g_assert_false (gtk_column_view_get_reorderable (view));

  g_signal_connect (fixture->table, "notify::sort", G_CALLBACK (note_sort_cb), &told);
  for (guint i = 0; i < g_list_model_get_n_items (columns); i++)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, i);
      g_autofree char *rising = NULL;

      gtk_column_view_sort_by_column (view, column, GTK_SORT_ASCENDING);
      g_assert_true (told[0] != '\0' && told[0] != '-');
      rising = g_strdup (told);
      gtk_column_view_sort_by_column (view, column, GTK_SORT_DESCENDING);
      g_assert_true (told[0] == '-' && g_str_equal (told + 1, rising));

      gtk_column_view_sort_by_column (view, NULL, GTK_SORT_ASCENDING);
      g_assert_cmpstr (told, ==, "");
      g_object_set (fixture->table, "sort", rising, NULL);
      g_assert_cmpstr (told, ==, rising);
      g_assert_false (td_queues_table_is_worst_first (fixture->table));
    }

  /* Of a newer program, perhaps. */
  g_object_set (fixture->table, "sort", "-no-such-column", NULL);
  g_assert_cmpstr (told, ==, "");
  g_assert_true (td_queues_table_is_worst_first (fixture->table));
  g_signal_handlers_disconnect_by_data (fixture->table, &told);
}

static void
test_expected_wait_can_be_hidden (Fixture      *fixture,
                                  gconstpointer data)
{
  g_assert_nonnull (find_mapped_label (GTK_WIDGET (fixture->table), "EWT"));
  gtk_widget_activate_action (GTK_WIDGET (fixture->table), "queues-table.hides-expected-wait", NULL);
  run_for (200);
  g_assert_null (find_mapped_label (GTK_WIDGET (fixture->table), "EWT"));
  test_columns_line_up (fixture, data);
  g_object_set (fixture->table, "hides-expected-wait", FALSE, NULL);
  run_for (200);
  g_assert_nonnull (find_mapped_label (GTK_WIDGET (fixture->table), "EWT"));
}

static void
test_refused_is_shown (Fixture      *fixture,
                       gconstpointer data)
{
  fixture->backend->is_failing = TRUE;
  td_poller_poll_now (td_watch_get_poller (fixture->watch));
  run_for (400);
  save (fixture, "queues-refused");
  g_assert_true (gtk_widget_has_css_class (fixture->page, "lost"));

  fixture->backend->is_failing = FALSE;
  td_poller_poll_now (td_watch_get_poller (fixture->watch));
  run_for (400);
  g_assert_false (gtk_widget_has_css_class (fixture->page, "lost"));
}

static void
test_need_orders (void)
{
  TdTotals         totals = { .today = TD_COUNTS_UNKNOWN, .waiting = 3, .waiting_beyond = 0, .longest_since = 100 * G_USEC_PER_SEC, .offered_15min = TD_UNKNOWN };
  TdQueueFigures   few, many, older, unknown;
  gint64           now = 200 * G_USEC_PER_SEC;
  g_autofree char *text = NULL;

  td_queue_figures_init (&few, &totals, 2, TD_SERVICE_LEVEL_LIVE, 0.8, now);
  totals.longest_since = 50 * G_USEC_PER_SEC;
  td_queue_figures_init (&older, &totals, 2, TD_SERVICE_LEVEL_LIVE, 0.8, now);
  totals.waiting = 4;
  totals.longest_since = 199 * G_USEC_PER_SEC;
  td_queue_figures_init (&many, &totals, 2, TD_SERVICE_LEVEL_LIVE, 0.8, now);
  totals.waiting = TD_UNKNOWN;
  totals.longest_since = TD_UNKNOWN;
  td_queue_figures_init (&unknown, &totals, TD_UNKNOWN, TD_SERVICE_LEVEL_LIVE, 0.8, now);

  g_assert_cmpint (td_queue_figures_compare_need (&many, &older), <, 0);
  g_assert_cmpint (td_queue_figures_compare_need (&older, &few), <, 0);
  g_assert_cmpint (td_queue_figures_compare_need (&few, &unknown), <, 0);
  g_assert_cmpint (few.severity[TD_QUEUE_COLUMN_LONGEST], ==, TD_SEVERITY_AMBER);
  g_assert_cmpint (older.severity[TD_QUEUE_COLUMN_LONGEST], ==, TD_SEVERITY_RED);
  g_assert_cmpint (few.severity[TD_QUEUE_COLUMN_WAITING], ==, TD_SEVERITY_RED);
  g_assert_cmpint (unknown.severity[TD_QUEUE_COLUMN_WAITING], ==, TD_SEVERITY_NORMAL);
  g_assert_true (isnan (unknown.level));
  text = td_queue_figures_format (&unknown, TD_QUEUE_COLUMN_OFFERED);
  g_assert_cmpstr (text, ==, "—");
}

static void
test_estimates_have_a_mark (void)
{
  TdTotals         totals = { .today = TD_COUNTS_UNKNOWN, .waiting = 3, .waiting_beyond = 0, .longest_since = TD_UNKNOWN, .offered_15min = 7, .estimated = TRUE };
  TdQueueFigures   figures;
  g_autofree char *offered = NULL;
  g_autofree char *waiting = NULL;
  g_autofree char *rate = NULL;

  totals.today.offered = 1041;
  td_queue_figures_init (&figures, &totals, 2, TD_SERVICE_LEVEL_LIVE, 0.8, 0);
  offered = td_queue_figures_format (&figures, TD_QUEUE_COLUMN_OFFERED);
  waiting = td_queue_figures_format (&figures, TD_QUEUE_COLUMN_WAITING);
  rate = td_queue_figures_format (&figures, TD_QUEUE_COLUMN_RATE);
  g_assert_true (g_str_has_prefix (offered, "≈"));
  g_assert_cmpstr (waiting, ==, "3");
  g_assert_cmpstr (rate, ==, "7");
}

static void
test_folding (void)
{
  g_autofree char *folded = td_fold ("Mất ĐIỆN – Miền Tây");

  g_assert_cmpstr (folded, ==, "mat dien – mien tay");
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
main (int   argc,
      char *argv[])
{
  static const Scene scenes[] = {
    { 1366, 768, 0, 0, "outage" },
    { 1024, 600, 0, 0, "outage" },
    { 1920, 1080, 0, 0, "outage" },
    { 3840, 2160, 0, 0, "understaffed" },
    { 1366, 768, 500, 1000, NULL },
    { 1024, 600, 2, 3, NULL },
  };
  const char *localedir = g_getenv ("TD_LOCALEDIR");

  setlocale (LC_ALL, "");
  if (localedir != NULL)
    {
      bindtextdomain (GETTEXT_PACKAGE, localedir);
      bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
      textdomain (GETTEXT_PACKAGE);
    }

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/queues/more-callers-then-longer-waits-come-first", test_need_orders);
  g_test_add_func ("/queues/estimates-have-a-mark", test_estimates_have_a_mark);
  g_test_add_func ("/queues/accents-and-case-fold-away", test_folding);

  if (gtk_init_check ())
    {
      adw_init ();
      load_style ("style.css");
      if (g_strcmp0 (g_getenv ("TD_RENDER_STYLE"), "dark") == 0)
        {
          adw_style_manager_set_color_scheme (adw_style_manager_get_default (), ADW_COLOR_SCHEME_FORCE_DARK);
          load_style ("style-dark.css");
        }

      for (guint i = 0; i < G_N_ELEMENTS (scenes); i++)
        {
          g_autofree char *path = g_strdup_printf ("/queues/total-stands-under-its-columns/%dx%d-%u",
                                                   scenes[i].width, scenes[i].height, scenes[i].n_queues);

          g_test_add (path, Fixture, &scenes[i], set_up, test_columns_line_up, tear_down);
        }
      g_test_add ("/queues/the-worst-is-selected", Fixture, &scenes[0], set_up, test_worst_is_first_and_selected, tear_down);
      g_test_add ("/queues/filter-ignores-accents", Fixture, &scenes[0], set_up, test_filter_ignores_accents, tear_down);
      g_test_add ("/queues/a-queue-is-shown-by-its-id", Fixture, &scenes[0], set_up, test_show_queue_selects, tear_down);
      g_test_add ("/queues/a-sort-can-be-remembered", Fixture, &scenes[0], set_up, test_a_sort_can_be_remembered, tear_down);
      g_test_add ("/queues/the-expected-wait-can-be-hidden", Fixture, &scenes[2], set_up, test_expected_wait_can_be_hidden, tear_down);
      g_test_add ("/queues/a-refused-source-is-shown-as-lost", Fixture, &scenes[0], set_up, test_refused_is_shown, tear_down);
    }

  return g_test_run ();
}
