/* td-wall-paint.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * TD_WALL_LEAST:
 *
 * Nothing on a wall is written smaller than this part of the screen's height.
 */
#define TD_WALL_LEAST (1 / 40.0)

/**
 * TdWallShape:
 * @TD_WALL_SHAPE_CHECK: as it should be
 * @TD_WALL_SHAPE_UP: too high
 * @TD_WALL_SHAPE_DOWN: too low
 * @TD_WALL_SHAPE_STOP: needs a person
 * @TD_WALL_SHAPE_CLOCK: old
 * @TD_WALL_SHAPE_CROSS: lost
 * @TD_WALL_SHAPE_DISC: live
 * @TD_WALL_SHAPE_PAUSE: stands still
 */
typedef enum {
  TD_WALL_SHAPE_CHECK,
  TD_WALL_SHAPE_UP,
  TD_WALL_SHAPE_DOWN,
  TD_WALL_SHAPE_STOP,
  TD_WALL_SHAPE_CLOCK,
  TD_WALL_SHAPE_CROSS,
  TD_WALL_SHAPE_DISC,
  TD_WALL_SHAPE_PAUSE,
} TdWallShape;

typedef enum {
  TD_WALL_ALIGN_START,
  TD_WALL_ALIGN_CENTRE,
  TD_WALL_ALIGN_END,
} TdWallAlign;

/**
 * TdWallStyle:
 * @size: of the font, pixels; what does not fit is written smaller, but not
 *   below %TD_WALL_LEAST, and is then cut with an ellipsis
 * @is_bold: heavy
 * @is_number: digits are centred in the height, not the line they stand on
 * @align: where in the width
 * @colour: name of a colour of the style sheet
 * @ends_matter: what has no room is cut in its middle: names that begin alike end otherwise
 */
typedef struct
{
  double      size;
  gboolean    is_bold;
  gboolean    is_number;
  TdWallAlign align;
  const char *colour;
  gboolean    ends_matter;
} TdWallStyle;

/**
 * TdWallDrawn:
 * @text: (nullable): what was written, before it was cut; %NULL for a shape
 * @size: of the font, pixels; 0 for a shape
 * @ink: where
 * @is_cut: not all of the text is there, for want of room
 *
 * What is on the wall: for a screen reader, and for tests.
 */
typedef struct
{
  char           *text;
  double          size;
  graphene_rect_t ink;
  gboolean        is_cut;
} TdWallDrawn;

/**
 * TdWallPaint:
 *
 * Draws a screen to be read from afar, in parts: a part that is drawn by the
 * same key as in the frame before is not drawn again. Belongs to its widget
 * and the main thread.
 */
typedef struct _TdWallPaint TdWallPaint;

TdWallPaint *td_wall_paint_new (GtkWidget *widget);
void         td_wall_paint_free (TdWallPaint *self);
void         td_wall_paint_reset (TdWallPaint *self);
void         td_wall_paint_begin (TdWallPaint *self,
                                  int          width,
                                  int          height);
void         td_wall_paint_end (TdWallPaint *self,
                                GtkSnapshot *snapshot);
double       td_wall_paint_get_height (TdWallPaint *self);
GPtrArray   *td_wall_paint_get_drawn (TdWallPaint *self);

gboolean td_wall_paint_begin_part (TdWallPaint *self,
                                   const char  *key);
void     td_wall_paint_end_part (TdWallPaint *self);

double       td_wall_paint_measure (TdWallPaint       *self,
                                    const char        *text,
                                    const TdWallStyle *style);
double       td_wall_paint_text (TdWallPaint           *self,
                                 const graphene_rect_t *rect,
                                 const char            *text,
                                 const TdWallStyle     *style);
void         td_wall_paint_paragraph (TdWallPaint           *self,
                                      const graphene_rect_t *rect,
                                      const char            *text,
                                      const TdWallStyle     *style);
void         td_wall_paint_shape (TdWallPaint           *self,
                                  const graphene_rect_t *rect,
                                  TdWallShape            shape,
                                  const char            *colour);
void         td_wall_paint_fill (TdWallPaint           *self,
                                 const graphene_rect_t *rect,
                                 double                 radius,
                                 const char            *colour);
void         td_wall_paint_outline (TdWallPaint           *self,
                                    const graphene_rect_t *rect,
                                    double                 radius,
                                    double                 line,
                                    gboolean               is_dashed,
                                    const char            *colour);
GtkSnapshot *td_wall_paint_get_snapshot (TdWallPaint *self);
void         td_wall_paint_get_colour (TdWallPaint *self,
                                       const char  *name,
                                       GdkRGBA     *colour);
void         td_wall_paint_note (TdWallPaint           *self,
                                 const char            *text,
                                 double                 size,
                                 const graphene_rect_t *ink);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TdWallPaint, td_wall_paint_free)

G_END_DECLS
