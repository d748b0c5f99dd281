/* test-agents.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <adwaita.h>

#include "td-agent-slot.h"
#include "td-agent-actions.h"
#include "td-agents-page.h"
#include "td-agents-table.h"

#include "fake-backend.h"
#include "td-fixture.h"

#define NOW (FIXTURE_START + FIXTURE_SECONDS (36000))

static void
run_until_shown (TdAgentsTable *table,
                 guint          n_shown)
{
  for (guint i = 0; i < 200 && td_agents_table_get_n_shown (table) != n_shown; i++)
    {
      g_usleep (20000);
      while (g_main_context_iteration (NULL, FALSE))
        ;
    }
  g_assert_cmpuint (td_agents_table_get_n_shown (table), ==, n_shown);
}

static GtkWidget *
find (GtkWidget *widget,
      GType      type)
{
  GtkWidget *found;

  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      if ((found = find (child, type)) != NULL)
        return found;
    }

  return NULL;
}

static GtkWidget *
find_class (GtkWidget  *widget,
            const char *css_class)
{
  GtkWidget *found;

  if (gtk_widget_has_css_class (widget, css_class))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      if ((found = find_class (child, css_class)) != NULL)
        return found;
    }

  return NULL;
}

static void
add_agent (TdSnapshotBuilder *builder,
           const char        *id,
           const char        *name,
           const char        *team,
           TdPlace            place,
           TdAgentState       state)
{
  TdAgentInfo agent;

  td_agent_info_init (&agent);
  agent.id = id;
  agent.name = name;
  agent.team = team;
  agent.place = place;
  agent.state = state;
  agent.since = NOW;
  td_snapshot_builder_add_agent (builder, &agent);
}

/* Searching and filtering leave who matches, whatever the accents. */
static void
test_search_and_filters (void)
{
  TdSnapshotBuilder *builder = fixture_begin (1, TD_UNKNOWN, "i", NOW);
  g_autoptr (TdSnapshot) snapshot = NULL;
  g_autoptr (TdBackend) backend = NULL;
  g_autoptr (TdWatch) watch = NULL;
  GtkWidget     *window, *page, *search, *toggle;
  TdAgentsTable *table;

  add_agent (builder, "4143", "Đặng Xuân Hương", "Đội 2", TD_PLACE_ON_SITE, TD_AGENT_STATE_ON_CALL);
  add_agent (builder, "4144", "Nguyễn Tuyết Ngân", "Đội 2", TD_PLACE_HOME, TD_AGENT_STATE_UNREACHABLE);
  add_agent (builder, "4145", "Võ Hồng Tâm", "Đội 3", TD_PLACE_HOME, TD_AGENT_STATE_AVAILABLE);
  snapshot = td_snapshot_builder_end (builder);
  backend = TD_BACKEND (fake_backend_new_steady (snapshot, NULL));
  watch = td_watch_new (backend, NULL);
  page = td_agents_page_new (watch);
  td_agents_page_set_as_list (TD_AGENTS_PAGE (page), TRUE);
  table = TD_AGENTS_TABLE (find (page, TD_TYPE_AGENTS_TABLE));
  search = find (page, GTK_TYPE_SEARCH_ENTRY);
  toggle = find_class (page, "state-toggle");
  window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (window), 1366, 720);
  gtk_window_set_child (GTK_WINDOW (window), page);
  gtk_window_present (GTK_WINDOW (window));
  td_watch_start (watch);
  run_until_shown (table, 3);

  gtk_editable_set_text (GTK_EDITABLE (search), "dang xuan huong");
  run_until_shown (table, 1);
  gtk_editable_set_text (GTK_EDITABLE (search), "đội 2");
  run_until_shown (table, 2);
  gtk_editable_set_text (GTK_EDITABLE (search), "4145");
  run_until_shown (table, 1);
  gtk_editable_set_text (GTK_EDITABLE (search), "nobody");
  run_until_shown (table, 0);
  gtk_editable_set_text (GTK_EDITABLE (search), "");
  run_until_shown (table, 3);

  /* The first state is the one that needs somebody most: unreachable. */
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (toggle), TRUE);
  run_until_shown (table, 1);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (toggle), FALSE);
  run_until_shown (table, 3);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (gtk_widget_get_template_child (page, TD_TYPE_AGENTS_PAGE, "place")), TD_PLACE_HOME);
  run_until_shown (table, 2);

  td_watch_stop (watch);
  gtk_window_destroy (GTK_WINDOW (window));
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static gboolean
is_shown (GtkWidget  *page,
          const char *label)
{
  GtkWidget *child;

  if (!gtk_widget_get_visible (page))
    return FALSE;
  if (GTK_IS_BUTTON (page) && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (page)), label) == 0)
    return TRUE;
  for (child = gtk_widget_get_first_child (page); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      if (is_shown (child, label))
        return TRUE;
    }

  return FALSE;
}

