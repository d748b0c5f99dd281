/* td-wall-tile.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-wall-tile.h"

#include <math.h>

/* Parts of the screen's height. */
#define NUMBER 0.226
#define LABEL 0.043
#define TARGET 0.034
#define PAD 0.022
#define RADIUS 0.015
#define LINE 0.0035

/* Of the number's size. */
#define SUFFIX 0.5

/* Below these heights there is room for no gauge, for smaller words, and for one row only. */
#define WITH_GAUGE 0.32
#define TIGHT 0.27
#define ROW 0.2

/* What the words of a row have at least, of the screen's height. */
#define ROW_WORDS 0.113
#define MOST_WORDS_OF_KEY 0.119
#define MOST_WORDS 0.215

#define RECT(x, y, width, height) GRAPHENE_RECT_INIT ((float)(x), (float)(y), (float)(width), (float)(height))

/**
 * td_wall_face_new:
 * @label: what the number is
 *
 * Returns: (transfer full): a face of a number that is not known
 */
TdWallFace *
td_wall_face_new (const char *label)
{
  TdWallFace *self = g_new0 (TdWallFace, 1);

  self->label = g_strdup (label);
  self->gauge = (TdWallGauge){ NAN, NAN, NAN, NAN };

  return self;
}

void
td_wall_face_free (TdWallFace *self)
{
  if (self == NULL)
    return;

  g_free (self->label);
  g_free (self->value);
  g_free (self->suffix);
  g_free (self->target);
  g_free (self->deviation);
  g_free (self->age);
  g_free (self->short_label);
  g_free (self->short_value);
  g_free (self->short_target);
  g_free (self);
}

/**
 * td_wall_tile_get_number_colour:
 * @severity: how a number is judged
 * @is_stale: whether it is old
 *
 * Returns: name of its colour
 */
const char *
td_wall_tile_get_number_colour (TdSeverity severity,
                                gboolean   is_stale)
{
  if (is_stale)
    return "td_wall_stale";

  switch (severity)
    {
    case TD_SEVERITY_RED:
      return "td_wall_on_red";

    case TD_SEVERITY_AMBER:
      return "td_wall_amber";

    case TD_SEVERITY_NORMAL:
    default:
      return "td_wall_number";
    }
}

/**
 * td_wall_tile_get_label_colour:
 * @severity: how a number is judged
 * @is_stale: whether it is old
 *
 * Returns: name of the colour of the words around it
 */
const char *
td_wall_tile_get_label_colour (TdSeverity severity,
                               gboolean   is_stale)
{
  return severity == TD_SEVERITY_RED && !is_stale ? "td_wall_on_red_secondary" : "td_wall_secondary";
}

/**
 * td_wall_tile_draw_ground:
 * @paint: a painter in a part
 * @rect: of a tile
 * @severity: how what is in it is judged
 * @is_stale: whether that is old
 */
void
td_wall_tile_draw_ground (TdWallPaint           *paint,
                          const graphene_rect_t *rect,
                          TdSeverity             severity,
                          gboolean               is_stale)
{
  double unit = td_wall_paint_get_height (paint);
  double radius = round (RADIUS * unit);
  double line = MAX (round (LINE * unit), 1);

  if (is_stale)
    {
      td_wall_paint_outline (paint, rect, radius, line, TRUE, "td_wall_stale_line");
      return;
    }

  td_wall_paint_fill (paint, rect, radius, severity == TD_SEVERITY_RED ? "td_wall_red" : "td_wall_surface");
  if (severity != TD_SEVERITY_NORMAL)
    td_wall_paint_outline (paint, rect, radius, line, FALSE, severity == TD_SEVERITY_RED ? "td_wall_red_edge" : "td_wall_amber");
}

/**
 * td_wall_tile_draw_sign:
 * @paint: a painter in a part
 * @rect: a square
 * @severity: how a number is judged
 * @sense: to which side it is off
 * @is_stale: whether it is old
 *
 * Draws the judgement as a shape, for who cannot tell its colour.
 */
