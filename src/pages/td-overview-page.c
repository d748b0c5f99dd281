/* td-overview-page.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-overview-page.h"

#include <glib/gi18n.h>

#include "td-alarm-bar.h"
#include "td-format.h"
#include "td-help-line.h"
#include "td-outlook-view.h"
#include "td-page-health.h"
#include "td-queue-board.h"
#include "td-rate-chart.h"
#include "td-severity.h"
#include "td-size-bin.h"
#include "td-staffing-view.h"
#include "td-stat-tile.h"
#include "td-state-bar.h"
#include "td-state-legend.h"
#include "td-totals.h"

#define WINDOW_MINUTES 15
#define N_COLUMNS 60 /* of the grid that the chart and the queues share */

struct _TdOverviewPage
{
  GtkWidget parent_instance;

  TdWatch *watch; /* (owned) (nullable) */
  guint    tick_id;

  GtkWidget  *bin;
  TdAlarmBar *alarm_bar;
  TdStatTile *waiting_tile;
  TdStatTile *longest_tile;
  TdStatTile *level_tile;
  TdStatTile *rate_tile;
  TdStatTile *today_tile;
  TdStatTile *agents_tile;
  GtkWidget  *left;
  GtkLabel   *chart_title;
  GtkLabel   *chart_caption;
  GtkWidget  *chart;
  GtkWidget  *help;
  GtkWidget  *bar;
  GtkWidget  *legend;
  GtkWidget  *board;
};

G_DEFINE_FINAL_TYPE (TdOverviewPage, td_overview_page, GTK_TYPE_WIDGET)

/* Callers who have waited for @limit_ms or longer; unknown where the source
 * does not list them all. */
static gint64
count_waiting_beyond (TdCentre       *centre,
                      const TdTotals *totals,
                      gint64          now,
                      gint64          limit_ms)
{
  TdRoster *callers = td_centre_get_callers (centre);
  guint     n_callers = td_roster_get_size (callers);
  gint64    n_beyond = 0;

  if (!TD_IS_KNOWN (totals->waiting) || n_callers < totals->waiting)
    return TD_UNKNOWN;

  for (guint i = 0; i < n_callers; i++)
    {
      TdCaller *caller = td_roster_get (callers, i);

      if (td_metrics_age_ms (td_caller_get_info (caller)->since, now) >= limit_ms)
        n_beyond++;
    }

  return n_beyond;
}

static void
show_waiting (TdOverviewPage *self,
              TdCentre       *centre,
              const TdTotals *totals,
              gint64          now)
{
  gint64           wait_ms = td_metrics_age_ms (totals->longest_since, now);
  gint64           n_beyond = count_waiting_beyond (centre, totals, now, TD_WAIT_LIMIT_MS);
  g_autofree char *waiting = td_format_count (totals->waiting);
  g_autofree char *longest = td_format_duration (wait_ms);
  g_autofree char *limit = td_format_duration (TD_WAIT_LIMIT_MS);
  g_autofree char *limit_text = NULL;
  g_autofree char *beyond_text = NULL;
  g_autofree char *in_time_text = NULL;

  td_stat_tile_set_value (self->waiting_tile, waiting,
                          TD_IS_KNOWN (totals->waiting)
                            /* Translators: the unit after a big number of people who wait. */
                            ? ngettext ("caller", "callers", MIN (totals->waiting, G_MAXINT))
                            : NULL);
  if (TD_IS_KNOWN (totals->waiting_beyond))
    {
      g_autofree char *count = td_format_count (totals->waiting_beyond);
      int              t = td_centre_get_service_level_ms (centre, NULL) / 1000;

      /* Translators: callers who have waited longer than so many seconds. */
      in_time_text = g_strdup_printf (_ ("%s beyond %d s"), count, t);
    }
  td_stat_tile_set_detail (self->waiting_tile, in_time_text != NULL ? in_time_text : "", NULL);
  td_stat_tile_set_severity (self->waiting_tile,
                             td_severity_of_waiting (totals->waiting, totals->waiting_beyond,
                                                     totals->agents.by_state[TD_AGENT_STATE_AVAILABLE],
                                                     totals->agents.serving));

  /* Translators: the limit of a wait, as minutes and seconds. */
  limit_text = g_strdup_printf (_ ("Limit %s"), limit);
  if (TD_IS_KNOWN (n_beyond))
    {
      g_autofree char *count = td_format_count (n_beyond);

      /* Translators: callers who have waited longer than the limit beside it. */
      beyond_text = g_strdup_printf (_ ("%s beyond"), count);
    }
  td_stat_tile_set_value (self->longest_tile, longest, totals->waiting == 0 ? _ ("nobody waits") : NULL);
  td_stat_tile_set_detail (self->longest_tile, limit_text, beyond_text);
  td_stat_tile_set_severity (self->longest_tile, td_severity_of_wait (wait_ms));
}

