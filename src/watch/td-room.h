/* td-room.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-alert-deeds.h"
#include "td-wall-message.h"
#include "td-wall.h"

G_BEGIN_DECLS

#define TD_ROOM_MAX_BODY (1024 * 1024)
#define TD_ROOM_MAX_DEEDS 1000

/**
 * TdRoom:
 * @message: what the desk says to the room
 * @deeds: (element-type TdAlertDeed): what was done with which alert
 *
 * What walls on other computers hear from a desk: `GET /v1/room/{profile}`. A
 * plain value that owns what it holds.
 */
typedef struct
{
  TdWallMessage message;
  GPtrArray    *deeds;
} TdRoom;

TdRoom *td_room_new (void);
void    td_room_free (TdRoom *self);

GBytes *td_room_encode (const TdRoom *self,
                        TdWallPrivacy privacy);
TdRoom *td_room_decode (GBytes  *body,
                        GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TdRoom, td_room_free)

G_END_DECLS
