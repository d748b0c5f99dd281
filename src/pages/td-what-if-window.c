/* td-what-if-window.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-what-if-window.h"

#include <glib/gi18n.h>
#include <math.h>

#include "td-format.h"
#include "td-reserve-list.h"
#include "td-severity.h"
#include "td-staff-choice.h"
#include "td-stat-tile.h"
#include "td-what-if-slider.h"
#include "td-what-if.h"

#define UPDATE_S 2
#define QUARTER_S 900.0

typedef enum {
  SLIDER_AGENTS,
  SLIDER_RATE,
  SLIDER_AHT,
  SLIDER_PATIENCE,
  N_SLIDERS
} Slider;

typedef enum {
  RESULT_LEVEL,
  RESULT_WAIT,
  RESULT_ABANDONED,
  RESULT_OCCUPANCY,
  RESULT_NEEDED,
  N_RESULTS
} Result;

/* As it is, and as it would be. */
typedef enum {
  CASE_AS_IT_IS,
  CASE_WHAT_IF,
  N_CASES
} Case;

struct _TdWhatIfWindow
{
  AdwWindow parent_instance;

  TdWatch *watch;   /* (owned) (nullable) */
  GArray  *choices; /* (owned) (element-type TdStaffChoice) */
  gint64   first;   /* of the times to choose from */
  guint    source;
  guint    reckon_source;

  TdWhatIf      base; /* as it is */
  TdWhatIfState state;
  guint         chosen; /* agents who leave, of those chosen */

  GtkWidget *slider_box;
  GtkWidget *sliders[N_SLIDERS];
  GtkWidget *who;
  GtkWidget *when;
  GtkWidget *leaving;
  GtkWidget *period;
  GtkWidget *results;
  GtkWidget *figures[N_RESULTS][N_CASES];
  GtkWidget *summary;
  GtkWidget *note;
  GtkWidget *reset;
  GtkWidget *reserves;
};

G_DEFINE_FINAL_TYPE (TdWhatIfWindow, td_what_if_window, ADW_TYPE_WINDOW)

static const struct
{
  const char *title;
  double      lower;
  double      step;
} sliders[N_SLIDERS] = {
  [SLIDER_AGENTS] = { N_ ("Agents serving"), 0, 1 },
  [SLIDER_RATE] = { N_ ("Calls in 15 minutes"), 0, 5 },
  [SLIDER_AHT] = { N_ ("Handling time (AHT), seconds"), 10, 5 },
  [SLIDER_PATIENCE] = { N_ ("Patience of callers, seconds"), 5, 5 },
};

static const char *const result_titles[N_RESULTS] = {
  [RESULT_LEVEL] = N_ ("Service level"),
  [RESULT_WAIT] = N_ ("Average wait"),
  [RESULT_ABANDONED] = N_ ("Abandon rate"),
  [RESULT_OCCUPANCY] = N_ ("Occupancy"),
  [RESULT_NEEDED] = N_ ("Agents needed"),
};

static double
get_value (TdWhatIfWindow *self,
           Slider          slider)
{
  return td_what_if_slider_get_value (TD_WHAT_IF_SLIDER (self->sliders[slider]));
}

static gboolean
is_moved (TdWhatIfWindow *self,
          Slider          slider)
{
  return td_what_if_slider_is_moved (TD_WHAT_IF_SLIDER (self->sliders[slider]));
}

/* What the sliders say; those that nobody moved say nothing, so that they round nothing. */
static TdWhatIf
take_changes (TdWhatIfWindow *self)
{
  TdWhatIf changed = self->base;

  if (is_moved (self, SLIDER_AGENTS))
    {
      int    agents = (int)get_value (self, SLIDER_AGENTS);
      gint64 more = (gint64)agents - self->base.agents;

      changed.agents = (guint)agents;
      changed.then = (guint)MAX ((gint64)changed.then + more, 0);
    }
  if (is_moved (self, SLIDER_RATE))
    changed.traffic.rate = get_value (self, SLIDER_RATE) / QUARTER_S;
  if (is_moved (self, SLIDER_AHT))
    changed.traffic.aht = get_value (self, SLIDER_AHT);
  if (is_moved (self, SLIDER_PATIENCE))
    changed.traffic.patience = get_value (self, SLIDER_PATIENCE);
  changed.leaving = self->chosen;

  return changed;
}