/* GTK 4.8 wakes every tooltip when one is set, changed or not. */
static void
explain (TdStatTile *tile,
         GString    *text,
         gboolean    estimated)
{
  if (estimated)
    g_string_append_printf (text, "\n%s", td_format_why_estimated ());
  if (g_strcmp0 (gtk_widget_get_tooltip_text (GTK_WIDGET (tile)), text->str) != 0)
    gtk_widget_set_tooltip_text (GTK_WIDGET (tile), text->str);
}

/* What was not counted from the day's beginning says from when. */
static void
show_captions (TdOverviewPage *self,
               TdCentre       *centre)
{
  gint64           since = td_centre_get_info (centre)->counted_since;
  g_autofree char *clock = NULL;
  g_autofree char *level = NULL;
  g_autofree char *calls = NULL;

  if (!TD_IS_KNOWN (since))
    {
      td_stat_tile_set_caption (self->level_tile, _ ("Service level today"));
      td_stat_tile_set_caption (self->today_tile, _ ("Calls today"));
      return;
    }

  clock = td_format_clock (since, td_centre_get_timezone (centre));
  /* Translators: a time of day. */
  level = g_strdup_printf (_ ("Service level since %s"), clock);
  /* Translators: a time of day. */
  calls = g_strdup_printf (_ ("Calls since %s"), clock);
  td_stat_tile_set_caption (self->level_tile, level);
  td_stat_tile_set_caption (self->today_tile, calls);
}

/* What it takes to end the day at the target, while it is missed. */
static void
reckon_recovery (TdCentre               *centre,
                 const TdTotals         *totals,
                 const TdOutlookFigures *figures,
                 TdRecovery             *recovery)
{
  td_recovery_reckon_day (td_centre_get_service_level_formula (centre), &totals->today, totals->waiting_beyond,
                          figures->forecast_day.mean - figures->offered_today,
                          td_centre_get_service_level_target (centre, NULL), recovery);
}

