/* td-map-row.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "td-map-layout.h"
#include "td-map-zone.h"

G_BEGIN_DECLS

/* How much of a tile is left of who is not looked for. */
#define TD_MAP_DIMMED 0.18

GskRenderNode *td_map_row_new (GtkWidget          *widget,
                               TdMapPerson *const *people,
                               guint               n_people,
                               const TdMapRect    *first,
                               int                 step);

G_END_DECLS
