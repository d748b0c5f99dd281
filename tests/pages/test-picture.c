/* test-picture.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A picture that hides who is who is the same picture whoever they are.
 */

#include "config.h"

#include <adwaita.h>

#include "td-agent-panel.h"
#include "td-agents-page.h"
#include "td-alert-rules.h"
#include "td-alerts-page.h"
#include "td-floor-map.h"
#include "td-floor-plan-file.h"
#include "td-picture.h"
#include "td-queues-page.h"
#include "td-shift-paper.h"

#include "fake-backend.h"
#include "td-fixture.h"

#define NOW (FIXTURE_START + FIXTURE_SECONDS (36000))
#define N_AGENTS 6
#define SCALE 2.0

/* Of the same letters: what is left out takes as much room. */
static const char *const names[2][N_AGENTS] = {
  { "Đặng Xuân Hương", "Nguyễn Tuyết Ngân", "Võ Hồng Tâm", "Trần Mỹ Vân", "Lê Quốc Vinh", "Hồ Thị Mai" },
  { "Hương Xuân Đặng", "Ngân Tuyết Nguyễn", "Tâm Hồng Võ", "Vân Mỹ Trần", "Vinh Quốc Lê", "Mai Thị Hồ" },
};
/* As wide as each other: the bar is as wide as what it hides. */
static const char *const owners[2] = { "Anh bodod Tâm", "Anh dodob Tâm" };
static const char *const numbers[2] = { "0903 111 222", "0903 222 111" };

/* A seat of the plan of the office for each. */
static const char *const seats[N_AGENTS] = { "VP-01", "VP-02", "VP-03", "VP-04", "VP-05", "VP-06" };

static TdWatch *
create_watch (guint who)
{
  TdSnapshotBuilder *builder = fixture_begin (1, TD_UNKNOWN, "i", NOW);
  g_autoptr (TdSnapshot) snapshot = NULL;
  g_autoptr (TdBackend) backend = NULL;
  TdCallerInfo caller;
  TdWatch     *watch;

  fixture_queue (builder, "q", 5, 1);
  td_caller_info_init (&caller);
  caller.id = "c";
  caller.queue = "q";
  caller.position = 1;
  caller.number = numbers[who];
  td_snapshot_builder_add_caller (builder, &caller);
  for (guint i = 0; i < N_AGENTS; i++)
    {
      g_autofree char *id = g_strdup_printf ("%u", i);
      TdAgentInfo      agent;

      td_agent_info_init (&agent);
      agent.id = id;
      agent.name = names[who][i];
      agent.place = TD_PLACE_OFFICE;
      agent.state = TD_AGENT_STATE_ON_CALL;
      /* By a clock that is ahead: the time in state stays at nothing. */
      agent.since = NOW + FIXTURE_SECONDS (36000);
      agent.call_queue = "q";
      agent.call_number = numbers[who];
      agent.seat = seats[i];
      agent.queues = (const char *const[]){ "q", NULL };
      td_snapshot_builder_add_agent (builder, &agent);
    }
  snapshot = td_snapshot_builder_end (builder);
  backend = TD_BACKEND (fake_backend_new_steady (snapshot, NULL));
  watch = td_watch_new (backend, NULL);
  g_assert_true (td_centre_apply (td_watch_get_centre (watch), snapshot, NULL));
  td_alert_desk_set_who (td_watch_get_alerts (watch), owners[who]);

  return watch;
}

typedef struct
{
  GtkWidget     *page;
  GskRenderNode *masked; /* (owned) (nullable) */
  GskRenderNode *open;   /* (owned) (nullable) */
} Taking;

static void
after_paint_cb (GdkFrameClock *clock,
                Taking        *taking)
{
  taking->masked = td_picture_take (taking->page, "", TRUE);
  taking->open = td_picture_take (taking->page, "", FALSE);
  g_signal_handlers_disconnect_by_data (clock, taking);
}

static GBytes *
render (GtkWidget     *page,
        GskRenderNode *node,
        int           *width)
{
  g_autoptr (GdkTexture) texture = td_picture_render (page, node, SCALE);
  gsize   stride = (gsize)gdk_texture_get_width (texture) * 4;
  guchar *pixels = g_malloc (stride * (gsize)gdk_texture_get_height (texture));

  gdk_texture_download (texture, pixels, stride);
  *width = gdk_texture_get_width (texture);

  return g_bytes_new_take (pixels, stride * (gsize)gdk_texture_get_height (texture));
}

