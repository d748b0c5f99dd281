/* td-map-places.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-agent.h"
#include "td-map-layout.h"

G_BEGIN_DECLS

/**
 * TdMapPlaces:
 * @map: what has the places
 * @get_size: how many there are
 * @get_agent: who is at one, if anybody; the same agent may be at several
 * @get_rect: where one lies
 *
 * The places of a map in their order, for what goes from one to the next: a
 * selection, a word that is typed.
 */
typedef struct
{
  gpointer map;
  guint (*get_size) (gpointer map);
  TdAgent *(*get_agent) (gpointer map,
                         guint    index);
  void (*get_rect) (gpointer   map,
                    guint      index,
                    TdMapRect *rect);
} TdMapPlaces;

G_END_DECLS
