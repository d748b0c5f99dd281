/* td-room-group.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "td-room-desk.h"

G_BEGIN_DECLS

#define TD_TYPE_ROOM_GROUP (td_room_group_get_type ())

/**
 * TdRoomGroup:
 *
 * Lets walls on other computers hear this desk, and says what to write into
 * their files.
 *
 * TdRoomGroup::said: (const char *text) something to tell the person in passing
 */
G_DECLARE_FINAL_TYPE (TdRoomGroup, td_room_group, TD, ROOM_GROUP, AdwPreferencesGroup)

GtkWidget *td_room_group_new (GSettings  *settings,
                              TdRoomDesk *desk);

G_END_DECLS
