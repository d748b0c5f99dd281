/* td-rate-card.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-rate-card.h"

#include <glib/gi18n.h>
#include <math.h>

#include "td-format.h"
#include "td-outlook-view.h"
#include "td-rate-chart.h"
#include "td-stat-tile.h"

#define WINDOW_MINUTES 15
#define MAX_OVERLAYS 4

struct _TdRateCard
{
  GtkWidget parent_instance;

  TdWatch     *watch; /* (owned) */
  TdStreamKind kind;
  char        *id; /* (owned) */
  gboolean     cumulative;
  guint        days_ago[MAX_OVERLAYS];
  guint        n_overlays;

  GtkWidget *title;
  GtkWidget *caption;
  GtkWidget *number;
  GtkWidget *deviation;
  GtkWidget *normal;
  GtkWidget *chart;
};

enum {
  MINUTE_ACTIVATED,
  MARK_ACTIVATED,
  N_SIGNALS
};

G_DEFINE_FINAL_TYPE (TdRateCard, td_rate_card, GTK_TYPE_WIDGET)

static guint signals[N_SIGNALS];

static void
minute_activated_cb (TdRateCard *self,
                     gint64      time)
{
  g_signal_emit (self, signals[MINUTE_ACTIVATED], 0, time);
}

static void
mark_activated_cb (TdRateCard *self,
                   gint64      id)
{
  g_signal_emit (self, signals[MARK_ACTIVATED], 0, id);
}

static void
td_rate_card_dispose (GObject *object)
{
  TdRateCard *self = TD_RATE_CARD (object);
  GtkWidget  *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->watch);

  G_OBJECT_CLASS (td_rate_card_parent_class)->dispose (object);
}

static void
td_rate_card_finalize (GObject *object)
{
  g_free (TD_RATE_CARD (object)->id);

  G_OBJECT_CLASS (td_rate_card_parent_class)->finalize (object);
}

static void
td_rate_card_class_init (TdRateCardClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = td_rate_card_dispose;
  object_class->finalize = td_rate_card_finalize;

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "ratecard");

  signals[MINUTE_ACTIVATED] = g_signal_new ("minute-activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                            NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
  signals[MARK_ACTIVATED] = g_signal_new ("mark-activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
}

static GtkWidget *
add_label (GtkWidget  *box,
           const char *css_class,
           gboolean    gives_way)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_widget_add_css_class (label, css_class);
  gtk_widget_set_valign (label, GTK_ALIGN_BASELINE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  if (gives_way)
    gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_box_append (GTK_BOX (box), label);

  return label;
}

static void
td_rate_card_init (TdRateCard *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));
  GtkWidget        *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_widget_add_css_class (GTK_WIDGET (self), "td-card");
  gtk_widget_add_css_class (GTK_WIDGET (self), "td-padded");

  self->title = add_label (head, "td-title", TRUE);
  self->caption = add_label (head, "td-caption", TRUE);
  gtk_widget_set_hexpand (self->caption, TRUE);
  self->number = add_label (head, "td-key", FALSE);
  self->deviation = add_label (head, "td-key-unit", FALSE);
  self->normal = add_label (head, "td-caption", TRUE);
  gtk_widget_set_parent (head, GTK_WIDGET (self));

  self->chart = td_rate_chart_new ();
  gtk_widget_set_vexpand (self->chart, TRUE);
  gtk_widget_set_parent (self->chart, GTK_WIDGET (self));
  g_signal_connect_object (self->chart, "minute-activated", G_CALLBACK (minute_activated_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->chart, "mark-activated", G_CALLBACK (mark_activated_cb), self, G_CONNECT_SWAPPED);
}

static void
show_title (TdRateCard *self)
{
  const char *name = td_outlook_view_get_title (td_watch_get_centre (self->watch), self->kind, self->id);

  if (self->cumulative)
    {
      td_label_set (GTK_LABEL (self->title), _ ("Calls of the day, summed up"));
      td_label_set (GTK_LABEL (self->caption), name);
    }
  else
    {
      td_label_set (GTK_LABEL (self->title), name);
      td_label_set (GTK_LABEL (self->caption), _ ("calls offered in 15 minutes, sliding"));
    }
  td_rate_chart_set_title (TD_RATE_CHART (self->chart), gtk_label_get_text (GTK_LABEL (self->title)));
}

/**
 * td_rate_card_new:
 * @watch: what is watched
 * @kind: what @id is
 * @id: a stream of calls
 * @cumulative: whether the calls of the day are summed up
 *
 * Returns: (transfer floating): a card that shows nothing yet
 */
GtkWidget *
td_rate_card_new (TdWatch     *watch,
                  TdStreamKind kind,
                  const char  *id,
                  gboolean     cumulative)
{
  TdRateCard *self = g_object_new (TD_TYPE_RATE_CARD, NULL);

  self->watch = g_object_ref (watch);
  self->kind = kind;
  self->id = g_strdup (id);
  self->cumulative = cumulative;
  td_rate_chart_set_cumulative (TD_RATE_CHART (self->chart), cumulative);
  show_title (self);

  return GTK_WIDGET (self);
}

