/* td-agent-map-private.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-agent-map.h"
#include "td-map-band.h"
#include "td-map-cells.h"
#include "td-map-cursor.h"
#include "td-map-scene.h"
#include "td-map-selection.h"
#include "td-map-typing.h"

G_BEGIN_DECLS

/* One turn of a wheel scrolls so far, pixels. */
#define TD_AGENT_MAP_SCROLL_STEP 60

struct _TdAgentMap
{
  GtkWidget parent_instance;

  TdMapScene      *scene;  /* (owned) */
  TdCentre        *centre; /* (owned) (nullable) */
  TdMapClockFunc   clock;
  gpointer         clock_data;
  TdAgentWordsFunc words; /* (nullable) */
  gpointer         words_data;
  TdMapArrangement arrangement;
  TdMapColouring   colouring;
  double           zoom;
  double           zoom_from; /* at the begin of a pinch */
  TdMapSelection  *selection; /* (owned) */
  TdMapCursor     *cursor;    /* (owned) */
  TdMapCells      *cells;     /* (owned) (nullable) */
  gboolean         is_held;
  gboolean         masked;

  gboolean     is_hovered;
  guint        hover_zone;
  guint        hover_tile;
  gint64       moved_at; /* monotonic, µs */
  gint64       keyed_at;
  TdMapTyping *typing; /* (owned) */
  TdMapBand   *band;   /* (owned) */

  GtkAdjustment *adjustments[2]; /* (owned) (nullable): by orientation */
  guint          policies[2];
};

int          td_agent_map_get_top (TdAgentMap *self);
TdMapPerson *td_agent_map_find_cursor (TdAgentMap *self,
                                       guint      *zone,
                                       guint      *tile);
void         td_agent_map_notify_selected (TdAgentMap *self,
                                           TdAgent    *before);
void         td_agent_map_add_controllers (TdAgentMap *self);

G_END_DECLS