static void
show_result (TdWhatIfWindow *self,
             Result          result,
             Case            column,
             const char     *text,
             TdSeverity      severity)
{
  td_label_set (GTK_LABEL (self->figures[result][column]), text);
  td_palette_set_severity (self->figures[result][column], severity);
}

static void
show_service (TdWhatIfWindow          *self,
              Case                     column,
              const TdWhatIf          *what,
              const TdExpectedService *service,
              double                   level)
{
  double           counted = 1 - service->abandoned_short;
  double           abandoned = counted > 0 ? (service->abandoned - service->abandoned_short) / counted : NAN;
  guint            n_needed;
  g_autofree char *level_text = td_format_percent (level, 0);
  g_autofree char *wait = isfinite (service->asa) ? td_format_duration_s (service->asa) : g_strdup ("—");
  g_autofree char *abandoned_text = td_format_percent (abandoned, 1);
  g_autofree char *occupancy = td_format_percent (service->occupancy, 0);
  g_autofree char *needed = td_erlang_agents_needed (&what->traffic, &what->goal, &n_needed) ? td_format_count (n_needed) : g_strdup ("—");

  show_result (self, RESULT_LEVEL, column, level_text, td_severity_of_service_level (level, what->goal.target));
  show_result (self, RESULT_WAIT, column, wait, TD_SEVERITY_NORMAL);
  show_result (self, RESULT_ABANDONED, column, abandoned_text, TD_SEVERITY_NORMAL);
  show_result (self, RESULT_OCCUPANCY, column, occupancy, TD_SEVERITY_NORMAL);
  show_result (self, RESULT_NEEDED, column, needed, TD_SEVERITY_NORMAL);
}

static const char *
explain_state (TdWhatIfState state)
{
  switch (state)
    {
    case TD_WHAT_IF_NO_AGENTS:
      return _ ("Nobody is signed in, or the source does not list its agents.");

    case TD_WHAT_IF_NO_CALLS:
      return _ ("Too few calls were handled today to know how long one takes.");

    case TD_WHAT_IF_NO_WAITING:
      return _ ("The source does not tell how many callers wait.");

    case TD_WHAT_IF_NO_RATE:
      return _ ("It is not known how many calls will come: nothing was learnt yet, and the source does not count the last 15 minutes.");

    case TD_WHAT_IF_READY:
    default:
      return NULL;
    }
}

static void
show_unknown (TdWhatIfWindow *self,
              const char     *why)
{
  for (guint i = 0; i < N_RESULTS; i++)
    {
      for (guint j = 0; j < N_CASES; j++)
        show_result (self, i, j, "—", TD_SEVERITY_NORMAL);
    }
  td_label_set (GTK_LABEL (self->summary), why);
}

static char *
format_period (TdWhatIfWindow *self)
{
  g_autofree char *clock = NULL;

  if (self->base.from <= self->base.now)
    return g_strdup_printf (ngettext ("The next %d minute", "The next %d minutes", TD_WHAT_IF_MINUTES), TD_WHAT_IF_MINUTES);

  clock = td_format_clock (self->base.from, td_centre_get_timezone (td_watch_get_centre (self->watch)));
  /* Translators: a time of day. */
  return g_strdup_printf (_ ("The hour from %s"), clock);
}

static void
show_summary (TdWhatIfWindow *self,
              double          as_it_is,
              double          what_if)
{
  int              change = (int)(round (what_if * 100) - round (as_it_is * 100));
  g_autofree char *is_text = td_format_percent (as_it_is, 0);
  g_autofree char *if_text = td_format_percent (what_if, 0);
  g_autofree char *text = NULL;

  if (change == 0)
    /* Translators: the service level to expect. */
    text = g_strdup_printf (_ ("Service level %s, as it is."), if_text);
  else if (change < 0)
    /* Translators: the service level to expect, by how many points that is lower, and lower than what. */
    text = g_strdup_printf (ngettext ("Service level %s, %d point below the %s of how it is.",
                                      "Service level %s, %d points below the %s of how it is.", (gulong)-change),
                            if_text, -change, is_text);
  else
    /* Translators: the service level to expect, by how many points that is higher, and higher than what. */
    text = g_strdup_printf (ngettext ("Service level %s, %d point above the %s of how it is.",
                                      "Service level %s, %d points above the %s of how it is.", (gulong)change),
                            if_text, change, is_text);
  td_label_set (GTK_LABEL (self->summary), text);
}