static void
show_service_level (TdOverviewPage         *self,
                    TdCentre               *centre,
                    const TdTotals         *totals,
                    const TdOutlookFigures *figures)
{
  TdServiceLevelFormula formula = td_centre_get_service_level_formula (centre);
  double                level = td_metrics_service_level (formula, &totals->today, totals->waiting_beyond);
  double                target = td_centre_get_service_level_target (centre, NULL);
  int                   t = td_centre_get_service_level_ms (centre, NULL) / 1000;
  g_autofree char      *level_exact = td_format_percent (level, 1);
  g_autofree char      *level_text = td_format_estimate (level_exact, totals->estimated);
  g_autofree char      *target_text = td_format_percent (target, 0);
  g_autofree char      *detail = NULL;
  g_autofree char      *recovery_text = NULL;
  g_autoptr (GString) tooltip = g_string_new (NULL);
  TdRecovery recovery;

  reckon_recovery (centre, totals, figures, &recovery);
  recovery_text = td_staffing_view_describe_recovery (&recovery, target, t);
  if (level < target)
    detail = td_staffing_view_format_recovery (&recovery);
  if (detail == NULL)
    /* Translators: the target of the service level: "Target 80 % within 20 s". */
    detail = g_strdup_printf (_ ("Target %s within %d s"), target_text, t);
  td_stat_tile_set_value (self->level_tile, level_text, NULL);
  td_stat_tile_set_detail (self->level_tile, detail, NULL);
  td_stat_tile_set_severity (self->level_tile, td_severity_of_service_level (level, target));

  if (recovery_text != NULL)
    g_string_append_printf (tooltip, "%s\n", recovery_text);
  /* Translators: the target of the service level: "Target 80 % within 20 s". */
  g_string_append_printf (tooltip, _ ("Target %s within %d s"), target_text, t);
  g_string_append_c (tooltip, '\n');
  /* Translators: "Service level: FORMULA, T = 20 s." */
  g_string_append_printf (tooltip, _ ("Service level: %s, T = %d s."), td_format_service_level_formula (formula), t);
  if (formula == TD_SERVICE_LEVEL_LIVE)
    g_string_append_printf (tooltip, "\n%s", _ ("A call fails when it crosses T, not when it ends."));
  g_string_append_printf (tooltip, "\n%s", _ ("Amber below the target, red ten points below it."));
  explain (self->level_tile, tooltip, totals->estimated);
}

static char *
format_today (const TdTotals *totals,
              gint64          count)
{
  g_autofree char *exact = td_format_count (count);

  return td_format_estimate (exact, totals->estimated);
}

/* The last 15 minutes against what is normal for them; without it, per minute. */
static void
show_rate (TdOverviewPage         *self,
           const TdTotals         *totals,
           const TdOutlookFigures *figures)
{
  g_autofree char *rate = td_format_count (totals->offered_15min);
  g_autofree char *deviation = td_outlook_view_format_deviation (figures);
  g_autofree char *detail = NULL;

  if (figures->known)
    detail = td_outlook_view_format_normal (figures, TD_OUTLOOK_READY);
  else
    {
      g_autofree char *per_minute = td_format_decimal (td_metrics_per_minute (totals->offered_15min, WINDOW_MINUTES), 1);

      /* Translators: calls per minute; comes as a detail below the calls in 15 minutes. */
      detail = g_strdup_printf (_ ("%s per minute"), per_minute);
    }
  td_stat_tile_set_value (self->rate_tile, rate,
                          deviation != NULL ? deviation
                          : TD_IS_KNOWN (totals->offered_15min)
                            /* Translators: the unit after a big number of calls. */
                            ? ngettext ("call", "calls", MIN (totals->offered_15min, G_MAXINT))
                            : NULL);
  td_stat_tile_set_detail (self->rate_tile, detail, NULL);
  td_stat_tile_set_severity (self->rate_tile, td_outlook_view_get_severity (figures));
}

