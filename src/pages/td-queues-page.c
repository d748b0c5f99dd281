/* td-queues-page.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-outlook-view.h"
#include "td-page-health.h"
#include "td-queues-page.h"

#include <glib/gi18n.h>
#include <math.h>

#include "td-format.h"
#include "td-metrics.h"
#include "td-queue-agents.h"
#include "td-queue-callers.h"
#include "td-queues-table.h"
#include "td-rate-chart.h"
#include "td-size-bin.h"
#include "td-stat-tile.h"
#include "td-wait-words.h"

#define WINDOW_MINUTES 15

/* The part of the page's height that the rows may take before they scroll. */
#define TABLE_SHARE 0.5

struct _TdQueuesPage
{
  GtkWidget parent_instance;

  TdWatch *watch; /* (owned) (nullable) */
  guint    tick_id;
  guint    fit_id;
  int      fitted_height;

  GtkWidget *bin;
  GtkWidget *filter;
  GtkWidget *shown;
  GtkWidget *worst_first;
  GtkWidget *formula;
  GtkWidget *table;
  GtkWidget *detail;
  GtkWidget *title;
  GtkWidget *serves;
  GtkWidget *expected;
  GtkWidget *callers;
  GtkWidget *rate;
  GtkWidget *chart;
  GtkWidget *agents;
};

G_DEFINE_FINAL_TYPE (TdQueuesPage, td_queues_page, GTK_TYPE_WIDGET)

static void
show_health (TdQueuesPage *self)
{
  td_page_show_health (GTK_WIDGET (self), self->watch);
}

static void
show_shown (TdQueuesPage *self)
{
  guint            n_queues = td_roster_get_size (td_centre_get_queues (td_watch_get_centre (self->watch)));
  guint            n_shown = td_queues_table_get_n_shown (TD_QUEUES_TABLE (self->table));
  g_autofree char *text = NULL;

  if (n_shown == n_queues)
    text = g_strdup_printf (ngettext ("%u queue", "%u queues", n_queues), n_queues);
  else
    /* Translators: so many of so many queues are shown. */
    text = g_strdup_printf (ngettext ("%u of %u queue", "%u of %u queues", n_queues), n_shown, n_queues);
  td_label_set (GTK_LABEL (self->shown), text);
  gtk_widget_set_visible (self->worst_first, !td_queues_table_is_worst_first (TD_QUEUES_TABLE (self->table)));
}

static void
show_formula (TdQueuesPage *self,
              TdQueue      *queue)
{
  TdCentre             *centre = td_watch_get_centre (self->watch);
  TdServiceLevelFormula formula = td_centre_get_service_level_formula (centre);
  int                   t = (int)(td_centre_get_service_level_ms (centre, queue) / 1000);
  gint64                since = td_centre_get_info (centre)->counted_since;
  g_autoptr (GString) text = g_string_new (NULL);

  if (TD_IS_KNOWN (since))
    {
      g_autofree char *clock = td_format_clock (since, td_centre_get_timezone (centre));

      /* Translators: a time of day: today's counts begin there. */
      g_string_append_printf (text, _ ("counted since %s"), clock);
      g_string_append (text, " · ");
    }
  if (formula == TD_SERVICE_LEVEL_LIVE)
    /* Translators: names the formula of the service level that is in force; both numbers are the same. */
    g_string_append_printf (text, _ ("service level by %d s, callers still waiting beyond %d s counted"), t, t);
  else
    /* Translators: names the formula of the service level that is in force, and its T. */
    g_string_append_printf (text, _ ("service level: %s, T = %d s"), td_format_service_level_formula (formula), t);
  td_label_set (GTK_LABEL (self->formula), text->str);
}