void
td_wall_tile_draw_sign (TdWallPaint           *paint,
                        const graphene_rect_t *rect,
                        TdSeverity             severity,
                        TdWallSense            sense,
                        gboolean               is_stale)
{
  TdWallShape shape = TD_WALL_SHAPE_CHECK;
  const char *colour = "td_wall_ok";

  if (severity == TD_SEVERITY_RED)
    shape = TD_WALL_SHAPE_STOP;
  else if (severity == TD_SEVERITY_AMBER)
    shape = sense == TD_WALL_SENSE_LOW ? TD_WALL_SHAPE_DOWN : TD_WALL_SHAPE_UP;
  if (is_stale || severity != TD_SEVERITY_NORMAL)
    colour = td_wall_tile_get_number_colour (severity, is_stale);
  td_wall_paint_shape (paint, rect, shape, colour);
}

static void
draw_gauge (TdWallPaint           *paint,
            const graphene_rect_t *rect,
            const TdWallFace      *face)
{
  const TdWallGauge *gauge = &face->gauge;
  double             unit = td_wall_paint_get_height (paint);
  double             thick = round (0.011 * unit), mark = round (0.026 * unit);
  double             y = round (rect->origin.y + (rect->size.height - thick) / 2);
  double             x = rect->origin.x, width = rect->size.width;
  gboolean           is_red = face->severity == TD_SEVERITY_RED && face->age == NULL;
  const char        *colour = td_wall_tile_get_number_colour (face->severity, face->age != NULL);

  if (isnan (gauge->value) || (isnan (gauge->from) && isnan (gauge->tick)))
    return;

  td_wall_paint_fill (paint, &RECT (x, y, width, thick), 0, is_red ? "td_wall_red_track" : "td_wall_track");
  if (!isnan (gauge->from) && gauge->to > gauge->from)
    td_wall_paint_fill (paint, &RECT (x + gauge->from * width, y, (gauge->to - gauge->from) * width, thick), 0,
                        is_red              ? "td_wall_red_good"
                        : face->age != NULL ? "td_wall_stale_line"
                                            : "td_wall_band_80");
  if (!isnan (gauge->tick))
    td_wall_paint_fill (paint, &RECT (x + gauge->tick * width - MAX (0.002 * unit, 1), y - thick, MAX (0.004 * unit, 2), 3 * thick), 0,
                        is_red ? "td_wall_on_red_secondary" : "td_wall_secondary");

  x = round (x + CLAMP (gauge->value, 0, 1) * width - mark / 2);
  x = CLAMP (x, rect->origin.x, rect->origin.x + width - mark);
  td_wall_paint_shape (paint, &RECT (x, y + thick / 2 - mark / 2, mark, mark),
                       face->severity == TD_SEVERITY_NORMAL ? TD_WALL_SHAPE_DISC
                       : face->sense == TD_WALL_SENSE_LOW   ? TD_WALL_SHAPE_DOWN
                                                            : TD_WALL_SHAPE_UP,
                       colour);
}