/* The day so far against what is normal by now, and what it will come to. */
static void
show_today (TdOverviewPage         *self,
            const TdTotals         *totals,
            const TdOutlookFigures *figures)
{
  double           abandon_rate = td_metrics_abandon_rate (&totals->today, totals->waiting);
  g_autofree char *offered = format_today (totals, totals->today.offered);
  g_autofree char *answered = format_today (totals, totals->today.answered);
  g_autofree char *abandoned = format_today (totals, totals->today.abandoned);
  g_autofree char *percent_exact = td_format_percent (abandon_rate, 1);
  g_autofree char *percent = td_format_estimate (percent_exact, totals->estimated);
  g_autofree char *forecast = td_outlook_view_format_forecast (figures);
  g_autofree char *against = NULL;
  g_autofree char *answered_text = NULL;
  g_autofree char *abandoned_text = NULL;
  g_autoptr (GString) tooltip = g_string_new (NULL);

  /* Translators: calls that were answered today. */
  answered_text = g_strdup_printf (_ ("%s answered"), answered);
  /* Translators: calls that were abandoned today, and the abandon rate. */
  abandoned_text = g_strdup_printf (_ ("%s abandoned, %s"), abandoned, percent);
  if (forecast != NULL && figures->normal_by_now.mean >= 1)
    {
      g_autofree char *normal = td_format_calls (figures->normal_by_now.mean);
      g_autofree char *deviation = td_format_deviation (figures->offered_today / figures->normal_by_now.mean - 1,
                                                        figures->runs_high || figures->runs_low);

      /* Translators: how far the day so far is from normal, and what is normal by now: "+3 % against 5,366". */
      against = g_strdup_printf (_ ("%s against %s"), deviation, normal);
      g_string_append_printf (tooltip, "%s · %s\n", answered_text, abandoned_text);
    }
  td_stat_tile_set_value (self->today_tile, offered, against);
  if (forecast != NULL)
    td_stat_tile_set_detail (self->today_tile, forecast, NULL);
  else
    td_stat_tile_set_detail (self->today_tile, answered_text, abandoned_text);
  td_stat_tile_set_severity (self->today_tile,
                             figures->runs_high || figures->runs_low ? TD_SEVERITY_AMBER : TD_SEVERITY_NORMAL);

  g_string_append (tooltip, _ ("Offered: calls that entered a queue = answered + abandoned + flowed out + still waiting.\n"
                               "Abandon rate: (abandoned − short abandons) ÷ (offered − short abandons − still waiting)."));
  if (forecast != NULL)
    g_string_append_printf (tooltip, "\n%s", _ ("Against: what is normal for the minutes of today that were observed.\n"
                                                "Forecast: the calls so far and those to come, with the band that holds four days in five."));
  explain (self->today_tile, tooltip, totals->estimated);
}

/* Who serve, of how many that are needed; or of those who are signed in where
 * nothing says how many that is. */
static void
show_serving (TdOverviewPage *self,
              const TdTotals *totals)
{
  const TdAgentTally *tally = &totals->agents;
  TdCentre           *centre = td_watch_get_centre (self->watch);
  guint               n_available = tally->by_state[TD_AGENT_STATE_AVAILABLE];
  TdSeverity          severity = td_severity_of_serving (tally->serving, n_available, totals->waiting);
  g_autofree char    *serving = td_format_count (tally->serving);
  g_autofree char    *unit = NULL;
  g_autofree char    *ahead = NULL;
  g_autofree char    *available = NULL;
  g_autofree char    *paused = NULL;
  g_autofree char    *words = NULL;
  g_autoptr (GString) tooltip = g_string_new (NULL);
  TdStaffingOutlook outlook;

  td_staffing_desk_get_outlook (td_watch_get_staffing (self->watch), td_watch_get_releases (self->watch), &outlook);
  if (outlook.now.known)
    {
      unit = td_staffing_view_format_needed (&outlook.now, tally->serving);
      severity = MAX (severity, td_severity_of_staffing (tally->serving, outlook.now.needed));
      ahead = td_staffing_view_format_ahead (&outlook, tally->serving);
    }
  else
    {
      g_autofree char *count = td_format_count (tally->staffed);

      /* Translators: after the number of agents who serve: of so many who are signed in. */
      unit = g_strdup_printf (_ ("of %s staffed"), count);
    }

  /* Translators: agents who can take a call now. */
  available = g_strdup_printf (_ ("Available %u"), n_available);
  /* Translators: agents who are paused. */
  paused = g_strdup_printf (_ ("paused %u"), tally->by_state[TD_AGENT_STATE_PAUSED]);
  td_stat_tile_set_value (self->agents_tile, serving, unit);
  td_stat_tile_set_detail (self->agents_tile, ahead != NULL ? ahead : available, ahead != NULL ? NULL : paused);
  td_stat_tile_set_severity (self->agents_tile, severity);

  words = td_staffing_view_describe (&outlook, td_centre_get_timezone (centre));
  g_string_append (tooltip, words);
  if (ahead != NULL)
    g_string_append_printf (tooltip, "\n%s · %s", available, paused);
  g_string_append_printf (tooltip, "\n%s",
                          _ ("Serving: agents signed in and not offline, without those who are paused.\n"
                             "Amber: fewer serve than are needed, or somebody waits and nobody is available. Red: a tenth is missing, or nobody serves."));
  explain (self->agents_tile, tooltip, FALSE);
}

