/* td-staff-plan-card.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-staff-plan-card.h"

#include <glib/gi18n.h>

#include <math.h>

#include "td-format.h"
#include "td-release-form.h"
#include "td-severity.h"
#include "td-staff-plan.h"

#define N_HOURS 6

/* Shifts end by the hour; who pauses meanwhile can wait a little. */
#define UPDATE_S 5

/* Until what was changed has been laid out. */
#define FIT_MS 100

/* Of places and employers that stand in the card without scrolling. */
#define MAX_ROWS 12

/* What was announced for longer ago than this is over. */
#define FORGET_US G_TIME_SPAN_HOUR

/* Columns before those of the hours. */
enum {
  COLUMN_TITLE,
  COLUMN_SERVING,
  COLUMN_STAFFED,
  COLUMN_HOURS,
};

struct _TdStaffPlanCard
{
  GtkWidget parent_instance;

  TdWatch     *watch;           /* (owned) (nullable) */
  TdStaffPlan *plan;            /* (owned) (nullable): what is shown */
  char        *notes;           /* (owned) (nullable): what is said below it */
  double       levels[N_HOURS]; /* of service, to be expected of the hours as shown; NAN for unknown */
  guint        source;
  guint        fit_source;

  GtkWidget *scrolled;
  GtkWidget *grid;
  GtkWidget *footer;
  GtkWidget *form;
};

G_DEFINE_FINAL_TYPE (TdStaffPlanCard, td_staff_plan_card, GTK_TYPE_WIDGET)

static GtkWidget *
add_cell (TdStaffPlanCard *self,
          int              column,
          int              row,
          const char      *text,
          const char      *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), column == COLUMN_TITLE ? 0 : 1);
  if (column == COLUMN_TITLE)
    {
      gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
      gtk_label_set_width_chars (GTK_LABEL (label), 27);
      gtk_label_set_max_width_chars (GTK_LABEL (label), 32);
      gtk_widget_set_hexpand (label, TRUE);
    }
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  gtk_grid_attach (GTK_GRID (self->grid), label, column, row, 1, 1);

  return label;
}

static void
add_head (TdStaffPlanCard *self)
{
  GTimeZone *zone = td_centre_get_timezone (td_watch_get_centre (self->watch));

  add_cell (self, COLUMN_TITLE, 0, _ ("Place and employer"), "td-caption");
  /* Translators: the heading of a column: agents who can take calls now. */
  add_cell (self, COLUMN_SERVING, 0, C_ ("staff plan", "serving"), "td-caption");
  /* Translators: the heading of a column: agents who are signed in now. */
  add_cell (self, COLUMN_STAFFED, 0, C_ ("staff plan", "on duty"), "td-caption");
  for (guint i = 0; i < self->plan->n_hours; i++)
    {
      g_autofree char *clock = td_format_clock (self->plan->hours[i], zone);

      add_cell (self, COLUMN_HOURS + (int)i, 0, clock, "td-caption");
    }
}

/* "43 −14": who is left, and against now. */
static void
add_hour (TdStaffPlanCard      *self,
          const TdStaffPlanRow *row,
          guint                 hour,
          int                   line,
          const char           *title)
{
  GTimeZone       *zone = td_centre_get_timezone (td_watch_get_centre (self->watch));
  int              change = (int)row->left[hour] - (int)row->staffed;
  g_autofree char *left = td_format_count (row->left[hour]);
  g_autofree char *amount = td_format_count (ABS (change));
  g_autofree char *text = change == 0 ? g_strdup (left)
                                      : g_strdup_printf ("%s  %s%s", left, change < 0 ? "−" : "+", amount);
  g_autofree char *clock = td_format_clock (self->plan->hours[hour], zone);
  g_autofree char *where = g_strdup_printf ("%s, %s", title, clock);
  GtkWidget       *label = add_cell (self, COLUMN_HOURS + (int)hour, line, text, "td-number");

  td_palette_set_severity (label, td_severity_of_need (td_staff_plan_judge (row, hour)));
  gtk_accessible_update_property (GTK_ACCESSIBLE (label), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, where, -1);
  if (row->released[hour] > 0)
    {
      g_autofree char *tip = g_strdup_printf (ngettext ("%u of them because it was announced", "%u of them because it was announced",
                                                        row->released[hour]),
                                              row->released[hour]);

      gtk_widget_set_tooltip_text (label, tip);
    }
}

