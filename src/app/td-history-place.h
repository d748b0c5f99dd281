/* td-history-place.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* No history grows beyond this, whatever is recorded. */
#define TD_HISTORY_PLACE_MAX_BYTES (G_GINT64_CONSTANT (8) * 1024 * 1024 * 1024)

char    *td_history_place_get (const char *profile);
char    *td_history_place_make (const char *profile);
gint64   td_history_place_get_size (const char *profile);
gboolean td_history_place_remove (const char *profile);
char    *td_history_place_make_passing (void);
void     td_history_place_remove_passing (const char *path);

G_END_DECLS
