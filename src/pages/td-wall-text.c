/* td-wall-text.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>
#include <math.h>

#include "td-format.h"
#include "td-outlook-view.h"
#include "td-wall-page.h"

#define MESSAGE 0.104
#define BANNER 0.24

/* The numbers below a message and beside an alarm: what a room acts on. */
static guint
choose_faces (const TdWallMoment *moment,
              const TdWallFace  **faces)
{
  faces[0] = moment->faces[TD_WALL_NUMBER_WAITING];
  faces[1] = moment->faces[TD_WALL_NUMBER_LONGEST];
  faces[2] = moment->faces[TD_WALL_NUMBER_SERVING];

  return 3;
}

/**
 * td_wall_page_draw_message:
 * @paint: a painter
 * @area: of the page
 * @moment: what is known
 *
 * Draws the wall's message over three numbers.
 */
void
td_wall_page_draw_message (TdWallPaint           *paint,
                           const graphene_rect_t *area,
                           const TdWallMoment    *moment)
{
  const TdWallFace *faces[3];
  guint             n = choose_faces (moment, faces);
  double            unit = td_wall_paint_get_height (paint);
  double            margin = round (TD_WALL_MARGIN * unit), gap = round (TD_WALL_GAP * unit), pad = round (0.05 * unit);
  double            strip = td_wall_page_get_strip_height (area, unit, n);
  graphene_rect_t   body = TD_WALL_RECT (area->origin.x + margin, area->origin.y + margin, area->size.width - 2 * margin, area->size.height - strip - margin - 2 * gap);
  TdWallStyle       style = { round (MESSAGE * unit), TRUE, FALSE, TD_WALL_ALIGN_START, "td_wall_text" };

  g_autofree char *key = g_strdup_printf ("message %s", moment->wall->message);

  if (td_wall_paint_begin_part (paint, key))
    {
      td_wall_tile_draw_ground (paint, &body, TD_SEVERITY_NORMAL, FALSE);
      td_wall_paint_fill (paint, &TD_WALL_RECT (body.origin.x + pad / 2, body.origin.y + pad / 2, round (0.014 * unit), body.size.height - pad), 0.007 * unit, "td_wall_accent");
      td_wall_paint_paragraph (paint, &TD_WALL_RECT (body.origin.x + 1.4 * pad, body.origin.y + pad * 0.7, body.size.width - 2 * pad, body.size.height - 1.4 * pad),
                               moment->wall->message, &style);
      td_wall_paint_end_part (paint);
    }
  td_wall_page_draw_strip (paint, &TD_WALL_RECT (area->origin.x, area->origin.y + area->size.height - strip - gap - margin, area->size.width, area->size.height), faces, n);
}

/**
 * td_wall_page_draw_alert:
 * @paint: a painter
 * @area: of the page
 * @moment: what is known, with an alarm
 *
 * Draws what is wrong and since when over the numbers.
 */
void
td_wall_page_draw_alert (TdWallPaint           *paint,
                         const graphene_rect_t *area,
                         const TdWallMoment    *moment)
{
  const TdWorstAlarm *alarm = &moment->alarm;
  TdCentre           *centre = td_watch_get_centre (moment->watch);
  const TdWallFace   *faces[3];
  guint               n = choose_faces (moment, faces);
  double              unit = td_wall_paint_get_height (paint);
  double              margin = round (TD_WALL_MARGIN * unit), gap = round (TD_WALL_GAP * unit);
  double              strip = td_wall_page_get_strip_height (area, unit, n);
  graphene_rect_t     banner = TD_WALL_RECT (area->origin.x + margin, area->origin.y + margin, area->size.width - 2 * margin, round (BANNER * unit));
  graphene_rect_t     body = TD_WALL_RECT (banner.origin.x, banner.origin.y + banner.size.height + gap, banner.size.width,
                                           area->size.height - strip - margin - banner.size.height - 3 * gap);
  double              mark = round (MIN (0.145 * unit, banner.size.width * 0.13)), pad = round (0.04 * unit);
  double              x = banner.origin.x + 2 * pad + mark, width = banner.size.width - 3 * pad - mark;
  gint64              minutes = MAX (moment->now - alarm->figures.alarm_since, 0) / (60 * G_USEC_PER_SEC);
  gboolean            is_stale = moment->age != NULL;
  TdWallStyle         title = { round (0.1 * unit), TRUE, FALSE, TD_WALL_ALIGN_START, is_stale ? "td_wall_stale" : "td_wall_on_red" };
  TdWallStyle         detail = { round (0.043 * unit), FALSE, FALSE, TD_WALL_ALIGN_START, td_wall_tile_get_label_colour (TD_SEVERITY_RED, is_stale) };
  TdWallStyle         said = { round (0.06 * unit), FALSE, FALSE, TD_WALL_ALIGN_START, "td_wall_text" };
  g_autofree char    *clock = td_format_clock (alarm->figures.alarm_since, td_centre_get_timezone (centre));
  g_autofree char    *since = NULL;
  g_autofree char    *evidence = td_outlook_describe_alarm (td_watch_get_outlook (moment->watch), alarm->kind, alarm->id);
  g_autofree char    *key = NULL;

  /* Translators: what an alarm is of; since a time of day; so many minutes ago. */
  since = g_strdup_printf (ngettext ("%s · since %s, for %d minute", "%s · since %s, for %d minutes", (gulong)minutes),
                           td_outlook_view_get_title (centre, alarm->kind, alarm->id), clock, (int)MIN (minutes, G_MAXINT));
  key = g_strdup_printf ("alert %d %s|%s|%d", alarm->figures.alarm, since, evidence, is_stale);
  if (td_wall_paint_begin_part (paint, key))
    {
      td_wall_tile_draw_ground (paint, &banner, TD_SEVERITY_RED, is_stale);
      td_wall_paint_shape (paint, &TD_WALL_RECT (banner.origin.x + pad, banner.origin.y + (banner.size.height - mark) / 2, mark, mark), TD_WALL_SHAPE_STOP, title.colour);
      td_wall_paint_text (paint, &TD_WALL_RECT (x, banner.origin.y + 0.02 * unit, width, 0.13 * unit),
                          alarm->figures.alarm == TD_OUTLOOK_ALARM_SURGE ? _ ("Far more calls than normal") : _ ("Far fewer calls than normal"), &title);
      td_wall_paint_text (paint, &TD_WALL_RECT (x, banner.origin.y + 0.15 * unit, width, 0.07 * unit), since, &detail);
      td_wall_tile_draw_ground (paint, &body, TD_SEVERITY_NORMAL, is_stale);
      td_wall_paint_paragraph (paint, &TD_WALL_RECT (body.origin.x + pad, body.origin.y + pad / 2, body.size.width - 2 * pad, body.size.height - pad), evidence, &said);
      td_wall_paint_end_part (paint);
    }
  td_wall_page_draw_strip (paint, &TD_WALL_RECT (area->origin.x, area->origin.y + area->size.height - strip - gap - margin, area->size.width, area->size.height), faces, n);
}
