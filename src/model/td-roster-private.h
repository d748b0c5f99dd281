/* td-roster-private.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-roster.h"
#include "td-row-private.h"

G_BEGIN_DECLS

TdRoster *td_roster_new (GType type);
void      td_roster_update (TdRoster          *self,
                            TdSnapshot        *snapshot,
                            gconstpointer      rows,
                            guint              n_rows,
                            gsize              row_size,
                            const char *const *gone,
                            guint              n_gone,
                            GPtrArray         *added,
                            GPtrArray         *changed,
                            GPtrArray         *removed);

G_END_DECLS
