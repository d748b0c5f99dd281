/* td-json-line.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

guint td_json_line_find (const char *json,
                         const char *path);

G_END_DECLS
