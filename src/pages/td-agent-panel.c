/* td-agent-panel.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-agent-panel.h"

#include <glib/gi18n.h>
#include <math.h>

#include "td-agent-day.h"
#include "td-format.h"
#include "td-severity.h"
#include "td-stat-tile.h"
#include "td-state-shape.h"
#include "td-totals.h"

enum {
  FIGURE_ANSWERED,
  FIGURE_AHT,
  FIGURE_OCCUPANCY,
  FIGURE_PAUSED,
  FIGURE_AVAILABLE,
  FIGURE_NO_ANSWER,
  N_FIGURES
};

typedef struct
{
  GtkWidget *number; /* (unowned) */
  GtkWidget *note;   /* (unowned) */
} Figure;

struct _TdAgentPanel
{
  GtkWidget parent_instance;

  TdWatch        *watch;   /* (owned) (nullable) */
  TdAgentActions *actions; /* (owned) (nullable) */
  TdAgent        *agent;   /* (owned) (nullable) */
  guint           tick_source;

  GtkWidget  *body;
  AdwAvatar  *avatar;
  GtkWidget  *title;
  GtkWidget  *whereabouts;
  GtkWidget  *state_card;
  GtkWidget  *shape;
  GtkWidget  *state;
  GtkWidget  *time;
  GtkWidget  *call;
  GtkWidget  *signs;
  GtkWidget  *action_row;
  GtkWidget  *action_button;
  GtkSpinner *spinner;
  GtkWidget  *shift_title;
  GtkWidget  *shift;
  GtkWidget  *day_box;
  GtkWidget  *day;     /* (nullable) */
  GtkGrid    *figures; /* (owned) */
  Figure      cells[N_FIGURES];
};

enum {
  CLOSED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TdAgentPanel, td_agent_panel, GTK_TYPE_WIDGET)

static void
add_part (GString    *text,
          const char *part)
{
  if (part != NULL && part[0] != '\0')
    g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", part);
}

static char *
dup_whereabouts (const TdAgentInfo *info)
{
  GString         *text = g_string_new (NULL);
  g_autofree char *extension = NULL;
  g_autofree char *seat = NULL;

  if (info->extension != NULL)
    /* Translators: %s is the number of an agent's telephone. */
    extension = g_strdup_printf (_ ("Ext. %s"), info->extension);
  if (info->seat != NULL)
    /* Translators: %s is the name of a seat: "seat A5". */
    seat = g_strdup_printf (_ ("seat %s"), info->seat);

  add_part (text, extension);
  if (info->place != TD_PLACE_UNKNOWN)
    add_part (text, td_format_place (info->place));
  if (info->place == TD_PLACE_PARTNER)
    add_part (text, info->employer);
  add_part (text, seat);
  add_part (text, info->team);

  return g_string_free (text, FALSE);
}

static char *
dup_call (TdAgentPanel      *self,
          const TdAgentInfo *info)
{
  GString         *text = g_string_new (NULL);
  TdCentre        *centre = td_watch_get_centre (self->watch);
  TdQueue         *queue = info->call_queue != NULL ? td_centre_find_queue (centre, info->call_queue) : NULL;
  g_autofree char *wait = NULL;

  add_part (text, info->reason);
  if (info->on_hold)
    add_part (text, _ ("on hold"));
  add_part (text, queue != NULL ? td_queue_get_title (queue) : info->call_queue);
  if (info->call_number != NULL || info->call_area != NULL || TD_IS_KNOWN (info->call_wait_ms))
    {
      if (text->len > 0)
        g_string_append_c (text, '\n');
      if (info->call_number != NULL)
        g_string_append_printf (text, _ ("Caller %s"), info->call_number);
      add_part (text, info->call_area);
      if (TD_IS_KNOWN (info->call_wait_ms))
        {
          g_autofree char *duration = td_format_duration (info->call_wait_ms);

          /* Translators: how long a caller had waited: "waited 1:38". */
          wait = g_strdup_printf (_ ("waited %s"), duration);
          add_part (text, wait);
        }
    }

  return g_string_free (text, FALSE);
}