static void
add_row (TdStaffPlanCard      *self,
         const TdStaffPlanRow *row,
         int                   line,
         const char           *title)
{
  g_autofree char *serving = td_format_count (row->serving);
  g_autofree char *staffed = td_format_count (row->staffed);

  add_cell (self, COLUMN_TITLE, line, title, NULL);
  add_cell (self, COLUMN_SERVING, line, serving, "td-number");
  add_cell (self, COLUMN_STAFFED, line, staffed, "td-number");
  for (guint i = 0; i < self->plan->n_hours; i++)
    add_hour (self, row, i, line, title);
}

static char *
format_title (const TdStaffPlanRow *row)
{
  const char *place = td_format_place (row->place);

  if (row->employer == NULL)
    return g_strdup (place);
  if (row->place == TD_PLACE_UNKNOWN)
    return g_strdup (row->employer);

  return g_strdup_printf ("%s · %s", place, row->employer);
}

/* What is expected of each hour, where that can be said. */
static void
add_levels (TdStaffPlanCard *self,
            int              line)
{
  double     target = td_centre_get_service_level_target (td_watch_get_centre (self->watch), NULL);
  GtkWidget *label;

  label = add_cell (self, COLUMN_TITLE, line, _ ("Service level to expect"), NULL);
  gtk_widget_set_tooltip_text (label, _ ("Of the hour from then on, by the forecast of calls, if as many pause as do now "
                                         "and everybody can take every call (Erlang A)"));
  for (guint i = 0; i < self->plan->n_hours; i++)
    {
      g_autofree char *text = isfinite (self->levels[i]) ? td_format_percent (self->levels[i], 0) : g_strdup ("—");

      label = add_cell (self, COLUMN_HOURS + (int)i, line, text, "td-number");
      td_palette_set_severity (label, td_severity_of_service_level (self->levels[i], target));
    }
}

/* "−14, service level expected 61 % (84 % with them)": for the first hour after it. */
static void
append_cost (TdStaffPlanCard *self,
             TdStaffPlan     *plan,
             gint64           at,
             GString         *text)
{
  TdStaffingDesk  *desk = td_watch_get_staffing (self->watch);
  guint            hour = 0;
  double           with;
  double           without;
  g_autofree char *with_text = NULL;
  g_autofree char *without_text = NULL;

  while (hour < plan->n_hours && plan->hours[hour] < at)
    hour++;
  if (hour == plan->n_hours || plan->total.released[hour] == 0)
    return;

  without = td_staffing_desk_get_service_level (desk, plan->hours[hour], td_staff_plan_get_serving (plan, hour, TRUE));
  with = td_staffing_desk_get_service_level (desk, plan->hours[hour], td_staff_plan_get_serving (plan, hour, FALSE));
  if (!isfinite (with) || !isfinite (without))
    return;

  with_text = td_format_percent (with, 0);
  without_text = td_format_percent (without, 0);
  g_string_append_c (text, ' ');
  /* Translators: what it costs that agents leave: how many fewer, then the
   * service level without them and with them. */
  g_string_append_printf (text, _ ("That makes −%u; service level expected %s, with them %s."),
                          plan->total.released[hour], without_text, with_text);
}

static void
append_release (TdStaffPlanCard *self,
                TdStaffPlan     *plan,
                const TdRelease *release,
                GString         *text)
{
  GTimeZone       *zone = td_centre_get_timezone (td_watch_get_centre (self->watch));
  g_autofree char *clock = td_format_clock (release->at, zone);

  if (release->at < plan->now)
    return;
  if (text->len > 0)
    g_string_append_c (text, '\n');
  if (release->employer != NULL)
    /* Translators: a company that lends agents, and the time at which it takes them away. */
    g_string_append_printf (text, _ ("It was announced that agents of “%s” leave at %s."), release->employer, clock);
  else
    g_string_append_printf (text, _ ("It was announced that agents leave at %s."), clock);
  append_cost (self, plan, release->at, text);
}

