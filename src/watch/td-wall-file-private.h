/* td-wall-file-private.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-wall.h"

G_BEGIN_DECLS

/* The words of a wall's file, for those who read and who write it. */

#define TD_WALL_FILE_MAX (64 * 1024)

#define TD_WALL_FILE_WALL "wall"
#define TD_WALL_FILE_PAGES "pages"
#define TD_WALL_FILE_TARGETS "targets"
#define TD_WALL_FILE_NIGHT "night"

extern const char *const td_wall_page_words[TD_N_WALL_PAGES];
extern const char *const td_wall_number_words[TD_N_WALL_NUMBERS + 1]; /* ends in NULL */
extern const char *const td_wall_privacy_words[TD_N_WALL_PRIVACIES];
extern const char *const td_wall_orientation_words[TD_N_WALL_ORIENTATIONS];
extern const char *const td_wall_arrange_words[TD_N_WALL_ARRANGES];
extern const char *const td_wall_style_words[2];

char       *td_wall_file_make_group (const char *group,
                                     const char *screen);
const char *td_wall_file_get_screen (const char *group);

G_END_DECLS
