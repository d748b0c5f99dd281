/* td-alarm-bar.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "td-watch.h"

G_BEGIN_DECLS

#define TD_TYPE_ALARM_BAR (td_alarm_bar_get_type ())

/**
 * TdAlarmBar:
 *
 * What breaks out of normal now, in one line: the surge or the silence with
 * the most calls to it, else a whole day that runs high or low. Hidden while
 * all is normal.
 */
G_DECLARE_FINAL_TYPE (TdAlarmBar, td_alarm_bar, TD, ALARM_BAR, GtkWidget)

void td_alarm_bar_show (TdAlarmBar *self,
                        TdWatch    *watch);

G_END_DECLS
