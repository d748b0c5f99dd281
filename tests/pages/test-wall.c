/* test-wall.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <adwaita.h>
#include <string.h>

#include "fake-backend.h"
#include "td-alert-rules.h"
#include "td-canned-centre.h"
#include "td-fixture.h"
#include "td-format.h"
#include "td-wall-alert.h"
#include "td-wall-page.h"
#include "td-wall-rotation.h"
#include "td-wall-view.h"

#define N_NAMED 20

typedef struct
{
  FakeBackend *backend;
  TdWatch     *watch;
  TdWall      *wall;
  GtkWidget   *view;
} Fixture;

static const struct
{
  int width;
  int height;
} sizes[] = {
  { 1280, 720 },
  { 1366, 768 },
  { 1920, 1080 },
  { 1920, 1200 },
  { 3840, 2160 },
  { 7680, 4320 },
  { 4320, 7680 },
  { 1080, 1920 },
  { 720, 1280 },
  { 2160, 3840 },
  { 1200, 1920 },
  { 2560, 1080 },
  { 3440, 1440 },
  { 5120, 1440 },
  { 1024, 768 },
  { 1600, 1200 },
  { 1280, 1024 },
};

/* How far the picture wanders to each side: as much of a large screen as of a small one. */
static int
get_shift (int width,
           int height)
{
  return MAX (MIN (width, height) / 270, 4);
}

/* As the backend's own, but with a failure of the test's choice. */
static void
answer (FakeBackend *self,
        guint        n,
        GTask       *task)
{
  if (self->is_failing)
    fake_answer_error (task, GPOINTER_TO_INT (self->data));
  else
    g_task_return_pointer (task, td_poll_result_new (td_snapshot_ref (self->snapshot), FALSE), (GDestroyNotify)td_poll_result_free);
}

/* People with everything that could give them away, many of whom need somebody. */
static TdSnapshot *
create_named (void)
{
  TdSnapshotBuilder *builder = fixture_begin (1, TD_UNKNOWN, "i", TD_CANNED_AT);
  TdQueueInfo        queue;

  td_queue_info_init (&queue);
  queue.id = "q";
  queue.waiting = 3;
  td_snapshot_builder_add_queue (builder, &queue);
  for (guint i = 0; i < N_NAMED; i++)
    {
      g_autofree char  *id = g_strdup_printf ("agent-%u", i);
      g_autofree char  *name = g_strdup_printf ("Nguyễn Thị Hoa-%c", 'A' + i);
      g_autofree char  *extension = g_strdup_printf ("77%02u", i);
      g_autofree char  *number = g_strdup_printf ("0903xxx8%02u", i);
      const char *const queues[] = { "q" };
      TdAgentInfo       agent;

      td_agent_info_init (&agent);
      agent.id = id;
      agent.name = name;
      agent.team = "Đội Sen";
      agent.seat = "B-07";
      agent.extension = extension;
      agent.call_number = number;
      agent.reason = "Con ốm";
      agent.place = (TdPlace)(1 + i % (TD_N_PLACES - 1));
      agent.state = i % 2 == 0 ? TD_AGENT_STATE_UNREACHABLE : TD_AGENT_STATE_PAUSED;
      agent.since = TD_CANNED_AT - FIXTURE_SECONDS (7200 + i);
      agent.queues = queues;
      agent.n_queues = 1;
      td_snapshot_builder_add_agent (builder, &agent);
    }

  return td_snapshot_builder_end (builder);
}

/* A rule that holds for what is shown, at once and at any hour. */
static TdAlertRule *
create_rule (const char  *id,
             TdAlertKind  kind,
             TdAlertLevel level,
             TdAlertScope scope)
{
  TdAlertRule *rule = td_alert_rule_new (id, kind);

  rule->level = level;
  rule->scope = scope;
  rule->raise = 1;
  rule->clear = 0;
  rule->for_s = 0;
  rule->from = 0;
  rule->to = TD_ALERT_DAY_MINUTES;

  return rule;
}

/* Of those who wait; none without an id. */
static void
set_rule (TdWatch     *watch,
          const char  *id,
          TdAlertLevel level,
          TdAlertScope scope)
{
  g_autoptr (GPtrArray) rules = td_alert_rules_new ();

  if (id != NULL)
    g_ptr_array_add (rules, create_rule (id, TD_ALERT_WAITING, level, scope));
  td_alert_desk_set_rules (td_watch_get_alerts (watch), rules);
}

static void
set_up_wall (Fixture      *fixture,
             TdWallPrivacy privacy,
             TdSnapshot   *snapshot)
{
  g_autoptr (TdIntervals) intervals = td_canned_centre_intervals ();

  fixture->wall = td_wall_new ();
  fixture->wall->privacy = privacy;
  fixture->wall->message = g_strdup ("Trạm 110 kV Hóc Môn mất điện. Dự kiến có lại lúc 15:30.");
  fixture->wall->pages[fixture->wall->n_pages++] = (TdWallPage){ TD_WALL_PAGE_MESSAGE, 20 };
  fixture->wall->waiting_target = 10;
  fixture->wall->serving_target = 71;
  fixture->backend = fake_backend_new_steady (snapshot, intervals);
  fixture->backend->answer = answer;
  fixture->watch = td_watch_new (TD_BACKEND (fixture->backend), NULL);
  td_poller_set_interval_ms (td_watch_get_poller (fixture->watch), 250);
  td_poller_set_wait_s (td_watch_get_poller (fixture->watch), 0);
  /* What is of no alerts is shown without them. */
  set_rule (fixture->watch, NULL, TD_ALERT_NOTICE, TD_ALERT_SCOPE_CENTRE);
  td_watch_start (fixture->watch);
  fake_run_until (td_poller_get_health (td_watch_get_poller (fixture->watch)) == TD_HEALTH_LIVE &&
                  !td_centre_is_empty (td_watch_get_centre (fixture->watch)));
  fixture->view = g_object_ref_sink (td_wall_view_new (fixture->wall));
  td_wall_view_set_watch (TD_WALL_VIEW (fixture->view), fixture->watch);
}

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  g_autoptr (TdSnapshot) snapshot = td_canned_centre_snapshot (3, FALSE);

  set_up_wall (fixture, TD_WALL_PRIVACY_NONE, snapshot);
}

static void
set_up_named (Fixture      *fixture,
              gconstpointer data)
{
  g_autoptr (TdSnapshot) snapshot = create_named ();

  set_up_wall (fixture, TD_WALL_PRIVACY_NONE, snapshot);
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  td_watch_stop (fixture->watch);
  g_object_run_dispose (G_OBJECT (fixture->view));
  g_clear_object (&fixture->view);
  g_clear_object (&fixture->watch);
  g_clear_object (&fixture->backend);
  g_clear_pointer (&fixture->wall, td_wall_free);
}

static void
resize (Fixture *fixture,
        int      width,
        int      height)
{
  gtk_widget_measure (fixture->view, GTK_ORIENTATION_HORIZONTAL, -1, NULL, NULL, NULL, NULL);
  gtk_widget_allocate (fixture->view, width, height, -1, NULL);
  td_wall_view_refresh (TD_WALL_VIEW (fixture->view));
}

static void
show_page (Fixture       *fixture,
           TdWallPageKind kind)
{
  td_wall_view_show_page (TD_WALL_VIEW (fixture->view), kind);
  td_wall_view_refresh (TD_WALL_VIEW (fixture->view));
}

