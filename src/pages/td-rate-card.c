/* td-rate-card.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-rate-card.h"

#include <glib/gi18n.h>
#include <math.h>

#include "td-chart-data.h"
#include "td-format.h"
#include "td-outlook-view.h"
#include "td-rate-chart.h"
#include "td-rate-source.h"
#include "td-stat-tile.h"

#define WINDOW_MINUTES 15

struct _TdRateCard
{
  GtkWidget parent_instance;

  TdRateSource source;
  gboolean     cumulative;
  GPtrArray   *others; /* (owned) (element-type TdPastDay): that are laid over it */

  GtkWidget *title;
  GtkWidget *caption;
  GtkWidget *number;
  GtkWidget *deviation;
  GtkWidget *normal;
  GtkWidget *comparison;
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
  g_clear_object (&self->source.day);
  g_ptr_array_set_size (self->others, 0);
  g_clear_object (&self->source.watch);

  G_OBJECT_CLASS (td_rate_card_parent_class)->dispose (object);
}

static void
td_rate_card_finalize (GObject *object)
{
  TdRateCard *self = TD_RATE_CARD (object);

  g_free (self->source.id);
  g_ptr_array_unref (self->others);

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

  self->others = g_ptr_array_new_with_free_func (g_object_unref);
  self->comparison = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->comparison, "td-caption");
  gtk_label_set_xalign (GTK_LABEL (self->comparison), 0);
  gtk_label_set_ellipsize (GTK_LABEL (self->comparison), PANGO_ELLIPSIZE_END);
  gtk_widget_set_visible (self->comparison, FALSE);
  gtk_widget_set_parent (self->comparison, GTK_WIDGET (self));

  self->chart = td_rate_chart_new ();
  gtk_widget_set_vexpand (self->chart, TRUE);
  gtk_widget_set_parent (self->chart, GTK_WIDGET (self));
  g_signal_connect_object (self->chart, "minute-activated", G_CALLBACK (minute_activated_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->chart, "mark-activated", G_CALLBACK (mark_activated_cb), self, G_CONNECT_SWAPPED);
}

static void
show_title (TdRateCard *self)
{
  const char *name = td_outlook_view_get_title (td_watch_get_centre (self->source.watch), self->source.kind, self->source.id);

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

  self->source.watch = g_object_ref (watch);
  self->source.kind = kind;
  self->source.id = g_strdup (id);
  self->cumulative = cumulative;
  td_rate_chart_set_cumulative (TD_RATE_CHART (self->chart), cumulative);
  show_title (self);

  return GTK_WIDGET (self);
}

TdStreamKind
td_rate_card_get_kind (TdRateCard *self)
{
  g_return_val_if_fail (TD_IS_RATE_CARD (self), TD_STREAM_ALL);

  return self->source.kind;
}

const char *
td_rate_card_get_id (TdRateCard *self)
{
  g_return_val_if_fail (TD_IS_RATE_CARD (self), "");

  return self->source.id;
}

/**
 * td_rate_card_set_days:
 * @self: a card
 * @main_day: (nullable): the day that it shows, or %NULL for today
 * @others: (element-type TdPastDay): days that are laid over it, at most four
 */
void
td_rate_card_set_days (TdRateCard *self,
                       TdPastDay  *main_day,
                       GPtrArray  *others)
{
  g_return_if_fail (TD_IS_RATE_CARD (self));
  g_return_if_fail (main_day == NULL || TD_IS_PAST_DAY (main_day));
  g_return_if_fail (others != NULL);

  g_set_object (&self->source.day, main_day);
  g_ptr_array_set_size (self->others, 0);
  for (guint i = 0; i < MIN (others->len, TD_CHART_OVERLAYS); i++)
    g_ptr_array_add (self->others, g_object_ref (others->pdata[i]));
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

  /* A day that is over has no now. */
  if (self->source.day != NULL)
    {
      td_rate_chart_set_now (TD_RATE_CHART (self->chart), td_watch_get_now (self->source.watch), TD_UNKNOWN);
      return;
    }

  outlook = td_watch_get_outlook (self->source.watch);
  td_outlook_get_figures (outlook, self->source.kind, self->source.id, &figures);
  if (self->cumulative)
    show_sum (self, &figures, td_outlook_get_state (outlook));
  else
    show_rate (self, &figures, td_outlook_get_state (outlook));
  td_rate_chart_set_now (TD_RATE_CHART (self->chart), td_watch_get_now (self->source.watch),
                         self->cumulative ? (gint64)figures.offered_today : figures.offered_15min);
}

