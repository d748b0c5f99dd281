/* td-wall-file.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-wall.h"

G_BEGIN_DECLS

#define TD_WALL_FILE_ERROR (td_wall_file_error_quark ())

/* The message names the file, the group and the key. */
typedef enum {
  TD_WALL_FILE_ERROR_INVALID,
} TdWallFileError;

GQuark td_wall_file_error_quark (void);

gboolean td_wall_file_is_screen_name (const char *name);
gboolean td_wall_file_is_desk (const char *address);
char    *td_wall_file_get_default_path (void);
TdWall  *td_wall_file_load (const char *path,
                            GError    **error);
gboolean td_wall_file_save (const char   *path,
                            const TdWall *wall,
                            GError      **error);
char    *td_wall_file_get_key_path (const char   *path,
                                    const TdWall *wall);

G_END_DECLS
