/* td-json-guard.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define TD_JSON_MAX_DEPTH 32
#define TD_JSON_MAX_VALUES 8000000

/* Whether a body is JSON by the letter of RFC 8259, flat and small enough to
 * be parsed into a tree. Pure; any thread. Errors are TD_BACKEND_ERROR. */

gboolean td_json_guard_check (const char *data,
                              gsize       length,
                              GError    **error);

G_END_DECLS
