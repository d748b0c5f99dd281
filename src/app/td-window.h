/* td-window.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "td-watch.h"

G_BEGIN_DECLS

#define TD_TYPE_WINDOW (td_window_get_type ())

/**
 * TdWindow:
 *
 * The desk: a page at a time of the centre that is watched, how fresh it is,
 * and, when it is not, what is wrong.
 */
G_DECLARE_FINAL_TYPE (TdWindow, td_window, TD, WINDOW, AdwApplicationWindow)

TdWindow   *td_window_new (GtkApplication *app);
void        td_window_show_starting (TdWindow *self);
void        td_window_show_looking (TdWindow *self);
void        td_window_show_welcome (TdWindow *self);
void        td_window_show_failure (TdWindow   *self,
                                    const char *title,
                                    const char *message,
                                    const char *button,
                                    const char *action);
void        td_window_set_profiles (TdWindow   *self,
                                    GMenuModel *menu,
                                    const char *title);
void        td_window_set_watch (TdWindow *self,
                                 TdWatch  *watch);
TdWatch    *td_window_get_watch (TdWindow *self);
const char *td_window_get_page (TdWindow *self);
void        td_window_set_page (TdWindow   *self,
                                const char *page);
void        td_window_show_incident (TdWindow *self, gint64 id);
void        td_window_set_settings (TdWindow  *self,
                                    GSettings *settings);
const char *td_window_get_agents_view (TdWindow *self);
void        td_window_set_agents_view (TdWindow   *self,
                                       const char *view);
void        td_window_say (TdWindow   *self,
                           const char *text);

G_END_DECLS
