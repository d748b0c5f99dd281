/* test-chart.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <adwaita.h>
#include <math.h>
#include <time.h>

#include "td-chart-data.h"
#include "td-chart-marks.h"
#include "td-chart-scale.h"
#include "td-chart-view.h"
#include "td-palette.h"
#include "td-rate-chart.h"
#include "td-types.h"

/* With TD_RENDER_DIR set, the charts are saved there as PNG, for people.
 * TD_RENDER_STYLE=dark draws the dark style. */

#define START (G_GINT64_CONSTANT (1791910800) * G_USEC_PER_SEC)
#define PASSED 860
#define DAY 1440

static double     values[DAY];
static double     observed[DAY];
static TdRateBand normal[DAY];
static TdRateBand forecast[DAY];

static void
make_band (TdRateBand *band,
           double      mean,
           double      width)
{
  *band = (TdRateBand){ mean, mean - width * 0.65, mean + width * 0.65, mean - width, mean + width };
}

/* A day with two humps, a gap after nine and a surge after two. */
static void
make_day (void)
{
  for (guint i = 0; i < DAY; i++)
    {
      double mean = 20 + 225 * exp (-pow ((i - 590.0) / 95, 2)) + 170 * exp (-pow ((i - 930.0) / 150, 2)) +
                    60 * exp (-pow ((i - 1170.0) / 110, 2));

      make_band (&normal[i], mean, 1.96 * sqrt (mean) * 1.3);
      make_band (&forecast[i], mean + 190 * exp (-(i - 860.0) / 60), 2.2 * sqrt (mean) * 1.4);
      values[i] = i < PASSED ? mean + sqrt (mean) * sin (i * 0.7) * 0.6 : NAN;
      if (i > 845 && i < PASSED)
        values[i] += (i - 845) * 13;
      observed[i] = i < PASSED ? values[i] / 15 : NAN;
      if (i >= 550 && i < 580)
        values[i] = NAN;
      if (i >= 550 && i < 565)
        observed[i] = NAN;
    }
}

static void
frame_of_day (TdChartFrame *frame)
{
  *frame = (TdChartFrame){ .x = 40, .y = 30, .width = 720, .height = 300, .from = 0, .to = DAY, .step = 100, .top = 400, .widget_width = 780, .text_height = 16 };
}

static void
test_view_stays_within_the_day (void)
{
  TdChartView view;

  td_chart_view_init (&view, DAY);
  g_assert_true (td_chart_view_is_whole (&view));
  g_assert_false (td_chart_view_zoom (&view, 700, 0.5));
  g_assert_false (td_chart_view_pan (&view, 100));

  g_assert_true (td_chart_view_zoom (&view, 720, 4));
  g_assert_cmpfloat_with_epsilon (view.from, 540, 1e-6);
  g_assert_cmpfloat_with_epsilon (view.to, 900, 1e-6);
  g_assert_true (td_chart_view_pan (&view, 1e9));
  g_assert_cmpfloat (view.to, ==, DAY);
  g_assert_cmpfloat_with_epsilon (view.to - view.from, 360, 1e-6);
  g_assert_true (td_chart_view_show (&view, 12));
  g_assert_cmpfloat_with_epsilon (view.from, 12, 1e-6);

  while (td_chart_view_zoom (&view, 100, 1.25))
    ;
  g_assert_cmpfloat_with_epsilon (view.to - view.from, TD_CHART_VIEW_LEAST, 1e-6);
  g_assert_false (td_chart_view_zoom (&view, NAN, 2));
  g_assert_false (td_chart_view_set (&view, -INFINITY, INFINITY));
  g_assert_true (td_chart_view_reset (&view));
  g_assert_true (td_chart_view_is_whole (&view));
}

