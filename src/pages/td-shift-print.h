/* td-shift-print.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "td-shift-sheet.h"

G_BEGIN_DECLS

GtkPrintOperation *td_shift_print_new (const TdShiftSheet *sheet,
                                       const char         *name);

G_END_DECLS