static void
show_head (TdQueuesPage *self,
           TdQueue      *queue)
{
  const TdQueueInfo *info = td_queue_get_info (queue);
  double             expected = td_wait_words_get_expected (queue);
  g_autofree char   *serves = NULL;
  g_autofree char   *expected_text = NULL;
  g_autofree char   *error_text = NULL;
  g_autofree char   *rate = td_format_count (info->offered_15min);
  g_autofree char   *rate_text = NULL;
  g_autofree char   *normal = NULL;
  TdOutlookFigures   figures;

  if (info->hotline != NULL && info->area != NULL)
    serves = g_strdup_printf ("%s · %s", info->hotline, info->area);
  else
    serves = g_strdup (info->hotline != NULL ? info->hotline : info->area);

  error_text = td_wait_words_describe_error (td_watch_get_waits (self->watch), queue, td_watch_get_now (self->watch));
  if (!isnan (expected) || error_text != NULL)
    {
      g_autofree char *duration = isnan (expected) ? g_strdup ("—") : td_format_duration_s (expected);

      /* Translators: the wait that a caller can expect who calls at this moment, and how good such estimates were. */
      expected_text = g_strdup_printf (_ ("Expected wait for a call now: %s (%s)"), duration,
                                       error_text != NULL ? error_text : _ ("not tested in the last hour"));
    }

  td_outlook_get_figures (td_watch_get_outlook (self->watch), TD_STREAM_QUEUE, td_queue_get_id (queue), &figures);
  normal = td_outlook_view_format_normal (&figures, td_outlook_get_state (td_watch_get_outlook (self->watch)));
  /* Translators: calls in the last 15 minutes, and what is normal for them: "42 in 15 min · Normal 38 (27–51)". */
  rate_text = g_strdup_printf (_ ("%s in 15 min · %s"), rate, normal);

  td_label_set (GTK_LABEL (self->title), td_queue_get_title (queue));
  td_label_set (GTK_LABEL (self->serves), serves != NULL ? serves : "");
  td_label_set (GTK_LABEL (self->expected), expected_text);
  td_label_set (GTK_LABEL (self->rate), rate_text);
  gtk_widget_set_tooltip_text (self->rate, rate_text);
}

static void
show_day (TdQueuesPage *self)
{
  TdCentre        *centre = td_watch_get_centre (self->watch);
  TdDay           *day = td_watch_get_day (self->watch);
  TdQueue         *queue = td_queues_table_get_selected (TD_QUEUES_TABLE (self->table));
  gint64           start = td_day_get_start (day);
  guint            n_minutes = td_day_get_n_minutes (day);
  g_autofree char *title = NULL;
  double           rates[TD_DAY_MINUTES];
  double           offered[TD_DAY_MINUTES];

  if (queue == NULL || !TD_IS_KNOWN (start))
    return;

  td_day_get_rate (day, td_queue_get_id (queue), WINDOW_MINUTES, rates, n_minutes);
  td_day_get_offered (day, td_queue_get_id (queue), offered, n_minutes);

  /* Translators: the name of the chart of one queue. */
  title = g_strdup_printf (_ ("Call rate today, %s"), td_queue_get_title (queue));
  td_rate_chart_set_title (TD_RATE_CHART (self->chart), title);
  td_rate_chart_set_day (TD_RATE_CHART (self->chart), start, td_outlook_view_get_day_length (centre, start),
                         td_centre_get_timezone (centre));
  td_rate_chart_set_rates (TD_RATE_CHART (self->chart), rates, offered, n_minutes);
  td_outlook_view_show_bands (TD_RATE_CHART (self->chart), td_watch_get_outlook (self->watch), TD_STREAM_QUEUE,
                              td_queue_get_id (queue), WINDOW_MINUTES, td_outlook_view_get_day_length (centre, start));
  td_outlook_view_show_marks (TD_RATE_CHART (self->chart), td_watch_get_history (self->watch), td_queue_get_id (queue), start,
                              start + td_outlook_view_get_day_length (centre, start) * TD_HISTORY_MINUTE_US);
}