/* What was announced, and for whom nothing is planned. */
static char *
format_notes (TdStaffPlanCard *self,
              TdStaffPlan     *plan)
{
  TdCentre           *centre = td_watch_get_centre (self->watch);
  const TdCentreInfo *info = td_centre_get_info (centre);
  TdReleases         *announced = td_watch_get_releases (self->watch);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < info->n_releases; i++)
    append_release (self, plan, &info->releases[i], text);
  for (guint i = 0; i < td_releases_get_n (announced); i++)
    append_release (self, plan, td_releases_get (announced, i), text);

  if (plan->n_unplanned > 0)
    {
      if (text->len > 0)
        g_string_append_c (text, '\n');
      g_string_append_printf (text,
                              ngettext ("Of %u agent no end of the shift is known; the agent counts as staying.",
                                        "Of %u agents no end of the shift is known; they count as staying.", plan->n_unplanned),
                              plan->n_unplanned);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
show_plan (TdStaffPlanCard *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->grid)) != NULL)
    gtk_grid_remove (GTK_GRID (self->grid), child);

  add_head (self);
  for (guint i = 0; i < self->plan->n_rows; i++)
    {
      g_autofree char *title = format_title (&self->plan->rows[i]);

      add_row (self, &self->plan->rows[i], (int)i + 1, title);
    }
  if (self->plan->n_rows > 1)
    add_row (self, &self->plan->total, (int)self->plan->n_rows + 1, _ ("All together"));
  add_levels (self, (int)self->plan->n_rows + 2);

  /* What may scroll gives its room away to what grows below it. */
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scrolled), GTK_POLICY_NEVER,
                                  self->plan->n_rows > MAX_ROWS ? GTK_POLICY_AUTOMATIC : GTK_POLICY_NEVER);
}

/* Whole percents: what moves less is not shown again. */
static gboolean
take_levels (TdStaffPlanCard *self,
             TdStaffPlan     *plan)
{
  gboolean changed = FALSE;

  for (guint i = 0; i < plan->n_hours; i++)
    {
      double level = td_staffing_desk_get_service_level (td_watch_get_staffing (self->watch), plan->hours[i],
                                                         td_staff_plan_get_serving (plan, i, TRUE));

      level = isfinite (level) ? round (level * 100) / 100 : NAN;
      changed |= isfinite (level) != isfinite (self->levels[i]) || (isfinite (level) && level != self->levels[i]);
      self->levels[i] = level;
    }

  return changed;
}

static gboolean
fit_cb (gpointer user_data)
{
  TdStaffPlanCard *self = user_data;
  GtkWidget       *popover = gtk_widget_get_ancestor (GTK_WIDGET (self), GTK_TYPE_POPOVER);

  self->fit_source = 0;
  if (popover != NULL && gtk_widget_get_mapped (popover))
    gtk_popover_present (GTK_POPOVER (popover));

  return G_SOURCE_REMOVE;
}

/* A popover that is open does not follow what is in it by itself, nor before
 * all of it has been measured anew. */
static void
fit_popover (TdStaffPlanCard *self)
{
  if (self->fit_source == 0)
    self->fit_source = g_timeout_add (FIT_MS, fit_cb, self);
}

static void
update (TdStaffPlanCard *self)
{
  g_autoptr (TdStaffPlan) plan = NULL;
  g_autofree char *notes = NULL;
  gint64           now = td_watch_get_now (self->watch);
  gboolean         changed;

  if (!TD_IS_KNOWN (now))
    return;

  td_releases_forget (td_watch_get_releases (self->watch), now - FORGET_US);
  plan = td_staff_plan_new (td_watch_get_centre (self->watch), td_watch_get_releases (self->watch), now, N_HOURS);
  td_release_form_show_plan (TD_RELEASE_FORM (self->form), plan);
  changed = take_levels (self, plan);
  notes = format_notes (self, plan);
  if (g_strcmp0 (notes, self->notes) != 0)
    {
      gtk_label_set_text (GTK_LABEL (self->footer), notes);
      gtk_widget_set_visible (self->footer, *notes != '\0');
      g_free (self->notes);
      self->notes = g_steal_pointer (&notes);
      fit_popover (self);
    }
  if (self->plan != NULL && !changed && td_staff_plan_equal (self->plan, plan))
    return;

  td_staff_plan_free (self->plan);
  self->plan = g_steal_pointer (&plan);
  show_plan (self);
  fit_popover (self);
}

