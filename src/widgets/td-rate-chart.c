/* td-rate-chart.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-rate-chart-private.h"

#include <glib/gi18n.h>
#include <math.h>

#include "td-chart-csv.h"
#include "td-chart-lines.h"
#include "td-chart-marks.h"
#include "td-format.h"

enum {
  MINUTE_ACTIVATED,
  MARK_ACTIVATED,
  N_SIGNALS
};

G_DEFINE_FINAL_TYPE (TdRateChart, td_rate_chart, GTK_TYPE_WIDGET)

static guint signals[N_SIGNALS];

static void
drop_layers (TdRateChart *self)
{
  td_chart_layer_drop (&self->plot);
  td_chart_layer_drop (&self->top);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
draw_plot (cairo_t *cr,
           gpointer user_data)
{
  TdRateChart  *self = user_data;
  GtkWidget    *widget = GTK_WIDGET (self);
  TdChartFrame *frame = &self->frame;

  cairo_save (cr);
  cairo_rectangle (cr, frame->x, frame->y, frame->width, frame->height);
  cairo_clip (cr);
  td_chart_bands_draw (widget, cr, frame, &self->data);
  cairo_restore (cr);
  td_chart_axis_draw (widget, cr, frame, &self->data);
  td_chart_gaps_draw (widget, cr, frame, &self->data);
  cairo_save (cr);
  cairo_rectangle (cr, frame->x, frame->y - 2, frame->width, frame->height + 4);
  cairo_clip (cr);
  td_chart_lines_draw (widget, cr, frame, &self->data);
  cairo_restore (cr);
}

static void
draw_top (cairo_t *cr,
          gpointer user_data)
{
  TdRateChart *self = user_data;
  g_autoptr (GArray) labels = g_array_new (FALSE, FALSE, sizeof (GdkRectangle));

  if (self->data.zone != NULL)
    td_chart_marks_draw (GTK_WIDGET (self), cr, &self->frame, &self->data, labels);
  td_chart_now_draw (GTK_WIDGET (self), cr, &self->frame, &self->data, labels);
}

static void
td_rate_chart_snapshot (GtkWidget   *widget,
                        GtkSnapshot *snapshot)
{
  TdRateChart *self = TD_RATE_CHART (widget);
  int          width = gtk_widget_get_width (widget);
  int          height = gtk_widget_get_height (widget);
  guint        minute;

  if (width < 40 || height < 30)
    return;

  if (self->plot.node == NULL || self->plot.width != width || self->plot.height != height)
    {
      td_chart_frame_init (&self->frame, widget, &self->data, td_chart_navigator_get_view (self->navigator), width, height);
      td_chart_layer_drop (&self->top);
    }
  td_chart_layer_append (&self->plot, widget, snapshot, draw_plot, self);
  td_chart_layer_append (&self->top, widget, snapshot, draw_top, self);

  if (td_chart_navigator_get_minute (self->navigator, &minute))
    {
      cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, width, height));

      td_chart_crosshair_draw (widget, cr, &self->frame, &self->data, minute);
      cairo_destroy (cr);
    }
}

static void
td_rate_chart_measure (GtkWidget     *widget,
                       GtkOrientation orientation,
                       int            for_size,
                       int           *minimum,
                       int           *natural,
                       int           *minimum_baseline,
                       int           *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? 200 : 100;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 600 : 240;
}

static void
td_rate_chart_css_changed (GtkWidget         *widget,
                           GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (td_rate_chart_parent_class)->css_changed (widget, change);

  drop_layers (TD_RATE_CHART (widget));
}

static void
td_rate_chart_system_setting_changed (GtkWidget       *widget,
                                      GtkSystemSetting setting)
{
  GTK_WIDGET_CLASS (td_rate_chart_parent_class)->system_setting_changed (widget, setting);

  drop_layers (TD_RATE_CHART (widget));
}

static char *
summarise (TdRateChart *self)
{
  g_autofree char *peak_count = NULL;
  g_autofree char *peak_clock = NULL;
  g_autofree char *last = NULL;
  guint            peak = G_MAXUINT, newest = G_MAXUINT;

  for (guint i = 0; i < self->data.n_values; i++)
    if (!isnan (self->data.values[i]))
      {
        if (peak == G_MAXUINT || self->data.values[i] > self->data.values[peak])
          peak = i;
        newest = i;
      }

  if (peak == G_MAXUINT || self->data.zone == NULL)
    return g_strdup (self->data.name != NULL ? _ ("Nothing was observed on this day.") : _ ("Nothing was observed today yet."));

  last = td_chart_crosshair_describe (&self->data, newest);
  if (self->data.cumulative)
    return g_steal_pointer (&last);

  peak_count = td_format_calls (self->data.values[peak]);
  peak_clock = td_chart_data_format_clock (&self->data, peak + 1);
  if (self->data.name != NULL)
    /* Translators: the description of the chart of a past day for a screen reader: its date, and its peak. */
    return g_strdup_printf (_ ("%s. The most on this day: %s, at %s."), self->data.name, peak_count, peak_clock);
  /* Translators: the description of a chart for a screen reader: its last minute, and its peak. */
  return g_strdup_printf (_ ("%s. The most today: %s, at %s."), last, peak_count, peak_clock);
}

