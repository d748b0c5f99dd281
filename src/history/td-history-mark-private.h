/* td-history-mark-private.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-history.h"

G_BEGIN_DECLS

#define TD_HISTORY_MAX_MARK_TEXT 200

gboolean   td_history_mark_is_sound (const TdHistoryMark *mark);
GPtrArray *td_history_marks_new (void);
int        td_history_marks_find (GPtrArray *marks,
                                  gint64     id);
void       td_history_marks_put (GPtrArray     *marks,
                                 TdHistoryMark *mark);
GPtrArray *td_history_marks_merge (GPtrArray  *marks,
                                   GPtrArray  *kept,
                                   GHashTable *touched);

G_END_DECLS
