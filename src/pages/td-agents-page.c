/* td-agents-page.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-agents-page.h"

#include <glib/gi18n.h>

#include "td-agent-actions.h"
#include "td-agent-filter.h"
#include "td-agent-map.h"
#include "td-agent-panel.h"
#include "td-agents-table.h"
#include "td-floor-view.h"
#include "td-format.h"
#include "td-page-health.h"
#include "td-size-bin.h"
#include "td-staff-plan-card.h"
#include "td-stat-tile.h"
#include "td-state-filter.h"
#include "td-totals.h"

struct _TdAgentsPage
{
  GtkWidget parent_instance;

  TdWatch        *watch;   /* (owned) (nullable) */
  TdAgentFilter  *filter;  /* (owned) */
  GPtrArray      *teams;   /* (owned) (element-type utf8): as in the drop-down, after "all" */
  TdAgentActions *actions; /* (owned) (nullable) */

  GtkWidget       *body;
  GtkWidget       *search;
  GtkDropDown     *place;
  GtkDropDown     *team;
  GtkWidget       *clear;
  GtkWidget       *persons;
  GtkWidget       *looks;
  GtkWidget       *shown;
  TdStateFilter   *states;
  TdAgentsTable   *table;
  TdAgentMap      *map;
  TdFloorView     *floor;
  TdFloorMap      *floor_map; /* the view's */
  TdAgentPanel    *panel;
  TdStaffPlanCard *staff_plan;
  GtkStack        *views;
  GtkWidget       *arrangements;
  GtkWidget       *by_place;
  GtkWidget       *by_employer;
  GtkWidget       *by_team;
  GtkWidget       *by_queue;
  GtkWidget       *by_plan;
  GtkDropDown     *colouring;
  GtkWidget       *zoom_box;
  GtkWidget       *zoom_out;
  GtkWidget       *zoom_fit;
  GtkWidget       *as_list;
  GtkWidget       *toasts;
  GtkWidget       *bar;
  GtkWidget       *bar_label;
  GtkSpinner      *bar_spinner;
  GtkWidget       *bar_button;
  gboolean         filtered;
  gboolean         selecting;
  guint            tick_source;
  guint            serving;
  gboolean         menu_open;
};

G_DEFINE_FINAL_TYPE (TdAgentsPage, td_agents_page, GTK_TYPE_WIDGET)

static gboolean
is_list (TdAgentsPage *self)
{
  return gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->as_list));
}

static gboolean
is_plan (TdAgentsPage *self)
{
  return !is_list (self) && gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->by_plan));
}

/* What shows the agents now. */
static GtkWidget *
get_view (TdAgentsPage *self)
{
  if (is_list (self))
    return GTK_WIDGET (self->table);

  return is_plan (self) ? GTK_WIDGET (self->floor_map) : GTK_WIDGET (self->map);
}

static gint64
get_now (gpointer user_data)
{
  return td_watch_get_now (user_data);
}

static char *
dup_words (TdAgent *agent,
           gint64   now,
           gpointer user_data)
{
  return td_agent_judge_describe (user_data, agent, now);
}

static guint
count_matches (TdAgentsPage *self)
{
  TdRoster *agents = td_centre_get_agents (td_watch_get_centre (self->watch));
  guint     n = 0;

  for (guint i = 0; i < td_roster_get_size (agents); i++)
    n += td_agent_filter_match (td_roster_get (agents, i), self->filter);

  return n;
}

static void
show_n (TdAgentsPage *self)
{
  guint            total = td_roster_get_size (td_centre_get_agents (td_watch_get_centre (self->watch)));
  guint            n = td_agent_filter_is_empty (self->filter) ? total : count_matches (self);
  g_autofree char *n_text = td_format_count (n);
  g_autofree char *total_text = td_format_count (total);
  g_autofree char *text = NULL;

  if (n == 0 && total > 0)
    text = g_strdup (_ ("No agent matches"));
  else if (n == total)
    {
      g_autofree char *serving = td_format_count (self->serving);

      /* Translators: agents who serve, of all agents of a place or a team: "24 serving / 38". */
      text = g_strdup_printf (_ ("%s serving / %s"), serving, total_text);
    }
  else
    /* Translators: how many agents are shown, of how many. */
    text = g_strdup_printf (ngettext ("%s of %s agent", "%s of %s agents", total), n_text, total_text);
  td_label_set (GTK_LABEL (self->shown), text);
}