/* With the arrow keys the minute that they chose is what is read. */
static void
update_description (TdRateChart *self)
{
  g_autofree char *description = NULL;
  guint            minute;

  if (self->data.zone != NULL && td_chart_navigator_get_chosen (self->navigator, &minute))
    description = td_chart_crosshair_describe (&self->data, minute);
  else
    description = summarise (self);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, self->title != NULL ? self->title : "",
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, description,
                                  -1);
}

static void
show_anew (TdRateChart *self)
{
  update_description (self);
  drop_layers (self);
}

static void
moved_cb (TdRateChart *self)
{
  gboolean is_chosen = td_chart_navigator_get_chosen (self->navigator, NULL);

  /* The pointer moves often, and says nothing to who cannot see it. */
  if (is_chosen || self->was_chosen)
    update_description (self);
  self->was_chosen = is_chosen;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
td_rate_chart_activate_minute (TdRateChart *self,
                               guint        minute)
{
  g_signal_emit (self, signals[MINUTE_ACTIVATED], 0, self->data.start + (gint64)(minute + 1) * TD_CHART_MINUTE);
}

void
td_rate_chart_activate_mark (TdRateChart *self,
                             gint64       id)
{
  g_signal_emit (self, signals[MARK_ACTIVATED], 0, id);
}

static void
td_rate_chart_dispose (GObject *object)
{
  TdRateChart *self = TD_RATE_CHART (object);

  td_rate_chart_clear_input (self);

  G_OBJECT_CLASS (td_rate_chart_parent_class)->dispose (object);
}

static void
td_rate_chart_finalize (GObject *object)
{
  TdRateChart *self = TD_RATE_CHART (object);

  td_chart_layer_drop (&self->plot);
  td_chart_layer_drop (&self->top);
  td_chart_data_clear (&self->data);
  g_clear_pointer (&self->title, g_free);
  g_clear_object (&self->navigator);

  G_OBJECT_CLASS (td_rate_chart_parent_class)->finalize (object);
}

static void
td_rate_chart_class_init (TdRateChartClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = td_rate_chart_dispose;
  object_class->finalize = td_rate_chart_finalize;
  widget_class->measure = td_rate_chart_measure;
  widget_class->snapshot = td_rate_chart_snapshot;
  widget_class->css_changed = td_rate_chart_css_changed;
  widget_class->system_setting_changed = td_rate_chart_system_setting_changed;

  signals[MINUTE_ACTIVATED] = g_signal_new ("minute-activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                            NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
  signals[MARK_ACTIVATED] = g_signal_new ("mark-activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);

  gtk_widget_class_set_css_name (widget_class, "ratechart");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
td_rate_chart_init (TdRateChart *self)
{
  g_autoptr (TdChartNavigator) navigator = td_chart_navigator_new ();

  td_chart_data_init (&self->data);
  td_rate_chart_set_navigator (self, navigator);
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  td_rate_chart_init_input (self);
}

/**
 * td_rate_chart_new:
 *
 * Returns: (transfer floating): an empty chart
 */
GtkWidget *
td_rate_chart_new (void)
{
  return g_object_new (TD_TYPE_RATE_CHART, NULL);
}

/**
 * td_rate_chart_set_navigator:
 * @self: a chart
 * @navigator: which hours and which minute it shows
 *
 * Charts side by side are given the same one; a new chart has its own.
 */
void
td_rate_chart_set_navigator (TdRateChart      *self,
                             TdChartNavigator *navigator)
{
  g_return_if_fail (TD_IS_RATE_CHART (self));
  g_return_if_fail (TD_IS_CHART_NAVIGATOR (navigator));

  if (self->navigator != NULL)
    g_signal_handlers_disconnect_by_data (self->navigator, self);
  g_set_object (&self->navigator, navigator);
  g_signal_connect_object (navigator, "view-changed", G_CALLBACK (drop_layers), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (navigator, "moved", G_CALLBACK (moved_cb), self, G_CONNECT_SWAPPED);
  drop_layers (self);
}

/**
 * td_rate_chart_set_day:
 * @self: a chart
 * @start: when the day began, µs since 1970
 * @n_minutes: length of the day: 1440, or an hour more or less when the clocks change
 * @zone: the centre's zone
 */
void
td_rate_chart_set_day (TdRateChart *self,
                       gint64       start,
                       guint        n_minutes,
                       GTimeZone   *zone)
{
  g_return_if_fail (TD_IS_RATE_CHART (self));
  g_return_if_fail (n_minutes > 0);
  g_return_if_fail (zone != NULL);

  td_chart_navigator_set_day (self->navigator, start, n_minutes);
  if (td_chart_data_set_day (&self->data, start, n_minutes, zone))
    show_anew (self);
}

/**
 * td_rate_chart_set_name:
 * @self: a chart
 * @name: (nullable): what the day is called in the legend; %NULL for today
 */
void
td_rate_chart_set_name (TdRateChart *self,
                        const char  *name)
{
  g_return_if_fail (TD_IS_RATE_CHART (self));

  if (td_chart_data_set_name (&self->data, name))
    show_anew (self);
}

/**
 * td_rate_chart_set_rates:
 * @self: a chart
 * @rates: (array length=n_rates): calls in the 15 minutes up to the end of
 *   each minute, NAN where one of them is not known
 * @observed: (array length=n_rates): calls in each minute, NAN where it was
 *   not observed
 * @n_rates: minutes of the day that have passed
 */
void
td_rate_chart_set_rates (TdRateChart  *self,
                         const double *rates,
                         const double *observed,
                         guint         n_rates)
{
  g_return_if_fail (TD_IS_RATE_CHART (self));
  g_return_if_fail ((rates != NULL && observed != NULL) || n_rates == 0);

  if (td_chart_data_set_values (&self->data, rates, observed, n_rates))
    show_anew (self);
}

/**
 * td_rate_chart_set_now:
 * @self: a chart
 * @now: by the centre's clock, µs since 1970
 * @rate: calls in the 15 minutes before @now, or %TD_UNKNOWN
 *
 * Moves the mark of the present moment; cheap enough for every second.
 */
void
td_rate_chart_set_now (TdRateChart *self,
                       gint64       now,
                       gint64       rate)
{
  g_return_if_fail (TD_IS_RATE_CHART (self));

  /* A second is less than a pixel; a minute moves the label and may close a gap. */
  if (self->data.now / TD_CHART_MINUTE == now / TD_CHART_MINUTE && self->data.current == rate)
    return;

  self->data.now = now;
  self->data.current = rate;
  drop_layers (self);
}

/**
 * td_rate_chart_set_past:
 * @self: a chart
 * @is_past: whether its present is a moment that is looked back at, and not to
 *   be called now
 */
void
td_rate_chart_set_past (TdRateChart *self,
                        gboolean     is_past)
{
  g_return_if_fail (TD_IS_RATE_CHART (self));

  if (self->data.is_past == is_past)
    return;

  self->data.is_past = is_past;
  drop_layers (self);
}

/**
 * td_rate_chart_set_title:
 * @self: a chart
 * @title: what the chart is called, for a screen reader
 */
void
td_rate_chart_set_title (TdRateChart *self,
                         const char  *title)
{
  g_return_if_fail (TD_IS_RATE_CHART (self));

  if (g_strcmp0 (self->title, title) == 0)
    return;

  g_free (self->title);
  self->title = g_strdup (title);
  update_description (self);
}

/**
 * td_rate_chart_set_normal:
 * @self: a chart
 * @bands: (nullable) (array length=n_bands): what is normal, for each minute of the day
 * @n_bands: how many
 */
void
td_rate_chart_set_normal (TdRateChart      *self,
                          const TdRateBand *bands,
                          guint             n_bands)
{
  g_return_if_fail (TD_IS_RATE_CHART (self));
  g_return_if_fail (bands != NULL || n_bands == 0);

  if (td_chart_data_set_normal (&self->data, bands, n_bands))
    show_anew (self);
}

/**
 * td_rate_chart_set_forecast:
 * @self: a chart
 * @bands: (nullable) (array length=n_bands): what is to come, NAN for minutes that have passed
 * @n_bands: how many
 */
void
td_rate_chart_set_forecast (TdRateChart      *self,
                            const TdRateBand *bands,
                            guint             n_bands)
{
  g_return_if_fail (TD_IS_RATE_CHART (self));
  g_return_if_fail (bands != NULL || n_bands == 0);

  if (td_chart_data_set_forecast (&self->data, bands, n_bands))
    show_anew (self);
}

/**
 * td_rate_chart_set_marks:
 * @self: a chart
 * @marks: (nullable) (array length=n_marks): what a person said of some hours; copied
 * @n_marks: how many
 */
void
td_rate_chart_set_marks (TdRateChart      *self,
                         const TdRateMark *marks,
                         guint             n_marks)
{
  g_return_if_fail (TD_IS_RATE_CHART (self));
  g_return_if_fail (marks != NULL || n_marks == 0);

  if (td_chart_data_set_marks (&self->data, marks, n_marks))
    drop_layers (self);
}

/**
 * td_rate_chart_set_overlay:
 * @self: a chart
 * @index: which of the four, 0…3
 * @rates: (nullable) (array length=n_rates): another day's, as those of td_rate_chart_set_rates()
 * @n_rates: how many; 0 takes it away
 * @name: (nullable): which day it is; %NULL takes it away
 * @date: the same, as of g_date_get_julian()
 */
void
td_rate_chart_set_overlay (TdRateChart  *self,
                           guint         index,
                           const double *rates,
                           guint         n_rates,
                           const char   *name,
                           guint         date)
{
  g_return_if_fail (TD_IS_RATE_CHART (self));
  g_return_if_fail (index < TD_CHART_OVERLAYS);
  g_return_if_fail (rates != NULL || n_rates == 0);

  if (td_chart_data_set_overlay (&self->data, index, rates, n_rates, name, date))
    drop_layers (self);
}

/**
 * td_rate_chart_set_cumulative:
 * @self: a chart
 * @cumulative: whether the values are calls since midnight, not of 15 minutes
 */
void
td_rate_chart_set_cumulative (TdRateChart *self,
                              gboolean     cumulative)
{
  g_return_if_fail (TD_IS_RATE_CHART (self));

  if (self->data.cumulative == cumulative)
    return;

  self->data.cumulative = cumulative;
  show_anew (self);
}

/**
 * td_rate_chart_get_y_max:
 * @self: a chart
 *
 * Returns: the greatest value that it has to show of its day
 */
double
td_rate_chart_get_y_max (TdRateChart *self)
{
  g_return_val_if_fail (TD_IS_RATE_CHART (self), 0);

  return td_chart_data_get_greatest (&self->data, 0, self->data.n_minutes);
}

/**
 * td_rate_chart_set_y_max:
 * @self: a chart
 * @y_max: the value that its scale reaches at least, or 0 for one of its own
 *
 * Gives charts side by side one scale: the greatest of all their
 * td_rate_chart_get_y_max().
 */
void
td_rate_chart_set_y_max (TdRateChart *self,
                         double       y_max)
{
  g_return_if_fail (TD_IS_RATE_CHART (self));
  g_return_if_fail (y_max >= 0);

  if (self->data.least_top == y_max)
    return;

  self->data.least_top = y_max;
  drop_layers (self);
}

/**
 * td_rate_chart_export:
 * @self: a chart
 * @stream: what it shows, for the first column
 * @csv: to which rows are added; where it is empty, a header too
 */
void
td_rate_chart_export (TdRateChart *self,
                      const char  *stream,
                      GString     *csv)
{
  g_return_if_fail (TD_IS_RATE_CHART (self));
  g_return_if_fail (stream != NULL);
  g_return_if_fail (csv != NULL);

  if (csv->len == 0)
    td_chart_csv_add_header (csv, &self->data);
  td_chart_csv_add_rows (csv, &self->data, stream);
}
