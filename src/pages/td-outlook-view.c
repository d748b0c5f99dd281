/* td-outlook-view.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-outlook-view.h"

#include <glib/gi18n.h>
#include <math.h>

#include "td-format.h"
#include "td-time.h"

/**
 * td_outlook_view_get_severity:
 * @figures: of a stream of calls
 *
 * Returns: how a rate is judged: red while an alarm goes on, amber outside the 95 % band
 */
TdSeverity
td_outlook_view_get_severity (const TdOutlookFigures *figures)
{
  if (figures->alarm != TD_OUTLOOK_ALARM_NONE)
    return TD_SEVERITY_RED;

  return figures->is_out ? TD_SEVERITY_AMBER : TD_SEVERITY_NORMAL;
}

/**
 * td_outlook_view_format_state:
 * @state: what is known of normal
 *
 * Returns: why nothing is said of normal, translated
 */
const char *
td_outlook_view_format_state (TdOutlookState state)
{
  switch (state)
    {
    case TD_OUTLOOK_LEARNING:
      return _ ("learning what is normal…");

    case TD_OUTLOOK_NO_HISTORY:
      return _ ("no normal yet: no history");

    case TD_OUTLOOK_READY:
    default:
      return _ ("normal not known");
    }
}

/**
 * td_outlook_view_format_normal:
 * @figures: of a stream of calls
 * @state: what is known of normal
 *
 * Returns: (transfer full): what is normal for the last 15 minutes, with its 95 % band
 */
char *
td_outlook_view_format_normal (const TdOutlookFigures *figures,
                               TdOutlookState          state)
{
  g_autofree char *mean = NULL;
  g_autofree char *range = NULL;

  if (!figures->known || !isfinite (figures->normal_15min.mean))
    return g_strdup (td_outlook_view_format_state (state));

  mean = td_format_calls (figures->normal_15min.mean);
  range = td_format_range (figures->normal_15min.low95, figures->normal_15min.high95);
  if (figures->days_learnt < TD_OUTLOOK_ENOUGH_DAYS)
    /* Translators: a normal number of calls that is but roughly known: "Normal ≈ 176, learning: 3 days so far". */
    return g_strdup_printf (ngettext ("Normal ≈ %s, learning: %u day so far", "Normal ≈ %s, learning: %u days so far",
                                      figures->days_learnt),
                            mean, figures->days_learnt);
  /* Translators: a normal number of calls, and the band in which it lies: "Normal 176 (141–211)". */
  return g_strdup_printf (_ ("Normal %s (%s)"), mean, range);
}

/**
 * td_outlook_view_format_deviation:
 * @figures: of a stream of calls
 *
 * Returns: (transfer full) (nullable): how far the last 15 minutes are from normal
 */
char *
td_outlook_view_format_deviation (const TdOutlookFigures *figures)
{
  if (!figures->known || !isfinite (figures->deviation))
    return NULL;

  return td_format_deviation (figures->deviation, figures->is_out || figures->alarm != TD_OUTLOOK_ALARM_NONE);
}

/**
 * td_outlook_view_format_forecast:
 * @figures: of a stream of calls
 *
 * Returns: (transfer full) (nullable): how many calls the day will have, with the 80 % band
 */
char *
td_outlook_view_format_forecast (const TdOutlookFigures *figures)
{
  g_autofree char *mean = NULL;
  g_autofree char *range = NULL;

  if (!figures->known || !isfinite (figures->forecast_day.mean))
    return NULL;

  mean = td_format_calls (figures->forecast_day.mean);
  range = td_format_range (figures->forecast_day.low80, figures->forecast_day.high80);
  /* Translators: the calls that the whole day will have, and the band in which they will lie. */
  return g_strdup_printf (_ ("Day’s forecast %s (%s)"), mean, range);
}

/**
 * td_outlook_view_copy_bands:
 * @ranges: (array length=n): as what is normal is told
 * @bands: (out) (array length=n): the same as a chart takes them
 * @n: how many
 *
 * The layers know nothing of each other, so their bands are two types.
 */
void
td_outlook_view_copy_bands (const TdOutlookRange *ranges,
                            TdRateBand           *bands,
                            guint                 n)
{
  for (guint i = 0; i < n; i++)
    bands[i] = (TdRateBand){ ranges[i].mean, ranges[i].low80, ranges[i].high80, ranges[i].low95, ranges[i].high95 };
}

/**
 * td_outlook_view_show_bands:
 * @chart: a chart
 * @outlook: (nullable): what is normal
 * @kind: what @id is
 * @id: a stream of calls
 * @window: minutes that are counted together
 * @n_minutes: of the day
 *
 * Draws what is normal and what is to come into the chart.
 */