static gboolean
tick_cb (gpointer user_data)
{
  ++*(guint *)user_data;

  return G_SOURCE_CONTINUE;
}

/* Takes pictures of @page once it has come to rest. */
static void
take (GtkWidget *page, /* (transfer floating) */
      GBytes   **masked,
      GBytes   **open)
{
  GtkWidget *window = gtk_window_new ();
  Taking     taking = { page, NULL, NULL };
  guint      n_ticks = 0;
  guint      source = g_timeout_add (20, tick_cb, &n_ticks);
  int        width;

  /* Nor is anything drawn about what the pointer happens to stand on. */
  gtk_widget_set_can_target (page, FALSE);
  gtk_window_set_default_size (GTK_WINDOW (window), 1000, 600);
  gtk_window_set_child (GTK_WINDOW (window), page);
  gtk_window_present (GTK_WINDOW (window));
  while (n_ticks < 40 || !gtk_widget_get_mapped (page))
    g_main_context_iteration (NULL, TRUE);
  g_signal_connect_after (gtk_widget_get_frame_clock (page), "after-paint", G_CALLBACK (after_paint_cb), &taking);
  gtk_widget_queue_draw (page);
  while (taking.open == NULL)
    g_main_context_iteration (NULL, TRUE);

  *masked = render (page, taking.masked, &width);
  g_assert_cmpint (width, ==, (int)(SCALE * gtk_widget_get_width (page)));
  *open = render (page, taking.open, &width);
  gsk_render_node_unref (taking.masked);
  gsk_render_node_unref (taking.open);
  g_source_remove (source);
  gtk_window_destroy (GTK_WINDOW (window));
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

typedef GtkWidget *(*CreatePage) (TdWatch *watch);

static GtkWidget *
create_list (TdWatch *watch)
{
  GtkWidget *page = td_agents_page_new (watch);

  td_agents_page_set_as_list (TD_AGENTS_PAGE (page), TRUE);

  return page;
}

static GtkWidget *
create_map (TdWatch *watch)
{
  GtkWidget *page = td_agents_page_new (watch);

  td_agents_page_set_as_list (TD_AGENTS_PAGE (page), FALSE);

  return page;
}

static GtkWidget *
create_queue (TdWatch *watch)
{
  GtkWidget *page = td_queues_page_new (watch);

  td_queues_page_show_queue (TD_QUEUES_PAGE (page), "q");

  return page;
}

static GtkWidget *
create_agent (TdWatch *watch)
{
  GtkWidget *toasts = adw_toast_overlay_new ();
  GtkWidget *panel = g_object_new (TD_TYPE_AGENT_PANEL, NULL);
  g_autoptr (TdAgentActions) actions = td_agent_actions_new (toasts, ADW_TOAST_OVERLAY (toasts), watch);

  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (toasts), panel);
  td_agent_panel_set_watch (TD_AGENT_PANEL (panel), watch, actions);
  td_agent_panel_set_agent (TD_AGENT_PANEL (panel), td_roster_get (td_centre_get_agents (td_watch_get_centre (watch)), 0));

  return toasts;
}

static gint64
clock_cb (gpointer user_data)
{
  return NOW;
}

static GtkWidget *
create_plan (TdWatch *watch)
{
  GtkWidget *map = td_floor_map_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (TdFloorPlan) plan = td_floor_plan_load (TD_DATA_DIR "/floor-plans/van-phong.json", &error);

  g_assert_no_error (error);
  td_floor_map_set_clock (TD_FLOOR_MAP (map), clock_cb, NULL);
  td_floor_map_set_plan (TD_FLOOR_MAP (map), plan, TD_DATA_DIR "/floor-plans/van-phong.json");
  td_floor_map_set_centre (TD_FLOOR_MAP (map), td_watch_get_centre (watch));

  return map;
}

/* An alarm that somebody has taken. */
static GtkWidget *
create_alerts (TdWatch *watch)
{
  TdAlertDesk *desk = td_watch_get_alerts (watch);
  g_autoptr (GPtrArray) rules = td_alert_rules_new ();
  g_autoptr (TdIncident) incident = NULL;
  g_autoptr (GError) error = NULL;
  TdAlertRule *rule = td_alert_rule_new ("w", TD_ALERT_WAITING);
  GListModel  *incidents = td_alert_board_get_incidents (td_alert_desk_get_board (desk));

  rule->level = TD_ALERT_ALARM;
  rule->scope = TD_ALERT_SCOPE_CENTRE;
  rule->raise = 1;
  rule->clear = 0;
  rule->for_s = 0;
  rule->from = 0;
  rule->to = TD_ALERT_DAY_MINUTES;
  g_ptr_array_add (rules, rule);
  td_alert_desk_set_rules (desk, rules);
  td_watch_start (watch);
  fake_run_until (g_list_model_get_n_items (incidents) > 0);
  incident = g_list_model_get_item (incidents, 0);
  g_assert_true (td_alert_desk_act (desk, incident, TD_INCIDENT_EVENT_TAKEN, td_alert_desk_get_who (desk), NULL, NULL, TD_UNKNOWN, &error));
  g_assert_no_error (error);

  return td_alerts_page_new (watch);
}