static void
show_queue (TdQueuesPage *self)
{
  TdQueue  *queue = td_queues_table_get_selected (TD_QUEUES_TABLE (self->table));
  TdCentre *centre = td_watch_get_centre (self->watch);
  gint64    now = td_watch_get_now (self->watch);

  gtk_widget_set_visible (self->detail, queue != NULL);
  show_formula (self, queue);
  if (queue == NULL)
    return;

  show_head (self, queue);
  td_queue_callers_show (TD_QUEUE_CALLERS (self->callers), centre, queue, now);
  td_queue_agents_show (TD_QUEUE_AGENTS (self->agents), centre, queue, now);
  td_rate_chart_set_now (TD_RATE_CHART (self->chart), now, td_queue_get_info (queue)->offered_15min);
}

static void
refresh (TdQueuesPage *self)
{
  show_health (self);
  if (td_centre_is_empty (td_watch_get_centre (self->watch)))
    return;

  td_queues_table_refresh (TD_QUEUES_TABLE (self->table), td_watch_get_now (self->watch), TRUE);
  show_shown (self);
  show_queue (self);
}

static gboolean tick_cb (gpointer user_data);

/* On the second of the centre's clock, so that all timers change together. */
static void
schedule_tick (TdQueuesPage *self)
{
  gint64 now = td_centre_get_now (td_watch_get_centre (self->watch));
  guint  ms = now < 0 ? 1000 : (guint)(1000 - now / 1000 % 1000);

  g_clear_handle_id (&self->tick_id, g_source_remove);
  self->tick_id = g_timeout_add (ms + 2, tick_cb, self);
}

static gboolean
tick_cb (gpointer user_data)
{
  TdQueuesPage *self = user_data;

  self->tick_id = 0;
  show_health (self);
  if (!td_centre_is_empty (td_watch_get_centre (self->watch)))
    {
      gint64   now = td_watch_get_now (self->watch);
      TdQueue *queue = td_queues_table_get_selected (TD_QUEUES_TABLE (self->table));

      td_queues_table_refresh (TD_QUEUES_TABLE (self->table), now, FALSE);
      td_queue_callers_tick (TD_QUEUE_CALLERS (self->callers), now);
      td_queue_agents_tick (TD_QUEUE_AGENTS (self->agents), now);
      if (queue != NULL)
        td_rate_chart_set_now (TD_RATE_CHART (self->chart), now, td_queue_get_info (queue)->offered_15min);
    }
  schedule_tick (self);

  return G_SOURCE_REMOVE;
}

static void
centre_changed_cb (TdQueuesPage *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    refresh (self);
}

static void
day_changed_cb (TdQueuesPage *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    show_day (self);
}

static void
outlook_changed_cb (TdQueuesPage *self)
{
  centre_changed_cb (self);
  day_changed_cb (self);
}

static void
selected_cb (TdQueuesPage *self)
{
  if (self->watch == NULL || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;

  show_queue (self);
  show_day (self);
}

static void
arranged_cb (TdQueuesPage *self)
{
  if (self->watch != NULL)
    show_shown (self);
}

static void
filter_cb (TdQueuesPage *self)
{
  td_queues_table_set_filter (TD_QUEUES_TABLE (self->table), gtk_editable_get_text (GTK_EDITABLE (self->filter)));
}

static void
stop_filter_cb (TdQueuesPage *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->filter), "");
  gtk_widget_child_focus (self->table, GTK_DIR_TAB_FORWARD);
}

static void
worst_first_cb (TdQueuesPage *self)
{
  td_queues_table_sort_worst_first (TD_QUEUES_TABLE (self->table));
}

static gboolean
fit_cb (gpointer user_data)
{
  TdQueuesPage *self = user_data;

  self->fit_id = 0;
  td_queues_table_fit (TD_QUEUES_TABLE (self->table), (int)(self->fitted_height * TABLE_SHARE));

  return G_SOURCE_REMOVE;
}

