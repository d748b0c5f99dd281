/* td-map-digits.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * TdMapDigits:
 *
 * The digits of one font, shaped once: hundreds of times that go on every
 * second are written with them, and drawn all at once. Belongs to the main
 * thread.
 */
typedef struct _TdMapDigits TdMapDigits;

#define TD_MAP_DIGITS_SAMPLE "0123456789:≥ ′"
#define TD_MAP_DIGITS_MAX_INKS 8

TdMapDigits *td_map_digits_new (PangoLayout *sample);
void         td_map_digits_free (TdMapDigits *self);
double       td_map_digits_measure (TdMapDigits *self,
                                    const char  *text);
gboolean     td_map_digits_write (TdMapDigits *self,
                                  const char  *text,
                                  double       x,
                                  double       middle,
                                  guint        ink);
void         td_map_digits_draw (TdMapDigits   *self,
                                 GtkSnapshot   *snapshot,
                                 const GdkRGBA *inks,
                                 guint          n_inks);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TdMapDigits, td_map_digits_free)

G_END_DECLS
