/* td-holiday-dialog.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * TdHolidayDialogDone:
 * @object: who asked
 *
 * The days became others.
 */
typedef void (*TdHolidayDialogDone) (gpointer object);

void td_holiday_dialog_present (GtkWidget          *parent,
                                GHashTable         *days,
                                const char         *date,
                                guint               year,
                                TdHolidayDialogDone done,
                                gpointer            object);

G_END_DECLS