static void
show_agents (TdOverviewPage *self,
             const TdTotals *totals)
{
  const TdAgentTally *tally = &totals->agents;

  /* A source without agents does not say that nobody serves. */
  if (tally->total == 0)
    {
      td_stat_tile_set_value (self->agents_tile, "—", NULL);
      td_stat_tile_set_detail (self->agents_tile, "", NULL);
      td_stat_tile_set_severity (self->agents_tile, TD_SEVERITY_NORMAL);
    }
  else
    show_serving (self, totals);

  td_state_bar_set_tally (TD_STATE_BAR (self->bar), tally);
  td_state_legend_set_tally (TD_STATE_LEGEND (self->legend), tally);
}

static void
show_help (TdOverviewPage *self,
           const TdTotals *totals,
           gint64          now)
{
  g_autofree char *text = NULL;

  if (totals->agents.total == 0)
    text = g_strdup (_ ("the source does not list its agents"));
  else
    text = td_help_line_format (self->watch, now);
  td_label_set (GTK_LABEL (self->help), text);
}

static void
show_health (TdOverviewPage *self)
{
  td_page_show_health (GTK_WIDGET (self), self->watch);
}

static void
refresh (TdOverviewPage *self)
{
  TdCentre *centre = td_watch_get_centre (self->watch);
  gint64    now;
  TdTotals  totals;

  TdOutlookFigures figures;

  show_health (self);
  if (td_centre_is_empty (centre))
    return;

  now = td_watch_get_now (self->watch);
  td_totals_of_centre (centre, now, &totals);
  show_waiting (self, centre, &totals, now);
  show_captions (self, centre);
  td_outlook_get_figures (td_watch_get_outlook (self->watch), TD_STREAM_ALL, "", &figures);
  show_service_level (self, centre, &totals, &figures);
  td_alarm_bar_show (self->alarm_bar, self->watch);
  show_rate (self, &totals, &figures);
  show_today (self, &totals, &figures);
  show_agents (self, &totals);
  show_help (self, &totals, now);
  td_queue_board_refresh (TD_QUEUE_BOARD (self->board), now);
  td_rate_chart_set_now (TD_RATE_CHART (self->chart), now, totals.offered_15min);
}

/* Without a normal the chart says so. */
static void
show_chart_caption (TdOverviewPage *self)
{
  const char      *caption = _ ("calls offered in 15 minutes, sliding");
  g_autofree char *text = NULL;
  TdOutlookState   state = td_outlook_get_state (td_watch_get_outlook (self->watch));

  if (state == TD_OUTLOOK_READY)
    text = g_strdup (caption);
  else
    text = g_strdup_printf ("%s · %s", caption, td_outlook_view_format_state (state));
  td_label_set (self->chart_caption, text);
}

