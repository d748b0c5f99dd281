/* td-wall-page.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-wall-moment.h"

G_BEGIN_DECLS

/* The pages of a wall, each drawn into the screen above its foot. All sizes are
 * parts of the screen's height, and how they lie follows its shape. */

#define TD_WALL_MARGIN 0.024
#define TD_WALL_GAP 0.0195
#define TD_WALL_STRIP 0.276
#define TD_WALL_ROW 0.14
#define TD_WALL_ROW_GAP 0.01

#define TD_WALL_RECT(x, y, width, height) GRAPHENE_RECT_INIT ((float)(x), (float)(y), (float)(width), (float)(height))

/**
 * TdWallForm:
 * @TD_WALL_FORM_PORTRAIT: taller than wide
 * @TD_WALL_FORM_NARROW: 4:3 and the like
 * @TD_WALL_FORM_WIDE: 16:9 and the like
 * @TD_WALL_FORM_ULTRAWIDE: 21:9 and wider
 */
typedef enum {
  TD_WALL_FORM_PORTRAIT,
  TD_WALL_FORM_NARROW,
  TD_WALL_FORM_WIDE,
  TD_WALL_FORM_ULTRAWIDE,
} TdWallForm;

const char     *td_wall_page_get_title (TdWallPageKind kind);
TdWallForm      td_wall_page_get_form (double width,
                                       double height);
double          td_wall_page_get_foot (double width,
                                       double height);
void            td_wall_page_get_wander (guint minute,
                                         int   shift,
                                         int  *x,
                                         int  *y);
double          td_wall_page_draw_strip (TdWallPaint             *paint,
                                         const graphene_rect_t   *area,
                                         const TdWallFace *const *faces,
                                         guint                    n_faces);
double          td_wall_page_get_strip_height (const graphene_rect_t *area,
                                               double                 unit,
                                               guint                  n_faces);
graphene_rect_t td_wall_page_get_body (const graphene_rect_t *area,
                                       double                 unit,
                                       guint                  n_faces);

void td_wall_page_draw_now (TdWallPaint           *paint,
                            const graphene_rect_t *area,
                            const TdWallMoment    *moment);
void td_wall_page_draw_normal (TdWallPaint           *paint,
                               const graphene_rect_t *area,
                               const TdWallMoment    *moment);
void td_wall_page_draw_queues (TdWallPaint           *paint,
                               const graphene_rect_t *area,
                               const TdWallMoment    *moment);
void td_wall_page_draw_queue_column (TdWallPaint           *paint,
                                     const graphene_rect_t *area,
                                     const TdWallMoment    *moment);
void td_wall_page_draw_people (TdWallPaint           *paint,
                               const graphene_rect_t *area,
                               const TdWallMoment    *moment);
void td_wall_page_draw_message (TdWallPaint           *paint,
                                const graphene_rect_t *area,
                                const TdWallMoment    *moment);
void td_wall_page_draw_alert (TdWallPaint           *paint,
                              const graphene_rect_t *area,
                              const TdWallMoment    *moment);
void td_wall_page_draw (TdWallPaint           *paint,
                        const graphene_rect_t *area,
                        const TdWallMoment    *moment,
                        TdWallPageKind         kind);

G_END_DECLS