static void
test_decimation_keeps_peaks_and_gaps (void)
{
  double            peaked[DAY];
  g_autofree guint *indices = g_new (guint, DAY);
  gboolean          has_peak = FALSE, has_trough = FALSE, has_gap = FALSE;
  guint             n;

  for (guint i = 0; i < DAY; i++)
    peaked[i] = 50;
  peaked[701] = 900;
  peaked[703] = 1;
  peaked[1001] = NAN;

  n = td_chart_decimate (peaked, DAY, 100, indices);
  g_assert_cmpuint (n, <=, 300);
  for (guint i = 0; i < n; i++)
    {
      has_peak |= indices[i] == 701;
      has_trough |= indices[i] == 703;
      has_gap |= indices[i] == 1001;
    }
  g_assert_true (has_peak && has_trough && has_gap);
}

static void
test_marks_are_found_near_their_line (void)
{
  TdRateMark   marks[] = { { 7, START + 600 * TD_CHART_MINUTE, TD_UNKNOWN, "Tây Ninh", TD_RATE_MARK_INCIDENT } };
  TdChartData  data;
  TdChartFrame frame;
  gint64       id = 0;

  td_chart_data_init (&data);
  data.start = START;
  frame_of_day (&frame);
  g_assert_true (td_chart_data_set_marks (&data, marks, 1));
  g_assert_false (td_chart_data_set_marks (&data, marks, 1));
  g_assert_true (td_chart_marks_find (&frame, &data, 340 + 5, &id));
  g_assert_cmpint (id, ==, 7);
  g_assert_false (td_chart_marks_find (&frame, &data, 340 + 9, &id));
  frame.from = 700;
  g_assert_false (td_chart_marks_find (&frame, &data, td_chart_frame_get_x (&frame, 600), &id));
  td_chart_data_clear (&data);
}

/* A number beside the newest value leaves the words that stand there already. */
static void
test_a_number_stands_over_no_words (void)
{
  const double x = 400, y = 150;
  TdChartFrame frame;
  TdChartData  data;

  td_chart_data_init (&data);
  frame_of_day (&frame);
  for (guint free_side = 0; free_side < 2; free_side++)
    for (guint free_row = 0; free_row < 3; free_row++)
      {
        g_autoptr (GArray) labels = g_array_new (FALSE, FALSE, sizeof (GdkRectangle));
        GdkRectangle place = { 0, 0, 40, 20 };

        /* Words are everywhere but in one row on one side. */
        for (int row = 0; row < 3; row++)
          for (guint side = 0; side < 2; side++)
            {
              GdkRectangle label = { side == 0 ? (int)x - 200 : (int)x + 5, (int)y - 29 + 20 * row, 195, 18 };

              if (side != free_side || row != (int)free_row)
                g_array_append_val (labels, label);
            }
        td_chart_now_place (&frame, &data, labels, x, y, &place);
        g_assert_cmpint (place.width, ==, 40);
        g_assert_cmpint (place.height, ==, 20);
        g_assert_cmpint (place.x > x, ==, free_side == 1);
        g_assert_cmpint (place.y, ==, (int)y - 30 + 20 * (int)free_row);
      }
  td_chart_data_clear (&data);
}

static void
test_a_minute_is_told_in_words (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_offset (7 * 3600);
  g_autofree char *gap = NULL, *out = NULL, *later = NULL;
  TdChartData      data;

  td_chart_data_init (&data);
  td_chart_data_set_day (&data, START, DAY, zone);
  data.now = START + PASSED * TD_CHART_MINUTE;
  td_chart_data_set_values (&data, values, observed, DAY);
  td_chart_data_set_normal (&data, normal, DAY);
  td_chart_data_set_forecast (&data, forecast, DAY);

  g_assert_cmpfloat (td_chart_data_get_excess (&data, PASSED - 1, values[PASSED - 1]), >, 0);
  g_assert_cmpfloat (td_chart_data_get_excess (&data, 300, values[300]), <, 0);
  gap = td_chart_crosshair_describe (&data, 555);
  g_assert_cmpstr (gap, ==, "09:16 · not observed");
  out = td_chart_crosshair_describe (&data, PASSED - 1);
  g_assert_true (g_str_has_prefix (out, "14:20 · "));
  g_assert_nonnull (strstr (out, "normal"));
  g_assert_nonnull (strstr (out, "▲"));
  later = td_chart_crosshair_describe (&data, 1000);
  g_assert_nonnull (strstr (later, "forecast"));
  td_chart_data_clear (&data);
}