static void
reckon (TdWhatIfWindow *self)
{
  TdExpectedService services[N_CASES];
  TdWhatIf          whats[N_CASES];
  double            levels[N_CASES];
  g_autofree char  *period = format_period (self);

  td_label_set (GTK_LABEL (self->period), period);
  if (self->state != TD_WHAT_IF_READY)
    {
      show_unknown (self, explain_state (self->state));
      return;
    }

  whats[CASE_AS_IT_IS] = self->base;
  whats[CASE_WHAT_IF] = take_changes (self);
  for (guint i = 0; i < N_CASES; i++)
    {
      if (!td_what_if_expect (&whats[i], &services[i]))
        {
          show_unknown (self, _ ("That is too much, or too far ahead, to be reckoned."));
          return;
        }
      levels[i] = td_erlang_service_level (&services[i], whats[i].goal.formula);
      show_service (self, i, &whats[i], &services[i], levels[i]);
    }
  show_summary (self, levels[CASE_AS_IT_IS], levels[CASE_WHAT_IF]);
}

static gboolean
reckon_cb (gpointer user_data)
{
  TdWhatIfWindow *self = user_data;

  self->reckon_source = 0;
  reckon (self);

  return G_SOURCE_REMOVE;
}

/* A slider that is dragged asks more often than it can be answered. */
static void
changed_cb (TdWhatIfWindow *self)
{
  gboolean any = self->chosen > 0;

  for (guint i = 0; i < N_SLIDERS; i++)
    any |= is_moved (self, i);
  gtk_widget_set_sensitive (self->reset, any);
  if (self->reckon_source == 0)
    self->reckon_source = g_idle_add_full (G_PRIORITY_LOW, reckon_cb, self, NULL);
}

/* Whom the boxes name, or nobody. */
static gboolean
get_leave (TdWhatIfWindow *self,
           TdRelease      *leave)
{
  guint who = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->who));

  leave->at = td_staff_choice_get_time (GTK_DROP_DOWN (self->when), self->first);
  if (who == GTK_INVALID_LIST_POSITION || who == 0 || who > self->choices->len || !TD_IS_KNOWN (leave->at))
    return FALSE;

  leave->employer = g_array_index (self->choices, TdStaffChoice, who - 1).employer;
  leave->place = g_array_index (self->choices, TdStaffChoice, who - 1).place;
  leave->agents = TD_UNKNOWN;

  return TRUE;
}

static void
show_choices (TdWhatIfWindow *self,
              gint64          now)
{
  g_autoptr (TdStaffPlan) plan = td_staff_plan_new (td_watch_get_centre (self->watch), NULL, now, 0);
  g_autoptr (GArray) choices = td_staff_choices_new (plan);
  g_autoptr (GtkStringList) names = NULL;

  if (td_staff_choices_equal (self->choices, choices) && gtk_drop_down_get_model (GTK_DROP_DOWN (self->who)) != NULL)
    return;

  g_array_unref (self->choices);
  self->choices = g_steal_pointer (&choices);
  names = gtk_string_list_new (NULL);
  gtk_string_list_append (names, C_ ("who leaves", "Nobody"));
  for (guint i = 0; i < self->choices->len; i++)
    {
      const TdStaffChoice *choice = &g_array_index (self->choices, TdStaffChoice, i);

      gtk_string_list_take (names, td_staff_choice_name (choice->place, choice->employer));
    }
  gtk_drop_down_set_model (GTK_DROP_DOWN (self->who), G_LIST_MODEL (names));
}

static void
show_leaving (TdWhatIfWindow *self,
              gboolean        any)
{
  g_autofree char *count = td_format_count (self->chosen);
  g_autofree char *text = NULL;

  if (any)
    /* Translators: agents who serve, and would leave then. */
    text = g_strdup_printf (ngettext ("%s who serves", "%s who serve", self->chosen), count);
  td_label_set (GTK_LABEL (self->leaving), text);
  gtk_widget_set_sensitive (self->when, any);
}

