/* td-desk-listener.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-alert-share.h"
#include "td-wall-message.h"
#include "td-wall.h"

G_BEGIN_DECLS

#define TD_TYPE_DESK_LISTENER (td_desk_listener_get_type ())

/**
 * TdDeskListener:
 *
 * The desks on other computers that a wall hears: who has taken which alert,
 * and what is said to the room. Belongs to the main thread.
 *
 * TdDeskListener::changed: anything of it is another thing.
 */
G_DECLARE_FINAL_TYPE (TdDeskListener, td_desk_listener, TD, DESK_LISTENER, GObject)

TdDeskListener      *td_desk_listener_new (const TdWall *wall,
                                           const char   *path,
                                           const char   *profile);
void                 td_desk_listener_set_share (TdDeskListener *self,
                                                 TdAlertShare   *share);
gboolean             td_desk_listener_hears (TdDeskListener *self);
const TdWallMessage *td_desk_listener_get_message (TdDeskListener *self,
                                                   gint64          now);
char                *td_desk_listener_describe_trouble (TdDeskListener *self,
                                                        GTimeZone      *zone);

G_END_DECLS