/* A window beside it on the display may take the focus away, which is seen;
 * what would be seen of a name is seen each time. */
#define MOST_TRIES 5

/* What the page shows with names depends on who they are; what it shows
 * without them does not, to the last pixel. */
static void
test_page (gconstpointer data)
{
  CreatePage create = (CreatePage)data;
  gboolean   same = FALSE;

  for (guint i = 0; i < MOST_TRIES && !same; i++)
    {
      GBytes *masked[2], *open[2];

      for (guint who = 0; who < 2; who++)
        {
          g_autoptr (TdWatch) watch = create_watch (who);

          take (create (watch), &masked[who], &open[who]);
          td_watch_stop (watch);
        }
      g_assert_false (g_bytes_equal (open[0], open[1]));
      g_assert_false (g_bytes_equal (masked[0], open[0]));
      same = g_bytes_equal (masked[0], masked[1]);
      for (guint who = 0; who < 2; who++)
        {
          g_bytes_unref (masked[who]);
          g_bytes_unref (open[who]);
        }
    }
  g_assert_true (same);
}

static GBytes *
draw_sheet (const char *giver,
            const char *note,
            gboolean    masked)
{
  g_autoptr (TdShiftSheet) sheet = td_shift_sheet_new (NOW, NOW + G_TIME_SPAN_HOUR);
  g_autoptr (TdPaper) paper = NULL;
  TdShiftEvent    *event = td_shift_sheet_add_event (sheet, TD_SHIFT_ALERT, NOW);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int)TD_PAPER_WIDTH, (int)TD_PAPER_HEIGHT);
  cairo_t         *cr = cairo_create (surface);
  GBytes          *bytes;

  sheet->giver = g_strdup (giver);
  sheet->note = g_strdup (note);
  event->owner = g_strdup (giver);
  event->text = g_strdup ("x");
  paper = td_shift_paper_new (sheet);
  td_paper_draw (paper, 0, TRUE, cr);
  if (masked)
    td_paper_cover (paper, 0, cr);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  bytes = g_bytes_new (cairo_image_surface_get_data (surface),
                       (gsize)(cairo_image_surface_get_stride (surface) * cairo_image_surface_get_height (surface)));
  cairo_surface_destroy (surface);

  return bytes;
}

static void
test_sheet (void)
{
  g_autoptr (GBytes) masked = draw_sheet (names[0][0], "Gọi Lan: 0903 111 222", TRUE);
  g_autoptr (GBytes) of_others = draw_sheet (names[1][0], "Gọi Lan: 0903 222 111", TRUE);
  g_autoptr (GBytes) open = draw_sheet (names[0][0], "Gọi Lan: 0903 111 222", FALSE);

  g_assert_true (g_bytes_equal (masked, of_others));
  g_assert_false (g_bytes_equal (masked, open));
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (GtkCssProvider) style = gtk_css_provider_new ();

  g_test_init (&argc, &argv, NULL);
  adw_init ();
  gtk_css_provider_load_from_path (style, TD_DATA_DIR "/style.css");
  gtk_style_context_add_provider_for_display (gdk_display_get_default (), GTK_STYLE_PROVIDER (style),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  /* What moves looks different each time. */
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, "gtk-cursor-blink", FALSE, NULL);

  g_test_add_data_func ("/picture/list-of-agents", create_list, test_page);
  g_test_add_data_func ("/picture/map-of-agents", create_map, test_page);
  g_test_add_data_func ("/picture/callers-of-a-queue", create_queue, test_page);
  g_test_add_data_func ("/picture/an-agent", create_agent, test_page);
  g_test_add_data_func ("/picture/floor-plan", create_plan, test_page);
  g_test_add_data_func ("/picture/alerts-and-who-took-them", create_alerts, test_page);
  g_test_add_func ("/picture/sheet", test_sheet);

  return g_test_run ();
}
