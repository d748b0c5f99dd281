/* td-wall-curve.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "td-wall-moment.h"
#include "td-wall-paint.h"

G_BEGIN_DECLS

#define TD_WALL_CURVE_MAX 180 /* values */

/**
 * TdWallCurve:
 * @title: what it is of, translated
 * @is_duration: its values are seconds, else a count
 * @from: time of the first value, µs since 1970
 * @step: from one value to the next, µs
 * @n: values
 * @values: what was to be seen; NAN where nothing was
 * @has_band: there is a normal
 * @low: of the 95 % band of normal, NAN where none is known
 * @high: of the same
 * @threshold: from where it is an alarm, or NAN
 * @is_stale: it is old, and no longer judged by its colours
 *
 * How it came to an alarm.
 */
typedef struct
{
  const char *title;
  gboolean    is_duration;
  gint64      from;
  gint64      step;
  guint       n;
  double      values[TD_WALL_CURVE_MAX];
  gboolean    has_band;
  double      low[TD_WALL_CURVE_MAX];
  double      high[TD_WALL_CURVE_MAX];
  double      threshold;
  gboolean    is_stale;
} TdWallCurve;

gboolean td_wall_curve_read (TdWallCurve        *curve,
                             const TdWallMoment *moment);
char    *td_wall_curve_create_key (const TdWallCurve *curve);
void     td_wall_curve_draw (TdWallPaint           *paint,
                             const graphene_rect_t *rect,
                             const TdWallCurve     *curve,
                             GTimeZone             *zone);

G_END_DECLS