static char *
dup_clock (TdAgentPanel *self,
           gint64        at)
{
  return td_format_clock (at, td_centre_get_timezone (td_watch_get_centre (self->watch)));
}

static char *
dup_shift (TdAgentPanel      *self,
           const TdAgentInfo *info,
           gint64             now)
{
  GString *text = g_string_new (NULL);

  if (TD_IS_KNOWN (info->shift_start) && TD_IS_KNOWN (info->shift_end))
    {
      g_autofree char *start = dup_clock (self, info->shift_start);
      g_autofree char *end = dup_clock (self, info->shift_end);
      g_autofree char *span = g_strdup_printf ("%s–%s", start, end);

      add_part (text, span);
      if (td_agent_state_is_staffed (info->state))
        {
          gint64           left = info->shift_end - now;
          g_autofree char *duration = td_format_duration (ABS (left) / 1000);
          /* Translators: how long a shift still lasts, or for how long it is over. */
          g_autofree char *rest = g_strdup_printf (left >= 0 ? _ ("%s left") : _ ("over for %s"), duration);

          add_part (text, rest);
        }
    }
  if (text->len == 0)
    g_string_append (text, _ ("no shift known"));

  return g_string_free (text, FALSE);
}

static void
show_figure (TdAgentPanel *self,
             guint         figure,
             const char   *number,
             const char   *note)
{
  td_label_set (GTK_LABEL (self->cells[figure].number), number);
  td_label_set (GTK_LABEL (self->cells[figure].note), note);
}

/* Finished spans of a state, with the running one where the agent is in it. */
static gint64
add_running (const TdAgentInfo *info,
             TdAgentState       state,
             gint64             finished_ms,
             gint64             running_ms)
{
  if (info->state != state || !TD_IS_KNOWN (running_ms))
    return finished_ms;

  return MAX (finished_ms, 0) + running_ms;
}

static void
show_figures (TdAgentPanel      *self,
              const TdAgentInfo *info,
              gint64             now)
{
  TdTotals         totals;
  gint64           running = td_metrics_age_ms (td_agent_get_since (self->agent, NULL), now);
  gint64           paused = add_running (info, TD_AGENT_STATE_PAUSED, info->paused_ms, running);
  gint64           available = add_running (info, TD_AGENT_STATE_AVAILABLE, info->available_ms, running);
  g_autofree char *answered = td_format_count (info->answered);
  g_autofree char *aht = td_format_duration_s (td_metrics_agent_aht (info));
  g_autofree char *occupancy = td_format_percent (td_metrics_agent_occupancy (info, now), 0);
  g_autofree char *paused_text = td_format_duration (paused);
  g_autofree char *available_text = td_format_duration (available);
  g_autofree char *no_answer = td_format_count (info->no_answer);
  g_autofree char *centre_aht = NULL;
  g_autofree char *aht_note = NULL;
  g_autofree char *rate_note = NULL;
  g_autofree char *pause_note = NULL;
  TdAgentJudge    *judge = td_watch_get_judge (self->watch);
  gint64           allowance_ms = td_agent_rules_get_ms (td_agent_judge_get_rules (judge), TD_AGENT_RULE_ALLOWANCE);
  TdAgentVerdict   verdict;

  td_totals_of_centre (td_watch_get_centre (self->watch), now, &totals);
  centre_aht = td_format_duration_s (td_metrics_aht (&totals.today));
  /* Translators: the average handling time of the whole centre: "centre 3:27". */
  aht_note = g_strdup_printf (_ ("centre %s"), centre_aht);

  td_agent_judge_get_verdict (self->agent, now, &verdict, judge);
  if (!isnan (verdict.workload))
    {
      g_autofree char *ratio = td_format_decimal (verdict.workload, 2);

      /* Translators: calls an hour against the centre's: "×1.12 of the centre". */
      rate_note = g_strdup_printf (_ ("×%s of the centre"), ratio);
    }
  if (allowance_ms > 0)
    {
      g_autofree char *allowance = td_format_duration (allowance_ms);

      /* Translators: how long an agent may pause in a shift: "allowed 1:15:00". */
      pause_note = g_strdup_printf (_ ("allowed %s"), allowance);
    }

  show_figure (self, FIGURE_ANSWERED, answered, rate_note != NULL ? rate_note : _ ("today"));
  show_figure (self, FIGURE_AHT, aht, aht_note);
  show_figure (self, FIGURE_OCCUPANCY, occupancy, _ ("pauses left out"));
  show_figure (self, FIGURE_PAUSED, paused_text, pause_note);
  td_palette_set_severity (self->cells[FIGURE_PAUSED].number,
                           allowance_ms > 0 && paused > allowance_ms ? TD_SEVERITY_AMBER
                                                                     : TD_SEVERITY_NORMAL);
  show_figure (self, FIGURE_AVAILABLE, available_text, _ ("today"));
  show_figure (self, FIGURE_NO_ANSWER, no_answer, _ ("rung, not taken"));
}

