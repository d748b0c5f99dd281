/* td-day-button.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define TD_TYPE_DAY_BUTTON (td_day_button_get_type ())

/**
 * TdDayButton:
 *
 * A button that shows a date, and opens a calendar to choose another. Dates
 * are julian, as of g_date_get_julian(); 0 is none.
 *
 * TdDayButton::changed is emitted when a person chose.
 */
G_DECLARE_FINAL_TYPE (TdDayButton, td_day_button, TD, DAY_BUTTON, GtkWidget)

GtkWidget *td_day_button_new (void);
void       td_day_button_set_texts (TdDayButton *self,
                                    const char  *none,
                                    const char  *back);
void       td_day_button_set_span (TdDayButton *self,
                                   guint        first,
                                   guint        last);
void       td_day_button_set_day (TdDayButton *self,
                                  guint        julian);
guint      td_day_button_get_day (TdDayButton *self);
void       td_day_button_open (TdDayButton *self);
char      *td_day_button_format (guint julian,
                                 guint near);

G_END_DECLS
