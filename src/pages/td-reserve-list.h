/* td-reserve-list.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "td-watch.h"

G_BEGIN_DECLS

#define TD_TYPE_RESERVE_LIST (td_reserve_list_get_type ())

/**
 * TdReserveList:
 *
 * Who could be moved: a line for each place where another pair of hands may
 * come from, with how many and the first names.
 */
G_DECLARE_FINAL_TYPE (TdReserveList, td_reserve_list, TD, RESERVE_LIST, GtkWidget)

GtkWidget *td_reserve_list_new (void);
void       td_reserve_list_show (TdReserveList *self,
                                 TdWatch       *watch,
                                 gint64         now);

G_END_DECLS
