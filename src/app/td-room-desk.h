/* td-room-desk.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-alert-share.h"

G_BEGIN_DECLS

#define TD_TYPE_ROOM_DESK (td_room_desk_get_type ())

/**
 * TdRoomDesk:
 *
 * Lets walls on other computers hear this desk, where the settings say so: who
 * has taken which alert, and the message to the walls. Belongs to the main thread.
 *
 * TdRoomDesk::changed: it listens, or does so no longer, or has another key.
 */
G_DECLARE_FINAL_TYPE (TdRoomDesk, td_room_desk, TD, ROOM_DESK, GObject)

TdRoomDesk *td_room_desk_new (GSettings *settings);
void        td_room_desk_set_profile (TdRoomDesk *self,
                                      const char *profile);
void        td_room_desk_set_share (TdRoomDesk   *self,
                                    TdAlertShare *share);
const char *td_room_desk_get_key (TdRoomDesk *self);
gboolean    td_room_desk_is_listening (TdRoomDesk *self);
const char *td_room_desk_get_trouble (TdRoomDesk *self);
void        td_room_desk_change_key (TdRoomDesk *self);
char      **td_room_desk_list_addresses (TdRoomDesk *self);

G_END_DECLS