static void
show_actions (TdAgentPanel *self)
{
  gboolean busy = self->actions != NULL && td_agent_actions_is_busy (self->actions, self->agent);

  gtk_widget_set_visible (self->action_row,
                          self->actions != NULL &&
                            (busy || td_agent_actions_get_for (self->actions, self->agent) != 0));
  gtk_spinner_set_spinning (self->spinner, busy);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), busy);
  gtk_widget_set_sensitive (self->action_button, !busy);
}

static void
show_state (TdAgentPanel      *self,
            const TdAgentInfo *info,
            gint64             now)
{
  gboolean         inexact;
  gint64           since = td_agent_get_since (self->agent, &inexact);
  g_autofree char *time = td_format_age (since, now, inexact);
  g_autofree char *call = dup_call (self, info);
  g_autofree char *signs = td_agent_judge_describe (td_watch_get_judge (self->watch), self->agent, now);
  TdAgentVerdict   verdict;

  td_agent_judge_get_verdict (self->agent, now, &verdict, td_watch_get_judge (self->watch));
  td_state_shape_set_state (TD_STATE_SHAPE (self->shape), info->state);
  td_label_set (GTK_LABEL (self->state), td_format_state (info->state));
  td_label_set (GTK_LABEL (self->time), time);
  td_label_set (GTK_LABEL (self->call), call[0] != '\0' ? call : NULL);
  td_label_set (GTK_LABEL (self->signs), signs != NULL && signs[0] != '\0' ? signs : NULL);
  td_palette_set_severity (self->state_card, td_severity_of_need (verdict.need));
}

static gboolean
tick_cb (gpointer user_data)
{
  td_agent_panel_refresh (user_data);
  return G_SOURCE_CONTINUE;
}

static void
close_cb (TdAgentPanel *self)
{
  g_signal_emit (self, signals[CLOSED], 0);
}

static void
actions_cb (TdAgentPanel *self)
{
  if (self->agent != NULL)
    td_agent_actions_popup (self->actions, self->agent, self->action_button, NULL);
}

static void
td_agent_panel_map (GtkWidget *widget)
{
  TdAgentPanel *self = TD_AGENT_PANEL (widget);

  td_agent_panel_refresh (self);
  GTK_WIDGET_CLASS (td_agent_panel_parent_class)->map (widget);
  self->tick_source = g_timeout_add_seconds (1, tick_cb, self);
}

static void
td_agent_panel_unmap (GtkWidget *widget)
{
  g_clear_handle_id (&TD_AGENT_PANEL (widget)->tick_source, g_source_remove);
  GTK_WIDGET_CLASS (td_agent_panel_parent_class)->unmap (widget);
}