static void
filter_changed_cb (TdAgentsPage *self)
{
  gboolean filtered = !td_agent_filter_is_empty (self->filter);

  gtk_widget_set_visible (self->clear, filtered);
  if (filtered || self->filtered)
    {
      td_agents_table_set_filter (self->table, filtered ? td_agent_filter_match : NULL, self->filter);
      td_agent_map_set_filter (self->map, filtered ? td_agent_filter_match : NULL, self->filter);
      td_floor_map_set_filter (self->floor_map, filtered ? td_agent_filter_match : NULL, self->filter);
    }
  self->filtered = filtered;
  if (self->watch != NULL)
    show_n (self);
}

static void
place_cb (TdAgentsPage *self)
{
  guint place = gtk_drop_down_get_selected (self->place);

  td_agent_filter_set_place (self->filter, place < TD_N_PLACES ? (TdPlace)place : TD_PLACE_UNKNOWN);
}

static void
team_cb (TdAgentsPage *self)
{
  guint team = gtk_drop_down_get_selected (self->team);

  td_agent_filter_set_team (self->filter,
                            team > 0 && team <= self->teams->len ? g_ptr_array_index (self->teams, team - 1) : NULL);
}

static void
states_cb (TdAgentsPage *self)
{
  td_agent_filter_set_states (self->filter, td_state_filter_get_states (self->states));
}

static void
search_cb (TdAgentsPage *self)
{
  td_agent_filter_set_text (self->filter, gtk_editable_get_text (GTK_EDITABLE (self->search)));
}

static void
stop_search_cb (TdAgentsPage *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
}

static void
clear_cb (TdAgentsPage *self)
{
  /* At once, so that what is cleared one by one has nothing left to change. */
  td_agent_filter_clear (self->filter);
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  gtk_drop_down_set_selected (self->place, 0);
  gtk_drop_down_set_selected (self->team, 0);
  td_state_filter_set_states (self->states, 0);
}

static int
compare_teams (gconstpointer a,
               gconstpointer b)
{
  return g_utf8_collate (*(const char *const *)a, *(const char *const *)b);
}

/* The teams that there are; the one that is selected stays so. */
static void
update_teams (TdAgentsPage *self)
{
  TdRoster *agents = td_centre_get_agents (td_watch_get_centre (self->watch));
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) teams = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GtkStringList) list = NULL;
  guint            selected = gtk_drop_down_get_selected (self->team);
  g_autofree char *was = NULL;
  gboolean         same;

  if (selected > 0 && selected <= self->teams->len)
    was = g_strdup (g_ptr_array_index (self->teams, selected - 1));

  for (guint i = 0; i < td_roster_get_size (agents); i++)
    {
      const char *team = td_agent_get_info (td_roster_get (agents, i))->team;

      if (team != NULL && g_hash_table_add (seen, (gpointer)team))
        g_ptr_array_add (teams, g_strdup (team));
    }
  g_ptr_array_sort (teams, compare_teams);

  same = teams->len == self->teams->len;
  for (guint i = 0; same && i < teams->len; i++)
    same = g_str_equal (g_ptr_array_index (teams, i), g_ptr_array_index (self->teams, i));
  if (same && gtk_drop_down_get_model (self->team) != NULL)
    return;

  list = gtk_string_list_new (NULL);
  gtk_string_list_append (list, _ ("All teams"));
  selected = 0;
  for (guint i = 0; i < teams->len; i++)
    {
      gtk_string_list_append (list, g_ptr_array_index (teams, i));
      if (g_strcmp0 (was, g_ptr_array_index (teams, i)) == 0)
        selected = i + 1;
    }
  g_ptr_array_unref (self->teams);
  self->teams = g_steal_pointer (&teams);
  gtk_drop_down_set_model (self->team, G_LIST_MODEL (list));
  gtk_drop_down_set_selected (self->team, selected);
}

