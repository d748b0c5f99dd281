/* td-file-lock.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What several programs read, change and write has one of them at a time. */

int  td_file_lock (const char *path,
                   guint       timeout_ms,
                   GError    **error);
void td_file_unlock (int lock);

G_END_DECLS
