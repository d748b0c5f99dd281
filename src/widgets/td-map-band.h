/* td-map-band.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "td-map-layout.h"

G_BEGIN_DECLS

/**
 * TdMapBand:
 *
 * A rubber band that is drawn over a map to select who is under it. Belongs to
 * its widget and the main thread.
 */
typedef struct _TdMapBand TdMapBand;

/**
 * TdMapBandFreeFunc:
 * @x: pixels of the widget
 * @y: pixels of the widget
 * @user_data: data
 *
 * Returns: whether nobody is there: a band begins beside people, or anywhere
 *   with Ctrl or Shift
 */
typedef gboolean (*TdMapBandFreeFunc) (double   x,
                                       double   y,
                                       gpointer user_data);

/**
 * TdMapBandDoneFunc:
 * @rect: what the band was drawn over, pixels of the widget
 * @user_data: data
 */
typedef void (*TdMapBandDoneFunc) (const TdMapRect *rect,
                                   gpointer         user_data);

TdMapBand *td_map_band_new (GtkWidget        *widget,
                            TdMapBandFreeFunc is_free,
                            TdMapBandDoneFunc done,
                            gpointer          user_data);
void       td_map_band_free (TdMapBand *self);
gboolean   td_map_band_is_drawn (TdMapBand *self);
void       td_map_band_append (TdMapBand   *self,
                               GtkSnapshot *snapshot);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TdMapBand, td_map_band_free)

G_END_DECLS