static void
show_overlays (TdRateCard *self,
               guint       n_minutes)
{
  TdRateChart *chart = TD_RATE_CHART (self->chart);
  double       rates[TD_DAY_MINUTES];

  for (guint i = 0; i < TD_CHART_OVERLAYS; i++)
    {
      TdPastDay       *day = i < self->others->len ? self->others->pdata[i] : NULL;
      g_autofree char *name = day != NULL ? td_rate_source_format_day (&self->source, day) : NULL;

      if (day == NULL)
        {
          td_rate_chart_set_overlay (chart, i, NULL, 0, NULL, 0);
          continue;
        }

      td_rate_source_get_rates (&self->source, day, self->cumulative ? 1 : WINDOW_MINUTES, rates, n_minutes);
      if (self->cumulative)
        td_rate_source_add_up (rates, rates, n_minutes);
      td_rate_chart_set_overlay (chart, i, rates, n_minutes, name, td_past_day_get_julian (day));
    }
}

/* Both days by the minutes that were observed on both. */
static void
show_comparison (TdRateCard   *self,
                 const double *offered,
                 guint         n_observed)
{
  TdPastDay       *other = self->others->len == 1 ? self->others->pdata[0] : NULL;
  double           rates[TD_DAY_MINUTES], total = 0, other_total = 0;
  g_autofree char *text = NULL;
  g_autofree char *other_name = NULL;
  g_autofree char *count = NULL;
  g_autofree char *other_count = NULL;
  g_autofree char *deviation = NULL;

  if (other != NULL)
    {
      td_rate_source_get_rates (&self->source, other, 1, rates, n_observed);
      for (guint i = 0; i < n_observed; i++)
        {
          if (isnan (offered[i]) || isnan (rates[i]))
            continue;

          total += offered[i];
          other_total += rates[i];
        }
      other_name = td_rate_source_format_day (&self->source, other);
      count = td_format_calls (total);
      other_count = td_format_calls (other_total);
      deviation = td_format_deviation (total > 0 ? other_total / total - 1 : NAN, FALSE);
    }

  if (other != NULL && self->source.day != NULL)
    {
      g_autofree char *name = td_rate_source_format_day (&self->source, self->source.day);

      /* Translators: two days compared: the first, its calls, the second, its calls, and how many more or fewer. */
      text = g_strdup_printf (_ ("%s: %s calls · %s: %s calls, %s"), name, count, other_name, other_count, deviation);
    }
  else if (other != NULL)
    {
      GTimeZone       *zone = td_centre_get_timezone (td_watch_get_centre (self->source.watch));
      gint64           start = td_day_get_start (td_watch_get_day (self->source.watch));
      g_autofree char *clock = td_format_clock (start + n_observed * TD_HISTORY_MINUTE_US, zone);

      /* Translators: today so far and another day compared: a time of day, today's calls until then, the other
       * day, its calls until then, and how many more or fewer. */
      text = g_strdup_printf (_ ("Until %s · today: %s calls · %s: %s calls, %s"), clock, count, other_name, other_count,
                              deviation);
    }

  td_label_set (GTK_LABEL (self->comparison), text);
  gtk_widget_set_tooltip_text (self->comparison, text != NULL ? _ ("Minutes that were not observed on both days are left out.") : NULL);
  gtk_widget_set_visible (self->comparison, text != NULL);
}

/* Of a day that is over, all of it is what counts. */
static void
show_past (TdRateCard   *self,
           const double *offered,
           guint         n_minutes)
{
  g_autofree TdRateBand *bands = g_new (TdRateBand, TD_DAY_MINUTES);
  double                 sums[TD_DAY_MINUTES];
  double                 total = td_rate_source_add_up (offered, sums, n_minutes);
  TdRateBand             band = { NAN, NAN, NAN, NAN, NAN };
  g_autofree char       *count = td_format_calls (total);
  g_autofree char       *number = NULL;
  g_autofree char       *deviation = NULL;
  g_autofree char       *normal = NULL;

  if (td_rate_source_knows_normal (&self->source))
    {
      td_rate_source_add_up_normal (&self->source, offered, n_minutes, bands, n_minutes);
      band = bands[n_minutes - 1];
    }
  if (isfinite (band.mean) && band.mean >= 1)
    {
      g_autofree char *mean = td_format_calls (band.mean);
      g_autofree char *range = td_format_range (band.low95, band.high95);

      deviation = td_format_deviation (total / band.mean - 1, total > band.high95 || total < band.low95);
      /* Translators: the calls that were normal for a past day, and their band. */
      normal = g_strdup_printf (_ ("Normal %s (%s)"), mean, range);
    }

  /* Translators: the calls of a past day. */
  number = g_strdup_printf (ngettext ("%s call", "%s calls", (gulong)CLAMP (total, 0, 1e6)), count);
  td_label_set (GTK_LABEL (self->number), number);
  td_label_set (GTK_LABEL (self->deviation), deviation);
  td_label_set (GTK_LABEL (self->normal), normal != NULL ? normal : _ ("normal not known"));
  td_palette_set_severity (GTK_WIDGET (self), TD_SEVERITY_NORMAL);
}