static gboolean
update_cb (gpointer user_data)
{
  update (user_data);

  return G_SOURCE_CONTINUE;
}

/* A popover is measured before it is mapped: what is in it has its size by
 * then, once there was something to show. */
static void
changed_cb (TdStaffPlanCard *self)
{
  if (self->plan == NULL)
    update (self);
}

static void
follow (TdStaffPlanCard *self)
{
  if (self->watch == NULL || self->source != 0 || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;

  self->source = g_timeout_add_seconds (UPDATE_S, update_cb, self);
  update (self);
}

static void
td_staff_plan_card_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (td_staff_plan_card_parent_class)->map (widget);

  follow (TD_STAFF_PLAN_CARD (widget));
}

static void
td_staff_plan_card_unmap (GtkWidget *widget)
{
  TdStaffPlanCard *self = TD_STAFF_PLAN_CARD (widget);

  g_clear_handle_id (&self->source, g_source_remove);

  GTK_WIDGET_CLASS (td_staff_plan_card_parent_class)->unmap (widget);
}

static void
td_staff_plan_card_dispose (GObject *object)
{
  TdStaffPlanCard *self = TD_STAFF_PLAN_CARD (object);
  GtkWidget       *child;

  g_clear_handle_id (&self->source, g_source_remove);
  g_clear_handle_id (&self->fit_source, g_source_remove);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  g_clear_pointer (&self->plan, td_staff_plan_free);
  g_clear_pointer (&self->notes, g_free);
  g_clear_object (&self->watch);

  G_OBJECT_CLASS (td_staff_plan_card_parent_class)->dispose (object);
}

static void
td_staff_plan_card_class_init (TdStaffPlanCardClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = td_staff_plan_card_dispose;
  widget_class->map = td_staff_plan_card_map;
  widget_class->unmap = td_staff_plan_card_unmap;

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "staffplancard");
}

static void
td_staff_plan_card_init (TdStaffPlanCard *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));
  GtkWidget        *title = gtk_label_new (_ ("Who leaves, who comes"));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 8);

  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_widget_add_css_class (title, "td-title");
  gtk_widget_set_parent (title, GTK_WIDGET (self));

  self->grid = gtk_grid_new ();
  gtk_grid_set_column_spacing (GTK_GRID (self->grid), 18);
  gtk_grid_set_row_spacing (GTK_GRID (self->grid), 6);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->grid), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Who leaves, who comes"), -1);
  self->scrolled = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (self->scrolled), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (self->scrolled), 420);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scrolled), self->grid);
  gtk_widget_set_parent (self->scrolled, GTK_WIDGET (self));

  self->footer = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->footer), 0);
  gtk_label_set_wrap (GTK_LABEL (self->footer), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (self->footer), 80);
  gtk_widget_add_css_class (self->footer, "td-caption");
  gtk_widget_set_visible (self->footer, FALSE);
  gtk_widget_set_parent (self->footer, GTK_WIDGET (self));

  self->form = td_release_form_new ();
  gtk_widget_set_parent (self->form, GTK_WIDGET (self));
}

/**
 * td_staff_plan_card_new:
 *
 * Returns: (transfer floating): an empty card
 */
GtkWidget *
td_staff_plan_card_new (void)
{
  return g_object_new (TD_TYPE_STAFF_PLAN_CARD, NULL);
}

/**
 * td_staff_plan_card_set_watch:
 * @self: a card without a watch yet
 * @watch: the centre whose staff to show
 */
void
td_staff_plan_card_set_watch (TdStaffPlanCard *self,
                              TdWatch         *watch)
{
  g_return_if_fail (TD_IS_STAFF_PLAN_CARD (self));
  g_return_if_fail (TD_IS_WATCH (watch));
  g_return_if_fail (self->watch == NULL);

  self->watch = g_object_ref (watch);
  td_release_form_set_watch (TD_RELEASE_FORM (self->form), watch);
  g_signal_connect_object (td_watch_get_centre (watch), "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (td_watch_get_releases (watch), "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  follow (self);
}