static void
load_style (gboolean dark)
{
  const char *names[] = { "style.css", "style-dark.css" };

  for (guint i = 0; i < (dark ? 2u : 1u); i++)
    {
      g_autofree char *path = g_build_filename (TD_DATA_DIR, names[i], NULL);
      GtkCssProvider  *provider = gtk_css_provider_new ();

      gtk_css_provider_load_from_path (provider, path);
      gtk_style_context_add_provider_for_display (gdk_display_get_default (), GTK_STYLE_PROVIDER (provider),
                                                  GTK_STYLE_PROVIDER_PRIORITY_APPLICATION + (int)i);
      g_object_unref (provider);
    }
}

static gboolean
timed_out_cb (gpointer user_data)
{
  g_error ("The chart was never drawn");
  return G_SOURCE_REMOVE;
}

static GtkWidget *
show_chart (GtkWidget **window,
            int         width,
            int         height)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_offset (7 * 3600);
  const TdRateMark marks[] = {
    { 1, START + 845 * TD_CHART_MINUTE, TD_UNKNOWN, "Mất điện Tây Ninh", TD_RATE_MARK_INCIDENT },
    { 2, START + 835 * TD_CHART_MINUTE, START + 850 * TD_CHART_MINUTE, "Gọi thử đường dây mới", TD_RATE_MARK_TEST },
  };
  GtkWidget *chart = td_rate_chart_new ();
  guint      timeout = g_timeout_add_seconds (30, timed_out_cb, NULL);

  td_rate_chart_set_day (TD_RATE_CHART (chart), START, DAY, zone);
  td_rate_chart_set_rates (TD_RATE_CHART (chart), values, observed, PASSED);
  td_rate_chart_set_normal (TD_RATE_CHART (chart), normal, DAY);
  td_rate_chart_set_forecast (TD_RATE_CHART (chart), forecast, DAY);
  td_rate_chart_set_marks (TD_RATE_CHART (chart), marks, G_N_ELEMENTS (marks));
  td_rate_chart_set_now (TD_RATE_CHART (chart), START + PASSED * TD_CHART_MINUTE, 350);

  *window = gtk_window_new ();
  gtk_widget_add_css_class (*window, "td-page");
  gtk_window_set_default_size (GTK_WINDOW (*window), width, height);
  gtk_window_set_decorated (GTK_WINDOW (*window), FALSE);
  gtk_window_set_child (GTK_WINDOW (*window), chart);
  gtk_window_present (GTK_WINDOW (*window));
  while (gtk_widget_get_width (chart) < width)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (timeout);

  return chart;
}

static GtkEventController *
find_controller (GtkWidget *chart,
                 GType      type)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (chart);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (G_TYPE_CHECK_INSTANCE_TYPE (controller, type))
        return controller;
    }
  g_assert_not_reached ();
}

static cairo_surface_t *
draw (GtkWidget  *chart,
      const char *name)
{
  int              width = gtk_widget_get_width (chart);
  int              height = gtk_widget_get_height (chart);
  const char      *dir = g_getenv ("TD_RENDER_DIR");
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, height);
  cairo_t         *cr = cairo_create (surface);
  GtkSnapshot     *snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;
  GdkRGBA ground;

  td_palette_lookup (chart, "td_card", &ground);
  gdk_cairo_set_source_rgba (cr, &ground);
  cairo_paint (cr);
  GTK_WIDGET_GET_CLASS (chart)->snapshot (chart, snapshot);
  node = gtk_snapshot_free_to_node (snapshot);
  gsk_render_node_draw (node, cr);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  if (dir != NULL)
    {
      g_autofree char *path = g_strdup_printf ("%s/%s.png", dir, name);

      cairo_surface_write_to_png (surface, path);
    }

  return surface;
}

