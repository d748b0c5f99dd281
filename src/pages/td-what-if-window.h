/* td-what-if-window.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "td-watch.h"

G_BEGIN_DECLS

#define TD_TYPE_WHAT_IF_WINDOW (td_what_if_window_get_type ())

/**
 * TdWhatIfWindow:
 *
 * What would become of the coming hour with more or fewer agents, longer calls,
 * more calls, less patience, or when some leave; beside what becomes of it as it
 * is; and who could be moved. Changes nothing in the centre.
 */
G_DECLARE_FINAL_TYPE (TdWhatIfWindow, td_what_if_window, TD, WHAT_IF_WINDOW, AdwWindow)

GtkWindow *td_what_if_window_new (GtkWindow *parent,
                                  TdWatch   *watch);

G_END_DECLS
