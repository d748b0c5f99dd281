/* td-floor-map-private.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-floor-layout.h"
#include "td-floor-map.h"
#include "td-map-band.h"
#include "td-map-fades.h"
#include "td-map-painter.h"
#include "td-map-selection.h"
#include "td-map-typing.h"

G_BEGIN_DECLS

struct _TdFloorMap
{
  GtkWidget parent_instance;

  TdMapPainter      *painter; /* (owned) */
  TdMapPainter      *plain;   /* (owned): at a scale of 1 */
  TdCentre          *centre;  /* (owned) (nullable) */
  TdFloorPlan       *plan;    /* (owned) (nullable) */
  char              *path;    /* (owned) (nullable): of the plan's file */
  char              *problem; /* (owned) (nullable): why the underlay is missing */
  TdAgentVerdictFunc judge;
  gpointer           judge_data;
  TdFloorClockFunc   clock;
  gpointer           clock_data;
  TdAgentWordsFunc   words; /* (nullable) */
  gpointer           words_data;
  TdFloorFilterFunc  filter;
  gpointer           filter_data;

  TdFloorSeating *seating;   /* (owned) (nullable) */
  TdFloorLayout  *layout;    /* (owned) (nullable) */
  GPtrArray      *cells;     /* (element-type TdFloorCell): children, as the stands are */
  TdMapSelection *selection; /* (owned) */
  TdMapTyping    *typing;    /* (owned) */
  TdMapBand      *band;      /* (owned) */
  TdMapFades     *fades;     /* (owned) */
  guint           cursor;
  gboolean        masked;

  GskRenderNode *ground;   /* (owned) (nullable) */
  GdkTexture    *underlay; /* (owned) (nullable) */
  int            underlay_width;
};

gint64      td_floor_map_get_now (TdFloorMap *self);
void        td_floor_map_reseat (TdFloorMap *self,
                                 gboolean    always);
void        td_floor_map_refresh_cells (TdFloorMap *self);
void        td_floor_map_drop_ground (TdFloorMap *self);
void        td_floor_map_append_ground (TdFloorMap  *self,
                                        GtkSnapshot *snapshot);
TdMapPlaces td_floor_map_get_places (TdFloorMap *self);
TdAgent    *td_floor_map_get_agent (TdFloorMap *self,
                                    guint       index);
void        td_floor_map_notify_selected (TdFloorMap *self,
                                          TdAgent    *before);
void        td_floor_map_add_controllers (TdFloorMap *self);

G_END_DECLS
