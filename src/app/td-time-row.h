/* td-time-row.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* An entry's row that holds a time of day, such as 08:00. */
void     td_time_row_set (GtkWidget *row,
                          guint      minute);
gboolean td_time_row_read (GtkWidget  *row,
                           guint       from,
                           guint       to,
                           const char *trouble,
                           guint      *minute);

G_END_DECLS
