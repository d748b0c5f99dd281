/* td-file.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean td_file_save (const char *path,
                       const char *text,
                       gssize      length,
                       GError    **error);

gboolean td_file_read (const char *path,
                       gsize       max_bytes,
                       char      **text,
                       gsize      *length,
                       GError    **error);

G_END_DECLS