static gboolean
says (Fixture    *fixture,
      const char *text)
{
  g_autoptr (GPtrArray) drawn = td_wall_view_get_drawn (TD_WALL_VIEW (fixture->view));

  for (guint i = 0; i < drawn->len; i++)
    {
      const TdWallDrawn *item = drawn->pdata[i];

      if (item->text != NULL && strstr (item->text, text) != NULL)
        return TRUE;
    }

  return FALSE;
}

static gboolean
overlap (const graphene_rect_t *a,
         const graphene_rect_t *b)
{
  graphene_rect_t both;

  /* Where a stroke begins and where it ends may share a pixel. */
  return graphene_rect_intersection (a, b, &both) && both.size.width > 1.5 && both.size.height > 1.5;
}

/* Tells everything that is wrong before it fails. */
static guint
find_faults (Fixture    *fixture,
             int         width,
             int         height,
             const char *what)
{
  g_autoptr (GPtrArray) drawn = td_wall_view_get_drawn (TD_WALL_VIEW (fixture->view));
  int    shift = get_shift (width, height);
  double right = width - 2 * shift, bottom = height - 2 * shift;
  guint  n_faults = 0;

  g_assert_cmpuint (drawn->len, >, 5);
  for (guint i = 0; i < drawn->len; i++)
    {
      const TdWallDrawn *a = drawn->pdata[i];

      if (a->ink.origin.x < -1 || a->ink.origin.y < -1 || a->ink.origin.x + a->ink.size.width > right + 1 ||
          a->ink.origin.y + a->ink.size.height > bottom + 1 || (a->text != NULL && a->size < bottom / 40))
        n_faults++, g_test_message ("%s at %dx%d: “%s” of %g px at %g %g %g %g", what, width, height, a->text, a->size, a->ink.origin.x,
                                    a->ink.origin.y, a->ink.size.width, a->ink.size.height);
      for (guint k = i + 1; k < drawn->len; k++)
        {
          const TdWallDrawn *b = drawn->pdata[k];

          if (overlap (&a->ink, &b->ink))
            n_faults++, g_test_message ("%s at %dx%d: “%s” of %g px lies over “%s” of %g px", what, width, height, a->text, a->size, b->text, b->size);
        }
    }

  return n_faults;
}

static guint
count_keys (Fixture *fixture,
            int      width,
            int      height)
{
  g_autoptr (GPtrArray) drawn = td_wall_view_get_drawn (TD_WALL_VIEW (fixture->view));
  double whole = height - 2 * get_shift (width, height);
  guint  n = 0;

  for (guint i = 0; i < drawn->len; i++)
    {
      const TdWallDrawn *item = drawn->pdata[i];

      if (item->text != NULL && item->ink.size.height >= whole / 16)
        g_test_message ("“%s” of %g px is %.3f of the height", item->text, item->size, item->ink.size.height / whole);
      n += item->text != NULL && item->ink.size.height >= whole / 8 ? 1 : 0;
    }

  return n;
}

static void
test_everything_fits_on_every_screen (Fixture      *fixture,
                                      gconstpointer data)
{
  guint                    n_faults = 0;
  static const char *const names[] = { "now", "normal", "queues", "people", "message" };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      resize (fixture, sizes[i].width, sizes[i].height);
      for (int page = 0; page < TD_N_WALL_PAGES; page++)
        {
          show_page (fixture, (TdWallPageKind)page);
          n_faults += find_faults (fixture, sizes[i].width, sizes[i].height, names[page]);
        }
    }
  g_assert_cmpuint (n_faults, ==, 0);
}

/* What is left free at the edges is what the picture wanders in, and no more. */
static void
test_the_picture_wanders_as_far_on_every_screen (Fixture      *fixture,
                                                 gconstpointer data)
{
  show_page (fixture, TD_WALL_PAGE_NOW);
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      GtkSnapshot *snapshot = gtk_snapshot_new ();
      int          shift = get_shift (sizes[i].width, sizes[i].height);
      g_autoptr (GskRenderNode) node = NULL;
      graphene_rect_t bounds;

      resize (fixture, sizes[i].width, sizes[i].height);
      GTK_WIDGET_GET_CLASS (fixture->view)->snapshot (fixture->view, snapshot);
      node = gtk_snapshot_free_to_node (snapshot);
      gsk_render_node_get_bounds (node, &bounds);
      g_test_message ("%dx%d: from %g, %g wide", sizes[i].width, sizes[i].height, bounds.origin.x, bounds.size.width);
      g_assert_cmpfloat_with_epsilon (bounds.origin.x, shift, 0.5);
      g_assert_cmpfloat_with_epsilon (bounds.origin.x + bounds.size.width, sizes[i].width - shift, 0.5);
      g_assert_cmpfloat (bounds.origin.y, >=, shift - 0.5);
      g_assert_cmpfloat (bounds.origin.y + bounds.size.height, <=, sizes[i].height - shift + 0.5);
    }
}

/* A key number is an eighth of the screen. */
static void
test_key_numbers_are_large (Fixture      *fixture,
                            gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      gboolean is_portrait = sizes[i].width < sizes[i].height;

      resize (fixture, sizes[i].width, sizes[i].height);
      show_page (fixture, TD_WALL_PAGE_NOW);
      g_test_message ("%dx%d: %u", sizes[i].width, sizes[i].height, count_keys (fixture, sizes[i].width, sizes[i].height));
      g_assert_cmpuint (count_keys (fixture, sizes[i].width, sizes[i].height), >=, is_portrait ? 4 : TD_N_WALL_NUMBERS);
    }
}

static void
test_few_numbers_take_the_room (Fixture      *fixture,
                                gconstpointer data)
{
  guint n_faults = 0;
  for (guint n = 1; n <= TD_N_WALL_NUMBERS; n++)
    {
      g_clear_object (&fixture->view);
      fixture->wall->n_numbers = n;
      fixture->view = g_object_ref_sink (td_wall_view_new (fixture->wall));
      td_wall_view_set_watch (TD_WALL_VIEW (fixture->view), fixture->watch);
      for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
        {
          resize (fixture, sizes[i].width, sizes[i].height);
          n_faults += find_faults (fixture, sizes[i].width, sizes[i].height, "now");
        }
    }
  g_assert_cmpuint (n_faults, ==, 0);
}

static void
show_wall (Fixture       *fixture,
           const TdWall  *wall,
           TdWallPageKind page)
{
  td_wall_view_set_wall (TD_WALL_VIEW (fixture->view), wall);
  resize (fixture, 1920, 1080);
  show_page (fixture, page);
}

static void
test_nobody_is_spare_while_callers_wait_too_long (Fixture      *fixture,
                                                  gconstpointer data)
{
  g_autoptr (TdWall) wall = td_wall_copy (fixture->wall);

  wall->serving_target = 1;
  wall->longest_target_ms = G_GINT64_CONSTANT (86400000);
  show_wall (fixture, wall, TD_WALL_PAGE_NOW);
  g_assert_true (says (fixture, " spare"));
  wall->longest_target_ms = 1000;
  show_wall (fixture, wall, TD_WALL_PAGE_NOW);
  g_assert_false (says (fixture, " spare"));
}