/* How many need somebody, before anything else is looked at. */
static void
show_needs (TdAgentsPage *self)
{
  TdRoster        *agents = td_centre_get_agents (td_watch_get_centre (self->watch));
  TdAgentJudge    *judge = td_watch_get_judge (self->watch);
  gint64           now = td_watch_get_now (self->watch);
  guint            needs[TD_AGENT_NEED_PERSON + 1] = { 0 };
  g_autofree char *persons = NULL;
  g_autofree char *looks = NULL;

  for (guint i = 0; i < td_roster_get_size (agents); i++)
    {
      TdAgentVerdict verdict;

      td_agent_judge_get_verdict (td_roster_get (agents, i), now, &verdict, judge);
      needs[verdict.need]++;
    }

  if (needs[TD_AGENT_NEED_PERSON] > 0)
    {
      g_autofree char *count = td_format_count (needs[TD_AGENT_NEED_PERSON]);

      /* Translators: agents who need the shift lead now. */
      persons = g_strdup_printf (ngettext ("▲ %s needs a person", "▲ %s need a person", needs[TD_AGENT_NEED_PERSON]), count);
    }
  if (needs[TD_AGENT_NEED_LOOK] > 0)
    {
      g_autofree char *count = td_format_count (needs[TD_AGENT_NEED_LOOK]);

      /* Translators: agents who are longer in a state than they should, and the like. */
      looks = g_strdup_printf (_ ("◆ %s to look at"), count);
    }
  td_label_set (GTK_LABEL (self->persons), persons);
  td_label_set (GTK_LABEL (self->looks), looks);
}

static void
update_counts (TdAgentsPage *self)
{
  TdRoster    *agents = td_centre_get_agents (td_watch_get_centre (self->watch));
  TdAgentTally tally = { 0 };

  for (guint i = 0; i < td_roster_get_size (agents); i++)
    td_agent_tally_add (&tally, td_agent_get_info (td_roster_get (agents, i))->state);
  td_state_filter_set_tally (self->states, &tally);
  self->serving = tally.serving;
}

static TdAgent *
get_selected (TdAgentsPage *self)
{
  if (is_list (self))
    return td_agents_table_get_selected (self->table);

  return is_plan (self) ? td_floor_map_get_selected (self->floor_map) : td_agent_map_get_selected (self->map);
}

/* The selected agent and what may be done, where anything may. */
static void
update_bar (TdAgentsPage *self)
{
  TdAgent         *agent = self->actions != NULL ? get_selected (self) : NULL;
  gboolean         busy = agent != NULL && td_agent_actions_is_busy (self->actions, agent);
  g_autofree char *text = NULL;

  /* The panel, once it is open, has all of this itself. */
  gtk_widget_set_visible (self->bar, agent != NULL && td_agent_panel_get_agent (self->panel) == NULL);
  if (agent == NULL)
    return;

  gtk_spinner_set_spinning (self->bar_spinner, busy);
  gtk_widget_set_sensitive (self->bar_button, !busy);
  gtk_widget_set_visible (self->bar_button, busy || td_agent_actions_get_for (self->actions, agent) != 0);
  text = g_strdup_printf ("%s · %s", td_agent_get_title (agent), td_format_state (td_agent_get_info (agent)->state));
  td_label_set (GTK_LABEL (self->bar_label), text);
}

/* Once somebody is opened the panel follows the selection, until it is closed. */
static void
show_panel (TdAgentsPage *self,
            TdAgent      *agent)
{
  td_agent_panel_set_agent (self->panel, agent);
  gtk_widget_set_visible (GTK_WIDGET (self->panel), agent != NULL);
}