static void
refresh_day (TdOverviewPage *self)
{
  TdCentre *centre = td_watch_get_centre (self->watch);
  TdDay    *day = td_watch_get_day (self->watch);
  gint64    start = td_day_get_start (day);
  guint     n_minutes = td_day_get_n_minutes (day);
  double    rates[TD_DAY_MINUTES];
  double    offered[TD_DAY_MINUTES];

  if (td_centre_is_empty (centre) || !TD_IS_KNOWN (start))
    return;

  td_day_get_rate (day, NULL, WINDOW_MINUTES, rates, n_minutes);
  td_day_get_offered (day, NULL, offered, n_minutes);
  td_rate_chart_set_day (TD_RATE_CHART (self->chart), start, td_outlook_view_get_day_length (centre, start),
                         td_centre_get_timezone (centre));
  td_rate_chart_set_rates (TD_RATE_CHART (self->chart), rates, offered, n_minutes);
  td_outlook_view_show_bands (TD_RATE_CHART (self->chart), td_watch_get_outlook (self->watch), TD_STREAM_ALL, "",
                              WINDOW_MINUTES, td_outlook_view_get_day_length (centre, start));
  td_outlook_view_show_marks (TD_RATE_CHART (self->chart), td_watch_get_history (self->watch), NULL, start,
                              start + td_outlook_view_get_day_length (centre, start) * TD_HISTORY_MINUTE_US);
  show_chart_caption (self);
  td_queue_board_refresh_courses (TD_QUEUE_BOARD (self->board));
}

static gboolean tick_cb (gpointer user_data);

/* On the second of the centre's clock, so that all timers change together. */
static void
schedule_tick (TdOverviewPage *self)
{
  gint64 now = td_centre_get_now (td_watch_get_centre (self->watch));
  guint  ms = now < 0 ? 1000 : 1000 - now / 1000 % 1000;

  g_clear_handle_id (&self->tick_id, g_source_remove);
  self->tick_id = g_timeout_add (ms + 2, tick_cb, self);
}

static gboolean
tick_cb (gpointer user_data)
{
  TdOverviewPage *self = user_data;

  self->tick_id = 0;
  refresh (self);
  schedule_tick (self);

  return G_SOURCE_REMOVE;
}

static void
centre_changed_cb (TdOverviewPage *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    refresh (self);
}

static void
day_changed_cb (TdOverviewPage *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    refresh_day (self);
}

static void
outlook_changed_cb (TdOverviewPage *self)
{
  centre_changed_cb (self);
  day_changed_cb (self);
}

static void
td_overview_page_map (GtkWidget *widget)
{
  TdOverviewPage *self = TD_OVERVIEW_PAGE (widget);

  if (self->watch != NULL)
    {
      refresh (self);
      refresh_day (self);
      schedule_tick (self);
    }

  GTK_WIDGET_CLASS (td_overview_page_parent_class)->map (widget);
}

static void
td_overview_page_unmap (GtkWidget *widget)
{
  TdOverviewPage *self = TD_OVERVIEW_PAGE (widget);

  g_clear_handle_id (&self->tick_id, g_source_remove);

  GTK_WIDGET_CLASS (td_overview_page_parent_class)->unmap (widget);
}

/* Where there is little width the queues get more of it: a name must be read,
 * a line only seen. */
static void
size_class_cb (TdOverviewPage *self)
{
  GtkWidget          *grid = gtk_widget_get_parent (self->left);
  GtkLayoutManager   *layout = gtk_widget_get_layout_manager (grid);
  GtkGridLayoutChild *left = GTK_GRID_LAYOUT_CHILD (gtk_layout_manager_get_layout_child (layout, self->left));
  GtkGridLayoutChild *board = GTK_GRID_LAYOUT_CHILD (gtk_layout_manager_get_layout_child (layout, self->board));
  TdSizeClass         size_class = td_size_bin_get_size_class (TD_SIZE_BIN (self->bin));
  int                 n_left = size_class == TD_SIZE_COMPACT ? 31 : size_class == TD_SIZE_NORMAL ? 36
                                                                                                 : 37;

  gtk_grid_layout_child_set_column_span (left, n_left);
  gtk_grid_layout_child_set_column (board, n_left);
  gtk_grid_layout_child_set_column_span (board, N_COLUMNS - n_left);
}

static void
td_overview_page_dispose (GObject *object)
{
  TdOverviewPage *self = TD_OVERVIEW_PAGE (object);
  GtkWidget      *child;

  g_clear_handle_id (&self->tick_id, g_source_remove);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->watch);

  G_OBJECT_CLASS (td_overview_page_parent_class)->dispose (object);
}

