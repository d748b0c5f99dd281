/* td-chart-navigator.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "td-chart-view.h"

G_BEGIN_DECLS

#define TD_TYPE_CHART_NAVIGATOR (td_chart_navigator_get_type ())

/**
 * TdChartNavigator:
 *
 * Where a reader is in a day: the part of it that is shown, and the minute
 * that is pointed at. Charts side by side share one, and so show the same
 * hours and the same minute. Belongs to the main thread.
 *
 * TdChartNavigator::view-changed is emitted when other hours are to be shown,
 * TdChartNavigator::moved when another minute is pointed at.
 */
G_DECLARE_FINAL_TYPE (TdChartNavigator, td_chart_navigator, TD, CHART_NAVIGATOR, GObject)

TdChartNavigator  *td_chart_navigator_new (void);
void               td_chart_navigator_set_day (TdChartNavigator *self,
                                               gint64            start,
                                               guint             n_minutes);
const TdChartView *td_chart_navigator_get_view (TdChartNavigator *self);
gboolean           td_chart_navigator_zoom (TdChartNavigator *self,
                                            double            at,
                                            double            factor);
void               td_chart_navigator_show (TdChartNavigator *self,
                                            double            from,
                                            double            to);
void               td_chart_navigator_show_all (TdChartNavigator *self);
gboolean           td_chart_navigator_get_chosen (TdChartNavigator *self,
                                                  guint            *minute);
gboolean           td_chart_navigator_get_minute (TdChartNavigator *self,
                                                  guint            *minute);
void               td_chart_navigator_point (TdChartNavigator *self,
                                             double            minute);
gboolean           td_chart_navigator_press_key (TdChartNavigator *self,
                                                 guint             keyval,
                                                 GdkModifierType   modifiers,
                                                 guint             n_passed);

G_END_DECLS
