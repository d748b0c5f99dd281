/* td-day-choice.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "td-past-day.h"
#include "td-watch.h"

G_BEGIN_DECLS

#define TD_TYPE_DAY_CHOICE (td_day_choice_get_type ())

/**
 * TdDayChoice:
 *
 * Chooses the day that is shown, today or any that is remembered, and others
 * to compare it with; and reads them.
 *
 * TdDayChoice::changed is emitted when others are to be shown, and when more
 * of them was read.
 */
G_DECLARE_FINAL_TYPE (TdDayChoice, td_day_choice, TD, DAY_CHOICE, GtkWidget)

GtkWidget *td_day_choice_new (void);
void       td_day_choice_set_watch (TdDayChoice *self,
                                    TdWatch     *watch);
TdPastDay *td_day_choice_get_main (TdDayChoice *self);
GPtrArray *td_day_choice_get_others (TdDayChoice *self);
guint      td_day_choice_get_date (TdDayChoice *self);
char      *td_day_choice_describe (TdDayChoice *self);

G_END_DECLS
