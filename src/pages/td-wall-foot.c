/* td-wall-foot.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-wall-foot.h"

#include <glib/gi18n.h>
#include <math.h>

#define TEXT 0.03
#define CLOCK 0.043

/* A dash for each page, the present one longer and filled as its time passes. */
static double
draw_dashes (TdWallPaint           *paint,
             const graphene_rect_t *rect,
             const TdWallFoot      *foot)
{
  const TdWallRotation *rotation = foot->rotation;
  double                unit = td_wall_paint_get_height (paint);
  double                height = round (0.01 * unit), gap = round (0.011 * unit);
  double                shorter = round (0.02 * unit), longer = round (0.075 * unit);
  double                x = rect->origin.x, y = rect->origin.y + round ((rect->size.height - height) / 2);

  for (guint i = 0; i < rotation->wall->n_pages; i++)
    {
      double width = i == rotation->index ? longer : shorter;

      td_wall_paint_fill (paint, &TD_WALL_RECT (x, y, width, height), height / 2, "td_wall_stale_line");
      if (i == rotation->index)
        td_wall_paint_fill (paint, &TD_WALL_RECT (x, y, MAX (width * foot->part, height), height), height / 2, "td_wall_number");
      x += width + gap;
    }

  return x - rect->origin.x;
}

static void
draw_rotation (TdWallPaint           *paint,
               const graphene_rect_t *rect,
               const TdWallFoot      *foot,
               gboolean               is_short)
{
  const TdWallRotation *rotation = foot->rotation;
  const char           *told = foot->notice != NULL ? foot->notice : foot->hold;
  double                unit = td_wall_paint_get_height (paint);
  double                mark = round (0.022 * unit), gap = round (0.016 * unit), width, x;
  double                dashes = rotation->wall->n_pages * 0.031 * unit + 0.055 * unit;
  TdWallStyle           style = { round (TEXT * unit), FALSE, FALSE, TD_WALL_ALIGN_START, "td_wall_text" };
  g_autofree char      *key = NULL;
  g_autofree char      *text = NULL;

  if (told != NULL)
    text = g_strdup (told);
  else if (!is_short)
    text = g_strdup_printf ("%u/%u %s", rotation->index + 1, rotation->wall->n_pages, td_wall_page_get_title (td_wall_rotation_get_page (rotation)->kind));
  /* Half a title is none. */
  if (text == NULL || (told == NULL && td_wall_paint_measure (paint, text, &style) + dashes + gap > rect->size.width))
    {
      g_free (text);
      text = g_strdup_printf ("%u/%u", rotation->index + 1, rotation->wall->n_pages);
    }
  key = g_strdup_printf ("rotation %s %u %.2f %d", text, rotation->index, told == NULL ? foot->part : 0, told == NULL ? 0 : foot->hold != NULL ? 1
                                                                                                                                               : 2);
  if (!td_wall_paint_begin_part (paint, key))
    return;

  width = td_wall_paint_measure (paint, text, &style);
  if (told != NULL)
    {
      x = rect->origin.x + (is_short ? 0 : MAX ((rect->size.width - width - mark - gap) / 2, 0));
      td_wall_paint_shape (paint, &TD_WALL_RECT (x, rect->origin.y + (rect->size.height - mark) / 2, mark, mark),
                           foot->notice == NULL ? TD_WALL_SHAPE_PAUSE : TD_WALL_SHAPE_STOP, "td_wall_amber");
      x += mark + gap;
    }
  else
    {
      x = rect->origin.x + (is_short ? 0 : MAX ((rect->size.width - width - dashes - gap) / 2, 0));
      x += draw_dashes (paint, &TD_WALL_RECT (x, rect->origin.y, dashes, rect->size.height), foot);
    }
  td_wall_paint_text (paint, &TD_WALL_RECT (x, rect->origin.y, rect->origin.x + rect->size.width - x, rect->size.height), text, &style);
  td_wall_paint_end_part (paint);
}

