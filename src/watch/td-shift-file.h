/* td-shift-file.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-shift-sheet.h"

G_BEGIN_DECLS

/* Shifts that are kept: a file for each in a folder beside the history, with
 * the note and the names as they are typed, and all of the figures from when
 * it was handed over. data/shifts/shift.schema.json describes it. */

#define TD_SHIFT_FORMAT 1
#define TD_SHIFT_MAX_BYTES (16 * 1024 * 1024)

/* More are not offered to be opened; at two a day these are eleven years. */
#define TD_SHIFT_MAX_FILES 8000

char    *td_shift_file_get_folder (const char *history);
char    *td_shift_file_get_path (const char *folder,
                                 gint64      from,
                                 gint64      to,
                                 GTimeZone  *zone);
char   **td_shift_file_list (const char *folder);
gboolean td_shift_file_peek (const char *path,
                             gint64     *from,
                             gint64     *to,
                             gboolean   *frozen);

TdShiftSheet *td_shift_file_load (const char *path,
                                  gint64      from,
                                  gint64      to,
                                  GError    **error);
gboolean      td_shift_file_write (const char *text,
                                   const char *path,
                                   GError    **error);

TdShiftSheet *td_shift_file_parse (const char *text,
                                   gsize       length,
                                   GError    **error);
char         *td_shift_file_to_json (const TdShiftSheet *sheet);

G_END_DECLS
