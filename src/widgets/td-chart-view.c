/* td-chart-view.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-chart-view.h"

#include <math.h>

/**
 * td_chart_view_init:
 * @view: (out caller-allocates): a view
 * @n_minutes: length of the day
 *
 * Shows the whole day.
 */
void
td_chart_view_init (TdChartView *view,
                    guint        n_minutes)
{
  view->length = MAX (n_minutes, 1);
  view->from = 0;
  view->to = view->length;
}

/**
 * td_chart_view_set:
 * @view: a view
 * @from: first minute to be shown
 * @to: end of what is to be shown
 *
 * A span that reaches over an edge of the day is moved, not cut.
 *
 * Returns: whether the view changed
 */
gboolean
td_chart_view_set (TdChartView *view,
                   double       from,
                   double       to)
{
  double span;

  if (!isfinite (from) || !isfinite (to))
    return FALSE;

  span = CLAMP (to - from, MIN (TD_CHART_VIEW_LEAST, view->length), view->length);
  from = CLAMP (from, 0, view->length - span);
  to = from + span;
  if (fabs (from - view->from) < 1e-6 && fabs (to - view->to) < 1e-6)
    return FALSE;

  view->from = from;
  view->to = to;
  return TRUE;
}

/**
 * td_chart_view_zoom:
 * @view: a view
 * @at: the minute that stays where it is
 * @factor: over 1 shows less of the day, under 1 more
 *
 * Returns: whether the view changed
 */
gboolean
td_chart_view_zoom (TdChartView *view,
                    double       at,
                    double       factor)
{
  double span = view->to - view->from;
  double share, wanted;

  if (!isfinite (at) || !isfinite (factor) || factor <= 0)
    return FALSE;

  at = CLAMP (at, view->from, view->to);
  share = (at - view->from) / span;
  wanted = CLAMP (span / factor, MIN (TD_CHART_VIEW_LEAST, view->length), view->length);
  return td_chart_view_set (view, at - share * wanted, at + (1 - share) * wanted);
}

/**
 * td_chart_view_pan:
 * @view: a view
 * @minutes: how far; above 0 shows what is later
 *
 * Returns: whether the view changed
 */
gboolean
td_chart_view_pan (TdChartView *view,
                   double       minutes)
{
  return td_chart_view_set (view, view->from + minutes, view->to + minutes);
}

/**
 * td_chart_view_show:
 * @view: a view
 * @minute: a minute of the day
 *
 * Moves as little as brings @minute into view.
 *
 * Returns: whether the view changed
 */
gboolean
td_chart_view_show (TdChartView *view,
                    double       minute)
{
  if (minute < view->from)
    return td_chart_view_pan (view, minute - view->from);
  if (minute > view->to)
    return td_chart_view_pan (view, minute - view->to);

  return FALSE;
}

/**
 * td_chart_view_reset:
 * @view: a view
 *
 * Shows the whole day again.
 *
 * Returns: whether the view changed
 */
gboolean
td_chart_view_reset (TdChartView *view)
{
  return td_chart_view_set (view, 0, view->length);
}

gboolean
td_chart_view_is_whole (const TdChartView *view)
{
  return view->to - view->from >= view->length - 1e-6;
}