void
td_outlook_view_show_bands (TdRateChart *chart,
                            TdOutlook   *outlook,
                            TdStreamKind kind,
                            const char  *id,
                            guint        window,
                            guint        n_minutes)
{
  g_autofree TdOutlookRange *ranges = g_new (TdOutlookRange, TD_DAY_MINUTES);
  g_autofree TdRateBand     *bands = g_new (TdRateBand, TD_DAY_MINUTES);

  n_minutes = MIN (n_minutes, TD_DAY_MINUTES);
  if (outlook == NULL || td_outlook_get_state (outlook) != TD_OUTLOOK_READY)
    {
      td_rate_chart_set_normal (chart, NULL, 0);
      td_rate_chart_set_forecast (chart, NULL, 0);
      return;
    }

  td_outlook_get_normal (outlook, kind, id, window, ranges, n_minutes);
  td_outlook_view_copy_bands (ranges, bands, n_minutes);
  td_rate_chart_set_normal (chart, bands, n_minutes);
  td_outlook_get_forecast (outlook, kind, id, window, ranges, n_minutes);
  td_outlook_view_copy_bands (ranges, bands, n_minutes);
  td_rate_chart_set_forecast (chart, bands, n_minutes);
}

/**
 * td_outlook_view_show_marks:
 * @chart: a chart
 * @history: (nullable): where the marks are kept
 * @queue: (nullable): the queue that is drawn, or %NULL for more than one
 * @from: begin of what is drawn, µs since 1970
 * @to: its end
 *
 * Pins what a person said of these hours.
 */
void
td_outlook_view_show_marks (TdRateChart *chart,
                            TdHistory   *history,
                            const char  *queue,
                            gint64       from,
                            gint64       to)
{
  static const TdRateMarkKind kinds[] = {
    [TD_HISTORY_MARK_INCIDENT] = TD_RATE_MARK_INCIDENT,
    [TD_HISTORY_MARK_OWN_FAULT] = TD_RATE_MARK_OWN_FAULT,
    [TD_HISTORY_MARK_TEST] = TD_RATE_MARK_TEST,
    [TD_HISTORY_MARK_REGIME] = TD_RATE_MARK_REGIME,
  };
  g_autoptr (GPtrArray) marks = history != NULL ? td_history_get_marks (history) : NULL;
  g_autoptr (GArray) shown = g_array_new (FALSE, FALSE, sizeof (TdRateMark));

  for (guint i = 0; marks != NULL && i < marks->len; i++)
    {
      const TdHistoryMark *mark = marks->pdata[i];
      TdRateMark           drawn = { .id = mark->id, .from = mark->from, .to = mark->to, .text = mark->text };

      if (mark->from >= to || (TD_IS_KNOWN (mark->to) ? mark->to <= from : mark->kind == TD_HISTORY_MARK_REGIME && mark->from < from))
        continue;
      if (queue != NULL && mark->queue != NULL && strcmp (queue, mark->queue) != 0)
        continue;
      drawn.kind = kinds[mark->kind];
      g_array_append_val (shown, drawn);
    }

  td_rate_chart_set_marks (chart, (const TdRateMark *)shown->data, shown->len);
}

/**
 * td_outlook_view_get_title:
 * @centre: a centre
 * @kind: what @id is
 * @id: a stream of calls
 *
 * Returns: its name for people
 */
const char *
td_outlook_view_get_title (TdCentre    *centre,
                           TdStreamKind kind,
                           const char  *id)
{
  TdQueue *queue;

  switch (kind)
    {
    case TD_STREAM_ALL:
      return _ ("All calls");

    case TD_STREAM_QUEUE:
      queue = td_centre_find_queue (centre, id);
      return queue != NULL ? td_queue_get_title (queue) : id;

    case TD_STREAM_HOTLINE:
    case TD_STREAM_REASON:
    default:
      return id;
    }
}

/**
 * td_outlook_view_get_day_length:
 * @centre: a centre
 * @start: begin of a day, µs since 1970
 *
 * The clocks may change within the day: 23 or 25 hours.
 *
 * Returns: the day's minutes
 */
guint
td_outlook_view_get_day_length (TdCentre *centre,
                                gint64    start)
{
  GTimeZone *zone = td_centre_get_timezone (centre);
  gint64     next;

  /* A day that does not begin at midnight is taken for 24 hours. */
  if (td_time_day_start (start, zone) != start)
    return 24 * 60;

  next = td_time_day_start (start + G_GINT64_CONSTANT (30) * 3600 * G_USEC_PER_SEC, zone);
  return (guint)CLAMP ((next - start) / (60 * G_USEC_PER_SEC), 23 * 60, TD_DAY_MINUTES);
}