static void
test_a_zone_that_is_left_out_is_not_drawn (Fixture      *fixture,
                                           gconstpointer data)
{
  g_autoptr (TdWall) wall = td_wall_copy (fixture->wall);

  show_wall (fixture, wall, TD_WALL_PAGE_PEOPLE);
  g_assert_true (says (fixture, td_format_place (TD_PLACE_OFFICE)));
  g_assert_true (says (fixture, td_format_place (TD_PLACE_HOME)));
  wall->zones = 1u << TD_PLACE_HOME;
  show_wall (fixture, wall, TD_WALL_PAGE_PEOPLE);
  g_assert_false (says (fixture, td_format_place (TD_PLACE_OFFICE)));
  g_assert_true (says (fixture, td_format_place (TD_PLACE_HOME)));
}

/* So many people in so many teams, each of whom serves two of as many queues. */
static TdSnapshot *
create_teams (guint n_agents,
              guint n_teams)
{
  TdSnapshotBuilder *builder = fixture_begin (1, TD_UNKNOWN, "i", TD_CANNED_AT);

  for (guint i = 0; i < n_teams; i++)
    {
      g_autofree char *id = g_strdup_printf ("q%02u", i);
      g_autofree char *name = g_strdup_printf ("Mất điện, tỉnh số %02u", i);
      TdQueueInfo      queue;

      td_queue_info_init (&queue);
      queue.id = id;
      queue.name = name;
      queue.waiting = 1;
      td_snapshot_builder_add_queue (builder, &queue);
    }
  for (guint i = 0; i < n_agents; i++)
    {
      g_autofree char  *id = g_strdup_printf ("agent-%u", i);
      g_autofree char  *team = g_strdup_printf ("Đội trực ban số %02u", i % n_teams);
      g_autofree char  *first = g_strdup_printf ("q%02u", i % n_teams);
      g_autofree char  *second = g_strdup_printf ("q%02u", (i + 1) % n_teams);
      const char *const queues[] = { first, second };
      TdAgentInfo       agent;

      td_agent_info_init (&agent);
      agent.id = id;
      agent.team = team;
      agent.state = i % 7 == 0 ? TD_AGENT_STATE_UNREACHABLE : TD_AGENT_STATE_ON_CALL;
      agent.since = TD_CANNED_AT - FIXTURE_SECONDS (60 + i);
      agent.queues = queues;
      agent.n_queues = n_teams > 1 ? 2 : 1;
      td_snapshot_builder_add_agent (builder, &agent);
    }

  return td_snapshot_builder_end (builder);
}

/* How many of the zones have their count on the wall, and how many it says that it leaves out. */
static guint
count_zones (Fixture *fixture,
             guint   *n_left)
{
  g_autoptr (GPtrArray) drawn = td_wall_view_get_drawn (TD_WALL_VIEW (fixture->view));
  g_autoptr (GRegex) count = g_regex_new ("^[0-9]+ / [0-9]+$", 0, 0, NULL);
  guint n = 0;

  *n_left = 0;
  for (guint i = 0; i < drawn->len; i++)
    {
      const TdWallDrawn *item = drawn->pdata[i];

      if (item->text == NULL)
        continue;
      n += g_regex_match (count, item->text, 0, NULL) ? 1 : 0;
      if (strstr (item->text, "not shown") != NULL)
        *n_left = (guint)g_ascii_strtoull (item->text, NULL, 10);
    }

  return n;
}

static void
test_people_are_arranged (void)
{
  static const struct
  {
    guint n_agents;
    guint n_teams;
  } centres[] = { { 3, 1 }, { 20, 3 }, { 120, 8 }, { 130, 60 }, { 2000, 12 } };
  guint n_faults = 0;

  for (guint i = 0; i < G_N_ELEMENTS (centres); i++)
    {
      g_autoptr (TdSnapshot) snapshot = create_teams (centres[i].n_agents, centres[i].n_teams);
      Fixture fixture = { NULL };

      set_up_wall (&fixture, TD_WALL_PRIVACY_NONE, snapshot);
      for (int arrange = TD_WALL_ARRANGE_TEAM; arrange < TD_N_WALL_ARRANGES; arrange++)
        {
          fixture.wall->arrange = (TdWallArrange)arrange;
          td_wall_view_set_wall (TD_WALL_VIEW (fixture.view), fixture.wall);
          for (guint k = 0; k < G_N_ELEMENTS (sizes); k++)
            {
              g_autofree char *what = g_strdup_printf ("%u people in %u zones", centres[i].n_agents, centres[i].n_teams);
              guint            n_left, n;

              resize (&fixture, sizes[k].width, sizes[k].height);
              show_page (&fixture, TD_WALL_PAGE_PEOPLE);
              n_faults += find_faults (&fixture, sizes[k].width, sizes[k].height, what);
              n = count_zones (&fixture, &n_left);
              if (n + n_left != centres[i].n_teams || n == 0 || (n_left > 0 && n > 24))
                n_faults++, g_test_message ("%s at %dx%d: %u shown, %u left out", what, sizes[k].width, sizes[k].height, n, n_left);
              if (centres[i].n_teams <= 3 && n_left > 0)
                n_faults++, g_test_message ("%s at %dx%d: %u left out", what, sizes[k].width, sizes[k].height, n_left);
            }
        }
      tear_down (&fixture, NULL);
    }
  g_assert_cmpuint (n_faults, ==, 0);
}

/* The legend counts those who are drawn. */
static void
test_a_wall_may_show_one_team (void)
{
  g_autoptr (TdSnapshot) snapshot = create_teams (21, 3);
  Fixture fixture = { NULL };

  set_up_wall (&fixture, TD_WALL_PRIVACY_NONE, snapshot);
  fixture.wall->arrange = TD_WALL_ARRANGE_TEAM;
  show_wall (&fixture, fixture.wall, TD_WALL_PAGE_PEOPLE);
  g_assert_true (says (&fixture, "Đội trực ban số 00"));
  g_assert_true (says (&fixture, "Đội trực ban số 02"));
  g_assert_true (says (&fixture, "on call 18"));
  fixture.wall->teams = g_strsplit ("Đội trực ban số 02", ";", -1);
  show_wall (&fixture, fixture.wall, TD_WALL_PAGE_PEOPLE);
  g_assert_false (says (&fixture, "Đội trực ban số 00"));
  g_assert_true (says (&fixture, "Đội trực ban số 02"));
  g_assert_true (says (&fixture, "on call 6"));
  tear_down (&fixture, NULL);
}

/* What a widget and its children say to those who do not see. */
static void
collect_tooltips (GtkWidget *widget,
                  GString   *text)
{
  const char *tooltip = gtk_widget_get_tooltip_text (widget);

  if (tooltip != NULL)
    g_string_append (text, tooltip);
  if (GTK_IS_LABEL (widget))
    g_string_append (text, gtk_label_get_text (GTK_LABEL (widget)));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    collect_tooltips (child, text);
}

