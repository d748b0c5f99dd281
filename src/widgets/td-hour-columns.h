/* td-hour-columns.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define TD_TYPE_HOUR_COLUMNS (td_hour_columns_get_type ())

/**
 * TdHourColumns:
 *
 * A number for each of some hours as columns, with lines across for what is
 * usual. The hour that runs is an outline; one that is not known is left out.
 */
G_DECLARE_FINAL_TYPE (TdHourColumns, td_hour_columns, TD, HOUR_COLUMNS, GtkWidget)

GtkWidget *td_hour_columns_new (void);
void       td_hour_columns_set (TdHourColumns *self,
                                const double  *values,
                                guint          n_values,
                                guint          first_hour,
                                gboolean       last_runs,
                                double         centre,
                                double         own);

G_END_DECLS
