/* td-wall-text.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>
#include <math.h>

#include "td-format.h"
#include "td-outlook-view.h"
#include "td-wall-alert.h"
#include "td-wall-curve.h"
#include "td-wall-page.h"

#define MESSAGE 0.17 /* of few words; more are smaller */
#define SAID 0.04
#define TALL_SAID 0.027
#define BANNER 0.24
#define TALL_BANNER 0.21
#define OWNER 0.06

/* Of the words beside the curve: their part of the width; over it, of the
 * screen's height. A lower curve than that would say nothing. */
#define WORDS_WIDTH 0.42
#define WORDS_HEIGHT 0.14
#define LEAST_CURVE 0.13

/* The numbers below a message and beside an alarm: what a room acts on. How
 * long they wait gives way where the words need its room. */
static guint
choose_faces (const TdWallMoment *moment,
              gboolean            is_narrow,
              const TdWallFace  **faces)
{
  guint n = 0;

  faces[n++] = moment->faces[TD_WALL_NUMBER_WAITING];
  if (!is_narrow)
    faces[n++] = moment->faces[TD_WALL_NUMBER_LONGEST];
  faces[n++] = moment->faces[TD_WALL_NUMBER_SERVING];

  return n;
}

/* When it was said, and how long it stays; beside the played time of a
 * simulation the times of the room would mislead. */
static void
read_said (const TdWallMoment *moment,
           char              **since,
           char              **until)
{
  const TdWallMessage *message = moment->message;
  TdCentre            *centre = td_watch_get_centre (moment->watch);
  GTimeZone           *zone = td_centre_get_timezone (centre);
  gint64               now = g_get_real_time ();

  *since = *until = NULL;
  if (message == NULL || td_centre_get_info (centre)->scenario != NULL)
    return;

  if (TD_IS_KNOWN (message->since))
    {
      g_autofree char *clock = td_format_moment (message->since, now, zone);

      /* Translators: when the shift lead wrote the message, a time of day. */
      *since = g_strdup_printf (_ ("From the desk at %s"), clock);
    }
  if (TD_IS_KNOWN (message->until))
    {
      g_autofree char *clock = td_format_moment (message->until, now, zone);

      /* Translators: until when the message stays, a time of day. */
      *until = g_strdup_printf (_ ("shown until %s"), clock);
    }
}

/* Under the words, side by side where there is the width; returns how much height it takes. */
static double
draw_said (TdWallPaint           *paint,
           const graphene_rect_t *rect,
           const char            *since,
           const char            *until)
{
  double      unit = td_wall_paint_get_height (paint);
  double      size = round ((rect->size.width < unit ? TALL_SAID : SAID) * unit), line = round (1.5 * size), bottom = rect->origin.y + rect->size.height, used = 0;
  TdWallStyle style = { size, FALSE, FALSE, TD_WALL_ALIGN_START, "td_wall_secondary" };
  gboolean    is_one = td_wall_paint_measure (paint, since, &style) + td_wall_paint_measure (paint, until, &style) + line <= rect->size.width;

  if (until != NULL)
    {
      used += line;
      style.align = is_one && since != NULL ? TD_WALL_ALIGN_END : TD_WALL_ALIGN_START;
      td_wall_paint_text (paint, &TD_WALL_RECT (rect->origin.x, bottom - used, rect->size.width, line), until, &style);
    }
  if (since != NULL)
    {
      used += is_one && used > 0 ? 0 : line;
      style.align = TD_WALL_ALIGN_START;
      td_wall_paint_text (paint, &TD_WALL_RECT (rect->origin.x, bottom - used, rect->size.width, line), since, &style);
    }

  return used;
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
  guint             n = choose_faces (moment, FALSE, faces);
  double            unit = td_wall_paint_get_height (paint);
  double            margin = round (TD_WALL_MARGIN * unit), gap = round (TD_WALL_GAP * unit), pad = round (0.05 * unit);
  double            strip = td_wall_page_get_strip_height (area, unit, n);
  graphene_rect_t   body = TD_WALL_RECT (area->origin.x + margin, area->origin.y + margin, area->size.width - 2 * margin, area->size.height - strip - margin - 2 * gap);
  graphene_rect_t   words = TD_WALL_RECT (body.origin.x + 1.4 * pad, body.origin.y + pad * 0.7, body.size.width - 2 * pad, body.size.height - 1.4 * pad);
  TdWallStyle       style = { round (MESSAGE * unit), TRUE, FALSE, TD_WALL_ALIGN_START, "td_wall_text" };
  g_autofree char  *since = NULL;
  g_autofree char  *until = NULL;
  g_autofree char  *key = NULL;

  read_said (moment, &since, &until);
  key = g_strdup_printf ("message %s|%s|%s", moment->wall->message, since, until);
  if (td_wall_paint_begin_part (paint, key))
    {
      td_wall_tile_draw_ground (paint, &body, TD_SEVERITY_NORMAL, FALSE);
      td_wall_paint_fill (paint, &TD_WALL_RECT (body.origin.x + pad / 2, body.origin.y + pad / 2, round (0.014 * unit), body.size.height - pad), 0.007 * unit, "td_wall_accent");
      words.size.height -= (float)draw_said (paint, &words, since, until);
      td_wall_paint_paragraph (paint, &words, moment->wall->message, &style);
      td_wall_paint_end_part (paint);
    }
  td_wall_page_draw_strip (paint, &TD_WALL_RECT (area->origin.x, area->origin.y + area->size.height - strip - gap - margin, area->size.width, area->size.height), faces, n);
}

