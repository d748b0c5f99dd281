/* td-map-sheet.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-map-stamps.h"

G_BEGIN_DECLS

/**
 * TdMapSheet:
 *
 * Some rows of squares as pixels, and one node that shows them: a renderer is
 * spared a node for each of thousands. Belongs to the main thread.
 */
typedef struct _TdMapSheet TdMapSheet;

TdMapSheet    *td_map_sheet_new (guint n_columns,
                                 guint n_rows);
void           td_map_sheet_free (TdMapSheet *self);
GskRenderNode *td_map_sheet_draw (TdMapSheet      *self,
                                  TdMapStamps     *stamps,
                                  TdMapPainter    *painter,
                                  const TdMapLook *looks,
                                  guint            n_looks,
                                  int              x,
                                  int              y);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TdMapSheet, td_map_sheet_free)

G_END_DECLS
