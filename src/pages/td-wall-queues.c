/* td-wall-queues.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>
#include <math.h>

#include "td-format.h"
#include "td-outlook-view.h"
#include "td-queue-standing.h"
#include "td-wall-page.h"

#define HEAD 0.085
#define QUEUE 0.154
#define QUEUE_GAP 0.0165
#define COLUMN_ROW 0.0515

/* Widths of the columns of a row. */
#define WAITING 0.3
#define LONGEST 0.36
#define RATE 0.4

#define SPARK_MINUTES 60
#define WINDOW_MINUTES 15

/* Worst first; owned by the caller. */
static GArray *
collect (const TdWallMoment *moment)
{
  TdCentre  *centre = td_watch_get_centre (moment->watch);
  TdOutlook *outlook = td_watch_get_outlook (moment->watch);
  TdRoster  *queues = td_centre_get_queues (centre);
  GArray    *standings = g_array_new (FALSE, FALSE, sizeof (TdQueueStanding));

  for (guint i = 0; i < td_roster_get_size (queues); i++)
    {
      TdQueue         *queue = td_roster_get (queues, i);
      TdQueueStanding  standing;
      TdOutlookFigures figures;

      if (!td_wall_has_queue (moment->wall, td_queue_get_id (queue)))
        continue;
      td_queue_standing_read (&standing, centre, queue, moment->now);
      td_outlook_get_figures (outlook, TD_STREAM_QUEUE, td_queue_get_id (queue), &figures);
      if (figures.known)
        td_queue_standing_set_rate (&standing, figures.deviation, td_outlook_view_get_severity (&figures));
      g_array_append_val (standings, standing);
    }
  g_array_sort (standings, (GCompareFunc)(void (*) (void))td_queue_standing_compare);

  return standings;
}

/* On red everything is white; elsewhere a number is judged by itself. */
static const char *
get_colour (const TdQueueStanding *standing,
            TdSeverity             severity,
            gboolean               is_stale)
{
  if (standing->severity == TD_SEVERITY_RED)
    severity = TD_SEVERITY_RED;
  else if (severity == TD_SEVERITY_RED)
    severity = TD_SEVERITY_AMBER;

  return td_wall_tile_get_number_colour (severity, is_stale);
}

/* Who serves; and the day's level, where that is why the queue is not in order. */
static char *
format_detail (const TdQueueStanding *standing)
{
  g_autofree char *serving = g_strdup_printf (ngettext ("%d serving", "%d serving", (gulong)standing->serving), (int)standing->serving);
  g_autofree char *level = NULL;

  if (standing->level_severity == TD_SEVERITY_NORMAL)
    return g_steal_pointer (&serving);
  level = td_format_percent (standing->level, 0);

  /* Translators: so many serve a queue; its service level today. */
  return g_strdup_printf (_ ("%s · level %s"), serving, level);
}

static char *
format_wait (const TdQueueStanding *standing)
{
  gint64 wait_ms = standing->totals.waiting == 0 ? 0 : standing->wait_ms;

  return td_format_duration (wait_ms);
}

/* The last hour of the queue, without a scale: only how it goes. */
static void
draw_spark (TdWallPaint           *paint,
            const graphene_rect_t *rect,
            const double          *rates,
            guint                  n_rates,
            const char            *colour)
{
  double   unit = td_wall_paint_get_height (paint);
  double   most = 1;
  gboolean is_broken = TRUE;
  GdkRGBA  rgba;
  cairo_t *cr;

  for (guint i = 0; i < n_rates; i++)
    most = isnan (rates[i]) ? most : MAX (most, rates[i]);

  td_wall_paint_get_colour (paint, colour, &rgba);
  cr = gtk_snapshot_append_cairo (td_wall_paint_get_snapshot (paint), rect);
  gdk_cairo_set_source_rgba (cr, &rgba);
  cairo_set_line_width (cr, MAX (0.005 * unit, 1));
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  for (guint i = 0; i < n_rates; i++)
    {
      double x = rect->origin.x + rect->size.width * i / (SPARK_MINUTES - 1);
      double y = rect->origin.y + rect->size.height * (0.94 - 0.88 * rates[i] / most);

      if (isnan (rates[i]))
        is_broken = TRUE;
      else if (is_broken)
        {
          cairo_move_to (cr, x, y);
          is_broken = FALSE;
        }
      else
        cairo_line_to (cr, x, y);
    }
  cairo_stroke (cr);
  cairo_destroy (cr);
}