static void
run_until_actions (GtkWidget *page,
                   gboolean   shown)
{
  for (guint i = 0; i < 500 && is_shown (page, "_Actions…") != shown; i++)
    {
      g_usleep (10000);
      while (g_main_context_iteration (NULL, FALSE))
        ;
    }
  g_assert_cmpint (is_shown (page, "_Actions…"), ==, shown);
}

/* What may be done is offered for a selected agent, and nothing without the
 * right or where it is switched off. */
static void
test_actions_need_a_right (void)
{
  TdSnapshotBuilder *builder = fixture_begin (1, TD_UNKNOWN, "i", NOW);
  g_autoptr (TdSnapshot) snapshot = NULL;
  g_autoptr (FakeBackend) backend = NULL;
  g_autoptr (TdWatch) watch = NULL;
  GtkWidget     *window, *page;
  TdAgentsTable *table;

  add_agent (builder, "4145", "Võ Hồng Tâm", "Đội 3", TD_PLACE_HOME, TD_AGENT_STATE_AVAILABLE);
  snapshot = td_snapshot_builder_end (builder);
  backend = fake_backend_new_steady (snapshot, NULL);
  watch = td_watch_new (TD_BACKEND (backend), NULL);
  td_poller_set_interval_ms (td_watch_get_poller (watch), 100);
  page = td_agents_page_new (watch);
  td_agents_page_set_as_list (TD_AGENTS_PAGE (page), TRUE);
  table = TD_AGENTS_TABLE (find (page, TD_TYPE_AGENTS_TABLE));
  window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (window), 1366, 720);
  gtk_window_set_child (GTK_WINDOW (window), page);
  gtk_window_present (GTK_WINDOW (window));
  td_watch_start (watch);
  run_until_shown (table, 1);

  td_agents_table_set_selected (table, td_centre_find_agent (td_watch_get_centre (watch), "4145"));
  g_assert_nonnull (td_agents_table_get_selected (table));
  run_until_actions (page, FALSE);

  backend->info.actions = TD_ACTIONS_ALL;
  run_until_actions (page, TRUE);
  td_agents_page_set_actions_enabled (TD_AGENTS_PAGE (page), FALSE);
  run_until_actions (page, FALSE);
  td_agents_page_set_actions_enabled (TD_AGENTS_PAGE (page), TRUE);
  run_until_actions (page, TRUE);
  backend->info.actions = 0;
  run_until_actions (page, FALSE);

  td_watch_stop (watch);
  gtk_window_destroy (GTK_WINDOW (window));
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static guint n_acts;

static void
count_act (FakeBackend  *backend,
           GCancellable *cancellable,
           GTask        *task)
{
  n_acts++;
  g_task_return_boolean (task, TRUE);
}

/* What is done to several is done to each of them, and only what each permits
 * is offered. */
static void
test_several_are_served_at_once (void)
{
  TdSnapshotBuilder *builder = fixture_begin (1, TD_UNKNOWN, "i", NOW);
  g_autoptr (TdSnapshot) snapshot = NULL;
  g_autoptr (FakeBackend) backend = NULL;
  g_autoptr (TdWatch) watch = NULL;
  g_autoptr (TdAgentActions) actions = NULL;
  g_autoptr (GPtrArray) people = g_ptr_array_new ();
  GtkWidget *window, *toasts, *parent;

  add_agent (builder, "1", "Hạnh", "Đội 1", TD_PLACE_HOME, TD_AGENT_STATE_PAUSED);
  add_agent (builder, "2", "Lộc", "Đội 1", TD_PLACE_HOME, TD_AGENT_STATE_PAUSED);
  add_agent (builder, "3", "Tâm", "Đội 1", TD_PLACE_HOME, TD_AGENT_STATE_AVAILABLE);
  snapshot = td_snapshot_builder_end (builder);
  backend = fake_backend_new_steady (snapshot, NULL);
  backend->info.actions = TD_ACTIONS_ALL;
  backend->act = count_act;
  watch = td_watch_new (TD_BACKEND (backend), NULL);
  td_poller_set_interval_ms (td_watch_get_poller (watch), 100);
  toasts = adw_toast_overlay_new ();
  parent = adw_bin_new ();
  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (toasts), parent);
  window = gtk_window_new ();
  gtk_window_set_child (GTK_WINDOW (window), toasts);
  gtk_window_present (GTK_WINDOW (window));
  td_watch_start (watch);
  fake_run_until (td_roster_get_size (td_centre_get_agents (td_watch_get_centre (watch))) == 3);

  actions = td_agent_actions_new (parent, ADW_TOAST_OVERLAY (toasts), watch);
  g_ptr_array_add (people, td_centre_find_agent (td_watch_get_centre (watch), "1"));
  g_ptr_array_add (people, td_centre_find_agent (td_watch_get_centre (watch), "2"));
  fake_run_until (td_agent_actions_get_for (actions, g_ptr_array_index (people, 0)) != 0);
  td_agent_actions_popup_for_all (actions, people, parent, NULL);
  g_assert_true (td_agent_actions_is_open (actions));
  n_acts = 0;
  gtk_widget_activate_action (parent, "agent.unpause", NULL);
  fake_run_until (n_acts == 2);
  fake_run_until (!td_agent_actions_is_busy (actions, g_ptr_array_index (people, 0)) &&
                  !td_agent_actions_is_busy (actions, g_ptr_array_index (people, 1)));
  g_assert_cmpuint (n_acts, ==, 2);

  td_agent_actions_close (actions);
  td_watch_stop (watch);
  gtk_window_destroy (GTK_WINDOW (window));
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
apply_agents (TdWatch     *watch,
              gint64       revision,
              const char  *first_team,
              TdAgentState first,
              TdAgentState second)
{
  TdSnapshotBuilder *builder = fixture_begin (revision, revision == 1 ? TD_UNKNOWN : revision - 1, "i", NOW);
  g_autoptr (TdSnapshot) snapshot = NULL;

  add_agent (builder, "1", "Hạnh", first_team, TD_PLACE_HOME, first);
  add_agent (builder, "2", "Lộc", "Đội 2", TD_PLACE_HOME, second);
  snapshot = td_snapshot_builder_end (builder);
  g_assert_true (td_centre_apply (td_watch_get_centre (watch), snapshot, NULL));
}

