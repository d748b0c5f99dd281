/* td-shift-chooser.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "td-centre.h"

G_BEGIN_DECLS

#define TD_TYPE_SHIFT_CHOOSER (td_shift_chooser_get_type ())

/**
 * TdShiftChooser:
 *
 * The last shifts, what is kept of those before them, and any hours that
 * somebody types.
 *
 * TdShiftChooser::chosen: with begin and end of a shift, µs since 1970.
 */
G_DECLARE_FINAL_TYPE (TdShiftChooser, td_shift_chooser, TD, SHIFT_CHOOSER, GtkPopover)

void  td_shift_chooser_set_centre (TdShiftChooser *self,
                                   TdCentre       *centre,
                                   const char     *folder);
char *td_shift_chooser_format (gint64     from,
                               gint64     to,
                               GTimeZone *zone);

G_END_DECLS
