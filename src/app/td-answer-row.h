/* td-answer-row.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* A row with a button that tries something out, and with the answer below its
 * title; while there is none yet the button rests. */
GtkWidget *td_answer_row_new (const char *title,
                              const char *label,
                              GCallback   callback,
                              gpointer    object);
void       td_answer_row_wait (GtkWidget *row);
void       td_answer_row_say (GtkWidget  *row,
                              const char *text);

G_END_DECLS
