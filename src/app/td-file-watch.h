/* td-file-watch.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define TD_TYPE_FILE_WATCH (td_file_watch_get_type ())

/**
 * TdFileWatch:
 *
 * Tells when a file is another one than before, has appeared, or is gone. It
 * looks every two seconds, in a thread: a folder that other machines write to
 * tells nobody of a change, and one that hangs holds nobody up.
 *
 * TdFileWatch::changed: it is another one.
 */
G_DECLARE_FINAL_TYPE (TdFileWatch, td_file_watch, TD, FILE_WATCH, GObject)

TdFileWatch *td_file_watch_new (const char *path);
TdFileWatch *td_file_watch_new_unread (const char *path);
const char  *td_file_watch_get_path (TdFileWatch *self);

G_END_DECLS
