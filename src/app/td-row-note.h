/* td-row-note.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* A line below a row of a list that says what is wrong with what was entered
 * there; NULL takes it away. A screen reader hears of it as of an alert. */
void td_row_note_set (GtkWidget  *row,
                      const char *text);

G_END_DECLS
