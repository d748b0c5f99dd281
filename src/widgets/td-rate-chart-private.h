/* td-rate-chart-private.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-chart-axis.h"
#include "td-chart-layer.h"
#include "td-rate-chart.h"

G_BEGIN_DECLS

struct _TdRateChart
{
  GtkWidget parent_instance;

  TdChartData       data;
  TdChartNavigator *navigator; /* (owned) */
  TdChartFrame      frame;
  TdChartLayer      plot;       /* what changes once a minute, and @frame with it */
  TdChartLayer      top;        /* marks, legend and the present moment */
  char             *title;      /* (owned) (nullable) */
  gboolean          was_chosen; /* a minute is described, that the keys chose */

  double      pointer_x; /* pixels */
  TdChartView drag_view; /* what was shown when a drag began */
  double      press_x;   /* where the button went down */
  double      press_y;
  guint       click_source; /* a click that may still become a double one */
  double      click_x;
};

/* td-rate-chart-input.c: pointer and keys */
void td_rate_chart_init_input (TdRateChart *self);
void td_rate_chart_clear_input (TdRateChart *self);

/* td-rate-chart.c */
void td_rate_chart_activate_minute (TdRateChart *self,
                                    guint        minute);
void td_rate_chart_activate_mark (TdRateChart *self,
                                  gint64       id);

G_END_DECLS