static guint32
get_pixel (GtkWidget  *chart,
           const char *name)
{
  GdkRGBA colour;

  td_palette_lookup (chart, name, &colour);

  return 0xff000000u | (guint32)lround (colour.red * 255) << 16 | (guint32)lround (colour.green * 255) << 8 |
         (guint32)lround (colour.blue * 255);
}

static guint
count_pixels (GtkWidget       *chart,
              cairo_surface_t *surface,
              const char      *name)
{
  const guchar *data = cairo_image_surface_get_data (surface);
  int           stride = cairo_image_surface_get_stride (surface);
  guint32       wanted = get_pixel (chart, name);
  guint         n = 0;

  for (int y = 0; y < cairo_image_surface_get_height (surface); y++)
    for (int x = 0; x < cairo_image_surface_get_width (surface); x++)
      n += *(const guint32 *)(const void *)(data + y * stride + x * 4) == wanted;

  return n;
}

static void
test_a_surge_day_is_drawn (void)
{
  GtkWidget       *window;
  GtkWidget       *chart = show_chart (&window, 870, 390);
  cairo_surface_t *surface = draw (chart, "chart-870");
  guint            n_amber = count_pixels (chart, surface, "td_amber");
  guint            n_band = count_pixels (chart, surface, "td_band_95");

  g_assert_cmpuint (n_amber, >, 5);
  g_assert_cmpuint (n_band, >, 2000);
  cairo_surface_destroy (surface);

  /* Without a normal nothing is amber, and no band is left. */
  td_rate_chart_set_normal (TD_RATE_CHART (chart), NULL, 0);
  surface = draw (chart, "chart-870-no-normal");
  g_assert_cmpuint (count_pixels (chart, surface, "td_amber"), ==, 0);
  g_assert_cmpuint (count_pixels (chart, surface, "td_band_95"), ==, 0);
  cairo_surface_destroy (surface);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* How many pixels of a colour stand over each other in one column, at most. */
static int
measure_line (GtkWidget       *chart,
              cairo_surface_t *surface,
              const char      *name,
              int              x)
{
  const guchar *data = cairo_image_surface_get_data (surface);
  int           stride = cairo_image_surface_get_stride (surface);
  guint32       wanted = get_pixel (chart, name);
  int           run = 0, most = 0;

  for (int y = 0; y < cairo_image_surface_get_height (surface); y++)
    {
      run = *(const guint32 *)(const void *)(data + y * stride + x * 4) == wanted ? run + 1 : 0;
      most = MAX (most, run);
    }

  return most;
}

/* Lines, too, are to be seen from afar where the text is: on a wall of 8K a
 * pixel is nothing. */
static void
test_lines_are_as_thick_as_the_text_is_large (void)
{
  static const struct
  {
    int font;
    int width;
    int height;
    int line;
  } cases[] = { { 15, 870, 390, 1 }, { 37, 1780, 600, 2 }, { 74, 3560, 1200, 4 } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      GtkWidget *window;
      GtkWidget *chart = show_chart (&window, cases[i].width, cases[i].height);
      g_autoptr (GtkCssProvider) font = gtk_css_provider_new ();
      g_autofree char *css = g_strdup_printf ("ratechart { font-size: %dpx; }", cases[i].font);
      g_autofree char *name = g_strdup_printf ("chart-of-%d", cases[i].font);
      cairo_surface_t *surface;
      guint            timeout;
      int              grid;

      gtk_css_provider_load_from_data (font, css, -1);
      gtk_style_context_add_provider (gtk_widget_get_style_context (chart), GTK_STYLE_PROVIDER (font), GTK_STYLE_PROVIDER_PRIORITY_APPLICATION + 9);
      timeout = g_timeout_add_seconds (30, timed_out_cb, NULL);
      while (pango_font_description_get_size (pango_context_get_font_description (gtk_widget_get_pango_context (chart))) != cases[i].font * PANGO_SCALE)
        g_main_context_iteration (NULL, TRUE);
      g_source_remove (timeout);
      surface = draw (chart, name);
      /* Near the right edge, where the day's last hour is low. */
      grid = measure_line (chart, surface, "td_grid", cases[i].width - 3 * cases[i].font);
      g_test_message ("%d px of text, %d px of grid", cases[i].font, grid);
      g_assert_cmpint (grid, >=, cases[i].line);
      g_assert_cmpint (grid, <=, cases[i].line + 1);
      cairo_surface_destroy (surface);
      gtk_window_destroy (GTK_WINDOW (window));
    }
}

static gint64
get_cpu_us (void)
{
  struct timespec time;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &time);
  return (gint64)time.tv_sec * G_USEC_PER_SEC + time.tv_nsec / 1000;
}