static void
draw_freshness (TdWallPaint           *paint,
                const graphene_rect_t *rect,
                const TdWallFoot      *foot,
                TdWallAlign            align)
{
  double           unit = td_wall_paint_get_height (paint);
  double           mark = round (0.024 * unit), gap = round (0.012 * unit), width, x;
  TdWallStyle      style = { round (TEXT * unit), FALSE, FALSE, TD_WALL_ALIGN_START, "td_wall_secondary" };
  TdWallShape      shape = TD_WALL_SHAPE_DISC;
  const char      *colour = "td_wall_number";
  g_autofree char *key = g_strdup_printf ("fresh %d %s", foot->freshness, foot->freshness_text);

  if (!td_wall_paint_begin_part (paint, key))
    return;

  if (foot->freshness == TD_FRESHNESS_STALE || foot->freshness == TD_FRESHNESS_CONNECTING)
    {
      shape = TD_WALL_SHAPE_CLOCK;
      colour = style.colour = "td_wall_amber";
    }
  else if (foot->freshness != TD_FRESHNESS_LIVE)
    {
      shape = TD_WALL_SHAPE_CROSS;
      colour = style.colour = "td_wall_alarm";
    }
  style.is_bold = foot->freshness != TD_FRESHNESS_LIVE;
  width = td_wall_paint_measure (paint, foot->freshness_text, &style) + mark + gap;
  x = rect->origin.x + (align == TD_WALL_ALIGN_END ? MAX (rect->size.width - width, 0) : 0);
  td_wall_paint_shape (paint, &TD_WALL_RECT (x, rect->origin.y + (rect->size.height - mark) / 2, mark, mark), shape, colour);
  td_wall_paint_text (paint, &TD_WALL_RECT (x + mark + gap, rect->origin.y, rect->origin.x + rect->size.width - x - mark - gap + 1, rect->size.height), foot->freshness_text, &style);
  td_wall_paint_end_part (paint);
}

static void
draw_name (TdWallPaint           *paint,
           const graphene_rect_t *rect,
           const TdWallFoot      *foot)
{
  double           unit = td_wall_paint_get_height (paint);
  TdWallStyle      style = { round (TEXT * unit), FALSE, FALSE, TD_WALL_ALIGN_START, "td_wall_secondary" };
  g_autofree char *key = g_strdup_printf ("name %s", foot->name);

  if (!td_wall_paint_begin_part (paint, key))
    return;
  td_wall_paint_text (paint, rect, foot->name, &style);
  td_wall_paint_end_part (paint);
}

static void
draw_clock (TdWallPaint           *paint,
            const graphene_rect_t *rect,
            const TdWallFoot      *foot)
{
  double           unit = td_wall_paint_get_height (paint);
  TdWallStyle      style = { round (CLOCK * unit), TRUE, FALSE, TD_WALL_ALIGN_END, "td_wall_text" };
  g_autofree char *key = g_strdup_printf ("clock %s", foot->clock);

  if (!td_wall_paint_begin_part (paint, key))
    return;
  td_wall_paint_text (paint, rect, foot->clock, &style);
  td_wall_paint_end_part (paint);
}

static gboolean
is_simulated (TdWatch *watch)
{
  return watch != NULL && td_centre_get_info (td_watch_get_centre (watch))->scenario != NULL;
}

/**
 * td_wall_foot_format_name:
 * @watch: (nullable): what is watched
 *
 * Returns: (transfer full) (nullable): the centre's name, which says so where it is played
 */
char *
td_wall_foot_format_name (TdWatch *watch)
{
  const char *name = watch != NULL ? td_centre_get_info (td_watch_get_centre (watch))->name : NULL;

  if (!is_simulated (watch))
    return g_strdup (name);

  /* Translators: the name of a centre that is played, whose clock is not that of the room. */
  return name != NULL ? g_strdup_printf (_ ("Simulated: %s"), name) : g_strdup (_ ("Simulated"));
}

/**
 * td_wall_foot_format_missing:
 * @watch: (nullable): what is watched
 * @wall: what is shown of it
 *
 * A queue that was renamed or mistyped would else be missed in silence: the
 * numbers are then of the others alone.
 *
 * Returns: (transfer full) (nullable): which of the wall's queues the source does not have
 */