static TdAgent *
get_agent_at (GtkSelectionModel *rows,
              guint              place)
{
  g_autoptr (TdAgentSlot) slot = g_list_model_get_item (G_LIST_MODEL (rows), place);

  return td_agent_slot_get_agent (slot);
}

/* The selection goes with the agent, not with the place; and who leaves for
 * another team is found under that. */
static void
test_selection_follows_the_agent (void)
{
  TdSnapshotBuilder *builder = fixture_begin (1, TD_UNKNOWN, "i", NOW);
  g_autoptr (TdSnapshot) snapshot = td_snapshot_builder_end (builder);
  g_autoptr (TdBackend) backend = TD_BACKEND (fake_backend_new_steady (snapshot, NULL));
  g_autoptr (TdWatch) watch = td_watch_new (backend, NULL);
  GtkWidget         *window, *page;
  GtkDropDown       *teams;
  TdAgentsTable     *table;
  GtkSelectionModel *rows;
  TdAgent           *first;

  apply_agents (watch, 1, "Đội 1", TD_AGENT_STATE_AVAILABLE, TD_AGENT_STATE_UNREACHABLE);
  first = td_centre_find_agent (td_watch_get_centre (watch), "1");
  page = td_agents_page_new (watch);
  td_agents_page_set_as_list (TD_AGENTS_PAGE (page), TRUE);
  table = TD_AGENTS_TABLE (find (page, TD_TYPE_AGENTS_TABLE));
  window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (window), 1366, 720);
  gtk_window_set_child (GTK_WINDOW (window), page);
  gtk_window_present (GTK_WINDOW (window));
  run_until_shown (table, 2);
  rows = gtk_column_view_get_model (GTK_COLUMN_VIEW (find (page, GTK_TYPE_COLUMN_VIEW)));
  g_assert_true (get_agent_at (rows, 1) == first);
  td_agents_table_set_selected (table, first);
  g_assert_true (gtk_selection_model_is_selected (rows, 1));

  apply_agents (watch, 2, "Đội 9", TD_AGENT_STATE_UNREACHABLE, TD_AGENT_STATE_OFFLINE);
  td_agents_table_refilter (table);
  g_assert_true (get_agent_at (rows, 0) == first);
  g_assert_true (gtk_selection_model_is_selected (rows, 0));
  g_assert_true (td_agents_table_get_selected (table) == first);

  /* All places, then all teams, "Đội 2" and the new one. */
  teams = GTK_DROP_DOWN (gtk_widget_get_template_child (page, TD_TYPE_AGENTS_PAGE, "team"));
  g_assert_cmpuint (g_list_model_get_n_items (gtk_drop_down_get_model (teams)), ==, 3);
  g_assert_cmpstr (gtk_string_list_get_string (GTK_STRING_LIST (gtk_drop_down_get_model (teams)), 2), ==, "Đội 9");

  /* Held rows stay where they are. */
  td_agents_table_set_held (table, TRUE);
  apply_agents (watch, 3, "Đội 9", TD_AGENT_STATE_OFFLINE, TD_AGENT_STATE_UNREACHABLE);
  td_agents_table_refilter (table);
  g_assert_true (get_agent_at (rows, 0) == first);
  td_agents_table_set_held (table, FALSE);
  g_assert_true (get_agent_at (rows, 1) == first);
  g_assert_true (gtk_selection_model_is_selected (rows, 1));

  gtk_window_destroy (GTK_WINDOW (window));
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  if (gtk_init_check ())
    {
      adw_init ();
      g_test_add_func ("/agents/search-and-filters", test_search_and_filters);
      g_test_add_func ("/agents/actions-need-a-right", test_actions_need_a_right);
      g_test_add_func ("/agents/selection-follows-the-agent", test_selection_follows_the_agent);
      g_test_add_func ("/agents/several-are-served-at-once", test_several_are_served_at_once);
    }

  return g_test_run ();
}
