/* td-preferences.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "td-room-desk.h"
#include "td-session.h"

G_BEGIN_DECLS

#define TD_TYPE_PREFERENCES (td_preferences_get_type ())

/**
 * TdPreferences:
 *
 * Every setting of the profile that a session watches. What is entered is
 * saved and takes effect at once; what cannot be used is said at its row, and
 * is not saved.
 *
 * TdPreferences::changed: the profile was saved
 * TdPreferences::deleted: the profile is gone
 * TdPreferences::webhook-secret-changed: another secret of the webhook is kept
 */
G_DECLARE_FINAL_TYPE (TdPreferences, td_preferences, TD, PREFERENCES, AdwPreferencesWindow)

TdPreferences *td_preferences_new (GtkWindow  *parent,
                                   TdSession  *session,
                                   GSettings  *settings,
                                   TdRoomDesk *room);

G_END_DECLS