/* Who is selected stays so when the list takes the place of the map. */
static void
selected_cb (TdAgentsPage *self)
{
  TdAgent *agent = get_selected (self);

  if (self->selecting)
    return;

  self->selecting = TRUE;
  /* What is seen has it already, and on the map perhaps others beside it. */
  if (!is_list (self))
    td_agents_table_set_selected (self->table, agent);
  if (get_view (self) != GTK_WIDGET (self->map))
    td_agent_map_set_selected (self->map, agent);
  if (get_view (self) != GTK_WIDGET (self->floor_map))
    td_floor_map_set_selected (self->floor_map, agent);
  self->selecting = FALSE;
  show_panel (self, td_agent_panel_get_agent (self->panel) != NULL ? agent : NULL);
  update_bar (self);
}

static void
activated_cb (TdAgentsPage *self,
              TdAgent      *agent)
{
  show_panel (self, agent);
  update_bar (self);
}

static void
close_panel_cb (TdAgentsPage *self)
{
  show_panel (self, NULL);
  update_bar (self);
  gtk_widget_grab_focus (get_view (self));
}

/* Brings what shows the agents up to date: what is not seen is not kept so. */
static void
update_view (TdAgentsPage    *self,
             const TdChanges *changes)
{
  if (is_plan (self))
    td_floor_map_update (self->floor_map, changes);
  else if (!is_list (self))
    td_agent_map_update (self->map, changes);
}

static void
view_cb (TdAgentsPage *self)
{
  gtk_stack_set_visible_child_name (self->views, is_list (self) ? "list" : is_plan (self) ? "floor"
                                                                                          : "map");
  gtk_widget_set_visible (self->arrangements, !is_list (self));
  gtk_widget_set_visible (self->zoom_box, !is_list (self) && !is_plan (self));
  update_view (self, NULL);
  update_bar (self);
}

static void
arrangement_cb (TdAgentsPage *self)
{
  static const TdMapArrangement arrangements[] = {
    TD_MAP_BY_PLACE, TD_MAP_BY_EMPLOYER, TD_MAP_BY_TEAM, TD_MAP_BY_QUEUE
  };
  GtkWidget *toggles[] = { self->by_place, self->by_employer, self->by_team, self->by_queue };

  for (guint i = 0; i < G_N_ELEMENTS (toggles); i++)
    {
      if (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (toggles[i])))
        td_agent_map_set_arrangement (self->map, arrangements[i]);
    }
  view_cb (self);
}

static void
colouring_cb (TdAgentsPage *self)
{
  td_agent_map_set_colouring (self->map, (TdMapColouring)MIN (gtk_drop_down_get_selected (self->colouring),
                                                              TD_MAP_COLOUR_WORKLOAD));
}

static gboolean
toggle_list (GtkWidget *widget,
             GVariant  *args,
             gpointer   user_data)
{
  TdAgentsPage *self = TD_AGENTS_PAGE (widget);

  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->as_list), !is_list (self));
  return TRUE;
}

static void
zoom_cb (TdAgentsPage *self)
{
  gboolean is_zoomed = td_agent_map_get_zoom (self->map) > 1;

  gtk_widget_set_sensitive (self->zoom_out, is_zoomed);
  gtk_widget_set_sensitive (self->zoom_fit, is_zoomed);
}

static void
zoom_out_cb (TdAgentsPage *self)
{
  td_agent_map_set_zoom (self->map, td_agent_map_get_zoom (self->map) / 1.5);
}

static void
zoom_fit_cb (TdAgentsPage *self)
{
  td_agent_map_set_zoom (self->map, 1);
}

static void
zoom_in_cb (TdAgentsPage *self)
{
  td_agent_map_set_zoom (self->map, td_agent_map_get_zoom (self->map) * 1.5);
}

/* Who is selected on the map or the plan: several, where the agent is one of them. */
static GPtrArray *
dup_chosen (TdAgentsPage *self,
            TdAgent      *agent)
{
  g_autoptr (GPtrArray) chosen = NULL;

  if (is_list (self))
    return NULL;
  chosen = is_plan (self) ? td_floor_map_dup_selection (self->floor_map) : td_agent_map_dup_selection (self->map);

  return chosen->len > 1 && g_ptr_array_find (chosen, agent, NULL) ? g_steal_pointer (&chosen) : NULL;
}