/* What is now; sliders that somebody moved stay. */
static void
show_note (TdWhatIfWindow *self)
{
  GString         *text = g_string_new (self->base.by_forecast
                                          ? _ ("Begins with those who wait and talk now; calls as forecast (Erlang A, step by step).")
                                          : _ ("Begins with those who wait and talk now; calls as in the last 15 minutes, since nothing is learnt yet (Erlang A, step by step)."));
  g_autofree char *note = NULL;

  if (self->base.is_surge)
    g_string_append_printf (text, " %s", _ ("The calls above normal are taken to halve every half hour."));
  g_string_append_printf (text, " %s", _ ("Everybody is taken to serve every queue: where they do not, it is somewhat worse."));
  note = g_string_free (text, FALSE);
  td_label_set (GTK_LABEL (self->note), note);
}

static void
update (TdWhatIfWindow *self)
{
  TdCentre *centre = td_watch_get_centre (self->watch);
  gint64    now = td_watch_get_now (self->watch);
  TdRelease leave;
  gboolean  any;

  if (!TD_IS_KNOWN (now) || td_centre_is_empty (centre))
    {
      self->state = TD_WHAT_IF_NO_AGENTS;
      changed_cb (self);
      return;
    }

  show_choices (self, now);
  td_staff_choice_show_times (GTK_DROP_DOWN (self->when), &self->first, now, td_centre_get_timezone (centre));
  any = get_leave (self, &leave);
  self->state = td_what_if_begin (&self->base, centre, td_watch_get_staffing (self->watch), td_watch_get_releases (self->watch),
                                  now, any ? &leave : NULL);
  self->chosen = self->base.leaving;
  self->base.leaving = 0;
  show_leaving (self, any);
  if (self->state == TD_WHAT_IF_READY)
    {
      td_what_if_slider_set_base (TD_WHAT_IF_SLIDER (self->sliders[SLIDER_AGENTS]), self->base.agents);
      td_what_if_slider_set_base (TD_WHAT_IF_SLIDER (self->sliders[SLIDER_RATE]), self->base.traffic.rate * QUARTER_S);
      td_what_if_slider_set_base (TD_WHAT_IF_SLIDER (self->sliders[SLIDER_AHT]), self->base.traffic.aht);
      td_what_if_slider_set_base (TD_WHAT_IF_SLIDER (self->sliders[SLIDER_PATIENCE]), self->base.traffic.patience);
    }
  show_note (self);
  td_reserve_list_show (TD_RESERVE_LIST (self->reserves), self->watch, now);
  changed_cb (self);
}

static gboolean
update_cb (gpointer user_data)
{
  update (user_data);

  return G_SOURCE_CONTINUE;
}

static void
leave_cb (TdWhatIfWindow *self)
{
  if (self->watch != NULL)
    update (self);
}

static void
reset_cb (TdWhatIfWindow *self)
{
  for (guint i = 0; i < N_SLIDERS; i++)
    td_what_if_slider_reset (TD_WHAT_IF_SLIDER (self->sliders[i]));
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->who), 0);
}

static void
td_what_if_window_dispose (GObject *object)
{
  TdWhatIfWindow *self = TD_WHAT_IF_WINDOW (object);

  g_clear_handle_id (&self->source, g_source_remove);
  g_clear_handle_id (&self->reckon_source, g_source_remove);
  g_clear_object (&self->watch);

  G_OBJECT_CLASS (td_what_if_window_parent_class)->dispose (object);
}

static void
td_what_if_window_finalize (GObject *object)
{
  g_array_unref (TD_WHAT_IF_WINDOW (object)->choices);

  G_OBJECT_CLASS (td_what_if_window_parent_class)->finalize (object);
}

