/* td-history-place.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *td_history_place_get (const char *profile);
char *td_history_place_make (const char *profile);
char *td_history_place_make_passing (void);
void  td_history_place_remove_passing (const char *path);

G_END_DECLS