TdStreamKind
td_rate_card_get_kind (TdRateCard *self)
{
  g_return_val_if_fail (TD_IS_RATE_CARD (self), TD_STREAM_ALL);

  return self->kind;
}

const char *
td_rate_card_get_id (TdRateCard *self)
{
  g_return_val_if_fail (TD_IS_RATE_CARD (self), "");

  return self->id;
}

/**
 * td_rate_card_set_overlay:
 * @self: a card
 * @days_ago: (array length=n_days): days to draw with today's
 * @n_days: at most 4
 */
void
td_rate_card_set_overlay (TdRateCard  *self,
                          const guint *days_ago,
                          guint        n_days)
{
  g_return_if_fail (TD_IS_RATE_CARD (self));

  self->n_overlays = MIN (n_days, MAX_OVERLAYS);
  for (guint i = 0; i < self->n_overlays; i++)
    self->days_ago[i] = days_ago[i];
}

static void
show_rate (TdRateCard             *self,
           const TdOutlookFigures *figures,
           TdOutlookState          state)
{
  g_autofree char *number = td_format_count (figures->offered_15min);
  g_autofree char *deviation = td_outlook_view_format_deviation (figures);
  g_autofree char *normal = td_outlook_view_format_normal (figures, state);
  TdSeverity       severity = td_outlook_view_get_severity (figures);

  td_label_set (GTK_LABEL (self->number), number);
  td_label_set (GTK_LABEL (self->deviation), deviation);
  td_label_set (GTK_LABEL (self->normal), normal);
  if (!gtk_widget_has_css_class (GTK_WIDGET (self), td_palette_severity_class (severity)))
    td_palette_set_severity (GTK_WIDGET (self), severity);
}

static void
show_sum (TdRateCard             *self,
          const TdOutlookFigures *figures,
          TdOutlookState          state)
{
  g_autofree char *number = td_format_calls (figures->offered_today);
  g_autofree char *forecast = td_outlook_view_format_forecast (figures);
  g_autofree char *deviation = NULL;

  if (figures->known && figures->normal_by_now.mean >= 1)
    deviation = td_format_deviation (figures->offered_today / figures->normal_by_now.mean - 1, figures->runs_high || figures->runs_low);
  td_label_set (GTK_LABEL (self->number), number);
  td_label_set (GTK_LABEL (self->deviation), deviation);
  td_label_set (GTK_LABEL (self->normal), forecast != NULL ? forecast : td_outlook_view_format_state (state));
}

/**
 * td_rate_card_refresh:
 * @self: a card
 *
 * Shows the numbers of now.
 */
void
td_rate_card_refresh (TdRateCard *self)
{
  TdOutlook       *outlook;
  TdOutlookFigures figures;

  g_return_if_fail (TD_IS_RATE_CARD (self));

  outlook = td_watch_get_outlook (self->watch);
  td_outlook_get_figures (outlook, self->kind, self->id, &figures);
  if (self->cumulative)
    show_sum (self, &figures, td_outlook_get_state (outlook));
  else
    show_rate (self, &figures, td_outlook_get_state (outlook));
  td_rate_chart_set_now (TD_RATE_CHART (self->chart), td_watch_get_now (self->watch),
                         self->cumulative ? (gint64)figures.offered_today : figures.offered_15min);
}

static void
show_overlays (TdRateCard *self,
               guint       n_minutes)
{
  double rates[TD_DAY_MINUTES];

  for (guint i = 0; i < MAX_OVERLAYS; i++)
    {
      g_autofree char *name = NULL;

      if (i >= self->n_overlays || self->cumulative)
        {
          td_rate_chart_set_overlay (TD_RATE_CHART (self->chart), i, NULL, 0, NULL);
          continue;
        }
      td_outlook_get_past_rates (td_watch_get_outlook (self->watch), self->kind, self->id, self->days_ago[i],
                                 WINDOW_MINUTES, rates, n_minutes);
      name = td_outlook_view_format_day (td_watch_get_centre (self->watch), td_watch_get_now (self->watch), self->days_ago[i]);
      td_rate_chart_set_overlay (TD_RATE_CHART (self->chart), i, rates, n_minutes, name);
    }
}