static void
td_what_if_window_class_init (TdWhatIfWindowClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = td_what_if_window_dispose;
  object_class->finalize = td_what_if_window_finalize;

  g_type_ensure (TD_TYPE_RESERVE_LIST);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/tongdai/TongDai/pages/td-what-if-window.ui");
  gtk_widget_class_bind_template_child (widget_class, TdWhatIfWindow, slider_box);
  gtk_widget_class_bind_template_child (widget_class, TdWhatIfWindow, who);
  gtk_widget_class_bind_template_child (widget_class, TdWhatIfWindow, when);
  gtk_widget_class_bind_template_child (widget_class, TdWhatIfWindow, leaving);
  gtk_widget_class_bind_template_child (widget_class, TdWhatIfWindow, period);
  gtk_widget_class_bind_template_child (widget_class, TdWhatIfWindow, results);
  gtk_widget_class_bind_template_child (widget_class, TdWhatIfWindow, summary);
  gtk_widget_class_bind_template_child (widget_class, TdWhatIfWindow, note);
  gtk_widget_class_bind_template_child (widget_class, TdWhatIfWindow, reset);
  gtk_widget_class_bind_template_child (widget_class, TdWhatIfWindow, reserves);
  gtk_widget_class_bind_template_callback (widget_class, leave_cb);
  gtk_widget_class_bind_template_callback (widget_class, reset_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static GtkWidget *
add_cell (TdWhatIfWindow *self,
          int             column,
          int             row,
          const char     *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), column > 0 ? 1 : 0);
  gtk_widget_set_hexpand (label, column > 0);
  gtk_grid_attach (GTK_GRID (self->results), label, column, row, 1, 1);

  return label;
}

static void
add_results (TdWhatIfWindow *self)
{
  const char *heads[N_CASES] = {
    [CASE_AS_IT_IS] = C_ ("what if", "As it is"),
    [CASE_WHAT_IF] = C_ ("what if", "What if"),
  };

  for (guint j = 0; j < N_CASES; j++)
    gtk_widget_add_css_class (add_cell (self, (int)j + 1, 0, heads[j]), "td-caption");
  for (guint i = 0; i < N_RESULTS; i++)
    {
      add_cell (self, 0, (int)i + 1, _ (result_titles[i]));
      for (guint j = 0; j < N_CASES; j++)
        {
          g_autofree char *where = g_strdup_printf ("%s, %s", _ (result_titles[i]), heads[j]);
          GtkWidget       *figure = add_cell (self, (int)j + 1, (int)i + 1, "—");

          self->figures[i][j] = figure;
          gtk_widget_add_css_class (figure, "td-number");
          if (i == RESULT_LEVEL)
            gtk_widget_add_css_class (figure, "td-key");
          gtk_accessible_update_property (GTK_ACCESSIBLE (figure), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, where, -1);
        }
    }
}

static void
td_what_if_window_init (TdWhatIfWindow *self)
{
  self->choices = td_staff_choices_new (NULL);

  gtk_widget_init_template (GTK_WIDGET (self));

  for (guint i = 0; i < N_SLIDERS; i++)
    {
      self->sliders[i] = td_what_if_slider_new (_ (sliders[i].title), sliders[i].lower, sliders[i].step);
      g_signal_connect_object (self->sliders[i], "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
      gtk_box_append (GTK_BOX (self->slider_box), self->sliders[i]);
    }
  add_results (self);
}

/**
 * td_what_if_window_new:
 * @parent: (nullable): the window to stand before
 * @watch: the centre that it is about
 *
 * Returns: (transfer none): a window, not shown yet
 */
GtkWindow *
td_what_if_window_new (GtkWindow *parent,
                       TdWatch   *watch)
{
  TdWhatIfWindow *self;

  g_return_val_if_fail (parent == NULL || GTK_IS_WINDOW (parent), NULL);
  g_return_val_if_fail (TD_IS_WATCH (watch), NULL);

  self = g_object_new (TD_TYPE_WHAT_IF_WINDOW,
                       "transient-for", parent,
                       "destroy-with-parent", TRUE,
                       NULL);
  self->watch = g_object_ref (watch);
  g_signal_connect_object (td_watch_get_releases (watch), "changed", G_CALLBACK (leave_cb), self, G_CONNECT_SWAPPED);
  self->source = g_timeout_add_seconds (UPDATE_S, update_cb, self);
  update (self);

  return GTK_WINDOW (self);
}
