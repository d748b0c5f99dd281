/* td-chart-scale.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Pure functions; any thread. */

double td_chart_scale_step (double max,
                            guint  max_ticks);
guint  td_chart_scale_minutes (double span,
                               guint  max_labels);
guint  td_chart_decimate (const double *values,
                          guint         n_values,
                          guint         n_columns,
                          guint        *indices);

G_END_DECLS
