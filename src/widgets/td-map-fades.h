/* td-map-fades.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * TdMapFades:
 *
 * What tiles looked like before they changed, while it fades away: one short,
 * calm motion for a change of state, and none where the desktop asks for less.
 * Belongs to the main thread.
 */
typedef struct _TdMapFades TdMapFades;

/**
 * TdMapFadePlaceFunc:
 * @owner: whose tile it is
 * @index: 0 for the first place of the owner
 * @at: (out): the upper left corner of the tile
 * @user_data: data
 *
 * Returns: whether there is such a place
 */
typedef gboolean (*TdMapFadePlaceFunc) (gpointer          owner,
                                        guint             index,
                                        graphene_point_t *at,
                                        gpointer          user_data);

TdMapFades *td_map_fades_new (GtkWidget *widget);
void        td_map_fades_free (TdMapFades *self);
void        td_map_fades_add (TdMapFades    *self,
                              gpointer       owner,
                              GskRenderNode *face);
void        td_map_fades_clear (TdMapFades *self);
gboolean    td_map_fades_is_empty (TdMapFades *self);
void        td_map_fades_draw (TdMapFades        *self,
                               GtkSnapshot       *snapshot,
                               TdMapFadePlaceFunc func,
                               gpointer           user_data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TdMapFades, td_map_fades_free)

G_END_DECLS