static void
menu_requested_cb (TdAgentsPage *self,
                   TdAgent      *agent,
                   double        x,
                   double        y)
{
  GdkRectangle at = { (int)x, (int)y, 1, 1 };
  g_autoptr (GPtrArray) chosen = dup_chosen (self, agent);

  if (self->actions == NULL)
    return;

  if (chosen != NULL)
    td_agent_actions_popup_for_all (self->actions, chosen, get_view (self), &at);
  else
    td_agent_actions_popup (self->actions, agent, get_view (self), &at);
}

static void
bar_button_cb (TdAgentsPage *self)
{
  TdAgent *agent = get_selected (self);

  if (self->actions != NULL && agent != NULL)
    td_agent_actions_popup (self->actions, agent, self->bar_button, NULL);
}

static void
open_cb (TdAgentsPage *self)
{
  show_panel (self, get_selected (self));
  update_bar (self);
}

static void
actions_changed_cb (TdAgentsPage *self)
{
  gboolean open = td_agent_actions_is_open (self->actions);

  /* The keyboard goes on where it was before the menu. */
  if (self->menu_open && !open)
    gtk_widget_grab_focus (get_view (self));
  self->menu_open = open;
  td_agents_table_set_held (self->table, open);
  td_agent_map_set_held (self->map, open);
  update_bar (self);
}

static void
changed_cb (TdAgentsPage *self,
            TdChanges    *changes)
{
  for (guint i = 0; i < changes->agents_removed->len; i++)
    td_agent_filter_forget (self->filter, g_ptr_array_index (changes->agents_removed, i));

  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;

  if (changes->agents_added->len + changes->agents_removed->len + changes->agents_changed->len > 0)
    {
      /* Who changes teams may be the first of one, or the last. */
      update_teams (self);
      update_counts (self);
      show_n (self);
    }
  update_view (self, changes);
  if (td_agent_panel_get_agent (self->panel) != NULL)
    td_agent_panel_refresh (self->panel);
}

static gboolean
tick_cb (gpointer user_data)
{
  TdAgentsPage *self = user_data;

  if (is_plan (self))
    td_floor_map_tick (self->floor_map);
  else if (!is_list (self))
    td_agent_map_tick (self->map);
  show_needs (self);

  return G_SOURCE_CONTINUE;
}

/* What may be done is known a little later than who is there, and may change. */
static void
heard_cb (TdAgentsPage *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    update_bar (self);
}

static void
health_cb (TdAgentsPage *self)
{
  update_bar (self);
  td_page_show_health (GTK_WIDGET (self), self->watch);
}

static void
td_agents_page_map (GtkWidget *widget)
{
  TdAgentsPage *self = TD_AGENTS_PAGE (widget);

  if (self->watch != NULL)
    {
      update_teams (self);
      update_counts (self);
      show_needs (self);
      update_view (self, NULL);
      self->tick_source = g_timeout_add_seconds (1, tick_cb, self);
    }
  GTK_WIDGET_CLASS (td_agents_page_parent_class)->map (widget);
  if (self->watch != NULL)
    show_n (self);
}

static void
td_agents_page_unmap (GtkWidget *widget)
{
  TdAgentsPage *self = TD_AGENTS_PAGE (widget);

  g_clear_handle_id (&self->tick_source, g_source_remove);
  GTK_WIDGET_CLASS (td_agents_page_parent_class)->unmap (widget);
}