static void
td_queues_page_measure (GtkWidget     *widget,
                        GtkOrientation orientation,
                        int            for_size,
                        int           *minimum,
                        int           *natural,
                        int           *minimum_baseline,
                        int           *natural_baseline)
{
  gtk_widget_measure (TD_QUEUES_PAGE (widget)->bin, orientation, for_size,
                      minimum, natural, minimum_baseline, natural_baseline);
}

static void
td_queues_page_size_allocate (GtkWidget *widget,
                              int        width,
                              int        height,
                              int        baseline)
{
  TdQueuesPage *self = TD_QUEUES_PAGE (widget);

  /* A request cannot change in the middle of an allocation. */
  if (self->fitted_height != height)
    {
      self->fitted_height = height;
      if (self->fit_id == 0)
        self->fit_id = g_idle_add_full (G_PRIORITY_HIGH_IDLE, fit_cb, self, NULL);
    }

  gtk_widget_allocate (self->bin, width, height, baseline, NULL);
}

static void
td_queues_page_map (GtkWidget *widget)
{
  TdQueuesPage *self = TD_QUEUES_PAGE (widget);

  GTK_WIDGET_CLASS (td_queues_page_parent_class)->map (widget);

  if (self->watch != NULL)
    {
      refresh (self);
      show_day (self);
      schedule_tick (self);
    }
}

static void
td_queues_page_unmap (GtkWidget *widget)
{
  TdQueuesPage *self = TD_QUEUES_PAGE (widget);

  g_clear_handle_id (&self->tick_id, g_source_remove);

  GTK_WIDGET_CLASS (td_queues_page_parent_class)->unmap (widget);
}

static void
td_queues_page_dispose (GObject *object)
{
  TdQueuesPage *self = TD_QUEUES_PAGE (object);

  g_clear_handle_id (&self->tick_id, g_source_remove);
  g_clear_handle_id (&self->fit_id, g_source_remove);
  g_clear_pointer (&self->bin, gtk_widget_unparent);
  g_clear_object (&self->watch);

  G_OBJECT_CLASS (td_queues_page_parent_class)->dispose (object);
}

static void
td_queues_page_class_init (TdQueuesPageClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = td_queues_page_dispose;
  widget_class->measure = td_queues_page_measure;
  widget_class->size_allocate = td_queues_page_size_allocate;
  widget_class->map = td_queues_page_map;
  widget_class->unmap = td_queues_page_unmap;

  g_type_ensure (TD_TYPE_SIZE_BIN);
  g_type_ensure (TD_TYPE_RATE_CHART);
  g_type_ensure (TD_TYPE_QUEUES_TABLE);
  g_type_ensure (TD_TYPE_QUEUE_CALLERS);
  g_type_ensure (TD_TYPE_QUEUE_AGENTS);

  gtk_widget_class_set_css_name (widget_class, "queuespage");
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/tongdai/TongDai/pages/td-queues-page.ui");
  gtk_widget_class_bind_template_child (widget_class, TdQueuesPage, bin);
  gtk_widget_class_bind_template_child (widget_class, TdQueuesPage, filter);
  gtk_widget_class_bind_template_child (widget_class, TdQueuesPage, shown);
  gtk_widget_class_bind_template_child (widget_class, TdQueuesPage, worst_first);
  gtk_widget_class_bind_template_child (widget_class, TdQueuesPage, formula);
  gtk_widget_class_bind_template_child (widget_class, TdQueuesPage, table);
  gtk_widget_class_bind_template_child (widget_class, TdQueuesPage, detail);
  gtk_widget_class_bind_template_child (widget_class, TdQueuesPage, title);
  gtk_widget_class_bind_template_child (widget_class, TdQueuesPage, serves);
  gtk_widget_class_bind_template_child (widget_class, TdQueuesPage, expected);
  gtk_widget_class_bind_template_child (widget_class, TdQueuesPage, callers);
  gtk_widget_class_bind_template_child (widget_class, TdQueuesPage, rate);
  gtk_widget_class_bind_template_child (widget_class, TdQueuesPage, chart);
  gtk_widget_class_bind_template_child (widget_class, TdQueuesPage, agents);
  gtk_widget_class_bind_template_callback (widget_class, selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, arranged_cb);
  gtk_widget_class_bind_template_callback (widget_class, filter_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_filter_cb);
  gtk_widget_class_bind_template_callback (widget_class, worst_first_cb);
}