/* The words of the page of an alert, owned. */
typedef struct
{
  char *title;
  char *since;
  char *evidence;
  char *owner; /* (nullable) */
} Words;

static char *
format_since (const TdWallMoment *moment,
              const char         *what,
              gint64              began)
{
  gint64           minutes = MAX (moment->now - began, 0) / (60 * G_USEC_PER_SEC);
  g_autofree char *clock = td_format_clock (began, td_centre_get_timezone (td_watch_get_centre (moment->watch)));

  /* Translators: what an alarm is of; since a time of day; so many minutes ago. */
  return g_strdup_printf (ngettext ("%s · since %s, for %d minute", "%s · since %s, for %d minutes", (gulong)minutes),
                          what, clock, (int)MIN (minutes, G_MAXINT));
}

static void
read_words (const TdWallMoment *moment,
            Words              *words)
{
  const TdWorstAlarm *alarm = &moment->alarm;

  if (moment->incident != NULL)
    {
      *words = (Words){ .title = g_strdup (moment->part->title),
                        .since = format_since (moment, td_alert_level_get_title (moment->part->level), moment->part->since),
                        .evidence = g_strdup (moment->part->evidence != NULL ? moment->part->evidence : ""),
                        .owner = td_wall_alert_describe_owner (moment) };
      return;
    }

  *words = (Words){ .title = g_strdup (alarm->figures.alarm == TD_OUTLOOK_ALARM_SURGE ? _ ("Far more calls than normal") : _ ("Far fewer calls than normal")),
                    .since = format_since (moment, td_outlook_view_get_title (td_watch_get_centre (moment->watch), alarm->kind, alarm->id), alarm->figures.alarm_since),
                    .evidence = td_outlook_describe_alarm (td_watch_get_outlook (moment->watch), alarm->kind, alarm->id) };
}

static void
clear_words (Words *words)
{
  g_free (words->title);
  g_free (words->since);
  g_free (words->evidence);
  g_free (words->owner);
}

/* What speaks for it, and below that who sees to it. */
static void
draw_evidence (TdWallPaint           *paint,
               const graphene_rect_t *body,
               const TdWallMoment    *moment,
               const Words           *words)
{
  double      unit = td_wall_paint_get_height (paint);
  double      pad = round (0.03 * unit), owner_height = words->owner != NULL ? round (OWNER * 1.4 * unit) : 0;
  gboolean    is_open = moment->incident != NULL && td_incident_get_state (moment->incident) == TD_INCIDENT_OPEN;
  TdWallStyle said = { round (0.06 * unit), FALSE, FALSE, TD_WALL_ALIGN_START, "td_wall_text" };
  TdWallStyle owner = { round (OWNER * unit), TRUE, FALSE, TD_WALL_ALIGN_START, is_open ? "td_wall_amber" : "td_wall_number" };

  td_wall_tile_draw_ground (paint, body, TD_SEVERITY_NORMAL, moment->age != NULL);
  td_wall_paint_paragraph (paint, &TD_WALL_RECT (body->origin.x + pad, body->origin.y + pad / 2, body->size.width - 2 * pad, body->size.height - pad - owner_height),
                           words->evidence, &said);
  if (words->owner != NULL)
    td_wall_paint_text (paint, &TD_WALL_RECT (body->origin.x + pad, body->origin.y + body->size.height - owner_height - pad / 4, body->size.width - 2 * pad, owner_height),
                        words->owner, &owner);
}

/* How it came to it: beside the words, on a tall screen below them; what is
 * left for the words is in @body. */
