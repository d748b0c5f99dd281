/* td-room-server.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

#define TD_ROOM_SERVER_MAX_CONNECTIONS 64
#define TD_ROOM_SERVER_MAX_WAIT_S 20

#define TD_TYPE_ROOM_SERVER (td_room_server_get_type ())

/**
 * TdRoomServer:
 *
 * Lets walls on other computers read what a desk says to its room: `GET
 * /v1/room/{profile}`, with a key, and nothing else. It takes no orders, and
 * knows nothing but the bytes it was given. Belongs to the main thread.
 */
G_DECLARE_FINAL_TYPE (TdRoomServer, td_room_server, TD, ROOM_SERVER, GObject)

TdRoomServer *td_room_server_new (const char *key);
void          td_room_server_set_room (TdRoomServer *self,
                                       const char   *profile,
                                       GBytes       *body);
gboolean      td_room_server_listen (TdRoomServer *self,
                                     GInetAddress *address,
                                     guint16       port,
                                     GError      **error);
guint16       td_room_server_get_port (TdRoomServer *self);
guint         td_room_server_get_n_connections (TdRoomServer *self);
void          td_room_server_close (TdRoomServer *self);

char *td_room_server_create_key (void);

G_END_DECLS
