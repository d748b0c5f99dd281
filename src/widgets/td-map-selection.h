/* td-map-selection.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-map-places.h"

G_BEGIN_DECLS

/**
 * TdMapSelection:
 *
 * Who is selected on a map of agents: one agent who came last, and perhaps
 * others. A plain value of one owner.
 */
typedef struct _TdMapSelection TdMapSelection;

TdMapSelection *td_map_selection_new (void);
void            td_map_selection_free (TdMapSelection *self);

TdAgent   *td_map_selection_get_last (TdMapSelection *self);
gboolean   td_map_selection_contains (TdMapSelection *self,
                                      TdAgent        *agent);
guint      td_map_selection_get_size (TdMapSelection *self);
GPtrArray *td_map_selection_dup_agents (TdMapSelection    *self,
                                        const TdMapPlaces *places);

void     td_map_selection_set (TdMapSelection *self,
                               TdAgent        *agent);
void     td_map_selection_toggle (TdMapSelection *self,
                                  TdAgent        *agent);
void     td_map_selection_extend (TdMapSelection    *self,
                                  const TdMapPlaces *places,
                                  guint              index);
void     td_map_selection_add_rect (TdMapSelection    *self,
                                    const TdMapPlaces *places,
                                    const TdMapRect   *rect);
gboolean td_map_selection_forget_gone (TdMapSelection    *self,
                                       const TdMapPlaces *places);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TdMapSelection, td_map_selection_free)

G_END_DECLS