static void
td_agents_page_dispose (GObject *object)
{
  TdAgentsPage *self = TD_AGENTS_PAGE (object);

  if (self->table != NULL)
    {
      td_agents_table_set_filter (self->table, NULL, NULL);
      td_agent_map_set_filter (self->map, NULL, NULL);
      td_agent_map_set_clock (self->map, NULL, NULL);
      td_floor_map_set_filter (self->floor_map, NULL, NULL);
      td_floor_map_set_clock (self->floor_map, NULL, NULL);
      td_floor_map_set_words (self->floor_map, NULL, NULL);
      td_agent_map_set_words (self->map, NULL, NULL);
    }
  g_clear_handle_id (&self->tick_source, g_source_remove);
  if (self->actions != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->actions, self);
      td_agent_actions_close (self->actions);
    }
  g_clear_object (&self->actions);
  g_clear_pointer (&self->body, gtk_widget_unparent);
  self->table = NULL;
  g_clear_object (&self->watch);

  G_OBJECT_CLASS (td_agents_page_parent_class)->dispose (object);
}

static void
td_agents_page_finalize (GObject *object)
{
  TdAgentsPage *self = TD_AGENTS_PAGE (object);

  g_clear_object (&self->filter);
  g_clear_pointer (&self->teams, g_ptr_array_unref);

  G_OBJECT_CLASS (td_agents_page_parent_class)->finalize (object);
}

static void
td_agents_page_class_init (TdAgentsPageClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = td_agents_page_dispose;
  object_class->finalize = td_agents_page_finalize;
  widget_class->map = td_agents_page_map;
  widget_class->unmap = td_agents_page_unmap;

  g_type_ensure (TD_TYPE_AGENT_MAP);
  g_type_ensure (TD_TYPE_AGENT_PANEL);
  g_type_ensure (TD_TYPE_AGENTS_TABLE);
  g_type_ensure (TD_TYPE_FLOOR_VIEW);
  g_type_ensure (TD_TYPE_SIZE_BIN);
  g_type_ensure (TD_TYPE_STAFF_PLAN_CARD);
  g_type_ensure (TD_TYPE_STATE_FILTER);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/tongdai/TongDai/pages/td-agents-page.ui");
  gtk_widget_class_bind_template_child (widget_class, TdAgentsPage, body);
  gtk_widget_class_bind_template_child (widget_class, TdAgentsPage, search);
  gtk_widget_class_bind_template_child (widget_class, TdAgentsPage, place);
  gtk_widget_class_bind_template_child (widget_class, TdAgentsPage, team);
  gtk_widget_class_bind_template_child (widget_class, TdAgentsPage, clear);
  gtk_widget_class_bind_template_child (widget_class, TdAgentsPage, shown);
  gtk_widget_class_bind_template_child (widget_class, TdAgentsPage, persons);
  gtk_widget_class_bind_template_child (widget_class, TdAgentsPage, looks);
  gtk_widget_class_bind_template_child (widget_class, TdAgentsPage, states);
  gtk_widget_class_bind_template_child (widget_class, TdAgentsPage, table);
  gtk_widget_class_bind_template_child (widget_class, TdAgentsPage, map);
  gtk_widget_class_bind_template_child (widget_class, TdAgentsPage, panel);
  gtk_widget_class_bind_template_child (widget_class, TdAgentsPage, staff_plan);
  gtk_widget_class_bind_template_child (widget_class, TdAgentsPage, views);
  gtk_widget_class_bind_template_child (widget_class, TdAgentsPage, arrangements);
  gtk_widget_class_bind_template_child (widget_class, TdAgentsPage, by_place);
  gtk_widget_class_bind_template_child (widget_class, TdAgentsPage, by_employer);
  gtk_widget_class_bind_template_child (widget_class, TdAgentsPage, by_team);
  gtk_widget_class_bind_template_child (widget_class, TdAgentsPage, by_queue);
  gtk_widget_class_bind_template_child (widget_class, TdAgentsPage, by_plan);
  gtk_widget_class_bind_template_child (widget_class, TdAgentsPage, floor);
  gtk_widget_class_bind_template_child (widget_class, TdAgentsPage, colouring);
  gtk_widget_class_bind_template_child (widget_class, TdAgentsPage, zoom_box);
  gtk_widget_class_bind_template_child (widget_class, TdAgentsPage, zoom_out);
  gtk_widget_class_bind_template_child (widget_class, TdAgentsPage, zoom_fit);
  gtk_widget_class_bind_template_child (widget_class, TdAgentsPage, as_list);
  gtk_widget_class_bind_template_child (widget_class, TdAgentsPage, toasts);
  gtk_widget_class_bind_template_child (widget_class, TdAgentsPage, bar);
  gtk_widget_class_bind_template_child (widget_class, TdAgentsPage, bar_label);
  gtk_widget_class_bind_template_child (widget_class, TdAgentsPage, bar_spinner);
  gtk_widget_class_bind_template_child (widget_class, TdAgentsPage, bar_button);
  gtk_widget_class_bind_template_callback (widget_class, selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, open_cb);
  gtk_widget_class_bind_template_callback (widget_class, activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, close_panel_cb);
  gtk_widget_class_bind_template_callback (widget_class, arrangement_cb);
  gtk_widget_class_bind_template_callback (widget_class, colouring_cb);
  gtk_widget_class_bind_template_callback (widget_class, view_cb);
  gtk_widget_class_bind_template_callback (widget_class, zoom_cb);
  gtk_widget_class_bind_template_callback (widget_class, zoom_out_cb);
  gtk_widget_class_bind_template_callback (widget_class, zoom_fit_cb);
  gtk_widget_class_bind_template_callback (widget_class, zoom_in_cb);
  gtk_widget_class_bind_template_callback (widget_class, menu_requested_cb);
  gtk_widget_class_bind_template_callback (widget_class, bar_button_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_search_cb);
  gtk_widget_class_bind_template_callback (widget_class, place_cb);
  gtk_widget_class_bind_template_callback (widget_class, team_cb);
  gtk_widget_class_bind_template_callback (widget_class, states_cb);
  gtk_widget_class_bind_template_callback (widget_class, clear_cb);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_l, GDK_CONTROL_MASK, toggle_list, NULL);
  gtk_widget_class_set_css_name (widget_class, "agentspage");
}