static void
show_forecast (TdRateCard *self,
               guint       window,
               guint       n_minutes)
{
  g_autofree TdOutlookRange *ranges = g_new (TdOutlookRange, TD_DAY_MINUTES);
  g_autofree TdRateBand     *bands = g_new (TdRateBand, TD_DAY_MINUTES);

  if (self->source.day != NULL || !td_rate_source_knows_normal (&self->source))
    {
      td_rate_chart_set_forecast (TD_RATE_CHART (self->chart), NULL, 0);
      return;
    }

  td_outlook_get_forecast (td_watch_get_outlook (self->source.watch), self->source.kind, self->source.id, window, ranges, n_minutes);
  td_outlook_view_copy_bands (ranges, bands, n_minutes);
  td_rate_chart_set_forecast (TD_RATE_CHART (self->chart), bands, n_minutes);
}

static void
show_lines (TdRateCard   *self,
            const double *offered,
            guint         n_observed,
            guint         n_minutes)
{
  TdRateChart               *chart = TD_RATE_CHART (self->chart);
  g_autofree TdOutlookRange *ranges = g_new (TdOutlookRange, TD_DAY_MINUTES);
  g_autofree TdRateBand     *bands = g_new (TdRateBand, TD_DAY_MINUTES);
  double                     rates[TD_DAY_MINUTES];

  if (self->cumulative)
    td_rate_source_add_up (offered, rates, n_observed);
  else
    td_rate_source_get_rates (&self->source, self->source.day, WINDOW_MINUTES, rates, n_observed);
  td_rate_chart_set_rates (chart, rates, offered, n_observed);

  if (td_rate_source_knows_normal (&self->source) && self->cumulative)
    td_rate_source_add_up_normal (&self->source, offered, n_observed, bands, n_minutes);
  else if (td_rate_source_knows_normal (&self->source))
    {
      td_rate_source_get_normal (&self->source, WINDOW_MINUTES, ranges, n_minutes);
      td_outlook_view_copy_bands (ranges, bands, n_minutes);
    }
  td_rate_chart_set_normal (chart, td_rate_source_knows_normal (&self->source) ? bands : NULL, td_rate_source_knows_normal (&self->source) ? n_minutes : 0);
  show_forecast (self, self->cumulative ? TD_DAY_MINUTES : WINDOW_MINUTES, n_minutes);
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
  TdCentre        *centre;
  TdDay           *today;
  gint64           start;
  guint            n_minutes, n_observed;
  double           offered[TD_DAY_MINUTES];
  g_autofree char *name = NULL;

  g_return_if_fail (TD_IS_RATE_CARD (self));

  centre = td_watch_get_centre (self->source.watch);
  today = td_watch_get_day (self->source.watch);
  start = self->source.day != NULL ? td_past_day_get_start (self->source.day) : td_day_get_start (today);
  if (td_centre_is_empty (centre) || !TD_IS_KNOWN (td_day_get_start (today)))
    return;

  show_title (self);
  if (self->source.day != NULL)
    name = td_rate_source_format_day (&self->source, self->source.day);
  n_minutes = self->source.day != NULL ? td_past_day_get_n_minutes (self->source.day) : td_outlook_view_get_day_length (centre, start);
  n_observed = self->source.day != NULL ? n_minutes : MIN (td_day_get_n_minutes (today), TD_DAY_MINUTES);
  td_rate_chart_set_name (TD_RATE_CHART (self->chart), name);
  td_rate_chart_set_day (TD_RATE_CHART (self->chart), start, n_minutes, td_centre_get_timezone (centre));

  td_rate_source_get_rates (&self->source, self->source.day, 1, offered, n_observed);
  show_lines (self, offered, n_observed, n_minutes);
  show_overlays (self, n_minutes);
  show_comparison (self, offered, n_observed);
  if (self->source.day != NULL)
    show_past (self, offered, n_minutes);
  td_outlook_view_show_marks (TD_RATE_CHART (self->chart), td_watch_get_history (self->source.watch),
                              self->source.kind == TD_STREAM_QUEUE ? self->source.id : NULL, start, start + n_minutes * TD_HISTORY_MINUTE_US);
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

/**
 * td_rate_card_export:
 * @self: a card
 * @csv: to which it adds what it shows
 */
void
td_rate_card_export (TdRateCard *self,
                     GString    *csv)
{
  g_return_if_fail (TD_IS_RATE_CARD (self));

  td_rate_chart_export (TD_RATE_CHART (self->chart),
                        td_outlook_view_get_title (td_watch_get_centre (self->source.watch), self->source.kind, self->source.id), csv);
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