static guint
get_last_hour (const TdWallMoment *moment,
               const char         *id,
               double             *rates)
{
  TdDay *day = td_watch_get_day (moment->watch);
  guint  n_minutes = MIN (td_day_get_n_minutes (day), TD_DAY_MINUTES);
  guint  n = MIN (n_minutes, SPARK_MINUTES);
  double all[TD_DAY_MINUTES];

  td_day_get_rate (day, id, WINDOW_MINUTES, all, n_minutes);
  for (guint i = 0; i < n; i++)
    rates[i] = all[n_minutes - n + i];

  return n;
}

static void
draw_name (TdWallPaint           *paint,
           const graphene_rect_t *rect,
           const TdQueueStanding *standing,
           gboolean               is_stale)
{
  double           unit = td_wall_paint_get_height (paint);
  gboolean         is_red = standing->severity == TD_SEVERITY_RED && !is_stale;
  TdWallStyle      name = { round (0.05 * unit), TRUE, FALSE, TD_WALL_ALIGN_START, is_red ? "td_wall_on_red" : "td_wall_text" };
  TdWallStyle      people = { round (0.034 * unit), FALSE, FALSE, TD_WALL_ALIGN_START, td_wall_tile_get_label_colour (standing->severity, is_stale) };
  double           half = rect->size.height / 2;
  g_autofree char *serving = NULL;

  if (!TD_IS_KNOWN (standing->serving) || rect->size.height < 0.1 * unit)
    {
      name.size = MIN (name.size, floor (0.7 * rect->size.height));
      td_wall_paint_text (paint, rect, td_queue_get_title (standing->queue), &name);
      return;
    }
  serving = format_detail (standing);
  td_wall_paint_text (paint, &TD_WALL_RECT (rect->origin.x, rect->origin.y + 0.1 * half, rect->size.width, half), td_queue_get_title (standing->queue), &name);
  td_wall_paint_text (paint, &TD_WALL_RECT (rect->origin.x, rect->origin.y + 1.08 * half, rect->size.width, 0.7 * half), serving, &people);
}

static void
draw_queue (TdWallPaint           *paint,
            const graphene_rect_t *rect,
            const TdQueueStanding *standing,
            const TdWallMoment    *moment,
            gboolean               with_rate)
{
  double           unit = td_wall_paint_get_height (paint);
  gboolean         is_stale = moment->age != NULL;
  double           pad = round (0.03 * unit), mark = round (0.055 * unit), gap = round (0.02 * unit);
  double           x = rect->origin.x + pad, y = rect->origin.y, height = rect->size.height;
  double           right = rect->origin.x + rect->size.width - pad;
  const char      *colour = get_colour (standing, standing->wait_severity, is_stale);
  const char      *rate_colour = get_colour (standing, standing->rate_severity, is_stale);
  TdWallStyle      waiting = { round (0.18 * unit), TRUE, TRUE, TD_WALL_ALIGN_END, colour };
  TdWallStyle      longest = { round (0.135 * unit), TRUE, TRUE, TD_WALL_ALIGN_END, colour };
  TdWallStyle      rate = { round (0.062 * unit), TRUE, FALSE, TD_WALL_ALIGN_START, rate_colour };
  g_autofree char *count = td_format_count (standing->totals.waiting);
  g_autofree char *wait = format_wait (standing);
  g_autofree char *deviation = isfinite (standing->deviation) ? td_format_deviation (standing->deviation, FALSE) : NULL;
  g_autoptr (GString) key = g_string_new (NULL);
  double rates[SPARK_MINUTES];
  guint  n_rates = with_rate ? get_last_hour (moment, td_queue_get_id (standing->queue), rates) : 0;

  g_string_append_printf (key, "queue %g %g %g %s|%s|%s|%s|%d|%d|%d|%.2f|%d|%d|", rect->origin.x, y, rect->size.width, td_queue_get_id (standing->queue), count, wait, deviation,
                          standing->severity, standing->wait_severity, standing->rate_severity, standing->level, (int)standing->serving, is_stale);
  for (guint i = 0; i < n_rates; i++)
    g_string_append_printf (key, "%g ", rates[i]);
  if (!td_wall_paint_begin_part (paint, key->str))
    return;

  td_wall_tile_draw_ground (paint, rect, standing->severity, is_stale);
  td_wall_tile_draw_sign (paint, &TD_WALL_RECT (x, y + (height - mark) / 2, mark, mark), standing->severity,
                          TD_WALL_SENSE_HIGH, is_stale);
  x += mark + gap;
  if (with_rate)
    {
      double spark_width = RATE * unit - 2 * gap;

      right -= RATE * unit;
      td_wall_paint_text (paint, &TD_WALL_RECT (right + 2 * gap, y, spark_width, height / 2), deviation, &rate);
      draw_spark (paint, &TD_WALL_RECT (right + 2 * gap, y + height / 2, spark_width, height * 0.42), rates, n_rates, rate_colour);
    }
  else if (rect->size.width < 0.9 * unit)
    {
      /* Two storeys: the name, and the numbers under it. */
      double top = round (0.06 * unit);

      waiting.align = TD_WALL_ALIGN_START;
      draw_name (paint, &TD_WALL_RECT (x, y + 0.004 * unit, right - x, top), standing, is_stale);
      td_wall_paint_text (paint, &TD_WALL_RECT (x, y + top, (right - x) * 0.36, height - top - 0.008 * unit), count, &waiting);
      td_wall_paint_text (paint, &TD_WALL_RECT (x + (right - x) * 0.4, y + top, (right - x) * 0.6, height - top - 0.008 * unit), wait, &longest);
      td_wall_paint_end_part (paint);
      return;
    }
  td_wall_paint_text (paint, &TD_WALL_RECT (right - LONGEST * unit, y, LONGEST * unit, height), wait, &longest);
  right -= LONGEST * unit + gap;
  td_wall_paint_text (paint, &TD_WALL_RECT (right - WAITING * unit, y, WAITING * unit, height), count, &waiting);
  right -= WAITING * unit + gap;
  draw_name (paint, &TD_WALL_RECT (x, y, right - x, height), standing, is_stale);
  td_wall_paint_end_part (paint);
}

