/* td-chart-marks.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-chart-axis.h"

G_BEGIN_DECLS

void     td_chart_marks_draw (GtkWidget          *widget,
                              cairo_t            *cr,
                              const TdChartFrame *frame,
                              const TdChartData  *data,
                              GArray             *labels);
gboolean td_chart_marks_find (const TdChartFrame *frame,
                              const TdChartData  *data,
                              double              x,
                              gint64             *id);
void     td_chart_now_draw (GtkWidget          *widget,
                            cairo_t            *cr,
                            const TdChartFrame *frame,
                            const TdChartData  *data,
                            const GArray       *labels);
void     td_chart_now_place (const TdChartFrame *frame,
                             const TdChartData  *data,
                             const GArray       *labels,
                             double              x,
                             double              y,
                             GdkRectangle       *place);
void     td_chart_crosshair_draw (GtkWidget          *widget,
                                  cairo_t            *cr,
                                  const TdChartFrame *frame,
                                  const TdChartData  *data,
                                  guint               minute);
char    *td_chart_crosshair_describe (const TdChartData *data,
                                      guint              minute);

G_END_DECLS