/* The number as large as it can be; of its unit what room is left. */
static void
draw_number (TdWallPaint           *paint,
             const graphene_rect_t *rect,
             const TdWallFace      *face)
{
  double      unit = td_wall_paint_get_height (paint);
  gboolean    is_stale = face->age != NULL;
  TdWallStyle number = { round (NUMBER * unit), TRUE, TRUE, TD_WALL_ALIGN_START,
                         td_wall_tile_get_number_colour (face->severity, is_stale) };
  TdWallStyle suffix = number;
  double      width, gap, suffix_width, x, size, digit, natural_width, natural_suffix;

  /* What is too high for its room is not made so by its unit. */
  digit = 0.74 * number.size;
  if (digit > rect->size.height)
    number.size = floor (number.size * rect->size.height / digit);
  suffix.is_bold = FALSE;
  suffix.colour = face->severity == TD_SEVERITY_RED && !is_stale ? "td_wall_on_red" : "td_wall_secondary";
  if (is_stale)
    suffix.colour = "td_wall_stale";

  size = number.size;
  suffix.size = round (SUFFIX * size);
  /* The libraries keep what they loaded of each size of a font: none is tried
   * only to be measured. Hinting makes a text a pixel wider here and there. */
  natural_width = td_wall_paint_measure (paint, face->value, &number) * 1.01 / number.size;
  natural_suffix = td_wall_paint_measure (paint, face->suffix, &suffix) * 1.01 / suffix.size;
  for (;;)
    {
      suffix.size = MAX (round (SUFFIX * size), ceil (TD_WALL_LEAST * unit));
      number.size = size;
      gap = face->suffix != NULL ? round (0.1 * size) : 0;
      suffix_width = ceil (natural_suffix * suffix.size);
      width = ceil (natural_width * size);
      if (width + gap + suffix_width <= rect->size.width || size <= TD_WALL_LEAST * unit * 2)
        break;
      /* A number below its size is worse than one without its unit. */
      if (face->suffix != NULL && width <= rect->size.width && size * 0.95 < 0.175 * unit)
        {
          gap = suffix_width = 0;
          break;
        }
      size = floor (size * 0.97);
    }

  width = td_wall_paint_measure (paint, face->value, &number);
  if (suffix_width > 0)
    suffix_width = td_wall_paint_measure (paint, face->suffix, &suffix);

  x = rect->origin.x;
  td_wall_paint_text (paint, &RECT (x, rect->origin.y, MIN (width + 1, rect->size.width), rect->size.height), face->value, &number);
  if (suffix_width > 0)
    {
      /* On the number's line. */
      double height = 0.36 * number.size;

      td_wall_paint_text (paint, &RECT (x + width + gap, rect->origin.y + rect->size.height / 2 + 0.36 * number.size - height, suffix_width + 1, height),
                          face->suffix, &suffix);
    }
}

/* Target to the left; to the right how it is off, or how old it is. */
static void
draw_words (TdWallPaint           *paint,
            const graphene_rect_t *rect,
            const TdWallFace      *face)
{
  double      unit = td_wall_paint_get_height (paint);
  gboolean    is_stale = face->age != NULL;
  TdWallStyle target = { round (TARGET * unit), FALSE, FALSE, TD_WALL_ALIGN_START,
                         td_wall_tile_get_label_colour (face->severity, is_stale) };
  TdWallStyle deviation = { round (LABEL * unit), TRUE, FALSE, TD_WALL_ALIGN_END,
                            is_stale ? "td_wall_text" : td_wall_tile_get_number_colour (face->severity, FALSE) };
  const char *right = is_stale ? face->age : face->deviation;
  double      least = ceil (TD_WALL_LEAST * unit);
  double      room = rect->size.width, mark = is_stale ? round (0.034 * unit) : 0;
  double      right_width = right != NULL ? td_wall_paint_measure (paint, right, &deviation) + mark * 1.4 : 0;
  double      left_width = td_wall_paint_measure (paint, face->target, &target);
  double      gap = round (0.015 * unit);

  if (left_width + gap + right_width > room && right_width > 0)
    {
      /* Both shrink, the target first; it is the one that does not change. */
      target.size = MAX (floor (target.size * (room - gap - right_width) / MAX (left_width, 1)), least);
      left_width = td_wall_paint_measure (paint, face->target, &target);
      right_width = MIN (right_width, MAX (room - gap - left_width, room * 0.45));
    }
  if (right_width > 0)
    {
      td_wall_paint_text (paint, &RECT (rect->origin.x + room - right_width + mark * 1.4, rect->origin.y, right_width - mark * 1.4 + 1, rect->size.height), right, &deviation);
      if (is_stale)
        td_wall_paint_shape (paint, &RECT (rect->origin.x + room - MIN (right_width, td_wall_paint_measure (paint, right, &deviation) + mark * 1.4), rect->origin.y + (rect->size.height - mark) / 2, mark, mark),
                             TD_WALL_SHAPE_CLOCK, "td_wall_secondary");
      room -= right_width + gap;
    }
  td_wall_paint_text (paint, &RECT (rect->origin.x, rect->origin.y, room, rect->size.height), face->target, &target);
}

