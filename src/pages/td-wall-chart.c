/* td-wall-chart.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-wall-chart.h"

#include "td-outlook-view.h"

#define WINDOW_MINUTES 15

/**
 * td_wall_chart_show:
 * @chart: the chart of the page Normal
 * @moment: what is known
 * @anew: with all of the day; else only what is now moves
 *
 * Shows today's calls over what is normal, of the same calls as the numbers.
 */
void
td_wall_chart_show (TdRateChart        *chart,
                    const TdWallMoment *moment,
                    gboolean            anew)
{
  TdCentre    *centre = td_watch_get_centre (moment->watch);
  TdOutlook   *outlook = td_watch_get_outlook (moment->watch);
  gint64       start = td_day_get_start (td_watch_get_day (moment->watch));
  guint        n_minutes = MIN (td_day_get_n_minutes (td_watch_get_day (moment->watch)), TD_DAY_MINUTES);
  const char  *id;
  TdStreamKind kind = td_wall_moment_get_stream (moment, &id);

  if (!TD_IS_KNOWN (start))
    return;
  if (anew)
    {
      double rates[TD_DAY_MINUTES], offered[TD_DAY_MINUTES];
      guint  length = td_outlook_view_get_day_length (centre, start);

      td_day_get_rate (td_watch_get_day (moment->watch), kind == TD_STREAM_QUEUE ? id : NULL, WINDOW_MINUTES, rates, n_minutes);
      td_day_get_offered (td_watch_get_day (moment->watch), kind == TD_STREAM_QUEUE ? id : NULL, offered, n_minutes);
      td_rate_chart_set_day (chart, start, length, td_centre_get_timezone (centre));
      td_rate_chart_set_rates (chart, rates, offered, n_minutes);
      td_outlook_view_show_bands (chart, outlook, kind, id, WINDOW_MINUTES, length);
      td_outlook_view_show_marks (chart, td_watch_get_history (moment->watch), kind == TD_STREAM_QUEUE ? id : NULL, start, start + length * TD_HISTORY_MINUTE_US);
    }
  td_rate_chart_set_now (chart, moment->now, moment->rates.offered_15min);
}
