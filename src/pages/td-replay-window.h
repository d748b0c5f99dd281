/* td-replay-window.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "td-incident.h"
#include "td-watch.h"

G_BEGIN_DECLS

#define TD_TYPE_REPLAY_WINDOW (td_replay_window_get_type ())

/**
 * TdReplayWindow:
 *
 * The centre as it was when an incident was told of, and in the minutes before
 * and after, one at a time or played.
 */
G_DECLARE_FINAL_TYPE (TdReplayWindow, td_replay_window, TD, REPLAY_WINDOW, AdwWindow)

GtkWindow *td_replay_window_new (GtkWindow  *parent,
                                 TdWatch    *watch,
                                 TdIncident *incident);

G_END_DECLS