static void
td_agent_panel_dispose (GObject *object)
{
  TdAgentPanel *self = TD_AGENT_PANEL (object);

  g_clear_handle_id (&self->tick_source, g_source_remove);
  g_clear_object (&self->figures);
  g_clear_object (&self->agent);
  g_clear_object (&self->actions);
  g_clear_object (&self->watch);
  g_clear_pointer (&self->body, gtk_widget_unparent);

  G_OBJECT_CLASS (td_agent_panel_parent_class)->dispose (object);
}

static void
td_agent_panel_class_init (TdAgentPanelClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = td_agent_panel_dispose;
  widget_class->map = td_agent_panel_map;
  widget_class->unmap = td_agent_panel_unmap;

  signals[CLOSED] = g_signal_new ("closed", TD_TYPE_AGENT_PANEL, G_SIGNAL_RUN_LAST, 0,
                                  NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (TD_TYPE_STATE_SHAPE);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/tongdai/TongDai/pages/td-agent-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, TdAgentPanel, body);
  gtk_widget_class_bind_template_child (widget_class, TdAgentPanel, avatar);
  gtk_widget_class_bind_template_child (widget_class, TdAgentPanel, title);
  gtk_widget_class_bind_template_child (widget_class, TdAgentPanel, whereabouts);
  gtk_widget_class_bind_template_child (widget_class, TdAgentPanel, state_card);
  gtk_widget_class_bind_template_child (widget_class, TdAgentPanel, shape);
  gtk_widget_class_bind_template_child (widget_class, TdAgentPanel, state);
  gtk_widget_class_bind_template_child (widget_class, TdAgentPanel, time);
  gtk_widget_class_bind_template_child (widget_class, TdAgentPanel, call);
  gtk_widget_class_bind_template_child (widget_class, TdAgentPanel, signs);
  gtk_widget_class_bind_template_child (widget_class, TdAgentPanel, action_row);
  gtk_widget_class_bind_template_child (widget_class, TdAgentPanel, action_button);
  gtk_widget_class_bind_template_child (widget_class, TdAgentPanel, spinner);
  gtk_widget_class_bind_template_child (widget_class, TdAgentPanel, shift_title);
  gtk_widget_class_bind_template_child (widget_class, TdAgentPanel, shift);
  gtk_widget_class_bind_template_child (widget_class, TdAgentPanel, day_box);
  gtk_widget_class_bind_template_callback (widget_class, close_cb);
  gtk_widget_class_bind_template_callback (widget_class, actions_cb);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "agentpanel");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
add_figure (TdAgentPanel *self,
            guint         figure,
            const char   *caption)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *label = gtk_label_new (caption);
  Figure    *cell = &self->cells[figure];

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, "td-caption");
  gtk_box_append (GTK_BOX (box), label);
  cell->number = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (cell->number), 0);
  gtk_widget_add_css_class (cell->number, "figure");
  gtk_widget_add_css_class (cell->number, "td-number");
  gtk_accessible_update_property (GTK_ACCESSIBLE (cell->number), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, caption, -1);
  gtk_box_append (GTK_BOX (box), cell->number);
  cell->note = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (cell->note), 0);
  gtk_label_set_ellipsize (GTK_LABEL (cell->note), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (cell->note, "td-caption");
  gtk_box_append (GTK_BOX (box), cell->note);
  gtk_widget_add_css_class (box, "figure-cell");
  gtk_grid_attach (self->figures, box, (int)figure % 2, (int)figure / 2, 1, 1);
}

