/* td-room-client.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-room.h"

G_BEGIN_DECLS

/* A desk that was not heard for so long is not heard any more. */
#define TD_ROOM_CLIENT_LOST_US G_TIME_SPAN_MINUTE

/**
 * TdRoomClientState:
 * @TD_ROOM_CLIENT_LISTENING: it answered within the last minute, or was not asked for so long yet
 * @TD_ROOM_CLIENT_LOST: it has not answered for a minute
 * @TD_ROOM_CLIENT_REFUSED: it does not take the key
 * @TD_ROOM_CLIENT_ELSEWHERE: it watches another centre
 * @TD_ROOM_CLIENT_STRANGE: what answers there is no desk that this version understands
 *
 * How a desk is heard.
 */
typedef enum {
  TD_ROOM_CLIENT_LISTENING,
  TD_ROOM_CLIENT_LOST,
  TD_ROOM_CLIENT_REFUSED,
  TD_ROOM_CLIENT_ELSEWHERE,
  TD_ROOM_CLIENT_STRANGE,
} TdRoomClientState;

#define TD_TYPE_ROOM_CLIENT (td_room_client_get_type ())

/**
 * TdRoomClient:
 *
 * Asks a desk on another computer what it says to its room, again and again,
 * one question at a time. What was heard last stays over an outage. Belongs to
 * the main thread.
 *
 * TdRoomClient::changed: what is heard is another thing, or how it is heard.
 */
G_DECLARE_FINAL_TYPE (TdRoomClient, td_room_client, TD, ROOM_CLIENT, GObject)

TdRoomClient     *td_room_client_new (const char *address,
                                      const char *profile,
                                      const char *key);
const char       *td_room_client_get_address (TdRoomClient *self);
const TdRoom     *td_room_client_get_room (TdRoomClient *self);
TdRoomClientState td_room_client_get_state (TdRoomClient *self);
gboolean          td_room_client_is_heard (TdRoomClient *self);
gint64            td_room_client_get_last_heard (TdRoomClient *self);

G_END_DECLS
