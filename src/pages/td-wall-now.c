/* td-wall-now.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>
#include <math.h>

#include "td-format.h"
#include "td-outlook-view.h"
#include "td-wall-page.h"

#define VERDICT 0.067
#define TALL_VERDICT 0.045 /* where there is little width */
#define DETAIL 0.043

#define N_PORTRAIT 4    /* key rows of a portrait screen */
#define TILES_WIDE 1.78 /* of the tiles of an ultra-wide one, times its height */

/* What stands above the numbers. */
typedef struct
{
  char       *title;
  char       *detail;
  TdSeverity  severity;
  TdWallSense sense;
  gboolean    is_unknown; /* nothing can be judged */
} Verdict;

static void
judge_alarm (const TdWallMoment *moment,
             Verdict            *verdict)
{
  TdCentre           *centre = td_watch_get_centre (moment->watch);
  const TdWorstAlarm *alarm = &moment->alarm;
  g_autofree char    *clock = td_format_clock (alarm->figures.alarm_since, td_centre_get_timezone (centre));
  gboolean            is_surge = alarm->figures.alarm == TD_OUTLOOK_ALARM_SURGE;

  verdict->severity = TD_SEVERITY_RED;
  verdict->title = is_surge
                     /* Translators: far more calls than normal, since a time of day. */
                     ? g_strdup_printf (_ ("Calls surge since %s"), clock)
                     /* Translators: far fewer calls than normal, since a time of day. */
                     : g_strdup_printf (_ ("Calls stay away since %s"), clock);
  verdict->detail = g_strdup (td_outlook_view_get_title (centre, alarm->kind, alarm->id));
}

/* None is off, as far as they are known. */
static void
judge_calm (const TdWallMoment *moment,
            guint               n_unknown,
            Verdict            *verdict)
{
  if (n_unknown == moment->wall->n_numbers)
    {
      verdict->title = g_strdup (_ ("No numbers"));
      verdict->severity = TD_SEVERITY_AMBER;
      verdict->is_unknown = TRUE;
      return;
    }

  /* Translators: everything is as it should be. */
  verdict->title = g_strdup (C_ ("wall", "Normal"));
  if (n_unknown > 0)
    verdict->detail = g_strdup_printf (ngettext ("%u number is not known", "%u numbers are not known", n_unknown), n_unknown);
  else if (TD_IS_KNOWN (moment->calm_since))
    {
      g_autofree char *clock = td_format_clock (moment->calm_since, td_centre_get_timezone (td_watch_get_centre (moment->watch)));

      /* Translators: a time of day. */
      verdict->detail = g_strdup_printf (_ ("every number in range since %s"), clock);
    }
}

/* The numbers that are off, by their names. */
static void
judge_numbers (const TdWallMoment *moment,
               Verdict            *verdict)
{
  const TdWallFace *worst = NULL;
  guint             n_off = 0, n_unknown = 0;

  for (guint i = 0; i < moment->wall->n_numbers; i++)
    {
      const TdWallFace *face = moment->faces[moment->wall->numbers[i]];

      n_unknown += face->is_unknown ? 1 : 0;
      if (face->severity == TD_SEVERITY_NORMAL)
        continue;
      n_off++;
      if (worst == NULL || face->severity > worst->severity)
        worst = face;
    }

  if (worst == NULL)
    {
      judge_calm (moment, n_unknown, verdict);
      return;
    }

  verdict->severity = worst->severity;
  verdict->sense = worst->sense;
  /* Translators: a number, and by how much it is off: "Waiting: 27 over". */
  verdict->title = worst->deviation != NULL ? g_strdup_printf (_ ("%s: %s"), worst->label, worst->deviation) : g_strdup (worst->label);
  if (n_off > 1)
    verdict->detail = g_strdup_printf (ngettext ("and %u number more", "and %u numbers more", n_off - 1), n_off - 1);
}