static void
draw_head (TdWallPaint           *paint,
           const graphene_rect_t *rect,
           const TdWallMoment    *moment,
           guint                  n_shown,
           guint                  n_others,
           gboolean               with_rate)
{
  double           unit = td_wall_paint_get_height (paint);
  double           gap = round (0.02 * unit), pad = round (0.03 * unit);
  double           x = rect->origin.x + pad, right = rect->origin.x + rect->size.width - pad;
  double           y = rect->origin.y, height = rect->size.height;
  TdWallStyle      left = { round (0.038 * unit), FALSE, FALSE, TD_WALL_ALIGN_START, "td_wall_secondary" };
  TdWallStyle      end = { left.size, FALSE, FALSE, TD_WALL_ALIGN_END, left.colour };
  g_autofree char *title = NULL;
  g_autofree char *key = NULL;

  if (moment->age != NULL)
    title = g_strdup_printf (_ ("Numbers %s old"), moment->age);
  else if (n_others > 0)
    {
      g_autofree char *shown = g_strdup_printf (ngettext ("%u worst", "%u worst", n_shown), n_shown);
      g_autofree char *others = g_strdup_printf (ngettext ("%u queue more", "%u queues more", n_others), n_others);

      /* Translators: how many queues are shown, and how many are not: "5 worst, 3 queues more". */
      title = g_strdup_printf (_ ("%s, %s"), shown, others);
    }
  else if (n_shown == 0)
    title = g_strdup (_ ("No queue to show"));
  else
    title = g_strdup_printf (ngettext ("%u queue, worst first", "%u queues, worst first", n_shown), n_shown);

  key = g_strdup_printf ("queues head %s %d", title, with_rate);
  if (!td_wall_paint_begin_part (paint, key))
    return;
  if (rect->size.width >= 0.9 * unit)
    {
      if (with_rate)
        {
          right -= RATE * unit;
          td_wall_paint_text (paint, &TD_WALL_RECT (right + 2 * gap, y, RATE * unit - 2 * gap, height), _ ("calls, last hour"), &left);
        }
      td_wall_paint_text (paint, &TD_WALL_RECT (right - LONGEST * unit, y, LONGEST * unit, height), _ ("longest"), &end);
      right -= LONGEST * unit + gap;
      td_wall_paint_text (paint, &TD_WALL_RECT (right - WAITING * unit, y, WAITING * unit, height), _ ("waiting"), &end);
      right -= WAITING * unit + gap;
    }
  td_wall_paint_text (paint, &TD_WALL_RECT (x, y, right - x, height), title, &left);
  td_wall_paint_end_part (paint);
}

/**
 * td_wall_page_draw_queues:
 * @paint: a painter
 * @area: of the page
 * @moment: what is known
 *
 * Draws the queues that need somebody most, as many as there is room for.
 */