/* How many agents all pages name. */
static guint
count_named (Fixture  *fixture,
             gboolean *has_initials)
{
  TdRoster *agents = td_centre_get_agents (td_watch_get_centre (fixture->watch));
  g_autoptr (GString) text = g_string_new (NULL);
  guint n = 0;

  resize (fixture, 1920, 1080);
  for (int page = 0; page < TD_N_WALL_PAGES; page++)
    {
      g_autoptr (GPtrArray) drawn = NULL;

      show_page (fixture, (TdWallPageKind)page);
      drawn = td_wall_view_get_drawn (TD_WALL_VIEW (fixture->view));
      for (guint i = 0; i < drawn->len; i++)
        {
          const TdWallDrawn *item = drawn->pdata[i];

          g_string_append_printf (text, "%s\n", item->text != NULL ? item->text : "");
        }
      collect_tooltips (fixture->view, text);
    }
  g_assert_cmpuint (td_roster_get_size (agents), ==, N_NAMED);
  for (guint i = 0; i < N_NAMED; i++)
    {
      const TdAgentInfo *info = td_agent_get_info (td_roster_get (agents, i));

      /* What no wall may tell, whatever its file says. */
      g_assert_null (strstr (text->str, info->id));
      g_assert_null (strstr (text->str, info->extension));
      g_assert_null (strstr (text->str, info->call_number));
      g_assert_null (strstr (text->str, info->reason));
      g_assert_null (strstr (text->str, info->team));
      g_assert_null (strstr (text->str, info->seat));
      n += strstr (text->str, info->name) != NULL ? 1 : 0;
    }
  *has_initials = strstr (text->str, "N.T.H.") != NULL;

  return n;
}

static void
test_people_are_named_only_where_the_wall_says_so (void)
{
  guint n_faults = 0;

  static const struct
  {
    TdWallPrivacy privacy;
    gboolean      names;
    gboolean      initials;
  } walls[] = {
    { TD_WALL_PRIVACY_NONE, FALSE, FALSE },
    { TD_WALL_PRIVACY_INITIALS, FALSE, TRUE },
    { TD_WALL_PRIVACY_NAMES, TRUE, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (walls); i++)
    {
      g_autoptr (TdSnapshot) snapshot = create_named ();
      Fixture  fixture = { NULL };
      gboolean has_initials;

      set_up_wall (&fixture, walls[i].privacy, snapshot);
      for (guint k = 0; k < G_N_ELEMENTS (sizes); k++)
        {
          resize (&fixture, sizes[k].width, sizes[k].height);
          show_page (&fixture, TD_WALL_PAGE_PEOPLE);
          n_faults += find_faults (&fixture, sizes[k].width, sizes[k].height, "named people");
        }
      g_assert_cmpuint (count_named (&fixture, &has_initials), ==, walls[i].names ? N_NAMED : 0);
      g_assert_cmpint (has_initials, ==, walls[i].initials);
      tear_down (&fixture, NULL);
    }
  g_assert_cmpuint (n_faults, ==, 0);
}

static void
test_what_is_old_says_so (Fixture      *fixture,
                          gconstpointer data)
{
  guint     n_faults = 0;
  TdPoller *poller = td_watch_get_poller (fixture->watch);

  resize (fixture, 1920, 1080);
  show_page (fixture, TD_WALL_PAGE_NOW);
  g_assert_false (says (fixture, " old"));
  fixture->backend->data = GINT_TO_POINTER (TD_BACKEND_ERROR_SERVER);
  fixture->backend->is_failing = TRUE;
  fake_run_until (td_poller_get_health (poller) != TD_HEALTH_LIVE);
  td_wall_view_refresh (TD_WALL_VIEW (fixture->view));
  g_assert_cmpint (td_poller_get_health (poller), ==, TD_HEALTH_STALE);
  g_assert_true (says (fixture, "Numbers "));
  g_assert_true (says (fixture, " old"));
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      resize (fixture, sizes[i].width, sizes[i].height);
      for (int page = 0; page < TD_N_WALL_PAGES; page++)
        {
          show_page (fixture, (TdWallPageKind)page);
          n_faults += find_faults (fixture, sizes[i].width, sizes[i].height, "stale");
        }
    }
  g_assert_cmpuint (n_faults, ==, 0);
}

static void
test_what_is_lost_hides_every_number (Fixture      *fixture,
                                      gconstpointer data)
{
  guint     n_faults = 0;
  TdPoller *poller = td_watch_get_poller (fixture->watch);

  resize (fixture, 1920, 1080);
  show_page (fixture, TD_WALL_PAGE_NOW);
  g_assert_true (says (fixture, "Longest wait"));
  fixture->backend->data = GINT_TO_POINTER (TD_BACKEND_ERROR_UNREACHABLE);
  fixture->backend->is_failing = TRUE;
  fake_run_until (td_poller_get_health (poller) == TD_HEALTH_LOST);
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      resize (fixture, sizes[i].width, sizes[i].height);
      g_assert_true (says (fixture, "NO DATA"));
      g_assert_true (says (fixture, "since "));
      g_assert_true (says (fixture, "attempt "));
      g_assert_true (says (fixture, td_poller_get_error_message (poller)));
      g_assert_false (says (fixture, "Longest wait"));
      n_faults += find_faults (fixture, sizes[i].width, sizes[i].height, "lost");
    }

  fixture->backend->is_failing = FALSE;
  td_poller_poll_now (poller);
  fake_run_until (td_poller_get_health (poller) == TD_HEALTH_LIVE);
  td_wall_view_refresh (TD_WALL_VIEW (fixture->view));
  g_assert_true (says (fixture, "Longest wait"));
  g_assert_false (says (fixture, "NO DATA"));
  g_assert_cmpuint (n_faults, ==, 0);
}

static void
test_trouble_stands_on_the_wall (void)
{
  guint n_faults = 0;
  g_autoptr (TdWall) wall = td_wall_new ();
  Fixture fixture = { .view = g_object_ref_sink (td_wall_view_new (wall)) };

  resize (&fixture, 1920, 1080);
  g_assert_true (says (&fixture, "CONNECTING"));
  td_wall_view_set_trouble (TD_WALL_VIEW (fixture.view), "/etc/wall.ini: [pages] nwo: not known here");
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      resize (&fixture, sizes[i].width, sizes[i].height);
      g_assert_true (says (&fixture, "NO DATA"));
      g_assert_true (says (&fixture, "nwo"));
      n_faults += find_faults (&fixture, sizes[i].width, sizes[i].height, "trouble");
    }
  g_object_run_dispose (G_OBJECT (fixture.view));
  g_clear_object (&fixture.view);
  g_assert_cmpuint (n_faults, ==, 0);
}

/* Else it would seem that nobody waits there. */
static void
test_a_queue_that_there_is_not_is_told (Fixture      *fixture,
                                        gconstpointer data)
{
  TdRoster   *queues = td_centre_get_queues (td_watch_get_centre (fixture->watch));
  const char *shown[] = { td_queue_get_info (td_roster_get (queues, 0))->id, "no-such-queue", NULL };
  guint       n_faults = 0;

  fixture->wall->queues = g_strdupv ((char **)shown);
  td_wall_view_set_wall (TD_WALL_VIEW (fixture->view), fixture->wall);
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      resize (fixture, sizes[i].width, sizes[i].height);
      g_assert_true (says (fixture, "no queue “no-s"));
      n_faults += find_faults (fixture, sizes[i].width, sizes[i].height, "missing");
    }
  g_assert_cmpuint (n_faults, ==, 0);

  g_clear_pointer (&fixture->wall->queues[1], g_free);
  td_wall_view_set_wall (TD_WALL_VIEW (fixture->view), fixture->wall);
  td_wall_view_refresh (TD_WALL_VIEW (fixture->view));
  g_assert_false (says (fixture, "no queue"));
}