static void
td_agents_page_init (TdAgentsPage *self)
{
  g_autoptr (GtkStringList) places = gtk_string_list_new (NULL);

  self->filter = td_agent_filter_new ();
  self->teams = g_ptr_array_new_with_free_func (g_free);
  gtk_widget_init_template (GTK_WIDGET (self));
  self->floor_map = td_floor_view_get_map (self->floor);
  g_signal_connect_swapped (self->floor_map, "notify::selected", G_CALLBACK (selected_cb), self);
  g_signal_connect_swapped (self->floor_map, "activated", G_CALLBACK (activated_cb), self);
  g_signal_connect_swapped (self->floor_map, "menu-requested", G_CALLBACK (menu_requested_cb), self);

  gtk_string_list_append (places, _ ("All places"));
  for (guint i = TD_PLACE_UNKNOWN + 1; i < TD_N_PLACES; i++)
    gtk_string_list_append (places, td_format_place (i));
  gtk_drop_down_set_model (self->place, G_LIST_MODEL (places));
  g_signal_connect_object (self->filter, "changed", G_CALLBACK (filter_changed_cb), self, G_CONNECT_SWAPPED);
}

/**
 * td_agents_page_new:
 * @watch: the centre to show
 *
 * Returns: (transfer floating): the page
 */