static void
td_overview_page_class_init (TdOverviewPageClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = td_overview_page_dispose;
  widget_class->map = td_overview_page_map;
  widget_class->unmap = td_overview_page_unmap;

  g_type_ensure (TD_TYPE_ALARM_BAR);
  g_type_ensure (TD_TYPE_SIZE_BIN);
  g_type_ensure (TD_TYPE_STAT_TILE);
  g_type_ensure (TD_TYPE_RATE_CHART);
  g_type_ensure (TD_TYPE_STATE_BAR);
  g_type_ensure (TD_TYPE_STATE_LEGEND);
  g_type_ensure (TD_TYPE_QUEUE_BOARD);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "overviewpage");
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/tongdai/TongDai/pages/td-overview-page.ui");
  gtk_widget_class_bind_template_child (widget_class, TdOverviewPage, bin);
  gtk_widget_class_bind_template_child (widget_class, TdOverviewPage, alarm_bar);
  gtk_widget_class_bind_template_child (widget_class, TdOverviewPage, waiting_tile);
  gtk_widget_class_bind_template_child (widget_class, TdOverviewPage, longest_tile);
  gtk_widget_class_bind_template_child (widget_class, TdOverviewPage, level_tile);
  gtk_widget_class_bind_template_child (widget_class, TdOverviewPage, rate_tile);
  gtk_widget_class_bind_template_child (widget_class, TdOverviewPage, today_tile);
  gtk_widget_class_bind_template_child (widget_class, TdOverviewPage, agents_tile);
  gtk_widget_class_bind_template_child (widget_class, TdOverviewPage, left);
  gtk_widget_class_bind_template_child (widget_class, TdOverviewPage, chart_title);
  gtk_widget_class_bind_template_child (widget_class, TdOverviewPage, chart_caption);
  gtk_widget_class_bind_template_child (widget_class, TdOverviewPage, chart);
  gtk_widget_class_bind_template_child (widget_class, TdOverviewPage, help);
  gtk_widget_class_bind_template_child (widget_class, TdOverviewPage, bar);
  gtk_widget_class_bind_template_child (widget_class, TdOverviewPage, legend);
  gtk_widget_class_bind_template_child (widget_class, TdOverviewPage, board);
}

static void
td_overview_page_init (TdOverviewPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  td_rate_chart_set_title (TD_RATE_CHART (self->chart), gtk_label_get_text (self->chart_title));
  g_signal_connect_object (self->bin, "notify::size-class", G_CALLBACK (size_class_cb), self, G_CONNECT_SWAPPED);
}

/**
 * td_overview_page_new:
 * @watch: what is watched
 *
 * Returns: (transfer floating): a new page
 */
GtkWidget *
td_overview_page_new (TdWatch *watch)
{
  TdOverviewPage *self;

  g_return_val_if_fail (TD_IS_WATCH (watch), NULL);

  self = g_object_new (TD_TYPE_OVERVIEW_PAGE, NULL);
  self->watch = g_object_ref (watch);
  td_queue_board_set_watch (TD_QUEUE_BOARD (self->board), watch);

  g_signal_connect_object (td_watch_get_centre (watch), "changed", G_CALLBACK (centre_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (td_watch_get_centre (watch), "notify", G_CALLBACK (centre_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (td_watch_get_day (watch), "changed", G_CALLBACK (day_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (td_watch_get_outlook (watch), "changed", G_CALLBACK (outlook_changed_cb), self, G_CONNECT_SWAPPED);
  if (td_watch_get_history (watch) != NULL)
    g_signal_connect_object (td_watch_get_history (watch), "marks-changed", G_CALLBACK (day_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (td_watch_get_poller (watch), "notify::health", G_CALLBACK (centre_changed_cb), self, G_CONNECT_SWAPPED);

  return GTK_WIDGET (self);
}