static void
td_agent_panel_init (TdAgentPanel *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("The selected agent"), -1);

  self->figures = g_object_ref_sink (GTK_GRID (gtk_grid_new ()));
  gtk_grid_set_column_homogeneous (self->figures, TRUE);
  gtk_grid_set_row_homogeneous (self->figures, TRUE);
  gtk_grid_set_row_spacing (self->figures, 8);
  gtk_grid_set_column_spacing (self->figures, 8);
  add_figure (self, FIGURE_ANSWERED, C_ ("figure of an agent", "Answered"));
  add_figure (self, FIGURE_AHT, C_ ("figure of an agent", "AHT"));
  add_figure (self, FIGURE_OCCUPANCY, C_ ("figure of an agent", "Occupancy"));
  add_figure (self, FIGURE_PAUSED, C_ ("figure of an agent", "Paused"));
  add_figure (self, FIGURE_AVAILABLE, C_ ("figure of an agent", "Available"));
  add_figure (self, FIGURE_NO_ANSWER, C_ ("figure of an agent", "No answer"));
}

/**
 * td_agent_panel_set_watch:
 * @self: a panel
 * @watch: the centre of the agents; set once
 * @actions: what a supervisor may do to them
 */
void
td_agent_panel_set_watch (TdAgentPanel   *self,
                          TdWatch        *watch,
                          TdAgentActions *actions)
{
  g_return_if_fail (TD_IS_AGENT_PANEL (self));
  g_return_if_fail (TD_IS_WATCH (watch) && self->watch == NULL);

  self->watch = g_object_ref (watch);
  g_set_object (&self->actions, actions);
  self->day = td_agent_day_new (watch);
  td_agent_day_set_figures (TD_AGENT_DAY (self->day), GTK_WIDGET (self->figures));
  gtk_box_append (GTK_BOX (self->day_box), self->day);
  g_signal_connect_object (actions, "changed", G_CALLBACK (td_agent_panel_refresh), self, G_CONNECT_SWAPPED);
}

/**
 * td_agent_panel_get_agent:
 * @self: a panel
 *
 * Returns: (transfer none) (nullable): who is shown
 */
TdAgent *
td_agent_panel_get_agent (TdAgentPanel *self)
{
  g_return_val_if_fail (TD_IS_AGENT_PANEL (self), NULL);

  return self->agent;
}

/**
 * td_agent_panel_set_agent:
 * @self: a panel with a watch
 * @agent: (nullable): who to show
 */
void
td_agent_panel_set_agent (TdAgentPanel *self,
                          TdAgent      *agent)
{
  g_return_if_fail (TD_IS_AGENT_PANEL (self));

  if (!g_set_object (&self->agent, agent))
    return;

  td_agent_day_set_agent (TD_AGENT_DAY (self->day), agent);
  td_agent_panel_refresh (self);
}

/**
 * td_agent_panel_refresh:
 * @self: a panel
 *
 * Shows what is known of the agent now; what did not change is not touched.
 */
void
td_agent_panel_refresh (TdAgentPanel *self)
{
  const TdAgentInfo *info;
  gint64             now;
  g_autofree char   *whereabouts = NULL;
  g_autofree char   *shift = NULL;

  g_return_if_fail (TD_IS_AGENT_PANEL (self));

  if (self->agent == NULL || self->watch == NULL)
    return;

  info = td_agent_get_info (self->agent);
  now = td_watch_get_now (self->watch);
  whereabouts = dup_whereabouts (info);
  shift = dup_shift (self, info, now);
  if (g_strcmp0 (adw_avatar_get_text (self->avatar), td_agent_get_title (self->agent)) != 0)
    adw_avatar_set_text (self->avatar, td_agent_get_title (self->agent));
  td_label_set (GTK_LABEL (self->title), td_agent_get_title (self->agent));
  td_label_set (GTK_LABEL (self->whereabouts), whereabouts);
  td_label_set (GTK_LABEL (self->shift_title), info->shift_name != NULL ? info->shift_name : _ ("Shift today"));
  td_label_set (GTK_LABEL (self->shift), shift);
  show_state (self, info, now);
  show_actions (self);
  show_figures (self, info, now);
  td_agent_day_refresh (TD_AGENT_DAY (self->day));
}
