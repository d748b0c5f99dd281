/* td-map-typing.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-map-places.h"

G_BEGIN_DECLS

/**
 * TdMapTyping:
 *
 * A word that is typed on a map to find somebody. A plain value of one owner.
 */
typedef struct _TdMapTyping TdMapTyping;

TdMapTyping *td_map_typing_new (void);
void         td_map_typing_free (TdMapTyping *self);
gboolean     td_map_typing_goes_on (TdMapTyping *self,
                                    gint64       at);
guint        td_map_typing_find (TdMapTyping       *self,
                                 const TdMapPlaces *places,
                                 guint              current,
                                 gunichar           letter,
                                 gint64             at);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TdMapTyping, td_map_typing_free)

G_END_DECLS