static void
test_only_the_crosshair_is_drawn_anew (void)
{
  GtkWidget          *window;
  GtkWidget          *chart = show_chart (&window, 1340, 500);
  GtkEventController *key = find_controller (chart, GTK_TYPE_EVENT_CONTROLLER_KEY);
  cairo_surface_t    *surface = draw (chart, "chart-1340");
  cairo_surface_t    *screen;
  GskRenderNode      *plot = NULL, *top = NULL;
  gint64              begin;
  gboolean            handled = FALSE;
  guint               n = 100;

  cairo_surface_destroy (surface);
  g_signal_emit_by_name (key, "key-pressed", GDK_KEY_Left, 0, 0, &handled);
  g_assert_true (handled);
  screen = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, 1340, 500);
  begin = get_cpu_us ();
  for (guint i = 0; i < n; i++)
    {
      GtkSnapshot *snapshot = gtk_snapshot_new ();
      g_autoptr (GskRenderNode) node = NULL;
      cairo_t *cr = cairo_create (screen);

      g_signal_emit_by_name (key, "key-pressed", GDK_KEY_Left, 0, 0, &handled);
      GTK_WIDGET_GET_CLASS (chart)->snapshot (chart, snapshot);
      node = gtk_snapshot_free_to_node (snapshot);

      /* The same nodes: a renderer finds nothing in them to draw anew. */
      g_assert_cmpint (gsk_render_node_get_node_type (node), ==, GSK_CONTAINER_NODE);
      g_assert_cmpuint (gsk_container_node_get_n_children (node), ==, 3);
      if (plot == NULL)
        {
          plot = gsk_render_node_ref (gsk_container_node_get_child (node, 0));
          top = gsk_render_node_ref (gsk_container_node_get_child (node, 1));
        }
      g_assert_true (gsk_container_node_get_child (node, 0) == plot);
      g_assert_true (gsk_container_node_get_child (node, 1) == top);

      /* As large as the crosshair and its words. */
      cairo_rectangle (cr, 600, 0, 160, 500);
      cairo_clip (cr);
      gsk_render_node_draw (node, cr);
      cairo_destroy (cr);
    }
  g_test_message ("CPU of a frame with the crosshair moved: %.3f ms", (double)(get_cpu_us () - begin) / 1000 / n);

  /* What the same frame costs where nothing is kept. */
  begin = get_cpu_us ();
  for (guint i = 0; i < 10; i++)
    {
      td_rate_chart_set_y_max (TD_RATE_CHART (chart), 390 + i);
      surface = draw (chart, "chart-1340-whole");
      cairo_surface_destroy (surface);
    }
  g_test_message ("CPU of a frame drawn anew: %.3f ms", (double)(get_cpu_us () - begin) / 1000 / 10);
  td_rate_chart_set_y_max (TD_RATE_CHART (chart), 0);
  gsk_render_node_unref (plot);
  gsk_render_node_unref (top);
  cairo_surface_destroy (screen);

  surface = draw (chart, "chart-1340-crosshair");
  cairo_surface_destroy (surface);
  for (guint i = 0; i < 3; i++)
    g_signal_emit_by_name (key, "key-pressed", GDK_KEY_plus, 0, 0, &handled);
  surface = draw (chart, "chart-1340-zoomed");
  cairo_surface_destroy (surface);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_a_navigator_is_shared (void)
{
  g_autoptr (TdChartNavigator) navigator = td_chart_navigator_new ();
  GtkWidget          *windows[2];
  GtkWidget          *charts[2];
  GtkEventController *key;
  cairo_surface_t    *before, *after;
  guint               minute;
  gboolean            handled = FALSE;

  for (guint i = 0; i < 2; i++)
    {
      charts[i] = show_chart (&windows[i], 600, 300);
      td_rate_chart_set_navigator (TD_RATE_CHART (charts[i]), navigator);
      td_chart_navigator_set_day (navigator, START, DAY);
    }
  key = find_controller (charts[0], GTK_TYPE_EVENT_CONTROLLER_KEY);
  before = draw (charts[1], "chart-shared-before");

  /* What is done to one is seen in the other: its minute… */
  g_signal_emit_by_name (key, "key-pressed", GDK_KEY_Left, 0, 0, &handled);
  g_assert_true (td_chart_navigator_get_minute (navigator, &minute));
  g_assert_cmpuint (minute, ==, PASSED - 1);
  after = draw (charts[1], "chart-shared-minute");
  g_assert_cmpint (memcmp (cairo_image_surface_get_data (before), cairo_image_surface_get_data (after),
                           cairo_image_surface_get_stride (before) * cairo_image_surface_get_height (before)),
                   !=, 0);
  g_signal_emit_by_name (key, "key-pressed", GDK_KEY_Escape, 0, 0, &handled);
  cairo_surface_destroy (after);
  after = draw (charts[1], "chart-shared-after");
  g_assert_cmpint (memcmp (cairo_image_surface_get_data (before), cairo_image_surface_get_data (after),
                           cairo_image_surface_get_stride (before) * cairo_image_surface_get_height (before)),
                   ==, 0);
  cairo_surface_destroy (after);

  /* … and its hours. */
  g_signal_emit_by_name (key, "key-pressed", GDK_KEY_plus, 0, 0, &handled);
  g_assert_false (td_chart_view_is_whole (td_chart_navigator_get_view (navigator)));
  after = draw (charts[1], "chart-shared-hours");
  g_assert_cmpint (memcmp (cairo_image_surface_get_data (before), cairo_image_surface_get_data (after),
                           cairo_image_surface_get_stride (before) * cairo_image_surface_get_height (before)),
                   !=, 0);
  cairo_surface_destroy (after);
  cairo_surface_destroy (before);

  gtk_window_destroy (GTK_WINDOW (windows[0]));
  gtk_window_destroy (GTK_WINDOW (windows[1]));
}