void
td_wall_page_draw_queues (TdWallPaint           *paint,
                          const graphene_rect_t *area,
                          const TdWallMoment    *moment)
{
  g_autoptr (GArray) standings = collect (moment);
  double   unit = td_wall_paint_get_height (paint);
  double   margin = round (TD_WALL_MARGIN * unit), head = round (HEAD * unit);
  double   each = round ((QUEUE + QUEUE_GAP) * unit), height = round (QUEUE * unit);
  double   width = area->size.width - 2 * margin;
  gboolean with_rate = width >= 1.6 * unit;
  guint    n = MIN (standings->len, (guint)MAX ((area->size.height - head) / each, 0));

  /* What is left over makes every row a little higher. */
  if (n > 0)
    {
      double spare = MIN (area->size.height - head - n * each, 0.25 * n * height);

      each += floor (spare / n);
      height += floor (spare / n);
    }

  draw_head (paint, &TD_WALL_RECT (area->origin.x + margin, area->origin.y, width, head), moment, n, standings->len - n, with_rate);
  for (guint i = 0; i < n; i++)
    draw_queue (paint, &TD_WALL_RECT (area->origin.x + margin, area->origin.y + head + i * each, width, height),
                &g_array_index (standings, TdQueueStanding, i), moment, with_rate);
}

/**
 * td_wall_page_draw_queue_column:
 * @paint: a painter
 * @area: the column itself
 * @moment: what is known
 *
 * Draws the worst queues small: name, waiting, longest wait.
 */
void
td_wall_page_draw_queue_column (TdWallPaint           *paint,
                                const graphene_rect_t *area,
                                const TdWallMoment    *moment)
{
  g_autoptr (GArray) standings = collect (moment);
  double   unit = td_wall_paint_get_height (paint);
  gboolean is_stale = moment->age != NULL;
  double   gap = round (TD_WALL_ROW_GAP * unit), height = round (COLUMN_ROW * unit);
  guint    n = MIN (standings->len, (guint)MAX ((area->size.height + gap) / (height + gap), 0));
  /* The names need the little width that a tall screen has. */
  gboolean is_tall = area->size.width > 0.45 * unit && area->size.width < 0.9 * unit;
  double   pad = round ((is_tall ? 0.01 : 0.016) * unit), mark = round (0.026 * unit);
  double   wait_width = round ((is_tall ? 0.1 : 0.13) * unit), count_width = round ((is_tall ? 0.05 : 0.075) * unit);

  for (guint i = 0; i < n; i++)
    {
      const TdQueueStanding *standing = &g_array_index (standings, TdQueueStanding, i);
      graphene_rect_t        rect = TD_WALL_RECT (area->origin.x, area->origin.y + i * (height + gap), area->size.width, height);
      const char            *colour = get_colour (standing, standing->wait_severity, is_stale);
      TdWallStyle            number = { round (0.044 * unit), TRUE, TRUE, TD_WALL_ALIGN_END, colour };
      TdWallStyle            name = { round (0.03 * unit), TRUE, FALSE, TD_WALL_ALIGN_START, standing->severity == TD_SEVERITY_RED && !is_stale ? "td_wall_on_red" : "td_wall_text" };
      g_autofree char       *count = td_format_count (standing->totals.waiting);
      g_autofree char       *wait = format_wait (standing);
      g_autofree char       *key = g_strdup_printf ("row %g %g %s|%s|%s|%d|%d", rect.origin.x, rect.origin.y, td_queue_get_id (standing->queue), count, wait, standing->severity * 4 + standing->wait_severity, is_stale);
      double                 x = rect.origin.x + pad, right = rect.origin.x + rect.size.width - pad;

      if (!td_wall_paint_begin_part (paint, key))
        continue;
      td_wall_tile_draw_ground (paint, &rect, standing->severity, is_stale);
      td_wall_tile_draw_sign (paint, &TD_WALL_RECT (x, rect.origin.y + (height - mark) / 2, mark, mark), standing->severity, TD_WALL_SENSE_HIGH, is_stale);
      x += mark + pad;
      td_wall_paint_text (paint, &TD_WALL_RECT (right - wait_width, rect.origin.y, wait_width, height), wait, &number);
      right -= wait_width + pad / 2;
      td_wall_paint_text (paint, &TD_WALL_RECT (right - count_width, rect.origin.y, count_width, height), count, &number);
      right -= count_width + pad / 2;
      td_wall_paint_text (paint, &TD_WALL_RECT (x, rect.origin.y, right - x, height), td_queue_get_title (standing->queue), &name);
      td_wall_paint_end_part (paint);
    }
}
