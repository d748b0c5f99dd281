/* td-map-stamps.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-map-painter.h"
#include "td-map-zone.h"

G_BEGIN_DECLS

/* One of the looks that a square can have, packed; 0 is nobody. */
typedef guint16 TdMapLook;

#define TD_MAP_LOOK_NOBODY 0

TdMapLook td_map_look_new (TdAgentState state,
                           TdAgentNeed  need,
                           gboolean     is_dimmed,
                           int          heat);

/**
 * TdMapStamps:
 *
 * Pictures of squares in one size, each drawn once: thousands of them are put
 * on a sheet by copying pixels. Belongs to the main thread.
 */
typedef struct _TdMapStamps TdMapStamps;

TdMapStamps     *td_map_stamps_new (void);
void             td_map_stamps_free (TdMapStamps *self);
void             td_map_stamps_reset (TdMapStamps *self,
                                      int          size,
                                      int          gap,
                                      int          factor);
int              td_map_stamps_get_cell (TdMapStamps *self);
int              td_map_stamps_get_factor (TdMapStamps *self);
cairo_surface_t *td_map_stamps_get (TdMapStamps  *self,
                                    TdMapPainter *painter,
                                    TdMapLook     look);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TdMapStamps, td_map_stamps_free)

G_END_DECLS