static void
draw_upright (TdWallPaint           *paint,
              const graphene_rect_t *rect,
              const TdWallFace      *face)
{
  double      unit = td_wall_paint_get_height (paint);
  gboolean    is_stale = face->age != NULL;
  double      pad = round (PAD * unit), side = round (0.03 * unit);
  double      mark = round (0.045 * unit);
  double      label = round (0.06 * unit), words = round (0.058 * unit);
  double      gauge = rect->size.height >= WITH_GAUGE * unit ? round (0.045 * unit) : 0;
  double      x = rect->origin.x + side, y = rect->origin.y;
  double      width = rect->size.width - 2 * side, bottom = y + rect->size.height;
  TdWallStyle style = { round (LABEL * unit), FALSE, FALSE, TD_WALL_ALIGN_START,
                        td_wall_tile_get_label_colour (face->severity, is_stale) };

  if (gauge == 0)
    pad = round (0.008 * unit);
  if (rect->size.height < TIGHT * unit)
    {
      pad = round (0.005 * unit);
      label = words = round (0.05 * unit);
      style.size = round (0.037 * unit);
    }
  y += pad;
  td_wall_paint_text (paint, &RECT (x, y, width - mark - side / 2, label), face->label, &style);
  if (!face->is_unknown)
    td_wall_tile_draw_sign (paint, &RECT (x + width - mark, y + (label - mark) / 2, mark, mark), face->severity, face->sense, is_stale);
  y += label;
  bottom -= pad + words;
  draw_words (paint, &RECT (x, bottom, width, words), face);
  if (gauge > 0)
    {
      bottom -= gauge;
      draw_gauge (paint, &RECT (x, bottom, width, gauge), face);
    }
  draw_number (paint, &RECT (x, y + 0.006 * unit, width, bottom - y - 0.012 * unit), face);
}

/* How wide a text is where it is as small as it may be. */
static double
measure_least (TdWallPaint *paint,
               const char  *text,
               gboolean     is_bold)
{
  const TdWallStyle least = { ceil (TD_WALL_LEAST * td_wall_paint_get_height (paint)), is_bold, FALSE, TD_WALL_ALIGN_START, "td_wall_text" };

  return td_wall_paint_measure (paint, text, &least);
}

/* The shorter of two where the longer could not be read whole. */
static const char *
choose (TdWallPaint *paint,
        const char  *text,
        const char  *shorter,
        double       room)
{
  return shorter != NULL && measure_least (paint, text, FALSE) > room ? shorter : text;
}

/* The number to the right as large as the row is high, and to the left in
 * three lines the words, in what width is left. */
