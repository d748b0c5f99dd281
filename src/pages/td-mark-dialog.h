/* td-mark-dialog.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "td-watch.h"

G_BEGIN_DECLS

const char *td_mark_dialog_get_kind (TdHistoryMarkKind kind);
void        td_mark_dialog_present (GtkWidget           *parent,
                                    TdWatch             *watch,
                                    const TdHistoryMark *mark);

G_END_DECLS
