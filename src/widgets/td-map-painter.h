/* td-map-painter.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "td-agent-verdict.h"
#include "td-map-layout.h"

G_BEGIN_DECLS

/**
 * TdMapHeat:
 * @TD_MAP_HEAT_NONE: the ground of a tile tells only who needs a person
 * @TD_MAP_HEAT_HIGH: the ground warms with @heat
 * @TD_MAP_HEAT_LOW: the ground cools with @heat
 *
 * What the ground of a tile tells.
 */
typedef enum {
  TD_MAP_HEAT_NONE,
  TD_MAP_HEAT_HIGH,
  TD_MAP_HEAT_LOW,
} TdMapHeat;

/**
 * TdMapFace:
 * @title: the agent's name
 * @state: what the agent does
 * @on_hold: on a call, with the caller on hold
 * @label: (nullable): the caller's queue, or the reason of a pause
 * @detail: (nullable): more of the call: number, area, reason
 * @note: (nullable): a word more: the shift of who is offline, a mark of a judge
 * @need: how much the agent needs a person
 * @signs: why, of #TdAgentSigns
 * @heat_kind: what the ground tells
 * @heat: how much of it, 0…1
 *
 * What a tile shows of one agent, but the time in state.
 */
typedef struct
{
  const char  *title;
  TdAgentState state;
  gboolean     on_hold;
  const char  *label;
  const char  *detail;
  const char  *note;
  TdAgentNeed  need;
  guint        signs;
  TdMapHeat    heat_kind;
  double       heat;
} TdMapFace;

/**
 * TdMapPainter:
 *
 * Draws agents as tiles for one widget, and keeps what it drew: colours of the
 * style sheet, texts, times. Belongs to its widget and the main thread.
 */
typedef struct _TdMapPainter TdMapPainter;

TdMapPainter *td_map_painter_new (GtkWidget *widget);
void          td_map_painter_free (TdMapPainter *self);
double        td_map_painter_get_scale (TdMapPainter *self);
gboolean      td_map_painter_get_masked (TdMapPainter *self);
void          td_map_painter_set_masked (TdMapPainter *self,
                                         gboolean      masked);
void          td_map_painter_reset (TdMapPainter *self,
                                    double        scale);

GskRenderNode *td_map_painter_create_face (TdMapPainter    *self,
                                           TdMapDetail      detail,
                                           int              width,
                                           int              height,
                                           const TdMapFace *face);
void           td_map_painter_append_time (TdMapPainter *self,
                                           GtkSnapshot  *snapshot,
                                           TdMapDetail   detail,
                                           int           width,
                                           int           height,
                                           gint64        seconds,
                                           gboolean      inexact,
                                           TdAgentNeed   need,
                                           gboolean      faint);
void           td_map_painter_write_time (TdMapPainter    *self,
                                          GtkSnapshot     *snapshot,
                                          TdMapDetail      detail,
                                          const TdMapRect *rect,
                                          gint64           seconds,
                                          gboolean         inexact,
                                          TdAgentNeed      need,
                                          gboolean         is_dimmed);
void           td_map_painter_get_time_band (TdMapPainter *self,
                                             TdMapDetail   detail,
                                             int           height,
                                             int          *top,
                                             int          *bottom);
void           td_map_painter_draw_times (TdMapPainter *self,
                                          GtkSnapshot  *snapshot,
                                          TdMapDetail   detail);
PangoLayout   *td_map_painter_create_text (TdMapPainter *self,
                                           const char   *text,
                                           double        size,
                                           gboolean      bold,
                                           int           width);
const GdkRGBA *td_map_painter_get_colour (TdMapPainter *self,
                                          const char   *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TdMapPainter, td_map_painter_free)

G_END_DECLS