/* Few words are large, and all of them say since when and until when they stand. */
static void
test_a_message_says_since_when (Fixture      *fixture,
                                gconstpointer data)
{
  static const char *const texts[] = { "Họp lúc 13:45", "Trạm 110 kV Hóc Môn mất điện. Dự kiến có lại lúc 15:30. Báo khách không cần gọi lại." };
  gint64                   now = g_get_real_time ();
  guint                    n_faults = 0;

  for (guint k = 0; k < G_N_ELEMENTS (texts); k++)
    {
      const TdWallMessage message = { (char *)texts[k], now + G_TIME_SPAN_HOUR, now - k * G_TIME_SPAN_DAY };

      td_wall_view_set_message (TD_WALL_VIEW (fixture->view), &message);
      for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
        {
          resize (fixture, sizes[i].width, sizes[i].height);
          show_page (fixture, TD_WALL_PAGE_MESSAGE);
          g_assert_true (says (fixture, texts[k]));
          g_assert_true (says (fixture, "From the desk at "));
          g_assert_true (says (fixture, "shown until "));
          n_faults += find_faults (fixture, sizes[i].width, sizes[i].height, "message");
        }
    }
  g_assert_cmpuint (n_faults, ==, 0);
}

/* Nothing that is not known is normal. */
static void
test_what_is_not_known_is_not_normal (Fixture      *fixture,
                                      gconstpointer data)
{
  const char *shown[] = { "no-such-queue", NULL };
  guint       n_faults = 0;

  fixture->wall->queues = g_strdupv ((char **)shown);
  td_wall_view_set_wall (TD_WALL_VIEW (fixture->view), fixture->wall);
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      resize (fixture, sizes[i].width, sizes[i].height);
      show_page (fixture, TD_WALL_PAGE_NOW);
      g_assert_true (says (fixture, "No numbers"));
      g_assert_false (says (fixture, "Normal"));
      n_faults += find_faults (fixture, sizes[i].width, sizes[i].height, "unknown");
      show_page (fixture, TD_WALL_PAGE_QUEUES);
      g_assert_true (says (fixture, "No queue to show"));
      n_faults += find_faults (fixture, sizes[i].width, sizes[i].height, "no queue");
      show_page (fixture, TD_WALL_PAGE_PEOPLE);
      g_assert_true (says (fixture, "No agent to show"));
      g_assert_false (says (fixture, "met"));
      n_faults += find_faults (fixture, sizes[i].width, sizes[i].height, "nobody");
    }
  g_assert_cmpuint (n_faults, ==, 0);
}

static void
test_a_simulation_shows_its_own_time (void)
{
  TdSnapshotBuilder *builder = fixture_begin (1, TD_UNKNOWN, "i", TD_CANNED_AT);
  g_autoptr (TdSnapshot) snapshot = NULL;
  g_autoptr (GTimeZone) zone = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  Fixture          fixture = { NULL };
  TdCentreInfo     info;
  TdCentre        *centre;

  td_centre_info_init (&info);
  info.name = "Điện lực miền Nam";
  info.timezone = "Asia/Ho_Chi_Minh";
  info.scenario = "outage";
  td_snapshot_builder_set_centre (builder, &info);
  fixture_queue (builder, "q", 0, 3);
  snapshot = td_snapshot_builder_end (builder);
  set_up_wall (&fixture, TD_WALL_PRIVACY_NONE, snapshot);
  centre = td_watch_get_centre (fixture.watch);
  zone = g_time_zone_new_identifier (info.timezone);
  before = td_format_clock (td_centre_get_now (centre), zone);
  resize (&fixture, 1920, 1080);
  after = td_format_clock (td_centre_get_now (centre), zone);
  g_assert_true (says (&fixture, before) || says (&fixture, after));
  g_assert_true (says (&fixture, "Simulated: Điện lực miền Nam"));
  tear_down (&fixture, NULL);
}

static GListModel *
get_incidents (Fixture *fixture)
{
  return td_alert_board_get_incidents (td_alert_desk_get_board (td_watch_get_alerts (fixture->watch)));
}

static void
raise_alert (Fixture     *fixture,
             TdAlertLevel level)
{
  set_rule (fixture->watch, "w", level, TD_ALERT_SCOPE_CENTRE);
  fake_run_until (g_list_model_get_n_items (get_incidents (fixture)) > 0);
  td_wall_view_refresh (TD_WALL_VIEW (fixture->view));
}

static void
test_an_alarm_comes_forward_until_it_is_taken (Fixture      *fixture,
                                               gconstpointer data)
{
  guint n_faults = 0;
  g_autoptr (TdIncident) incident = NULL;
  g_autoptr (GError) error = NULL;

  resize (fixture, 1920, 1080);
  show_page (fixture, TD_WALL_PAGE_PEOPLE);
  g_assert_false (says (fixture, "Rotation stopped"));
  raise_alert (fixture, TD_ALERT_ALARM);
  incident = g_list_model_get_item (get_incidents (fixture), 0);
  g_assert_true (says (fixture, td_incident_get_part (incident, 0)->title));
  g_assert_true (says (fixture, "Rotation stopped"));

  /* This wall hears nobody take it; one at a desk does. */
  g_assert_false (says (fixture, "Nobody"));
  td_wall_view_set_knows_owners (TD_WALL_VIEW (fixture->view), TRUE);
  td_wall_view_refresh (TD_WALL_VIEW (fixture->view));
  g_assert_true (says (fixture, "Nobody has taken it"));
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      resize (fixture, sizes[i].width, sizes[i].height);
      n_faults += find_faults (fixture, sizes[i].width, sizes[i].height, "alert");
    }

  g_assert_true (td_alert_desk_act (td_watch_get_alerts (fixture->watch), incident, TD_INCIDENT_EVENT_TAKEN,
                                    "Lê Thị Mai", NULL, NULL, TD_UNKNOWN, &error));
  g_assert_no_error (error);
  resize (fixture, 1920, 1080);
  g_assert_true (says (fixture, "Taken at "));
  g_assert_false (says (fixture, "Mai"));
  fixture->wall->privacy = TD_WALL_PRIVACY_INITIALS;
  td_wall_view_set_wall (TD_WALL_VIEW (fixture->view), fixture->wall);
  td_wall_view_refresh (TD_WALL_VIEW (fixture->view));
  g_assert_true (says (fixture, "L.T.M."));
  fixture->wall->privacy = TD_WALL_PRIVACY_NAMES;
  td_wall_view_set_wall (TD_WALL_VIEW (fixture->view), fixture->wall);
  td_wall_view_refresh (TD_WALL_VIEW (fixture->view));
  g_assert_true (says (fixture, "Lê Thị Mai"));

  g_assert_true (td_alert_desk_act (td_watch_get_alerts (fixture->watch), incident, TD_INCIDENT_EVENT_CLOSED,
                                    "Lê Thị Mai", NULL, NULL, TD_UNKNOWN, &error));
  g_assert_no_error (error);
  td_wall_view_refresh (TD_WALL_VIEW (fixture->view));
  g_assert_false (says (fixture, "Rotation stopped"));
  g_assert_cmpuint (n_faults, ==, 0);
}

/* A wall for itself does not hear who sees to it: the pages may not stand still for hours. */
/* An hour of those who wait now. */
static void
remember_waiting (Fixture *fixture)
{
  gint64 from = td_centre_get_at (td_watch_get_centre (fixture->watch)) + G_TIME_SPAN_HOUR;

  for (int i = 0; i < TD_TRAIL_STEPS; i++)
    td_trail_observe (td_watch_get_trail (fixture->watch), from + i * TD_TRAIL_STEP_US);
  td_wall_view_refresh (TD_WALL_VIEW (fixture->view));
}

