/* td-wall-tile.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-severity.h"
#include "td-wall-paint.h"

G_BEGIN_DECLS

/**
 * TdWallSense:
 *
 * On which side of what it should be a number lies.
 */
typedef enum {
  TD_WALL_SENSE_NONE,
  TD_WALL_SENSE_HIGH,
  TD_WALL_SENSE_LOW,
} TdWallSense;

/**
 * TdWallGauge:
 * @from: where the good range begins
 * @to: where it ends
 * @tick: the target, or what is normal
 * @value: where the number is
 *
 * A number on a line from 0 to 1; each is NAN where there is none.
 */
typedef struct
{
  double from;
  double to;
  double tick;
  double value;
} TdWallGauge;

/**
 * TdWallFace:
 * @label: what the number is
 * @value: the number itself, the key to read from afar
 * @suffix: (nullable): its unit, smaller
 * @short_label: (nullable): in the place of @label where there is less width
 * @short_value: (nullable): in the place of @value
 * @short_target: (nullable): in the place of @target
 * @target: (nullable): what it should be
 * @deviation: (nullable): how it is off, or that it is not, in words
 * @age: (nullable): how old it is, where it is stale: takes all judgement away
 * @severity: how it is judged
 * @sense: to which side it is off
 * @is_unknown: there is no number, and so no judgement
 * @gauge: the same as a picture
 *
 * What a tile shows. Strings are its own.
 */
typedef struct
{
  char       *label;
  char       *value;
  char       *suffix;
  char       *target;
  char       *deviation;
  char       *age;
  char       *short_label;
  char       *short_value;
  char       *short_target;
  TdSeverity  severity;
  TdWallSense sense;
  gboolean    is_unknown;
  TdWallGauge gauge;
} TdWallFace;

TdWallFace *td_wall_face_new (const char *label);
void        td_wall_face_free (TdWallFace *self);

void        td_wall_tile_draw (TdWallPaint           *paint,
                               const graphene_rect_t *rect,
                               const TdWallFace      *face);
void        td_wall_tile_draw_ground (TdWallPaint           *paint,
                                      const graphene_rect_t *rect,
                                      TdSeverity             severity,
                                      gboolean               is_stale);
void        td_wall_tile_draw_sign (TdWallPaint           *paint,
                                    const graphene_rect_t *rect,
                                    TdSeverity             severity,
                                    TdWallSense            sense,
                                    gboolean               is_stale);
const char *td_wall_tile_get_number_colour (TdSeverity severity,
                                            gboolean   is_stale);
const char *td_wall_tile_get_label_colour (TdSeverity severity,
                                           gboolean   is_stale);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TdWallFace, td_wall_face_free)

G_END_DECLS
