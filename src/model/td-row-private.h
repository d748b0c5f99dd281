/* td-row-private.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-row.h"

G_BEGIN_DECLS

TdRow   *td_row_new (GType         type,
                     TdSnapshot   *snapshot,
                     gconstpointer info);
gboolean td_row_update (TdRow        *self,
                        TdSnapshot   *snapshot,
                        gconstpointer info);
void     td_row_emit_changed (TdRow *self);
guint    td_row_get_position (TdRow *self);
void     td_row_set_position (TdRow *self,
                              guint  position);
guint    td_row_get_round (TdRow *self);
void     td_row_set_round (TdRow *self,
                           guint  round);

G_END_DECLS