GtkWidget *
td_agents_page_new (TdWatch *watch)
{
  g_return_val_if_fail (TD_IS_WATCH (watch), NULL);

  TdAgentsPage *self = g_object_new (TD_TYPE_AGENTS_PAGE, NULL);

  self->watch = g_object_ref (watch);
  td_agents_table_set_watch (self->table, watch);
  td_agent_map_set_clock (self->map, get_now, watch);
  td_agent_map_set_judge (self->map, td_agent_judge_get_verdict, td_watch_get_judge (watch));
  td_agent_map_set_centre (self->map, td_watch_get_centre (watch));
  td_floor_map_set_clock (self->floor_map, get_now, watch);
  td_floor_map_set_words (self->floor_map, dup_words, td_watch_get_judge (watch));
  td_agent_map_set_words (self->map, dup_words, td_watch_get_judge (watch));
  td_floor_map_set_judge (self->floor_map, td_agent_judge_get_verdict, td_watch_get_judge (watch));
  td_floor_view_set_centre (self->floor, td_watch_get_centre (watch));
  zoom_cb (self);
  self->actions = td_agent_actions_new (GTK_WIDGET (self), ADW_TOAST_OVERLAY (self->toasts), watch);
  td_agent_panel_set_watch (self->panel, watch, self->actions);
  td_staff_plan_card_set_watch (self->staff_plan, watch);
  g_signal_connect_object (self->actions, "changed", G_CALLBACK (actions_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (td_watch_get_centre (watch), "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (td_watch_get_poller (watch), "notify::health",
                           G_CALLBACK (health_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (td_watch_get_poller (watch), "heard",
                           G_CALLBACK (heard_cb), self, G_CONNECT_SWAPPED);
  update_teams (self);
  update_counts (self);
  health_cb (self);

  return GTK_WIDGET (self);
}

/**
 * td_agents_page_get_table:
 * @self: the page
 *
 * Returns: (transfer none): its #TdAgentsTable
 */
GtkWidget *
td_agents_page_get_table (TdAgentsPage *self)
{
  g_return_val_if_fail (TD_IS_AGENTS_PAGE (self), NULL);

  return GTK_WIDGET (self->table);
}

/**
 * td_agents_page_focus_filter:
 * @self: the page
 *
 * Puts the cursor into the search.
 */
void
td_agents_page_focus_filter (TdAgentsPage *self)
{
  g_return_if_fail (TD_IS_AGENTS_PAGE (self));

  gtk_widget_grab_focus (self->search);
  gtk_editable_select_region (GTK_EDITABLE (self->search), 0, -1);
}

/**
 * td_agents_page_set_actions_enabled:
 * @self: the page
 * @enabled: whether what a supervisor may do is offered, which a wall does not
 */
void
td_agents_page_set_actions_enabled (TdAgentsPage *self,
                                    gboolean      enabled)
{
  g_return_if_fail (TD_IS_AGENTS_PAGE (self));

  td_agent_actions_set_enabled (self->actions, enabled);
}

/**
 * td_agents_page_set_as_list:
 * @self: the page
 * @as_list: whether the agents are a list, and not a map
 */
void
td_agents_page_set_as_list (TdAgentsPage *self,
                            gboolean      as_list)
{
  g_return_if_fail (TD_IS_AGENTS_PAGE (self));

  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->as_list), as_list);
}

/* The ways to show the agents, in the order of the buttons. */
static const char *const view_names[] = { "place", "employer", "team", "queue", "plan" };

/**
 * td_agents_page_get_view:
 * @self: the page
 *
 * Returns: how the agents are shown: "place", "employer", "team", "queue",
 *   "plan" or "list"
 */
const char *
td_agents_page_get_view (TdAgentsPage *self)
{
  GtkWidget *toggles[] = { self->by_place, self->by_employer, self->by_team, self->by_queue, self->by_plan };

  g_return_val_if_fail (TD_IS_AGENTS_PAGE (self), NULL);

  if (is_list (self))
    return "list";
  for (guint i = 0; i < G_N_ELEMENTS (toggles); i++)
    {
      if (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (toggles[i])))
        return view_names[i];
    }

  return view_names[0];
}

/**
 * td_agents_page_set_view:
 * @self: the page
 * @view: as above; what is not known changes nothing
 */
void
td_agents_page_set_view (TdAgentsPage *self,
                         const char   *view)
{
  GtkWidget *toggles[] = { self->by_place, self->by_employer, self->by_team, self->by_queue, self->by_plan };

  g_return_if_fail (TD_IS_AGENTS_PAGE (self));

  td_agents_page_set_as_list (self, g_strcmp0 (view, "list") == 0);
  for (guint i = 0; i < G_N_ELEMENTS (toggles); i++)
    {
      if (g_strcmp0 (view, view_names[i]) == 0)
        gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (toggles[i]), TRUE);
    }
}
