/* td-sparkline.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "td-rate-band.h"

G_BEGIN_DECLS

#define TD_TYPE_SPARKLINE (td_sparkline_get_type ())

/**
 * TdSparkline:
 *
 * The course of a number as a small line from zero to its greatest value, with
 * a dot on the newest. Broken where a value is NAN.
 */
G_DECLARE_FINAL_TYPE (TdSparkline, td_sparkline, TD, SPARKLINE, GtkWidget)

GtkWidget *td_sparkline_new (void);
void       td_sparkline_set_values (TdSparkline  *self,
                                    const double *values,
                                    guint         n_values);
void       td_sparkline_set_bands (TdSparkline      *self,
                                   const TdRateBand *bands,
                                   guint             n_bands);

G_END_DECLS
