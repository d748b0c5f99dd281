/* td-chart-view.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The least that can be shown: closer, a minute is no more to be seen. */
#define TD_CHART_VIEW_LEAST 30

/**
 * TdChartView:
 * @length: minutes of the day
 * @from: first minute that is shown
 * @to: the end of what is shown; the whole day is 0 to @length
 *
 * Which part of a day is shown. The functions keep it within the day and not
 * under %TD_CHART_VIEW_LEAST minutes, and return whether it changed. Any thread.
 */
typedef struct
{
  double length;
  double from;
  double to;
} TdChartView;

void     td_chart_view_init (TdChartView *view,
                             guint        n_minutes);
gboolean td_chart_view_set (TdChartView *view,
                            double       from,
                            double       to);
gboolean td_chart_view_zoom (TdChartView *view,
                             double       at,
                             double       factor);
gboolean td_chart_view_pan (TdChartView *view,
                            double       minutes);
gboolean td_chart_view_show (TdChartView *view,
                             double       minute);
gboolean td_chart_view_reset (TdChartView *view);
gboolean td_chart_view_is_whole (const TdChartView *view);

G_END_DECLS