static void
td_queues_page_init (TdQueuesPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * td_queues_page_new:
 * @watch: what is watched
 *
 * Returns: (transfer floating): a new page
 */
GtkWidget *
td_queues_page_new (TdWatch *watch)
{
  TdQueuesPage *self;

  g_return_val_if_fail (TD_IS_WATCH (watch), NULL);

  self = g_object_new (TD_TYPE_QUEUES_PAGE, NULL);
  self->watch = g_object_ref (watch);
  td_queues_table_set_centre (TD_QUEUES_TABLE (self->table), td_watch_get_centre (watch));
  td_queues_table_set_outlook (TD_QUEUES_TABLE (self->table), td_watch_get_outlook (watch));
  td_queues_table_set_waits (TD_QUEUES_TABLE (self->table), td_watch_get_waits (watch));
  td_queue_agents_set_watch (TD_QUEUE_AGENTS (self->agents), watch);

  g_signal_connect_object (td_watch_get_centre (watch), "changed", G_CALLBACK (centre_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (td_watch_get_centre (watch), "notify", G_CALLBACK (centre_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (td_watch_get_day (watch), "changed", G_CALLBACK (day_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (td_watch_get_outlook (watch), "changed", G_CALLBACK (outlook_changed_cb), self, G_CONNECT_SWAPPED);
  if (td_watch_get_history (watch) != NULL)
    g_signal_connect_object (td_watch_get_history (watch), "marks-changed", G_CALLBACK (day_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (td_watch_get_poller (watch), "notify::health", G_CALLBACK (centre_changed_cb), self, G_CONNECT_SWAPPED);

  return GTK_WIDGET (self);
}

/**
 * td_queues_page_get_table:
 * @self: a page
 *
 * Returns: (transfer none): its #TdQueuesTable
 */
GtkWidget *
td_queues_page_get_table (TdQueuesPage *self)
{
  g_return_val_if_fail (TD_IS_QUEUES_PAGE (self), NULL);

  return GTK_WIDGET (self->table);
}

/**
 * td_queues_page_show_queue:
 * @self: a page
 * @queue_id: the id of a queue; nothing happens where there is none
 *
 * Selects a queue; a filter that hides it is cleared.
 */
void
td_queues_page_show_queue (TdQueuesPage *self,
                           const char   *queue_id)
{
  g_return_if_fail (TD_IS_QUEUES_PAGE (self));
  g_return_if_fail (queue_id != NULL);

  if (td_centre_find_queue (td_watch_get_centre (self->watch), queue_id) == NULL ||
      td_queues_table_select (TD_QUEUES_TABLE (self->table), queue_id))
    return;

  gtk_editable_set_text (GTK_EDITABLE (self->filter), "");
  td_queues_table_set_filter (TD_QUEUES_TABLE (self->table), "");
  td_queues_table_select (TD_QUEUES_TABLE (self->table), queue_id);
}

void
td_queues_page_focus_filter (TdQueuesPage *self)
{
  g_return_if_fail (TD_IS_QUEUES_PAGE (self));

  gtk_widget_grab_focus (self->filter);
  gtk_editable_select_region (GTK_EDITABLE (self->filter), 0, -1);
}

/**
 * td_queues_page_set_actions_enabled:
 * @self: a page
 * @enabled: whether what a supervisor may do is offered, which a wall does not
 */
void
td_queues_page_set_actions_enabled (TdQueuesPage *self,
                                    gboolean      enabled)
{
  g_return_if_fail (TD_IS_QUEUES_PAGE (self));

  td_queue_agents_set_actions_enabled (TD_QUEUE_AGENTS (self->agents), enabled);
}