static void
draw_curve (TdWallPaint        *paint,
            graphene_rect_t    *body,
            const TdWallMoment *moment,
            gboolean            is_tall,
            gboolean            has_owner)
{
  double           unit = td_wall_paint_get_height (paint);
  double           gap = round (TD_WALL_GAP * unit), pad = round (0.02 * unit);
  g_autofree char *key = NULL;
  graphene_rect_t  rect = *body;
  TdWallCurve      curve;

  if (!td_wall_curve_read (&curve, moment))
    return;
  if (is_tall)
    {
      double words = round ((WORDS_HEIGHT + (has_owner ? 1.4 * OWNER : 0)) * unit);

      if (body->size.height - words - gap < LEAST_CURVE * unit)
        return;
      rect = TD_WALL_RECT (body->origin.x, body->origin.y + words + gap, body->size.width, body->size.height - words - gap);
      *body = TD_WALL_RECT (body->origin.x, body->origin.y, body->size.width, words);
    }
  else
    {
      double words = round (WORDS_WIDTH * body->size.width);

      rect = TD_WALL_RECT (body->origin.x + words + gap, body->origin.y, body->size.width - words - gap, body->size.height);
      *body = TD_WALL_RECT (body->origin.x, body->origin.y, words, body->size.height);
    }

  key = td_wall_curve_create_key (&curve);
  if (td_wall_paint_begin_part (paint, key))
    {
      td_wall_tile_draw_ground (paint, &rect, TD_SEVERITY_NORMAL, curve.is_stale);
      td_wall_curve_draw (paint, &TD_WALL_RECT (rect.origin.x + pad, rect.origin.y + pad / 2, rect.size.width - 2 * pad, rect.size.height - pad / 2),
                          &curve, td_centre_get_timezone (td_watch_get_centre (moment->watch)));
      td_wall_paint_end_part (paint);
    }
}

/**
 * td_wall_page_draw_alert:
 * @paint: a painter
 * @area: of the page
 * @moment: what is known, with an incident or an alarm
 *
 * Draws what is wrong, since when and who sees to it, over the numbers.
 */
void
td_wall_page_draw_alert (TdWallPaint           *paint,
                         const graphene_rect_t *area,
                         const TdWallMoment    *moment)
{
  const TdWallFace *faces[3];
  gboolean          is_tall = area->size.width < area->size.height;
  guint             n = choose_faces (moment, is_tall, faces);
  double            unit = td_wall_paint_get_height (paint);
  double            margin = round (TD_WALL_MARGIN * unit), gap = round (TD_WALL_GAP * unit);
  double            strip = td_wall_page_get_strip_height (area, unit, n);
  graphene_rect_t   banner = TD_WALL_RECT (area->origin.x + margin, area->origin.y + margin, area->size.width - 2 * margin, round ((is_tall ? TALL_BANNER : BANNER) * unit));
  graphene_rect_t   body = TD_WALL_RECT (banner.origin.x, banner.origin.y + banner.size.height + gap, banner.size.width,
                                         area->size.height - strip - margin - banner.size.height - 3 * gap);
  double            mark = round (MIN (0.145 * unit, banner.size.width * (is_tall ? 0.1 : 0.13))), pad = round ((is_tall ? 0.016 : 0.04) * unit);
  double            x = banner.origin.x + 2 * pad + mark, width = banner.size.width - 3 * pad - mark;
  gboolean          is_stale = moment->age != NULL;
  TdWallStyle       title = { round ((is_tall ? 0.05 : 0.1) * unit), TRUE, FALSE, TD_WALL_ALIGN_START, is_stale ? "td_wall_stale" : "td_wall_on_red" };
  TdWallStyle       detail = { round (0.043 * unit), FALSE, FALSE, TD_WALL_ALIGN_START, td_wall_tile_get_label_colour (TD_SEVERITY_RED, is_stale) };
  g_autofree char  *key = NULL;
  Words             words;

  read_words (moment, &words);
  draw_curve (paint, &body, moment, is_tall, words.owner != NULL);
  key = g_strdup_printf ("alert %s|%s|%s|%s|%d|%g|%g", words.title, words.since, words.evidence, words.owner, is_stale, body.size.width, body.size.height);
  if (td_wall_paint_begin_part (paint, key))
    {
      td_wall_tile_draw_ground (paint, &banner, TD_SEVERITY_RED, is_stale);
      td_wall_paint_shape (paint, &TD_WALL_RECT (banner.origin.x + pad, banner.origin.y + (banner.size.height - mark) / 2, mark, mark), TD_WALL_SHAPE_STOP, title.colour);
      /* On one line of a tall screen its letters would be small. */
      if (is_tall)
        td_wall_paint_paragraph (paint, &TD_WALL_RECT (x, banner.origin.y + 0.015 * unit, width, 0.14 * unit), words.title, &title);
      else
        td_wall_paint_text (paint, &TD_WALL_RECT (x, banner.origin.y + 0.02 * unit, width, 0.13 * unit), words.title, &title);
      td_wall_paint_text (paint, &TD_WALL_RECT (x, banner.origin.y + 0.15 * unit, width, 0.07 * unit), words.since, &detail);
      draw_evidence (paint, &body, moment, &words);
      td_wall_paint_end_part (paint);
    }
  clear_words (&words);
  td_wall_page_draw_strip (paint, &TD_WALL_RECT (area->origin.x, area->origin.y + area->size.height - strip - gap - margin, area->size.width, area->size.height), faces, n);
}