static void
minute_activated_cb (GtkWidget *chart,
                     gint64     time,
                     guint     *n_activated)
{
  (*n_activated)++;
}

static gboolean
waited_cb (gpointer data)
{
  *(gboolean *)data = TRUE;

  return G_SOURCE_REMOVE;
}

static void
click_at (GtkEventController *click,
          int                 n_press,
          double              from,
          double              to)
{
  g_signal_emit_by_name (click, "pressed", n_press, from, 150.0);
  g_signal_emit_by_name (click, "released", n_press, to, 150.0);
}

/* By when a click that waited would have come, however slow the machine. */
static void
wait_for_click (GtkWidget *chart)
{
  gboolean waited = FALSE;
  int      wait;

  g_object_get (gtk_widget_get_settings (chart), "gtk-double-click-time", &wait, NULL);
  g_timeout_add_full (G_PRIORITY_LOW, (guint)wait * 2, waited_cb, &waited, NULL);
  while (!waited)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_a_double_click_is_no_click (void)
{
  GtkWidget          *window;
  GtkWidget          *chart = show_chart (&window, 600, 300);
  GtkEventController *click = find_controller (chart, GTK_TYPE_GESTURE_CLICK);
  guint               n_activated = 0;
  cairo_surface_t    *surface = draw (chart, "chart-click");

  cairo_surface_destroy (surface);
  g_signal_connect (chart, "minute-activated", G_CALLBACK (minute_activated_cb), &n_activated);

  click_at (click, 1, 200, 200);
  click_at (click, 2, 200, 200);
  wait_for_click (chart);
  g_assert_cmpuint (n_activated, ==, 0);

  /* Nor is the end of a drag. */
  click_at (click, 1, 200, 260);
  wait_for_click (chart);
  g_assert_cmpuint (n_activated, ==, 0);

  click_at (click, 1, 200, 200);
  while (n_activated == 0)
    g_main_context_iteration (NULL, TRUE);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_what_is_shown_is_exported (void)
{
  GtkWidget *window;
  GtkWidget *chart = show_chart (&window, 600, 300);
  g_autoptr (GString) csv = g_string_new (NULL);
  g_auto (GStrv) lines = NULL;

  td_rate_chart_set_overlay (TD_RATE_CHART (chart), 0, values, PASSED, "Mon 12/10", 739901);
  td_rate_chart_export (TD_RATE_CHART (chart), "Điện \"1\", 2", csv);
  td_rate_chart_export (TD_RATE_CHART (chart), "=1+1", csv);
  g_assert_true (g_utf8_validate (csv->str, (gssize)csv->len, NULL));
  g_assert_true (g_str_has_prefix (csv->str, "\xef\xbb\xbf"
                                             "stream,counted,time,calls,normal,"));

  lines = g_strsplit (csv->str, "\r\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 1 + 2 * DAY + 1);
  g_assert_true (g_str_has_suffix (lines[0], ",forecast_low95,forecast_high95,calls_2026-10-12"));
  g_assert_true (g_str_has_prefix (lines[1 + DAY], "\"'=1+1\",15 minutes,"));
  for (guint i = 0; i < DAY; i++)
    {
      const char *prefix = "\"Điện \"\"1\"\", 2\",15 minutes,";
      g_auto (GStrv) fields = NULL;
      g_autoptr (GDateTime) time = NULL;

      g_assert_true (g_str_has_prefix (lines[1 + i], prefix));
      fields = g_strsplit (lines[1 + i] + strlen (prefix), ",", -1);
      g_assert_cmpuint (g_strv_length (fields), ==, 13);
      g_assert_true (g_str_has_suffix (fields[0], "+07:00"));
      time = g_date_time_new_from_iso8601 (fields[0], NULL);
      g_assert_cmpint (g_date_time_to_unix (time) * G_USEC_PER_SEC, ==, START + (i + 1) * TD_CHART_MINUTE);

      /* A gap and what is still to come are empty, not 0. */
      g_assert_cmpint (*fields[1] == '\0', ==, i >= PASSED || isnan (values[i]));
      if (*fields[1] != '\0')
        g_assert_cmpfloat_with_epsilon (g_ascii_strtod (fields[1], NULL), values[i], 0.006);
      g_assert_cmpfloat_with_epsilon (g_ascii_strtod (fields[2], NULL), normal[i].mean, 0.006);
      g_assert_cmpfloat_with_epsilon (g_ascii_strtod (fields[6], NULL), normal[i].high95, 0.006);
      g_assert_cmpint (*fields[7] == '\0', ==, i < PASSED);
      if (i >= PASSED)
        g_assert_cmpfloat_with_epsilon (g_ascii_strtod (fields[10], NULL), forecast[i].low95, 0.006);
      g_assert_cmpstr (fields[12], ==, fields[1]);
    }
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_two_days_are_compared (void)
{
  GtkWidget       *window;
  GtkWidget       *chart = show_chart (&window, 870, 390);
  cairo_surface_t *surface = draw (chart, "chart-alone");
  double           other[DAY];

  g_assert_cmpuint (count_pixels (chart, surface, "td_past"), ==, 0);
  cairo_surface_destroy (surface);

  for (guint i = 0; i < DAY; i++)
    other[i] = normal[i].mean * 1.4;
  td_rate_chart_set_overlay (TD_RATE_CHART (chart), 0, other, DAY, "Mon 12/10", 739901);
  surface = draw (chart, "chart-compared");
  g_assert_cmpuint (count_pixels (chart, surface, "td_past"), >, 20);
  g_assert_cmpuint (count_pixels (chart, surface, "td_now"), >, 100);
  cairo_surface_destroy (surface);

  /* A day that is over has no now. */
  td_rate_chart_set_name (TD_RATE_CHART (chart), "Tue 13/10");
  td_rate_chart_set_now (TD_RATE_CHART (chart), START + 3 * DAY * TD_CHART_MINUTE, TD_UNKNOWN);
  surface = draw (chart, "chart-past");
  g_assert_cmpuint (count_pixels (chart, surface, "td_now"), <, 100);
  cairo_surface_destroy (surface);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_a_wide_screen_has_room (void)
{
  GtkWidget       *window;
  GtkWidget       *chart = show_chart (&window, 3800, 1400);
  cairo_surface_t *surface = draw (chart, "chart-3800");

  g_assert_cmpuint (count_pixels (chart, surface, "td_band_95"), >, 2000);
  cairo_surface_destroy (surface);
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int   argc,
      char *argv[])
{
  gboolean has_display;

  g_test_init (&argc, &argv, NULL);
  make_day ();

  g_test_add_func ("/chart/view-stays-within-the-day", test_view_stays_within_the_day);
  g_test_add_func ("/chart/decimation-keeps-peaks-and-gaps", test_decimation_keeps_peaks_and_gaps);
  g_test_add_func ("/chart/marks-are-found-near-their-line", test_marks_are_found_near_their_line);
  g_test_add_func ("/chart/a-number-stands-over-no-words", test_a_number_stands_over_no_words);
  g_test_add_func ("/chart/a-minute-is-told-in-words", test_a_minute_is_told_in_words);

  has_display = gtk_init_check ();
  if (has_display)
    {
      gboolean dark = g_strcmp0 (g_getenv ("TD_RENDER_STYLE"), "dark") == 0;

      adw_init ();
      adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                          dark ? ADW_COLOR_SCHEME_FORCE_DARK : ADW_COLOR_SCHEME_FORCE_LIGHT);
      load_style (dark);
      g_test_add_func ("/chart/a-surge-day-is-drawn", test_a_surge_day_is_drawn);
      g_test_add_func ("/chart/lines-are-as-thick-as-the-text-is-large", test_lines_are_as_thick_as_the_text_is_large);
      g_test_add_func ("/chart/only-the-crosshair-is-drawn-anew", test_only_the_crosshair_is_drawn_anew);
      g_test_add_func ("/chart/a-navigator-is-shared", test_a_navigator_is_shared);
      g_test_add_func ("/chart/a-double-click-is-no-click", test_a_double_click_is_no_click);
      g_test_add_func ("/chart/what-is-shown-is-exported", test_what_is_shown_is_exported);
      g_test_add_func ("/chart/two-days-are-compared", test_two_days_are_compared);
      g_test_add_func ("/chart/a-wide-screen-has-room", test_a_wide_screen_has_room);
    }

  return g_test_run ();
}
