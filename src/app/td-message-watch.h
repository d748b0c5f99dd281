/* td-message-watch.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "td-wall-message.h"

G_BEGIN_DECLS

#define TD_TYPE_MESSAGE_WATCH (td_message_watch_get_type ())

/**
 * TdMessageWatch:
 *
 * Follows the file with the message to the walls of a profile. It is read in a
 * thread: a folder that hangs holds nobody up.
 *
 * TdMessageWatch::changed: another message, or none, is there.
 */
G_DECLARE_FINAL_TYPE (TdMessageWatch, td_message_watch, TD, MESSAGE_WATCH, GObject)

TdMessageWatch      *td_message_watch_new (const char *profile);
const TdWallMessage *td_message_watch_get_message (TdMessageWatch *self);

G_END_DECLS
