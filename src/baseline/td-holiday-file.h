/* td-holiday-file.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define TD_HOLIDAY_FILE_MAX_DAYS 20000

GHashTable *td_holiday_file_load (const char *path,
                                  GError    **error);

G_END_DECLS
