/* td-wall-message.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TdWallMessageError:
 * @TD_WALL_MESSAGE_ERROR_INVALID: a file that is no message
 *
 * What can be wrong with a file that holds a message.
 */
typedef enum {
  TD_WALL_MESSAGE_ERROR_INVALID,
} TdWallMessageError;

#define TD_WALL_MESSAGE_ERROR (td_wall_message_error_quark ())
GQuark td_wall_message_error_quark (void);

/**
 * TdWallMessage:
 * @text: (nullable): what is said; %NULL for nothing
 * @until: when it is taken down, µs since 1970, or %TD_UNKNOWN for when somebody does
 * @since: when it was said, µs since 1970, or %TD_UNKNOWN
 *
 * What a shift lead has to say to the rooms that watch the same profile. A
 * plain value that owns its text.
 */
typedef struct
{
  char  *text;
  gint64 until;
  gint64 since;
} TdWallMessage;

#define TD_WALL_MESSAGE_NONE     \
  {                              \
    NULL, TD_UNKNOWN, TD_UNKNOWN \
  }

char    *td_wall_message_get_path (const char *profile);
gboolean td_wall_message_load (const char    *path,
                               TdWallMessage *message,
                               GError       **error);
gboolean td_wall_message_save (const char          *path,
                               const TdWallMessage *message,
                               GError             **error);
void     td_wall_message_clear (TdWallMessage *self);
void     td_wall_message_set (TdWallMessage       *self,
                              const TdWallMessage *from);
gboolean td_wall_message_equal (const TdWallMessage *a,
                                const TdWallMessage *b);
gboolean td_wall_message_is_up (const TdWallMessage *self,
                                gint64               now);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TdWallMessage, td_wall_message_clear)

G_END_DECLS