char *
td_wall_foot_format_missing (TdWatch      *watch,
                             const TdWall *wall)
{
  TdCentre *centre = watch != NULL ? td_watch_get_centre (watch) : NULL;

  g_return_val_if_fail (wall != NULL, NULL);

  if (centre == NULL || wall->queues == NULL || !TD_IS_KNOWN (td_centre_get_now (centre)))
    return NULL;

  for (guint i = 0; wall->queues[i] != NULL; i++)
    {
      if (td_centre_find_queue (centre, wall->queues[i]) == NULL)
        /* Translators: the wall's file names a queue that the source does not have. */
        return g_strdup_printf (_ ("There is no queue “%s”"), wall->queues[i]);
    }

  return NULL;
}

/**
 * td_wall_foot_get_time:
 * @watch: (nullable): what is watched
 * @now: the time of the room, in the centre's zone
 *
 * What hangs on a wall shows the time of the room, and is darker in the room's
 * night. Beside the times of a simulation that would mislead, so there it goes
 * by theirs.
 *
 * Returns: (transfer full): the time that the wall shows
 */
GDateTime *
td_wall_foot_get_time (TdWatch   *watch,
                       GDateTime *now)
{
  g_autoptr (GDateTime) utc = NULL;
  GDateTime *played = NULL;

  g_return_val_if_fail (now != NULL, NULL);

  if (is_simulated (watch) && TD_IS_KNOWN (td_centre_get_now (td_watch_get_centre (watch))))
    utc = g_date_time_new_from_unix_utc (td_centre_get_now (td_watch_get_centre (watch)) / G_USEC_PER_SEC);
  if (utc != NULL)
    played = g_date_time_to_timezone (utc, g_date_time_get_timezone (now));

  return played != NULL ? played : g_date_time_ref (now);
}

/**
 * td_wall_foot_draw:
 * @paint: a painter
 * @rect: of the foot
 * @foot: what is in it
 */
void
td_wall_foot_draw (TdWallPaint           *paint,
                   const graphene_rect_t *rect,
                   const TdWallFoot      *foot)
{
  double unit = td_wall_paint_get_height (paint);
  double side = round (0.033 * unit), gap = round (0.025 * unit), clock = round (0.19 * unit);
  double x = rect->origin.x + side, y = rect->origin.y, width = rect->size.width - 2 * side, height = rect->size.height;
  double right = x + width;
  double name = td_wall_page_get_form (rect->size.width, unit) == TD_WALL_FORM_NARROW ? 0.35 : 0.3;
  double middle = td_wall_page_get_form (rect->size.width, unit) == TD_WALL_FORM_NARROW ? 0.29 : 0.36;

  if (td_wall_paint_begin_part (paint, "foot line"))
    {
      td_wall_paint_fill (paint, &TD_WALL_RECT (rect->origin.x, y, rect->size.width, MAX (round (0.0015 * unit), 1)), 0, "td_wall_hairline");
      td_wall_paint_end_part (paint);
    }

  if (td_wall_page_get_form (rect->size.width, unit) == TD_WALL_FORM_PORTRAIT)
    {
      /* Less than a third each: a clock that touches the edge looks cut. */
      double line = floor (height * 0.32);

      draw_name (paint, &TD_WALL_RECT (x, y, width, line), foot);
      draw_rotation (paint, &TD_WALL_RECT (x, y + line, width, line), foot, TRUE);
      draw_freshness (paint, &TD_WALL_RECT (x, y + 2 * line, width - clock - gap, line), foot, TD_WALL_ALIGN_START);
      draw_clock (paint, &TD_WALL_RECT (right - clock, y + 2 * line, clock, line), foot);
      return;
    }

  /* The rotation in the middle, what is left and right of it in its own third. */
  draw_name (paint, &TD_WALL_RECT (x, y, width * name - gap, height), foot);
  draw_rotation (paint, &TD_WALL_RECT (x + width * name, y, width * middle, height), foot, FALSE);
  draw_freshness (paint, &TD_WALL_RECT (x + width * (name + middle), y, width * (1 - name - middle) - clock - gap, height), foot, TD_WALL_ALIGN_END);
  draw_clock (paint, &TD_WALL_RECT (right - clock, y, clock, height), foot);
}
