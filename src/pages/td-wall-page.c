/* td-wall-page.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "td-wall-page.h"

#include <glib/gi18n.h>
#include <math.h>

/**
 * td_wall_page_get_form:
 * @width: of the screen
 * @height: of the screen
 *
 * Returns: how things lie on it
 */
TdWallForm
td_wall_page_get_form (double width,
                       double height)
{
  double aspect = width / MAX (height, 1);

  if (aspect < 1)
    return TD_WALL_FORM_PORTRAIT;
  if (aspect < 1.55)
    return TD_WALL_FORM_NARROW;

  return aspect < 2.1 ? TD_WALL_FORM_WIDE : TD_WALL_FORM_ULTRAWIDE;
}

/**
 * td_wall_page_get_foot:
 * @width: of the screen
 * @height: of the screen
 *
 * Returns: height of the foot, pixels; three lines where there is little width
 */
double
td_wall_page_get_foot (double width,
                       double height)
{
  return round ((td_wall_page_get_form (width, height) == TD_WALL_FORM_PORTRAIT ? 0.112 : 0.061) * height);
}

/**
 * td_wall_page_get_wander:
 * @minute: since the wall began
 * @shift: how far the picture may go to each side, pixels
 * @x: (out): how far it is to the right then
 * @y: (out): how far it is down
 *
 * Against burn-in: a square that is walked around in sixteen minutes, without a
 * leap that an eye would catch.
 */
void
td_wall_page_get_wander (guint minute,
                         int   shift,
                         int  *x,
                         int  *y)
{
  static const int steps[16] = { 0, 1, 2, 2, 2, 2, 2, 1, 0, -1, -2, -2, -2, -2, -2, -1 };

  g_return_if_fail (x != NULL && y != NULL);

  *x = steps[minute % 16] * shift / 2;
  *y = steps[(minute + 4) % 16] * shift / 2;
}

/* The screen's form, told by what is left of it above the foot. */
static gboolean
is_portrait (const graphene_rect_t *area)
{
  return area->size.width < area->size.height;
}

/**
 * td_wall_page_get_strip_height:
 * @area: of a page
 * @unit: the screen's height
 * @n_faces: numbers
 *
 * Returns: the height of these numbers in a strip, pixels
 */
double
td_wall_page_get_strip_height (const graphene_rect_t *area,
                               double                 unit,
                               guint                  n_faces)
{
  return is_portrait (area) ? round (n_faces * (TD_WALL_ROW + TD_WALL_ROW_GAP) * unit - TD_WALL_ROW_GAP * unit) : round (TD_WALL_STRIP * unit);
}

/**
 * td_wall_page_get_body:
 * @area: of a page
 * @unit: the screen's height
 * @n_faces: numbers in the strip above it
 *
 * Returns: what is left below the strip
 */
graphene_rect_t
td_wall_page_get_body (const graphene_rect_t *area,
                       double                 unit,
                       guint                  n_faces)
{
  double margin = round (TD_WALL_MARGIN * unit), gap = round (TD_WALL_GAP * unit);
  double top = margin + td_wall_page_get_strip_height (area, unit, n_faces) + gap;

  return TD_WALL_RECT (area->origin.x + margin, area->origin.y + top, area->size.width - 2 * margin, area->size.height - top - gap);
}

/**
 * td_wall_page_draw_strip:
 * @paint: a painter
 * @area: from whose top on
 * @faces: (array length=n_faces): numbers
 * @n_faces: how many
 *
 * Draws numbers side by side, or, where there is little width, in rows.
 *
 * Returns: their height
 */
double
td_wall_page_draw_strip (TdWallPaint             *paint,
                         const graphene_rect_t   *area,
                         const TdWallFace *const *faces,
                         guint                    n_faces)
{
  double unit = td_wall_paint_get_height (paint);
  double margin = round (TD_WALL_MARGIN * unit), gap = round (TD_WALL_GAP * unit);
  double height = td_wall_page_get_strip_height (area, unit, n_faces);
  double width = area->size.width - 2 * margin;

  for (guint i = 0; i < n_faces; i++)
    {
      if (is_portrait (area))
        td_wall_tile_draw (paint, &TD_WALL_RECT (area->origin.x + margin, area->origin.y + margin + round (i * (TD_WALL_ROW + TD_WALL_ROW_GAP) * unit), width, round (TD_WALL_ROW * unit)), faces[i]);
      else
        {
          double each = floor ((width - (n_faces - 1) * gap) / n_faces);

          td_wall_tile_draw (paint, &TD_WALL_RECT (area->origin.x + margin + i * (each + gap), area->origin.y + margin, each, height), faces[i]);
        }
    }

  return height;
}

/**
 * td_wall_page_draw_normal:
 * @paint: a painter
 * @area: of the page
 * @moment: what is known
 *
 * Draws the strip of the page; the chart below it is a widget.
 */
void
td_wall_page_draw_normal (TdWallPaint           *paint,
                          const graphene_rect_t *area,
                          const TdWallMoment    *moment)
{
  g_autoptr (TdWallFace) forecast = td_wall_moment_create_forecast (moment);
  const TdWallFace *const faces[] = { moment->faces[TD_WALL_NUMBER_RATE], moment->faces[TD_WALL_NUMBER_TODAY], forecast };
  double                  unit = td_wall_paint_get_height (paint);
  graphene_rect_t         body = td_wall_page_get_body (area, unit, G_N_ELEMENTS (faces));
  g_autofree char        *key = g_strdup_printf ("chart ground %d", moment->age != NULL);

  td_wall_page_draw_strip (paint, area, faces, G_N_ELEMENTS (faces));
  if (td_wall_paint_begin_part (paint, key))
    {
      td_wall_tile_draw_ground (paint, &body, TD_SEVERITY_NORMAL, moment->age != NULL);
      td_wall_paint_end_part (paint);
    }
}

/**
 * td_wall_page_get_title:
 * @kind: a page
 *
 * Returns: (transfer none): its name, translated
 */
const char *
td_wall_page_get_title (TdWallPageKind kind)
{
  switch (kind)
    {
    case TD_WALL_PAGE_NORMAL:
      return C_ ("wall page", "Normal?");

    case TD_WALL_PAGE_QUEUES:
      return C_ ("wall page", "Queues");

    case TD_WALL_PAGE_PEOPLE:
      return C_ ("wall page", "People");

    case TD_WALL_PAGE_MESSAGE:
      return C_ ("wall page", "Message");

    case TD_WALL_PAGE_NOW:
    case TD_N_WALL_PAGES:
    default:
      return C_ ("wall page", "Now");
    }
}

/**
 * td_wall_page_draw:
 * @paint: a painter
 * @area: of the page
 * @moment: what is known
 * @kind: which page
 */
void
td_wall_page_draw (TdWallPaint           *paint,
                   const graphene_rect_t *area,
                   const TdWallMoment    *moment,
                   TdWallPageKind         kind)
{
  switch (kind)
    {
    case TD_WALL_PAGE_NORMAL:
      td_wall_page_draw_normal (paint, area, moment);
      break;

    case TD_WALL_PAGE_QUEUES:
      td_wall_page_draw_queues (paint, area, moment);
      break;

    case TD_WALL_PAGE_PEOPLE:
      td_wall_page_draw_people (paint, area, moment);
      break;

    case TD_WALL_PAGE_MESSAGE:
      td_wall_page_draw_message (paint, area, moment);
      break;

    case TD_WALL_PAGE_NOW:
    case TD_N_WALL_PAGES:
    default:
      td_wall_page_draw_now (paint, area, moment);
      break;
    }
}