/* What a storm gives to say is longer than most of what is told. */
static void
test_what_speaks_for_an_alarm_is_told_whole (Fixture      *fixture,
                                             gconstpointer data)
{
  g_autoptr (TdIncident) incident = NULL;
  TdAlert *part;
  guint    n_cut = 0;

  resize (fixture, 1920, 1080);
  raise_alert (fixture, TD_ALERT_ALARM);
  incident = g_list_model_get_item (get_incidents (fixture), 0);
  part = td_incident_get_part (incident, 0);
  g_free (part->evidence);
  part->evidence = g_strdup ("Nhiều hơn bình thường 1.289 cuộc gọi từ 14:21 (×7,6), phần lớn là Mất điện, Bà Rịa – Vũng Tàu");
  td_wall_view_set_knows_owners (TD_WALL_VIEW (fixture->view), TRUE);
  for (guint i = 0; i < 2 * G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr (GPtrArray) drawn = NULL;

      /* With its curve and without. */
      if (i == G_N_ELEMENTS (sizes))
        remember_waiting (fixture);
      resize (fixture, sizes[i % G_N_ELEMENTS (sizes)].width, sizes[i % G_N_ELEMENTS (sizes)].height);
      g_assert_true (says (fixture, part->evidence));
      drawn = td_wall_view_get_drawn (TD_WALL_VIEW (fixture->view));
      for (guint k = 0; k < drawn->len; k++)
        {
          const TdWallDrawn *item = drawn->pdata[k];

          if (item->is_cut)
            n_cut++, g_test_message ("%dx%d: “%s” is cut", sizes[i % G_N_ELEMENTS (sizes)].width, sizes[i % G_N_ELEMENTS (sizes)].height, item->text);
        }
    }
  g_assert_cmpuint (n_cut, ==, 0);
}

/* A comma, too, stays within its tile. */
static void
test_numbers_stay_within_their_tiles (Fixture      *fixture,
                                      gconstpointer data)
{
  static const char *const values[] = { "×3,4", "87", "1:02:03", "10.114", "−8" };
  const graphene_rect_t    rects[] = { GRAPHENE_RECT_INIT (24, 100, 1030, 269), GRAPHENE_RECT_INIT (24, 400, 560, 530) };
  guint                    n_faults = 0;

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    for (guint k = 0; k < G_N_ELEMENTS (rects); k++)
      {
        g_autoptr (TdWallPaint) paint = td_wall_paint_new (fixture->view);
        g_autoptr (TdWallFace) face = td_wall_face_new ("Nhịp gọi 15 phút");
        g_autoptr (GPtrArray) drawn = NULL;

        face->value = g_strdup (values[i]);
        face->target = g_strdup ("thường 172");
        face->deviation = g_strdup ("nay 541");
        td_wall_paint_begin (paint, 1080, 1920);
        td_wall_tile_draw (paint, &rects[k], face);
        drawn = td_wall_paint_get_drawn (paint);
        g_assert_cmpuint (drawn->len, >, 3);
        for (guint j = 0; j < drawn->len; j++)
          {
            const TdWallDrawn *item = drawn->pdata[j];

            if (!graphene_rect_contains_rect (&rects[k], &item->ink))
              n_faults++, g_test_message ("“%s” of %g px: %g %g %g %g", item->text, item->size, item->ink.origin.x, item->ink.origin.y,
                                          item->ink.size.width, item->ink.size.height);
          }
        td_wall_paint_end (paint, NULL);
      }
  g_assert_cmpuint (n_faults, ==, 0);
}

/* How it came to an alarm is drawn as soon as there is more than a moment of it. */
static void
test_an_alarm_has_its_curve (Fixture      *fixture,
                             gconstpointer data)
{
  guint n_faults = 0, n_curves = 0;

  resize (fixture, 1920, 1080);
  raise_alert (fixture, TD_ALERT_ALARM);
  g_assert_false (says (fixture, "Waiting until now"));
  remember_waiting (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      resize (fixture, sizes[i].width, sizes[i].height);
      n_curves += says (fixture, "Waiting until now") && says (fixture, "alarm from 1") ? 1 : 0;
      n_faults += find_faults (fixture, sizes[i].width, sizes[i].height, "curve");
    }
  g_assert_cmpuint (n_curves, ==, G_N_ELEMENTS (sizes));
  g_assert_cmpuint (n_faults, ==, 0);
}

/* Of two alarms that nobody has taken neither hides the other. */
static void
test_alarms_take_turns (Fixture      *fixture,
                        gconstpointer data)
{
  g_autoptr (GPtrArray) rules = td_alert_rules_new ();
  g_autofree char *first = NULL;
  TdWallMoment     moment;

  g_ptr_array_add (rules, create_rule ("w", TD_ALERT_WAITING, TD_ALERT_ALARM, TD_ALERT_SCOPE_CENTRE));
  g_ptr_array_add (rules, create_rule ("u", TD_ALERT_UNREACHABLE, TD_ALERT_ALARM, TD_ALERT_SCOPE_CENTRE));
  td_alert_desk_set_rules (td_watch_get_alerts (fixture->watch), rules);
  fake_run_until (g_list_model_get_n_items (get_incidents (fixture)) > 1);
  td_wall_moment_read (&moment, fixture->watch, fixture->wall);
  td_wall_alert_find (&moment, 0);
  g_assert_cmpuint (moment.n_incidents, ==, g_list_model_get_n_items (get_incidents (fixture)));
  g_assert_cmpuint (moment.incident_number, ==, 1);
  first = g_strdup (moment.part->title);
  td_wall_moment_clear (&moment);
  td_wall_moment_read (&moment, fixture->watch, fixture->wall);
  td_wall_alert_find (&moment, TD_WALL_ALERT_TURN_US);
  g_assert_cmpuint (moment.incident_number, ==, 2);
  g_assert_cmpstr (moment.part->title, !=, first);
  td_wall_moment_clear (&moment);
  resize (fixture, 1920, 1080);
  g_assert_true (says (fixture, "Rotation stopped · alert "));
}

/* How much of the light is taken away, 0…1. */
static double
get_darkness (Fixture *fixture)
{
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;
  GskRenderNode *last;
  const GdkRGBA *colour;

  td_wall_view_refresh (TD_WALL_VIEW (fixture->view));
  GTK_WIDGET_GET_CLASS (fixture->view)->snapshot (fixture->view, snapshot);
  node = gtk_snapshot_free_to_node (snapshot);
  if (gsk_render_node_get_node_type (node) != GSK_CONTAINER_NODE)
    return 0; /* the page alone */
  last = gsk_container_node_get_child (node, gsk_container_node_get_n_children (node) - 1);
  if (gsk_render_node_get_node_type (last) != GSK_COLOR_NODE)
    return 0;
  colour = gsk_color_node_get_color (last);

  return colour->red == 0 && colour->green == 0 && colour->blue == 0 ? colour->alpha : 0;
}

