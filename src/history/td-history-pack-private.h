/* td-history-pack-private.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-intervals.h"

G_BEGIN_DECLS

#define TD_HISTORY_DAY_MINUTES 1440

GBytes  *td_history_pack (const TdInterval *minutes);
gboolean td_history_unpack (gconstpointer data,
                            gsize         size,
                            guint         first,
                            guint         n,
                            TdInterval   *minutes);

G_END_DECLS