static void
judge_age (const TdWallMoment *moment,
           Verdict            *verdict)
{
  gint64 last = td_watch_get_last_heard (moment->watch, NULL);
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (last / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local = utc != NULL ? g_date_time_to_timezone (utc, td_centre_get_timezone (td_watch_get_centre (moment->watch))) : NULL;
  g_autofree char *clock = local != NULL ? g_date_time_format (local, "%H:%M:%S") : g_strdup ("—");

  /* Translators: how old all numbers on the wall are: "12 s". */
  verdict->title = g_strdup_printf (_ ("Numbers %s old"), moment->age);
  /* Translators: a time of day with seconds. */
  verdict->detail = g_strdup_printf (_ ("last at %s"), clock);
}

static void
draw_verdict (TdWallPaint           *paint,
              const graphene_rect_t *rect,
              const TdWallMoment    *moment)
{
  double           unit = td_wall_paint_get_height (paint);
  gboolean         is_tall = rect->size.width < 0.9 * unit;
  double           mark = round ((is_tall ? 0.042 : 0.068) * unit), gap = round (0.024 * unit);
  gboolean         is_stale = moment->age != NULL;
  Verdict          verdict = { NULL };
  g_autofree char *key = NULL;
  TdWallStyle      title = { round ((is_tall ? TALL_VERDICT : VERDICT) * unit), TRUE, FALSE, TD_WALL_ALIGN_START, "td_wall_text" };
  TdWallStyle      detail = { round (DETAIL * unit), FALSE, FALSE, TD_WALL_ALIGN_END, "td_wall_secondary" };
  const char      *colour = "td_wall_number";
  TdWallShape      shape = TD_WALL_SHAPE_CHECK;
  double           left, right, room = rect->size.width - mark - gap;

  if (is_stale)
    judge_age (moment, &verdict);
  else if (moment->has_alarm)
    judge_alarm (moment, &verdict);
  else
    judge_numbers (moment, &verdict);

  key = g_strdup_printf ("verdict %s|%s|%d|%d|%d", verdict.title, verdict.detail, verdict.severity, verdict.sense, is_stale);
  if (td_wall_paint_begin_part (paint, key))
    {
      if (is_stale)
        {
          shape = TD_WALL_SHAPE_CLOCK;
          colour = "td_wall_amber";
        }
      else if (verdict.severity == TD_SEVERITY_RED)
        {
          shape = TD_WALL_SHAPE_STOP;
          colour = "td_wall_alarm";
        }
      else if (verdict.severity == TD_SEVERITY_AMBER)
        {
          shape = verdict.is_unknown                   ? TD_WALL_SHAPE_STOP
                  : verdict.sense == TD_WALL_SENSE_LOW ? TD_WALL_SHAPE_DOWN
                                                       : TD_WALL_SHAPE_UP;
          colour = "td_wall_amber";
        }
      else
        title.colour = colour;
      td_wall_paint_shape (paint, &TD_WALL_RECT (rect->origin.x, rect->origin.y + (rect->size.height - mark) / 2, mark, mark), shape, colour);

      left = td_wall_paint_measure (paint, verdict.title, &title);
      right = td_wall_paint_measure (paint, verdict.detail, &detail);
      /* A few letters of it help nobody. */
      if (left + right + 2 * gap > room)
        right = room - left - 2 * gap < 6 * detail.size ? 0 : room - left - 2 * gap;
      td_wall_paint_text (paint, &TD_WALL_RECT (rect->origin.x + mark + gap, rect->origin.y, room - right - (right > 0 ? gap : 0), rect->size.height), verdict.title, &title);
      if (right > 0)
        td_wall_paint_text (paint, &TD_WALL_RECT (rect->origin.x + rect->size.width - right, rect->origin.y, right + 1, rect->size.height), verdict.detail, &detail);
      td_wall_paint_end_part (paint);
    }
  g_free (verdict.title);
  g_free (verdict.detail);
}

/* Of more numbers than rows those of the day so far give way first. */
static guint
choose_for_portrait (const TdWallMoment *moment,
                     TdWallNumber       *numbers)
{
  const TdWall *wall = moment->wall;
  guint         n_spare = wall->n_numbers > N_PORTRAIT ? wall->n_numbers - N_PORTRAIT : 0;
  gboolean      skip_today = n_spare > 0, skip_rate = n_spare > 1;
  guint         n = 0;

  for (guint i = 0; i < wall->n_numbers && n < N_PORTRAIT; i++)
    {
      if ((skip_today && wall->numbers[i] == TD_WALL_NUMBER_TODAY) || (skip_rate && wall->numbers[i] == TD_WALL_NUMBER_RATE))
        continue;
      numbers[n++] = wall->numbers[i];
    }

  return n;
}

static void
draw_grid (TdWallPaint           *paint,
           const graphene_rect_t *rect,
           const TdWallMoment    *moment,
           guint                  n_columns)
{
  const TdWall *wall = moment->wall;
  guint         n_rows = (wall->n_numbers + n_columns - 1) / n_columns;
  double        gap = round (TD_WALL_GAP * td_wall_paint_get_height (paint));
  double        width = floor ((rect->size.width - (n_columns - 1) * gap) / n_columns);
  double        height = floor ((rect->size.height - (n_rows - 1) * gap) / n_rows);

  for (guint i = 0; i < wall->n_numbers; i++)
    td_wall_tile_draw (paint,
                       &TD_WALL_RECT (rect->origin.x + i % n_columns * (width + gap), rect->origin.y + i / n_columns * (height + gap), width, height),
                       moment->faces[wall->numbers[i]]);
}

/**
 * td_wall_page_draw_now:
 * @paint: a painter
 * @area: of the page
 * @moment: what is known
 *
 * Draws the verdict over the numbers; where there is more height or width than
 * they need, the worst queues too.
 */
void
td_wall_page_draw_now (TdWallPaint           *paint,
                       const graphene_rect_t *area,
                       const TdWallMoment    *moment)
{
  double          unit = td_wall_paint_get_height (paint);
  double          margin = round (TD_WALL_MARGIN * unit), gap = round (TD_WALL_GAP * unit);
  double          width = area->size.width - 2 * margin;
  TdWallForm      form = td_wall_page_get_form (area->size.width, unit);
  guint           n = moment->wall->n_numbers;
  double          top;
  graphene_rect_t rect;

  if (form == TD_WALL_FORM_PORTRAIT)
    {
      TdWallNumber      numbers[TD_N_WALL_NUMBERS];
      const TdWallFace *faces[TD_N_WALL_NUMBERS];
      guint             n_rows = choose_for_portrait (moment, numbers);

      top = round (0.072 * unit);
      draw_verdict (paint, &TD_WALL_RECT (area->origin.x + margin, area->origin.y, width, top), moment);
      for (guint i = 0; i < n_rows; i++)
        faces[i] = moment->faces[numbers[i]];
      rect = TD_WALL_RECT (area->origin.x, area->origin.y + top - margin, area->size.width, area->size.height);
      top += td_wall_page_draw_strip (paint, &rect, faces, n_rows) + round (TD_WALL_ROW_GAP * unit);
      td_wall_page_draw_queue_column (paint, &TD_WALL_RECT (area->origin.x + margin, area->origin.y + top, width, area->size.height - top - round (TD_WALL_ROW_GAP * unit)), moment);
      return;
    }

  top = round ((form == TD_WALL_FORM_NARROW ? 0.09 : 0.125) * unit);
  draw_verdict (paint, &TD_WALL_RECT (area->origin.x + margin, area->origin.y, width, top), moment);
  rect = TD_WALL_RECT (area->origin.x + margin, area->origin.y + top, width, area->size.height - top - gap);
  if (form == TD_WALL_FORM_ULTRAWIDE)
    {
      rect.size.width = (float)MIN (width, round (TILES_WIDE * unit));
      td_wall_page_draw_queue_column (paint, &TD_WALL_RECT (rect.origin.x + rect.size.width + gap, rect.origin.y, width - rect.size.width - gap, rect.size.height), moment);
    }
  draw_grid (paint, &rect, moment, n <= 2 ? n : n == 4 || form == TD_WALL_FORM_NARROW ? 2
                                                                                      : 3);
}