static void
test_an_alarm_is_as_bright_by_night (Fixture      *fixture,
                                     gconstpointer data)
{
  TdPoller *poller = td_watch_get_poller (fixture->watch);
  g_autoptr (TdIncident) incident = NULL;
  g_autoptr (GError) error = NULL;

  /* Whenever this runs, it is night. */
  fixture->wall->night_from = 0;
  fixture->wall->night_to = 24 * 60;
  fixture->wall->night_brightness = 0.4;
  td_wall_view_set_wall (TD_WALL_VIEW (fixture->view), fixture->wall);
  resize (fixture, 1920, 1080);
  g_assert_cmpfloat_with_epsilon (get_darkness (fixture), 0.6, 0.001);
  raise_alert (fixture, TD_ALERT_ALARM);
  g_assert_cmpfloat (get_darkness (fixture), ==, 0);
  incident = g_list_model_get_item (get_incidents (fixture), 0);
  g_assert_true (td_alert_desk_act (td_watch_get_alerts (fixture->watch), incident, TD_INCIDENT_EVENT_CLOSED,
                                    "Lê Thị Mai", NULL, NULL, TD_UNKNOWN, &error));
  g_assert_no_error (error);
  g_assert_cmpfloat_with_epsilon (get_darkness (fixture), 0.6, 0.001);
  fixture->backend->data = GINT_TO_POINTER (TD_BACKEND_ERROR_UNREACHABLE);
  fixture->backend->is_failing = TRUE;
  fake_run_until (td_poller_get_health (poller) == TD_HEALTH_LOST);
  g_assert_cmpfloat (get_darkness (fixture), ==, 0);
}

static void
test_the_pages_take_turns_again_in_a_long_surge (Fixture      *fixture,
                                                 gconstpointer data)
{
  TdWallMoment moment = { .watch = fixture->watch, .wall = fixture->wall, .has_alarm = TRUE, .now = 100 * G_TIME_SPAN_DAY };

  moment.alarm.kind = TD_STREAM_ALL;
  moment.alarm.figures.alarm_raised = moment.now - G_TIME_SPAN_MINUTE;
  g_assert_true (td_wall_alert_stays_in_sight (&moment));
  moment.alarm.figures.alarm_raised = moment.now - TD_WALL_ALERT_UNHEARD_US;
  g_assert_false (td_wall_alert_stays_in_sight (&moment));

  moment.alarm.kind = TD_STREAM_HOTLINE;
  moment.alarm.figures.alarm_raised = moment.now;
  g_assert_false (td_wall_alert_stays_in_sight (&moment));
}

static void
test_a_warning_leaves_the_pages_their_turns (Fixture      *fixture,
                                             gconstpointer data)
{
  resize (fixture, 1920, 1080);
  show_page (fixture, TD_WALL_PAGE_NOW);
  raise_alert (fixture, TD_ALERT_WARNING);
  g_assert_false (says (fixture, "Rotation stopped"));
}

/* A source that is late has not taken it back: it stays, in grey. */
static void
test_an_alarm_stays_when_the_source_is_late (Fixture      *fixture,
                                             gconstpointer data)
{
  TdPoller *poller = td_watch_get_poller (fixture->watch);
  guint     n_faults = 0;

  resize (fixture, 1920, 1080);
  raise_alert (fixture, TD_ALERT_ALARM);
  g_assert_true (says (fixture, "Rotation stopped"));
  fixture->backend->data = GINT_TO_POINTER (TD_BACKEND_ERROR_SERVER);
  fixture->backend->is_failing = TRUE;
  fake_run_until (td_poller_get_health (poller) != TD_HEALTH_LIVE);
  g_assert_cmpint (td_poller_get_health (poller), ==, TD_HEALTH_STALE);
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      resize (fixture, sizes[i].width, sizes[i].height);
      g_assert_true (says (fixture, "Rotation stopped · alert"));
      n_faults += find_faults (fixture, sizes[i].width, sizes[i].height, "late alert");
    }
  g_assert_cmpuint (n_faults, ==, 0);
}

/* An alarm of a person names that person, and has no place on a wall. */
static void
test_an_alarm_of_a_person_is_not_told (Fixture      *fixture,
                                       gconstpointer data)
{
  g_autoptr (GPtrArray) rules = td_alert_rules_new ();
  TdAlertRule *rule = td_alert_rule_new ("person", TD_ALERT_LONG_STATE);
  g_autoptr (TdIncident) incident = NULL;
  gboolean has_initials;

  rule->level = TD_ALERT_ALARM;
  rule->scope = TD_ALERT_SCOPE_AGENT;
  rule->raise = 1;
  rule->clear = 0;
  rule->for_s = 0;
  rule->from = 0;
  rule->to = TD_ALERT_DAY_MINUTES;
  g_ptr_array_add (rules, rule);
  td_alert_desk_set_rules (td_watch_get_alerts (fixture->watch), rules);
  fake_run_until (g_list_model_get_n_items (get_incidents (fixture)) > 0);
  incident = g_list_model_get_item (get_incidents (fixture), 0);
  g_assert_nonnull (strstr (td_incident_get_part (incident, 0)->title, "Nguyễn Thị Hoa-"));
  g_assert_cmpuint (count_named (fixture, &has_initials), ==, 0);
  g_assert_false (says (fixture, "Rotation stopped"));
}

/* An alarm of a queue is told on the walls that show it. */
static void
test_an_alarm_of_another_queue_is_not_told (Fixture      *fixture,
                                            gconstpointer data)
{
  g_autoptr (TdIncident) incident = NULL;
  const char *shown[] = { NULL, NULL };

  resize (fixture, 1920, 1080);
  shown[0] = "no-such-queue";
  fixture->wall->queues = g_strdupv ((char **)shown);
  td_wall_view_set_wall (TD_WALL_VIEW (fixture->view), fixture->wall);
  set_rule (fixture->watch, "w", TD_ALERT_ALARM, TD_ALERT_SCOPE_QUEUE);
  fake_run_until (g_list_model_get_n_items (get_incidents (fixture)) > 0);
  td_wall_view_refresh (TD_WALL_VIEW (fixture->view));
  g_assert_false (says (fixture, "Rotation stopped"));

  incident = g_list_model_get_item (get_incidents (fixture), 0);
  shown[0] = td_incident_get_part (incident, 0)->target;
  g_strfreev (fixture->wall->queues);
  fixture->wall->queues = g_strdupv ((char **)shown);
  td_wall_view_set_wall (TD_WALL_VIEW (fixture->view), fixture->wall);
  td_wall_view_refresh (TD_WALL_VIEW (fixture->view));
  g_assert_true (says (fixture, "Rotation stopped"));
}

static void
test_pages_take_turns (void)
{
  g_autoptr (TdWall) wall = td_wall_new ();
  TdWallRotation rotation;
  gint64         now = 1000 * G_USEC_PER_SEC;

  wall->pages[1].seconds = 5;
  td_wall_rotation_init (&rotation, wall, now);
  g_assert_false (td_wall_rotation_step (&rotation, now + 19 * G_USEC_PER_SEC, FALSE));
  g_assert_cmpfloat_with_epsilon (td_wall_rotation_get_part (&rotation, now + 10 * G_USEC_PER_SEC), 0.5, 0.001);
  now += 20 * G_USEC_PER_SEC;
  g_assert_true (td_wall_rotation_step (&rotation, now, FALSE));
  g_assert_cmpint (td_wall_rotation_get_page (&rotation)->kind, ==, TD_WALL_PAGE_NORMAL);
  now += 5 * G_USEC_PER_SEC;
  g_assert_true (td_wall_rotation_step (&rotation, now, FALSE));

  /* After a day's sleep it is one page on, not thousands. */
  now += G_GINT64_CONSTANT (86400) * G_USEC_PER_SEC;
  g_assert_true (td_wall_rotation_step (&rotation, now, FALSE));
  g_assert_cmpuint (rotation.index, ==, 3);
  now += 20 * G_USEC_PER_SEC;
  g_assert_true (td_wall_rotation_step (&rotation, now, FALSE));
  g_assert_cmpuint (rotation.index, ==, 0);
}