/* What was not observed is left out of the sum, and so of what is normal. */
static void
show_sums (TdRateCard   *self,
           const double *offered,
           guint         n_observed,
           guint         n_minutes)
{
  TdOutlook                 *outlook = td_watch_get_outlook (self->watch);
  g_autofree TdOutlookRange *ranges = g_new (TdOutlookRange, TD_DAY_MINUTES);
  g_autofree TdRateBand     *bands = g_new (TdRateBand, TD_DAY_MINUTES);
  double                     sums[TD_DAY_MINUTES];
  double                     sum = 0, left_out = 0;

  for (guint i = 0; i < n_observed; i++)
    {
      sum += isnan (offered[i]) ? 0 : offered[i];
      sums[i] = isnan (offered[i]) ? NAN : sum;
    }
  td_rate_chart_set_rates (TD_RATE_CHART (self->chart), sums, offered, n_observed);
  if (td_outlook_get_state (outlook) != TD_OUTLOOK_READY)
    {
      td_rate_chart_set_normal (TD_RATE_CHART (self->chart), NULL, 0);
      td_rate_chart_set_forecast (TD_RATE_CHART (self->chart), NULL, 0);
      return;
    }

  td_outlook_get_normal (outlook, self->kind, self->id, 1, ranges, n_minutes);
  for (guint i = 0; i < n_minutes; i++)
    bands[i].mean = ranges[i].mean;
  td_outlook_get_normal (outlook, self->kind, self->id, TD_DAY_MINUTES, ranges, n_minutes);
  for (guint i = 0; i < n_minutes; i++)
    {
      if (i < n_observed && isnan (offered[i]) && !isnan (bands[i].mean))
        left_out += bands[i].mean;
      bands[i] = (TdRateBand){ ranges[i].mean - left_out, MAX (ranges[i].low80 - left_out, 0), ranges[i].high80 - left_out,
                               MAX (ranges[i].low95 - left_out, 0), ranges[i].high95 - left_out };
    }
  td_rate_chart_set_normal (TD_RATE_CHART (self->chart), bands, n_minutes);
  td_outlook_get_forecast (outlook, self->kind, self->id, TD_DAY_MINUTES, ranges, n_minutes);
  td_outlook_view_copy_bands (ranges, bands, n_minutes);
  td_rate_chart_set_forecast (TD_RATE_CHART (self->chart), bands, n_minutes);
}

/**
 * td_rate_card_refresh_day:
 * @self: a card
 *
 * Draws the day anew.
 */
void
td_rate_card_refresh_day (TdRateCard *self)
{
  TdCentre  *centre;
  TdOutlook *outlook;
  gint64     start;
  guint      n_minutes, n_observed;
  double     offered[TD_DAY_MINUTES];
  double     rates[TD_DAY_MINUTES];

  g_return_if_fail (TD_IS_RATE_CARD (self));

  centre = td_watch_get_centre (self->watch);
  outlook = td_watch_get_outlook (self->watch);
  start = td_day_get_start (td_watch_get_day (self->watch));
  if (td_centre_is_empty (centre) || !TD_IS_KNOWN (start))
    return;

  show_title (self);
  n_minutes = td_outlook_view_get_day_length (centre, start);
  n_observed = MIN (td_day_get_n_minutes (td_watch_get_day (self->watch)), TD_DAY_MINUTES);
  td_rate_chart_set_day (TD_RATE_CHART (self->chart), start, n_minutes, td_centre_get_timezone (centre));
  td_outlook_get_rates (outlook, self->kind, self->id, 1, offered, n_observed);
  if (self->cumulative)
    show_sums (self, offered, n_observed, n_minutes);
  else
    {
      td_outlook_get_rates (outlook, self->kind, self->id, WINDOW_MINUTES, rates, n_observed);
      td_rate_chart_set_rates (TD_RATE_CHART (self->chart), rates, offered, n_observed);
      td_outlook_view_show_bands (TD_RATE_CHART (self->chart), outlook, self->kind, self->id, WINDOW_MINUTES, n_minutes);
    }
  show_overlays (self, n_minutes);
  td_outlook_view_show_marks (TD_RATE_CHART (self->chart), td_watch_get_history (self->watch),
                              self->kind == TD_STREAM_QUEUE ? self->id : NULL, start, start + n_minutes * TD_HISTORY_MINUTE_US);
}

/**
 * td_rate_card_set_navigator:
 * @self: a card
 * @navigator: which hours and which minute it shows
 */
void
td_rate_card_set_navigator (TdRateCard       *self,
                            TdChartNavigator *navigator)
{
  g_return_if_fail (TD_IS_RATE_CARD (self));

  td_rate_chart_set_navigator (TD_RATE_CHART (self->chart), navigator);
}

double
td_rate_card_get_y_max (TdRateCard *self)
{
  g_return_val_if_fail (TD_IS_RATE_CARD (self), 0);

  return td_rate_chart_get_y_max (TD_RATE_CHART (self->chart));
}

/**
 * td_rate_card_set_y_max:
 * @self: a card
 * @y_max: the value that its scale reaches at least, or 0
 */
void
td_rate_card_set_y_max (TdRateCard *self,
                        double      y_max)
{
  g_return_if_fail (TD_IS_RATE_CARD (self));

  td_rate_chart_set_y_max (TD_RATE_CHART (self->chart), y_max);
}