static void
draw_row (TdWallPaint           *paint,
          const graphene_rect_t *rect,
          const TdWallFace      *face)
{
  double      unit = td_wall_paint_get_height (paint);
  gboolean    is_stale = face->age != NULL;
  const char *third = is_stale ? face->age : face->deviation;
  double      side = round (0.014 * unit), mark = round (0.026 * unit), indent = round (1.25 * mark), edge = round (0.004 * unit);
  double      inner = rect->size.width - 2 * side, line = rect->size.height * 0.26, left, words;
  double      x = rect->origin.x + side, y = rect->origin.y + rect->size.height * 0.11;
  TdWallStyle number = { round (0.18 * unit), TRUE, TRUE, TD_WALL_ALIGN_END, td_wall_tile_get_number_colour (face->severity, is_stale) };
  TdWallStyle label = { round (0.03 * unit), FALSE, FALSE, TD_WALL_ALIGN_START, td_wall_tile_get_label_colour (face->severity, is_stale) };
  TdWallStyle target = { round (0.026 * unit), FALSE, FALSE, TD_WALL_ALIGN_START, label.colour };
  TdWallStyle deviation = { round (0.029 * unit), TRUE, FALSE, TD_WALL_ALIGN_START,
                            is_stale ? "td_wall_text" : td_wall_tile_get_number_colour (face->severity, FALSE) };
  TdWallStyle suffix = { round (0.09 * unit), FALSE, FALSE, TD_WALL_ALIGN_END, is_stale ? "td_wall_stale" : label.colour };
  const char *value = face->value, *title, *aim;
  double      suffix_width = 0;
  guint       sign_line;

  /* “/ 71” can be left out; a number of percents cannot be without its sign. */
  if (face->suffix != NULL && *face->suffix != '/')
    suffix_width = td_wall_paint_measure (paint, face->suffix, &suffix) + round (0.012 * unit);

  left = inner - suffix_width - td_wall_paint_measure (paint, value, &number) - side / 2;
  if (left < ROW_WORDS * unit && face->short_value != NULL)
    {
      value = face->short_value;
      left = inner - td_wall_paint_measure (paint, value, &number) - side / 2;
    }
  /* The words get what they need, within bounds, and the number the rest. */
  words = MAX (measure_least (paint, face->short_label != NULL ? face->short_label : face->label, FALSE),
               MAX (measure_least (paint, face->short_target != NULL ? face->short_target : face->target, FALSE) + indent,
                    measure_least (paint, third, TRUE)));
  left = CLAMP (MAX (left, words + side / 2), ROW_WORDS * unit, face->short_target != NULL ? MAX (left, MOST_WORDS_OF_KEY * unit) : MAX (left, MOST_WORDS * unit));
  left = MIN (left, 0.5 * inner);

  title = choose (paint, face->label, face->short_label, left - indent);
  sign_line = measure_least (paint, title, FALSE) > left - indent ? 1 : 0;
  aim = choose (paint, face->target, face->short_target, left - sign_line * indent);
  if (!face->is_unknown)
    td_wall_tile_draw_sign (paint, &RECT (x, y + sign_line * line + (line - mark) / 2, mark, mark), face->severity, face->sense, is_stale);
  td_wall_paint_text (paint, &RECT (x + (1 - sign_line) * indent, y, left - (1 - sign_line) * indent, line), title, &label);
  td_wall_paint_text (paint, &RECT (x + sign_line * indent, y + line, left - sign_line * indent, line), aim, &target);
  td_wall_paint_text (paint, &RECT (x, y + 2 * line, left, line), third, &deviation);
  td_wall_paint_text (paint, &RECT (x + left, rect->origin.y + edge, inner - suffix_width - left, rect->size.height - 2 * edge), value, &number);
  if (suffix_width > 0)
    td_wall_paint_text (paint, &RECT (x + inner - suffix_width, rect->origin.y + 0.45 * rect->size.height, suffix_width, 0.5 * rect->size.height),
                        face->suffix, &suffix);
}

static char *
make_key (const graphene_rect_t *rect,
          const TdWallFace      *face)
{
  return g_strdup_printf ("tile %g %g %g %g %s|%s|%s|%s|%s|%s|%d|%d|%.3f %.3f %.3f %.3f", rect->origin.x, rect->origin.y,
                          rect->size.width, rect->size.height, face->label, face->value, face->suffix, face->target,
                          face->deviation, face->age, face->severity, face->sense, face->gauge.from, face->gauge.to,
                          face->gauge.tick, face->gauge.value);
}

/**
 * td_wall_tile_draw:
 * @paint: a painter, not in a part
 * @rect: where
 * @face: what
 *
 * Draws a number as a tile: upright with a gauge, without one where it is low,
 * in one row where it is lower still.
 */
void
td_wall_tile_draw (TdWallPaint           *paint,
                   const graphene_rect_t *rect,
                   const TdWallFace      *face)
{
  double           unit = td_wall_paint_get_height (paint);
  g_autofree char *key = make_key (rect, face);

  if (!td_wall_paint_begin_part (paint, key))
    return;

  td_wall_tile_draw_ground (paint, rect, face->severity, face->age != NULL);
  if (rect->size.height < ROW * unit)
    draw_row (paint, rect, face);
  else
    draw_upright (paint, rect, face);
  td_wall_paint_end_part (paint);
}