static void
test_what_is_held_stays_and_then_has_its_time (void)
{
  g_autoptr (TdWall) wall = td_wall_new ();
  TdWallRotation rotation;
  gint64         now = 1000 * G_USEC_PER_SEC;

  td_wall_rotation_init (&rotation, wall, now);
  for (guint i = 0; i < 100; i++)
    {
      now += G_USEC_PER_SEC;
      g_assert_false (td_wall_rotation_step (&rotation, now, TRUE));
    }
  g_assert_false (td_wall_rotation_step (&rotation, now + G_USEC_PER_SEC, FALSE));
  g_assert_false (td_wall_rotation_step (&rotation, now + 20 * G_USEC_PER_SEC, FALSE));
  g_assert_true (td_wall_rotation_step (&rotation, now + 21 * G_USEC_PER_SEC, FALSE));
}

static void
test_the_picture_wanders_to_every_side (void)
{
  const int shift = 8;
  int       left = 0, right = 0, top = 0, bottom = 0, x, y, before_x, before_y;

  td_wall_page_get_wander (15, shift, &before_x, &before_y);
  for (guint minute = 0; minute < 16; minute++)
    {
      td_wall_page_get_wander (minute, shift, &x, &y);
      left = MIN (left, x);
      right = MAX (right, x);
      top = MIN (top, y);
      bottom = MAX (bottom, y);
      g_assert_cmpint (ABS (x - before_x), <=, shift / 2);
      g_assert_cmpint (ABS (y - before_y), <=, shift / 2);
      before_x = x;
      before_y = y;
    }
  g_assert_cmpint (left, ==, -shift);
  g_assert_cmpint (right, ==, shift);
  g_assert_cmpint (top, ==, -shift);
  g_assert_cmpint (bottom, ==, shift);
}

static void
load_style (void)
{
  g_autoptr (GtkCssProvider) light = gtk_css_provider_new ();
  g_autoptr (GtkCssProvider) dark = gtk_css_provider_new ();

  gtk_css_provider_load_from_path (light, TD_DATA_DIR "/style.css");
  gtk_css_provider_load_from_path (dark, TD_DATA_DIR "/style-dark.css");
  gtk_style_context_add_provider_for_display (gdk_display_get_default (), GTK_STYLE_PROVIDER (light), GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  gtk_style_context_add_provider_for_display (gdk_display_get_default (), GTK_STYLE_PROVIDER (dark), GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/wall/pages-take-turns", test_pages_take_turns);
  g_test_add_func ("/wall/what-is-held-stays-and-then-has-its-time", test_what_is_held_stays_and_then_has_its_time);
  g_test_add_func ("/wall/the-picture-wanders-to-every-side", test_the_picture_wanders_to_every_side);
  if (!gtk_init_check ())
    return g_test_run ();

  adw_init ();
  load_style ();
  /* A kiosk has no desktop's settings: what would be its font is wider. */
  g_object_set (gtk_settings_get_default (), "gtk-font-name", "DejaVu Sans 11", NULL);
  g_test_add ("/wall/everything-fits-on-every-screen", Fixture, NULL, set_up, test_everything_fits_on_every_screen, tear_down);
  g_test_add ("/wall/the-picture-wanders-as-far-on-every-screen", Fixture, NULL, set_up, test_the_picture_wanders_as_far_on_every_screen, tear_down);
  g_test_add ("/wall/key-numbers-are-large", Fixture, NULL, set_up, test_key_numbers_are_large, tear_down);
  g_test_add ("/wall/few-numbers-take-the-room", Fixture, NULL, set_up, test_few_numbers_take_the_room, tear_down);
  g_test_add ("/wall/nobody-is-spare-while-callers-wait-too-long", Fixture, NULL, set_up, test_nobody_is_spare_while_callers_wait_too_long, tear_down);
  g_test_add ("/wall/a-zone-that-is-left-out-is-not-drawn", Fixture, NULL, set_up_named, test_a_zone_that_is_left_out_is_not_drawn, tear_down);
  g_test_add_func ("/wall/people-are-named-only-where-the-wall-says-so", test_people_are_named_only_where_the_wall_says_so);
  g_test_add_func ("/wall/people-are-arranged", test_people_are_arranged);
  g_test_add_func ("/wall/a-wall-may-show-one-team", test_a_wall_may_show_one_team);
  g_test_add ("/wall/what-is-old-says-so", Fixture, NULL, set_up, test_what_is_old_says_so, tear_down);
  g_test_add ("/wall/what-is-lost-hides-every-number", Fixture, NULL, set_up, test_what_is_lost_hides_every_number, tear_down);
  g_test_add ("/wall/an-alarm-comes-forward-until-it-is-taken", Fixture, NULL, set_up, test_an_alarm_comes_forward_until_it_is_taken, tear_down);
  g_test_add ("/wall/a-warning-leaves-the-pages-their-turns", Fixture, NULL, set_up, test_a_warning_leaves_the_pages_their_turns, tear_down);
  g_test_add ("/wall/what-speaks-for-an-alarm-is-told-whole", Fixture, NULL, set_up, test_what_speaks_for_an_alarm_is_told_whole, tear_down);
  g_test_add ("/wall/numbers-stay-within-their-tiles", Fixture, NULL, set_up, test_numbers_stay_within_their_tiles, tear_down);
  g_test_add ("/wall/an-alarm-has-its-curve", Fixture, NULL, set_up, test_an_alarm_has_its_curve, tear_down);
  g_test_add ("/wall/alarms-take-turns", Fixture, NULL, set_up, test_alarms_take_turns, tear_down);
  g_test_add ("/wall/an-alarm-is-as-bright-by-night", Fixture, NULL, set_up, test_an_alarm_is_as_bright_by_night, tear_down);
  g_test_add ("/wall/the-pages-take-turns-again-in-a-long-surge", Fixture, NULL, set_up, test_the_pages_take_turns_again_in_a_long_surge, tear_down);
  g_test_add ("/wall/an-alarm-stays-when-the-source-is-late", Fixture, NULL, set_up, test_an_alarm_stays_when_the_source_is_late, tear_down);
  g_test_add ("/wall/an-alarm-of-a-person-is-not-told", Fixture, NULL, set_up_named, test_an_alarm_of_a_person_is_not_told, tear_down);
  g_test_add ("/wall/an-alarm-of-another-queue-is-not-told", Fixture, NULL, set_up, test_an_alarm_of_another_queue_is_not_told, tear_down);
  g_test_add ("/wall/a-queue-that-there-is-not-is-told", Fixture, NULL, set_up, test_a_queue_that_there_is_not_is_told, tear_down);
  g_test_add ("/wall/a-message-says-since-when", Fixture, NULL, set_up, test_a_message_says_since_when, tear_down);
  g_test_add ("/wall/what-is-not-known-is-not-normal", Fixture, NULL, set_up, test_what_is_not_known_is_not_normal, tear_down);
  g_test_add_func ("/wall/a-simulation-shows-its-own-time", test_a_simulation_shows_its_own_time);
  g_test_add_func ("/wall/trouble-stands-on-the-wall", test_trouble_stands_on_the_wall);

  return g_test_run ();
}
