/* td-what-if-slider.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define TD_TYPE_WHAT_IF_SLIDER (td_what_if_slider_get_type ())

/**
 * TdWhatIfSlider:
 *
 * One number of a what-if: a slider and a field for the same value, with a mark
 * where it is now. It follows what is until somebody moves it.
 *
 * TdWhatIfSlider::changed: somebody moved it, or took that back
 */
G_DECLARE_FINAL_TYPE (TdWhatIfSlider, td_what_if_slider, TD, WHAT_IF_SLIDER, GtkWidget)

GtkWidget *td_what_if_slider_new (const char *title,
                                  double      lower,
                                  double      step);

double   td_what_if_slider_get_value (TdWhatIfSlider *self);
gboolean td_what_if_slider_is_moved (TdWhatIfSlider *self);
void     td_what_if_slider_set_base (TdWhatIfSlider *self,
                                     double          base);
void     td_what_if_slider_reset (TdWhatIfSlider *self);

G_END_DECLS
